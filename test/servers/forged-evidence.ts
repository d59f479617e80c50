import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import type { Damage } from '../core/damage.ts'
import { forgedProxyLog } from './forged-logs.ts'

// Files that would explain the acts of an intruder: other people who use the same page, earlier days of the same, a harmless page of
// the same name, a copy of what a page was compiled to.

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'

/** The date of a time as names of logs have it: `20210303`. */
function dateInName(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '')
}

/** A log in which many people use these pages on many days. */
function usedByPeople(stems: readonly string[], first: number, withNames: boolean, days = 12): Buffer {
  const rows = stems.flatMap((stem) =>
    Array.from({ length: 60 }, (_, i) => {
      const time = new Date(first + (i % days) * DAY + 9 * 3_600_000 + i * 1000).toISOString()
      const user = withNames ? `CONTOSO\\user${i % 12}` : '-'
      return `${time.slice(0, 10)} ${time.slice(11, 19)} 10.0.0.5 ${i % 2 ? 'GET' : 'POST'} ${stem} - 443 ${user} 198.51.100.${20 + (i % 40)} Mozilla/5.0 - 200 0 0 12`
    }),
  )
  return Buffer.from(
    `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${FIELDS}\r\n${rows.join('\r\n')}\r\n`,
  )
}

const folders = [
  'C/Windows/Temp',
  'C/inetpub/wwwroot/logs',
  'C/ProgramData',
  'D/logs/W3SVC1',
  'C/inetpub/logs/LogFiles/W3SVC1',
  'C/inetpub/logs/LogFiles/W3SVC1/old',
]

export function forgedExplanations(whole: Assessment, bytesOf: (path: string) => Buffer | undefined): Damage[] {
  const first = Date.parse(whole.coverage.first!)
  const counting = whole.findings.filter(({ is }) => is === 'yes' || is === 'likely')
  const targets = [...new Set(counting.flatMap(({ target }) => target ?? []))]
  const stems = targets.filter((one) => one.startsWith('/')).map((one) => one.replace(/\?.*/s, ''))
  const pages = targets
    .map((one) => one.replaceAll('\\', '/').replace(/\?.*/s, ''))
    .filter((one) => /\.aspx$/i.test(one))
  const files = [...new Set(counting.flatMap(({ locators }) => locators.map(({ path }) => path)))]
  const plain = Buffer.from('<%@ Page Language="C#" %><html><body>ok</body></html>\n')
  return [
    ...folders.flatMap((folder) =>
      [true, false].map((withNames) => ({
        name: `people in ${folder}, ${withNames ? 'with' : 'without'} names`,
        files: new Map([[`${folder}/u_ex010101.log`, usedByPeople(stems, first, withNames)]]),
      })),
    ),
    {
      name: 'people on days before the logs',
      files: new Map(
        Array.from({ length: stems.length === 0 ? 0 : 7 }, (_, i) => {
          const day = Math.floor(first / DAY) * DAY - (i + 1) * DAY
          const name = dateInName(day).slice(2)
          return [`C/inetpub/logs/LogFiles/W3SVC1/u_ex${name}.log`, usedByPeople(stems, day, true, 1)]
        }),
      ),
    },
    ...['C/Users/Public', 'C/Windows/Temp', 'C/ProgramData/wwwroot', 'D'].map((folder) => ({
      name: `harmless pages in ${folder}`,
      files: new Map(pages.map((page) => [`${folder}/${page.split('/').slice(-2).join('/')}`, plain])),
    })),
    ...['C/Windows/Temp', 'D/copies'].map((folder) => ({
      name: `copies in ${folder}`,
      files: new Map(
        files.flatMap((path) => {
          const bytes = bytesOf(path)
          return bytes === undefined ? [] : [[`${folder}/${path.split('/').at(-1)!}`, bytes] as const]
        }),
      ),
    })),
  ]
}

/** What the findings of a server name, and when they begin. */
export function actsOf(whole: Assessment): {
  readonly clients: readonly string[]
  readonly users: readonly string[]
  readonly from: number
  readonly to: number
  readonly act: number
  readonly times: readonly number[]
} {
  const counting = whole.findings.filter(({ is }) => is === 'yes' || is === 'likely')
  const [from, to] = [Date.parse(whole.coverage.first!), Date.parse(whole.coverage.last!)]
  const times = counting.flatMap(({ first, time }) => first ?? time ?? []).map((time) => Date.parse(time))
  return {
    clients: [...new Set(counting.flatMap(({ client }) => client ?? []))].slice(0, 3),
    users: [...new Set(counting.flatMap(({ user }) => user ?? []))].slice(0, 10),
    from,
    to,
    act: Math.min(to, ...times),
    times,
  }
}

/** A log in which people log on from these addresses; `forwarded`: of whom each asks, as a proxy in front of the server says. */
export function usedByAccounts(
  clients: readonly string[],
  from: number,
  to: number,
  forwarded: boolean,
  count = 2000,
): Buffer {
  const rows = Array.from({ length: count }, (_, i) => {
    const time = new Date(from + ((to - from) * i) / count).toISOString()
    const named = `CONTOSO\\user${i % 40} ${clients[i % clients.length]} Mozilla/5.0+(${i % 60})`
    const hop = forwarded ? ` 203.0.113.${i % 40}` : ''
    return `${time.slice(0, 10)} ${time.slice(11, 19)} 10.0.0.5 GET /owa/ - 443 ${named} - 200 0 0 12${hop}`
  })
  const fields = forwarded ? `${FIELDS} X-Forwarded-For` : FIELDS
  return Buffer.from(
    `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${fields}\r\n${rows.join('\r\n')}\r\n`,
  )
}

/** A log of HttpProxy in which people log on from these addresses at all times, with the columns of one of the server. */
function proxyLog(sample: string, clients: readonly string[], from: number, to: number): Buffer {
  const rows = 2000
  return Buffer.from(
    forgedProxyLog(sample, rows, {
      time: (i) => from + ((to - from) * i) / rows,
      client: (i) => clients[i % clients.length]!,
      user: (i) => `CONTOSO\\user${i % 20}`,
    }),
  )
}

/** Events of Exchange in which an administrator gives rights, and these accounts administer on earlier days. */
export function administered(users: readonly string[], act: number, host: string): Buffer {
  const lines = [12, 9, 6, 3].flatMap((days) =>
    users.flatMap((user) => [
      cmdlet(act - days * DAY, user, 'Set-Mailbox', `-Identity "other${days}" -CustomAttribute1 "x"`, host),
      cmdlet(act - days * DAY, 'Administrator', 'Set-Mailbox', `-Identity "other${days}" -CustomAttribute1 "x"`, host),
      cmdlet(
        act - DAY,
        'Administrator',
        'New-ManagementRoleAssignment',
        `-Role "ApplicationImpersonation" -User "${user}"`,
        host,
      ),
    ]),
  )
  return Buffer.from(`${lines.join('\n')}\n`)
}

/** Events by which the installer was at work when these acts happened. */
export function updates(acts: readonly number[], host: string): Buffer {
  const System = { Provider: { '@Name': 'MsiInstaller' }, EventID: 1033, Channel: 'Application', Computer: host }
  const EventData = { Data: ['Security Update for Exchange Server 2019 (KB5001779)', '15.2', '1033', '0'] }
  const lines = acts.flatMap((act) =>
    [-1, 1].map((side, i) => {
      const TimeCreated = { '@SystemTime': new Date(act + (side * HOUR) / 2).toISOString() }
      return JSON.stringify({ Event: { System: { ...System, EventRecordID: i + 1, TimeCreated }, EventData } })
    }),
  )
  return Buffer.from(`${lines.join('\n')}\n`)
}

function cmdlet(time: number, user: string, name: string, parameters: string, host: string): string {
  const System = {
    Provider: { '@Name': 'MSExchange CmdletLogs' },
    EventID: 1,
    EventRecordID: Math.floor(time / 1000) % 100_000,
    Channel: 'MSExchange Management',
    Computer: host,
    TimeCreated: { '@SystemTime': new Date(time).toISOString() },
  }
  const Data = [
    name,
    parameters,
    user,
    'S-1-5-21-1-2-3-1111',
    '',
    'Remote-PowerShell-Unknown',
    '4444',
    '',
    '21',
    '0',
    '',
  ]
  return JSON.stringify({ Event: { System, EventData: { Data } } })
}

/** An export by which all these are one person. */
function onePerson(users: readonly string[]): Buffer {
  const addresses = users.map((user) => (user.includes('@') ? user : `${user.replace(/^.*\\/, '')}@contoso.example`))
  const all = addresses.map((address) => `smtp:${address}`).join(',')
  const rows = users.map((user, i) => `"${addresses[0]}","SMTP:${addresses[0]},${all}","${user}","${addresses[i]}"`)
  return Buffer.from(
    `"PrimarySmtpAddress","EmailAddresses","SamAccountName","UserPrincipalName"\r\n${rows.join('\r\n')}\r\n`,
  )
}

/** Seven days of all logs of the front end, and thirty of IIS with far more rows than all others, before the first one. */
function frontEndBefore(files: readonly EvidenceFile[], clients: readonly string[], from: number): Damage[] {
  if (clients.length === 0) return []
  const IIS = 'C/inetpub/logs/LogFiles'
  const proxies = new Map(
    files.filter(({ path }) => /\/HttpProxy\//.test(path)).map((file) => [file.path.replace(/[^/]*$/, ''), file]),
  )
  const daysBefore = (count: number): number[] =>
    Array.from({ length: count }, (_, i) => Math.floor(from / DAY) * DAY - (i + 1) * DAY)
  const iis = (day: number, rows: number): [string, Buffer][] =>
    (['W3SVC1', 'W3SVC2'] as const).map((site) => [
      `${IIS}/${site}/u_ex${dateInName(day).slice(2)}.log`,
      usedByAccounts(site === 'W3SVC1' ? clients : ['10.0.0.5'], day, day + DAY, false, rows),
    ])
  const proxy = (day: number): [string, Buffer][] =>
    [...proxies].map(([folder, { bytes }]) => [
      `${folder}HttpProxy_${dateInName(day)}00-1.LOG`,
      proxyLog(bytes.toString('utf8'), clients, day, day + HOUR),
    ])
  return [
    {
      name: 'days of all logs of the front end',
      files: new Map(daysBefore(7).flatMap((day) => [...iis(day, 100), ...proxy(day)])),
    },
    { name: 'days of IIS as of a proxy', files: new Map(daysBefore(30).flatMap((day) => iis(day, 400))) },
  ]
}

/** What is counted of all logs: who logs on from where, who asks most, who administers, and who is who. */
export function forgedCounts(whole: Assessment, files: readonly EvidenceFile[]): Damage[] {
  const { clients, users, from, to, act, times } = actsOf(whole)
  const victims = [...users, ...whole.mailboxes.map(({ mailbox }) => mailbox)]
  const file = (name: string, path: string, bytes: Buffer): Damage => ({ name, files: new Map([[path, bytes]]) })
  const ofProxy = files.find(({ path }) => /\/HttpProxy\/Owa\//.test(path))
  const proxies = ofProxy === undefined || clients.length === 0 ? [] : ['Owa2', 'Owa/old', 'Other']
  const sites = ['C/Tools/W3SVC1', 'C/inetpub/logs/LogFiles/W3SVC1/old', 'C/inetpub/logs/LogFiles/W3SVC7', 'D/logs']
  return [
    ...(clients.length === 0 ? [] : sites).flatMap((folder) =>
      [true, false].flatMap((forwarded) => [
        file(
          `logons at all times in ${folder}, ${forwarded}`,
          `${folder}/u_ex_all.log`,
          usedByAccounts(clients, from, to, forwarded),
        ),
        file(
          `logons before in ${folder}, ${forwarded}`,
          `${folder}/u_ex_old.log`,
          usedByAccounts(clients, Math.max(from, act - 6 * DAY), act - DAY, forwarded),
        ),
      ]),
    ),
    ...['C/Tools/MSExchange Management.jsonl', 'C/Windows/System32/winevt/Logs/MSExchange Management-2.jsonl'].map(
      (path) => file(`orders in ${path}`, path, administered(users, act, whole.server.name)),
    ),
    {
      name: 'days before the logs',
      files: new Map(
        Array.from({ length: clients.length === 0 ? 0 : 7 }, (_, i) => {
          const day = Math.floor(from / DAY) * DAY - (i + 1) * DAY
          const name = dateInName(day).slice(2)
          return [
            `${sites[1]!.replace('/old', '')}/u_ex${name}.log`,
            usedByAccounts(clients, day, day + DAY, false, 100),
          ]
        }),
      ),
    },
    ...frontEndBefore(files, clients, from),
    ...['u_ex%_x.log', 'u_nc%.log'].map((form) => ({
      name: `a whole series ${form}`,
      files: new Map(
        Array.from({ length: clients.length === 0 ? 0 : Math.ceil((to - from) / DAY) }, (_, i) => {
          const day = Math.floor(from / DAY) * DAY + i * DAY
          const name = form.replace('%', dateInName(day).slice(2))
          return [`${sites[1]!.replace('/old', '')}/${name}`, usedByAccounts(clients, day, day + DAY, false, 100)]
        }),
      ),
    })),
    ...proxies.map((folder) =>
      file(
        `a log of HttpProxy in ${folder}`,
        ofProxy!.path.replace(/Owa\/[^/]*$/, `${folder}/HttpProxy_x.LOG`),
        proxyLog(ofProxy!.bytes.toString('utf8'), clients, from, to),
      ),
    ),
    ...['C/Tools/Application.jsonl', 'C/Windows/System32/winevt/Logs/Application-2.jsonl'].map((path) =>
      file(`updates in ${path}`, path, updates(times, whole.server.name)),
    ),
    file('one person', 'C/Tools/mailboxes.csv', onePerson(victims)),
  ]
}

/** Each dated log over again, with another name or in another folder, so that neither is known to be the server's. */
export function secondSeries(files: readonly EvidenceFile[]): Damage[] {
  const logs = files.filter(({ path }) => /(?:\d{6}|\d{8,10}-1)\.log$/i.test(path))
  const named = (to: (path: string) => string, name: string): Damage => ({
    name,
    files: new Map(logs.map(({ path, bytes }) => [to(path), Buffer.concat([bytes, Buffer.from('\r\n')])])),
  })
  return [
    named((path) => `D/${path.slice(2)}`, 'a series on another drive'),
    named((path) => path.replace(/\/([A-Za-z_]+)(\d+)(?:-1)?\.log$/i, '/x$1$2-2.LOG'), 'a series of another form'),
  ]
}

/** Days before the logs in which the account of the intruder is served from his address. */
export function placeBefore(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const { clients, users, from } = actsOf(whole)
  const [name = ''] = users.map((user) => user.replace(/@.*$|^.*\\/g, ''))
  return frontEndBefore(files, clients, from).map((damage) => ({
    ...damage,
    files: new Map(
      [...damage.files].map(([path, bytes]) => [
        path,
        Buffer.from((bytes as Buffer).toString('utf8').replaceAll(/CONTOSO\\user\d+/g, `CONTOSO\\${name}`)),
      ]),
    ),
  }))
}

/** Days after the last one in which the intruder's address sends most requests of the front end. */
export function proxyAfter(whole: Assessment): Damage[] {
  const { clients, to } = actsOf(whole)
  const days = Array.from({ length: 15 }, (_, i) => Math.floor(to / DAY) * DAY + (i + 1) * DAY)
  const files = days.map((day): [string, Buffer] => [
    `C/inetpub/logs/LogFiles/W3SVC1/u_ex${dateInName(day).slice(2)}.log`,
    usedByAccounts(clients, day, day + DAY - HOUR, false, 5000),
  ])
  return clients.length === 0 ? [] : [{ name: 'days as of a proxy after the last one', files: new Map(files) }]
}

/** The day of the act over again, in all dated logs, on ten days before the first one. */
export function actBefore(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const { from, act } = actsOf(whole)
  const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
  const logs = files.filter(({ path }) => new RegExp(`${dateInName(act).slice(2)}[^/]*[.]log$`, 'i').test(path))
  const copies = logs.flatMap(({ path, bytes }) =>
    Array.from({ length: 10 }, (_, i): [string, Buffer] => {
      const day = Math.floor(from / DAY) * DAY - (i + 1) * DAY
      const name = path.replace(dateInName(act).slice(2), dateInName(day).slice(2))
      return [name, Buffer.from(bytes.toString('utf8').replaceAll(dateOf(act), dateOf(day)))]
    }),
  )
  return [{ name: 'the day of the act on days before', files: new Map(copies) }]
}

/** Logs of IMAP by which twenty people read their mail from the addresses of the intruder, on each of the six days before his first act. */
export function imapBefore(whole: Assessment): Damage[] {
  const { clients, act } = actsOf(whole)
  const columns = 'dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context,puid'
  const logOf = (day: number): Buffer => {
    const rows = clients.flatMap((client, n) =>
      Array.from({ length: 20 }, (_, i) => {
        const time = new Date(day + 8 * HOUR + (n * 20 + i) * 60_000).toISOString()
        const session = (day / HOUR + n * 20 + i).toString(16).toUpperCase().padStart(16, '0')
        return `${time},${session},1,10.0.0.5:993,${client}:4${1000 + i},user${i},12,20,30,login,user${i} *****,R=ok,`
      }),
    )
    const head = `#Software: Microsoft Exchange Server\r\n#Log-type: IMAP4 Log\r\n#Fields: ${columns}\r\n`
    return Buffer.from(`${head}${rows.join('\r\n')}\r\n`)
  }
  const folder = 'C/Program Files/Microsoft/Exchange Server/V15/Logging/Imap4'
  const days = Array.from({ length: 6 }, (_, i) => Math.floor(act / DAY) * DAY - (i + 1) * DAY)
  const files = days.map((day): [string, Buffer] => [`${folder}/IMAP4${dateInName(day)}-1.LOG`, logOf(day)])
  return clients.length === 0 ? [] : [{ name: 'logs of IMAP before the act', files: new Map(files) }]
}
