import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { PosternError } from '../../src/lib/errors.ts'
import {
  eachServer,
  EvidenceError,
  headOf,
  openEvidence,
  readMember,
  unsupportedArchive,
} from '../../src/evidence/index.ts'
import { came, contents, fileOf, folderOf, listing } from './evidence.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { large } from '../tenth.ts'

const windows = process.platform === 'win32'

test('a folder lists all its files in the order of their paths', async () => {
  const root = folderOf({ 'b/c': '3', 'a.txt': '1', 'a/z': '2', 'a/y/x': '2', B: '0', ä: '4', 'a b/q': '5' })
  assert.deepEqual((await listing(root)).paths, ['B', 'a b/q', 'a.txt', 'a/y/x', 'a/z', 'b/c', 'ä'])
})

test('an empty folder is empty; a single file is its only member', async () => {
  assert.deepEqual(await contents(folderOf({})), [])
  assert.deepEqual(await contents(fileOf('text', 'u_ex.log')), ['u_ex.log = text'])
})

test('archives inside archives inside folders', async () => {
  const inner = zipOf([{ name: 'x.log', content: 'x' }])
  const outer = zipOf([
    { name: 'stored.zip', content: inner },
    { name: 'deflated.zip', content: inner, method: 8 },
    { name: 'y.log.gz', content: gzipSync('y'), method: 8 },
    { name: 'packed.zip.gz', content: gzipSync(inner) },
  ])
  assert.deepEqual(await contents(folderOf({ 'logs/all.zip': outer, 'logs/plain.log.gz': gzipSync('p') })), [
    'logs/plain.log.gz = p',
    'logs/all.zip!/y.log.gz = y',
    'logs/all.zip!/stored.zip!/x.log = x',
    'logs/all.zip!/deflated.zip!/x.log = x',
    'logs/all.zip!/packed.zip.gz!/x.log = x',
  ])
})

test('archives are known by content, not by name', async () => {
  assert.deepEqual(
    await contents(folderOf({ 'a.dat': zipOf([{ name: 'x', content: '1' }]), 'b.zip': 'no zip', 'c.gz': 'no gz' })),
    ['b.zip = no zip', 'c.gz = no gz', 'a.dat!/x = 1'],
  )
})

test('a page that begins like an archive is still read as a page', async () => {
  const shell = zipOf([{ name: 'x', content: '<%%>' }]).toString('latin1')
  assert.deepEqual(await contents(folderOf({ 'a.aspx': Buffer.from(shell, 'latin1') })), [`a.aspx = ${shell}`])
})

test('five archives deep is too deep', async () => {
  let content = zipOf([{ name: 'x', content: 'x' }])
  for (let depth = 4; depth > 1; depth--) content = zipOf([{ name: `${depth}.zip`, content }])
  assert.deepEqual(await contents(folderOf({ '1.zip': content })), ['1.zip!/2.zip!/3.zip!/4.zip!/x = x'])
  assert.deepEqual(await contents(folderOf({ '0.zip': zipOf([{ name: '1.zip', content }]) })), [
    '0.zip!/1.zip!/2.zip!/3.zip!/4.zip !depth',
  ])
})

test('a packed archive too large to hold is named', async () => {
  const inner = zipOf([{ name: 'x', content: 'x'.repeat(5000) }])
  const { members } = await listing(fileOf(zipOf([{ name: 'i.zip', content: inner, method: 8 }])), { inner: 4096 })
  assert.equal(members[0]?.refused?.reason, 'unsupported')
})

test('a damaged archive inside: its bytes are read, and the damage is told', async () => {
  const inner = zipOf([{ name: 'x', content: 'x'.repeat(99) }])
  const outer = zipOf([{ name: 'i.zip', content: inner, method: 8, crc: 5 }])
  const { members } = await listing(fileOf(outer))
  assert.equal(members[0]?.path, 'i.zip')
  assert.deepEqual(await came(members[0]).then(({ content, reason }) => [content.equals(inner), reason]), [
    true,
    'corrupt',
  ])
})

test('gzip: parts, padding, rest, damage', async () => {
  const part = gzipSync('one ')
  const named = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 2, 0, 65, 65]),
    Buffer.from('name\0comment\0hc'),
    gzipSync('two').subarray(10),
  ])
  const wrong = Buffer.from(part)
  wrong.writeUInt32LE(7, wrong.length - 8)
  const rows: readonly (readonly [Buffer, string])[] = [
    [Buffer.concat([part, named]), 'a.gz = one two'],
    [Buffer.concat([part, Buffer.alloc(512)]), 'a.gz = one '],
    [Buffer.concat([part, Buffer.from('rest')]), 'a.gz = one  !corrupt'],
    [Buffer.concat([part, Buffer.alloc(100_000)]), 'a.gz = one '],
    [Buffer.concat([part, Buffer.alloc(100_000), part]), 'a.gz = one  !corrupt'],
    [part.subarray(0, part.length - 3), 'a.gz = one  !truncated'],
    [part.subarray(0, part.length - 8), 'a.gz = one  !truncated'],
    [part.subarray(0, 10), 'a.gz =  !truncated'],
    [Buffer.concat([part, part.subarray(0, 4)]), 'a.gz = one  !truncated'],
    [wrong, 'a.gz = one  !corrupt'],
    [Buffer.concat(Array.from({ length: 100 }, () => part)), `a.gz = ${'one '.repeat(100)}`],
  ]
  for (const [content, expected] of rows) assert.deepEqual(await contents(folderOf({ 'a.gz': content })), [expected])
})

for (const [name, pack] of [
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const) {
  void large(
    `${name}: a file of very many parts with next to nothing in them is given up soon`,
    {
      timeout: 300_000,
    },
    async () => {
      const few = fileOf(Buffer.concat(Array<Buffer>(2_000).fill(pack('x'))), 'a')
      assert.deepEqual(await contents(few), [`a = ${'x'.repeat(2_000)}`])
      const many = fileOf(Buffer.concat(Array<Buffer>(500_000).fill(pack(''))), 'a')
      assert.deepEqual(await contents(many), ['a =  !bomb'])
    },
  )
}

test('gzip: cut off, it gives what came and says so', async () => {
  const text = Buffer.from(
    Array.from({ length: 50_000 }, (_, i) => `2021-03-02 08:01:00 ${(i * 7919) % 65521}\n`).join(''),
  )
  const packed = gzipSync(text)
  const { members } = await listing(folderOf({ 'u_ex.log.gz': packed.subarray(0, packed.length >> 1) }))
  const { content, reason, delivered } = await came(members[0])
  assert.equal(reason, 'truncated')
  assert.ok(delivered > text.length / 3)
  assert.ok(text.subarray(0, delivered).equals(content))
})

test('gzip: the Windows path loses .gz, the shown path keeps it', async () => {
  const { members } = await listing(folderOf({ 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210302.log.gz': gzipSync('x') }))
  assert.equal(members[0]?.path, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210302.log.gz')
  assert.equal(members[0]?.windowsPath, 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log')
})

test('encoded: as the script writes it, and damaged', async () => {
  const root = folderOf({})
  const body = 'harmless sample '.repeat(40)
  const script = join(import.meta.dirname, '../../scripts/encode.mjs')
  mkdirSync(join(root, 'inetpub/wwwroot/aspnet_client'), { recursive: true })
  execFileSync(process.execPath, [script, join(root, 'inetpub/wwwroot/aspnet_client/x.aspx.enc')], { input: body })
  const { members } = await listing(root)
  assert.equal(members[0]?.path, 'inetpub/wwwroot/aspnet_client/x.aspx')
  assert.equal(members[0]?.windowsPath, 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx')
  assert.equal((await came(members[0])).content.toString(), body)

  const large = deflateRawSync(Buffer.alloc((16 << 20) + 1)).toString('base64')
  const rows = [
    ['not base64 at all!', 'corrupt'],
    ['AAAA', 'corrupt'],
    ['', 'corrupt'],
    [large, 'too-long'],
  ] as const
  for (const [text, reason] of rows) {
    const { members } = await listing(folderOf({ 'x.enc': `postern-encoded/1\r\n${text}\r\n` }))
    assert.deepEqual(await came(members[0]).then((c) => [c.reason, c.delivered]), [reason, 0])
  }
  assert.deepEqual((await listing(folderOf({ 'x.enc': 'postern-encoded/12\nAAAA' }))).paths, ['x.enc'])
})

test('links, pipes and sockets are named and not followed', { skip: windows }, async () => {
  const root = folderOf({ 'real/file': 'x' })
  symlinkSync('..', join(root, 'real/loop'))
  symlinkSync('/etc/hostname', join(root, 'real/out'))
  symlinkSync('/', join(root, 'slash'))
  symlinkSync('nowhere', join(root, 'broken'))
  execFileSync('mkfifo', [join(root, 'pipe')])
  assert.deepEqual(await contents(root), [
    'broken !policy',
    'pipe !policy',
    'real/file = x',
    'real/loop !policy',
    'real/out !policy',
    'slash !policy',
  ])
})

test('a link or pipe that takes the place of a file after listing is not opened', { skip: windows }, async () => {
  const root = folderOf({ a: 'x', b: 'x', c: 'x' })
  const { members } = await listing(root)
  for (const name of ['a', 'b', 'c']) renameSync(join(root, name), join(root, `old-${name}`))
  symlinkSync('/etc/passwd', join(root, 'a'))
  execFileSync('mkfifo', [join(root, 'b')])
  const came3 = await Promise.all(members.map((m) => came(m)))
  assert.deepEqual(
    came3.map((c) => [c.reason, c.delivered]),
    [
      ['policy', 0],
      ['policy', 0],
      ['changed', 0],
    ],
  )
})

test('a folder or file that may not be read', { skip: windows || process.getuid?.() === 0 }, async () => {
  const root = folderOf({ 'open/a': 'x', 'shut/b': 'x', c: 'x' })
  chmodSync(join(root, 'shut'), 0)
  chmodSync(join(root, 'c'), 0)
  const found = await contents(root)
  chmodSync(join(root, 'shut'), 0o700)
  assert.deepEqual(found, ['c =  !denied', 'open/a = x', 'shut (0) !denied'])
})

test('names that are not UTF-8 are kept and opened', { skip: process.platform !== 'linux' }, async () => {
  const root = folderOf({})
  writeFileSync(
    Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff, 0xe4, 0xb8, 0x62, 0xed, 0xb2, 0x80])]),
    'x',
  )
  mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe])]))
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe, 0x2f, 0x66])]), 'y')
  writeFileSync(join(root, 'z\ufffd\u{1f600}'), 'z')
  const { members } = await listing(root)
  assert.deepEqual(await Promise.all(members.map(async (m) => (await came(m)).content.toString())), ['x', 'z', 'y'])
  assert.equal(members[0]?.path, 'a\udcff\udce4\udcb8b\udced\udcb2\udc80')
})

test('a file that shrinks or is written to while it is read ends in `changed`; one that grows is read as it was before', async () => {
  const root = folderOf({ a: Buffer.alloc(3 << 20, 1), b: Buffer.alloc(1 << 20, 1) })
  const { members } = await listing(root)
  let got = 0
  await assert.rejects(
    async () => {
      for await (const chunk of readMember(members[0]!.ref)) {
        if (got === 0) truncateSync(join(root, 'a'), 1 << 20)
        got += chunk.length
      }
    },
    (e) => e instanceof EvidenceError && e.reason === 'changed' && e.delivered === got,
  )
  assert.ok(got >= 1 << 18 && got <= 1 << 20)

  for (const [flag, size] of [
    ['a', 1 << 20],
    ['r+', (1 << 20) + (1 << 19)],
  ] as const) {
    got = 0
    await assert.rejects(
      async () => {
        for await (const chunk of readMember(members[1]!.ref)) {
          if (got === 0) writeFileSync(join(root, 'b'), Buffer.alloc(1 << 19, 2), { flag })
          got += chunk.length
        }
      },
      (e) => e instanceof EvidenceError && e.reason === 'changed' && e.delivered === got,
    )
    assert.equal(got, size)
  }
})

test('a sparse file of terabytes is named, not read', { skip: windows }, async () => {
  const root = folderOf({ huge: '' })
  truncateSync(join(root, 'huge'), 2 ** 42)
  assert.deepEqual(await contents(root), ['huge !bomb'])
})

test('of many sparse files some are read, and the others are named', { skip: windows }, async () => {
  const root = folderOf({ $J: '', 'a.aspx': '', 'b.aspx': '', 'small.log': '' })
  for (const name of ['$J', 'a.aspx', 'b.aspx']) truncateSync(join(root, name), 30 * 2 ** 30)
  truncateSync(join(root, 'small.log'), 1000)
  const { members } = await listing(root)
  assert.deepEqual(
    members.map(({ path, refused }) => [path, refused?.reason]),
    [
      ['$J', undefined],
      ['a.aspx', undefined],
      ['b.aspx', 'bomb'],
      ['small.log', undefined],
    ],
  )
})

test('reading stops when no more is wanted, and the file is closed', {
  skip: process.platform !== 'linux',
}, async () => {
  const root = folderOf({
    'a.gz': gzipSync(Buffer.alloc(1 << 22, 'ab')),
    'b.zip': zipOf([{ name: 'i.zip', method: 8, content: zipOf([{ name: 'x', content: 'x'.repeat(1 << 20) }]) }]),
  })
  const { members } = await listing(root)
  for (const m of members) for (let i = 0; i < 20; i++) assert.equal((await headOf(m.ref, 100)).length, 100)
  const open = readdirSync('/proc/self/fd').filter((fd) => target(fd).startsWith(root))
  assert.deepEqual(open, [])
})

test('references survive being sent to another thread', async () => {
  const { members } = await listing(
    folderOf({
      'a.zip': zipOf([
        {
          name: 'i.zip',
          method: 8,
          content: zipOf([
            { name: 'x', content: '1' },
            { name: 'y', content: '2' },
          ]),
        },
      ]),
    }),
  )
  const sent = members.map((m) => ({ ...m, ref: JSON.parse(JSON.stringify(m.ref)) }))
  assert.deepEqual(await Promise.all(sent.map(async (m) => (await came(m)).content.toString())), ['1', '2'])
})

test('evidence is never modified', async () => {
  const root = folderOf({
    'a.zip': zipOf([
      { name: '../up', content: 'x' },
      { name: 'i.zip', content: zipOf([{ name: 'x' }]), method: 8 },
    ]),
    'b/c.log.gz': gzipSync('x'),
    'b/d.log': 'plain',
    'cut.zip': zipOf([{ name: 'a', content: 'x'.repeat(100) }]).subarray(0, 50),
  })
  const before = fingerprint(root)
  await contents(root)
  await eachServer(root)
  assert.deepEqual(fingerprint(root), before)
})

test('each server: folders and archives, in order', async () => {
  const archive = zipOf([{ name: 'x', content: 'x' }])
  const root = folderOf({
    'ex2/a': '1',
    'EX1/a': '1',
    'ex3.zip': archive,
    'ex4.7z': Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'),
    'readme.txt': 'no server',
    'ex5.tar.gz': gzipSync(tarOf([{ name: 'a' }])),
    'log.gz': gzipSync('no server'),
  })
  assert.deepEqual(
    await eachServer(root),
    ['EX1', 'ex2', 'ex3.zip', 'ex4.7z', 'ex5.tar.gz'].map((n) => join(root, n)),
  )
  await assert.rejects(eachServer(join(root, 'ex3.zip')), (e) => e instanceof PosternError && e.code === 'usage')
})

test('no such path', async () => {
  await assert.rejects(openEvidence('/no/such/path'), (e) => e instanceof PosternError && e.code === 'no-such-path')
  if (!windows)
    await assert.rejects(openEvidence('/dev/null'), (e) => e instanceof PosternError && e.code === 'no-such-path')
})

test('archives that cannot be opened are named', () => {
  const latin1 = (s: string) => Buffer.from(s, 'latin1')
  const rows: readonly (readonly [Buffer, string | null])[] = [
    [latin1('\x04\x22\x4d\x18'), 'LZ4'],
    [latin1('EVF\x09\x0d\x0a\xff\0'), 'EnCase image (E01; mount it read-only and give the folder)'],
    [
      Buffer.from('3082010006092a864886f70d010703a0', 'hex'),
      'archive encrypted for a certificate (CMS, as DFIR-ORC makes them; decrypt it with the private key first)',
    ],
    [latin1('7z\xbc\xaf\x27\x1c\0\x04'), null],
    [latin1('ElfFile\0'), null],
    [latin1('#Software: Microsoft Internet Information Services 10.0'), null],
    [Buffer.alloc(0), null],
    [Buffer.alloc(65536), null],
  ]
  for (const [head, form] of rows) assert.equal(unsupportedArchive(head), form)
})

function fingerprint(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(root, name)
      const stats = statSync(path)
      const digest = stats.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''
      return `${name} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${digest}`
    })
}

/** Where an open file leads; one of them was the listing itself and is gone. */
function target(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}
