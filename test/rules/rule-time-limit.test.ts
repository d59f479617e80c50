import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LoadedRules } from '../../src/rules/rule.ts'
import { loadRules } from '../../src/rules/index.ts'
import { timed } from '../../src/rules/rule-time-limit.ts'
import { event as eventOf } from './sigma/rule.ts'

const text = 'title: t\nid: a-rule\nlogsource: {product: iis}\ndetection:\n  s: {f: x}\n  condition: s\n'
const load = (pack: string): Promise<LoadedRules> =>
  loadRules([{ path: `${pack}/a.yml`, text, pack, campaign: 'unknown', settings: {} }])

/** A clock that goes on by so many milliseconds each time that it is looked at. */
function clock(step: number): () => number {
  let time = 0
  return () => (time += step)
}

const TOLD = {
  file: 'rules/a.yml',
  reason: 'slow',
  detail: 'The rule a-rule took too long and was left out of part of the evidence.',
}

describe('the time of a Sigma rule', () => {
  const event = eventOf({ f: 'x' })

  it('of the user is measured: one that takes too long is named once and left out', async () => {
    const rules = timed(await load('rules'), clock(2_000))
    const [rule] = rules.events
    for (let i = 0; i < 5; i++) assert.deepEqual(rule!.match(event), ['f'], `ask ${i}`)
    rule!.match(event)
    assert.equal(rule!.match(event), null)
    // What is known of a value is kept for later files: nothing is known of it where the rule is left out.
    assert.equal(
      rule!.questions![0]!.could(() => undefined),
      true,
    )
    assert.deepEqual(rules.slow(), [TOLD])
    assert.deepEqual(rules.slow(), [])
  })

  it('holds for one file: the next one is searched again, and after three files each later one is reported', async () => {
    const rules = timed(await load('rules'), clock(2_000))
    const [rule] = rules.events
    const matches = (): number => Array.from({ length: 8 }, () => rule!.match(event)).filter(Boolean).length
    for (let file = 0; file < 3; file++) {
      assert.equal(matches(), 6, `file ${file}`)
      assert.deepEqual(rules.slow(), [TOLD])
    }
    assert.equal(matches(), 0)
    assert.deepEqual(rules.slow(), [TOLD])
    // A file without anything that the rule is about misses nothing.
    assert.deepEqual(rules.slow(), [])
  })

  it('that is asked millions of times and takes little each time is not slow', async () => {
    const rules = timed(await load('rules'), clock(0.05))
    for (let i = 0; i < 250_000; i++) rules.events[0]!.match(event)
    assert.deepEqual(rules.slow(), [])
    assert.deepEqual(rules.events[0]!.match(event), ['f'])
  })

  it('of a pack is not measured', async () => {
    const loaded = await load('a-pack')
    assert.equal(timed(loaded, clock(1e9)).events[0], loaded.events[0])
  })
})
