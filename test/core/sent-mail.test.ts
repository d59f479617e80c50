import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FileSentMail, SentMail } from '../../src/activity/sent-mail.ts'
import { massMailHits, massMailToRead } from '../../src/assessment/sent-lookup.ts'
import type { Event, Fields } from '../../src/model/event.ts'
import type { Hit } from '../../src/model/rule.ts'
import type { EventRule } from '../../src/rules/rule.ts'

// Mail to far more recipients than in any hour of the days before, by what message tracking counts.

const HOUR = 3_600_000
const DAY = 24 * HOUR
const T = Date.parse('2026-06-10T02:05:00Z')
const ANN = 'ann@contoso.example'

function sent(time: number, recipients: number, more: Fields = {}): Event {
  const fields: Fields = {
    'event-id': 'SEND',
    source: 'SMTP',
    'connector-id': 'Outbound',
    directionality: 'Originating',
    'sender-address': ANN,
    'recipient-count': recipients,
    'recipient-address': Array.from({ length: recipients }, (_, i) => `r${i}@partner.example`).join(';'),
    ...more,
  }
  const at = { path: 'MSGTRK.LOG', offset: time, length: 9 }
  const event = { log: 'message-tracking', sources: [], time, timeBasis: 'stated', fields, raw: '', at }
  return { ...event, host: null, client: null, user: ANN, target: null, request: null, session: null } as Event
}

function countedIn(...files: readonly (readonly Event[])[]): SentMail {
  const all = new SentMail()
  for (const [i, events] of files.entries()) {
    const file = new FileSentMail()
    for (const event of events) file.event(event)
    all.addFile(file.tally() ?? undefined, `${i}.log`, String(i))
  }
  return all
}

/** A few recipients on a number of days before. */
function habit(days: number, recipients = 3, hour = 8): Event[] {
  return Array.from({ length: days }, (_, i) => sent(T - (i + 1) * DAY + hour * HOUR, recipients))
}

test('a hundred recipients, and ten times as many as before, on the sixth day or later', () => {
  const [burst] = countedIn([...habit(9), sent(T, 260)]).bursts()
  assert.equal(burst?.sender, ANN)
  assert.deepEqual(burst.before, { recipients: 3, days: 9 })
  assert.equal(countedIn([...habit(9), sent(T, 99)]).bursts().length, 0)
  assert.equal(countedIn([...habit(9), sent(T, 100)]).bursts().length, 1)
  assert.equal(countedIn([...habit(9, 27), sent(T, 260)]).bursts().length, 0)
  assert.equal(countedIn([...habit(4), sent(T, 260)]).bursts().length, 0)
  assert.equal(countedIn([...habit(5), sent(T, 260)]).bursts().length, 1)
})

test('what the account sends later the same day, and on days after, is no history', () => {
  const later = [sent(T + 3 * HOUR, 300), sent(T + DAY, 300)]
  const [burst] = countedIn([...habit(9), sent(T, 150), ...later]).bursts()
  assert.equal(burst?.hours.size, 3)
})

test('mail between servers, of Exchange itself and without a sender is not counted', () => {
  const own = { 'connector-id': 'Intra-Organization SMTP Send Connector' }
  const exchange = { 'sender-address': 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.example' }
  for (const more of [own, exchange, { 'sender-address': '<>' }, { 'event-id': 'RECEIVE' }])
    assert.equal(countedIn([...habit(9), sent(T, 260, more)]).bursts().length, 0)
})

test('a file that is there twice is counted once', () => {
  const all = new SentMail()
  const file = new FileSentMail()
  for (const event of [...habit(9), sent(T, 60)]) file.event(event)
  for (const path of ['b.log', 'a.log']) all.addFile(file.tally()!, path, 'the same')
  assert.equal(all.bursts().length, 0)
})

test('more accounts and hours than there is room for hide no hour with many recipients, in one file or in all', () => {
  const file = new FileSentMail()
  const others = Array.from({ length: 60_000 }, (_, i) =>
    sent(T - 2 * DAY + Math.floor(i / 10_000) * HOUR, 1, { 'sender-address': `user${i}@contoso.example` }),
  )
  for (const event of [...habit(9), ...others, sent(T, 260)]) file.event(event)
  const tally = file.tally()!
  assert.equal(tally.beyond, 0)
  const all = new SentMail()
  all.addFile(tally, 'z.log', 'z')
  assert.deepEqual(
    all.bursts().map(({ sender, before }) => ({ sender, before })),
    [{ sender: ANN, before: { recipients: 3, days: 9 } }],
  )

  const run = new SentMail()
  const hour = Math.floor((T - 3 * DAY) / HOUR)
  for (let i = 0; i < 7; i++) {
    const senders = Array.from({ length: 50_000 }, (_, j) => `other${j}@contoso.example`)
    const cells = senders.flatMap((_, j) => [j, hour + i, 1, 1])
    run.addFile({ senders, cells, beyond: 0 }, `${i}.log`, String(i))
  }
  run.addFile(tally, 'z.log', 'z')
  assert.equal(run.beyond, 0)
  assert.deepEqual(
    run.bursts().map(({ sender, before }) => ({ sender, before })),
    [{ sender: ANN, before: { recipients: 3, days: 9 } }],
  )
})

const rule = {
  info: { id: 'r', title: 'Many', lookup: 'sent-mail', requiresChain: true },
  sources: [],
  match: (): string[] => ['event-id'],
} as unknown as EventRule

const served = (client: string, first: number, user = 'CONTOSO\\ann') => ({
  user,
  client,
  mailbox: '',
  days: [{ day: Math.floor(first / DAY), first, isOfTable: false, isBeside: false }],
  first,
})

function looked(events: readonly Event[], ...logons: readonly ReturnType<typeof served>[]): readonly Hit[] {
  const input = {
    sent: countedIn([...habit(9), ...events]),
    logons: { served: () => logons },
    identities: { accountOf: (name: string) => name.replace(/^.*\\|@.*$/g, '') },
    events: [rule],
  } as unknown as Parameters<typeof massMailToRead>[0]
  const mass = massMailToRead(input)
  if (mass === null) return []
  const hits = events.flatMap((event) =>
    mass.rules[0]!.match(event) === null ? [] : [{ rule: 'r', matched: [], event }],
  )
  return massMailHits(new Map([['0.log', hits]]), mass).get('0.log') ?? []
}

test('rows that copies of a log repeat are no more recipients', () => {
  assert.equal(looked([sent(T, 60), sent(T + 1000, 60)]).length, 0)
  assert.equal(looked([sent(T, 120), sent(T + 1000, 120)]).length, 2)
})

test('the address is the one where the account was first served in the day before', () => {
  const [old, fresh, later] = [
    served('198.51.100.4', T - 8 * DAY),
    served('203.0.113.9', T - HOUR),
    served('203.0.113.8', T + 2 * HOUR),
  ]
  const [hit] = looked([sent(T, 120)], old, fresh, later)
  assert.equal(hit?.event.client, '203.0.113.9')
  assert.equal(hit.event.fields.OutsideRecipients, 120)
  assert.match(hit.match!.says, /^ann@contoso\.example sent mail to 120 recipients .*02:00 to 03:00 UTC; to at most 3/)
  assert.equal(looked([sent(T, 120)], old)[0]?.event.client, null)
  assert.equal(looked([sent(T, 120)], served('203.0.113.9', T - HOUR, 'CONTOSO\\bob'))[0]?.event.client, null)
  assert.equal(looked([sent(T, 120)], served('10.1.2.3', T - HOUR))[0]?.event.client, null)
})

test('what an account sent before the week of a burst explains it only where its address is not new', () => {
  const [desk, fresh] = [served('198.51.100.4', T - 3 * DAY), served('203.0.113.9', T - HOUR)]
  const earlier = sent(T - 9.5 * DAY, 260)
  const bursts = countedIn([...habit(20), earlier, sent(T, 260)]).bursts()
  assert.deepEqual(
    bursts.map(({ isUsual, before }) => [isUsual, before.recipients]),
    [
      [false, 3],
      [true, 3],
    ],
  )
  const all = [...habit(20), earlier, sent(T, 260)]
  const at = (...places: readonly ReturnType<typeof served>[]): readonly unknown[] =>
    looked(all, ...places).map(({ event }) => [event.time, event.client])
  assert.deepEqual(at(desk), [[earlier.time, null]])
  assert.deepEqual(at(desk, fresh), [
    [earlier.time, null],
    [T, '203.0.113.9'],
  ])
  // What is sent every week is usual wherever it is sent from.
  const weekly = [sent(T - 14 * DAY, 260), sent(T - 7 * DAY, 260), sent(T, 260)]
  const first = countedIn([...habit(20), ...weekly]).bursts()
  assert.deepEqual(
    first.map(({ hours }) => [...hours][0]),
    [Math.floor(weekly[0]!.time! / HOUR)],
  )
})
