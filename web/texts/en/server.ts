import { ofAll } from '../../../src/lib/amounts.ts'
import { formatCount, counted } from '../../../src/lib/amounts.ts'

export const mail = {
  lead: (words: string) => `${words}. A line a mailbox, with all of its facts: mailboxes.csv.`,
  caption: 'Mailboxes',
  mailbox: 'Mailbox',
  sure: 'How sure',
  means: 'Means',
  when: 'When',
  requests: 'Requests',
  data: 'Data',
  because: 'Because',
  beside: 'Measured against ordinary use, and what cannot be known',
  leads: (leads: string) => `Leads, and no proof: ${leads}.`,
  names: (names: string) => `Also called ${names}.`,
  more: (n: number) => `${counted(n, 'more mailbox', 'more mailboxes')} in mailboxes.csv.`,
}

export const back = {
  caption: 'Persistence mechanisms',
  kind: 'Kind',
  what: 'What',
  state: 'State',
  seen: 'Seen',
  because: 'Because',
  more: (n: number) => `${formatCount(n)} more in assessment.json.`,
}

export const addresses = {
  lead: 'All rows of the front end’s logs (IIS and HttpProxy; a request has one in each) from the addresses that findings are of, also those that no rule matches: they are worth reading.',
  caption: 'Addresses',
  address: 'Address',
  rows: 'Rows',
  when: 'When',
  sent: 'Sent to it',
  notLogged: 'not logged',
  findings: 'Findings',
  more: (n: number) => `${counted(n, 'more address', 'more addresses')} in assessment.json.`,
}

export const requests = {
  pages: 'Pages that one address alone got',
  page: 'Page',
  programs: 'Programs (user agents) that one address alone used',
  program: 'Program',
  tooFew: (title: string) => `${title}: cannot be determined, there are too few rows or addresses.`,
  none: (title: string) => `${title}: none.`,
  known: 'a name of Exchange',
  statuses: 'Answers by status',
  rowsHead: 'Rows',
  when: 'When',
  status: 'Status',
  moreStatuses: (n: number) => `${counted(n, 'more status', 'more statuses')} in assessment.json.`,
}

export const others = {
  lead: 'Results of other tools in the evidence, compared with the findings here.',
  caption: 'Other tools',
  tool: 'Tool',
  says: 'Says',
  about: 'About',
  postern: 'And Postern',
  why: 'Why',
  because: 'Because',
  place: 'Location',
  line: (n: number) => `line ${formatCount(n)}`,
  more: (n: number) => `${formatCount(n)} more in assessment.json.`,
}

export const who = {
  for: 'For',
  against: 'Against',
  speaks: (chains: string) => `Refers to ${chains}.`,
  story: (n: number) => `attack chain ${n}`,
  reports: 'Reports:',
  weighed: 'What was weighed, and how',
}

export const coverage = {
  noLog: 'No log with entries was read.',
  lead: (from: string, to: string) =>
    `Entries from ${from} to ${to}. Where a log is silent, nothing can be said about it.`,
  holes: 'Log gaps',
  moreHoles: (n: number) => `and ${counted(n, 'more log gap')}`,
  asTable: 'The same as a table',
  caption: 'Log kinds',
  log: 'Log',
  files: 'Files',
  entries: 'Entries',
  first: 'First',
  last: 'Last',
  hours: 'Hours',
  holesHead: 'Log gaps',
  noTimes: 'no times',
  state: 'a state, no log',
  noneSeen: 'none seen',
  blind: 'Files not read that limit the answer',
  blindLead:
    'These files could hold persistence. Until complete copies are assessed, continued access by an attacker cannot be ruled out.',
  blindFile: 'File',
  blindReason: 'Why it was not read',
  blindHolds: 'What it could hold',
  holds: {
    'web-roots': 'a web shell',
    'iis-config': 'an IIS module or handler',
    'transport-agents': 'a transport agent',
    tasks: 'a scheduled task',
    services: 'a service',
    startup: 'a startup entry',
    accounts: 'an account',
    other: 'other persistence',
  },
  moreBlind: (n: number, isAll: boolean) =>
    `${isAll ? '' : 'At least '}${counted(n, 'more file', 'more files')}: coverage.jsonl lists all gaps.`,
}

export const exposure = {
  late: 'Patched too late:',
  update: 'Update:',
  support: 'Support:',
  noBuild: 'Which build ran here is not in the evidence.',
  builds: 'Builds over time',
  build: 'Build',
  when: 'When',
  from: 'Known from',
  exact: 'Exact to the',
  cu: 'cumulative update',
  su: 'security update',
  unknown: 'unknown',
  whenUnknown: 'when is not known',
  open: 'Open at the end of the evidence',
  was: 'Open for a time, and fixed since',
  notKnown: 'Not known from this evidence',
  since: 'Open, and made public after the evidence ends',
  fixed: 'Fixed as far as the evidence goes back',
  main: (group: string) => `${group}: known to be exploited, or named by a finding`,
  further: (group: string) => `${group}: further`,
  all: (group: string) => `${group}: all`,
  vulnerabilities: (n: number) => counted(n, 'vulnerability', 'vulnerabilities'),
  furtherOnes: (n: number) => counted(n, 'further vulnerability', 'further vulnerabilities'),
  atEnd: 'At the end',
  fromTo: 'From when to when',
  fixedBy: 'Fixed by',
  elseDecides: 'What else decides',
  moreIntervals: (n: number) => `and ${counted(n, 'more interval')}`,
  settings: (tally: string) => `What else than the build decides: ${tally}`,
  settingsCaption: 'Settings at the end of the evidence',
  mustBe: 'So it must be',
  isIt: 'Is it so',
  why: 'Why',
  readFrom: 'Read from',
  decides: 'Decides',
  untouched: (n: number) =>
    `Not affected by ${counted(n, 'other known vulnerability', 'other known vulnerabilities')}.`,
}

export const unread = {
  noFile: 'There was no file to read.',
  nothing: (files: number, size: string) =>
    `Nothing was left out: ${counted(files, 'file')}, ${size}, read whole; every rule was used.`,
  byReason: 'Bytes not read, by reason',
  reason: 'Reason',
  places: 'Places',
  data: 'Data',
  notes: (n: number) => `${counted(n, 'note')} on files`,
  inFiles: (n: number) => `${counted(n, 'place')} in files`,
  caption: 'Places not read',
  file: 'File',
  place: 'Place',
  found: 'What was found',
  between: 'Between',
  at: (offset: number, size: string, line: number | undefined) =>
    `byte ${formatCount(offset)}, ${size}${line === undefined ? '' : `, line ${formatCount(line)}`}`,
  more: (n: number) => `${formatCount(n)} more in coverage.jsonl.`,
  unknown: (n: number) => `${counted(n, 'file')} of no known format: hashed and searched, not read as fields`,
  unknownCaption: 'Files of no known format',
  size: 'Size',
  broken: (n: number) => `${counted(n, 'rule')} not used`,
  brokenCaption: 'Rules not used',
  why: 'Why',
  line: (line: number, column: number | undefined) => `line ${line}${column === undefined ? '' : `, column ${column}`}`,
  holes: (n: number) => `${counted(n, 'log gap')} in logs: see how far the logs reach`,
}

export const evidence = {
  read: (files: number, size: string) =>
    `${counted(files, 'file')}, ${size}. The evidence was only read, never written to.`,
  manifest: 'Manifest: every file with its SHA-256',
  search: 'Search in paths and digests',
  caption: 'Files of the evidence',
  file: 'File',
  size: 'Size',
  readAs: 'Read as',
  entries: 'Entries',
  sha: 'SHA-256',
  notRead: 'not read',
  scanned: 'hashed, searched',
  shown: (n: number, of: number) => (n === of ? counted(n, 'file') : ofAll(n, of, 'file')),
  left: (n: number) => `${counted(n, 'more file')} in coverage.jsonl: this page is full.`,
  printed: (n: number, left: number) =>
    `${n === 1 ? 'The first file' : `The first ${formatCount(n)} files`}; ${counted(left, 'more file')} in coverage.jsonl.`,
  knowledge: 'Knowledge used',
  tool: 'Postern',
  all: 'All of it',
  bundle: 'Signed bundle',
  good: (version: string, until: string) => `version ${version}, good until ${until}`,
  rules: (n: number) => counted(n, 'rule'),
}
