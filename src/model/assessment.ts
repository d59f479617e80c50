import type { GapReason, Artifact } from './evidence.ts'
import type { Persistence } from './persistence.ts'
import type { BrokenRule } from './rule.ts'
import type { More, Finding, Intrusion } from './finding.ts'
import type { Coverage } from './coverage.ts'
import type { Answer, CampaignAnswer, Verdict } from './answer.ts'
import type { Build, Exposure } from './exposure.ts'
import type { Mailbox } from './mailbox.ts'
import type { Opinion } from './other-tools.ts'
import type { ClientTraffic, Requests } from './requests.ts'
import type { Actor } from './actor.ts'
import type { Action, Duty } from './response.ts'
import type { WeighedSubject } from './weight.ts'

/** A signed bundle of packs and tables: its version, and until when its signer vouches that it is the newest. */
export type Bundle = { readonly version: number; readonly expires: string; readonly sha256: string }

export type Assessment = {
  readonly schema: 'postern-assessment/2'
  readonly server: {
    readonly name: string
    readonly product: string
    readonly builds: readonly Build[]
    readonly more?: More
  }
  readonly verdict: Verdict
  readonly answers: readonly Answer[]
  readonly campaigns: readonly CampaignAnswer[]
  readonly exposure: Exposure
  readonly intrusions: readonly Intrusion[]
  readonly findings: readonly Finding[]
  /** What was weighed and came to a lead or more, for each question that it answers. */
  readonly subjects: readonly WeighedSubject[]
  readonly clients: readonly ClientTraffic[]
  readonly requests: Requests
  readonly mailboxes: readonly Mailbox[]
  readonly persistence: readonly Persistence[]
  readonly actors: readonly Actor[]
  /** Whether an actor is named and why, and what that means and does not mean, in sentences. */
  readonly attribution: readonly string[]
  readonly actions: readonly Action[]
  /** Duties to report; empty where nothing was found that could call for one. */
  readonly duties: readonly Duty[]
  /** What other tools said whose results are in the evidence. */
  readonly thirdPartyResults: readonly Opinion[]
  readonly coverage: Coverage
  readonly evidence: {
    readonly manifest: readonly Artifact[]
    readonly files: number
    readonly bytes: number
    readonly gaps: readonly { readonly reason: GapReason; readonly count: number; readonly bytes: number }[]
    /** What a reader should know of single files: sparse without its holes, a hive without its logs, two of one name. */
    readonly notes: readonly string[]
    readonly more?: More
  }
  readonly knowledge: {
    readonly tool: string
    /** Of all that was known: the packs, and the tables and baselines. The same digest means the same knowledge. */
    readonly sha256: string
    /** The signed bundle that packs and tables came from; null when they are those that came with Postern, or the user's. */
    readonly bundle: Bundle | null
    /** Builds, fixes, baselines: files of knowledge that are no packs. */
    readonly tables: readonly { readonly table: string; readonly sha256: string }[]
    readonly packs: readonly {
      readonly pack: string
      readonly name: string
      readonly sha256: string
      readonly rules: number
    }[]
    readonly brokenRules: readonly BrokenRule[]
    readonly options: Readonly<Record<string, string>>
    readonly more?: More
  }
  /** Time or memory ran out on part of the evidence: a second run may find more. */
  readonly degraded: boolean
  /** Archives hold more than may be unpacked, or lie too deep in one another: every run leaves the same part unread. */
  readonly incomplete: boolean
  readonly more?: More
}
