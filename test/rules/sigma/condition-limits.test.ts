import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenBy, event, rule } from './rule.ts'

// How long, how deep and how wide a condition may be.

const SELECTIONS = 'sel_a: {A: 1}\nsel_b: {B: 1}'

test('a condition may be nested two hundred deep, and not more', async () => {
  const nested = (depth: number): string =>
    `${SELECTIONS}\ncondition: ${'('.repeat(depth - 1)}sel_a${')'.repeat(depth - 1)}`
  const deep = await rule(nested(200))
  assert.deepEqual([deep.match(event({ A: 1 })), deep.match(event({ B: 1 }))], [['A'], null])
  const problem = await brokenBy(nested(201))
  assert.match(problem.detail, /^a condition nested more than 200 deep/)
  assert.equal(problem.column, 14 + 200)
  // Side by side they are not nested.
  const wide = await rule(`${SELECTIONS}\ncondition: ${Array.from({ length: 300 }, () => '(sel_a)').join(' or ')}`)
  assert.deepEqual(wide.match(event({ A: 1 })), ['A'])
})

test('a condition may have 64 KiB, and not more', async () => {
  const padded = (blanks: number): string => `sel: {A: 1}\ncondition: "sel${' '.repeat(blanks)}or sel"`
  assert.deepEqual((await rule(padded(65_536 - 9))).match(event({ A: 1 })), ['A'])
  const problem = await brokenBy(padded(65_536 - 8))
  assert.match(problem.detail, /^a condition of 65537 characters/)
  assert.equal(problem.column, 15)
})

test('a condition may name a million selections, each name counted by what it stands for', async () => {
  const many = Array.from({ length: 1_000 }, (_, i) => `s${i}: {A: ${i}}`).join('\n')
  const named = (times: number, ...more: readonly string[]): string =>
    `${many}\ncondition: ${[...Array.from({ length: times }, () => '1 of s1'), ...more].join(' or ')}`
  assert.deepEqual((await rule(named(1_000))).match(event({ A: 1 })), ['A'])
  assert.deepEqual((await rule(named(999, ...Array.from({ length: 1_000 }, () => 's2')))).match(event({ A: 2 })), ['A'])
  for (const condition of [named(1_000, 's2'), named(1_001)])
    assert.match((await brokenBy(condition)).detail, /^a condition that names too many selections/)
})
