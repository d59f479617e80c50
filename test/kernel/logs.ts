/** Rows of IIS and Exchange logs as chance has them: ordinary ones, and every way in which a row is not regular. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  /** From 0 to `below` - 1. */
  int(below: number): number {
    let t = (this.#state = (this.#state + 0x6d2b_79f5) >>> 0)
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }

  of<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.int(times) === 0
  }
}

const stems = [
  '/owa/',
  '/owa/auth/logon.aspx',
  '/owa/15.1.2106.2/scripts/boot.js',
  '/owa/auth/15.1.2106/themes/x.css',
  '/owa/15.1.2242.4/scripts/boot.js',
  '/owa/auth/15.1.2242.4/themes/x.css',
  '/ecp/DDI/DDIService.svc/SetObject',
  '/ecp/y.js',
  '/aspnet_client/shell.aspx',
  '/aspnet_client/%73hell.aspx',
  '/Microsoft-Server-ActiveSync/default.eas',
  '/EWS/Exchange.asmx',
  '/mapi/emsmdb/',
  '/autodiscover/autodiscover.json',
  '/a?b',
  '*',
  '/',
  '/wp-login.php',
]
const queries = [
  'Cmd=Sync&User=CONTOSO%5Cann&DeviceId=A1',
  'User=ben&DeviceId=B2&DeviceType=iPhone&Cmd=ItemOperations&Log=V141_x:DeviceId',
  'cmd=Ping&DeviceID=A1',
  'exec_code=whoami',
  'msExchEcpCanary=abcdefgh12345678.&schema=OABVirtualDirectory',
  'a=%2e%2e%2fneedle-one',
  'x=1&cmd=dir',
  '@evil.example/autodiscover',
  'needle-one',
  'NEEDLE-TWO=%4e',
  '?',
  '%zz%',
]
/** What the address of a mobile device holds, in any order, now and then odd. */
const deviceParts = [
  'Cmd=Sync',
  'cmd=SYNC',
  'Cmd=ItemOperations',
  'Cmd=GetAttachment',
  'CMD=find',
  'Cmd=Search',
  'Cmd=Ping',
  'Cmd=Syncs',
  'Cmd=%53ync',
  'Cmd=',
  'xCmd=Sync',
  'User=CONTOSO%5Cann',
  'DeviceType=iPhone',
  'Log=V141_x:DeviceId',
  'DeviceId=',
  'xDeviceId=C3',
  'deviceid=C3',
  'CorrelationID=<empty>;',
]
const deviceIds = ['A1', 'a1', 'B2', 'ApplF17Q4T0ABCDEFGHIJK', 'D'.repeat(64), 'E'.repeat(70), 'F1;x', 'G1#y', 'H\v1']

function deviceQuery(chance: Chance): string {
  const id = `Device${chance.of(['Id', 'Id', 'ID', 'iD'])}=${chance.of(deviceIds)}`
  const parts = [id, ...Array.from({ length: 1 + chance.int(4) }, () => chance.of(deviceParts))]
  if (chance.once(2)) parts.reverse()
  return parts.join(chance.once(20) ? ';' : '&')
}

/** The value of a column in the row of a mobile device; null where it is as in any other. */
function ofDevice(name: string, chance: Chance): string | null {
  if (chance.once(20)) return null
  if (/^(?:cs-uri-stem|UrlStem)$/.test(name))
    return chance.of(['/Microsoft-Server-ActiveSync/default.eas', '/microsoft-server-activesync'])
  if (name === 'cs-uri-query') return deviceQuery(chance)
  if (name === 'UrlQuery') return `?${deviceQuery(chance)}`
  if (/^(?:cs-username|AuthenticatedUser)$/.test(name))
    return chance.once(9) ? `${'long'.repeat(40)}${chance.int(2)}` : chance.of([...users, 'contoso\\Ann'])
  return /^(?:sc-status|HttpStatus)$/.test(name) ? '200' : null
}

const agents = [
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)',
  'ExchangeServicesClient/0.0.0.0',
  'python-requests/2.25.1',
  'antSword/v2.1',
  'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.13530;+Pro)',
]
const clients = [
  '192.0.2.7',
  '198.51.100.20',
  '203.0.113.5',
  '10.0.0.9',
  '127.0.0.1',
  '::1',
  '2001:db8::5',
  'fe80::1%4',
  'FE80::1%4',
  '2001:DB8:0::5',
]
const users = ['CONTOSO\\ann', 'ben@contoso.example', 'CONTOSO\\MAIL01$', 'CONTOSO\\Jürgen', 'ШИШКИН@contoso.example']
const hosts = ['MAIL01', 'MAIL02', 'mail01.contoso.example']

const iisFields = [
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
  'date time s-sitename s-computername cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs-host sc-status sc-bytes X-Forwarded-For',
  'date time cs-method cs-uri-stem c-ip sc-status',
  'time cs-method cs-uri-stem cs-uri-query c-ip sc-status sc-bytes cs(User-Agent) s-port time-taken s-ip cs-username',
  'date time cs-method cs-uri-stem cs-uri-stem c-ip sc-status',
]

export function iisLog(chance: Chance, rows: number): Buffer {
  const parts: Buffer[] = []
  // The last two are not regular: no date, a name twice.
  const fieldsOf = (): string => (chance.once(6) ? chance.of(iisFields) : iisFields[chance.int(3)]!)
  let fields = fieldsOf()
  const header = (): string =>
    `#Software: Microsoft Internet Information Services 10.0\n#Date: 2021-03-03 00:00:00\n#Fields: ${fields}\n`
  if (!chance.once(12)) parts.push(Buffer.from(header()))
  let seconds = chance.int(80_000)
  for (let i = 0; i < rows; i++) {
    if (chance.once(60)) {
      fields = fieldsOf()
      parts.push(Buffer.from(header()))
    }
    seconds += chance.once(20) ? chance.int(7200) - 300 : chance.int(30)
    const at = new Date(Date.UTC(2021, 2, 3) + Math.max(0, seconds) * 1000).toISOString()
    const isOfDevice = chance.once(9)
    const row = fields
      .split(' ')
      .map((name) => (isOfDevice ? ofDevice(name, chance) : null) ?? iisValue(name.toLowerCase(), at, chance))
    parts.push(odd(row.join(' '), ' ', chance))
  }
  return Buffer.concat(parts)
}

function iisValue(name: string, at: string, chance: Chance): string {
  if (chance.once(400)) return chance.of(['-', '', 'x y', '"q"', 'ü'])
  switch (name) {
    case 'date':
      return chance.once(200) ? chance.of(['2021-02-30', '2021-3-3', '-', '21-03-03']) : at.slice(0, 10)
    case 'time':
      return chance.once(200) ? chance.of(['24:00:00', '23:59:60', '1:2:3', '04:23:22.5', '-']) : at.slice(11, 19)
    case 's-ip':
      return '10.0.0.1'
    case 'cs-method':
      return chance.of(['GET', 'POST', 'POST', 'HEAD', 'RPC_IN_DATA'])
    case 'cs-uri-stem':
      return chance.once(3) ? chance.of(stems) : '/owa/service.svc'
    case 'cs-uri-query':
      return chance.once(3) ? chance.of(queries) : chance.once(2) ? '-' : `CorrelationID=${chance.int(1e9)};&cafe=1`
    case 's-port':
      return chance.of(['443', '443', '443', '444', '80'])
    case 'cs-username':
      return chance.once(3) ? chance.of(users) : '-'
    case 'x-forwarded-for':
      if (chance.once(20)) return `${chance.of(clients)},+`.repeat(chance.int(500)) + chance.of(['...', '198.51.100.7'])
      return chance.once(4) ? `198.51.100.${chance.int(250)}` : chance.of(clients)
    case 'c-ip':
      return chance.once(4) ? `198.51.100.${chance.int(250)}` : chance.of(clients)
    case 'cs(user-agent)':
      return chance.of(agents)
    case 'cs(referer)':
      return chance.once(8) ? 'https://evil.example/x' : '-'
    case 's-sitename':
      return chance.once(9) ? 'W3SVC2' : 'W3SVC1'
    case 's-computername':
      return chance.of(hosts)
    case 'cs-host':
      return 'mail.contoso.example'
    case 'sc-status':
      return chance.of(['200', '200', '302', '401', '404', '241', '0200', '0x10'])
    default:
      return String(chance.int(100_000))
  }
}

const httperrFields = [
  'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename',
  'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename transport',
  'date time c-ip cs-method cs-uri cs-uri-stem sc-status s-reason',
]

export function httperrLog(chance: Chance, rows: number): Buffer {
  const parts: Buffer[] = []
  let fields = ''
  const header = (): void => {
    fields = chance.once(6) ? chance.of(httperrFields) : httperrFields[chance.int(2)]!
    parts.push(Buffer.from(`#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n#Fields: ${fields}\r\n`))
  }
  header()
  let seconds = chance.int(80_000)
  for (let i = 0; i < rows; i++) {
    if (chance.once(60)) header()
    seconds += chance.once(20) ? chance.int(7200) - 300 : chance.int(30)
    const at = new Date(Date.UTC(2021, 2, 3) + Math.max(0, seconds) * 1000).toISOString()
    parts.push(
      odd(
        fields
          .split(' ')
          .map((name) => httperrValue(name, at, chance))
          .join(' '),
        ' ',
        chance,
      ),
    )
  }
  return Buffer.concat(parts)
}

function httperrValue(name: string, at: string, chance: Chance): string {
  if (chance.once(400)) return chance.of(['-', '', 'x y', 'ü'])
  switch (name) {
    case 'cs-uri':
      return chance.once(4)
        ? '-'
        : chance.once(3)
          ? `${chance.of(stems)}?${chance.of(queries)}`
          : '/owa/service.svc?id=1'
    case 'cs-version':
      return chance.of(['HTTP/1.1', 'HTTP/2.0', '-', 'HTTP/x'])
    case 'c-port':
    case 's-port':
    case 'streamid':
    case 's-siteid':
      return chance.once(300) ? 'x' : chance.once(9) ? '-' : String(chance.int(500))
    case 's-reason':
      return chance.of(['Timer_ConnectionIdle', 'BadRequest', 'Connection_Dropped'])
    case 's-queuename':
      return chance.of(['MSExchangeOWAAppPool', '-', 'needle-one'])
    case 'transport':
      return 'TCP'
    default:
      return iisValue(name, at, chance)
  }
}

const proxyFields =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,IsAuthenticated,AuthenticatedUser,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,Method,TargetServer,BackEndCookie,RequestBytes,ResponseBytes,UrlQuery,GenericInfo,GenericErrors'
const ewsFields =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,AuthenticatedUser,UserAgent,ClientIpAddress,ServerHostName,SoapAction,HttpStatus,ResponseSize,ErrorCode,ImpersonatedUser,ActAsUser,GenericInfo'
const trackingFields =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,recipient-address,total-bytes,message-subject,sender-address,original-client-ip,schema-version'
const cmdletFields =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,ProcessId,ProcessName,AuthenticatedUser,ExecutingUserSid,ClientApplication,Cmdlet,Parameters,ErrorType,ExecutionResult,GenericInfo,GenericErrors'
const smtpFields = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context'

const owaFields = 'TimeStamp,ServerName,EventId,EventData'
const rcaFields =
  'date-time,session-id,seq-number,client-name,client-software,client-ip,server-ip,protocol,operation,rpc-status,operation-specific,failures,user-email'

export const exchangeKinds = {
  httpproxy: ['HttpProxy Logs', proxyFields],
  ews: ['EWS Logs', ewsFields],
  tracking: ['Message Tracking Log', trackingFields],
  smtp: ['SMTP Receive Protocol Log', smtpFields],
  cmdlet: ['Rps Cmdlet Logs', cmdletFields],
  send: ['SMTP Send Protocol Log', smtpFields],
  owa: ['OWA Server Log', owaFields],
  rca: ['RPC Client Access Logs', rcaFields],
} as const

export function exchangeLog(chance: Chance, rows: number): Buffer {
  const parts: Buffer[] = []
  const header = (): string[] => {
    const [type, fields] =
      exchangeKinds[
        chance.of([
          ...Object.keys(exchangeKinds),
          'httpproxy',
          'httpproxy',
          'httpproxy',
        ] as (keyof typeof exchangeKinds)[])
      ]
    const bare = chance.once(3) ? `${fields}\r\n` : ''
    const version = chance.of(['15.01.2106.002', '15.01.2106.002', '15.01.2242.004', '15.0.0.0'])
    parts.push(
      Buffer.from(
        `${bare}#Software: Microsoft Exchange Server\r\n#Version: ${version}\r\n#Log-type: ${type}\r\n#Date: 2021-03-03T00:00:00.000Z\r\n#Fields: ${fields}\r\n`,
      ),
    )
    return fields.split(',')
  }
  let fields = header()
  let time = Date.UTC(2021, 2, 3) + chance.int(80_000_000)
  for (let i = 0; i < rows; i++) {
    if (chance.once(60)) fields = header()
    time += chance.once(20) ? chance.int(7_200_000) - 300_000 : chance.int(30_000)
    const at = new Date(time).toISOString()
    const isOfDevice = chance.once(9)
    const valueOf = (name: string): string =>
      (isOfDevice ? ofDevice(name, chance) : null) ?? exchangeValue(name, at, chance)
    parts.push(odd(fields.map((name) => quoted(valueOf(name), chance)).join(','), ',', chance))
  }
  return Buffer.concat(parts)
}

function quoted(value: string, chance: Chance): string {
  if (value.includes('"') && !chance.once(10)) return `"${value.replaceAll('"', '""')}"`
  return (value.includes(',') && !chance.once(40)) || chance.once(25) ? `"${value}"` : value
}

export function exchangeValue(name: string, at: string, chance: Chance): string {
  if (chance.once(500)) return chance.of(['', 'a"b', '"', 'ü', 'x,y', 'a\tb'])
  switch (name) {
    case 'DateTime':
    case 'TimeStamp':
    case 'date-time':
      return chance.once(300) ? chance.of(['', at.slice(0, 19), '2021-02-30T00:00:00.000Z', 'now']) : at
    case 'RequestId':
      return `00000000-0000-4000-8000-${String(chance.int(1e9)).padStart(12, '0')}`
    case 'MajorVersion':
      return '15'
    case 'MinorVersion':
      return '1'
    case 'BuildVersion':
      return chance.once(50) ? '2242' : '2106'
    case 'RevisionVersion':
      return chance.of(['2', '2', '2', '13'])
    case 'Protocol':
      return chance.of(['Owa', 'Owa', 'Ecp', 'Eas', ''])
    case 'UrlStem':
      return chance.once(2) ? chance.of(stems) : '/owa/service.svc'
    case 'UrlQuery':
      return chance.once(3) ? '' : `?${chance.of(queries)}`
    case 'IsAuthenticated':
      return chance.of(['true', 'false', ''])
    case 'AuthenticatedUser':
    case 'ActAsUser':
    case 'sender-address':
      return chance.once(2) ? chance.of(users) : ''
    case 'AnchorMailbox':
      return chance.once(25)
        ? 'ServerInfo~a]@mail01.contoso.example:444/ecp/x.js?#'
        : chance.once(2)
          ? `Smtp~ben${chance.int(50)}@contoso.example`
          : ''
    case 'BackEndCookie':
      return chance.once(40)
        ? 'Server~mail01.contoso.example/ecp/proxyLogon.ecp?x~1942062522'
        : chance.of(['', 'Server~mail01.contoso.example~1941962753'])
    case 'UserAgent':
      return chance.of([...agents, 'Mozilla/5.0 (Windows NT 10.0; like Gecko), x']).replaceAll('+', ' ')
    case 'ClientIpAddress':
    case 'client-ip':
    case 'original-client-ip':
      return chance.once(4) ? `198.51.100.${chance.int(250)}` : chance.of(['', ...clients])
    case 'remote-endpoint':
      return `${chance.of(clients)}:${chance.int(60_000)}`
    case 'ServerHostName':
    case 'ServerName':
    case 'server-hostname':
    case 'TargetServer':
      return chance.of(hosts)
    case 'connector-id':
      return chance.of(['MAIL01\\Default Frontend MAIL01', 'MAIL02\\Relay', ''])
    case 'HttpStatus':
    case 'BackEndStatus':
      return chance.of(['200', '200', '241', '401', '404', ''])
    case 'Method':
      return chance.of(['GET', 'POST'])
    case 'EventData':
      return chance.of([
        `S:PSA=<PII>ben${chance.int(40)}@contoso.example</PII>;S:UC=1;S:ActID=00000000-0000-4000-8000-000000000001`,
        `S:PSA=<PII>ann@contoso.example</PII>;S:user=<PII>ben@contoso.example</PII>;S:MG=${chance.int(9)}`,
        "S:Err=x;'S:ErrInfo=a; ''b''';S:PSA=zoe@contoso.example",
      ])
    case 'operation':
      return chance.of(['OwnerLogon', 'DelegateLogon', 'Connect'])
    case 'operation-specific':
      return chance.of([
        '',
        `Logon: Delegate, /o=Contoso/ou=x/cn=Recipients/cn=0123456789abcdef0123456789abcdef-ben${chance.int(30)} in database MDB01 last mounted on mail01`,
        'Logon: Owner-Remote, /o=Contoso/ou=x/cn=Recipients/cn=ann in database ',
      ])
    case 'Cmdlet':
      return chance.of(['New-SendConnector', 'Get-Mailbox', 'New-MailboxExportRequest', 'Set-OabVirtualDirectory', ''])
    case 'Parameters':
      return chance.of([
        '',
        '-Identity "ann"',
        '-Name "Out 2" -SmartHosts ("192.0.2.9")',
        `-FilePath "\\\\127.0.0.1\\c$\\x.aspx" -Mailbox "ben"`,
      ])
    case 'ErrorType':
      return chance.of(['', '', 'AccessDenied'])
    case 'ExecutionResult':
      return chance.of(['Success', 'success', 'Failure', ''])
    case 'GenericInfo':
    case 'GenericErrors':
    case 'context':
    case 'data':
    case 'message-subject':
      return chance.once(9)
        ? chance.of(['needle-one, two', 'NeEdLe-TwO', 'BeginRequest=1;a=b', ''])
        : `x=${chance.int(1e6)}`
    default:
      return String(chance.int(100_000))
  }
}

/** The same log as other programs would write it: cut off, with a byte order mark, in UTF-16, with CR alone. */
export function written(log: Buffer, seed: number): Buffer {
  if (seed % 5 === 0) return log.subarray(0, log.length - (seed % 40))
  if (seed % 7 === 0) return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), log])
  if (seed % 11 === 0) return Buffer.from(`\ufeff${log.toString('latin1')}`, 'utf16le')
  if (seed % 13 === 0) return Buffer.from(log.toString('latin1').replaceAll('\n', ''), 'latin1')
  return log
}

/** Characters that are no ASCII: such as rules look for, such as change with their case, blanks, and what is no UTF-8. */
const letters = 'ü Ü ш Ш 名 😀 \u212a İ ı ſ ς Σ \u00a0 \u3000 \ufeff \ufffd naïve µü= ¦…'.split(' ')
const borders = ['\u0080', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\u{10ffff}']
const broken = ['ff', 'c0af', 'c181', 'e284', 'e09fbf', 'eda080', 'f08fbfbf', 'f4908080', 'f09f98', '80', 'f5808080']
const wide = letters.concat(borders).map((text) => Buffer.from(text))
const damaged = broken.map((bytes) => Buffer.from(bytes, 'hex'))

/** A line as it is written, now and then with other letters or damaged. */
function odd(row: string, delimiter: string, chance: Chance): Buffer {
  const end = chance.once(3) ? '\n' : '\r\n'
  if (chance.once(8)) {
    const at = chance.int(row.length + 1)
    const more = chance.of(chance.once(5) ? damaged : wide)
    return Buffer.concat([Buffer.from(row.slice(0, at)), more, Buffer.from(row.slice(at) + end)])
  }
  if (!chance.once(60)) return Buffer.from(row + end)
  const at = chance.int(row.length + 1)
  // Zeros make all that was read with them irregular: they are rare.
  switch (chance.once(80) ? 4 : 5 + chance.int(10)) {
    case 11:
      return Buffer.from(row.slice(0, at) + end)
    case 12:
      return Buffer.from(`${row}${delimiter}${delimiter}x${end}`)
    case 13:
      return Buffer.from([...Buffer.from(row), 0xe4, 0xff, ...Buffer.from(end)])
    case 14:
      return Buffer.from(`${row.slice(0, at)}é${row.slice(at)}${end}`)
    case 4:
      return Buffer.concat([Buffer.from(row.slice(0, at)), Buffer.alloc(1 + chance.int(12)), Buffer.from(end)])
    case 5:
      return Buffer.from(`${row.slice(0, at)}"${row.slice(at)}${end}`)
    case 6:
      return Buffer.from(`${row.slice(0, at)}\r${row.slice(at)}${end}`)
    case 7:
      return Buffer.from(`#${row}${end}`)
    case 8:
      return Buffer.from(end)
    case 9:
      return Buffer.from(`${row}${'y'.repeat(chance.once(4) ? 70_000 : 300)}${end}`)
    default:
      return Buffer.from(row.slice(0, at) + end + row.slice(at) + end)
  }
}

/** The makers of all forms of logs, each with a path that such a log has. */
export const forms = [
  ['C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', iisLog],
  ['C/Windows/System32/LogFiles/HTTPERR/httperr1.log', httperrLog],
  ['V15/Logging/HttpProxy/Owa/HttpProxy_2021030300-1.LOG', exchangeLog],
] as const
