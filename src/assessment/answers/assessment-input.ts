import type { CoverageMeter } from '../coverage/coverage.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import type { ExposureTimeline } from '../exposure/exposure.ts'
import type { Campaign, GeneralQuestion } from '../../model/campaign.ts'
import type { StillThere } from '../persistent-settings.ts'
import type { Mailbox } from '../../model/mailbox.ts'
import type { Exposure, KnownUntil } from '../../model/exposure.ts'
import type { WeighedSubject } from '../../model/weight.ts'
import type { ServerFacts } from '../server/server.ts'
import type { LogKind } from '../../model/log-kinds.ts'

/** What the answers rest on. */
export type AssessmentInput = {
  readonly server: ServerFacts
  readonly campaigns: readonly Campaign[]
  readonly general: GeneralQuestion | null
  readonly doors: ReadonlyMap<string, ExposureTimeline>
  readonly found: readonly FindingWithHits[]
  readonly meter: CoverageMeter
  /** Persistence that stands at the end of the evidence: finding ids, by whether it is sure. */
  readonly stillThere: readonly StillThere[]
  /** Whose mail, as far as findings and logs say. */
  readonly mailboxes: readonly Mailbox[]
  /** What was weighed: things and persons, each for the questions that its acts answer. */
  readonly subjects: readonly WeighedSubject[]
  /** Modules, agents, tasks, services, programs and pages that may be a way back in, and are neither settled nor explained. */
  readonly openLeads: readonly WeighedSubject[]
  readonly named: readonly string[]
  readonly narrowed: { readonly from: number | null; readonly to: number | null } | null
  /** Which vulnerabilities are open at the end of the evidence, and the newest update. */
  readonly exposure?: Pick<Exposure, 'cves' | 'support'>
  /** Until when builds and vulnerabilities are known. */
  readonly known?: KnownUntil
  /** No file of the evidence was recognized as anything. */
  readonly nothingRecognized: boolean
  /** Accounts of a tenant sign in with tokens of AD FS, and no log says which tokens it issued. */
  readonly areTokensUnknown?: boolean
}

/** Does the product write these logs? Exchange 2010 has no HttpProxy. */
export function isWritten({ server }: AssessmentInput, kinds: readonly LogKind[]): boolean {
  return server.product !== 'Exchange2010' || !kinds.every((kind) => kind.startsWith('httpproxy'))
}
