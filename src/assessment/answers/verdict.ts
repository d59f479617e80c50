import { type AssessmentInput } from './assessment-input.ts'
import { otherTraces, type Vantage, vantageOf } from '../../model/log-kinds.ts'
import { formatList, withinShare } from '../../lib/amounts.ts'
import { hourOf, iso } from '../../lib/time.ts'
import type { LostHours } from '../coverage/lost-coverage.ts'
import { certainOf } from '../mailboxes/mailboxes.ts'
import {
  type Answer,
  type AnswerCoverage,
  type Is,
  type Question,
  stageQuestion,
  type Verdict,
  type VerdictIs,
} from '../../model/answer.ts'
import { type FirstAndLast } from '../../model/event.ts'
import { asks, formatDate, listUnread, narrowed, stamp } from './sentences.ts'
import { scoreFinding } from './finding-weight.ts'
import { isSignOfIntrusion } from '../../findings/serious.ts'
import type { Window } from './campaign-window.ts'

/** One verdict of the six answers. */
export function verdictOf(input: AssessmentInput, answers: readonly Answer[], windows: readonly Window[]): Verdict {
  const is = (question: Question): Is => answers.find((answer) => answer.question === question)!.is
  const holds = (question: Question): boolean => is(question) === 'yes' || is(question) === 'likely'
  const isOpen = input.openLeads.length > 0
  const covers = (question: Question): boolean => {
    const answer = answers.find((a) => a.question === question)!
    return answer.coverage.covered > 0 || answer.because.some((b) => b.startsWith('exposure:'))
  }
  const nothing = !(['targeted', 'exploited', 'compromised', 'mail-taken'] as const).some(covers)
  const verdict: VerdictIs =
    holds('compromised') || holds('still-there')
      ? 'compromised'
      : holds('exploited') || holds('mail-taken')
        ? 'exploited'
        : holds('targeted') && is('exploited') === 'no-evidence' && is('compromised') === 'no-evidence' && !isOpen
          ? 'targeted'
          : (['targeted', 'exploited', 'compromised', 'mail-taken'] as const).some((q) => is(q) === 'cannot-tell') ||
              nothing ||
              isOpen ||
              input.meter.blind.length > 0 ||
              openLogs(input).length > 0 ||
              ofOtherHosts(input).length > 0
            ? 'cannot-tell'
            : 'no-evidence'
  const rests: readonly Question[] =
    verdict === 'compromised'
      ? ['compromised', 'still-there']
      : verdict === 'exploited'
        ? ['exploited', 'mail-taken']
        : verdict === 'targeted'
          ? ['targeted']
          : []
  const missing = answers
    .filter((a) => a.question !== 'still-there')
    .reduce((most, { coverage }) => Math.max(most, coverage.of - coverage.covered), 0)
  const open = answers.filter((answer) => answer.is === 'cannot-tell').map((answer) => answer.question)
  const seen = seenOf(input, answers)
  return {
    is: verdict,
    sentence: narrowed(
      input,
      `${sentenceOf(input, verdict, answers, open, seen)}${hostsPart(input)}${unreadPart(input, verdict, answers, windows)}`,
    ),
    sure: rests.length === 0 || rests.some((question) => is(question) === 'yes'),
    open,
    seen,
    covers: { from: iso(input.meter.first), to: iso(input.meter.last), missingHours: missing },
  }
}

function sentenceOf(
  input: AssessmentInput,
  verdict: VerdictIs,
  answers: readonly Answer[],
  open: readonly Question[],
  seen: Verdict['seen'],
): string {
  const name = input.server.name
  const by = (question: Question): Answer => answers.find((answer) => answer.question === question)!
  const period =
    input.meter.first === null
      ? 'the evidence holds no dated log'
      : `the logs reach from ${formatDate(input.meter.first)} to ${formatDate(input.meter.last!)} (UTC)`
  const { first } = verdict === 'targeted' ? seen.attempts : seen.steps
  const when =
    first === null
      ? ''
      : ` ${verdict === 'targeted' ? 'First attempt' : 'First step of an intruder'}: ${stamp(Date.parse(first))} UTC.`
  const unknown = open.filter((q) => q !== 'exposed')
  const rest =
    unknown.length > 0
      ? ` What cannot be known from this evidence: whether ${unknown.map((q) => asks[q]).join('; whether ')}.`
      : ''
  const probably = (question: Question): string => (by(question).is === 'likely' ? 'was probably' : 'was')
  /** A sentence for a yes, one for a probably, nothing else. */
  const told = (question: Question, yes: string, likely: string): string =>
    (({ yes: ` ${yes}`, likely: ` ${likely}` }) as Partial<Record<Is, string>>)[by(question).is] ?? ''
  const mail = told('mail-taken', ...takenWords(input))
  switch (verdict) {
    case 'compromised': {
      const left = told(
        'still-there',
        'Something that lets them come back is still there.',
        'Something that lets them come back is probably still there.',
      )
      const subject =
        by('compromised').is === 'no-evidence' || by('compromised').is === 'cannot-tell' ? 'still-there' : 'compromised'
      return `${name} ${probably(subject)} compromised.${when}${mail}${left}${rest}`
    }
    case 'exploited':
      return `${name} ${probably(by('exploited').is === 'cannot-tell' ? 'mail-taken' : 'exploited')} exploited.${when}${mail}${rest}`
    case 'targeted':
      return `${name} ${probably('targeted')} targeted: someone tried the door.${when} ${by('exploited').is === 'no-evidence' ? 'There is no evidence that it opened' : 'Whether it opened cannot be known from this evidence'}; ${period}.${rest}`
    case 'no-evidence':
      return `No evidence that anyone came in by this door at ${name}; ${period}.${rest}${notGiven(input)}`
    case 'cannot-tell': {
      const why = input.nothingRecognised
        ? 'nothing in the evidence was recognised as a log or page of a mail server'
        : input.server.product === 'none'
          ? `the evidence shows no sign of Exchange; ${period}`
          : period
      return `Cannot tell whether anyone came in at ${name}: ${why}.${seenPart(by('exploited').coverage)}${foreignPart(input)}${rest}`
    }
  }
}

function notGiven({ meter }: AssessmentInput): string {
  const seen = new Set(meter.kindsSeen())
  const missing = [...otherTraces].flatMap(([what, kinds]) => (kinds.some((kind) => seen.has(kind)) ? [] : [what]))
  if (missing.length === 0) return ''
  return ` Not given, so that an intrusion by another way, which would show there alone, is not seen: ${missing.join(', ')}.`
}

/** The number of certain mailboxes; other possible ones are reported beside it. */
function takenWords({ mailboxes }: AssessmentInput): readonly [yes: string, likely: string] {
  const n = certainOf(mailboxes).length
  const possible = mailboxes.filter(({ scope, certainty }) => scope === 'mailbox' && certainty === 'possible').length
  const whole = mailboxes.some(({ scope }) => scope === 'server')
  const of = n === 0 ? '' : ` of ${n} ${n === 1 ? 'mailbox' : 'mailboxes'}`
  const more = [
    ...(possible > 0
      ? [
          `${possible} ${n > 0 ? 'more' : possible === 1 ? 'mailbox' : 'mailboxes'} ${possible === 1 ? 'is' : 'are'} possible`,
        ]
      : []),
    ...(whole ? [n === 0 ? 'whose cannot be known' : 'whose else cannot be known'] : []),
  ]
  const rest = more.length === 0 ? '.' : `; ${more.join(', and ')}.`
  return [`Mail${of} was taken${rest}`, `Mail${of} was probably taken${rest}`]
}

/** Logs of several hosts count together: the verdict may be that of any of them. ` Logs of MAIL01 and MAIL02 were assessed together.` */
function hostsPart({ server: { names } }: AssessmentInput): string {
  if (names.size < 2) return ''
  const all = [...names]
  const list = all.length > HOSTS ? [...all.slice(0, HOSTS), `${all.length - HOSTS} more`] : all
  return ` Logs of ${list.slice(0, -1).join(', ')} and ${list.at(-1)!} were assessed together: the verdict may concern any of them.`
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
  const kinds = windows.flatMap((w) => (w.asked ? Object.values(w.campaign.needs).flat(2) : []))
  const spans = answers.flatMap(({ question, coverage }) => (question === 'still-there' ? [] : coverage.missing))
  const lost = spans.flatMap(({ from, to }) => meter.lostIn(kinds, hourOf(Date.parse(from)), hourOf(Date.parse(to))))
  const unread = lost.length > 0 ? lost : verdict === 'cannot-tell' ? openLogs(input) : []
  return unread.length === 0 ? blind : ` Logs that could not be read in these hours: ${listUnread(unread)}.${blind}`
}

/**
 * Logs that no question needed and that could not be read: what nobody asks about unless something speaks of it would stand
 * there alone.
 */
function openLogs({ meter }: AssessmentInput): LostHours[] {
  return meter.notRead().filter(({ kind }) => kind !== 'windows-other' && ofIntrusions.has(vantageOf(kind)))
}

/** From where an intrusion is seen whatever its way. */
const ofIntrusions: ReadonlySet<Vantage> = new Set([
  'front-end',
  'back-end',
  'cmdlet',
  'mailbox-audit',
  'windows-events',
])

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

/** What is known and what is not, by days: ` No trace on 13 of 64 days; 2021-01-03 to 2021-02-22 cannot be known.` */
function seenPart(reach: AnswerCoverage): string {
  if (reach.of === 0 || reach.covered === 0 || reach.covered === reach.of) return ''
  const spans = reach.missing.map(({ from, to }) =>
    // Hours of one day are no days.
    from.slice(0, 10) === to.slice(0, 10)
      ? `${from.slice(0, 10)} ${from.slice(11, 16)} to ${to.slice(11, 16)} UTC`
      : `${from.slice(0, 10)} to ${to.slice(0, 10)}`,
  )
  return ` No trace ${withinShare(reach.covered, reach.of)}; ${formatList(spans, 3, 'span')} cannot be known.`
}

/** Times of attacker actions, and of scans and attempts: from the findings behind answers that hold. */
function seenOf(input: AssessmentInput, answers: readonly Answer[]): Verdict['seen'] {
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
  answers: readonly Answer[],
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
        { time: Date.parse(f.finding.time), basis, door: w.door, entered: stage === 'access' || stage === 'write' },
      ]
    })
    .sort((a, b) => a.time - b.time)
  const first = steps[0]
  if (!first) {
    const fixed =
      windows.some((w) => w.asked && w.door.fixedAt !== null) || windows.some((w) => w.settled && w.door.affected)
    const exploited = answers.find((a) => a.question === 'exploited')!.is
    return fixed && exploited === 'no-evidence' ? false : null
  }
  const { fixedAt, end } = first.door
  if (fixedAt === null) return end === 'open' ? true : null
  const doubt = first.basis === 'assumed' || first.basis === 'file' ? 14 * 3_600_000 : 0
  if (first.time + doubt < fixedAt) return true
  // A web shell that is used after the fix was planted before: only exploitation itself shows when it succeeded.
  if (first.time - doubt >= fixedAt) return first.entered ? false : null
  return null
}
