import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileTime, fileTimeText } from '../../src/lib/time.ts'

const halves = (ticks: bigint): [number, number] => [Number(ticks & 0xffff_ffffn), Number(ticks >> 32n)]

for (const [ticks, time, text] of [
  [116_444_736_000_000_000n, 0, '1970-01-01T00:00:00.0000000Z'],
  [132_592_044_023_701_234n, 1_614_730_802_370, '2021-03-03T00:20:02.3701234Z'],
  [181_715_726_192_009_999n, 6_527_099_019_200, '2176-11-01T03:03:39.2009999Z'],
  [1n, -11_644_473_600_000, '1601-01-01T00:00:00.0000001Z'],
  [0n, null, null],
  [0x7fff_ffff_ffff_ffffn, null, null],
] as const) {
  test(`FILETIME ${ticks}`, () => {
    assert.equal(fileTime(...halves(ticks)), time)
    assert.equal(fileTimeText(...halves(ticks)), text)
  })
}
