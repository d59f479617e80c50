import type { KnownLogKind } from '../../src/model/log-kinds.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { Identities } from '../../src/activity/identities.ts'
import { certainOf, mailboxesOf, openMailboxes } from '../../src/assessment/mailboxes/mailboxes.ts'
import { mailboxesIn } from '../../src/findings/mailbox-names.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import type { Mailbox } from '../../src/model/mailbox.ts'
import type { Answer } from '../../src/model/answer.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Hit } from '../../src/model/rule.ts'
import type { Event, Fields } from '../../src/model/event.ts'

const T = Date.parse('2021-03-03T04:00:00Z')

function eventOf(log: KnownLogKind, fields: Fields, more: Partial<Event> = {}): Event {
  return {
    log,
    sources: [],
    time: T,
    timeBasis: 'stated',
    fields,
    raw: '',
    at: { path: `${log}.log`, offset: next++ * 100, length: 100 },
    host: 'MAIL01',
    client: null,
    user: null,
    target: null,
    request: null,
    session: null,
    ...more,
  }
}
let next = 0

function foundOf(
  finding: Partial<Finding>,
  hits: readonly Partial<Hit & { joined: readonly string[] }>[],
  counts = true,
): FindingWithHits {
  return {
    finding: {
      id: `${next++}`.padStart(12, '0'),
      rule: 'r',
      sign: { subject: 'mailbox', kind: 'reach', strength: 'strong' },
      stage: 'collection',
      level: 'high',
      confidence: 'medium',
      is: 'yes',
      intrusion: 'c',
      accessMethod: 'ews',
      client: null,
      log: 'ews',
      count: hits.length,
      first: null,
      last: null,
      ...finding,
    } as Finding,
    hits: hits as FindingWithHits['hits'],
    counts,
  }
}

const ask = (found: readonly FindingWithHits[], { covers = true, use = new MailUse('run') } = {}): Mailbox[] =>
  mailboxesOf(found, { server: 'MAIL01', meter: { covers: () => covers }, identities: use.identities, use })
const said = (boxes: readonly Mailbox[]): string[] => boxes.map(({ mailbox, certainty }) => `${mailbox} ${certainty}`)

const forged = (request: string | null, time = T): Event =>
  eventOf(
    'httpproxy-ecp',
    { SsrfForm: 'ServerInfo', SsrfPath: '/ews/exchange.asmx', 'sc-bytes': 500 },
    { request, time },
  )
const read = (mailbox: string, request: string | null, more: Fields = {}): Event =>
  eventOf('ews', { ActAsUser: mailbox, SoapAction: 'GetItem', ResponseSize: 1000, ...more }, { request })
const access = (...events: Event[]): FindingWithHits =>
  foundOf(
    { stage: 'access', log: 'httpproxy-ecp' },
    events.map((event) => ({ event })),
  )

test('a row that joins one of the front end makes its mailbox certain, and answers for that row', () => {
  const found = [
    access(forged('a'), forged('b')),
    foundOf({}, [
      { event: read('ann@contoso.example', 'a', { LocalIdCount: 3 }), joined: ['joined by request id to x'] },
      { event: read('ann@contoso.example', 'b', { SoapAction: 'FindItem' }), joined: ['joined by request id to x'] },
    ]),
  ]
  const boxes = ask(found)
  assert.deepEqual(said(boxes), ['ann@contoso.example joined'])
  const [box] = boxes
  assert.deepEqual(box!.operations, [
    ['FindItem', 1],
    ['GetItem', 1],
  ])
  assert.deepEqual([box!.requests, box!.bytes, box!.items], [2, 2000, 3])
  assert.deepEqual(box!.days, [{ day: '2021-03-03', client: null, requests: 2, bytes: 2000 }])
})

test('of one finding only those rows are joined that did', () => {
  const found = [
    foundOf({ is: 'likely', confidence: 'medium', intrusion: null }, [
      { event: read('ann@contoso.example', 'a'), joined: ['joined by request id to x'] },
      { event: read('ben@contoso.example', null) },
    ]),
  ]
  assert.deepEqual(said(ask(found)), ['ann@contoso.example joined', 'ben@contoso.example possible'])
})

test('requests that no row answers for: any mailbox is possible where the log is missing, unknown where it is there', () => {
  const found = [access(forged('a'), forged('b', T + 60_000))]
  const [possible, ...rest] = ask(found, { covers: false })
  assert.deepEqual(rest, [])
  assert.deepEqual([possible!.scope, possible!.certainty, possible!.requests], ['server', 'possible', 2])
  assert.deepEqual([possible!.first, possible!.last], ['2021-03-03T04:00:00.000Z', '2021-03-03T04:01:00.000Z'])
  assert.match(possible!.undetermined[0]!, /EWS log of these hours, which would show it, is not in the evidence/)
  assert.deepEqual(said(ask(found)), ['any mailbox of MAIL01 unknown'])
  assert.deepEqual(certainOf(ask(found, { covers: false })), [])
})

test('a row like theirs in that time, which joins nothing, is possible; at another time it is ordinary', () => {
  const like = (time: number): FindingWithHits =>
    foundOf({ stage: 'context', is: 'lead', intrusion: null }, [
      { event: { ...read('ann@contoso.example', null), time } },
    ])
  const boxes = ask([access(forged('a')), like(T + 2_000)])
  assert.deepEqual(said(boxes), ['ann@contoso.example possible', 'any mailbox of MAIL01 unknown'])
  assert.deepEqual(said(ask([access(forged('a')), like(T + 3_600_000)])), ['any mailbox of MAIL01 unknown'])
  assert.deepEqual(said(ask([like(T)])), [])
})

test('what looks like ordinary work names nobody without an intrusion in its story', () => {
  const exported = eventOf('msexchange-management', {
    Cmdlet: 'New-MailboxExportRequest',
    Parameters: '-Mailbox "ann" -FilePath "\\\\FS\\x.pst"',
  })
  const weak: Partial<Finding> = { confidence: 'low', is: 'lead', accessMethod: 'export', log: 'msexchange-management' }
  assert.deepEqual(said(ask([foundOf(weak, [{ event: exported }])])), [])
  const shell = foundOf({ stage: 'shell', accessMethod: null, log: 'files', confidence: 'high' }, [])
  assert.deepEqual(said(ask([foundOf(weak, [{ event: exported }]), shell])), ['ann named'])
  assert.deepEqual(said(ask([foundOf(weak, [{ event: exported }], false), shell])), [])
})

test('mail that went without a name is said so, unless an export of the same story names whose', () => {
  const fetched = foundOf({ stage: 'exfiltration', accessMethod: 'download', log: 'iis-frontend' }, [
    { event: eventOf('iis-frontend', {}) },
  ])
  const exported = foundOf({ accessMethod: 'export', log: 'msexchange-management' }, [
    { event: eventOf('msexchange-management', { Cmdlet: 'New-MailboxExportRequest', Parameters: "-Mailbox 'ann'" }) },
  ])
  assert.deepEqual(said(ask([fetched])), ['any mailbox of MAIL01 unknown'])
  assert.deepEqual(said(ask([fetched, exported])), ['ann named'])
})

test('what goes another way without a name stays open beside mailboxes that are named', () => {
  const of = (means: string, fields: Fields): FindingWithHits =>
    foundOf({ accessMethod: means, log: 'msexchange-management' }, [
      { event: eventOf('msexchange-management', fields) },
    ])
  const exported = of('export', { Cmdlet: 'New-MailboxExportRequest', Parameters: "-Mailbox 'ann'" })
  const queued = of('queue', { Cmdlet: 'Export-Message', Parameters: '-Identity "MAIL01\\Submission\\7"' })
  const script = of('export', { ScriptBlockText: 'New-MailboxExportRequest -Mailbox $m -FilePath x' })
  assert.deepEqual(said(ask([exported, queued])), ['ann named', 'any mailbox of MAIL01 unknown'])
  assert.deepEqual(said(ask([exported, script])), ['ann named'])
})

test('the mailbox that a row names', () => {
  const cases: readonly [Fields, readonly string[]][] = [
    [{ ActAsUser: 'ann@contoso.example' }, ['ann@contoso.example']],
    [{ ActAsUser: 'CONTOSO\\MAIL01$', ImpersonatedUser: 'ann@contoso.example' }, ['ann@contoso.example']],
    [{ ActAsUser: 'NT AUTHORITY\\SYSTEM' }, []],
    [{ ImpersonatedUser: 'HealthMailbox4f1c@contoso.example' }, []],
    [
      { Cmdlet: 'New-MailboxExportRequest', Parameters: '-Name "x" -Mailbox "Ann Archer" -FilePath "y"' },
      ['Ann Archer'],
    ],
    [{ Cmdlet: 'New-MailboxExportRequest', Parameters: "-Mailbox 'ann'" }, ['ann']],
    [{ Cmdlet: 'New-MailboxExportRequest', Parameters: '-FilePath "y"' }, []],
    [{ ScriptBlockText: 'New-MailboxExportRequest -FilePath x -mailbox:ann' }, ['ann']],
    [{ ScriptBlockText: 'foreach ($m in $all) { New-MailboxExportRequest -Mailbox $m.Alias }' }, []],
    [{ CommandLine: 'Get-Mailbox -Mailbox ann' }, []],
    [
      {
        Cmdlet: 'Set-TransportService',
        Parameters:
          '-Identity "MAIL01" -PipelineTracingEnabled "True" -PipelineTracingSenderAddress "ann@contoso.example"',
      },
      ['ann@contoso.example'],
    ],
    [{ Cmdlet: 'Set-TransportService', Parameters: '-Identity "MAIL01" -PipelineTracingEnabled "True"' }, []],
    [
      { SsrfQuery: 'MailboxId=8a1e0f5c-1111-4222-8333-444455556666@contoso.example' },
      ['8a1e0f5c-1111-4222-8333-444455556666@contoso.example'],
    ],
  ]
  for (const [fields, names] of cases)
    assert.deepEqual(mailboxesIn(eventOf('exchange-other', fields)), names, JSON.stringify(fields))
})

test('one person under many names is listed once, by the address', () => {
  const use = new MailUse('run')
  const dn = '/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=ann'
  use.event(
    eventOf('exchange-config', {
      PrimarySmtpAddress: 'Ann.Archer@contoso.example',
      LegacyExchangeDN: dn,
      ExchangeGuid: '8a1e0f5c-1111-4222-8333-444455556666',
      Alias: 'ann',
      SamAccountName: 'aarcher',
      Sid: 'S-1-5-21-1-2-3-1105',
      EmailAddresses: ['SMTP:Ann.Archer@contoso.example', 'smtp:ann@contoso.example', 'X500:/o=Old/cn=Recipients/cn=a'],
    }),
  )
  const names = [
    'ann',
    'CONTOSO\\aarcher',
    'S-1-5-21-1-2-3-1105',
    dn,
    'ann@contoso.example',
    'Smtp~ann%40contoso.example',
  ]
  const rows = names.map((name) => ({ event: read(name, null) }))
  const guid = { event: read('8a1e0f5c-1111-4222-8333-444455556666@contoso.example', null) }
  const [box, ...rest] = ask([foundOf({}, [...rows, guid])], { use })
  assert.deepEqual(rest, [])
  assert.deepEqual([box!.mailbox, box!.requests], ['ann.archer@contoso.example', 7])
})

test('a name that two people have is nobody’s address', () => {
  const identities = new Identities()
  identities.add(['ann@contoso.example', 'Archer'])
  identities.add(['bea@contoso.example', 'Archer'])
  assert.equal(identities.addressOf('archer'), 'archer')
  assert.equal(identities.addressOf('ann@contoso.example'), 'ann@contoso.example')
})

test('a short name is the address of the only mailbox here that begins with it', () => {
  const identities = new Identities()
  for (const name of ['ann@contoso.example', 'bea@contoso.example', 'bea@fabrikam.example']) identities.addMailbox(name)
  for (const name of ['CONTOSO\\ann', 'contoso\\cem', 'contoso\\administrator', 'mail01\\administrator'])
    identities.addLogon(name)
  for (const name of ['ann', 'CONTOSO\\ann', 'contoso.example/Users/ann'])
    assert.equal(identities.addressOf(name), 'ann@contoso.example', name)
  assert.equal(identities.addressOf('FABRIKAM\\ann'), 'FABRIKAM\\ann', 'of another domain')
  assert.equal(identities.addressOf('bea'), 'bea')
  assert.equal(identities.addressOf('Cem'), 'contoso\\cem')
  assert.equal(identities.addressOf('administrator'), 'administrator')
  assert.equal(identities.addressOf('MAIL01\\administrator'), 'MAIL01\\administrator')
  assert.equal(identities.addressOf('ann@fabrikam.example'), 'ann@fabrikam.example')
})

test('the measure: other days of the mailbox, all mailboxes, and what is new as a lead', () => {
  const use = new MailUse('run')
  const row = (user: string, day: number, client: string, size: number): void =>
    use.event(
      eventOf(
        'ews',
        { AuthenticatedUser: user, ClientIpAddress: client, UserAgent: 'Outlook', ResponseSize: size, HttpStatus: 200 },
        { time: T + day * 86_400_000 },
      ),
    )
  for (let day = -6; day < 0; day++) for (let i = 0; i < 10; i++) row('ann@contoso.example', day, '10.0.0.5', 100)
  for (let i = 0; i < 900; i++) row('rich@contoso.example', -1, '10.0.0.6', 5000)
  row('ann@contoso.example', 0, '203.0.113.5', 100)
  const [box] = ask([foundOf({}, [{ event: read('ann@contoso.example', null) }])], { use })
  const { thisMailbox, organization, mailboxes, leads } = box!.ordinary!
  assert.deepEqual(
    [thisMailbox.days, thisMailbox.requests.median, thisMailbox.requests.p95, thisMailbox.bytes.p95],
    [6, 10, 10, 1000],
  )
  assert.deepEqual([mailboxes, organization.days, organization.requests.max], [2, 8, 900])
  assert.deepEqual(leads, ['203.0.113.5 with Outlook: not seen at this mailbox in 6 other days'])
  assert.deepEqual(certainOf(ask([], { use })), [], 'much use is no theft')
})

test('what was refused, machines and health mailboxes are in no measure', () => {
  const use = new MailUse('file')
  for (const fields of [
    { AuthenticatedUser: 'ann@contoso.example', HttpStatus: 401 },
    { AuthenticatedUser: 'CONTOSO\\MAIL01$', HttpStatus: 200 },
    { AuthenticatedUser: 'HealthMailbox4f1c@contoso.example', HttpStatus: 200 },
    { HttpStatus: 200 },
  ])
    use.event(eventOf('ews', fields))
  assert.deepEqual(use.tally().cells, [])
})

test('somebody was in, and no log says whether mail went: unknown, with what would tell', () => {
  const answer = (question: string, is: string): Answer =>
    ({
      question,
      is,
      because: ['0123456789ab'],
      coverage: { from: '2021-03-03T00:00:00.000Z', to: '2021-03-09T00:00:00.000Z', covered: 0, of: 144, missing: [] },
      missingEvidence: ['The EWS logs.'],
    }) as unknown as Answer
  const [open] = openMailboxes([answer('compromised', 'yes'), answer('mail-taken', 'cannot-tell')], 'MAIL01')
  assert.deepEqual(
    [open!.certainty, open!.because, open!.first],
    ['unknown', ['0123456789ab'], '2021-03-03T00:00:00.000Z'],
  )
  assert.ok(open!.undetermined.includes('What would show it: The EWS logs.'))
  assert.deepEqual(openMailboxes([answer('compromised', 'yes'), answer('mail-taken', 'no-evidence')], 'X'), [])
  assert.deepEqual(openMailboxes([answer('targeted', 'yes'), answer('mail-taken', 'cannot-tell')], 'X'), [])
})

void test('an address book is no mail', () => {
  const book = (means: string): FindingWithHits =>
    foundOf({ accessMethod: means, log: 'httpproxy-ecp' }, [{ event: eventOf('httpproxy-ecp', {}) }])
  assert.deepEqual(said(ask([book('oab')])), [])
  assert.deepEqual(said(ask([book('owa')])), ['any mailbox of MAIL01 unknown'])
})
