import type { en } from '../../en/page.ts'
import { count, of } from './counts.ts'

export const mail: (typeof en)['mail'] = {
  lead: (words) => `${words}. Ein Postfach je Zeile, mit allen Angaben: mailboxes.csv.`,
  caption: 'Postfächer',
  mailbox: 'Postfach',
  sure: 'Wie sicher',
  means: 'Weg',
  when: 'Wann',
  requests: 'Anfragen',
  data: 'Daten',
  because: 'Weil',
  beside: 'Verglichen mit gewöhnlicher Nutzung, und was nicht feststellbar ist',
  leads: (leads) => `Anhaltspunkte, kein Beweis: ${leads}.`,
  names: (names) => `Auch genannt: ${names}.`,
  more: (n) => `${of(n, 'weiteres Postfach', 'weitere Postfächer')} in mailboxes.csv.`,
}

export const back: (typeof en)['back'] = {
  caption: 'Persistenz',
  kind: 'Art',
  what: 'Was',
  state: 'Zustand',
  seen: 'Gesehen',
  because: 'Weil',
  more: (n) => `${count(n)} weitere in assessment.json.`,
}

export const addresses: (typeof en)['addresses'] = {
  lead: 'Alle Zeilen der Front-End-Protokolle (IIS und HttpProxy; eine Anfrage steht in beiden) von den Adressen, zu denen es Befunde gibt, auch solche, von denen keine Regel spricht: Sie sind lesenswert.',
  caption: 'Adressen',
  address: 'Adresse',
  rows: 'Zeilen',
  when: 'Wann',
  sent: 'Dorthin gesendet',
  notLogged: 'nicht aufgezeichnet',
  findings: 'Befunde',
  more: (n) => `${of(n, 'weitere Adresse', 'weitere Adressen')} in assessment.json.`,
}

export const requests: (typeof en)['requests'] = {
  pages: 'Seiten, die nur eine Adresse bekam',
  page: 'Seite',
  programs: 'Programme (User Agents), die nur eine Adresse benutzte',
  program: 'Programm',
  tooFew: (title) => `${title}: nicht feststellbar, es gibt zu wenige Zeilen oder Adressen.`,
  none: (title) => `${title}: keine.`,
  known: 'ein Name von Exchange',
  statuses: 'Antworten nach Status',
  rowsHead: 'Zeilen',
  when: 'Wann',
  status: 'Status',
  moreStatuses: (n) => `${count(n)} weitere Status in assessment.json.`,
}

export const others: (typeof en)['others'] = {
  lead: 'Ergebnisse anderer Werkzeuge, die in den Beweismitteln liegen, gegen die Befunde hier gehalten.',
  caption: 'Andere Werkzeuge',
  tool: 'Werkzeug',
  says: 'Sagt',
  about: 'Über',
  postern: 'Und Postern',
  why: 'Warum',
  because: 'Weil',
  place: 'Steht in',
  line: (n) => `Zeile ${count(n)}`,
  more: (n) => `${count(n)} weitere in assessment.json.`,
}

export const who: (typeof en)['who'] = {
  for: 'Dafür',
  against: 'Dagegen',
  speaks: (stories) => `Betrifft ${stories}.`,
  story: (n) => `Angriffskette ${n}`,
  reports: 'Berichte:',
  weighed: 'Was abgewogen wurde, und wie',
}

export const coverage: (typeof en)['coverage'] = {
  noLog: 'Es wurde kein Protokoll mit Einträgen gelesen.',
  lead: (from, to) => `Einträge von ${from} bis ${to}. Wo ein Protokoll schweigt, lässt sich nichts darüber sagen.`,
  holes: 'Lücken',
  moreHoles: (n) => `und ${of(n, 'weitere Lücke', 'weitere Lücken')}`,
  asTable: 'Dasselbe als Tabelle',
  caption: 'Arten von Protokollen',
  log: 'Protokoll',
  files: 'Dateien',
  entries: 'Einträge',
  first: 'Erster',
  last: 'Letzter',
  hours: 'Stunden',
  holesHead: 'Lücken',
  noTimes: 'keine Zeiten',
  state: 'ein Zustand, kein Protokoll',
  noneSeen: 'keine gesehen',
  blind: 'Nicht gelesene Dateien, die das Ergebnis einschränken',
  blindLead:
    'Diese Dateien könnten einen dauerhaften Zugang enthalten. Solange keine vollständigen Kopien ausgewertet sind, lässt sich nicht ausschließen, dass Angreifer noch Zugriff haben.',
  blindFile: 'Datei',
  blindReason: 'Warum sie nicht gelesen wurde',
  blindHolds: 'Was sie enthalten könnte',
  holds: {
    'web-roots': 'eine Webshell',
    'iis-config': 'ein IIS-Modul oder einen Handler',
    'transport-agents': 'einen Transport-Agent',
    tasks: 'eine geplante Aufgabe',
    services: 'einen Dienst',
    startup: 'einen Autostart-Eintrag',
    accounts: 'ein Konto',
    other: 'einen anderen dauerhaften Zugang',
  },
  moreBlind: (n, isAll) =>
    `${isAll ? '' : 'Mindestens '}${of(n, 'weitere Datei', 'weitere Dateien')}: coverage.jsonl enthält alle nicht gelesenen Stellen.`,
}

export const exposure: (typeof en)['exposure'] = {
  late: 'Zu spät gepatcht:',
  update: 'Update:',
  support: 'Unterstützung:',
  noBuild: 'Welcher Build hier lief, geht aus den Beweismitteln nicht hervor.',
  builds: 'Builds im Zeitverlauf',
  build: 'Build',
  when: 'Wann',
  from: 'Bekannt aus',
  exact: 'Genau bis auf',
  cu: 'kumulatives Update',
  su: 'Sicherheitsupdate',
  unknown: 'unbekannt',
  whenUnknown: 'wann, ist nicht bekannt',
  open: 'Am Ende der Beweismittel offen',
  was: 'Zeitweise offen und seither behoben',
  notKnown: 'Aus diesen Beweismitteln nicht bekannt',
  since: 'Offen, und erst nach dem Ende der Beweismittel veröffentlicht',
  fixed: 'Behoben, soweit die Beweismittel zurückreichen',
  main: (group) => `${group}: bekanntermaßen von Angreifern benutzt oder in einem Befund genannt`,
  further: (group) => `${group}: weitere`,
  all: (group) => `${group}: alle`,
  vulnerabilities: (n) => of(n, 'Schwachstelle', 'Schwachstellen'),
  furtherOnes: (n) => of(n, 'weitere Schwachstelle', 'weitere Schwachstellen'),
  atEnd: 'Am Ende',
  fromTo: 'Von wann bis wann',
  fixedBy: 'Behoben durch',
  elseDecides: 'Was sonst entscheidet',
  moreIntervals: (n) => `und ${of(n, 'weiterer Zeitraum', 'weitere Zeiträume')}`,
  settings: (tally) => `Was außer dem Build entscheidet: ${tally}`,
  settingsCaption: 'Einstellungen am Ende der Beweismittel',
  mustBe: 'So muss es sein',
  isIt: 'Ist es so',
  why: 'Warum',
  readFrom: 'Gelesen aus',
  decides: 'Entscheidet über',
  untouched: (n) =>
    `Nicht betroffen von ${of(n, 'weiteren bekannten Schwachstelle', 'weiteren bekannten Schwachstellen')}.`,
}

export const unread: (typeof en)['unread'] = {
  noFile: 'Es gab keine Datei zu lesen.',
  nothing: (files, size) =>
    `Nichts wurde ausgelassen: ${of(files, 'Datei', 'Dateien')}, ${size}, ganz gelesen; jede Regel wurde angewandt.`,
  byReason: 'Nicht gelesene Bytes nach Grund',
  reason: 'Grund',
  places: 'Stellen',
  data: 'Daten',
  notes: (n) => `${of(n, 'Anmerkung', 'Anmerkungen')} zu Dateien`,
  inFiles: (n) => `${of(n, 'Stelle', 'Stellen')} in Dateien`,
  caption: 'Nicht gelesene Stellen',
  file: 'Datei',
  place: 'Stelle',
  found: 'Was gefunden wurde',
  between: 'Zwischen',
  at: (offset, size, line) => `Byte ${count(offset)}, ${size}${line === undefined ? '' : `, Zeile ${count(line)}`}`,
  more: (n) => `${count(n)} weitere in coverage.jsonl.`,
  unknown: (n) =>
    `${of(n, 'Datei', 'Dateien')} in keinem bekannten Format: mit Prüfsumme erfasst und durchsucht, nicht als Felder gelesen`,
  unknownCaption: 'Dateien in keinem bekannten Format',
  size: 'Größe',
  broken: (n) => `${of(n, 'Regel', 'Regeln')} nicht angewandt`,
  brokenCaption: 'Nicht angewandte Regeln',
  why: 'Warum',
  line: (line, column) => `Zeile ${line}${column === undefined ? '' : `, Spalte ${column}`}`,
  holes: (n) => `${of(n, 'Lücke', 'Lücken')} in Protokollen: siehe, wie weit die Protokolle reichen`,
}

export const evidence: (typeof en)['evidence'] = {
  read: (files, size) =>
    `${of(files, 'Datei', 'Dateien')}, ${size}. Die Beweismittel wurden nur gelesen, nie beschrieben.`,
  manifest: 'Verzeichnis: jede Datei mit ihrem SHA-256',
  search: 'In Pfaden und Prüfsummen suchen',
  caption: 'Dateien der Beweismittel',
  file: 'Datei',
  size: 'Größe',
  readAs: 'Gelesen als',
  entries: 'Einträge',
  sha: 'SHA-256',
  notRead: 'nicht gelesen',
  scanned: 'Prüfsumme, durchsucht',
  shown: (n, all) =>
    n === all ? of(n, 'Datei', 'Dateien') : `${n === 0 ? 'keine' : count(n)} von ${of(all, 'Datei', 'Dateien')}`,
  left: (n) => `${of(n, 'weitere Datei', 'weitere Dateien')} in coverage.jsonl: Diese Seite ist voll.`,
  printed: (n, left) =>
    `${n === 1 ? 'Die erste Datei' : `Die ersten ${count(n)} Dateien`}; ${of(left, 'weitere Datei', 'weitere Dateien')} in coverage.jsonl.`,
  knowledge: 'Benutztes Wissen',
  tool: 'Postern',
  all: 'Alles davon',
  bundle: 'Signiertes Bündel',
  good: (version, until) => `Version ${version}, gültig bis ${until}`,
  rules: (n) => of(n, 'Regel', 'Regeln'),
}
