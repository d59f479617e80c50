import type { LogKind } from './log-kinds.ts'
import type { Wanted, Question } from './answer.ts'

/** Alternatives of log kinds; an hour is covered when every kind of one alternative is. `httpproxy-*`: each protocol seen. */
export type Needs = Readonly<Partial<Record<Question, readonly (readonly LogKind[])[]>>>

/** What pack.yml says about its campaign. A pack without a wave (what holds for every campaign) has none. */
export type Campaign = {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly cves: readonly string[]
  /** The CVEs whose fix closes the door: the window ends when all of these are fixed. */
  readonly door: readonly string[]
  readonly products: readonly string[]
  readonly wave: { readonly from: string; readonly to: string }
  /** When many began to use it at once, where that is later than the wave's start. */
  readonly massFrom?: string
  /**
   * Of a door that few used: asked where a build that was open to it is seen in its wave, or only where something speaks
   * of it. A time without logs then takes nothing from the verdict.
   */
  readonly asked?: 'open' | 'trace'
  readonly needs: Needs
  readonly cannotSee: readonly string[]
  readonly references: readonly string[]
  readonly wouldChange: Readonly<Partial<Record<Question, readonly Wanted[]>>>
}
