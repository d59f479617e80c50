import { type Event, fieldText } from '../model/event.ts'
import { addTo } from '../lib/collections.ts'
import { joins, type Numbered } from './joins.ts'

/**
 * Findings about one process, or about a process and the one that started it, by the number of the process on its computer. The
 * entries of Sysmon, of Security and of PowerShell about one command have that number in common.
 */
export function ofOneProcess(withTime: readonly Numbered[]): readonly number[][] {
  const seen = new Map<string, { readonly time: number; readonly i: number }[]>()
  for (const { f, i } of withTime)
    for (const { event } of f.hits.slice(0, 50)) {
      if (event.time === null) continue
      for (const key of processesOf(event)) addTo(seen, key, { time: event.time, i })
    }
  return [...seen.values()].flatMap((entries) => runsOf(entries).filter((members) => members.length > 1))
}

/** Numbers of findings whose entries follow each other closely: Windows uses the number of a process again. */
function runsOf(entries: { readonly time: number; readonly i: number }[]): number[][] {
  entries.sort((a, b) => a.time - b.time || a.i - b.i)
  const runs: { members: Set<number>; last: number }[] = []
  for (const { time, i } of entries) {
    const before = runs.at(-1)
    if (before && time - before.last <= joins.process.within) {
      before.members.add(i)
      before.last = time
    } else runs.push({ members: new Set([i]), last: time })
  }
  return runs.map(({ members }) => [...members])
}

/** The process that an event is about and the one that started it, unless Windows has it work for many. */
function processesOf(event: Event): string[] {
  const { own, parent } = processNumbers(event)
  return [own, parent].flatMap((key) => key ?? [])
}

/** The same by name: computer and number of each; null of one that works for many, and where an event has none. */
export function processNumbers(event: Event): { readonly own: string | null; readonly parent: string | null } {
  const { fields, log } = event
  const computer = fieldText(event, 'Computer')?.split('.', 1)[0]!.toLowerCase()
  if (computer === undefined || !log.startsWith('windows-')) return { own: null, parent: null }
  const isMade = fields.NewProcessId !== undefined
  const keyOf = (id: unknown, image: string | null): string | null => {
    const number = Number(id ?? Number.NaN)
    const isOfMany = !Number.isInteger(number) || number <= 4 || (image !== null && SHARED.test(image))
    return isOfMany ? null : `${computer}\0${number}`
  }
  return {
    own: keyOf(isMade ? fields.NewProcessId : (fields.ProcessId ?? fields.Execution_ProcessID), imageOf(event)),
    parent: keyOf(isMade ? fields.ProcessId : fields.ParentProcessId, fieldText(event, 'ParentImage')),
  }
}

function imageOf(event: Event): string | null {
  return fieldText(event, 'Image') ?? fieldText(event, 'ProcessName') ?? fieldText(event, 'SourceImage')
}

/** Programs that do the work of many: what two of their acts have in common is no one's session. Workers have a join of their own. */
const SHARED =
  /(?:^|[\\/])(?:system|services|svchost|explorer|lsass|wininit|winlogon|csrss|smss|dllhost|wmiprvse|taskeng|taskhostw?|w3wp|umworkerprocess|edgetransport|ccmexec|searchindexer)(?:\.exe)?$/i
