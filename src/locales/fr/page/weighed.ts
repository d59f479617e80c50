import { formats } from '../../formats.ts'
import { weighed as subjectsAndSigns } from '../weighed.ts'
import type { en } from '../../en/page.ts'

const { number: count, plural } = formats.fr
const of = (n: number, one: string, many: string): string => `${count(n)} ${plural(n, one, many)}`

export const weighed: (typeof en)['weighed'] = {
  ...subjectsAndSigns,
  strengths: {
    decisive: 'absent du travail ordinaire',
    strong: 'rare dans le travail ordinaire',
    weak: 'présent aussi dans le travail ordinaire',
    context: 'contexte seulement',
  },
  explains: {
    weak: 'l’explique en partie',
    strong: 'l’explique, sauf si l’indice est hors de doute',
    decisive: 'l’explique entièrement',
  },
  comesTo: {
    yes: 'certain',
    likely: 'probable',
    'open-lead': 'piste ouverte',
    lead: 'piste',
    nothing: 'expliqué',
    context: 'contexte',
    'not-counted': 'non compté',
  },
  comesToMeans: {
    yes: 'Les indices sont de plusieurs natures ou hors de doute, et rien ne les explique.',
    likely:
      'Les indices pèsent assez pour une réponse probable ; un de plus, d’une autre nature, la rendrait certaine.',
    'open-lead':
      'Cela peut permettre à un attaquant de revenir, et rien ne l’explique. La réponse reste ouverte tant qu’on ne sait pas à qui c’est.',
    lead: 'Cela mérite un regard. Le travail ordinaire le fait aussi, si bien qu’aucune réponse n’en est changée.',
    nothing: 'Une explication présente dans les preuves répond à chaque indice.',
    context: 'Cela explique d’autres constats et n’est pas un indice à lui seul.',
    'not-counted': 'C’est montré sans être compté, pour la raison qui est notée à côté.',
  },
  missing: {
    record:
      'Seul ce qu’un client peut envoyer l’enregistre. Une entrée du serveur principal, ou d’un autre journal, montrerait que cela s’est produit.',
    kind: 'Tous les indices sont d’une même nature. Un indice d’une autre nature rendrait la réponse certaine.',
    sign: 'Un autre indice d’une autre nature, ou un indice plus fort, rendrait la réponse certaine.',
  },
  tied: (by) => `lié à une intrusion : ${by}`,
  ties: {
    identity: 'le même compte et le même programme en une demi-heure',
    nameless: 'des requêtes d’un journal sans adresses, en une demi-heure',
    'request id': 'la même requête',
    session: 'la même session',
    token: 'le même jeton d’accès',
    application: 'la même application',
    page: 'la même page',
    'rule used': 'l’acte qui a défini la règle de la boîte aux lettres',
    'file written': 'l’acte qui a écrit le fichier',
    'file stored': 'l’exportation dont le fichier a été compressé, copié ou envoyé',
    'right used': 'un droit que le compte s’est donné à lui-même',
    'folder served': 'le dossier auquel mène un chemin virtuel',
    file: 'le même fichier',
    copy: 'le même fichier dans plusieurs dossiers',
    row: 'la même entrée',
    account: 'le même compte compromis',
    'account session': 'la session d’un compte compromis',
    'page written': 'un acte qui peut avoir écrit la page',
    'time after the intrusion': 'le moment, peu après l’intrusion',
    client: 'la même adresse',
    host: 'le même serveur en deux heures, par un compte sans historique propre',
    time: 'une requête peu avant',
    worker: 'le processus qui a servi ses requêtes',
    process: 'le même processus, ou celui qui l’a lancé',
    'virtual directory': 'le même répertoire virtuel',
  },
  seenAs: (kind, seen) => `${kind} : ${seen}`,
  seen: {
    removed: 'elle a été exécutée et n’est plus dans aucun dossier web',
    appeared: 'une copie plus ancienne de la configuration ne le contient pas',
    written: 'elle n’a été servie qu’après un acte qui peut l’avoir écrite',
    'new-origin': 'le réseau ou le programme est nouveau pour le compte',
    'intruders-address': 'cela venait de l’adresse d’une intrusion certaine',
    'sent-and-hid': 'une règle envoie du courrier à l’extérieur et une autre en cache, en moins d’une heure',
  },
  why: 'Pourquoi',
  whyCaption: 'Sur quoi repose le verdict',
  change: 'Ce qui y changerait quelque chose',
  ifYes:
    'Seule une explication qui réponde à ces indices : un test annoncé, ou un de vos produits ou une de vos personnes qui l’a fait. Consignez-la avec la raison, le nom et la date dans un fichier pour --known, et évaluez de nouveau.',
  ifLikely:
    'Un autre indice rendrait la réponse certaine ; une explication y répondrait. Chaque point ci-dessus dit ce qui manque.',
  ifTargeted:
    'Des traces de réussite que ces journaux ne contiennent pas : des journaux antérieurs, ou ceux d’un autre serveur placé devant ou derrière celui-ci.',
  ifNone:
    'Des traces hors de ces preuves : des journaux antérieurs, des journaux désactivés par défaut, ou ceux d’autres ordinateurs.',
  ifOpen: 'Les réponses ci-dessous, ou d’autres preuves :',
  toSettle: 'Toutes les questions ouvertes',
  nothingHolds: 'Aucun indice d’intrusion qui compte n’a été trouvé dans ces journaux.',
  attempts: 'C’étaient des tentatives ; aucun indice de réussite ne compte.',
  signsOf: 'Indices qui comptent',
  sign: (kind, strength) => `${kind} (${strength})`,
  colon: ' : ',
  /** Explanations by their names; `{}` is what one names. */
  reasons: {
    administrator:
      'Il est le fait de comptes qui ont administré deux autres jours auparavant et à qui il ne profite pas.',
    'administrator-once':
      'Il est le fait d’un compte qui a administré un autre jour auparavant et à qui il ne profite pas.',
    'granted-right':
      'Un compte qui administre a accordé le droit sur ces boîtes aux lettres avant leur première ouverture.',
    'consent-of-administrator':
      'Un compte d’administration a ouvert toutes les boîtes à l’application depuis un lieu habituel, avant qu’elle ne les lise.',
    'granted-right-by-other':
      'Un autre compte a accordé le droit sur ces boîtes aux lettres avant leur première ouverture.',
    'own-share': 'La cible est un partage de fichiers de l’organisation.',
    'mail-for-everyone':
      'Il concerne les messages de tous, et il a été défini par un compte qui administre, ou une semaine avant tout signe d’un attaquant.',
    'known-product': 'Il porte le nom et se trouve dans le dossier de {} ; un attaquant peut choisir l’un et l’autre.',
    'known-product-at-work':
      'Il a le nom, le dossier et le compte de {} et faisait déjà de même dans les premiers jours des journaux.',
    'exchange-agent': 'Sa classe, sa bibliothèque et son dossier sont ceux d’un agent d’Exchange.',
    signed: 'Il porte une signature valide de l’éditeur de {}.',
    'signed-unchecked': 'Il est signé au nom de l’éditeur de {} ; l’auteur de la signature n’a pas été vérifié.',
    older:
      'Des enregistrements antérieurs à la première exploitation connue d’une vulnérabilité ouverte ici le contiennent, et il n’a pas changé depuis.',
    'older-file':
      'Son fichier est antérieur à la première exploitation connue d’une vulnérabilité ouverte ici ; l’heure d’un fichier peut être fixée à volonté.',
    'known-tool':
      'Une personne sans aucun signe a exécuté un outil d’intervenants ou d’administrateurs, après le dernier acte d’un attaquant.',
    announced: 'Il avait été annoncé : {}.',
    'update-hour': 'Exchange a été installé ou mis à jour dans cette heure.',
    'fixed-build': 'La version qui fonctionnait alors avait le correctif de cette vulnérabilité.',
    habit: 'La même chose s’est produite plusieurs jours, déjà dans les premiers jours des journaux.',
    'not-run': 'Le fichier est hors des racines web, et aucun moteur de script n’exécute ce type de fichier.',
    people: '{} comptes l’ont utilisé.',
    'any-name': 'Son dossier a répondu à chaque nom demandé par un client en une minute, sans en refuser aucun.',
    'many-clients': '{} clients qui utilisent aussi d’autres parties du serveur l’ont utilisé.',
    monitor:
      'Seules des adresses internes le demandent, à intervalles réguliers et sans ouverture de session, comme une supervision.',
    'known-hash': 'Une liste de référence connaît le contenu de sa bibliothèque.',
    'known-origin': 'Des comptes jamais refusés depuis {} s’y étaient connectés les jours précédents.',
    'other-methods': 'La page a aussi été demandée par d’autres méthodes que POST.',
    'other-clients': 'La page n’a pas été demandée par un seul client externe.',
    'not-run-unsettled':
      'Le fichier est hors des racines web connues ; la configuration d’IIS, qui peut servir son dossier, ne figure pas dans les preuves.',
    'not-started-unsettled':
      'Rien dans les preuves ne lance ce fichier ; les tâches planifiées, qui le pourraient, n’y figurent pas.',
    'not-started': 'Aucune tâche, aucun service et aucune configuration dans les preuves ne lance ce fichier.',
    'plain-page': 'Tout le code de la page a été suivi : il ne prend rien d’une requête et n’a pas changé depuis.',
  },
  /** Records that are missing, where an explanation would make less of a subject. */
  absent: {
    cmdlets:
      'Aucune trace de cmdlets n’est présente ; elle pourrait montrer qu’un administrateur l’a fait ou a donné le droit.',
    requests:
      'Aucune requête au serveur frontal n’est présente ; elle pourrait montrer que des personnes ou une supervision s’en servent.',
    logons:
      'Aucune requête au serveur frontal n’est présente ; elle pourrait montrer que des utilisateurs s’y connectaient avant.',
    'web-roots':
      'Les racines web sont absentes ; le code de la page pourrait montrer qu’elle ne prend rien d’une requête.',
    installer:
      'Les événements d’application de Windows sont absents ; ils pourraient montrer qu’une installation l’a apporté.',
    disk: 'Les traces du disque ($MFT, journal des modifications) sont absentes ; elles pourraient montrer qu’il est plus ancien.',
  },
  explained: 'Ce qui l’explique',
  explanation: (says, strength) => `${says} Cela ${strength}.`,
  unexplained: 'Rien dans les preuves ne l’explique.',
  missingForMore: 'Ce qui manque pour la certitude',
  more: (n) => `et ${of(n, 'autre objet', 'autres objets')}`,
  restsOn: 'Tous les constats sur lesquels elle repose',
  leadsIntro:
    'Chacune de ces pistes peut permettre à un attaquant de revenir, et rien dans les preuves ne l’explique. Tant qu’on ne sait pas à qui elle est, on ignore si un attaquant peut revenir.',
  openCaption: 'Pistes ouvertes',
  lead: 'Piste ouverte',
  settles: 'Ce qui la tranche',
  lookAt: 'À regarder',
  answer:
    'Si cela appartient à un de vos produits ou à une de vos personnes, consignez-le avec la raison, le nom et la date dans un fichier pour --known, et évaluez de nouveau. Sinon, considérez que cela appartient à un attaquant.',
  otherIntro: 'À regarder. Le travail ordinaire le fait aussi, si bien que ces pistes ne changent aucune réponse.',
  otherCaption: 'Autres pistes',
  other: 'Piste',
  otherFold: (n) => of(n, 'autre piste', 'autres pistes'),
  noOpen: 'Il ne reste aucune piste ouverte.',
  notSettled: 'Non tranché :',
  openLeads: (n) => `${of(n, 'piste ouverte', 'pistes ouvertes')}. Sans réponse à ce jour :`,
  beyond: 'Avant les journaux :',
  beyondHeading: 'Avant les journaux',
  beyondIntro:
    'Ces campagnes étaient en cours alors que le serveur était ou pouvait être vulnérable, avant le début de ses journaux. On ne sait rien de ces périodes. Elles ne changent pas le verdict.',
  beyondItem: (name, span) => `${name}, ${span} : aucun journal de cette période.`,
  general: (other) => `Une ${other ? 'autre ' : ''}intrusion, quels que soient la faille ou le compte`,
  generalWhy:
    'Cette question est posée pour chaque serveur. Elle repose sur les constats qui n’appartiennent à aucune campagne ci-dessus.',
  comes: 'Résultat',
  signName: 'Indice',
}
