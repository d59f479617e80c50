import { type Event, fieldText } from '../model/event.ts'
import { parameterOf } from '../model/cmdlet-parameters.ts'
import type { FindingWithHits } from './findings.ts'
import { inRuns, joins, type Numbered } from './joins.ts'

/** Findings about cmdlets that set, removed or created one virtual directory, each within an hour of the one before. */
export function ofOneDirectory(withTime: readonly Numbered[]): readonly number[][] {
  return inRuns(withTime, joins['virtual directory'].within, directoryOf)
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
