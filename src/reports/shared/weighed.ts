import { type Answer, type CampaignAnswer, restsOn } from '../../model/answer.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import {
  isAtLeastLikely,
  type SignKind,
  type Strength,
  type SubjectKind,
  type Weighed,
  weighedOrder,
} from '../../model/sign.ts'
import { countedAs, countingSigns, type ExplanationStrength, type WeighedSubject } from '../../model/weight.ts'

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
  context: 'It explains other findings and is no sign by itself.',
  'not-counted': 'It is shown and does not count, for the reason that is noted with it.',
}

export const subjectKindWords: Readonly<Record<SubjectKind, string>> = {
  request: 'Requests from',
  export: 'Export',
  page: 'Page',
  'virtual-directory': 'Virtual directory',
  module: 'IIS module',
  agent: 'Transport agent',
  task: 'Scheduled task',
  service: 'Service',
  program: 'Program',
  host: 'Computer',
  account: 'Account',
  application: 'Application',
  session: 'Session of',
  device: 'Device of',
  'inbox-rule': 'Inbox rules of',
  grant: 'Mailbox rights of',
  mailbox: 'Mailbox',
  client: 'Requests from',
}

/** What of a subject is a sign. */
export const signKindWords: Readonly<Record<SignKind, string>> = {
  content: 'what it is or does',
  name: 'its name',
  provenance: 'how it arrived',
  use: 'how it is used',
  effect: 'what followed',
  listed: 'published as an attacker’s',
  guessing: 'passwords guessed',
  origin: 'where the logon came from',
  reach: 'whose mail it reached',
  manner: 'how it read mail',
  change: 'what it set or sent',
}

/** How far a sign is from ordinary work. */
export const strengthWords: Readonly<Record<Strength, string>> = {
  decisive: 'no ordinary work looks like it',
  strong: 'rare in ordinary work',
  weak: 'ordinary work does it too',
  context: 'no sign by itself',
}

export const explanationWords: Readonly<Record<ExplanationStrength, string>> = {
  weak: 'explains it in part',
  strong: 'explains it, unless the sign is beyond doubt',
  decisive: 'explains it in full',
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

/** What would make a probable answer certain, or a lead more than one. */
export type MissingEvidence = 'record' | 'kind' | 'sign'

export const missingSignWords: Readonly<Record<MissingEvidence, string>> = {
  record:
    'Only what a client can send records it. An entry of the back end, or of another log, would show that it happened.',
  kind: 'All signs are of one kind. A sign of another kind would make it certain.',
  sign: 'A further sign of another kind, or a stronger one, would make it certain.',
}

/** What is missing for certainty; nothing where there is nothing missing. */
export function missingOf({ is, shown, signs }: WeighedSubject): readonly MissingEvidence[] {
  if (is === 'yes') return []
  return [...(shown ? [] : (['record'] as const)), new Set(signs.map(countedAs)).size < 2 ? 'kind' : 'sign']
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

/** What an answer that holds rests on, or what leaves it open: the subjects that weigh most. */
export function subjectsOf(
  { question, is, because }: Answer,
  { subjects }: Pick<Assessment, 'subjects'>,
): readonly WeighedSubject[] {
  if (question === 'still-there' && is === 'cannot-tell') return openLeads({ subjects })
  if (!isAtLeastLikely(is)) return []
  const rests = new Set(because)
  const all = subjects.filter((one) => isAtLeastLikely(one.is) && one.findings.some((id) => rests.has(id)))
  // What follows from another answer rests on the subjects of that.
  const own = all.filter((one) => one.question === question)
  return heaviestFirst(own.length > 0 ? own : all)
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
  return [...Map.groupBy(all, keyOf).values()].map(([one]) => one!)
}

/** Each subject once. */
function heaviestFirst(subjects: readonly WeighedSubject[]): readonly WeighedSubject[] {
  const rank = (one: WeighedSubject): number => (one.is === 'yes' ? 100 : 0) + new Set(one.signs.map(countedAs)).size
  const sorted = [...subjects].sort((a, b) => rank(b) - rank(a))
  return [...Map.groupBy(sorted, keyOf).values()].map(([one]) => one!)
}

const keyOf = ({ kind, name }: WeighedSubject): string => `${kind}\n${name.toLowerCase()}`

/** Things that may let an attacker return and that nothing explains: answers stay open because of them. */
export function openLeads({ subjects }: Pick<Assessment, 'subjects'>): readonly WeighedSubject[] {
  return unsettled(subjects, 'open-lead')
}

/** What is worth a look and changes no answer. Those who only probed come last. */
export function otherLeads({ subjects }: Pick<Assessment, 'subjects'>): readonly WeighedSubject[] {
  return [...unsettled(subjects, 'lead')].sort(
    (a, b) => Number(a.question === 'targeted') - Number(b.question === 'targeted'),
  )
}

/** Subjects that come to this at most, whatever the question, each once. */
function unsettled(subjects: readonly WeighedSubject[], is: Weighed): readonly WeighedSubject[] {
  return [...Map.groupBy(subjects, keyOf).values()].flatMap((same) => {
    const heaviest = same.reduce((a, b) => (weighedOrder.indexOf(b.is) > weighedOrder.indexOf(a.is) ? b : a))
    return heaviest.is === is ? [heaviest] : []
  })
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

/** `Page owa/auth/x.aspx: what it is or does (no ordinary work looks like it): TITLE; its name (…): TITLE.` */
export function subjectWords(subject: WeighedSubject, byId: ReadonlyMap<string, Finding>): string {
  return `${subjectName(subject)}: ${signWords(subject, byId)
    .map(([words, finding]) => (finding === undefined ? words : `${words}: ${finding.title}`))
    .join('; ')}.`
}

/** The signs that count, strongest first, each with the finding that shows it; a tie is shown by none alone. */
export function signWords(
  subject: WeighedSubject,
  byId: ReadonlyMap<string, Finding>,
): readonly (readonly [words: string, finding: Finding | undefined])[] {
  return countingSigns(subject).map(({ kind, strength, finding, tiedBy }) =>
    tiedBy === undefined
      ? [`${signKindWords[kind]} (${strengthWords[strength]})`, byId.get(finding)]
      : [`${tiedWords} (${strengthWords[strength]})`, undefined],
  )
}

/** What the general question is called: alone, or beside campaigns whose findings are theirs. */
export function generalName({ campaigns }: Pick<Assessment, 'campaigns'>): string {
  return campaigns.some(({ asked, general }) => asked && !general) ? 'Any other intrusion' : 'Any intrusion'
}

/** A name may be as long as an attacker likes: its end says what it is. */
export function subjectName({ kind, name }: WeighedSubject): string {
  return `${subjectKindWords[kind]} ${name.length <= 160 ? name : `…${name.slice(-159)}`}`
}

export const tiedWords = 'tied to the intrusion'

/** What explains it, and what is missing, in sentences. */
export function besideSigns(subject: WeighedSubject): readonly string[] {
  return [
    ...subject.explanations.map(({ says, strength }) => `${says} This ${explanationWords[strength]}.`),
    ...(subject.is === 'likely' ? missingOf(subject).map((missing) => missingSignWords[missing]) : []),
  ]
}
