import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepsOf } from '../counted.ts'
import { TrafficTable } from '../../src/activity/requests.ts'
import { DailyShares, type Share } from '../../src/activity/daily-shares.ts'
import { HiddenAddresses, isHiddenAt } from '../../src/activity/hidden-addresses.ts'
import { KnownOrigins } from '../../src/activity/known-origins.ts'
import { isJustBefore, isJustBeforeOrSince, isNear, isOneUse, lastingSince } from '../../src/activity/near-days.ts'

// Days before the first one of the server may be forged: what they say explains an act only where it lasted up to it.

const DAY = 86_400_000

test('the days just before an act are those of a long weekend', () => {
  assert.deepEqual(
    [99, 95, 94, 100, 101].map((day) => isJustBefore(day, 100)),
    [true, true, false, false, false],
  )
  assert.deepEqual(
    [99, 94, 100, 105, 106].map((day) => isNear(day, 100)),
    [true, false, false, true, false],
  )
  assert.deepEqual(
    [94, 95, 100, 300].map((day) => isJustBeforeOrSince(day, 100)),
    [false, true, true, true],
  )
})

test('a use goes on while no more than a week is between its days, or its account is not at work elsewhere', () => {
  const nowhere = (): number[] => []
  const daily = (): number[] => Array.from({ length: 100 }, (_, day) => day)
  assert.equal(lastingSince([10, 12, 19, 27], daily, 35), 10)
  assert.equal(lastingSince([10, 12, 19], daily, 35), null)
  assert.equal(lastingSince([10, 12, 19], nowhere, 35), 10)
  assert.equal(lastingSince([35, 40], nowhere, 35), null)
  const [early, late] = [
    { first: 0, last: 8 * DAY },
    { first: 20 * DAY, last: 30 * DAY },
  ]
  assert.equal(isOneUse(early, late), false)
  assert.equal(isOneUse({ ...early, last: 12 * DAY }, late), true)
})

/** Why an address is known on day 100 where three accounts were served on these days; `frontEnd`: days of which its logs have logons. */
function knownOn(days: readonly number[], isOfFrontEnd = true, frontEnd: readonly number[] = [], byMail = false) {
  const client = '203.0.113.7'
  const served = ['ann', 'bob', 'eve'].map((user) => ({
    user,
    client,
    days: days.map((day) => ({ day, isOfTable: false, isBeside: false, isOfFrontEnd })),
  }))
  const logons = { served: () => served, refused: () => [], frontEndDays: () => new Set(frontEnd) }
  return new KnownOrigins(logons as never, { accountOf: (name) => name }).before(client, 100 * DAY, { byMail })
}

test('a log of IMAP makes no address of web requests known, on days of which the front end has logons', () => {
  assert.match(knownOn([97], false)!, /3 accounts were served/)
  assert.match(knownOn([97], false, [96])!, /3 accounts were served/)
  assert.equal(knownOn([97], false, [97]), null)
  assert.match(knownOn([97], true, [97])!, /3 accounts were served/)
  // Passwords were tried over such a protocol, too.
  assert.match(knownOn([97], false, [97], true)!, /3 accounts were served/)
})

test('an address where accounts logged on long before an act, and not since, is not one of theirs', () => {
  assert.equal(knownOn([80, 85, 90]), null)
  assert.match(knownOn([80, 97])!, /3 accounts were served/)
})

test('who sends most is said by the last days, however many rows others have', () => {
  const days = new DailyShares()
  const share = (rows: number): Share => ({ rows, answered: rows, named: rows })
  const proxyOf = (): readonly string[] | null | undefined => days.recent()?.senders(0.8, 2)
  assert.equal(days.recent(), null)
  for (let day = 100; day < 114; day++)
    days.addFile(day * DAY, [
      ['10.0.0.1', share(95)],
      ['10.0.0.9', share(5)],
    ])
  assert.deepEqual(proxyOf(), ['10.0.0.1'])
  for (let day = 40; day < 100; day++) days.addFile(day * DAY, [['203.0.113.7', share(5000)]])
  assert.deepEqual(proxyOf(), ['10.0.0.1'])
  assert.equal(days.recent()!.outside, 0)
  // Many rows of a single day make nothing a proxy of the others, and hide none; nor do those of five days of fourteen.
  for (let day = 109; day < 114; day++) {
    days.addFile(day * DAY, [['203.0.113.7', share(90_000)]])
    assert.deepEqual(proxyOf(), ['10.0.0.1'])
  }
  for (let day = 106; day < 109; day++) days.addFile(day * DAY, [['203.0.113.7', share(90_000)]])
  assert.deepEqual(proxyOf(), ['203.0.113.7'])
})

test('with how many programs a sender asks is said by the days up to an act, whatever others send on other days', () => {
  const days = new DailyShares()
  const agentsOf = (client: string, names: readonly string[]) => {
    const table = new TrafficTable()
    for (const name of names) table.addRow(table.numberOf(name), {}, null, client)
    return table.tally()
  }
  const share = (rows: number): Share => ({ rows, answered: rows, named: rows })
  for (let day = 100; day < 114; day++)
    days.addFile(
      day * DAY,
      [['10.0.0.1', share(10)]],
      agentsOf(
        '10.0.0.1',
        Array.from({ length: 10 }, (_, i) => `${(i + day) % 8}`),
      ),
    )
  for (let day = 60; day < 80; day++)
    days.addFile(
      day * DAY,
      [['203.0.113.7', share(100)]],
      agentsOf(
        '203.0.113.7',
        Array.from({ length: 100 }, (_, i) => `${i % 9}`),
      ),
    )
  assert.equal(days.upTo(113)!.haveManyPrograms(['10.0.0.1']), true)
  assert.equal(days.upTo(113)!.haveManyPrograms(['203.0.113.7']), false)
  assert.equal(days.upTo(79)!.haveManyPrograms(['203.0.113.7']), true)
})

test('what a day is judged by is found without a look at all others', async () => {
  const days = new DailyShares()
  for (let day = 0; day < 8_000; day++)
    days.addFile(day * 20 * DAY, [['10.0.0.1', { rows: 20, answered: 20, named: 0 }]])
  const stepsFor = (count: number): Promise<number> =>
    stepsOf(() => {
      for (let day = 8_000 - count; day < 8_000; day++) days.upTo(day * 20)
      return Promise.resolve()
    })
  const [few, many] = [await stepsFor(100), await stepsFor(1_000)]
  assert.ok(many <= few * 20 && many < 2_000_000, `${few} and ${many} steps`)
})

test('who was a proxy on a day is said by the days up to it, whatever follows', () => {
  const days = new DailyShares()
  const share = (rows: number): Share => ({ rows, answered: rows, named: rows })
  for (let day = 100; day < 115; day++)
    days.addFile(day * DAY, [
      ['10.0.0.1', share(95)],
      ['203.0.113.7', share(day === 108 ? 400 : 5)],
    ])
  for (let day = 115; day < 145; day++) days.addFile(day * DAY, [['203.0.113.7', share(5000)]])
  const on = (day: number): readonly string[] | null | undefined => days.upTo(day)?.senders(0.8, 2)
  assert.deepEqual(days.recent()!.senders(0.8, 2), ['203.0.113.7'])
  assert.deepEqual(on(107), ['10.0.0.1'])
  assert.equal(on(108)?.[0] === '203.0.113.7' && on(108)?.length === 1, false)
  assert.deepEqual(on(144), ['203.0.113.7'])
  // The first days of the logs have few before them.
  assert.deepEqual(on(100), on(113))
  assert.equal(new DailyShares().upTo(100), null)
  const hidden = new HiddenAddresses((day) => [
    new Set((day === null ? days.recent() : days.upTo(day))!.senders(0.8, 2)),
  ])
  assert.equal(isHiddenAt(hidden, '203.0.113.7', null), true)
  assert.equal(isHiddenAt(hidden, '203.0.113.7', 107 * DAY), false)
  assert.equal(isHiddenAt(hidden, '10.0.0.1', 107 * DAY), true)
  assert.equal(isHiddenAt(new Set(['a']), 'a', 107 * DAY), true)
})
