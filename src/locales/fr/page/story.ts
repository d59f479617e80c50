import type { en } from '../../en/page.ts'
import { plural, of, findingCount } from './counts.ts'

export const story: (typeof en)['story'] = {
  noFindings: 'Aucune règle n’a rien trouvé dans ce qui a été lu.',
  one: 'Il y a un constat, et pas de chaîne d’attaque.',
  none: 'Les constats ne forment pas de chaîne d’attaque : il n’y en a pas deux qui partagent une requête, un client ou une cible.',
  title: (n) => `Histoire ${n}`,
  from: 'de',
  stages: 'Étapes atteintes',
  evidence: 'preuve',
  moreSteps: (n) => of(n, 'étape de plus', 'étapes de plus'),
  furtherSteps: (n) => `${of(n, 'autre étape', 'autres étapes')} dans assessment.json.`,
  joins: (n) => (n === 1 ? findingCount(n) : `${findingCount(n)}, et ce qui les relie`),
  joinedBy: (what) => `Relié par ${what}.`,
  attempts: (span) => `balayages et tentatives : ${span}`,
  onlyTime: 'rien d’autre que le temps',
  moreFindings: (n) => `et ${of(n, 'autre constat', 'autres constats')}`,
  moreStories: (n) => of(n, 'autre chaîne d’attaque', 'autres chaînes d’attaque'),
  storiesBeyond: (n) =>
    `${of(n, 'autre chaîne d’attaque', 'autres chaînes d’attaque')} au-delà de la limite de cette page ; findings.jsonl contient tous les constats.`,
  undated: (n) =>
    `${of(n, 'constat sans heure n’est pas dessiné', 'constats sans heure ne sont pas dessinés')} ; le tableau ci-dessous se termine par ${plural(n, 'lui', 'eux')}.`,
  asTable: 'La même chose en tableau',
  caption: 'Constats dans le temps, une ligne par jour, étape et règle',
  firstUtc: 'Premier (UTC)',
  stage: 'Étape',
  finding: 'Constat',
  fromHead: 'De',
  rows: 'Lignes',
  unknownTime: 'heure inconnue',
  andMore: (n) => `et ${of(n, 'autre', 'autres')}`,
  laterRows: (n) =>
    `${of(n, 'ligne ultérieure n’est pas affichée', 'lignes ultérieures ne sont pas affichées')} ; le tableau des constats contient toutes les lignes.`,
}

export const path: (typeof en)['path'] = {
  caption: 'Étapes de l’attaque, chacune par son premier constat',
  stage: 'Étape',
  first: 'Première observation',
  from: 'De',
  on: 'Sur',
  findings: 'Constats',
}
