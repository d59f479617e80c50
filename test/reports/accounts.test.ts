import assert from 'node:assert/strict'
import { test } from 'node:test'
import { briefingFacts } from '../../src/reports/briefing/facts.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { isFixAsked } from '../../src/reports/shared/selections.ts'
import { fixture } from './fixture.ts'

// Who guessed a password has an account, and not the server: the reports do not say that programs ran or keys were taken.

const first = fixture.findings[0]!
const logon: Finding = {
  ...first,
  id: 'f001',
  stage: 'credentials',
  sign: { subject: 'account', kind: 'guessing', strength: 'decisive' },
  attack: ['T1110.003'],
  is: 'yes',
}
const guess: Finding = { ...logon, id: 'f002', stage: 'attempt', sign: { ...logon.sign, subject: 'client' } }

function assessed(findings: readonly Finding[], answers: Readonly<Record<string, readonly string[]>>): Assessment {
  return {
    ...fixture,
    verdict: { ...fixture.verdict, is: 'compromised' },
    findings,
    persistence: [],
    answers: fixture.answers.map((answer) => {
      const because = answers[answer.question]
      return { ...answer, is: because === undefined ? 'no-evidence' : 'yes', because: because ?? [] }
    }),
  }
}

for (const [name, more, headline, secrets, steps] of [
  ['an account alone', {}, 'accounts', 'no', ['account']],
  ['an account at the desktop of the server', { attack: ['T1021.001'] }, 'compromised', 'yes', ['credentials']],
  ['keys that a process took', { sign: { ...logon.sign, subject: 'process' } }, 'compromised', 'yes', ['credentials']],
] as const) {
  test(`the page for the management says what was reached: ${name}`, () => {
    const one = { ...logon, ...more } as Finding
    const facts = briefingFacts(assessed([one, guess], { targeted: ['f002'], compromised: ['f001'] }))
    assert.equal(facts.headline, headline)
    assert.equal(facts.taken.secrets, secrets)
    assert.deepEqual(
      facts.steps.map(({ kind }) => kind),
      steps,
    )
  })
}

test('passwords that were guessed in vain are a step of their own', () => {
  const targeted = assessed([guess], { targeted: ['f002'] })
  const facts = briefingFacts({ ...targeted, verdict: { ...targeted.verdict, is: 'targeted' } })
  assert.deepEqual(
    facts.steps.map(({ kind }) => kind),
    ['guessing'],
  )
})

test('whether the fix came too late is asked where a vulnerability was used', () => {
  const account = assessed([logon], { compromised: ['f001'] })
  assert.equal(isFixAsked(account), false)
  assert.equal(isFixAsked(assessed([logon], { compromised: ['f001'], exploited: ['f001'] })), true)
  const tenant = assessed([logon], { compromised: ['f001'], exploited: ['f001'] })
  assert.equal(isFixAsked({ ...tenant, server: { ...tenant.server, product: 'exchange-online' } }), false)
})
