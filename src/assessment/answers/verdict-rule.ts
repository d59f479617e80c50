import { type Is, type Question, type VerdictIs } from '../../model/answer.ts'
import { isAtLeastLikely } from '../../model/sign.ts'

/** What the verdict depends on, besides the answers. */
export type VerdictFacts = {
  readonly is: (question: Question) => Is
  /** There is an open lead: its owner decides the answer. */
  readonly hasOpenLead: boolean
  /** No log covers anything of the period of any question. */
  readonly isUncovered: boolean
  /** Evidence was not read, or not counted, that could show an intrusion. */
  readonly isUnread: boolean
  /** A campaign that the user named lies before the logs. */
  readonly isNamedBeyond: boolean
}

/** Questions whose open answer leaves the verdict open. What is open about the end of the evidence does not. */
export const deciding = ['targeted', 'exploited', 'compromised', 'mail-taken'] as const

/** One verdict of the answers: the first that applies (docs/use/verdicts.md). */
export function ruleVerdict({ is, hasOpenLead, isUncovered, isUnread, isNamedBeyond }: VerdictFacts): VerdictIs {
  const holds = (question: Question): boolean => isAtLeastLikely(is(question))
  if (holds('compromised') || holds('still-there')) return 'compromised'
  if (holds('exploited') || holds('mail-taken')) return 'exploited'
  const noIntrusion = is('exploited') === 'no-evidence' && is('compromised') === 'no-evidence'
  if (holds('targeted') && noIntrusion && !hasOpenLead) return 'targeted'
  const isOpen = deciding.some((question) => is(question) === 'cannot-tell')
  return isOpen || hasOpenLead || isUncovered || isUnread || isNamedBeyond ? 'cannot-tell' : 'no-evidence'
}
