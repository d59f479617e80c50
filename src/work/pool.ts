import { Worker } from 'node:worker_threads'
import type { Member } from '../evidence/container.ts'
import { streamOf } from '../evidence/index.ts'
import type { Zone } from '../lib/zones.ts'
import type { Pool, Scan } from '../model.ts'
import type { Knowledge, KnowledgePaths } from '../packs.ts'
import { askAll } from '../rules/ask.ts'
import { scan, unscanned } from '../scan.ts'

/** What a worker thread is started with: plain data. */
export type WorkerSettings = {
  readonly paths: KnowledgePaths
  readonly zone: Zone | null
  readonly passwords: readonly string[]
}

/** Works in this thread, one unit after the other. */
export function inlinePool(knowledge: Knowledge, zone: Zone | null, passwords: readonly string[] = []): Pool {
  const settings = { rules: knowledge.rules, ask: askAll(knowledge.rules.events), zone, passwords }
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      for (const [index, item] of items.entries()) each((await scan(item as Member, settings)) as Result, index)
    },
  }
}

/** What one unit may cost: a file that wants more is a gap and not the end of the run. */
const LIMITS = { memory: 2048, seconds: 60, bytesPerSecond: 500_000 }

/**
 * Works in `jobs` threads. Each loads the same rules; units are handed out largest first, so that the last ones are small.
 * A result does not depend on the thread that made it. A thread that runs out of memory or time costs its unit, which
 * becomes a gap; when one fails in any other way, all are ended and the run fails with it.
 */
export function threadPool(
  jobs: number,
  paths: KnowledgePaths,
  zone: Zone | null,
  passwords: readonly string[] = [],
  script: URL = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
  limits = LIMITS,
): Pool {
  const start = (): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: limits.memory }
    return new Worker(script, { workerData: { paths, zone, passwords } satisfies WorkerSettings, resourceLimits })
  }
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const units = unitsOf(items)
      let next = 0
      const workers = Array.from({ length: Math.min(jobs, units.length) }, start)
      try {
        await Promise.all(
          workers.map(async (_, i) => {
            for (let unit = units[next++]; unit !== undefined; unit = units[next++]) {
              for (const at of unit) {
                const member = items[at] as Member
                const done = await ask(workers[i]!, member, limits)
                if (typeof done === 'string') {
                  await end(workers[i]!)
                  workers[i] = start()
                }
                each((typeof done === 'string' ? unscanned(member, done, reasons[done]) : done) as Result, at)
              }
            }
          }),
        )
      } finally {
        // Those that still work would go on for nothing.
        next = units.length
        await Promise.all(workers.map(end))
      }
    },
  }
}

const reasons = {
  timeout: 'reading it took too long and was ended',
  memory: 'reading it wanted more memory than one file may take',
}

/** Ends a worker; one that fails while it is ended tells nothing new. */
async function end(worker: Worker): Promise<void> {
  await worker.on('error', () => undefined).terminate()
}

/**
 * What one thread does in a row: a member, or all members of an archive that can only be unpacked front to back, in
 * their order there, so that it is unpacked once. Largest first.
 */
function unitsOf(items: readonly unknown[]): number[][] {
  const units: { readonly members: number[]; size: number }[] = []
  const streams = new Map<string, { readonly members: number[]; size: number }>()
  for (const [index, item] of items.entries()) {
    const { ref, size } = item as Member
    const stream = streamOf(ref)
    const unit = stream === null ? undefined : streams.get(stream.key)
    if (unit !== undefined) {
      unit.members.push(index)
      unit.size += size ?? 0
      continue
    }
    const first = { members: [index], size: size ?? 0 }
    units.push(first)
    if (stream !== null) streams.set(stream.key, first)
  }
  return units.sort((a, b) => b.size - a.size || a.members[0]! - b.members[0]!).map(({ members }) => members)
}

function ask(worker: Worker, member: Member, limits: typeof LIMITS): Promise<Scan | 'timeout' | 'memory'> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      worker.off('message', onScan).off('error', onError).off('messageerror', onError).off('exit', onExit)
      act()
    }
    const onScan = (scan: Scan): void => settle(() => resolve(scan))
    const onError = (error: unknown): void =>
      settle(() => {
        if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve('memory')
        else reject(error instanceof Error ? error : new Error(String(error)))
      })
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`a worker stopped with ${code} before its work was done`)))
    // In a new thread the archive is unpacked from its beginning up to the member.
    const way = (streamOf(member.ref)?.at ?? 0) + (member.size ?? 0)
    const seconds = limits.seconds + way / limits.bytesPerSecond
    const timer = setTimeout(() => settle(() => resolve('timeout')), Math.min(seconds * 1000, 2 ** 31 - 1))
    worker.on('message', onScan).on('error', onError).on('messageerror', onError).on('exit', onExit)
    worker.postMessage(member)
  })
}
