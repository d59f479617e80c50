import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { streamOf } from '../../src/evidence/index.ts'
import { tar } from '../../src/evidence/tar.ts'
import { bytesListed, came, contents, fileOf, folderOf, listing } from './evidence.ts'
import { octal, pax, paxRecord, tarOf, type TarSpec } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'

const long = `inetpub/${'a folder with a long name/'.repeat(8)}page.aspx`

test('what tar archives say in all their forms', async () => {
  const rows: readonly (readonly [name: string, members: readonly TarSpec[], expected: readonly string[]])[] = [
    [
      'ustar',
      [
        { name: 'a', content: 'one' },
        { name: 'b/c', content: 'two' },
      ],
      ['a = one', 'b/c = two'],
    ],
    ['a prefix', [{ name: 'c', prefix: 'a/b', content: '1' }], ['a/b/c = 1']],
    ['the old form', [{ name: 'a', form: 'v7', type: '\0', content: '1' }], ['a = 1']],
    [
      'folders are no members',
      [
        { name: 'd/', type: '5' },
        { name: 'e/', type: '0' },
        { name: 'd/a', content: '1' },
      ],
      ['d/a = 1'],
    ],
    ['./ before names', [{ name: './a', content: '1' }], ['a = 1']],
    [
      'GNU long names',
      [
        { name: '././@LongLink', type: 'L', form: 'gnu', content: `${long}\0` },
        { name: 'cut', form: 'gnu', content: '1' },
      ],
      [`${long} = 1`],
    ],
    [
      'pax names and sizes',
      [pax({ path: long, size: '3', mtime: '1614672060.5' }), { name: 'cut', content: 'abc', size: octal(0) }],
      [`${long} = abc`],
    ],
    [
      'pax for all that follow: no name can be that of all',
      [pax({ path: 'p' }, 'g'), { name: 'a', content: '1' }, { name: 'b', content: '2' }],
      ['a = 1', 'b = 2'],
    ],
    [
      'size in base 256',
      [{ name: 'a', content: 'abc', size: Buffer.from('800000000000000000000003', 'hex') }],
      ['a = abc'],
    ],
    [
      'links, devices, pipes',
      [
        { name: 's', type: '2', link: '/etc/passwd' },
        { name: 'h', type: '1', link: 'a' },
        { name: 'c', type: '3' },
        { name: 'b', type: '4' },
        { name: 'p', type: '6' },
        { name: 'a', content: '1' },
      ],
      ['s !policy', 'h !policy', 'c !policy', 'b !policy', 'p !policy', 'a = 1'],
    ],
    [
      'hostile names are names',
      [
        { name: '../../etc/passwd', content: '1' },
        { name: '/abs', content: '2' },
        { name: 'C:\\x', content: '3' },
        { name: '__proto__', content: '4' },
      ],
      ['../../etc/passwd = 1', '/abs = 2', 'C:\\x = 3', '__proto__ = 4'],
    ],
    [
      'one name twice',
      [
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ],
      ['a = 1', '⟨2⟩/a = 2'],
    ],
    ['an empty file', [{ name: 'a' }], ['a = ']],
  ]
  for (const [name, members, expected] of rows) {
    const tar = tarOf(members)
    assert.deepEqual(await contents(fileOf(tar, 'a.tar')), expected, name)
    assert.deepEqual(await contents(fileOf(gzipSync(tar), 'a.tar.gz')), expected, `${name}, gzip`)
    assert.deepEqual(await contents(fileOf(zstdCompressSync(tar), 'a.tar.zst')), expected, `${name}, zst`)
  }
})

test('times, and the second of one name', async () => {
  const { members } = await listing(
    fileOf(tarOf([pax({ mtime: '1614672060.25' }), { name: 'a' }, { name: 'a' }]), 'a.tar'),
  )
  assert.deepEqual(
    members.map((m) => m.modified),
    [1_614_672_060_250, 1_614_672_060_000],
  )
  assert.match(members[1]?.note ?? '', /a member of this name stands before it/)
})

test('Windows paths of collections', async () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ['[root]/inetpub/logs/u_ex.log', 'C:\\inetpub\\logs\\u_ex.log'],
    ['C/Windows/System32/config/SYSTEM', 'C:\\Windows\\System32\\config\\SYSTEM'],
    ['live_response/process/ps.txt', null],
  ]
  for (const [name, path] of rows)
    assert.equal((await listing(fileOf(tarOf([{ name }]), 'uac.tar'))).members[0]?.windowsPath, path)
})

test('sparse files come whole, with zeros for their holes', async () => {
  const whole = Buffer.concat([Buffer.from('abc'), Buffer.alloc(997), Buffer.from('defg'), Buffer.alloc(96)])
  const stored = 'abcdefg'
  const map = '2\n0\n3\n1000\n4\n'
  const run = (offset: number, length: number): string => octal(offset) + octal(length)
  const rows: readonly (readonly [string, readonly TarSpec[]])[] = [
    [
      'GNU',
      [
        {
          name: 's',
          type: 'S',
          form: 'gnu',
          content: stored,
          patch: [
            [386, run(0, 3) + run(1000, 4)],
            [483, octal(1100)],
          ],
        },
      ],
    ],
    [
      'pax 0.0',
      [
        {
          name: 'x',
          type: 'x',
          content: [
            ['GNU.sparse.size', '1100'],
            ['GNU.sparse.numblocks', '2'],
            ['GNU.sparse.offset', '0'],
            ['GNU.sparse.numbytes', '3'],
            ['GNU.sparse.offset', '1000'],
            ['GNU.sparse.numbytes', '4'],
          ]
            .map(([k, v]) => paxRecord(k!, v!))
            .join(''),
        },
        { name: 's', content: stored },
      ],
    ],
    [
      'pax 0.1',
      [
        pax({ 'GNU.sparse.size': '1100', 'GNU.sparse.map': '0,3,1000,4', 'GNU.sparse.name': 's' }),
        { name: 'x/s', content: stored },
      ],
    ],
    [
      'pax 1.0',
      [
        pax({
          'GNU.sparse.major': '1',
          'GNU.sparse.minor': '0',
          'GNU.sparse.realsize': '1100',
          'GNU.sparse.name': 's',
        }),
        { name: 'x/s', content: map + '\0'.repeat(512 - map.length) + stored },
      ],
    ],
  ]
  for (const [name, members] of rows) {
    for (const [form, pack] of [
      ['plain', (b: Buffer) => b],
      ['gzip', gzipSync],
    ] as const) {
      const list = await listing(fileOf(pack(tarOf([...members, { name: 'z', content: 'after' }])), 'a.tar'))
      assert.deepEqual(list.paths, ['s', 'z'], `${name}, ${form}`)
      assert.ok((await came(list.members[0])).content.equals(whole), `${name}, ${form}`)
      assert.equal((await came(list.members[1])).content.toString(), 'after')
    }
  }
})

test('what is wrong is said', async () => {
  const good: TarSpec = { name: 'z', content: 'good' }
  const rows: readonly (readonly [string, Buffer, readonly string[]])[] = [
    ['a broken header costs its member', tarOf([{ name: 'a', content: '1', broken: true }, good]), []],
    [
      '… behind a good one',
      tarOf([good, { name: 'a', content: '1', broken: true }, good]),
      ['z = good', '⟨2⟩/z = good', 'a.tar (1024) !corrupt'],
    ],
    ['no end mark', tarOf([good], 0), ['z = good', 'a.tar (0) !truncated']],
    [
      'more bytes than there are',
      tarOf([{ name: 'a', content: '1', size: octal(5000) }], 0),
      [`a = 1${'\0'.repeat(511)} !truncated`, 'a.tar (0) !truncated'],
    ],
    [
      '2^63 bytes',
      tarOf([good, { name: 'a', size: Buffer.from('800000008000000000000000', 'hex') }, good]),
      ['z = good', '⟨2⟩/z = good', 'a.tar (512) !corrupt'],
    ],
    [
      'a negative size',
      tarOf([good, { name: 'a', size: Buffer.from('ffffffffffffffffffffff00', 'hex') }, good]),
      ['z = good', '⟨2⟩/z = good', 'a.tar (512) !corrupt'],
    ],
    [
      'a size that is none',
      tarOf([good, { name: 'a', size: 'hello' }, good]),
      ['z = good', '⟨2⟩/z = good', 'a.tar (512) !corrupt'],
    ],
    [
      'a pax size that is none',
      tarOf([pax({ size: '-5' }), { name: 'a' }, good]),
      ['z = good', 'a.tar (1536) !corrupt'],
    ],
    [
      'attributes and a long name that are marked as files',
      tarOf([
        { ...pax({ path: 'a/long.name' }), type: '0' },
        { name: 'a', content: '1' },
        { name: '././@LongLink', type: '7', content: 'a/long.name\0' },
        { name: 'b', content: '2' },
        { name: 'PaxHeaders/text', content: 'a text' },
      ]),
      [
        'PaxHeaders/x = 20 path=a/long.name\n',
        'a = 1',
        '@LongLink = a/long.name\0',
        'b = 2',
        'PaxHeaders/text = a text',
        'a.tar (0) !corrupt',
        'a.tar (0) !corrupt',
      ],
    ],
    ['attributes of nothing', tarOf([good, pax({ path: 'x' })]), ['z = good', 'a.tar (1024) !corrupt']],
    ['attributes without end', tarOf([...Array.from({ length: 70 }, () => pax({ path: 'x' })), good]), []],
    [
      '2 GiB of name',
      tarOf([good, { name: 'n', type: 'L', size: octal(2 ** 31) }, good], 0),
      ['z = good', 'a.tar (2147484160) !bomb', 'a.tar (0) !truncated'],
    ],
    [
      'a map that lies',
      tarOf([pax({ 'GNU.sparse.size': '100', 'GNU.sparse.map': '0,3,2,4' }), { name: 's', content: 'abcdefg' }]),
      ['s !corrupt'],
    ],
    [
      'a map of zeros',
      tarOf([pax({ 'GNU.sparse.size': '999999999999', 'GNU.sparse.map': '0,3' }), { name: 's', content: 'abc' }]),
      ['s !bomb'],
    ],
    ['another archive behind the end', Buffer.concat([tarOf([good]), tarOf([good])]), ['z = good', '⟨2⟩/z = good']],
    [
      'other bytes behind the end',
      Buffer.concat([tarOf([good]), Buffer.alloc(700, 1)]),
      ['z = good', 'a.tar (700) !corrupt'],
    ],
  ]
  for (const [name, tar, expected] of rows) {
    const found = await contents(fileOf(tar, 'a.tar'))
    if (expected.length > 0) assert.deepEqual(found, expected, name)
    else
      assert.ok(
        found.some((line) => /!(?:corrupt|bomb)|^a\.tar = /.test(line)),
        `${name}: ${found.join(' | ').slice(0, 300)}`,
      )
  }
})

test('a hard link has the content of the file that stands before it; of another, and where that is packed, it is named', async () => {
  const shell = 'C/inetpub/wwwroot/aspnet_client/a.aspx'
  const tar = tarOf([
    { name: 'C/Windows/Temp/a.txt', content: 'eval' },
    { name: shell, type: '1', link: 'C/Windows/Temp/a.txt' },
    { name: 'again', type: '1', link: shell },
    { name: 'lost', type: '1', link: 'nothing' },
    { name: 'itself', type: '1', link: 'itself' },
  ])
  const { members } = await listing(fileOf(tar, 'a.tar'))
  const [, second, third, ...others] = members
  assert.equal((await came(second)).content.toString(), 'eval')
  assert.equal(second!.note, 'a hard link to C/Windows/Temp/a.txt')
  assert.equal(second!.windowsPath, 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx')
  assert.equal((await came(third)).content.toString(), 'eval')
  assert.deepEqual(
    others.map(({ refused }) => refused?.reason),
    ['policy', 'policy'],
  )
  const packed = await listing(fileOf(gzipSync(tar), 'a.tar.gz'))
  assert.equal(packed.members[1]!.refused?.reason, 'policy')

  const links = Array.from({ length: 100 }, (_, i) => ({ name: `${i}`, type: '1', link: 'large' }))
  const bomb = await listing(fileOf(tarOf([{ name: 'large', content: 'x'.repeat(2 ** 20) }, ...links]), 'b.tar'))
  assert.deepEqual(
    bomb.members.flatMap(({ refused }) => refused?.reason ?? []),
    Array.from({ length: 99 }, () => 'bomb'),
  )
})

test('cut at every block, and flipped bits: no exception, and every byte of every member is accounted for', async () => {
  const tar = tarOf([
    { name: 'a', content: 'x'.repeat(700) },
    pax({ path: long }),
    { name: 'b', content: 'y'.repeat(600) },
    { name: 'c', type: '2', link: 'a' },
    { name: 'd', content: 'z' },
  ])
  const cuts = Array.from({ length: tar.length / 512 }, (_, i) => tar.subarray(0, i * 512))
  const odd = [1, 100, 513, 1000, 1999, 3001].map((n) => tar.subarray(0, n))
  const flips = Array.from({ length: 120 }, (_, i) => {
    const copy = Buffer.from(tar)
    const at = (i * 37 + 11) % copy.length
    copy[at] = copy[at]! ^ (1 << (i % 8))
    return copy
  })
  for (const bytes of [...cuts, ...odd, ...flips])
    for (const packed of [bytes, gzipSync(bytes)]) {
      const { members } = await listing(fileOf(packed, 'a.bin'))
      for (const m of members) if (!m.refused) await came(m)
    }
})

test('a stream that breaks off: what came is read, the rest is named', async () => {
  const noise = Buffer.from(Array.from({ length: 40_000 }, noiseAt))
  const packed = gzipSync(
    tarOf([
      { name: 'a', content: noise },
      { name: 'b', content: noise },
    ]),
  )
  const { members, gaps } = await listing(fileOf(packed.subarray(0, packed.length * 0.75), 'a.tgz'))
  assert.deepEqual(
    members.map((m) => m.path),
    ['a', 'b'],
  )
  assert.deepEqual(
    gaps.map((g) => g.reason),
    ['truncated'],
  )
  assert.ok((await came(members[0])).content.equals(noise))
  const cut = await came(members[1])
  assert.equal(cut.reason, 'truncated')
  assert.ok(cut.delivered > 0 && cut.content.equals(noise.subarray(0, cut.delivered)))
})

test('archives in tar in gzip; members in any order; one stream', async () => {
  const zip = zipOf([{ name: 'x', content: 'in zip' }])
  const tar = tarOf([
    { name: 'a', content: 'A'.repeat(3000) },
    { name: 'in.zip', content: zip },
    { name: 'in.tar', content: tarOf([{ name: 'y', content: 'in tar' }]) },
    { name: 'in.tgz', content: gzipSync(tarOf([{ name: 'w', content: 'in tgz' }])) },
    { name: 'b', content: 'B' },
  ])
  const { members } = await listing(fileOf(gzipSync(tar), 'all.tar.gz'))
  const expected = { a: 'A'.repeat(3000), 'in.zip!/x': 'in zip', 'in.tar!/y': 'in tar', 'in.tgz!/w': 'in tgz', b: 'B' }
  for (const order of [members, [...members].reverse()]) {
    const found: Record<string, string> = {}
    for (const m of order) found[m.path] = (await came(m)).content.toString()
    assert.deepEqual(found, Object.fromEntries(order.map((m) => [m.path, expected[m.path as keyof typeof expected]])))
  }
  const streams = members.map((m) => streamOf(m.ref))
  assert.equal(new Set(streams.map((s) => s?.key)).size, 1)
  assert.deepEqual(
    streams.map((s) => s?.at ?? -1).toSorted((x, y) => x - y),
    [512, 4096, 5120, 7680, 8704],
  )
  assert.equal(streamOf((await listing(fileOf(tar, 'a.tar'))).members[0]!.ref), null)
})

test('two readers of one stream at the same time', async () => {
  const content = Buffer.alloc(300_000, 'abcdefg')
  const { members } = await listing(
    fileOf(
      gzipSync(
        tarOf([
          { name: 'a', content },
          { name: 'b', content },
        ]),
      ),
      'a.tgz',
    ),
  )
  const all = await Promise.all([members[1], members[0], members[1]].map((m) => came(m)))
  for (const one of all) assert.ok(one.content.equals(content))
})

test('bombs', async () => {
  const zeros = gzipSync(tarOf([{ name: 'a', content: Buffer.alloc(8 * 2 ** 20) }]))
  const { members, gaps } = await listing(fileOf(zeros, 'a.tgz'), { free: 2 ** 20, ratio: 10 })
  assert.equal(gaps[0]?.reason, 'bomb')
  assert.equal((await came(members[0], { free: 2 ** 20, ratio: 10 })).reason, 'bomb')
  const many = await listing(fileOf(tarOf(Array.from({ length: 30 }, (_, i) => ({ name: `${i}` }))), 'a.tar'), {
    entries: 10,
  })
  assert.ok(many.gaps.some((g) => g.reason === 'bomb'))
})

test('zst: frames, skippable frames, padding, damage', async () => {
  const one = zstdCompressSync('one ')
  const two = zstdCompressSync(Buffer.alloc(300_000, 'two '))
  const skip = Buffer.concat([Buffer.from('502a4d1805000000', 'hex'), Buffer.from('hello')])
  const text = (await contents(fileOf(two, 'a.zst')))[0]!.slice('a.zst = '.length)
  assert.equal(text.length, 300_000)
  const rows: readonly (readonly [Buffer, string])[] = [
    [Buffer.concat([one, one]), 'one one '],
    [Buffer.concat([one, two]), `one ${text}`],
    [Buffer.concat([skip, one, skip]), 'one '],
    [Buffer.concat([one, Buffer.alloc(99)]), 'one '],
    [Buffer.concat([one, Buffer.from('rest')]), 'one  !corrupt'],
    [one.subarray(0, one.length - 1), 'one !truncated'],
    [one.subarray(0, 5), ' !truncated'],
    [Buffer.concat([one, skip.subarray(0, 10)]), 'one  !truncated'],
  ]
  for (const [bytes, expected] of rows)
    assert.deepEqual(await contents(fileOf(bytes, 'a.zst')), [`a.zst = ${expected}`])
  for (let i = 4; i < two.length; i++) {
    const copy = Buffer.from(two)
    copy[i] = copy[i]! ^ 0x55
    await contents(fileOf(copy, 'a.zst'))
  }
})

test('what tar and zstd themselves write', { skip: !has('tar') }, async () => {
  const root = folderOf({ 'd/a.txt': 'a', [`d/${long}`]: 'long', 'd/empty': '' })
  mkdirSync(join(root, 'out'))
  symlinkSync('/etc/passwd', join(root, 'd/link'))
  writeFileSync(join(root, 'd/sparse'), 'begin')
  truncateSync(join(root, 'd/sparse'), 5_000_000)
  const sparse = readFileSync(join(root, 'd/sparse'))
  for (const format of ['gnu', 'pax', 'ustar', 'v7', 'oldgnu']) {
    for (const flags of /gnu|pax/.test(format) ? [[], ['-S'], ['-z']] : [[], ['-z']]) {
      const out = join(root, 'out', `${format}${flags.join('')}.tar`)
      const skipLong = format === 'v7' ? ['--exclude=inetpub'] : []
      execFileSync('tar', ['-C', join(root, 'd'), `--format=${format}`, ...flags, ...skipLong, '-cf', out, '.'])
      const { members, gaps } = await listing(out)
      const name = `${format} ${flags.join(' ')}`
      assert.deepEqual(gaps, [], name)
      for (const m of members) {
        if (m.refused) assert.deepEqual([m.path, m.refused.reason], ['link', 'policy'], name)
        else if (m.path === 'sparse') assert.ok((await came(m)).content.equals(sparse), name)
        else assert.equal((await came(m)).content.toString(), readFileSync(join(root, 'd', m.path), 'utf8'), name)
      }
      assert.equal(members.length, format === 'v7' ? 4 : 5, name)
    }
  }
})

function has(program: string): boolean {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).includes('GNU tar')
  } catch {
    return false
  }
}

/** Bytes that do not pack well, always the same. */
function noiseAt(_: unknown, i: number): number {
  let value = (i + 1) * 2_654_435_761
  value ^= value >>> 15
  return (Math.imul(value, 0x85ebca6b) >>> 13) & 255
}

test('a member that states more than there is, or something for all, takes no other with it', async () => {
  const big = { name: 'big', size: `${(2 ** 33 - 1).toString(8)}\0`, content: 'x' }
  const others = [
    { name: 'a', content: 'A' },
    { ...big, name: 'big2' },
    { name: 'b', content: 'B' },
  ]
  const forAll = pax({ path: 'docs/all.txt', size: '1000000', mtime: '1' }, 'g')
  for (const [name, pack] of [['a.tar', (tar: Buffer) => tar] as const, ['a.tar.gz', gzipSync] as const]) {
    const lines = await contents(fileOf(pack(tarOf([forAll, big, ...others])), name))
    for (const line of ['a = A', 'b = B']) assert.ok(lines.includes(line), `${name}: ${lines.join()}`)
  }
})

test('maps of sparse files that overlap, and long ones, cost no more than their archive', async () => {
  const size = String(9e9)
  const sparse = pax({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9', size })
  const archives: readonly (readonly [name: string, of: (count: number) => Buffer])[] = [
    // Each header is a block of the map before it: octal digits as a name, and the marks that more follows.
    [
      'GNU',
      (count) =>
        tarOf(
          Array.from({ length: count }, (_, i) => ({
            name: i.toString(8).padStart(11, '0'),
            type: 'S',
            patch: [[12, octal(1)] as const, [482, '1'] as const, [504, '1'] as const],
          })),
          0,
        ),
    ],
    // Each member states more than there is, so that the next one stands in its map.
    [
      'pax 1.0',
      (count) =>
        tarOf(Array.from({ length: count }, (_, i) => [sparse, { name: `${i}`, content: '65536\n1\n' }]).flat(), 0),
    ],
  ]
  for (const [name, of] of archives) {
    const [few, many] = [await bytesListed(tar, of(200)), await bytesListed(tar, of(400))]
    assert.ok(many <= 2.6 * few, `${name}: ${few} bytes read of one, ${many} of twice as much`)
  }
  // 2 MB of lines, which once were all looked at again with each block: 12 s.
  const from = performance.now()
  const whole = pax({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9' })
  await bytesListed(tar, tarOf([whole, { name: 'a', content: `65536\n${'000000000000001\n'.repeat(131_000)}` }]))
  assert.ok(performance.now() - from < 4_000)
})

test('tar: a file that its header makes attributes, a long name or a folder of is read, or named', async () => {
  const page = '<%@ Page Language="C#" %><% a(); %>'
  const archiveOf = (member: TarSpec): Buffer =>
    tarOf([{ name: 'a', content: 'a' }, member, { name: 'z', content: 'z' }])
  for (const type of ['x', 'X', 'g', 'L', 'K']) {
    const { paths, gaps } = await listing(fileOf(archiveOf({ name: 'w/page.aspx', content: page, type }), 'a.tar'))
    assert.deepEqual(paths, ['a', 'z'], type)
    assert.deepEqual(
      gaps.map(({ size, reason }) => [size, reason]),
      [[page.length, 'corrupt']],
      type,
    )
  }
  assert.deepEqual(await contents(fileOf(archiveOf({ name: 'w/', content: page }), 'a.tar')), [
    'a = a',
    `w = ${page}`,
    'z = z',
  ])
  const short = await listing(fileOf(archiveOf({ name: 'w/page.aspx', content: page, size: octal(1) }), 'a.tar'))
  assert.deepEqual(
    short.gaps.map(({ detail }) => detail),
    ['bytes behind w/page.aspx in its last block, at 1537'],
  )
})
