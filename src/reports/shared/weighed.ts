import { type ComesTo, comesToWords } from '../../locales/en/finding-weights.ts'
import { type CampaignAnswer, restsOn } from '../../model/answer.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import { isAtLeastLikely } from '../../model/sign.ts'
import { subjectKey, subjectsOf, unsettled, type WeighedSubject } from '../../model/weight.ts'
import { signKindWords, strengthWords } from '../../model/weight-words.ts'

// What was weighed, in the words that every report uses: what a finding comes to, its sign, and what is not settled.

/** What weighs most first. */
export const comesToOrder = Object.keys(comesToWords) as readonly ComesTo[]

/** Does the finding count here, as far as its notes say? */
export function countsForServer({ notes }: Finding): boolean {
  return !notes.some((note) =>
    /^(?:own scanner: |accepted by |a row of another host |outside the period that was asked for)/.test(note),
  )
}

/** What a finding comes to, as a reader is shown it. */
export function comesTo(finding: Finding): ComesTo {
  const { is, sign, stage } = finding
  if (!countsForServer(finding)) return 'not-counted'
  return is === 'nothing' && (sign.strength === 'context' || stage === 'context' || stage === 'cleanup')
    ? 'context'
    : is
}

/** `content or behavior (does not occur in ordinary work)`. */
export function signOfWords({ sign: { kind, strength } }: Pick<Finding, 'sign'>): string {
  return `${signKindWords[kind]} (${strengthWords[strength]})`
}

/** What weighs most for the verdict: each subject once. */
export function verdictSubjects(
  assessment: Pick<Assessment, 'verdict' | 'answers' | 'subjects'>,
): readonly WeighedSubject[] {
  const all = restsOn[assessment.verdict.is].flatMap((question) =>
    assessment.answers
      .filter((answer) => answer.question === question)
      .flatMap((answer) => subjectsOf(answer, assessment))
      .filter(({ is }) => isAtLeastLikely(is)),
  )
  return [...Map.groupBy(all, subjectKey).values()].map(([one]) => one!)
}

/** What is worth a look and changes no answer. Those who only probed come last. */
export function otherLeads({ subjects }: Pick<Assessment, 'subjects'>): readonly WeighedSubject[] {
  return [...unsettled(subjects, 'lead')].sort(
    (a, b) => Number(a.question === 'targeted') - Number(b.question === 'targeted'),
  )
}

/** What to look at for a subject: the next steps that its rules name, each once. */
export function nextSteps({ findings }: WeighedSubject, byId: ReadonlyMap<string, Finding>): readonly string[] {
  return [...new Set(findings.flatMap((id) => byId.get(id)?.nextSteps ?? []))]
}

/** Campaigns of whose exploitation period a part lies before the logs, with that part. */
export function beyondLogs({ campaigns }: Pick<Assessment, 'campaigns'>): readonly {
  readonly campaign: CampaignAnswer
  readonly from: string
  readonly to: string
}[] {
  return campaigns.flatMap((campaign) => (campaign.outsideLogs ? [{ campaign, ...campaign.outsideLogs }] : []))
}

/** What the general question is called: alone, or beside campaigns whose findings are theirs. */
export function generalName({ campaigns }: Pick<Assessment, 'campaigns'>): string {
  return campaigns.some(({ assessed, general }) => assessed && !general) ? 'Any other intrusion' : 'Any intrusion'
}
