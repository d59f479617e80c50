import { addTo, addToSet, greatestOf } from '../../../lib/collections.ts'
import { DAY, dayOf } from '../../../lib/time.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { isOfTenant } from '../../../model/log-kinds.ts'
import type { Explain } from './explanation.ts'

const [usual, dumps] = [['use'], ['effect']] as const
/** Days on which it happened, and of them one within the first days. */
export const HABIT_DAYS = 3
const FIRST_DAYS = 3
/** The most days from one to the next: what is done every week is usual, and of dumps, which Windows itself records, every month. */
const APART = { act: 8, dump: 31 }

/**
 * The same act on the same subject on three days or more, already in the first days of the logs. An intruder may be older than they
 * are, and what happened on some days long before, which may be forged, is not usual; nor does it make anything usual that logs of later
 * days begin with the same. Dumps of memory and registry hives, which backups make, must be of the same command and parent each time. It
 * does not explain requests of an exploit that worked.
 */
export const habit: Explain = ({ found }, { logs, ...context }) => {
  const last = greatestOf(
    found.flatMap(({ hits }) => hits.flatMap(({ event }) => event.time ?? [])),
    null,
  )
  if (logs.first === null || last === null) return null
  // Where a server's logs begin says nothing of what a tenant records: they may have been added.
  const isOfCloud = found.every(({ hits }) => hits.every(({ event }) => isOfTenant(event.log)))
  const { explainsFrom = null, explainsTenantFrom = null } = context
  const explaining = isOfCloud ? explainsTenantFrom : explainsFrom
  // A stray entry of years before is no beginning of the logs.
  const sinceOf = (time: number): number => logs.since?.(time, isOfCloud ? 'tenant' : 'server') ?? logs.first!
  const first = sinceOf(last)
  // What lies before the logs that the assessment needs makes nothing usual that came later.
  const isLater = ({ time }: Event): boolean => explaining !== null && time !== null && time >= explaining
  const from = found.some(({ hits }) => hits.some(({ event }) => isLater(event))) ? explaining! : -Infinity
  const acts = new Map<string, Set<string>>()
  const earlier = new Map<string, number[]>()
  const isDump = found.some(({ finding: { stage } }) => stage === 'credentials')
  const isExploit = found.some(({ finding: { sign, cves } }) => sign.kind === 'use' && cves.length > 0)
  for (const { finding, hits } of found)
    for (const { event } of hits) {
      const act = isDump ? `${finding.rule}\0${commandOf(event)}` : finding.rule
      if (event.time === null) continue
      if (event.time >= from) addToSet(acts, act, dayOf(event.time))
      else addTo(earlier, act, event.time)
    }
  // Logs that came before show when it began, and were written for longer than it happened.
  const hasBegunLater = [...earlier.values()].some((times) => {
    const begins = sinceOf(greatestOf(times, -Infinity)) + FIRST_DAYS * DAY
    return times.every((time) => dayOf(time) > dayOf(begins))
  })
  if (hasBegunLater) return null
  const begun = dayOf(Math.max(first, from) + FIRST_DAYS * DAY)
  const isHabit = [...acts.values()].every(
    (days) =>
      days.size >= HABIT_DAYS &&
      [...days].some((day) => day <= begun) &&
      isRegular(days, isDump ? APART.dump : APART.act),
  )
  if (acts.size === 0 || !isHabit) return null
  return {
    by: 'habit',
    strength: 'weak',
    answers: [...(isExploit ? [] : usual), 'provenance', 'origin', 'reach', 'manner', ...(isDump ? dumps : [])],
    statement: `The same happened on ${HABIT_DAYS} days or more, already in the first days of the logs.`,
  }
}

function isRegular(days: ReadonlySet<string>, apart: number): boolean {
  const times = [...days].map((day) => Date.parse(day)).sort((a, b) => a - b)
  return times.every((time, i) => i === 0 || time - times[i - 1]! <= apart * DAY)
}

/** The command and its parent, without the numbers of dates and processes. */
function commandOf(event: Event): string {
  const names = ['ParentImage', 'CommandLine', 'ScriptBlockText']
  return names.map((name) => (fieldText(event, name) ?? '').replace(/\d+/g, '0').toLowerCase()).join('\0')
}
