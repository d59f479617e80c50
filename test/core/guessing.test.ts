import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Devices } from '../../src/activity/devices.ts'
import { type AtForm, guessingIn, isManyAccounts } from '../../src/activity/guessing.ts'
import { Identities } from '../../src/activity/identities.ts'
import { countedLogon, logonOfEvent } from '../../src/activity/logon-events.ts'
import { KnownOrigins } from '../../src/activity/known-origins.ts'
import { Logons } from '../../src/activity/logons.ts'
import type { MailUse } from '../../src/activity/mailbox-use.ts'
import { FileRequests } from '../../src/activity/requests.ts'
import type { Event } from '../../src/model/event.ts'
import { deviceOf } from '../../src/parsers/exchange/active-sync.ts'

// Guessing is ten accounts, or one account fifty times, refused from one origin; and what success after it comes to.

const DAY = 86_400_000
const HOUR = DAY / 24
const MINUTE = HOUR / 60
const T = Date.parse('2026-06-09T02:00:00Z')
const OUTSIDE = '203.0.113.7'
let offset = 0

type Row = {
  readonly user: string
  readonly client?: string
  readonly status?: number
  readonly win32?: number
  readonly time?: number
  readonly path?: string
  readonly query?: string
  readonly agent?: string
  /** X-Forwarded-For. */
  readonly forwarded?: string
  readonly snippet?: true
}

/** A row of IIS. */
function row({
  user,
  client = OUTSIDE,
  status = 401,
  win32 = 1326,
  time = T,
  path = '/ews/exchange.asmx',
  ...rest
}: Row): Event {
  const fields = {
    'cs-username': user,
    'sc-status': status,
    'sc-win32-status': status === 401 ? win32 : 0,
    'cs-uri-stem': path,
    'cs-uri-query': rest.query ?? null,
    'cs-user-agent': rest.agent ?? 'Mozilla/5.0',
    ...(rest.forwarded === undefined ? {} : { 'x-forwarded-for': rest.forwarded }),
  }
  return {
    log: 'iis-frontend',
    time,
    fields,
    client,
    at: { path: 'x.log', offset: offset++, length: 1 },
  } as unknown as Event
}

/** What a program opened. */
type Opened = {
  readonly mailbox: string
  readonly client: string
  readonly agent: string
  readonly actor: string | null
  readonly day: number
}

type Result = { readonly guessed: readonly string[]; readonly targeted: boolean; readonly successes: readonly string[] }
type More = {
  readonly proxies?: readonly string[]
  readonly forms?: readonly AtForm[]
  readonly opened?: readonly Opened[]
  /** Rows of logs beside the series of the server. */
  readonly beside?: readonly Event[]
}

/** What rows come to: the same whether each day is a file, or all of them lie in one. */
function resultOf(rows: readonly Event[], more: More = {}): Result {
  const result = resultIn(rows, more, false)
  assert.deepEqual(resultIn(rows, more, true), result, 'all days in one file')
  return result
}

function resultIn(rows: readonly Event[], more: More, isOneFile: boolean): Result {
  const [logons, devices] = [new Logons(), new Devices()]
  const together = new FileRequests()
  for (const [day, own] of Map.groupBy(rows, ({ time }) => Math.floor(time! / DAY))) {
    const file = new FileRequests()
    for (const event of own) {
      const { fields, client, log, time, at } = event
      const logon = countedLogon(event)
      if (logon !== null) file.addLogon(logon, time!, at)
      const device = log === 'iis-frontend' ? deviceOf(fields, client, log) : null
      if (device !== null) file.addDevice(device, time!, at)
    }
    for (const event of isOneFile ? own : []) {
      const logon = countedLogon(event)
      if (logon !== null) together.addLogon(logon, event.time!, event.at)
    }
    if (!isOneFile) logons.addFile(file.logons.tally() ?? undefined, `${day}.log`, `sha ${day}`, ['iis-frontend'])
    devices.addFile(file.devices.tally() ?? undefined, `${day}.log`, `sha ${day}`)
  }
  if (isOneFile) logons.addFile(together.logons.tally() ?? undefined, 'all.log', 'sha all', ['iis-frontend'])
  const beside = new FileRequests()
  for (const event of more.beside ?? []) beside.addLogon(countedLogon(event)!, event.time!, event.at)
  logons.addFile(beside.logons.tally() ?? undefined, 'beside.log', 'sha beside', ['iis-frontend'], true)
  const proxies = new Set([...(more.proxies ?? []), ...logons.forwarders()])
  logons.reveal(proxies)
  const identities = new Identities()
  const { guessed, successes } = guessingIn({
    logons,
    devices,
    identities,
    knownOrigins: new KnownOrigins(logons, identities),
    proxies,
    forms: more.forms ?? [],
    mail: { uses: () => (more.opened ?? []).values() as ReturnType<MailUse['uses']> },
  })
  return {
    guessed: guessed.map(({ kind, accounts }) => `${kind} ${accounts.size}`),
    targeted: guessed.some(isManyAccounts),
    successes: successes.map(({ user, grade }) => `${user} ${grade}`),
  }
}

const users = (count: number, more: Partial<Row> = {}): Event[] =>
  Array.from({ length: count }, (_, i) => row({ user: `user${i}`, time: T + i * 5_000, ...more }))
const served = (user: string, more: Partial<Row> = {}): Event => row({ user, status: 200, time: T + DAY / 4, ...more })
const times = (count: number, more: Partial<Row> = {}): Event[] =>
  Array.from({ length: count }, (_, i) => row({ user: 'ann', time: T + i * 5_000, ...more }))

test('Ten accounts refused from one address are guessing, and nine are none', () => {
  assert.deepEqual(resultOf(users(10)), { guessed: ['address 10'], targeted: true, successes: [] })
  assert.deepEqual(resultOf(users(9)), { guessed: [], targeted: false, successes: [] })
})

test('A stranger outside that opens at most a third of the accounts is certain; more than a third is not', () => {
  assert.deepEqual(resultOf([...users(12), served('user3')]).successes, ['user3 decisive'])
  assert.deepEqual(resultOf([...users(12), ...[1, 2, 3, 4].map((i) => served(`user${i}`))]).successes.length, 4)
  const many = resultOf([...users(12), ...[1, 2, 3, 4, 5].map((i) => served(`user${i}`))])
  assert.ok(many.successes.every((one) => one.endsWith('strong')))
})

test('Accounts that only logs beside the series have there are not among those that it opened', () => {
  const beside = [1, 2, 4, 5, 6].map((i) => served(`user${i}`))
  const { successes } = resultOf([...users(12), served('user3')], { beside })
  assert.ok(successes.includes('user3 decisive'))
})

test('An address inside, and one that served accounts before, are never certain', () => {
  assert.deepEqual(
    resultOf([...users(12, { client: '10.1.2.3' }), served('user3', { client: '10.1.2.3' })]).successes,
    ['user3 strong'],
  )
  const before = served('other', { time: T - DAY })
  assert.deepEqual(resultOf([before, ...users(12), served('user3')]).successes, ['user3 strong'])
})

test('One account fifty times is guessing, and forty-nine times is none', () => {
  assert.deepEqual(resultOf([...times(50), served('ann')]), {
    guessed: ['address 1'],
    targeted: false,
    successes: ['ann strong'],
  })
  assert.deepEqual(resultOf([...times(49), served('ann')]).successes, [])
})

test('Of one account fifty times, only that account is opened by it', () => {
  assert.deepEqual(resultOf([...times(60), served('bob')]).successes, [])
})

test('Three accounts fifty times each are enough to be targeted', () => {
  const three = ['ann', 'bob', 'cid'].flatMap((user) => times(50, { user }))
  assert.equal(resultOf(three).targeted, true)
  assert.equal(resultOf(times(60)).targeted, false)
})

test('A handshake, and a password that expired or must be changed, are no refusals', () => {
  const handshakes = users(12).flatMap((event) => [
    event,
    { ...served(String(event.fields['cs-username'])), time: event.time! + 500 },
  ])
  assert.deepEqual(resultOf(handshakes).guessed, [])
  assert.deepEqual(resultOf(users(12, { win32: 1330 })).guessed, [])
  assert.deepEqual(resultOf(users(12, { win32: 1907 })).guessed, [])
})

test('A telephone that one account uses is its own; one device for ten accounts is an attacker’s', () => {
  const path = '/Microsoft-Server-ActiveSync/default.eas'
  assert.deepEqual(resultOf(times(400, { path, query: 'Cmd=Sync&DeviceId=A1' })).guessed, [])
  const device = { path, query: 'Cmd=Sync&DeviceId=B2' }
  const sprayed = users(10, device).map((event, i) => ({ ...event, client: `198.51.100.${i}` }))
  const opened = { ...served('user3', device), client: '192.0.2.9' }
  assert.deepEqual(resultOf([...sprayed, opened]), {
    guessed: ['device 10'],
    targeted: true,
    successes: ['user3 decisive'],
  })
})

test('Addresses of one network, or of one program on a day far above others, are one origin', () => {
  const network = users(12).map((event, i) => ({ ...event, client: `203.0.113.${i}` }))
  assert.deepEqual(resultOf(network).guessed, ['network 12'])
  const spread = (day: number, count: number): Event[] =>
    users(count, { agent: 'sprayer/1.0' }).map((event, i) => ({
      ...event,
      time: event.time! + day * DAY,
      client: `${60 + i}.${day}.1.9`,
    }))
  assert.deepEqual(resultOf(spread(1, 12)).guessed, ['tool 12'])
  assert.deepEqual(resultOf([1, 2, 3, 4, 5].flatMap((day) => spread(day, 12))).guessed, [])
})

test('Guessing that goes on for days is far above the days before it; programs with an old password try it all the time', () => {
  const spread = (day: number, tries: number): Event[] =>
    Array.from({ length: tries }, (_, i) =>
      users(12, { agent: 'sprayer/1.0' }).map((event, j) => ({
        ...event,
        time: event.time! + day * DAY + i * 10 * MINUTE,
        client: `${60 + j}.${day}.1.9`,
      })),
    ).flat()
  const work = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => served('x', { client: '198.51.100.9', time: T + day * DAY }))
  const days = (tries: number, ...own: readonly number[]): readonly string[] =>
    resultOf([...work, ...own.flatMap((day) => spread(day, tries))]).guessed
  assert.deepEqual(days(1, 5, 6, 7, 8), ['tool 12', 'tool 12', 'tool 12', 'tool 12'])
  assert.deepEqual(days(9, 5, 6, 7, 8), [])
  assert.deepEqual(days(1, 2, 3, 4, 5, 6, 7, 8), [])
})

test('An account that the guessing program opens from elsewhere was guessed by it, unless the program opened mail on days before', () => {
  const spread = users(12).map((event, i) => ({ ...event, client: `198.51.${i}.7` }))
  const before = served('user3', { time: T - 4 * DAY, client: '192.0.2.44' })
  const rows = [before, ...spread, served('user3', { client: '203.0.113.9' })]
  const opened = (day: number, client: string): Opened => ({
    mailbox: 'user3',
    client,
    agent: 'Mozilla/5.0',
    actor: null,
    day: Math.floor(T / DAY) + day,
  })
  const gradeOf = (...all: readonly Opened[]): readonly string[] => resultOf(rows, { opened: all }).successes
  assert.deepEqual(gradeOf(), ['user3 weak'])
  assert.deepEqual(gradeOf(opened(0, '203.0.113.9')), ['user3 strong'])
  assert.deepEqual(gradeOf({ ...opened(0, '203.0.113.9'), agent: 'curl/8' }), ['user3 weak'])
  assert.deepEqual(gradeOf(opened(0, '203.0.113.9'), opened(-2, '192.0.2.44')), ['user3 weak'])
})

test('A machine inside that is refused for one account alone is its own', () => {
  assert.deepEqual(resultOf(times(300, { client: '10.1.2.60' })).guessed, [])
})

test('People who mistype behind one address get in soon', () => {
  const right = users(12).map((event) => ({
    ...served(String(event.fields['cs-username'])),
    time: event.time! + 120_000,
  }))
  assert.deepEqual(resultOf([...users(12), ...right]).guessed, [])
})

test('A user of the first day who is refused again and again, and served in between, was not guessed', () => {
  const day = times(60, { time: T }).map((event, i) => ({ ...event, time: T + i * 10 * MINUTE }))
  const between = Array.from({ length: 50 }, (_, i) => served('ann', { time: T + (12 * i + 8) * MINUTE }))
  assert.deepEqual(resultOf([...day, ...between]).guessed, [])
  assert.deepEqual(resultOf([...day, served('ann', { time: T + 599 * MINUTE })]).guessed, ['address 1'])
})

test('A program of users is as often refused on the first day of the logs as later, when they are known at home', () => {
  const at = (i: number): string => `198.51.${i}.7`
  const agent = 'Microsoft Outlook 16.0'
  const usersOf = (day: number): Event[] =>
    Array.from({ length: 40 }, (_, i) => [
      row({ user: `user${i}`, client: at(i), agent, time: T + day * DAY + i * MINUTE }),
      served(`user${i}`, { client: at(i), time: T + day * DAY + 5 * HOUR }),
    ]).flat()
  assert.deepEqual(resultOf([0, 1, 2, 3].flatMap(usersOf)).guessed, [])
  const guessed = Array.from({ length: 40 }, (_, i) =>
    row({ user: `user${i}`, client: at(100 + i), agent, time: T + 3 * DAY + i * MINUTE }),
  )
  assert.deepEqual(resultOf([...[0, 1, 2, 3].flatMap(usersOf), ...guessed]).guessed, ['tool 40'])
})

test('An address from which other accounts log on on other days is explained', () => {
  const staff = [1, 2, 3].flatMap((day) => ['x', 'y', 'z'].map((user) => served(user, { time: T - day * DAY })))
  assert.equal(resultOf([...staff, ...users(12)]).targeted, false)
  assert.equal(resultOf([...staff.slice(0, 2), ...users(12)]).targeted, true)
})

test('Where clients are hidden, only fifty refusals of one account count', () => {
  const proxies = [OUTSIDE]
  assert.deepEqual(resultOf(users(30), { proxies }).guessed, [])
  assert.deepEqual(resultOf(times(50), { proxies }).guessed, ['hidden 1'])
})

const BALANCER = '10.0.0.5'
/** Ten people at work on three days, through a balancer that names them. */
const atWork = Array.from({ length: 90 }, (_, i) =>
  row({
    user: `colleague${i % 10}`,
    status: 200,
    client: BALANCER,
    forwarded: `198.51.100.${i % 10}`,
    time: T - DAY + Math.floor(i / 30) * DAY,
  }),
)

test('Behind a balancer that sends X-Forwarded-For the client is whom it names last', () => {
  const behind = { client: BALANCER, forwarded: OUTSIDE }
  const result = { guessed: ['address 12'], targeted: true, successes: ['user3 decisive'] }
  assert.deepEqual(resultOf([...atWork, ...users(12, behind), served('user3', behind)]), result)
  // What stands before it the client has sent itself.
  const forged = Array.from({ length: 12 }, (_, i) =>
    row({ user: `user${i}`, ...behind, forwarded: `192.0.2.${i},+${OUTSIDE}:443`, time: T + i * 5_000 }),
  )
  assert.deepEqual(resultOf([...atWork, ...forged, served('user3', behind)]), result)
})

test('Who connects without the balancer is the client, whatever the header says', () => {
  const forged = Array.from({ length: 12 }, (_, i) =>
    row({ user: `user${i}`, forwarded: `192.0.2.${i}`, time: T + i * 5_000 }),
  )
  assert.deepEqual(resultOf([...atWork, ...forged]).guessed, ['address 12'])
  // Nor does sending most of all logons make a proxy of one who is refused.
  const many = Array.from({ length: 1_000 }, (_, i) =>
    row({ user: `user${i}`, client: '10.0.0.66', forwarded: `192.0.2.${i % 200}`, time: T + i * 50 }),
  )
  assert.deepEqual(resultOf([...atWork, ...many]).guessed, ['address 1000'])
})

test('A table of events shows guessing, and explains none that other logs show', () => {
  const inTable = (user: string, id: number, time: number): Event =>
    ({
      ...row({ user, time }),
      log: 'windows-security',
      snippet: true,
      fields: { EventID: id, TargetUserName: user, LogonType: 10 },
    }) as Event
  const refused = Array.from({ length: 10 }, (_, i) => inTable(`user${i}`, 4625, T + i * 5_000))
  assert.deepEqual(resultOf([...refused, inTable('user3', 4624, T + DAY / 4)]).successes, ['user3 decisive'])
  const before = ['eve', 'bob', 'joe'].map((user) => inTable(user, 4624, T - 2 * DAY))
  assert.equal(resultOf([...before, ...users(12)]).targeted, true)
  assert.equal(resultOf([...before, ...refused]).targeted, false)
})

test('A guessed account that is served from a network that was new, within a day, is a weak sign', () => {
  const elsewhere = served('user3', { client: '192.0.2.9' })
  assert.deepEqual(resultOf([...users(12), elsewhere]).successes, ['user3 weak'])
  assert.deepEqual(
    resultOf([served('bob', { client: '192.0.2.8', time: T - 3 * DAY }), ...users(12), elsewhere]).successes,
    [],
  )
  assert.deepEqual(resultOf([...users(12), { ...elsewhere, time: T + 3 * DAY }]).successes, [])
})

test('Twenty refusals at a form, then a success, are strong; sixty are as many as three accounts', () => {
  const form = (count: number): AtForm => ({
    client: OUTSIDE,
    times: count,
    first: T,
    last: T + 3_600_000,
    row: { log: 'iis-frontend', at: { path: 'x.log', offset: 0, length: 1 }, sha256: 'x', time: T },
  })
  assert.deepEqual(resultOf([served('ann')], { forms: [form(20)] }), {
    guessed: ['form 0'],
    targeted: false,
    successes: ['ann strong'],
  })
  assert.equal(resultOf([], { forms: [form(60)] }).targeted, true)
  assert.deepEqual(resultOf([served('ann')], { forms: [form(19)] }).successes, [])
})

test('Logons of SMTP, IMAP, POP and Windows are read from their rows', () => {
  const of = (log: string, fields: object, client: string | null = OUTSIDE): string | null => {
    const value = logonOfEvent({ log, fields, client } as unknown as Event)?.value ?? null
    return value === null ? null : value.split('\0').join(' ')
  }
  assert.equal(
    of('smtp-receive', { context: 'User Name: ann@contoso.example', ClientIP: OUTSIDE }),
    `ann@contoso.example ${OUTSIDE}  17`,
  )
  assert.equal(of('smtp-receive', { context: 'User Name: NULL', ClientIP: OUTSIDE }), null)
  assert.equal(
    of('smtp-receive', { context: 'authenticated', data: 'CONTOSO\\ann', ClientIP: OUTSIDE }),
    `contoso\\ann ${OUTSIDE}  16`,
  )
  assert.equal(of('smtp-receive', { context: 'authenticated', data: 'CONTOSO\\MAIL02$', ClientIP: OUTSIDE }), null)
  const audit = (party: string, result: string): object => ({
    EventID: 1200,
    Data_1: `<AuditBase><AuditResult>${result}</AuditResult><RelyingParty>${party}</RelyingParty><UserId>CONTOSO\\ann</UserId></AuditBase>`,
  })
  const token = (party: string, result = 'Success'): string | null =>
    logonOfEvent({ log: 'windows-security', fields: audit(party, result), client: null, time: 86_400_000 * 9 } as never)
      ?.value ?? null
  assert.equal(token('urn:federation:MicrosoftOnline'), 'contoso\\ann\0\x009\x00128')
  const inTable = { log: 'windows-security', fields: audit('urn:federation:MicrosoftOnline', 'Success'), snippet: true }
  assert.equal(
    logonOfEvent({ ...inTable, client: null, time: 86_400_000 * 9 } as never)?.value,
    'contoso\\ann\0\x009\x00192',
  )
  assert.equal(token('urn:federation:MicrosoftOnline', 'Failure'), null)
  assert.equal(token('https://intranet.contoso.example/'), null)
  const no = 'R="A1 NO LOGIN failed.";Msg=AuthFailed:LogonDenied'
  assert.equal(of('imap-pop', { command: 'login', parameters: 'ann *****', context: no }), `ann ${OUTSIDE}  9`)
  assert.equal(
    of('imap-pop', { command: 'login', parameters: 'ann *****', context: 'R=ok', user: 'ann' }),
    `ann ${OUTSIDE}  12`,
  )
  assert.equal(
    of('imap-pop', { command: 'pass', parameters: '*****', context: 'R="-ERR Logon failure"', user: 'ann' }),
    `ann ${OUTSIDE}  9`,
  )
  for (const [user, account, mailbox] of [
    ['CONTOSO\\ann\\info', 'contoso\\ann', 'info'],
    ['contoso/ann/info', 'contoso\\ann', 'info'],
    ['ann@contoso.example\\info', 'ann@contoso.example', 'info'],
    ['CONTOSO\\ann\\ann', 'contoso\\ann', ''],
    ['contoso/ann', 'contoso\\ann', ''],
  ]) {
    assert.equal(of('imap-pop', { command: 'login', context: 'R=ok', user }), `${account} ${OUTSIDE} ${mailbox} 12`)
    assert.equal(of('imap-pop', { command: 'login', context: no, user }), `${account} ${OUTSIDE}  9`)
  }
  assert.equal(of('imap-pop', { command: 'select', parameters: 'INBOX', context: 'R=ok', user: 'ann' }), null)
  const refused = { EventID: 4625, TargetUserName: 'ann', LogonType: 3, Status: '0xc000006d', SubStatus: '0xc000006a' }
  assert.equal(of('windows-security', refused), `ann ${OUTSIDE}  33`)
  assert.equal(of('windows-security', { ...refused, SubStatus: '0xC0000071' }), null, 'expired')
  assert.equal(of('windows-security', { ...refused, SubStatus: '0xC0000224' }), null, 'must change')
  assert.equal(of('windows-security', { ...refused, LogonType: 5 }), null, 'a service')
  assert.equal(of('windows-security', { EventID: 4624, TargetUserName: 'ann', LogonType: 10 }), `ann ${OUTSIDE}  32`)
  assert.equal(of('windows-security', { EventID: 4624, TargetUserName: 'ann', LogonType: 3 }, '10.1.2.3'), null)
})

test('Any number of invented names at one address leaves room for what is guessed at another, and for who is served', () => {
  const invented = users(110_000, { client: '198.51.100.9' }).map((event) => ({ ...event, time: T }))
  const guessed = users(12).map((event, i) => ({ ...event, fields: { ...event.fields, 'cs-username': `real${i}` } }))
  const { successes } = resultOf([...invented, ...guessed, served('real3')])
  assert.deepEqual(successes, ['real3 decisive'])
})

test('A log that is there twice is counted once, and rows beyond the most are counted together', () => {
  const file = new FileRequests()
  for (const event of users(110_000)) {
    const logon = countedLogon(event)
    if (logon !== null) file.addLogon(logon, event.time!, event.at)
  }
  const tally = file.logons.tally()!
  assert.equal(tally.values.length, 50_000)
  const logons = new Logons()
  for (const path of ['b.log', 'a.log']) logons.addFile(tally, path, 'sha', ['iis-frontend'])
  assert.equal(logons.beyond, 60_000)
  assert.equal(logons.refused()[0]!.row.at.path, 'a.log')
  assert.equal(logons.refused()[0]!.rows, 1)
})

test('Tables of events say which tokens AD FS issued where no log does', () => {
  const issued = (name: string, snippet?: true): Event => ({
    ...row({ user: name }),
    log: 'windows-security',
    client: null,
    fields: {
      EventID: 1200,
      Data: `<AuditBase><AuditResult>Success</AuditResult><RelyingParty>urn:federation:MicrosoftOnline</RelyingParty><UserId>CONTOSO\\${name}</UserId></AuditBase>`,
    },
    ...(snippet ? { snippet } : {}),
  })
  const tokensOf = (...files: (readonly Event[])[]): readonly string[] => {
    const logons = new Logons()
    for (const [i, events] of files.entries()) {
      const file = new FileRequests()
      for (const event of events) file.addLogon(logonOfEvent(event)!, event.time!, event.at)
      logons.addFile(file.logons.tally() ?? undefined, `${i}`, `${i}`, ['windows-security'])
    }
    return [...logons.tokens()!.keys()]
  }
  assert.deepEqual(tokensOf([issued('ann', true)]), ['contoso\\ann'])
  assert.deepEqual(tokensOf([issued('ann')], [issued('bob', true)]), ['contoso\\ann'])
})
