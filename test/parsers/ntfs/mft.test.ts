import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileTimeText } from '../../../src/lib/time.ts'
import { fileFields, fileSources } from '../../../src/model/file-fields.ts'
import { choose } from '../../../src/parsers/index.ts'
import { mft } from '../../../src/parsers/ntfs/mft.ts'
import { driveOf, fieldsIn, Paths } from '../../../src/parsers/ntfs/paths.ts'
import { fileTimeAt } from '../../../src/parsers/ntfs/times.ts'
import type { Event, FieldValue } from '../../../src/model/event.ts'
import { reading, survivesDamage } from '../hostile.ts'
import {
  mftFile,
  nameContent,
  nonResident,
  record,
  resident,
  type VolumeEntry,
  volume,
} from '../../../tools/writers/ntfs.ts'

const C = { windowsPath: 'C:\\$MFT' }
const SHELL = '<%@ Page Language="JScript"%><% /* invented */ %>'

/** The events of described files, without those of the system and of folders. */
async function filesOf(entries: readonly VolumeEntry[], options = {}): Promise<readonly Event[]> {
  const { events } = await reading(mft, mftFile(entries, options), 'C/$MFT', C)
  return events.filter(({ fields }) => Number(fields.EntryNumber) >= 40 && fields.IsDirectory === false)
}

for (const [what, entry, expected, log] of [
  [
    'a page in a web root, small enough to lie in the table',
    { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', resident: SHELL },
    {
      TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
      WebRoot: 'aspnet_client',
      Extension: '.aspx',
      Size: SHELL.length,
      ResidentData: SHELL,
      Attributes: ['archive'],
      Deleted: false,
      Sequence: 1,
      PathUncertain: false,
      TimestompSigns: undefined,
      Streams: undefined,
    },
    'web-roots',
  ],
  [
    'a page that was deleted: its record has the next sequence',
    { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', resident: SHELL, deleted: true },
    { TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', Deleted: true, Sequence: 2, ResidentData: SHELL },
    'ntfs-mft',
  ],
  [
    'a compiled page names its source',
    {
      path: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\root\\a\\b\\x.aspx.cdcab7d2.compiled',
      resident: '<preserve virtualPath="/aspnet_client/x.aspx"/>',
    },
    { virtualPath: '/aspnet_client/x.aspx' },
    'aspnet-temp',
  ],
  [
    'attributes, and a size outside of the record',
    { path: 'C:\\root\\lsass.dmp', size: 5_000_000_000, attributes: ['hidden', 'system', 'read-only'] as const },
    { Size: 5_000_000_000, Attributes: ['read-only', 'hidden', 'system'], ResidentData: undefined },
    'ntfs-mft',
  ],
  [
    'streams, and where a file was fetched from',
    {
      path: 'C:\\Users\\a\\Downloads\\tool.exe',
      size: 9000,
      streams: [
        { name: 'Zone.Identifier', content: '[ZoneTransfer]\r\nZoneId=3\r\n' },
        { name: 'hidden.ps1', size: 70_000 },
      ],
    },
    { Streams: ['Zone.Identifier', 'hidden.ps1'], ZoneIdentifier: '[ZoneTransfer]\r\nZoneId=3\r\n', Size: 9000 },
    'ntfs-mft',
  ],
  [
    'the content of a program is not text',
    { path: 'C:\\a.exe', resident: 'MZ' },
    { ResidentData: undefined, Size: 2 },
    'ntfs-mft',
  ],
  [
    'a short name stands for no file of its own',
    { path: 'C:\\a long name.txt', shortName: 'ALONGN~1.TXT' },
    { FileName: 'a long name.txt' },
    'ntfs-mft',
  ],
  [
    'letters outside of Latin-1, and more than 255 bytes of them',
    { path: `C:\\${'文'.repeat(200)}.aspx` },
    { FileName: `${'文'.repeat(200)}.aspx` },
    'ntfs-mft',
  ],
  [
    'both sets of times, to 100 ns',
    {
      path: 'C:\\a.txt',
      created: '2021-03-03T04:05:06.1234567Z',
      modified: '2021-03-04T00:00:00.0000001Z',
      accessed: '2021-03-05T00:00:00.9999999Z',
      changed: '2021-03-06T00:00:00.5Z',
      fnModified: '2021-03-03T04:05:07.0000009Z',
    },
    {
      SI_Created: '2021-03-03T04:05:06.1234567Z',
      SI_Modified: '2021-03-04T00:00:00.0000001Z',
      SI_Accessed: '2021-03-05T00:00:00.9999999Z',
      SI_Changed: '2021-03-06T00:00:00.5000000Z',
      FN_Created: '2021-03-03T04:05:06.1234567Z',
      FN_Modified: '2021-03-03T04:05:07.0000009Z',
    },
    'ntfs-mft',
  ],
] as const satisfies readonly (readonly [string, VolumeEntry, Record<string, FieldValue | undefined>, string])[]) {
  for (const recordSize of [1024, 4096] as const) {
    test(`${what} (records of ${recordSize} bytes)`, async () => {
      const [event, ...others] = await filesOf([entry], { recordSize })
      assert.equal(others.length, 0)
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(event!.fields[name], value, name)
      assert.equal(event!.log, log)
      assert.equal(event!.sources, fileSources)
      assert.equal(event!.at.offset, Number(event!.fields.EntryNumber) * recordSize)
      assert.equal(event!.at.length, recordSize)
      assert.equal(event!.timeBasis, 'format')
      assert.ok(event!.raw.startsWith(String(event!.fields.TargetFilename)))
    })
  }
}

for (const [what, times, signs, sure] of [
  ['made and never touched', {}, undefined, undefined],
  [
    'old times typed in to the second, as web shells do',
    { created: '2019-01-01T10:00:00Z', changed: '2021-03-03T04:00:01.1Z', fnCreated: '2021-03-03T04:00:00.1Z' },
    ['created-before-name', 'whole-second', 'all-whole-seconds'],
    'likely',
  ],
  [
    'taken from another file, the change of the record too',
    { created: '2019-01-01T10:00:00.1234567Z', fnCreated: '2021-03-03T04:00:00.1Z' },
    ['created-before-name', 'changed-before-name'],
    'likely',
  ],
  [
    'unpacked: created and modified are those of the archive',
    {
      created: '2019-01-01T10:00:00Z',
      accessed: '2021-03-03T04:00:00.1Z',
      changed: '2021-03-03T04:00:00.1Z',
      fnCreated: '2021-03-03T04:00:00.1Z',
    },
    ['created-before-name', 'whole-second'],
    'possible',
  ],
  [
    'restored or copied with its times',
    { created: '2019-01-01T10:00:00.1234567Z', changed: '2021-03-03T04:00:00.1Z', fnCreated: '2021-03-03T04:00:00.1Z' },
    ['created-before-name'],
    undefined,
  ],
  [
    'copied: only modified is old',
    { created: '2021-03-03T04:00:00.1Z', modified: '2019-01-01T10:00:00Z' },
    undefined,
    undefined,
  ],
  [
    'a whole second by chance',
    { created: '2021-03-03T04:00:00Z', modified: '2021-03-03T04:00:00.1Z' },
    ['whole-second'],
    undefined,
  ],
] as const) {
  test(`times: ${what}`, async () => {
    const [event] = await filesOf([{ path: 'C:\\inetpub\\wwwroot\\a.aspx', ...times }])
    assert.deepEqual(event!.fields.TimestompSigns, signs)
    assert.equal(event!.fields.Timestomped, sure)
  })
}

test('hard links: one event a path, of the same record', async () => {
  const events = await filesOf([
    { path: 'C:\\Windows\\WinSxS\\x\\a.dll', size: 1, links: ['C:\\Windows\\System32\\a.dll'] },
  ])
  assert.deepEqual(
    events.map(({ target }) => target),
    ['C:\\Windows\\WinSxS\\x\\a.dll', 'C:\\Windows\\System32\\a.dll'],
  )
  assert.deepEqual(events[0]!.at, events[1]!.at)
})

for (const [what, change, path, uncertain] of [
  ['a folder that was deleted with its files', {}, 'C:\\root\\tools\\a.ps1', false],
  ['a folder whose record was used again', { sequence: 9 }, 'C:\\$Orphan\\a.ps1', true],
] as const) {
  test(`a deleted file in ${what}`, async () => {
    const folder = { path: 'C:\\root\\tools', directory: true, number: 60, deleted: true }
    const { mft: bytes } = volume([folder, { path: 'C:\\root\\tools\\a.ps1', deleted: true, number: 61 }])
    if ('sequence' in change) bytes.writeUInt16LE(change.sequence, 60 * 1024 + 16)
    const { events } = await reading(mft, bytes, 'C/$MFT', C)
    const [file] = events.filter(({ fields }) => fields.EntryNumber === 61)
    assert.equal(file!.target, path)
    assert.equal(file!.fields.PathUncertain, uncertain)
    assert.equal(file!.fields.Deleted, true)
  })
}

const TIMES = ['2021-03-03T04:00:00.1Z', '2021-03-03T04:00:00.1Z', '2021-03-03T04:00:00.1Z', '2021-03-03T04:00:00.1Z']
const nameAttribute = (name: string, number: number, sequence = 1, space = 1): Buffer =>
  resident(0x30, '', nameContent({ name, space, parent: { number, sequence }, times: TIMES }))

/** A table of the records of an empty volume, and some of its own at given numbers. */
function tableWith(records: readonly (readonly [number: number, bytes: Buffer])[]): Buffer {
  const base = mftFile([])
  const out = Buffer.alloc(Math.max(base.length, ...records.map(([number]) => (number + 1) * 1024)))
  base.copy(out)
  for (const [number, bytes] of records) bytes.copy(out, number * 1024)
  return out
}

test('names in records that continue another belong to that one, before and after it', async () => {
  const base = { number: 51, sequence: 4 }
  const bytes = tableWith([
    [50, record({ number: 50, sequence: 1, flags: 1, base, attributes: [nameAttribute('before.aspx', 5, 5)] })],
    [51, record({ number: 51, sequence: 4, flags: 1, attributes: [resident(0x10, '', Buffer.alloc(72, 1))] })],
    [
      52,
      record({
        number: 52,
        sequence: 1,
        flags: 1,
        base,
        attributes: [nameAttribute('after.aspx', 5, 5), resident(0x80, '', Buffer.from('abc'))],
      }),
    ],
    // Of an earlier file of that record: told, but not of the present one.
    [
      53,
      record({
        number: 53,
        sequence: 1,
        flags: 0,
        base: { number: 51, sequence: 2 },
        attributes: [nameAttribute('old.aspx', 5, 5)],
      }),
    ],
  ])
  const { events } = await reading(mft, bytes, 'C/$MFT', C)
  const told = events.filter(({ fields }) => Number(fields.EntryNumber) >= 50)
  assert.deepEqual(
    told.map(({ target, fields }) => [target, fields.EntryNumber, fields.Size, fields.Deleted]),
    [
      ['C:\\before.aspx', 51, 3, false],
      ['C:\\after.aspx', 51, 3, false],
      ['C:\\old.aspx', 53, null, true],
    ],
  )
})

test('folders that lie in themselves, and folders that are missing', async () => {
  const bytes = tableWith([
    [50, record({ number: 50, sequence: 1, flags: 3, attributes: [nameAttribute('a', 51)] })],
    [51, record({ number: 51, sequence: 1, flags: 3, attributes: [nameAttribute('b', 50)] })],
    [52, record({ number: 52, sequence: 1, flags: 1, attributes: [nameAttribute('x.aspx', 50)] })],
    [53, record({ number: 53, sequence: 1, flags: 1, attributes: [nameAttribute('y.aspx', 4_000_000_000)] })],
    [54, record({ number: 54, sequence: 1, flags: 1, attributes: [nameAttribute('z.aspx', 52)] })],
  ])
  const { events, gaps } = await reading(mft, bytes, 'C/$MFT', C)
  const targets = new Map(events.map(({ target, fields }) => [fields.EntryNumber, target]))
  assert.equal(targets.get(52), 'C:\\⟨cycle⟩\\a\\x.aspx')
  assert.equal(targets.get(53), 'C:\\$Orphan\\y.aspx')
  assert.equal(targets.get(54), 'C:\\$Orphan\\z.aspx')
  const inNone = 'a page that is there, in a folder that is not'
  assert.deepEqual(
    gaps.map(({ offset, detail }) => [offset / 1024, detail]),
    [
      [51, 'a folder that lies in itself'],
      [52, inNone],
      [53, inNone],
      [54, inNone],
    ],
  )
})

test('a record of a page that was made none of a page is damaged', async () => {
  const others = Array.from({ length: 40 }, (_, i) => ({ path: `C:\\Windows\\a${i}.txt` }))
  const page = { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', resident: SHELL }
  const whole = mftFile([...others, page, ...others.map(({ path }) => ({ path: path.replace('a', 'b') }))])
  const recordOf = (name: string): number => {
    const at = whole.indexOf(Buffer.from(name, 'utf16le'))
    return at - (at % 1024)
  }
  const [own, folder] = [recordOf('x.aspx'), recordOf('aspnet_client')]
  const attribute = (type: number): number => {
    let at = own + whole.readUInt16LE(own + 20)
    while (whole.readUInt32LE(at) !== type) at += whole.readUInt32LE(at + 4)
    return at
  }
  const [name, data] = [attribute(0x30), attribute(0x80)]
  assert.deepEqual((await reading(mft, whole, 'C/$MFT', C)).gaps, [])
  const ways: readonly (readonly [detail: string, change: (bytes: Buffer) => void])[] = [
    ['zeros in the place of records', (bytes) => bytes.fill(0, own, own + 1024)],
    ['a file that is there and has no name', (bytes) => bytes.writeUInt32LE(0xd0, name)],
    ['a page that is there and has no content', (bytes) => bytes.writeUInt32LE(0xd0, data)],
    ['a page that is there, in a folder that is not', (bytes) => bytes.writeUInt16LE(7, folder + 16)],
    ['a file name of another length than its place', (bytes) => bytes.writeUInt8(1, name + 24 + 64)],
    [
      'a record of its own that is said to continue another',
      (bytes) => {
        bytes.writeUInt32LE(5, own + 32)
        bytes.writeUInt16LE(5, own + 38)
      },
    ],
  ]
  for (const [detail, change] of ways) {
    const bytes = Buffer.from(whole)
    change(bytes)
    const { gaps } = await reading(mft, bytes, 'C/$MFT', C)
    assert.ok(
      gaps.some((gap) => gap.detail === detail),
      `${detail}: ${JSON.stringify(gaps)}`,
    )
  }
})

test('a table that ends before it says it does is cut', async () => {
  const own = record({
    number: 0,
    sequence: 1,
    flags: 1,
    attributes: [nameAttribute('$MFT', 5, 5), nonResident(0x80, '', 100 * 1024)],
  })
  const bytes = tableWith([[0, own]])
  const { gaps } = await reading(mft, bytes, 'C/$MFT', C)
  assert.deepEqual(
    gaps.map(({ offset, length, reason }) => [offset, length, reason]),
    [[bytes.length, 0, 'truncated']],
  )
})

test('what lies in folders deeper than any that a person made', async () => {
  const records = Array.from({ length: 2000 }, (_, i): [number, Buffer] => [
    50 + i,
    record({
      number: 50 + i,
      sequence: 1,
      flags: 3,
      attributes: [nameAttribute('d', i === 0 ? 5 : 49 + i, i === 0 ? 5 : 1)],
    }),
  ])
  const { events } = await reading(mft, tableWith(records.toReversed()), 'C/$MFT', C)
  assert.ok(events.every(({ target }) => target!.length < 2000))
})

for (const [what, spoil, gaps, expected] of [
  [
    'a second sector that was not written with the first',
    (bytes: Buffer) => bytes.writeUInt16LE(99, 1022),
    [[512, 512, 'corrupt']],
    'C:\\a.aspx',
  ],
  [
    'a first sector that does not bear its number',
    (bytes: Buffer) => bytes.writeUInt16LE(99, 510),
    [[0, 1024, 'corrupt']],
    'C:\\a.aspx',
  ],
  ['a record marked bad', (bytes: Buffer) => bytes.write('BAAD', 0, 'latin1'), [[0, 1024, 'corrupt']], 'C:\\a.aspx'],
  ['no record at all', (bytes: Buffer) => bytes.fill(0x41, 0, 510), [[0, 1024, 'corrupt']], undefined],
  [
    'a time after the year 9999',
    (bytes: Buffer) => bytes.writeUInt32LE(0x7fff_ffff, 0x38 + 24 + 4),
    [[80, 8, 'corrupt']],
    'C:\\a.aspx',
  ],
  [
    'an attribute without length',
    (bytes: Buffer) => bytes.writeUInt32LE(0, 0x38 + 4),
    [[0x38, 968, 'corrupt']],
    undefined,
  ],
  [
    'an attribute longer than the record',
    (bytes: Buffer) => bytes.writeUInt32LE(0xffff_fff8, 0x38 + 4),
    [[0x38, 968, 'corrupt']],
    undefined,
  ],
  ['a record that was never used', (bytes: Buffer) => bytes.fill(0), [], undefined],
] as const) {
  test(what, async () => {
    const one = record({
      number: 50,
      sequence: 1,
      flags: 1,
      attributes: [resident(0x10, '', Buffer.alloc(72, 1)), nameAttribute('a.aspx', 5, 5)],
    })
    spoil(one)
    const got = await reading(mft, tableWith([[50, one]]), 'C/$MFT', C)
    assert.deepEqual(
      got.gaps.map(({ offset, length, reason }) => [offset - 50 * 1024, length, reason]),
      gaps,
    )
    assert.equal(got.events.find(({ fields }) => fields.EntryNumber === 50)?.target, expected)
  })
}

test('a table that is cut off, in pieces of any size', async () => {
  const bytes = mftFile([{ path: 'C:\\a.txt' }]).subarray(0, -100)
  for (const piece of [7, 1000, 65_536]) {
    const { gaps, events } = await reading(mft, bytes, 'C/$MFT', { ...C, piece })
    assert.deepEqual(
      gaps.map(({ length, reason }) => [length, reason]),
      [[924, 'truncated']],
    )
    assert.equal(events.length, 12)
  }
})

test('a piece of a table: records say their numbers', async () => {
  const whole = mftFile([{ path: 'C:\\root\\a.ps1' }])
  const { events } = await reading(mft, whole.subarray(40 * 1024), 'carved', {})
  assert.deepEqual(
    events.map(({ target, at }) => [target, at.offset]),
    [
      ['\\root', 0],
      ['\\root\\a.ps1', 1024],
    ],
  )
})

for (const [path, windowsPath, drive] of [
  ['C/$MFT', 'C:\\$MFT', 'C:'],
  [
    'shadow/$MFT',
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\$MFT',
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1',
  ],
  ['x/Desktop/$MFT', 'C:\\Users\\a\\Desktop\\$MFT', ''],
  ['D_$MFT', null, 'D:'],
  ['$MFT_D', null, 'D:'],
  ['$MFT.bin', null, ''],
  ['mail/E/$MFT', null, 'E:'],
  ['E/$Extend/$J', null, 'E:'],
  ['evidence/$MFT', null, ''],
] as const) {
  test(`the drive of ${path}: ${drive || 'not said'}`, () => assert.equal(driveOf({ path, windowsPath }), drive))
}

test('fields of a file found by its folder are those of its path', () => {
  const folders = [
    'C:',
    'C:\\inetpub\\wwwroot\\aspnet_client',
    'D:\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth',
    '\\a',
  ]
  const paths = new Paths(() => null, { root: 5, drive: '', lost: '' })
  for (const text of folders) {
    for (const name of ['X.aspx', 'no-dot', '.config', 'a.b.c']) {
      const folder = { ...paths.of(null), text, shared: null }
      assert.deepEqual(fieldsIn(folder, name), fileFields(`${text}\\${name}`))
    }
  }
})

test('times as text are those of the library', () => {
  const bytes = Buffer.alloc(8)
  for (let i = 0n; i < 2000n; i++) {
    bytes.writeBigUInt64LE((i * 0x1_0f3f_0b35_2d17n) % 0x25_00_00_00_00_00_00_00n)
    assert.equal(fileTimeAt(bytes, 0), fileTimeText(bytes.readUInt32LE(0), bytes.readUInt32LE(4)))
  }
})

for (const [name, path, bytes, parser] of [
  ['a table by its content', 'export.bin', mftFile([]), 'mft'],
  ['one of larger records', 'export.bin', mftFile([], { recordSize: 4096 }), 'mft'],
  [
    'one whose first record is damaged',
    'C/$MFT',
    Buffer.concat([Buffer.alloc(1024, 0x41), mftFile([]).subarray(1024)]),
    'mft',
  ],
  ['a text that begins like one', '$MFT', Buffer.from('FILE0001 was found'), 'scan'],
] as const) {
  test(`${name} is read by ${parser}`, () => {
    const head = { path, windowsPath: null, size: bytes.length, bytes: bytes.subarray(0, 65_536), text: '' }
    assert.equal(choose(head).name, parser)
  })
}

const sample = mftFile([
  { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', resident: SHELL },
  { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx', size: 1, deleted: true, links: ['C:\\y.aspx'] },
  {
    path: 'C:\\a long name.txt',
    shortName: 'ALONGN~1.TXT',
    streams: [{ name: 'Zone.Identifier', content: 'ZoneId=3' }],
  },
])
survivesDamage('$MFT', mft, sample, C)

test('both sets of times stay apart, whichever of them are the same', async () => {
  const [a, b, c, d] = ['01', '02', '03', '04'].map((day) => `2021-03-${day}T04:23:22.3701234Z`) as [
    string,
    string,
    string,
    string,
  ]
  for (const own of [
    [a, a, a, a],
    [a, b, c, d],
    [a, b, a, b],
    [b, a, a, c],
  ] as const)
    for (const name of [
      [a, a, a, a],
      [b, b, b, b],
      [a, b, c, d],
    ] as const) {
      const [created, modified, changed, accessed] = own
      const [fnCreated, fnModified, fnChanged, fnAccessed] = name
      const times = { created, modified, changed, accessed, fnCreated, fnModified, fnChanged, fnAccessed }
      const links = ['C:\\another name.txt']
      for (const { fields } of await filesOf([{ path: 'C:\\a file.txt', shortName: 'AFILE~1.TXT', links, ...times }])) {
        const said = (set: string): unknown[] =>
          ['Created', 'Modified', 'Changed', 'Accessed'].map((what) => fields[`${set}_${what}`])
        assert.deepEqual([said('SI'), said('FN')], [own, name])
      }
    }
})

test('where a file has only a short name, that is its name', async () => {
  const content = nameContent({
    name: 'A~1.ASP',
    space: 2,
    parent: { number: 5, sequence: 5 },
    times: Array.from({ length: 4 }, () => '2021-03-03T04:23:22.3701234Z') as [string, string, string, string],
    size: 9,
  })
  const table = mftFile([{ path: 'C:\\x.txt' }])
  const last = record({
    number: table.length / 1024,
    sequence: 1,
    flags: 1,
    attributes: [resident(0x30, '', content), resident(0x80, '', Buffer.from('<%eval 1%>'))],
  })
  const { events } = await reading(mft, Buffer.concat([table, last]), 'C/$MFT', C)
  assert.equal(events.at(-1)?.fields.TargetFilename, 'C:\\A~1.ASP')
  assert.equal(events.at(-1)?.fields.ResidentData, '<%eval 1%>')
})
