import type { Question } from './answer.ts'
import type { More } from './finding.ts'
import { type SignKind, type Strength, strengths, type SubjectKind, type Weighed } from './sign.ts'

/** A sign that counts for a subject: what it is, and the finding that shows it. */
export type CountedSign = {
  readonly kind: SignKind
  readonly strength: Strength
  readonly finding: string
  /** How it is tied to an intrusion, where that is the sign. */
  readonly tiedBy?: string
}

export type ExplanationStrength = 'weak' | 'strong' | 'decisive'

/** Why a subject may be ordinary: the kinds of signs that it answers, how well, and what shows it. */
export type Explanation = {
  /** The name of the explanation: one file each. */
  readonly by: string
  readonly strength: ExplanationStrength
  readonly answers: readonly SignKind[]
  /** A sentence: what is seen. */
  readonly says: string
  /** What the sentence names besides numbers: a product of Postern's own table, or the operator's reason. */
  readonly of?: string
}

/** What the evidence about one subject comes to, and of what. */
export type WeighedSubject = {
  readonly kind: SubjectKind
  readonly name: string
  readonly is: Weighed
  readonly question: Question
  /** It is recorded by what no request can forge, or from two vantages. */
  readonly shown: boolean
  readonly signs: readonly CountedSign[]
  readonly explanations: readonly Explanation[]
  readonly findings: readonly string[]
  readonly more?: More
}

/** What signs count as one: those of one kind, and the tie to an intrusion beside them. */
export function countedAs({ kind, tiedBy }: CountedSign): SignKind | 'tie' {
  return tiedBy === undefined ? kind : 'tie'
}

/** Of each kind the strongest sign, and the tie to an intrusion beside them; the strongest come first. */
export function countingSigns({ signs }: Pick<WeighedSubject, 'signs'>): readonly CountedSign[] {
  const rank = ({ strength }: CountedSign): number => strengths.indexOf(strength)
  return [...Map.groupBy(signs, countedAs).values()]
    .map((same) => same.reduce((best, sign) => (rank(sign) > rank(best) ? sign : best)))
    .sort((a, b) => rank(b) - rank(a))
}
