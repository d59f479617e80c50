// `node test/bench/evtx.ts [megabytes] [rules]`: how fast a dense event log is decoded, alone and with Sigma rules asked of
// each event, beside evtxexport (libevtx) where that is installed. Log and rules are made the same way each time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEvidence, type Member } from '../../src/evidence/index.ts'
import type { Event } from '../../src/model/event.ts'
import { evtx } from '../../src/parsers/windows-events/evtx/index.ts'
import { askAll } from '../../src/rules/match.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { denseLog } from './evtx-log.ts'
import { sigmaRules } from './sigma-rules.ts'

const ROUNDS = 5
const megabytes = Number(process.argv[2] ?? 32)
const count = Number(process.argv[3] ?? 500)

const log = denseLog(megabytes * 1e6)
const {
  events: rules,
  broken,
  scanners,
} = await sigma.load(
  sigmaRules(count).map((text, i) => ({ path: `${i}.yml`, text, pack: 'bench', campaign: 'unknown', settings: {} })),
)
if (broken.length > 0) throw new Error(`rules that do not load: ${JSON.stringify(broken[0])}`)
const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
try {
  const file = join(folder, 'Dense.evtx')
  writeFileSync(file, log)
  const kept = process.argv[4]
  if (kept) writeFileSync(kept, log)
  let records = 0
  await decoded(() => records++)
  console.log(
    `${(log.length / 1e6).toFixed(0)} MB, ${records} records of ${Math.round(log.length / records)} bytes; ${rules.length} rules`,
  )

  let hits = 0
  const ask = askAll(rules)
  const settings = { rules: { events: rules, scanners, broken }, ask, zone: null }
  const member = await memberOf(file)
  const ours = new Map<string, number[]>([
    ['decode', []],
    ['decode, ask rules', []],
    ['whole scan', []],
    ['evtxexport', []],
  ])
  for (let round = 0; round < ROUNDS; round++) {
    ours.get('decode')!.push(await timed(() => decoded(() => {})))
    hits = 0
    ours.get('decode, ask rules')!.push(await timed(() => decoded((event) => void (hits += ask(event).length))))
    ours.get('whole scan')!.push(await timed(async () => void (await scanMember(member, settings))))
    const there = exported(file)
    if (there !== null) ours.get('evtxexport')!.push(there)
  }
  const reference = median(ours.get('evtxexport')!)
  for (const [name, seconds] of ours) {
    if (seconds.length === 0) {
      console.log(`${name.padEnd(20)} not installed`)
      continue
    }
    const took = median(seconds)
    const ratio = Number.isNaN(reference) ? '' : `${(reference / took).toFixed(1)} times evtxexport`
    const rate = `${(log.length / 1e6 / took).toFixed(0).padStart(5)} MB/s ${Math.round(records / took / 1000)}k records/s`
    console.log(`${name.padEnd(20)} ${took.toFixed(2).padStart(7)} s ${rate.padEnd(28)} ${ratio}`)
  }
  console.log(
    `${hits} hits, ${Math.round(process.memoryUsage().rss / 1e6)} MB resident, the log and its copy on disk included`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function decoded(each: (event: Event) => void): Promise<void> {
  const source = {
    path: 'Dense.evtx',
    windowsPath: null,
    size: log.length,
    bytes: log.subarray(0, 65_536),
    text: '',
    modified: null,
    async *chunks() {
      for (let at = 0; at < log.length; at += 1 << 18) yield log.subarray(at, at + (1 << 18))
    },
  }
  await evtx.read(source, { event: each, gap: () => {}, fact: () => {} })
}

async function memberOf(path: string): Promise<Member> {
  for await (const member of (await openEvidence(path)).list()) if ('ref' in member) return member as Member
  throw new Error(`${path} is no evidence`)
}

/** Processor time of this process, which others on the machine do not lengthen. */
async function timed(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Processor time of `evtxexport -f xml`, which writes into nothing; null where it is not installed. */
function exported(file: string): number | null {
  const done = spawnSync('sh', ['-c', 'evtxexport -f xml "$0" > /dev/null && times', file], { encoding: 'utf8' })
  if (done.status !== 0) return null
  // The second line is that of the children: user and system time as 0m1.23s.
  const [user, system] = (done.stdout.trim().split('\n')[1] ?? '').split(' ').map((text) => {
    const m = /^(\d+)m([\d.]+)s$/.exec(text)
    return m ? Number(m[1]) * 60 + Number(m[2]) : Number.NaN
  })
  return user! + system!
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
}
