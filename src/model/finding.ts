import type { LogKind } from './log-kinds.ts'
import type { TimeBasis, Fields, Locator } from './event.ts'
import type { Stage, Level, Confidence } from './stages.ts'
import type { RuleInfo } from './rule.ts'
import type { Sign } from './sign.ts'
import type { Weighed } from './sign.ts'

/**
 * How many entries were left out of each list of an object that has a limit (lib/limits.ts), by the name of the list. Lists
 * that are complete have no entry here.
 */
export type More = Readonly<Record<string, number>>

export type Finding = {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly author: string
  readonly license: string
  readonly pack: string
  readonly campaign: string
  readonly stage: Stage
  /** What it is a sign of, and how strong a one. */
  readonly sign: Sign
  readonly level: Level
  readonly confidence: Confidence
  /** What the evidence about its subject comes to, for the question that its stage answers. */
  readonly is: Weighed
  readonly time: string | null
  readonly timeBasis: TimeBasis
  readonly client: string | null
  readonly user: string | null
  readonly target: string | null
  readonly log: LogKind
  readonly host: string | null
  readonly cves: readonly string[]
  readonly attack: readonly string[]
  readonly falsePositives: readonly string[]
  readonly nextSteps: readonly string[]
  readonly count: number
  readonly first: string | null
  readonly last: string | null
  readonly locators: readonly Locator[]
  /** The intrusion that it belongs to, if any. */
  readonly intrusion: string | null
  /** Why it does not count, or counts less: own scanner, accepted, another host's row, outside every window. */
  readonly notes: readonly string[]
  /** Facts read out of the matched rows that the answers and the report use (build, status, file name, mailbox …). */
  readonly facts: Fields
  readonly persistence: RuleInfo['persistence'] | null
  readonly accessMethod: string | null
  /** The server of the case in whose evidence its entries are, where that is another one. */
  readonly evidenceOf?: string
}

export type Intrusion = {
  readonly id: string
  readonly campaign: string
  readonly clients: readonly string[]
  readonly first: string | null
  readonly last: string | null
  readonly stages: readonly Stage[]
  readonly findings: readonly string[]
  /** The intrusion in sentences, one per step. */
  readonly attackChain: readonly string[]
  readonly joinedBy: readonly string[]
  /** Ids of the hypotheses that were weighed for it. */
  readonly actors: readonly string[]
  readonly more?: More
}
