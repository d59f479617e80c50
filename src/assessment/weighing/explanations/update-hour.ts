import type { Explain } from './explanation.ts'

const HOUR = 3_600_000

/** Exchange was installed or updated in that hour, which changes files, directories and rights by itself. */
export const updateHour: Explain = ({ found }, { server }) => {
  const updates = server.builds.flatMap(({ from }, i) => (i > 0 && from !== null ? [from] : []))
  const times = found.flatMap(({ finding: { first, last } }) => [first, last].flatMap((time) => time ?? []))
  const isThen = times.every((time) => updates.some((update) => Math.abs(Date.parse(time) - update) <= HOUR))
  if (times.length === 0 || !isThen) return null
  return {
    by: 'update-hour',
    strength: 'strong',
    answers: ['provenance', 'name', 'effect'],
    says: 'Another build of Exchange was installed within that hour.',
  }
}
