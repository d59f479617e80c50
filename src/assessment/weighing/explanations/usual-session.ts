import { dayOf } from '../../../lib/time.ts'
import type { Explain } from './explanation.ts'
import { HABIT_DAYS } from './habit.ts'

/**
 * The session in which traces were removed came from an address from which its account worked on three days before: an
 * administrator who works from outside clears logs from there, too.
 */
export const usualSession: Explain = ({ found }, { all = [] }) => {
  const sessions = found.filter(({ leavesOpen }) => leavesOpen === true).flatMap(({ hits }) => hits)
  const begun = sessions.map(({ event }) => event).filter(({ client, time }) => client !== null && time !== null)
  const isUsual = begun.every((event) => {
    const own = all.flatMap(({ finding, counts }) =>
      counts && finding.sign.kind === 'origin' && finding.client === event.client && finding.time !== null
        ? [dayOf(Date.parse(finding.time))]
        : [],
    )
    return new Set(own.filter((day) => day < dayOf(event.time!))).size >= HABIT_DAYS
  })
  if (begun.length === 0 || !isUsual) return null
  return {
    by: 'habit',
    strength: 'weak',
    answers: ['provenance'],
    statement: `Sessions came from the same address on ${HABIT_DAYS} days or more before.`,
  }
}
