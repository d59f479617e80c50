import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../../src/model/event.ts'
import { eventValues, type Values } from '../../../src/rules/field-values.ts'
import type { EventRule, FieldLookup, Need, RuleQuestion } from '../../../src/rules/rule.ts'
import { loadSigma } from '../../../src/rules/sigma/load.ts'
import { Chance } from '../../kernel/logs.ts'
import { holds } from './naive.ts'
import { randomEvent, randomRule, yamlOf } from './random-rules.ts'
import { event, file } from './rule.ts'

// What a rule says of itself is true of every event: its event ids, the texts that it needs, the fields that it reads, and its
// answer where only some fields are known.

const everything = (values: Values): FieldLookup => {
  return (name) => (name === '' ? values.raw : values.get(name))
}
const isThere = ({ field, text }: Need, values: Values): boolean =>
  field === '' ? values.everything.includes(text) : values.get(field).folded.some((one) => one.includes(text))
const fold = (name: string): string => name.toLowerCase()

test('what rules say of themselves is true of every event', () => {
  const chance = new Chance(20_261_201)
  const choose = (n: number): number => chance.int(n)
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'EventID', 'CommandLine']
  let [yes, sure, exact] = [0, 0, 0]
  for (let round = 0; round < 150; round++) {
    const asked = randomRule(choose, names)
    const { events, broken } = loadSigma([file(yamlOf(asked, round))])
    assert.deepEqual(broken, [])
    const [made] = events as [EventRule]
    const about = (what: unknown): string => JSON.stringify({ asked: yamlOf(asked, round), what })
    const all = Array.from({ length: 8 }, () => randomEvent(choose, names))
    for (const [i, one] of all.entries()) {
      const given = event(one.fields, { raw: one.raw })
      const isYes = made.match(given) !== null
      assert.equal(isYes, holds(asked, one), about(one))
      const values = eventValues(given)
      if (isYes) {
        yes++
        const { eventIds, needs } = made
        assert.ok(!eventIds || values.get('eventid').folded.some((id) => eventIds.has(id)), about(one))
        assert.ok(!needs || needs.some((need) => isThere(need, values)), about(one))
      }
      const answers = made.questions!.map((question) => question.could(everything(values)))
      for (const [at, answer] of answers.entries())
        if (answer === undefined) assert.ok(made.questions![at]!.reads.has(''), about(one))
      agrees(answers, isYes, about(one))
      // Where some fields are not known, an answer holds whatever they are.
      const hidden = new Set(names.filter(() => choose(3) === 0).map(fold))
      const known: FieldLookup = (name) => (hidden.has(name) || name === '' ? undefined : values.get(name))
      const some = made.questions!.map((question) => question.could(known))
      agrees(some, isYes, about({ one, hidden: [...hidden] }))
      if (some.includes(true) || some.every((answer) => answer === false)) sure++
      for (const question of made.questions!) {
        const own = question.could(everything(values))
        if (own === true)
          for (const group of question.groups ?? [])
            assert.ok(
              group.needs.some((need) => isThere(need, values)),
              about({ one, group }),
            )
        exact += followsFromItsParts(question, given, all[(i + 1) % all.length]!, about(one))
        for (const name of question.compares ?? []) assert.ok(question.reads.has(name), about(name))
      }
    }
  }
  assert.ok(
    yes > 200 && sure > 300 && exact > 50,
    `${yes} matches, ${sure} known from some fields, ${exact} from texts`,
  )
})

/** A rule matches exactly when one of its questions says yes. */
function agrees(answers: readonly (boolean | undefined)[], isYes: boolean, about: string): void {
  if (answers.includes(true)) assert.equal(isYes, true, about)
  if (answers.every((answer) => answer === false)) assert.equal(isYes, false, about)
}

/**
 * Two events that agree in the fields of `reads` have one answer, and so have two that agree in those of `rest` and have a
 * text of every exact group. Returns how often that was seen.
 */
function followsFromItsParts(
  question: RuleQuestion,
  given: Event,
  other: { fields: Event['fields']; raw: string },
  about: string,
): number {
  const own = question.could(everything(eventValues(given)))
  const mixed = (kept: ReadonlySet<string>): Event => {
    const isKept = (name: string): boolean => kept.has(fold(name))
    const fields = [
      ...Object.entries(given.fields).filter(([name]) => isKept(name)),
      ...Object.entries(other.fields).filter(([name]) => !isKept(name)),
    ]
    return event(Object.fromEntries(fields), { raw: other.raw })
  }
  if (!question.reads.has('')) {
    const alike = eventValues(mixed(question.reads))
    assert.equal(question.could(everything(alike)), own, about)
  }
  if (question.rest.has('')) return 0
  const hasTexts = (values: Values): boolean =>
    (question.groups ?? []).every((group) => !group.exact || group.needs.some((need) => isThere(need, values)))
  if (!hasTexts(eventValues(given))) return 0
  const alike = eventValues(mixed(question.rest))
  if (!hasTexts(alike)) return 0
  assert.equal(question.could(everything(alike)) !== false, own !== false, about)
  return 1
}
