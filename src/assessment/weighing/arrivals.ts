import type { Joined } from '../../findings/intrusions.ts'
import { isAtLeastLikely, type Weighed } from '../../model/sign.ts'
import type { CountedSign } from '../../model/weight.ts'

/** What is weighed, and may have come by an act that wrote it. */
export type Arrived = { is: Weighed; arrival: CountedSign | null }

/**
 * Pages that were first served after an act at `yes` or `likely` that writes files: a strong sign of how they arrived. True where
 * any page has one that it did not have.
 */
export function addArrivals<One extends Arrived>(
  written: Joined['written'],
  of: (finding: number) => One | undefined,
  nameOf: (finding: number) => string,
  again: (one: One) => Weighed,
): boolean {
  let isMore = false
  for (const { page, acts } of written) {
    const by = acts.find((act) => isAtLeastLikely(of(act)?.is))
    if (by === undefined) continue
    for (const one of page.flatMap((i) => of(i) ?? [])) {
      if (one.arrival !== null) continue
      one.arrival = { kind: 'provenance', strength: 'strong', finding: nameOf(by), computed: 'written' }
      one.is = again(one)
      isMore = true
    }
  }
  return isMore
}
