import { counted } from '../lib/amounts.ts'
import { sha256 } from '../lib/hash.ts'
import { canonicalIp, inCidr, isLoopback, isPrivate } from '../lib/ip.ts'
import { addTo, append } from '../lib/collections.ts'
import { Moments } from '../lib/moments.ts'
import { dayOf, iso } from '../lib/time.ts'
import { type Scan } from '../model/scan.ts'
import { type Finding } from '../model/finding.ts'
import { type Hit, type RuleInfo } from '../model/rule.ts'
import { type Stage, stages } from '../model/stages.ts'
import { type Event, type FieldValue, type Locator } from '../model/event.ts'
import { type LogKind } from '../model/log-kinds.ts'
import { isMisplaced } from '../model/own-places.ts'
import { sameHost } from '../model/host.ts'
import type { TrafficTable } from '../activity/requests.ts'
import { trimEnd } from '../lib/trim.ts'

/** A finding with the hits it was made of, for the joins that follow. */
export type Found = {
  /** It joined its story by having come within a day of the intruder, hours after his last step, and by nothing else. */
  readonly byTimeAlone?: true
  readonly finding: Finding
  /** `joined`: which row of the front end the hit joins, and how. */
  readonly hits: readonly (Hit & { readonly joined?: readonly string[]; readonly misplaced?: true })[]
  /** False when it is shown but counts for nothing here: own scanner, accepted, another host's row. */
  readonly counts: boolean
  /** It counts for nothing since its rows name another host, and nothing else is against it. */
  readonly isForeign?: true
}

/** What the operator says about the house: own scanners and findings that were looked at and accepted. */
export type Known = {
  readonly scanners: readonly {
    readonly address: string
    readonly from: number | null
    readonly to: number | null
    readonly name: string
  }[]
  readonly accepted: readonly {
    readonly id: string
    readonly reason: string
    readonly by: string
    readonly date: string
  }[]
}

export const nothingKnown: Known = { scanners: [], accepted: [] }

/** A hit with its artifact and its rule. */
export type Located = Hit & {
  readonly sha256: string
  readonly info: RuleInfo
  readonly joined: readonly string[]
  /** Where the file lies, of a fact about a file in its location; null of rows, which say the same in every copy of a log. */
  readonly place?: string | null
  /** It stands in a log that lies where somebody may have put it: it takes nothing back that others show. */
  readonly misplaced?: true
}

/** Locators kept per finding; the count says how many rows there are. */
const LOCATORS = 20
const RAW = 64 * 1024
/** A joined back-end row lies at most this far from the front end's (5 s, as both logs stamp the end of the request). */
const JOIN = 5_000

/** Makes findings of hits: one per rule, client, target and day. Context rows count only when they join another finding. */
export function detect(
  scans: readonly Scan[],
  infos: ReadonlyMap<string, RuleInfo>,
  server: {
    readonly name: string
    readonly names?: ReadonlySet<string>
    /** Addresses of proxies that hide clients. */
    readonly proxies: ReadonlySet<string>
    /** First and last entry of all logs. */
    readonly logs: { readonly first: number | null; readonly last: number | null }
  },
  known: Known,
  window: { readonly from: number | null; readonly to: number | null } | null = null,
): Found[] {
  const hits = withConfigurationTimes(located(scans, infos), scans).map((hit) => ({
    ...hit,
    event: withFileTime(withClient(hit.event, server.proxies), server.logs),
  }))
  const { own, context } = split(answeredByBackEnd(joinBackEnd(hits)))
  const joins = (hit: Located): boolean => hit.joined.length > 0 && hit.info.whenJoined !== undefined
  const joined = context.filter(joins).map(promoted)
  const groups = new Map<string, Located[]>()
  for (const hit of [
    ...own.map((hit) => (hit.joined.length > 0 && rank(hit.info.stage) >= rank('access') ? promoted(hit) : hit)),
    ...joined,
  ]) {
    const key = groupKey(hit)
    const group = groups.get(key)
    if (group) group.push(hit)
    else groups.set(key, [hit])
  }
  const more = moreOf(scans)
  const found = [...groups.values()].map((group) => foundOf(group, server, known))
  for (const group of unjoined(context.filter((hit) => !joins(hit)))) found.push(foundOf(group, server, known))
  addMore(found, more)
  return found
    .map((f) =>
      window && outsideOf(window, f.finding)
        ? {
            ...f,
            counts: false,
            finding: { ...f.finding, notes: [...f.finding.notes, 'outside the period that was asked for'] },
          }
        : f,
    )
    .sort(byTime)
}

function outsideOf(window: { readonly from: number | null; readonly to: number | null }, finding: Finding): boolean {
  if (finding.time === null) return false
  return (
    (window.from !== null && Date.parse(finding.last ?? finding.time) < window.from) ||
    (window.to !== null && Date.parse(finding.time) >= window.to)
  )
}

/**
 * All hits with their artifact and rule. Rows of two copies of one log are the same rows and count once. A file counts once
 * in each location: the same bytes in four folders of the server are four files, one folder in two collections is one.
 */
function located(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>): Located[] {
  const rows = new Map<string, Located>()
  const all: Located[] = []
  for (const { certainty, ...found } of hitsOf(scans, infos, false)) {
    const { own } = keysOf({ ...found, certainty })
    if (found.sha256 && rows.has(own)) continue
    rows.set(own, found)
    all.push(found)
  }
  append(all, filesOf(hitsOf(byCertainty(scans), infos, true)))
  return all
}

/** Facts about files, each location once; those of known locations come first. */
function filesOf(hits: Iterable<WithPlace>): Located[] {
  const seen = new Map<string, Located>()
  const all: Located[] = []
  for (const { certainty, ...found } of hits) {
    const { own, inShadow, anywhere } = keysOf({ ...found, certainty })
    const elsewhere = certainty === 'none' ? seen.get(anywhere) : undefined
    const isCopy = seen.has(own) || (elsewhere !== undefined && reach(elsewhere) >= reach(found))
    if (found.sha256 && isCopy) continue
    all.push(found)
    seen.set(own, found)
    if (certainty === 'none') continue
    seen.set(inShadow, found)
    if (reach(found) >= reach(seen.get(anywhere) ?? found)) seen.set(anywhere, found)
  }
  return all
}

type WithPlace = Located & { readonly certainty: Certainty }

/** The hits of all scans with their rules: those about a file in its location, or all others. */
function* hitsOf(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>, placed: boolean): Generator<WithPlace> {
  for (const scan of scans) {
    const misplaced = scan.hits.length > 0 && isMisplaced(scan) ? { misplaced: true as const } : {}
    const place = placed ? placeOf(scan.artifact) : null
    for (const hit of scan.hits) {
      const info = infos.get(hit.rule)
      if (!info || placedKinds.has(hit.event.log) !== placed) continue
      const { sha256: digest } = scan.artifact
      yield { ...hit, sha256: digest, info, joined: [], place, certainty: certaintyOf(scan.artifact), ...misplaced }
    }
  }
}

/** Kinds of facts that are about a file where it lies. */
const placedKinds: ReadonlySet<LogKind> = new Set([
  'web-roots',
  'files',
  'aspnet-temp',
  'web-config',
  'startup',
  'powershell-history',
])

type FileOf = Pick<Scan['artifact'], 'path' | 'windowsPath'>

/** Where a file lies on the server; where nothing says so, where it lies in its container. */
function placeOf({ path, windowsPath }: FileOf): string {
  return (windowsPath ?? path.slice(path.lastIndexOf('!/') + 1)).replaceAll('/', '\\').toLowerCase()
}

/** How well the location of a file is known: in a shadow copy all but the drive. */
type Certainty = 'full' | 'shadow' | 'none'

function certaintyOf({ windowsPath }: FileOf): Certainty {
  if (windowsPath === null) return 'none'
  return shadow.test(windowsPath) ? 'shadow' : 'full'
}

const shadow = /^\\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy\d{1,9}\\/i

/** Files of known locations first, so that copies of which less is known can be held against them. */
function byCertainty(scans: readonly Scan[]): readonly Scan[] {
  const groups = Map.groupBy(scans, ({ artifact }) => certaintyOf(artifact))
  return (['full', 'shadow', 'none'] as const).flatMap((certainty) => groups.get(certainty) ?? [])
}

/** What makes a hit the same as another, and the same as its copies in a shadow copy and where no location is known. */
function keysOf({ event, rule, match, sha256: digest, place, certainty }: WithPlace): {
  readonly own: string
  readonly inShadow: string
  readonly anywhere: string
} {
  // A copy of a log that lies among those of the back end stands for no row of the front end.
  const side = isBackEnd(event.log) ? 'back' : ''
  const key = (at: string): string =>
    [digest, event.at.offset, event.at.length, rule, side, match?.key ?? '', at].join('\0')
  const inShadow = key(`shadow ${(place ?? '').replace(shadow, '').replace(/^[a-z]:\\/, '')}`)
  const own = certainty === 'shadow' && place ? inShadow : key(place ?? '')
  return { own, inShadow, anywhere: key('anywhere') }
}

/** What a file can do where it lies. */
function reach({ event }: Located): number {
  if (event.log !== 'web-roots') return 0
  return textOf(event, 'WebRoot') === 'unknown' ? 1 : 2
}

/** The client of a row of the back end is the front end, which is nobody's address, unless it is a user's own. */
function withClient(event: Event, hidden: ReadonlySet<string>): Event {
  if (event.client !== null && isBackEnd(event.log) && !isUsersOwn(event)) return { ...event, client: null }
  return event.client !== null && hidden.has(event.client) ? behindProxy(event) : event
}

/**
 * EWS and MAPI over HTTP log the address that the front end was asked from. Of a person who came from the Internet it is
 * theirs; of a machine account, and of requests that the front end was made to send, it may be the front end's own.
 */
function isUsersOwn({ log, client, user }: Event): boolean {
  if ((log !== 'ews' && log !== 'mapihttp') || client === null || isPrivate(client)) return false
  return user !== null && !user.endsWith('$') && !/^(?:NT AUTHORITY\\|S-1-)/i.test(user)
}

/** A file's own time is kept only where it lies within the logs: a later one was made by the copy. */
function withFileTime(event: Event, logs: { readonly first: number | null; readonly last: number | null }): Event {
  const time = event.fields.Modified
  if (event.time !== null || typeof time !== 'number' || logs.first === null || logs.last === null) return event
  return time >= logs.first && time <= logs.last ? { ...event, time, timeBasis: 'file' } : event
}

const configurations: ReadonlySet<LogKind> = new Set(['iis-config', 'web-config', 'transport-agents'])

/**
 * An entry of a configuration is as old as the oldest copy of the file that holds it: the earlier states that IIS keeps
 * tell what was there before. Of an entry that stands in one file only that file’s last change is the time.
 */
function withConfigurationTimes(hits: readonly Located[], scans: readonly Scan[]): readonly Located[] {
  // The newest of the earlier states is often the present one, byte by byte.
  const modified = new Map<string, number>()
  for (const { artifact } of scans)
    if (artifact.modified !== null && artifact.kinds.some((kind) => configurations.has(kind)))
      modified.set(artifact.sha256, Math.min(artifact.modified, modified.get(artifact.sha256) ?? Infinity))
  const oldest = new Map<string, number>()
  const keyOf = ({ rule, event }: Located): string | null =>
    configurations.has(event.log) && event.time === null ? `${rule}\0${event.target ?? ''}` : null
  for (const hit of hits) {
    const [key, time] = [keyOf(hit), modified.get(hit.sha256)]
    if (key === null || time === undefined) continue
    oldest.set(key, Math.min(time, oldest.get(key) ?? Infinity))
  }
  return hits.map((hit) => {
    const time = oldest.get(keyOf(hit) ?? '')
    return time === undefined
      ? hit
      : { ...hit, event: { ...hit.event, fields: { ...hit.event.fields, Modified: time } } }
  })
}

/** Logs of requests that a front end passed on. */
export function isBackEnd(log: LogKind): boolean {
  return /^(iis-backend|ews|autodiscover|mapihttp|ecp-|oabgenerator|owa$|rpchttp$)/.test(log)
}

/** Behind a proxy the address in the row is the proxy's; the hop that it added to X-Forwarded-For replaces it where logged. */
function behindProxy(event: Event): Event {
  const hop = textOf(event, 'x-forwarded-for')?.split(',').at(-1)?.replaceAll('+', ' ')
  return { ...event, client: hop ? canonicalIp(hop) : null }
}

/** A match of a correlation stands for itself, whatever its stage. */
function split(hits: readonly Located[]): { own: Located[]; context: Located[] } {
  const isContext = (hit: Located): boolean => hit.info.stage === 'context' && !hit.match
  return { own: hits.filter((hit) => !isContext(hit)), context: hits.filter(isContext) }
}

/**
 * A row of the back end joins a front-end hit of the same campaign by request id, else by what was asked for within 5 s.
 * It then takes the client of the row that it joins: two independent logs say the same.
 */
function joinBackEnd(hits: readonly Located[]): Located[] {
  // What only looked around (a listed user agent, a probe) joins nothing: scripts of the house look like that too. Nor does
  // what ordinary work looks like (low): two logs of one such request are as ordinary as one.
  const front = hits.filter(
    ({ event, info }) =>
      !isBackEnd(event.log) && info.stage !== 'context' && info.stage !== 'recon' && info.confidence !== 'low',
  )
  const back = hits.filter((hit) => isBackEnd(hit.event.log))
  const byRequest = new Map<string, Located>()
  const byTarget = new Map<string, Partners>()
  const span = JOIN + skewOf(front, back)
  for (const hit of front) {
    if (hit.event.request && !byRequest.has(hit.event.request)) byRequest.set(hit.event.request, hit)
    const path = askedPath(hit.event)
    if (!path) continue
    const partners = byTarget.get(path) ?? new Partners()
    partners.add(hit)
    byTarget.set(path, partners)
  }
  return hits.map((hit): Located => {
    const { event, info } = hit
    if (!isBackEnd(event.log) || hit.match) return hit
    const partner =
      (event.request ? byRequest.get(event.request) : undefined) ??
      byTarget.get(askedPath(event) ?? '')?.nearest(event, span)
    if (!partner || partner.info.campaign !== info.campaign) return hit
    const how =
      partner.event.request !== null && partner.event.request === event.request ? 'request id' : 'target and time'
    const { path, line } = partner.event.at
    return {
      ...hit,
      event: { ...event, client: partner.event.client, request: event.request ?? partner.event.request },
      joined: [`joined by ${how} to ${path}${line ? `:${line}` : ''}`],
    }
  })
}

/** A row that joined proves its stage, since two independent logs say it; a context row has the stage that its rule gives it then. */
function promoted(hit: Located): Located {
  const { info } = hit
  const level = info.level === 'informational' || info.level === 'low' ? 'high' : info.level
  const confidence = hit.joined.some((how) => how.startsWith('joined by request id')) ? 'high' : 'medium'
  return { ...hit, info: { ...info, stage: info.whenJoined ?? info.stage, proves: true, level, confidence } }
}

/**
 * A front end cannot see what was asked of EWS; where the back end's row of the same request says that it was a look-up,
 * nothing was collected by it.
 */
function answeredByBackEnd(hits: readonly Located[]): Located[] {
  const seen = new Set<string>()
  const collected = new Set<string>()
  for (const { event, info, misplaced } of hits) {
    if (misplaced || !isBackEnd(event.log) || event.log === 'iis-backend' || event.request === null) continue
    seen.add(event.request)
    if ((info.whenJoined ?? info.stage) === 'collection') collected.add(event.request)
  }
  return hits.filter(
    ({ event, info, match }) =>
      isBackEnd(event.log) ||
      match !== undefined ||
      info.stage !== 'collection' ||
      event.request === null ||
      !seen.has(event.request) ||
      collected.has(event.request),
  )
}

/** How far the clocks of two logs lie apart, measured on rows that carry the same request id; at most five minutes count. */
function skewOf(own: readonly Located[], context: readonly Located[]): number {
  const times = new Map<string, { time: number; log: string }>()
  for (const { event } of own)
    if (event.request && event.time !== null) times.set(event.request, { time: event.time, log: event.log })
  const skews = context.flatMap(({ event }) => {
    const partner = event.request ? times.get(event.request) : undefined
    return partner && event.time !== null && partner.log !== event.log ? [Math.abs(partner.time - event.time)] : []
  })
  skews.sort((a, b) => a - b)
  return Math.min(300_000, skews[Math.floor(skews.length / 2)] ?? 0)
}

/** Rows of the front end that asked for one path, by time. */
class Partners {
  readonly #hits: Located[] = []
  readonly #all = new Moments()
  readonly #unnumbered = new Moments()

  add(hit: Located): void {
    const { event } = hit
    // A refused request has no row behind it.
    if (event.time === null || !joinable(event)) return
    if (event.fields.Succeeded === false || Number(event.fields['sc-status']) >= 400) return
    const number = this.#hits.push(hit) - 1
    this.#all.add(event.time, number)
    if (event.request === null) this.#unnumbered.add(event.time, number)
  }

  nearest(event: Event, span: number): Located | undefined {
    // A row that another front end sent is not of this one's clients.
    if (event.time === null || !joinable(event) || !fromHere(event)) return undefined
    // Two rows that carry different request ids are two requests.
    const near = (event.request === null ? this.#all : this.#unnumbered).nearest(event.time, span)
    return near === null ? undefined : this.#hits[near.of]
  }
}

/** A row of the back end that this server's own front end sent: from its own address, or from one that is not stated. */
function fromHere(event: Event): boolean {
  const [client, server] = [textOf(event, 'c-ip'), textOf(event, 's-ip')]
  if (client === null || server === null) return true
  const from = canonicalIp(client)
  return from === null || isLoopback(from) || from === canonicalIp(server)
}

/** Times of logs are compared only where they are sure. */
function joinable(event: Event): boolean {
  return event.timeBasis === 'stated' || event.timeBasis === 'format'
}

/** The path that was asked of the back end, lower case without query: of an SSRF its target, else the request's own. */
export function askedPath(event: Event): string | null {
  const path =
    textOf(event, 'SsrfPath') ??
    textOf(event, 'cs-uri-stem') ??
    textOf(event, 'URL') ??
    servicePath.get(event.log) ??
    null
  if (path === null) return null
  return trimEnd(path.toLowerCase().replace(/[?#].*/s, ''), '/') || null
}

/** Logs of one service do not write its path. */
const servicePath: ReadonlyMap<LogKind, string> = new Map([
  ['ews', '/ews/exchange.asmx'],
  ['autodiscover', '/autodiscover/autodiscover.xml'],
  ['mapihttp', '/mapi/emsmdb'],
])

function groupKey(hit: Located): string {
  const { event, info, match } = hit
  if (match) return ['match', info.id, match.key].join('\0')
  const day = event.time === null ? '' : dayOf(event.time)
  // Noise is not told apart by target: one finding per client and day is enough to read.
  const target =
    info.level === 'informational' || info.level === 'low'
      ? ''
      : (event.target ?? '').toLowerCase().replace(/[?#].*/s, '')
  const place = target === '' ? '' : (hit.place ?? '')
  return [info.id, info.stage, event.host ?? '', event.log, event.client ?? '', target, place, day].join('\0')
}

/** Context rows that joined nothing: ordinary between servers, shown as one line per rule. */
function unjoined(context: readonly Located[]): Located[][] {
  const groups = new Map<string, Located[]>()
  for (const hit of context) addTo(groups, hit.info.id, hit)
  return [...groups.values()]
}

/** One finding of hits that belong together. */
export function foundOf(
  group: readonly Located[],
  server: { readonly name: string; readonly names?: ReadonlySet<string>; readonly proxies: ReadonlySet<string> },
  known: Known,
): Found {
  const ordered = [...group].sort((a, b) => (a.event.time ?? Infinity) - (b.event.time ?? Infinity) || order(a, b))
  const [head] = ordered as [Located, ...Located[]]
  const { info, event } = head
  const { match } = head
  // Files that were not read have no digest: their paths tell them apart.
  const file = head.sha256 || `unread ${event.at.path}`
  const id = sha256(
    [
      info.id,
      file,
      event.at.offset,
      event.at.length,
      info.stage,
      ...(match ? [match.key] : []),
      ...(head.place ? [head.place] : []),
    ].join('\0'),
  ).slice(0, 12)
  const times = ordered.flatMap((hit) => hit.event.time ?? [])
  const one = (value: (e: Event) => string | null): string | null => {
    const values = new Set(ordered.map((hit) => value(hit.event)))
    return values.size === 1 ? [...values][0]! : null
  }
  const client = one((e) => e.client)
  const notes = [...new Set(ordered.flatMap((hit) => hit.joined)), ...(match ? [match.says] : [])].slice(0, 5)
  const scanner = known.scanners.find(
    (s) =>
      client !== null &&
      inCidr(client, s.address) &&
      times.every((t) => (s.from === null || t >= s.from) && (s.to === null || t <= s.to)),
  )
  const accepted = known.accepted.find((a) => a.id === id)
  // A match is of this server where any of its rows is.
  const foreign = (match ? ordered : [head]).every((hit) => !sameHost(hit.event.host, server))
  if (scanner) notes.push(`own scanner: ${scanner.name}`)
  if (accepted) notes.push(`accepted by ${accepted.by} on ${accepted.date}: ${accepted.reason}`)
  if (foreign) notes.push(`a row of another host (${event.host}): it proves nothing about ${server.name}`)
  if (info.known) notes.push(`trace of ${info.known}`)
  if (server.proxies.size > 0 && client === null && isWeb(event))
    notes.push('client: hidden (a proxy stands in front of the server)')
  const finding: Finding = {
    id,
    rule: info.id,
    title: info.title,
    author: info.author,
    license: info.license,
    pack: info.pack,
    campaign: info.campaign,
    stage: info.stage,
    level: info.level,
    confidence: info.confidence,
    proves: info.proves,
    time: iso(times[0] ?? null),
    timeBasis: event.timeBasis,
    client,
    user: one((e) => e.user),
    target: one((e) => e.target) ?? event.target,
    log: event.log,
    host: event.host,
    cves: info.cves,
    attack: info.attack,
    innocent: info.innocent,
    next: info.next,
    count: match?.rows ?? ordered.length,
    first: iso(times[0] ?? null),
    last: iso(times.at(-1) ?? null),
    locators: sample(ordered).map(locator),
    chain: null,
    notes,
    facts: factsOf(ordered),
    persistence: info.persistence ?? null,
    means: info.means ?? null,
  }
  const counts = !scanner && !accepted && !foreign
  return { finding, hits: ordered, counts, ...(foreign && !scanner && !accepted ? { isForeign: true } : {}) }
}

function isWeb(event: Event): boolean {
  return event.fields['c-ip'] !== undefined && event.fields['c-ip'] !== null
}

/** The first rows and the last one. */
function sample(hits: readonly Located[]): readonly Located[] {
  return hits.length <= LOCATORS ? hits : [...hits.slice(0, LOCATORS - 1), hits.at(-1)!]
}

function locator(hit: Located): Locator {
  const { at, raw } = hit.event
  return { ...at, artifact: hit.sha256, raw: raw.length > RAW ? raw.slice(0, RAW) : raw }
}

const shown = [
  'cs-method',
  'cs-uri-stem',
  'cs-user-agent',
  'sc-status',
  'sc-bytes',
  'SsrfForm',
  'SsrfHost',
  'SsrfPort',
  'SsrfPath',
  'SsrfTo',
  'Succeeded',
  'BackEndStatus',
  'Cmdlet',
  'Parameters',
  'EX',
  'SoapAction',
  'ActAsUser',
  'ImpersonatedUser',
  'EventID',
  'Image',
  'ParentImage',
  'CommandLine',
  'TargetFilename',
  'sha256',
  'ExternalUrl',
  'WebRoot',
  'Modified',
  'Parser',
  'x-forwarded-for',
  'BLD',
] as const

/** Values of the fields that answers and people need; several different values become a list of at most five. */
function factsOf(hits: readonly Located[]): Record<string, FieldValue> {
  const facts: Record<string, FieldValue> = {}
  for (const name of shown) {
    const values = new Set<string | number>()
    for (const hit of hits) {
      const value = hit.event.fields[name]
      for (const v of Array.isArray(value) ? (value as readonly (string | number)[]) : [value as FieldValue]) {
        if (v !== null && v !== undefined && v !== '' && values.size < 5)
          values.add(typeof v === 'number' ? v : String(v).slice(0, 2_000))
      }
    }
    if (values.size === 1) facts[name] = [...values][0]!
    else if (values.size > 1) facts[name] = [...values]
  }
  return facts
}

/** Hits beyond the cap are counted into the rule's last finding; nothing is lost but the rows themselves. */
function moreOf(scans: readonly Scan[]): Map<string, { count: number; first: number | null; last: number | null }> {
  const more = new Map<string, { count: number; first: number | null; last: number | null }>()
  for (const scan of scans) {
    for (const { rule, count, first, last } of scan.more) {
      const m = more.get(rule)
      more.set(rule, {
        count: (m?.count ?? 0) + count,
        first: m?.first == null ? first : Math.min(m.first, first ?? m.first),
        last: m?.last == null ? last : Math.max(m.last, last ?? m.last),
      })
    }
  }
  return more
}

function addMore(found: Found[], more: ReturnType<typeof moreOf>): void {
  for (const [rule, { count, last }] of more) {
    const index = found.findLastIndex((f) => f.finding.rule === rule)
    if (index < 0) continue
    const { finding } = found[index]!
    const end = iso(last)
    found[index] = {
      ...found[index]!,
      finding: {
        ...finding,
        count: finding.count + count,
        last: end !== null && (finding.last === null || end > finding.last) ? end : finding.last,
        notes: [...finding.notes, `${counted(count, 'further row')} counted and not kept`],
      },
    }
  }
}

/** A field as text, null when absent or empty. */
export function textOf(event: Event, name: string): string | null {
  const value = event.fields[name]
  const first = Array.isArray(value) ? (value as readonly (string | number)[])[0] : (value as FieldValue | undefined)
  return first === undefined || first === null || first === '' ? null : String(first)
}

/** Total order: time, then place, then rule. */
export function byTime(a: Found, b: Found): number {
  const [x, y] = [a.finding, b.finding]
  return (
    compare(x.time ?? '~', y.time ?? '~') ||
    compare(x.locators[0]?.path ?? '', y.locators[0]?.path ?? '') ||
    (x.locators[0]?.offset ?? 0) - (y.locators[0]?.offset ?? 0) ||
    compare(x.rule, y.rule) ||
    compare(x.id, y.id)
  )
}

function order(a: Located, b: Located): number {
  return (
    compare(a.sha256, b.sha256) ||
    (a.sha256 === '' ? compare(a.event.at.path, b.event.at.path) : 0) ||
    compare(a.place ?? '', b.place ?? '') ||
    a.event.at.offset - b.event.at.offset
  )
}

/** By code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Where a stage stands in the order of the attack. */
export function rank(stage: Stage): number {
  return stages.indexOf(stage)
}

/** The share of the front end's rows from which on an address can only be a proxy's, and how many share it at most. */
const PROXIED = { share: 0.8, most: 2 }

/**
 * Addresses of proxies, which hide clients: as few of the busiest as send 80 % of the front end's rows, at most two; or all
 * addresses when all are private.
 */
export function proxies(traffic: TrafficTable): ReadonlySet<string> {
  const clients = new Map(traffic.values.map((client, i) => [client, traffic.of(i).rows]))
  const total = [...clients.values()].reduce((sum, n) => sum + n, 0)
  // A handful of rows says nothing about who sends them.
  if (total < 50) return new Set()
  if ([...clients.keys()].every(isPrivate)) return new Set(clients.keys())
  const busiest = [...clients].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, PROXIED.most)
  let rows = 0
  const needed = busiest.findIndex(([, n]) => (rows += n) >= PROXIED.share * total)
  return new Set(busiest.slice(0, needed + 1).map(([client]) => client))
}

/** Which addresses are taken for proxies, with their shares: clients behind them are known only where a header is logged. */
export function proxyNote(hidden: ReadonlySet<string>, traffic: TrafficTable): readonly string[] {
  if (hidden.size === 0) return []
  const total = traffic.values.reduce((sum, _, i) => sum + traffic.of(i).rows, 0)
  const rowsOf = (client: string): number => traffic.find(client)?.rows ?? 0
  const busiest = [...hidden].sort((a, b) => rowsOf(b) - rowsOf(a) || compare(a, b))
  const named = busiest.slice(0, 5).map((client) => `${client} (${Math.round((100 * rowsOf(client)) / total)} %)`)
  const more =
    busiest.length > named.length
      ? ` and ${counted(busiest.length - named.length, 'more address', 'more addresses')}`
      : ''
  return [
    `Taken for proxies in front of the server, by their share of its requests: ${named.join(', ')}${more}. Clients behind them are known only where X-Forwarded-For is logged.`,
  ]
}
