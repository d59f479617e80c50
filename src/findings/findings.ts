import { counted, formatPercent } from '../lib/amounts.ts'
import { sha256 } from '../lib/hash.ts'
import { inCidr } from '../lib/ip.ts'
import { addTo } from '../lib/collections.ts'
import { dayOf, iso } from '../lib/time.ts'
import { accountInToken } from '../model/access-token.ts'
import type { Scan } from '../model/scan.ts'
import type { Finding } from '../model/finding.ts'
import type { Hit, RuleInfo } from '../model/rule.ts'
import { confidenceOfStrength, type SubjectKind } from '../model/sign.ts'
import { rank, type Stage } from '../model/stages.ts'
import { isByStrength, isNoise, levelBefore } from './serious.ts'
import { type Event, fieldText, type FieldValue, type Locator } from '../model/event.ts'
import { withoutDomain } from '../model/account-names.ts'
import { sameHost } from '../model/host.ts'
import { type Elsewhere, nothingElsewhere } from '../model/case-keys.ts'
import { answersFrom } from './case-requests.ts'
import type { TrafficTable } from '../activity/requests.ts'
import { compareText } from '../lib/compare.ts'
import { type Located, located } from './located.ts'
import { withFileTime, withConfigurationTimes } from './event-times.ts'
import { joinBackEnd, promoted, answeredByBackEnd } from './back-end-join.ts'
import { type ServedAt, withClient } from './client-addresses.ts'

/** A finding with the hits it was made of, for the joins that follow. */
export type FindingWithHits = {
  /** It joined its intrusion by time alone: within a day of the attacker, hours after the last step. */
  readonly byTimeAlone?: true
  readonly finding: Finding
  /** It may be the owner's of a compromised account: its address is not taken for the attacker's. */
  readonly isPerhapsOwners?: true
  /** The account, as it is named there, used the right that it gave to itself from this address, as these findings show. */
  readonly used?: { readonly user: string; readonly client: string; readonly findings: readonly string[] }
  /** The act writes a file whose name its rows need not contain. */
  readonly writesFile?: true
  /** Beside another sign of its subject it leaves open what remains on the server. */
  readonly leavesOpen?: true
  /** `joined`: which row of the front end the hit joins, and how. */
  readonly hits: readonly (Hit & {
    readonly joined?: readonly string[]
    readonly misplaced?: true
    readonly custom?: true
  })[]
  /** False when it is shown but counts for nothing here: own scanner, accepted, another host's row. */
  readonly counts: boolean
  /** It counts for nothing since its rows name another host, and nothing else is against it. */
  readonly isForeign?: true
}

/** What the operator declares: authorized scanners, and findings that were reviewed and accepted. */
export type KnownActivity = {
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
  /** Tests and other work that were announced: who or what did what (a stage; null: anything), when, and why. */
  readonly announced?: readonly {
    /** A client address or block, an account, or the name of a subject. */
    readonly subject: string
    readonly act: Stage | null
    readonly from: number
    readonly to: number
    readonly reason: string
    readonly by: string
  }[]
}

export const nothingKnown: KnownActivity = { scanners: [], accepted: [] }

/** Locators kept per finding; the count says how many rows there are. */
const LOCATORS = 20
const RAW = 64 * 1024
/** Makes findings of hits: one per rule, client, target and day. Context rows count only when they join another finding. */
export function detect(
  scans: readonly Scan[],
  infos: ReadonlyMap<string, RuleInfo>,
  server: {
    readonly name: string
    readonly names?: ReadonlySet<string>
    /** Addresses of proxies that hide clients. */
    readonly proxies: ReadonlySet<string>
    readonly servedAt?: ServedAt
    /** First and last entry of all logs. */
    readonly logs: { readonly first: number | null; readonly last: number | null }
  },
  known: KnownActivity,
  window: { readonly from: number | null; readonly to: number | null } | null = null,
  elsewhere: Elsewhere = nothingElsewhere,
): FindingWithHits[] {
  const hits = [
    ...withConfigurationTimes(located(scans, infos), scans).map((hit) => ({
      ...hit,
      event: withFileTime(withClient(hit.event, server.proxies, server.servedAt), server.logs),
    })),
    ...answersFrom(elsewhere, infos),
  ]
  const acting = hits.filter(({ info, event }) => !info.byServer || isActOfServer(event, server))
  const { own, context } = split(answeredByBackEnd(joinBackEnd(acting, elsewhere.front)))
  const joins = (hit: Located): boolean => hit.joined.length > 0 && hit.info.stageWhenCorrelated !== undefined
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
    .sort(compareByTime)
}

function outsideOf(window: { readonly from: number | null; readonly to: number | null }, finding: Finding): boolean {
  if (finding.time === null) return false
  return (
    (window.from !== null && Date.parse(finding.last ?? finding.time) < window.from) ||
    (window.to !== null && Date.parse(finding.time) >= window.to)
  )
}

/** Did another machine record the account of the server itself? What it records of its own account says nothing. */
function isActOfServer(event: Event, server: { readonly name: string; readonly names?: ReadonlySet<string> }): boolean {
  // Samples of rules are of no server.
  if (server.name === '') return true
  const account = withoutDomain(fieldText(event, 'SubjectUserName') ?? '').toUpperCase()
  const names = [server.name, ...(server.names ?? [])].map((name) => `${name.slice(0, ACCOUNT)}$`)
  return names.includes(account) && !sameHost(event.host, server)
}

/** Characters of the name of a computer that its account has. */
const ACCOUNT = 15

/** A match of a correlation is a finding of its own, whatever its stage. */
function split(hits: readonly Located[]): { own: Located[]; context: Located[] } {
  const isContext = (hit: Located): boolean => hit.info.stage === 'context' && !hit.match
  return { own: hits.filter((hit) => !isContext(hit)), context: hits.filter(isContext) }
}

function groupKey(hit: Located): string {
  const { event, info, match } = hit
  if (match) return ['match', info.id, match.key].join('\0')
  const day = event.time === null ? '' : dayOf(event.time)
  // Noise is not split by target: one finding per client and day is enough to read.
  const target = isNoise(info.stage, info.sign) ? '' : (event.target ?? '').toLowerCase().replace(/[?#].*/s, '')
  const place = target === '' ? '' : (hit.place ?? '')
  // Accounts at one address are subjects of their own.
  const person = ofAccounts.has(info.sign.subject) ? (event.user ?? '').toLowerCase() : ''
  return [
    info.id,
    info.stage,
    hit.evidenceOf ?? '',
    event.host ?? '',
    event.log,
    event.client ?? '',
    target,
    place,
    person,
    day,
  ].join('\0')
}

const ofAccounts: ReadonlySet<SubjectKind> = new Set(['account', 'session', 'device'])

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
  known: KnownActivity,
): FindingWithHits {
  const ordered = [...group].sort((a, b) => (a.event.time ?? Infinity) - (b.event.time ?? Infinity) || order(a, b))
  const [head] = ordered as [Located, ...Located[]]
  const { info, event } = head
  const { match } = head
  // Files that were not read have no digest: their paths distinguish them.
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
  const foreign =
    !info.byServer && (match ? ordered : [head]).every((hit) => !hit.evidenceOf && !sameHost(hit.event.host, server))
  if (scanner) notes.push(`own scanner: ${scanner.name}`)
  if (accepted) notes.push(`accepted by ${accepted.by} on ${accepted.date}: ${accepted.reason}`)
  if (foreign) notes.push(`a row of another host (${event.host}): it proves nothing about ${server.name}`)
  if (info.known) notes.push(`trace of ${info.known}`)
  if (server.proxies.size > 0 && client === null && isWeb(event))
    notes.push('client: hidden (a proxy is in front of the server)')
  const finding: Finding = {
    id,
    rule: info.id,
    title: titleOf(info, ordered),
    author: info.author,
    license: info.license,
    pack: info.pack,
    campaign: info.campaign,
    ...signPart(info),
    time: iso(times[0] ?? null),
    timeBasis: event.timeBasis,
    client,
    user: one((e) => e.user),
    target: one((e) => e.target) ?? event.target,
    log: event.log,
    host: event.host,
    cves: info.cves,
    attack: info.attack,
    falsePositives: info.falsePositives,
    nextSteps: info.nextSteps,
    count: match?.rows ?? ordered.length,
    first: iso(times[0] ?? null),
    last: iso(times.at(-1) ?? null),
    locators: sample(ordered).map(locator),
    intrusion: null,
    notes,
    facts: factsOf(ordered),
    persistence: info.persistence ?? null,
    accessMethod: info.accessMethod ?? null,
    ...(head.evidenceOf ? { evidenceOf: head.evidenceOf } : {}),
  }
  const isOthers = scanner !== undefined || accepted !== undefined
  return { finding, hits: ordered, counts: !isOthers && !foreign, ...flagsOf(info, foreign && !isOthers) }
}

function flagsOf(
  { writesFile, leavesOpen }: RuleInfo,
  isForeign: boolean,
): Pick<FindingWithHits, 'writesFile' | 'leavesOpen' | 'isForeign'> {
  return {
    ...(writesFile ? { writesFile } : {}),
    ...(leavesOpen ? { leavesOpen } : {}),
    ...(isForeign ? { isForeign } : {}),
  }
}

/** A rule of requests that were refused says nothing of one whose outcome was left out. */
function titleOf({ title, titleWithoutStatus }: RuleInfo, hits: readonly Located[]): string {
  return titleWithoutStatus !== undefined && hits.every(({ event }) => isOpen(event)) ? titleWithoutStatus : title
}

function isOpen({ fields }: Event): boolean {
  return [fields['sc-status'], fields.BackEndStatus, fields.Succeeded].every(
    (value) => value === null || value === undefined,
  )
}

/** What a finding is by the sign of its rule, before it is weighed. */
function signPart({ stage, sign }: RuleInfo): Pick<Finding, 'stage' | 'sign' | 'level' | 'confidence' | 'is'> {
  const { strength } = sign
  return {
    stage,
    sign,
    level: levelBefore(stage, sign),
    confidence: confidenceOfStrength[strength],
    is: isByStrength[strength],
  }
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
  'ImagePath',
  'ServiceDll',
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
  const account = hits.map(({ event }) => accountInToken(queryOf(event))).find((name) => name !== null)
  return account == null ? facts : { ...facts, TokenAccount: account }
}

function queryOf({ fields }: Event): string {
  return String(fields['cs-uri-query'] ?? fields.UrlQuery ?? '')
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

function addMore(found: FindingWithHits[], more: ReturnType<typeof moreOf>): void {
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

/** Total order: time, then place, then rule. */
export function compareByTime(a: FindingWithHits, b: FindingWithHits): number {
  const [x, y] = [a.finding, b.finding]
  return (
    compareText(x.time ?? '~', y.time ?? '~') ||
    compareText(x.locators[0]?.path ?? '', y.locators[0]?.path ?? '') ||
    (x.locators[0]?.offset ?? 0) - (y.locators[0]?.offset ?? 0) ||
    compareText(x.rule, y.rule) ||
    compareText(x.id, y.id)
  )
}

function order(a: Located, b: Located): number {
  return (
    compareText(a.sha256, b.sha256) ||
    (a.sha256 === '' ? compareText(a.event.at.path, b.event.at.path) : 0) ||
    compareText(a.place ?? '', b.place ?? '') ||
    a.event.at.offset - b.event.at.offset
  )
}

/** Which addresses are taken for proxies, with their shares: clients behind them are known only where a header is logged. */
export function proxyNote(hidden: ReadonlySet<string>, traffic: TrafficTable): readonly string[] {
  if (hidden.size === 0) return []
  const total = traffic.values.reduce((sum, _, i) => sum + traffic.of(i).rows, 0)
  const rowsOf = (client: string): number => traffic.find(client)?.rows ?? 0
  const busiest = [...hidden].sort((a, b) => rowsOf(b) - rowsOf(a) || compareText(a, b))
  const named = busiest.slice(0, 5).map((client) => `${client} (${formatPercent(rowsOf(client), total)})`)
  const more =
    busiest.length > named.length
      ? ` and ${counted(busiest.length - named.length, 'more address', 'more addresses')}`
      : ''
  return [
    `Assumed to be proxies in front of the server, by their share of its requests and their clients: ${named.join(', ')}${more}. Clients behind them are known only where X-Forwarded-For is logged.`,
  ]
}
