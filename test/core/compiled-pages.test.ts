import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event } from '../../src/model/event.ts'
import type { LogKind } from '../../src/model/log-kinds.ts'
import { persistenceOf } from '../../src/assessment/persistence.ts'

const found = (id: string, log: LogKind, fields: Event['fields'], time: number | null = null): FindingWithHits => ({
  finding: {
    id,
    log,
    persistence: 'web-shell',
    stage: 'shell',
    level: 'high',
    is: 'likely',
    confidence: 'high',
    intrusion: null,
    time: null,
    first: null,
    last: null,
    target: null,
    title: 'x',
    locators: [{ path: 'x', offset: 0, length: 1, artifact: '', raw: '' }],
  } as Partial<Finding> as Finding,
  hits: [{ rule: 'r', matched: [], event: { fields, time } as Partial<Event> as Event }],
  counts: true,
})
const compiled = (id: string): FindingWithHits =>
  found(id, 'aspnet-temp', { TargetFilename: 'C:\\T\\x.aspx.1.compiled', virtualPath: '/aspnet_client/x.aspx' })
const onDisk = found('d', 'web-roots', {
  TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
  WebRoot: 'wwwroot',
})
const asked = found('a', 'iis', { 'cs-uri-stem': '/aspnet_client/X.aspx', 'sc-status': '200' }, 0)

for (const [what, all, kinds, expected] of [
  ['the roots were not given', [compiled('1'), compiled('2')], [], ['unknown /aspnet_client/x.aspx 1,2']],
  ['the roots are there without it', [compiled('1')], ['web-roots'], ['was-there /aspnet_client/x.aspx 1']],
  [
    'it lies in a root',
    [compiled('1'), onDisk],
    ['web-roots'],
    [`present ${onDisk.hits[0]!.event.fields.TargetFilename as string} d`],
  ],
  ['rows tell of it', [compiled('1'), asked], [], ['was-there /aspnet_client/x.aspx a']],
] as const) {
  test(`a page that was compiled, and ${what}`, () => {
    const meter = { has: (kind: LogKind) => (kinds as readonly LogKind[]).includes(kind), lastOf: () => null }
    const { list } = persistenceOf(all, meter)
    assert.deepEqual(
      list.map(({ state, what: page, because }) => `${state} ${page} ${because.join()}`),
      expected,
    )
  })
}
