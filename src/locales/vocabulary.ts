import type { Is, Question, VerdictIs } from '../model/answer.ts'

/** The six questions, their answers and the verdicts: the same words on every surface of a language. */
export type Vocabulary = {
  /** `short`: a label; `asks`: the whole question. */
  readonly questions: Readonly<Record<Question, { readonly short: string; readonly asks: string }>>
  readonly is: Readonly<Record<Is, string>>
  readonly verdict: Readonly<Record<VerdictIs, string>>
}
