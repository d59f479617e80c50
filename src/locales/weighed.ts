import type { SignKind, SubjectKind } from '../model/sign.ts'

/** What was weighed, in the language of a page. */
export type WeighedWords = {
  readonly subjects: Readonly<Record<SubjectKind, string>>
  readonly signs: Readonly<Record<SignKind, string>>
  /** The question that settles a lead. */
  readonly asks: Readonly<Record<SubjectKind, string>>
}
