/** Whose files a parser reads, and whose entries a kind holds: of `mail` Exchange Server or Exchange Online, which of them is not said. */
export type Product = 'exchange' | 'microsoft-365' | 'mail' | 'windows' | 'any'

/**
 * The log kinds, for people, and their product. A kind is the unit of coverage: what is silent in one says nothing about
 * another. HttpProxy and EWS kinds carry the protocol, since each protocol has its own folder and its own rotation.
 */
const kinds: Readonly<Record<LogKind, readonly [title: string, product: Product]>> = {
  'iis-frontend': ['IIS, front end (Default Web Site)', 'windows'],
  'iis-backend': ['IIS, back end (Exchange Back End, port 444)', 'windows'],
  httperr: ['HTTP.sys errors (HTTPERR)', 'windows'],
  'httpproxy-autodiscover': ['HttpProxy Autodiscover', 'exchange'],
  'httpproxy-eas': ['HttpProxy ActiveSync', 'exchange'],
  'httpproxy-ecp': ['HttpProxy ECP', 'exchange'],
  'httpproxy-ews': ['HttpProxy EWS', 'exchange'],
  'httpproxy-mapi': ['HttpProxy MAPI', 'exchange'],
  'httpproxy-oab': ['HttpProxy OAB', 'exchange'],
  'httpproxy-owa': ['HttpProxy OWA', 'exchange'],
  'httpproxy-owacalendar': ['HttpProxy OWA calendar', 'exchange'],
  'httpproxy-powershell': ['HttpProxy PowerShell', 'exchange'],
  'httpproxy-pushnotifications': ['HttpProxy push notifications', 'exchange'],
  'httpproxy-rest': ['HttpProxy REST', 'exchange'],
  'httpproxy-rpchttp': ['HttpProxy RPC over HTTP', 'exchange'],
  'httpproxy-unknown': ['HttpProxy, protocol not stated', 'exchange'],
  'ecp-server': ['ECP Server', 'exchange'],
  'ecp-activity': ['ECP Activity', 'exchange'],
  ews: ['EWS (back end)', 'exchange'],
  autodiscover: ['Autodiscover (back end)', 'exchange'],
  oabgenerator: ['OAB generator', 'exchange'],
  'cmdletinfra-http': ['Remote PowerShell requests (CmdletInfra Http)', 'exchange'],
  'cmdletinfra-cmdlet': ['Cmdlets (CmdletInfra Cmdlet)', 'exchange'],
  'message-tracking': ['Message tracking', 'exchange'],
  'smtp-receive': ['SMTP receive', 'exchange'],
  'smtp-send': ['SMTP send', 'exchange'],
  agentlog: ['Transport agent log', 'exchange'],
  'cosmosqueue-audit': ['Audit queue (CosmosQueue)', 'exchange'],
  'mailbox-audit': ['Mailbox audit log (exports)', 'mail'],
  'admin-audit': ['Admin audit log (exports)', 'mail'],
  mapihttp: ['MAPI over HTTP (back end)', 'exchange'],
  owa: ['OWA (back end)', 'exchange'],
  rpchttp: ['RPC over HTTP (back end)', 'exchange'],
  'rpc-client-access': ['RPC client access', 'exchange'],
  'imap-pop': ['IMAP and POP', 'exchange'],
  'transport-connectivity': ['Transport connectivity', 'exchange'],
  'exchange-other': ['Other Exchange log', 'exchange'],
  'm365-exchange': ['Audit log of Microsoft 365: Exchange Online', 'microsoft-365'],
  'm365-entra': ['Audit log of Microsoft 365: Entra (Azure AD)', 'microsoft-365'],
  'm365-other': ['Audit log of Microsoft 365: other services', 'microsoft-365'],
  'm365-message-trace': ['Message trace of Exchange Online', 'microsoft-365'],
  'entra-signin': ['Sign-ins of Entra (Azure AD)', 'microsoft-365'],
  'entra-audit': ['Audit log of Entra (Azure AD)', 'microsoft-365'],
  'windows-security': ['Windows Security events', 'windows'],
  'windows-system': ['Windows System events', 'windows'],
  'windows-application': ['Windows Application events', 'windows'],
  'windows-sysmon': ['Sysmon events', 'windows'],
  'windows-powershell': ['PowerShell events', 'windows'],
  'windows-defender': ['Windows Defender events', 'windows'],
  'windows-taskscheduler': ['Task scheduler events', 'windows'],
  'msexchange-management': ['MSExchange Management events (cmdlets)', 'exchange'],
  'windows-edr': ['Events of Defender for Endpoint', 'windows'],
  'windows-other': ['Other Windows events', 'windows'],
  'web-roots': ['Files of the web roots', 'windows'],
  'aspnet-temp': ['Compiled ASP.NET pages (Temporary ASP.NET Files)', 'windows'],
  'iis-config': ['IIS configuration (applicationHost.config)', 'windows'],
  'transport-agents': ['Transport agents (agents.config)', 'exchange'],
  files: ['Other files', 'any'],
  'ntfs-mft': ['Files of the volume ($MFT)', 'windows'],
  'ntfs-usn': ['Changes of files (USN journal)', 'windows'],
  'ntfs-index': ['Entries of folders ($I30)', 'windows'],
  'web-config': ['IIS configuration of applications (web.config)', 'windows'],
  'exchange-config': ['Settings of Exchange (exports, HealthChecker)', 'exchange'],
  'mailbox-items': ['Items of mailboxes with the sound of their reminder (exports)', 'mail'],
  'folder-permissions': ['Who may open folders of mailboxes (exports)', 'mail'],
  services: ['Services (SYSTEM hive)', 'windows'],
  startup: ['Programs started at boot or logon (registry)', 'windows'],
  accounts: ['Accounts of the machine (SAM hive)', 'windows'],
  tasks: ['Scheduled tasks', 'windows'],
  registry: ['Other keys of the registry', 'windows'],
  programs: ['Programs that ran (ShimCache, AmCache, prefetch, shortcuts)', 'windows'],
  'user-access': ['Who used the server from where (user access logging, SUM)', 'windows'],
  'powershell-history': ['PowerShell history and transcripts', 'windows'],
  'certificate-requests': ['Certificate requests', 'any'],
  'evtx-integrity': ['Traces of tampering with event logs', 'windows'],
  'tool-results': ['Results of other tools', 'any'],
}

export const kindTitles: Readonly<Record<LogKind, string>> = Object.fromEntries(
  Object.entries(kinds).map(([kind, [title]]) => [kind, title]),
)

/** The product of a kind, also of `partial/…`; `any` where it is not known. */
export function productOf(kind: LogKind): Product {
  const name = kind.replace('partial/', '')
  return Object.hasOwn(kinds, name) ? kinds[name]![1] : 'any'
}

/** Is it a log of a tenant, which the server itself does not write? It goes on when the server is off, and long after. */
export function isOfTenant(kind: LogKind): boolean {
  return /^(?:partial\/)?(?:m365|entra)-/.test(kind)
}

/** Before the kind of a log that lies elsewhere than its product keeps it: it covers nothing, and no time is asked for its sake. */
export const MISPLACED = 'misplaced/'

/** A title for any kind, known or new. `partial/…` are rows that cover nothing. */
export function kindTitle(kind: LogKind): string {
  if (kind.startsWith(MISPLACED)) return `${kindTitle(kind.slice(MISPLACED.length))}, outside its own place`
  if (kind.startsWith('partial/')) return `${kindTitle(kind.slice('partial/'.length))}, selected rows or columns`
  return kindTitles[kind] ?? kind
}

/** Is this a log of HttpProxy? */
export function isProxyLog(kind: LogKind): boolean {
  return kind.startsWith('httpproxy-')
}

/** Columns without which a row cannot show an attack, so that a log without them covers nothing. */
export function requiredColumns(kind: LogKind): readonly string[] {
  if (kind === 'iis-frontend') return ['cs-method', 'cs-uri-stem', 'c-ip', 'sc-status']
  if (kind === 'iis-backend') return ['cs-uri-stem', 'cs-username', 'sc-status']
  return isProxyLog(kind) ? ['AnchorMailbox', 'BackEndStatus'] : []
}

/** Logs of one family record the same act: two rows of one family are not independent. */
export function family(log: LogKind): string {
  if (log === 'iis-frontend' || isProxyLog(log) || log === 'httperr') return 'front'
  if (/^(iis-backend|ews|ecp-|autodiscover|oabgenerator)/.test(log)) return 'back'
  if (/^(cmdletinfra|msexchange-management|admin-audit)/.test(log)) return 'cmdlet'
  if (log === 'mailbox-audit') return 'audit'
  if (log.startsWith('windows-')) return 'windows'
  return 'files'
}

/** The unit of coverage. A closed set in practice, listed in `kindTitles`; a string so that packs can name it. */
export type LogKind = string

/** Kinds that are a state at the end of the evidence and not a log over time: between two of their times nothing is missing. */
export const stateKinds: ReadonlySet<LogKind> = new Set([
  'web-roots',
  'aspnet-temp',
  'iis-config',
  'transport-agents',
  'files',
  'ntfs-mft',
  'ntfs-index',
  'web-config',
  'exchange-config',
  'mailbox-items',
  'folder-permissions',
  'services',
  'startup',
  'accounts',
  'tasks',
  'registry',
  'programs',
  'user-access',
  'powershell-history',
  'certificate-requests',
  'evtx-integrity',
  'tool-results',
])

/** Logs of requests that a front end passed on. */
export function isBackEnd(log: LogKind): boolean {
  return /^(iis-backend|ews|autodiscover|mapihttp|ecp-|oabgenerator|owa$|rpchttp$)/.test(log)
}
