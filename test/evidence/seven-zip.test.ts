import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { streamOf } from '../../src/evidence/index.ts'
import { came, contents, fileOf, folderOf, listing } from './evidence.ts'
import { packed } from '../../tools/writers/seven-zip.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { large } from '../tenth.ts'

const log = 'A line of a log that packs well. '.repeat(2000)

test('members of a solid archive, in the order of the archive, with time and size', async () => {
  const path = fileOf(
    await packed({ 'a.log': log, 'b/empty': '', 'b/c.txt': 'c', 'b/z.bin': Buffer.alloc(3_000_000, 5) }),
    'x.7z',
  )
  const { members, gaps } = await listing(path)
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    new Map(members.map((m) => [m.path, m.size])),
    new Map([
      ['b/empty', 0],
      ['a.log', log.length],
      ['b/c.txt', 1],
      ['b/z.bin', 3_000_000],
    ]),
  )
  assert.ok(members.every((m) => m.modified === Date.UTC(2021, 2, 2, 8, 1)))
  for (const order of [members, [...members].reverse()])
    for (const m of order) assert.equal((await came(m)).delivered, m.size, m.path)
  assert.equal((await came(members.find((m) => m.path === 'a.log'))).content.toString(), log)
  assert.equal(new Set(members.map((m) => streamOf(m.ref)?.key)).size, 1)
})

test('paths: of the archive itself, in a folder, in other archives; archives inside it', async () => {
  const inner = await packed({ 'Windows/x.log': 'x' })
  const outer = await packed({ 'in.7z': inner, 'in.zip': zipOf([{ name: 'y', content: 'y' }]), z: 'z' })
  assert.deepEqual((await contents(fileOf(outer, 'o.7z'))).sort(), [
    'in.7z!/Windows/x.log = x',
    'in.zip!/y = y',
    'z = z',
  ])
  assert.deepEqual(await contents(folderOf({ 'd/o.7z': inner })), ['d/o.7z!/Windows/x.log = x'])
  for (const method of [0, 8])
    assert.deepEqual(await contents(fileOf(zipOf([{ name: 'o.7z', content: inner, method }]))), [
      'o.7z!/Windows/x.log = x',
    ])
  assert.equal((await listing(fileOf(inner, 'o.7z'))).members[0]?.windowsPath, 'C:\\Windows\\x.log')
})

test('hostile names are names: nothing is taken for an option, a pattern, a list or a path', async () => {
  const names = ['-oout', '@list', '*', '?', '!x', 'a = b', '- x', 'ERROR: x', "it's", 'ü\u202e', '..x', '%2e']
  const path = fileOf(await packed(Object.fromEntries(names.map((n, i) => [n, `${i}`]))), 'x.7z')
  assert.deepEqual((await contents(path)).sort(), names.map((n, i) => `${n} = ${i}`).sort())
})

void large('xz and bzip2, and tar in them', async () => {
  for (const form of ['xz', 'bzip2']) {
    assert.deepEqual(await contents(fileOf(await packed({ a: log }, { form }), 'a.log')), [`a.log = ${log}`])
    const tar = tarOf([
      { name: 'a', content: log },
      { name: 'b', content: 'b' },
    ])
    assert.deepEqual(await contents(fileOf(await packed({ a: tar }, { form }), 'a.tar.x')), [`a = ${log}`, 'b = b'])
  }
})

void large('other archives of the library', async () => {
  assert.deepEqual(await contents(fileOf(await packed({ a: 'one', 'b/c': log }, { form: 'wim' }), 'x.wim')), [
    'a = one',
    `b/c = ${log}`,
  ])
})

test('encrypted: content, and names too', async () => {
  for (const names of [false, true]) {
    const path = fileOf(await packed({ a: log, b: 'b' }, { password: 'secret', names }), 'x.7z')
    assert.deepEqual((await contents(path, { passwords: ['no', 'secret'] })).sort(), [`a = ${log}`, 'b = b'])
    for (const passwords of [[], ['no', 'neither']]) {
      const { members, gaps } = await listing(path, { passwords })
      const reasons = [...members.map((m) => m.refused), ...gaps]
      assert.deepEqual(
        reasons.map((r) => r?.reason),
        names ? ['encrypted'] : ['encrypted', 'encrypted'],
      )
      if (passwords.length > 0) assert.match(reasons[0]?.detail ?? '', /none of the 2 passwords given opens it/)
    }
  }
})

test('damage: what is whole is read, the rest is said, and nothing hangs', async () => {
  const noise = Buffer.from(Array.from({ length: 60_000 }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 13) & 255))
  const good = await packed({ a: 'first', b: noise, c: noise.subarray(1) }, { solid: false })
  const flipped = Buffer.from(good)
  flipped[good.length >> 1]! ^= 255
  const found = await listing(fileOf(flipped, 'x.7z'))
  const all = await Promise.all(found.members.map(async (m) => [m.path, (await came(m)).reason] as const))
  assert.deepEqual(
    all.filter(([, reason]) => reason !== null).map(([, reason]) => reason),
    ['corrupt'],
  )
  for (const cut of [7, 32, 100, good.length >> 1, good.length - 1]) {
    const { members, gaps } = await listing(fileOf(good.subarray(0, cut), 'x.7z'))
    assert.equal(members.length === 1 || gaps.length === 1, true, `${cut}`)
    for (const gap of gaps) assert.deepEqual([gap.size, /corrupt|truncated/.test(gap.reason)], [cut, true])
  }
  const small = await packed({ a: 'first', b: log })
  for (let i = 8; i < small.length; i += Math.ceil(small.length / 12)) {
    const copy = Buffer.from(small)
    copy[i]! ^= 0x41
    for (const m of (await listing(fileOf(copy, 'x.7z'))).members) if (!m.refused) await came(m)
  }
})

void large('bombs', async () => {
  const path = fileOf(await packed({ a: Buffer.alloc(20_000_000), b: 'b' }), 'x.7z')
  const limits = { free: 2 ** 20, ratio: 100 }
  const { members } = await listing(path, limits)
  assert.equal(
    (
      await came(
        members.find((m) => m.path === 'a'),
        limits,
      )
    ).reason,
    'bomb',
  )
  const many = fileOf(await packed(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}`, ''])), {}), 'y.7z')
  assert.ok((await listing(many, { entries: 5 })).gaps.some((g) => g.reason === 'bomb'))
})

void large('a reader that stops early, and one that begins again', async () => {
  const path = fileOf(await packed({ a: Buffer.alloc(5_000_000, 1), b: Buffer.alloc(5_000_000, 2) }), 'x.7z')
  const { members } = await listing(path)
  const { readMember } = await import('../../src/evidence/index.ts')
  for await (const chunk of readMember(members[0]!.ref)) if (chunk.length > 0) break
  for (const m of members) assert.equal((await came(m)).delivered, 5_000_000)
})

test('nothing is written outside memory', async () => {
  const root = folderOf({ 'x.7z': await packed({ 'some/file.txt': 'x' }) })
  await contents(join(root, 'x.7z'))
  assert.deepEqual(readdirSync(root), ['x.7z'])
})

void large('what 7z itself writes', { skip: !installed() }, async () => {
  const root = folderOf({ 'd/a.txt': log, 'd/b/c': 'c', 'd/empty': '' })
  for (const flags of [
    ['-mx=9'],
    ['-m0=PPMd'],
    ['-m0=BZip2'],
    ['-m0=Deflate'],
    ['-m0=Copy'],
    ['-ms=off'],
    ['-mhc=off'],
  ]) {
    const out = `x${flags.join('').replaceAll('=', '')}.7z`
    execFileSync('7z', ['a', '-bd', ...flags, out, 'd'], { cwd: root, stdio: 'ignore' })
    assert.deepEqual(
      (await contents(join(root, out))).sort(),
      ['d/a.txt = ' + log, 'd/b/c = c', 'd/empty = '],
      flags.join(' '),
    )
  }
})

function installed(): boolean {
  try {
    execFileSync('7z', ['i'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a list that the library does not finish is a gap of the archive, whatever it lists', async () => {
  const archive = await packed({ 'a.log': log })
  const at = 32 + Number(archive.readBigUInt64LE(12))
  // No packed streams, though files follow that have some.
  archive[at + 1] = 0
  archive.writeUInt32LE(crc32(archive.subarray(at)), 28)
  archive.writeUInt32LE(crc32(archive.subarray(12, 32)), 8)
  const { members, gaps } = await listing(folderOf({ 'x.7z': archive }))
  assert.deepEqual(
    members.map(({ path }) => path),
    [],
  )
  assert.deepEqual(
    gaps.map(({ path, reason, size }) => [path, reason, size]),
    [['x.7z', 'corrupt', archive.length]],
  )
})

/** A disk image (VHD, dynamic) of this size in which no block is stored: all zeros. */
function emptyDisk(size: number): Buffer {
  const sealed = (bytes: Buffer, at: number): Buffer => {
    bytes.writeUInt32BE(~bytes.reduce((sum, byte) => sum + byte, 0) >>> 0, at)
    return bytes
  }
  const footer = Buffer.alloc(512)
  footer.write('conectix')
  footer.writeUInt32BE(2, 8)
  footer.writeUInt32BE(0x10000, 12)
  footer.writeBigUInt64BE(512n, 16)
  footer.writeBigUInt64BE(BigInt(size), 40)
  footer.writeBigUInt64BE(BigInt(size), 48)
  footer.writeUInt32BE(3, 60)
  sealed(footer, 64)
  const header = Buffer.alloc(1024)
  header.write('cxsparse')
  header.fill(0xff, 8, 16)
  header.writeBigUInt64BE(1536n, 16)
  header.writeUInt32BE(0x10000, 24)
  header.writeUInt32BE(size / 2 ** 21, 28)
  header.writeUInt32BE(2 ** 21, 32)
  sealed(header, 36)
  return Buffer.concat([footer, header, Buffer.alloc(512, 0xff), footer])
}

test('a disk image in which no volume is found is a gap', async () => {
  const { gaps } = await listing(folderOf({ 'x.vhd': emptyDisk(2 ** 23) }))
  assert.deepEqual(
    gaps.map(({ reason, detail }) => [reason, detail]),
    [['unsupported', 'VHD disk image: no volume that can be read in it']],
  )
})

test('a file of a WIM image that is made empty in the table is not read, and not treated as an empty one', async () => {
  const page = 'a page, nothing to run'
  const image = await packed({ 'a.txt': 'a', 'b/empty.txt': '', 'x.aspx': page }, { form: 'wim' })
  const digest = createHash('sha1').update(page).digest()
  // Before the digest the table has the size (8 bytes), the number of the volume (2) and how often it is used (4).
  const at = image.lastIndexOf(digest)
  for (const [place, value] of [
    [at - 14, 0],
    [at - 6, 0],
    [at - 5, 1],
  ] as const) {
    const bytes = Buffer.from(image)
    bytes[place] = value
    const { members, gaps } = await listing(fileOf(bytes, 'x.wim'))
    const found = members.find(({ path }) => path === 'x.aspx')
    assert.ok(gaps.length > 0 || found?.refused?.reason === 'corrupt', String(place - at))
  }
  const { members } = await listing(fileOf(image, 'x.wim'))
  assert.ok(members.every(({ refused }) => refused === undefined))
})
