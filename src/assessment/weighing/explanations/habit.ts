import { dayOf } from '../../../lib/time.ts'
import type { Explain } from './explanation.ts'

const DAY = 86_400_000
const [DAYS, FIRST_DAYS] = [3, 3]

/** The same act on the same subject on three days or more, already in the first days of the logs. An intruder may be older than they are. */
export const habit: Explain = ({ found }, { logs }) => {
  if (logs.first === null) return null
  const rules = new Map<string, Set<string>>()
  for (const { finding, hits } of found)
    for (const { event } of hits)
      if (event.time !== null) rules.set(finding.rule, (rules.get(finding.rule) ?? new Set()).add(dayOf(event.time)))
  const begun = dayOf(logs.first + FIRST_DAYS * DAY)
  const isHabit = [...rules.values()].every((days) => days.size >= DAYS && [...days].some((day) => day <= begun))
  if (rules.size === 0 || !isHabit) return null
  return {
    by: 'habit',
    strength: 'weak',
    answers: ['use', 'provenance', 'origin', 'reach', 'manner'],
    says: `The same happened on ${DAYS} days or more, already in the first days of the logs.`,
  }
}
