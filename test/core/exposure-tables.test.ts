import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exposureOf, stateOf, supportOf } from '../../src/assessment/exposure/exposure.ts'
import { protectionsOf } from '../../src/assessment/exposure/protections.ts'
import { cveOfVendorName, loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { productOfBuild } from '../../src/assessment/server/server.ts'
import { type BuildRun, buildParts, compareBuilds } from '../../src/model/builds.ts'

// Every row of the tables: what it says must come out again.

const facts = loadExposureFacts(fileURLToPath(new URL('../../knowledge', import.meta.url)))
const fixes = [...facts.fixes.values()].flat()
const runOf = (parts: BuildRun['parts'], precision: BuildRun['precision'] = 'update'): BuildRun => ({
  build: parts.join('.'),
  parts,
  from: 0,
  to: 1,
  source: 'test',
  precision,
})
const lines = (file: string): number =>
  readFileSync(new URL(`../../knowledge/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')).length - 1

/** Elsewhere the updates of March 2021 hold no fix but those of that month. */
const supportedThen = new Set([
  'Exchange2013 CU23',
  'Exchange2016 CU18',
  'Exchange2016 CU19',
  'Exchange2019 CU7',
  'Exchange2019 CU8',
])

test('the updates of March 2021 hold all fixes before them where the cumulative update was supported, and nowhere else', () => {
  for (const { product, cu, update, kind } of facts.builds) {
    const isOwnMonth = update === 'Mar21SU' && !supportedThen.has(`${product} ${cu}`)
    assert.equal(kind === 'SU own month', isOwnMonth, `${product} ${cu} ${update}: ${kind}`)
  }
})

test('every protection of the table can be judged', () => {
  const judged = protectionsOf([], { name: 'MAIL01', builds: [] }, facts)
  assert.equal(judged.length, lines('protections.csv'))
  for (const { id, why } of judged) assert.notEqual(why, 'not judged', id)
})

test('what a vendor names in place of a vulnerability: versions of the service are one, and a longer number is another', () => {
  const of = (name: string): string | null => cveOfVendorName(name, facts.vendorNames)
  assert.equal(of('EEMS M1.1.2'), of('EEMS M1'))
  assert.notEqual(of('EEMS M1'), null)
  assert.notEqual(of('EEMS M2.1'), of('EEMS M1'))
  for (const name of ['EEMS M10', 'EEMS M2', 'EEMS M2.10', 'EOMTv3', 'EOMT.x.', ''])
    assert.equal(of(name), name === 'EOMT.x.' ? of('EOMT') : null, name)
})

test('every row of the tables is loaded', () => {
  assert.equal(facts.builds.length, lines('builds.csv'))
  assert.equal(fixes.length, lines('fixes.csv'))
  assert.equal(facts.cves.length, lines('cves.csv'))
  assert.equal(facts.products.length, 5)
})

test('every build is one of its product, and is named as the table names it', () => {
  for (const { product, cu, update, build } of facts.builds) {
    assert.equal(productOfBuild(build), product, build.join('.'))
    const support = supportOf(product, [runOf(build)], facts, null)!
    const same = facts.builds.filter((one) => compareBuilds(one.build, build) === 0)
    const names = same.map((one) => [one.cu, one.update].filter(Boolean).join(' '))
    assert.ok(names.includes(support.update!), `${build.join('.')}: ${support.update}`)
    assert.deepEqual(buildParts(build.map((n, i) => String(n).padStart([2, 2, 4, 3][i]!, '0')).join('.')), build)
    assert.ok(same.some((one) => one.cu === cu && one.update === update))
  }
})

for (const { product } of facts.products) {
  test(`${product}: every fix closes its vulnerability from its build on, and no build of the same update line before it`, () => {
    const own = fixes.filter((fix) => fix.product === product)
    assert.ok(own.length > 0)
    for (const fix of own.filter(({ build }) => build !== null)) {
      const { cve, build } = fix as typeof fix & { build: BuildRun['parts'] }
      assert.equal(stateOf(cve, runOf(build), facts), 'fixed', `${cve} ${build.join('.')}`)
      const line = facts.builds.filter((one) => [0, 1, 2].every((i) => one.build[i] === build[i]))
      const isFirst = line.every((one) => compareBuilds(one.build, build) >= 0)
      for (const { build: other, update, cu } of line) {
        const skips =
          update === 'Mar21SU' && !isFirst && fix.update !== update && !supportedThen.has(`${product} ${cu}`)
        const expected = compareBuilds(other, build) < 0 ? 'open' : skips ? 'unknown' : 'fixed'
        assert.equal(stateOf(cve, runOf(other), facts), expected, `${cve} ${other.join('.')}`)
        if (expected === 'open') assert.equal(stateOf(cve, runOf(other, 'cu'), facts), 'unknown')
      }
    }
  })
}

test('every fix is of a known vulnerability of that product', () => {
  const products = new Map(facts.cves.map((one) => [one.cve, one.products]))
  for (const { cve, product, status } of fixes)
    assert.ok(
      products.get(cve)?.includes(product) || (products.has(cve) && status === 'INCLUDED_IN_CU'),
      `${cve} ${product}`,
    )
})

test('of every build each open vulnerability says what to install or to do', () => {
  for (const { product, build } of facts.builds)
    for (const one of exposureOf(product, [runOf(build)], facts))
      if (one.state === 'open') assert.ok(one.fixedBy ?? one.remedy, `${one.cve} ${build.join('.')}`)
})

test('every condition decides vulnerabilities that are in the table, and every one without products has a condition', () => {
  const known = new Set(facts.cves.map(({ cve }) => cve))
  const decided = facts.protections.flatMap(({ cves }) => cves)
  for (const cve of decided) assert.ok(known.has(cve), cve)
  assert.equal(new Set(decided).size, decided.length)
  for (const { cve, products } of facts.cves)
    if (products.length === 0)
      assert.equal(facts.protections.find(({ cves }) => cves.includes(cve))?.decides, 'alone', cve)
})

for (const [build, cve, remedy] of [
  ['15.0.847.30', 'CVE-2021-26412', 'no update for CU4; first in CU21 Mar21SU (15.0.1395.12)'],
  ['15.1.2375.7', 'CVE-2023-21529', 'no update for CU22; first in CU23 Feb23SU (15.1.2507.21)'],
  ['15.0.1497.48', 'CVE-2026-55005', null],
] as const) {
  test(`${cve} on ${build}: ${remedy ?? 'not affected'}`, () => {
    const run = runOf(buildParts(build)!)
    const one = exposureOf(productOfBuild(run.parts), [run], facts).find((e) => e.cve === cve)!
    assert.equal(one.remedy, remedy)
    assert.equal(one.fixedBy, null)
    assert.equal(one.state, remedy === null ? 'not-affected' : 'open')
  })
}

for (const [product, build, precision, end, expected] of [
  ['Exchange2010', '14.3.513.0', 'update', '2021-03-10', ['SP3 RU32', 'ended']],
  ['Exchange2013', '15.0.1497.48', 'update', '2023-04-11', ['CU23 Mar23SU', 'supported']],
  ['Exchange2013', '15.0.1497.48', 'update', '2023-04-13', ['CU23 Mar23SU', 'ended']],
  ['Exchange2016', '15.1.2375.7', 'cu', null, ['CU22, which update on it is not known', 'unknown']],
  ['Exchange2019', '15.2.1748.99', 'update', '2025-01-01', ['CU15 Aug26SU', 'supported']],
  ['ExchangeSE', '15.2.2562.17', 'update', '2026-08-20', ['RTM', 'supported']],
] as const) {
  test(`${product} ${build} (${precision}) at ${end}: ${expected.join(', ')}`, () => {
    const support = supportOf(product, [runOf(buildParts(build)!, precision)], facts, end && Date.parse(end))!
    assert.deepEqual([support.update, support.is], expected)
  })
}

test('updates that were sold after the end of support are told apart', () => {
  const later = Object.fromEntries(
    facts.products.map(({ product }) => [product, supportOf(product, [], facts, null)!.later]),
  )
  assert.deepEqual(later, {
    Exchange2010: null,
    Exchange2013: null,
    Exchange2016: 'CU23 Aug26SU (15.1.2507.72, 2026-08-11)',
    Exchange2019: 'CU15 Aug26SU (15.2.1748.49, 2026-08-11)',
    ExchangeSE: null,
  })
})

test('without a build, or without a product, nothing is said of updates', () => {
  assert.equal(supportOf('none', [], facts, null), null)
  const support = supportOf('Exchange2016', [], facts, null)!
  assert.deepEqual([support.update, support.released, support.newestOfCu], [null, null, null])
})
