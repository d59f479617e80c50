import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'

const data = process.env.POSTERN_DATA
const root = join(import.meta.dirname, '..', '..')

// What HealthChecker (CSS-Exchange f88378b1, April 2026) lists for the same data as “Security Vulnerability”: 63 entries, of
// which CVE-2023-21707 is one twice, for two updates.
const theirs = `ADV24199947 CVE-2020-1147
CVE-2021-26427 CVE-2021-34453 CVE-2021-41348 CVE-2021-41349 CVE-2021-41350 CVE-2021-42305 CVE-2021-42321
CVE-2022-21846 CVE-2022-21855 CVE-2022-21969 CVE-2022-21978 CVE-2022-23277 CVE-2022-24463 CVE-2022-34692
CVE-2022-41040 CVE-2022-41078 CVE-2022-41079 CVE-2022-41080 CVE-2022-41082 CVE-2022-41123
CVE-2023-21529 CVE-2023-21706 CVE-2023-21707 CVE-2023-21710 CVE-2023-21745 CVE-2023-21761 CVE-2023-21762 CVE-2023-21763
CVE-2023-21764 CVE-2023-28310 CVE-2023-32031 CVE-2023-35368 CVE-2023-35388 CVE-2023-36035 CVE-2023-36039 CVE-2023-36050
CVE-2023-36434 CVE-2023-36439 CVE-2023-36744 CVE-2023-36745 CVE-2023-36756 CVE-2023-36757 CVE-2023-36777 CVE-2023-36778
CVE-2023-38181 CVE-2023-38182 CVE-2023-38185 CVE-2024-26198 CVE-2024-49040
CVE-2025-25005 CVE-2025-25006 CVE-2025-25007 CVE-2025-33051 CVE-2025-53782 CVE-2025-53786 CVE-2025-59248 CVE-2025-59249
CVE-2025-64666 CVE-2025-64667 CVE-2026-21527`.split(/\s+/)

// It lists these under other names: one entry for Extended Protection, one for Download Domains, and the Windows number of
// what CVE-2023-21709 was first called.
const elsewhere =
  `CVE-2021-1730 CVE-2022-21979 CVE-2022-21980 CVE-2022-24477 CVE-2022-24516 CVE-2022-30134 CVE-2023-21709
CVE-2024-21410`.split(/\s+/)

test('HealthChecker’s own data: all that it lists is open here, and the rest is named', {
  skip: data === undefined && 'POSTERN_DATA is not set',
}, async () => {
  const all = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
  const knowledge = { ...all, rules: { ...all.rules, scanners: [] } }
  const facts = loadExposureFacts(join(root, 'knowledge'))
  const assessment = await assess(
    [join(data!, 'exchange/healthchecker-e16')],
    knowledge,
    facts,
    inlinePool(knowledge, null),
    { fallbackName: 'X', tool: 'test' },
  )
  const { cves, protections, support } = assessment.exposure
  const open = cves.filter(({ state }) => state === 'open')
  const names = open.map(({ cve }) => cve)
  assert.equal(theirs.length + 1, 63)
  assert.deepEqual(
    theirs.filter((cve) => !names.includes(cve)),
    [],
  )
  // What is left was made public after that version of HealthChecker.
  for (const one of open)
    if (!theirs.includes(one.cve) && !elsewhere.includes(one.cve)) assert.ok(one.published > '2026-04-02', one.cve)
  for (const cve of elsewhere) assert.ok(names.includes(cve), cve)
  const is = (id: string): string => protections.find((p) => p.id === id)!.is
  assert.deepEqual(
    ['extended-protection', 'download-domains', 'token-cache', 'domain-preparation', 'schema', 'outside-in'].map(is),
    ['not-met', 'not-met', 'not-met', 'not-met', 'met', 'met'],
  )
  assert.equal(support!.update, 'CU22')
})
