import assert from 'node:assert/strict'
import { test } from 'node:test'
import { implyEarlierQuestions, scoreQuestions } from '../../src/assessment/answers/finding-weight.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { WeighedSubject } from '../../src/model/weight.ts'

function answersTo(...findings: readonly Partial<Finding>[]): Record<string, string> {
  return answersOf(findings)
}

function answersOf(
  findings: readonly Partial<Finding>[],
  subjects: readonly WeighedSubject[] = [],
): Record<string, string> {
  const found = findings.map((finding, i): FindingWithHits => {
    const given = { log: 'iis-frontend', user: null, facts: {}, cves: [] }
    const own = { id: `f${i}`, stage: 'execution', is: 'likely', intrusion: 'i', ...given, ...finding }
    return { counts: true, hits: [], finding: own as unknown as Finding } as FindingWithHits
  })
  const is = scoreQuestions(found, subjects)
  implyEarlierQuestions(is, found, subjects)
  return Object.fromEntries([...is].map(([question, { is }]) => [question, is]))
}

const effect = { subject: 'program', kind: 'effect', strength: 'strong' } as const

void test('an effect that only a vulnerability has shows that it worked, as surely as the effect is known', () => {
  const cves = ['CVE-2021-26857']
  assert.deepEqual(answersTo({ sign: effect, cves }), {
    compromised: 'likely',
    exploited: 'likely',
    targeted: 'likely',
  })
  assert.equal(answersTo({ sign: effect, cves, is: 'yes' }).exploited, 'yes')
  assert.equal(answersTo({ sign: effect }).exploited, undefined)
})

const time = (hour: number): string => `2021-03-03T${String(hour).padStart(2, '0')}:00:00Z`
const page = { sign: { subject: 'page', kind: 'use', strength: 'strong' }, time: time(12) } as const
const logon = { sign: { subject: 'account', kind: 'origin', strength: 'strong' } } as const

void test('code in a page of Exchange: exploited, probably, unless a logon of the intrusion came before', () => {
  assert.equal(answersTo(page).exploited, 'likely')
  assert.equal(answersTo({ ...page, stage: 'shell' }).exploited, 'likely')
  assert.equal(answersTo(page, { ...logon, time: time(11) }).exploited, undefined)
  assert.equal(answersTo(page, { ...logon, time: time(13) }).exploited, 'likely')
  assert.equal(answersTo(page, { ...logon, time: time(11), intrusion: 'other' }).exploited, 'likely')
})

void test('code in a page of Exchange: a module that only the time of its file dates need not have put it there', () => {
  const module = { sign: { subject: 'module', kind: 'content', strength: 'strong' }, time: time(11) } as const
  assert.equal(answersTo(page, { ...module, timeBasis: 'stated' }).exploited, undefined)
  assert.equal(answersTo(page, { ...module, timeBasis: 'file' }).exploited, 'likely')
  assert.equal(answersTo(page, { ...module, timeBasis: 'stated', intrusion: 'other' }).exploited, undefined)
})

void test('code in a page of Exchange: a command of a person that copied the page may have put it there', () => {
  const copied = {
    stage: 'shell',
    log: 'windows-security',
    sign: { subject: 'page', kind: 'provenance', strength: 'weak' },
    time: time(12),
    facts: { ParentImage: 'C:\\Windows\\System32\\cmd.exe' },
  } as const
  assert.equal(answersTo(page, { ...copied, user: 'CONTOSO\\k.berg' }).exploited, undefined)
  assert.equal(answersTo(page, { ...copied, user: 'CONTOSO\\MAIL01$' }).exploited, 'likely')
  assert.equal(answersTo(page, { ...copied, user: 'CONTOSO\\k.berg', time: time(13) }).exploited, 'likely')
})

void test('what happened was tried as surely as it was an attack, and what only an attacker sends certainly was', () => {
  assert.equal(answersTo({ sign: effect }).targeted, 'likely')
  assert.equal(answersTo({ sign: effect, is: 'yes' }).targeted, 'yes')
  const request = { stage: 'access', sign: { subject: 'request', kind: 'use', strength: 'strong' } } as const
  assert.deepEqual(answersOf([request]), { exploited: 'likely', targeted: 'likely' })
  const tried = { question: 'targeted', is: 'yes', findings: ['f0'] } as unknown as WeighedSubject
  assert.deepEqual(answersOf([request], [tried]), { exploited: 'likely', targeted: 'yes' })
})

void test('mail that a command took says that code ran, and shows no vulnerability without a forged request', () => {
  const taken = {
    stage: 'collection',
    log: 'windows-powershell',
    sign: { subject: 'export', kind: 'effect', strength: 'strong' },
    user: null,
  } as const
  assert.deepEqual(answersTo(taken), { 'mail-taken': 'likely', compromised: 'likely', targeted: 'likely' })
  const request = { stage: 'access', sign: { subject: 'request', kind: 'use', strength: 'strong' } } as const
  assert.equal(answersTo(taken, request).exploited, 'likely')
  assert.equal(answersTo({ ...taken, log: 'msexchange-management' }).compromised, undefined)
})
