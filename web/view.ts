import type { Assessment } from '../src/model/assessment.ts'
import type { PackTexts } from '../src/model/pack-texts.ts'
import type { Intrusion, Finding } from '../src/model/finding.ts'
import { earliestFirst, attackerSteps } from '../src/reports/shared/selections.ts'
import { campaignNames } from '../src/locales/en/words.ts'
import type { Counts, FailedFile } from '../src/reports/html/data.ts'

/** What the sections of a report share: the report, and what is looked up in it. */
export type View = {
  readonly report: Assessment
  readonly counts: Counts
  /** Files that the run could not write, and why. */
  readonly failed: readonly FailedFile[]
  /** Plain words of the packs. */
  readonly texts: PackTexts
  /** Findings that show steps of an attacker. */
  readonly steps: ReadonlySet<string>
  readonly byId: ReadonlyMap<string, Finding>
  /** Names of campaigns, and titles of log kinds. */
  readonly campaigns: ReadonlyMap<string, string>
  readonly logs: ReadonlyMap<string, string>
  /** Number of an intrusion's story, from 1. */
  readonly stories: ReadonlyMap<string, number>
}

export function viewOf(report: Assessment, counts: Counts, failed: readonly FailedFile[], texts: PackTexts): View {
  return {
    report,
    counts,
    failed,
    texts,
    steps: attackerSteps(report),
    byId: new Map(report.findings.map((f) => [f.id, f])),
    campaigns: campaignNames(report),
    logs: new Map(report.coverage.kinds.map((k) => [k.kind, k.title])),
    stories: new Map(report.intrusions.map((c, i) => [c.id, i + 1])),
  }
}

/** The findings of an intrusion in their order. */
export function findingsOf(intrusion: Intrusion, byId: View['byId']): readonly Finding[] {
  return intrusion.findings.flatMap((id) => byId.get(id) ?? []).sort(earliestFirst)
}

/** The finding that each sentence of a story tells of; null where none can be told. */
export function tellers(intrusion: Intrusion, byId: View['byId']): readonly (Finding | null)[] {
  const own = intrusion.findings.flatMap((id) => byId.get(id) ?? [])
  const recon = own.find((f) => f.stage === 'recon')
  const steps = own.filter((f) => f.level !== 'informational' && (f.stage !== 'recon' || f === recon))
  const used = new Set<Finding>()
  return intrusion.attackChain.map((sentence, i) => {
    const named = steps.find((f) => !used.has(f) && sentence.includes(f.title))
    const finding = named ?? steps[i] ?? null
    if (finding) used.add(finding)
    return finding
  })
}
