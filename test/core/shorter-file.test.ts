import assert from 'node:assert/strict'
import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { listEvidence } from '../../src/evidence/index.ts'
import { scanMember, type ScanSettings } from '../../src/scan/scan.ts'
import { folderOf } from '../evidence/evidence.ts'

const settings: ScanSettings = { rules: { events: [], scanners: [], broken: [] }, ask: () => [], zone: null }

for (const [what, size, left] of [
  ['a small file of no kind', 30_000, 1_000],
  ['a small file of no kind that is empty by now', 30_000, 0],
  ['a large file', 3_000_000, 200_000],
  ['a log', 60_000, 40_000],
  ['a large log', 3_000_000, 400_000],
] as const)
  test(`${what} that became shorter between the listing and the reading: what is gone is a gap`, async () => {
    const log = what.includes('log')
    const line = log
      ? '2021-03-03 04:23:22 10.0.0.1 GET /owa/ - 443 - 203.0.113.9 - - 200 0 0 5\n'
      : 'no log of any kind\n'
    const fields =
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n'
    const text = (log ? fields : '') + line.repeat(Math.ceil(size / line.length))
    const root = folderOf({ 'u_ex210303.log': text.slice(0, size) })
    const [member] = (await listEvidence(root)).members
    truncateSync(join(root, 'u_ex210303.log'), left)
    const { artifact, gaps } = await scanMember(member!, settings)
    const gap = gaps.find(({ reason }) => reason === 'changed')
    assert.deepEqual([gap?.offset, gap?.length], [left, size - left])
    assert.equal(gap!.detail, `${size} bytes when listed, ended at ${left} when it was read`)
    assert.equal(artifact.size, size)
    assert.equal(artifact.parsed + gaps.reduce((sum, { length }) => sum + length, 0), size)
    if (log) assert.ok(artifact.events > 100)
  })
