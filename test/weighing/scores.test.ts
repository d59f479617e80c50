import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreQuestions } from '../../src/assessment/answers/finding-weight.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { WeighedSubject } from '../../src/model/weight.ts'

const found = (id: string, more: Partial<Finding>, counts = true): FindingWithHits => ({
  finding: { id, stage: 'access', is: 'nothing', ...more } as Finding,
  hits: [],
  counts,
})
const tried = { kind: 'request', question: 'targeted', is: 'yes', findings: ['a', 'b'] } as unknown as WeighedSubject

test('use of a vulnerability that the fix explains was tried all the same', () => {
  const is = scoreQuestions([found('a', {})], [tried])
  assert.deepEqual([...is.keys()], ['targeted'])
  assert.equal(is.get('targeted')!.is, 'yes')
})

test('what does not count says nothing, nor what is of another campaign', () => {
  assert.equal(scoreQuestions([found('a', {}, false), found('c', {})], [tried]).size, 0)
})

test('a subject that is a lead says nothing of the attempt', () => {
  assert.equal(scoreQuestions([found('a', {})], [{ ...tried, is: 'lead' }]).size, 0)
})
