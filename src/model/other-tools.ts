import type { Level } from './stages.ts'
import type { More } from './finding.ts'

/** What another tool said, held against the findings here. */
export type Opinion = {
  readonly tool: string
  /** Its rule or verdict, in its words. */
  readonly says: string
  readonly level: Level | null
  /** The file, record, address or vulnerability that it speaks of. */
  readonly about: string | null
  readonly time: string | null
  readonly is: 'agrees' | 'differs' | 'only-theirs' | 'not-compared'
  readonly why: string
  /** Our findings about the same thing, or `exposure: CVE-…`. */
  readonly because: readonly string[]
  /** Where its result stands in the evidence. */
  readonly path: string
  readonly line: number | null
  readonly more?: More
}
