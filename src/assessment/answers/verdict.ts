import { type AssessmentInput, isWritten } from './assessment-input.ts'
import { isOfKind, type LogKind, otherTraces, type Vantage, vantageOf } from '../../model/log-kinds.ts'
import { counted, formatAll, formatList, withinShare } from '../../lib/amounts.ts'
import { greatestOf } from '../../lib/collections.ts'
import { hourOf, iso } from '../../lib/time.ts'
import type { LostHours } from '../coverage/lost-coverage.ts'
import { certainOf } from '../mailboxes/mailboxes.ts'
import {
  type Answer,
  type AnswerCoverage,
  type CampaignAnswer,
  type Is,
  type Question,
  restsOn,
  stageQuestion,
  type Verdict,
  type VerdictIs,
} from '../../model/answer.ts'
import { type FirstAndLast } from '../../model/event.ts'
import {
  asks,
  formatDate,
  formatLastDay,
  formatMonths,
  formatSpan,
  listUnread,
  narrowed,
  stamp,
  vulnerabilityNames,
} from './sentences.ts'
import { scoreFinding } from './finding-weight.ts'
import { subjectWithin } from '../../model/weight-words.ts'
import { isSignOfIntrusion } from '../../findings/serious.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import type { Window } from './campaign-window.ts'
import { deciding, ruleVerdict } from './verdict-rule.ts'

/** One verdict of the six answers. */
export function verdictOf(
  input: AssessmentInput,
  answers: readonly Answer[],
  windows: readonly Window[],
  general: CampaignAnswer | null,
): Verdict {
  const is = (question: Question): Is => answers.find((answer) => answer.question === question)!.is
  const covers = (question: Question): boolean => {
    const answer = answers.find((a) => a.question === question)!
    return answer.coverage.covered > 0 || answer.because.some((b) => b.startsWith('exposure:'))
  }
  const verdict = ruleVerdict({
    is,
    hasOpenLead: input.openLeads.length > 0,
    isUncovered: !deciding.some(covers),
    isUnread: input.meter.blind.length > 0 || openLogs(input).length > 0 || ofOtherHosts(input).length > 0,
    isNamedBeyond: windows.some(
      ({ outsideLogs, campaign }) => outsideLogs !== null && input.named.includes(campaign.id),
    ),
  })
  const rests = restsOn[verdict]
  const missing = answers
    .filter((a) => a.question !== 'still-there')
    .reduce((most, { coverage }) => Math.max(most, coverage.of - coverage.covered), 0)
  const open = answers.filter((answer) => answer.is === 'cannot-tell').map((answer) => answer.question)
  const seen = seenOf(input, answers)
  return {
    is: verdict,
    sentence: narrowed(
      input,
      `${sentenceOf(input, verdict, answers, { open, seen, period: periodOf(input, general), windows })}${hostsPart(input)}${unreadPart(input, verdict, answers, windows)}`,
    ),
    sure: rests.length === 0 || rests.some((question) => is(question) === 'yes'),
    open,
    observed: seen,
    covers: { from: iso(input.meter.first), to: iso(input.meter.last), missingHours: missing },
  }
}

function sentenceOf(
  input: AssessmentInput,
  verdict: VerdictIs,
  answers: readonly Answer[],
  { open, seen, period, windows }: SentenceFacts,
): string {
  const { name, product } = input.server
  const by = (question: Question): Answer => answers.find((answer) => answer.question === question)!
  const was = (question: Question): string => (by(question).is === 'likely' ? 'was probably' : 'was')
  /** A sentence for a yes, one for a probably, nothing else. */
  const stated = (question: Question, yes: string, likely: string): string =>
    (({ yes: ` ${yes}`, likely: ` ${likely}` }) as Partial<Record<Is, string>>)[by(question).is] ?? ''
  const first = (time: string | null, what: string): string =>
    time === null ? '' : ` ${what}: ${stamp(Date.parse(time))} UTC.`
  // A machine without Exchange has none of its vulnerabilities.
  const isElsewhere = product === 'none'
  const unknown = open.filter((q) => q !== 'exposed' && !(isElsewhere && (q === 'targeted' || q === 'exploited')))
  const rest = unknown.length > 0 ? ` Undetermined: whether ${unknown.map((q) => asks[q]).join('; whether ')}.` : ''
  const outlook = `${vulnerablePart(input)}${beyondPart(input, windows)}`
  switch (verdict) {
    case 'compromised':
    case 'exploited':
      return [
        `${name} ${entered(verdict, by, was)}.`,
        first(seen.steps.first, 'First evidence'),
        initialAccess(input, by('exploited')),
        stated('mail-taken', ...takenWords(input)),
        verdict === 'compromised' ? stated('still-there', ...remainsWords(product)) : '',
        rest,
      ].join('')
    case 'targeted': {
      const tried = first(seen.attempts.first, 'First attempt')
      return `No evidence of an intrusion on ${name}${period}; ${attemptWords(input, by('targeted'))}.${tried}${rest}${outlook}${notGiven(input)}`
    }
    case 'no-evidence':
      return `No evidence of an intrusion on ${name}${period}.${rest}${outlook}${notGiven(input)}`
    case 'cannot-tell': {
      const why = input.nothingRecognized
        ? ': nothing in the evidence was recognized as a log or page of a mail server'
        : `${period}${isElsewhere ? ': the evidence shows no sign of Exchange' : ''}`
      const tried = stated('targeted', 'Exploitation was attempted.', 'Exploitation was probably attempted.')
      const parts = [tried, seenPart(by('exploited').coverage), openLeadPart(input), foreignPart(input), rest, outlook]
      return `Cannot determine whether ${name} was compromised${why}.${parts.join('')}`
    }
  }
}

/** What a sentence is made of, besides the answers. */
type SentenceFacts = {
  readonly open: readonly Question[]
  readonly seen: Verdict['observed']
  /** ` between 2021-01-01 and 2021-03-19 (UTC)`. */
  readonly period: string
  readonly windows: readonly Window[]
}

/** `was exploited, and probably compromised`: what is certain is not lost in what is probable. */
function entered(
  verdict: 'compromised' | 'exploited',
  by: (question: Question) => Answer,
  was: (question: Question) => string,
): string {
  const holds = (question: Question): boolean => by(question).is === 'yes' || by(question).is === 'likely'
  if (verdict === 'exploited') return `${was(holds('exploited') ? 'exploited' : 'mail-taken')} exploited`
  const question = holds('compromised') ? 'compromised' : 'still-there'
  if (by(question).is === 'likely' && by('exploited').is === 'yes') return 'was exploited, and probably compromised'
  return `${was(question)} compromised`
}

function remainsWords(product: string): readonly [yes: string, likely: string] {
  const where = product === 'exchange-online' ? 'in the tenant' : 'on the server'
  return [`Attacker persistence remains ${where}.`, `Attacker persistence probably remains ${where}.`]
}

/** A vulnerability is the likely way in, and no request through one is in the evidence. */
function initialAccess({ found }: AssessmentInput, { is, because }: Answer): string {
  if (is !== 'likely') return ''
  const ids = new Set(because)
  const isSeen = found.some(({ finding: { id, stage } }) => ids.has(id) && (stage === 'access' || stage === 'write'))
  return isSeen ? '' : ' Initial access was not observed.'
}

/** `3 exploitation attempts were refused`; of requests that got an answer, that nothing followed. */
function attemptWords({ found }: AssessmentInput, { because }: Answer): string {
  const ids = new Set(because)
  const tried = found.filter(({ finding: { id } }) => ids.has(id))
  // Several logs record one request, and several rules may match it.
  const requests = new Set(
    tried.flatMap(({ finding: { client }, hits }) =>
      hits.map(({ event: { time } }) => `${client}\0${time === null ? '' : Math.floor(time / 1000)}`),
    ),
  )
  const n = tried.reduce((sum, { finding: { count }, hits }) => sum + Math.max(0, count - hits.length), requests.size)
  const every = (is: (fields: Fields) => boolean): boolean =>
    tried.every(({ hits }) => hits.length > 0 && hits.every(({ event: { fields } }) => is(fields)))
  const what = counted(n, 'exploitation attempt')
  if (every(isOpen)) return `the outcome of ${what} is not in the entries`
  const isRefused = every(wasRefused)
  return isRefused ? `${what} ${n === 1 ? 'was' : 'were'} refused` : `${what} had no recorded effect`
}

type Fields = FindingWithHits['hits'][number]['event']['fields']

/** A row that its status was left out of, as in excerpts. */
function isOpen({ 'cs-uri-stem': stem, 'sc-status': status, HttpStatus: http, Succeeded: succeeded }: Fields): boolean {
  return stem != null && [status, http, succeeded].every((value) => value === null || value === undefined)
}

function wasRefused(fields: Fields): boolean {
  return fields.Succeeded === false || Number(fields['sc-status'] ?? fields.HttpStatus) >= 400
}

/** The time that the logs which show an intrusion cover without a break: ` between 2021-01-01 and 2021-03-19 (UTC)`. */
function periodOf({ meter, narrowed: within }: AssessmentInput, general: CampaignAnswer | null): string {
  if (meter.first === null || meter.last === null) return ': the evidence contains no dated log'
  const begins = (general?.answers ?? []).flatMap(({ question, coverage: { from, covered } }) =>
    question === 'still-there' || covered === 0 || from === null ? [] : [Date.parse(from)],
  )
  const from = greatestOf(begins, Math.max(meter.first, within?.from ?? -Infinity))
  return ` between ${formatDate(from)} and ${formatLastDay(Math.min(meter.last + 1, within?.to ?? Infinity))} (UTC)`
}

/** ` It is vulnerable to CVE-2026-42897 and 22 more vulnerabilities: install Aug26SU (15.2.2562.46).` */
function vulnerablePart({ exposure }: AssessmentInput): string {
  const open = (exposure?.cves ?? []).filter(
    ({ state, fixedBy, remedy }) =>
      state === 'open' && (fixedBy !== null || remedy?.startsWith('no update for') === true),
  )
  const update = exposure?.support?.newest ?? null
  if (open.length === 0 || update === null) return ''
  return ` It is vulnerable to ${formatList(vulnerabilityNames(open), NAMED, 'vulnerability', 'vulnerabilities')}: install ${update}.`
}

/** Campaigns whose time, while the server was or may have been vulnerable, lies before its logs. */
function beyondPart({ server, meter }: AssessmentInput, windows: readonly Window[]): string {
  if (server.product === 'none') return ''
  const names = windows.flatMap(({ campaign, outsideLogs }) =>
    outsideLogs === null ? [] : [`${campaign.name} (${formatMonths(outsideLogs.from, outsideLogs.to)})`],
  )
  if (names.length === 0) return ''
  const states = [
    ...(meter.has('web-roots') ? ['files'] : []),
    ...(meter.has('iis-config') ? ['configuration'] : []),
    ...(meter.has('tasks') ? ['tasks'] : []),
  ]
  const trace = states.length === 0 ? '' : `; no trace found in the ${formatAll(states)} collected`
  return ` Beyond the logs: ${formatList(names, NAMED, 'campaign')}: no logs for ${names.length === 1 ? 'this period' : 'these periods'}${trace}.`
}

/** Asks whose the open leads are. */
function openLeadPart({ openLeads }: AssessmentInput): string {
  const hosts = openLeads.filter(({ kind }) => kind === 'host')
  const onHosts =
    hosts.length === 0
      ? ''
      : ` Unexplained: what was done on ${formatList([...new Set(hosts.map(({ name }) => name))], NAMED, 'host')} in a session whose traces were removed. Whose session was it?`
  return `${ofThings(openLeads.filter(({ kind }) => kind !== 'host'))}${onHosts}`
}

function ofThings(leads: AssessmentInput['openLeads']): string {
  if (leads.length === 0) return ''
  const names = [...new Set(leads.map(subjectWithin))]
  const [are, them] = names.length === 1 ? ['is', 'it'] : ['are', 'them']
  return ` Unexplained: ${formatList(names, NAMED, 'item')}. Whose ${are} ${names.length === 1 ? 'it' : 'they'}, and who installed ${them}?`
}

const NAMED = 3

/** Logs of a tenant that no question needs, and where alone an intrusion may show. */
const tenantTraces: typeof otherTraces = new Map([
  ['sign-in logs of Entra (non-interactive sign-ins)', ['entra-signin']],
  ['message traces', ['m365-message-trace']],
])

/** What is missing, as a sentence names it: of logs of which only selected rows are there, the whole. */
export function missingLogs(what: string, kinds: readonly LogKind[], meter: AssessmentInput['meter']): string {
  return meter.isSeenInPart(kinds) ? ['all', what].join(' ') : what
}

function notGiven(input: AssessmentInput): string {
  const { meter, server } = input
  const seen = meter.kindsSeen()
  const isSeen = (kind: LogKind): boolean => seen.some((one) => isOfKind(one, kind))
  const traces = server.product === 'exchange-online' ? tenantTraces : otherTraces
  const missing = [...traces].flatMap(([what, kinds]) =>
    kinds.some(isSeen) || !isWritten(input, kinds) ? [] : [missingLogs(what, kinds, meter)],
  )
  if (input.areTokensUnknown === true) missing.push('Windows events of the federation servers (AD FS)')
  if (missing.length === 0) return ''
  return ` The evidence does not include ${missing.join(', ')}; intrusions visible only there would be missed.`
}

/** The number of certain mailboxes; other possible ones are reported beside it. */
function takenWords({ mailboxes }: AssessmentInput): readonly [yes: string, likely: string] {
  const n = certainOf(mailboxes).length
  const possible = mailboxes.filter(({ scope, certainty }) => scope === 'mailbox' && certainty === 'possible').length
  const whole = mailboxes.some(({ scope }) => scope === 'server')
  const of = n === 0 ? '' : ` of ${counted(n, 'mailbox', 'mailboxes')}`
  const more = [
    ...(possible > 0
      ? [
          n > 0
            ? `${possible} more possibly affected`
            : `${counted(possible, 'mailbox', 'mailboxes')} possibly affected`,
        ]
      : []),
    ...(whole ? [`${n === 0 ? '' : 'other '}affected mailboxes cannot be determined`] : []),
  ]
  const rest = more.length === 0 ? '.' : `; ${more.join(', and ')}.`
  return [`Mail${of} was taken${rest}`, `Mail${of} was probably taken${rest}`]
}

/** Logs of several hosts count together: the verdict may be that of any of them. ` Logs of MAIL01 and MAIL02 were assessed together.` */
function hostsPart({ server: { names } }: AssessmentInput): string {
  if (names.size < 2) return ''
  const all = [...names]
  const list = all.length > HOSTS ? [...all.slice(0, HOSTS), `${all.length - HOSTS} more`] : all
  return ` Logs of ${formatAll(list)} were assessed together: the verdict may concern any of them.`
}

const HOSTS = 3

/** What was not read and could say something else: ` Not read to the end: u_ex210303.log (damaged).` */
function unreadPart(
  input: AssessmentInput,
  verdict: VerdictIs,
  answers: readonly Answer[],
  windows: readonly Window[],
): string {
  const { meter } = input
  const blind =
    meter.blind.length === 0 ? '' : ` Files not read that could hold persistence: ${listUnread(meter.blind)}.`
  if (verdict === 'compromised' || verdict === 'exploited') return blind
  const kinds = windows.flatMap((w) => (w.assessed ? Object.values(w.campaign.needs).flat(2) : []))
  const spans = answers.flatMap(({ question, coverage }) => (question === 'still-there' ? [] : coverage.missing))
  const lost = spans.flatMap(({ from, to }) => meter.lostIn(kinds, hourOf(Date.parse(from)), hourOf(Date.parse(to))))
  const unread = lost.length > 0 ? lost : verdict === 'cannot-tell' ? openLogs(input) : []
  return unread.length === 0 ? blind : ` Logs that could not be read in these hours: ${listUnread(unread)}.${blind}`
}

/** Logs that no question needed and that could not be read: an intrusion that is assessed only where it is indicated may be there alone. */
function openLogs({ meter }: AssessmentInput): LostHours[] {
  return meter.notRead().filter(({ kind }) => kind !== 'windows-other' && seesIntrusions[vantageOf(kind)])
}

/** Does a log of a vantage show intrusions by itself, in any way? Of states, `blind` names what was not read. */
const seesIntrusions: Readonly<Record<Vantage, boolean>> = {
  'front-end': true,
  'back-end': true,
  cmdlet: true,
  'mailbox-audit': true,
  transport: true,
  'mail-protocol': true,
  'windows-events': true,
  'tenant-audit': true,
  'tenant-sign-in': true,
  // Which accounts used the server from where: it names no act, and none of it is a sign alone.
  'user-access': false,
  disk: false,
  configuration: false,
  registry: false,
  export: false,
  'other-tool': false,
  unknown: false,
}

/**
 * Hosts whose entries in the evidence show an intrusion and were not counted. Who can add entries can make the server bear
 * another name: that nothing happened on it is then not known.
 */
function ofOtherHosts(input: AssessmentInput): string[] {
  if (input.server.isSure) return []
  const hosts = input.found.flatMap(({ finding, isForeign, hits }) =>
    isForeign && finding.host !== null && isSignOfIntrusion(finding) && hits.some(({ misplaced }) => !misplaced)
      ? [finding.host]
      : [],
  )
  return [...new Set(hosts)].sort()
}

/** ` Entries of FAKE99 show an intrusion and were not counted: they may be of this server.` */
function foreignPart(input: AssessmentInput): string {
  const hosts = ofOtherHosts(input)
  if (hosts.length === 0) return ''
  const names = formatList(hosts, HOSTS, 'host')
  return ` Entries of other hosts (${names}) show signs of an intrusion and were not counted: they may be of this server.`
}

/** ` Needed logs are missing from 2021-01-03 to 2021-02-21; no evidence of exploitation on 13 of 64 days.` */
function seenPart({ of, covered, missing }: AnswerCoverage): string {
  if (of === 0 || covered === 0 || covered === of) return ''
  const spans = missing.map(({ from, to }) => formatSpan(Date.parse(from), Date.parse(to)))
  return ` Needed logs are missing ${formatList(spans, NAMED, 'span')}; no evidence of exploitation ${withinShare(covered, of)}.`
}

/** Times of attacker actions, and of scans and attempts: from the findings behind answers that hold. */
function seenOf(input: AssessmentInput, answers: readonly Answer[]): Verdict['observed'] {
  const times = (isAttempt: boolean): FirstAndLast => {
    const ids = new Set(
      answers.flatMap(({ question, is, because }) =>
        question !== 'exposed' && (question === 'targeted') === isAttempt && (is === 'yes' || is === 'likely')
          ? because
          : [],
      ),
    )
    const own = input.found.filter(
      (f) =>
        ids.has(f.finding.id) &&
        (stageQuestion[f.finding.stage] === 'targeted' || (isAttempt && scoreFinding(f) === null)) === isAttempt,
    )
    const all = own.flatMap(({ finding: { first, last, time } }) => [first ?? time, last ?? time])
    const dated = all.filter((time) => time !== null).sort()
    return { first: dated[0] ?? null, last: dated.at(-1) ?? null }
  }
  return { steps: times(false), attempts: times(true) }
}

/** True: the first successful step came before the fix, or no fix followed. Null where it cannot be known. */
export function patchedTooLate(
  input: AssessmentInput,
  windows: readonly Window[],
  campaigns: readonly CampaignAnswer[],
  credited: ReadonlyMap<string, string>,
): boolean | null {
  const steps = input.found
    .flatMap((f) => {
      const own = windows.find((window) => window.campaign.id === f.finding.campaign)
      const w = own && (windows.find((window) => window.campaign.id === credited.get(f.finding.id)) ?? own)
      if (!w || f.finding.time === null) return []
      const weight = scoreFinding(f)
      if (!weight || weight.question === 'targeted') return []
      const { stage, timeBasis: basis } = f.finding
      return [
        {
          time: Date.parse(f.finding.time),
          basis,
          exposure: w.exposure,
          entered: stage === 'access' || stage === 'write',
        },
      ]
    })
    .sort((a, b) => a.time - b.time)
  const first = steps[0]
  if (!first) {
    const fixed =
      windows.some((w) => w.assessed && w.exposure.fixedAt !== null) ||
      windows.some((w) => w.settled && w.exposure.affected)
    // Of the campaigns: logs that are missing after the fix leave it as it is.
    const isSettled = campaigns.every(({ assessed, answers }) =>
      answers.every(({ question, is }) => !assessed || question !== 'exploited' || is === 'no-evidence'),
    )
    return fixed && isSettled && windows.every(({ outsideLogs }) => outsideLogs === null) ? false : null
  }
  const { fixedAt, end } = first.exposure
  if (fixedAt === null) return end === 'open' ? true : null
  const doubt = first.basis === 'assumed' || first.basis === 'file' ? 14 * 3_600_000 : 0
  if (first.time + doubt < fixedAt) return true
  // A web shell that is used after the fix was planted before: only exploitation itself shows when it succeeded.
  if (first.time - doubt >= fixedAt) return first.entered ? false : null
  return null
}
