import { canonicalIp } from '../../lib/ip.ts'
import type { Fields, FieldValue } from '../../model/event.ts'
import { type LogKind, kindTitles } from '../../model/log-kinds.ts'
import { ecpPairs, ecpCommand } from './ecp-data.ts'
import type { RowLayout, Stands } from '../parser.ts'
import { hostName, remembered } from '../common/lines.ts'
import { sendConnectorOf } from './send-connector.ts'
import { type Ssrf, ssrfOfAnchor, ssrfOfCookie } from './ssrf.ts'
import { JOINS, uriOf } from '../web/w3c.ts'

/** One type of Exchange's text logs. A further one is one entry of the table below. */
export type LogType = {
  /** As `#Log-type:` names it, in lower case. */
  readonly names: readonly string[]
  readonly kind: LogKind
  /** Column that holds the time of the row. */
  readonly time: string
  /** Columns by which a header that names no type is recognised: all of one of these sets. */
  readonly signs: readonly (readonly string[])[]
  /** Column lists to read rows by that come without a header. The first that fits is taken. */
  readonly defaults: readonly string[]
  /** For rows without a header: tells types apart whose lists are alike. */
  readonly like?: (values: readonly string[]) => boolean
  /** Columns that fill the roles of an event. */
  readonly roles: Partial<Record<'host' | 'client' | 'user' | 'target' | 'request' | 'session', string>>
  /** Names of fields that `derive` fills, so that every row has them. */
  readonly derived?: readonly string[]
  readonly derive?: (row: Draft, path: string) => void
  /** The same for one column at a time, where `derive` can be done so: for rows that need not become events. */
  readonly apart?: Apart
}

/** What `derive` makes of single columns. */
export type Apart = {
  /** The fields that one value makes beside its own; null when the row must be read as a whole. */
  fields?(column: string, value: FieldValue): Fields | null
  /** Columns of which some values ask for the row as a whole. */
  readonly watched?: readonly string[]
  /** Fields (in lower case) that `fields` makes and that stand in the value of their column: no other is looked for there. */
  readonly stands?: Readonly<Record<string, Stands>>
  /** Fields that several columns make. */
  readonly joint?: Readonly<Record<string, readonly string[]>>
  readonly joins?: RowLayout['joins']
  /** Columns that say the kind of log and the host, and what they say; null where the row must be read as a whole. */
  readonly context?: readonly string[]
  contextOf?(values: (column: string) => string, path: string): { log?: LogKind; host?: string | null } | null
  /** Columns that may hold the client, where it is not the column of its role. */
  readonly clients?: readonly string[]
}

/** An event in the making. */
export type Draft = {
  log: LogKind
  fields: Record<string, FieldValue>
  host: string | null
  client: string | null
  user: string | null
  target: string | null
  request: string | null
  session: string | null
}

// 2016, 2019 and SE.
const HTTP_PROXY =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,' +
  'UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,' +
  'UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,' +
  'TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,' +
  'RequestBytes,ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,' +
  'CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,' +
  'TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,' +
  'SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,' +
  'ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,' +
  'BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,' +
  'HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,' +
  'RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,' +
  'GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,' +
  'RoutingStatus'

// The first builds of 2013.
const HTTP_PROXY_2013_EARLY =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlStem,' +
  'ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,' +
  'ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,' +
  'TargetServerVersion,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,' +
  'ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,' +
  'CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,' +
  'TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,' +
  'ActivityContextLifeTime,ModuleToHandlerSwitching,FirstResponseByteReceived,ProxyTime,RequestHandlerLatency,' +
  'HandlerToModuleSwitching,HttpProxyOverhead,TotalRequestTime,UrlQuery,GenericInfo,GenericErrors'

const EWS =
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

const EWS_2013 =
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

const MAPI_HTTP =
  'DateTime,RequestId,MapiRequestId,ClientRequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,' +
  'ReturnCode,TotalRequestLatency,DeploymentRing,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,' +
  'AuthenticatedUserEmail,UPN,Puid,TenantGuid,MailboxId,MDBGuid,ActAsUserEmail,ClientIP,SourceCafeServer,' +
  'EdgeInfo,NetworkDeviceInfo,SessionCookie,SequenceCookie,MapiClientInfo,ClientSoftware,ClientSoftwareVersion,' +
  'ClientMode,AuthenticationType,AuthModuleLatency,LiveIdBasicLog,LiveIdBasicError,LiveIdNegotiateError,' +
  'OAuthLatency,OAuthError,OAuthErrorCategory,OAuthExtraInfo,AuthenticatedUser,RopIds,OperationSpecific,' +
  'GenericInfo,GenericErrors'

const RPC_CLIENT_ACCESS =
  'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,' +
  'client-mode,client-ip,server-ip,protocol,application-id,operation,rpc-status,processing-time,' +
  'operation-specific,failures'

// 2013 and later: who came, by which connection and requests, stands beside the columns of 2010.
const RPC_CLIENT_ACCESS_2013 =
  'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,' +
  'client-mode,client-ip,client-connection-info,server-ip,protocol,application-id,request-ids,session-cookie,' +
  'operation,rpc-status,processing-time,operation-specific,failures,performance-data,activity-context-data,' +
  'user-email,passport-unique-id'

const CMDLET =
  'DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,' +
  'ServerHostName,ProcessId,ProcessName,ThreadId,CultureInfo,Organization,AuthenticatedUser,ExecutingUserSid,' +
  'EffectiveOrganization,UserServicePlan,IsAdmin,ClientApplication,Cmdlet,Parameters,CmdletUniqueId,' +
  'UserBudgetOnStart,ContributeToFailFast,RunspaceSettingsCreationHint,ADViewEntireForest,ADRecipientViewRoot,' +
  'ADConfigurationDomainControllers,ADPreferredGlobalCatalogs,ADPreferredDomainControllers,' +
  'ADUserConfigurationDomainController,ADUserPreferredGlobalCatalog,ADuserPreferredDomainControllers,' +
  'ThrottlingInfo,DelayInfo,ThrottlingDelay,IsOutputObjectRedacted,CmdletProxyStage,CmdletProxyRemoteServer,' +
  'CmdletProxyRemoteServerVersion,CmdletProxyMethod,ProxiedObjectCount,CmdletProxyLatency,OutputObjectCount,' +
  'ParameterBinding,BeginProcessing,ProcessRecord,EndProcessing,StopProcessing,BizLogic,PowerShellLatency,' +
  'UserInteractionLatency,ProvisioningLayerLatency,ActivityContextLifeTime,TotalTime,ErrorType,ExecutionResult,' +
  'CacheHitCount,CacheMissCount,GenericLatency,GenericInfo,GenericErrors,ObjectGuid,' +
  'ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters'

const CMDLET_HTTP =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,' +
  'UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,' +
  'ClientIpAddress,ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,' +
  'SessionId,ShellId,FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,' +
  'TotalTime,UrlQuery,GenericLatency,GenericInfo,GenericErrors'

const IMAP_POP = 'dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context,puid'

const MESSAGE_TRACKING =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,' +
  'internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,' +
  'recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,' +
  'directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,' +
  'schema-version'

const SMTP = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context'

/** What says whether a message went to another house. */
const SENT_TO = ['event-id', 'recipient-address', 'related-recipient-address', 'sender-address']

const CONNECTIVITY = 'date-time,session,source,destination,direction,description'

const AGENT =
  'Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,EnteredOrgFromIP,MessageId,P1FromAddress,P2FromAddresses,' +
  'Recipient,NumRecipients,Agent,Event,Action,SmtpResponse,Reason,ReasonData,Diagnostics,NetworkMsgID,TenantID,' +
  'Directionality'

const AUDIT = 'Timestamp,Server,TenantId,RecordType,Data,UserKey,RecordId,Operation,Workload,ResultStatus,Version,Scope'

// Later builds of 2013 have no published list. Two lengths were met: rows of 15.0.847 with 64 values and of 15.0.913
// with 68. Their times, sums (front end = total − back end) and `BeginRequest=` fall into place when the columns that
// came later are taken out of the list of 2016.
const LATER = [
  'RouteRefresherLatency',
  'EdgeTraceId',
  'DatabaseGuid',
  'UserADObjectGuid',
  'PartitionEndpointLookupLatency',
  'RoutingStatus',
]
const HTTP_PROXY_2013 = without(HTTP_PROXY, LATER)
const HTTP_PROXY_2013_SP1 = without(HTTP_PROXY_2013, [
  'SharedCacheLatencyBreakup',
  'TotalSharedCacheLatency',
  'KerberosAuthHeaderLatency',
  'HandlerCompletionLatency',
])
const ECP = 'TimeStamp,ServerName,EventId,EventData'
/** What a row of the back end of RPC over HTTP may say in its EventData. */
const RPC_HTTP_KEYS = [
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
const HTTP_PROXY_DERIVED = [
  'c-ip',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'cs-uri',
  'cs-username',
  'cs-user-agent',
  'cs-host',
  'sc-status',
  'sc-bytes',
  'cs-bytes',
  's-computername',
  'Authenticated',
  'Succeeded',
  'Canary',
  'DeviceId',
]

/** What stands in the columns of HttpProxy under other names; whether a request succeeded does not. */
const HTTP_PROXY_STANDS: Readonly<Record<string, Stands>> = {
  'c-ip': 'end',
  'cs-method': 'end',
  'cs-uri-stem': 'end',
  'cs-uri-query': 'end',
  'cs-uri': 'end',
  'cs-username': 'end',
  'cs-user-agent': 'end',
  'cs-host': 'end',
  'sc-status': 'end',
  'sc-bytes': 'end',
  'cs-bytes': 'end',
  's-computername': 'end',
  canary: 'inside',
  deviceid: 'inside',
}

function without(list: string, names: readonly string[]): string {
  return list
    .split(',')
    .filter((name) => !names.includes(name))
    .join(',')
}

/** The types of Exchange's text logs. */
export const logTypes: readonly LogType[] = [
  {
    names: ['httpproxy logs'],
    kind: 'httpproxy-unknown',
    time: 'DateTime',
    signs: [['AnchorMailbox'], ['RoutingHint'], ['BackEndCookie'], ['ProxyAction']],
    defaults: [HTTP_PROXY, HTTP_PROXY_2013, HTTP_PROXY_2013_SP1, HTTP_PROXY_2013_EARLY],
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
    roles: { host: 'ServerName' },
    derive: deriveEcp,
  },
  {
    names: ['ews logs'],
    kind: 'ews',
    time: 'DateTime',
    signs: [['SoapAction'], ['ImpersonatedUser'], ['ActAsUser', 'AuthenticatedUser']],
    defaults: [EWS, EWS_2013],
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
    names: ['rps http logs'],
    kind: 'cmdletinfra-http',
    time: 'DateTime',
    signs: [
      ['ShellId', 'CommandName'],
      ['ManagedOrganization', 'UrlStem'],
      ['ClientInfo', 'UrlStem'],
    ],
    defaults: [CMDLET_HTTP],
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
      fields: (column, value) => (column === 'remote-endpoint' ? { ClientIP: addressOf(value) } : {}),
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
const FOLDERS: readonly (readonly [RegExp, LogKind])[] = [
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
]

const byName = new Map(logTypes.flatMap((type) => type.names.map((name) => [name, type] as const)))
const byKind = new Map(logTypes.map((type) => [type.kind, type]))

/** The type of a log by what it calls itself, else by its columns, else by its folder. */
export function typeOf(name: string | null, columns: readonly string[], path: string): LogType {
  const named = name === null ? undefined : byName.get(name.trim().toLowerCase())
  if (named) return named
  const has = new Set(columns.map((column) => column.toLowerCase()))
  const signed = logTypes.find((type) => type.signs.some((all) => all.every((column) => has.has(column.toLowerCase()))))
  if (signed) return signed
  const folder = FOLDERS.find(([pattern]) => pattern.test(path))
  const placed = folder && byKind.get(folder[1])
  if (placed) return placed
  if (has.has('eventdata')) return byKind.get('ecp-server')!
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

// ---------------------------------------------------------------- HttpProxy

function deriveHttpProxy(row: Draft, path: string): void {
  const f = row.fields
  row.log = protocolKind(textOf(f.Protocol) ?? folderOf(path) ?? (stemOf(textOf(f.UrlStem)) || ''))
  const query = textOf(f.UrlQuery)?.replace(/^\?/, '') || null
  fillWebFields(f, query)
  row.target = textOf(f.UrlStem)
  const ssrf = ssrfOf(f)
  if (ssrf) {
    f.SsrfForm = ssrf.form
    f.SsrfHost = ssrf.host
    f.SsrfPort = ssrf.port
    f.SsrfPath = ssrf.path
    f.SsrfQuery = ssrf.query
    f.SsrfTo = ssrf.to
    row.target = `${ssrf.host}${ssrf.port === null ? '' : `:${ssrf.port}`}${ssrf.path}`
  }
  row.session = (query && sessionOf(query)) || (ssrf && sessionOf(`${ssrf.query ?? ''}`)) || null
}

/** The fields that every log of a web server has, and what they say of the client and of success. */
function fillWebFields(f: Draft['fields'], query: string | null): void {
  const stem = textOf(f.UrlStem)
  const user = textOf(f.AuthenticatedUser)
  f['c-ip'] = f.ClientIpAddress ?? null
  f['cs-method'] = f.Method ?? null
  f['cs-uri-stem'] = stem
  f['cs-uri-query'] = query
  f['cs-uri'] = uriOf(stem, query)
  f['cs-username'] = user
  f['cs-user-agent'] = f.UserAgent ?? null
  f['cs-host'] = f.UrlHost ?? null
  f['sc-status'] = f.HttpStatus ?? null
  f['sc-bytes'] = f.ResponseBytes ?? null
  f['cs-bytes'] = f.RequestBytes ?? null
  f['s-computername'] = f.ServerHostName ?? null
  Object.assign(f, clientOfQuery(query))
  if ('AuthenticatedUser' in f || 'IsAuthenticated' in f)
    f.Authenticated = user !== null || /^true$/i.test(textOf(f.IsAuthenticated) ?? '')
  f.Succeeded = isSuccess(f.BackEndStatus)
}

/** Where the client told the front end to send its request, when it did. */
function ssrfOf(f: Draft['fields']): Ssrf | null {
  const inside = {
    server: textOf(f.ServerHostName),
    targetServer: textOf(f.TargetServer),
    urlHost: textOf(f.UrlHost),
  }
  const anchor = textOf(f.AnchorMailbox)
  const cookie = textOf(f.BackEndCookie)
  return (anchor && ssrfOfAnchor(anchor, inside)) || (cookie && ssrfOfCookie(cookie, inside)) || null
}

/** Columns of HttpProxy under Sigma's names. */
const HTTP_PROXY_ALIASES: ReadonlyMap<string, string> = new Map([
  ['ClientIpAddress', 'c-ip'],
  ['Method', 'cs-method'],
  ['UrlStem', 'cs-uri-stem'],
  ['AuthenticatedUser', 'cs-username'],
  ['UserAgent', 'cs-user-agent'],
  ['UrlHost', 'cs-host'],
  ['HttpStatus', 'sc-status'],
  ['ResponseBytes', 'sc-bytes'],
  ['RequestBytes', 'cs-bytes'],
  ['ServerHostName', 's-computername'],
])
const NOWHERE = { server: null, targetServer: null, urlHost: null }

function httpProxyFields(column: string, value: FieldValue): Fields | null {
  const alias = HTTP_PROXY_ALIASES.get(column)
  if (alias !== undefined) return { [alias]: value }
  const text = textOf(value)
  if (column === 'UrlQuery') {
    const query = text?.replace(/^\?/, '') || null
    return { 'cs-uri-query': query, ...clientOfQuery(query) }
  }
  if (column === 'BackEndStatus') return { Succeeded: isSuccess(value) }
  // Forged requests are told by more than one column.
  if (column === 'AnchorMailbox') return text && ssrfOfAnchor(text, NOWHERE) ? null : {}
  if (column === 'BackEndCookie') return text && ssrfOfCookie(text, NOWHERE) ? null : {}
  return {}
}

function isSuccess(status: FieldValue | undefined): boolean | null {
  return typeof status === 'number' ? status >= 200 && status < 300 : null
}

const protocolKind = remembered((protocol: string): LogKind => {
  const kind = `httpproxy-${protocol.toLowerCase()}`
  return Object.hasOwn(kindTitles, kind) ? kind : 'httpproxy-unknown'
}, 256)

const folderOf = remembered((path: string): string | null => {
  const m = /(?:^|[\\/])HttpProxy[\\/_-]([A-Za-z]{3,20})[\\/_-]/i.exec(path)
  return m ? m[1]! : null
}, 256)

// The first folder of the path names the protocol; some have another name there.
function stemOf(stem: string | null): string {
  const first = /^\/([A-Za-z-]{2,30})(?:\/|$)/.exec(stem ?? '')?.[1]!.toLowerCase() ?? ''
  return first === 'microsoft-server-activesync' ? 'eas' : first === 'rpc' ? 'rpchttp' : first
}

/** What a query says of the client: the canary of its session, and the device that synchronises. */
function clientOfQuery(query: string | null): { readonly Canary: string | null; readonly DeviceId: string | null } {
  if (query === null) return { Canary: null, DeviceId: null }
  return { Canary: canaryOf(query), DeviceId: /(?:^|[?&])DeviceId=([^&;#\s]{1,64})/i.exec(query)?.[1] ?? null }
}

function canaryOf(query: string): string | null {
  const canary =
    /(?:^|[?&;])msExchEcpCanary=([^&;#\s]{8,200})/i.exec(query) ??
    /(?:^|[?&;])(?:X-OWA-CANARY|canary)=([^&;#\s]{8,200})/i.exec(query)
  return canary?.[1] ?? null
}

/** What ties requests of one session together: the canary of ECP or OWA, else the activity id. */
function sessionOf(query: string): string | null {
  const canary = canaryOf(query)
  if (canary) return canary
  return /(?:^|[?&;])ActID=([0-9a-f-]{36})/i.exec(query)?.[1]!.toLowerCase() ?? null
}

// ---------------------------------------------------------------- ECP

function deriveEcp(row: Draft): void {
  const f = row.fields
  const pairs = ecpPairs(textOf(f.EventData) ?? '')
  // A key of the data never takes the place of a column, or of what is derived.
  const taken = new Set(Object.keys(f))
  for (const [key, value] of pairs) if (!taken.has(key)) f[key] = value === '' ? null : value
  const get = (name: string): string | null => textOf([...pairs].find(([key]) => key.toUpperCase() === name)?.[1])
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
  row.session = (url && sessionOf(url)) || get('ACTID') || get('SID') || null
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

// ---------------------------------------------------------------- Outlook on the web and RPC over HTTP

function deriveOwa(row: Draft): void {
  const f = row.fields
  const told = owaFields(f.EventData)
  Object.assign(f, told)
  row.user = textOf(told.AuthenticatedUser)
  row.target = textOf(told.ActAsUser)
  const request = textOf(told.ActID)
  // The activity is that of the front end, which hands it on.
  row.request = request && GUID.test(request) ? request.toLowerCase() : null
  row.session = textOf(told.UserContext)
}

/** Of the back end of Outlook on the web: whose mailbox, and who asked where that is somebody else. */
function owaFields(data: FieldValue | undefined): Fields {
  const text = textOf(data) ?? ''
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

function deriveRpcHttp(row: Draft): void {
  const f = row.fields
  const pairs = ecpPairs(textOf(f.EventData) ?? '')
  for (const key of RPC_HTTP_KEYS) f[key] = textOf(pairs.get(key)) ?? null
  const query = textOf(f.UriQueryString)?.replace(/^\?/, '') || null
  f['cs-method'] = f.HttpVerb ?? null
  f['cs-uri-query'] = query
  f['cs-username'] = f.UserName ?? null
  f.MailboxId = query && (/^([0-9a-f-]{36}@[^:&\s]{1,255})(?=:|$)/i.exec(query)?.[1] ?? null)
  row.user = textOf(f.UserName)
  row.target = textOf(f.MailboxId)
  row.session = textOf(f.OutlookSessionId)
  const ip = textOf(f.ClientIp)
  row.client = ip && canonicalIp(ip)
  const request = textOf(f.RequestId)
  row.request = request && GUID.test(request) ? request.toLowerCase() : null
}

function deriveRpcClientAccess(row: Draft): void {
  row.fields.ActAsUser = mailboxOfLogon(row.fields['operation-specific'])
  row.target = textOf(row.fields.ActAsUser)
  row.user = textOf(row.fields['user-email']) ?? row.user
}

/**
 * Of `Logon: Delegate, /o=Contoso/ou=Exchange Administrative Group/cn=Recipients/cn=0123…-ann in database MDB01 …` the
 * mailbox: the last part of its name in the old directory, without the number that later builds put before it.
 */
function mailboxOfLogon(value: FieldValue | undefined): string | null {
  const name = /\bLogon: \w{1,20}(?:-Remote)?, \/o=.{0,300}\/cn=([^/,;"]{1,128}?) in database /i.exec(
    textOf(value) ?? '',
  )?.[1]
  return name?.replace(/^[0-9a-f]{32}-/i, '') || null
}

// ---------------------------------------------------------------- the others

/** Columns of cmdlet logs under the names of other records of cmdlets. */
const CMDLET_ALIASES: ReadonlyMap<string, string> = new Map([
  ['AuthenticatedUser', 'Caller'],
  ['ExecutingUserSid', 'CallerSid'],
  ['ProcessName', 'HostProcess'],
])

function cmdletSucceeded({ ExecutionResult, ErrorType }: Fields): boolean | null {
  const result = textOf(ExecutionResult)
  return result === null ? (textOf(ErrorType) === null ? null : false) : /^success$/i.test(result)
}

function deriveCmdlet(row: Draft): void {
  const f = row.fields
  f.Succeeded = cmdletSucceeded(f)
  for (const [column, alias] of CMDLET_ALIASES) f[alias] = f[column] ?? null
  f.SendConnector = sendConnectorOf(f)
  const parameters = textOf(f.Parameters)
  row.target =
    parameters &&
    (parameterOf(parameters, 'FilePath') ?? parameterOf(parameters, 'Identity') ?? parameterOf(parameters, 'Mailbox'))
}

function parameterOf(parameters: string, name: string): string | null {
  const at = parameters.search(new RegExp(`(?:^|\\s)-${name}\\s+"`, 'i'))
  if (at < 0) return null
  const from = parameters.indexOf('"', at) + 1
  const to = parameters.indexOf('"', from)
  return parameters.slice(from, to < 0 ? undefined : to) || null
}

function deriveCmdletHttp(row: Draft): void {
  const f = row.fields
  f.Caller = f.AuthenticatedUser ?? null
  f.Succeeded = isSuccess(f.HttpStatus)
}

function deriveTracking(row: Draft): void {
  const ip = textOf(row.fields['original-client-ip']) ?? textOf(row.fields['client-ip'])
  row.client = ip && canonicalIp(ip)
  row.fields.ToOutside = toOutside(row.fields)
}

/**
 * Did the message go to another house than its sender's? Of one that was sent on: than that of whoever it was for. A name
 * below the domain of the other is of the same house; null where one of the two is no address.
 */
function toOutside(fields: Fields): boolean | null {
  const redirected = /^redirect$/i.test(textOf(fields['event-id']) ?? '')
  const house = domainOf(textOf(fields[redirected ? 'related-recipient-address' : 'sender-address']))
  const recipients = (textOf(fields['recipient-address']) ?? '').split(';').map(domainOf)
  if (house === null || recipients.includes(null)) return null
  return recipients.some((domain) => !isSameHouse(domain!, house))
}

function domainOf(address: string | null): string | null {
  return /@([\w-]{1,63}(?:\.[\w-]{1,63}){1,10})\s*>?$/.exec(address ?? '')?.[1]?.toLowerCase() ?? null
}

function isSameHouse(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)
}

// `SERVER\Default Frontend SERVER`
function deriveSmtp(row: Draft): void {
  row.host = hostOfConnector(textOf(row.fields['connector-id']) ?? '')
  row.fields.ClientIP = addressOf(row.fields['remote-endpoint'])
}

function deriveSmtpSend(row: Draft): void {
  Object.assign(row.fields, remoteOf(row.fields['remote-endpoint']))
}

/** Of `203.0.113.7:25` address and port. */
function remoteOf(endpoint: FieldValue | undefined): Fields {
  const port = /:(\d{1,5})$/.exec(textOf(endpoint) ?? '')?.[1]
  return { RemoteIP: addressOf(endpoint), RemotePort: port === undefined ? null : Number(port) }
}

/** Of `203.0.113.7:40112` the address: the port is another one at each connection. */
function addressOf(endpoint: FieldValue | undefined): string | null {
  const text = textOf(endpoint)
  return text && canonicalIp(text)
}

function hostOfConnector(connector: string): string | null {
  const slash = connector.indexOf('\\')
  return slash > 0 ? hostName(connector.slice(0, slash)) : null
}

// The record itself is JSON, the same as in the unified audit log.
function deriveAudit(row: Draft): void {
  const f = row.fields
  let data: unknown
  try {
    data = JSON.parse(textOf(f.Data) ?? 'null')
  } catch {
    return
  }
  if (data === null || typeof data !== 'object') return
  const record = new Map(Object.entries(data))
  for (const name of [
    'UserId',
    'ObjectId',
    'ClientIP',
    'ClientIPAddress',
    'ClientInfoString',
    'MailboxOwnerUPN',
    'LogonType',
    'OriginatingServer',
  ]) {
    const value: unknown = record.get(name)
    if (typeof value === 'string' || typeof value === 'number') f[name] = value
  }
  const ip = textOf(f.ClientIP) ?? textOf(f.ClientIPAddress)
  row.client = ip && canonicalIp(ip)
  row.user = textOf(f.UserId) ?? row.user
  row.target = textOf(f.ObjectId)
  const parameters: unknown = record.get('Parameters')
  if (!Array.isArray(parameters)) return
  f.Cmdlet = f.Operation ?? null
  f.Parameters = parameters
    .slice(0, 200)
    .map((p: { Name?: unknown; Value?: unknown } | null) => `-${String(p?.Name)} "${String(p?.Value)}"`)
    .join(' ')
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
