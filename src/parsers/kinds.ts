import type { LogKind } from '../model.ts'

/**
 * The log kinds, for people. A kind is the unit of coverage: what is silent in one says nothing about another.
 * HttpProxy and EWS kinds carry the protocol, since each protocol has its own folder and its own rotation.
 */
export const kindTitles: Readonly<Record<LogKind, string>> = {
  'iis-frontend': 'IIS, front end (Default Web Site)',
  'iis-backend': 'IIS, back end (Exchange Back End, port 444)',
  httperr: 'HTTP.sys errors (HTTPERR)',
  'httpproxy-autodiscover': 'HttpProxy Autodiscover',
  'httpproxy-eas': 'HttpProxy ActiveSync',
  'httpproxy-ecp': 'HttpProxy ECP',
  'httpproxy-ews': 'HttpProxy EWS',
  'httpproxy-mapi': 'HttpProxy MAPI',
  'httpproxy-oab': 'HttpProxy OAB',
  'httpproxy-owa': 'HttpProxy OWA',
  'httpproxy-owacalendar': 'HttpProxy OWA calendar',
  'httpproxy-powershell': 'HttpProxy PowerShell',
  'httpproxy-pushnotifications': 'HttpProxy push notifications',
  'httpproxy-rest': 'HttpProxy REST',
  'httpproxy-rpchttp': 'HttpProxy RPC over HTTP',
  'httpproxy-unknown': 'HttpProxy, protocol not stated',
  'ecp-server': 'ECP Server',
  'ecp-activity': 'ECP Activity',
  ews: 'EWS (back end)',
  autodiscover: 'Autodiscover (back end)',
  oabgenerator: 'OAB generator',
  'cmdletinfra-http': 'Remote PowerShell requests (CmdletInfra Http)',
  'cmdletinfra-cmdlet': 'Cmdlets (CmdletInfra Cmdlet)',
  'message-tracking': 'Message tracking',
  'smtp-receive': 'SMTP receive',
  'smtp-send': 'SMTP send',
  agentlog: 'Transport agent log',
  'cosmosqueue-audit': 'Audit queue (CosmosQueue)',
  'mailbox-audit': 'Mailbox audit log (exports)',
  'admin-audit': 'Admin audit log (exports)',
  mapihttp: 'MAPI over HTTP (back end)',
  owa: 'OWA (back end)',
  rpchttp: 'RPC over HTTP (back end)',
  'rpc-client-access': 'RPC client access',
  'imap-pop': 'IMAP and POP',
  'transport-connectivity': 'Transport connectivity',
  'exchange-other': 'Other Exchange log',
  'm365-exchange': 'Audit log of Microsoft 365: Exchange Online',
  'm365-entra': 'Audit log of Microsoft 365: Entra (Azure AD)',
  'm365-other': 'Audit log of Microsoft 365: other services',
  'm365-message-trace': 'Message trace of Exchange Online',
  'entra-signin': 'Sign-ins of Entra (Azure AD)',
  'entra-audit': 'Audit log of Entra (Azure AD)',
  'windows-security': 'Windows Security events',
  'windows-system': 'Windows System events',
  'windows-application': 'Windows Application events',
  'windows-sysmon': 'Sysmon events',
  'windows-powershell': 'PowerShell events',
  'windows-defender': 'Windows Defender events',
  'windows-taskscheduler': 'Task scheduler events',
  'msexchange-management': 'MSExchange Management events (cmdlets)',
  'windows-other': 'Other Windows events',
  'web-roots': 'Files of the web roots',
  'aspnet-temp': 'Compiled ASP.NET pages (Temporary ASP.NET Files)',
  'iis-config': 'IIS configuration (applicationHost.config)',
  'transport-agents': 'Transport agents (agents.config)',
  files: 'Other files',
  'ntfs-mft': 'Files of the volume ($MFT)',
  'ntfs-usn': 'Changes of files (USN journal)',
  'ntfs-index': 'Entries of folders ($I30)',
  'web-config': 'IIS configuration of applications (web.config)',
  'exchange-config': 'Settings of Exchange (exports, HealthChecker)',
  'mailbox-items': 'Items of mailboxes with the sound of their reminder (exports)',
  'folder-permissions': 'Who may open folders of mailboxes (exports)',
  services: 'Services (SYSTEM hive)',
  startup: 'Programs started at boot or logon (registry)',
  accounts: 'Accounts of the machine (SAM hive)',
  tasks: 'Scheduled tasks',
  registry: 'Other keys of the registry',
  programs: 'Programs that ran (ShimCache, AmCache, prefetch, shortcuts)',
  'user-access': 'Who used the server from where (user access logging, SUM)',
  'powershell-history': 'PowerShell history and transcripts',
  'certificate-requests': 'Certificate requests',
  'evtx-integrity': 'Traces of tampering with event logs',
  'tool-results': 'Results of other tools',
}

export { stateKinds } from '../model.ts'

/** Is it a log of a tenant, which the server itself does not write? It goes on when the server is off, and long after. */
export function isOfTenant(kind: LogKind): boolean {
  return /^(?:partial\/)?(?:m365|entra)-/.test(kind)
}

/** Before the kind of a log that lies elsewhere than its product keeps it: it covers nothing, and no time is asked for its sake. */
export const MISPLACED = 'misplaced/'

/** A title for any kind, known or new. `partial/…` are rows that cover nothing. */
export function titleOf(kind: LogKind): string {
  if (kind.startsWith(MISPLACED)) return `${titleOf(kind.slice(MISPLACED.length))}, outside its own place`
  if (kind.startsWith('partial/')) return `${titleOf(kind.slice('partial/'.length))}, selected rows or columns`
  return kindTitles[kind] ?? kind
}

/** Is this a log of HttpProxy? */
export function isProxyLog(kind: LogKind): boolean {
  return kind.startsWith('httpproxy-')
}

/** Columns without which a row cannot show an attack, so that a log without them covers nothing. */
export function columnsOf(kind: LogKind): readonly string[] {
  if (kind === 'iis-frontend') return ['cs-method', 'cs-uri-stem', 'c-ip', 'sc-status']
  if (kind === 'iis-backend') return ['cs-uri-stem', 'cs-username', 'sc-status']
  return isProxyLog(kind) ? ['AnchorMailbox', 'BackEndStatus'] : []
}
