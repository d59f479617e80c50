import { HOUR } from '../../../lib/time.ts'
import { isOfTenant } from '../../../model/log-kinds.ts'
import type { SubjectKind } from '../../../model/sign.ts'
import type { Explain } from './explanation.ts'

/** What an installer of Exchange writes, registers or changes on the server: no session, mailbox, application or request is its work. */
const INSTALLED: ReadonlySet<SubjectKind> = new Set([
  'page',
  'module',
  'agent',
  'task',
  'service',
  'program',
  'grant',
  'host',
  'virtual-directory',
])

/**
 * Exchange was installed or updated in that hour, by its setup log, its builds or an event of the installer, which changes files,
 * directories and rights on the server by itself, and nothing in a tenant. It runs nothing below the pools of Exchange and takes no
 * memory or mail: the effect of a program is not explained.
 */
export const updateHour: Explain = ({ subject, found }, { server }) => {
  const { updates = [] } = server
  if (!INSTALLED.has(subject.kind)) return null
  if (found.some(({ hits }) => hits.some(({ event }) => isOfTenant(event.log)))) return null
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
    statement: 'Exchange was installed or updated within that hour.',
  }
}
