import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listEvidence } from '../../src/evidence/index.ts'
import { fileOf, folderOf } from './evidence.ts'
import { tarOf } from './tar-writer.ts'
import { zipOf } from './zip-writer.ts'

test('of members with one name each has a path of its own', async () => {
  const names = ['C/a.log', 'C/a.log', '⟨2⟩/C/a.log', 'C/a.log']
  const { members } = await listEvidence(
    folderOf({ 'x.tar': tarOf(names.map((name, i) => ({ name, content: String(i) }))) }),
  )
  assert.deepEqual(
    members.map(({ path }) => path),
    ['x.tar!/C/a.log', 'x.tar!/⟨2⟩/C/a.log', 'x.tar!/⟨2⟩/⟨2⟩/C/a.log', 'x.tar!/⟨3⟩/C/a.log'],
  )
  assert.equal(new Set(members.map(({ path }) => path)).size, 4)
})

test('of archives that lie too deep a thousand are named, and that there are more', async () => {
  let inner = zipOf([{ name: 'a.txt', content: '1' }])
  for (let level = 0; level < 5; level++)
    inner = zipOf(Array.from({ length: 6 }, (_, i) => ({ name: `${i}.zip`, content: inner })))
  const { members, refused } = await listEvidence(fileOf(inner))
  assert.equal(members.filter((member) => member.refused?.reason === 'depth').length, 1_000)
  assert.deepEqual(
    refused.map(({ reason, detail }) => [reason, detail]),
    [['depth', 'more than 4 archives inside one another; those from here on are not listed']],
  )
})
