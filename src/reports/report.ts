import type { Assessment } from '../model.ts'
import type { Language } from './plain/languages.ts'

/** One form of the answer: one file (or the terminal). The same assessment gives the same bytes. */
export type Report = {
  /** Name for `--format`. */
  readonly name: string
  /** File name inside the server's folder. */
  readonly file: string
  /** Its text; what grows with the evidence comes in pieces. The language is for those that are written in several. */
  write(assessment: Assessment, language?: Language): string | Iterable<string>
}
