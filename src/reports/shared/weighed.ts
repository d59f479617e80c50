import { type CampaignAnswer, restsOn } from '../../model/answer.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import { isAtLeastLikely, type SubjectKind, type Weighed } from '../../model/sign.ts'
import { subjectKey, subjectsOf, unsettled, type WeighedSubject } from '../../model/weight.ts'
import { signKindWords, strengthWords } from '../../model/weight-words.ts'

// What was weighed, in the words that every report uses: what a finding comes to, its sign, and what is not settled.

/** What a finding comes to: what its subject does, and otherwise why nothing was weighed. */
export type ComesTo = Weighed | 'context' | 'not-counted'

export const comesToWords: Readonly<Record<ComesTo, string>> = {
  yes: 'certain',
  likely: 'probable',
  'open-lead': 'open lead',
  lead: 'lead',
  nothing: 'explained',
  context: 'context',
  'not-counted': 'not counted',
}

/** What weighs most first. */
export const comesToOrder = Object.keys(comesToWords) as readonly ComesTo[]

/** What each of these words means. */
export const comesToMeans: Readonly<Record<ComesTo, string>> = {
  yes: 'The signs are of different kinds or beyond doubt, and nothing explains them.',
  likely: 'The signs weigh enough for a probable answer; one more of another kind would make it certain.',
  'open-lead':
    'It may let an attacker return, and nothing explains it. The answer stays open until its owner is known.',
  lead: 'It is worth a look. Ordinary work does it too, so that it changes no answer.',
  nothing: 'An explanation in the evidence answers every sign of it.',
  context: 'It explains other findings and is no sign on its own.',
  'not-counted': 'It is shown and does not count, for the reason that is noted with it.',
}

/** The question that settles a lead, to be put to those who run the server or use the account. */
export const settlingQuestions: Readonly<Record<SubjectKind, string>> = {
  request: 'Whose address is it: of a scanner of yours, a partner or a user?',
  export: 'Who ordered this export, and what for?',
  page: 'Whose page is it: which product or administrator put it there?',
  'virtual-directory': 'Who changed this directory, and what for?',
  module: 'Whose module is it: which product or administrator installed it?',
  agent: 'Whose agent is it: which product or administrator installed it?',
  task: 'Whose task is it: which product or administrator created it?',
  service: 'Whose service is it: which product or administrator installed it?',
  program: 'Whose program is it: which product or administrator put it there or ran it?',
  host: 'Who worked on this computer at that time?',
  account: 'Was it the owner of the account: does the owner know the time, the place and the device?',
  application: 'Who allowed this application, and what for?',
  session: 'Was it the owner of the account: does the owner know the time, the place and the device?',
  device: 'Does the owner of the account know this device?',
  'inbox-rule': 'Did the owner of the mailbox create these rules?',
  grant: 'Who gave these rights, and what for?',
  mailbox: 'Who read this mailbox, and on whose behalf?',
  client: 'Whose address is it: of a scanner of yours, a partner or a user?',
}

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

/** `what it is or does (no ordinary work looks like it)`. */
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
  return [...new Set(findings.flatMap((id) => byId.get(id)?.next ?? []))]
}

/** Campaigns of whose exploitation period a part lies before the logs, with that part. */
export function beyondLogs({ campaigns }: Pick<Assessment, 'campaigns'>): readonly {
  readonly campaign: CampaignAnswer
  readonly from: string
  readonly to: string
}[] {
  return campaigns.flatMap((campaign) => (campaign.beyond ? [{ campaign, ...campaign.beyond }] : []))
}

/** What the general question is called: alone, or beside campaigns whose findings are theirs. */
export function generalName({ campaigns }: Pick<Assessment, 'campaigns'>): string {
  return campaigns.some(({ asked, general }) => asked && !general) ? 'Any other intrusion' : 'Any intrusion'
}
