import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCompanions } from '../../src/evidence/companions.ts'
import { windowsPathOf } from '../../src/evidence/windows-paths.ts'
import type { Member } from '../../src/evidence/container.ts'

const VELOCIRAPTOR = 'uploads/ntfs/%5C%5C.%5CC%3A'

for (const [what, journal, others, expected] of [
  ['KAPE', 'C/$Extend/$J', ['C/$MFT', 'D/$MFT'], 'C/$MFT'],
  ['Velociraptor', `${VELOCIRAPTOR}/$Extend/$UsnJrnl%3A$J`, [`${VELOCIRAPTOR}/$MFT`], `${VELOCIRAPTOR}/$MFT`],
  ['two accessors', `${VELOCIRAPTOR}/$Extend/$UsnJrnl%3A$J`, ['uploads/auto/C%3A/$MFT'], 'uploads/auto/C%3A/$MFT'],
  ['flat', 'case/$J', ['case/$MFT'], 'case/$MFT'],
  ['flat, with letters before', 'C_$J', ['C_$MFT', 'D_$MFT'], 'C_$MFT'],
  ['flat, with letters behind', '$UsnJrnl_$J_D.bin', ['$MFT_C', '$MFT_D'], '$MFT_D'],
  ['flat, one letter', 'case/$J', ['case/C_$MFT'], 'case/C_$MFT'],
  ['another volume', 'D_$J', ['C_$MFT'], undefined],
  ['several that could be meant', '$J', ['C_$MFT', 'D_$MFT'], undefined],
  ['another folder', 'a/$J', ['b/$MFT'], undefined],
  ['the mirror', 'C/$Extend/$J', ['C/$MFTMirr'], undefined],
  ['a file of another name on the drive', 'C/$Extend/$J', ['C/mft.bin', 'C/$MFT.bin', 'C/C_$MFT'], undefined],
  ['such a file beside the table', 'C/$Extend/$J', ['C/$MFT', 'C/mft.bin'], 'C/$MFT'],
  ['no journal', 'C/j.txt', ['C/$MFT'], undefined],
  [
    'a hive',
    'C/Windows/System32/config/SYSTEM',
    ['C/Windows/System32/config/SYSTEM.LOG1', 'C/$MFT'],
    'C/Windows/System32/config/SYSTEM.LOG1',
  ],
] as const) {
  test(`${what}: ${journal} has ${expected ?? 'nothing'} beside it`, () => {
    const [first] = withCompanions([journal, ...others].map(memberOf))
    assert.deepEqual(
      first!.companions?.map(({ path }) => path),
      expected === undefined ? undefined : [expected],
    )
  })
}

test('a hive that is there many times has some logs beside it, and not all of them', () => {
  const many = Array.from({ length: 2_000 }, (_, i) => memberOf(i % 2 === 0 ? 'SYSTEM' : 'SYSTEM.LOG1'))
  for (const { companions = [] } of withCompanions(many)) assert.ok(companions.length <= 8)
})

test('twice as many tables and journals are twice the work', () => {
  const asked = (folders: number): number => {
    let count = 0
    const members = Array.from({ length: folders }, (_, i) => [`${i}/$MFT`, `${i}/$J`])
      .flat()
      .map((path) => Object.defineProperty(memberOf(path), 'path', { enumerable: true, get: () => (count++, path) }))
    assert.equal(withCompanions(members).filter(({ companions }) => companions !== undefined).length, folders)
    return count
  }
  assert.ok(asked(400) <= 2.1 * asked(200))
})

function memberOf(path: string): Member {
  return { ref: { root: '/x', steps: [] }, path, windowsPath: windowsPathOf(path), size: 0, modified: null }
}
