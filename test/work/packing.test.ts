import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packData, unpackData } from '../../src/run/serialize.ts'

test('plain data is the same again, with long lists of numbers and short ones', () => {
  const long = Float64Array.from({ length: 50_000 }, (_, i) => i / 7)
  const value = {
    text: 'é',
    long,
    part: long.subarray(3, 40_000),
    short: new Float64Array([1, NaN, -0]),
    bytes: new Uint8Array(400_000).fill(7),
    nothing: new Float64Array(0),
    at: [null, { a: 1 }],
  }
  const parts = packData(value)
  assert.deepEqual(unpackData(Buffer.concat(parts)), value)
  // Without a copy.
  assert.ok(parts.some((part) => part.buffer === long.buffer))
})

test('bytes that were cut off are no data', () => {
  const bytes = Buffer.concat(packData({ list: new Float64Array(40_000) }))
  for (const length of [0, 3, 10, bytes.length - 1]) assert.throws(() => unpackData(bytes.subarray(0, length)))
})
