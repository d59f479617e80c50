import type { LogKind } from './log-kinds.ts'
import type { GapReason, Gap } from './evidence.ts'
import type { More } from './finding.ts'

export type LogGap = { readonly from: string; readonly to: string; readonly reason: string }

/** What was read of one log kind. Times ISO UTC; `hours` are hours with the log present (holes taken out). */
export type KindCoverage = {
  readonly kind: LogKind
  readonly title: string
  readonly files: number
  readonly bytes: number
  readonly entries: number
  readonly first: string | null
  readonly last: string | null
  readonly hours: number
  readonly gaps: readonly LogGap[]
  /** Entries per UTC day, for the chart: [`2021-03-03`, 1200]. */
  readonly days: readonly (readonly [string, number])[]
  readonly more?: More
}

export type Coverage = {
  readonly first: string | null
  readonly last: string | null
  readonly kinds: readonly KindCoverage[]
  /** Files that no parser knows: hashed and searched, not read as fields. */
  readonly unknown: readonly { readonly path: string; readonly size: number }[]
  readonly gaps: readonly Gap[]
  readonly more?: More
  /** Files that were not read to their end and could contain persistence: the state at the end of the evidence is not known. */
  readonly blindSpots: readonly BlindSpot[]
}

/** A file that was not read, or not whole, and the kind of state that is not complete without it. */
export type BlindSpot = {
  readonly path: string
  readonly kind: LogKind
  readonly reason: GapReason
  readonly detail: string
}
