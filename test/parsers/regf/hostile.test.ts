import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registry } from '../../../src/parsers/registry/index.ts'
import { reading } from '../hostile.ts'
import { hiveFile, seal } from '../../../tools/writers/regf.ts'

const nt = 'Microsoft\\Windows NT\\CurrentVersion'
const run = 'Microsoft\\Windows\\CurrentVersion\\Run'

const plain = hiveFile({
  [nt]: {},
  [run]: { values: { A: 'C:\\a.exe', Big: { type: 'REG_BINARY', data: Buffer.alloc(40_000, 1) } } },
})

/** The hive with something written elsewhere: places are those of records, found by signature and name. */
function changed(change: (bytes: Buffer, key: (name: string) => number, cell: (at: number) => number) => void): Buffer {
  const bytes = Buffer.from(plain)
  const key = (name: string): number => {
    for (let at = bytes.indexOf('nk'); at >= 0; at = bytes.indexOf('nk', at + 2))
      if (bytes.toString('latin1', at + 76, at + 76 + bytes.readUInt16LE(at + 72)) === name) return at
    throw new Error(`no key ${name}`)
  }
  change(bytes, key, (at) => at - 4 - 4096)
  seal(bytes)
  return bytes
}

const list = (bytes: Buffer, key: number): number => 4096 + bytes.readUInt32LE(key + 28) + 4
const values = (bytes: Buffer, key: number): number => 4096 + bytes.readUInt32LE(key + 40) + 4

for (const [name, bytes, reason] of [
  [
    'a key below itself',
    changed((b, key, cell) => b.writeUInt32LE(cell(key('Microsoft')), list(b, key('CurrentVersion')) + 4)),
    'corrupt',
  ],
  [
    'a list of subkeys that is its own key',
    changed((b, key, cell) => b.writeUInt32LE(cell(key('Windows')), key('Windows') + 28)),
    'corrupt',
  ],
  [
    'an index root that leads to itself',
    changed((b, key) => {
      const at = list(b, key('Microsoft'))
      b.write('ri', at, 'latin1')
      b.writeUInt32LE(b.readUInt32LE(key('Microsoft') + 28), at + 4)
    }),
    'corrupt',
  ],
  [
    'a list of values that two keys share',
    changed((b, key) => {
      b.writeUInt32LE(2, key('Windows') + 36)
      b.writeUInt32LE(b.readUInt32LE(key('Run') + 40), key('Windows') + 40)
    }),
    'corrupt',
  ],
  ['four billion values', changed((b, key) => b.writeUInt32LE(0xffff_ffff, key('Run') + 36)), 'corrupt'],
  ['four billion subkeys', changed((b, key) => b.writeUInt32LE(0xffff_ffff, key('Microsoft') + 20)), 'corrupt'],
  ['a name of 65,535 bytes', changed((b, key) => b.writeUInt16LE(0xffff, key('Run') + 72)), 'corrupt'],
  [
    'a value of a gigabyte',
    changed((b, key) => b.writeUInt32LE(0x4000_0000, 4096 + b.readUInt32LE(values(b, key('Run')) + 4) + 8)),
    'corrupt',
  ],
  [
    'segments that are all the same',
    changed((b) => {
      const at = b.indexOf('db')
      const segments = 4096 + b.readUInt32LE(at + 4) + 4
      b.writeUInt32LE(b.readUInt32LE(segments), segments + 4)
    }),
    'corrupt',
  ],
  ['a root that is no key', changed((b) => b.writeUInt32LE(0x1000, 36)), 'corrupt'],
  ['a root beyond the end', changed((b) => b.writeUInt32LE(0xffff_fff8, 36)), 'corrupt'],
  ['hive bins of four gigabytes', changed((b) => b.writeUInt32LE(0xffff_f000, 40)), 'truncated'],
  ['a cell of no bytes', changed((b, key) => b.writeInt32LE(0, key('Run') - 4)), 'corrupt'],
  ['a cell of two gigabytes', changed((b, key) => b.writeInt32LE(-0x8000_0000, key('Run') - 4)), 'corrupt'],
  ['a hive bin that says it lies elsewhere', changed((b) => b.writeUInt32LE(0x2000, 4096 + 4)), 'corrupt'],
] as const) {
  test(`hostile hive: ${name}`, { timeout: 300_000 }, async () => {
    const { gaps } = await reading(registry, bytes, 'SOFTWARE')
    assert.ok(
      gaps.some((gap) => gap.reason === reason && gap.length > 0),
      JSON.stringify(gaps),
    )
  })
}

test('hostile hive: more levels of keys than Windows has', { timeout: 300_000 }, async () => {
  const path = Array.from({ length: 600 }, (_, i) => `k${i}`).join('\\')
  const { gaps } = await reading(registry, hiveFile({ [nt]: {}, [path]: {} }), 'SOFTWARE')
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['depth'],
  )
})

test('hostile hive: names of properties, zeros and control characters are data', async () => {
  const { events } = await reading(
    registry,
    hiveFile({
      [nt]: {},
      [run]: { values: { __proto__x: 'a', constructor: 'b', 'a\0b\x1b[31m': 'c' } },
      [`${run}\\__proto__`]: {},
    }),
    'SOFTWARE',
  )
  assert.deepEqual(
    events.map(({ fields }) => fields.Name),
    ['__proto__x', 'constructor', 'a\0b\x1b[31m'],
  )
})

test('hostile hive: a hundred thousand keys in one list, and as many values', { timeout: 300_000 }, async () => {
  const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`v${i}`, i]))
  const hive = hiveFile({
    [nt]: {},
    [run]: { values: many },
    ...Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`Many\\k${i}`, {}])),
  })
  const { events, gaps } = await reading(registry, hive, 'SOFTWARE')
  assert.deepEqual([events.length, gaps], [30_000, []])
})
