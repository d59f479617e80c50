import { type Event, fieldText } from '../model/event.ts'
import { parameterOf } from '../model/cmdlet-parameters.ts'
import type { FindingWithHits } from './findings.ts'
import { addTo } from '../lib/collections.ts'
import { joins, type Numbered } from './joins.ts'

/** Findings about cmdlets that set, removed or created one virtual directory, each within an hour of the one before. */
export function ofOneDirectory(withTime: readonly Numbered[]): readonly number[][] {
  const runs = new Map<string, { members: number[]; last: number }[]>()
  for (const { f, i } of withTime) {
    const name = directoryOf(f)
    if (name === null) continue
    const [time, last] = [Date.parse(f.finding.time!), Date.parse(f.finding.last ?? f.finding.time!)]
    const before = runs.get(name)?.at(-1)
    if (before && time - before.last <= joins['virtual directory'].within) {
      before.members.push(i)
      before.last = Math.max(before.last, last)
    } else addTo(runs, name, { members: [i], last })
  }
  return [...runs.values()].flat().flatMap(({ members }) => (members.length > 1 ? [members] : []))
}

/** `OAB (Default Web Site)` of `MAIL01\OAB (Default Web Site)`, in lower case; a new one is named by its kind and web site. */
function directoryOf({ finding, hits }: FindingWithHits): string | null {
  const { event } = hits[0]!
  const kind = /^(?:set|new|remove)-(\w{2,24})virtualdirectory$/i.exec(cmdletOf(event))?.[1]?.toLowerCase()
  if (kind === undefined) return null
  const identity = parameterOf(event, 'Identity')
  const site = parameterOf(event, 'WebSiteName')
  const name = identity?.replace(/^.*\\/, '') ?? (site === null ? null : `${kind} (${site})`)
  return name === null ? null : `${finding.host ?? ''}\0${kind}\0${name.toLowerCase()}`
}

function cmdletOf(event: Event): string {
  return fieldText(event, 'Cmdlet') ?? ''
}
