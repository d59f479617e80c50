import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { rar4Of, rar5Of } from '../../tools/writers/rar.ts'
import { came, contents, fileOf, listing } from './evidence.ts'
import { casesOf, large } from '../tenth.ts'

const long = 'A line of a log. '.repeat(2_000)

for (const [form, write] of [
  ['RAR 4', rar4Of],
  ['RAR 5', rar5Of],
] as const) {
  const archive = write([
    { name: 'a.log', content: Buffer.from(long) },
    { name: form === 'RAR 4' ? 'Windows\\b.txt' : 'Windows/b.txt', content: Buffer.from('b') },
  ])

  test(`${form}: its files are read`, async () => {
    assert.deepEqual((await contents(fileOf(archive, 'x.rar'))).sort(), ['Windows/b.txt = b', `a.log = ${long}`])
  })

  test(`${form}: a damaged content is told from a whole one`, async () => {
    const damaged = Buffer.from(archive)
    damaged[damaged.indexOf('A line') + 9] = 0
    const { members } = await listing(fileOf(damaged, 'x.rar'))
    assert.equal((await came(members.find(({ path }) => path === 'a.log'))).reason, 'corrupt')
  })

  test(`${form}: one that is cut off is a gap`, async () => {
    const { members, gaps } = await listing(fileOf(archive.subarray(0, 2_000), 'x.rar'))
    const reasons = await Promise.all(members.map(async (member) => (await came(member)).reason))
    assert.deepEqual([...gaps.map(({ reason }) => reason), ...reasons], ['corrupt', 'corrupt'])
  })

  const page = Buffer.from('a page, nothing to run')
  const three = write([
    { name: 'a.txt', content: Buffer.from('a') },
    { name: 'x.aspx', content: page },
    { name: 'z.txt', content: Buffer.from('z') },
  ])
  test(`${form}: no byte of it hides a file without a gap`, async () => {
    const silent: string[] = []
    for (const at of casesOf([...three.keys()])) {
      const damaged = Buffer.from(three)
      damaged[at]! ^= at % 2 === 0 ? 1 : 0x80
      const { members, gaps } = await listing(fileOf(damaged, 'x.rar'))
      const isWhole = members.length === 1 && members[0]!.path === 'x.rar'
      const reads = await Promise.all(members.map(async (one) => (one.refused ? null : await came(one))))
      const isThere = reads.some((one) => one === null || one.reason !== null || one.content.equals(page))
      if (gaps.length === 0 && !isWhole && !isThere) silent.push(`${at}: ${members.map(({ path }) => path).join()}`)
    }
    assert.deepEqual(silent, [])
  })

  // What no password opens: the content is not what its check says.
  for (const [how, passwords] of [
    ['without a password', []],
    ['with a wrong one', ['wrong']],
  ] as const)
    test(`${form}: an encrypted file ${how} is a gap "encrypted"`, async () => {
      const content = Buffer.alloc(64, 0x5a)
      const locked = write([{ name: 'a.log', content, encrypted: true }])
      const { members, gaps } = await listing(fileOf(locked, 'x.rar'), { passwords })
      const reasons = members.map((member) => member.refused?.reason)
      assert.deepEqual([...gaps.map(({ reason }) => reason), ...reasons], ['encrypted'])
    })
}

const secret = 'a pass phrase'
const locked = [
  { name: 'a.log', content: Buffer.from(long) },
  // Its length is no multiple of a block of the cipher.
  { name: 'b.txt', content: Buffer.from('b') },
]
for (const [form, archive] of [
  ['RAR 4', rar4Of(locked.map((file) => ({ ...file, password: secret })))],
  ['RAR 5', rar5Of(locked.map((file) => ({ ...file, password: secret })))],
  ['RAR 4, names too', rar4Of(locked, { headers: secret })],
  ['RAR 5, names too', rar5Of(locked, { headers: secret })],
] as const) {
  // A key of RAR 4 takes a quarter of a million digests.
  void (form.startsWith('RAR 4') ? large : test)(
    `${form}: encrypted files are read with their password, alone or among others`,
    async () => {
      for (const passwords of [[secret], ['wrong', secret, 'also wrong']])
        assert.deepEqual((await contents(fileOf(archive, 'x.rar'), { passwords })).sort(), [
          `a.log = ${long}`,
          'b.txt = b',
        ])
    },
  )

  test(`${form}: encrypted files are a gap "encrypted" without their password`, async () => {
    for (const passwords of [[], ['wrong'], ['wrong', 'also wrong']]) {
      const { members, gaps } = await listing(fileOf(archive, 'x.rar'), { passwords })
      const reasons = [...gaps.map(({ reason }) => reason), ...members.map((member) => member.refused?.reason)]
      assert.deepEqual([...new Set(reasons)], ['encrypted'])
    }
  })
}

test('RAR: blocks in which a file hides, with checks written to fit, are gaps', async () => {
  const files = ['a.txt', 'x.aspx', 'z.txt'].map((name) => ({ name, content: Buffer.from(`in ${name}`) }))
  for (const [write, kind, others] of [
    [rar4Of, 0x74, [0x75, 0x78, 0x7a]],
    [rar5Of, 2, [3, 9]],
  ] as const)
    for (const other of others) {
      const bytes = write(files)
      const is5 = write === rar5Of
      const name = bytes.indexOf('x.aspx')
      // The block begins with its check; the one of the file before ends with its content.
      const begins = bytes.indexOf('in a.txt') + 'in a.txt'.length
      const at = begins + (is5 ? 5 : 2)
      assert.equal(bytes[at], kind)
      bytes[at] = other
      const ends = name + 'x.aspx'.length
      if (is5) bytes.writeUInt32LE(crc32(bytes.subarray(begins + 4, bytes.indexOf('in x.aspx'))), begins)
      else bytes.writeUInt16LE(crc32(bytes.subarray(begins + 2, ends)) & 0xffff, begins)
      const { members, gaps } = await listing(fileOf(bytes, 'x.rar'))
      const isThere = members.some(({ path }) => path.endsWith('x.aspx'))
      assert.ok(gaps.length > 0 || isThere, `${is5 ? 'RAR 5' : 'RAR 4'}, kind ${other}`)
    }
})
