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
 * A result does not depend on the thread that made it.
 */
export function threadPool(jobs: number, paths: KnowledgePaths, zone: Zone | null): Pool {
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const order = items.map((_, index) => index).sort((a, b) => sizeOf(items[b]) - sizeOf(items[a]) || a - b)
      let next = 0
      const workers = Math.min(jobs, items.length)
      await Promise.all(
        Array.from({ length: workers }, async () => {
          const worker = new Worker(
            new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
            { workerData: { paths, zone } satisfies WorkerSettings },
          )
          try {
            for (let at = order[next++]; at !== undefined; at = order[next++]) {
              each((await ask(worker, items[at] as Member)) as Result, at)
            }
          } finally {
            await worker.terminate()
          }
        }),
      )
    },
  }
}

function sizeOf(item: unknown): number {
  return (item as Member).size ?? 0
}

function ask(worker: Worker, member: Member): Promise<Scan> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onScan).off('error', onError).off('exit', onExit)
      act()
    }
    const onScan = (scan: Scan): void => settle(() => resolve(scan))
    const onError = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))))
    const onExit = (code: number): void => settle(() => reject(new Error(`a worker stopped with ${code}`)))
    worker.on('message', onScan).on('error', onError).on('exit', onExit)
    worker.postMessage(member)
  })
}
