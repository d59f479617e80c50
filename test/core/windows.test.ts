import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from '../../src/assessment/answers/answers.ts'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { doorOf } from '../../src/assessment/exposure/exposure.ts'
import type { Campaign } from '../../src/model/campaign.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Strength } from '../../src/model/sign.ts'
import { windowOf } from '../../src/assessment/answers/campaign-window.ts'

// When a campaign is asked that no build of Exchange opens or closes, or that no log shows.
const time = Date.parse('2023-03-16T09:50:29Z')
const facts = {
  known: { builds: '2026-08-11', vulnerabilities: '2026-08-11' },
  cves: [
    {
      cve: 'CVE-2023-0001',
      alias: '',
      impact: '',
      exploited: false,
      products: ['Exchange2019'],
      condition: '',
      published: '2023-03-14',
    },
  ],
  cus: new Set(['15.2.1118']),
  fixes: new Map(),
  builds: [],
  products: [],
  protections: [],
  vendorNames: new Map(),
}

function campaign(door: readonly string[]): Campaign {
  return {
    id: 'test-2023',
    name: 'Test',
    summary: '',
    cves: ['CVE-2023-0001'],
    vulnerabilities: door,
    products: [],
    exploitation: { from: '2023-03-01', to: '2023-04-30' },
    needs: { targeted: [], exploited: [] },
    cannotSee: [],
    references: [],
    wouldChange: {},
  }
}

function caseOf(one: Campaign, product: string, strength: Strength | null): AssessmentInput {
  const finding: Partial<Finding> = {
    id: '0f3a99c1d2e4',
    campaign: one.id,
    level: 'medium',
    stage: 'credentials',
    cves: [],
    time: new Date(time).toISOString(),
    ...(strength === null
      ? {}
      : { is: strength === 'weak' ? 'lead' : 'likely', sign: { subject: 'account', kind: 'effect', strength } }),
  }
  const server = { product, builds: [], buildSources: new Set(), installed: null, names: new Map() }
  return {
    server,
    campaigns: [one],
    doors: new Map([[one.id, doorOf(one.vulnerabilities, server, facts)]]),
    found: strength === null ? [] : [{ finding, hits: [], counts: true } as unknown as FindingWithHits],
    meter: {
      first: time - 86_400_000,
      last: time + 86_400_000,
      blind: [],
      isEnough: () => false,
      notRead: () => [],
      begin: () => null,
      stretch: () => null,
      kindsSeen: () => [],
      isSeenInPart: () => false,
      lostIn: () => [],
      has: () => false,
      hasAny: () => false,
      hasRead: () => false,
      isComplete: () => false,
      measure: (from: number, to: number) => ({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        covered: 0,
        of: (to - from) / 3_600_000,
        missing: [{ from: new Date(from).toISOString(), to: new Date(to).toISOString() }],
      }),
    },
    stillThere: [],
    mailboxes: [],
    subjects: [],
    openLeads: [],
    general: null,
    named: [],
    narrowed: null,
    nothingRecognized: false,
  } as unknown as AssessmentInput
}

for (const [what, door, product, strength, asked] of [
  ['nothing speaks of it', [], 'Exchange2019', null, false],
  ['nothing speaks of it, and the version is not known', [], 'exchange', null, false],
  ['something that ordinary work looks like too speaks of it', [], 'Exchange2019', 'weak', false],
  ['something speaks of it', [], 'Exchange2019', 'strong', true],
  ['something speaks of it, and there is no sign of Exchange', [], 'none', 'strong', true],
  ['no log would show it, and the server may have been open', ['CVE-2023-0001'], 'Exchange2019', null, true],
  ['no log would show it, and the product is not affected', ['CVE-2023-0001'], 'Exchange2016', null, false],
] as const) {
  void test(`a campaign with ${door.length} doors is ${asked ? 'asked' : 'not asked'} where ${what}`, () => {
    const one = campaign(door)
    const window = windowOf(caseOf(one, product, strength), one)
    assert.equal(window.assessed, asked, window.reason)
    if (door.length === 0) assert.equal(window.settled, null)
    assert.equal(window.perhaps, false)
  })
}

void test('what no log shows cannot be told, and asks for no logs', () => {
  const answers = judge(caseOf(campaign(['CVE-2023-0001']), 'Exchange2019', null)).campaigns[0]!.answers
  const targeted = answers.find(({ question }) => question === 'targeted')!
  assert.equal(targeted.is, 'cannot-tell')
  assert.match(targeted.sentence, /: no log of a server records it\.$/)
  assert.deepEqual(targeted.missingEvidence, [])
})

void test('what no log shows is not told by a product that is not affected', () => {
  const asked = { ...caseOf(campaign(['CVE-2023-0001']), 'Exchange2016', null), named: ['test-2023'] }
  const answers = judge(asked).campaigns[0]!.answers
  const is = (question: string) => answers.find((answer) => answer.question === question)?.is
  assert.deepEqual([is('targeted'), is('exploited'), is('mail-taken')], ['cannot-tell', 'no-evidence', 'no-evidence'])
})
