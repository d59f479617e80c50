import type { FindingWithHits } from '../../findings/findings.ts'
import type { Tie } from '../../findings/intrusions.ts'
import { Moments } from '../../lib/moments.ts'
import { ranAtBackEnd } from '../../findings/run-requests.ts'
import { MINUTE } from '../../lib/time.ts'

/**
 * What the server did within a minute of a request that it ran: an error or a cmdlet without a client, and a child of a worker.
 * Gives the number of the request's finding, by that of what came of it.
 */
export function requestsBehind(found: readonly FindingWithHits[], ties: readonly Tie[]): ReadonlyMap<number, number> {
  const behind = new Map<number, number>()
  for (const { by, members } of ties) {
    const [request, effect] = members
    if (members.length !== 2 || request === undefined || effect === undefined || behind.has(effect)) continue
    const isOfRequest = by === 'worker' || (by === 'time' && found[effect]!.finding.sign.subject === 'request')
    if (isOfRequest && found[effect]!.finding.client === null && ran(found[request]!) && isSoon(found, members))
      behind.set(effect, request)
  }
  return behind
}

/** Did what the first and the second finding record happen within a minute? */
function isSoon(found: readonly FindingWithHits[], members: readonly number[]): boolean {
  const [requests = [], effects = []] = members.map((i) => found[i]!.hits.flatMap(({ event: { time } }) => time ?? []))
  const moments = new Moments()
  for (const time of requests) moments.add(time, 0)
  return effects.some((time) => moments.nearest(time, MINUTE) !== null)
}

/** A request of a client that the back end ran, whatever came of it. */
function ran(request: FindingWithHits): boolean {
  const { sign, client } = request.finding
  return sign.subject === 'request' && sign.strength !== 'context' && client !== null && ranAtBackEnd(request)
}
