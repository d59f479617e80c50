import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { scoreFinding } from '../../src/assessment/answers/finding-weight.ts'

const c = { found: [] } as unknown as AssessmentInput
const finding = (users: readonly (string | null)[], level = 'low', client = '203.0.113.9'): FindingWithHits =>
  ({
    counts: true,
    finding: { stage: 'recon', level, proves: false, confidence: 'low', client, user: users[0] ?? null },
    hits: users.map((user) => ({ event: { user } })),
  }) as unknown as FindingWithHits

// users of the requests, level, client → what it says of "targeted"
for (const [users, level, client, weight] of [
  [[null], 'low', '203.0.113.9', 'hint'],
  [[null, null], 'low', '203.0.113.9', 'hint'],
  [['alice'], 'low', '203.0.113.9', null],
  // the pages before the logon, and two people behind one address
  [[null, 'alice'], 'low', '203.0.113.9', null],
  [['alice', 'bob'], 'low', '203.0.113.9', null],
  [['alice', 'bob'], 'medium', '203.0.113.9', null],
  [[null, 'alice'], 'medium', '203.0.113.9', 'proof'],
  [[null], 'low', '10.0.0.9', null],
] as const)
  test(`reconnaissance (${level}) of ${users.map((user) => user ?? 'nobody').join(', ')} from ${client}: ${weight}`, () => {
    assert.equal(scoreFinding(c, finding(users, level, client), undefined)?.weight ?? null, weight)
  })
