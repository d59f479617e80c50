import assert from 'node:assert/strict'
import { test } from 'node:test'
import { implyEarlierQuestions, scoreQuestions } from '../../src/assessment/answers/finding-weight.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'

function answersTo(finding: Partial<Finding>): Record<string, string> {
  const found = [
    {
      counts: true,
      hits: [],
      finding: { id: 'f', stage: 'execution', is: 'likely', cves: [], facts: {}, ...finding } as unknown as Finding,
    },
  ] satisfies FindingWithHits[]
  const is = scoreQuestions(found)
  implyEarlierQuestions(is, found)
  return Object.fromEntries([...is].map(([question, { is }]) => [question, is]))
}

const effect = { subject: 'program', kind: 'effect', strength: 'strong' } as const

void test('an effect that only a vulnerability has shows that it worked, as surely as the effect is known', () => {
  const cves = ['CVE-2021-26857']
  assert.deepEqual(answersTo({ sign: effect, cves }), { compromised: 'likely', exploited: 'likely', targeted: 'yes' })
  assert.equal(answersTo({ sign: effect, cves, is: 'yes' }).exploited, 'yes')
  assert.equal(answersTo({ sign: effect }).exploited, undefined)
})
