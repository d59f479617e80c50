import { counted, formatList } from '../../lib/amounts.ts'
import type { Scan } from '../../model/scan.ts'
import { type LogKind, isKnownKind, isLogOfItself } from '../../model/log-kinds.ts'
import { type Standing, standingOf } from '../../model/own-places.ts'
import { fileNameOf } from '../../model/file-name.ts'
import { shortHost } from '../../model/host.ts'

/** Which server the evidence is of. */
export type ServerIdentity = {
  /** Upper case, without a domain. */
  readonly name: string
  /** Every name whose rows are of this server. */
  readonly names: ReadonlySet<string>
  readonly notes: readonly string[]
  /** Several logs that a server writes of itself alone name it: entries of other hosts are of others. */
  readonly isSure?: true
}

/** Evidence for a name: its files, and days of their entries. */
type Voice = { readonly host: string; files: number; weight: number; readonly paths: string[] }

/** A file that covers years says no more about its server than one that covers a month. */
const DAYS = 31
/** Number of files from which a host is no stray one. */
const FILES = 3
/** Maximum of hosts in a note. */
const NAMED = 20

/**
 * The host that HttpProxy, EWS and ECP logs name most, else what a log or hive says of the machine, else the Computer of
 * events, else the input's name. Logs at their own places are asked first, and those of which no folder says where they lay
 * only where there are none: what lies below a web root names nobody (`withoutMisplaced`). Each file speaks for one host,
 * with the days of its entries and not with their number, so that nobody renames a server by one file however many rows are
 * in it.
 */
export function identityOf(scans: readonly Scan[], fallback: string): ServerIdentity {
  const heard = Map.groupBy(scans.filter(isHeard), ({ artifact }) => standingOf(artifact))
  for (const standing of ['own', 'loose', 'custom'] as const) {
    const there = heard.get(standing) ?? []
    const found = there.length === 0 ? null : namedBy(there, standing, heard)
    if (found !== null) return { ...found, notes: [...found.notes, ...strays(scans, found.names)] }
  }
  const name = tenantOf(scans) ?? hostOfBuilds(scans, fallback) ?? fallback.toUpperCase()
  return { name, names: new Set([name]), notes: [] }
}

function isHeard({ hosts, facts }: Scan): boolean {
  return hosts.length > 0 || facts.some(({ fact }) => fact === 'host')
}

/** Files that name a host, by where they lie. */
type Heard = ReadonlyMap<Standing, readonly Scan[]>

function namedBy(scans: readonly Scan[], standing: Standing, heard: Heard): ServerIdentity | null {
  const ofLogs = voicesOf(scans, (scan) => (scan.artifact.parser === 'snippet' ? null : hostIn(scan, isOwn)))
  const own = ofLogs.length > 0 ? ofLogs : voicesOf(scans, (scan) => hostIn(scan, isQuoted))
  if (own.length > 0) return namedByLogs(own, ofLogs.length > 0, heard)
  // What a log says of the machine as a whole is surer than the Computer of events, which may be forwarded.
  const isTied = ({ weight }: Voice, first: Voice): boolean => weight === first.weight
  const machines = machinesIn(heard)
  const said = voicesOf(scans, saidIn)
  if (said.length > 0) return decided(said, isTied, machines)
  const computers = voicesOf(scans, (scan) => hostIn(scan, isEvent))
  if (computers.length === 0) return null
  // A machine that was renamed has logs of its old name. Forwarded events are one log.
  return decided(
    computers,
    standing === 'own' ? (voice, first) => voice.files >= FILES || isTied(voice, first) : isTied,
    machines,
  )
}

/** The host that most of its own logs name. What else has logs enough, in whichever folders, is the server as well. */
function namedByLogs(own: readonly Voice[], areWhole: boolean, heard: Heard): ServerIdentity {
  const anywhere = (['own', 'loose', 'custom'] as const).flatMap((standing) => heard.get(standing) ?? [])
  const among = present(anywhere, areWhole ? isOwn : isQuoted)
  const known = new Set(own.map(({ host }) => host))
  const found = decided(
    [...own, ...[...among.values()].filter(({ host }) => !known.has(host))],
    ({ host, weight }, first) =>
      (among.get(host)?.files ?? 0) >= FILES || (known.has(host) && weight * 4 >= first.weight),
    machinesIn(heard),
  )
  const isSure =
    areWhole &&
    own.some(({ host, files }) => host === found.name && files >= FILES) &&
    [...among.keys(), ...computersIn(anywhere), ...quotedIn(anywhere)].every((host) => found.names.has(host))
  return isSure ? { ...found, isSure } : found
}

/**
 * The machine of the registry and of the event logs at their own place is the server under every name: an attacker who adds
 * logs must not make it another one's.
 */
function machinesIn(heard: Heard): readonly Voice[] {
  return voicesOf((heard.get('own') ?? []).filter(isOfMachine), (scan) => saidIn(scan) ?? hostIn(scan, isEvent))
}

/** Is it a hive, or an event log that Windows keeps of itself under this name, and not what others forward to it? */
function isOfMachine({ artifact: { parser, path, windowsPath } }: Scan): boolean {
  if (parser === 'registry') return true
  return /^(?:security|system|application|msexchange management|microsoft-windows-.{1,120})\.[a-z.]{1,16}$/i.test(
    fileNameOf(windowsPath ?? path),
  )
}

/** All hosts that events name, but for what other machines forwarded to this one. */
function computersIn(scans: readonly Scan[]): string[] {
  const isForwarded = ({ artifact }: Scan): boolean =>
    /^forwardedevents/i.test(fileNameOf(artifact.path)) && standingOf(artifact) === 'own'
  return scans
    .filter((scan) => !isForwarded(scan))
    .flatMap(({ hosts }) => hosts.flatMap(([host, kind]) => (isEvent(kind) ? [shortHost(host)] : [])))
}

/**
 * The hosts that rows in other texts name: an excerpt (what a search gave, an export) may be all that is left of the logs of
 * this server, beside logs that were added.
 */
function quotedIn(scans: readonly Scan[]): string[] {
  return scans.flatMap(({ hosts }) => hosts.flatMap(([host, kind]) => (isKnownKind(kind) ? [] : [shortHost(host)])))
}

/** Rows in which the machine is the Computer of an event. */
function isEvent(kind: LogKind): boolean {
  return !isQuoted(kind)
}

/** Logs that each server writes only about itself, as they are. */
function isOwn(kind: LogKind): boolean {
  return isKnownKind(kind) && isLogOfItself(kind)
}

/** Rows of them inside other texts, too. */
function isQuoted(kind: LogKind): boolean {
  return isLogOfItself(kind)
}

type Named = { readonly host: string; readonly days: number }

/** The host that most rows of a file name. */
function hostIn({ hosts, hours }: Scan, isWanted: (kind: LogKind) => boolean): Named | null {
  const rows = new Map<string, number>()
  for (const [host, kind, count] of hosts) {
    if (!isWanted(kind)) continue
    const short = shortHost(host)
    rows.set(short, (rows.get(short) ?? 0) + count)
  }
  const host = mostOf(rows)
  return host === null ? null : { host, days: daysOf({ hours }, isWanted) }
}

function daysOf({ hours }: Pick<Scan, 'hours'>, isWanted: (kind: LogKind) => boolean): number {
  const days = new Set<number>()
  for (const [kind, those] of hours)
    if (isWanted(kind.replace(/^partial\//, ''))) for (const [hour] of those) days.add(Math.floor(hour / 24))
  return days.size
}

/**
 * Every host that logs name, if only in a few rows of each: a server's own log names no other, and whoever adds rows of
 * another host to all of them, more than there were, must not thereby make the server that of another machine.
 */
function present(scans: readonly Scan[], isWanted: (kind: LogKind) => boolean): ReadonlyMap<string, Voice> {
  const voices = new Map<string, Voice>()
  const heard = new Set<string>()
  for (const scan of scans) {
    const { sha256, path, parser } = scan.artifact
    if (parser === 'snippet' || (sha256 !== '' && heard.has(sha256))) continue
    heard.add(sha256)
    const days = daysOf(scan, isWanted)
    const hosts = scan.hosts.flatMap(([host, kind]) => (isWanted(kind) ? [shortHost(host)] : []))
    for (const host of new Set(hosts)) speak(voices, host, days, path)
  }
  return voices
}

function saidIn({ facts }: Scan): Named | null {
  const rows = new Map<string, number>()
  for (const fact of facts)
    if (fact.fact === 'host') rows.set(shortHost(fact.host), (rows.get(shortHost(fact.host)) ?? 0) + fact.rows)
  const host = mostOf(rows)
  return host === null ? null : { host, days: 0 }
}

/** The name of most rows; of equal ones the first by its letters. */
function mostOf(rows: ReadonlyMap<string, number>): string | null {
  let most: readonly [name: string, count: number] | null = null
  for (const [name, count] of rows)
    if (most === null || count > most[1] || (count === most[1] && name < most[0])) most = [name, count]
  return most === null ? null : most[0]
}

/** Evidence for each name, the weightiest first. The same bytes twice are one file. */
function voicesOf(scans: readonly Scan[], named: (scan: Scan) => Named | null): Voice[] {
  const voices = new Map<string, Voice>()
  const heard = new Set<string>()
  for (const scan of scans) {
    const { sha256, path } = scan.artifact
    const found = sha256 !== '' && heard.has(sha256) ? null : named(scan)
    if (found === null) continue
    heard.add(sha256)
    speak(voices, found.host, found.days, path)
  }
  return [...voices.values()].sort((a, b) => b.weight - a.weight || (a.host < b.host ? -1 : 1))
}

/** Adds a file as evidence for a host. */
function speak(voices: Map<string, Voice>, host: string, days: number, path: string): void {
  let voice = voices.get(host)
  if (!voice) voices.set(host, (voice = { host, files: 0, weight: 0, paths: [] }))
  voice.files++
  voice.weight += 1 + Math.min(DAYS, days)
  if (voice.paths.length < FILES) voice.paths.push(path)
}

/**
 * The first is the name. Others that have logs enough of their own may be it as well: what their rows show counts, so that
 * nobody makes an intrusion that of another machine by adding logs.
 */
function decided(
  voices: readonly Voice[],
  isServer: (voice: Voice, first: Voice) => boolean,
  machines: readonly Voice[],
): ServerIdentity {
  const known = new Set(voices.map(({ host }) => host))
  const [first, ...rest] = [...voices, ...machines.filter(({ host }) => !known.has(host))] as [Voice, ...Voice[]]
  const isMachine = new Set(machines.map(({ host }) => host))
  const also = rest.filter((voice) => isMachine.has(voice.host) || isServer(voice, first))
  const names = new Set([first, ...also].map(({ host }) => host))
  if (also.length === 0) return { name: first.host, names, notes: [] }
  const isTie = also.some(({ weight }) => weight === first.weight)
  const told = [first, ...also].slice(0, NAMED).map(toldOf)
  const list = [...told, ...(names.size > NAMED ? [`${names.size - NAMED} more`] : [])].join('; ')
  const note = `The evidence holds logs of ${names.size} hosts${isTie ? ', none with more files and days than the others' : ''}. It is assessed as ${first.host}, and what the logs of each show counts. If these are several servers, give each its own folder, or use --each on the folder above them. The hosts: ${list}.`
  return { name: first.host, names, notes: [note] }
}

function toldOf({ host, files, weight, paths }: Voice): string {
  const more = files - paths.length
  const where = paths.join(', ') + (more > 0 ? ` and ${counted(more, 'more file')}` : '')
  return `${host} (${counted(files, 'file')}, weight by files and days ${weight}: ${where})`
}

/** Hosts that some rows name besides: their rows are kept and marked. */
function strays(scans: readonly Scan[], names: ReadonlySet<string>): string[] {
  const rows = new Map<string, { count: number; path: string }>()
  for (const { hosts, artifact } of scans)
    for (const [host, , count] of hosts) {
      const short = shortHost(host)
      if (names.has(short)) continue
      const known = rows.get(short)
      if (known) known.count += count
      else rows.set(short, { count, path: artifact.path })
    }
  if (rows.size === 0) return []
  const sorted = [...rows].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
  const list = formatList(
    sorted.map(([host, { count, path }]) => `${host} (${counted(count, 'entry', 'entries')}, the first in ${path})`),
    5,
    'host',
  )
  return [`Entries of other hosts: ${list}. They are kept and marked, and prove nothing about this server.`]
}

/**
 * Where no log names the machine: the only host whose build something states (HealthChecker, an export of its settings). Of
 * several hosts the one that the evidence is named after.
 */
function hostOfBuilds(scans: readonly Scan[], fallback: string): string | null {
  const hosts = new Set(
    scans.flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.fact === 'build' && fact.host ? [shortHost(fact.host)] : [])),
    ),
  )
  if (hosts.size === 1) return [...hosts][0]!
  return hosts.has(shortHost(fallback)) ? shortHost(fallback) : null
}

/** Without evidence of a machine: the tenant of Microsoft 365 whose logs these are. */
function tenantOf(scans: readonly Scan[]): string | null {
  const tenants = new Map<string, number>()
  for (const fact of scans.flatMap((scan) => scan.facts))
    if (fact.fact === 'tenant')
      tenants.set(fact.domain.toUpperCase(), (tenants.get(fact.domain.toUpperCase()) ?? 0) + fact.rows)
  return [...tenants].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}
