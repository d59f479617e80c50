import type { FindingWithHits } from '../../findings/findings.ts'
import type { Tie } from '../../findings/intrusions.ts'
import { Moments } from '../../lib/moments.ts'
import { ranAtBackEnd } from '../../findings/run-requests.ts'
import { vantageOf } from '../../model/log-kinds.ts'
import { MINUTE } from '../../lib/time.ts'

/**
 * What the server did within a minute of a request that it ran: an error or a cmdlet without a client, and a child of a worker.
 * Gives the number of the request's finding, by that of what came of it.
 */
export function requestsBehind(found: readonly FindingWithHits[], ties: readonly Tie[]): ReadonlyMap<number, number> {
  const behind = new Map<number, number>()
  const answered = answeredAtBackEnd(found, ties)
  const isRun = (i: number): boolean => ran(found[i]!) || (answered.has(i) && isRequestOfClient(found[i]!))
  for (const { by, members } of ties) {
    const [request, effect] = members
    if (members.length !== 2 || request === undefined || effect === undefined || behind.has(effect)) continue
    const isOfRequest = by === 'worker' || (by === 'time' && found[effect]!.finding.sign.subject === 'request')
    if (isOfRequest && found[effect]!.finding.client === null && isRun(request) && isSoon(found, members))
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
  return isRequestOfClient(request) && ranAtBackEnd(request)
}

function isRequestOfClient({ finding: { sign, client } }: FindingWithHits): boolean {
  return sign.subject === 'request' && sign.strength !== 'context' && client !== null
}

/** Findings, by their numbers, whose request has an entry at the back end by its id, which another finding is about. */
function answeredAtBackEnd(found: readonly FindingWithHits[], ties: readonly Tie[]): ReadonlySet<number> {
  const ofRequests = ties.filter(({ by }) => by === 'request id')
  const isOfBackEnd = (i: number): boolean => vantageOf(found[i]!.finding.log) === 'back-end'
  return new Set(ofRequests.flatMap(({ members }) => (members.some(isOfBackEnd) ? members : [])))
}
