import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gapReasons, gapWords } from '../../src/model/evidence.ts'
import { listUnread } from '../../src/assessment/answers/sentences.ts'

test('files that were not read are named with the reason in words, each once, and three of them', () => {
  for (const reason of gapReasons) assert.equal(listUnread([{ path: 'a.log', reason }]), `a.log (${gapWords[reason]})`)
  const five = ['a', 'b', 'a', 'c', 'd', 'e'].map((path) => ({ path, reason: 'policy' as const }))
  const by = 'not followed or opened, by design'
  assert.equal(listUnread(five), `a (${by}), b (${by}), c (${by}) and 2 more files`)
})
