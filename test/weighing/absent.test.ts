import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absentExplanations } from '../../src/assessment/weighing/absent.ts'
import type { LogKind } from '../../src/model/log-kinds.ts'
import type { SignKind, Strength, SubjectKind, Weighed } from '../../src/model/sign.ts'

function namesOf(
  kind: SubjectKind,
  is: Weighed,
  signs: readonly (readonly [SignKind, Strength])[],
  given: readonly LogKind[] = [],
): string[] {
  const counted = signs.map(([one, strength]) => ({ kind: one, strength }))
  const subject = {
    kind,
    is,
    corroborated: true,
    canStay: kind === 'page' || kind === 'agent',
    signs: counted,
    explanations: [],
  }
  return absentExplanations(subject, (log) => given.includes(log))
}

void test('records that are missing are named where an explanation there would change the answer', () => {
  assert.deepEqual(namesOf('export', 'likely', [['effect', 'strong']]), ['cmdlets'])
  assert.deepEqual(namesOf('export', 'likely', [['effect', 'strong']], ['msexchange-management']), [])
  assert.deepEqual(namesOf('page', 'likely', [['use', 'strong']]), ['requests', 'web-roots'])
  assert.deepEqual(
    namesOf('agent', 'open-lead', [
      ['name', 'weak'],
      ['provenance', 'weak'],
    ]),
    ['cmdlets', 'installer', 'disk'],
  )
})

void test('nothing is named where an explanation would leave the answer as it is, or where there is no answer', () => {
  assert.deepEqual(namesOf('page', 'yes', [['content', 'decisive']]), [])
  assert.deepEqual(
    namesOf('page', 'yes', [
      ['use', 'strong'],
      ['effect', 'strong'],
    ]),
    [],
  )
  assert.deepEqual(namesOf('export', 'lead', [['effect', 'weak']]), [])
})
