import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LoadedRules } from '../../src/rules/rule.ts'
import { loadRules } from '../../src/rules/index.ts'
import { timed } from '../../src/rules/timed.ts'
import { event as eventOf } from './sigma/rule.ts'

const text = 'title: t\nid: a-rule\nlogsource: {product: iis}\ndetection:\n  s: {f: x}\n  condition: s\n'
const load = (pack: string): Promise<LoadedRules> =>
  loadRules([{ path: `${pack}/a.yml`, text, pack, campaign: 'unknown', settings: {} }])

/** A clock that goes on by so many milliseconds each time that it is looked at. */
function clock(step: number): () => number {
  let time = 0
  return () => (time += step)
}

describe('the time of a Sigma rule', () => {
  const event = eventOf({ f: 'x' })

  it('of the user is measured: one that takes too long is named once and left out', async () => {
    const rules = timed(await load('rules'), clock(2_000))
    const [rule] = rules.events
    for (let i = 0; i < 5; i++) assert.deepEqual(rule!.match(event), ['f'], `ask ${i}`)
    assert.deepEqual(rules.slow(), [])
    rule!.match(event)
    assert.deepEqual(rules.slow(), [
      {
        file: 'rules/a.yml',
        reason: 'slow',
        detail: 'The rule a-rule took too long and was left out of part of the evidence.',
      },
    ])
    assert.equal(rule!.match(event), null)
    assert.equal(
      rule!.questions![0]!.could(() => undefined),
      false,
    )
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
