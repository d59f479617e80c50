import * as columns from './columns.ts'
import { HOUR, isoText, type Pen, stamp } from './pen.ts'

export const exchange = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15'
export const authPages = `${exchange}\\FrontEnd\\HttpProxy\\owa\\auth`

/** One web request as the front end saw it, and what it did with it. */
export type Request = {
  readonly time: number
  readonly protocol: string
  readonly method?: string
  readonly stem: string
  readonly query?: string
  readonly client: string
  readonly agent: string
  readonly user?: string
  readonly authentication?: string
  readonly anchor?: string
  readonly hint?: string
  readonly cookie?: string
  readonly status: number
  /** Empty when nothing was asked of a back end. */
  readonly backEndStatus?: number | undefined
  /** What the back end was asked for; as the front end when absent. */
  readonly back?:
    | { readonly stem: string; readonly query?: string; readonly user: string; readonly method?: string }
    | undefined
  readonly referer?: string
  readonly error?: string
  readonly received?: number
  readonly sent?: number
  /** False for what IIS answers itself, without Exchange. */
  readonly proxied?: boolean
  readonly win32?: number
  readonly sub?: number
  /** Of MAPI over HTTP: what the client called its request, and which operation it was. */
  readonly clientRequest?: string
}

/** Writes a request to every log that sees it: IIS front end, HttpProxy, IIS back end. Gives its request id. */
export function request(pen: Pen, r: Request): string {
  const id = pen.seed.guid()
  const proxied = r.proxied !== false
  const mark = pen.spec.product === '2010' || !proxied ? '' : `&CorrelationID=<empty>;&cafeReqId=${id};`
  iis(pen, 'iis-frontend', r.time, {
    ...r,
    query: `${r.query ?? ''}${mark}`,
    port: 443,
    taken: 12 + pen.seed.below(90),
  })
  if (!proxied || pen.spec.product === '2010') return id
  httpProxy(pen, r, id)
  if (r.backEndStatus !== undefined && r.back) {
    const ids = pen.spec.backendIds === false ? '' : `&CorrelationID=<empty>;&cafeReqId=${id};`
    iis(pen, 'iis-backend', r.time + 30 + (pen.spec.skew ?? 0) * 1000, {
      method: r.back.method ?? r.method ?? 'GET',
      stem: r.back.stem,
      query: `${r.back.query ?? ''}${ids}`,
      port: 444,
      user: r.back.user,
      client: pen.address,
      agent: r.agent,
      status: r.backEndStatus,
      taken: 6 + pen.seed.below(60),
    })
  }
  return id
}

export type IisRow = {
  readonly method?: string
  readonly stem: string
  readonly query?: string
  readonly port: number
  readonly user?: string
  readonly client: string
  readonly agent: string
  readonly referer?: string
  readonly status: number
  readonly sub?: number
  readonly win32?: number
  readonly taken: number
}

/** One row of an IIS W3C log. */
export function iis(pen: Pen, kind: 'iis-frontend' | 'iis-backend', time: number, r: IisRow): void {
  const { proxy } = pen.spec
  const loopback = r.client === '127.0.0.1' || r.client === '::1'
  const hidden = kind === 'iis-frontend' && proxy !== undefined && !loopback
  const forwarded = kind === 'iis-frontend' && proxy?.forwarded === true
  const second = isoText(time).slice(0, 19).replace('T', ' ')
  const cells = [
    ...second.split(' '),
    pen.address,
    r.method ?? 'GET',
    r.stem,
    w3c(r.query),
    r.port,
    w3c(r.user),
    hidden ? proxy.address : r.client,
    w3c(r.agent),
    w3c(r.referer),
    r.status,
    r.sub ?? 0,
    r.win32 ?? 0,
    r.taken,
    ...(forwarded ? [loopback ? '-' : r.client] : []),
  ]
  const names = [...columns.iis.split(' '), ...(forwarded ? ['X-Forwarded-For'] : [])]
  const logged = (_: unknown, i: number): boolean => !pen.spec.without?.includes(names[i]!)
  const row = cells.filter(logged).join(' ')
  const day = isoText(time).slice(0, 10)
  const site = kind === 'iis-frontend' ? 'W3SVC1' : 'W3SVC2'
  const head = [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Version: 1.0',
    `#Date: ${day} 00:00:0${pen.seed.below(9)}`,
    `#Fields: ${names.filter(logged).join(' ')}`,
    '',
  ].join('\r\n')
  const name = `u_ex${stamp(time, 2, 8)}${forwarded ? '_x' : ''}.log`
  pen.row(kind, `C:\\inetpub\\logs\\LogFiles\\${site}\\${name}`, time, head, `${row}\r\n`)
}

function w3c(value: string | undefined): string {
  return value ? value.replaceAll(' ', '+') : '-'
}

const folders: Readonly<Record<string, string>> = {
  Autodiscover: 'Autodiscover',
  Eas: 'Eas',
  Ecp: 'Ecp',
  Ews: 'Ews',
  Mapi: 'Mapi',
  Oab: 'Oab',
  Owa: 'Owa',
  PowerShell: 'PowerShell',
  RpcHttp: 'RpcHttp',
}

function httpProxy(pen: Pen, r: Request, id: string): void {
  const [major, minor, build, revision] = pen.build(r.time)
  const loopback = r.client === '127.0.0.1' || r.client === '::1'
  const client = pen.spec.proxy && !loopback ? pen.spec.proxy.address : r.client
  const target = r.backEndStatus === undefined ? '' : `${pen.backEnd.toLowerCase()}.${pen.domain}`
  const values: Record<string, string | number> = {
    DateTime: isoText(r.time),
    RequestId: id,
    MajorVersion: major,
    MinorVersion: minor,
    BuildVersion: build,
    RevisionVersion: revision,
    ClientRequestId: r.clientRequest ?? '',
    Protocol: r.protocol,
    UrlHost: `mail.${pen.domain}`,
    UrlStem: r.stem,
    AuthenticationType: r.authentication ?? (r.user ? 'Negotiate' : 'FBA'),
    IsAuthenticated: r.user ? 'true' : 'false',
    AuthenticatedUser: r.user ?? '',
    AnchorMailbox:
      r.anchor ?? (r.user ? `Sid~S-1-5-21-1004336348-1177238915-682003330-${1100 + (r.user.length % 60)}` : ''),
    UserAgent: r.agent.replaceAll(',', ' '),
    ClientIpAddress: client,
    ServerHostName: pen.host,
    HttpStatus: r.status,
    BackEndStatus: r.backEndStatus ?? '',
    ErrorCode: r.error ? 'ServerNotFound' : '',
    Method: r.method ?? 'GET',
    ProxyAction: r.backEndStatus === undefined ? '' : 'Proxy',
    TargetServer: target,
    TargetServerVersion: target && `${pen.longBuild(r.time).slice(0, 10)}.000`,
    RoutingType: target && 'IntraForest',
    RoutingHint: r.hint ?? (target && 'WindowsIdentity'),
    BackEndCookie: r.cookie ?? '',
    RequestBytes: r.received ?? (r.method === 'POST' ? 300 + pen.seed.below(900) : 0),
    ResponseBytes: r.sent ?? 400 + pen.seed.below(4000),
    TotalRequestTime: 5 + pen.seed.below(80),
    UrlQuery: r.query ? `?${r.query}` : '',
    GenericInfo: `BeginRequest=${isoText(r.time - 20)};CorrelationID=<empty>;ProxyState-Run=None;`,
    GenericErrors: r.error ?? '',
    RoutingStatus: 'CafeV1',
  }
  const header = pen.spec.product === '2013' ? columns.httpProxy2013 : columns.httpProxy
  const path = `${exchange}\\Logging\\HttpProxy\\${folders[r.protocol]}\\HttpProxy_${rotated(pen, r.time)}-1.LOG`
  const row = csv(header.split(',').map((name) => values[name] ?? ''))
  pen.row(`httpproxy-${r.protocol.toLowerCase()}`, path, r.time, csvHead(pen, r.time, 'HttpProxy Logs', header), row)
}

/** `2021030304`: the hour with which a file began; these servers are so quiet that most fill one a day. */
function rotated(pen: Pen, time: number): string {
  return pen.spec.hourly ? stamp(time, 0, 10) : `${stamp(time, 0, 8)}00`
}

/** One EWS request, by the row that the back end writes about it. */
export type EwsRow = {
  readonly time: number
  readonly id?: string
  readonly user: string
  readonly actAs?: string
  readonly impersonated?: string
  readonly action: string
  readonly agent: string
  readonly client: string
  readonly status?: number
  readonly bytes?: number
}

export function ews(pen: Pen, r: EwsRow): void {
  const [major, minor, build, revision] = pen.build(pen.spec.staleEws ? pen.from : r.time)
  const header =
    pen.spec.product === '2013' ? columns.ews.replace('Ring,', '').replace(/,StartTime,.*$/, '') : columns.ews
  const values: Record<string, string | number> = {
    DateTime: isoText(r.time),
    RequestId: r.id ?? pen.seed.guid(),
    MajorVersion: major,
    MinorVersion: minor,
    BuildVersion: build,
    RevisionVersion: revision,
    Ring: 'Unknown',
    AuthenticationType: 'Negotiate',
    IsAuthenticated: 'true',
    AuthenticatedUser: r.user,
    Organization: pen.domain,
    UserAgent: r.agent.replaceAll(',', ' '),
    VersionInfo: 'Target=None;Req=Exchange2013_SP1/Exchange2013_SP1;',
    ClientIpAddress: pen.spec.proxy && r.client !== '::1' ? pen.spec.proxy.address : r.client,
    ServerHostName: pen.backEnd,
    FrontEndServer: `${pen.host}.${pen.domain}`.toUpperCase(),
    SoapAction: r.action,
    HttpStatus: r.status ?? 200,
    RequestSize: 900 + pen.seed.below(400),
    ResponseSize: r.bytes ?? 1200 + pen.seed.below(3000),
    ActAsUser: r.actAs ?? '',
    ImpersonatedUser: r.impersonated ?? '',
    CorrelationGuid: pen.seed.guid(),
    PrimaryOrProxyServer: 'PrimaryServer',
    TaskType: 'LocalTask',
    LocalMailboxCount: 1,
    TotalRequestTime: 9 + pen.seed.below(60),
    GenericInfo: 'SKU=Unknown;BackEndAuthenticator=WindowsAuthenticator;',
  }
  const path = `${exchange}\\Logging\\Ews\\Ews_${rotated(pen, r.time)}-1.LOG`
  pen.row(
    'ews',
    path,
    r.time,
    csvHead(pen, r.time, 'EWS Logs', header),
    csv(header.split(',').map((name) => values[name] ?? '')),
  )
}

/** One row of the ECP Server log: `S:KEY=value` pairs, those that hold a quote or semicolon in single quotes. */
export function ecpServer(
  pen: Pen,
  r: {
    readonly time: number
    readonly command: string
    readonly url: string
    readonly error?: string
    readonly referrer?: string
    readonly event?: string
  },
): void {
  const pair = (key: string, value: string): string =>
    /[;']/.test(value) ? `'S:${key}=${value.replaceAll("'", "''")}'` : `S:${key}=${value}`
  const data = [
    pair('TIME', String(20 + pen.seed.below(900))),
    pair('SID', pen.seed.guid()),
    pair('CMD', r.command),
    pair('REQID', ''),
    pair('URL', r.url),
    pair('REFERRER', r.referrer ?? ''),
    pair('EX', r.error ?? ''),
    pair('ACTID', pen.seed.guid()),
    pair('RS', '0'),
    pair('BLD', pen.build(r.time).join('.')),
    pair('TNAME', '<null>'),
    pair('TID', ''),
    pair('USID', pen.seed.guid()),
    pair('EDOID', ''),
    pair('ACID', ''),
  ].join(';')
  const head = csvHead(pen, r.time, 'ECP Server Log', columns.ecpServer, '15.0.0.0')
  const path = `${exchange}\\Logging\\ECP\\Server\\ECPServer${stamp(r.time, 0, 8)}-1.LOG`
  pen.row('ecp-server', path, r.time, head, csv([isoText(r.time), pen.backEnd, r.event ?? 'ECP.Request', data]))
}

/** One request for remote PowerShell, as the back end writes it down (CmdletInfra, Rps_Http). */
export function remotePowerShell(
  pen: Pen,
  r: {
    readonly time: number
    readonly id: string
    readonly stem: string
    readonly query: string
    readonly user: string
    readonly client: string
    readonly agent: string
    readonly status: number
  },
): void {
  const [major, minor, build, revision] = pen.build(r.time)
  const values: Record<string, string | number> = {
    DateTime: isoText(r.time),
    StartTime: isoText(r.time - 20),
    RequestId: r.id,
    MajorVersion: major,
    MinorVersion: minor,
    BuildVersion: build,
    RevisionVersion: revision,
    UrlHost: `${pen.host.toLowerCase()}.${pen.domain}`,
    UrlStem: r.stem,
    AuthenticationType: 'Kerberos',
    IsAuthenticated: 'true',
    AuthenticatedUser: r.user.slice(r.user.indexOf('\\') + 1),
    ClientIpAddress: r.client,
    ServerHostName: pen.backEnd,
    FrontEndServer: `${pen.host}.${pen.domain}`.toUpperCase(),
    HttpStatus: r.status,
    SubStatus: 0,
    RequestBytes: 1592,
    ClientInfo: r.agent.replaceAll(',', ' '),
    TotalTime: 5,
    UrlQuery: r.query ? `?${r.query}` : '',
    GenericInfo: 'WinRMDataSender.NamedPipe=Sent;S:ServiceCommonMetadata.HttpMethod=POST;',
  }
  rpsRow(pen, 'cmdletinfra-http', r.time, 'Http', 'Rps_Http', 'Rps Http Logs', columns.rpsHttp, values)
}

/** One line of the OAB generator's log. */
export function oabGenerator(pen: Pen, time: number, message: string): void {
  const header = 'DateTime,ServerName,ProcessId,ThreadId,Severity,Message'
  const path = `${exchange}\\Logging\\OABGeneratorLog\\OABGeneratorLog${stamp(time, 0, 8)}-1.LOG`
  const row = csv([isoText(time), pen.host, 7712, 14, 'Information', message])
  pen.row('oabgenerator', path, time, csvHead(pen, time, 'OABGenerator Log', header), row)
}

/** Outlook by MAPI over HTTP, as the back end records it: who came, and whose mailbox it was. */
export function mapiHttp(
  pen: Pen,
  m: {
    readonly time: number
    readonly user: string
    readonly mailbox: string
    readonly client: string
    readonly id?: string
    readonly type?: string
    /** Of the machine: it has no address of its own. */
    readonly machine?: boolean
  },
): void {
  const [major, minor, build, revision] = pen.build(m.time)
  const values: Record<string, string | number> = {
    DateTime: isoText(m.time),
    RequestId: m.id ?? pen.seed.guid(),
    MapiRequestId: `{${pen.seed.guid()}}:1`,
    RequestType: m.type ?? 'Execute',
    HttpStatusCode: 200,
    ResponseCode: 0,
    StatusCode: 0,
    TotalRequestLatency: 4 + pen.seed.below(40),
    MajorVersion: major,
    MinorVersion: minor,
    BuildVersion: build,
    RevisionVersion: revision,
    AuthenticatedUserEmail: m.machine ? '' : `${m.user}@${pen.domain}`,
    UPN: m.machine ? '' : `${m.user}@${pen.domain}`,
    ActAsUserEmail: m.mailbox,
    ClientIP: m.client,
    SessionCookie: pen.seed.guid(),
    ClientSoftware: 'OUTLOOK.EXE',
    ClientSoftwareVersion: '16.0.13801.20266',
    ClientMode: 'Classic',
    AuthenticationType: 'Negotiate',
    AuthenticatedUser: `${pen.netbios}\\${m.user}`,
  }
  const row = csv(columns.mapiHttp.split(',').map((name) => values[name] ?? ''))
  const path = `${exchange}\\Logging\\MapiHttp\\Mailbox\\MapiHttp_${rotated(pen, m.time)}-1.LOG`
  pen.row('mapihttp', path, m.time, csvHead(pen, m.time, 'MapiHttp Logs', columns.mapiHttp), row)
}

/** What became of a message. */
export function tracked(
  pen: Pen,
  t: {
    readonly time: number
    readonly event: string
    readonly source: string
    readonly from: string
    readonly to: string
    readonly related: string
    readonly subject: string
    readonly context?: string
    readonly connector?: string
    readonly bytes?: number
  },
): void {
  const values: Record<string, string | number> = {
    'date-time': isoText(t.time),
    'server-hostname': pen.own,
    'source-context': t.context ?? '',
    'connector-id': t.connector ?? '',
    source: t.source,
    'event-id': t.event,
    'internal-message-id': 4_000_000 + pen.seed.below(1_000_000),
    'message-id': `<${pen.seed.guid()}@${pen.domain}>`,
    'network-message-id': pen.seed.guid(),
    'recipient-address': t.to,
    'total-bytes': t.bytes || 4_000 + pen.seed.below(90_000),
    'recipient-count': 1,
    'related-recipient-address': t.related,
    'message-subject': t.subject,
    'sender-address': t.from,
    'return-path': t.from,
    directionality: 'Originating',
    'log-id': pen.seed.guid(),
    'schema-version': pen.longBuild(t.time),
  }
  const path = `${exchange}\\TransportRoles\\Logs\\MessageTracking\\MSGTRK${rotated(pen, t.time)}-1.LOG`
  const row = csv(columns.messageTracking.split(',').map((name) => values[name] ?? ''))
  pen.row('message-tracking', path, t.time, csvHead(pen, t.time, 'Message Tracking Log', columns.messageTracking), row)
}

/** One cmdlet that remote PowerShell ran, as the log of its own has it. */
export function rpsCmdlet(
  pen: Pen,
  c: {
    readonly time: number
    readonly name: string
    readonly parameters: string
    readonly failed: boolean
    readonly user?: string
  },
): void {
  const [major, minor, build, revision] = pen.build(c.time)
  const values: Record<string, string | number> = {
    DateTime: isoText(c.time),
    StartTime: isoText(c.time - 400),
    RequestId: pen.seed.guid(),
    MajorVersion: major,
    MinorVersion: minor,
    BuildVersion: build,
    RevisionVersion: revision,
    ServerHostName: pen.backEnd,
    ProcessId: 6832,
    ProcessName: 'w3wp#MSExchangePowerShellAppPool',
    ThreadId: 5,
    AuthenticatedUser: c.user ?? 'Administrator',
    ExecutingUserSid: 'S-1-5-21-1004336348-1177238915-682003330-500',
    IsAdmin: 'True',
    ClientApplication: 'PowerShell',
    Cmdlet: c.name,
    Parameters: c.parameters,
    CmdletUniqueId: pen.seed.guid(),
    ExecutionResult: c.failed ? 'Error' : 'Success',
  }
  rpsRow(pen, 'cmdletinfra-cmdlet', c.time, 'Cmdlet', 'Rps_Cmdlet', 'Rps Cmdlet Logs', columns.rpsCmdlet, values)
}

function rpsRow(
  pen: Pen,
  kind: string,
  time: number,
  folder: string,
  name: string,
  type: string,
  header: string,
  values: Readonly<Record<string, string | number>>,
): void {
  const path = `${exchange}\\Logging\\CmdletInfra\\Powershell-Proxy\\${folder}\\${name}_${rotated(pen, time)}-1.LOG`
  const row = csv(header.split(',').map((column) => values[column] ?? ''))
  pen.row(kind, path, time, csvHead(pen, time, type, header), row)
}

export function csvHead(pen: Pen, time: number, type: string, header: string, version = pen.longBuild(time)): string {
  return [
    '#Software: Microsoft Exchange Server',
    `#Version: ${version}`,
    `#Log-type: ${type}`,
    `#Date: ${isoText(Math.floor(time / HOUR) * HOUR)}`,
    `#Fields: ${header}`,
    '',
  ].join('\r\n')
}

function csv(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))).join(',')}\r\n`
}

/** A Windows event as one line of JSON, in the shape of `evtx_dump` or of NXLog (whose time names no zone). */
export function windowsEvent(
  pen: Pen,
  kind: string,
  e: {
    readonly time: number
    readonly channel: string
    readonly provider: string
    readonly id: number
    readonly level?: number
    readonly data: Readonly<Record<string, string>> | readonly string[]
    readonly computer?: string
    /** The time that the event states, where a clock was wrong. */
    readonly stated?: number
  },
): void {
  const stated = e.stated ?? e.time
  const computer = `${e.computer ?? pen.own}.${pen.domain}`
  const record = 'record' // numbered when the rows are in order
  const shape = pen.spec.events?.shape ?? 'evtx'
  const event =
    shape === 'nxlog' && !Array.isArray(e.data)
      ? {
          EventTime: isoText(stated + (pen.spec.events?.minutes ?? 0) * 60_000)
            .slice(0, 19)
            .replace('T', ' '),
          Hostname: computer,
          SourceName: e.provider,
          Channel: e.channel,
          EventID: e.id,
          RecordNumber: record,
          Severity: 'INFO',
          ...(e.data as Readonly<Record<string, string>>),
        }
      : {
          Event: {
            '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
            System: {
              Provider: { '#attributes': { Name: e.provider } },
              EventID: e.id,
              Version: 0,
              Level: e.level ?? 4,
              Task: 1,
              Opcode: 0,
              Keywords: '0x80000000000000',
              TimeCreated: { '#attributes': { SystemTime: isoText(stated).replace('Z', '000Z') } },
              EventRecordID: record,
              Execution: { '#attributes': { ProcessID: 0, ThreadID: 0 } },
              Channel: e.channel,
              Computer: computer,
            },
            EventData: Array.isArray(e.data) ? { Data: { '#text': e.data } } : e.data,
          },
        }
  const path = `C:\\Windows\\System32\\winevt\\Logs\\${e.channel.replaceAll('/', '%4')}`
  if (shape === 'file') {
    const data = Array.isArray(e.data) ? e.data.map((value: string) => [null, value]) : Object.entries(e.data)
    const { channel, provider, id: eventId, level = 4 } = e
    pen.row(
      kind,
      `${path}.evtx`,
      e.time,
      '',
      JSON.stringify({ channel, provider, eventId, level, computer, time: stated, data }),
    )
    return
  }
  pen.row(kind, `${path}.jsonl`, e.time, '', `${JSON.stringify(event)}\n`)
}

const scopes: Readonly<Record<string, string>> = {
  en: "View Entire Forest: 'False', Default Scope: 'contoso.example'",
  de: 'Gesamte Gesamtstruktur anzeigen: „Falsch“, Standardbereich: „contoso.example“, für Empfänger',
  ja: "フォレスト全体の表示: 'False'、既定のスコープ: 'contoso.example'",
}

/** A cmdlet as the MSExchange Management channel records it: 1 succeeded, 6 failed; data by position. */
export function cmdlet(
  pen: Pen,
  c: {
    readonly time: number
    readonly name: string
    readonly parameters: string
    readonly caller?: string
    readonly process?: string
    readonly error?: string
  },
): void {
  const sid = 'S-1-5-21-1004336348-1177238915-682003330-500'
  const error = c.error ?? ''
  windowsEvent(pen, 'msexchange-management', {
    time: c.time,
    channel: 'MSExchange Management',
    provider: 'MSExchange CmdletLogs',
    id: error ? 6 : 1,
    level: error ? 2 : 4,
    data: [
      c.name,
      c.parameters,
      c.caller ?? `${pen.domain}/Users/Administrator`,
      sid,
      sid,
      'ControlPanel-ECP-Unknown',
      `9816 w3wp#${c.process ?? 'MSExchangeECPAppPool'}`,
      '',
      '38',
      '00:00:00.4531120',
      scopes[pen.spec.language ?? 'en']!,
      error,
      '',
      '',
      '',
      '',
      '',
      'False',
      '',
      '0 objects execution has been proxied to remote server.',
      '',
      '',
      '0',
      `ActivityId: ${pen.seed.guid()}`,
      'ServicePlan:;IsAdmin:True;',
      '',
      'en-US',
    ],
  })
}
