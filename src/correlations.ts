import { iso } from './lib/time.ts'
import { compare } from './kept-hits.ts'
import type { Event, Hit, Scan, Trail, TrailKey } from './model.ts'
import { correlate, type Row, type RowMatch } from './rules/correlate.ts'
import type { Correlation, LoadedRules } from './rules/engine.ts'

/** Rows kept for correlations of one server (by weight), matches told of one correlation, and rows kept of one match. */
export type Most = { readonly weight: number; readonly matches: number; readonly hits: number }
const MOST: Most = { weight: 500_000, matches: 1_000, hits: 100 }

/** What a row takes in memory; what it has in common with none before it takes more than the row. */
export function weightOfRow(isNew: boolean): number {
  return isNew ? 5 : 1
}

type Rules = Pick<LoadedRules, 'events' | 'correlations'>

/**
 * Takes scans in any order and keeps the rows for correlations of the first files, in the order of their paths; those
 * beyond are counted. What is kept does not depend on the order, and never is much more held than is kept.
 */
export class KeptTrails {
  readonly #most: number
  readonly #scans = new Set<number>()
  #held = 0

  constructor({ weight } = MOST) {
    this.#most = weight
  }

  /** A scan that came; `scans` are those that are there, at their places. */
  came(scans: Scan[], at: number): void {
    const weight = scans[at]!.trails.reduce((sum, trail) => sum + weightOf(trail), 0)
    if (weight === 0) return
    this.#scans.add(at)
    this.#held += weight
    if (this.#held > 2 * this.#most) this.#thin(scans)
  }

  /** All came: no more is held than is kept. */
  finish(scans: Scan[]): void {
    if (this.#held > this.#most) this.#thin(scans)
  }

  #thin(scans: Scan[]): void {
    let left = this.#most
    for (const at of [...this.#scans].sort((a, b) => compare(scans[a]!.artifact, scans[b]!.artifact) || a - b)) {
      const trails = scans[at]!.trails.map((trail) => {
        const kept = within(trail, left)
        left -= weightOf(kept)
        return kept
      })
      scans[at] = { ...scans[at]!, trails }
    }
    this.#held = this.#most
  }
}

/** Numbers that a trail has of each row. */
const NUMBERS = 6
const rowsOf = ({ rows }: Trail): number => rows.length / NUMBERS

function weightOf(trail: Trail): number {
  return rowsOf(trail) + trail.keys.length * (weightOfRow(true) - weightOfRow(false))
}

/** The first rows of a trail, as far as there is room for them; the others are counted. */
function within(trail: Trail, room: number): Trail {
  if (weightOf(trail) <= room) return trail
  let [kept, keys, weight] = [0, 0, 0]
  for (; kept < rowsOf(trail); kept++) {
    const isNew = trail.rows[kept * NUMBERS + 1] === keys
    weight += weightOfRow(isNew)
    if (weight > room) break
    if (isNew) keys++
  }
  return {
    ...trail,
    keys: trail.keys.slice(0, keys),
    rows: trail.rows.slice(0, kept * NUMBERS),
    beyond: trail.beyond + rowsOf(trail) - kept,
  }
}

type Placed = Row & {
  readonly scan: number
  readonly key: TrailKey
  readonly offset: number
  readonly length: number
  readonly number: number
  readonly identity: number
}

/**
 * Holds the rows of all files against the correlations: each match becomes hits of the correlation, in the files where its
 * rows stand. The scans come in the order of their paths. Hits of rules that are only parts are taken out.
 */
export function withCorrelations(
  scans: readonly Scan[],
  { events, correlations = [] }: Rules,
  most = MOST,
): { readonly scans: readonly Scan[]; readonly notes: readonly string[] } {
  if (correlations.length === 0) return { scans, notes: [] }
  const titles = new Map([...events, ...correlations].map(({ info }) => [info.id, info.title]))
  const { matches, ungrouped } = correlate(correlations, placedRows(scans))
  const told = new Map<string, number>()
  const hits = new Map<number, Hit[]>()
  const whole = new WholeRows(scans)
  for (const match of inOrder(matches, scans)) {
    const { id } = match.correlation.info
    const number = (told.get(id) ?? 0) + 1
    told.set(id, number)
    if (number > most.matches) continue
    for (const [scan, hit] of hitsOf(match, scans, whole, most.hits)) {
      const list = hits.get(scan)
      if (list) list.push(hit)
      else hits.set(scan, [hit])
    }
  }
  const notes = [
    ...limits(scans, titles),
    ...ungrouped.map(
      ({ correlation: { info, groupBy }, rows }) =>
        `correlation ${info.title}: ${rows} rows lack ${groupBy.join(' or ')} and are in no group`,
    ),
    ...[...told]
      .filter(([, n]) => n > most.matches)
      .map(([id, n]) => `correlation ${titles.get(id)}: ${n - most.matches} of ${n} matches are counted and not shown`),
  ]
  const parts = new Set(events.filter((rule) => rule.isPart).map(({ info }) => info.id))
  const isOwn = ({ rule }: { readonly rule: string }): boolean => !parts.has(rule)
  return {
    notes,
    scans: scans.map((scan, i) =>
      scan.trails.length === 0
        ? scan
        : {
            ...scan,
            hits: [...scan.hits.filter(isOwn), ...(hits.get(i) ?? [])],
            more: scan.more.filter(isOwn),
            trails: [],
          },
    ),
  }
}

/** What was not counted, in words: nothing is left out in silence. */
function limits(scans: readonly Scan[], titles: ReadonlyMap<string, string>): string[] {
  const sums = new Map<string, { untimed: number; beyond: number }>()
  for (const { rule, untimed, beyond } of scans.flatMap((scan) => scan.trails)) {
    const sum = sums.get(rule) ?? { untimed: 0, beyond: 0 }
    sums.set(rule, { untimed: sum.untimed + untimed, beyond: sum.beyond + beyond })
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([rule, { untimed, beyond }]) => [
      ...(untimed > 0
        ? [`correlations: ${untimed} rows of the rule ${titles.get(rule)} have no time and were not counted`]
        : []),
      ...(beyond > 0
        ? [
            `correlations: more rows match the rule ${titles.get(rule)} than are held; ${beyond} of them were not counted`,
          ]
        : []),
    ])
}

// ---------------------------------------------------------------- rows

/** All rows in the order of their times, those that stand in several copies of a file once. */
function placedRows(scans: readonly Scan[]): Placed[] {
  const seen = new Set<string>()
  const rows: Placed[] = []
  for (const [scan, { artifact, trails }] of scans.entries()) {
    if (trails.length === 0 || (artifact.sha256 && seen.has(artifact.sha256))) continue
    seen.add(artifact.sha256)
    for (const { rule, keys, rows: numbers } of trails) {
      for (let at = 0; at < numbers.length; at += NUMBERS) {
        const [time, key, offset, length, number, identity] = numbers.slice(at, at + NUMBERS) as Six
        rows.push({ rule, time, values: keys[key]!.values, scan, key: keys[key]!, offset, length, number, identity })
      }
    }
  }
  return withoutCopies(rows).sort(byTime)
}

type Six = [number, number, number, number, number, number]

function byTime(a: Placed, b: Placed): number {
  return a.time - b.time || a.scan - b.scan || a.offset - b.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}

/**
 * A log may be there twice, once shorter than the other. Of rows that are the same to the letter those of one file count:
 * of the one that has most of them. A record that has a number is there once.
 */
function withoutCopies(rows: Placed[]): Placed[] {
  const isSame = (a: Placed, b: Placed): boolean => a.time === b.time && a.rule === b.rule && a.identity === b.identity
  rows.sort(
    (a, b) =>
      a.time - b.time ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
      a.identity - b.identity ||
      a.scan - b.scan ||
      a.offset - b.offset,
  )
  const kept: Placed[] = []
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const first = rows[from]!
    for (to = from + 1; to < rows.length && isSame(first, rows[to]!); to++);
    if (to === from + 1 || first.identity < 0) kept.push(first)
    else for (const row of mostOfOne(rows.slice(from, to))) kept.push(row)
  }
  return kept
}

function mostOfOne(rows: readonly Placed[]): readonly Placed[] {
  const byScan = Map.groupBy(rows, ({ scan }) => scan)
  return [...byScan.values()].reduce((most, each) => (each.length > most.length ? each : most))
}

// ---------------------------------------------------------------- matches

function inOrder(matches: readonly RowMatch<Placed>[], scans: readonly Scan[]): RowMatch<Placed>[] {
  const key = (match: RowMatch<Placed>): string => keyOf(match, scans)
  return [...matches].sort((a, b) => byTime(a.rows[0]!, b.rows[0]!) || (key(a) < key(b) ? -1 : 1))
}

function keyOf({ correlation, group, rows }: RowMatch<Placed>, scans: readonly Scan[]): string {
  const { scan, offset } = rows[0]!
  return JSON.stringify([correlation.info.id, group, scans[scan]!.artifact.path, offset])
}

/** The first rows of a match and its last one. */
function hitsOf(
  match: RowMatch<Placed>,
  scans: readonly Scan[],
  whole: WholeRows,
  most: number,
): (readonly [scan: number, hit: Hit])[] {
  const { correlation, rows } = match
  const key = keyOf(match, scans)
  const kept = rows.length <= most ? rows : [...rows.slice(0, most - 1), rows.at(-1)!]
  const said = { key, rows: rows.length, says: says(match) }
  return kept.map((row) => [
    row.scan,
    { rule: correlation.info.id, matched: [`rule ${row.rule}`], event: whole.of(row), match: said },
  ])
}

/** `12 rows of 2 rules, no two more than 10m apart …` */
function says({ correlation, group, rows }: RowMatch<Placed>): string {
  const { type, groupBy, span } = correlation
  const by = groupBy.map((name, i) => `${name} = ${group[i]!.slice(0, 100).replaceAll('\0', ', ')}`)
  const from = iso(rows[0]!.time)
  const to = iso(rows.at(-1)!.time)
  return `${type} within ${spanOf(span)}: ${rows.length} rows, ${from} to ${to}${by.length > 0 ? `; ${by.join(', ')}` : ''}`
}

function spanOf(span: number): string {
  const [unit, of] = (
    [
      ['d', 86_400_000],
      ['h', 3_600_000],
      ['m', 60_000],
    ] as const
  ).find(([, ms]) => span % ms === 0) ?? ['s', 1_000]
  return `${span / of}${unit}`
}

/** The events of rows: as they were read where they were kept, else what the trail says of them. */
class WholeRows {
  readonly #scans: readonly Scan[]
  readonly #known = new Map<number, ReadonlyMap<string, Event>>()

  constructor(scans: readonly Scan[]) {
    this.#scans = scans
  }

  of({ rule, time, key, scan, offset, length, number }: Placed): Event {
    let known = this.#known.get(scan)
    if (!known) {
      const { hits } = this.#scans[scan]!
      known = new Map(hits.map((hit) => [placeOf(hit.rule, hit.event.at.offset, hit.event.at.length), hit.event]))
      this.#known.set(scan, known)
    }
    const { log, timeBasis, host, client, user, values, counts } = key
    const at = { path: this.#scans[scan]!.artifact.path, offset, length, ...(number > 0 ? { [counts]: number } : {}) }
    const roles = { host, client, user, target: null, request: null, session: null }
    return (
      known.get(placeOf(rule, offset, length)) ?? {
        log,
        sources: [],
        time,
        timeBasis,
        fields: values,
        raw: '',
        at,
        ...roles,
      }
    )
  }
}

const placeOf = (rule: string, offset: number, length: number): string => `${offset} ${length} ${rule}`

/** Rules whose rows correlations count, and that therefore are kept as long as it can be. */
export function trailed({ events }: Pick<Rules, 'events'>): ReadonlySet<string> {
  return new Set(events.filter((rule) => rule.trail).map(({ info }) => info.id))
}

/** Rules that a correlation counts, be it by way of others: what must be asked to tell it again. */
export function countedBy(correlation: string, { events, correlations = [] }: Rules): Rules {
  const byId = new Map(correlations.map((each) => [each.info.id, each]))
  const wanted = new Set<string>()
  const want = (id: string): void => {
    if (wanted.has(id)) return
    wanted.add(id)
    byId.get(id)?.of.forEach(want)
  }
  want(correlation)
  const isWanted = ({ info }: Pick<Correlation, 'info'>): boolean => wanted.has(info.id)
  return { events: events.filter(isWanted), correlations: correlations.filter(isWanted) }
}
