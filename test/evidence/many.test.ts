import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { listEvidence } from '../../src/evidence/index.ts'
import { fileOf, folderOf } from './evidence.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'

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
    [['depth', 'more than 4 archives inside one another: 296 of them are not listed']],
  )
})

test('of archives in archives so many are opened, a thousand of the others are named, and all are counted', async () => {
  let inner = zipOf([{ name: 'a.txt', content: '1' }])
  for (const width of [1_100, 2])
    inner = zipOf(Array.from({ length: width }, (_, i) => ({ name: `${i}.zip`, content: inner })))
  // 2 archives of 1,100 each: both are opened, and 100 of those in the first.
  const path = fileOf(inner)
  for (const [evidence, prefix] of [[path, ''] as const, [folderOf({ 'x.zip': inner }), 'x.zip!/'] as const]) {
    const { members, refused } = await listEvidence(evidence, { archives: 100 })
    const detail = 'more archives than may be opened there'
    assert.equal(members.filter((member) => member.refused?.detail === detail).length, 1_000)
    assert.equal(members.filter((member) => !member.refused).length, 100)
    assert.equal(members[0]?.path, `${prefix}0.zip!/0.zip!/a.txt`)
    assert.deepEqual(
      refused.map((gap) => [gap.reason, gap.detail]),
      [['bomb', `${detail}: 1100 of them are not listed`]],
    )
  }
  // Packed files that are one file each make nothing from nothing: logs by the ten thousand may lie in a tar.
  const logs = tarOf(Array.from({ length: 120 }, (_, i) => ({ name: `${i}.log.gz`, content: gzipSync(`log ${i}`) })))
  assert.equal((await listEvidence(fileOf(logs), { archives: 100 })).members.filter((m) => !m.refused).length, 120)
})
