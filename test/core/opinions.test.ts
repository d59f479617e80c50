import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Opinion } from '../../src/model/other-tools.ts'
import type { CveExposure } from '../../src/model/exposure.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event, Fields } from '../../src/model/event.ts'
import { opinionsOf } from '../../src/assessment/other-tools.ts'
import { scanOf } from './scans.ts'

const event = (fields: Fields, client: string | null = null, time = '2021-03-03T04:23:22Z'): Event => ({
  log: 'tool-results',
  sources: [],
  time: Date.parse(time),
  timeBasis: 'stated',
  fields,
  raw: 'raw',
  at: { path: 'tool.csv', offset: 0, length: 3, line: 2 },
  host: null,
  client,
  user: null,
  target: null,
  request: null,
  session: null,
})

const found = (id: string, fields: Fields, client: string | null = null): FindingWithHits => ({
  finding: {
    id,
    stage: 'shell',
    client,
    level: 'high',
    cves: id === 'client' ? ['CVE-2021-27065'] : [],
    first: '2021-03-03T04:20:00.000Z',
    last: '2021-03-03T04:24:00.000Z',
  } as Partial<Finding> as Finding,
  hits: [{ rule: 'r', matched: [], event: event(fields, client) }],
  counts: true,
})

const cve = (state: CveExposure['state']): CveExposure => ({
  cve: 'CVE-2021-26855',
  state,
  intervals: [],
  fixedBy: null,
  alias: '',
  impact: '',
  published: '2021-03-02',
  exploited: false,
  remedy: null,
  conditions: [],
  mitigations: [],
})

const ours = [
  found('page', { TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx' }),
  found('record', { EventRecordID: 77 }),
  found('client', {}, '203.0.113.177'),
]

/** As `knowledge/vendor-names.csv` has them. */
const vendorNames = new Map([['EOMT', 'CVE-2021-26855']])

function opinion(said: Event, cves: readonly CveExposure[] = []): Opinion {
  const evidence = [
    scanOf('windows-security', [], { path: 'C/wwwroot/aspnet_client/b.aspx' }),
    scanOf('tool-results', [], { said: [said] }),
  ]
  const [first, ...rest] = opinionsOf(evidence, ours, cves, { vendorNames })
  assert.deepEqual(rest, [])
  return first!
}

for (const [name, said, cves, is, because] of [
  ['a file that we found too', event({ TargetFilename: 'D:/x/aspnet_client/A.ASPX' }), [], 'agrees', ['page']],
  ['a file that is here and silent', event({ TargetFilename: 'C:\\x\\aspnet_client\\b.aspx' }), [], 'only-theirs', []],
  ['a file that is not here', event({ TargetFilename: 'C:\\x\\aspnet_client\\c.aspx' }), [], 'only-theirs', []],
  ['a record that we found too', event({ RecordId: 77, Channel: 'Security' }), [], 'agrees', ['record']],
  ['another record', event({ RecordId: 78, Channel: 'Security' }), [], 'only-theirs', []],
  ['an address at that time', event({}, '203.0.113.177'), [], 'agrees', ['client']],
  ['another address', event({}, '203.0.113.9'), [], 'only-theirs', []],
  ['an open vulnerability', event({ Cve: 'CVE-2021-26855' }), [cve('open')], 'agrees', ['exposure: CVE-2021-26855']],
  ['a fixed vulnerability', event({ Cve: 'CVE-2021-26855' }), [cve('fixed')], 'differs', ['exposure: CVE-2021-26855']],
  [
    'said to be patched, and open',
    event({ Cve: 'CVE-2021-26855', Action: 'not-vulnerable' }),
    [cve('open')],
    'differs',
    ['exposure: CVE-2021-26855'],
  ],
  [
    'said to be patched, and fixed',
    event({ Cve: 'CVE-2021-26855', Action: 'not-vulnerable' }),
    [cve('fixed')],
    'agrees',
    ['exposure: CVE-2021-26855'],
  ],
  ['a vulnerability of an unknown build', event({ Cve: 'CVE-2021-26855' }), [cve('unknown')], 'only-theirs', []],
  [
    'a mitigation',
    event({ Cve: 'CVE-2021-26855', Action: 'mitigated' }),
    [cve('open')],
    'agrees',
    ['exposure: CVE-2021-26855'],
  ],
  [
    'a mitigation by the name of its vendor',
    event({ VendorName: 'EOMT', Action: 'mitigated' }),
    [cve('open')],
    'agrees',
    ['exposure: CVE-2021-26855'],
  ],
  ['a name that no table knows', event({ VendorName: 'EOMTv9', Action: 'mitigated' }), [], 'not-compared', []],
  ['a vulnerability that was used', event({ Cve: 'CVE-2021-27065', Action: 'detected' }), [], 'agrees', ['client']],
  [
    'one that was used by its account alone',
    event({ Cve: 'CVE-2021-26857', Action: 'detected' }),
    [],
    'only-theirs',
    [],
  ],
  ['no use where we found one', event({ Cve: 'CVE-2021-27065', Action: 'nothing-found' }), [], 'differs', ['client']],
  ['nothing to look up', event({ ToolRule: 'x' }), [], 'not-compared', []],
] as const) {
  test(`another tool names ${name}`, () => {
    const o = opinion(said, cves)
    assert.equal(o.is, is)
    assert.deepEqual(o.because, because)
  })
}

test('what is beyond the cap is counted', () => {
  const said = Array.from({ length: 600 }, () => event({ Tool: 'T', ToolRule: 'x' }))
  const list = opinionsOf([scanOf('tool-results', [], { said, saidMore: 40 })], [], [], { vendorNames })
  assert.equal(list.length, 501)
  assert.ok(list.some((o) => o.reported === '140 more results'))
})
