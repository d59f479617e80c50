import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import type { Window } from '../../src/assessment/answers/campaign-window.ts'
import { patchedTooLate } from '../../src/assessment/answers/verdict.ts'
import type { Answer, AnswerCoverage, CampaignAnswer, Is, Question, Verdict } from '../../src/model/answer.ts'
import { first, last, type Said, verdictAs } from './made-verdict.ts'

// Each part of the sentence that gives the verdict, and whether the fix came after the first step.

const HOUR = 3_600_000
const DAY = 24 * HOUR

function verdict(said: Said, more: Record<string, unknown> = {}, general: CampaignAnswer | null = null): Verdict {
  const { meter = {}, windows = [], ...input } = more as { meter?: object; windows?: readonly Window[] }
  return verdictAs(said, { input, meter, windows, general })
}

function finding(id: string, more: Record<string, unknown> = {}, besides: object = {}): object {
  const { time = '2026-06-05T10:00:00.000Z' } = more as { time?: string | null }
  const own = { id, stage: 'access', client: '203.0.113.4', host: null, count: 1, time, first: time, last: time }
  const sign = { subject: 'request', kind: 'use', strength: 'strong' }
  const hits = [{ event: { time: null, fields: {} } }]
  return { counts: true, hits, finding: { ...own, is: 'yes', sign, ...more }, ...besides }
}

const coverage = (covered: number, of: number, missing: AnswerCoverage['missing'] = []): Partial<Answer> => ({
  coverage: { from: null, to: null, covered, of, missing },
})

test('how certain a verdict is, and how many hours are missing', () => {
  assert.equal(verdict({ compromised: 'likely' }).sure, false)
  assert.equal(verdict({ compromised: 'likely', 'still-there': 'yes' }).sure, true)
  assert.equal(verdict({}).sure, true)
  const { covers, open } = verdict({
    exploited: { ...coverage(30, 100), is: 'cannot-tell' },
    compromised: coverage(80, 100),
    'still-there': coverage(0, 900),
  })
  assert.equal(covers.missingHours, 70)
  assert.deepEqual(open, ['exploited'])
  assert.equal(covers.from, '2026-06-01T00:00:00.000Z')
})

test('without a log that covers anything the verdict is open, unless exposure settles a question', () => {
  const nothing = coverage(0, 9)
  const all = { targeted: nothing, exploited: nothing, compromised: nothing, 'mail-taken': nothing }
  assert.equal(verdict(all).is, 'cannot-tell')
  assert.equal(verdict({ ...all, exploited: { ...nothing, because: ['exposure: fixed'] } }).is, 'no-evidence')
  assert.equal(verdict({ ...all, exploited: { ...nothing, because: ['coverage: none'] } }).is, 'cannot-tell')
})

test('the period is that of the logs, of the general question, and of what was asked for', () => {
  const general = (from: string | null, covered: number, question: Question = 'exploited'): CampaignAnswer =>
    ({ answers: [{ question, coverage: { from, covered } }] }) as unknown as CampaignAnswer
  const period = (...of: Parameters<typeof verdict>): string => /MAIL01(.*?)\./.exec(verdict(...of).sentence)![1]!
  assert.equal(period({}), ' between 2026-06-01 and 2026-06-14 (UTC)')
  assert.equal(period({}, {}, general('2026-06-07T00:00:00Z', 5)), ' between 2026-06-07 and 2026-06-14 (UTC)')
  assert.equal(period({}, {}, general('2026-06-07T00:00:00Z', 0)), ' between 2026-06-01 and 2026-06-14 (UTC)')
  assert.equal(
    period({}, {}, general('2026-06-07T00:00:00Z', 5, 'still-there')),
    ' between 2026-06-01 and 2026-06-14 (UTC)',
  )
  const within = { from: first + 2 * DAY, to: last - 2 * DAY }
  assert.equal(period({}, { narrowed: within }), ' between 2026-06-03 and 2026-06-12 (UTC)')
  assert.match(verdict({}, { narrowed: within }).sentence, /assessed period: 2026-06-03 to 2026-06-12/)
  for (const meter of [{ first: null }, { last: null }])
    assert.equal(period({}, { meter }), ': the evidence contains no dated log')
})

test('mail that was taken: certain mailboxes, possible ones, and those that cannot be determined', () => {
  const mailbox = (certainty: string, scope = 'mailbox'): object => ({ certainty, scope })
  const taken = (is: Is, ...mailboxes: object[]): string =>
    /(Mail[^.]*\.)/.exec(verdict({ compromised: 'yes', 'mail-taken': is }, { mailboxes }).sentence.slice(7))![1]!
  assert.equal(taken('yes'), 'Mail was taken.')
  assert.equal(taken('likely', mailbox('named')), 'Mail of 1 mailbox was probably taken.')
  assert.equal(
    taken('yes', mailbox('named'), mailbox('joined'), mailbox('possible')),
    'Mail of 2 mailboxes was taken; 1 more possibly affected.',
  )
  assert.equal(taken('yes', mailbox('possible')), 'Mail was taken; 1 mailbox possibly affected.')
  assert.equal(taken('yes', mailbox('x', 'server')), 'Mail was taken; affected mailboxes cannot be determined.')
  assert.equal(
    taken('yes', mailbox('named'), mailbox('possible'), mailbox('possible', 'server')),
    'Mail of 1 mailbox was taken; 1 more possibly affected, and other affected mailboxes cannot be determined.',
  )
})

test('what an intrusion was: exploited, taken, compromised, still there', () => {
  const sentence = (said: Said, more: Record<string, unknown> = {}): string => verdict(said, more).sentence
  assert.match(sentence({ 'mail-taken': 'likely' }), /^MAIL01 was probably exploited\. Mail was probably taken\./)
  assert.match(sentence({ exploited: 'yes', 'mail-taken': 'likely' }), /^MAIL01 was exploited\./)
  assert.match(
    sentence({ 'still-there': 'yes' }),
    /^MAIL01 was compromised\. Attacker persistence remains on the server\./,
  )
  const tenant = { server: { name: 'T', names: new Set(['T']), product: 'exchange-online', isSure: true } }
  assert.match(sentence({ compromised: 'yes', 'still-there': 'likely' }, tenant), /probably remains in the tenant\./)
  assert.doesNotMatch(sentence({ exploited: 'yes' }), /persistence/)
})

test('initial access was not observed where no request of the answer is one', () => {
  const said = { compromised: 'yes', exploited: { is: 'likely', because: ['a'] } } as const
  const seen = (stage: string, id = 'a'): boolean =>
    !/Initial access was not observed/.test(verdict(said, { found: [finding(id, { stage })] }).sentence)
  assert.deepEqual([seen('access'), seen('write'), seen('shell'), seen('access', 'b')], [true, true, false, false])
  assert.doesNotMatch(verdict({ compromised: 'yes', exploited: 'yes' }).sentence, /Initial access/)
})

test('steps and attempts have their own times', () => {
  const found = [
    finding('a', { stage: 'attempt', is: 'lead', time: '2026-06-02T00:00:00.000Z' }),
    finding('b', { stage: 'access', time: '2026-06-03T00:00:00.000Z' }),
    finding('c', { stage: 'shell', time: '2026-06-04T00:00:00.000Z' }),
    finding('d', { stage: 'shell', time: '2026-06-09T00:00:00.000Z' }),
    finding('e', { stage: 'shell', time: null, first: null, last: null }),
  ]
  const { observed } = verdict(
    {
      targeted: { is: 'yes', because: ['a', 'b'] },
      exploited: { is: 'yes', because: ['b'] },
      compromised: { is: 'yes', because: ['c', 'e'] },
      'mail-taken': { is: 'cannot-tell', because: ['d'] },
    },
    { found },
  )
  assert.deepEqual(observed, {
    attempts: { first: '2026-06-02T00:00:00.000Z', last: '2026-06-02T00:00:00.000Z' },
    steps: { first: '2026-06-03T00:00:00.000Z', last: '2026-06-04T00:00:00.000Z' },
  })
})

test('logs of several hosts, and what is not included', () => {
  const server = (n: number): object => ({
    server: {
      name: 'M1',
      names: new Set(Array.from({ length: n }, (_, i) => `M${i + 1}`)),
      product: 'x',
      isSure: true,
    },
  })
  assert.doesNotMatch(verdict({}, { ...server(1) }).sentence, /together/)
  assert.match(verdict({}, { ...server(2) }).sentence, / Logs of M1 and M2 were assessed together/)
  assert.match(verdict({}, { ...server(3) }).sentence, / Logs of M1, M2 and M3 were/)
  assert.match(verdict({}, { ...server(5) }).sentence, / Logs of M1, M2, M3 and 2 more were/)
  const meter = { kindsSeen: () => [], isSeenInPart: (kinds: readonly string[]) => kinds.includes('windows-security') }
  const { sentence } = verdict({}, { meter })
  assert.match(sentence, /The evidence does not include IIS logs, .*would be missed/)
  assert.match(sentence, /, all Windows events[,;]/, 'a table of some events is no log of all')
})

test('needed logs that are missing, by day and by hour', () => {
  const open = (missing: AnswerCoverage['missing'], covered = 40): string =>
    verdict({ exploited: { ...coverage(covered, 100, missing), is: 'cannot-tell' } }).sentence
  const span = (from: string, to: string): AnswerCoverage['missing'] => [{ from, to }]
  assert.match(open(span('2026-06-01T00:00:00Z', '2026-06-04T00:00:00Z')), / missing from 2026-06-01 to 2026-06-03; no/)
  // The end of a stretch of hours is not in it, and part of a day is no whole day.
  assert.match(
    open(span('2026-02-26T21:00:00Z', '2026-03-06T00:00:00Z')),
    /missing from 2026-02-26 21:00 to 2026-03-06 00:00 UTC; no/,
  )
  assert.match(
    open(span('2026-06-01T00:00:00Z', '2026-06-03T23:00:00Z')),
    /from 2026-06-01 00:00 to 2026-06-03 23:00 UTC/,
  )
  assert.match(open(span('2026-06-01T02:00:00Z', '2026-06-01T05:00:00Z')), /from 2026-06-01 02:00 to 05:00 UTC/)
  for (const covered of [0, 100]) assert.doesNotMatch(open([], covered), /Needed logs/)
})

test('files that were not read: always those that could hold persistence, logs where nothing was found', () => {
  const blind = [{ path: 'x.aspx', reason: 'encrypted' }]
  const lost = { kind: 'ews', path: 'ews.log', reason: 'corrupt', from: 1, to: 2, atEnd: false }
  assert.match(
    verdict({ compromised: 'yes' }, { meter: { blind } }).sentence,
    / Files not read that could hold persistence: x\.aspx/,
  )
  assert.equal(verdict({}, { meter: { blind } }).is, 'cannot-tell')
  const open = verdict({}, { meter: { notRead: () => [lost] } })
  assert.equal(open.is, 'cannot-tell')
  assert.match(open.sentence, / Logs that could not be read in these hours: ews\.log/)
  for (const kind of ['windows-other', 'web-roots'])
    assert.equal(verdict({}, { meter: { notRead: () => [{ ...lost, kind }] } }).is, 'no-evidence')
  const missing = [{ from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' }]
  const asked: string[] = []
  const meter = { lostIn: (_: unknown, from: number, to: number) => [asked.push(`${to - from}`), lost].slice(1) }
  assert.match(verdict({ exploited: coverage(1, 9, missing) }, { meter }).sentence, /in these hours: ews\.log/)
  assert.deepEqual(asked, ['24'])
  assert.doesNotMatch(verdict({ 'still-there': coverage(1, 9, missing) }, { meter }).sentence, /in these hours/)
  assert.doesNotMatch(verdict({ exploited: { ...coverage(1, 9, missing), is: 'yes' } }, { meter }).sentence, /in these/)
})

test('entries of other hosts leave the verdict open where the name of the server is in doubt', () => {
  const server = (isSure: boolean): object => ({ name: 'M1', names: new Set(['M1']), product: 'x', isSure })
  const foreign = (more: object = {}, besides: object = { isForeign: true }): object =>
    finding('a', { host: 'FAKE99', ...more }, besides)
  const of = (isSure: boolean, ...found: object[]): Verdict => verdict({}, { server: server(isSure), found })
  assert.equal(of(false, foreign()).is, 'cannot-tell')
  assert.match(of(false, foreign()).sentence, /Entries of other hosts \(FAKE99\) show signs/)
  for (const other of [
    of(true, foreign()),
    of(false, foreign({ host: null })),
    of(false, foreign({}, {})),
    of(false, foreign({ stage: 'attempt' })),
    of(false, foreign({}, { isForeign: true, hits: [{ misplaced: true, event: { time: null, fields: {} } }] })),
  ])
    assert.equal(other.is, 'no-evidence')
})

// ---------------------------------------------------------------- patched too late

const fixedAt = Date.parse('2026-06-05T00:00:00Z')
const window = (door: object, more: object = {}): Window =>
  ({
    campaign: { id: 'c' },
    assessed: true,
    settled: null,
    outsideLogs: null,
    exposure: { fixedAt, end: 'fixed', affected: true, ...door },
    ...more,
  }) as unknown as Window
const step = (hours: number | null, more: object = {}): object =>
  finding('a', {
    campaign: 'c',
    timeBasis: 'stated',
    time: hours === null ? null : new Date(fixedAt + hours * HOUR).toISOString(),
    ...more,
  })
const late = (
  found: readonly object[],
  windows: readonly Window[],
  campaigns: readonly object[] = [],
): boolean | null =>
  patchedTooLate({ found } as unknown as AssessmentInput, windows, campaigns as readonly CampaignAnswer[], new Map())

test('the first step before the fix was too early for it', () => {
  assert.equal(late([step(-1)], [window({})]), true)
  assert.equal(late([step(0)], [window({})]), false)
  assert.equal(late([step(5), step(-5)], [window({})]), true)
  // A shell that is used after the fix was planted before.
  assert.equal(late([step(1, { stage: 'shell' })], [window({})]), null)
  assert.equal(late([step(1, { stage: 'write' })], [window({})]), false)
})

test('a time whose zone is not known is in doubt by 14 hours', () => {
  for (const timeBasis of ['assumed', 'file']) {
    assert.equal(late([step(-14, { timeBasis })], [window({})]), null)
    assert.equal(late([step(-15, { timeBasis })], [window({})]), true)
    assert.equal(late([step(14, { timeBasis })], [window({})]), false)
    assert.equal(late([step(13, { timeBasis })], [window({})]), null)
  }
})

test('without a fix it is too late where the server stays open, and else not known', () => {
  assert.equal(late([step(-1)], [window({ fixedAt: null, end: 'open' })]), true)
  assert.equal(late([step(-1)], [window({ fixedAt: null, end: 'unknown' })]), null)
})

test('without a step the fix came in time where the campaigns are settled', () => {
  const attempt = step(-1, { stage: 'attempt' })
  const lead = step(-1, { is: 'lead' })
  const settled = { assessed: true, answers: [{ question: 'exploited', is: 'no-evidence' }] }
  const open = { assessed: true, answers: [{ question: 'exploited', is: 'cannot-tell' }] }
  for (const found of [[], [attempt], [lead], [step(null)], [step(-1, { campaign: 'other' })]])
    assert.equal(late(found, [window({})], [settled]), false)
  assert.equal(late([], [window({})], [open]), null)
  assert.equal(late([], [window({})], [{ ...open, assessed: false }]), false)
  assert.equal(late([], [window({})], [{ ...open, answers: [{ question: 'targeted', is: 'yes' }] }]), false)
  assert.equal(late([], [window({ fixedAt: null })]), null)
  assert.equal(late([], [window({}, { assessed: false })]), null)
  assert.equal(late([], [window({ fixedAt: null }, { assessed: false, settled: 'fixed before' })]), false)
  assert.equal(late([], [window({ fixedAt: null, affected: false }, { settled: 'x' })]), null)
  assert.equal(late([], [window({}, { outsideLogs: { from: 1, to: 2 } })]), null)
})
