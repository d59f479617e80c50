import { isOfTenant } from '../../../model/log-kinds.ts'
import type { Explain } from './explanation.ts'

const MOST_HITS = 50

/**
 * The organization's own address: from each address of the acts three accounts that were never refused there logged on, on
 * earlier days. It does not explain forged requests, nor what a tenant records: the logs of a server, in which they logged on, may have
 * been written by who is at work there.
 */
export const knownOrigin: Explain = ({ found }, { knownOrigins }) => {
  if (!knownOrigins) return null
  const isOfRequests = found.some(({ finding }) => finding.sign.kind === 'use' && finding.cves.length > 0)
  const reasons: { readonly client: string; readonly why: string }[] = []
  for (const { hits } of found)
    for (const { event } of hits.slice(0, MOST_HITS)) {
      const { client, time } = event
      if (client === null || time === null || isOfTenant(event.log)) return null
      const why = knownOrigins.before(client, time)
      if (why === null) return null
      reasons.push({ client, why })
    }
  const [first] = reasons
  if (first === undefined) return null
  const answers = isOfRequests ? (['guessing', 'origin'] as const) : (['use', 'guessing', 'origin'] as const)
  return { by: 'known-origin', of: first.client, strength: 'strong', answers, statement: first.why }
}
