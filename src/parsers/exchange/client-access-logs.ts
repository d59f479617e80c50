import { canonicalIp } from '../../lib/ip.ts'
import type { Fields, FieldValue } from '../../model/event.ts'
import { ecpPairs, ecpCommand } from './ecp-data.ts'
import { sendConnectorOf } from './send-connector.ts'
import type { EventDraft } from './log-type.ts'
import { GUID } from '../../lib/uuid.ts'
import { filledText, querySession } from './log-values.ts'

/**
 * Requests in which the antimalware interface found something (Logging\\HttpRequestFiltering); those that it let pass are not logged.
 * https://learn.microsoft.com/exchange/antispam-and-antimalware/amsi-integration-with-exchange
 */
export const HTTP_REQUEST_FILTERING =
  'DateTime,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,SharedDataCacheLatency,TotalLatency,' +
  'HttpMethod,UrlHost,UrlStem,UrlQuery,ServerIP,Protocol,HeaderNames,CookieNames,ScanResult,GenericInfo,GenericErrors'

export const EWS =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,Ring,ClientRequestId,' +
  'AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,' +
  'ServerHostName,FrontEndServer,SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,' +
  'ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,PrimaryOrProxyServer,TaskType,RemoteBackendCount,' +
  'LocalMailboxCount,RemoteMailboxCount,LocalIdCount,RemoteIdCount,BeginBudgetConnections,EndBudgetConnections,' +
  'BeginBudgetHangingConnections,EndBudgetHangingConnections,BeginBudgetAD,EndBudgetAD,BeginBudgetCAS,' +
  'EndBudgetCAS,BeginBudgetRPC,EndBudgetRPC,BeginBudgetFindCount,EndBudgetFindCount,BeginBudgetSubscriptions,' +
  'EndBudgetSubscriptions,MDBResource,MDBHealth,MDBHistoricalLoad,ThrottlingPolicy,ThrottlingDelay,' +
  'ThrottlingRequestType,TotalDCRequestCount,TotalDCRequestLatency,TotalMBXRequestCount,TotalMBXRequestLatency,' +
  'RecipientLookupLatency,ExchangePrincipalLatency,HttpPipelineLatency,CheckAccessCoreLatency,' +
  'AuthModuleLatency,CallContextInitLatency,PreExecutionLatency,CoreExecutionLatency,TotalRequestTime,' +
  'DetailedExchangePrincipalLatency,ClientStatistics,GenericInfo,AuthenticationErrors,GenericErrors,Puid,' +
  'StartTime,ProcessId,TimeInGC,StartTotalMemory,EndTotalMemory,StartGCCounts,EndGCCounts,' +
  'TokenBasedThrottlingPolicy,BudgetKey,CoinsCharged,CoinsChargedMethod,SidBudgetInfo,AppBudgetInfo,' +
  'TenantBudgetInfo,ResourceAccessed,ResourceHealthBasedThreshold,ThrottledBy,BackoffHint,WorkClassification'

export const EWS_2013 =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,' +
  'AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,' +
  'ServerHostName,FrontEndServer,SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,' +
  'ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,PrimaryOrProxyServer,TaskType,RemoteBackendCount,' +
  'LocalMailboxCount,RemoteMailboxCount,LocalIdCount,RemoteIdCount,BeginBudgetConnections,EndBudgetConnections,' +
  'BeginBudgetHangingConnections,EndBudgetHangingConnections,BeginBudgetAD,EndBudgetAD,BeginBudgetCAS,' +
  'EndBudgetCAS,BeginBudgetRPC,EndBudgetRPC,BeginBudgetFindCount,EndBudgetFindCount,BeginBudgetSubscriptions,' +
  'EndBudgetSubscriptions,MDBResource,MDBHealth,MDBHistoricalLoad,ThrottlingPolicy,ThrottlingDelay,' +
  'ThrottlingRequestType,TotalDCRequestCount,TotalDCRequestLatency,TotalMBXRequestCount,TotalMBXRequestLatency,' +
  'RecipientLookupLatency,ExchangePrincipalLatency,HttpPipelineLatency,CheckAccessCoreLatency,' +
  'AuthModuleLatency,CallContextInitLatency,PreExecutionLatency,CoreExecutionLatency,TotalRequestTime,' +
  'DetailedExchangePrincipalLatency,ClientStatistics,GenericInfo,AuthenticationErrors,GenericErrors,Puid'

export const MAPI_HTTP =
  'DateTime,RequestId,MapiRequestId,ClientRequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,' +
  'ReturnCode,TotalRequestLatency,DeploymentRing,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,' +
  'AuthenticatedUserEmail,UPN,Puid,TenantGuid,MailboxId,MDBGuid,ActAsUserEmail,ClientIP,SourceCafeServer,' +
  'EdgeInfo,NetworkDeviceInfo,SessionCookie,SequenceCookie,MapiClientInfo,ClientSoftware,ClientSoftwareVersion,' +
  'ClientMode,AuthenticationType,AuthModuleLatency,LiveIdBasicLog,LiveIdBasicError,LiveIdNegotiateError,' +
  'OAuthLatency,OAuthError,OAuthErrorCategory,OAuthExtraInfo,AuthenticatedUser,RopIds,OperationSpecific,' +
  'GenericInfo,GenericErrors'

export const RPC_CLIENT_ACCESS =
  'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,' +
  'client-mode,client-ip,server-ip,protocol,application-id,operation,rpc-status,processing-time,' +
  'operation-specific,failures'

// 2013 and later: who came, by which connection and requests, stands beside the columns of 2010.
export const RPC_CLIENT_ACCESS_2013 =
  'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,' +
  'client-mode,client-ip,client-connection-info,server-ip,protocol,application-id,request-ids,session-cookie,' +
  'operation,rpc-status,processing-time,operation-specific,failures,performance-data,activity-context-data,' +
  'user-email,passport-unique-id'

export const IMAP_POP =
  'dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context,puid'

export const ECP = 'TimeStamp,ServerName,EventId,EventData'

/** What a row of the back end of RPC over HTTP may say in its EventData. */
export const RPC_HTTP_KEYS = [
  'Stage',
  'UserName',
  'OutlookSessionId',
  'AuthType',
  'Status',
  'HttpVerb',
  'UriQueryString',
  'RpcHttpUserName',
  'ServerTarget',
  'FEServer',
  'RequestId',
  'AssociationGuid',
  'ClientIp',
]

export function deriveEcp(row: EventDraft): void {
  const f = row.fields
  const pairs = ecpPairs(filledText(f.EventData) ?? '')
  // A key of the data never takes the place of a column, or of what is derived.
  const taken = new Set(Object.keys(f))
  for (const [key, value] of pairs) if (!taken.has(key)) f[key] = value === '' ? null : value
  const get = (name: string): string | null => filledText([...pairs].find(([key]) => key.toUpperCase() === name)?.[1])
  const command = get('CMD')
  if (command) {
    const { cmdlets, parameters } = ecpCommand(command)
    f.Cmdlet = cmdlets.length > 1 ? cmdlets : (cmdlets[0] ?? null)
    f.Parameters = parameters || null
    f.SendConnector = sendConnectorOf(f)
    const failed = get('EX')
    f.Succeeded = failed === null || failed === ''
  }
  const url = get('URL')
  const request = get('REQID')
  row.user = get('PSA')?.replace(/^<PII>|<\/PII>$/g, '') || null
  row.target = url === null ? null : url.replace(/[?#].*$/s, '')
  row.request = request && GUID.test(request) ? request.toLowerCase() : null
  row.session = (url && querySession(url)) || get('ACTID') || get('SID') || null
}

export function deriveOwa(row: EventDraft): void {
  const f = row.fields
  const told = owaFields(f.EventData)
  Object.assign(f, told)
  row.user = filledText(told.AuthenticatedUser)
  row.target = filledText(told.ActAsUser)
  const request = filledText(told.ActID)
  // The activity is that of the front end, which hands it on.
  row.request = request && GUID.test(request) ? request.toLowerCase() : null
  row.session = filledText(told.UserContext)
}

/** Of the back end of Outlook on the web: whose mailbox, and the requesting account where that is another. */
export function owaFields(data: FieldValue | undefined): Fields {
  const text = filledText(data) ?? ''
  const mailbox = pairOf(text, OWA_PAIRS.PSA)
  return {
    AuthenticatedUser: pairOf(text, OWA_PAIRS.user) ?? mailbox,
    ActAsUser: mailbox,
    MailboxGuid: pairOf(text, OWA_PAIRS.MG),
    UserContext: pairOf(text, OWA_PAIRS.UC),
    ActID: pairOf(text, OWA_PAIRS.ActID),
    ErrorCode: pairOf(text, OWA_PAIRS.Err),
  }
}

const OWA_PAIRS = {
  PSA: pairNamed('PSA'),
  user: pairNamed('user'),
  MG: pairNamed('MG'),
  UC: pairNamed('UC'),
  ActID: pairNamed('ActID'),
  Err: pairNamed('Err'),
}

function pairNamed(key: string): RegExp {
  return new RegExp(`(?:^|;)'?[A-Za-z][A-Za-z0-9]{0,5}:${key}=(?:<PII>)?([^;<']{1,320})`)
}

function pairOf(data: string, pair: RegExp): string | null {
  return pair.exec(data)?.[1] ?? null
}

export function deriveRpcHttp(row: EventDraft): void {
  const f = row.fields
  const pairs = ecpPairs(filledText(f.EventData) ?? '')
  for (const key of RPC_HTTP_KEYS) f[key] = filledText(pairs.get(key)) ?? null
  const query = filledText(f.UriQueryString)?.replace(/^\?/, '') || null
  f['cs-method'] = f.HttpVerb ?? null
  f['cs-uri-query'] = query
  f['cs-username'] = f.UserName ?? null
  f.MailboxId = query && (/^([0-9a-f-]{36}@[^:&\s]{1,255})(?=:|$)/i.exec(query)?.[1] ?? null)
  row.user = filledText(f.UserName)
  row.target = filledText(f.MailboxId)
  row.session = filledText(f.OutlookSessionId)
  const ip = filledText(f.ClientIp)
  row.client = ip && canonicalIp(ip)
  const request = filledText(f.RequestId)
  row.request = request && GUID.test(request) ? request.toLowerCase() : null
}

export function deriveRpcClientAccess(row: EventDraft): void {
  row.fields.ActAsUser = mailboxOfLogon(row.fields['operation-specific'])
  row.target = filledText(row.fields.ActAsUser)
  row.user = filledText(row.fields['user-email']) ?? row.user
}

/**
 * Of `Logon: Delegate, /o=Contoso/ou=Exchange Administrative Group/cn=Recipients/cn=0123…-ann in database MDB01 …` the
 * mailbox: the last part of its name in the old directory, without the number that later builds put before it.
 */
export function mailboxOfLogon(value: FieldValue | undefined): string | null {
  const name = /\bLogon: \w{1,20}(?:-Remote)?, \/o=.{0,300}\/cn=([^/,;"]{1,128}?) in database /i.exec(
    filledText(value) ?? '',
  )?.[1]
  return name?.replace(/^[0-9a-f]{32}-/i, '') || null
}
