import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose } from '../../../src/parsers/index.ts'
import type { Companion } from '../../../src/parsers/parser.ts'
import { usn } from '../../../src/parsers/ntfs/usn.ts'
import { type Reading, reading, survivesDamage } from '../hostile.ts'
import { type Change, usnFile, type VolumeEntry, volume } from '../../../tools/writers/ntfs.ts'

const J = { windowsPath: 'C:\\$Extend\\$J' }
const at = (second: number): string => `2021-03-03T04:05:${String(second).padStart(2, '0')}.1234567Z`

/** A journal read beside the table of its volume, in the state at the end of the journal. */
async function read(
  changes: readonly Change[],
  entries: readonly VolumeEntry[],
  options: { piece?: number } = {},
): Promise<Reading> {
  const { mft, referenceOf } = volume(entries)
  return reading(usn, usnFile(changes, { referenceOf }), 'C/$Extend/$J', {
    ...J,
    ...options,
    companions: [tableOf(mft)],
  })
}

function tableOf(mft: Buffer): Companion {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < mft.length; from += 1500) yield mft.subarray(from, from + 1500)
  }
  return { path: 'C/$MFT', size: mft.length, read: async () => mft, chunks }
}

const SHELL = 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx'

for (const [what, reasons, change, deleted] of [
  ['made', ['FILE_CREATE', 'DATA_EXTEND', 'CLOSE'], 'created', false],
  ['written', ['DATA_OVERWRITE', 'CLOSE'], 'written', false],
  ['given times', ['BASIC_INFO_CHANGE', 'CLOSE'], 'attributes', false],
  ['given a stream', ['NAMED_DATA_EXTEND', 'STREAM_CHANGE'], 'written', false],
  ['renamed away', ['RENAME_OLD_NAME'], 'renamed-from', false],
  ['renamed', ['RENAME_NEW_NAME', 'CLOSE'], 'renamed-to', false],
  ['deleted', ['FILE_DELETE', 'CLOSE'], 'deleted', true],
  ['linked', ['HARD_LINK_CHANGE', 'CLOSE'], 'other', false],
] as const) {
  for (const version of [2, 3] as const) {
    test(`a file that was ${what} (version ${version})`, async () => {
      const { events, gaps } = await read([{ path: SHELL, time: at(1), reason: reasons, version }], [{ path: SHELL }])
      const [event] = events
      assert.equal(events.length, 1)
      assert.deepEqual(gaps, [])
      assert.equal(event!.target, SHELL)
      assert.equal(event!.fields.Change, change)
      assert.deepEqual([...(event!.fields.Reason as string[])].sort(), [...reasons].sort())
      assert.equal(event!.fields.Deleted, deleted)
      assert.equal(event!.fields.WebRoot, 'aspnet_client')
      assert.equal(event!.fields.PathKnown, true)
      assert.equal(event!.log, 'ntfs-usn')
      assert.equal(new Date(event!.time!).toISOString(), '2021-03-03T04:05:01.123Z')
      assert.ok(event!.raw.startsWith(SHELL))
    })
  }
}

test('records of one opening become one event, at the last of them', async () => {
  const { events } = await read(
    [
      { path: SHELL, time: at(1), reason: ['FILE_CREATE'] },
      { path: 'C:\\other.log', time: at(1), reason: ['DATA_EXTEND'] },
      { path: SHELL, time: at(2), reason: ['FILE_CREATE', 'DATA_EXTEND'] },
      { path: SHELL, time: at(3), reason: ['FILE_CREATE', 'DATA_EXTEND', 'CLOSE'] },
      { path: SHELL, time: at(4), reason: ['DATA_EXTEND', 'CLOSE'] },
      { path: 'C:\\other.log', time: '2021-03-03T05:05:00Z', reason: ['DATA_EXTEND', 'CLOSE'] },
    ],
    [{ path: SHELL }, { path: 'C:\\other.log' }],
  )
  assert.deepEqual(
    events.map(({ fields }) => [fields.FileName, fields.Records, fields.FirstChange, fields.ChangedAt]),
    [
      ['x.aspx', 3, at(1), at(3)],
      ['other.log', undefined, undefined, at(1)],
      ['x.aspx', undefined, undefined, at(4)],
      // An hour lies between: the time of each is told.
      ['other.log', undefined, undefined, '2021-03-03T05:05:00.0000000Z'],
    ],
  )
  assert.equal(events[0]!.at.offset, Number(events[0]!.fields.Usn))
})

test('folders are called what they were called at that time', async () => {
  const folder = { number: 60, sequence: 3 }
  const parents = [
    { path: 'C:\\now', directory: true, ...folder },
    { path: 'C:\\now\\a.txt', number: 61 },
  ]
  const file = (path: string, second: number, number = 61): Change => ({
    path,
    time: at(second),
    reason: ['DATA_EXTEND', 'CLOSE'],
    reference: { number, sequence: 1 },
  })
  const { mft } = volume(parents)
  const referenceOf = (path: string): { number: number; sequence: number } | undefined =>
    /^(?:c:\\)?(?:then|now)$/i.test(path) ? folder : /gone$/i.test(path) ? { number: 70, sequence: 1 } : undefined
  const bytes = usnFile(
    [
      file('C:\\then\\a.txt', 1),
      { path: 'C:\\then', time: at(2), reason: ['RENAME_OLD_NAME'], directory: true, reference: folder },
      { path: 'C:\\now', time: at(2), reason: ['RENAME_NEW_NAME'], directory: true, reference: folder },
      file('C:\\now\\a.txt', 3),
      { path: 'C:\\gone', time: at(4), reason: ['FILE_CREATE', 'CLOSE'], directory: true },
      file('C:\\gone\\b.txt', 5, 71),
      { path: 'C:\\gone', time: at(6), reason: ['FILE_DELETE', 'CLOSE'], directory: true },
      file('C:\\never seen\\c.txt', 7, 72),
    ],
    { referenceOf },
  )
  const withTable = await reading(usn, bytes, 'C/$J', { ...J, companions: [tableOf(mft)] })
  const targets = withTable.events.map(({ target }) => target)
  assert.deepEqual(targets, [
    'C:\\then\\a.txt',
    'C:\\then',
    'C:\\now',
    'C:\\now\\a.txt',
    'C:\\gone',
    'C:\\gone\\b.txt',
    'C:\\gone',
    'c.txt',
  ])
  const last = withTable.events.at(-1)!.fields
  assert.deepEqual([last.PathKnown, last.WebRoot, last.Directory], [false, null, ''])
  // All that is asked here the journal knows by itself.
  const alone = await reading(usn, bytes, 'C/$J', J)
  assert.deepEqual(
    alone.events.map(({ target }) => target),
    targets,
  )
})

test('a folder of which only the name is known', async () => {
  const client = { number: 90, sequence: 2 }
  const bytes = usnFile(
    [
      { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', time: at(1), reason: ['FILE_CREATE', 'CLOSE'] },
      {
        path: 'C:\\inetpub\\wwwroot\\aspnet_client',
        time: at(2),
        reason: ['BASIC_INFO_CHANGE', 'CLOSE'],
        directory: true,
      },
    ],
    { referenceOf: (path) => (/aspnet_client$/i.test(path) ? client : undefined) },
  )
  const [event] = (await reading(usn, bytes, '$J')).events
  assert.equal(event!.target, '⟨unknown⟩\\aspnet_client\\x.aspx')
  assert.equal(event!.fields.WebRoot, 'aspnet_client')
  assert.equal(event!.fields.PathKnown, false)
})

test('a hole at the beginning, ranges (version 4), garbage in between, a record that is cut off', async () => {
  const changes: Change[] = [
    { path: 'C:\\a.txt', time: at(1), reason: ['FILE_CREATE'] },
    { path: 'C:\\a.txt', time: at(1), reason: ['DATA_EXTEND'], version: 4 },
    { path: 'C:\\b.txt', time: at(2), reason: ['FILE_CREATE', 'CLOSE'], version: 3 },
  ]
  const zeros = 1_000_000 - (1_000_000 % 8)
  const good = usnFile(changes, { zeros })
  const bytes = Buffer.concat([good, Buffer.alloc(40, 0x41), usnFile(changes), usnFile(changes).subarray(0, 50)])
  for (const piece of [13, 4096, 1 << 20]) {
    const { events, gaps } = await reading(usn, bytes, '$J', { piece })
    assert.deepEqual(
      events.map(({ fields, at: { offset } }) => [fields.FileName, offset]),
      [
        ['a.txt', zeros],
        ['b.txt', good.length - 88],
        ['a.txt', good.length + 40],
        ['b.txt', 2 * good.length - zeros + 40 - 88],
      ],
    )
    assert.deepEqual(
      gaps.map(({ offset, length, reason }) => [offset, length, reason]),
      [
        [good.length, 40, 'corrupt'],
        [bytes.length - 50, 50, 'truncated'],
      ],
    )
  }
})

test('a time that is no date', async () => {
  const bytes = usnFile([{ path: 'C:\\a.txt', time: at(1), reason: ['FILE_CREATE'] }])
  bytes.writeUInt32LE(0x7fff_ffff, 36)
  const { events, gaps } = await reading(usn, bytes, '$J')
  assert.equal(events[0]!.time, null)
  assert.deepEqual(
    gaps.map(({ offset, length }) => [offset, length]),
    [[32, 8]],
  )
})

const journal = usnFile([{ path: 'C:\\a.txt', time: at(1), reason: ['FILE_CREATE'] }])
for (const [what, path, bytes, parser] of [
  ['a journal by its content', 'export.bin', journal, 'usn'],
  ['one behind a hole', 'export.bin', Buffer.concat([Buffer.alloc(8192), journal]), 'usn'],
  ['a hole called like one', 'C/$Extend/$UsnJrnl%3A$J', Buffer.alloc(65_536), 'usn'],
  ['a hole that is called otherwise', 'a.log', Buffer.alloc(65_536), 'scan'],
  ['an empty file', '$J', Buffer.alloc(0), 'scan'],
] as const) {
  test(`${what} is read by ${parser}`, () => {
    const head = { path, windowsPath: null, size: bytes.length, bytes: bytes.subarray(0, 65_536), text: '' }
    assert.equal(choose(head).name, parser)
  })
}

const all: Change[] = [SHELL, 'C:\\inetpub\\wwwroot', 'C:\\b.txt'].flatMap((path, i): Change[] => [
  { path, time: at(i), reason: ['FILE_CREATE'], directory: i === 1 },
  { path, time: at(i), reason: ['FILE_CREATE', 'CLOSE'], version: 3, directory: i === 1 },
  { path, time: at(i), reason: ['DATA_EXTEND'], version: 4 },
])
survivesDamage('$J', usn, usnFile(all, { zeros: 4096 }), { ...J, companions: [tableOf(volume([{ path: SHELL }]).mft)] })
