import type { PowerState } from '../../model/event.ts'
import { counted } from '../../lib/amounts.ts'
import { compareText } from '../../lib/compare.ts'
import { HOUR, dayOf, hourIso, hourOf, iso } from '../../lib/time.ts'
import { lostCoverage, type LostHours } from './lost-coverage.ts'
import { type Scan } from '../../model/scan.ts'
import { type AnswerCoverage } from '../../model/answer.ts'
import { type BlindSpot, type Coverage, type LogGap, type KindCoverage } from '../../model/coverage.ts'
import { gapWords } from '../../model/evidence.ts'
import {
  isOfKind,
  type LogKind,
  isOfTenant,
  MISPLACED,
  PARTIAL,
  partsOfKind,
  stateKinds,
} from '../../model/log-kinds.ts'
import { type MailAccess, mailAccessOf } from './mail-access.ts'
import { type HourHole, type LogFile, rotationHoles } from './rotation.ts'
import { firstReached, greatestOf, leastOf } from '../../lib/collections.ts'

/** Records of mail that was opened are part of another kind, and may be missing where the others are not. */
const MAIL_ACCESS = 'm365-mail-access'
/** Hours without an entry after which logs are another stretch. */
const SILENCE = 14 * 24

/** What was read, hour by hour, and what that covers. */
export class CoverageMeter {
  readonly #kinds = new Map<LogKind, Kind>()
  /** Hours in which entries of a kind may not have been read, with what was not read. */
  readonly #lost = new Map<LogKind, { readonly list: readonly LostHours[]; readonly hours: Stretches }>()
  /** Where the newest logs break off close to the end of the evidence: the hour of the first of their last entries. */
  readonly #tail: number = Infinity
  /** Files that were not read to their end and could hold a way back in. */
  readonly blind: readonly BlindSpot[]
  readonly #restored: number | null
  readonly #recorded = new Set<string>()
  /** Beginnings of stretches in which some log is never silent for long, of the server and of a tenant. */
  readonly #begins = new Map<'server' | 'tenant', readonly number[]>()
  /** What a tenant recorded of mail that was opened. */
  readonly #mailAccess: MailAccess
  readonly #unrecorded: Stretches
  /** Parsers that read a file to its end. */
  readonly #read = new Set<string>()
  readonly first: number | null
  readonly last: number | null
  /** First and last entry of what a tenant records. */
  readonly tenant: { readonly first: number; readonly last: number } | null

  constructor(
    scans: readonly Scan[],
    power: readonly { readonly state: PowerState; readonly time: number }[],
    restored: readonly number[],
  ) {
    this.#mailAccess = mailAccessOf(scans)
    this.#unrecorded = new Stretches(this.#mailAccess.unrecorded)
    const seen = new Set<string>()
    const files = new Map<LogKind, LogFile[]>()
    for (const scan of scans) {
      const { sha256, size } = scan.artifact
      for (const [kind, hours] of scan.hours) {
        // The same bytes twice are one log; a copy outside the place of the log covers nothing, and is another kind.
        const log = `${sha256}/${size}/${kind}`
        const twin = seen.has(log)
        if (sha256) seen.add(log)
        let k = this.#kinds.get(kind)
        if (!k) this.#kinds.set(kind, (k = new Kind(kind)))
        k.files++
        if (!scan.gaps.some((gap) => gap.length > 0 || gap.reason === 'truncated')) k.whole = true
        if (twin) continue
        k.bytes += size
        for (const [hour, n, first, last] of hours) k.add(hour, n, first, last)
        const { path, first, last } = scan.artifact
        if (!files.has(kind)) files.set(kind, [])
        files.get(kind)!.push({ path, first, last })
      }
    }
    const lastRestored = greatestOf(restored, null)
    this.#restored = lastRestored === null ? null : hourOf(lastRestored)
    // A state has no hours in which it should have been written.
    for (const [kind, k] of this.#kinds)
      if (!stateKinds.has(kind)) k.findHoles(isOfTenant(kind) ? [] : rotationHoles(kind, files.get(kind) ?? []))
    this.#nameCommonHoles(power, restored)
    const logs = [...this.#kinds.values()].filter((k) => !stateKinds.has(k.kind) && k.first !== null)
    for (const { recorded, gaps, artifact } of scans) {
      for (const row of recorded) this.#recorded.add(row)
      if (artifact.parser !== null && gaps.length === 0) this.#read.add(artifact.parser)
    }
    // What a tenant wrote does not stretch the time that the logs of the server must reach; without those it is all there is.
    const own = logs.filter((k) => !isOfTenant(k.kind) && !k.kind.startsWith(MISPLACED))
    const period = periodOf(own.length > 0 ? own : logs)
    this.first = period?.first ?? null
    this.last = period?.last ?? null
    this.tenant = periodOf(logs.filter((k) => isOfTenant(k.kind)))
    const lost = lostCoverage(scans)
    this.blind = lost.blind
    for (const [kind, list] of Map.groupBy(lost.hours, (hours) => hours.kind))
      this.#lost.set(kind, { list, hours: new Stretches(list) })
    this.#tail = this.#tailOf(lost.hours)
  }

  /** Is it there, whole: was all of it read that could say something else? */
  has(kind: LogKind): boolean {
    return this.#isGiven(kind) && !this.blind.some((spot) => spot.kind === kind)
  }

  /** Has the evidence any entry of it, be it a part alone? */
  hasAny(kind: LogKind): boolean {
    return (this.#kinds.get(kind)?.entries ?? 0) > 0
  }

  /** Is it there whole: a state as it is, a log for all of [from, to), events with an id where some with it are recorded? */
  isComplete(kind: LogKind, from: number, to: number): boolean {
    const [log] = kind.split('/') as [LogKind]
    if (log !== kind && !this.#recorded.has(kind)) return false
    if (stateKinds.has(log)) return this.has(log)
    const { covered, of } = this.measure(from, to, [[log]])
    return to > from ? covered === of : this.has(log)
  }

  /** Was a file of this parser read to its end? */
  hasRead(parser: string): boolean {
    return this.#read.has(parser)
  }

  #isGiven(kind: LogKind): boolean {
    const k = this.#kinds.get(kind)
    if (kind === 'web-roots') return this.#webRoots()
    if (kind === MAIL_ACCESS) return this.#mailAccess.isRecorded
    // Fewer parts than every Windows has are a copied selection, not the whole list.
    const parts = partsOfKind(kind)
    if (parts) return k !== undefined && k.whole && this.#parts(kind) >= parts.least
    // A configuration that could be read in part only may hold what was not read.
    return k !== undefined && (stateKinds.has(kind) ? k.whole : k.first !== null)
  }

  /** The web roots were given when both the pages of Exchange's front end and the default web site are there. */
  #webRoots(): boolean {
    const has = (root: string): boolean => this.#recorded.has(`web-root/${root}`)
    return (has('owa') || has('ecp') || has('frontend')) && (has('wwwroot') || has('aspnet_client'))
  }

  /** Number of different ones of a kind: every Windows has dozens of tasks and services of its own. */
  #parts(kind: LogKind): number {
    return [...this.#recorded].filter((row) => row.startsWith(`${kind}/`)).length
  }

  /** The first entry of a kind. */
  firstOf(kind: LogKind): number | null {
    return this.#kinds.get(kind)?.first ?? null
  }

  /** The last entry of a kind. */
  lastOf(kind: LogKind): number | null {
    return this.#kinds.get(kind)?.last ?? null
  }

  kindsSeen(): LogKind[] {
    return [...this.#kinds.keys()].filter((kind) => this.#isGiven(kind)).sort()
  }

  /** Does the evidence have selected rows of one of the kinds, which cover no hours? */
  isSeenInPart(kinds: readonly LogKind[]): boolean {
    const parts = this.kindsSeen().flatMap((kind) => (kind.startsWith(PARTIAL) ? [kind.slice(PARTIAL.length)] : []))
    return kinds.some((kind) => parts.some((part) => isOfKind(part, kind)))
  }

  /** Is the hour covered by the kind? `x-*` means every kind seen whose name begins so, and at least one. */
  covers(kind: LogKind, hour: number): boolean {
    if (kind === MAIL_ACCESS) return this.#mailAccess.isRecorded && !this.#isUnrecorded(hour)
    if (this.#isLost(kind, hour)) return false
    if (kind.endsWith('*')) {
      const members = this.kindsSeen().filter((seen) => isOfKind(seen, kind) && this.#regular(seen))
      return members.length > 0 && members.every((k) => this.covers(k, hour))
    }
    const k = this.#kinds.get(kind)
    if (!k) return false
    if (stateKinds.has(kind)) return this.has(kind)
    // Entries between the backup and the restore are lost, and the time of the backup is not known.
    if (this.#restored !== null && hour < this.#restored) return false
    return k.covers(hour)
  }

  #isUnrecorded(hour: number): boolean {
    return this.#unrecorded.has(hour)
  }

  /** Was something of the kind not read that lies in this hour? Of `x-*` something of any kind whose name begins so. */
  #isLost(kind: LogKind, hour: number): boolean {
    for (const [other, { hours }] of this.#lost) if (isSame(kind, other) && hours.has(hour)) return true
    return false
  }

  /** What was not read of these kinds in [from, to). */
  lostIn(kinds: readonly LogKind[], from: number, to: number): LostHours[] {
    return [...this.#lost].flatMap(([kind, { list }]) =>
      kinds.some((asked) => isSame(asked, kind)) ? list.filter((one) => one.from < to && one.to > from) : [],
    )
  }

  /**
   * What was not read of the time of the evidence, but for its last hours, in which logs may break off; and of the time after it:
   * a log whose name says that it went on further.
   */
  notRead(): LostHours[] {
    const hours = this.#hoursOfLogs()
    if (hours === null) return []
    const { first: least, last } = hours
    return [...this.#lost.values()].flatMap(({ list }) =>
      list.filter(({ from, to }) => to > least && (from < this.#tail || from > last)),
    )
  }

  /** A log that was being written when it was copied breaks off: that costs its last hours, and no more. */
  #tailOf(lost: readonly LostHours[]): number {
    const last = this.#hoursOfLogs()?.last ?? Infinity
    const ends = lost.filter(({ atEnd, from }) => atEnd && from >= last - 1)
    return leastOf(
      ends.map(({ from }) => from),
      Infinity,
    )
  }

  /** The hours of the first and of the last entry of all logs; null where there is none. */
  #hoursOfLogs(): { readonly first: number; readonly last: number } | null {
    return this.first === null ? null : { first: hourOf(this.first), last: hourOf(this.last!) }
  }

  /** Is all of it covered but the hours in which the newest logs break off? */
  isEnough({ covered, of, missing }: AnswerCoverage): boolean {
    if (covered === of) return true
    return covered > 0 && missing.every(({ from }) => Date.parse(from) >= this.#tail * HOUR)
  }

  /** The first hour of the first 7 days of which half have entries; null when there is none. */
  begin(kind: LogKind): number | null {
    const kinds = kind.endsWith('*') ? this.kindsSeen().filter((seen) => isOfKind(seen, kind)) : [kind]
    const begins = kinds.flatMap((k) => this.#kinds.get(k)?.begin() ?? [])
    return leastOf(begins, null)
  }

  /**
   * The beginning of the unbroken stretch of logs within [from, to) that one alternative covers. What lies before a silence of 14
   * days is not asked about, nor the time before the first entry; what could not be read is no silence. Null where nothing is covered.
   */
  stretch(from: number, to: number, alternatives: readonly (readonly LogKind[])[]): number | null {
    return this.#stretches(from, to, alternatives)?.at(-1) ?? null
  }

  /** The beginnings of all unbroken stretches within [from, to), the first of them `from`; null where nothing is covered. */
  #stretches(from: number, to: number, alternatives: readonly (readonly LogKind[])[]): readonly number[] | null {
    const { covered, missing } = this.measure(from, to, alternatives)
    if (covered === 0) return null
    const kinds = alternatives.flat()
    const start = hourIso(hourOf(from))
    const begins = [from]
    for (const { from: begin, to: end } of missing) {
      const [first, last] = [hourOf(Date.parse(begin)), hourOf(Date.parse(end))]
      // What a restore took away was written.
      const isSilence = last !== this.#restored && (begin <= start || last - first >= SILENCE)
      if (isSilence && last * HOUR < to && this.#isWritten(kinds, first, last)) begins.push(last * HOUR)
    }
    return begins
  }

  /** Since when there is some log, of a tenant or any, without a silence of 14 days, up to this time (ms); null where there is none. */
  since(time: number, of: 'server' | 'tenant' = 'server'): number | null {
    let begins = this.#begins.get(of)
    if (begins === undefined) this.#begins.set(of, (begins = this.#beginsOfLogs(of)))
    return begins.findLast((begin) => begin <= time) ?? null
  }

  #beginsOfLogs(of: 'server' | 'tenant'): readonly number[] {
    const { first, last } = of === 'tenant' ? (this.tenant ?? { first: null, last: null }) : this
    if (first === null || last === null) return []
    const kinds = this.kindsSeen().filter(
      (kind) => !stateKinds.has(kind) && !kind.startsWith(MISPLACED) && (of === 'server' || isOfTenant(kind)),
    )
    const each = kinds.map((kind) => [kind])
    return this.#stretches(first, last + HOUR, each) ?? []
  }

  /** Were the logs that are silent in these hours read, all of them or those of a part that is a silence by itself? */
  #isWritten(kinds: readonly LogKind[], first: number, last: number): boolean {
    const lost = this.lostIn(kinds, first, last)
    if (lost.length === 0) return true
    let at = first
    for (const { from, to } of lost.toSorted((a, b) => a.from - b.from)) {
      if (from - at >= SILENCE) return true
      at = Math.max(at, to)
    }
    return last - at >= SILENCE
  }

  /** How many hours of [from, to) at least one alternative covers whole. */
  measure(from: number, to: number, alternatives: readonly (readonly LogKind[])[]): AnswerCoverage {
    const missing: { from: string; to: string }[] = []
    let covered = 0
    let open: number | null = null
    const [first, end] = [hourOf(from), Math.max(hourOf(from) + 1, Math.ceil(to / HOUR))]
    // Hours between two of these are alike, and a forged date makes millions of them.
    const turns = this.#turnsIn(first, end, alternatives)
    for (const [i, hour] of turns.entries()) {
      // What one log does not show another may: but what was not read of either may be what it does not show.
      const is =
        alternatives.some((kinds) => kinds.every((kind) => this.covers(kind, hour))) &&
        !alternatives.some((kinds) => kinds.some((kind) => this.#isLost(kind, hour)))
      if (is) covered += (turns[i + 1] ?? end) - hour
      if (!is && open === null) open = hour
      if (is && open !== null) {
        missing.push({ from: hourIso(open), to: hourIso(hour) })
        open = null
      }
    }
    if (open !== null) missing.push({ from: hourIso(open), to: hourIso(end) })
    return { from: iso(from), to: iso(to), covered, of: end - first, missing }
  }

  /** The first hour and all hours up to `end` from which on one of these kinds may be covered otherwise than before. */
  #turnsIn(first: number, end: number, alternatives: readonly (readonly LogKind[])[]): readonly number[] {
    const turns = new Set([first, this.#restored ?? first])
    for (const asked of new Set(alternatives.flat())) {
      for (const [kind, k] of this.#kinds) if (isSame(asked, kind)) for (const hour of k.turns()) turns.add(hour)
      if (asked === MAIL_ACCESS) for (const { from, to } of this.#mailAccess.unrecorded) turns.add(from).add(to)
      for (const [kind, { list }] of this.#lost)
        if (isSame(asked, kind)) for (const { from, to } of list) turns.add(from).add(to)
    }
    return [...turns].filter((hour) => hour >= first && hour < end).sort((a, b) => a - b)
  }

  report(scans: readonly Scan[], title: (kind: LogKind) => string): Coverage {
    return {
      first: iso(this.first),
      last: iso(this.last),
      kinds: [...this.#kinds.values(), ...this.#unseen()]
        .sort((a, b) => compareText(a.kind, b.kind))
        .map((k) => k.report(title(k.kind), this.#unreadOf(k.kind))),
      unknown: scans
        .filter(({ artifact }) => artifact.parser === 'scan' && artifact.kinds.every((kind) => kind === 'files'))
        .map(({ artifact }) => ({ path: artifact.path, size: artifact.size })),
      gaps: scans.flatMap((scan) => scan.gaps),
      blindSpots: this.blind,
    }
  }

  /** Kinds of which nothing was read. */
  #unseen(): Kind[] {
    return [...this.#lost].flatMap(([kind, { list }]) => {
      if (kind.endsWith('*') || this.#kinds.has(kind)) return []
      const unseen = new Kind(kind)
      unseen.files = new Set(list.map(({ path }) => path)).size
      return [unseen]
    })
  }

  /** Hours of a kind in which something was not read, as holes in the time of the evidence, side by side in one. */
  #unreadOf(kind: LogKind): HourHole[] {
    const hours = this.#hoursOfLogs()
    if (hours === null || stateKinds.has(kind)) return []
    const [least, most] = [hours.first, hours.last + 1]
    const sorted = this.lostIn([kind], least, most).sort((a, b) => a.from - b.from || compareText(a.path, b.path))
    const holes: { from: number; to: number; first: LostHours; more: number }[] = []
    for (const lost of sorted) {
      const [from, to] = [Math.max(least, lost.from), Math.min(most, lost.to)]
      const last = holes.at(-1)
      if (last && from <= last.to) {
        last.to = Math.max(last.to, to)
        last.more++
      } else holes.push({ from, to, first: lost, more: 0 })
    }
    return holes.map(({ from, to, first: { path, reason }, more }) => ({
      from,
      to,
      reason: `not read: ${path} (${gapWords[reason]})${more > 0 ? `, in ${counted(more + 1, 'place')}` : ''}`,
    }))
  }

  /**
   * A log that hardly ever writes (a protocol that nobody uses, one stray row) says nothing hour by hour: it stands for
   * "all" only with entries in a twentieth of the hours of the busiest log of its family. What was deleted but for
   * its last days has more than that, and is missed.
   */
  #regular(kind: LogKind): boolean {
    const family = [...this.#kinds.values()].filter((k) => k.kind.startsWith(kind.slice(0, kind.indexOf('-') + 1)))
    return (
      this.#kinds.get(kind)!.hoursWithEntries * 20 >=
      greatestOf(
        family.map((k) => k.hoursWithEntries),
        0,
      )
    )
  }

  /** When every log stops and starts together it is one event: a shutdown that System events show, a restore, or removal. */
  #nameCommonHoles(
    power: readonly { readonly state: PowerState; readonly time: number }[],
    restored: readonly number[],
  ): void {
    const logs = [...this.#kinds.values()].filter(
      (k) => !stateKinds.has(k.kind) && !isOfTenant(k.kind) && !k.kind.startsWith(MISPLACED) && k.first !== null,
    )
    const before = new Map(logs.map((k) => [k, { holes: new Stretches(k.holes), hours: k.hoursInOrder() }]))
    // A log that seldom writes has no gap there: it has no entry.
    const isSilent = (k: Kind, from: number, to: number): boolean => {
      const { holes, hours } = before.get(k)!
      return holes.oneSpans(from, to) || (hours[firstFrom(hours, from)] ?? Infinity) >= to
    }
    const hoursOf = (state: PowerState): Set<number> =>
      new Set(power.flatMap((p) => (p.state === state ? [hourOf(p.time) - 1, hourOf(p.time), hourOf(p.time) + 1] : [])))
    const [down, up, crashed] = [hoursOf('down'), hoursOf('up'), hoursOf('crashed')]
    const back = restored.map(hourOf).sort((a, b) => a - b)
    for (const k of logs) {
      k.holes = k.holes.flatMap((hole) => {
        const alive = logs.filter((other) => other.first! < hole.from * HOUR && other.last! >= hole.to * HOUR)
        const all = alive.every((other) => isSilent(other, hole.from + 1, hole.to - 1))
        const isOff = crashed.has(hole.to) || (down.has(hole.from) && up.has(hole.to))
        if (all && alive.length > 1 && isOff) return []
        if ((back[firstFrom(back, hole.from - 1)] ?? Infinity) <= hole.to) return [{ ...hole, reason: 'restored' }]
        if (all && alive.length > 1) return [{ ...hole, reason: 'server off, restored or logs removed' }]
        return [hole]
      })
    }
  }
}

/** Are two names of kinds of the same, where `x-*` is any whose name begins so? */
function isSame(a: LogKind, b: LogKind): boolean {
  if (a.endsWith('*') && b.endsWith('*')) return isOfKind(b.slice(0, -1), a) || isOfKind(a.slice(0, -1), b)
  return a.endsWith('*') ? isOfKind(b, a) : isOfKind(a, b)
}

/**
 * Stretches of hours [from, to), as many as somebody forges: a log whose days lie apart by thousands of years has few of
 * them and millions of hours.
 */
class Stretches {
  readonly #sorted: readonly { readonly from: number; readonly to: number }[]
  readonly #from: readonly number[]
  /** The last hour that any of those up to here reaches. */
  readonly #reach: number[] = []
  /** Hours that lie in any of them. */
  readonly hours: number

  constructor(list: readonly { readonly from: number; readonly to: number }[]) {
    this.#sorted = list.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
    this.#from = this.#sorted.map(({ from }) => from)
    let [hours, reach] = [0, -Infinity]
    for (const { from, to } of this.#sorted) {
      hours += Math.max(0, to - Math.max(from, reach))
      reach = Math.max(reach, to)
      this.#reach.push(reach)
    }
    this.hours = hours
  }

  has(hour: number): boolean {
    return this.oneSpans(hour, hour + 1)
  }

  /** Does one of them begin at `from` or before, and reach `to`? */
  oneSpans(from: number, to: number): boolean {
    return (this.#reach[firstFrom(this.#from, from + 1) - 1] ?? -Infinity) >= to
  }
}

function inOrder(a: HourHole, b: HourHole): number {
  return a.from - b.from || a.to - b.to
}

/** Place of the first number that is not less, in numbers that are in order. */
function firstFrom(sorted: readonly number[], least: number): number {
  return firstReached(sorted.length, (at) => sorted[at]! >= least)
}

/** A silence that is as long as the usual ones of a log is a night. */
const NIGHT = 8 * HOUR

/** From this number on, silent weekends are a habit; a single one is where no other weekend has entries. */
const WEEKENDS = 2

/** Is an hour in the middle of a weekend, in every time zone? */
function isMidWeekend(hour: number): boolean {
  const time = new Date(hour * HOUR)
  return time.getUTCDay() === 6 ? time.getUTCHours() >= 12 : time.getUTCDay() === 0 && time.getUTCHours() < 12
}

/** Does a silence begin on a Friday or Saturday, and end by Monday noon, in UTC? */
function isWeekend({ from, to }: HourHole): boolean {
  const [begins, ends] = [new Date(from * HOUR).getUTCDay(), new Date(to * HOUR).getUTCDay()]
  return (begins === 5 || begins === 6) && (ends === 0 || ends === 1) && to - from <= 84
}

/** One log kind. */
class Kind {
  readonly kind: LogKind
  files = 0
  /** Was one of its files read to the end? */
  whole = false
  bytes = 0
  entries = 0
  first: number | null = null
  last: number | null = null
  #holes: readonly HourHole[] = []
  #missing = new Stretches([])
  readonly #hours = new Map<number, { n: number; first: number; last: number }>()
  #silence = 3 * HOUR

  constructor(kind: LogKind) {
    this.kind = kind
  }

  get holes(): readonly HourHole[] {
    return this.#holes
  }

  /** Holes may be taken back (a shutdown that System events show). */
  set holes(holes: readonly HourHole[]) {
    this.#holes = holes
    this.#missing = new Stretches(holes)
  }

  add(hour: number, n: number, first: number, last: number): void {
    const h = this.#hours.get(hour)
    if (h) {
      h.n += n
      h.first = Math.min(h.first, first)
      h.last = Math.max(h.last, last)
    } else this.#hours.set(hour, { n, first, last })
    this.entries += n
    this.first = this.first === null ? first : Math.min(this.first, first)
    this.last = this.last === null ? last : Math.max(this.last, last)
  }

  /**
   * A hole is a silence longer than four times the 95th percentile of the kind's own silences (at least 3 h, at most
   * 24 h), or a missing rotation number or day file.
   */
  findHoles(rotation: readonly HourHole[]): void {
    const hours = [...this.#hours].sort(([a], [b]) => a - b)
    const silences = hours.slice(1).map(([, h], i) => h.first - hours[i]![1].last)
    const ordered = [...silences].sort((a, b) => a - b)
    const p95 = ordered.length > 0 ? ordered[Math.ceil(ordered.length * 0.95) - 1]! : 0
    const limit = Math.min(24 * HOUR, Math.max(3 * HOUR, 4 * p95))
    this.#silence = limit
    const silent: HourHole[] = []
    for (const [i, silence] of silences.entries()) {
      const from = hours[i]![0] + 1
      const to = hours[i + 1]![0]
      if (silence > limit) silent.push({ from, to, reason: 'silent' })
    }
    const isSilentAtNight = p95 >= NIGHT
    const usual = isOfTenant(this.kind) || isSilentAtNight ? this.#withoutWeekends(silent) : silent
    this.holes = this.#withRotation(usual, rotation)
  }

  /**
   * A few people who do not work at weekends leave no entries in a tenant, nor in a log of a server that is silent every night:
   * only people write it. What a server writes of its own has no such nights.
   */
  #withoutWeekends(silent: readonly HourHole[]): readonly HourHole[] {
    const weekends = silent.filter(isWeekend)
    const isHabit = weekends.length >= WEEKENDS || ![...this.#hours.keys()].some(isMidWeekend)
    const isUsual = isHabit && weekends.length >= silent.length / 2
    return isUsual ? silent.filter((hole) => !isWeekend(hole)) : silent
  }

  /** Holes with those that names of files show, where the log is silent as it often is. */
  #withRotation(silent: readonly HourHole[], rotation: readonly HourHole[]): readonly HourHole[] {
    if (this.first === null) return silent
    const holes = [...silent]
    const known = new Stretches(silent)
    let reach = -Infinity
    for (const hole of rotation.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
      if (hole.from * HOUR < this.first - HOUR || hole.to * HOUR > this.last! + 2 * HOUR) continue
      if (hole.to <= reach || known.oneSpans(hole.from, hole.to)) continue
      reach = hole.to
      holes.push(hole)
    }
    return holes.sort(inOrder)
  }

  /** [entries, first, last] of every hour that has any. */
  entriesByHour(): [number, number, number][] {
    return [...this.#hours.values()].map(({ n, first, last }) => [n, first, last])
  }

  hoursInOrder(): readonly number[] {
    return [...this.#hours.keys()].sort((a, b) => a - b)
  }

  get hoursWithEntries(): number {
    return this.#hours.size
  }

  covers(hour: number): boolean {
    // An ordinary silence at the end of the evidence is no hole either.
    return (
      this.first !== null &&
      hour >= hourOf(this.first) &&
      hour <= hourOf(this.last! + this.#silence) &&
      !this.#missing.has(hour)
    )
  }

  /** Hours from which on it may be covered otherwise than before. */
  turns(): number[] {
    if (this.first === null) return []
    const ends = [hourOf(this.first), hourOf(this.last! + this.#silence) + 1]
    for (const { from, to } of this.holes) ends.push(from, to)
    return ends
  }

  begin(): number | null {
    const days = [...new Set([...this.#hours.keys()].map((hour) => Math.floor(hour / 24)))].sort((a, b) => a - b)
    const last = days.at(-1)!
    for (const [i, day] of days.entries()) {
      const span = Math.min(7, last - day + 1)
      if ((firstFrom(days, day + span) - i) * 2 >= span) {
        const hours = [...this.#hours].filter(([hour]) => Math.floor(hour / 24) === day)
        return leastOf(
          hours.map(([, h]) => h.first),
          null,
        )
      }
    }
    return this.first
  }

  /** Holes cut to the time of the log. */
  #within(holes: readonly HourHole[]): HourHole[] {
    const first = this.first === null ? Infinity : hourOf(this.first)
    const end = this.last === null ? -Infinity : hourOf(this.last) + 1
    return holes.map((hole) => ({ ...hole, from: Math.max(hole.from, first), to: Math.min(hole.to, end) }))
  }

  report(title: string, unread: readonly HourHole[]): KindCoverage {
    const days = new Map<string, number>()
    for (const [hour, { n }] of this.#hours) days.set(dayOf(hour * HOUR), (days.get(dayOf(hour * HOUR)) ?? 0) + n)
    const span = this.first === null ? 0 : hourOf(this.last!) - hourOf(this.first) + 1
    return {
      kind: this.kind,
      title,
      files: this.files,
      bytes: this.bytes,
      entries: this.entries,
      first: iso(this.first),
      last: iso(this.last),
      hours: span - new Stretches([...this.holes, ...this.#within(unread)]).hours,
      gaps: [...this.holes, ...unread]
        .sort(inOrder)
        .map(({ from, to, reason }): LogGap => ({ from: hourIso(from), to: hourIso(to), reason })),
      days: [...days].sort(([a], [b]) => compareText(a, b)),
    }
  }
}

/**
 * From the first to the last entry of all logs. A few entries more than a year away from all others (a clock that was
 * wrong, a line that somebody forged) do not stretch it.
 */
function periodOf(logs: readonly Kind[]): { first: number; last: number } | null {
  const hours = logs.flatMap((k) => k.entriesByHour()).sort((a, b) => a[1] - b[1])
  if (hours.length === 0) return null
  const total = hours.reduce((sum, [n]) => sum + n, 0)
  let [start, end] = [0, hours.length - 1]
  for (let i = 1, before = 0; i < hours.length; i++) {
    before += hours[i - 1]![0]
    if (hours[i]![1] - hours[i - 1]![2] <= YEAR) continue
    if (before * 100 < total) start = i
    else if ((total - before) * 100 < total) {
      end = i - 1
      break
    }
  }
  let last = hours[start]![2]
  for (let i = start; i <= end; i++) last = Math.max(last, hours[i]![2])
  return { first: hours[start]![1], last }
}

const YEAR = 365 * 24 * HOUR
