import type { FindingWithHits } from '../../findings/findings.ts'
import { configurationKinds } from '../../model/log-kinds.ts'
import type { SubjectKind } from '../../model/sign.ts'
import type { CountedSign } from '../../model/weight.ts'
import type { ExplanationContext } from './explanations/explanation.ts'
import { type ConfigurationCopies, configurationFileOf } from '../configuration-copies.ts'
import type { SubjectId } from './subjects.ts'

const ofConfiguration: ReadonlySet<SubjectKind> = new Set(['module', 'agent'])

/**
 * A module or agent appeared within the period of the logs: an older copy of the same file of configuration does not have its
 * entry. A weak sign; an update within the hour explains it.
 */
export function appearanceSigns(
  { kind }: SubjectId,
  about: readonly FindingWithHits[],
  { logs: { first, last }, configurations = new Map() }: ExplanationContext,
): CountedSign[] {
  if (!ofConfiguration.has(kind) || first === null || last === null) return []
  const isWithin = (time: number | null): boolean => time !== null && time > first && time <= last
  const found = about.find(({ hits }) => isNewIn(hits, configurations, isWithin))
  return found ? [{ kind: 'provenance', strength: 'weak', finding: found.finding.id, seen: 'appeared' }] : []
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
