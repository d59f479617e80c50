import { addTo, greatestOf, leastOf } from '../lib/collections.ts'
import { counted } from '../lib/amounts.ts'
import { DAY, HOUR, iso, MINUTE } from '../lib/time.ts'
import type { LogKind } from '../model/log-kinds.ts'
import { type AccountAt, type ServedDays, VIA } from './served-days.ts'

// The web server and HttpProxy log each request of a user that HttpProxy passes on. A logon that one of them has and the other one,
// which covers that time, has not, was written into the first by hand: such days explain nothing. Nor do those of requests of which HttpProxy
// would have no record, at an address that it does not know yet: who works with Exchange there asks for what it passes on, too.

/** How the two kinds of logs agree. */
export type Mirror = {
  readonly covers: (kind: LogKind, hour: number) => boolean
  /** Paths that were requested. */
  readonly paths: readonly string[]
  /** Does an address hide clients on a day (since 1970)? */
  readonly isHidden: (client: string, day: number) => boolean
}

/** An account that one log has at an address on days on which the other one lacks it. */
export type Contradiction = {
  readonly client: string
  readonly by: 'iis' | 'proxy'
  /** The other log has such requests; else the web server alone knows the address. */
  readonly isCertain: boolean
  /** Numbers of the days since 1970, and their places in the table. */
  readonly days: readonly number[]
  readonly places: readonly number[]
}

/** Paths of the web server by the log of HttpProxy that has them, in the groups by which logons are counted. */
const PASSED: readonly (readonly [via: number, paths: readonly (readonly [RegExp, LogKind])[]])[] = [
  [VIA.ews, [[/^\/+ews\//i, 'httpproxy-ews']]],
  [
    VIA.mail,
    [
      [/^\/+owa\//i, 'httpproxy-owa'],
      [/^\/+mapi\//i, 'httpproxy-mapi'],
    ],
  ],
  [
    VIA.rpc,
    [
      [/^\/+rpc\/+rpcproxy/i, 'httpproxy-rpchttp'],
      [/^\/+api\/+(?:v\d|beta)/i, 'httpproxy-rest'],
    ],
  ],
  [
    VIA.passed,
    [
      [/^\/+autodiscover\//i, 'httpproxy-autodiscover'],
      [/^\/+ecp\//i, 'httpproxy-ecp'],
      [/^\/+mapi\//i, 'httpproxy-mapi'],
      [/^\/+oab\//i, 'httpproxy-oab'],
      [/^\/+powershell\b/i, 'httpproxy-powershell'],
      [/^\/+microsoft-server-activesync/i, 'httpproxy-eas'],
    ],
  ],
]

/** The share of the logons of one log on a day that the other one must have, and their least number: they record users and addresses alike. */
const ALIKE = { share: 0.9, logons: 3 }
/** A request at the turn of a day may stand on the other side of it. */
const TURN = 10 * MINUTE

/** What an account did at an address on one day; `user`: one of its names. */
type Seen = {
  readonly user: string
  readonly client: string
  readonly day: number
  readonly first: number
  readonly last: number
  readonly via: number
  readonly places: readonly number[]
  /** The first day on which HttpProxy has a logon at the address. */
  readonly known: number
}

/** On one day: logons that each log has, that both have, and of these those with each group of paths. */
type Compared = { passed: number; proxied: number; both: number; readonly groups: number[] }

/** A group of paths that this share of the logons of both logs has is one that people use, though its log may not be in the evidence. */
const IN_USE = 0.2

/** On one day: accounts and addresses that one log alone has. */
type Alone = Readonly<Record<'iis' | 'proxy', Set<string>>>

/** Days of accounts that one log alone has which are held at most; with more of them all accounts are gone over again. */
const HELD = 20_000

/** What both logs have on a day, and one alone long before. */
type Begun = { readonly day: number; readonly time: number; readonly places: readonly number[] }

/**
 * In an order that does not depend on that of the accounts; `begun`: days of which the web server alone has a beginning, with the time
 * from which on both have them.
 */
export function contradictionsIn(
  accounts: Iterable<AccountAt>,
  table: ServedDays,
  mirror: Mirror,
  accountOf: (user: string) => string,
): { readonly found: readonly Contradiction[]; readonly begun: readonly Begun[] } {
  const groups = [...namesAtClients(accounts, accountOf)]
  const [days, confirmed] = [new Map<number, Compared>(), new Set<string>()]
  const coverage = new Coverage(mirror)
  const begun: Begun[] = []
  let held: AloneDay[] | null = []
  for (const group of groups) {
    const { names } = group
    let isConfirmed = false
    for (const day of daysOf(names)) {
      const via = viaOn(names, day, table)
      if (count(comparedOn(day, days), via)) {
        isConfirmed = true
        const own = beginningOf(group, day, via, table, coverage)
        if (own !== null) begun.push(own)
      } else if (held !== null && logAlone(via) !== null && held.push({ group, day, via }) > HELD) held = null
    }
    if (isConfirmed) confirmed.add(accountOf(names[0]!.user))
  }
  // Logs of different servers, or without users, have few logons in common on any day.
  const isBegun = ({ day }: Begun): boolean => isAlike('iis', days.get(day)!)
  if (held?.length === 0 || ![...days.values()].some((day) => isAlike('iis', day) || isAlike('proxy', day)))
    return { found: [], begun: begun.filter(isBegun) }
  const few = held?.map((one) => seenOn(one, table))
  const seenByOne = (): Iterable<Seen> => few ?? seenAlone(groups, table)
  const alone = aloneOn(seenByOne(), accountOf)
  const found = new Map<string, Seen[]>()
  for (const seen of seenByOne()) {
    const [by, day] = [logAlone(seen.via), days.get(seen.day)!]
    if (by === null || !isAlike(by, day)) continue
    const account = accountOf(seen.user)
    // The web server may not name the users of a client at all.
    if (by === 'proxy' && !confirmed.has(account)) continue
    const covered = coverage.of(seen)
    if (covered === null || (covered === 'others' && isInUse(seen, day))) continue
    if (isContradicted(seen, account, by, alone.get(seen.day), mirror))
      addTo(found, [covered, by, account, seen.client].join('\0'), seen)
  }
  return { found: inOrder(found), begun: begun.filter(isBegun) }
}

function inOrder(found: ReadonlyMap<string, readonly Seen[]>): readonly Contradiction[] {
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => ({
      client: own[0]!.client,
      by: logAlone(own[0]!.via)!,
      isCertain: key.startsWith('same\0'),
      days: own.map(({ day }) => day),
      places: own.flatMap(({ places }) => places),
    }))
}

/** A logon that both logs have is none from before HttpProxy, or a log that is none of the front end, has it. */
function beginningOf(
  { names }: Pick<Group, 'names'>,
  day: number,
  via: number,
  table: ServedDays,
  coverage: Coverage,
): Begun | null {
  const places = placesOn(names, day)
  const time = leastOf(
    places.flatMap((place) => [table.proxiedOf(place), table.othersOf(place)]),
    Infinity,
  )
  const early = places.filter((place) => table.firstOf(place) < time - MINUTE)
  const isOpen = (place: number): boolean => coverage.isOfIis(table.firstOf(place), via)
  // At the turn of a day HttpProxy may have it on the day before.
  return time === Infinity || early.length === 0 || !early.every(isOpen) ? null : { day, time, places: early }
}

function aloneOn(seen: Iterable<Seen>, accountOf: (user: string) => string): ReadonlyMap<number, Alone> {
  const days = new Map<number, Alone>()
  for (const { user, client, day, via } of seen) {
    const by = aloneIn(via)
    if (by === null || (via & VIA.other) !== 0) continue
    const alone = days.get(day) ?? { iis: new Set(), proxy: new Set() }
    days.set(day, alone)
    alone[by].add(accountOf(user)).add(client)
  }
  return days
}

/** Do the two logs have nearly the same logons on a day, so that one that `by` alone has is missing from the other? */
function isAlike(by: 'iis' | 'proxy', { passed, proxied, both }: Compared): boolean {
  return both >= ALIKE.logons && both >= (by === 'iis' ? proxied : passed) * ALIKE.share
}

/** Counts it on its day; true where both logs have it. */
function count(compared: Compared, via: number): boolean {
  const isProxied = (via & VIA.proxy) !== 0
  const isBoth = isProxied && (via & VIA.iis) !== 0
  if ((via & OF_PASSED) !== 0) compared.passed++
  if (isProxied) compared.proxied++
  if (!isBoth) return false
  compared.both++
  for (const [group, [bits]] of PASSED.entries()) if ((via & bits) !== 0) compared.groups[group]!++
  return true
}

/** Do many people use what was requested? Its log is not in the evidence then. */
function isInUse({ via }: Seen, { both, groups }: Compared): boolean {
  return PASSED.some(([bits], group) => (via & bits) !== 0 && groups[group]! >= both * IN_USE)
}

const OF_PASSED = VIA.ews | VIA.mail | VIA.rpc | VIA.passed

/** The log of the front end that alone has it, where the other one should. */
function aloneIn(via: number): 'iis' | 'proxy' | null {
  if ((via & VIA.proxy) === 0) return (via & OF_PASSED) === 0 ? null : 'iis'
  return (via & VIA.iis) === 0 ? 'proxy' : null
}

/** The same, or the web server alone at a path that is not passed on. */
function logAlone(via: number): 'iis' | 'proxy' | null {
  if ((via & (VIA.proxy | OF_PASSED)) === 0) return (via & VIA.iis) === 0 ? null : 'iis'
  return aloneIn(via)
}

/** An account at an address under all its names there: mostly one. */
type Group = { readonly names: readonly AccountAt[]; readonly at: ClientAt }

/** A day on which one log alone has it. */
type AloneDay = { readonly group: Group; readonly day: number; readonly via: number }

export function* namesAtClients(accounts: Iterable<AccountAt>, accountOf: (user: string) => string): Generator<Group> {
  for (const all of Map.groupBy(accounts, ({ client }) => client).values()) {
    const at = new ClientAt(all)
    if (all.length === 1) yield { names: all, at }
    else for (const names of Map.groupBy(all, ({ user }) => accountOf(user)).values()) yield { names, at }
  }
}

/** All accounts of an address. */
class ClientAt {
  readonly #all: readonly AccountAt[]
  #known: number | null = null

  constructor(all: readonly AccountAt[]) {
    this.#all = all
  }

  /** The first day on which HttpProxy has a logon there. */
  known(table: ServedDays): number {
    if (this.#known !== null) return this.#known
    this.#known = Infinity
    for (const { days } of this.#all)
      for (const day of days.own.days())
        if (day < this.#known && (table.viaOf(days.own.at(day)!) & VIA.proxy) !== 0) this.#known = day
    return this.#known
  }
}

export function daysOf(names: readonly AccountAt[]): Iterable<number> {
  return names.length === 1 ? names[0]!.days.own.days() : new Set(names.flatMap(({ days }) => [...days.own.days()]))
}

function comparedOn(day: number, days: Map<number, Compared>): Compared {
  const known = days.get(day)
  if (known !== undefined) return known
  const compared = { passed: 0, proxied: 0, both: 0, groups: PASSED.map(() => 0) }
  days.set(day, compared)
  return compared
}

/** Which logs have it on a day, or beside the turn of that day. There are hundreds of thousands of days. */
export function viaOn(names: readonly AccountAt[], day: number, table: ServedDays): number {
  let [first, last, via] = [Infinity, -Infinity, 0]
  for (const { days } of names) {
    const place = days.own.at(day)
    if (place === undefined) continue
    first = Math.min(first, table.firstOf(place))
    last = Math.max(last, table.lastOf(place))
    via |= table.viaOf(place)
  }
  if (first < day * DAY + TURN) for (const place of placesOn(names, day - 1)) via |= table.viaOf(place)
  if (last >= (day + 1) * DAY - TURN) for (const place of placesOn(names, day + 1)) via |= table.viaOf(place)
  return via
}

/** Days that one log alone has. */
function* seenAlone(groups: readonly Group[], table: ServedDays): Generator<Seen> {
  for (const group of groups)
    for (const day of daysOf(group.names)) {
      const via = viaOn(group.names, day, table)
      if (logAlone(via) !== null) yield seenOn({ group, day, via }, table)
    }
}

function placesOn(names: readonly AccountAt[], day: number): readonly number[] {
  return names.flatMap(({ days }) => days.own.at(day) ?? [])
}

function seenOn({ group: { names, at }, day, via }: AloneDay, table: ServedDays): Seen {
  const places = placesOn(names, day)
  let [first, last] = [Infinity, 0]
  for (const place of places) {
    first = Math.min(first, table.firstOf(place))
    last = Math.max(last, table.lastOf(place))
  }
  const { user, client } = names[0]!
  return { user, client, day, first, last, via, places, known: at.known(table) }
}

/** By the bits of `VIA` the logs of HttpProxy that have what was requested. */
function passedIn({ paths }: Mirror): readonly (readonly [via: number, kinds: readonly LogKind[]])[] {
  return PASSED.map(([via, some]) => [
    via,
    some.flatMap(([path, kind]) => (paths.some((one) => path.test(one)) ? [kind] : [])),
  ])
}

/** Which times of one log the other one covers. */
class Coverage {
  readonly #mirror: Mirror
  #passed: ReturnType<typeof passedIn> | null = null
  /** By the hour and the place of a group of paths in the list, the last being the web server's own log. */
  readonly #known = new Map<number, boolean>()

  constructor(mirror: Mirror) {
    this.#mirror = mirror
  }

  /**
   * Does the other log cover the time of what one of them alone has? HttpProxy has logs of their own for different paths: `others` where
   * only those of other paths do, which the address is new to. An account that is in none of several logs need be missing from one only.
   */
  of({ first, last, via, day, known: since }: Seen): 'same' | 'others' | null {
    const passed = (this.#passed ??= passedIn(this.#mirror))
    const [from, to] = [Math.floor(first / HOUR), Math.floor(last / HOUR)]
    const isOf = (group: number): boolean => this.#isAt(from, group) && this.#isAt(to, group)
    if (aloneIn(via) === 'proxy') return isOf(passed.length) ? 'same' : null
    if (passed.some(([bits], group) => (via & bits) !== 0 && isOf(group))) return 'same'
    return day <= since && passed.some(([, kinds], group) => kinds.length > 0 && isOf(group)) ? 'others' : null
  }

  /** Does any log of HttpProxy cover the time of what the web server has? */
  isOfIis(time: number, via: number): boolean {
    const passed = (this.#passed ??= passedIn(this.#mirror))
    return passed.some(([bits], group) => (via & bits) !== 0 && this.#isAt(Math.floor(time / HOUR), group))
  }

  #isAt(hour: number, group: number): boolean {
    const key = hour * (PASSED.length + 1) + group
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const kinds = this.#passed![group]?.[1] ?? ['iis-frontend']
    const isCovered = kinds.every((kind) => this.#mirror.covers(kind, hour))
    this.#known.set(key, isCovered)
    return isCovered
  }
}

function isContradicted(
  { client, day }: Seen,
  account: string,
  by: 'iis' | 'proxy',
  alone: Alone | undefined,
  { isHidden }: Mirror,
): boolean {
  if (isHidden(client, day)) return false
  // Under another address, as a balancer shows it, or another name it may be there.
  const other = alone?.[by === 'iis' ? 'proxy' : 'iis']
  return other === undefined || (!other.has(account) && !other.has(client))
}

/** Addresses that are named one by one. */
const NAMED = 5

/** What has to be said of them: by the log that has the logons, since when and where. */
export function contradictionNotes(found: readonly Contradiction[]): readonly string[] {
  return (['iis', 'proxy'] as const).flatMap((by) => {
    const own = found.filter((one) => one.by === by && one.isCertain)
    if (own.length === 0) return []
    const [has, lacks] = by === 'iis' ? ['IIS logs', 'HttpProxy logs'] : ['HttpProxy logs', 'IIS logs']
    const days = own.flatMap((one) => one.days)
    const from = dayText(leastOf(days, 0))
    const to = dayText(greatestOf(days, 0))
    // Without the names of users, which a note would show where they are replaced elsewhere.
    const at = [...Map.groupBy(own, ({ client }) => client)]
    const names = at.slice(0, NAMED).map(([client, some]) => `${counted(some.length, 'account')} at ${client}`)
    const more = at.length > NAMED ? ` and ${counted(at.length - NAMED, 'other address', 'other addresses')}` : ''
    return [
      `The ${has} record logons between ${from} and ${to} that the ${lacks} of the same hours lack (${names.join(', ')}${more}). They were not counted as ordinary use: one of the two logs was changed.`,
    ]
  })
}

function dayText(day: number): string {
  return iso(day * DAY).slice(0, 10)
}
