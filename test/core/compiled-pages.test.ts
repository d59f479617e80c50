import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event } from '../../src/model/event.ts'
import type { LogKind } from '../../src/model/log-kinds.ts'
import { withCompiledPages } from '../../src/findings/compiled-pages.ts'
import type { Hit } from '../../src/model/rule.ts'
import type { Scan } from '../../src/model/scan.ts'
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

const TEMP = String.raw`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files`
const record = {
  TargetFilename: `${TEMP}\\root\\8e05b027\\e164d61b\\x.aspx.cdcab7d2.compiled`,
  virtualPath: '/aspnet_client/x.aspx',
  Assembly: 'App_Web_k3ab01xy',
}
const deleted = { TargetFilename: String.raw`C:\inetpub\wwwroot\aspnet_client\X.aspx` }

for (const [what, name, others, expected] of [
  [
    'a library that its record names',
    String.raw`root\8e05b027\e164d61b\App_Web_k3ab01xy.dll`,
    [record],
    record.virtualPath,
  ],
  [
    'a library with the name of the page',
    String.raw`root\8e05b027\e164d61b\App_Web_x.aspx.f5dba9b9.k3ab01xy.dll`,
    [record],
    record.virtualPath,
  ],
  ['a library of another folder', String.raw`root\8e05b027\00000000\App_Web_k3ab01xy.dll`, [record], undefined],
  [
    'a record of which the name alone is known, and a page that was deleted',
    String.raw`root\1\2\x.aspx.cdcab7d2.compiled`,
    [deleted],
    '/aspnet_client/x.aspx',
  ],
  ['the same of another application', String.raw`owa\1\2\x.aspx.cdcab7d2.compiled`, [deleted], undefined],
  [
    'two pages of that name',
    String.raw`root\1\2\x.aspx.cdcab7d2.compiled`,
    [deleted, { TargetFilename: String.raw`C:\inetpub\wwwroot\shop\x.aspx` }],
    undefined,
  ],
  [
    'a page that every Exchange has',
    String.raw`owa\1\2\App_Web_logon.aspx.f5dba9b9.k3ab01xy.dll`,
    [{ 'cs-uri-stem': '/owa/auth/logon.aspx' }],
    undefined,
  ],
] as const) {
  test(`the page of ${what}`, () => {
    const hitOf = (fields: Record<string, string>): Hit =>
      ({ rule: 'r', matched: [], event: { fields } as unknown as Event }) as unknown as Hit
    const own = hitOf({ TargetFilename: `${TEMP}\\${name}` })
    const [scan] = withCompiledPages([{ hits: [own, ...others.map((fields) => hitOf(fields))] } as unknown as Scan])
    assert.equal(scan!.hits[0]!.event.fields.virtualPath, expected)
  })
}
