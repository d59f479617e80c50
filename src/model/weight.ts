import type { Answer, Question } from './answer.ts'
import type { More } from './finding.ts'
import {
  isAtLeastLikely,
  type SignKind,
  type Strength,
  strengths,
  type SubjectKind,
  type Weighed,
  weighedOrder,
} from './sign.ts'

/** A sign that counts for a subject: what it is, and the finding that shows it. */
export type CountedSign = {
  readonly kind: SignKind
  readonly strength: Strength
  readonly finding: string
  /** How it is tied to an intrusion, where that is the sign. */
  readonly tiedBy?: string
  /** What was seen by comparing records, where the rule of the finding does not say it. */
  readonly computed?: ComputedSign
}

/** What no entry says by itself, and several records show together. */
export type ComputedSign = 'removed' | 'appeared' | 'written' | 'new-origin' | 'intruders-address' | 'sent-and-hid'

export type ExplanationStrength = 'weak' | 'strong' | 'decisive'

/** Why a subject may be ordinary: the kinds of signs that it answers, how well, and what shows it. */
export type Explanation = {
  /** The name of the explanation: one file each. */
  readonly by: string
  readonly strength: ExplanationStrength
  readonly answers: readonly SignKind[]
  /** A sentence: what is seen. */
  readonly statement: string
  /** What the sentence names besides numbers: a product of Postern's own table, or the operator's reason. */
  readonly of?: string
}

/** Records in which explanations are looked for. */
export type ExplanationSource = 'cmdlets' | 'requests' | 'logons' | 'web-roots' | 'installer' | 'disk'

/** What the evidence about one subject comes to, and of what. */
export type WeighedSubject = {
  readonly kind: SubjectKind
  readonly name: string
  readonly is: Weighed
  readonly question: Question
  /** It is recorded by what no request can forge, or from two vantages. */
  readonly corroborated: boolean
  readonly signs: readonly CountedSign[]
  readonly explanations: readonly Explanation[]
  /** Records that are not in the evidence, and where an explanation would leave no more than a lead. */
  readonly absent?: readonly ExplanationSource[]
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

type Weighted = { readonly subjects: readonly WeighedSubject[] }

/** What an answer that holds rests on, or what leaves it open: the subjects that weigh most. */
export function subjectsOf(
  { question, is, because }: Pick<Answer, 'question' | 'is' | 'because'>,
  { subjects }: Weighted,
): readonly WeighedSubject[] {
  if (question === 'still-there' && is === 'cannot-tell') return openLeads({ subjects })
  if (!isAtLeastLikely(is)) return []
  const rests = new Set(because)
  const all = subjects.filter((one) => isAtLeastLikely(one.is) && one.findings.some((id) => rests.has(id)))
  // What follows from another answer rests on the subjects of that.
  const own = all.filter((one) => one.question === question)
  return heaviestFirst(own.length > 0 ? own : all)
}

/** Each subject once. */
function heaviestFirst(subjects: readonly WeighedSubject[]): readonly WeighedSubject[] {
  const rank = (one: WeighedSubject): number => (one.is === 'yes' ? 100 : 0) + new Set(one.signs.map(countedAs)).size
  const sorted = [...subjects].sort((a, b) => rank(b) - rank(a))
  return [...Map.groupBy(sorted, subjectKey).values()].map(([one]) => one!)
}

export const subjectKey = ({ kind, name }: WeighedSubject): string => `${kind}\n${name.toLowerCase()}`

/** Things that may let an attacker return and that nothing explains: answers stay open because of them. */
export function openLeads({ subjects }: Weighted): readonly WeighedSubject[] {
  return unsettled(subjects, 'open-lead')
}

/** Subjects that come to this at most, whatever the question, each once. */
export function unsettled(subjects: readonly WeighedSubject[], is: Weighed): readonly WeighedSubject[] {
  return [...Map.groupBy(subjects, subjectKey).values()].flatMap((same) => {
    const heaviest = same.reduce((a, b) => (weighedOrder.indexOf(b.is) > weighedOrder.indexOf(a.is) ? b : a))
    return heaviest.is === is ? [heaviest] : []
  })
}
