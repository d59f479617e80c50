import { identityOf } from './identity.ts'
import { sameHost } from '../../model/host.ts'
import { addTo, greatestOf, leastOf } from '../../lib/collections.ts'
import { bothEnds } from '../../lib/limits.ts'
import { DAY, iso } from '../../lib/time.ts'
import type { Scan } from '../../model/scan.ts'
import type { Build } from '../../model/exposure.ts'
import type { Fact, PowerState } from '../../model/event.ts'
import { productOfParser } from '../../parsers/index.ts'
import {
  isKnownKind,
  isLogOfItself,
  isOfTenant,
  MISPLACED,
  type Product,
  productOf,
  stateKinds,
} from '../../model/log-kinds.ts'
import { type UpdateTime, updatesOf } from './updates.ts'
import { type BuildRun, buildParts, compareBuilds } from '../../model/builds.ts'

/** What the evidence says about the server itself. */
export type ServerFacts = {
  readonly name: string
  /** Every name that its logs give it: more than one where the evidence does not tell which server it is of. */
  readonly names: ReadonlySet<string>
  /** Several of its own logs name it: see `Identity`. */
  readonly isSure?: true
  /** `Exchange2016` …, `exchange` when the version is not known, `none` without any sign of Exchange. */
  readonly product: string
  readonly builds: readonly BuildRun[]
  /** Sources that name a build, whether it counts or not. */
  readonly buildSources: ReadonlySet<string>
  /** Moments at which a build went backwards: the machine was restored. */
  readonly restored: readonly number[]
  readonly installed: number | null
  /** When Exchange was set up or updated, by setup logs and by events of the installer. */
  readonly updates: readonly UpdateTime[]
  readonly zoneMinutes: number | null
  readonly power: readonly { readonly state: PowerState; readonly time: number }[]
  readonly notes: readonly string[]
}

/** Is the evidence of several hosts? */
export function isOfSeveral({ names }: Pick<ServerFacts, 'names'>): boolean {
  return names.size > 1
}

/** Reads name, product and builds over time out of what the scans found. */
export function serverFacts(scans: readonly Scan[], fallback: string): ServerFacts {
  const facts = scans.flatMap((scan) => scan.facts)
  const { name, names, notes, isSure } = identityOf(scans, fallback)
  const builds = facts
    .filter((fact) => fact.fact === 'build')
    .filter((fact) => !fact.host || sameHost(fact.host, { name, names }))
  const runs = buildRuns(builds, endOf(scans))
  const recorded = facts
    .filter((fact) => fact.fact === 'update')
    .filter((fact) => !fact.host || sameHost(fact.host, { name, names }))
  const signs = new Set(scans.flatMap(signsIn))
  const zone = facts.find((fact) => fact.fact === 'zone')
  return {
    name,
    names,
    ...(isSure ? { isSure } : {}),
    product: runs.length > 0 ? productOfBuild(runs.at(-1)!.parts) : productBySigns(signs),
    builds: runs,
    buildSources: new Set(facts.flatMap((fact) => (fact.fact === 'build' ? [fact.source] : []))),
    restored: restoredAt(runs),
    installed: installedAt(scans, { name, names }),
    updates: updatesOf(recorded, runs, builds),
    zoneMinutes: zone ? zone.minutes : null,
    power: facts.filter((fact) => fact.fact === 'power').map(({ state, time }) => ({ state, time })),
    notes: [...notes, ...new Set(facts.filter((fact) => fact.fact === 'note').map((fact) => fact.note))],
  }
}

/** For the assessment: runs with ISO times. */
export function asBuilds(runs: readonly BuildRun[]): Build[] {
  return runs.map(({ build, from, to, source, precision }) => ({
    build,
    from: iso(from),
    to: iso(to),
    source,
    precision,
  }))
}

/** The products of which a file shows something: by who writes such files, by its entries, and by names that only Exchange has. */
function signsIn({ artifact, recorded }: Scan): Product[] {
  const byParser = artifact.parsed > 0 ? productOfParser(artifact.parser) : null
  return [
    ...(byParser === null ? [] : [byParser]),
    ...artifact.kinds.map(productOf),
    ...(recorded.some((row) => ofExchange.test(row)) ? (['exchange'] as const) : []),
  ]
}

/** Rows that only a server with Exchange records: its requests, its services, the folders that its sites are served from. */
const ofExchange =
  /^(?:exchange-paths$|services\/msexchange|served-from\/.{0,200}\/(?:frontend\/httpproxy|clientaccess)\/|web-root\/(?:owa|ecp|frontend)$)/

/** An object that an administrator exported comes from Exchange Online where there is a tenant, and else from a server. */
function productBySigns(signs: ReadonlySet<Product>): string {
  if (signs.has('exchange')) return 'exchange'
  if (signs.has('microsoft-365')) return 'exchange-online'
  return signs.has('mail') ? 'exchange' : 'none'
}

/**
 * When Exchange was set up here; null where nothing says so. Where its own logs are older than that, the setup is not the one of
 * this server, or no first one: who adds such a log does not end the time in which the server could be entered.
 */
function installedAt(scans: readonly Scan[], server: Pick<ServerFacts, 'name' | 'names'>): number | null {
  const times = scans.flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.fact === 'installed' && sameHost(fact.host ?? null, server) ? [fact.time] : [])),
  )
  const installed = leastOf(times, null)
  if (installed === null) return null
  const hours = scans.flatMap((scan) => scan.hours.filter(([kind]) => isKnownKind(kind) && isLogOfItself(kind)))
  const isOlder = hours.some(([, those]) => those.some(([, , first]) => first < installed - DAY))
  return isOlder ? null : installed
}

/** The last moment of which the evidence tells. */
function endOf(scans: readonly Scan[]): number {
  let end = -Infinity
  // Times of files and keys can be set to anything: only logs tell.
  for (const scan of scans)
    for (const [kind, hours] of scan.hours)
      if (!stateKinds.has(kind) && !isOfTenant(kind) && !kind.startsWith(MISPLACED))
        for (const hour of hours) end = Math.max(end, hour[3])
  return end
}

function buildRuns(facts: readonly Extract<Fact, { fact: 'build' }>[], end: number): BuildRun[] {
  const all = facts
    .flatMap((fact): Sighting[] => {
      const parts = buildParts(fact.build)
      const { from, to, source, precision, at } = fact
      const log = `${source}\0${at.path.slice(0, at.path.lastIndexOf('/') + 1)}`
      return parts ? [{ build: parts.join('.'), parts, from, to, source, precision, log }] : []
    })
    .sort(
      (a, b) =>
        (a.from ?? Infinity) - (b.from ?? Infinity) ||
        compareBuilds(a.parts, b.parts) ||
        (a.source < b.source ? -1 : 1),
    )
  const seen = withoutForgedChanges(all)
  // A setup says when a build began to run; it runs until something else is seen.
  const sightings = seen.filter((run) => run.from === null || run.to !== null)
  const setups = seen
    .filter((run) => run.from !== null && run.to === null)
    .map((run) => ({ ...run, to: lasts(run, seen, end) }))
  const found = setups.flatMap((run) => untilSeen(run, sightings))
  const exact = merge(byTime([...agreed(sightings), ...found.filter((run) => run.precision === 'update')]))
  // A source that knows the CU only never contradicts a revision of that CU, nor a setup of it.
  const coarse = merge(sightings.filter((run) => run.precision === 'cu'))
    .filter((run) => !setups.some((setup) => sameCu(setup, run) && within(run, setup)))
    .flatMap((run) => outside(run, exact))
  return byTime([...exact, ...coarse, ...found.filter((run) => run.precision === 'cu')])
}

/** A build as one log (a folder of one source) shows it. */
type Sighting = BuildRun & { readonly log: string }

/** More changes of the build than any server has: forged rows can make one each. */
const MOST_CHANGES = 500

/**
 * The sightings as they are, in the order of their times; where rows tell of more changes than any server has, each build from
 * where it is first seen to where it is last seen, of all logs together. The lowest of several counts, so that this shuts nothing.
 */
function withoutForgedChanges(seen: readonly Sighting[]): readonly Sighting[] {
  const last = new Map<string, string>()
  let changes = 0
  for (const { log, build } of seen) {
    if (last.get(log) !== build) changes++
    last.set(log, build)
  }
  if (changes <= MOST_CHANGES) return seen
  const spans = new Map<string, Sighting>()
  for (const run of seen) {
    const form = run.from === null ? 'undated' : run.to === null ? 'setup' : 'span'
    const key = `${run.build} ${run.precision} ${form}`
    const before = spans.get(key)
    if (!before) spans.set(key, { ...run, log: '' })
    else if (form === 'span') spans.set(key, { ...before, to: Math.max(before.to!, run.to!) })
  }
  const builds = [...spans.values()].sort((a, b) => compareBuilds(a.parts, b.parts))
  return lowestFirst(bothEnds(builds, MOST_CHANGES)).toSorted((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity))
}

/** Builds in their order, the lowest first: of each the time before and after that of those below it. */
function lowestFirst(builds: readonly Sighting[]): Sighting[] {
  let [first, last] = [Infinity, -Infinity]
  return builds.flatMap((run): Sighting[] => {
    const { from, to } = run
    if (from === null || to === null) return [run]
    const [begins, ends] = [first, last]
    first = Math.min(first, from)
    last = Math.max(last, to)
    if (begins > ends) return [run]
    return [
      ...(from < begins ? [{ ...run, to: Math.min(to, begins - 1) }] : []),
      ...(to > ends ? [{ ...run, from: Math.max(from, ends + 1) }] : []),
    ]
  })
}

/**
 * What all logs agree on: parts of Exchange restart at different times, and one that still runs the old build is open
 * until it does. Where several logs speak of a time, the lowest build counts.
 */
function agreed(sightings: readonly Sighting[]): BuildRun[] {
  const exact = sightings.filter((run) => run.precision === 'update' && run.from !== null && run.to !== null)
  const undated = sightings.filter((run) => run.precision === 'update' && (run.from === null || run.to === null))
  const logs = new Map<string, BuildRun[]>()
  for (const run of exact) addTo(logs, run.log, run)
  // The header of a file names the build that began it; rows that name theirs know better.
  const rows = new Set([...logs.keys()].filter((log) => !log.startsWith('#Version')).map(folderOf))
  const tracks = [...logs]
    .filter(([log]) => !log.startsWith('#Version') || !rows.has(folderOf(log)))
    .map(([, runs]) => merge(byTime(runs)))
  if (tracks.length < 2) return [...tracks.flat(), ...undated]
  const starts = [...new Set(tracks.flat().flatMap((run) => [run.from!, run.to! + 1]))].sort((a, b) => a - b)
  const runs = starts.flatMap((from, i): BuildRun[] => {
    const to = (starts[i + 1] ?? from) - 1
    // A log speaks of the times between its own rows of one build; where it is silent the others do.
    const now = tracks.flatMap((track) => {
      const run = track.findLast((r) => r.from! <= from)
      return run && from <= run.to! && to >= from ? [run] : []
    })
    const lowest = now.reduce<BuildRun | null>(
      (a, b) => (a === null || compareBuilds(b.parts, a.parts) < 0 ? b : a),
      null,
    )
    return lowest ? [{ ...lowest, from, to }] : []
  })
  return [...runs, ...undated]
}

function folderOf(log: string): string {
  return log.slice(log.indexOf('\0') + 1)
}

function byTime(runs: readonly BuildRun[]): BuildRun[] {
  return [...runs].sort((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || compareBuilds(a.parts, b.parts))
}

/** Until when a build that was set up can have run: the next setup, the first sign of another CU, the end of all logs. */
function lasts(setup: BuildRun, seen: readonly BuildRun[], end: number): number {
  const next = seen.find(
    (run) => run.from !== null && run.from > setup.from! && (run.to === null || !sameCu(run, setup)),
  )
  return next ? next.from! - 1 : Math.max(end, setup.from!)
}

/** A setup tells until a row names the revision. Where that is the one that was set up, no update came in between. */
function untilSeen(setup: BuildRun, sightings: readonly BuildRun[]): BuildRun[] {
  const next = sightings.find(
    (run) => run.precision === 'update' && sameCu(run, setup) && run.to !== null && run.to >= setup.from!,
  )
  if (!next || next.from! > setup.to!) return [setup]
  if (next.build === setup.build) return [{ ...setup, to: Math.max(next.from!, setup.from!), precision: 'update' }]
  return next.from! > setup.from! ? [{ ...setup, to: next.from! - 1 }] : []
}

function sameCu(a: BuildRun, b: BuildRun): boolean {
  return [0, 1, 2].every((i) => a.parts[i] === b.parts[i])
}

function within(run: BuildRun, outer: BuildRun): boolean {
  return run.from !== null && run.to !== null && run.from >= outer.from! && run.to <= outer.to!
}

/** Consecutive runs of the same build become one. */
function merge(runs: readonly BuildRun[]): BuildRun[] {
  const merged: BuildRun[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last && last.build === run.build) {
      merged[merged.length - 1] = {
        ...last,
        from: last.from ?? run.from,
        to: run.to === null ? last.to : Math.max(last.to ?? run.to, run.to),
        source: last.source.split(', ').includes(run.source) ? last.source : `${last.source}, ${run.source}`,
      }
    } else merged.push(run)
  }
  return merged
}

/** The part of a coarse run that lies before or after all exact knowledge of the same CU. */
function outside(run: BuildRun, exact: readonly BuildRun[]): BuildRun[] {
  const same = exact.filter((e) => sameCu(e, run))
  if (same.length === 0) return [run]
  if (run.from === null || run.to === null) return []
  const from = leastOf(
    same.map((e) => e.from ?? -Infinity),
    -Infinity,
  )
  const to = greatestOf(
    same.map((e) => e.to ?? Infinity),
    Infinity,
  )
  return [
    ...(run.from < from - DAY ? [{ ...run, to: from - 1 }] : []),
    ...(run.to > to + DAY ? [{ ...run, from: to + 1 }] : []),
  ]
}

function restoredAt(runs: readonly BuildRun[]): number[] {
  const exact = runs.filter((run) => run.precision === 'update' && run.from !== null)
  return exact.flatMap((run, i) => {
    const before = exact[i - 1]
    return before && compareBuilds(run.parts, before.parts) < 0 && (before.to ?? before.from!) < run.from!
      ? [run.from!]
      : []
  })
}

/** The product that a build belongs to. */
export function productOfBuild(parts: readonly number[]): string {
  const [major, minor, build] = parts as [number, number, number]
  if (major === 14) return 'Exchange2010'
  if (major === 15 && minor === 0) return 'Exchange2013'
  if (major === 15 && minor === 1) return 'Exchange2016'
  if (major === 15 && minor === 2) return build >= 2562 ? 'ExchangeSE' : 'Exchange2019'
  return 'exchange'
}
