import type { Explain } from './explanation.ts'

const MOST_HITS = 50

/**
 * Accounts of the organization log on from there: each address of the acts served three that were never refused there on days
 * before. Forged requests it does not explain.
 */
export const knownOrigin: Explain = ({ found }, { knownOrigins }) => {
  if (!knownOrigins) return null
  const isOfRequests = found.some(({ finding }) => finding.sign.kind === 'use' && finding.cves.length > 0)
  const says = new Set<string>()
  for (const { hits } of found)
    for (const { event } of hits.slice(0, MOST_HITS)) {
      const { client, time } = event
      if (client === null || time === null) return null
      const { origins, tried } = knownOrigins
      const why = origins.before(client, time, tried.get(client) ?? NONE)
      if (why === null) return null
      says.add(why)
    }
  const [first] = says
  if (first === undefined) return null
  const answers = isOfRequests ? (['guessing', 'origin'] as const) : (['use', 'guessing', 'origin'] as const)
  return { by: 'known-origin', strength: 'strong', answers, says: first }
}

const NONE: ReadonlySet<string> = new Set()
