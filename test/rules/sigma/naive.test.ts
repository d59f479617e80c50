import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askAll } from '../../../src/rules/match.ts'
import { loadSigma } from '../../../src/rules/sigma/load.ts'
import { Chance } from '../../kernel/logs.ts'
import { holds } from './naive.ts'
import { randomEvent, randomRule, yamlOf } from './random-rules.ts'
import { event, file } from './rule.ts'

test('rules match what a plain reading of the specification says', () => {
  const chance = new Chance(20_261_130)
  const choose = (n: number): number => chance.int(n)
  let [asked, yes] = [0, 0]
  for (let round = 0; round < 200; round++) {
    const rules = Array.from({ length: 4 }, () => randomRule(choose))
    const { events, broken } = loadSigma(rules.map((rule, i) => file(yamlOf(rule, i), { path: `rules/${i}.yml` })))
    assert.deepEqual(broken, [])
    const ask = askAll(events)
    for (let i = 0; i < 12; i++) {
      const { fields, raw } = randomEvent(choose)
      const found = ask(event(fields, { raw })).map(({ rule }) => Number(rule.info.id.slice(-12)))
      const wanted = rules.flatMap((rule, number) => (holds(rule, { fields, raw }) ? [number] : []))
      assert.deepEqual(found, wanted, JSON.stringify({ fields, raw, rules: rules.map(yamlOf) }))
      asked += rules.length
      yes += wanted.length
    }
  }
  assert.ok(yes > asked / 10 && yes < asked / 2, `${yes} of ${asked} are matches`)
})
