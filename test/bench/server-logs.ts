import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PROXY, Seeded } from './text-logs.ts'

// The logs of a whole server: a file each hour in each of many folders, most of them small.

const EXCHANGE = 'C/Program Files/Microsoft/Exchange Server/V15'
const START = Date.UTC(2021, 1, 1)
const HOUR = 3_600_000
const EWS =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,Ring,ClientRequestId,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,ServerHostName,FrontEndServer,SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,PrimaryOrProxyServer,TaskType,RemoteBackendCount,LocalMailboxCount,RemoteMailboxCount,LocalIdCount,RemoteIdCount,BeginBudgetConnections,EndBudgetConnections,BeginBudgetHangingConnections,EndBudgetHangingConnections,BeginBudgetAD,EndBudgetAD,BeginBudgetCAS,EndBudgetCAS,BeginBudgetRPC,EndBudgetRPC,BeginBudgetFindCount,EndBudgetFindCount,BeginBudgetSubscriptions,EndBudgetSubscriptions,MDBResource,MDBHealth,MDBHistoricalLoad,ThrottlingPolicy,ThrottlingDelay,ThrottlingRequestType,TotalDCRequestCount,TotalDCRequestLatency,TotalMBXRequestCount,TotalMBXRequestLatency,RecipientLookupLatency,ExchangePrincipalLatency,HttpPipelineLatency,CheckAccessCoreLatency,AuthModuleLatency,CallContextInitLatency,PreExecutionLatency,CoreExecutionLatency,TotalRequestTime,DetailedExchangePrincipalLatency,ClientStatistics,GenericInfo,AuthenticationErrors,GenericErrors,Puid,StartTime,ProcessId,TimeInGC,StartTotalMemory,EndTotalMemory,StartGCCounts,EndGCCounts,TokenBasedThrottlingPolicy,BudgetKey,CoinsCharged,CoinsChargedMethod,SidBudgetInfo,AppBudgetInfo,TenantBudgetInfo,ResourceAccessed,ResourceHealthBasedThreshold,ThrottledBy,BackoffHint,WorkClassification'
const CMDLET =
  'DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,ProcessId,ProcessName,ThreadId,CultureInfo,Organization,AuthenticatedUser,ExecutingUserSid,EffectiveOrganization,UserServicePlan,IsAdmin,ClientApplication,Cmdlet,Parameters,CmdletUniqueId,UserBudgetOnStart,ContributeToFailFast,RunspaceSettingsCreationHint,ADViewEntireForest,ADRecipientViewRoot,ADConfigurationDomainControllers,ADPreferredGlobalCatalogs,ADPreferredDomainControllers,ADUserConfigurationDomainController,ADUserPreferredGlobalCatalog,ADuserPreferredDomainControllers,ThrottlingInfo,DelayInfo,ThrottlingDelay,IsOutputObjectRedacted,CmdletProxyStage,CmdletProxyRemoteServer,CmdletProxyRemoteServerVersion,CmdletProxyMethod,ProxiedObjectCount,CmdletProxyLatency,OutputObjectCount,ParameterBinding,BeginProcessing,ProcessRecord,EndProcessing,StopProcessing,BizLogic,PowerShellLatency,UserInteractionLatency,ProvisioningLayerLatency,ActivityContextLifeTime,TotalTime,ErrorType,ExecutionResult,CacheHitCount,CacheMissCount,GenericLatency,GenericInfo,GenericErrors,ObjectGuid,ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters'
const POWERSHELL =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,ClientIpAddress,ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,SessionId,ShellId,FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,TotalTime,UrlQuery,GenericLatency,GenericInfo,GenericErrors'
const TRACKING =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,schema-version'
const RPC =
  'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,client-mode,client-ip,client-connection-info,server-ip,protocol,application-id,request-ids,session-cookie,operation,rpc-status,processing-time,operation-specific,failures,performance-data,activity-context-data,user-email,passport-unique-id'
const ECP = 'TimeStamp,ServerName,EventId,EventData'
const SMTP = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context'
const IIS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'

/** Kind of log: folder, beginning of its names, type in the header, columns, and how busy it is beside others. */
type Kind = {
  readonly folder: string
  readonly name: string
  readonly type: string
  readonly columns: string
  readonly busy: number
}

const proxies: readonly (readonly [folder: string, busy: number])[] = [
  ['Owa', 4],
  ['Mapi', 6],
  ['Eas', 4],
  ['Ews', 3],
  ['Autodiscover', 2],
  ['Ecp', 1],
  ['OAB', 1],
  ['PowerShell', 1],
  ['RpcHttp', 1],
]

const kinds: readonly Kind[] = [
  ...proxies.map(([folder, busy]) => ({
    folder: `${EXCHANGE}/Logging/HttpProxy/${folder}`,
    name: 'HttpProxy_',
    type: 'HttpProxy Logs',
    columns: PROXY,
    busy,
  })),
  { folder: `${EXCHANGE}/Logging/Ews`, name: 'Ews_', type: 'EWS Logs', columns: EWS, busy: 2 },
  { folder: `${EXCHANGE}/Logging/ECP/Server`, name: 'ECPServer', type: 'ECP Server Log', columns: ECP, busy: 1 },
  { folder: `${EXCHANGE}/Logging/ECP/Activity`, name: 'ECPActivity_', type: 'ECP Activity Log', columns: ECP, busy: 1 },
  {
    folder: `${EXCHANGE}/Logging/CmdletInfra/Powershell-Proxy/Cmdlet`,
    name: 'Rps_Cmdlet_',
    type: 'Rps Cmdlet Logs',
    columns: CMDLET,
    busy: 1,
  },
  {
    folder: `${EXCHANGE}/Logging/CmdletInfra/Powershell-Proxy/Http`,
    name: 'Rps_Http_',
    type: 'Rps Http Logs',
    columns: POWERSHELL,
    busy: 1,
  },
  {
    folder: `${EXCHANGE}/TransportRoles/Logs/MessageTracking`,
    name: 'MSGTRK',
    type: 'Message Tracking Log',
    columns: TRACKING,
    busy: 4,
  },
  {
    folder: `${EXCHANGE}/TransportRoles/Logs/FrontEnd/ProtocolLog/SmtpReceive`,
    name: 'RECV',
    type: 'SMTP Receive Protocol Log',
    columns: SMTP,
    busy: 3,
  },
  { folder: `${EXCHANGE}/Logging/RPC Client Access`, name: 'RCA_', type: 'RCA Protocol Logs', columns: RPC, busy: 2 },
  { folder: 'C/inetpub/logs/LogFiles/W3SVC1', name: 'u_ex', type: '', columns: IIS, busy: 4 },
]

/**
 * Writes `files` hourly logs of all kinds, of about `bytes` in all; older hours first. Kinds differ by how busy they are, and
 * nights from days.
 */
export function writeServer(root: string, files: number, bytes: number): { readonly rows: number } {
  const random = new Seeded(20_210_304)
  const users = Array.from({ length: 800 }, (_, i) => ({
    name: `user${i}`,
    address: `10.0.${random.int(16)}.${1 + random.int(250)}`,
    device: random.hex(26).toUpperCase(),
  }))
  const all = kinds.reduce((sum, { busy }) => sum + busy, 0)
  let rows = 0
  for (let file = 0; file < files; file++) {
    const kind = kinds[file % kinds.length]!
    const time = START + Math.floor(file / kinds.length) * HOUR
    const hour = new Date(time).getUTCHours()
    const share = (kind.busy / all) * kinds.length * (hour > 6 && hour < 19 ? 1.6 : 0.4)
    const text = [headerOf(kind, time)]
    let length = text[0]!.length
    const most = Math.max((bytes / files) * share, length + 1)
    for (; length < most; rows++) {
      const row = rowOf(kind.columns, time + Math.floor((HOUR * length) / most), random, random.of(users))
      text.push(row)
      length += row.length + 2
    }
    const path = join(root, kind.folder, nameOf(kind, time))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${text.join('\r\n')}\r\n`)
  }
  return { rows }
}

function nameOf({ name }: Kind, time: number): string {
  const stamp = new Date(time).toISOString().slice(0, 13).replaceAll(/[-T]/g, '')
  return name === 'u_ex' ? `u_ex${stamp.slice(2)}.log` : `${name}${stamp}-1.LOG`
}

function headerOf({ type, columns }: Kind, time: number): string {
  const at = new Date(time).toISOString()
  if (type === '')
    return `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${at.slice(0, 19).replace('T', ' ')}\r\n#Fields: ${columns}`
  const repeated = columns.startsWith('DateTime') ? `${columns}\r\n` : ''
  return `${repeated}#Software: Microsoft Exchange Server\r\n#Version: 15.01.2106.002\r\n#Log-type: ${type}\r\n#Date: ${at}\r\n#Fields: ${columns}`
}

type Person = { readonly name: string; readonly address: string; readonly device: string }

/** A row of ordinary values in the columns of its log. */
function rowOf(columns: string, time: number, random: Seeded, person: Person): string {
  if (columns === IIS) return iisRow(new Date(time).toISOString(), random, person)
  return columns
    .split(',')
    .map((column) => valueOf(column, time, random, person))
    .join(',')
}

function iisRow(at: string, random: Seeded, { name, address, device }: Person): string {
  const [stem, query, agent] = random.of([
    ['/mapi/emsmdb/', 'mailboxId=x@contoso.example', 'Microsoft+Office/16.0'],
    ['/owa/service.svc', `action=GetItem&ID=-${random.int(300)}`, 'Mozilla/5.0+(Windows+NT+10.0)'],
    ['/Microsoft-Server-ActiveSync/default.eas', `Cmd=Sync&User=${name}&DeviceId=${device}`, 'Apple-iPhone9C3/1803.1'],
  ] as const)
  return `${at.slice(0, 10)} ${at.slice(11, 19)} 10.0.0.20 POST ${stem} ${query}&cafeReqId=${random.guid()}; 443 CONTOSO\\${name} ${address} ${agent} - 200 0 0 ${random.int(900)}`
}

/** What services write in columns of such names; a small number or nothing in all others. */
function valueOf(column: string, time: number, random: Seeded, { name, address }: Person): string {
  const made = makers[column.toLowerCase()]
  if (made !== undefined) return made(random, name, address, time)
  if (/latency|time|count|bytes|size|budget/i.test(column)) return String(random.int(90))
  return ''
}

const stamp = (_: Seeded, __: string, ___: string, time: number): string => new Date(time).toISOString()
const guid = (random: Seeded): string => random.guid()
const fixed = (text: string) => (): string => text
const makers: Readonly<Record<string, (random: Seeded, name: string, address: string, time: number) => string>> = {
  datetime: stamp,
  'date-time': stamp,
  timestamp: stamp,
  starttime: stamp,
  requestid: guid,
  clientrequestid: guid,
  'session-id': guid,
  'network-message-id': guid,
  majorversion: fixed('15'),
  minorversion: fixed('1'),
  buildversion: fixed('2106'),
  revisionversion: fixed('2'),
  protocol: fixed('Owa'),
  urlhost: fixed('mail.contoso.example'),
  urlstem: fixed('/owa/service.svc'),
  authenticationtype: fixed('Negotiate'),
  isauthenticated: fixed('true'),
  authenticateduser: (_, name) => `CONTOSO\\${name}`,
  useragent: fixed('Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.13530; Pro)'),
  clientipaddress: (_, __, address) => address,
  'client-ip': (_, __, address) => address,
  serverhostname: fixed('MAIL01'),
  servername: fixed('MAIL01'),
  httpstatus: fixed('200'),
  backendstatus: fixed('200'),
  method: fixed('POST'),
  soapaction: (random) => random.of(['GetItem', 'FindItem', 'SyncFolderItems']),
  eventid: fixed('ECP.Request'),
  eventdata: (_, name) => `S:TIME=${name.length};S:SID=x;'S:ACTID=y';S:URL=https://mail01:444/ecp/default.aspx`,
  cmdlet: (random) => random.of(['Get-Mailbox', 'Get-User', 'Get-Recipient']),
  parameters: (_, name) => `-Identity "${name}"`,
  executionresult: fixed('Success'),
  source: fixed('STOREDRIVER'),
  'event-id': fixed('DELIVER'),
  'recipient-address': (_, name) => `${name}@contoso.example`,
  'sender-address': (random) => `user${random.int(800)}@contoso.example`,
  'message-subject': (random) => `Report ${random.int(5000)}`,
  'total-bytes': (random) => String(random.int(90_000)),
  'connector-id': fixed('MAIL01\\Default Frontend MAIL01'),
  'local-endpoint': fixed('10.0.0.20:25'),
  'remote-endpoint': (random, _, address) => `${address}:${40_000 + random.int(9000)}`,
  event: (random) => random.of(['<', '>', '*']),
  data: (random) => random.of(['EHLO relay.contoso.example', '250 OK', 'QUIT']),
  operation: fixed('Execute'),
  'client-name': (_, name) => `/o=Contoso/cn=${name}`,
  urlquery: (random) => `?action=GetItem&ID=-${random.int(300)}`,
}
