import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalIp, inCidr, isPrivate } from '../../src/lib/ip.ts'
import { canonicalJson, canonicalPieces } from '../../src/lib/json.ts'
import { iso, isoTime } from '../../src/lib/time.ts'
import { utcOf, zoneOf } from '../../src/lib/zones.ts'

for (const [text, expected] of [
  ['2021-03-03T04:23:22.370Z', '2021-03-03T04:23:22.370Z'],
  ['2021-03-03 04:23:22', '2021-03-03T04:23:22.000Z'],
  ['2021-03-03T04:23:22.3701234Z', '2021-03-03T04:23:22.370Z'],
  ['2021-03-03T04:23:22+01:00', '2021-03-03T03:23:22.000Z'],
  ['2021-02-30T00:00:00Z', null],
  ['2021-13-01T00:00:00Z', null],
  ['2021-03-03T24:00:01Z', null],
  ['yesterday', null],
] as const) {
  test(`time ${text}`, () => assert.equal(iso(isoTime(text)), expected))
}

for (const [text, expected] of [
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:443', '192.0.2.1'],
  ['[2001:DB8:0:0:0:0:0:1]:443', '2001:db8::1'],
  ['fe80::1%12', 'fe80::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::', '::'],
  ['192.0.2[.]1', '192.0.2.1'],
  ['192[.]0[.]2[.]1:443', '192.0.2.1'],
  ['192(.)0.2.1', '192.0.2.1'],
  ['999[.]0.2.1', null],
  ['010.0.0.1', null],
  ['mail.contoso.com', null],
  ['-', null],
] as const) {
  test(`address ${text}`, () => assert.equal(canonicalIp(text), expected))
}

test('CIDR blocks hold what they should, in both families', () => {
  assert.equal(inCidr('192.0.2.77', '192.0.2.0/24'), true)
  assert.equal(inCidr('192.0.3.1', '192.0.2.0/24'), false)
  assert.equal(inCidr('2001:db8::5', '2001:db8::/32'), true)
  assert.equal(inCidr('192.0.2.1', '2001:db8::/32'), false)
  assert.equal(inCidr('192.0.2.1', '192.0.2.0/33'), false)
  assert.equal(isPrivate('172.31.0.1') && isPrivate('fd00::1') && !isPrivate('172.32.0.1'), true)
})

test('canonical JSON has one form whatever the order of keys, and `__proto__` stays a key', () => {
  assert.equal(canonicalJson({ b: 1, a: { d: 2, c: [3] } }), canonicalJson({ a: { c: [3], d: 2 }, b: 1 }))
  assert.equal(canonicalJson(JSON.parse('{"__proto__":1}')), '{"__proto__":1}')
  assert.equal(canonicalJson('\u2028'), '"\\u2028"')
})

test('pieces of canonical JSON are its text, at any indent and number of levels', () => {
  const value: unknown = {
    b: [
      { d: 'x\ny', c: [[], {}, [1, [2]], null, undefined] },
      { __proto__: null, e: { f: { g: '\u2028"' } } },
    ],
    a: undefined,
    z: {},
    n: { only: undefined },
    é: 1,
  }
  for (const indent of [0, 1, 3])
    for (const levels of [0, 1, 2, 3, 9])
      for (const each of [value, [value, []], [], {}, 'text', null])
        assert.equal([...canonicalPieces(each, indent, levels)].join(''), canonicalJson(each, indent))
})

test('local times become UTC by the zone that the user names', () => {
  const local = Date.parse('2021-03-03T04:00:00Z')
  assert.equal(iso(utcOf(zoneOf('Europe/Berlin')!, local)), '2021-03-03T03:00:00.000Z')
  assert.equal(iso(utcOf(zoneOf('Europe/Berlin')!, Date.parse('2021-07-03T04:00:00Z'))), '2021-07-03T02:00:00.000Z')
  assert.equal(iso(utcOf(zoneOf('+05:45')!, local)), '2021-03-02T22:15:00.000Z')
  assert.equal(zoneOf('Middle/Earth'), null)
})
