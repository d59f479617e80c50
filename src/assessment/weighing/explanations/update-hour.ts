import type { Explain } from './explanation.ts'
import { HOUR } from '../../../lib/time.ts'

/**
 * Exchange was installed or updated in that hour, by its setup log, its builds or an event of the installer, which changes files,
 * directories and rights by itself. It runs nothing below the pools of Exchange and takes no memory or mail: the effect of a
 * program is not explained.
 */
export const updateHour: Explain = ({ subject, found }, { server }) => {
  const { updates = [] } = server
  const times = found.flatMap(({ finding: { first, last } }) => [first, last].flatMap((time) => time ?? []))
  const isThen = times.every((text) => {
    const time = Date.parse(text)
    return updates.some(({ from, to }) => time >= from - HOUR && time <= to + HOUR)
  })
  if (times.length === 0 || !isThen) return null
  return {
    by: 'update-hour',
    strength: 'strong',
    answers: subject.kind === 'program' ? ['provenance', 'name'] : ['provenance', 'name', 'effect'],
    says: 'Exchange was installed or updated within that hour.',
  }
}
