import { addTo } from '../../lib/collections.ts'
import { DAY, HOUR } from '../../lib/time.ts'
import type { BuildRun } from '../../model/builds.ts'
import type { Fact } from '../../model/event.ts'

/** When Exchange was installed or updated. */
export type UpdateTime = { readonly from: number; readonly to: number }

type BuildFact = Extract<Fact, { fact: 'build' }>

/** So long before and after an update logs show what it changed; and so long services of the old build may still run. */
const [NEAR, LATE] = [7 * DAY, HOUR]

/**
 * Updates that are recorded, and changes of the build, without those that did not happen: an update changes the build that the logs
 * show. Where half of those with entries before and after it, or more, go on with the same build, none was installed then: a record of
 * an installer, a setup log or rows of another build may have been added.
 */
export function updatesOf(
  recorded: readonly UpdateTime[],
  runs: readonly BuildRun[],
  facts: readonly BuildFact[],
): readonly UpdateTime[] {
  const changes = runs.flatMap(({ from }, i) => (i > 0 && from !== null ? [{ from, to: from }] : []))
  const logs = logsOf(facts)
  return [...recorded, ...changes].filter((update) => !isContradicted(update, logs))
}

/** A build and the time in which a log shows it. */
type Shown = { readonly build: string; readonly from: number; readonly to: number }

/** What each log (a folder of one source) shows to the revision. */
function logsOf(facts: readonly BuildFact[]): readonly (readonly Shown[])[] {
  const logs = new Map<string, Shown[]>()
  for (const { build, from, to, source, precision, at } of facts)
    if (precision === 'update' && from !== null && to !== null)
      addTo(logs, `${source}\0${at.path.slice(0, at.path.lastIndexOf('/') + 1)}`, { build, from, to })
  return [...logs.values()]
}

function isContradicted({ from, to }: UpdateTime, logs: readonly (readonly Shown[])[]): boolean {
  let [changed, same] = [0, 0]
  for (const shown of logs) {
    const before = lastBefore(shown, from)
    const after = firstAfter(shown, to + LATE)
    if (before === null || after === null) continue
    if (before === after) same++
    else changed++
  }
  return same > 0 && same >= changed
}

/** The build that a log last shows before a time, and near it. */
function lastBefore(shown: readonly Shown[], time: number): string | null {
  let last: Shown | null = null
  for (const one of shown)
    if (one.from < time && one.to >= time - NEAR && (last === null || one.from > last.from)) last = one
  return last?.build ?? null
}

function firstAfter(shown: readonly Shown[], time: number): string | null {
  let first: Shown | null = null
  for (const one of shown)
    if (one.to > time && one.from <= time + NEAR && (first === null || one.to < first.to)) first = one
  return first?.build ?? null
}
