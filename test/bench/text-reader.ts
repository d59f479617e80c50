// A process that reads all text logs of a folder once, in so many threads, and prints what it took: `text.ts` starts it for
// each of its lines. Threads get files one at a time and have the limits of those of a run; rules are loaded in each before
// the clock starts.
import { once } from 'node:events'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { listEvidence, type Member } from '../../src/evidence/index.ts'
import { Sha256 } from '../../src/lib/hash.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import type { LoadedRules, RuleFile } from '../../src/rules/rule.ts'
import { ioc } from '../../src/rules/indicators/indicators.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'
import { Seeded, webRules } from './text-logs.ts'

/** How a folder is read. */
export type Reading = {
  readonly evidence: string
  /** So many rules of `webRules`, those that ship, or those of a folder. */
  readonly rules: number | 'packs' | { readonly folder: string }
  /** A further rule: what it looks for. */
  readonly more?: string
  /** So many listed addresses, or names of pages. */
  readonly listed?: 'addresses' | 'names'
  readonly threads: number
  readonly isHashed: boolean
  /** With the kernel, in plain TypeScript, or with an event for every row. */
  readonly way: 'kernel' | 'plain' | 'events'
  /** The first so many files only. */
  readonly files?: number
}

/** CPU and wall in seconds, the most memory in MB, and MB of text. */
export type Read = {
  readonly cpu: number
  readonly wall: number
  readonly peak: number
  readonly megabytes: number
  readonly rows: number
  readonly hits: number
}

type Answer = { readonly bytes: number; readonly rows: number; readonly hits: number }

const LISTED = 50_000
/** Those of `threadPool`. */
const LIMITS = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 24 }

if (isMainThread) console.log(JSON.stringify(await read(JSON.parse(process.argv[2]!) as Reading)))
else await work(workerData as Reading)

async function read(reading: Reading): Promise<Read> {
  const { members } = await listEvidence(reading.evidence)
  const left = members.slice(0, reading.files)
  const workers = Array.from(
    { length: reading.threads },
    () => new Worker(new URL(import.meta.url), { workerData: reading, resourceLimits: LIMITS }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const total = { bytes: 0, rows: 0, hits: 0 }
  const before = process.cpuUsage()
  const start = performance.now()
  await Promise.all(
    workers.map(async (worker) => {
      for (let member = left.shift(); member; member = left.shift()) {
        worker.postMessage(member)
        const [answer] = (await once(worker, 'message')) as [Answer]
        total.bytes += answer.bytes
        total.rows += answer.rows
        total.hits += answer.hits
      }
    }),
  )
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  await Promise.all(workers.map((worker) => worker.terminate()))
  const { bytes, rows, hits } = total
  const peak = process.resourceUsage().maxRSS / 1024
  return { cpu: (user + system) / 1e6, wall, peak, megabytes: bytes / 1e6, rows, hits }
}

async function work(reading: Reading): Promise<void> {
  const { isHashed, way } = reading
  // A run hashes every file and has no switch for that: here the digest is left out, to see what it costs.
  if (!isHashed)
    Sha256.prototype.update = function (chunk) {
      this.length += chunk.length
    }
  const rules = await rulesOf(reading)
  const { events } = rules
  const settings = {
    rules,
    ask: askAll(events),
    zone: null,
    ...(way === 'events' ? {} : { lexicons: new ValueCaches(events, { fast: way === 'kernel' }) }),
  }
  parentPort!.on('message', async (member: Member) => {
    const { artifact, hits, more } = await scanMember(member, settings)
    const answer: Answer = {
      bytes: artifact.size,
      rows: artifact.events,
      hits: hits.length + more.reduce((sum, { count }) => sum + count, 0),
    }
    parentPort!.postMessage(answer)
  })
  parentPort!.postMessage('ready')
}

async function rulesOf({ rules, more, listed }: Reading): Promise<LoadedRules> {
  if (rules === 'packs') {
    const packs = join(import.meta.dirname, '..', '..', 'packs')
    return (await loadKnowledge({ packs: [packs], rules: [], iocs: [] })).rules
  }
  if (typeof rules === 'object') return (await loadKnowledge({ packs: [], rules: [rules.folder], iocs: [] })).rules
  const texts = [...webRules(rules).rules, ...(more === undefined ? [] : [ruleOf(more)])]
  const loaded = [
    await sigma.load(texts.map((text, i) => fileOf(`${i}.yml`, text))),
    await ioc.load(listed === undefined ? [] : [fileOf(`${listed}.txt`, listOf(listed).join('\n'))]),
  ]
  const broken = loaded.flatMap((part) => part.broken)
  if (broken.length > 0) throw new Error(JSON.stringify(broken[0]))
  return { events: loaded.flatMap(({ events }) => events), scanners: [], broken: [] }
}

function ruleOf(selection: string): string {
  return `title: One more\nid: bench-one-more\nlogsource:\n    category: webserver\ndetection:\n    a:\n        ${selection}\n    condition: a\n`
}

function listOf(listed: 'addresses' | 'names'): readonly string[] {
  const random = new Seeded(11)
  const address = (): string => [20 + random.int(100), random.int(256), random.int(256), random.int(256)].join('.')
  return Array.from({ length: LISTED }, () => (listed === 'names' ? `${random.hex(9)}.aspx` : address()))
}

function fileOf(path: string, text: string): RuleFile {
  return { path, text, pack: 'bench', campaign: 'unknown', settings: {} }
}
