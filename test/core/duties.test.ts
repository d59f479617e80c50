import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allDuties, dutiesOf } from '../../src/knowledge/reporting-duties.ts'
import type { Answer, Is, Question } from '../../src/model/answer.ts'

const answer = (question: Question, is: Is): Answer => ({ question, is }) as unknown as Answer

test('every duty says whom it binds, whom they tell, how long, from when, and where that stands', () => {
  const duties = allDuties()
  assert.ok(duties.length >= 15)
  assert.equal(new Set(duties.map(({ id }) => id)).size, duties.length)
  for (const duty of duties) {
    for (const name of ['id', 'law', 'appliesTo', 'notify', 'deadline', 'from'] as const)
      assert.notEqual(duty[name], '', `${duty.id}: ${name}`)
    assert.match(duty.source, /^https:\/\//)
  }
  assert.deepEqual(
    duties.filter(({ id }) => id === 'gdpr-33').map(({ deadline, from }) => [deadline, from]),
    [['72 hours', 'becoming aware of the breach']],
  )
})

for (const [question, is, calls] of [
  ['exploited', 'yes', true],
  ['compromised', 'likely', true],
  ['mail-taken', 'yes', true],
  ['targeted', 'yes', false],
  ['exposed', 'yes', false],
  ['exploited', 'cannot-tell', false],
  ['compromised', 'no-evidence', false],
] as const)
  test(`${question} ${is}: duties ${calls ? 'are told' : 'are not told'}`, () => {
    assert.equal(dutiesOf([answer(question, is)]).length > 0, calls)
  })
