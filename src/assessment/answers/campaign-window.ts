import { type AssessmentInput } from './assessment-input.ts'
import { rank } from '../../model/stages.ts'
import { type ExposureTimeline, exposureAt } from '../exposure/exposure.ts'
import type { Campaign } from '../../model/campaign.ts'
import type { Finding } from '../../model/finding.ts'
import type { LogKind } from '../../model/log-kinds.ts'
import { formatDate } from './sentences.ts'
import { DAY, hourOf } from '../../lib/time.ts'
import { productWords } from '../../lib/product.ts'
import { leastOf } from '../../lib/collections.ts'
import { isAtLeastLikely, persons } from '../../model/sign.ts'

/** When a campaign is asked about on this server, and why. */
export type Window = {
  readonly campaign: Campaign
  readonly exposure: ExposureTimeline
  readonly from: number
  /** End of the exposure window (half-open). */
  readonly to: number
  /** To the last moment of the evidence: shells are used after the patch. */
  readonly end: number
  readonly assessed: boolean
  /** Not of a campaign: the general question. */
  readonly general?: true
  /** The part of the exploitation period, while the server was or may have been vulnerable, that no log reaches. */
  readonly outsideLogs: { readonly from: number; readonly to: number } | null
  /** Not assessed although the server was or may have been vulnerable in the exploitation period. */
  readonly perhaps: boolean
  readonly reason: string
  readonly settled: string | null
}

type ExploitationPeriod = { readonly from: number; readonly to: number }

export function windowOf(input: AssessmentInput, campaign: Campaign): Window {
  const exposure = input.doors.get(campaign.id)!
  const period = { from: Date.parse(campaign.exploitation.from), to: Date.parse(campaign.exploitation.to) + DAY }
  const settled = settledBy(input, campaign, exposure, period)
  const span = spanOf(input, exposure, period)
  const scope = scopeOf(input, campaign, exposure, period, settled)
  const outsideLogs =
    settled === null && (scope.assessed || scope.perhaps) ? outsideLogsOf(input, campaign, span) : null
  return { campaign, exposure, ...span, settled, outsideLogs, ...scope }
}

/** The exploitation period, limited by the server, its fix, the evidence and the time that the user gave. */
function spanOf(
  { server, meter: { last }, narrowed }: AssessmentInput,
  exposure: ExposureTimeline,
  period: ExploitationPeriod,
): Pick<Window, 'from' | 'to' | 'end'> {
  const from = Math.max(period.from, server.installed ?? period.from)
  const to = Math.min(exposure.fixedAt ?? Infinity, period.to, last ?? -Infinity)
  const end = last ?? period.from
  if (!narrowed) return { from, to, end }
  return {
    from: Math.max(from, narrowed.from ?? from),
    to: Math.min(to, narrowed.to ?? to),
    end: Math.min(end, narrowed.to ?? end),
  }
}

type Scope = Pick<Window, 'assessed' | 'perhaps' | 'reason'>

const assess = (reason: string): Scope => ({ assessed: true, perhaps: false, reason })
const omit = (reason: string, perhaps = false): Scope => ({ assessed: false, perhaps, reason })

/** Is the campaign asked about, and why: the first reason that holds. */
function scopeOf(
  input: AssessmentInput,
  campaign: Campaign,
  exposure: ExposureTimeline,
  period: ExploitationPeriod,
  settled: string | null,
): Scope {
  if (input.named.includes(campaign.id)) return assess('named by --campaign')
  const noted = findingOf(input, campaign, exposure, period)
  if (noted) return assess(`a finding indicates it (${noted.finding.id})`)
  // Set up in the exploitation period with the fix installed: never vulnerable.
  const built = settled !== null && input.server.installed !== null && input.server.installed >= period.from
  const open = built || isElsewhere(campaign) ? null : openIn(exposure, period)
  if (open === null) return omit(settled ?? whyShut(input, campaign))
  const silent = reasonToOmit(campaign, exposure, period)
  if (silent !== null) return omit(silent)
  const first = beginOf(input, campaign)
  const { last } = input.meter
  const reaches = isElsewhere(campaign)
    ? first !== null && last !== null && open.from <= last && open.to >= first
    : coversSome(input, campaign, open)
  if (reaches)
    return assess(
      'the logs cover a part of its exploitation period in which the server was or may have been vulnerable',
    )
  // The evidence does not cover later exploitation, and need not.
  if (last !== null && last < open.from) return omit('the evidence ends before known exploitation began')
  const reason =
    first === null
      ? 'the evidence contains none of the logs that it needs'
      : 'the evidence contains no logs of that time'
  // A server that was set up after the exploitation period was not vulnerable in it.
  const perhaps = settled === null && input.server.product !== 'none' && campaign.assess === undefined
  return omit(settled ?? reason, perhaps)
}

/** Is a part of this time covered by logs that the campaign needs? Where no log shows the attack, by any. */
function coversSome({ meter }: AssessmentInput, campaign: Campaign, time: { from: number; to: number }): boolean {
  const alternatives = alternativesOf(campaign)
  const to = Math.min(time.to, meter.last ?? -Infinity)
  if (to <= time.from) return false
  return alternatives.length === 0
    ? meter.first !== null && meter.first < to
    : meter.stretch(time.from, to, alternatives) !== null
}

/** The beginning of the time asked about that lies before the unbroken stretch of its logs; null where that is less than a day. */
function outsideLogsOf(
  { meter }: AssessmentInput,
  campaign: Campaign,
  { from, to }: Pick<Window, 'from' | 'to'>,
): Window['outsideLogs'] {
  const alternatives = alternativesOf(campaign)
  if (alternatives.length === 0 || to <= from) return null
  // Logs that could not be read are there.
  if (meter.lostIn(alternatives.flat(), hourOf(from), hourOf(to)).length > 0) return null
  const begin = meter.stretch(from, to, alternatives) ?? to
  return begin - from >= DAY ? { from, to: begin } : null
}

/** Alternatives of logs that show the attack or its success. */
function alternativesOf({ needs }: Campaign): readonly (readonly LogKind[])[] {
  return [...(needs.targeted ?? []), ...(needs.exploited ?? [])]
}

/** A finding that indicates the campaign at a time at which it was possible. */
function findingOf(
  input: AssessmentInput,
  campaign: Campaign,
  exposure: ExposureTimeline,
  period: ExploitationPeriod,
): AssessmentInput['found'][number] | undefined {
  return input.found.find(({ finding, counts }) => {
    if (!counts || finding.campaign !== campaign.id || !isAtLeastLikely(finding.is)) return false
    if (finding.sign.strength === 'context') return false
    const isWeak = finding.sign.strength === 'weak'
    // What any attacker with a password does is of a campaign only where it names the vulnerability.
    if (isWeak && persons.has(finding.sign.subject) && finding.cves.length === 0) return false
    return (isWeak ? inPeriodAndOpen : inPeriodOrOpen)(finding, campaign, period, exposure)
  })
}

/** Why the server was not vulnerable in the exploitation period, where exposure alone does not decide. */
function whyShut({ server }: AssessmentInput, campaign: Campaign): string {
  if (isElsewhere(campaign)) return 'exposure does not depend on the Exchange build, and there are no related findings'
  return server.product === 'none'
    ? 'the evidence shows no sign of Exchange'
    : 'no build of this server was vulnerable in its exploitation period'
}

/** The begin of the logs that it needs; where no log shows the attack, any log that shows that the server ran. */
function beginOf({ meter }: AssessmentInput, campaign: Campaign): number | null {
  const kinds = needed(campaign)
  const begins = kinds.flatMap((kind) => meter.begin(kind) ?? [])
  return leastOf(begins, kinds.length === 0 ? meter.first : null)
}

/** Why a rarely exploited vulnerability is not assessed; null where the campaign is no such one. */
function reasonToOmit(campaign: Campaign, exposure: ExposureTimeline, period: ExploitationPeriod): string | null {
  if (campaign.assess === undefined) return null
  if (campaign.assess === 'when-indicated')
    return `${(campaign.needs.targeted ?? []).length === 0 ? 'no log of a server records it' : 'rarely exploited'}, and no related findings`
  const seenOpen = exposure.spans.some(
    (span) => span.state === 'open' && (span.from ?? period.from) < period.to && (span.to ?? period.to) >= period.from,
  )
  return seenOpen ? null : 'rarely exploited, and no vulnerable build was seen in its exploitation period'
}

/** No build of the server prevents it: product and build decide nothing. */
export function isElsewhere(campaign: Campaign): boolean {
  return campaign.vulnerabilities.length === 0
}

/** What exposure alone decides: product not affected, fixed before the exploitation period, installed after it. */
function settledBy(
  input: AssessmentInput,
  campaign: Campaign,
  exposure: ExposureTimeline,
  period: ExploitationPeriod,
): string | null {
  if (input.server.product === 'none' || isElsewhere(campaign)) return null
  if (!exposure.affected) return `exposure: ${productWords(input.server.product)} is not affected`
  if (input.server.installed !== null && input.server.installed >= period.to)
    return `exposure: installed on ${formatDate(input.server.installed)}, after the exploitation period`
  const first = exposure.spans[0]
  if (
    first &&
    first.state === 'fixed' &&
    first.from !== null &&
    first.from <= Math.max(period.from, input.server.installed ?? -Infinity) + DAY &&
    exposure.end === 'fixed' &&
    exposure.lastOpen === null
  ) {
    return `exposure: build ${first.build} had the fix before known exploitation began`
  }
  return null
}

/** The exploitation period, cut to when the server was or may have been vulnerable; null when it never was. */
function openIn(exposure: ExposureTimeline, period: ExploitationPeriod): { from: number; to: number } | null {
  if (!exposure.affected) return null
  const to = Math.min(exposure.fixedAt ?? Infinity, period.to)
  return to > period.from ? { from: period.from, to } : null
}

function inPeriodOrOpen(
  finding: Finding,
  campaign: Campaign,
  period: ExploitationPeriod,
  exposure: ExposureTimeline,
): boolean {
  if (finding.time === null) return false
  const time = Date.parse(finding.time)
  // Before the exploitation period only exploitation itself indicates a campaign: later stages came by other vulnerabilities.
  if (
    time < period.from &&
    finding.cves.length > 0 &&
    !finding.cves.some((cve) => campaign.vulnerabilities.includes(cve))
  )
    return false
  return (
    (time >= period.from && time < period.to) || (exposure.spans.length > 0 && exposureAt(exposure, time) === 'open')
  )
}

/** A finding that also fits ordinary work indicates a campaign only in its exploitation period, and not while the fix was installed. */
function inPeriodAndOpen(
  { time }: Finding,
  campaign: Campaign,
  period: ExploitationPeriod,
  exposure: ExposureTimeline,
): boolean {
  if (time === null || isElsewhere(campaign)) return false
  const at = Date.parse(time)
  return at >= period.from && at < period.to && exposureAt(exposure, at) !== 'fixed'
}

function needed(campaign: Campaign): LogKind[] {
  return [...new Set([...(campaign.needs.targeted ?? []), ...(campaign.needs.exploited ?? [])].flat())]
}

/**
 * A finding belongs to a campaign if it lies in its open window or an intrusion links it to one that does; else to `unknown`.
 * What names no vulnerability (a shell, an export) is of the campaign whose vulnerability was used in its intrusion, or that
 * another rule names for the same row, whichever pack holds the rule.
 */
export function credit(input: AssessmentInput, windows: readonly Window[]): Map<string, string> {
  const credited = new Map<string, string>()
  const intrusions = new Map<string, Set<string>>()
  const named = namedBy(input, windows)
  for (const { finding } of input.found) {
    const w = windows.find((window) => window.campaign.id === finding.campaign)
    if (!w || !openAt(w, finding) || named(finding).some((id) => id !== finding.campaign)) continue
    credited.set(finding.id, w.campaign.id)
    if (finding.intrusion)
      intrusions.set(finding.intrusion, (intrusions.get(finding.intrusion) ?? new Set()).add(w.campaign.id))
  }
  for (const { finding } of input.found) {
    if (credited.has(finding.id)) continue
    const linked = finding.intrusion ? [...(intrusions.get(finding.intrusion) ?? [])].sort()[0] : undefined
    credited.set(finding.id, named(finding)[0] ?? linked ?? 'unknown')
  }
  return credited
}

function openAt(w: Window, { time }: Finding): boolean {
  return w.assessed && time !== null && Date.parse(time) >= w.from && Date.parse(time) <= w.to
}

/** Campaigns whose vulnerability the intrusion or the row of a finding names, when it names none and they leave out its own. */
function namedBy(input: AssessmentInput, windows: readonly Window[]): (finding: Finding) => readonly string[] {
  const byIntrusion = new Map<string, Set<string>>()
  const byRow = new Map<string, Set<string>>()
  for (const { finding, counts } of input.found) {
    const w = windows.find((window) => window.campaign.id === finding.campaign)
    if (!counts || finding.cves.length === 0 || !w || !openAt(w, finding)) continue
    byRow.set(rowOf(finding), (byRow.get(rowOf(finding)) ?? new Set()).add(w.campaign.id))
    if (finding.intrusion && rank(finding.stage) >= rank('access') && finding.stage !== 'context')
      byIntrusion.set(finding.intrusion, (byIntrusion.get(finding.intrusion) ?? new Set()).add(w.campaign.id))
  }
  return (finding) => {
    if (finding.cves.length > 0 || finding.campaign === 'unknown') return []
    for (const campaigns of [byRow.get(rowOf(finding)), byIntrusion.get(finding.intrusion ?? '')])
      if (campaigns) return campaigns.has(finding.campaign) ? [] : [...campaigns].sort()
    return []
  }
}

/** The place of a finding's first row. */
function rowOf({ locators }: Finding): string {
  const at = locators[0]
  return at ? `${at.artifact}\0${at.offset}` : ''
}
