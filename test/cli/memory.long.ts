import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { denseLog } from '../bench/evtx-log.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { mftFile } from '../../tools/writers/ntfs.ts'

// What a run takes of memory for the largest files of a server: the process whole, as the system counts it.
const MOST = 512 * 1024
const GIB = 2 ** 30
const folder = mkdtempSync(join(tmpdir(), 'postern-memory-'))
after(() => rmSync(folder, { recursive: true }))

for (const { name, size, write } of [
  { name: 'Security.evtx', size: 5 * GIB, write: writeLog },
  { name: '$MFT', size: 2 * GIB, write: writeTable },
]) {
  test(`${size / GIB} GiB of ${name} in less than 512 MiB`, { timeout: 1_200_000 }, (t) => {
    const { bavail, bsize } = statfsSync(folder)
    if (bavail * bsize < 1.2 * size) return t.skip('not enough room on the disk')
    const evidence = join(folder, name.replace('$', ''))
    mkdirSync(evidence)
    write(join(evidence, name), size)
    const peak = peakOf(evidence)
    rmSync(evidence, { recursive: true })
    t.diagnostic(`${Math.round(peak / 1024)} MiB`)
    assert.ok(peak < MOST, `${Math.round(peak / 1024)} MiB`)
  })
}

test('an archive of 150,000 files is read', { timeout: 600_000 }, () => {
  const evidence = join(folder, 'many.tar')
  writeFileSync(evidence, tarOf(Array.from({ length: 150_000 }, (_, i) => ({ name: `C/${i % 100}/${i}.txt` }))))
  assert.ok(peakOf(evidence) > 0)
})

/** The most memory of a run over it, in KiB. */
function peakOf(evidence: string): number {
  const tell = 'process.on("exit", () => console.error(`peak ${process.resourceUsage().maxRSS}`))'
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      // As it is installed: what takes types away needs memory of its own.
      join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js'),
      'assess',
      evidence,
      '--jobs',
      '1',
      '--quiet',
      '--out',
      join(folder, 'out', String(Math.floor(performance.now()))),
    ],
    { encoding: 'utf8' },
  )
  const peak = /^peak (\d+)$/m.exec(run.stderr)?.[1]
  assert.ok(peak !== undefined && [0, 3, 4, 5].includes(run.status ?? -1), run.stderr)
  return Number(peak)
}

/** The chunks of a smaller log again and again, with numbers of their own. */
function writeLog(path: string, size: number): void {
  const few = denseLog(32 * 2 ** 20)
  const count = Math.floor((size - 4096) / 65_536)
  const file = openSync(path, 'w')
  const header = Buffer.from(few.subarray(0, 4096))
  writeSync(file, header)
  let next = 1n
  for (let i = 0; i < count; i++) {
    const from = 4096 + (i % Math.floor((few.length - 4096) / 65_536)) * 65_536
    const chunk = Buffer.from(few.subarray(from, from + 65_536))
    const end = chunk.readUInt32LE(48)
    const first = next
    for (let at = 512; at < end; at += chunk.readUInt32LE(at + 4)) chunk.writeBigUInt64LE(next++, at + 8)
    for (const [at, value] of [
      [8, first],
      [16, next - 1n],
      [24, first],
      [32, next - 1n],
    ] as const)
      chunk.writeBigUInt64LE(value, at)
    chunk.writeUInt32LE(crc32(chunk.subarray(512, end)), 52)
    chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124)
    writeSync(file, chunk)
  }
  header.writeBigUInt64LE(BigInt(count - 1), 16)
  header.writeBigUInt64LE(next, 24)
  header.writeUInt16LE(count & 0xffff, 42)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  writeSync(file, header, 0, 4096, 0)
  closeSync(file)
}

/** Two million files in folders of ten, each with a short name and four times of its own. */
function writeTable(path: string, size: number): void {
  const [created, modified, changed, accessed] = [
    '2019-04-02T08:15:00.1230001Z',
    '2018-01-01T00:00:00.0000002Z',
    '2020-05-05T10:00:00.0000003Z',
    '2021-03-03T04:23:22.3701234Z',
  ]
  const times = { created, modified, changed, accessed }
  const whole = mftFile([
    { path: 'C:\\file0000000 of a usual length.dll', shortName: 'FILE00~1.DLL', size: 123_456, ...times },
    { path: 'C:\\folder0000000', directory: true, ...times },
  ])
  const [first, second] = [-2, -1].map((i) => whole.subarray(whole.length + i * 1024).subarray(0, 1024)) as [
    Buffer,
    Buffer,
  ]
  const file = openSync(path, 'w')
  writeSync(file, whole, 0, 40 * 1024)
  const block = Buffer.alloc(2 ** 20)
  for (let number = 40; number * 1024 < size; ) {
    let used = 0
    for (; used < block.length && number * 1024 < size; used += 1024, number++) {
      const isFolder = number % 10 === 0
      ;(isFolder ? second : first).copy(block, used)
      block.writeUInt32LE(number, used + 44)
      const nameAt = block.indexOf(isFolder ? 'f\0o\0l\0d\0' : 'f\0i\0l\0e\0', used, 'latin1')
      const parent = isFolder ? Math.floor(number / 200) * 10 : number - (number % 10)
      block.writeUInt32LE(parent < 40 ? 5 : parent, nameAt - 66)
      block.writeUInt16LE(parent < 40 ? 5 : 1, nameAt - 60)
      const digits = String(number).padStart(7, '0')
      for (let i = 0; i < 7; i++) block[nameAt + 2 * ((isFolder ? 6 : 4) + i)] = digits.charCodeAt(i)
    }
    writeSync(file, block, 0, used)
  }
  closeSync(file)
}
