import type { Assessment } from '../../src/model/assessment.ts'
import type { KindCoverage } from '../../src/model/coverage.ts'
import type { Finding } from '../../src/model/finding.ts'
import { fixture } from '../reports/fixture.ts'

const DAY = 86_400_000
const start = Date.UTC(2021, 0, 1)

/** Two years of forty logs, with holes, ends and beginnings, and so many findings in them. */
export function longLog(findings: number): Assessment {
  return {
    ...fixture,
    coverage: { ...fixture.coverage, kinds: Array.from({ length: 40 }, (_, i) => kind(i)) },
    findings: [...fixture.findings, ...Array.from({ length: findings }, (_, i) => scan(i))],
    campaigns: [
      ...fixture.campaigns,
      {
        campaign: 'proxynotshell-2022',
        name: 'ProxyNotShell (September 2022)',
        assessed: true,
        reason: 'its wave lies in the logs',
        exposureWindow: { from: '2022-09-01T00:00:00Z', to: '2023-01-01T00:00:00Z' },
        answers: [],
      },
    ],
  }
}

function kind(i: number): KindCoverage {
  const [from, to] = [i % 5 === 0 ? 200 : 0, i % 7 === 0 ? 500 : 730]
  const days = Array.from({ length: to - from }, (_, d) => from + d)
    .filter((d) => (d + i) % (9 + i) !== 0)
    .map((d) => [isoOf(start + d * DAY).slice(0, 10), 100 * (1 + ((d * (i + 3)) % 97))] as const)
  const holeFrom = start + (from + 30 + i) * DAY
  return {
    kind: `log-${i}`,
    title: i === 3 ? fixture.findings[7]!.title : `Log number ${i}`,
    files: days.length,
    bytes: 1e6,
    entries: days.reduce((sum, [, n]) => sum + n, 0),
    first: isoOf(start + from * DAY),
    last: isoOf(start + to * DAY - 1),
    hours: 24 * days.length,
    gaps: i % 3 === 0 ? [{ from: isoOf(holeFrom), to: isoOf(holeFrom + (2 + i) * DAY), reason: 'silent' }] : [],
    days,
  }
}

const stages = ['recon', 'attempt', 'access', 'write', 'shell', 'execution', 'collection'] as const

function scan(i: number): Finding {
  const time = isoOf(start + ((i * 1_260_000_000_007) % (730 * DAY)))
  return {
    ...fixture.findings[0]!,
    id: `s${i}`,
    title: `Internet scan ${i}`,
    stage: stages[i % 11 === 0 ? i % 7 : i % 2]!,
    level: 'low',
    time,
    first: time,
    last: time,
    client: `198.51.${Math.floor(i / 250) % 250}.${i % 250}`,
    target: `/owa/${i % 3000}`,
    intrusion: null,
    locators: [],
    facts: {},
  }
}

const isoOf = (time: number): string => new Date(time).toISOString()
