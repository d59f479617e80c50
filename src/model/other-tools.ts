import type { Level } from './stages.ts'
import type { More } from './finding.ts'

/** A result of another tool, compared with the findings. */
export type Opinion = {
  readonly tool: string
  /** Its rule or verdict, in its words. */
  readonly reported: string
  readonly level: Level | null
  /** The file, record, address or vulnerability that it is about. */
  readonly about: string | null
  readonly time: string | null
  readonly is: 'agrees' | 'differs' | 'only-theirs' | 'not-compared'
  readonly why: string
  /** Our findings about the same thing, or `exposure: CVE-…`. */
  readonly because: readonly string[]
  /** Where its result is in the evidence. */
  readonly path: string
  readonly line: number | null
  readonly more?: More
}
