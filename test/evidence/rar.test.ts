import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rar4Of, rar5Of } from '../../tools/writers/rar.ts'
import { came, contents, fileOf, listing } from './evidence.ts'
import { large } from '../tenth.ts'

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
