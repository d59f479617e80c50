import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptHits } from '../../src/kept-hits.ts'
import type { Event, Hit, Scan } from '../../src/model.ts'
import { Chance } from '../kernel/logs.ts'
import { scanOf } from './scans.ts'

const hit = (rule: string, time: number | null): Hit => ({ rule, matched: [], event: { time } as unknown as Event })

/** Files of one log with so many hits of a common rule and one of a rare one. */
const scans = (): Scan[] =>
  Array.from({ length: 40 }, (_, i) =>
    scanOf('iis-frontend', [], {
      path: `u_ex${String(i).padStart(2, '0')}.log`,
      hits: [
        ...Array.from({ length: i % 9 }, (__, j) => hit('common', 1000 * i + j)),
        hit('joins', i),
        hit('none', null),
      ],
      more: i % 5 === 0 ? [{ rule: 'common', count: 7, first: 1000 * i - 5, last: 1000 * i + 500 }] : [],
    }),
  )

function kept(order: readonly number[], packed = Infinity): Scan[] {
  const all = scans()
  const came: Scan[] = []
  const hits = new KeptHits((rule) => rule === 'joins', { rule: 10, joinable: 30 }, packed)
  for (const at of order) {
    came[at] = all[at]!
    hits.came(came, at)
  }
  hits.finish(came)
  return came
}

test('of each rule the hits of the first files are kept and the others counted, in whatever order the files came', () => {
  const inOrder = kept([...scans().keys()])
  const of = (rule: string): Hit[] => inOrder.flatMap((scan) => scan.hits.filter((one) => one.rule === rule))
  assert.deepEqual(
    of('common').map(({ event }) => event.time),
    [1000, 2000, 2001, 3000, 3001, 3002, 4000, 4001, 4002, 4003],
  )
  assert.equal(of('joins').length, 30)
  assert.equal(of('none').length, 10)
  const counted = (rule: string): number =>
    inOrder.reduce((sum, { more }) => sum + (more.find((rest) => rest.rule === rule)?.count ?? 0), 0)
  const all = scans().flatMap(({ hits }) => hits.filter((one) => one.rule === 'common')).length
  assert.equal(of('common').length + counted('common'), all + 8 * 7)
  assert.equal(counted('joins'), 10)
  assert.deepEqual(inOrder[39]!.more, [
    { rule: 'common', count: 3, first: 39_000, last: 39_002 },
    { rule: 'joins', count: 1, first: 39, last: 39 },
    { rule: 'none', count: 1, first: null, last: null },
  ])
  assert.deepEqual(inOrder[35]!.more[0], { rule: 'common', count: 15, first: 34_995, last: 35_500 })

  const chance = new Chance(5)
  for (let round = 0; round < 20; round++) {
    const order = [...scans().keys()]
    for (let i = order.length - 1; i > 0; i--) {
      const j = chance.int(i + 1)
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    assert.deepEqual(kept(order), inOrder)
    assert.deepEqual(kept(order, 1 + chance.int(10)), inOrder)
  }
})
