import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FuzzRun } from './engine.ts'

// How long each target was fuzzed in all, committed beside the docs: what was never fuzzed, or only for seconds, shows.

const file = join(import.meta.dirname, '..', '..', 'docs', 'internals', 'fuzz-time.csv')
const COLUMNS = 'target,seconds,executions,places,corpus,peak MB,last run,findings'

export type FuzzTime = {
  readonly target: string
  readonly seconds: number
  readonly executions: number
  /** Places in the code that were reached, and inputs that are kept for it, at the end of the last run. */
  readonly places: number
  readonly corpus: number
  readonly peakMegabytes: number
  /** Day of the last run (UTC). */
  readonly last: string
  /** Inputs that broke a promise; each is a case in regressions.ts. */
  readonly findings: number
}

/** By target, in the order of their names. */
export function readFuzzTimes(): Map<string, FuzzTime> {
  const [, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
  return new Map(
    rows.map((row) => {
      const [target = '', seconds, executions, places, corpus, peak, last = '', findings] = row.split(',')
      const numbers = { seconds: Number(seconds), executions: Number(executions), places: Number(places) }
      return [
        target,
        { target, ...numbers, corpus: Number(corpus), peakMegabytes: Number(peak), last, findings: Number(findings) },
      ]
    }),
  )
}

/** Adds a run to what is in the file. */
export function addFuzzTime(run: FuzzRun): void {
  const times = readFuzzTimes()
  const before = times.get(run.target)
  times.set(run.target, {
    target: run.target,
    seconds: (before?.seconds ?? 0) + run.seconds,
    executions: (before?.executions ?? 0) + run.executions,
    places: run.coverage[1],
    corpus: run.corpus,
    peakMegabytes: Math.max(before?.peakMegabytes ?? 0, run.peakMegabytes),
    last: new Date().toISOString().slice(0, 10),
    findings: (before?.findings ?? 0) + (run.finding ? 1 : 0),
  })
  const sorted = [...times.values()].sort((a, b) => (a.target < b.target ? -1 : 1))
  const rows = sorted.map((time) =>
    [
      time.target,
      time.seconds,
      time.executions,
      time.places,
      time.corpus,
      time.peakMegabytes,
      time.last,
      time.findings,
    ].join(','),
  )
  writeFileSync(file, `${[COLUMNS, ...rows].join('\n')}\n`)
}
