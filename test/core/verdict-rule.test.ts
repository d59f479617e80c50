import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleVerdict, type VerdictFacts } from '../../src/assessment/answers/verdict-rule.ts'
import { type Is, type Question, restsOn, type VerdictIs } from '../../src/model/answer.ts'

type Answers = Partial<Record<Question, Is>>

function verdict(answers: Answers, facts: Partial<Omit<VerdictFacts, 'is'>> = {}): VerdictIs {
  const none = { hasOpenLead: false, isUncovered: false, isUnread: false, isNamedBeyond: false }
  return ruleVerdict({ is: (question) => answers[question] ?? 'no-evidence', ...none, ...facts })
}

// The first rule that applies. Each line: the answers that are not "no evidence", and the verdict.
const table: readonly (readonly [answers: Answers, is: VerdictIs])[] = [
  [{}, 'no-evidence'],
  [{ exposed: 'yes' }, 'no-evidence'],
  [{ exposed: 'cannot-tell' }, 'no-evidence'],
  [{ compromised: 'yes' }, 'compromised'],
  [{ compromised: 'likely' }, 'compromised'],
  [{ 'still-there': 'yes' }, 'compromised'],
  [{ 'still-there': 'likely', compromised: 'cannot-tell' }, 'compromised'],
  [{ exploited: 'yes', compromised: 'likely' }, 'compromised'],
  [{ exploited: 'yes' }, 'exploited'],
  [{ exploited: 'likely', compromised: 'cannot-tell' }, 'exploited'],
  [{ 'mail-taken': 'yes' }, 'exploited'],
  [{ 'mail-taken': 'likely', targeted: 'yes' }, 'exploited'],
  [{ targeted: 'yes' }, 'targeted'],
  [{ targeted: 'likely' }, 'targeted'],
  [{ targeted: 'yes', 'mail-taken': 'cannot-tell' }, 'targeted'],
  [{ targeted: 'yes', 'still-there': 'cannot-tell' }, 'targeted'],
  [{ targeted: 'yes', exploited: 'cannot-tell' }, 'cannot-tell'],
  [{ targeted: 'yes', compromised: 'cannot-tell' }, 'cannot-tell'],
  // Not assessed is no "no".
  [{ targeted: 'yes', exploited: 'not-asked' }, 'no-evidence'],
  [{ targeted: 'cannot-tell' }, 'cannot-tell'],
  [{ exploited: 'cannot-tell' }, 'cannot-tell'],
  [{ compromised: 'cannot-tell' }, 'cannot-tell'],
  [{ 'mail-taken': 'cannot-tell' }, 'cannot-tell'],
  [{ 'still-there': 'cannot-tell' }, 'no-evidence'],
]

for (const [answers, is] of table) {
  const given = Object.entries(answers).map(([question, how]) => `${question} ${how}`)
  test(`${given.join(', ') || 'nothing'}: ${is}`, () => assert.equal(verdict(answers), is))
}

for (const fact of ['hasOpenLead', 'isUncovered', 'isUnread', 'isNamedBeyond'] as const) {
  test(`${fact}: "no evidence" becomes "cannot tell", and what is found stays`, () => {
    assert.equal(verdict({}, { [fact]: true }), 'cannot-tell')
    assert.equal(verdict({ compromised: 'likely' }, { [fact]: true }), 'compromised')
    assert.equal(verdict({ exploited: 'likely' }, { [fact]: true }), 'exploited')
  })
}

test('an open lead beside attempts: cannot tell; attempts on a server whose logs are not whole: targeted', () => {
  assert.equal(verdict({ targeted: 'yes' }, { hasOpenLead: true }), 'cannot-tell')
  assert.equal(verdict({ targeted: 'yes' }, { isUnread: true }), 'targeted')
})

test('a verdict rests on the answers that give it', () => {
  for (const [is, questions] of Object.entries(restsOn))
    for (const question of questions) assert.equal(verdict({ [question]: 'yes' }), is)
  assert.deepEqual(restsOn['cannot-tell'], [])
  assert.deepEqual(restsOn['no-evidence'], [])
})
