import { addTo, append, greatestOf, leastOf } from '../lib/collections.ts'
import { isFrontEnd, isIisLog, isProxyLog, type LogKind, stateKinds } from '../model/log-kinds.ts'
import { logNameOf } from '../model/log-names.ts'
import type { Artifact } from '../model/evidence.ts'
import { hasOwnPlace, standingOf } from '../model/own-places.ts'
import type { Scan } from '../model/scan.ts'
import { memoized } from '../model/memo.ts'
import { DAY, HOUR, MINUTE } from '../lib/time.ts'

/**
 * Logs beside those that the server wrote: a second series of a kind, in another folder, of the time of the first one, which
 * has most hours; a file whose entries are of another time than its name; and a second file of the same time. A
 * service writes one series, each file in its time; added files form others.
 */
export function logsBeside(scans: readonly Scan[]): ReadonlySet<Artifact> {
  return besideIn(scans).beside
}

/** The same, and those that have a rival: another whole series of their kind and time, of which either may be the server's. */
function besideIn(scans: readonly Scan[]): {
  readonly beside: ReadonlySet<Artifact>
  readonly rivalled: readonly Artifact[]
} {
  const beside = new Set<Artifact>()
  const rivalled: Artifact[] = []
  const kinds = new Map<string, Map<string, Scan[]>>()
  const byTime = new Map<string, Artifact[]>()
  const forms = new Map<string, number>()
  for (const scan of scans) {
    const { artifact } = scan
    const log = scan.hours.find(([, hours]) => hours.length > 0)?.[0]
    if (log === undefined || artifact.parser === null || !series.has(artifact.parser) || !hasOwnPlace(artifact))
      continue
    if (isOfAnotherTime(artifact)) beside.add(artifact)
    addTo(byTime, timeKey(log, artifact), artifact)
    forms.set(formOf(artifact), (forms.get(formOf(artifact)) ?? 0) + 1)
    const site = siteOf(artifact)
    const folders = kinds.get(`${log}\0${site}`) ?? new Map<string, Scan[]>()
    kinds.set(`${log}\0${site}`, folders)
    const folder = folderOf(artifact)
    const own = folders.get(folder)
    if (own) own.push(scan)
    else folders.set(folder, [scan])
  }
  for (const folders of kinds.values()) {
    if (folders.size < 2) continue
    const [first, ...others] = asWritten([...folders.values()].map(seriesIn))
    for (const { own } of others) for (const scan of own) if (isWithin(scan, first!)) beside.add(scan.artifact)
    if (others.some((other) => isRivalOf(other, first!)))
      append(
        rivalled,
        first!.own.map(({ artifact }) => artifact),
      )
  }
  for (const [key, files] of byTime)
    if (key !== '' && files.length > 1) for (const one of together(files, forms)) beside.add(one)
  return { beside, rivalled }
}

/** Has another series as many days as would be one of the server, without being a copy of it? */
function isRivalOf(other: Series<Scan>, first: Series<Scan>): boolean {
  const digests = new Set(first.own.map(({ artifact }) => artifact.sha256))
  const copies = other.own.filter(({ artifact }) => digests.has(artifact.sha256)).length
  const within = other.own.filter((scan) => isWithin(scan, first)).length
  return other.days * 2 >= first.days && copies * 2 < other.own.length && within * 2 >= first.own.length
}

/**
 * Logs that an attacker may have added, so that nothing that they show explains what others do: those beside the series of the
 * server, and both of two whole series; in a folder of one's own where logs lie in those of their products, or of no protocol; of
 * another site than the one of Exchange; and of several of one kind and time in one place those that have another name than the
 * service gives them, or else are smaller.
 */
export function logsThatExplainNothing(scans: readonly Scan[]): ReadonlySet<Artifact> {
  let doubted = known.get(scans)
  if (doubted === undefined) known.set(scans, (doubted = doubtedIn(scans)))
  return doubted
}

/** Of a list of scans, which is complete when it is asked about. */
const known = new WeakMap<readonly Scan[], ReadonlySet<Artifact>>()

function doubtedIn(scans: readonly Scan[]): ReadonlySet<Artifact> {
  const { beside, rivalled } = besideIn(scans)
  const doubted = new Set(beside)
  const isRivalled = new Set(rivalled.filter((artifact) => !beside.has(artifact)))
  for (const artifact of rivalled) doubted.add(artifact)
  const logs = scans.flatMap(({ artifact, hours }) => {
    const kind = hasOwnPlace(artifact) ? kindOf(hours) : null
    return kind === null ? [] : [{ artifact, kind, standing: standingOf(artifact), hours }]
  })
  const placed = new Set(
    logs.flatMap(({ kind, standing }) => (standing === 'own' || standing === 'loose' ? [kind] : [])),
  )
  const hasPlaces = logs.some(({ standing }) => standing === 'own')
  // None in the place of another product or of a user is the server's own, whatever its form.
  for (const { artifact, kind, standing } of logs)
    if (standing === 'elsewhere' || (standing === 'custom' && (hasPlaces || placed.has(kind)))) doubted.add(artifact)
  // A log of HttpProxy in a folder that is of no protocol, where those of protocols are.
  const isOfProtocol = (kind: LogKind): boolean => isProxyLog(kind) && kind !== 'httpproxy-unknown'
  if ([...placed].some(isOfProtocol))
    for (const { artifact, kind } of logs) if (kind === 'httpproxy-unknown') doubted.add(artifact)
  // One that has a rival leaves its place to none: where neither of two is certain, a third is not either.
  const own = logs.filter(({ artifact }) => !doubted.has(artifact) || isRivalled.has(artifact))
  for (const artifact of [...ofOtherSites(own), ...ofOneTime(own), ...ofOtherChannels(own)]) doubted.add(artifact)
  return doubted
}

/**
 * Of files that are to be read those that can only be logs of the one series of their kind and place, by names and places alone: no
 * other folder has such logs, no other file has their time or a name in another form, and no site for clients has a lower number.
 */
export function logsOfOneSeries(files: readonly Place[]): ReadonlySet<string> {
  const logs = files.flatMap((file) => {
    const name = logNameOf(file.path)
    const folder = folderOf(file)
    return name === null
      ? []
      : [{ file, name, folder, site: siteOf(file), isStandard: isInStandardFolder(pathOf(file)) }]
  })
  const folders = Map.groupBy(logs, ({ folder, site }) => site || folder.split('/').slice(-2).join('/'))
  const sites = logs.flatMap(({ site }) => (site === '' ? [] : [siteNumber(site)]))
  const firstSite = leastOf(sites, Infinity)
  return new Set(
    [...folders.values()].flatMap((own) => {
      const { folder, site, file, isStandard } = own[0]!
      const isOne = own.every((log) => log.folder === folder && formOf(log.file) === formOf(file))
      const isFirst = site === '' || siteNumber(site) === firstSite
      if (!isStandard || !isOne || !isFirst) return []
      const ofOneTime = Map.groupBy(own, ({ name }) => name.from)
      return [...ofOneTime.values()].flatMap((logs) => (logs.length === 1 ? [logs[0]!.file.path] : []))
    }),
  )
}

type Place = Pick<Artifact, 'path' | 'windowsPath'>
type Log = Pick<Scan, 'artifact' | 'hours'> & { readonly kind: LogKind }

/** The first kind of log that has entries; null of a state. */
function kindOf(hours: Scan['hours']): LogKind | null {
  return hours.find(([kind, list]) => list.length > 0 && !stateKinds.has(kind))?.[0] ?? null
}

/** Exchange has one site for clients: of several that have logs of requests at the same time it is the one with most hours. */
function ofOtherSites(logs: readonly Log[]): Artifact[] {
  const sites = [
    ...Map.groupBy(
      logs.filter(({ kind }) => isIisLog(kind) && isFrontEnd(kind)),
      ({ artifact }) => siteOf(artifact),
    ),
  ]
  const [first, ...others] = asWritten(sites.map(([, own]) => seriesIn(own)))
  return others.flatMap(({ own }) => own.flatMap((log) => (isWithin(log, first!) ? [log.artifact] : [])))
}

function siteOf(place: Place): string {
  return /\/(w3svc\d{1,12})\//.exec(pathOf(place))?.[1] ?? ''
}

function siteNumber(site: string): number {
  return Number(site.slice('w3svc'.length)) || Infinity
}

function pathOf({ windowsPath, path }: Place): string {
  return slashed(windowsPath ?? path)
}

const slashed = memoized((path: string) => path.toLowerCase().replaceAll('\\', '/'))

function folderOf(place: Place): string {
  const path = pathOf(place)
  return path.slice(0, path.lastIndexOf('/'))
}

/**
 * A log goes on where the last one ends: of two in one folder, or of one kind of Windows' logs, with entries of the same time the one
 * whose name is not that of the series is another's, and else the smaller one. Two processes may write logs of one series.
 */
function ofOneTime(logs: readonly Log[]): Artifact[] {
  const groups = Map.groupBy(logs, ({ artifact, kind }) => {
    return series.has(artifact.parser!) ? `${kind}\0${folderOf(artifact)}` : kind
  })
  return [...groups].flatMap(([, own]) => besideOthers(own.map(({ artifact, kind }) => ({ artifact, kind }))))
}

/**
 * Event logs in the folder of Windows with entries of a channel whose own log is there, too: archives, which Windows makes only where
 * that is set, and files that anyone may have added.
 */
function ofOtherChannels(logs: readonly Log[]): Artifact[] {
  const ofWindows = logs.flatMap(({ artifact, hours }) =>
    series.has(artifact.parser ?? '')
      ? []
      : hours.flatMap(([kind, list]) => (list.length > 0 && CHANNEL.test(kind) ? [{ artifact, kind }] : [])),
  )
  const named = new Set(ofWindows.flatMap((log) => (rankOf(log) === 0 ? [log.kind] : [])))
  return ofWindows.flatMap((log) =>
    named.has(log.kind) && rankOf(log) > 0 && standingOf(log.artifact) === 'own' ? [log.artifact] : [],
  )
}

/** Kinds that are one channel each. */
const CHANNEL = /^(?:windows-(?!other$)|msexchange-management$)/

function besideOthers(logs: readonly Pick<Log, 'artifact' | 'kind'>[]): Artifact[] {
  const sorted = [...logs].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(isCopy(a.artifact)) - Number(isCopy(b.artifact)) ||
      b.artifact.events - a.artifact.events ||
      (a.artifact.path < b.artifact.path ? -1 : 1),
  )
  const named = sorted.filter((log) => rankOf(log) === 0)
  // Logs in the name of the series are looked at elsewhere.
  const [main, others] = series.has(sorted[0]!.artifact.parser ?? '')
    ? [named, sorted.slice(named.length)]
    : [sorted.slice(0, 1), sorted.slice(1)]
  // Of these Windows and Exchange keep a log by this name on every server: what has another one is no part of it.
  if (named.length === 0 && ofEveryServer.has(sorted[0]!.kind))
    return sorted.flatMap(({ artifact }) => (standingOf(artifact) === 'loose' ? [] : [artifact]))
  return others.flatMap((log) =>
    main.some((other) => isOfSameTime(log.artifact, other.artifact)) ? [log.artifact] : [],
  )
}

function isOfSameTime(one: Artifact, other: Artifact): boolean {
  return other.sha256 !== one.sha256 && overlap(one, other) > MINUTE
}

/** Windows writes no event log in this form. */
const isCopy = ({ path }: Artifact): boolean => !/\.evtx?(?:\.gz)?$/i.test(path)

const ofEveryServer: ReadonlySet<LogKind> = new Set([
  'windows-application',
  'windows-security',
  'windows-system',
  'msexchange-management',
])

/** 0 where the log has the name that its service gives it. */
function rankOf({ artifact, kind }: Pick<Log, 'artifact' | 'kind'>): number {
  if (series.has(artifact.parser ?? '')) return logNameOf(artifact.path) === null ? 1 : 0
  const name = artifact.path.slice(artifact.path.lastIndexOf('/') + 1).toLowerCase()
  const stem = name
    .split('.', 1)[0]!
    .split('%4', 1)[0]!
    .replace(/^(?:microsoft-windows-)?(?:windows )?/, '')
  const lettersOf = (text: string): string => text.replaceAll(/[^a-z0-9]/g, '')
  return lettersOf(stem) === lettersOf(kind.replace('windows-', '')) ? 0 : 1
}

/** The kind and folder of a log and the time that its name says; empty where it says none. */
function timeKey(kind: LogKind, artifact: Artifact): string {
  const name = logNameOf(artifact.path)
  return name === null ? '' : `${kind}\0${folderOf(artifact)}\0${name.from}`
}

/**
 * Of files of one series and time those with entries of the same time as another one, since what rotates goes on where the last one
 * ends: of names in one form the one with the lower number counts, or the larger one. Where they have several forms it is the one
 * that nearly all of the series have; and where no form is, none of them counts.
 */
function together(files: readonly Artifact[], forms: ReadonlyMap<string, number>): Artifact[] {
  const often = (file: Artifact): number => forms.get(formOf(file)) ?? 0
  const number = ({ path }: Artifact): number => logNameOf(path)?.number || Infinity
  const byNumber = (a: Artifact, b: Artifact): number => {
    const [one, other] = [number(a), number(b)]
    return one === other ? b.events - a.events : one - other
  }
  const sorted = [...files].sort((a, b) => often(b) - often(a) || byNumber(a, b))
  const { from, to } = logNameOf(files[0]!.path)!
  const most = to - from > 1 ? HOUR : RECYCLED
  const isSameTime = (one: Artifact, other: Artifact): boolean =>
    other.sha256 !== one.sha256 && overlap(one, other) > most
  const isRival = (one: Artifact, other: Artifact): boolean =>
    (formOf(one) !== formOf(other) && often(other) * RARE >= often(one)) || pathOf(one) === pathOf(other)
  return sorted.filter((file, i) =>
    sorted.some((other, j) => isSameTime(file, other) && (j < i || isRival(file, other))),
  )
}

/** Names of one form are few where other names of the series are this many times as many. */
const RARE = 2

/** So long two processes of one pool may write at the same time, while one takes over from the other. */
const RECYCLED = 10 * MINUTE

/** The folder and name of a log without its numbers. */
function formOf(place: Place): string {
  return formOfPath(pathOf(place))
}

const formOfPath = memoized((path: string) => {
  const name = path.lastIndexOf('/') + 1
  return path.slice(0, name) + path.slice(name).replaceAll(/\d+/g, '0')
})

function overlap(a: Artifact, b: Artifact): number {
  if (a.first === null || a.last === null || b.first === null || b.last === null) return 0
  return Math.min(a.last, b.last) - Math.max(a.first, b.first)
}

/** Parsers of logs of which a service writes a series. */
const series: ReadonlySet<string> = new Set(['iis', 'exchange-csv', 'httperr'])

/** A log of a day, or of a week that is named by a number, ends soon after the time of its name. */
export function isOfAnotherTime({ path, first, last }: Artifact): boolean {
  const named = logNameOf(path)
  if (named === null || first === null || last === null) return false
  return first < named.from * HOUR - 2 * DAY || last > named.to * HOUR + 8 * DAY
}

/** Logs of one place, with the number of days and hours that have entries, and the first and the last hour of them. */
type Series<One> = {
  readonly own: readonly One[]
  readonly isStandard: boolean
  readonly site: number
  readonly days: number
  readonly hours: number
  readonly from: number
  readonly to: number
}

function seriesIn<One extends Pick<Scan, 'hours' | 'artifact'>>(own: readonly One[]): Series<One> {
  const hours = new Set(own.flatMap((log) => log.hours.flatMap(([, list]) => list.map(([hour]) => hour))))
  return {
    own,
    isStandard: isStandard(own[0]!),
    site: siteNumber(siteOf(own[0]!.artifact)),
    days: new Set([...hours].map((hour) => Math.floor((hour * HOUR) / DAY))).size,
    hours: hours.size,
    from: leastOf(hours, Infinity),
    to: greatestOf(hours, -Infinity),
  }
}

/** Where IIS and Exchange write logs as they are installed. */
const STANDARD = {
  iis: /\/(?:inetpub\/logs|windows\/system32)\/logfiles\/[^/]{1,20}\/[^/]{1,200}$/,
  exchange: /\/microsoft\/exchange server\/v1[45]\/(?:logging|transportroles)\//,
}

function isInStandardFolder(path: string): boolean {
  return STANDARD.iis.test(path) || STANDARD.exchange.test(path)
}

/** Is the folder the one of its product, and has that of Exchange the name of the log? */
function isStandard({ artifact, hours }: Pick<Scan, 'hours' | 'artifact'>): boolean {
  const path = pathOf(artifact)
  const folder = path.split('/').at(-2) ?? ''
  return STANDARD.iis.test(path) || (STANDARD.exchange.test(path) && (kindOf(hours) ?? '').split('-').includes(folder))
}

/** Has the file entries of the time of a series? */
function isWithin({ artifact: { first, last } }: Pick<Scan, 'artifact'>, { from, to }: Series<unknown>): boolean {
  return first !== null && last !== null && from * HOUR <= last && (to + 1) * HOUR > first
}

/**
 * The series that the server writes comes first: the one in the standard place, unless another one has twice its days; else the
 * longest.
 */
function asWritten<One>(all: readonly Series<One>[]): Series<One>[] {
  const longest = greatestOf(
    all.map(({ days }) => days),
    0,
  )
  const rank = ({ isStandard, days }: Series<One>): number => (isStandard && days * 2 >= longest ? 0 : 1)
  // The site that was there first has the lowest number: it is the one that Exchange has for its clients.
  return [...all].sort(
    (a, b) => rank(a) - rank(b) || (rank(a) === 0 ? a.site - b.site || 0 : 0) || b.days - a.days || b.hours - a.hours,
  )
}
