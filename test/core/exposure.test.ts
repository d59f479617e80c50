import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exposureAt, doorOf, exposureOf } from '../../src/assessment/exposure/exposure.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { serverFacts } from '../../src/assessment/server/server.ts'
import { buildParts, compareBuilds } from '../../src/model/builds.ts'
import { build, scanOf } from './scans.ts'

const facts = loadExposureFacts(fileURLToPath(new URL('../../knowledge', import.meta.url)))
const runsOf = (...builds: ReturnType<typeof build>[]) =>
  serverFacts([scanOf('httpproxy-ecp', ['2021-03-01T00:00:00Z'], { facts: builds })], 'X')
const state = (cve: string, b: string, precision: 'cu' | 'update' = 'update') => {
  const server = runsOf(build(b, '2021-03-01T00:00:00Z', '2021-03-02T00:00:00Z', precision))
  return exposureOf(server.product, server.builds, facts).find((e) => e.cve === cve)!.state
}

for (const [cve, b, precision, expected] of [
  ['CVE-2021-26855', '15.2.792.3', 'update', 'open'], // 2019 CU8 without the update of March 2021
  ['CVE-2021-26855', '15.2.792.10', 'update', 'fixed'],
  ['CVE-2021-26855', '15.2.858.5', 'update', 'fixed'], // 2019 CU9 holds it
  ['CVE-2021-26855', '15.1.2044.4', 'update', 'open'],
  ['CVE-2021-26855', '15.1.2044.13', 'update', 'fixed'], // an update for an old CU
  ['CVE-2021-26855', '15.0.847.30', 'update', 'open'], // a CU that never got one: upgrade needed
  ['CVE-2021-26855', '15.1.2106.2', 'cu', 'unknown'], // a URL knows the CU only
  ['CVE-2021-26855', '15.1.2375.7', 'cu', 'fixed'],
  ['CVE-2021-26855', '14.3.496.0', 'update', 'not-affected'],
  ['CVE-2021-26857', '14.3.496.0', 'update', 'open'],
  ['CVE-2021-26857', '14.3.513.0', 'update', 'fixed'],
  ['CVE-2019-0817', '14.3.452.0', 'update', 'fixed'], // rollups of 2010 hold those before them
  ['CVE-2019-0817', '14.3.468.0', 'update', 'fixed'],
  ['CVE-2019-0817', '14.3.442.0', 'update', 'open'],
  ['ADV190004', '15.1.2375.7', 'update', 'fixed'], // above every CU that got the fix
  ['ADV190004', '15.1.1591.10', 'update', 'open'], // below them
  ['ADV190004', '15.1.9999.1', 'update', 'unknown'], // a CU that nobody has heard of
  ['CVE-2018-8581', '15.1.2375.7', 'update', 'unknown'], // a setting decides, and no build
] as const) {
  test(`${cve} on ${b} (${precision}): ${expected}`, () => assert.equal(state(cve, b, precision), expected))
}

for (const [cve, before, expected] of [
  ['CVE-2019-1373', [], 'unknown'], // 15.1.1779.8 does not hold the update of November 2019
  ['CVE-2019-1373', ['15.1.1779.7'], 'fixed'], // which was there before
  ['CVE-2019-1373', ['15.1.1779.5'], 'unknown'],
  ['CVE-2019-1373', ['15.1.1713.9'], 'unknown'], // an update of another cumulative update went with it
  ['CVE-2021-26855', [], 'fixed'],
  ['CVE-2018-0924', [], 'fixed'], // the cumulative update itself holds it
] as const) {
  test(`${cve} on 2016 CU13 with the update of March 2021, after ${before.join() || 'nothing known'}: ${expected}`, () => {
    const builds = [...before, '15.1.1779.8'].map((b, i) =>
      build(b, `2021-03-0${i + 1}T00:00:00Z`, `2021-03-0${i + 1}T09:00:00Z`),
    )
    const server = runsOf(...builds)
    assert.equal(exposureOf(server.product, server.builds, facts).find((e) => e.cve === cve)!.state, expected)
    assert.equal(doorOf([cve], server, facts).end, expected)
  })
}

test('a fix that a lower build follows, of which the update is not known, does not last', () => {
  const fixed = build('15.1.2375.7', '2020-12-20T00:00:00Z', '2020-12-21T00:00:00Z')
  const lower = build('15.1.2106.2', '2021-02-20T00:00:00Z', '2021-03-10T00:00:00Z', 'cu')
  assert.equal(doorOf(['CVE-2021-26855'], runsOf(fixed, lower), facts).fixedAt, null)
  // A request for the pages of the build before, which are still there after an update, shows no way back.
  const again = build('15.1.2375.7', '2021-03-10T01:00:00Z', '2021-03-12T00:00:00Z')
  const { fixedAt } = doorOf(['CVE-2021-26855'], runsOf(fixed, lower, again), facts)
  assert.equal(fixedAt, Date.parse('2020-12-20T00:00:00Z'))
})

test('rows that change the build with each make neither much work nor a fix', () => {
  const minute = (i: number): string => new Date(Date.UTC(2021, 1, 20) + i * 60_000).toISOString()
  for (const buildOf of [
    (i: number) => (i % 2 === 0 ? '15.1.2375.7' : '15.1.2106.2'),
    (i: number) => `15.1.${2106 + (i % 4_000)}.2`,
  ]) {
    const server = runsOf(...Array.from({ length: 20_000 }, (_, i) => build(buildOf(i), minute(i), minute(i))))
    assert.ok(server.builds.length <= 1_000, String(server.builds.length))
    const door = doorOf(['CVE-2021-26855'], server, facts)
    assert.equal(exposureAt(door, Date.parse('2021-02-25T00:00:00Z')), 'open')
  }
})

test('builds are compared as integers', () => {
  assert.equal(compareBuilds(buildParts('15.2.986.5')!, buildParts('15.02.0986.015')!), -1)
  assert.equal(buildParts('15.0.0.0'), null)
  assert.equal(buildParts('41.42.31996.000')?.[0], 41)
  assert.equal(buildParts('15,2,986,5'), null)
})

test('the fix went in between the last row of the old build and the first of the new one', () => {
  const server = runsOf(
    build('15.2.792.3', '2021-02-01T00:00:00Z', '2021-03-05T10:00:00Z'),
    build('15.2.792.10', '2021-03-05T12:00:00Z', '2021-04-01T00:00:00Z'),
  )
  const door = doorOf(['CVE-2021-26855'], server, facts)
  assert.equal(door.fixedAt, Date.parse('2021-03-05T12:00:00Z'))
  assert.equal(door.lastOpen, Date.parse('2021-03-05T10:00:00Z'))
  assert.equal(exposureAt(door, Date.parse('2021-03-01T00:00:00Z')), 'open')
  assert.equal(exposureAt(door, Date.parse('2021-03-05T11:00:00Z')), 'unknown')
  assert.equal(exposureAt(door, Date.parse('2021-03-06T00:00:00Z')), 'fixed')
  assert.equal(exposureAt(door, Date.parse('2021-01-01T00:00:00Z')), 'open')
})

test('a build that goes backwards is a restore, and the door is open again', () => {
  const server = runsOf(
    build('15.2.792.10', '2021-03-05T00:00:00Z', '2021-03-06T00:00:00Z'),
    build('15.2.792.3', '2021-03-07T00:00:00Z', '2021-03-08T00:00:00Z'),
  )
  assert.deepEqual(server.restored, [Date.parse('2021-03-07T00:00:00Z')])
  assert.equal(doorOf(['CVE-2021-26855'], server, facts).end, 'open')
})

test('a source that knows the CU only never contradicts a revision of that CU', () => {
  const server = runsOf(
    build('15.2.792.10', '2021-03-05T00:00:00Z', '2021-03-08T00:00:00Z'),
    build('15.2.792.3', '2021-03-05T01:00:00Z', '2021-03-07T00:00:00Z', 'cu'),
  )
  assert.deepEqual(
    server.builds.map((b) => b.build),
    ['15.2.792.10'],
  )
})
