import { type AssessmentInput, isWritten } from './assessment-input.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import { counted, formatList, formatShare } from '../../lib/amounts.ts'
import { productWords } from '../../lib/product.ts'
import { DAY, hourOf, iso } from '../../lib/time.ts'
import {
  type Answer,
  type AnswerCoverage,
  type CampaignAnswer,
  type Check,
  type Is,
  type Question,
  type Verdict,
  type Wanted,
  stageQuestion,
} from '../../model/answer.ts'
import {
  firstTraces,
  isOfKind,
  kindTitle,
  type LogKind,
  partsOfKind,
  vantageOf,
  waysBack,
} from '../../model/log-kinds.ts'
import type { CveState } from '../../model/exposure.ts'
import { isAtLeastLikely, persons } from '../../model/sign.ts'
import { subjectsOf } from '../../model/weight.ts'
import { besideSigns, subjectWords } from '../../model/weight-words.ts'
import { withInitialAccess } from './initial-access.ts'
import { asks, formatActs, formatLastDay, listUnread, narrowed, stamp, vulnerabilityNames } from './sentences.ts'
import { missingLogs, patchedTooLate, verdictOf } from './verdict.ts'
import { findingsById, implyEarlierQuestions, strengthen, scoreQuestions, weightiest } from './finding-weight.ts'
import { credit, isElsewhere, type Window, windowOf } from './campaign-window.ts'

export const questions: readonly Question[] = [
  'exposed',
  'targeted',
  'exploited',
  'compromised',
  'mail-taken',
  'still-there',
]

export type JudgedQuestions = {
  readonly answers: readonly Answer[]
  readonly campaigns: readonly CampaignAnswer[]
  readonly verdict: Verdict
  readonly patchedTooLate: boolean | null
  /** The campaign that each finding is credited to. */
  readonly credited: ReadonlyMap<string, string>
}

/** Findings, coverage and exposure in; the six answers and the verdict out. */
export function judge(input: AssessmentInput): JudgedQuestions {
  const windows = input.campaigns.map((campaign) => windowOf(input, campaign))
  const credited = credit(input, windows)
  const perCampaign = windows.map(
    (w): CampaignAnswer => ({
      campaign: w.campaign.id,
      name: w.campaign.name,
      assessed: w.assessed,
      reason: w.reason,
      exposureWindow: w.to > w.from ? { from: iso(w.from), to: iso(w.to) } : null,
      ...(w.outsideLogs ? { outsideLogs: { from: iso(w.outsideLogs.from), to: iso(w.outsideLogs.to) } } : {}),
      answers: w.assessed
        ? answersOf(input, w, (id) => credited.get(id) === w.campaign.id)
        : w.perhaps
          ? lost(input, w)
          : [],
    }),
  )
  const general = generalAnswers(input, credited)
  const overall = questions.map((question) =>
    overAll(question, [...perCampaign.filter((p) => p.assessed), ...(general ? [general] : [])], input),
  )
  const answers = withInitialAccess(input, overall, general)
  return {
    answers,
    campaigns: general ? [...perCampaign, general] : perCampaign,
    verdict: verdictOf(input, answers, windows, general),
    patchedTooLate: patchedTooLate(input, windows, perCampaign, credited),
    credited,
  }
}

/** Answers of what is asked in a window, from the findings that belong to it. */
function answersOf(input: AssessmentInput, w: Window, isOwn: (finding: string) => boolean): Answer[] {
  const own = input.found.filter((f) => isOwn(f.finding.id))
  const is = scoreQuestions(own, input.subjects)
  const ids = new Set(own.map((f) => f.finding.id))
  const still = input.stillThere.filter((s) => ids.has(s.finding))
  for (const s of still) if (s.is !== 'open') strengthen(is, 'still-there', s.is, s.finding)
  implyEarlierQuestions(is, own, input.subjects)

  const exploitedSeen = is.has('exploited')
  const out: Answer[] = []
  for (const question of questions) {
    const found = is.get(question)
    const reach = reachOf(input, w, question, exploitedSeen, is.has('compromised') && !isByAccountsAlone(own))
    if (question === 'exposed' && w.general) continue
    if (question === 'exposed') {
      const proof = exploitedSeen
        ? 'it was exploited on this server'
        : own.some(forwarded)
          ? 'it forwarded a request to where the client said'
          : null
      out.push(aged(input, exposed(input, w, proof)))
      continue
    }
    if (found) {
      out.push(said(input, question, found.is, weightiest(input, found.because), reach, w))
      continue
    }
    if (w.settled && (question === 'exploited' || question === 'compromised' || question === 'mail-taken')) {
      out.push(said(input, question, 'no-evidence', [w.settled], reach, w))
      continue
    }
    // Persistence that may or may not be an attacker's, and keys that may have been taken.
    const isOpen =
      question === 'still-there'
        ? input.openLeads.length > 0 || input.stillThere.some((one) => one.is === 'open') || hasRunCode(input, own)
        : question === 'mail-taken' && takesPasswords(own)
    const covered = !isOpen && (reach.of === 0 ? w.settled !== null && !noLogShows(reach) : input.meter.isEnough(reach))
    out.push(said(input, question, covered ? 'no-evidence' : 'cannot-tell', [], reach, w))
  }
  return out
}

/**
 * Did code run on the server, so that its keys may have been taken? With them an attacker can return until they are replaced, which
 * no list of the server shows.
 */
function hasRunCode({ server }: AssessmentInput, found: readonly FindingWithHits[]): boolean {
  return (
    server.product !== 'none' &&
    server.product !== 'exchange-online' &&
    found.some(
      ({ finding: { is, stage, sign } }) =>
        isAtLeastLikely(is) && (stage === 'execution' || stage === 'credentials') && !persons.has(sign.subject),
    )
  )
}

/**
 * Does a page or a module take the passwords of those who log on? With one of them an attacker reads mail as its owner does, which no
 * log tells apart.
 */
function takesPasswords(found: readonly FindingWithHits[]): boolean {
  return found.some(
    ({ finding: { is, stage, sign } }) =>
      isAtLeastLikely(is) && stage === 'credentials' && (sign.subject === 'page' || sign.subject === 'module'),
  )
}

/** Why the answer is open, whatever the logs cover. */
function passwordsWords(input: AssessmentInput, question: Question, is: Is, days: string): string {
  if (question !== 'mail-taken' || is !== 'cannot-tell' || !takesPasswords(input.found)) return ''
  const words = 'passwords of users who logged on were taken. Mail that is read with them looks as if its owner read it'
  return `${days.includes(': ') ? '; ' : ': '}${words}`
}

/** Do only accounts show the compromise, so that nothing says that code ran? */
function isByAccountsAlone(own: readonly FindingWithHits[]): boolean {
  return own.every(
    ({ finding: { is, stage, sign } }) =>
      !isAtLeastLikely(is) || stageQuestion[stage] !== 'compromised' || persons.has(sign.subject),
  )
}

/** How far the logs reach for a question: the hours of its window in which one alternative of its needs is whole. */
function reachOf(
  input: AssessmentInput,
  w: Window,
  question: Question,
  exploited: boolean,
  ranCode: boolean,
): AnswerCoverage {
  const { needs } = w.campaign
  if (question === 'still-there') {
    const kinds = [...(needs['still-there'] ?? [[]])].map((kinds) => [
      ...kinds,
      ...(ranCode ? ['tasks', 'services', 'accounts'] : []),
    ])
    // An unread file may contain persistence, whatever logs a campaign needs.
    const whole =
      input.meter.blind.length === 0 && kinds.some((alternative) => alternative.every((kind) => input.meter.has(kind)))
    return {
      from: iso(w.end),
      to: iso(w.end),
      covered: whole ? 1 : 0,
      of: 1,
      missing: whole ? [] : [{ from: iso(w.end), to: iso(w.end) }],
    }
  }
  const late = question === 'compromised' || question === 'mail-taken'
  // While nothing shows successful exploitation, the logs that would show it also cover its consequences. Mail that an account
  // takes needs none.
  const isShownBefore = late && !exploited && !(w.general && question === 'mail-taken')
  const alternatives = isShownBefore ? (needs.exploited ?? []) : (needs[question] ?? [])
  const to = late && exploited ? w.end : w.to
  if (to <= w.from) return { from: iso(w.from), to: iso(Math.max(w.from, to)), covered: 0, of: 0, missing: [] }
  if (alternatives.length === 0) return { from: iso(w.from), to: iso(to), covered: 0, of: 0, missing: [] }
  // While nothing was found, the question is asked for as long as the logs reach back without a break.
  const from = exploited ? w.from : (input.meter.stretch(w.from, to, alternatives) ?? w.from)
  return input.meter.measure(from, to, alternatives)
}

/** There is a time to ask about, and no hour of it that a log would cover: none of a server shows what is asked. */
function noLogShows({ from, to, of }: AnswerCoverage): boolean {
  return of === 0 && from !== to
}

function exposed(input: AssessmentInput, w: Window, proof: string | null): Answer {
  const reach: AnswerCoverage = { from: iso(w.from), to: iso(w.to), covered: 0, of: 0, missing: [] }
  const base = { question: 'exposed' as const, contradictions: [] as Check[], coverage: reach }
  if (isElsewhere(w.campaign))
    return {
      ...base,
      is: 'cannot-tell',
      because: [],
      sentence: 'Exposure does not depend on the Exchange build.',
      missingEvidence: w.campaign.wouldChange.exposed
        ? stillWanted(input, w.campaign.wouldChange.exposed, w.from, w.to)
        : ['version history of the affected component'],
    }
  if (!w.exposure.affected)
    return {
      ...base,
      is: 'not-asked',
      because: [],
      sentence:
        input.server.product === 'none'
          ? 'The evidence shows no sign of Exchange.'
          : `${productWords(input.server.product)} is not affected.`,
      missingEvidence: [],
    }
  const because = openBuilds(w)
  const fixed = fixWords(w)
  if (because.length > 0)
    return { ...base, is: 'yes', because, sentence: `The server ran a vulnerable build.${fixed}`, missingEvidence: [] }
  if (proof) {
    return {
      ...base,
      is: 'yes',
      because: [`exposure: ${proof}`],
      sentence: `The server was vulnerable: ${proof}.${fixed}`,
      missingEvidence: [],
    }
  }
  if (
    w.settled ||
    (w.exposure.spans.length > 0 &&
      w.exposure.spans.every((span) => span.state === 'fixed' && span.from !== null && span.from <= w.from))
  ) {
    return {
      ...base,
      is: 'no-evidence',
      because: [w.settled ?? 'exposure: the fix was installed before'],
      sentence: 'The evidence shows no vulnerable build.',
      missingEvidence: [],
    }
  }
  return {
    ...base,
    is: 'cannot-tell',
    because: [],
    sentence: `The evidence does not show which build ran in that time.${fixed}`,
    missingEvidence: [`the build over time: ${buildsFrom(input, w).join(', or ')}`],
  }
}

/** The builds that were open to it in the window; where none was, those that still were after its beginning. */
function openBuilds({ exposure, from, to }: Window): string[] {
  const open = exposure.spans.filter((span) => span.state === 'open')
  const during = open.filter(
    (span) =>
      span.from === null || (span.from < Math.max(to, from + DAY) && (span.to ?? Infinity) >= from) || to <= from,
  )
  const isLater = during.length === 0 && exposure.lastOpen !== null && exposure.lastOpen >= from
  return (isLater ? open : during).map(
    (span) =>
      `exposure: build ${span.build} was vulnerable${span.from === null ? '' : `, seen from ${stamp(span.from)} to ${stamp(span.to ?? span.from)} UTC`}`,
  )
}

function fixWords({ exposure }: Window): string {
  if (exposure.fixedAt !== null) return ` It was patched no later than ${stamp(exposure.fixedAt)} UTC.`
  return exposure.end === 'open' ? ' It was not patched by the end of the evidence.' : ''
}

/** What of these sources of builds is not in the evidence. */
function buildsFrom(input: AssessmentInput, w: Window): string[] {
  return [
    ...(input.meter.isComplete('httpproxy-*', w.from, w.to) ? [] : ['HttpProxy logs of that time']),
    ...(input.meter.hasRead('exchange-setup') ? [] : ['C:\\ExchangeSetupLogs\\ExchangeSetup.log']),
    ...(['registry', 'uninstall key'].some((source) => input.server.buildSources.has(source))
      ? []
      : ['the SOFTWARE registry hive']),
    'the version of ExSetup.exe with the dates of its updates',
  ]
}

/** What a pack says would answer a question, without the logs that are in the evidence and whole: one text, or none. */
function stillWanted(input: AssessmentInput, wanted: readonly Wanted[], from: number, to: number): string[] {
  const open = wanted.filter(
    ({ logs }) =>
      (logs.length === 0 || logs.some((kinds) => isWritten(input, kinds))) &&
      !logs.some((kinds) => kinds.length > 0 && kinds.every((kind) => input.meter.isComplete(kind, from, to))),
  )
  return open.length === 0 ? [] : [open.map(({ what }) => what.replace(/\.$/, '')).join('; ')]
}

/** The evidence goes on after the day until which builds and vulnerabilities are known; null where it does not. */
function knownDay({ known, meter }: AssessmentInput): string | null {
  if (known === undefined || meter.last === null) return null
  const least = known.builds < known.vulnerabilities ? known.builds : known.vulnerabilities
  return meter.last >= Date.parse(least) + DAY ? least : null
}

/** An answer about exposure says until when it can hold, where the evidence is newer. */
function aged(input: AssessmentInput, answer: Answer): Answer {
  const until = knownDay(input)
  if (until === null || answer.is === 'not-asked') return answer
  const said = `Builds and vulnerabilities are known until ${until}; this answer does not include what was published later.`
  return answer.sentence.includes(said) ? answer : { ...answer, sentence: `${answer.sentence} ${said}` }
}

/** A request that the front end sent where its client directed it shows that the server was vulnerable. */
function forwarded(f: FindingWithHits): boolean {
  return f.counts && f.finding.facts.SsrfForm !== undefined && f.hits.some((hit) => hit.event.fields.Succeeded === true)
}

function said(
  input: AssessmentInput,
  question: Question,
  is: Is,
  because: readonly string[],
  reach: AnswerCoverage,
  w: Window,
): Answer {
  const label = isAtLeastLikely(is)
    ? formatActs(
        question,
        because.flatMap((id) => findingsById(input).get(id) ?? []),
      )
    : asks[question]
  const days =
    question === 'still-there'
      ? ` at the end of the evidence${blindWords(input)}${is === 'cannot-tell' ? keysWords(input) : ''}`
      : noLogShows(reach)
        ? ': no log of a server records it'
        : reach.of === 0
          ? ''
          : dayCount(reach)
  const sentence =
    is === 'yes'
      ? `Yes: ${label}.`
      : is === 'likely'
        ? `Probably: ${label}.`
        : is === 'no-evidence'
          ? because.length > 0
            ? `No evidence that ${label}: ${because[0]!.replace(/^exposure: /, '')}.`
            : `No evidence that ${label}${days}.`
          : `Cannot determine whether ${label}${days}${passwordsWords(input, question, is, days)}.`
  return {
    question,
    is,
    because,
    sentence: narrowed(input, sentence),
    ...whyPart(input, question, is, because),
    contradictions: against(input, question, w),
    coverage: reach,
    missingEvidence:
      is === 'yes' || is === 'no-evidence'
        ? []
        : input.server.product === 'none' && w.general
          ? ['logs, web roots and configuration of Exchange, if it is installed here']
          : wouldChange(input, question, w, reach),
  }
}

/** Subjects that an answer explains; the others are in the list of what was weighed. */
const EXPLAINED = 3

/** The reasons of an answer that holds, and whose the open leads are where they leave it open. */
function whyPart(input: AssessmentInput, question: Question, is: Is, because: readonly string[]): Pick<Answer, 'why'> {
  const best = subjectsOf({ question, is, because }, input).slice(0, EXPLAINED)
  if (best.length === 0) return {}
  const findings = findingsById(input)
  return { why: best.flatMap((subject) => [subjectWords(subject, findings), ...besideSigns(subject)]) }
}

/** `, since files could not be read: x.aspx (access denied) and 3 more`. */
function blindWords({ meter }: AssessmentInput): string {
  return meter.blind.length === 0 ? '' : `, since files could not be read: ${listUnread(meter.blind)}`
}

/** ` on 31 of 77 days; 3–31 January 2021 cannot be known`. */
function dayCount(reach: AnswerCoverage): string {
  if (reach.covered === reach.of)
    return ` from ${reach.from!.slice(0, 10)} to ${formatLastDay(Date.parse(reach.to!))} (UTC)`
  if (reach.covered === 0) return `: no log covers the time from ${minute(reach.from!)} to ${minute(reach.to!)} UTC`
  const spans = reach.missing.map(({ from, to }) => `${minute(from)} to ${minute(to)} UTC`)
  return `: the logs cover ${formatShare(reach.covered, reach.of)} without a trace; missing: ${formatList(spans, 3, 'span')}`
}

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')

/** What was looked at and what it gave: the logs behind the question. */
function against(input: AssessmentInput, question: Question, w: Window): Check[] {
  if (question === 'exposed') return []
  const kinds = [...new Set((w.campaign.needs[question] ?? []).flat())].flatMap((kind) =>
    kind.endsWith('*') ? input.meter.kindsSeen().filter((seen) => isOfKind(seen, kind)) : [kind],
  )
  const checks = [...new Set(kinds)].map((kind): Check => {
    const hits = input.found.filter(
      (f) => f.finding.log === kind && f.counts && f.finding.level !== 'informational',
    ).length
    return {
      checked: kindTitle(kind),
      found: input.meter.has(kind)
        ? hits === 0
          ? 'read; no trace in it'
          : `read; ${counted(hits, 'finding')}`
        : 'not in the evidence',
    }
  })
  const dropped = input.found.filter((f) => !f.counts)
  if (dropped.length > 0)
    checks.push({
      checked: 'own scanners, accepted findings, rows of other hosts',
      found: `${counted(dropped.length, 'finding')} shown and not counted`,
    })
  return checks
}

function wouldChange(input: AssessmentInput, question: Question, w: Window, reach: AnswerCoverage): string[] {
  const kinds = (w.campaign.needs[question] ?? []).flat()
  const absent = [...new Set(kinds)].filter((kind) => !kind.endsWith('*') && !input.meter.has(kind))
  // A few tasks or services that were copied are not the list of them.
  const titleOf = (kind: LogKind): string =>
    `${kindTitle(kind)}${partsOfKind(kind) !== null && input.meter.hasAny(kind) ? ' (the whole list)' : ''}`
  const wants = absent.map(titleOf)
  // A tenant has no registry: what it needs is its audit log.
  if (question === 'still-there' && !absent.length && input.server.product !== 'exchange-online')
    for (const kind of [...waysBack.values()].flat())
      if (vantageOf(kind) === 'registry' && !input.meter.has(kind)) wants.push(titleOf(kind))
  const spans = reach.missing.slice(0, 5).filter((span) => span.from !== span.to)
  const lost = reach.missing.flatMap(({ from, to }) =>
    input.meter.lostIn(kinds, hourOf(Date.parse(from)), hourOf(Date.parse(to))),
  )
  const unread = question === 'still-there' ? input.meter.blind : lost
  const [from, to] = [Date.parse(reach.from ?? iso(w.from)), Date.parse(reach.to ?? iso(w.to))]
  return [
    ...stillWanted(input, w.campaign.wouldChange[question] ?? [], from, to),
    ...(unread.length > 0 ? [`whole copies of what could not be read: ${listUnread(unread)}`] : []),
    ...(wants.length > 0 ? [`not in the evidence: ${wants.join('; ')}`] : []),
    ...(question === 'still-there' ? accountsToClose(input) : []),
    ...(question === 'still-there' && hasRunCode(input, input.found) ? [KEYS_WANTED] : []),
    ...spans.map(({ from, to }) => `logs of ${from} to ${to} (from a backup, a log collector or a shadow copy)`),
  ]
}

const KEYS_WANTED =
  'evidence that the machine keys of IIS, the Auth certificate and signing keys were replaced after the code execution'

/** Why the answer is open where all else was seen. */
function keysWords(input: AssessmentInput): string {
  return input.meter.blind.length === 0 && hasRunCode(input, input.found)
    ? ': code ran on the server, and keys that may have been taken with it stay valid until they are replaced'
    : ''
}

/** What would show that compromised accounts were closed. */
function accountsToClose({ stillThere, server }: AssessmentInput): string[] {
  const names = stillThere.flatMap(({ account }) => account ?? [])
  if (names.length === 0) return []
  const whose = formatList([...new Set(names)].sort(), 5, 'account')
  return server.product === 'exchange-online'
    ? [`entries of the audit log in which an administrator reset the password or ended the sessions of ${whose}`]
    : [
        `Security events of the domain controllers that record a password reset or a disabled account (4724, 4725) for ${whose}`,
      ]
}

/** Those of which the evidence has no kind; of logs those are had that are whole in the time of the evidence. */
function notHad(input: AssessmentInput, named: typeof firstTraces): string[] {
  const { meter } = input
  const [from, to] = [meter.first ?? 0, meter.last ?? 0]
  return [...named].flatMap(([what, kinds]) =>
    !isWritten(input, kinds) || kinds.some((kind) => meter.isComplete(kind, from, to))
      ? []
      : [missingLogs(what, kinds, meter)],
  )
}

/** A campaign that cannot be asked any more: what is left is unknown. */
function lost(input: AssessmentInput, w: Window): Answer[] {
  const states = notHad(input, waysBack)
  const coverage: AnswerCoverage = { from: iso(w.from), to: null, covered: 0, of: 0, missing: [] }
  return [
    {
      question: 'still-there',
      is: 'cannot-tell',
      because: [],
      sentence: `The server was or may have been vulnerable to ${w.campaign.name}: ${w.reason}.`,
      contradictions: [],
      coverage,
      missingEvidence: [
        `backups of the logs of that time${states.length > 0 ? `; of today: ${states.join(', ')}` : ''}`,
      ],
    },
  ]
}

/** Was there an intrusion, whatever its way? Of findings that belong to no campaign, for the whole time of the logs. */
function generalAnswers(input: AssessmentInput, credited: ReadonlyMap<string, string>): CampaignAnswer | null {
  const { general, server, meter } = input
  if (general === null) return null
  const { narrowed } = input
  const from = Math.max(meter.first ?? 0, narrowed?.from ?? -Infinity)
  const end = Math.min(meter.last ?? 0, narrowed?.to ?? Infinity)
  const needs = general.needsOf[server.product] ?? general.needs
  const w: Window = {
    campaign: {
      ...unknownCampaign,
      name: general.name,
      needs,
      wouldChange: general.wouldChangeOf[server.product] ?? general.wouldChange,
    },
    general: true,
    exposure: { spans: [], fixedAt: null, lastOpen: null, end: 'unknown', affected: false },
    from,
    to: end,
    end,
    assessed: true,
    perhaps: false,
    outsideLogs: null,
    reason: 'assessed for every server',
    settled: null,
  }
  return {
    campaign: w.campaign.id,
    name: general.name,
    general: true,
    assessed: true,
    reason: w.reason,
    exposureWindow: end > from ? { from: iso(from), to: iso(end) } : null,
    answers: answersOf(input, w, (id) => credited.get(id) === 'unknown'),
  }
}

/** No campaign: its findings are credited to none. */
const unknownCampaign = {
  id: 'unknown',
  summary: '',
  cves: [],
  vulnerabilities: [],
  products: [],
  exploitation: { from: '', to: '' },
  cannotSee: [],
  references: [],
} as const

const strength: readonly Is[] = ['not-asked', 'no-evidence', 'cannot-tell', 'likely', 'yes']

function overAll(question: Question, campaigns: readonly CampaignAnswer[], input: AssessmentInput): Answer {
  const given = campaigns.flatMap((campaign) => campaign.answers.filter((answer) => answer.question === question))
  // That a build settles a campaign settles no other: another answer that is as strong goes before it.
  const all = [...given.filter((answer) => !isSettled(answer)), ...given.filter(isSettled)]
  const best = all.reduce<Answer | null>(
    (a, b) => (a === null || strength.indexOf(b.is) > strength.indexOf(a.is) ? b : a),
    null,
  )
  // A campaign that was named and cannot affect the product settles no other vulnerability.
  const table = question === 'exposed' && best?.is === 'not-asked' ? exposedByTable(input) : null
  if (table?.is === 'yes') return aged(input, { ...table, coverage: best!.coverage })
  if (best) {
    const together = all.filter((answer) => answer.is === best.is)
    const answer = { ...best, because: [...new Set(together.flatMap((answer) => answer.because))] }
    return question === 'exposed' ? aged(input, answer) : answer
  }
  const coverage = noCoverage(input)
  if (
    question === 'exposed' &&
    input.server.product !== 'none' &&
    [...input.doors.values()].every((door) => !door.affected)
  ) {
    const sentence = `None of the campaigns that Postern knows can affect ${productWords(input.server.product)}.`
    return { question, is: 'not-asked', because: [], sentence, contradictions: [], coverage, missingEvidence: [] }
  }
  const byTable = question === 'exposed' ? exposedByTable(input) : null
  if (byTable) return aged(input, { ...byTable, coverage })
  const absent = notHad(input, firstTraces)
  const why = input.nothingRecognized
    ? 'nothing in the evidence was recognized'
    : input.server.product === 'none'
      ? 'the evidence shows no sign of Exchange'
      : 'no campaign reaches into the time of the evidence'
  return {
    question,
    is: 'cannot-tell',
    because: [],
    sentence: `Cannot determine whether ${asks[question]}: ${why}.`,
    contradictions: [],
    coverage,
    missingEvidence: [absent.length > 0 ? `of the server: ${absent.join(', ')}` : 'logs of the time of a campaign'],
  }
}

/** Does an answer rest on the build alone? */
function isSettled({ is, because }: Answer): boolean {
  return is === 'no-evidence' && because.length > 0 && because.every((reason) => reason.startsWith('exposure:'))
}

/** Exposure where no campaign is assessed: which vulnerabilities are open at the end, by the table of all; null without a build. */
function exposedByTable({ server, exposure }: AssessmentInput): Omit<Answer, 'coverage'> | null {
  if (server.builds.length === 0 || exposure === undefined || server.product === 'none') return null
  const ofState = (state: CveState): string[] => vulnerabilityNames(exposure.cves.filter((one) => one.state === state))
  const [open, unknown] = [ofState('open'), ofState('unknown')]
  const base = { question: 'exposed' as const, contradictions: [], missingEvidence: [] }
  if (open.length > 0)
    return {
      ...base,
      is: 'yes',
      because: open.map((cve) => `exposure: ${cve} is open`),
      sentence: `The server is vulnerable to ${formatList(open, 3, 'vulnerability', 'vulnerabilities')}.`,
    }
  if (unknown.length > 0) return null
  return {
    ...base,
    is: 'no-evidence',
    because: [],
    sentence: 'No known vulnerability is open at the end of the evidence.',
  }
}

/** The time of the evidence, for an answer to which no log is needed. */
function noCoverage({ meter }: AssessmentInput): AnswerCoverage {
  return { from: iso(meter.first), to: iso(meter.last), covered: 0, of: 0, missing: [] }
}
