import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Chance } from '../kernel/logs.ts'

/** Chance that also writes numbers and names. */
export class Seeded extends Chance {
  /** The first of a list more often than the last. */
  early<T>(list: readonly T[]): T {
    const x = this.int(1 << 16) / (1 << 16)
    return list[Math.floor(x * x * x * list.length)]!
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits)
      text += this.int(1 << 16)
        .toString(16)
        .padStart(4, '0')
    return text.slice(0, digits)
  }

  guid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-8${this.hex(3)}-${this.hex(12)}`
  }
}

const outlook = 'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.13530;+Pro)'
const START = Date.UTC(2021, 1, 26)
const HOUR = 3_600_000

/** How a service begins new files: each covers `span` (ms), the next begins `every` ms later. */
type Series = {
  readonly name: (time: Date) => string
  readonly header: (time: Date) => string
  readonly perFile: number
  readonly span: number
  readonly every: number
}

/** IIS begins a file each day. */
const IIS = { name: iisName, perFile: 64e6, span: 24 * HOUR, every: 24 * HOUR }

/** People, machines and pages of an invented server. */
function world(random: Seeded) {
  const users = Array.from({ length: 4000 }, (_, i) => ({
    name: `user${i}`,
    device: random.hex(26).toUpperCase(),
    address: `10.${random.int(40)}.${random.int(256)}.${1 + random.int(250)}`,
    homes: Array.from({ length: 2 }, () => [11, 256, 256, 250].map((n) => 1 + random.int(n)).join('.')),
    agent: `Apple-iPhone${6 + random.int(8)}C${1 + random.int(5)}/180${random.int(9)}.${50 + random.int(9)}`,
  }))
  const strangers = Array.from({ length: 12_000 }, () => [11, 256, 256, 250].map((n) => 1 + random.int(n)).join('.'))
  const browsers = Array.from(
    { length: 60 },
    (_, i) =>
      `Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/${80 + (i % 12)}.0.${4100 + i}.${i}+Safari/537.36`,
  )
  const resources = Array.from({ length: 400 }, (_, i) => `/owa/prem/15.1.2106.2/resources/themes/base/images/${i}.png`)
  const odd = ['/wp-login.php', '/.env', '/robots.txt', '/owa/auth/x.js', '/solr/admin/info/system', '/remote/fgt_lang']
  return { users, strangers, browsers, resources, odd }
}

/** Rows that were written, and how many of them were planted: each of these is matched by one rule of every set. */
export type Written = { readonly rows: number; readonly planted: number }

/** What a planted row asks for. */
type Plant = {
  readonly stem: string
  readonly query: string
  readonly agent: string
  readonly user: string
  readonly client: string
}

/** One row in so many is a planted one, and the first of a log is. */
const APART = 50_000

/** Rows that the first rules of `webRules` match, one rule each. */
function plants(): readonly Plant[] {
  const literals = webRules(7).literals
  const plain = { stem: '/owa/', query: 'ID=1', agent: 'Mozilla/5.0', user: '-', client: '192.0.2.77' }
  return [
    { ...plain, query: `x=1&${literals[0]}2` },
    { ...plain, stem: `/aspnet_client${literals[3]}` },
    { ...plain, agent: `Mozilla/5.0+${literals[6]}1.0` },
    { ...plain, query: `${literals[7]}3` },
    { ...plain, client: `${literals[8]}77` },
    { ...plain, query: `${literals[9]}abc` },
    { ...plain, stem: '/ews/exchange.asmx', user: `x${literals[10]}y` },
  ]
}

/** Writes ordinary IIS rows of a mail server into files below a folder, until they are so many bytes. */
export function writeIis(folder: string, bytes: number): Written {
  const random = new Seeded(20_210_301)
  const { users, strangers, browsers, resources, odd } = world(random)
  const header = (time: Date): string =>
    `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${time.toISOString().slice(0, 19).replace('T', ' ')}\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n`
  return write(folder, { ...IIS, header }, bytes, (time, plant) => {
    const at = new Date(time).toISOString()
    const user = random.early(users)
    const tail = `&CorrelationID=<empty>;&cafeReqId=${random.guid()};`
    const stamp = `${at.slice(0, 10)} ${at.slice(11, 19)} 10.0.0.20`
    if (plant)
      return `${stamp} POST ${plant.stem} ${plant.query} 443 ${plant.user} ${plant.client} ${plant.agent} - 200 0 0 31`
    switch (random.int(10)) {
      case 0:
      case 1:
      case 2: {
        const cmd = random.of(['Sync', 'Ping', 'FolderSync', 'SendMail'])
        return `${stamp} POST /Microsoft-Server-ActiveSync/default.eas Cmd=${cmd}&User=CONTOSO%5C${user.name}&DeviceId=${user.device}&DeviceType=iPhone${tail} 443 CONTOSO\\${user.name} ${user.address} ${user.agent} - 200 0 0 ${random.int(9000)}`
      }
      case 3:
      case 4:
        return `${stamp} POST /mapi/emsmdb/ mailboxId=${user.device}@contoso.example${tail} 443 ${random.of([`CONTOSO\\${user.name} ${user.address} ${outlook} - 200`, `CONTOSO\\${user.name} ${user.address} ${outlook} - 200`, `- ${user.address} ${outlook} - 401`])} 0 0 ${random.int(900)}`
      case 5:
      case 6:
        return `${stamp} POST /owa/service.svc action=${random.of(['FindConversation', 'GetItem', 'UpdateItem'])}&EP=1&ID=-${random.int(300)}&AC=1${tail} 443 ${user.name}@contoso.example ${random.of(user.homes)} ${random.early(browsers)} https://mail.contoso.example/owa/ 200 0 0 ${random.int(400)}`
      case 7:
        return `${stamp} GET ${random.of(resources)} - 443 - ${random.early(strangers)} ${random.early(browsers)} https://mail.contoso.example/owa/ ${random.of([200, 304])} 0 0 ${random.int(40)}`
      case 8:
        return `${stamp} POST /EWS/Exchange.asmx ${tail.slice(1)} 443 CONTOSO\\${user.name} ${user.address} ExchangeServicesClient/15.00.0913.015 - 200 0 0 ${random.int(700)}`
      default:
        return random.int(200) === 0
          ? `${stamp} GET ${random.of(odd)} - 443 - ${random.early(strangers)} python-requests/2.25.1 - 404 0 2 ${random.int(40)}`
          : `${stamp} POST /autodiscover/autodiscover.xml ${tail.slice(1)} 443 CONTOSO\\${user.name} ${user.address} Microsoft+Office/16.0 - 200 0 0 ${random.int(90)}`
    }
  })
}

/** Columns of HttpProxy logs of Exchange 2016. */
export const PROXY =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,RoutingStatus'

/** The same for HttpProxy rows of Exchange 2016. */
export function writeHttpProxy(folder: string, bytes: number): Written {
  const random = new Seeded(20_210_302)
  const { users, browsers, resources } = world(random)
  const databases = Array.from({ length: 24 }, () => random.guid())
  const header = (time: Date): string =>
    `${PROXY}\r\n#Software: Microsoft Exchange Server\r\n#Version: 15.01.2106.002\r\n#Log-type: HttpProxy Logs\r\n#Date: ${time.toISOString()}\r\n#Fields: ${PROXY}\r\n`
  const name = (time: Date): string =>
    `Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa/HttpProxy_${time.toISOString().slice(0, 13).replaceAll(/[-T]/g, '')}-1.LOG`
  // A file is one hour, of at most 10 MB: of each six hours the busy one.
  const series = { name, header, perFile: 10e6, span: HOUR, every: 6 * HOUR }
  return write(folder, series, bytes, (time, plant) => {
    const user = random.early(users)
    const database = random.of(databases)
    const [stem, query] = random.int(3)
      ? ['/owa/service.svc', `?action=${random.of(['GetItem', 'FindConversation'])}&EP=1&ID=-${random.int(300)}&AC=1`]
      : [random.of(resources), '']
    const agent = random.early(browsers).replaceAll('+', ' ')
    const n = (): number => random.int(90)
    return [
      new Date(time).toISOString(),
      random.guid(),
      '15,1,2106,2',
      random.guid(),
      'Owa',
      'mail.contoso.example',
      plant?.stem ?? stem,
      ',FBA,true',
      plant?.user ?? `CONTOSO\\${user.name}`,
      '',
      `Smtp~${user.name}@contoso.example`,
      `"${plant?.agent.replaceAll('+', ' ') ?? agent}"`,
      plant?.client ?? random.of(user.homes),
      'MAIL01',
      '200,200,,POST,Proxy',
      'mail01.contoso.example,15.01.2106.000,IntraForest',
      `WindowsIdentity`,
      `Database~${database}~~2021-03-08T04:10:30`,
      ',',
      `${n() * 20},${n() * 200}`,
      `1,,${n()},${n()},,0,,0,,0,${n()},,0,${n() * 9},0,${n()},0,0,${n()},0,${n()},0,0,0,${n()},0,${n()},${n()},${n()},${n()},${n() * 9},`,
      plant?.query ?? query,
      '',
      `BeginRequest=2021-02-26T00:00:01.${n()}Z;CorrelationID=<empty>;ProxyState-Run=None;DownLevelTargetHash=0/0/1;ClientAccessServer=mail01.contoso.example;ResolveCasLatency=0;FEAuth=BEVersion-1942062522;ProxyToDownLevel=False;RoutingEntry=DatabaseGuid:${database}%40contoso.example Server:mail01.contoso.example+1942062522@0;BeginGetResponse=2021-02-26T00:00:01.${n()}Z;OnResponseReady=2021-02-26T00:00:01.${n()}Z;EndGetResponse=2021-02-26T00:00:01.${n()}Z;I32:ADS.C[DC01]=1;F:ADS.AL[DC01]=1.${n()}`,
      '',
      '',
      database,
      random.guid(),
      ',',
    ].join(',')
  })
}

/** A column with another value in every row. */
export type UniqueColumn = 'agent' | 'client' | 'user' | 'referer'

/** IIS rows with an identifier of their own in each query and, of one row in nine, in the path; also in another column. */
export function writeUnique(folder: string, bytes: number, column?: UniqueColumn): Written {
  const random = new Seeded(20_210_305)
  const { users, browsers } = world(random)
  const header = (): string =>
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n'
  const written = write(folder, { ...IIS, header }, bytes, (time) => {
    const at = new Date(time).toISOString()
    const user = random.early(users)
    const tail = `&CorrelationID=<empty>;&cafeReqId=${random.guid()};`
    const [method, stem, query] =
      random.int(9) === 0
        ? ['GET', `/oab/${random.guid()}/oab.xml`, tail.slice(1)]
        : ['POST', random.of(['/mapi/emsmdb/', '/owa/service.svc', '/EWS/Exchange.asmx']), `EP=1${tail}`]
    const own = {
      user: `CONTOSO\\${user.name}`,
      client: user.address,
      agent: random.early(browsers),
      referer: '-',
      ...(column === undefined ? {} : { [column]: uniqueValue(column, random) }),
    }
    return `${at.slice(0, 10)} ${at.slice(11, 19)} 10.0.0.20 ${method} ${stem} ${query} 443 ${own.user} ${own.client} ${own.agent} ${own.referer} 200 0 0 ${random.int(900)}`
  })
  return { ...written, planted: 0 }
}

function uniqueValue(column: UniqueColumn, random: Seeded): string {
  switch (column) {
    case 'agent':
      return `Mozilla/5.0+(Windows+NT+10.0;+${random.guid()})+Chrome/80.0`
    case 'client':
      return [0, 0, 0, 0].map(() => 1 + random.int(220)).join('.')
    case 'user':
      return `CONTOSO\\u${random.guid().slice(0, 13)}`
    case 'referer':
      return `https://mail.contoso.example/owa/?id=${random.guid()}`
  }
}

/** IIS rows of which each has a user and a client program of its own, or an address, or shares them with many others. */
export function writeDistinct(folder: string, rows: number, own: 'nothing' | 'names' | 'address'): Written {
  const header = (): string =>
    '#Fields: date time cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n'
  let row = 0
  const make = (time: number): string => {
    const at = new Date(time).toISOString()
    const shared = (row * 7919) % 5000
    // Both are of the same width in all rows.
    const number = String(own === 'names' ? row : shared).padStart(9, '0')
    const address = [1e6, 1e4, 100, 1]
      .map((n) => 100 + (Math.floor((own === 'address' ? row : shared) / n) % 100))
      .join('.')
    row++
    return `${at.slice(0, 10)} ${at.slice(11, 19)} POST /owa/service.svc action=GetItem 443 user${number} ${address} Client/${number}+(Windows+NT+10.0) 200`
  }
  const width = make(START).length + 2
  row = 0
  return { ...write(folder, { ...IIS, header }, rows * width, make), planted: 0 }
}

function iisName(time: Date): string {
  return `inetpub/logs/LogFiles/W3SVC1/u_ex${time.toISOString().slice(2, 10).replaceAll('-', '')}.log`
}

function write(
  folder: string,
  { name, header, perFile, span, every }: Series,
  bytes: number,
  row: (time: number, plant: Plant | null) => string,
): Written {
  const all = plants()
  let [rows, planted] = [0, 0]
  for (let start = START, left = bytes; left > 0; start += every) {
    const begin = new Date(start)
    const path = join(folder, 'C', name(begin))
    mkdirSync(dirname(path), { recursive: true })
    const out = openSync(path, 'w')
    let text = header(begin)
    let written = 0
    for (const most = Math.min(left, perFile); written + text.length < most; rows++) {
      const plant = rows % APART === 0 ? all[planted++ % all.length]! : null
      text += `${row(start + Math.floor((span * (written + text.length)) / perFile), plant)}\r\n`
      if (text.length > 1e6) {
        written += writeSync(out, text)
        text = ''
      }
    }
    left -= written + writeSync(out, text)
    closeSync(out)
  }
  return { rows, planted }
}

/** What names in public rules are made of: programs, folders, parameters and products. */
const WORDS =
  'access account admin agent api app archive audit auth backup base beacon bin bit bootstrap box cache capture cert chain check client cloud cmd code com command config connect console contact control copy core crypt data debug default delete deploy desktop detect dev dialog diag direct disk dispatch dns domain download driver drop dump dynamic edit elevate encode engine enum escape event exchange exec explorer export extract fetch file filter find firewall folder form forward frame ftp gate gateway generic get global grab group guard handler harvest hash heap help hidden hive home hook host html http image import index info init inject input install invoke item java job join kerberos kernel key kill label lateral launch ldap license link list load local lock log logon mail manage map mask media memory message meta method micro mimi mini miner mirror mode module monitor mount move name native net node note object office open option order outlook pack page panel param pass patch path payload ping pipe plugin policy pool port post power print privilege probe process profile proxy pull push query queue quick raw read recon record recover registry relay remote render replay report request reset resource restore result reverse root route rule run sam scan schedule script search secure select send server service session set shadow share shell sid sign sleep snap socket source spool spray spy sql stage start state stealth storage stream sync sys system table tamper target task team temp template test thread ticket token tool trace transfer trust tunnel update upload user util value vault version view virtual volume watch web win wmi work worm write zip zone'.split(
    ' ',
  )
/** What stands in ordinary rows, in small letters: no rule is asked for it. */
const ORDINARY =
  'post get cmd=sync&user=contoso cmd=ping&user cmd=foldersync&user cmd=sendmail&user &deviceid= &devicetype=iphone &correlationid=<empty>;&cafereqid= mailboxid= @contoso.example action=findconversation&ep=1&id=- action=getitem action=updateitem &ac=1& /microsoft-server-activesync/default.eas /mapi/emsmdb/ /owa/service.svc /owa/prem/15.1.2106.2/resources/themes/base/images/0.png /ews/exchange.asmx /autodiscover/autodiscover.xml https://mail.contoso.example/owa/ mail01.contoso.example mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/80.0.4100.0 safari/537.36 microsoft office/16.0 (windows nt 10.0; microsoft outlook 16.0.13530; pro) exchangeservicesclient/15.00.0913.015 apple-iphone python-requests /wp-login.php /.env /robots.txt /owa/auth/x.js /solr/admin/info/system /remote/fgt_lang httpproxy owa windowsidentity database~ beginrequest= correlationid=<empty>;proxystate-run=none;downleveltargethash=0/0/1;clientaccessserver=mail01;resolvecaslatency=0;feauth=beversion-;proxytodownlevel=false;routingentry=databaseguid: server:mail01 begingetresponse= onresponseready= endgetresponse= ;i32:ads.c[dc01]=1;f:ads.al[dc01]=1. intraforest fba,true 200,200,,post,proxy'
const ENDS = 'exe dll sys ps1 psd1 bat cmd vbs js hta aspx asp php jsp ashx cgi py sh dat tmp zip rar 7z iso lnk'.split(
  ' ',
)
const ZONES = 'com net org info xyz top club site online icu pw tk ml ga cf gq work live'.split(' ')

/**
 * Rules as the public ones for web servers are: lists of texts in the stem, the query, the agent and the name of a user,
 * addresses, a regular expression in twenty, and some of which every part is ordinary. `literals`: the texts of all rules
 * that a search for texts would be given, so without those that most rows hold (`/owa/`, `POST`).
 */
export function webRules(count: number): { readonly rules: readonly string[]; readonly literals: readonly string[] } {
  const random = new Seeded(7)
  const literals: string[] = []
  const word = (): string => random.of(WORDS)
  const name = (): string =>
    random.of([
      () => word() + word(),
      () => `${word()}-${word()}`,
      () => word() + random.int(100),
      () => `${word()}_${word()}`,
      () => word() + word() + word(),
    ])()
  const end = (): string => random.of(ENDS)
  /** The first rules have texts that may stand in a row as they are: they are planted. */
  let isPlain = true
  const own = (make: () => string): string => {
    let made = isPlain ? `zzqx-${random.hex(8)}` : make()
    while (ORDINARY.includes(made)) made = make()
    literals.push(made)
    return made
  }
  /** As public rules have them: nine in ten have more than six characters, more than half at least 14. */
  const text = (): string =>
    own(() =>
      random.of([
        () => `\\${name()}.${end()}`,
        () => `\\${name()}.${end()}`,
        () => `${random.of(['imphash', 'md5'])}=${random.hex(32)}`,
        () => `sha1=${random.hex(40)}`,
        () => `${name()}.${random.of(ZONES)}`,
        () => `${name()} -${word()} `,
        () => `${word()} /${word()}:`,
        () => `\\windows\\${name()}\\`,
        () => `\\appdata\\${random.of(['local', 'roaming', 'local\\temp'])}\\${name()}`,
        () => `system.${word()}.${word()}${word()}.${name()}`,
        () => `${random.of(['get', 'invoke', 'new', 'set'])}-${name()}`,
        () => `/${word()}/${name()}.${end()}?${word()}=`,
        () => `/${word()}/${word()}/${name()}`,
        () =>
          `mozilla/5.0 (windows nt ${5 + random.int(6)}.${random.int(4)}; ${word()}) ${name()}/${random.int(99)}.${random.int(9)}`,
        () =>
          `mozilla/4.0 (compatible; msie ${5 + random.int(6)}.0; windows nt ${5 + random.int(2)}.${random.int(4)}; ${name()})`,
        () => `${name()}/${random.int(9)}.${random.int(9)}`,
        () => `${word()}=${word()}`,
        () => `%${random.hex(2)}${name()}(`,
        () => random.hex(8 + random.int(16)),
        () => name(),
        () => `.${random.of(ENDS)} `,
        () => `${word()}s`,
      ])(),
    )
  const page = (): string =>
    own(() => `${random.of(['/', ''])}${name()}${random.of(['.aspx', '.php', '.js', '.ashx', '.jsp', ''])}`)
  const list = (values: readonly string[]): string =>
    values.map((value) => `\n            - '${value.replaceAll('?', '\\?')}'`).join('')
  const several = (make: () => string, n: number): string => list(Array.from({ length: n }, make))
  const one = (...lines: string[]): string =>
    `    a:\n${lines.map((line) => `        ${line}\n`).join('')}    condition: a`
  const forms: readonly (readonly [share: number, make: () => string])[] = [
    [35, () => one(`cs-uri-query|contains:${several(text, 3)}`)],
    [20, () => one(`cs-uri-stem|${random.of(['endswith', 'contains'])}:${several(page, 2)}`, 'sc-status: 200')],
    [15, () => one(`cs-user-agent|contains:${several(text, 2)}`, 'cs-method: POST')],
    [
      10,
      () =>
        one(
          `cs-uri-query|contains:${several(text, 1)}`,
          `cs-uri-stem|contains:${list(['/owa/', '/ecp/', '/autodiscover/'])}`,
          `cs-method:${list(['GET', 'POST'])}`,
        ),
    ],
    [
      8,
      () => {
        const network = `${[210, 255, 255].map((n, i) => (i === 0 ? 12 : 1) + random.int(n)).join('.')}.`
        literals.push(network)
        return one(`c-ip|startswith: '${network}'`, 'cs-method: POST')
      },
    ],
    [5, () => one(`cs-uri-query|re: '${text().replace(/[^\w ]/g, '\\$&')}[a-z0-9]{2,8}'`)],
    [
      3,
      () => one(`cs-username|contains:${several(text, 1)}`, `cs-uri-stem|contains:${list(['/ews/', '/powershell'])}`),
    ],
    [
      2,
      () =>
        one(
          `cs-uri-stem|startswith:${list(['/owa/auth/', '/ecp/', '/aspnet_client/'])}`,
          `cs-uri-stem|endswith:${list(['.aspx', '.js', '.ashx'])}`,
          'cs-method: POST',
          `cs-uri-query|contains:${several(text, 1)}`,
        ),
    ],
    // Of these every part is ordinary, and rare only together.
    [1, () => one('cs-method: POST', 'sc-status: 500', `cs-uri-stem|contains: '/ecp/'`)],
    [1, () => one(`cs-uri-query|contains: 'DeviceId='`, `cs-user-agent|contains:${several(text, 1)}`)],
  ]
  const drawn = forms.flatMap(([share, make]) => Array.from({ length: share }, () => make))
  const rules = Array.from({ length: count }, (_, i) => {
    isPlain = i < forms.length
    const make = isPlain ? forms[i]![1] : random.of(drawn)
    return `title: Rule ${i}\nid: bench-web-${i}\nlogsource:\n    category: webserver\ndetection:\n${make()}\nlevel: medium\n`
  })
  return { rules, literals: [...new Set(literals)] }
}
