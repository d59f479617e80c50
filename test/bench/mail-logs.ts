import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Seeded } from './text-logs.ts'

const EWS =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,Ring,ClientRequestId,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,ServerHostName,FrontEndServer,SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,PrimaryOrProxyServer,TaskType,RemoteBackendCount,LocalMailboxCount,RemoteMailboxCount,LocalIdCount,RemoteIdCount,BeginBudgetConnections,EndBudgetConnections,BeginBudgetHangingConnections,EndBudgetHangingConnections,BeginBudgetAD,EndBudgetAD,BeginBudgetCAS,EndBudgetCAS,BeginBudgetRPC,EndBudgetRPC,BeginBudgetFindCount,EndBudgetFindCount,BeginBudgetSubscriptions,EndBudgetSubscriptions,MDBResource,MDBHealth,MDBHistoricalLoad,ThrottlingPolicy,ThrottlingDelay,ThrottlingRequestType,TotalDCRequestCount,TotalDCRequestLatency,TotalMBXRequestCount,TotalMBXRequestLatency,RecipientLookupLatency,ExchangePrincipalLatency,HttpPipelineLatency,CheckAccessCoreLatency,AuthModuleLatency,CallContextInitLatency,PreExecutionLatency,CoreExecutionLatency,TotalRequestTime,DetailedExchangePrincipalLatency,ClientStatistics,GenericInfo,AuthenticationErrors,GenericErrors,Puid,StartTime,ProcessId,TimeInGC,StartTotalMemory,EndTotalMemory,StartGCCounts,EndGCCounts,TokenBasedThrottlingPolicy,BudgetKey,CoinsCharged,CoinsChargedMethod,SidBudgetInfo,AppBudgetInfo,TenantBudgetInfo,ResourceAccessed,ResourceHealthBasedThreshold,ThrottledBy,BackoffHint,WorkClassification'.split(
    ',',
  )
const MAPI =
  'DateTime,RequestId,MapiRequestId,ClientRequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,ReturnCode,TotalRequestLatency,DeploymentRing,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,AuthenticatedUserEmail,UPN,Puid,TenantGuid,MailboxId,MDBGuid,ActAsUserEmail,ClientIP,SourceCafeServer,EdgeInfo,NetworkDeviceInfo,SessionCookie,SequenceCookie,MapiClientInfo,ClientSoftware,ClientSoftwareVersion,ClientMode,AuthenticationType,AuthModuleLatency,LiveIdBasicLog,LiveIdBasicError,LiveIdNegotiateError,OAuthLatency,OAuthError,OAuthErrorCategory,OAuthExtraInfo,AuthenticatedUser,RopIds,OperationSpecific,GenericInfo,GenericErrors'.split(
    ',',
  )
const PER_FILE = 64e6
const START = Date.UTC(2025, 7, 1)
const PROGRAMS = [
  'Mac_OS_X/10.15.7 (19H2) ExchangeWebServices/8.0 (accountsd/113)',
  'ExchangeServicesClient/15.01.2375.007',
  'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)',
  'MicrosoftNinja/1.0 Teams/1.0 SkypeSpaces/1.0a',
]

type Values = Readonly<Record<string, string>>

/** Writes rows of EWS and of MAPI over HTTP (back end) of an invented house of 3,000 people, half of the bytes each. */
export function writeMail(folder: string, bytes: number): { readonly rows: number; readonly bytes: number } {
  const random = new Seeded(20_250_802)
  const people = Array.from({ length: 3000 }, (_, i) => ({
    address: `person${i}@contoso.example`,
    guid: random.guid(),
    // Every third is away from the house.
    ip:
      i % 3 === 0
        ? `2001:db8:${random.hex(4)}:${random.hex(4)}::${random.hex(4)}`
        : `10.${random.int(40)}.${random.int(256)}.${1 + random.int(250)}`,
    session: random.hex(32),
    program: random.of(PROGRAMS),
  }))
  const databases = Array.from({ length: 24 }, () => random.guid())
  const n = (): string => String(random.int(90))
  const ews = (time: string): Values => {
    const person = random.early(people)
    const action = random.of([
      'GetItem',
      'FindItem',
      'SyncFolderItems',
      'GetFolder',
      'GetUserAvailability',
      'CreateItem',
    ])
    return {
      DateTime: time,
      RequestId: random.guid(),
      MajorVersion: '15',
      MinorVersion: '1',
      BuildVersion: '2507',
      RevisionVersion: '27',
      Ring: 'Unknown',
      AuthenticationType: 'Negotiate',
      IsAuthenticated: 'true',
      AuthenticatedUser: person.address,
      Organization: 'contoso.example',
      UserAgent: person.program,
      VersionInfo: 'Target=None;Req=Exchange2010_SP1/Exchange2010_SP1;',
      ClientIpAddress: person.ip,
      ServerHostName: 'MAIL01',
      FrontEndServer: 'MAIL01.CONTOSO.EXAMPLE',
      SoapAction: action,
      HttpStatus: random.int(50) === 0 ? '401' : '200',
      RequestSize: String(600 + random.int(900)),
      ResponseSize: String(900 + random.int(60_000)),
      ActAsUser: person.address,
      Cookie: person.session,
      CorrelationGuid: random.guid(),
      PrimaryOrProxyServer: 'PrimaryServer',
      TaskType: 'LocalTask',
      RemoteBackendCount: '0',
      LocalMailboxCount: '1',
      RemoteMailboxCount: '0',
      LocalIdCount: '1',
      RemoteIdCount: '0',
      ThrottlingPolicy: '[C]',
      ThrottlingDelay: '0',
      TotalDCRequestCount: n(),
      TotalMBXRequestCount: n(),
      TotalMBXRequestLatency: n(),
      CoreExecutionLatency: n(),
      TotalRequestTime: n(),
      ClientStatistics: `MessageId_0=${random.guid()};ResponseTime_0=${n()};SoapAction_0=${action};`,
      GenericInfo: `SKU=Unknown;App_BeginReq_Start=0;App_BeginReq_End=0;GetHandler_Start=0;RequestHandler=Wcf;GetHandler_End=0;BackEndAuthenticator=WindowsAuthenticator;TotalBERehydrationModuleLatency=0;ADIdentityCache=Hit;MailboxTypeCacheSize=${n()};S:AspDispatchLatency.BeginRequest=0;S:WLM.Bal=299${n()};S:ServiceTaskMetadata.ServiceCommandBegin=${n()};S:ServiceTaskMetadata.ServiceCommandEnd=${n()};S:ActivityStandardMetadata.Component=Ews;S:WLM.BT=Ews;S:EwsMetadata.ParticipantResolveLatency=0;Dbl:WLM.TS=${n()};Dbl:MAPI.T[MAIL01.${random.of(databases)}]=${n()};I32:ADS.C[DC01]=1;F:ADS.AL[DC01]=${n()}`,
      StartTime: time,
      ProcessId: '9120',
      TimeInGC: '1',
    }
  }
  const mapi = (time: string): Values => {
    const person = random.early(people)
    return {
      DateTime: time,
      RequestId: random.guid(),
      MapiRequestId: `{${random.guid()}}:${n()}`,
      ClientRequestId: `{${random.guid()}}`,
      RequestType: random.of(['Execute', 'Execute', 'Execute', 'Connect', 'NotificationWait', 'Disconnect']),
      HttpStatusCode: '200',
      ResponseCode: '0',
      StatusCode: '0',
      ReturnCode: '0',
      TotalRequestLatency: n(),
      MajorVersion: '15',
      MinorVersion: '1',
      BuildVersion: '2507',
      RevisionVersion: '27',
      AuthenticatedUserEmail: person.address,
      MailboxId: `${person.guid}@contoso.example`,
      MDBGuid: random.of(databases),
      ActAsUserEmail: person.address,
      ClientIP: person.ip,
      SourceCafeServer: 'MAIL01.CONTOSO.EXAMPLE',
      SessionCookie: person.session,
      SequenceCookie: `${n()}-${random.hex(8)}`,
      MapiClientInfo: `{${person.guid}}:${n()}`,
      ClientSoftware: 'OUTLOOK.EXE',
      ClientSoftwareVersion: '16.0.17928.20114',
      ClientMode: random.of(['Cached', 'Classic']),
      AuthenticationType: 'Negotiate',
      AuthModuleLatency: '0',
      AuthenticatedUser: person.address,
      RopIds: random.of([
        'Logon',
        'OpenFolder>GetContentsTable>SetColumns>QueryRows',
        'OpenMessage>GetPropertiesSpecific',
        'Release',
      ]),
      OperationSpecific: 'Start',
      GenericInfo: `Budget_Begin=Owner:Sid~${person.guid};Handler=Emsmdb;CSCWTI=0;S:WLM.Bal=299${n()};S:WLM.BT=MapiHttp;Dbl:RpcHttp.T=${n()};Dbl:MAPI.T[MAIL01]=${n()};I32:ADS.C[DC01]=1;F:ADS.AL[DC01]=${n()}`,
    }
  }
  const halves = [
    { of: 'Ews/Ews', type: 'EWS Logs', columns: EWS, make: ews },
    { of: 'MapiHttp/Mailbox/MapiHttp', type: 'MapiHttp Logs', columns: MAPI, make: mapi },
  ]
  const total = { rows: 0, bytes: 0 }
  for (const { of, type, columns, make } of halves) {
    let time = START
    for (let file = 0, left = bytes / 2; left > 0; file++) {
      const list = columns.join(',')
      const head = `${list}\r\n#Software: Microsoft Exchange Server\r\n#Version: 15.01.2507.027\r\n#Log-type: ${type}\r\n#Date: ${new Date(time).toISOString()}\r\n#Fields: ${list}\r\n`
      const day = new Date(START + file * 3_600_000).toISOString().slice(0, 13).replaceAll(/[-T]/g, '')
      const path = join(folder, `C/Program Files/Microsoft/Exchange Server/V15/Logging/${of}_${day}-1.LOG`)
      mkdirSync(dirname(path), { recursive: true })
      const out = openSync(path, 'w')
      let [text, written] = [head, 0]
      for (const most = Math.min(left, PER_FILE); written + text.length < most; total.rows++) {
        const values = make(new Date((time += 250)).toISOString())
        text += `${columns.map((column) => cell(values[column] ?? '')).join(',')}\r\n`
        if (text.length > 1e6) {
          written += writeSync(out, text)
          text = ''
        }
      }
      written += writeSync(out, text)
      closeSync(out)
      left -= written
      total.bytes += written
    }
  }
  return total
}

function cell(value: string): string {
  return value.includes(',') ? `"${value}"` : value
}
