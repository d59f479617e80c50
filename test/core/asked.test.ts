import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import type { ExposureTimeline } from '../../src/assessment/exposure/exposure.ts'
import type { Campaign } from '../../src/model/campaign.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { windowOf } from '../../src/assessment/answers/campaign-window.ts'

// When a door that few used is asked about, and whether a time without logs weighs on the verdict.
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)
const opened = (from: string, to: string): ExposureTimeline['spans'][number] => ({
  from: day(from),
  to: day(to),
  state: 'open',
  build: '15.1.1913.5',
})
const seenOpen = opened('2020-03-01', '2020-03-20')
const openLater = opened('2021-03-01', '2021-03-20')

for (const [what, asked, spans, logs, expected] of [
  ['as any other, no build seen, logs of the time', undefined, [], '2020-03-01', 'asked'],
  ['as any other, no build seen, logs begin later', undefined, [], '2021-03-01', 'weighs'],
  ['where it is seen open, and it is', 'when-exposed', [seenOpen], '2020-03-01', 'asked'],
  ['where it is seen open, and no build is seen', 'when-exposed', [], '2020-03-01', 'silent'],
  ['where it is seen open, and that was after its time', 'when-exposed', [openLater], '2021-03-01', 'silent'],
  ['where it is seen open, and the logs begin later', 'when-exposed', [seenOpen], '2021-03-01', 'silent'],
  ['where something speaks of it, and nothing does', 'when-indicated', [seenOpen], '2020-03-01', 'silent'],
] as const) {
  test(`${what}: ${expected}`, () => {
    const campaign = {
      id: 'test-2020',
      name: 'Test',
      vulnerabilities: ['CVE-2020-0001'],
      exploitation: { from: '2020-02-26', to: '2020-10-31' },
      needs: { targeted: [['iis-frontend']] },
      ...(asked === undefined ? {} : { assess: asked }),
    } as unknown as Campaign
    const door: ExposureTimeline = { spans, fixedAt: null, lastOpen: null, end: 'unknown', affected: true }
    const first = day(logs)
    const c = {
      campaigns: [campaign],
      doors: new Map([[campaign.id, door]]),
      found: [],
      named: [],
      narrowed: null,
      server: { product: 'Exchange2016', installed: null },
      meter: {
        first,
        last: first + 30 * 86_400_000,
        begin: () => first,
        stretch: (from: number, to: number) => (first < to ? Math.max(from, first) : null),
        lostIn: () => [],
      },
    } as unknown as AssessmentInput
    const window = windowOf(c, campaign)
    assert.equal(window.assessed ? 'asked' : window.perhaps ? 'weighs' : 'silent', expected, window.reason)
    assert.equal(windowOf({ ...c, named: [campaign.id] }, campaign).assessed, true)
  })
}

test('another word than when-exposed and when-indicated is a mistake of whoever wrote the pack', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-asked-'))
  try {
    mkdirSync(join(folder, 'test-2020'))
    const yml =
      'id: test-2020\nname: Test\nsummary: Test.\nexploitation: { from: "2020-02-26", to: "2020-10-31" }\nassess: always\n'
    writeFileSync(join(folder, 'test-2020/pack.yml'), yml)
    await assert.rejects(
      loadKnowledge({ packs: [folder], rules: [], iocs: [] }),
      /assess must be when-exposed or when-indicated/,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
