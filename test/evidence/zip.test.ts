import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { bytesListed, came, contents, fileOf, folderOf, listing } from './evidence.ts'
import { zip } from '../../src/evidence/zip.ts'
import { casesOf } from '../tenth.ts'
import { zipOf, type Options, type Spec } from '../../tools/writers/zip.ts'

const log = 'line one\nline two\n'.repeat(200)

// Each row: what the archive is, its members, how it is written, and all that comes out of it.
const rows: readonly (readonly [string, readonly Spec[], Options, readonly string[]])[] = [
  [
    'stored and deflated',
    [
      { name: 'a/b.log', content: 'x' },
      { name: 'c.log', content: 'y', method: 8 },
    ],
    {},
    ['a/b.log = x', 'c.log = y'],
  ],
  ['folders are not files', [{ name: 'a/' }, { name: 'w\\' }, { name: 'a/b', content: 'x' }], {}, ['a/b = x']],
  ['a folder with content is a file', [{ name: 'a/', content: 'x' }], {}, ['a = x']],
  [
    'empty members',
    [{ name: 'a' }, { name: 'b', method: 8 }, { name: 'c', method: 8, packed: Buffer.alloc(0) }],
    {},
    ['a = ', 'b = ', 'c = '],
  ],
  [
    'hostile names are data',
    [
      '../../etc/passwd',
      '/abs',
      'C:\\x\\y',
      '\\\\?\\C:\\z',
      'nul\0byte',
      'CON',
      'a.',
      'f:stream',
      '\u202egpj.exe',
      '\x1b[2J',
      '__proto__',
      '',
    ].map((name) => ({ name, content: '1' })),
    {},
    [
      '../../etc/passwd',
      '/abs',
      'C:/x/y',
      '//?/C:/z',
      'nul\0byte',
      'CON',
      'a.',
      'f:stream',
      '\u202egpj.exe',
      '\x1b[2J',
      '__proto__',
      '',
    ]
      .map((n) => `${n} = 1`)
      .concat('evidence.zip (0) !corrupt'),
  ],
  [
    'names twice: both are kept',
    [
      { name: 'a', content: '1' },
      { name: 'a', content: '2' },
    ],
    {},
    ['a = 1', '⟨2⟩/a = 2'],
  ],
  ['a name in CP437', [{ name: Buffer.from([0x81, 0x2e, 0x61]), content: 'x', flags: 0 }], {}, ['ü.a = x']],
  ['UTF-8 that is not said to be', [{ name: 'ü.a', content: 'x', flags: 0 }], {}, ['ü.a = x']],
  [
    'a Unicode path field',
    [{ name: 'q.a', content: 'x', flags: 0, extra: unicodePath('q.a', '木.a') }],
    {},
    ['木.a = x'],
  ],
  [
    'a Unicode path field that gives another place or kind',
    [
      { name: 'wwwroot/q.aspx', content: 'x', flags: 0, extra: unicodePath('wwwroot/q.aspx', 'docs/木.aspx') },
      { name: 'wwwroot/r.aspx', content: 'x', flags: 0, extra: unicodePath('wwwroot/r.aspx', 'wwwroot/木.txt') },
    ],
    {},
    ['wwwroot/q.aspx = x', 'wwwroot/r.aspx = x'],
  ],
  [
    'a Unicode path field for another name',
    [{ name: 'q.a', content: 'x', flags: 0, extra: unicodePath('r.a', '木.a') }],
    {},
    ['q.a = x'],
  ],
  [
    'ZipCrypto',
    [
      { name: 'a', content: 'x', flags: 1 },
      { name: 'b', content: 'y' },
    ],
    {},
    ['a !encrypted', 'b = y'],
  ],
  ['encrypted by its own header only', [{ name: 'a', content: 'x', localFlags: 1 }], {}, ['a !encrypted']],
  ['AES', [{ name: 'a', content: 'x', flags: 1, method: 99 }], {}, ['a !encrypted']],
  [
    'strong encryption',
    [
      { name: 'a', content: 'x', flags: 0x41 },
      { name: 'b', content: 'y' },
    ],
    {},
    ['a !encrypted', 'b = y'],
  ],
  [
    'other methods',
    [9, 12, 14, 93, 98, 77].map((method) => ({ name: `m${method}`, content: 'x', method })),
    {},
    [9, 12, 14, 93, 98, 77].map((m) => `m${m} !unsupported`),
  ],
  ['a symbolic link', [{ name: 'l', content: '/etc/passwd', madeBy: 0x314, mode: 0o120777 }], {}, ['l !policy']],
  ['a device', [{ name: 'd', content: '', madeBy: 0x314, mode: 0o060660 }], {}, ['d !policy']],
  ['a Unix file', [{ name: 'f', content: 'x', madeBy: 0x314, mode: 0o100644 }], {}, ['f = x']],
  [
    'a checksum that differs',
    [
      { name: 'a', content: 'x', crc: 1 },
      { name: 'b', content: 'y', method: 8, crc: 1 },
    ],
    {},
    ['a = x !corrupt', 'b = y !corrupt'],
  ],
  [
    'a size that lies',
    [
      { name: 'a', content: 'xyz', method: 8, size: 1 },
      { name: 'b', content: 'xyz', method: 8, size: 9 },
    ],
    {},
    ['a = xyz !corrupt', 'b = xyz !corrupt'],
  ],
  ['stored, two sizes', [{ name: 'a', content: 'xyz', size: 5 }], {}, ['a = xyz !corrupt']],
  ['packed size beyond the end', [{ name: 'a', content: 'xyz', method: 8, compressed: 1e6 }], {}, ['a = xyz']],
  [
    'deflate that breaks off',
    [{ name: 'a', content: 'q', method: 8, packed: Buffer.from([0x4b]) }],
    {},
    ['a =  !truncated'],
  ],
  ['names differ', [{ name: 'a', content: 'x', localName: 'b' }], {}, ['a = x', 'evidence.zip (0) !corrupt']],
  ['a name of no bytes', [{ name: '', content: 'x' }], {}, [' = x', 'evidence.zip (0) !corrupt']],
  [
    'names that differ in their encoding, their slashes and what stands for a letter',
    [
      { name: 'C/B\u00fcro.log', content: 'x', localName: 'C\\B?ro.log' },
      { name: 'b', content: 'y', localName: '' },
    ],
    {},
    ['C/B\u00fcro.log = x', 'b = y'],
  ],
  [
    'bytes behind the end of packed data',
    [
      { name: 'a', content: 'x', method: 8, packed: Buffer.concat([deflateRawSync('x'), Buffer.from('more')]) },
      { name: 'b', content: '', method: 8, packed: Buffer.concat([deflateRawSync(''), Buffer.from('a log')]) },
    ],
    {},
    ['a = x !corrupt', 'b =  !corrupt'],
  ],
  [
    'one body for many: as often as the archive is long',
    [
      { name: 'a', content: 'x'.repeat(200) },
      { name: 'b', content: 'x'.repeat(200), sameAs: 0 },
      { name: 'c', content: 'x'.repeat(200), sameAs: 0 },
    ],
    {},
    [`a = ${'x'.repeat(200)}`, `b = ${'x'.repeat(200)}`, 'c !bomb', 'evidence.zip (0) !corrupt'],
  ],
  [
    'a member that covers others takes nothing from them',
    [
      { name: 'a', content: 'x', compressed: 500, size: 500 },
      { name: 'b', content: 'y' },
      { name: 'c', content: 'z'.repeat(300) },
    ],
    {},
    ['a = x !corrupt', 'b = y', `c = ${'z'.repeat(300)}`],
  ],
  [
    'an archive behind another',
    [{ name: 'b', content: 'y' }],
    { before: zipOf([{ name: 'a', content: 'x', method: 8 }]) },
    ['b = y', 'a = x', 'evidence.zip (69) !corrupt'],
  ],
  [
    'an archive before another, without its end',
    [{ name: 'a', content: 'x' }],
    { after: zipOf([{ name: 'b', content: 'y', method: 8 }], { noDirectory: true }) },
    ['a = x', 'b = y', 'evidence.zip (0) !corrupt'],
  ],
  [
    'a directory that names some only',
    [
      { name: 'a', content: 'x' },
      { name: 'b', content: 'y', isUnnamed: true },
      { name: 'c', content: 'z' },
    ],
    {},
    ['a = x', 'c = z', 'b = y', 'evidence.zip (0) !corrupt'],
  ],
  [
    'without a directory, a member that states all others as its own',
    [
      { name: 'a', content: 'x', compressed: 64, size: 64 },
      { name: 'b', content: 'y' },
      { name: 'c', content: 'z' },
    ],
    { noDirectory: true },
    ['a = x !corrupt', 'b = y', 'c = z', 'evidence.zip (0) !truncated'],
  ],
  [
    'without a directory, an archive that a member is',
    [
      { name: 'a.bin', content: Buffer.concat([Buffer.from('..'), zipOf([{ name: 'x', content: '1' }])]) },
      { name: 'b', content: 'y' },
    ],
    { noDirectory: true },
    [
      'x = 1',
      `a.bin = ..${zipOf([{ name: 'x', content: '1' }]).toString('latin1')}`,
      'b = y',
      'evidence.zip (0) !corrupt',
    ],
  ],
  [
    'ZIP64',
    [
      { name: 'a', content: 'x', zip64: true },
      { name: 'b', content: 'y', method: 8, zip64: true },
    ],
    { zip64: true },
    ['a = x', 'b = y'],
  ],
  [
    'ZIP64 behind other bytes',
    [{ name: 'a', content: 'x', zip64: true }],
    { zip64: true, before: Buffer.from('PK\x03\x04 stub') },
    ['a = x', 'evidence.zip (9) !corrupt'],
  ],
  ['sizes behind the data', [{ name: 'a', content: 'x', method: 8, descriptor: 'marked' }], {}, ['a = x']],
  [
    'a comment',
    [{ name: 'a', content: 'x' }],
    { comment: 'PK\x05\x06 looks like an end, but is none: it says nothing of a directory' },
    ['a = x'],
  ],
  [
    'bytes behind the end',
    [{ name: 'a', content: 'x' }],
    { after: Buffer.from('tail') },
    ['a = x', 'evidence.zip (4) !corrupt'],
  ],
  [
    'bytes before',
    [{ name: 'a', content: 'x' }],
    { before: Buffer.from('PK\x03\x04') },
    ['a = x', 'evidence.zip (4) !corrupt'],
  ],
  ['fewer members than stated', [{ name: 'a', content: 'x' }], { count: 7 }, ['a = x', 'evidence.zip (0) !corrupt']],
  ['one of several volumes', [{ name: 'a', content: 'x' }], { disk: 3 }, ['a = x', 'evidence.zip (69) !unsupported']],
  [
    'no directory',
    [
      { name: 'd/' },
      { name: 'a', content: 'x' },
      { name: 'm', content: 'PK me', method: 8, descriptor: 'marked' },
      { name: 'b', content: 'y PK\x03\x04 z', descriptor: 'bare' },
      { name: 'w', content: 'PK\x07\x08 w', descriptor: 'wide' },
      { name: 'z', content: log, method: 8 },
    ],
    { noDirectory: true },
    ['a = x', 'm = PK me', 'b = y PK\x03\x04 z', 'w = PK\x07\x08 w', `z = ${log}`, 'evidence.zip (52) !truncated'],
  ],
  [
    'the last member has no end',
    [
      {
        name: 'a',
        content: 'x',
        descriptor: 'marked',
        method: 8,
        packed: Buffer.concat([deflateRawSync('x')]),
        compressed: 77,
      },
    ],
    { noDirectory: true },
    ['a = x', 'evidence.zip (0) !truncated'],
  ],
]

for (const [name, members, options, expected] of rows) {
  test(`zip: ${name}`, async () => {
    assert.deepEqual(await contents(fileOf(zipOf(members, options))), expected)
  })
}

test('zip: a member knows its size, its time and its other name', async () => {
  const { members } = await listing(fileOf(zipOf([{ name: 'a', content: 'xyz', method: 8, localName: 'b\n' }])))
  assert.equal(members[0]?.size, 3)
  assert.equal(members[0]?.modified, Date.UTC(2021, 2, 2, 8, 1, 0))
  assert.equal(members[0]?.note, 'two names: "b\\n" in its own header')
})

test('zip: times in UTC win over local ones', async () => {
  const unix = Buffer.from([0x55, 0x54, 5, 0, 1, 0x40, 0x22, 0x3e, 0x60])
  const ntfs = Buffer.alloc(36)
  ntfs.writeUInt32LE(0x0020000a, 0)
  ntfs.writeUInt32LE(0x00180001, 8)
  ntfs.writeBigUInt64LE(132_591_456_000_000_000n, 12)
  const { members } = await listing(
    fileOf(
      zipOf([
        { name: 'a', extra: unix },
        { name: 'b', extra: ntfs },
      ]),
    ),
  )
  assert.deepEqual(
    members.map((m) => m.modified),
    [0x603e2240 * 1000, 1_614_672_000_000],
  )
})

test('zip: a time beyond all calendars is none', async () => {
  const ntfs = Buffer.alloc(36, 0xff)
  ntfs.writeUInt32LE(0x0020000a, 0)
  ntfs.writeUInt32LE(0x00180001, 8)
  const { members } = await listing(fileOf(zipOf([{ name: 'a', extra: ntfs }])))
  assert.equal(members[0]?.modified, null)
})

test('zip: cut off anywhere, it ends in gaps and never in an exception; no byte is promised that does not come', async () => {
  const whole = zipOf([
    { name: 'a.log', content: log, method: 8 },
    { name: 'b.log', content: log },
    { name: 'c.log', content: 'short', method: 8, descriptor: 'marked' },
  ])
  for (let end = 4; end < whole.length; end += 61) {
    const { members, gaps } = await listing(fileOf(whole.subarray(0, end)))
    assert.equal(gaps.length, 1, `cut at ${end}`)
    for (const member of members) {
      const { content, reason, delivered } = await came(member)
      assert.equal(content.length, delivered)
      assert.ok(reason !== null || content.length === (member.size ?? 5), `cut at ${end}: ${member.path}`)
      assert.ok(log.startsWith(content.toString()) || content.toString() === 'short'.slice(0, content.length))
    }
  }
})

test('zip: any byte changed, it ends in gaps and never in an exception', async () => {
  const whole = zipOf([
    { name: 'a.log', content: 'some text that deflates a little, a little', method: 8 },
    { name: 'b.log', content: 'text', descriptor: 'bare' },
  ])
  for (const i of casesOf([...whole.keys()].slice(4)))
    for (const value of [0, 0x7f, 0xff]) {
      const bad = Buffer.from(whole)
      bad[i] = value
      for (const member of (await listing(fileOf(bad))).members) if (!member.refused) await came(member)
    }
})

test('zip: a member that is said to begin far behind the end costs no other', async () => {
  const whole = zipOf([
    { name: 'a', content: 'x', zip64: true },
    { name: 'b', content: 'y' },
  ])
  // The field of 64 bits follows the name of one letter: its own head, two sizes, the place.
  const place = whole.indexOf('PK\x01\x02') + 46 + 1 + 4 + 16
  assert.equal(whole.readBigUInt64LE(place), 0n)
  whole[place + 7] = 0x3d
  const { members, paths, gaps } = await listing(fileOf(whole))
  // The member that the directory misplaces is found by its own header, too.
  assert.deepEqual(paths, ['a', 'b', '⟨2⟩/a'])
  assert.equal((await came(members[1])).content.toString(), 'y')
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['corrupt'],
  )
})

test('zip: a directory that breaks in the middle loses no member', async () => {
  const whole = zipOf(['a', 'b', 'c', 'd'].map((name) => ({ name, content: name.repeat(9) })))
  const third = whole.indexOf('PK\x01\x02', whole.indexOf('PK\x01\x02', whole.indexOf('PK\x01\x02') + 1) + 1)
  whole[third] = 0
  const { paths, gaps } = await listing(fileOf(whole))
  assert.deepEqual(paths, ['a', 'b', 'c', 'd'])
  assert.equal(gaps[0]?.reason, 'corrupt')
})

test('zip: what came before damage is delivered to the last byte', async () => {
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => ((i * 7919) % 251) ^ (i >> 9)))
  const packed = deflateRawSync(content)
  const cut = await came(
    (
      await listing(
        fileOf(zipOf([{ name: 'a', method: 8, packed: packed.subarray(0, packed.length - 9), size: content.length }])),
      )
    ).members[0],
  )
  assert.equal(cut.reason, 'truncated')
  assert.ok(cut.delivered > 200_000)
  assert.ok(content.subarray(0, cut.delivered).equals(cut.content))

  // A stored block with a wrong length right behind good data.
  const bad = Buffer.concat([
    deflateRawSync(content.subarray(0, 100_001), { finishFlush: 2 }),
    Buffer.from([0, 1, 0, 1, 0, 0]),
  ])
  const damaged = await came(
    (await listing(fileOf(zipOf([{ name: 'a', method: 8, packed: bad, size: content.length }])))).members[0],
  )
  assert.equal(damaged.reason, 'corrupt')
  assert.equal(damaged.delivered, 100_001)
  assert.ok(content.subarray(0, 100_001).equals(damaged.content))
})

test('zip: a bomb is stopped', async () => {
  const packed = deflateRawSync(Buffer.alloc(4 << 20))
  const file = fileOf(zipOf([{ name: 'zeros', method: 8, packed, size: 4 << 20, crc: 0 }]))
  const { members } = await listing(file)
  const { reason, delivered } = await came(members[0], { free: 1 << 20 })
  assert.equal(reason, 'bomb')
  assert.ok(delivered >= (1 << 20) - 65536 && delivered <= (1 << 20) + 65536, `${delivered}`)
})

test('zip: too many members', async () => {
  const many = zipOf(Array.from({ length: 9 }, (_, i) => ({ name: `${i}` })))
  assert.deepEqual(await contents(fileOf(many), { entries: 3 }), ['0 = ', '1 = ', '2 = ', 'evidence.zip (0) !bomb'])
  // One archive takes nothing from another.
  assert.equal((await listing(folderOf({ 'a.zip': many, 'b.zip': many }), { entries: 12 })).members.length, 18)
})

test('zip: an archive of nothing is still a file', async () => {
  assert.deepEqual((await listing(folderOf({ 'none.zip': zipOf([]) }))).paths, ['none.zip'])
})

test('zip: the sparse file of a collection carries a note, its index does not', async () => {
  const name = 'uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J'
  const { members } = await listing(
    fileOf(
      zipOf([
        { name, content: 'x' },
        { name: `${name}.idx`, content: '{}' },
      ]),
    ),
  )
  assert.match(members[0]?.note ?? '', /sparse/)
  assert.equal(members[1]?.note, undefined)
})

function unicodePath(name: string, unicode: string): Buffer {
  const text = Buffer.from(unicode)
  const head = Buffer.alloc(9)
  head.writeUInt16LE(0x7075, 0)
  head.writeUInt16LE(5 + text.length, 2)
  head.writeUInt8(1, 4)
  head.writeUInt32LE(crc32(name), 5)
  return Buffer.concat([head, text])
}

test('zip: an archive behind other bytes is opened, and the file is read as it is', async () => {
  const zip = zipOf([{ name: 'a.txt', content: 'x', method: 8 }])
  const program = Buffer.concat([Buffer.from('MZ\0\0'), Buffer.alloc(5000), zip])
  const log = Buffer.concat([
    Buffer.from('\xef\xbb\xbf#Software: Microsoft Exchange\r\n', 'latin1'),
    Buffer.alloc(2000, 'x'),
    zip,
  ])
  const root = folderOf({ 'sfx.exe': program, 'u.log': log, 'no.log': log.subarray(0, -1), 'p.aspx': log })
  const { members, gaps } = await listing(root)
  assert.deepEqual(
    members.map(({ path }) => path),
    ['no.log', 'p.aspx', 'sfx.exe', 'u.log', 'sfx.exe!/a.txt', 'u.log!/a.txt'],
  )
  assert.deepEqual(gaps, [])
  for (const member of members.slice(4)) assert.equal((await came(member)).content.toString(), 'x')
  assert.deepEqual((await came(members[3])).content, log)
  assert.deepEqual((await listing(fileOf(program, 'sfx.exe'))).paths, ['sfx.exe', 'sfx.exe!/a.txt'])
})

test('zip: members that claim all that follow are looked through as often as the archive is long, not as it has members', async () => {
  const ways: readonly (readonly [string, (left: number) => Spec])[] = [
    ['sizes that are nowhere', () => ({ name: 'a', flags: 8, size: 0, compressed: 0 })],
    ['sizes up to the end', (left) => ({ name: 'a', content: 'x'.repeat(1_000), size: left, compressed: left })],
  ]
  for (const [way, memberOf] of ways) {
    const archiveOf = (count: number): Buffer =>
      zipOf(
        Array.from({ length: count }, (_, i) => memberOf((count - i - 1) * 1_031 + 1_000)),
        { noDirectory: true },
      )
    const [few, many] = [await bytesListed(zip, archiveOf(1_000)), await bytesListed(zip, archiveOf(2_000))]
    assert.ok(many <= 2.6 * few, `${way}: ${few} bytes read of one, ${many} of twice as much`)
  }
})

test('zip: what is stored of a member whose header denies it is read, or named', async () => {
  const around: readonly Spec[] = [
    { name: 'a', content: 'a' },
    { name: 'z', content: 'z' },
  ]
  const archiveOf = (member: Spec): Buffer => zipOf([around[0]!, member, around[1]!])
  const packed = Buffer.from(log)
  const asFolder = await listing(fileOf(archiveOf({ name: 'w/page.aspx/', packed, size: 0, crc: 0 })))
  assert.deepEqual(asFolder.paths, ['a', 'w/page.aspx', 'z'])
  assert.deepEqual((await came(asFolder.members[1])).content, packed)
  const none = 'bytes between the members of the archive belong to none'
  const asEmpty = await listing(fileOf(archiveOf({ name: 'w/page.aspx', packed, size: 0, compressed: 0, crc: 0 })))
  assert.deepEqual(
    asEmpty.gaps.map(({ size, detail }) => [size, detail]),
    [[packed.length, none]],
  )
  const unnamed = archiveOf({ name: 'w/page.aspx', content: log, isUnnamed: true })
  unnamed.fill(1, unnamed.indexOf('w/page.aspx') - 30, unnamed.indexOf('w/page.aspx'))
  assert.deepEqual(
    (await listing(fileOf(unnamed))).gaps.map(({ detail }) => detail),
    [none],
  )
})
