// Walks, reads and hashes a web root of 20,000 small files, once by the calls that the machine allows and once by
// Postern (one thread, all rules): node scripts/bench/webroot.mjs [FILES]. Prints files a second; medians of five rounds.
import { createHash } from 'node:crypto'
import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listEvidence, readNow } from '../../src/evidence/index.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { threadPool } from '../../src/run/pool.ts'

const files = Number(process.argv[2] ?? 20_000)
const home = join(import.meta.dirname, '..', '..')
const root = mkdtempSync(join(tmpdir(), 'postern-webroot-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))

// Scripts, styles, pictures and pages as a web root of Exchange has them; the same every time.
const kinds = ['js', 'css', 'png', 'gif', 'aspx', 'js', 'css', 'txt', 'js', 'png']
let state = 1
const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
for (let i = 0; i < files; i++) {
  const folder = join(root, 'C', 'inetpub', 'wwwroot', 'aspnet_client', `f${i % 200}`)
  if (i < 200) mkdirSync(folder, { recursive: true })
  const kind = kinds[i % kinds.length]
  const size = Math.floor(2_000 + random() * random() * 36_000)
  const line =
    kind === 'aspx'
      ? '<%@ Page Language="C#" %> <p>text of a page</p>\n'
      : 'var a = function (b, c) { return b + c }; // text\n'
  const bytes =
    kind === 'png' || kind === 'gif'
      ? picture(kind, size, i)
      : Buffer.from(line.repeat(Math.ceil(size / line.length)).slice(0, size))
  bytes.writeUInt32LE(i, size - 4)
  writeFileSync(join(folder, `${i}.${kind === 'aspx' ? 'master' : kind}`), bytes)
}

/** Bytes that begin as a picture does. */
function picture(kind, size, i) {
  const bytes = Buffer.alloc(size, i)
  bytes.write(kind === 'png' ? '\x89PNG\r\n\x1a\n' : 'GIF89a', 'latin1')
  return bytes
}

const rate = (seconds, cpu, bytes) =>
  `${Math.round(files / cpu)} files and ${Math.round(bytes / cpu / 1e6)} MB a second of CPU, ${Math.round(files / seconds)} files/s by the clock`

function plain() {
  const buffer = Buffer.allocUnsafe(1 << 20)
  let bytes = 0
  const walk = (folder) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (lstatSync(path).isDirectory()) {
        walk(path)
        continue
      }
      const handle = openSync(path)
      const n = readSync(handle, buffer)
      closeSync(handle)
      createHash('sha256').update(buffer.subarray(0, n)).digest('hex')
      bytes += n
    }
  }
  walk(root)
  return bytes
}

async function postern(rules) {
  const { members } = await listEvidence(root)
  const settings = { rules, ask: askAll(rules.events), zone: null }
  let bytes = 0
  for (const member of members) bytes += (await scanMember(member, settings)).artifact.size
  return bytes
}

/** The walk, reading and digest of Postern, without a look at what the files are. */
async function read() {
  const { members } = await listEvidence(root)
  const buffer = Buffer.allocUnsafeSlow(256 * 1024)
  let bytes = 0
  for (const member of members) {
    const whole = readNow(member.ref, buffer)
    sha256(whole)
    bytes += whole.length
  }
  return bytes
}

/** Two threads that ask no rules: what walking, reading and hashing cost when they are all that is done. */
async function threads() {
  const { members } = await listEvidence(root)
  let bytes = 0
  const script = new URL('webroot-worker.mjs', import.meta.url)
  await threadPool(2, { packs: [], rules: [], iocs: [] }, null, [], script).run('scan', members, (scan) => {
    bytes += scan.artifact.size
  })
  return bytes
}

const knowledge = await loadKnowledge({ packs: [join(home, 'packs')], rules: [], iocs: [] })
const none = { events: [], scanners: [], broken: [] }
const runs = [
  ['plain calls: walk, read, SHA-256', async () => plain()],
  ['postern: walk, read, SHA-256', read],
  ['postern, no rules', () => postern(none)],
  ['postern, no rules, two threads', threads],
  ['postern, event rules only', () => postern({ ...knowledge.rules, scanners: [] })],
  ['postern, all rules', () => postern(knowledge.rules)],
]
const took = new Map(runs.map(([name]) => [name, []]))
for (let round = 0; round < 6; round++) {
  for (const [name, run] of runs) {
    const began = performance.now()
    const before = process.cpuUsage()
    const bytes = await run()
    const { user, system } = process.cpuUsage(before)
    const line = { wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, bytes }
    // The first round warms up.
    if (round > 0) took.get(name).push(line)
  }
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]
for (const [name, rounds] of took) {
  const [wall, cpu] = [median(rounds.map((one) => one.wall)), median(rounds.map((one) => one.cpu))]
  console.log(`${name.padEnd(36)} ${rate(wall, cpu, rounds[0].bytes)}`)
}
