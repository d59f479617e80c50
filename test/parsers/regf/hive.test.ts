import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GapReason } from '../../../src/model/evidence.ts'
import { baseBlock } from '../../../src/parsers/registry/base-block.ts'
import { deletedOf, pathOf } from '../../../src/parsers/registry/deleted.ts'
import { Hive } from '../../../src/parsers/registry/hive.ts'
import { recover } from '../../../src/parsers/registry/logs.ts'
import { details } from '../../../src/parsers/registry/value.ts'
import { dirty, hiveFile, type HiveOptions, type HiveTree, newLog, oldLog } from '../../../tools/writers/regf.ts'

type Told = { readonly offset: number; readonly length: number; readonly reason: GapReason; readonly detail: string }

function opened(bytes: Buffer): { hive: Hive; told: Told[] } {
  const told: Told[] = []
  const hive = new Hive(
    bytes,
    baseBlock(bytes)!,
    (extent, reason, detail) => void told.push({ ...extent, reason, detail }),
  )
  return { hive, told }
}

/** Every key with its values, as text. */
function contents(hive: Hive): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>()
  for (let index = 0; index < hive.count; index++) {
    const values = [...hive.valuesOf(index)].map((value) => [value.name, details(value)] as const)
    found.set(pathOf(hive, index).join('\\'), Object.fromEntries(values))
  }
  return found
}

const whole = (tree: HiveTree, options?: HiveOptions) => opened(hiveFile(tree, options))

const big = Buffer.alloc(40_000, 'segment ')
for (const [name, value, expected] of [
  ['text', 'C:\\a.exe', 'C:\\a.exe'],
  ['text with a zero in it', { type: 'REG_SZ', data: Buffer.from('a\0b\0', 'utf16le') }, 'a'],
  ['text without an end', { type: 'REG_SZ', data: Buffer.from('abc', 'utf16le') }, 'abc'],
  ['expandable text', { type: 'REG_EXPAND_SZ', data: '%windir%\\x' }, '%windir%\\x'],
  ['a link', { type: 'REG_LINK', data: '\\Registry\\Machine' }, '\\Registry\\Machine'],
  ['a list', ['a', 'b'], ['a', 'b']],
  ['an empty list', [], []],
  ['a number', 1, [1, 'DWORD (0x00000001)']],
  ['the largest number', 0xffff_ffff, [0xffff_ffff, 'DWORD (0xffffffff)']],
  ['a number the other way round', { type: 'REG_DWORD_BIG_ENDIAN', data: 258 }, [258, 'DWORD (0x00000102)']],
  ['a large number', 4_294_967_297n, [4_294_967_297, 'QWORD (0x00000001-0x00000001)']],
  ['bytes', { type: 'REG_BINARY', data: Buffer.from('00ff', 'hex') }, '00ff'],
  ['nothing', { type: 'REG_NONE', data: Buffer.alloc(0) }, ''],
  ['resources', { type: 'REG_RESOURCE_LIST', data: Buffer.from('0102030405', 'hex') }, '0102030405'],
  ['a time', { type: 0x10, data: Buffer.from('805b5fa59910d701', 'hex') }, '2021-03-04T01:56:52.1249664Z'],
  ['a property', { type: 0xffff_0010, data: Buffer.from('805b5fa59910d701', 'hex') }, '2021-03-04T01:56:52.1249664Z'],
  ['a number of the wrong size', { type: 'REG_DWORD', data: Buffer.from('0102', 'hex') }, '0102'],
  ['much', { type: 'REG_BINARY', data: big }, `${big.subarray(0, 256).toString('hex')}…`],
] as const) {
  test(`a value: ${name}`, () => {
    const { hive, told } = whole({ Key: { values: { Name: value } } })
    assert.deepEqual(told, [])
    assert.deepEqual(contents(hive).get('Key'), { Name: expected })
  })
}

test('data in segments is read whole, and stands in one cell in old hives', () => {
  for (const minor of [3, 5, 6]) {
    const { hive, told } = whole({ Key: { values: { Big: { type: 'REG_BINARY', data: big } } } }, { minor })
    assert.deepEqual(told, [])
    const [value] = hive.valuesOf(1)
    assert.deepEqual(value!.data(), big)
    assert.deepEqual(value!.data(20_000), big.subarray(0, 20_000))
  }
})

for (const list of ['lf', 'lh', 'li'] as const) {
  test(`lists of subkeys: ${list}, whole and divided`, () => {
    const names = Array.from({ length: 700 }, (_, i) => `k${String(i).padStart(4, '0')}`)
    const tree = Object.fromEntries(names.map((name) => [`Many\\${name}`, {}]))
    for (const leaf of [100, 10_000]) {
      const { hive, told } = whole(tree, { list, leaf })
      assert.deepEqual(told, [])
      assert.deepEqual(
        [...hive.key(1).keys()].map((key) => key.name),
        names,
      )
    }
  })
}

test('names and classes, one byte and two bytes a letter, with a zero and a slash', () => {
  const tree = { 'Ünï/x\\日本\0z': { values: { 'Größe\0': 'a', 日: 'b', '': 'c' }, className: 'class 日' } }
  const { hive, told } = whole(tree)
  assert.deepEqual(told, [])
  assert.deepEqual([...contents(hive).keys()], ['', 'Ünï/x', 'Ünï/x\\日本\0z'])
  assert.deepEqual(contents(hive).get('Ünï/x\\日本\0z'), { 'Größe\0': 'a', 日: 'b', '': 'c' })
  assert.equal(hive.key(2).className, 'class 日')
})

test('deleted keys and values are found, with their path and what is left of them', () => {
  const { hive } = whole({
    'Here\\Gone': { deleted: true, values: { A: 'a longer text', N: 7 }, time: '2021-03-03T00:00:00Z' },
    'Here\\Gone\\Below': { values: { B: 'b is long enough' } },
    Here: { values: { Stays: 'x', Went: { type: 'REG_SZ', data: 'gone, too', deleted: true } } },
  })
  assert.deepEqual([...contents(hive).keys()], ['', 'Here'])
  const { keys, ofKeys, values } = deletedOf(hive)
  const found = new Map(keys.map((key) => [key.path?.join('\\'), key.values.map((v) => [v.name, details(v)])]))
  assert.deepEqual(
    found,
    new Map([
      [
        'Here\\Gone',
        [
          ['A', 'a longer text'],
          ['N', [7, 'DWORD (0x00000007)']],
        ],
      ],
      ['Here\\Gone\\Below', [['B', 'b is long enough']]],
    ]),
  )
  assert.deepEqual(
    [...ofKeys].map(([index, list]) => [hive.key(index).name, list.map((v) => v.name)]),
    [['Here', ['Went']]],
  )
  assert.deepEqual(values, [])
})

// ---------------------------------------------------------------- transaction logs

const filler = Object.fromEntries(
  Array.from({ length: 200 }, (_, i) => [`Filler\\${i}`, { values: { v: 'x'.repeat(40) } }]),
)
const state = (n: number): Buffer => hiveFile({ ...filler, State: { values: { n } }, [`New${n}`]: {} }, { sequence: 5 })
const [before, second, third] = [state(0), state(1), state(2)]
const numberIn = (bytes: Buffer): unknown => contents(opened(bytes).hive).get('State')?.n
const log = (path: string, bytes: Buffer) => ({ path, bytes })

function completed(hive: Buffer, ...logs: readonly Buffer[]): { n: unknown; used: readonly string[] } | null {
  const bytes = Buffer.from(hive)
  const found = recover(
    bytes,
    baseBlock(bytes)!,
    logs.map((bytes, i) => log(`LOG${i + 1}`, bytes)),
  )
  if (!found) return null
  const opens = new Hive(found.bytes, found.block, () => assert.fail('a gap'))
  const state = contents(opens).get('State')!
  return { n: (state.n as unknown[])[0], used: found.logs.map(({ path }) => path) }
}

const broken = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at]! ^= 1
  return copy
}

for (const [name, hive, logs, expected] of [
  ['one log of the new form', dirty(before), [newLog([before, second], 5)], { n: 1, used: ['LOG1'] }],
  ['several entries of one log', dirty(before), [newLog([before, second, third], 5)], { n: 2, used: ['LOG1'] }],
  [
    'two logs that follow one another',
    dirty(before),
    [newLog([before, second], 5), newLog([second, third], 6)],
    { n: 2, used: ['LOG1', 'LOG2'] },
  ],
  [
    'the second before the first',
    dirty(before),
    [newLog([second, third], 6), newLog([before, second], 5)],
    { n: 2, used: ['LOG2', 'LOG1'] },
  ],
  [
    'a gap between the logs',
    dirty(before),
    [newLog([before, second], 5), newLog([second, third], 8)],
    { n: 1, used: ['LOG1'] },
  ],
  [
    'an older log is left out',
    dirty(before),
    [newLog([third, second], 3), newLog([before, third], 5)],
    { n: 2, used: ['LOG2'] },
  ],
  [
    'a bit of the second entry is wrong',
    dirty(before),
    [broken(newLog([before, second, third], 5), newLog([before, second], 5).length + 600)],
    { n: 1, used: ['LOG1'] },
  ],
  ['a bit of the only entry is wrong', dirty(before), [broken(newLog([before, second], 5), 5000)], null],
  ['the base block of the log is broken', dirty(before), [broken(newLog([before, second], 5), 20)], null],
  [
    'a hive without a valid base block takes the latest log',
    broken(before, 100),
    [newLog([before, second], 5), newLog([before, third], 9)],
    { n: 2, used: ['LOG2'] },
  ],
  ['a log of the old form', dirty(before), [oldLog(dirty(before), second)], { n: 1, used: ['LOG1'] }],
  ['no log', dirty(before), [], null],
  ['empty logs', dirty(before), [Buffer.alloc(0), Buffer.alloc(512)], null],
] as const) {
  test(`transaction logs: ${name}`, () => assert.deepEqual(completed(hive, ...logs), expected))
}

test('transaction logs: a hive grows as far as its log can fill it, and no further', () => {
  const larger = hiveFile(
    { ...filler, State: { values: { n: 3, more: { type: 'REG_BINARY', data: Buffer.alloc(100_000, 1) } } } },
    { sequence: 5 },
  )
  assert.deepEqual(completed(dirty(before), newLog([before, larger], 5)), { n: 3, used: ['LOG1'] })
  const old = oldLog(dirty(before), second)
  old.writeUInt32LE(0x4000_0000, 40)
  assert.equal(completed(dirty(before), old), null)
})

test('a hive that is not dirty is left alone', () => assert.deepEqual(numberIn(before), [0, 'DWORD (0x00000000)']))
