import { capital, formatCount, counted, formatList, formatShare } from '../../lib/amounts.ts'
import { addTo } from '../../lib/collections.ts'
import { type Assessment } from '../../model/assessment.ts'
import { type ActionFact } from '../../model/response.ts'
import { type Actor, isWeighedOnly } from '../../model/actor.ts'
import { type Rare, type Requests } from '../../model/requests.ts'
import { type Opinion } from '../../model/other-tools.ts'
import { type Mailbox } from '../../model/mailbox.ts'
import {
  type Answer,
  type AnswerCoverage,
  type Is,
  isProven,
  isState,
  type Question,
  type Verdict,
} from '../../model/answer.ts'
import { type Finding } from '../../model/finding.ts'
import { type Persistence } from '../../model/persistence.ts'
import { type Stage } from '../../model/stages.ts'
import { type TimeBasis, type FirstAndLast } from '../../model/event.ts'
import { vocabulary } from './vocabulary.ts'

// The words that every report uses for the same thing, for readers who do not read logs.

/** The six questions in their order. */
export const questionTexts = vocabulary.questions
export const questionOrder = Object.keys(questionTexts) as readonly Question[]

export const isWords = vocabulary.is

/** The verdict in two or three words. */
export function verdictWords(verdict: Pick<Verdict, 'is' | 'sure'>): string {
  const probably = verdict.sure ? '' : 'probably '
  switch (verdict.is) {
    case 'compromised':
    case 'exploited':
    case 'targeted':
      return capital(`${probably}${verdict.is}`)
    case 'cannot-tell':
      return 'Cannot tell'
    case 'no-evidence':
      return 'No evidence of an attack'
  }
}

/** What the verdict means, in one line, whatever the server. */
export const verdictMeans: Readonly<Record<Verdict['is'], string>> = {
  compromised: 'An attacker ran code, planted files or settings, took credentials, or used an account.',
  exploited: 'A vulnerability was exploited. See below for what followed.',
  targeted: 'Exploitation was attempted. The logs show no sign of success.',
  'cannot-tell': 'The evidence is not sufficient for an answer.',
  'no-evidence': 'The logs that would have shown it contain no sign of it.',
}

export const patchedTooLateWords = (late: boolean | null): string =>
  late === null ? 'cannot tell' : late ? 'yes, the first step was before the fix' : 'no'

export const stageTexts: Readonly<Record<Stage, string>> = {
  recon: 'Reconnaissance',
  attempt: 'Attack attempted',
  access: 'Initial access',
  write: 'File or setting written',
  shell: 'Web shell',
  execution: 'Code executed',
  credentials: 'Credentials taken or used',
  persistence: 'Persistence',
  collection: 'Mail read',
  exfiltration: 'Data taken out',
  cleanup: 'Traces removed',
  context: 'Context',
}
export const stageOrder = Object.keys(stageTexts) as readonly Stage[]

export const certainties: Readonly<Record<Mailbox['certainty'], string>> = {
  named: 'named in the log entry',
  joined: 'joined from two logs',
  possible: 'possible',
  unknown: 'unknown which',
}

export const persistenceKinds: Readonly<Record<Persistence['kind'], string>> = {
  'web-shell': 'Web shell',
  vdir: 'Changed virtual directory',
  'iis-module': 'IIS module',
  'transport-agent': 'Transport agent',
  task: 'Scheduled task',
  service: 'Service',
  startup: 'Start-up entry',
  account: 'Account',
  forwarding: 'Mail forwarding',
  'inbox-rule': 'Inbox rule',
  keys: 'Stolen keys',
}

export const persistenceStates: Readonly<Record<Persistence['state'], string>> = {
  present: 'present at the end of the evidence',
  'was-there': 'was there',
  'requested-after-removal': 'requested after removal',
  unknown: 'cannot tell',
}

/** What of this server an action is about. */
export function factWords({ subject, what, is }: ActionFact): string {
  if (is === null) return what
  if (subject === 'mailboxes') return `${what} (${certainties[is as Mailbox['certainty']]})`
  return `${persistenceKinds[subject as Persistence['kind']]} ${what}, ${persistenceStates[is as Persistence['state']]}`
}

/** How what another tool says relates to the findings here. */
export const opinionWords: Readonly<Record<Opinion['is'], string>> = {
  agrees: 'agrees',
  differs: 'contradicts',
  'only-theirs': 'reported by that tool only',
  'not-compared': 'not compared',
}

/** What other tools said, by tool: how many of each relation. */
export function opinionsByTool(
  thirdPartyResults: readonly Opinion[],
): readonly (readonly [tool: string, words: string])[] {
  return [...Map.groupBy(thirdPartyResults, (o) => o.tool)].map(([tool, list]) => {
    const parts = [...Map.groupBy(list, (o) => o.is)].map(
      ([is, some]) => `${formatCount(some.length)} ${opinionWords[is]}`,
    )
    return [tool, parts.join(', ')] as const
  })
}

export const timeBases: Readonly<Record<TimeBasis, string>> = {
  stated: 'the entry states its time zone',
  format: 'this format is always in UTC',
  zone: 'converted from the time zone of the server',
  assumed: 'time zone unknown, up to 14 hours off',
  file: 'the file time, weak evidence',
}

/** Campaigns that were not asked, by the reason. */
export function notAsked({ campaigns }: Assessment): [reason: string, names: string[]][] {
  const byReason = new Map<string, string[]>()
  for (const { assessed, reason, name } of campaigns) if (!assessed) addTo(byReason, reason, name)
  return [...byReason]
}

/** `2021-03-03 04:23:22 UTC`; what is no time is said to be unknown. */
export function utc(time: string | null): string {
  const m = time === null ? null : parts.exec(time)
  return m ? `${m[1]} ${m[2]} UTC` : 'time unknown'
}

/** What was known, in one sentence: two results with the same digest come from the same rules. */
export function knowledgeWords({ knowledge }: Assessment): string {
  const { packs, bundle } = knowledge
  const rules = packs.reduce((sum, pack) => sum + pack.rules, 0)
  const from = bundle === null ? '' : ` of signed bundle ${bundle.version} (valid until ${utc(bundle.expires)})`
  return `Rules: ${formatCount(rules)} in ${counted(packs.length, 'pack')}${from}, by ${toolWords(knowledge.tool)}; digest ${knowledge.sha256.slice(0, 16)}.`
}

const toolWords = (tool: string): string => (tool.startsWith('postern ') ? tool : `postern ${tool}`)

/** `2021-03-03 UTC`. */
export function formatDay(time: string | null): string {
  const m = time === null ? null : parts.exec(time)
  return m ? `${m[1]} UTC` : 'unknown'
}

/** From when to when, without saying the same day twice. */
export function span(from: string | null, to: string | null): string {
  const a = from === null ? null : parts.exec(from)
  const b = to === null ? null : parts.exec(to)
  if (!a && !b) return 'time unknown'
  if (!a) return `until ${b![1]} ${minutes(b!)} UTC`
  if (!b) return `from ${a[1]} ${minutes(a)} UTC on`
  if (a[0] === b[0] || from === to) return `${a[1]} ${a[2]} UTC`
  if (a[1] === b[1]) return `${a[1]} ${a[2]} – ${b[2]} UTC`
  return `${a[1]} ${minutes(a)} – ${b[1]} ${minutes(b)} UTC`
}

const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/
const minutes = (m: RegExpExecArray): string => m[2]!.slice(0, 5)

/** `1.4 MB`, in powers of ten. */
export function bytes(n: number): string {
  if (n < 1000) return counted(n, 'byte')
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = n
  let unit = -1
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** `2021-03-03 04:23 – 2021-03-05 16:02 UTC; scans and attempts: …`. */
export function storySpan({
  steps,
  attempts,
}: {
  readonly steps: FirstAndLast | null
  readonly attempts: FirstAndLast | null
}): string {
  const tried = attempts === null ? '' : `scans and attempts: ${span(attempts.first, attempts.last)}`
  return steps === null ? tried : `${span(steps.first, steps.last)}${tried === '' ? '' : `; ${tried}`}`
}

/** What would settle a question, with its times as the rest of the report writes them. */
export function settles(wouldChange: string): string {
  const times = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ/
  const plain = wouldChange.replace(new RegExp(`${times.source} to ${times.source}`, 'g'), '$1 $2 to $3 $4 UTC')
  return plain.replace(new RegExp(times.source, 'g'), '$1 $2 UTC').replace(/\.$/, '')
}

/** Why entries are missing: a silence of the log, or what of it was not read. */
export function holeWords(hole: { readonly reasons: readonly string[] }): string {
  const unread = hole.reasons.filter((reason) => reason.startsWith('not read:'))
  if (unread.length === 0) return 'a log gap'
  return `${unread[0]}${unread.length > 1 ? `, and ${counted(unread.length - 1, 'more reason')}` : ''}`
}

/** The sentence of an answer, beside its `yes`. */
export function sayingOf(answer: Answer): string {
  const rest = answer.sentence.replace(/^Yes: /, '')
  return capital(rest)
}

/** Log coverage for one question: `46.5 of 77 days`, null where the question needs no logs. */
export function reach(coverage: AnswerCoverage): string | null {
  if (coverage.of <= 0) return null
  if (coverage.covered >= coverage.of) return `all of ${lasting(coverage.of)}`
  const part = formatShare(coverage.covered, coverage.of)
  if (coverage.of < 72 || coverage.covered < 24 || coverage.of - coverage.covered < 24) return part
  return `${part} (${formatCount(coverage.covered)} of ${counted(coverage.of, 'hour')})`
}

/**
 * What the logs do not reach of the time that matters, for the question that they answer least: `50 of 71 days`. What was
 * proven is proven without them.
 */
export function missingWords({ answers, verdict }: Assessment): string {
  const hours = verdict.covers.missingHours
  if (hours <= 0) return 'none'
  const of = answers.find((a) => a.question !== 'still-there' && a.coverage.of - a.coverage.covered === hours)?.coverage
    .of
  const missing = of === undefined ? lasting(hours) : formatShare(hours, of)
  return isProven(verdict) ? `${missing}; not needed for the verdict` : missing
}

/** The same as a sentence; a question about the state at the end has one hour. */
export function reachSentence(coverage: AnswerCoverage): string | null {
  const reached = reach(coverage)
  if (reached === null) return null
  if (!isState(coverage))
    return coverage.covered === 0
      ? `No log that could rule it out covers this period (${lasting(coverage.of)}).`
      : `Logs cover ${reached}.`
  return coverage.covered >= 1
    ? 'The state at the end is in the evidence.'
    : 'The state at the end is not completely in the evidence.'
}

/** `5 hours`, `12 days`. */
export function lasting(hours: number): string {
  return hours < 240 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day')
}

/** What a campaign is called, by its id. */
export function campaignNames(assessment: Assessment): ReadonlyMap<string, string> {
  const own = assessment.campaigns.filter(({ general }) => !general)
  return new Map([['unknown', 'no known campaign'], ...own.map((c) => [c.campaign, c.name] as const)])
}

/** A reason as the answers write them: a finding, or a sentence with its subject in front. */
export type Reason = { readonly finding: Finding } | { readonly subject: string; readonly sentence: string }

/** Separates ids of findings from sentences in a `because`. */
export function reasons(because: readonly string[], findings: ReadonlyMap<string, Finding>): readonly Reason[] {
  return because.map((text) => {
    const finding = findings.get(text)
    if (finding) return { finding }
    const sentence = /^([a-z-]+):\s*(.*)$/s.exec(text)
    const subject = sentence?.[1]
    if (subject === 'exposure' || subject === 'coverage') return { subject, sentence: sentence![2]! }
    const question = questionOrder.find((q) => q === subject)
    return question
      ? { subject: '', sentence: `${questionTexts[question].asks} ${wordOf(sentence![2]!)}` }
      : { subject: '', sentence: text }
  })
}

function wordOf(is: string): string {
  return Object.hasOwn(isWords, is) ? isWords[is as Is] : is
}

/** Requests to the front end, in one to three sentences. */
export function requestsWords({ rows, clients, agents, paths, beyond }: Requests): string {
  const much = `${counted(rows, 'row')} of the front end's logs: ${counted(clients, 'address', 'addresses')}, ${counted(agents, 'program')}, ${counted(paths, 'path')}`
  const many = Math.max(beyond.client, beyond.agent, beyond.path, beyond.status)
  const rest =
    many === 0 ? '' : ` Up to ${counted(many, 'row')} had more distinct values than could be counted separately.`
  return `${much}. Rare requests are leads. They prove nothing and affect no answer.${rest}`
}

/** A rare page or program in a line. */
export function rareWords({ value, client, rows, first, last }: Rare): string {
  return `${value}: ${client}, ${counted(rows, 'row')}, ${span(first, last)}`
}

/** Chains have a number in a report, and an id in the data. */
export function byStory({ intrusions }: Pick<Assessment, 'intrusions'>): (text: string) => string {
  const number = new Map(intrusions.map((intrusion, i) => [intrusion.id, i + 1]))
  return (text) =>
    text.replace(/\b(?:chain|intrusion) ([\w-]+)/g, (all, id: string) =>
      number.has(id) ? `attack chain ${number.get(id)}` : all,
    )
}

/** A hypothesis in a line: actor, likelihood, and its intrusions where there are several. */
export function hypothesisWords(actor: Actor, { intrusions }: Pick<Assessment, 'intrusions'>): string {
  const number = new Map(intrusions.map((intrusion, i) => [intrusion.id, i + 1]))
  const told = actor.intrusions.flatMap((id) => number.get(id) ?? [])
  const shown = formatList(told.map(String), 10, 'attack chain')
  const stories =
    intrusions.length < 2 || told.length === 0
      ? ''
      : `, of ${told.length === 1 ? 'attack chain' : 'attack chains'} ${shown}`
  return `${capital(actor.actor)}: ${actor.words}${stories}${isWeighedOnly(actor) ? ` (${weighedOnly})` : ''}`
}

export const weighedOnly = 'considered, not named'

export const likelihoodWords =
  'Likelihoods follow ICD 203, the scale of intelligence services: almost no chance (1–5 in 100), very unlikely (5–20), unlikely (20–45). Then: roughly even chance (45–55), likely (55–80), very likely (80–95), almost certain (95–99).'
