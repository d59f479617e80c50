import { formats } from '../../formats.ts'
import type { charts as english } from '../../en/page/charts.ts'

const n = (count: number, number: string, one: string, many: string): string =>
  `${number} ${formats.fr.plural(count, one, many)}`

export const charts: typeof english = {
  locale: 'fr-FR',
  utc: 'UTC',
  findings: (count, number) => n(count, number, 'constat', 'constats'),
  entries: (count, number) => n(count, number, 'entrée', 'entrées'),
  files: (count, number) => n(count, number, 'fichier', 'fichiers'),
  hours: (count, number) => n(count, number, 'heure', 'heures'),
  unknownTime: 'heure inconnue',
  until: (time) => `jusqu’au ${time}`,
  since: (time) => `à partir du ${time}`,
  more: (number) => `… et ${number} de plus`,
  showAll: (number) => `Tout afficher (${number})`,
  showFewer: 'Afficher moins',
  close: 'Fermer',
  asList: 'La même chose en phrases',
  windowOf: (name) => `période : ${name}`,
  windowFor: (name, span) => `${name} : la période où cela a pu se produire ici, ${span} UTC`,
  build: (build) => `version ${build}`,
  buildFrom: (build, time) => `Version ${build} vue pour la première fois ${time} UTC`,
  updates: 'Mises à jour',
  coverage: {
    label: (kinds, span) =>
      `Entrées par journal et par temps : ${kinds} ${kinds === '1' ? 'journal' : 'journaux'}, ${span} UTC ; la même chose suit en tableau`,
    hint: 'Les flèches déplacent, Entrée affiche les fichiers de cette période.',
    unit: { day: 'Jours', week: 'Semaines', month: 'Mois' },
    unitLabel: 'Une colonne représente',
    earlier: 'Plus tôt',
    later: 'Plus tard',
    page: (page, of) => `partie ${page} sur ${of}`,
    findingsRow: 'Constats',
    noLogRow: 'Aucun journal pour une réponse',
    noLogFor: (span) => `Aucun journal ne couvre cette période, nécessaire à une réponse : ${span} UTC`,
    ofKind: (kind, when) => `${kind}, ${when} UTC`,
    cell: { outside: 'hors de la portée de ce journal', empty: 'aucune entrée' },
    missing: (missing, of) =>
      missing === of
        ? of === '1'
          ? 'l’heure manque'
          : `la totalité des ${of} heures manque`
        : missing === '0'
          ? `aucune heure manquante sur ${of}`
          : `${missing} ${missing === '1' ? 'heure manquante' : 'heures manquantes'} sur ${of}`,
    legend: {
      few: 'peu',
      many: 'beaucoup d’entrées par jour',
      empty: 'le journal couvre cette période, aucune entrée',
      outside: 'vide : hors de la portée du journal',
      hole: 'lacune',
      window: 'période d’une campagne',
      build: 'autre version',
      finding: 'constats de ce journal (niveau moyen ou supérieur)',
      findings: 'constats de cette période, d’autant plus hauts qu’ils sont nombreux',
    },
    undated: (kinds) => `Sans heure propre, et donc non dessinés : ${kinds}.`,
    filesOf: (kind) => `Fichiers avec ${kind}`,
    notAllFiles: (files) =>
      `Seuls les premiers fichiers (total : ${files}) sont dans cette page : le dossier du résultat les énumère tous.`,
    noFiles: 'Aucun fichier des éléments de preuve n’a d’entrées de ce journal à cette période.',
    hole: (span, lasting) => `${span} UTC (${lasting})`,
    whole: 'Aucune lacune dans la portée de ce journal.',
    hoursOf: (hours) => `${hours} dans la portée de ce journal`,
    table: { path: 'Fichier', first: 'Première entrée', last: 'Dernière entrée', events: 'Entrées' },
  },
  timeline: {
    label: (findings, span) =>
      `Constats dans le temps, un couloir par étape : ${findings}, ${span} UTC ; la même chose suit en tableau`,
    hint: 'Les flèches vont de marque en marque, Entrée ouvre, plus et moins agrandissent et réduisent, Page précédente et Page suivante déplacent, Origine affiche tout, F filtre selon ce qui est affiché. À la souris : glisser choisit une période, glisser avec Maj déplace ; après un clic dans le graphique, la molette agrandit.',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    earlier: 'Plus tôt',
    later: 'Plus tard',
    whole: 'Tout',
    toRange: 'Agrandir la période choisie',
    filter: 'Filtrer les constats par cette période',
    clear: 'Annuler la période choisie',
    chosen: (span, findings) => `Choisi : ${span} UTC, ${findings}.`,
    showing: (span, lasting) => `Affiché : ${span} UTC (${lasting})`,
    chain: 'Mettre en évidence',
    toChain: 'Agrandir sur cette chaîne d’attaque',
    noChain: 'aucune chaîne d’attaque',
    story: (number, clients) => `chaîne d’attaque ${number}${clients === '' ? '' : ` : ${clients}`}`,
    mark: (stage, what, when) => `${stage} : ${what}, ${when}`,
    nothingHere: 'Pointer une marque, ou utiliser les flèches.',
    zoomToThese: 'Agrandir sur ceux-ci',
    legend: {
      single: 'un constat',
      many: 'plusieurs à ce moment, d’autant plus haut qu’ils sont nombreux',
      lasts: 'de la première à la dernière ligne',
      story: 'de la chaîne d’attaque mise en évidence',
    },
  },
  path: {
    label: (nodes, edges) =>
      `Ce qui a mené à quoi : ${nodes} ${nodes === '1' ? 'élément' : 'éléments'}, ${edges} ${edges === '1' ? 'étape' : 'étapes'} ; la même chose suit en phrases`,
    hint: 'Les flèches vont de l’un à l’autre, Entrée affiche ses constats.',
    show: 'Afficher',
    all: 'tous les constats',
    allStories: 'toutes les chaînes d’attaque',
    kinds: {
      client: 'Adresse',
      endpoint: 'Page demandée',
      shell: 'Webshell',
      process: 'Programme',
      account: 'Compte',
      mailbox: 'Boîte aux lettres',
    },
    others: {
      client: (number) => (number === '1' ? '1 adresse de plus' : `${number} adresses de plus`),
      endpoint: (number) => (number === '1' ? '1 page de plus' : `${number} pages de plus`),
      shell: (number) => (number === '1' ? '1 webshell de plus' : `${number} webshells de plus`),
      process: (number) => (number === '1' ? '1 programme de plus' : `${number} programmes de plus`),
      account: (number) => (number === '1' ? '1 compte de plus' : `${number} comptes de plus`),
      mailbox: (number) => (number === '1' ? '1 boîte aux lettres de plus' : `${number} boîtes aux lettres de plus`),
    },
    rest: (number) => `et ${number} de plus`,
    named: { shell: (name) => `le webshell ${name}`, mailbox: (name) => `la boîte aux lettres de ${name}` },
    verbs: {
      endpoint: 'a demandé',
      shell: { client: 'a utilisé', other: 'a déposé' },
      process: { shell: 'a lancé', other: 'a mené à' },
      account: {
        process: 's’est exécuté en tant que',
        joined: 'a mené à ce qu’a fait le compte',
        other: 'a été servi en tant que',
      },
      mailbox: 'a atteint',
    },
    joined: 'relié par la chaîne d’attaque, sans ligne qui le montre',
    joinedShort: 'relié par la chaîne d’attaque',
    step: (from, verb, to) => `${from} ${verb} ${to}`,
    goesOn: (path, verb, to) => `${path}, qui ${verb} ${to}`,
    node: (kind, name, findings) => `${kind} ${name} : ${findings}`,
    legend: {
      seen: 'une ligne le dit',
      joined: 'relié par la chaîne d’attaque, sans ligne qui le montre',
      width: 'plus c’est large, plus il y a de constats',
    },
    none: 'Aucun constat ne nomme une adresse, une page, un compte ou une boîte aux lettres avec un autre ; il n’y a donc rien à dessiner.',
  },
  exposure: {
    label: (cves, span) =>
      `Versions, et de quand à quand chaque vulnérabilité (${cves}) était ouverte, ${span} UTC ; la même chose suit en tableau`,
    builds: 'Version',
    firstStep: 'premier succès',
    firstStepLong: (time, title) => `Première étape réussie : ${time} UTC, ${title}`,
    published: 'publiée',
    publishedOn: (day) => `publiée le ${day}`,
    publishedLater: (state, day) => `${state}, publiée seulement le ${day}`,
    reachShort: 'portée des journaux',
    noBuild: 'aucune version connue',
  },
}
