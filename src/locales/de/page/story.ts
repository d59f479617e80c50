import type { en } from '../../en/page.ts'
import { count, of, findingCount } from './counts.ts'

export const story: (typeof en)['story'] = {
  noFindings: 'Keine Regel hat in dem, was gelesen wurde, etwas gefunden.',
  one: 'Es gibt einen Befund und keine Angriffskette.',
  none: 'Die Befunde fügen sich zu keiner Angriffskette: Keine zwei teilen Anfrage, Client oder Ziel.',
  title: (n) => `Angriffskette ${n}`,
  from: 'von',
  stages: 'Erreichte Stufen',
  evidence: 'Beleg',
  moreSteps: (n) => of(n, 'weiterer Schritt', 'weitere Schritte'),
  furtherSteps: (n) => `${of(n, 'weiterer Schritt', 'weitere Schritte')} in assessment.json.`,
  joins: (n) => (n === 1 ? `${findingCount(n)} darin` : `${findingCount(n)} darin, und was sie verbindet`),
  joinedBy: (what) => `Verbunden durch ${what}.`,
  attempts: (span) => `Scans und Versuche: ${span}`,
  onlyTime: 'nichts als die Zeit',
  moreFindings: (n) => `und ${of(n, 'weiterer Befund', 'weitere Befunde')}`,
  moreStories: (n) => of(n, 'weitere Angriffskette', 'weitere Angriffsketten'),
  storiesBeyond: (n) =>
    `${of(n, 'weitere Angriffskette', 'weitere Angriffsketten')} über der Grenze dieser Seite; findings.jsonl enthält alle Befunde.`,
  undated: (n) =>
    n === 1
      ? '1 Befund ohne Zeit ist nicht gezeichnet; die Tabelle unten endet mit ihm.'
      : `${count(n)} Befunde ohne Zeit sind nicht gezeichnet; die Tabelle unten endet mit ihnen.`,
  asTable: 'Dasselbe als Tabelle',
  caption: 'Befunde nach Zeit, je Tag, Stufe und Regel eine Zeile',
  firstUtc: 'Zuerst (UTC)',
  stage: 'Stufe',
  finding: 'Befund',
  fromHead: 'Von',
  rows: 'Zeilen',
  unknownTime: 'Zeit unbekannt',
  andMore: (n) => `und ${count(n)} weitere`,
  laterRows: (n) =>
    `${of(n, 'spätere Zeile wird', 'spätere Zeilen werden')} nicht gezeigt; die Tabelle der Befunde hat alle Zeilen.`,
}

export const path: (typeof en)['path'] = {
  caption: 'Stufen des Angriffs, jede mit ihrem ersten Befund',
  stage: 'Stufe',
  first: 'Zuerst gesehen',
  from: 'Von',
  on: 'Auf',
  findings: 'Befunde',
}
