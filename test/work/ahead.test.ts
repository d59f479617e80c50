import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { MessageChannel, Worker } from 'node:worker_threads'
import { listEvidence, type Member } from '../../src/evidence/index.ts'
import { type Ahead, TookOtherRows } from '../../src/prefilter/read-ahead.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { RowLayout } from '../../src/parsers/row-layout.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { leaveSharedFile, Leader, statesFor } from '../../src/run/shared-file.ts'
import { workerPool } from '../../src/run/pool.ts'
import { bothWays } from '../kernel/both-ways.ts'
import { Chance, forms } from '../kernel/logs.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-ahead-'))
after(() => rmSync(folder, { recursive: true }))
const sizes = { piece: 256 * 1024, chunk: 256 * 1024, whole: 100_000 }
const ways = await bothWays({ all: false })

/** Reads a file alone, and with a helper that has taken all pieces it may take before the second one is read. */
async function readTwice(path: string, log: Buffer) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, log)
  const [member] = (await listEvidence(folder)).members as readonly Member[]
  const settings = ways[2]
  const alone = await scanMember(member!, settings)

  const states = statesFor(member!, sizes)!
  const { port1, port2 } = new MessageChannel()
  const workerData = { member, sizes, shared: { states, port: port2 } }
  const worker = new Worker(new URL('./helper.ts', import.meta.url), { workerData, transferList: [port2] })
  const left = new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
  const leader = new Leader({ states, port: port1 }, sizes)
  const seen = new Int32Array(states)
  const counts = { told: 0, asked: 0 }
  const ahead: Ahead = {
    take(layout, text, start, to) {
      const piece = leader.take(layout, text, start, to)
      // The helper knows the layout now. Those at the front are left to the reader.
      if (counts.asked++ === 0)
        for (let i = 0; i < 200 && seen[2 + 6]! < 3; i++) Atomics.wait(seen, 2 + 6, seen[2 + 6]!, 100)
      if (piece) counts.told++
      return piece
    },
  }
  let together
  try {
    together = await scanMember(member!, settings, ahead)
  } catch (error) {
    if (!(error instanceof TookOtherRows)) throw error
    together = null
  }
  leaveSharedFile(states)
  await left
  port1.close()
  await worker.terminate()
  rmSync(file)
  return { alone, together, ...counts }
}

/** Part by part and place by place: what differs between two large results cannot be printed. */
function assertSame(together: Scan | null, alone: Scan): void {
  assert.ok(together !== null, 'the helper took other rows')
  for (const [name, part] of Object.entries(alone)) {
    const other: unknown = together[name as keyof Scan]
    if (!Array.isArray(part)) assert.deepEqual(other, part, name)
    else for (const [i, each] of part.entries()) assert.deepEqual((other as unknown[])[i], each, `${name} ${i}`)
    if (Array.isArray(part)) assert.equal((other as unknown[]).length, part.length, name)
  }
}

/** So many bytes of a random log, without what a helper leaves to the reader: further headers, and values in quotes. */
function tame(make: (chance: Chance, rows: number) => Buffer, seed: number): Buffer {
  for (let rows = 8_000; ; rows *= 2) {
    const lines = make(new Chance(seed), rows).toString('latin1').split('\n')
    const first = lines.findIndex((line) => /^\d/.test(line))
    const rest = lines
      .slice(first)
      .filter((line) => /^\d/.test(line))
      .map((line) => line.replace(/["\0]/g, ''))
    const log = Buffer.from([...lines.slice(0, first), ...rest].join('\n'), 'latin1')
    if (log.length > 2_800_000) return log.subarray(0, 2_800_000)
  }
}

/** A log as servers write them: one header, and rows of which one in so many is odd. */
function ordinary(seed: number): Buffer {
  const chance = new Chance(seed)
  const lines = [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Version: 1.0',
    '#Date: 2021-03-03 00:00:00',
  ]
  lines.push(
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
  )
  for (let i = 0; i < 22_000; i++) {
    if (chance.once(2_000)) lines.push('21 is no row')
    const clock = new Date(Date.UTC(2021, 2, 3) + i * 3_000).toISOString()
    const page = chance.once(300)
      ? '/ecp/y.js'
      : chance.of(['/owa/', '/ews/exchange.asmx', '/owa/15.1.2106/x.js', '/mapi/'])
    const agent = chance.once(500) ? 'antSword/v2.1' : `Mozilla/5.0+${chance.int(70)}`
    const client = chance.once(900) ? '' : `198.51.100.${chance.int(250)}`
    lines.push(
      `${clock.slice(0, 10)} ${clock.slice(11, 19)} 10.0.0.1 GET ${page} id=${i} 443 - ${client} ${agent} - ${chance.of(['200', '302', '404'])} 0 0 ${i % 90}`,
    )
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

for (const seed of [1])
  test(`an ordinary log (${seed}), with a helper: the same as without`, async () => {
    const { alone, together, told } = await readTwice('C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', ordinary(seed))
    assert.ok(told >= 3, `${told} pieces were told`)
    assert.ok(alone.hits.length > 10 && alone.gaps.length > 0 && alone.facts.length > 0)
    assertSame(together, alone)
  })

for (const [path, make] of forms)
  for (const seed of [1, 2])
    test(`a random log like ${path} (${seed}), with a helper: the same as without`, async (t) => {
      const { alone, together, told } = await readTwice(path, tame(make, seed))
      t.diagnostic(`${told} pieces`)
      assert.ok(told > 0)
      assertSame(together, alone)
    })

test('one large file in a pool of two threads: the same as in one', async () => {
  const file = join(folder, 'u_ex210304.log')
  writeFileSync(file, Buffer.concat(Array.from({ length: 16 }, () => ordinary(7))))
  const { members } = await listEvidence(folder)
  const scans: Scan[] = []
  for (const jobs of [1, 2])
    await workerPool({ jobs, paths: { packs: [], rules: [], iocs: [] }, zone: null }).run(
      'scan',
      members,
      (scan: Scan) => {
        scans.push(scan)
      },
    )
  rmSync(file)
  assert.ok(statesFor(members[0]!) !== null)
  assert.equal(scans.length, 2)
  assertSame(scans[1]!, scans[0]!)
})

test('a file that has grown since it was listed has pieces that nobody shares', () => {
  const states = statesFor(
    { ref: { root: '', steps: [{ in: 'folder', path: 'x' }] }, size: 8 * sizes.piece } as unknown as Member,
    sizes,
  )!
  const { port1, port2 } = new MessageChannel()
  const leader = new Leader({ states, port: port1 }, sizes)
  const layout = { made: 'made' } as RowLayout
  for (const piece of [0, 7, 8, 9, 100])
    assert.equal(leader.take(layout, 'text', piece * sizes.piece, (piece + 1) * sizes.piece), null)
  port1.close()
  port2.close()
})
