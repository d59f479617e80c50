import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudRun } from '../../src/activity/cloud-audit.ts'
import { Devices } from '../../src/activity/devices.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import { Origins } from '../../src/activity/origins.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Question } from '../../src/model/answer.ts'
import type { Event } from '../../src/model/event.ts'
import { asWeighed, compromisedAccounts, weigh, type WeighingContext } from '../../src/assessment/weighing/weigh.ts'
import { found } from './made.ts'

// What weighing adds to accounts: their origin, what they set, and what a guessed password says of an ordinary logon.

const DAY = 86_400_000
const FIRST = Date.parse('2021-02-20T06:00:00Z')
const OUTSIDE = '203.0.113.9'

function desk(user: string): readonly Event[] {
  const fields = {
    AuthenticatedUser: user,
    ActAsUser: `${user}@contoso.example`,
    ClientIpAddress: '10.1.2.3',
    HttpStatus: 200,
  }
  return [0, 1, 2, 3, 4].map(
    (day) =>
      ({
        log: 'ews',
        time: FIRST + day * DAY,
        fields,
        client: '10.1.2.3',
        user,
        at: { path: 'e', offset: day },
      }) as unknown as Event,
  )
}

function context(withOrigins = true, has: (kind: string) => boolean = () => true): WeighingContext {
  const mail = new MailUse('run')
  for (const event of desk('ann')) mail.event(event)
  const origins = new Origins({ mail, devices: new Devices(), cloud: new CloudRun([]) }, FIRST)
  return {
    server: { builds: [] },
    doors: new Map(),
    pages: new Map(),
    logs: { first: null, last: null, has },
    ...(withOrigins ? { origins } : {}),
  } as unknown as WeighingContext
}

const ann = { user: 'ann', client: OUTSIDE, log: 'ews' } as const
const is = (
  all: readonly FindingWithHits[],
  question: Question,
  kind = 'account',
  around = context(),
): string | undefined =>
  weigh(all, [], around).subjects.find((one) => one.question === question && one.kind === kind)?.is

test('a new origin is a further sign of an account, and none where no origins were counted', () => {
  const manner = found('collection account strong manner', ann)
  assert.equal(is([manner], 'mail-taken'), 'likely')
  const signs = (around: WeighingContext): string[] =>
    weigh([manner], [], around).subjects[0]!.signs.map(({ kind, strength }) => `${strength} ${kind}`)
  assert.deepEqual(signs(context()), ['strong manner', 'weak origin'])
  assert.deepEqual(signs(context(false)), ['strong manner'])
  const page = found('shell page strong name', { ...ann, fields: { TargetFilename: 'C:\\x\\a.aspx' } })
  assert.deepEqual(weigh([page], [], context()).subjects[0]!.signs.length, 1)
})

test('what an account set belongs to it; a strong change makes a subject of the account by itself', () => {
  const grant = found('persistence grant weak change', { ...ann, persistence: 'account' })
  const own = weigh([grant], [], context()).subjects.filter(({ kind }) => kind === 'account')
  assert.deepEqual(
    own.map(({ question, signs }) => [question, signs.map(({ kind, strength }) => `${strength} ${kind}`).join()]),
    [['compromised', 'strong change']],
  )
  const atWork = found('persistence grant weak change', { ...ann, client: '10.1.2.3', persistence: 'account' })
  assert.equal(weigh([atWork], [], context()).subjects.filter(({ kind }) => kind === 'account').length, 0)
  const guess = found('credentials account strong guessing', { user: 'ann', client: '10.1.2.3' })
  const both = weigh([guess, atWork], [], context()).subjects.find(({ kind }) => kind === 'account')!
  assert.deepEqual(
    both.signs.map(({ kind, strength }) => `${strength} ${kind}`),
    ['strong guessing', 'weak change'],
  )
  // The grant stays a subject of its own, which the account does not take over.
  const kinds = weigh([guess, grant], [], context()).subjects.map(({ kind }) => kind)
  assert.deepEqual(kinds.sort(), ['account', 'grant'])
})

test('who guessed the password needs no vulnerability for an ordinary logon', () => {
  const guess = found('credentials account strong guessing', ann)
  const logon = found('access account weak manner', ann)
  const strong = found('access account strong reach', ann)
  assert.equal(is([guess, logon], 'exploited'), undefined)
  assert.equal(is([guess, strong], 'exploited'), 'yes')
  assert.notEqual(is([logon], 'exploited'), undefined)
  for (const other of [
    'credentials account weak guessing',
    'attempt account strong guessing',
    'credentials account strong listed',
  ])
    assert.notEqual(is([found(other, ann), logon], 'exploited'), undefined, other)
})

test('records that are missing are named where their explanation would make less of it, and not of attempts', () => {
  const agent = found('persistence agent strong provenance', { fields: { Agent: 'Filter' }, log: 'transport-agents' })
  const absent = (has: (kind: string) => boolean, one = agent): readonly unknown[] | undefined =>
    weigh([one], [], context(false, has)).subjects[0]!.absent
  assert.equal(
    absent(() => true),
    undefined,
  )
  assert.ok(absent(() => false)!.length > 0)
  assert.equal(
    absent(() => false, found('attempt request decisive content', { client: OUTSIDE })),
    undefined,
  )
})

test('accounts that came to more than a lead without an intrusion are compromised', () => {
  const accounts = (...all: readonly FindingWithHits[]): string[] =>
    [...compromisedAccounts(all, weigh(all, [], context())).values()].flat()
  assert.deepEqual(accounts(found('collection account strong manner', ann)), ['account\0ann'])
  assert.deepEqual(accounts(found('collection account weak manner', { ...ann, client: '10.1.2.3' })), [])
  assert.deepEqual(accounts(found('attempt account decisive guessing', ann)), [])
  assert.deepEqual(accounts(found('collection request strong use', ann)), [])
  assert.deepEqual(accounts(found('collection account strong manner', { ...ann, intrusion: 'i1' })), [])
})

test('an intrusion is one where something more than an attempt came to more than a lead', () => {
  const after = (...all: readonly FindingWithHits[]): string[] =>
    asWeighed(all, weigh(all, [], context(false))).map(({ finding: { intrusion, level } }) => `${intrusion} ${level}`)
  const lead = found('execution program weak effect', { target: 'a.exe', intrusion: 'i1', log: 'windows-sysmon' })
  const attempt = found('attempt request decisive content', { client: OUTSIDE, intrusion: 'i1' })
  assert.deepEqual(after(lead, attempt), ['null low', 'null low'])
  const shell = found('shell page decisive content', {
    fields: { TargetFilename: 'C:\\x\\b.aspx' },
    log: 'web-roots',
    intrusion: 'i1',
  })
  assert.deepEqual(after(shell, lead, attempt), ['i1 critical', 'i1 medium', 'i1 low'])
  const other = found('shell page decisive content', {
    fields: { TargetFilename: 'C:\\x\\c.aspx' },
    log: 'web-roots',
    intrusion: 'i2',
  })
  assert.deepEqual(after(other, lead), ['i2 critical', 'null low'])
  assert.deepEqual(after(found('cleanup host strong effect')), ['null low'])
})

test('the strongest subject of a finding gives what it comes to', () => {
  const grant = found('persistence grant weak change', { ...ann, persistence: 'account' })
  assert.equal(weigh([grant], [], context()).of.get(grant.finding.id), 'likely')
  const weakest = found('persistence grant weak change', { ...ann, client: '10.1.2.3', persistence: 'account' })
  assert.equal(weigh([weakest], [], context()).of.get(weakest.finding.id), 'lead')
})
