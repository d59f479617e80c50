import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailInStories, withCloudActs } from '../../src/findings/cloud-mail.ts'
import { CloudRun, withoutCopies } from '../../src/activity/cloud-audit.ts'
import { type FindingWithHits, nothingKnown } from '../../src/findings/findings.ts'
import { Identities } from '../../src/activity/identities.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import { mailboxesOf } from '../../src/assessment/mailboxes/mailboxes.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Intrusion, Finding } from '../../src/model/finding.ts'
import type { Hit, RuleInfo } from '../../src/model/rule.ts'
import type { Event } from '../../src/model/event.ts'
import { CloudUse } from '../../src/parsers/microsoft-365/use.ts'
import { membersOf } from '../../src/parsers/microsoft-365/members.ts'
import { Collector } from '../../src/scan/collector.ts'
import { KEPT } from '../../src/scan/hit-room.ts'

// What ties rows of a tenant to a story, what an exposed account first did there, and what cannot be known.

const T = Date.parse('2021-08-20T22:10:00Z')
const [MINUTE, DAY] = [60_000, 86_400_000]
const INTRUDER = '203.0.113.77'

type Row = {
  readonly mailbox: string
  readonly client: string
  readonly time: number
  readonly session?: string
  readonly operation?: string
  readonly throttled?: boolean
  readonly sync?: boolean
}

function cloudOf(rows: readonly Row[]): CloudRun {
  const use = new CloudUse()
  for (const [i, { mailbox, client, time, session = null, operation = 'MailItemsAccessed', ...more }] of rows.entries())
    use.unified(
      membersOf({
        Operation: operation,
        MailboxOwnerUPN: mailbox,
        OperationProperties: [
          { Name: 'MailAccessType', Value: more.sync ? 'Sync' : 'Bind' },
          { Name: 'IsThrottled', Value: more.throttled ? 'True' : 'False' },
        ],
        Folders: [{ FolderItems: [{ SizeInBytes: 100 }] }],
      }),
      `id ${i}`,
      { time, user: mailbox, client, session, offset: i * 100, length: 100, line: i + 1 },
    )
  return new CloudRun([{ path: 'audit.jsonl', sha256: 'a', tally: use.tally()! }])
}

/** A step of the intrusion on the server, which names a mailbox. */
function step(more: Partial<Event> = {}, finding: Partial<Finding> = {}): FindingWithHits {
  const event: Event = {
    log: 'ews',
    sources: [],
    time: T,
    timeBasis: 'stated',
    fields: { ActAsUser: 'ann@contoso.example' },
    raw: '',
    at: { path: 'ews.log', offset: 0, length: 10 },
    host: 'MAIL01',
    client: INTRUDER,
    user: null,
    target: null,
    request: null,
    session: null,
    ...more,
  }
  return {
    finding: {
      id: '0123456789ab',
      rule: 'r',
      stage: 'access',
      sign: { subject: 'request', kind: 'use', strength: 'decisive' },
      level: 'high',
      confidence: 'high',
      is: 'yes',
      intrusion: 'c',
      accessMethod: null,
      client: event.client,
      log: event.log,
      count: 1,
      first: null,
      last: null,
      ...finding,
    } as Finding,
    hits: [{ rule: 'r', matched: [], event }] as Hit[] as never,
    counts: true,
  }
}

const rule = {
  id: 'tied',
  title: 'tied',
  stage: 'collection',
  sign: { subject: 'account', kind: 'origin', strength: 'strong' },
  level: 'high',
  confidence: 'medium',
  is: 'lead',
  accessMethod: 'mailbox',
  requiresChain: true,
  cves: [],
  attack: [],
  innocent: [],
  next: [],
} as unknown as RuleInfo
const infos = new Map([[rule.id, rule]])
const server = { name: 'MAIL01', proxies: new Set<string>() }
const inStories = (cloud: CloudRun, found: readonly FindingWithHits[] = [step()]): ReturnType<typeof mailInStories> =>
  mailInStories(found, cloud, infos, server, nothingKnown)
const intrusion = { id: 'c', attackChain: ['2021-08-20 22:10:00 UTC: the attacker entered'] } as unknown as Intrusion
const story = (rows: readonly Row[], found: readonly FindingWithHits[] = [step()]): readonly string[] =>
  withCloudActs([intrusion], found, cloudOf(rows), new Identities())[0]!.attackChain.slice(1)
const ann = { mailbox: 'ann@contoso.example' }

test('the first act of an exposed account from an address that it had not used before is a lead', () => {
  const before = { ...ann, client: '198.51.100.20', time: T - 5 * DAY, operation: 'UserLoggedIn' }
  assert.deepEqual(story([before, { ...ann, client: '192.0.2.9', time: T + DAY, operation: 'UserLoggedIn' }]), [
    '2021-08-21 22:10:00 UTC, 192.0.2.9: first act in Microsoft 365 of ann@contoso.example, an account that this story exposed, from an address that it had not used before (UserLoggedIn). A lead, and no proof.',
  ])
  assert.match(
    story([{ ...ann, client: '192.0.2.9', time: T + DAY }])[0]!,
    /the audit log begins later than the story, and whether the address is new cannot be determined/,
  )
})

test('no lead: an address that was in use before, one of the house, later than a month, an account that is not named', () => {
  const usual = { ...ann, client: '198.51.100.20' }
  const before = { ...usual, time: T - DAY }
  for (const [why, row] of [
    ['known', { ...usual, time: T + DAY }],
    ['inside', { ...ann, client: '10.1.2.3', time: T + DAY }],
    ['late', { ...ann, client: '192.0.2.9', time: T + 31 * DAY }],
    ['other', { mailbox: 'ben@contoso.example', client: '192.0.2.9', time: T + DAY }],
  ] as const)
    assert.deepEqual(story([before, row]), [], why)
  const weak = step({}, { confidence: 'low', is: 'lead' })
  assert.deepEqual(story([before, { ...ann, client: '192.0.2.9', time: T + DAY }], [weak]), [])
})

test('of several addresses the first is told, and each account once', () => {
  const lines = story([
    { ...ann, client: '192.0.2.9', time: T + 2 * DAY },
    { ...ann, client: '192.0.2.8', time: T + DAY },
    { ...ann, client: '198.51.100.20', time: T - DAY },
  ])
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /^2021-08-21 .* 192\.0\.2\.8: /)
})

test('hours in which no more was recorded stand among what cannot be known, of that mailbox and that time alone', () => {
  const cloud = cloudOf([
    { ...ann, client: INTRUDER, time: T + MINUTE },
    { ...ann, client: INTRUDER, time: T + 3 * MINUTE, throttled: true },
    { ...ann, client: '198.51.100.20', time: T - 40 * DAY, throttled: true },
    { mailbox: 'ben@contoso.example', client: INTRUDER, time: T + 2 * MINUTE, sync: true },
  ])
  const use = new MailUse('run')
  const { found } = inStories(cloud)
  const boxes = mailboxesOf(found, {
    server: 'MAIL01',
    meter: { covers: () => true },
    identities: use.identities,
    use,
    cloud,
  })
  const unknown = new Map(boxes.map(({ mailbox, undetermined }) => [mailbox, undetermined]))
  assert.deepEqual([...unknown.keys()], ['ann@contoso.example', 'ben@contoso.example'])
  assert.deepEqual(unknown.get('ann@contoso.example'), [
    'What else was opened from 2021-08-20T22:13Z to 2021-08-21T22:13Z: the mailbox was opened so often that Microsoft stopped recording it (IsThrottled).',
  ])
  assert.match(unknown.get('ben@contoso.example')!.join(' '), /Which messages: a client copied whole folders/)
  assert.doesNotMatch(unknown.get('ben@contoso.example')!.join(' '), /IsThrottled/)
})

test('an address that everybody used before, or that is the proxy of the server, ties nothing', () => {
  const shared = inStories(
    cloudOf([
      { mailbox: 'ben@contoso.example', client: INTRUDER, time: T - 3 * DAY },
      { ...ann, client: INTRUDER, time: T + MINUTE },
    ]),
  )
  assert.deepEqual(shared.found, [])
  assert.match(shared.notes.join(), /before the intrusion, too/)
  const behind = mailInStories(
    [step()],
    cloudOf([{ ...ann, client: INTRUDER, time: T + MINUTE }]),
    infos,
    { name: 'MAIL01', proxies: new Set([INTRUDER]) },
    nothingKnown,
  )
  assert.deepEqual(behind.found, [])
})

test('many sessions of one client are kept together, and all of their rows are counted', () => {
  const rows = Array.from({ length: 2_100 }, (_, i) => ({
    ...ann,
    client: INTRUDER,
    time: T + i * 1_000,
    session: `session-${i}`,
  }))
  const cloud = cloudOf(rows)
  const { found, notes } = inStories(cloud)
  const use = new MailUse('run')
  const around = { server: 'MAIL01', meter: { covers: () => true }, identities: use.identities, use, cloud }
  assert.deepEqual(notes, [])
  assert.deepEqual(
    mailboxesOf(found, around).map(({ mailbox, requests, items, bytes }) => [mailbox, requests, items, bytes]),
    [['ann@contoso.example', 2_100, 2_100, 210_000]],
  )
})

test('more mailboxes than are told: a note says how many rows are left', () => {
  const rows = Array.from({ length: 2_003 }, (_, i) => ({
    mailbox: `user${i}@contoso.example`,
    client: INTRUDER,
    time: T + i * 1_000,
  }))
  const { found, notes } = inStories(cloudOf(rows))
  assert.equal(found.length, 2_000)
  assert.match(notes.join(), /^audit logs: 3 rows of mail .* they are counted, and not listed$/)
})

test('rows, accounts and records beyond the most are said in notes', () => {
  const tallyOf = (more: object) => ({ ...cloudTally(), ...more })
  const scanOf = (path: string, tally: object): Scan =>
    ({ artifact: { path, windowsPath: null, sha256: path, kinds: [] }, hits: [], cloud: tally }) as unknown as Scan
  const { notes } = withoutCopies([
    scanOf('a.jsonl', tallyOf({ beyond: { rows: 7, acts: 3, records: 2 } })),
    scanOf('b.jsonl', tallyOf({ beyond: { rows: 0, acts: 0, records: 0 } })),
  ])
  assert.deepEqual(notes, [
    'a.jsonl: 7 rows about mail beyond the limit',
    'a.jsonl: 3 rows of accounts and addresses beyond the limit',
    'audit logs: 2 records beyond the most that are compared with other exports; one that two of them contain may be counted twice',
  ])
})

test('what rows beyond the most would show is not known', () => {
  const member = { path: 'audit.jsonl', windowsPath: null, modified: null } as never
  const gapsOf = (more: object): readonly string[] => {
    const collected = new Collector(member, () => [], null, KEPT)
    collected.cloud({ ...cloudTally(), ...more } as never)
    return collected.gaps.map(({ reason }) => reason)
  }
  const none = { rows: 0, acts: 0, records: 0 }
  const { signIns } = cloudTally() as { signIns: object }
  assert.deepEqual(gapsOf({ beyond: { ...none, records: 9 } }), [])
  assert.deepEqual(gapsOf({ beyond: { ...none, rows: 1 } }), ['too-long'])
  assert.deepEqual(gapsOf({ beyond: { ...none, acts: 1 } }), ['too-long'])
  assert.deepEqual(gapsOf({ beyond: none, signIns: { ...signIns, beyond: 1 } }), ['too-long'])
})

function cloudTally(): object {
  const use = new CloudUse()
  use.entra('sign-in', null, false, {
    time: null,
    user: null,
    client: null,
    session: null,
    offset: 0,
    length: 0,
    line: 0,
  })
  return use.tally()!
}

test('a file with more than half a million records counts all of them, and holds those beyond against no other export', () => {
  const use = new CloudUse()
  const none = { time: null, user: null, client: null, session: null, offset: 0, length: 0, line: 0 }
  for (let i = 0; i < 500_003; i++) use.entra('x', `id ${i}`, false, none)
  const { records, beyond } = use.tally()!
  assert.deepEqual([records.length / 3, beyond.records], [500_000, 3])
})
