import type { KnownLogKind } from '../../model/log-kinds.ts'
import { sendConnectorOf } from './send-connector.ts'
import { JOINS } from '../web/w3c.ts'
import { certainOrAmericanTime } from '../common/local-time.ts'
import type { LogType } from './log-type.ts'
import { filledText, folderOf, isSuccess, protocolKind } from './log-values.ts'
import {
  HTTP_PROXY,
  HTTP_PROXY_2013_EARLY,
  HTTP_PROXY_2013,
  HTTP_PROXY_2013_SP1,
  HTTP_PROXY_DERIVED,
  HTTP_PROXY_STANDS,
  deriveHttpProxy,
  httpProxyFields,
} from './http-proxy-log.ts'
import {
  MESSAGE_TRACKING,
  MESSAGE_TRACKING_2010,
  SMTP,
  SENT_TO,
  CONNECTIVITY,
  AGENT,
  deriveTracking,
  deriveSmtp,
  deriveSmtpSend,
  remoteOf,
  addressOf,
  hostOfConnector,
} from './transport-logs.ts'
import {
  ECP,
  deriveEcp,
  deriveOwa,
  owaFields,
  RPC_HTTP_KEYS,
  deriveRpcHttp,
  deriveRpcClientAccess,
  mailboxOfLogon,
  MAPI_HTTP,
  RPC_CLIENT_ACCESS,
  RPC_CLIENT_ACCESS_2013,
  IMAP_POP,
  EWS,
  EWS_2013,
  HTTP_REQUEST_FILTERING,
} from './client-access-logs.ts'
import {
  CMDLET,
  CMDLET_HTTP,
  CMDLET_ALIASES,
  cmdletSucceeded,
  deriveCmdlet,
  deriveCmdletHttp,
  AUDIT,
  deriveAudit,
} from './cmdlet-logs.ts'

/** The types of Exchange's text logs. */
export const logTypes: readonly LogType[] = [
  {
    names: ['httpproxy logs'],
    kind: 'httpproxy-unknown',
    time: 'DateTime',
    signs: [['AnchorMailbox'], ['RoutingHint'], ['BackEndCookie'], ['ProxyAction']],
    defaults: [HTTP_PROXY, HTTP_PROXY_2013, HTTP_PROXY_2013_SP1, HTTP_PROXY_2013_EARLY],
    needed: ['UrlStem', 'UrlQuery', 'AnchorMailbox', 'ClientIpAddress', 'HttpStatus', 'Method'],
    roles: { host: 'ServerHostName', client: 'ClientIpAddress', user: 'AuthenticatedUser', request: 'RequestId' },
    derived: HTTP_PROXY_DERIVED,
    derive: deriveHttpProxy,
    apart: {
      fields: httpProxyFields,
      stands: HTTP_PROXY_STANDS,
      watched: ['AnchorMailbox', 'BackEndCookie'],
      joint: {
        'cs-uri': ['UrlStem', 'UrlQuery'],
        'cs-uri-query': ['UrlStem', 'UrlQuery'],
        Authenticated: ['AuthenticatedUser', 'IsAuthenticated'],
      },
      joins: JOINS,
      context: ['Protocol'],
      contextOf: (values, path) => {
        const protocol = values('Protocol') || folderOf(path)
        return protocol ? { log: protocolKind(protocol) } : null
      },
    },
  },
  {
    names: ['ecp server log'],
    kind: 'ecp-server',
    time: 'TimeStamp',
    signs: [],
    defaults: [ECP],
    like: (v) => /^ECP\.|^PowerShell$/i.test(v[2] ?? '') || /S:(?:CMD|TIME)=/.test(v[3] ?? ''),
    needed: ['EventId', 'EventData'],
    roles: { host: 'ServerName' },
    derived: ['Cmdlet', 'Parameters', 'Succeeded', 'SendConnector'],
    derive: deriveEcp,
  },
  {
    names: ['ecp activity context log'],
    kind: 'ecp-activity',
    time: 'TimeStamp',
    signs: [],
    defaults: [ECP],
    like: (v) => /(?:^|;)'?[A-Za-z0-9]{1,4}:\w+[^=]{0,200}=/.test(v[3] ?? ''),
    needed: ['EventId', 'EventData'],
    roles: { host: 'ServerName' },
    derive: deriveEcp,
  },
  {
    names: ['ews logs'],
    kind: 'ews',
    time: 'DateTime',
    signs: [['SoapAction'], ['ImpersonatedUser'], ['ActAsUser', 'AuthenticatedUser']],
    defaults: [EWS, EWS_2013],
    needed: ['AuthenticatedUser', 'ClientIpAddress', 'SoapAction', 'HttpStatus'],
    roles: {
      host: 'ServerHostName',
      client: 'ClientIpAddress',
      user: 'AuthenticatedUser',
      target: 'ActAsUser',
      request: 'RequestId',
      session: 'Cookie',
    },
  },
  {
    names: ['http request filtering logs'],
    kind: 'http-request-filtering',
    time: 'DateTime',
    timeOf: certainOrAmericanTime,
    signs: [['HeaderNames', 'CookieNames', 'ScanResult']],
    defaults: [HTTP_REQUEST_FILTERING],
    needed: ['UrlStem', 'ScanResult'],
    roles: { host: 'ServerHostName', target: 'UrlStem' },
  },
  {
    names: ['rps http logs'],
    kind: 'cmdletinfra-http',
    time: 'DateTime',
    signs: [
      ['ShellId', 'CommandName'],
      ['ManagedOrganization', 'UrlStem'],
      ['ClientInfo', 'UrlStem'],
    ],
    defaults: [CMDLET_HTTP],
    needed: ['UrlStem', 'AuthenticatedUser', 'ClientIpAddress', 'HttpStatus'],
    roles: {
      host: 'ServerHostName',
      client: 'ClientIpAddress',
      user: 'AuthenticatedUser',
      target: 'UrlStem',
      request: 'RequestId',
      session: 'SessionId',
    },
    derived: ['Caller', 'Succeeded'],
    derive: deriveCmdletHttp,
    apart: {
      fields: (column, value) =>
        column === 'AuthenticatedUser'
          ? { Caller: value }
          : column === 'HttpStatus'
            ? { Succeeded: isSuccess(value) }
            : {},
      stands: { caller: 'end' },
    },
  },
  {
    names: ['rps cmdlet logs'],
    kind: 'cmdletinfra-cmdlet',
    time: 'DateTime',
    signs: [
      ['Cmdlet', 'Parameters'],
      ['Cmdlet', 'ExecutionResult'],
    ],
    defaults: [CMDLET],
    needed: ['AuthenticatedUser', 'Cmdlet', 'Parameters'],
    roles: { host: 'ServerHostName', user: 'AuthenticatedUser', request: 'RequestId' },
    derived: ['Succeeded', 'Caller', 'CallerSid', 'HostProcess', 'SendConnector'],
    derive: deriveCmdlet,
    apart: {
      fields: (column, value) => {
        const alias = CMDLET_ALIASES.get(column)
        return alias === undefined ? {} : { [alias]: value }
      },
      stands: { caller: 'end', callersid: 'end', hostprocess: 'end', sendconnector: 'inside' },
      joint: { Succeeded: ['ExecutionResult', 'ErrorType'], SendConnector: ['Cmdlet', 'Parameters'] },
      joins: {
        fields: ['Succeeded', 'SendConnector'],
        of: (fields) => ({ Succeeded: cmdletSucceeded(fields), SendConnector: sendConnectorOf(fields) }),
      },
    },
  },
  {
    names: ['message tracking log'],
    kind: 'message-tracking',
    time: 'date-time',
    signs: [['event-id', 'source'], ['message-subject'], ['recipient-address']],
    defaults: [MESSAGE_TRACKING],
    needed: ['source', 'event-id', 'recipient-address', 'sender-address', 'message-subject'],
    orders: [MESSAGE_TRACKING, MESSAGE_TRACKING_2010],
    roles: { user: 'sender-address', target: 'recipient-address' },
    derived: ['ToOutside'],
    derive: deriveTracking,
    apart: { clients: ['original-client-ip', 'client-ip'], joint: { ToOutside: SENT_TO } },
  },
  {
    names: ['smtp receive protocol log'],
    kind: 'smtp-receive',
    time: 'date-time',
    signs: [],
    defaults: [SMTP],
    roles: { client: 'remote-endpoint', session: 'session-id' },
    derived: ['ClientIP'],
    derive: deriveSmtp,
    apart: {
      // Logons are counted.
      fields: (column, value) =>
        column === 'remote-endpoint'
          ? { ClientIP: addressOf(value) }
          : column === 'context' && /^(?:user name:|authenticated$)/i.test(filledText(value) ?? '')
            ? null
            : {},
      watched: ['context'],
      context: ['connector-id'],
      contextOf: (values) => ({ host: hostOfConnector(values('connector-id')) }),
    },
  },
  {
    names: ['smtp send protocol log'],
    kind: 'smtp-send',
    time: 'date-time',
    signs: [],
    defaults: [],
    orders: [SMTP],
    roles: { target: 'remote-endpoint', session: 'session-id' },
    derived: ['RemoteIP', 'RemotePort'],
    derive: deriveSmtpSend,
    apart: {
      fields: (column, value) => (column === 'remote-endpoint' ? remoteOf(value) : {}),
    },
  },
  {
    names: ['agent log'],
    kind: 'agentlog',
    time: 'Timestamp',
    signs: [['P1FromAddress'], ['Agent', 'EnteredOrgFromIP']],
    defaults: [AGENT],
    roles: { client: 'EnteredOrgFromIP', user: 'P1FromAddress', target: 'Recipient', session: 'SessionId' },
  },
  {
    names: ['audit'],
    kind: 'cosmosqueue-audit',
    time: 'Timestamp',
    signs: [
      ['RecordType', 'UserKey'],
      ['RecordType', 'Workload'],
    ],
    defaults: [AUDIT],
    roles: { host: 'Server', user: 'UserKey' },
    derive: deriveAudit,
  },
  {
    names: ['mapihttp logs', 'mapi http logs'],
    kind: 'mapihttp',
    time: 'DateTime',
    signs: [['MapiRequestId'], ['RopIds']],
    defaults: [MAPI_HTTP],
    // Of other builds the order is not known.
    orders: [],
    needed: ['HttpStatusCode', 'MailboxId', 'ActAsUserEmail', 'ClientIP', 'AuthenticatedUser'],
    roles: {
      client: 'ClientIP',
      user: 'AuthenticatedUser',
      target: 'ActAsUserEmail',
      request: 'RequestId',
      session: 'SessionCookie',
    },
  },
  {
    names: ['rca protocol logs'],
    kind: 'rpc-client-access',
    time: 'date-time',
    signs: [['client-software', 'client-mode']],
    defaults: [RPC_CLIENT_ACCESS, RPC_CLIENT_ACCESS_2013],
    roles: { client: 'client-ip', user: 'client-name', session: 'session-id' },
    derived: ['ActAsUser'],
    derive: deriveRpcClientAccess,
    apart: {
      fields: (column, value) => (column === 'operation-specific' ? { ActAsUser: mailboxOfLogon(value) } : {}),
      stands: { actasuser: 'inside' },
    },
  },
  {
    names: ['transport connectivity log'],
    kind: 'transport-connectivity',
    time: 'date-time',
    signs: [['session', 'direction', 'description']],
    defaults: [CONNECTIVITY],
    roles: { target: 'destination', session: 'session' },
  },
  {
    names: ['imap4 log', 'imap4 protocol log', 'pop3 log', 'pop3 protocol log'],
    kind: 'imap-pop',
    time: 'dateTime',
    signs: [['cIp', 'command', 'puid']],
    defaults: [IMAP_POP],
    roles: { client: 'cIp', user: 'user', session: 'sessionId' },
    // Logons are counted.
    apart: {
      fields: (column, value) =>
        column === 'command' && /^(?:login|authenticate|auth|pass)$/i.test(filledText(value) ?? '') ? null : {},
      watched: ['command'],
    },
  },
  {
    names: ['autodiscover logs', 'autodiscover web service logs', 'autodiscover log'],
    kind: 'autodiscover',
    time: 'DateTime',
    signs: [],
    defaults: [],
    roles: {
      host: 'ServerHostName',
      client: 'ClientIpAddress',
      user: 'AuthenticatedUser',
      target: 'UrlStem',
      request: 'RequestId',
    },
  },
  {
    names: ['oabgenerator logs', 'oabgeneratorlog', 'oab generator log', 'oabgenerator log', 'oab generation log'],
    kind: 'oabgenerator',
    time: 'DateTime',
    signs: [],
    defaults: [],
    roles: { host: 'ServerName' },
  },
  {
    names: ['owa server log', 'owa client log', 'owa logs', 'owa', 'owa log'],
    kind: 'owa',
    time: 'TimeStamp',
    signs: [],
    defaults: [],
    orders: [ECP],
    needed: ['EventId', 'EventData'],
    roles: { host: 'ServerName' },
    derived: ['AuthenticatedUser', 'ActAsUser', 'MailboxGuid', 'UserContext', 'ActID', 'ErrorCode'],
    derive: deriveOwa,
    apart: {
      fields: (column, value) => (column === 'EventData' ? owaFields(value) : {}),
      stands: {
        authenticateduser: 'inside',
        actasuser: 'inside',
        mailboxguid: 'inside',
        usercontext: 'inside',
        actid: 'inside',
        errorcode: 'inside',
      },
    },
  },
  {
    names: ['rpchttp log', 'rpchttp logs', 'rpc http logs'],
    kind: 'rpchttp',
    time: 'TimeStamp',
    signs: [],
    defaults: [],
    orders: [ECP],
    needed: ['EventId', 'EventData'],
    roles: { host: 'ServerName' },
    derived: [...RPC_HTTP_KEYS, 'MailboxId', 'cs-method', 'cs-uri-query', 'cs-username'],
    derive: deriveRpcHttp,
  },
]

/** For logs whose type is not in the table: read by their own header. */
export const otherLog: LogType = {
  names: [],
  kind: 'exchange-other',
  time: '',
  signs: [],
  defaults: [],
  roles: { host: 'ServerHostName', client: 'ClientIpAddress', user: 'AuthenticatedUser', request: 'RequestId' },
}

// Folders of Logging and of TransportRoles\Logs, for headers that name no type, or a type that is not known.
const FOLDERS: readonly (readonly [RegExp, KnownLogKind])[] = [
  [/(?:^|[\\/])HttpProxy[\\/_]/i, 'httpproxy-unknown'],
  [/(?:^|[\\/])OABGenerator/i, 'oabgenerator'],
  [/(?:^|[\\/])ECP[\\/]?Server/i, 'ecp-server'],
  [/(?:^|[\\/])ECP[\\/]?Activity/i, 'ecp-activity'],
  [/(?:^|[\\/])(?:SmtpReceive[\\/]|RECV\d)/i, 'smtp-receive'],
  [/(?:^|[\\/])(?:SmtpSend[\\/]|SEND\d)/i, 'smtp-send'],
  [/(?:^|[\\/])Connectivity[\\/]/i, 'transport-connectivity'],
  [/(?:^|[\\/])Autodiscover[\\/]/i, 'autodiscover'],
  [/(?:^|[\\/])OWA[\\/]/i, 'owa'],
  [/(?:^|[\\/])RpcHttp[\\/]/i, 'rpchttp'],
  [/(?:^|[\\/])(?:Imap4|Pop3)[\\/]/i, 'imap-pop'],
]

/** IMAP and POP with the columns of SMTP, as the documentation of Exchange 2010 and 2013 has them. */
const IMAP_POP_AS_SMTP: LogType = {
  names: [],
  kind: 'imap-pop',
  time: 'date-time',
  signs: [],
  defaults: [],
  orders: [SMTP],
  roles: { client: 'remote-endpoint', session: 'session-id' },
}

const byName = new Map(logTypes.flatMap((type) => type.names.map((name) => [name, type] as const)))
const byKind = new Map(logTypes.map((type) => [type.kind, type]))

/** The type of a log by what it calls itself, else by its columns; null where neither says. */
export function statedTypeOf(name: string | null, columns: readonly string[]): LogType | null {
  const named = name === null ? undefined : byName.get(name.trim().toLowerCase())
  if (named?.kind === 'imap-pop' && columns.includes('remote-endpoint')) return IMAP_POP_AS_SMTP
  if (named) return named
  const has = inSmall(columns)
  return logTypes.find((type) => type.signs.some((all) => all.every((column) => has.has(column.toLowerCase())))) ?? null
}

function inSmall(columns: readonly string[]): ReadonlySet<string> {
  return new Set(columns.map((column) => column.toLowerCase()))
}

/** The type of a log by what it calls itself, else by its columns, else by its folder. */
export function typeOf(name: string | null, columns: readonly string[], path: string): LogType {
  return statedTypeOf(name, columns) ?? placedTypeOf(columns, path)
}

/** The type of a log by its folder, where neither its name nor its columns say it. */
export function placedTypeOf(columns: readonly string[], path: string): LogType {
  const folder = FOLDERS.find(([pattern]) => pattern.test(path))
  const placed = folder && byKind.get(folder[1])
  if (placed) return placed
  if (inSmall(columns).has('eventdata')) return byKind.get('ecp-server')!
  return otherLog
}

const exact = new Set(logTypes.flatMap((type) => type.defaults.flatMap((list) => list.split(','))))
const spellings = new Map<LogType, Map<string, string>>()

/** Is a column one of those that the table knows, in the spelling of the log itself? */
export function isKnownColumn(name: string): boolean {
  return exact.has(name)
}

/** The spelling of a column in logs of its type: tools change the case. */
export function canonicalColumn(name: string, type: LogType): string {
  if (exact.has(name)) return name
  let known = spellings.get(type)
  if (!known) {
    known = new Map(
      type.defaults.flatMap((list) => list.split(',').map((column) => [column.toLowerCase(), column] as const)),
    )
    spellings.set(type, known)
  }
  return known.get(name.toLowerCase()) ?? name
}
