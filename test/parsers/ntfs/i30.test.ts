import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose } from '../../../src/parsers/index.ts'
import { i30 } from '../../../src/parsers/ntfs/i30.ts'
import { reading, survivesDamage } from '../hostile.ts'
import { fixUp, nameContent } from '../../../tools/writers/ntfs.ts'

const TIMES = ['2021-03-03T04:05:06.1234567Z', '2021-03-03T04:05:07Z', '2021-03-03T04:05:08Z', '2021-03-03T04:05:09Z']
const parent = { number: 40, sequence: 1 }
const WHERE = { windowsPath: 'C:\\inetpub\\wwwroot\\aspnet_client\\$I30' }

function entryOf(name: string, number: number, space = 1, times = TIMES): Buffer {
  const content = nameContent({ name, space, parent, times, size: 77 })
  const out = Buffer.alloc((16 + content.length + 7) & ~7)
  out.writeUIntLE(number, 0, 6)
  out.writeUInt16LE(2, 6)
  out.writeUInt16LE(out.length, 8)
  out.writeUInt16LE(content.length, 10)
  content.copy(out, 16)
  return out
}

/** A block: entries, the last one, and what was there before it. */
function blockOf(entries: readonly Buffer[], left: readonly Buffer[] = []): Buffer {
  const out = Buffer.alloc(4096)
  out.write('INDX', 0, 'latin1')
  out.writeUInt16LE(40, 4)
  out.writeUInt16LE(9, 6)
  const body = Buffer.concat([...entries, lastEntry()])
  out.writeUInt32LE(40, 24)
  out.writeUInt32LE(40 + body.length, 28)
  out.writeUInt32LE(4096 - 24, 32)
  body.copy(out, 64)
  Buffer.concat(left).copy(out, 64 + body.length)
  fixUp(out, 40)
  return out
}

function lastEntry(): Buffer {
  const out = Buffer.alloc(16)
  out.writeUInt16LE(16, 8)
  out[12] = 2
  return out
}

function rootOf(entries: readonly Buffer[]): Buffer {
  const body = Buffer.concat([...entries, lastEntry()])
  const head = Buffer.alloc(32)
  head.writeUInt32LE(0x30, 0)
  head.writeUInt32LE(1, 4)
  head.writeUInt32LE(4096, 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt32LE(16 + body.length, 20)
  head.writeUInt32LE(16 + body.length, 24)
  return Buffer.concat([head, body])
}

test('entries, and names that others left behind', async () => {
  const older = [...TIMES.slice(0, 1), '2021-03-03T04:00:00Z', ...TIMES.slice(2)]
  const bytes = blockOf(
    [entryOf('a long name.aspx', 50), entryOf('ALONGN~1.ASP', 50, 2)],
    [entryOf('shell.aspx', 51), entryOf('a long name.aspx', 50), entryOf('a long name.aspx', 50, 1, older)],
  )
  const { events, gaps } = await reading(i30, bytes, 'x', WHERE)
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    events.map(({ target, fields, snippet }) => [
      target,
      fields.EntryNumber,
      fields.Recovered,
      fields.Deleted,
      snippet,
    ]),
    [
      ['C:\\inetpub\\wwwroot\\aspnet_client\\a long name.aspx', 50, false, false, false],
      ['C:\\inetpub\\wwwroot\\aspnet_client\\shell.aspx', 51, true, true, true],
      ['C:\\inetpub\\wwwroot\\aspnet_client\\a long name.aspx', 50, true, false, true],
    ],
  )
  const [first] = events
  assert.equal(first!.log, 'ntfs-index')
  assert.equal(first!.fields.Size, 77)
  assert.equal(first!.fields.WebRoot, 'aspnet_client')
  assert.equal(first!.fields.FN_Created, TIMES[0])
  assert.equal(first!.fields.FN_Accessed, '2021-03-03T04:05:09.0000000Z')
  assert.equal(first!.at.offset, 64)
  assert.equal(first!.at.length, entryOf('a long name.aspx', 50).length)
})

test('a root, blocks behind it, and a block whose sector was not written with the others', async () => {
  const torn = blockOf([entryOf('in the first sector.txt', 52)], [Buffer.alloc(600), entryOf('lost.txt', 53)])
  torn.writeUInt16LE(99, 1022)
  const root = rootOf([entryOf('root.txt', 49)])
  const bytes = Buffer.concat([root, blockOf([entryOf('block.txt', 50)]), torn, Buffer.alloc(4096)])
  const { events, gaps } = await reading(i30, bytes, '$I30')
  assert.deepEqual(
    events.map(({ fields }) => fields.FileName),
    ['root.txt', 'block.txt', 'in the first sector.txt'],
  )
  assert.deepEqual(
    gaps.map(({ offset, length, reason }) => [offset, length, reason]),
    [[root.length + 4096 + 512, 3584, 'corrupt']],
  )
})

test('an entry that is none, garbage between blocks, a block that is cut off', async () => {
  const broken = blockOf([entryOf('a.txt', 50), entryOf('b.txt', 51)])
  broken.writeUInt16LE(3, 64 + entryOf('a.txt', 50).length + 8)
  const bytes = Buffer.concat([
    broken,
    Buffer.alloc(64, 0x41),
    blockOf([entryOf('c.txt', 52)]),
    blockOf([]).subarray(0, 1000),
  ])
  const { events, gaps } = await reading(i30, bytes, '$I30')
  assert.deepEqual(
    events.map(({ fields }) => [fields.FileName, fields.Recovered]),
    [
      ['a.txt', false],
      ['b.txt', true],
      ['c.txt', false],
    ],
  )
  assert.deepEqual(
    gaps.map(({ length, reason }) => [length, reason]),
    [
      [entryOf('b.txt', 51).length + 16, 'corrupt'],
      [64, 'corrupt'],
      [1000, 'truncated'],
    ],
  )
})

for (const [path, windowsPath, target, known] of [
  ['C/a/$I30', 'C:\\a\\$I30', 'C:\\a\\f.txt', true],
  ['up/a%3A$I30', 'C:\\a:$I30', 'C:\\a\\f.txt', true],
  ['up/a', 'C:\\a:$I30:$INDEX_ALLOCATION', 'C:\\a\\f.txt', true],
  ['loose/aspnet_client/$I30', null, 'loose\\aspnet_client\\f.txt', false],
  ['export.bin', null, 'f.txt', false],
] as const) {
  test(`the folder of ${windowsPath ?? path}`, async () => {
    const options = windowsPath === null ? {} : { windowsPath }
    const [event] = (await reading(i30, blockOf([entryOf('f.txt', 50)]), path, options)).events
    assert.equal(event!.target, target)
    assert.equal(event!.fields.PathKnown, known)
  })
}

for (const [what, path, bytes, parser] of [
  ['blocks by their content', 'export.bin', blockOf([entryOf('f.txt', 50)]), 'i30'],
  ['a root by content and name', 'a/$I30', rootOf([entryOf('f.txt', 50)]), 'i30'],
  ['an empty index by its name', '$I30', blockOf([]), 'i30'],
  ['an index of something else', 'export.bin', blockOf([]), 'scan'],
] as const) {
  test(`${what}: ${parser}`, () => {
    const head = { path, windowsPath: null, size: bytes.length, bytes, text: '' }
    assert.equal(choose(head).name, parser)
  })
}

const sample = Buffer.concat([
  rootOf([entryOf('r.txt', 49)]),
  blockOf([entryOf('a.txt', 50), entryOf('b.txt', 51)], [entryOf('c.txt', 52)]),
])
survivesDamage('$I30', i30, sample, WHERE)
