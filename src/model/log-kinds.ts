/** Whose files a parser reads, and whose entries a kind holds: of `mail` Exchange Server or Exchange Online, which of them is not said. */
export type Product = 'exchange' | 'microsoft-365' | 'mail' | 'windows' | 'any'

/**
 * From where a kind records what happens. Two kinds of one vantage record the same act, so that neither confirms the other.
 * front-end: requests as they come in · back-end: requests that a front end passed on · cmdlet: cmdlets that ran ·
 * mailbox-audit: who opened and changed mailboxes · transport: messages on their way · mail-protocol: IMAP and POP ·
 * windows-events: event logs · user-access: user access logging · tenant-audit, tenant-sign-in: what Microsoft 365 records of acts and of
 * sign-ins, and the server does not ·
 * disk: files · configuration: what IIS and the transport service load · registry: hives, and the lists of services, tasks,
 * accounts and programs · export: what an operator exported of Exchange · other-tool: results of other tools, which confirm
 * nothing · unknown: a log of which nothing is known, so that it confirms nothing.
 */
export type Vantage =
  | 'front-end'
  | 'back-end'
  | 'cmdlet'
  | 'mailbox-audit'
  | 'transport'
  | 'mail-protocol'
  | 'windows-events'
  | 'user-access'
  | 'tenant-audit'
  | 'tenant-sign-in'
  | 'disk'
  | 'configuration'
  | 'registry'
  | 'export'
  | 'other-tool'
  | 'unknown'

/** All that is known of a kind of log or state. */
type LogKindTraits = {
  /** For people. */
  readonly title: string
  readonly product: Product
  readonly vantage: Vantage
  /** A state at the end of the evidence is no log over time: between two of its times nothing is missing. */
  readonly form: 'log' | 'state'
  /** Its rows are requests of clients, as the front end answered them. */
  readonly isRequests: boolean
  /** Its rows are of requests that a front end passed on, so that they join a row of that. */
  readonly isPassedOn: boolean
  /** Columns without which a row cannot show an attack, so that a log without them covers nothing. */
  readonly requiredColumns: readonly string[]
  /** The path of its service, where the rows do not write it. */
  readonly servicePath: string | null
  /** Does its product keep it in folders of its own, or may it lie where pages, programs and people's files do? */
  readonly place: 'own' | 'anywhere'
  /** Is an entry about a file where it lies, so that a copy elsewhere is another one? */
  readonly isAboutFile: boolean
  /** Are the programs that it names started by the machine? */
  readonly isStarted: boolean
  /** The field that names one of many parts, and how many of them every Windows has at the least. */
  readonly parts: { readonly field: string; readonly least: number } | null
  /** Where alone an intrusion may show, and no campaign needs it beside the others: how an answer calls it. */
  readonly otherTrace: string | null
  /** What an answer calls it, where it is among the first to show an intrusion into a server. */
  readonly firstTrace: string | null
  /** What an answer calls it, where it is a state in which a way back in can hide. */
  readonly wayBack: string | null
  /** The files that define a state, by their paths (in lower case, with `/`). One that was encrypted has an ending more. */
  readonly definedBy: RegExp | null
  /** The parsers that read it where its product keeps it. */
  readonly parsers: readonly string[]
}

/** What most kinds are not; spread into an entry, so that a trait that is added must be decided here and nowhere else. */
const unlike = {
  isRequests: false,
  isPassedOn: false,
  requiredColumns: [],
  servicePath: null,
  place: 'own',
  isAboutFile: false,
  isStarted: false,
  parts: null,
  otherTrace: null,
  firstTrace: null,
  wayBack: null,
  definedBy: null,
  parsers: [],
} as const

/** Parsers of logs of Exchange, and of event logs in the forms in which they are copied and exported. */
const ofExchange = { parsers: ['exchange-csv'] } as const
const ofEvents = {
  parsers: [
    'evtx',
    'xml-events',
    'json-events',
    'csv-events',
    'search-csv',
    'snare-events',
    'siem-events',
    'copied-events',
    'listed-events',
    'key-value-events',
    'powershell-table',
  ],
} as const

/** HttpProxy: each protocol has a folder and a rotation of its own. */
const proxyLog = {
  ...unlike,
  ...ofExchange,
  otherTrace: 'HttpProxy logs',
  firstTrace: 'HttpProxy logs',
  product: 'exchange',
  vantage: 'front-end',
  form: 'log',
  isRequests: true,
  requiredColumns: ['AnchorMailbox', 'BackEndStatus'],
} as const
/** What a service of Exchange did for a request that a front end passed on. */
const serviceLog = {
  ...unlike,
  ...ofExchange,
  product: 'exchange',
  vantage: 'back-end',
  form: 'log',
  isPassedOn: true,
} as const
const transportLog = { ...unlike, ...ofExchange, product: 'exchange', vantage: 'transport', form: 'log' } as const
const tenantLog = { ...unlike, product: 'microsoft-365', vantage: 'tenant-audit', form: 'log' } as const
const signInLog = { ...tenantLog, vantage: 'tenant-sign-in' } as const
/** Channels of event logs. */
const eventLog = { ...unlike, ...ofEvents, product: 'windows', vantage: 'windows-events', form: 'log' } as const
const registryList = {
  ...unlike,
  product: 'windows',
  vantage: 'registry',
  form: 'state',
  parsers: ['registry'],
} as const

/** Every kind of log and state. A kind is the unit of coverage: what is silent in one says nothing about another. */
const kinds = {
  'iis-frontend': {
    ...unlike,
    title: 'IIS, front end (Default Web Site)',
    product: 'windows',
    vantage: 'front-end',
    form: 'log',
    isRequests: true,
    requiredColumns: ['cs-method', 'cs-uri-stem', 'c-ip', 'sc-status'],
    otherTrace: 'IIS logs',
    firstTrace: 'IIS logs',
    parsers: ['iis'],
  },
  'iis-backend': {
    ...unlike,
    title: 'IIS, back end (Exchange Back End, port 444)',
    product: 'windows',
    vantage: 'back-end',
    form: 'log',
    isPassedOn: true,
    requiredColumns: ['cs-uri-stem', 'cs-username', 'sc-status'],
    parsers: ['iis'],
  },
  httperr: {
    ...unlike,
    title: 'HTTP.sys errors (HTTPERR)',
    product: 'windows',
    vantage: 'front-end',
    form: 'log',
    parsers: ['httperr'],
  },
  'httpproxy-autodiscover': { ...proxyLog, title: 'HttpProxy Autodiscover' },
  'httpproxy-eas': { ...proxyLog, title: 'HttpProxy ActiveSync' },
  'httpproxy-ecp': { ...proxyLog, title: 'HttpProxy ECP' },
  'httpproxy-ews': { ...proxyLog, title: 'HttpProxy EWS' },
  'httpproxy-mapi': { ...proxyLog, title: 'HttpProxy MAPI' },
  'httpproxy-oab': { ...proxyLog, title: 'HttpProxy OAB' },
  'httpproxy-owa': { ...proxyLog, title: 'HttpProxy OWA' },
  'httpproxy-owacalendar': { ...proxyLog, title: 'HttpProxy OWA calendar' },
  'httpproxy-powershell': { ...proxyLog, title: 'HttpProxy PowerShell' },
  'httpproxy-pushnotifications': { ...proxyLog, title: 'HttpProxy push notifications' },
  'httpproxy-rest': { ...proxyLog, title: 'HttpProxy REST' },
  'httpproxy-rpchttp': { ...proxyLog, title: 'HttpProxy RPC over HTTP' },
  'httpproxy-unknown': { ...proxyLog, title: 'HttpProxy, protocol not stated' },
  'ecp-server': { ...serviceLog, title: 'ECP Server', firstTrace: 'ECP Server logs' },
  'ecp-activity': { ...serviceLog, title: 'ECP Activity' },
  ews: {
    ...serviceLog,
    title: 'EWS (back end)',
    servicePath: '/ews/exchange.asmx',
    otherTrace: 'EWS logs',
    firstTrace: 'EWS logs',
  },
  autodiscover: { ...serviceLog, title: 'Autodiscover (back end)', servicePath: '/autodiscover/autodiscover.xml' },
  oabgenerator: { ...serviceLog, title: 'OAB generator' },
  'http-request-filtering': {
    ...unlike,
    ...ofExchange,
    title: 'Requests in which malware was found (HttpRequestFiltering)',
    product: 'exchange',
    vantage: 'front-end',
    form: 'log',
  },
  'cmdletinfra-http': {
    ...unlike,
    ...ofExchange,
    title: 'Remote PowerShell requests (CmdletInfra Http)',
    product: 'exchange',
    vantage: 'cmdlet',
    form: 'log',
    otherTrace: 'remote PowerShell logs',
  },
  'cmdletinfra-cmdlet': {
    ...unlike,
    ...ofExchange,
    title: 'Cmdlets (CmdletInfra Cmdlet)',
    product: 'exchange',
    vantage: 'cmdlet',
    form: 'log',
    otherTrace: 'remote PowerShell logs',
  },
  'message-tracking': { ...transportLog, title: 'Message tracking', otherTrace: 'message tracking logs' },
  'smtp-receive': { ...transportLog, title: 'SMTP receive', otherTrace: 'SMTP receive logs' },
  'smtp-send': { ...transportLog, title: 'SMTP send' },
  agentlog: { ...transportLog, title: 'Transport agent log' },
  'cosmosqueue-audit': {
    ...unlike,
    ...ofExchange,
    title: 'Audit queue (CosmosQueue)',
    product: 'exchange',
    vantage: 'mailbox-audit',
    form: 'log',
  },
  'mailbox-audit': {
    ...unlike,
    title: 'Mailbox audit log (exports)',
    product: 'mail',
    vantage: 'mailbox-audit',
    form: 'log',
    place: 'anywhere',
  },
  'admin-audit': {
    ...unlike,
    title: 'Admin audit log (exports)',
    product: 'mail',
    vantage: 'cmdlet',
    form: 'log',
    place: 'anywhere',
  },
  mapihttp: {
    ...serviceLog,
    title: 'MAPI over HTTP (back end)',
    servicePath: '/mapi/emsmdb',
    otherTrace: 'MAPI over HTTP logs',
  },
  owa: { ...serviceLog, title: 'OWA (back end)' },
  rpchttp: { ...serviceLog, title: 'RPC over HTTP (back end)' },
  'rpc-client-access': {
    ...unlike,
    ...ofExchange,
    title: 'RPC client access',
    product: 'exchange',
    vantage: 'back-end',
    form: 'log',
  },
  'imap-pop': {
    ...unlike,
    ...ofExchange,
    title: 'IMAP and POP',
    otherTrace: 'IMAP and POP logs',
    product: 'exchange',
    vantage: 'mail-protocol',
    form: 'log',
  },
  'transport-connectivity': { ...transportLog, title: 'Transport connectivity' },
  'exchange-other': {
    ...unlike,
    ...ofExchange,
    title: 'Other Exchange log',
    product: 'exchange',
    vantage: 'unknown',
    form: 'log',
  },
  'm365-exchange': { ...tenantLog, title: 'Audit log of Microsoft 365: Exchange Online' },
  'm365-entra': { ...tenantLog, title: 'Audit log of Microsoft 365: Entra (Azure AD)' },
  // Not a log by itself: whether what was opened in mailboxes is recorded.
  'm365-mail-access': { ...tenantLog, title: 'Audit log of Microsoft 365: MailItemsAccessed' },
  // The same file holds both: the record decides.
  'm365-signin': { ...signInLog, title: 'Audit log of Microsoft 365: sign-ins' },
  'm365-other': { ...tenantLog, title: 'Audit log of Microsoft 365: other services' },
  'm365-graph': { ...tenantLog, title: 'Requests to Microsoft Graph' },
  'm365-message-trace': { ...tenantLog, title: 'Message trace of Exchange Online' },
  'entra-signin': { ...signInLog, title: 'Sign-ins of Entra (Azure AD)' },
  'entra-audit': { ...tenantLog, title: 'Audit log of Entra (Azure AD)' },
  'windows-security': {
    ...eventLog,
    title: 'Windows Security events',
    otherTrace: 'Windows events',
    firstTrace: 'Windows events',
  },
  'windows-system': { ...eventLog, title: 'Windows System events', otherTrace: 'Windows events' },
  'windows-application': { ...eventLog, title: 'Windows Application events', otherTrace: 'Windows events' },
  'windows-sysmon': {
    ...eventLog,
    title: 'Sysmon events',
    otherTrace: 'Windows events',
    firstTrace: 'Windows events',
  },
  'windows-powershell': { ...eventLog, title: 'PowerShell events' },
  'windows-defender': { ...eventLog, title: 'Windows Defender events' },
  'windows-taskscheduler': { ...eventLog, title: 'Task scheduler events', otherTrace: 'scheduled tasks' },
  'msexchange-management': {
    ...unlike,
    ...ofEvents,
    title: 'MSExchange Management events (cmdlets)',
    product: 'exchange',
    vantage: 'cmdlet',
    form: 'log',
  },
  'windows-edr': { ...eventLog, title: 'Events of Defender for Endpoint' },
  'windows-other': { ...eventLog, title: 'Other Windows events' },
  'web-roots': {
    ...unlike,
    title: 'Files of the web roots',
    product: 'windows',
    vantage: 'disk',
    form: 'state',
    place: 'anywhere',
    isAboutFile: true,
    otherTrace: 'files of the web roots',
    firstTrace: 'the web roots',
    wayBack: 'the web roots',
  },
  'aspnet-temp': {
    ...unlike,
    title: 'Compiled ASP.NET pages (Temporary ASP.NET Files)',
    product: 'windows',
    vantage: 'disk',
    form: 'state',
    place: 'anywhere',
    isAboutFile: true,
    otherTrace: 'pages that ASP.NET compiled',
  },
  'iis-config': {
    ...unlike,
    title: 'IIS configuration (applicationHost.config)',
    product: 'windows',
    vantage: 'configuration',
    form: 'state',
    isStarted: true,
    otherTrace: 'the IIS configuration',
    wayBack: 'IIS configuration',
    definedBy: /(?:^|\/)(?:applicationhost|administration|redirection|web|machine)\.config(?:\.[^/]{1,100})?$/,
    parsers: ['iis-config', 'web-config'],
  },
  'transport-agents': {
    ...unlike,
    title: 'Transport agents (agents.config)',
    product: 'exchange',
    vantage: 'configuration',
    form: 'state',
    isStarted: true,
    otherTrace: 'the list of transport agents',
    wayBack: 'transport agents',
    definedBy: /(?:^|\/)(?:fet)?agents\.config(?:\.[^/]{1,100})?$/,
    parsers: ['transport-agents'],
  },
  files: {
    ...unlike,
    title: 'Other files',
    product: 'any',
    vantage: 'disk',
    form: 'state',
    place: 'anywhere',
    isAboutFile: true,
  },
  'ntfs-mft': {
    ...unlike,
    title: 'Files of the volume ($MFT)',
    product: 'windows',
    vantage: 'disk',
    form: 'state',
    otherTrace: 'files of the web roots',
  },
  'ntfs-usn': { ...unlike, title: 'Changes of files (USN journal)', product: 'windows', vantage: 'disk', form: 'log' },
  'ntfs-index': { ...unlike, title: 'Entries of folders ($I30)', product: 'windows', vantage: 'disk', form: 'state' },
  'web-config': {
    ...unlike,
    title: 'IIS configuration of applications (web.config)',
    product: 'windows',
    vantage: 'configuration',
    form: 'state',
    place: 'anywhere',
    isAboutFile: true,
  },
  'exchange-config': {
    ...unlike,
    title: 'Settings of Exchange (exports, HealthChecker)',
    product: 'exchange',
    vantage: 'export',
    form: 'state',
    place: 'anywhere',
  },
  'mailbox-items': {
    ...unlike,
    title: 'Items of mailboxes with the sound of their reminder (exports)',
    product: 'mail',
    vantage: 'export',
    form: 'state',
    place: 'anywhere',
  },
  'folder-permissions': {
    ...unlike,
    title: 'Who may open folders of mailboxes (exports)',
    product: 'mail',
    vantage: 'export',
    form: 'state',
    place: 'anywhere',
  },
  tasks: {
    ...registryList,
    title: 'Scheduled tasks',
    isStarted: true,
    parts: { field: 'TaskName', least: 20 },
    otherTrace: 'scheduled tasks',
    wayBack: 'tasks',
    definedBy: /\/system32\/tasks(?:\/|$)|\/windows\/tasks\/[^/]+\.job$|\/system32\/config\/software$/,
    parsers: ['task-xml', 'registry'],
  },
  'dsc-configuration': {
    ...unlike,
    title: 'Desired State Configuration (MOF)',
    product: 'windows',
    vantage: 'configuration',
    form: 'state',
    isStarted: true,
    definedBy: /\/system32\/configuration\/(?:current|pending|previous|backup)\.mof(?:\.[^/]{1,100})?$/,
    parsers: ['desired-state'],
  },
  services: {
    ...registryList,
    title: 'Services (SYSTEM hive)',
    isStarted: true,
    parts: { field: 'ServiceName', least: 50 },
    otherTrace: 'the registry (services, programs started at boot)',
    wayBack: 'services',
    definedBy: /\/system32\/config\/system$/,
  },
  startup: {
    ...registryList,
    title: 'Programs started at boot or logon (registry)',
    isAboutFile: true,
    isStarted: true,
    otherTrace: 'the registry (services, programs started at boot)',
    definedBy: /\/system32\/config\/software$/,
  },
  accounts: {
    ...registryList,
    title: 'Accounts of the machine (SAM hive)',
    parts: { field: 'UserName', least: 2 },
    wayBack: 'accounts',
    definedBy: /\/system32\/config\/sam$/,
  },
  registry: {
    ...registryList,
    title: 'Other keys of the registry',
    otherTrace: 'the registry (services, programs started at boot)',
  },
  programs: {
    ...registryList,
    title: 'Programs that ran (ShimCache, AmCache, prefetch, shortcuts)',
    place: 'anywhere',
  },
  'user-access': {
    ...unlike,
    title: 'Who used the server from where (user access logging, SUM)',
    product: 'windows',
    vantage: 'user-access',
    form: 'state',
  },
  'powershell-history': {
    ...unlike,
    title: 'PowerShell history and transcripts',
    product: 'windows',
    vantage: 'disk',
    form: 'state',
    place: 'anywhere',
    isAboutFile: true,
  },
  'quoted-commands': {
    ...unlike,
    title: 'Commands copied into a text',
    product: 'any',
    vantage: 'disk',
    form: 'state',
    place: 'anywhere',
  },
  'certificate-requests': {
    ...unlike,
    title: 'Certificate requests',
    product: 'any',
    vantage: 'disk',
    form: 'state',
    place: 'anywhere',
  },
  'evtx-integrity': {
    ...unlike,
    title: 'Traces of tampering with event logs',
    product: 'windows',
    vantage: 'windows-events',
    form: 'state',
  },
  'tool-results': {
    ...unlike,
    title: 'Results of other tools',
    product: 'any',
    vantage: 'other-tool',
    form: 'state',
    place: 'anywhere',
  },
} as const satisfies Readonly<Record<string, LogKindTraits>>

/** A kind that a parser gives. */
export type KnownLogKind = keyof typeof kinds

/**
 * A kind as evidence and packs name it: one of the table, one of these with a word before it (`partial/`, `snippet/`,
 * `misplaced/`), several (`httpproxy-*`), or one with the id of an event (`windows-security/4688`).
 */
export type LogKind = string

/** Before the kind of a log that lies elsewhere than its product keeps it: it covers nothing, and no time is asked for its sake. */
export const MISPLACED = 'misplaced/'
/** Before the kind of selected rows. */
export const PARTIAL = 'partial/'

/** All kinds of the table. */
export const knownKinds = Object.keys(kinds) as readonly KnownLogKind[]

/** Is this a kind of the table? */
export function isKnownKind(kind: string): kind is KnownLogKind {
  return Object.hasOwn(kinds, kind)
}

/** The kind without the words before it. */
export function plainKind(kind: LogKind): LogKind {
  return kind.replace(/^(?:(?:partial|snippet|misplaced)\/)+/, '')
}

/** What the table says of a kind; undefined of one that is not there. */
function traitsOf(kind: LogKind): LogKindTraits | undefined {
  if (isKnownKind(kind)) return kinds[kind]
  const plain = plainKind(kind)
  return isKnownKind(plain) ? kinds[plain] : undefined
}

function kindsWith(has: (traits: LogKindTraits) => boolean): ReadonlySet<LogKind> {
  return new Set(knownKinds.filter((kind) => has(kinds[kind])))
}

/** A title for any kind, known or new. `partial/…` are rows that cover nothing. */
export function kindTitle(kind: LogKind): string {
  if (kind.startsWith(MISPLACED)) return `${kindTitle(kind.slice(MISPLACED.length))}, outside its own place`
  if (kind.startsWith(PARTIAL)) return `${kindTitle(kind.slice(PARTIAL.length))}, selected rows or columns`
  return isKnownKind(kind) ? kinds[kind].title : kind
}

/** The product of a kind; `any` where it is not known. */
export function productOf(kind: LogKind): Product {
  return traitsOf(kind)?.product ?? 'any'
}

/** Is it the kind that is wanted, or one of several that are: `httpproxy-*`, `windows-*`? */
export function isOfKind(kind: LogKind, wanted: LogKind): boolean {
  return wanted.endsWith('*') ? kind.startsWith(wanted.slice(0, -1)) : kind === wanted
}

/** The kind itself, or of several kinds the first. */
function firstOf(kind: LogKind): LogKind {
  return (kind.endsWith('*') ? knownKinds.find((known) => isOfKind(known, kind)) : undefined) ?? kind
}

/** The vantage of a kind; of several kinds that of the first. */
export function vantageOf(kind: LogKind): Vantage {
  return traitsOf(firstOf(kind))?.vantage ?? 'unknown'
}

/** The parsers that read a kind where its product keeps it; of several kinds those of the first. */
export function parsersOfKind(kind: LogKind): readonly string[] {
  return traitsOf(firstOf(kind))?.parsers ?? []
}

/** The kinds of state that a file defines, by its path (in lower case, with `/`). */
export function statesDefinedBy(path: string): readonly LogKind[] {
  return definers.flatMap(([kind, definedBy]) => (definedBy.test(path) ? [kind] : []))
}

const definers = knownKinds.flatMap((kind) => {
  const { definedBy }: LogKindTraits = kinds[kind]
  return definedBy === null ? [] : [[kind, definedBy] as const]
})

/** Do two kinds record an act each in a way of its own, so that one confirms the other? */
export function areIndependent(one: LogKind, other: LogKind): boolean {
  const vantages = [vantageOf(one), vantageOf(other)] as const
  return vantages[0] !== vantages[1] && !vantages.some((vantage) => vantage === 'unknown' || vantage === 'other-tool')
}

/** Is it a log of a tenant, which the server itself does not write? It goes on when the server is off, and long after. */
export function isOfTenant(kind: LogKind): boolean {
  const vantage = vantageOf(kind)
  return vantage === 'tenant-audit' || vantage === 'tenant-sign-in'
}

/** Is this a log of HttpProxy? Its rows are requests of the front end, which Exchange itself writes. */
export function isProxyLog(kind: LogKind): boolean {
  return isFrontEnd(kind) && productOf(kind) === 'exchange'
}

/** Is this a log of what clients asked the front end? */
export function isFrontEnd(kind: LogKind): boolean {
  return traitsOf(kind)?.isRequests ?? false
}

/** Logs of requests that a front end passed on. */
export function isBackEnd(kind: LogKind): boolean {
  return traitsOf(kind)?.isPassedOn ?? false
}

/** Logs in which a service of the back end itself says what it did, unlike IIS, which says what was asked. */
export function isServiceLog(kind: LogKind): boolean {
  return isBackEnd(kind) && productOf(kind) === 'exchange'
}

/** Logs of requests that each server of Exchange writes of itself alone: what they name as their host is this server. */
export function isLogOfItself(kind: LogKind): boolean {
  return isProxyLog(kind) || isServiceLog(kind)
}

/** Is it written by IIS, as W3C log? */
export function isIisLog(kind: LogKind): boolean {
  return (isFrontEnd(kind) || isBackEnd(kind)) && productOf(kind) === 'windows'
}

/** Columns without which a row cannot show an attack, so that a log without them covers nothing. */
export function requiredColumns(kind: LogKind): readonly string[] {
  return traitsOf(kind)?.requiredColumns ?? []
}

/** The path of the service that writes a log, where its rows do not write it. */
export function servicePathOf(kind: LogKind): string | null {
  return traitsOf(kind)?.servicePath ?? null
}

/** Does its product keep it in folders of its own? */
export function hasPlaceOfItsOwn(kind: LogKind): boolean {
  return traitsOf(kind)?.place !== 'anywhere'
}

/** Of which field a kind names its many parts, and how many of them every Windows has at the least. */
export function partsOfKind(kind: LogKind): LogKindTraits['parts'] {
  return traitsOf(kind)?.parts ?? null
}

/** Kinds that are a state at the end of the evidence and not a log over time. */
export const stateKinds = kindsWith(({ form }) => form === 'state')
/** Kinds whose entries are about a file where it lies. */
export const kindsAboutFiles = kindsWith(({ isAboutFile }) => isAboutFile)
/** Kinds that name programs which the machine starts. */
export const startedKinds = kindsWith(({ isStarted }) => isStarted)
/** Kinds of what IIS and the transport service load. */
export const configurationKinds = kindsWith(({ vantage }) => vantage === 'configuration')

/** HttpProxy logs by the name of their protocol, which is that of their folder: each has a kind of its own. */
export const proxyProtocols: ReadonlyMap<string, LogKind> = new Map(
  knownKinds.flatMap((kind) => {
    const protocol = /^httpproxy-(?!unknown$)(.+)$/.exec(kind)?.[1]
    return protocol === undefined ? [] : [[protocol, kind]]
  }),
)

/** Kinds in which alone an intrusion by another way would show, by what an answer calls them. */
export const otherTraces = kindsCalled(({ otherTrace }) => otherTrace)
/** Kinds that are the first to show an intrusion into a server, by what an answer calls them; HttpProxy logs together. */
export const firstTraces = kindsCalled(({ firstTrace }) => firstTrace)
/** States in which a way back in can hide, by what an answer calls them. */
export const waysBack = kindsCalled(({ wayBack }) => wayBack)

function kindsCalled(nameOf: (traits: LogKindTraits) => string | null): ReadonlyMap<string, readonly LogKind[]> {
  const found = new Map<string, Set<LogKind>>()
  for (const kind of knownKinds) {
    const name = nameOf(kinds[kind])
    if (name !== null) found.set(name, (found.get(name) ?? new Set()).add(isProxyLog(kind) ? 'httpproxy-*' : kind))
  }
  return new Map([...found].map(([name, list]) => [name, [...list]]))
}

/** Does a log of the tenant record who opened and sent mail? */
export function recordsCloudMail(log: LogKind): boolean {
  return log === 'm365-exchange' || log === 'm365-graph'
}
