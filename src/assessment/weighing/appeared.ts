import type { FindingWithHits } from '../../findings/findings.ts'
import type { Event } from '../../model/event.ts'
import { configurationKinds } from '../../model/log-kinds.ts'
import type { SubjectKind } from '../../model/sign.ts'
import type { CountedSign } from '../../model/weight.ts'
import type { ExplanationContext } from './explanations/explanation.ts'
import { type ConfigurationCopies, configurationFileOf } from '../configuration-copies.ts'
import type { SubjectId } from './subjects.ts'

const ofConfiguration: ReadonlySet<SubjectKind> = new Set(['module', 'agent'])

/**
 * A module or agent appeared within the period of the logs: an older copy of the same file of configuration does not have its
 * entry. So did a task that an event records as made; services come and go with tools. A weak sign; an update within the hour
 * explains it, and so does an administrator.
 */
export function appearanceSigns(
  { kind }: SubjectId,
  about: readonly FindingWithHits[],
  { logs: { first, last }, configurations = new Map() }: ExplanationContext,
): CountedSign[] {
  if (first === null || last === null) return []
  const isWithin = (time: number | null): boolean => time !== null && time > first && time <= last
  const found = ofConfiguration.has(kind)
    ? about.find(({ hits }) => isNewIn(hits, configurations, isWithin))
    : kind === 'task'
      ? about.find(({ hits }) => hits.some(({ event }) => isMaking(event) && isWithin(event.time)))
      : undefined
  return found ? [{ kind: 'provenance', strength: 'weak', finding: found.finding.id, computed: 'appeared' }] : []
}

/** An event that records a task as made (4698). */
function isMaking({ log, fields: { EventID } }: Event): boolean {
  return log === 'windows-security' && EventID === 4698
}

/** Is the oldest copy that holds an entry of a configuration within the period, and is there an older one without it? */
function isNewIn(
  hits: FindingWithHits['hits'],
  configurations: ConfigurationCopies,
  isWithin: (time: number | null) => boolean,
): boolean {
  const own = hits.filter(({ event }) => configurationKinds.has(event.log))
  if (own.length === 0 || own.length < hits.length) return false
  return own.every(({ event }) => {
    const name = configurationFileOf(event.at.path)
    return isWithin(event.time) && (configurations.get(name) ?? Infinity) < event.time!
  })
}
