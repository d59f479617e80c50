import { addTo, append } from '../../lib/collections.ts'
import { HOUR, hourOf } from '../../lib/time.ts'
import { type Scan, SECTION, UNREAD } from '../../model/scan.ts'
import { type BlindSpot } from '../../model/coverage.ts'
import { type Gap, type GapReason } from '../../model/evidence.ts'
import {
  isOfKind,
  type LogKind,
  plainKind,
  stateKinds,
  isOfTenant,
  MISPLACED,
  waysBack,
} from '../../model/log-kinds.ts'
import { logKindsAt, parsersAt, stateKindsAt } from '../../model/log-places.ts'
import {
  type FileKind,
  isOfAnotherKind,
  kindOfFile,
  NOT_WHAT_IT_IS_NAMED,
  notWhatItIsNamed,
  slashedOf,
} from './file-kind.ts'
import { type Served, servedOf } from '../served.ts'
import { isOfAnotherTime } from '../../findings/second-series.ts'
import { fileNameOf } from '../../model/file-name.ts'
import { hoursNamed, seriesOf } from '../../model/log-names.ts'

/**
 * What unread data means for the answers. A gap costs coverage by why it is one, and by what kind of file it lies in: the
 * hours of a log between the entries around it, or a state at the end of the evidence that is not complete without the file.
 */

/** hours: those between the entries around it · state: the kinds of state that the file is a part of · or why it costs nothing. */
export type Effect = 'hours' | 'state' | 'all' | { readonly none: string }

const elsewhere = {
  none: 'nothing runs it from its folder, no log names it, and no question needs it. Findings in its readable part stand',
}
const unread: Readonly<Record<FileKind, Effect>> = {
  log: 'hours',
  page: 'state',
  state: 'state',
  program: 'state',
  collection: 'all',
  other: elsewhere,
}

/** Every reason has a line: a new one does not compile without. */
const effects: Readonly<Record<GapReason, Readonly<Record<FileKind, Effect>>>> = {
  truncated: unread,
  'nul-tail': unread,
  unsupported: unread,
  locked: unread,
  denied: unread,
  timeout: unread,
  memory: unread,
  depth: unread,
  bomb: unread,
  corrupt: unread,
  changed: unread,
  ioerror: unread,
  // An encrypted archive may contain anything that was moved into it.
  encrypted: { ...unread, other: 'state' },
  'too-long': {
    ...unread,
    program: {
      none: 'its beginning and its end were searched, and it is assessed by its place, name and signature, too',
    },
  },
  policy: unread,
  excluded: unread,
  failed: unread,
}

export function effectOf(reason: GapReason, kind: FileKind): Effect {
  return effects[reason][kind]
}

/** Hours [from, to) of a kind in which entries may be missing; `x-*`: every kind whose name begins so. */
export type LostHours = {
  readonly kind: LogKind
  readonly from: number
  readonly to: number
  /** A log that may still be written ends there, and nothing of its series follows. An export was written whole. */
  readonly atEnd: boolean
  readonly path: string
  readonly reason: GapReason
}

export type LostCoverage = { readonly hours: readonly LostHours[]; readonly blind: readonly BlindSpot[] }

/** What all gaps of all files cost. */
export function lostCoverage(scans: readonly Scan[]): LostCoverage {
  const hours: LostHours[] = []
  const blind: BlindSpot[] = []
  const served = servedOf(scans)
  const around = new Neighbors(scans)
  const locked = new Set<string>()
  for (const scan of scans) {
    const gaps = gapsOf(scan, around, served)
    if (gaps.length === 0) continue
    append(hours, hoursOfUnread(scan))
    const { is, kinds } = kindOfFile(scan, served)
    const archive = is === 'other' ? lockedArchiveOf(scan) : null
    if (archive !== null) {
      // Each archive is named once, however many files it holds.
      if (!locked.has(archive)) append(blind, spotsOfLocked(archive))
      locked.add(archive)
      continue
    }
    for (const gap of gaps) {
      const effect = effectOf(gap.reason, is)
      if (effect === 'hours' || effect === 'all') append(hours, hoursOf(scan, gap, kinds, around))
    }
    // A file is named once, by the first gap that leaves a state open.
    const first = gaps.find(({ reason }) => leavesState(effectOf(reason, is)))
    if (first === undefined) continue
    const { path, reason, detail } = first
    for (const kind of effectOf(reason, is) === 'all' ? allStates : kinds) blind.push({ path, kind, reason, detail })
  }
  append(blind, spotsOfSections(scans))
  return { hours, blind }
}

/** Sections of a configuration that lie in another file, which is not there or was not read whole: what they run is not known. */
function spotsOfSections(scans: readonly Scan[]): BlindSpot[] {
  const naming = scans.filter(
    (scan) => scan.recorded.some((row) => row.startsWith(SECTION)) && stateKindsAt(slashedOf(scan.artifact)).length > 0,
  )
  if (naming.length === 0) return []
  const whole = new Set(
    scans.flatMap(({ artifact: { parser, path }, gaps }) =>
      gaps.length === 0 && readers.has(parser ?? '') ? [path.replaceAll('\\', '/').toLowerCase()] : [],
    ),
  )
  return naming.flatMap(({ artifact: { path }, recorded }) => {
    const file = recorded.find((row) => row.startsWith(SECTION) && !whole.has(row.slice(SECTION.length)))
    if (file === undefined) return []
    const detail = `a section of it lies in a file that was not read: ${fileNameOf(file)}`
    return [{ path, kind: 'iis-config', reason: 'unsupported', detail }]
  })
}

/** Parsers that read a section in a file of its own. */
const readers: ReadonlySet<string> = new Set(['iis-config', 'web-config', 'config-excerpt'])

/** Records that lie behind other text, and were not read, may be of any time. */
function hoursOfUnread({ artifact: { path }, recorded }: Scan): LostHours[] {
  const kinds = recorded.flatMap((row) => (row.startsWith(UNREAD) ? [row.slice(UNREAD.length)] : []))
  return kinds.map((kind) => ({ kind, path, reason: 'unsupported', atEnd: false, from: -Infinity, to: Infinity }))
}

function leavesState(effect: Effect): boolean {
  return effect === 'state' || effect === 'all'
}

/** The archive that a file lies in, or is, where it needs a password that is not known. */
function lockedArchiveOf({ artifact: { path }, gaps }: Scan): string | null {
  if (!gaps.some(({ reason }) => reason === 'encrypted')) return null
  const inner = path.lastIndexOf('!/')
  return inner >= 0 ? path.slice(0, inner) : path
}

/** Logs, pages and settings may lie in it under any name. */
function spotsOfLocked(path: string): BlindSpot[] {
  const detail = 'an encrypted archive: what was moved into it cannot be determined'
  return allStates.map((kind) => ({ path, kind, reason: 'encrypted', detail }))
}

/** States that a way back in can hide in. */
const allStates: readonly LogKind[] = [...waysBack.values()].flat()

/**
 * The gaps of a file; one that lies where a log or what defines a state lies, and holds nothing of one, was overwritten,
 * emptied or encrypted, or has something in front of it that makes another format of it, or is none.
 */
function gapsOf({ artifact, gaps }: Scan, around: Neighbors, served: Served): readonly Gap[] {
  const { path, size, parser, kinds } = artifact
  if (parser === null || gaps.some(({ length }) => length === size && size > 0)) return gaps
  const slashed = slashedOf(artifact)
  const own = parsersAt(slashed)
  if (own.size === 0) {
    const detail = size > 0 ? notWhatItIsNamed(artifact, served) : null
    return detail === null ? gaps : [...gaps, { path, offset: 0, length: size, reason: 'unsupported', detail }]
  }
  if (size > 0 && own.has(parser)) {
    if (isCutToHeader(artifact, around))
      return [...gaps, { path, offset: size, length: 0, reason: 'truncated', detail: 'it has a header and no entries' }]
    if (isOfAnotherKind(artifact))
      return [
        ...gaps,
        { path, offset: 0, length: 0, reason: 'corrupt', detail: 'entries of another log than its place is of' },
      ]
    return isOfAnotherTime(artifact) ? [...gaps, gapOfNamedTime(path)] : gaps
  }
  const [logs, states] = [logKindsAt(slashed), stateKindsAt(slashed)]
  if (size === 0) {
    // The newest of a series may not have been written to the disk yet.
    const series = seriesOf(path)
    const isNew = series !== null && around.isLast(artifact, series) && !around.wasFilled(artifact)
    if (logs.length > 0 && (!hasLogName(path) || isNew)) return gaps
    return [...gaps, { path, offset: 0, length: 0, reason: 'truncated', detail: 'it is empty' }]
  }
  const isRead = (wanted: LogKind): boolean => kinds.some((kind) => isOfKind(kind, wanted))
  // Whole rows of a log tell that it is one, whoever read them: rows that do not fit their header were written over, and
  // that a file is called like a configuration says nothing of it.
  if (states.length === 0 && logs.some(isRead)) return gaps
  const detail = logs.length > 0 ? 'it is named like a log and contains no log entries' : NOT_WHAT_IT_IS_NAMED
  return [...gaps, { path, offset: 0, length: size, reason: 'unsupported', detail }]
}

/** When entries of another time than the name of their log happened is not known, nor what happened in the time of the name. */
function gapOfNamedTime(path: string): Gap {
  const { from, to } = hoursNamed(path)!
  const detail = 'entries of another time than its name is of'
  return { path, offset: 0, length: 0, reason: 'corrupt', detail, after: from * HOUR, before: to * HOUR - 1 }
}

/**
 * Has a log no entries, while its series goes on, or where it must have had some? The newest of a series may not have been
 * written to yet.
 */
function isCutToHeader(artifact: Scan['artifact'], around: Neighbors): boolean {
  const series = seriesOf(artifact.path)
  if (artifact.events > 0 || series === null || logKindsAt(slashedOf(artifact)).length === 0) return false
  return !around.isLast(artifact, series) || around.wasFilled(artifact)
}

/** Logs into which something is written on every server that works: what looks after it asks for all of these all the time. */
const busy = /^(?:iis-(?:frontend|backend)|httpproxy-(?:autodiscover|ecp|ews|owa))$/

/** Another file of a series without any entry had some, when so many of the last so many files have entries. */
const FILLED = { least: 3, most: 10 }

/** Longest time between the start of a log and its first entry: of a log of a day, and of one of an hour. */
const BEGUN = { day: 3_600_000, hour: 20 * 60_000 }

function hasLogName(path: string): boolean {
  return /\.(?:log|evtx?)(?:\.enc)?$/i.test(path)
}

// ---------------------------------------------------------------- which hours

/** The hours between the entries around a gap; what no entry bounds is bounded by the files around it, and by their names. */
function hoursOf({ artifact }: Scan, gap: Gap, kinds: readonly LogKind[], around: Neighbors): LostHours[] {
  const { path, size } = artifact
  const { reason } = gap
  // An artifact of which nothing was read has no entries around it.
  const whole = gap.length === size && artifact.events === 0
  const after = whole ? undefined : gap.after
  const before = whole ? undefined : gap.before
  return kinds.map((kind) => {
    const named = hoursNamed(path)
    const earlier = after ?? around.before(artifact, kind)
    const later = before ?? around.after(artifact, kind, after)
    const from = earlier === undefined || earlier === null ? (named?.from ?? -Infinity) : hourOf(earlier)
    const to =
      later === undefined || later === null
        ? earlier === null
          ? (named?.to ?? Infinity)
          : Infinity
        : hourOf(later) + 1
    const isLast = before === undefined && later === null && after !== undefined
    const atEnd = isLast && hasLogName(path) && !isOfTenant(kind)
    // Times that go backwards (a ring of records) bound nothing but what lies between them.
    return { kind, path, reason, atEnd, from: Math.min(from, to - 1), to: Math.max(to, from + 1) }
  })
}

/** Entries of the files before and after one. */
class Neighbors {
  readonly #scans: readonly Scan[]
  #series: ReadonlyMap<string, Series> | null = null

  constructor(scans: readonly Scan[]) {
    this.#scans = scans
  }

  /** Does nothing follow the file in its series? */
  isLast(artifact: Scan['artifact'], { name, from, number }: NonNullable<ReturnType<typeof seriesOf>>): boolean {
    this.#series ??= seriesIn(this.#scans)
    const last = this.#series.get(name)?.files.at(-1)
    const other = last === undefined ? null : seriesOf(last.artifact.path)
    return other === null || last?.artifact === artifact || (other.from === from && other.number === number)
  }

  /**
   * Must a file without entries at the end of its series have had some? The server worked in its time, as other logs say,
   * and logs of its kind are never empty then: no server is without such entries, or those before it all have some.
   */
  wasFilled(artifact: Scan['artifact']): boolean {
    const time = hoursNamed(artifact.path)
    if (time === null || !this.#wasAtWork(time)) return false
    const kinds = logKindsAt(slashedOf(artifact))
    if (kinds.length > 0 && kinds.every((kind) => busy.test(kind))) return true
    const { files, at } = this.#place(artifact, kinds[0] ?? '')
    const before = files.slice(Math.max(0, at - FILLED.most), at)
    return before.length >= FILLED.least && before.every((file) => file.artifact.events > 0)
  }

  #wasAtWork({ from, to }: { readonly from: number; readonly to: number }): boolean {
    const least = from * 3_600_000 + (to - from > 1 ? BEGUN.day : BEGUN.hour)
    const isOwn = (kind: LogKind): boolean => !stateKinds.has(kind) && !isOfTenant(kind) && !kind.startsWith(MISPLACED)
    return this.#scans.some(({ hours }) =>
      hours.some(
        ([kind, list]) => isOwn(kind) && list.some(([hour, , , last]) => hour >= from && hour < to && last >= least),
      ),
    )
  }

  /** The last entry of the file before it in its series; null where there is none. */
  before(artifact: Scan['artifact'], kind: LogKind): number | null {
    const { files, at } = this.#place(artifact, kind)
    for (let i = at - 1; i >= 0; i--) {
      const { last } = files[i]!.artifact
      if (last !== null) return last
    }
    return null
  }

  /** The first entry of the file behind it in its series. */
  after(artifact: Scan['artifact'], kind: LogKind, time: number | undefined): number | null {
    const { files, at, isNamed } = this.#place(artifact, kind)
    for (let i = at + 1; i < files.length; i++) {
      const { first } = files[i]!.artifact
      if (first !== null && (isNamed || time === undefined || first > time)) return first
    }
    return null
  }

  /** Files of one series lie in the order of their names; those without such names in that of their first entries. */
  #place(artifact: Scan['artifact'], kind: LogKind): { files: readonly Scan[]; at: number; isNamed: boolean } {
    this.#series ??= seriesIn(this.#scans)
    const series = seriesOf(artifact.path)
    const found = this.#series.get(series === null ? `\0${kind}` : series.name)
    const at = found?.places.get(artifact)
    // The place of a file without entries is not known among others whose names do not give theirs either.
    return found === undefined || at === undefined
      ? { files: [], at: 0, isNamed: false }
      : { files: found.files, at, isNamed: series !== null }
  }
}

/** Files in their order, and the place of each in it. */
type Series = { readonly files: readonly Scan[]; readonly places: ReadonlyMap<Scan['artifact'], number> }

function seriesIn(scans: readonly Scan[]): ReadonlyMap<string, Series> {
  const groups = new Map<string, Scan[]>()
  for (const scan of scans) {
    const series = seriesOf(scan.artifact.path)
    if (series !== null) addTo(groups, series.name, scan)
    for (const kind of scan.artifact.kinds)
      if (!stateKinds.has(kind) && !isOfTenant(kind)) addTo(groups, `\0${plainKind(kind)}`, scan)
  }
  for (const [name, group] of groups) {
    if (name.startsWith('\0')) group.sort((a, b) => (a.artifact.first ?? 0) - (b.artifact.first ?? 0))
    else
      group.sort((a, b) => {
        const [one, other] = [seriesOf(a.artifact.path)!, seriesOf(b.artifact.path)!]
        return one.from - other.from || one.number - other.number
      })
  }
  return new Map([...groups].map(([name, files]) => [name, { files, places: placesIn(files) }]))
}

function placesIn(files: readonly Scan[]): ReadonlyMap<Scan['artifact'], number> {
  const places = new Map<Scan['artifact'], number>()
  // A file of two kinds of one name is there twice: the first counts.
  for (const [at, { artifact }] of files.entries()) if (!places.has(artifact)) places.set(artifact, at)
  return places
}
