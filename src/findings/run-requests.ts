import { vantageOf } from '../model/log-kinds.ts'
import type { FindingWithHits } from './findings.ts'

/** Did the back end run a request, whatever came of it? */
export function ranAtBackEnd({ finding: { log }, hits }: FindingWithHits): boolean {
  return (
    vantageOf(log) !== 'front-end' ||
    hits.some(({ joined = [], event: { fields } }) => joined.length > 0 || isRun(Number(fields.BackEndStatus)))
  )
}

/** A request that was refused, or found nothing, ran nothing. */
function isRun(status: number): boolean {
  return status >= 200 && ![401, 403, 404].includes(status)
}
