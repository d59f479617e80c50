import type { LogKind } from './log-kinds.ts'
import type { FirstAndLast } from './event.ts'
import type { Stage } from './stages.ts'
import type { More } from './finding.ts'

export type Question = 'exposed' | 'targeted' | 'exploited' | 'compromised' | 'mail-taken' | 'still-there'

/** The question that a stage answers; clean-up and context prove nothing alone. */
export const stageQuestion: Readonly<Record<Stage, Question | null>> = {
  recon: 'targeted',
  attempt: 'targeted',
  access: 'exploited',
  write: 'exploited',
  shell: 'compromised',
  execution: 'compromised',
  credentials: 'compromised',
  persistence: 'compromised',
  collection: 'mail-taken',
  exfiltration: 'mail-taken',
  cleanup: null,
  context: null,
}

export type Is = 'yes' | 'likely' | 'no-evidence' | 'cannot-tell' | 'not-asked'

export type Check = { readonly checked: string; readonly found: string }

/** How far the logs reach for one question: hours covered of the hours in its window. */
export type AnswerCoverage = {
  readonly from: string | null
  readonly to: string | null
  readonly covered: number
  readonly of: number
  readonly missing: readonly { readonly from: string; readonly to: string }[]
}

export type Answer = {
  readonly question: Question
  readonly is: Is
  /** Finding ids, or sentences that begin with `exposure:` or `coverage:`. */
  readonly because: readonly string[]
  /** One plain sentence that gives the answer and what it rests on. */
  readonly sentence: string
  /** Why it is so, in sentences: the signs of what weighs most, what explains them, what is missing for more. */
  readonly why?: readonly string[]
  readonly contradictions: readonly Check[]
  readonly coverage: AnswerCoverage
  readonly missingEvidence: readonly string[]
  readonly more?: More
}

export type CampaignAnswer = {
  readonly campaign: string
  readonly name: string
  /** Not of one campaign: was there an intrusion, whatever its way? */
  readonly general?: true
  readonly assessed: boolean
  readonly reason: string
  readonly exposureWindow: { readonly from: string; readonly to: string } | null
  /** The part of its exploitation period that no log of this server reaches: nothing is known of it. */
  readonly outsideLogs?: { readonly from: string; readonly to: string }
  readonly answers: readonly Answer[]
}

export type VerdictIs = 'compromised' | 'exploited' | 'targeted' | 'cannot-tell' | 'no-evidence'

export type Verdict = {
  readonly is: VerdictIs
  readonly sentence: string
  readonly sure: boolean
  readonly open: readonly Question[]
  /**
   * When an attacker took steps, and when somebody scanned or tried: by the findings that the answers rest on. Whatever
   * names a beginning of the attack names the first step.
   */
  readonly observed: { readonly steps: FirstAndLast; readonly attempts: FirstAndLast }
  readonly covers: { readonly from: string | null; readonly to: string | null; readonly missingHours: number }
}

/** Answers that a verdict rests on: one of them at yes makes it certain. */
export const restsOn: Readonly<Record<VerdictIs, readonly Question[]>> = {
  compromised: ['compromised', 'still-there'],
  exploited: ['exploited', 'mail-taken'],
  targeted: ['targeted'],
  'cannot-tell': [],
  'no-evidence': [],
}

/** Evidence that would answer a question that is open. */
export type Wanted = {
  readonly what: string
  /** Alternatives of log kinds that it consists of, as in `needs`, also `windows-security/4688`; none: Postern does not know when it is there. */
  readonly logs: readonly (readonly LogKind[])[]
}

/** Is the verdict independent of missing logs? */
export function isProven({ is, sure }: Verdict): boolean {
  return sure && (is === 'compromised' || is === 'exploited')
}

/** A question about the state at the end has one hour. */
export function isState({ of }: AnswerCoverage): boolean {
  return of === 1
}
