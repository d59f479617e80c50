import { greatestOf } from '../../lib/collections.ts'
import type { SignKind, Strength } from '../../model/sign.ts'
import type { ExplanationStrength } from '../../model/weight.ts'
import type { Weighed } from '../../model/sign.ts'

/** Kinds of signs, and the tie to an intrusion, which counts beside a finding's own sign. */
export type CountedKind = SignKind | 'tie'

export type SignToCount = { readonly kind: CountedKind; readonly strength: Strength }
export type ExplanationToCount = { readonly answers: readonly SignKind[]; readonly strength: ExplanationStrength }

export type Circumstances = {
  readonly corroborated: boolean
  readonly canStay: boolean
  readonly leavesOpen?: boolean | undefined
}

const points: Readonly<Record<Strength, number>> = { context: 0, weak: 1, strong: 3, decisive: 9 }
const explanationRank: readonly ExplanationStrength[] = ['weak', 'strong', 'decisive']

/**
 * What signs and explanations of one subject come to. Of each kind the strongest sign counts, less by the strongest explanation
 * that answers the kind; the kinds add up. `shown`: it is certain that it happened. `canStay`: the subject may be a way back in.
 * `leavesOpen`: a sign is made of two facts that together hide what remains.
 */
export function combine(
  signs: readonly SignToCount[],
  explanations: readonly ExplanationToCount[],
  { corroborated, canStay, leavesOpen = false }: Circumstances,
): Weighed {
  const left = [...new Set(signs.map(({ kind }) => kind))].map((kind) => {
    const own = signs.filter((sign) => sign.kind === kind).map(({ strength }) => points[strength])
    return explained(greatestOf(own, 0), strongest(explanations, kind))
  })
  const sum = left.reduce((total, one) => total + one, 0)
  if (sum >= 5 && left.some((one) => one >= 3) && corroborated) return 'yes'
  if (sum >= 3) return 'likely'
  const kinds = left.filter((one) => one > 0).length
  return kinds === 0 ? 'nothing' : leavesOpen || (kinds >= 2 && canStay) ? 'open-lead' : 'lead'
}

/** A weak explanation makes a strong sign weak and answers a weak one; a strong one answers both and makes a decisive sign strong. */
function explained(sign: number, by: ExplanationStrength | null): number {
  if (by === null) return sign
  if (by === 'decisive') return 0
  if (sign === points.decisive) return by === 'weak' ? sign : points.strong
  return by === 'weak' && sign === points.strong ? points.weak : 0
}

function strongest(explanations: readonly ExplanationToCount[], kind: CountedKind): ExplanationStrength | null {
  // A tie says how the subject came here.
  const answered = kind === 'tie' ? 'provenance' : kind
  const ranks = explanations
    .filter(({ answers }) => answers.includes(answered))
    .map(({ strength }) => explanationRank.indexOf(strength))
  return explanationRank[greatestOf(ranks, -1)] ?? null
}
