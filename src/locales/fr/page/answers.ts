import type { en } from '../../en/page.ts'
import { count, of, rowCount } from './counts.ts'

export const first: (typeof en)['first'] = {
  on: (server) => `Verdict sur ${server}`,
  exchange: {
    server:
      'Exchange est le programme qui conserve et distribue les courriels d’une organisation : qui contrôle ce serveur peut tous les lire et écrire en son nom.',
    tenant:
      'Exchange Online conserve et distribue les courriels d’une organisation : qui contrôle un compte peut lire ses courriels et écrire en son nom, et avec des droits d’administrateur tous les courriels.',
  },
  record: 'Texte faisant foi (en anglais) :',
  oneMissing: 'Il manque une chose pour la certitude ; les réponses disent laquelle.',
  seen: 'Attaque observée',
  attempts: 'Balayages et tentatives',
  covers: 'Période couverte',
  missing: 'Journaux manquants',
  late: 'Corrigé trop tard',
  yes: 'oui',
  no: 'non',
  cannotTell: 'impossible à dire',
  mailboxes: 'Boîtes aux lettres lues',
  noTimes: 'aucun journal horodaté',
  open: 'Impossible à dire d’après ces éléments de preuve :',
  incomplete: 'Incomplet :',
  degraded:
    'le temps ou la mémoire ont manqué pour une partie des éléments de preuve ; une seconde exécution en trouvera peut-être plus.',
  notUnpacked:
    'des archives contiennent plus que ce qui peut être décompressé ; une seconde exécution trouvera la même chose.',
  happened: 'Ce qui s’est passé',
  nothingHappened: 'Aucune étape d’une attaque ne figure dans ce qui a été lu.',
  allSteps: 'Toutes les étapes',
  taken: 'Ce qui a été dérobé',
  takenElse: 'Les courriels de qui, et combien',
  credentials: 'Identifiants :',
  toDo: 'Que faire d’abord',
  allActions: (n) => (n === 1 ? 'La mesure et ses étapes' : `Les ${count(n)} mesures, dans leur ordre`),
  notWritten: 'Fichiers non écrits :',
  rulesNotUsed: 'Règles non utilisées :',
  moreFiles: (n) => `et ${count(n)} ${n === 1 ? 'autre fichier' : 'autres fichiers'}`,
  whyNotUsed: (n) =>
    n === 1 ? 'pourquoi elle n’a pas été utilisée' : `pourquoi ces ${count(n)} n’ont pas été utilisées`,
  noActions: 'Rien n’appelle de mesure.',
  rows: rowCount,
}

export const answers: (typeof en)['answers'] = {
  why: 'Pourquoi, et ce qui y changerait quelque chose',
  because: 'Parce que',
  against: 'Ce qui s’y oppose',
  nothingAgainst: 'Rien n’a été trouvé.',
  looked: (looked, found) => `Examiné : ${looked}. Trouvé : ${found}.`,
  reach: 'Jusqu’où vont les journaux',
  noHours: 'Cette réponse ne repose pas sur des heures de journaux.',
  notCovered: (span) => `non couvert : ${span}`,
  change: 'Ce qui y changerait quelque chose',
  nothingChanges: 'On ne connaît aucun autre élément de preuve qui le ferait.',
  nothingPoints: 'Rien ne l’indique.',
  moreReasons: (n) => `et ${of(n, 'autre raison', 'autres raisons')}`,
  moreStretches: (n) => `et ${of(n, 'autre intervalle', 'autres intervalles')}`,
  byCampaign: 'Par campagne',
  campaign: 'Campagne',
  noCampaign: 'Aucune campagne n’a été examinée.',
  grid: 'Les réponses par campagne',
  ofCampaign: (name) => `${name} : pourquoi, et ce qui y changerait quelque chose`,
  notAsked: (n) => `${of(n, 'campagne non examinée', 'campagnes non examinées')}, et pourquoi`,
}

export const settle: (typeof en)['settle'] = {
  lead: {
    server:
      'Ces questions restent ouvertes parce que des éléments de preuve manquent, et non parce qu’il ne s’est rien passé. Cherchez-les sur le serveur, dans une sauvegarde, un cliché instantané ou un collecteur de journaux, joignez-les à ce que vous avez, et évaluez le tout de nouveau.',
    tenant:
      'Ces questions restent ouvertes parce que des éléments de preuve manquent, et non parce qu’il ne s’est rien passé. Exportez-les du journal d’audit de Purview, des journaux de connexion d’Entra ou d’un collecteur de journaux, joignez-les à ce que vous avez, et évaluez le tout de nouveau.',
  },
  caption: 'Questions ouvertes',
  question: 'Question ouverte',
  settles: 'Ce qui la trancherait',
  until: {
    server:
      'D’ici là, traitez le serveur comme s’il avait pu être pénétré : copiez ses journaux avant qu’ils ne soient écrasés (Exchange en conserve la plupart 30 jours au plus), puis installez les mises à jour qui lui manquent.',
    tenant:
      'D’ici là, traitez les comptes en question comme peut-être compromis : exportez le journal d’audit et les journaux de connexion avant leur suppression (Entra conserve les connexions 30 jours au plus, 7 sans licence premium), réinitialisez les mots de passe et mettez fin aux sessions.',
  },
}

export const limits: (typeof en)['limits'] = {
  asked: (campaigns) =>
    `Postern a examiné ${campaigns.length === 0 ? 'aucune campagne nommée' : campaigns.join(', ')}, et ce que ses règles connaissent. Une attaque d’un autre genre peut avoir laissé d’autres traces.`,
  others: {
    server: [
      'Cela vaut pour les heures que couvrent les journaux, et pour l’état des fichiers au moment de leur copie.',
      'Un attaquant disposant des droits SYSTEM peut modifier un journal. Les lignes manquantes se remarquent comme des lacunes ; celles qui ont été remplacées avec soin, non.',
      'Ce qu’un pare-feu ou un proxy placé devant le serveur a arrêté, ou ce qui s’est passé sur d’autres machines, n’est pas dans ces éléments de preuve.',
    ],
    tenant: [
      'Cela vaut pour la période et les types d’enregistrements qui ont été exportés.',
      'Un attaquant disposant de droits d’administrateur peut désactiver l’audit pour un compte, une boîte aux lettres ou tout le locataire : ce qui s’y passe ensuite n’est pas enregistré.',
      'Ce qui s’est passé sur les postes des utilisateurs, dans d’autres services ou sur d’autres machines n’est pas dans ces éléments de preuve.',
    ],
  },
}
