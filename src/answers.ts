import type { CoverageMeter } from './coverage.ts'
import type { Found } from './detection.ts'
import { doorAt, type Door } from './exposure.ts'
import { iso } from './lib/time.ts'
import { titleOf } from './parsers/kinds.ts'
import {
  type Answer,
  type AnswerCoverage,
  type Campaign,
  type CampaignAnswer,
  type Check,
  type Finding,
  type Is,
  levels,
  type LogKind,
  type Question,
  stageQuestion,
  type Verdict,
  type VerdictIs,
} from './model.ts'
import type { ServerFacts } from './server-facts.ts'

const DAY = 86_400_000

export const questions: readonly Question[] = [
  'exposed',
  'targeted',
  'exploited',
  'compromised',
  'mail-taken',
  'still-there',
]

/** A later question's yes means the earlier ones happened, seen or not. */
const implies: Readonly<Partial<Record<Question, Question>>> = {
  'still-there': 'compromised',
  compromised: 'exploited',
  'mail-taken': 'exploited',
  exploited: 'targeted',
}

/** What the answers rest on. */
export type Case = {
  readonly server: ServerFacts
  readonly campaigns: readonly Campaign[]
  readonly doors: ReadonlyMap<string, Door>
  readonly found: readonly Found[]
  readonly meter: CoverageMeter
  /** Persistence that stands at the end of the evidence: finding ids, by whether it is sure. */
  readonly stillThere: readonly { readonly finding: string; readonly sure: boolean }[]
  readonly named: readonly string[]
  readonly narrowed: { readonly from: number | null; readonly to: number | null } | null
  /** No file of the evidence was recognised as anything. */
  readonly nothingRecognised: boolean
}

export type Judged = {
  readonly answers: readonly Answer[]
  readonly campaigns: readonly CampaignAnswer[]
  readonly verdict: Verdict
  readonly patchedTooLate: boolean | null
  /** The campaign that each finding is credited to. */
  readonly credited: ReadonlyMap<string, string>
}

/** Findings, coverage and exposure in; the six answers and the verdict out. */
export function judge(c: Case): Judged {
  const windows = c.campaigns.map((campaign) => windowOf(c, campaign))
  const credited = credit(c, windows)
  const asked = windows.filter((w) => w.asked)
  const perCampaign = windows.map(
    (w): CampaignAnswer => ({
      campaign: w.campaign.id,
      name: w.campaign.name,
      asked: w.asked,
      reason: w.reason,
      window: w.to > w.from ? { from: iso(w.from), to: iso(w.to) } : null,
      answers: w.asked ? answersOf(c, w, credited) : w.perhaps ? lost(w) : [],
    }),
  )
  const unknown = unknownAnswers(c, credited)
  const answers = questions.map((question) =>
    overAll(question, [...perCampaign.filter((p) => p.asked), ...(unknown ? [unknown] : [])], c),
  )
  return {
    answers,
    campaigns: unknown ? [...perCampaign, unknown] : perCampaign,
    verdict: verdictOf(c, answers, asked.length, windows),
    patchedTooLate: patchedTooLate(c, windows, answers),
    credited,
  }
}

// ---------------------------------------------------------------- windows

type Window = {
  readonly campaign: Campaign
  readonly door: Door
  readonly from: number
  /** End of the door's window (half-open). */
  readonly to: number
  /** To the last moment of the evidence: shells are used after the patch. */
  readonly end: number
  readonly asked: boolean
  /** Not asked although the server was or may have been vulnerable in its wave. */
  readonly perhaps: boolean
  readonly reason: string
  readonly settled: string | null
}

function windowOf(c: Case, campaign: Campaign): Window {
  const door = c.doors.get(campaign.id)!
  const wave = { from: Date.parse(campaign.wave.from), to: Date.parse(campaign.wave.to) + DAY }
  const last = c.meter.last
  const settled = settledBy(c, door, wave)
  let from = Math.max(wave.from, c.server.installed ?? wave.from)
  let to = Math.min(door.fixedAt ?? Infinity, wave.to, last ?? -Infinity)
  let end = last ?? wave.from
  if (c.narrowed) {
    from = Math.max(from, c.narrowed.from ?? from)
    to = Math.min(to, c.narrowed.to ?? to)
    end = Math.min(end, c.narrowed.to ?? end)
  }
  const base = { campaign, door, from, to, end, settled }
  const open = openIn(door, wave)
  const begins = needed(campaign).flatMap((kind) => c.meter.begin(kind) ?? [])
  const first = begins.length > 0 ? Math.min(...begins) : null

  if (c.named.includes(campaign.id)) return { ...base, asked: true, perhaps: false, reason: 'named by --campaign' }
  const noted = c.found.find(
    (f) => counts(f) && f.finding.campaign === campaign.id && serious(f.finding) && inWaveOrOpen(f.finding, wave, door),
  )
  if (noted) return { ...base, asked: true, perhaps: false, reason: `a finding speaks of it (${noted.finding.id})` }
  if (open === null)
    return {
      ...base,
      asked: false,
      perhaps: false,
      reason: settled ?? 'no build of this server was open to it in its wave',
    }
  if (first !== null && last !== null && open.from <= last && open.to >= first - 30 * DAY) {
    return {
      ...base,
      asked: true,
      perhaps: false,
      reason: 'the logs reach into its wave while the server was or may have been open to it',
    }
  }
  const reason =
    first === null
      ? 'no log of the kinds that it needs is in the evidence'
      : 'the logs of that time no longer exist in this evidence'
  return { ...base, asked: false, perhaps: c.server.product !== 'none', reason }
}

/** What exposure alone settles: product not affected, fixed before the wave, installed after it. */
function settledBy(c: Case, door: Door, wave: { from: number; to: number }): string | null {
  if (c.server.product === 'none') return null
  if (!door.affected) return `exposure: ${c.server.product} is not affected`
  if (c.server.installed !== null && c.server.installed >= wave.to)
    return `exposure: installed on ${day(c.server.installed)}, after the wave`
  const first = door.spans[0]
  if (
    first &&
    first.state === 'fixed' &&
    first.from !== null &&
    first.from <= wave.from &&
    door.end === 'fixed' &&
    door.lastOpen === null
  ) {
    return `exposure: build ${first.build} had the fix before the wave began`
  }
  return null
}

/** The wave, cut to when the server was or may have been open; null when it never was. */
function openIn(door: Door, wave: { from: number; to: number }): { from: number; to: number } | null {
  if (!door.affected) return null
  const to = Math.min(door.fixedAt ?? Infinity, wave.to)
  return to > wave.from ? { from: wave.from, to } : null
}

function inWaveOrOpen(finding: Finding, wave: { from: number; to: number }, door: Door): boolean {
  if (finding.time === null) return false
  const time = Date.parse(finding.time)
  return (time >= wave.from && time < wave.to) || (door.spans.length > 0 && doorAt(door, time) === 'open')
}

function needed(campaign: Campaign): LogKind[] {
  return [...new Set([...(campaign.needs.targeted ?? []), ...(campaign.needs.exploited ?? [])].flat())]
}

// ---------------------------------------------------------------- credit

/** A finding belongs to a campaign if it lies in its open window or a chain links it to one that does; else to `unknown`. */
function credit(c: Case, windows: readonly Window[]): Map<string, string> {
  const credited = new Map<string, string>()
  const chains = new Map<string, Set<string>>()
  for (const { finding } of c.found) {
    const w = windows.find((window) => window.campaign.id === finding.campaign)
    if (!w?.asked || finding.time === null) continue
    const time = Date.parse(finding.time)
    const open = time >= w.from && time <= w.to
    if (!open) continue
    credited.set(finding.id, w.campaign.id)
    if (finding.chain) chains.set(finding.chain, (chains.get(finding.chain) ?? new Set()).add(w.campaign.id))
  }
  for (const { finding } of c.found) {
    if (credited.has(finding.id)) continue
    const linked = finding.chain ? [...(chains.get(finding.chain) ?? [])].sort()[0] : undefined
    credited.set(finding.id, linked ?? 'unknown')
  }
  return credited
}

type Weight = 'proof' | 'hint'

/** What a finding counts for: a question and how much; null when for none. */
function weigh(c: Case, f: Found, door: Door | undefined): { question: Question; weight: Weight } | null {
  if (!counts(f)) return null
  const { finding } = f
  const question = stageQuestion[finding.stage]
  if (!question) return null
  if (finding.level === 'informational') return null
  let weight: Weight = finding.proves && finding.confidence !== 'low' ? 'proof' : 'hint'
  if (question !== 'targeted' && finding.level === 'low') return null
  // Success on a fixed build: at most likely, and only with a row of the back end; else it was tried.
  if (
    (finding.stage === 'access' || finding.stage === 'write') &&
    door &&
    finding.time !== null &&
    doorAt(door, Date.parse(finding.time)) === 'fixed'
  ) {
    return family(finding.log) === 'front' && finding.facts.Succeeded === undefined
      ? { question: 'targeted', weight: 'proof' }
      : { question, weight: 'hint' }
  }
  if (question === 'targeted') return { question, weight: 'proof' }
  // A hint needs a second one from an independent log of the same story.
  if (weight === 'hint' && finding.chain !== null) {
    const second = c.found.some(
      (other) =>
        counts(other) &&
        other.finding.chain === finding.chain &&
        other.finding.id !== finding.id &&
        family(other.finding.log) !== family(finding.log) &&
        serious(other.finding) &&
        // A page that was written by proof and answers is a shell that runs.
        (stageQuestion[other.finding.stage] === question ||
          (question === 'compromised' && other.finding.stage === 'write' && other.finding.proves)),
    )
    if (second) weight = 'proof'
  }
  return { question, weight }
}

function counts(f: Found): boolean {
  return f.counts
}

function serious(finding: Finding): boolean {
  return finding.level === 'medium' || finding.level === 'high' || finding.level === 'critical'
}

/** Logs of one family record the same act: two rows of one family are not independent. */
function family(log: LogKind): string {
  if (log === 'iis-frontend' || log.startsWith('httpproxy-') || log === 'httperr') return 'front'
  if (/^(iis-backend|ews|ecp-|autodiscover|oabgenerator)/.test(log)) return 'back'
  if (/^(cmdletinfra|msexchange-management)/.test(log)) return 'cmdlet'
  if (log.startsWith('windows-')) return 'windows'
  return 'files'
}

// ---------------------------------------------------------------- answers of one campaign

function answersOf(c: Case, w: Window, credited: ReadonlyMap<string, string>): Answer[] {
  const own = c.found.filter((f) => credited.get(f.finding.id) === w.campaign.id)
  const is = seen(c, own, w.door)
  const still = c.stillThere.filter((s) => own.some((f) => f.finding.id === s.finding))
  for (const s of still) raise(is, 'still-there', s.sure ? 'yes' : 'likely', s.finding)
  imply(is)

  const exploitedSeen = is.has('exploited')
  const out: Answer[] = []
  for (const question of questions) {
    const found = is.get(question)
    const reach = reachOf(c, w, question, exploitedSeen, is.has('compromised'))
    if (question === 'exposed') {
      out.push(
        exposed(
          c,
          w,
          exploitedSeen
            ? 'it worked on this server'
            : own.some(forwarded)
              ? 'it forwarded a request to where the client said'
              : null,
        ),
      )
      continue
    }
    if (found) {
      out.push(said(c, question, found.is, weightiest(c, found.because), reach, w))
      continue
    }
    if (w.settled && (question === 'exploited' || question === 'compromised' || question === 'mail-taken')) {
      out.push(said(c, question, 'no-evidence', [w.settled], reach, w))
      continue
    }
    const covered = reach.of === 0 ? w.settled !== null : reach.covered === reach.of
    out.push(said(c, question, covered ? 'no-evidence' : 'cannot-tell', [], reach, w))
  }
  return out
}

type Seen = Map<Question, { is: 'yes' | 'likely'; because: string[] }>

function seen(c: Case, own: readonly Found[], door: Door | undefined): Seen {
  const is: Seen = new Map()
  for (const f of own) {
    const w = weigh(c, f, door)
    if (w) raise(is, w.question, w.weight === 'proof' ? 'yes' : 'likely', f.finding.id)
  }
  return is
}

/** What proves most comes first; then the order of time. */
function weightiest(c: Case, ids: readonly string[]): string[] {
  const order = new Map(
    c.found.map((f, i) => [f.finding.id, (f.finding.proves ? 0 : 10) + 4 - levels.indexOf(f.finding.level) + i / 1e7]),
  )
  return [...ids].sort((a, b) => (order.get(a) ?? 99) - (order.get(b) ?? 99))
}

function raise(is: Seen, question: Question, to: 'yes' | 'likely', because: string): void {
  const now = is.get(question)
  if (!now) is.set(question, { is: to, because: [because] })
  else if (to === 'yes' && now.is === 'likely') is.set(question, { is: to, because: [because, ...now.because] })
  else if (!now.because.includes(because)) now.because.push(because)
}

function imply(is: Seen): void {
  for (const question of ['still-there', 'compromised', 'mail-taken', 'exploited'] as const) {
    const found = is.get(question)
    const before = implies[question]
    if (!found || !before) continue
    const earlier = is.get(before)
    if (!earlier) is.set(before, { is: found.is, because: found.because.slice(0, 1) })
    else if (found.is === 'yes' && earlier.is === 'likely')
      is.set(before, { is: 'yes', because: [...new Set([...found.because.slice(0, 1), ...earlier.because])] })
  }
}

/** How far the logs reach for a question: the hours of its window in which one alternative of its needs is whole. */
function reachOf(c: Case, w: Window, question: Question, exploited: boolean, ranCode: boolean): AnswerCoverage {
  const { needs } = w.campaign
  if (question === 'still-there') {
    const kinds = [...(needs['still-there'] ?? [[]])].map((kinds) => [
      ...kinds,
      ...(ranCode ? ['tasks', 'services', 'accounts'] : []),
    ])
    const whole = kinds.some((alternative) => alternative.every((kind) => c.meter.has(kind)))
    return {
      from: iso(w.end),
      to: iso(w.end),
      covered: whole ? 1 : 0,
      of: 1,
      missing: whole ? [] : [{ from: iso(w.end), to: iso(w.end) }],
    }
  }
  const late = question === 'compromised' || question === 'mail-taken'
  // While nothing shows that a door was passed, the logs of the door answer for what lies behind it.
  const alternatives = late && !exploited ? (needs.exploited ?? []) : (needs[question] ?? [])
  const to = late && exploited ? w.end : w.to
  if (to <= w.from) return { from: iso(w.from), to: iso(Math.max(w.from, to)), covered: 0, of: 0, missing: [] }
  return c.meter.measure(w.from, to, alternatives)
}

function exposed(c: Case, w: Window, proof: string | null): Answer {
  const reach: AnswerCoverage = { from: iso(w.from), to: iso(w.to), covered: 0, of: 0, missing: [] }
  const base = { question: 'exposed' as const, against: [] as Check[], coverage: reach }
  if (!w.door.affected)
    return { ...base, is: 'not-asked', because: [], sentence: `${c.server.product} is not affected.`, wouldChange: [] }
  const open = w.door.spans.filter((span) => span.state === 'open')
  const during = open.filter(
    (span) =>
      span.from === null ||
      (span.from < Math.max(w.to, w.from + DAY) && (span.to ?? Infinity) >= w.from) ||
      w.to <= w.from,
  )
  const because = [
    ...during,
    ...(during.length === 0 && w.door.lastOpen !== null && w.door.lastOpen >= w.from ? open : []),
  ].map(
    (span) =>
      `exposure: build ${span.build} was open to it${span.from === null ? '' : `, seen from ${stamp(span.from)} to ${stamp(span.to ?? span.from)}`}`,
  )
  const fixed =
    w.door.fixedAt === null
      ? w.door.end === 'open'
        ? ' No fix is seen to the end of the evidence.'
        : ''
      : ` The fix is in at the latest at ${stamp(w.door.fixedAt)}.`
  if (because.length > 0)
    return { ...base, is: 'yes', because, sentence: `A build that was open to it ran here.${fixed}`, wouldChange: [] }
  if (proof) {
    return {
      ...base,
      is: 'yes',
      because: [`exposure: ${proof}`],
      sentence: `The server was open to it: ${proof}.${fixed}`,
      wouldChange: [],
    }
  }
  if (
    w.settled ||
    (w.door.spans.length > 0 &&
      w.door.spans.every((span) => span.state === 'fixed' && span.from !== null && span.from <= w.from))
  ) {
    return {
      ...base,
      is: 'no-evidence',
      because: [w.settled ?? 'exposure: the fix was in before'],
      sentence: 'No build that was open to it is seen.',
      wouldChange: [],
    }
  }
  return {
    ...base,
    is: 'cannot-tell',
    because: [],
    sentence: `Which build ran in that time is not in the evidence.${fixed}`,
    wouldChange: [
      'the build over time: HttpProxy logs of that time, C:\\ExchangeSetupLogs\\ExchangeSetup.log, or the SOFTWARE registry hive',
    ],
  }
}

/** A request that went where its client told the front end to send it shows that the door was open. */
function forwarded(f: Found): boolean {
  return f.counts && f.finding.facts.SsrfForm !== undefined && f.hits.some((hit) => hit.event.fields.Succeeded === true)
}

const asks: Readonly<Record<Question, string>> = {
  exposed: 'the server was open to it',
  targeted: 'it was tried against this server',
  exploited: 'a vulnerability was used with success',
  compromised: 'someone ran code here, planted a shell or took credentials',
  'mail-taken': 'mail was read or taken',
  'still-there': 'something is left that lets them come back',
}

function said(
  c: Case,
  question: Question,
  is: Is,
  because: readonly string[],
  reach: AnswerCoverage,
  w: Window,
): Answer {
  const label = asks[question]
  const days = question === 'still-there' ? ' at the end of the evidence' : reach.of === 0 ? '' : dayCount(reach)
  const sentence =
    is === 'yes'
      ? `Yes: ${label}.`
      : is === 'likely'
        ? `Probably: ${label}; a second, independent log would make it certain.`
        : is === 'no-evidence'
          ? because.length > 0
            ? `No evidence that ${label}: ${because[0]!.replace(/^exposure: /, '')}.`
            : `No evidence that ${label}${days}.`
          : `Cannot tell whether ${label}${days}.`
  return {
    question,
    is,
    because,
    sentence: narrowed(c, sentence),
    against: against(c, question, w),
    coverage: reach,
    wouldChange: is === 'yes' || is === 'no-evidence' ? [] : wouldChange(c, question, w, reach),
  }
}

function narrowed(c: Case, sentence: string): string {
  if (!c.narrowed) return sentence
  const { from, to } = c.narrowed
  return `${sentence.replace(/\.$/, '')} (looked at ${from === null ? 'the beginning' : day(from)} to ${to === null ? 'the end' : day(to)} only).`
}

/** ` on 31 of 77 days; 3–31 January 2021 cannot be known`. */
function dayCount(reach: AnswerCoverage): string {
  if (reach.covered === reach.of) return ` from ${reach.from!.slice(0, 10)} to ${reach.to!.slice(0, 10)}`
  const days = Math.round((reach.of / 24) * 10) / 10
  const have = Math.floor((reach.covered / 24) * 10) / 10
  const missing = reach.missing
    .slice(0, 3)
    .map(({ from, to }) => `${from.slice(0, 16).replace('T', ' ')} to ${to.slice(0, 16).replace('T', ' ')} UTC`)
    .join(', ')
  return `: the logs show ${have} of ${days} days, no trace on those; ${missing}${reach.missing.length > 3 ? ` and ${reach.missing.length - 3} more spans` : ''} cannot be known`
}

/** What was looked at and what it gave: the logs behind the question. */
function against(c: Case, question: Question, w: Window): Check[] {
  if (question === 'exposed') return []
  const kinds = [...new Set((w.campaign.needs[question] ?? []).flat())].flatMap((kind) =>
    kind.endsWith('*') ? c.meter.kindsSeen().filter((k) => k.startsWith(kind.slice(0, -1))) : [kind],
  )
  const checks = [...new Set(kinds)].map((kind): Check => {
    const hits = c.found.filter((f) => f.finding.log === kind && f.counts && f.finding.level !== 'informational').length
    return {
      looked: titleOf(kind),
      found: c.meter.has(kind)
        ? hits === 0
          ? 'read; no trace in it'
          : `read; ${hits} finding${hits === 1 ? '' : 's'}`
        : 'not in the evidence',
    }
  })
  const dropped = c.found.filter((f) => !f.counts)
  if (dropped.length > 0)
    checks.push({
      looked: 'own scanners, accepted findings, rows of other hosts',
      found: `${dropped.length} finding${dropped.length === 1 ? '' : 's'} shown and not counted`,
    })
  return checks
}

function wouldChange(c: Case, question: Question, w: Window, reach: AnswerCoverage): string[] {
  const stated = w.campaign.wouldChange[question]
  const absent = [...new Set((w.campaign.needs[question] ?? []).flat())].filter(
    (kind) => !kind.endsWith('*') && !c.meter.has(kind),
  )
  const wants = absent.map((kind) => titleOf(kind))
  if (question === 'still-there' && !absent.length) wants.push('scheduled tasks, services and accounts of the server')
  const spans = reach.missing.slice(0, 5).filter((span) => span.from !== span.to)
  return [
    ...(stated ? [stated] : []),
    ...(wants.length > 0 ? [`not in the evidence: ${wants.join('; ')}`] : []),
    ...spans.map(({ from, to }) => `logs of ${from} to ${to} (from a backup, a log collector or a shadow copy)`),
  ]
}

/** A campaign that cannot be asked any more: what is left is unknown. */
function lost(w: Window): Answer[] {
  const coverage: AnswerCoverage = { from: iso(w.from), to: null, covered: 0, of: 0, missing: [] }
  return [
    {
      question: 'still-there',
      is: 'cannot-tell',
      because: [],
      sentence: `The server was or may have been open to ${w.campaign.name} in its time, and ${w.reason}.`,
      against: [],
      coverage,
      wouldChange: [
        'backups of the logs of that time; the web roots, IIS configuration, transport agents, tasks, services and accounts of today',
      ],
    },
  ]
}

// ---------------------------------------------------------------- over all

/** Findings that belong to no campaign's window count over all. */
function unknownAnswers(c: Case, credited: ReadonlyMap<string, string>): CampaignAnswer | null {
  const own = c.found.filter((f) => credited.get(f.finding.id) === 'unknown' && serious(f.finding))
  const is: Seen = new Map()
  for (const f of own) {
    const w = weigh(c, f, c.doors.get(f.finding.campaign))
    // Rules of no pack suggest at most, and only when they are sure of themselves.
    if (!w || (f.finding.campaign === 'unknown' && f.finding.level === 'medium' && w.question !== 'targeted')) continue
    raise(is, w.question, w.weight === 'proof' ? 'yes' : 'likely', f.finding.id)
  }
  for (const s of c.stillThere)
    if (own.some((f) => f.finding.id === s.finding)) raise(is, 'still-there', s.sure ? 'yes' : 'likely', s.finding)
  imply(is)
  if (is.size === 0) return null
  const coverage: AnswerCoverage = { from: iso(c.meter.first), to: iso(c.meter.last), covered: 0, of: 0, missing: [] }
  return {
    campaign: 'unknown',
    name: 'Campaign unknown',
    asked: true,
    reason: 'findings that lie in no campaign’s window on this server',
    window: null,
    answers: questions.flatMap((question): Answer[] => {
      const found = is.get(question)
      if (!found) return []
      return [
        {
          question,
          is: found.is,
          because: weightiest(c, found.because),
          sentence:
            found.is === 'yes'
              ? `Yes: ${asks[question]}.`
              : `Probably: ${asks[question]}; a second, independent log would make it certain.`,
          against: [],
          coverage,
          wouldChange: [],
        },
      ]
    }),
  }
}

const strength: readonly Is[] = ['not-asked', 'no-evidence', 'cannot-tell', 'likely', 'yes']

function overAll(question: Question, campaigns: readonly CampaignAnswer[], c: Case): Answer {
  const all = campaigns.flatMap((campaign) => campaign.answers.filter((answer) => answer.question === question))
  const best = all.reduce<Answer | null>(
    (a, b) => (a === null || strength.indexOf(b.is) > strength.indexOf(a.is) ? b : a),
    null,
  )
  if (best) {
    const together = all.filter((answer) => answer.is === best.is)
    return { ...best, because: [...new Set(together.flatMap((answer) => answer.because))] }
  }
  const coverage: AnswerCoverage = { from: iso(c.meter.first), to: iso(c.meter.last), covered: 0, of: 0, missing: [] }
  const why = c.nothingRecognised
    ? 'nothing in the evidence was recognised'
    : c.server.product === 'none'
      ? 'the evidence shows no sign of Exchange'
      : 'no campaign reaches into the time of the evidence'
  return {
    question,
    is: 'cannot-tell',
    because: [],
    sentence: `Cannot tell whether ${asks[question]}: ${why}.`,
    against: [],
    coverage,
    wouldChange: ['the logs of an Exchange server: IIS, HttpProxy, ECP Server, EWS, Windows events, and its web roots'],
  }
}

function verdictOf(c: Case, answers: readonly Answer[], asked: number, windows: readonly Window[]): Verdict {
  const is = (question: Question): Is => answers.find((answer) => answer.question === question)!.is
  const holds = (question: Question): boolean => is(question) === 'yes' || is(question) === 'likely'
  const lostOne = windows.some((w) => !w.asked && w.perhaps)
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
        : holds('targeted')
          ? 'targeted'
          : (['targeted', 'exploited', 'compromised', 'mail-taken'] as const).some((q) => is(q) === 'cannot-tell') ||
              asked === 0 ||
              nothing ||
              lostOne
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
  const missing = Math.max(
    0,
    ...answers.filter((a) => a.question !== 'still-there').map((a) => a.coverage.of - a.coverage.covered),
  )
  const open = answers.filter((answer) => answer.is === 'cannot-tell').map((answer) => answer.question)
  return {
    is: verdict,
    sentence: narrowed(c, sentenceOf(c, verdict, answers, open)),
    sure: rests.length === 0 || rests.some((question) => is(question) === 'yes'),
    open,
    covers: { from: iso(c.meter.first), to: iso(c.meter.last), missingHours: missing },
  }
}

function sentenceOf(c: Case, verdict: VerdictIs, answers: readonly Answer[], open: readonly Question[]): string {
  const name = c.server.name
  const by = (question: Question): Answer => answers.find((answer) => answer.question === question)!
  const period =
    c.meter.first === null
      ? 'the evidence holds no dated log'
      : `the logs reach from ${day(c.meter.first)} to ${day(c.meter.last!)} (UTC)`
  const steps: readonly Question[] =
    verdict === 'targeted' ? ['targeted'] : ['exploited', 'compromised', 'mail-taken', 'still-there']
  const first = firstStep(
    c,
    steps.flatMap((question) => by(question).because),
  )
  const when = first ? ` The first trace of it is of ${stamp(first)} UTC.` : ''
  const unknown = open.filter((q) => q !== 'exposed')
  const rest =
    unknown.length > 0
      ? ` What cannot be known from this evidence: whether ${unknown.map((q) => asks[q]).join('; whether ')}.`
      : ''
  const probably = (question: Question): string => (by(question).is === 'likely' ? 'was probably' : 'was')
  switch (verdict) {
    case 'compromised': {
      const still = by('still-there')
      const left =
        still.is === 'yes'
          ? ' Something that lets them come back is still there.'
          : still.is === 'likely'
            ? ' Something that lets them come back is probably still there.'
            : ''
      const mail =
        by('mail-taken').is === 'yes'
          ? ' Mail was taken.'
          : by('mail-taken').is === 'likely'
            ? ' Mail was probably taken.'
            : ''
      const subject =
        by('compromised').is === 'no-evidence' || by('compromised').is === 'cannot-tell' ? 'still-there' : 'compromised'
      return `${name} ${probably(subject)} compromised.${when}${mail}${left}${rest}`
    }
    case 'exploited': {
      const mail =
        by('mail-taken').is === 'yes'
          ? ' Mail was taken.'
          : by('mail-taken').is === 'likely'
            ? ' Mail was probably taken.'
            : ''
      return `${name} ${probably(by('exploited').is === 'cannot-tell' ? 'mail-taken' : 'exploited')} exploited.${when}${mail}${rest}`
    }
    case 'targeted':
      return `${name} was targeted: someone tried the door.${when} ${by('exploited').is === 'no-evidence' ? 'There is no evidence that it opened' : 'Whether it opened cannot be known from this evidence'}; ${period}.${rest}`
    case 'no-evidence':
      return `No evidence that anyone came in by this door at ${name}; ${period}.${rest}`
    case 'cannot-tell': {
      const why = c.nothingRecognised
        ? 'nothing in the evidence was recognised as a log or page of a mail server'
        : c.server.product === 'none'
          ? `the evidence shows no sign of Exchange; ${period}`
          : period
      const worst = by('exploited').coverage
      const seenPart =
        worst.of > 0 && worst.covered > 0
          ? ` In the part that the logs show (${Math.floor(worst.covered / 24)} of ${Math.ceil(worst.of / 24)} days) there is no trace.`
          : ''
      return `Cannot tell whether anyone came in at ${name}: ${why}.${seenPart}${rest}`
    }
  }
}

function firstStep(c: Case, because: readonly string[]): number | null {
  const times = c.found.flatMap((f) =>
    because.includes(f.finding.id) && f.finding.time !== null ? [Date.parse(f.finding.time)] : [],
  )
  return times.length > 0 ? Math.min(...times) : null
}

/** True: the first successful step came before the fix, or no fix followed. Null where it cannot be known. */
function patchedTooLate(c: Case, windows: readonly Window[], answers: readonly Answer[]): boolean | null {
  const steps = c.found
    .flatMap((f) => {
      const w = windows.find((window) => window.campaign.id === f.finding.campaign)
      if (!w || f.finding.time === null) return []
      const weight = weigh(c, f, w.door)
      if (!weight || weight.question === 'targeted') return []
      return [{ time: Date.parse(f.finding.time), basis: f.finding.timeBasis, door: w.door }]
    })
    .sort((a, b) => a.time - b.time)
  const first = steps[0]
  if (!first) {
    const fixed = windows.some((w) => w.asked && w.door.fixedAt !== null) || windows.some((w) => w.settled)
    const exploited = answers.find((a) => a.question === 'exploited')!.is
    return fixed && exploited === 'no-evidence' ? false : null
  }
  const { fixedAt, end } = first.door
  if (fixedAt === null) return end === 'open' ? true : null
  const doubt = first.basis === 'assumed' || first.basis === 'file' ? 14 * 3_600_000 : 0
  if (first.time + doubt < fixedAt) return true
  if (first.time - doubt >= fixedAt) return false
  return null
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}
