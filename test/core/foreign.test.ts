import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questions } from '../../src/assessment/answers/answers.ts'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Answer, Verdict } from '../../src/model/answer.ts'
import type { Finding } from '../../src/model/finding.ts'
import { verdictOf } from '../../src/assessment/answers/verdict.ts'

// Entries of another host prove nothing about the server; but who writes entries can give it another name, so that what
// they show must not be "no evidence" either.

const answers = questions.map(
  (question): Answer => ({
    question,
    is: 'no-evidence',
    because: [],
    sentence: '',
    contradictions: [],
    coverage: { from: null, to: null, covered: 9, of: 9, missing: [] },
    missingEvidence: [],
  }),
)

function verdict(finding: Partial<Finding>, more: Partial<FindingWithHits> = {}, isSure?: true): Verdict {
  const sign = { subject: 'program', kind: 'effect', strength: 'strong' }
  const whole = { id: 'a', host: 'MAIL01', level: 'high', sign, stage: 'execution', ...finding }
  const found = { finding: whole, hits: [{}], counts: false, isForeign: true, ...more } as unknown as FindingWithHits
  const meter = {
    first: 0,
    last: 1,
    blind: [],
    notRead: () => [],
    lostIn: () => [],
    kindsSeen: () => [],
    isSeenInPart: () => false,
    has: () => false,
  }
  const server = { name: 'FAKE99', names: new Set(['FAKE99']), product: 'Exchange2016', ...(isSure ? { isSure } : {}) }
  const c = {
    server,
    campaigns: [],
    doors: new Map(),
    found: [found],
    meter,
    stillThere: [],
    mailboxes: [],
    openLeads: [],
    named: [],
  }
  return verdictOf(c as unknown as AssessmentInput, answers, [], null)
}

test('an intrusion in entries of another host is named, and leaves the verdict open', () => {
  const { is, sentence } = verdict({})
  assert.equal(is, 'cannot-tell')
  assert.match(sentence, /Entries of other hosts \(MAIL01\) show signs of an intrusion and were not counted/)
})

test('ordinary work, scans, planted logs and what the user explained leave it as it is', () => {
  for (const [finding, more] of [
    [{ sign: { subject: 'program', kind: 'effect', strength: 'weak' } }, {}],
    [{ stage: 'attempt' }, {}],
    [{ stage: 'context' }, {}],
    [{}, { hits: [{ misplaced: true }] as unknown as FindingWithHits['hits'] }],
    [{}, { isForeign: undefined as unknown as true }],
  ] as const)
    assert.equal(verdict(finding, more).is, 'no-evidence')
})

test('a server that several of its own logs name is no other host', () => {
  assert.equal(verdict({}, {}, true).is, 'no-evidence')
})
