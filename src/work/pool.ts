import { Worker } from 'node:worker_threads'
import type { Member } from '../evidence/container.ts'
import type { Zone } from '../lib/zones.ts'
import type { Pool, Scan } from '../model.ts'
import type { Knowledge, KnowledgePaths } from '../packs.ts'
import { askAll } from '../rules/ask.ts'
import { scan } from '../scan.ts'

/** What a worker thread is started with: plain data. */
export type WorkerSettings = { readonly paths: KnowledgePaths; readonly zone: Zone | null }

/** Works in this thread, one unit after the other. */
export function inlinePool(knowledge: Knowledge, zone: Zone | null): Pool {
  const settings = { rules: knowledge.rules, ask: askAll(knowledge.rules.events), zone }
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      for (const [index, item] of items.entries()) each((await scan(item as Member, settings)) as Result, index)
    },
  }
}

/**
 * Works in `jobs` threads. Each loads the same rules; units are handed out largest first, so that the last ones are small.
 * A result does not depend on the thread that made it. When one thread fails, all are ended and the run fails with it.
 */
export function threadPool(
  jobs: number,
  paths: KnowledgePaths,
  zone: Zone | null,
  script: URL = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
): Pool {
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const order = items.map((_, index) => index).sort((a, b) => sizeOf(items[b]) - sizeOf(items[a]) || a - b)
      let next = 0
      const workers = Array.from(
        { length: Math.min(jobs, items.length) },
        () => new Worker(script, { workerData: { paths, zone } satisfies WorkerSettings }),
      )
      try {
        await Promise.all(
          workers.map(async (worker) => {
            for (let at = order[next++]; at !== undefined; at = order[next++]) {
              each((await ask(worker, items[at] as Member)) as Result, at)
            }
          }),
        )
      } finally {
        // Those that still work would go on for nothing, and one that fails while it is ended tells nothing new.
        next = order.length
        await Promise.all(workers.map((worker) => worker.on('error', () => undefined).terminate()))
      }
    },
  }
}

function sizeOf(item: unknown): number {
  return (item as Member).size ?? 0
}

function ask(worker: Worker, member: Member): Promise<Scan> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onScan).off('error', onError).off('messageerror', onError).off('exit', onExit)
      act()
    }
    const onScan = (scan: Scan): void => settle(() => resolve(scan))
    const onError = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))))
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`a worker stopped with ${code} before its work was done`)))
    worker.on('message', onScan).on('error', onError).on('messageerror', onError).on('exit', onExit)
    worker.postMessage(member)
  })
}
