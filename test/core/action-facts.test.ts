import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionFacts, type Situation } from '../../src/assessment/response/action-targets.ts'
import { factWords } from '../../src/locales/en/words.ts'
import { type ActionSubject, actionSubjects } from '../../src/model/response.ts'
import { type Mailbox } from '../../src/model/mailbox.ts'
import { type CveExposure } from '../../src/model/exposure.ts'
import { type Finding } from '../../src/model/finding.ts'
import { type Persistence } from '../../src/model/persistence.ts'
import { type Stage } from '../../src/model/stages.ts'

const finding = (id: string, stage: Stage, rest: Partial<Finding> = {}): Situation['found'][number] => ({
  finding: { id, stage, title: id, first: null, time: null, client: null, user: null, ...rest } as unknown as Finding,
  hits: [],
  counts: true,
})
const nothing: Situation = {
  product: 'Exchange2016',
  answers: [],
  byCampaign: new Map(),
  found: [],
  persistence: [],
  mailboxes: [],
  campaigns: [],
  cves: [],
}
const told = (subject: ActionSubject, situation: Partial<Situation>): readonly (readonly [string, string])[] =>
  actionFacts([subject], { ...nothing, ...situation }).map((fact) => [factWords(fact), fact.because.join(' ')] as const)

test('nothing is told of a server on which nothing was found', () => {
  assert.deepEqual(actionFacts(actionSubjects, nothing), [])
})

test('ways back in are told by their kind, the same one once', () => {
  const way = (kind: Persistence['kind'], what: string, because: string): Persistence => ({
    kind,
    what,
    state: 'present',
    first: null,
    last: null,
    because: [because],
  })
  const persistence = [
    way('web-shell', 'C:\\x.aspx', 'f1'),
    way('web-shell', 'C:\\x.aspx', 'f2'),
    way('task', 'T', 'f3'),
  ]
  assert.deepEqual(told('web-shell', { persistence }), [
    ['Web shell C:\\x.aspx, present at the end of the evidence', 'f1 f2'],
  ])
  assert.deepEqual(told('task', { persistence }), [['Scheduled task T, present at the end of the evidence', 'f3']])
})

test('secrets that were taken are told with their first time', () => {
  const found = [
    finding('f1', 'credentials', { title: 'LSASS dumped', first: '2021-03-04T00:00:00.000Z' }),
    finding('f2', 'credentials', { title: 'LSASS dumped', first: '2021-03-03T00:00:00.000Z' }),
    finding('f3', 'execution'),
    { ...finding('f4', 'credentials', { title: 'own test' }), counts: false },
  ]
  assert.deepEqual(told('credentials', { found }), [['LSASS dumped, first at 2021-03-03T00:00:00.000Z', 'f1 f2']])
})

test('addresses are told by how much was found of them, and not those of ordinary rows', () => {
  const found = [
    finding('f1', 'attempt', { client: '192.0.2.1' }),
    finding('f2', 'shell', { client: '192.0.2.2' }),
    finding('f3', 'shell', { client: '192.0.2.2' }),
    finding('f4', 'context', { client: '192.0.2.3' }),
  ]
  assert.deepEqual(told('clients', { found }), [
    ['192.0.2.2', 'f2 f3'],
    ['192.0.2.1', 'f1'],
  ])
})

test('an account is one, however it is written', () => {
  const found = [
    finding('f1', 'access', { user: 'CONTOSO\\anna' }),
    finding('f2', 'shell', { user: 'contoso\\Anna' }),
    finding('f3', 'recon', { user: 'scanner' }),
  ]
  assert.deepEqual(told('users', { found }), [['CONTOSO\\anna', 'f1 f2']])
})

test('updates are those that close the ways in of campaigns which were asked about, or did', () => {
  const cve = (name: string, state: CveExposure['state'], fixedBy: string | null): CveExposure => ({
    cve: name,
    alias: '',
    impact: '',
    published: '',
    exploited: false,
    state,
    intervals: [],
    fixedBy,
    remedy: fixedBy === null ? 'no update for CU18; first in CU19' : null,
    conditions: [],
    mitigations: [],
  })
  const campaigns = [
    { vulnerabilities: ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4', 'CVE-6', 'CVE-7', 'CVE-8'] },
  ] as unknown as Situation['campaigns']
  const cves = [
    cve('CVE-1', 'open', 'KB1 (15.1.1.1)'),
    cve('CVE-2', 'open', 'KB1 (15.1.1.1)'),
    cve('CVE-3', 'unknown', null),
    cve('CVE-4', 'fixed', 'KB1 (15.1.1.1)'),
    cve('CVE-5', 'open', 'KB2 (15.1.1.2)'),
    cve('CVE-6', 'mitigated', 'KB1 (15.1.1.1)'),
    cve('CVE-7', 'not-affected', null),
    { ...cve('CVE-8', 'open', null), remedy: null },
  ]
  assert.deepEqual(told('updates', { campaigns, cves }), [
    ['CVE-1, CVE-2: open at the end of the evidence; closed by KB1 (15.1.1.1)', 'exposure: CVE-1 exposure: CVE-2'],
    ['CVE-3: whether open the evidence does not say; no update for CU18; first in CU19', 'exposure: CVE-3'],
    ['CVE-4: fixed at the end of the evidence; closed by KB1 (15.1.1.1)', 'exposure: CVE-4'],
    [
      'CVE-6: open at the end of the evidence, with a mitigation, which is no fix; closed by KB1 (15.1.1.1)',
      'exposure: CVE-6',
    ],
    ['CVE-8: open at the end of the evidence', 'exposure: CVE-8'],
  ])
})

test('mailboxes are told with how sure that is, and no more than a page of them', () => {
  const mailboxes = Array.from({ length: 30 }, (_, i) => ({
    mailbox: `m${i}@contoso.example`,
    certainty: 'named',
    because: [],
  })) as unknown as Mailbox[]
  const all = told('mailboxes', { mailboxes })
  assert.equal(all.length, 26)
  assert.deepEqual(all[0], ['m0@contoso.example (named in the log entry)', ''])
  assert.deepEqual(all[25], ['and 5 further ones', ''])
})
