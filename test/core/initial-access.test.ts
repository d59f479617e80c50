import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import { withInitialAccess } from '../../src/assessment/answers/initial-access.ts'
import type { Answer, Is, Question } from '../../src/model/answer.ts'

const answer = (question: Question, is: Is, because: readonly string[] = []): Answer => ({
  question,
  is,
  because,
  sentence: 'as it was',
  contradictions: [],
  coverage: { from: '2026-06-01T00:00:00Z', to: '2026-06-14T00:00:00Z', covered: 300, of: 312, missing: [] },
  missingEvidence: [],
})

/** The answer to "exploited" where an intruder's first step is at this time. */
function exploited(first: string | null, others: readonly Answer[], more: object = {}): Answer {
  const input = { server: { product: 'Exchange2019' }, found: [{ finding: { id: 'f', first, time: first } }], ...more }
  const answers = withInitialAccess(input as unknown as AssessmentInput, others, null)
  return answers.find(({ question }) => question === 'exploited')!
}

const no = answer('exploited', 'no-evidence')
const compromised = answer('compromised', 'yes', ['f'])

test('the logs begin days before the first step: valid credentials, or an attack vector that is not logged', () => {
  const { is, sentence } = exploited('2026-06-05T02:00:00Z', [no, compromised])
  assert.equal(is, 'no-evidence')
  assert.match(sentence, /valid credentials, or an attack vector/)
})

test('the logs begin less than a day before the first step: cannot tell, and which logs would show it', () => {
  const { is, sentence, missingEvidence } = exploited('2026-06-01T20:00:00Z', [no, compromised])
  assert.equal(is, 'cannot-tell')
  assert.match(sentence, /begin on 2026-06-01, less than a day before/)
  assert.match(missingEvidence.join(), /before 2026-06-01/)
})

test('nothing changes without an intrusion, for a computer without Exchange, and where a campaign is settled', () => {
  assert.equal(exploited('2026-06-01T20:00:00Z', [no, answer('compromised', 'no-evidence')]).sentence, 'as it was')
  const elsewhere = { server: { product: 'none' } }
  assert.equal(exploited('2026-06-01T20:00:00Z', [no, compromised], elsewhere).sentence, 'as it was')
  const settled = answer('exploited', 'no-evidence', ['exposure: fixed'])
  assert.equal(exploited('2026-06-01T20:00:00Z', [settled, compromised]).sentence, 'as it was')
  assert.equal(exploited(null, [no, compromised]).sentence, 'as it was')
})
