import { greatestOf, leastOf } from '../lib/collections.ts'
import { isPrivate, networkOf } from '../lib/ip.ts'
import type { Devices, DeviceUse } from './devices.ts'
import { isHiddenAt } from './hidden-addresses.ts'
import type { Identities } from './identities.ts'
import type { KnownOrigins } from './known-origins.ts'
import { lastingDays } from './lasting-days.ts'
import { isOutside, type Logons, type Refused } from './logons.ts'
import { isJustBeforeOrSince } from './near-days.ts'
import type { MailUse } from './mailbox-use.ts'
import { MANY_ACCOUNTS, ServedIndex } from './served-index.ts'
import type { Witness } from './witness.ts'
import { accountKey, type LogonRow, type ServedAccount, type ServedDay } from './served-days.ts'
import { DAY, MINUTE } from '../lib/time.ts'

// Passwords that were guessed: ten accounts or more, or one account fifty times without a success in between, refused from one
// origin. And who was served there afterwards.

/** `accounts` or, for one account, `times` make it guessing; at a logon form, where nothing retries by itself, `form` do. */
const GUESSING = { accounts: MANY_ACCOUNTS, times: 50, form: 20 }
/** Three accounts at a form, as many times each. */
const FORM_OF_THREE = 60
/** A mistaken password is corrected within this time, after at most this number of attempts. */
const MISTAKE = { within: 15 * MINUTE, rows: 5 }
/** A tool's or a protocol's refusals of a day are far above those of its other days. */
const FAR_ABOVE = 5
/** Fewest addresses of an origin of many addresses. */
const ADDRESSES = 3

export type OriginKind = 'address' | 'network' | 'tool' | 'protocol' | 'device' | 'form' | 'hidden'

/** Accounts that were refused from one origin. Times are ms since 1970 UTC. */
export type Guessing = {
  readonly kind: OriginKind
  /** The address, network, program, protocol or device. */
  readonly origin: string
  readonly clients: ReadonlySet<string>
  /** As rows have them; empty at a form, which names no account. */
  readonly accounts: ReadonlySet<string>
  readonly times: number
  readonly first: number
  readonly last: number
  readonly rows: readonly (LogonRow & { readonly user: string; readonly client: string })[]
  /** Accounts of the organization log on from there on other days, too. */
  readonly known: string | null
  /** How often one account was refused, where that alone makes it guessing. */
  readonly isOfOne: boolean
}

/** How a guessed account was served: at the same device or by a stranger who opened few; from the same origin; from elsewhere. */
export type Success = {
  readonly guessing: Guessing
  readonly grade: 'decisive' | 'strong' | 'weak'
  readonly user: string
  readonly client: string
  readonly row: LogonRow
  readonly mail: LogonRow | null
}

/** Refusals at a logon form, which names no account. */
export type AtForm = {
  readonly client: string
  readonly times: number
  readonly first: number
  readonly last: number
  readonly row: LogonRow
}

type Input = {
  readonly logons: Logons
  readonly devices: Devices
  readonly identities: Pick<Identities, 'accountOf'>
  readonly knownOrigins: KnownOrigins
  /** Which programs opened mailboxes from where. */
  readonly mail?: Pick<MailUse, 'uses'>
  /** Addresses that hide clients. */
  readonly proxies: ReadonlySet<string>
  readonly forms: readonly AtForm[]
  /** As `KnownOrigins` has it. */
  readonly explainsFrom?: number | null
}

/** Does the guessing show that the server was targeted? Three accounts or more, and nothing explains it. */
export function isManyAccounts({ accounts, kind, times, known }: Guessing): boolean {
  return known === null && (accounts.size >= 3 || (kind === 'form' && times >= FORM_OF_THREE))
}

export function guessingIn(input: Input): {
  readonly guessed: readonly Guessing[]
  readonly successes: readonly Success[]
} {
  const of = (user: string): string => input.identities.accountOf(user)
  const served = new ServedIndex(input.logons, of, input.explainsFrom ?? null)
  const all = input.logons.refused().filter((one) => !isAmongSuccesses(one, served, of))
  const refused = all.filter((one) => !isAtHome(one, served, of))
  const isHidden = ({ client, first }: Pick<Refused, 'client' | 'first'>): boolean =>
    client === '' || isHiddenAt(input.proxies, client, first)
  const visible = refused.filter((one) => !isHidden(one))
  const why: Why = (client, own) => {
    const first = firstOf(own)
    const witness = served.witness(
      own.flatMap(({ row }) => row ?? []),
      [client],
    )
    return input.knownOrigins.before(client, first, witness) ?? input.knownOrigins.onOtherDays(client, first, witness)
  }
  const byAddress = [...Map.groupBy(visible, ({ client }) => client)].flatMap(([client, own]) =>
    atAddress(client, own, served, of, why),
  )
  const found = new Set(byAddress.flatMap(({ clients }) => [...clients]))
  const rest = visible.filter(({ client }) => !found.has(client))
  const networks = inNetworks(rest, of, why)
  const inNetwork = new Set(networks.flatMap(({ clients }) => [...clients]))
  const alone = rest.filter(({ client }) => !inNetwork.has(client))
  const forms = input.forms
    .filter((form) => form.times >= GUESSING.form && !isHidden(form) && !found.has(form.client))
    .map((form): Guessing => formOf(form, why))
  const guessed = [
    ...byAddress,
    ...networks,
    ...byTool(alone, all, served, of),
    ...hiddenIn(refused.filter(isHidden), of),
    ...byDevice(input.devices.refused(), of),
    ...byNewDevices(input.devices, of, why, isHidden),
    ...forms,
  ]
  return { guessed, successes: guessed.flatMap((one) => successesOf(one, served, input, of)) }
}

/** Why accounts of the organization log on from an address, though these were refused there. */
type Why = (client: string, refused: readonly RefusedThere[]) => string | null
type RefusedThere = Pick<Refused, 'first'> & Partial<Pick<Refused, 'row'>>

/**
 * Handshakes, which are served within a minute each time, and refusals of an account that was served there on that day soon after the
 * first of them and until the last: who guesses a password is not served before.
 */
function isAmongSuccesses(one: Refused, served: ServedIndex, of: (user: string) => string): boolean {
  const { user, client, day, first, last, row } = one
  if (client === '') return false
  const own = served.told(served.of(of(user), client), served.witness([row], [client]), served.since(first))
  return own.some((each) => {
    if (each.day !== day || each.last < last - MINUTE) return false
    return each.first <= first + MINUTE || each.first - first < last - each.first
  })
}

/** Was the account served there on days that lead to the refusal? */
function isAtHome({ user, client, first, row }: Refused, served: ServedIndex, of: (user: string) => string): boolean {
  return client !== '' && served.isHome(of(user), client, first, served.witness([row], [client]))
}

/** A few attempts of a person who was served there soon before or after. */
function isMistake(
  { user, client, day, first, last, rows, row }: Refused,
  served: ServedIndex,
  of: (user: string) => string,
): boolean {
  const near = onDay(served.of(of(user), client), day, row.isOfTable === true)
  return (
    rows <= MISTAKE.rows &&
    near.some((each) => each.first <= last + MISTAKE.within && each.last >= first - MISTAKE.within)
  )
}

/** Guessing seldom succeeds; where many accounts are served soon after, users mistyped. */
function withoutMistakes(
  all: readonly Refused[],
  served: ServedIndex,
  of: (user: string) => string,
): readonly Refused[] {
  const others = all.filter((one) => !isMistake(one, served, of))
  return all.length - others.length > all.length / 3 ? others : all
}

function onDay(served: readonly ServedAccount[], day: number, byTables: boolean): readonly ServedDay[] {
  return served.flatMap(({ days }) =>
    days.filter((each) => each.day === day && ((byTables && each.isOfTable) || !each.isBeside)),
  )
}

/** Refusals at one address: of ten accounts, or of one account fifty times. */
function atAddress(
  client: string,
  all: readonly Refused[],
  served: ServedIndex,
  of: (user: string) => string,
  why: Why,
): Guessing[] {
  const own = withoutMistakes(all, served, of)
  const accounts = new Set(own.map(({ user }) => of(user)))
  // A machine inside that asks for one account alone is that account's own, as a device is.
  if (accounts.size === 1 && isPrivate(client)) return []
  const often = [...Map.groupBy(own, ({ user, day }) => `${of(user)}\0${day}`).values()].filter(
    (same) => sumOf(same) >= GUESSING.times,
  )
  const isMany = accounts.size >= GUESSING.accounts
  if (!isMany && often.length === 0) return []
  const counting = isMany ? own : often.flat()
  return [made('address', client, counting, of, why(client, counting), !isMany)]
}

function sumOf(refused: readonly Refused[]): number {
  return refused.reduce((sum, { rows }) => sum + rows, 0)
}

function firstOf(refused: readonly { readonly first: number }[]): number {
  return leastOf(
    refused.map(({ first }) => first),
    0,
  )
}

const ROWS = 20

function made(
  kind: OriginKind,
  origin: string,
  own: readonly Refused[],
  of: (user: string) => string,
  known: string | null,
  isOfOne: boolean,
): Guessing {
  const inTime = [...own].sort((a, b) => a.first - b.first || (a.user < b.user ? -1 : 1))
  return {
    kind,
    origin,
    clients: new Set(own.map(({ client }) => client)),
    accounts: new Set(own.map(({ user }) => of(user))),
    times: sumOf(own),
    first: firstOf(own),
    last: greatestOf(
      own.map(({ last }) => last),
      0,
    ),
    rows: inTime.slice(0, ROWS).map(({ row, user, client }) => ({ ...row, user, client })),
    known,
    isOfOne,
  }
}

/** Ten accounts from several addresses of one network outside, which do so by themselves nowhere. */
function inNetworks(refused: readonly Refused[], of: (user: string) => string, why: Why): Guessing[] {
  const outside = refused.filter(({ client }) => isOutside(client))
  return [...Map.groupBy(outside, ({ client }) => networkOf(client))].flatMap(([network, own]) => {
    const clients = new Set(own.map(({ client }) => client))
    const accounts = new Set(own.map(({ user }) => of(user)))
    if (accounts.size < GUESSING.accounts || clients.size < 2) return []
    const known = [...clients].flatMap((client) => why(client, own) ?? [])[0] ?? null
    return [made('network', network, own, of, known, false)]
  })
}

/**
 * Ten accounts from many addresses with one program, or by one protocol, on a day that is far above the others; `all`: with the refusals
 * of accounts that are at home at an address.
 */
function byTool(
  refused: readonly Refused[],
  all: readonly Refused[],
  served: ServedIndex,
  of: (user: string) => string,
): Guessing[] {
  const toolOf = ({ protocol, agent }: Refused): string => (protocol === 'web' ? agent : protocol)
  const allByTool = Map.groupBy(all, toolOf)
  const guessed: Guessing[] = []
  for (const [tool, own] of Map.groupBy(refused, toolOf)) {
    if (tool === '' || own.length < GUESSING.accounts) continue
    const ofTool = allByTool.get(tool)!
    const [allDays, allSums] = [Map.groupBy(ofTool, (one) => one.day), sumsByDay(ofTool)]
    const days = [...Map.groupBy(own, (one) => one.day)].flatMap(([day, some]) => {
      const ofDay = withoutMistakes(some, served, of)
      const clients = new Set(ofDay.map(({ client }) => client))
      const accounts = new Set(ofDay.map(({ user }) => of(user)))
      if (clients.size < ADDRESSES || accounts.size < GUESSING.accounts) return []
      return [{ day, ofDay, times: sumOf(ofDay), accounts: accounts.size }]
    })
    const begun = leastOf(
      days.map(({ day }) => day),
      Infinity,
    )
    const lasting = lastingDays(days, served.daysBefore(begun))
    const sums = sumsByDay(own.filter((one) => served.isAnyBefore(one.day) && !lasting.has(one.day)))
    for (const { day, ofDay } of days) {
      // On the first days of the logs no account is at home yet, so that all refusals are compared.
      const isFirst = !served.isAnyBefore(day)
      const here = sumOf(isFirst ? allDays.get(day)! : ofDay)
      if (here < FAR_ABOVE * onOtherDays(isFirst ? allSums : sums, day)) continue
      guessed.push(made(ofDay[0]!.protocol === 'web' ? 'tool' : 'protocol', tool, ofDay, of, null, false))
    }
  }
  return guessed
}

/** Refusals by day: those that only logs beside the series of the server have make no day ordinary. */
function sumsByDay(refused: readonly Refused[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const { day, rows, isBeside } of refused) sums.set(day, (sums.get(day) ?? 0) + (isBeside ? 0 : rows))
  return sums
}

/** Refusals a day on the days around this one, and not on those of long before. */
function onOtherDays(sums: ReadonlyMap<number, number>, day: number): number {
  const around = [...sums].filter(([one]) => isJustBeforeOrSince(one, day))
  const days = around.map(([one]) => one)
  const span = Math.max(1, greatestOf(days, 0) - leastOf(days, 0))
  return around.reduce((sum, [one, rows]) => (one === day ? sum : sum + rows), 0) / span
}

/** Where clients are hidden, only the fifty of one account count. */
function hiddenIn(refused: readonly Refused[], of: (user: string) => string): Guessing[] {
  return [...Map.groupBy(refused, ({ user, day, protocol }) => `${of(user)}\0${day}\0${protocol}`).values()].flatMap(
    (own) => (sumOf(own) < GUESSING.times ? [] : [made('hidden', '', own, of, null, true)]),
  )
}

/** A device that was refused for ten accounts. What only one account uses is its telephone, with an old password. */
function byDevice(refused: readonly DeviceUse[], of: (user: string) => string): Guessing[] {
  return [...Map.groupBy(refused, ({ device }) => device)].flatMap(([device, own]): Guessing[] => {
    const accounts = new Set(own.map(({ mailbox }) => of(mailbox)))
    if (accounts.size < GUESSING.accounts) return []
    return [ofDevices('device', device, own, accounts, null)]
  })
}

/**
 * Ten accounts refused at devices of their own, which were never served, from one unused network outside: a tool that
 * names another device each time. Telephones of the organization with old passwords were served before or after.
 */
function byNewDevices(
  devices: Devices,
  of: (user: string) => string,
  why: Why,
  isHidden: (one: Pick<Refused, 'client' | 'first'>) => boolean,
): Guessing[] {
  const served = new Set(devices.uses().map(({ device }) => device))
  const unknown = devices.refused().filter((use) => !served.has(use.device) && isOutside(use.client) && !isHidden(use))
  return [...Map.groupBy(unknown, ({ client }) => networkOf(client))].flatMap(([network, own]): Guessing[] => {
    const accounts = new Set(own.map(({ mailbox }) => of(mailbox)))
    const isOneEach = new Set(own.map(({ device }) => device)).size >= accounts.size
    if (accounts.size < GUESSING.accounts || !isOneEach) return []
    const clients = new Set(own.map(({ client }) => client))
    const known = [...clients].flatMap((client) => why(client, own) ?? [])[0] ?? null
    return [ofDevices('network', network, own, accounts, known)]
  })
}

function ofDevices(
  kind: OriginKind,
  origin: string,
  own: readonly DeviceUse[],
  accounts: ReadonlySet<string>,
  known: string | null,
): Guessing {
  const inTime = [...own].sort((a, b) => a.first - b.first)
  return {
    kind,
    origin,
    clients: new Set(own.map(({ client }) => client)),
    accounts,
    times: own.reduce((sum, { rows }) => sum + greatestOf(rows, 0), 0),
    first: firstOf(own),
    last: greatestOf(
      own.map(({ last }) => last),
      0,
    ),
    rows: inTime.slice(0, ROWS).map((use) => ({ ...rowOf(use), user: use.mailbox, client: use.client })),
    known,
    isOfOne: false,
  }
}

function rowOf({ at, sha256, first, isProxyLog }: DeviceUse): LogonRow {
  return { at, sha256, time: first, log: isProxyLog ? 'httpproxy-eas' : 'iis-frontend', isOfDevice: true }
}

function formOf({ client, times, first, last, row }: AtForm, why: Why): Guessing {
  return {
    kind: 'form',
    origin: client,
    clients: new Set([client]),
    accounts: new Set(),
    times,
    first,
    last,
    rows: [{ ...row, user: '', client }],
    known: why(client, [{ first }]),
    isOfOne: true,
  }
}

/** Who was served by it: at the device, at the addresses, or the accounts elsewhere. */
function successesOf(
  guessing: Guessing,
  served: ServedIndex,
  { devices, mail }: Pick<Input, 'devices' | 'mail'>,
  of: (user: string) => string,
): Success[] {
  if (guessing.kind === 'device') return atDevice(guessing, devices)
  if (guessing.kind === 'hidden') return behindProxy(guessing, served)
  const byDevices = guessing.kind === 'network' ? atNewDevices(guessing, devices, of) : []
  // A network is one origin, whichever of its addresses was served.
  const at =
    guessing.kind === 'network'
      ? (served.byNetwork.get(guessing.origin) ?? [])
      : [...guessing.clients].flatMap((client) => served.byClient.get(client) ?? [])
  const witness = served.witness(guessing.rows, guessing.clients)
  const arrivals = arrivalsOf(at, guessing, served, devices, of)
  const residents = at.filter((one) => !arrivals.includes(one))
  const act = Math.floor(guessing.first / DAY)
  const isUnused = !served
    .told(residents, witness, served.since(guessing.first))
    .some(({ day, first }) => first < guessing.first && isJustBeforeOrSince(day, act))
  const begun = witness.byTables ? servedBefore(residents, guessing, served) : null
  const since = residents.flatMap((one) =>
    begun?.has(accountKey(one)) ? [] : (sinceThen(one, guessing, served, witness) ?? []),
  )
  const strangers = eachOnce([...since, ...arrivals.map((one) => ({ one, row: one.row, mail: one.mail }))])
  // Many accounts at a new origin: every account served there counts. One account: only that one. A form: every account.
  const isOwn = (user: string): boolean => guessing.accounts.has(of(user)) || guessing.kind === 'form'
  const isByMany =
    guessing.accounts.size >= GUESSING.accounts && guessing.kind !== 'tool' && guessing.kind !== 'protocol'
  const counting = strangers.filter(({ one }) => isOwn(one.user) || (isByMany && isUnused))
  // That many accounts were served there explains the refusals: what logs beside the series or one front-end log alone has does not.
  const explaining = counting.filter(({ one }) => served.told([one], witness, -Infinity).length > 0)
  const opened = new Set(explaining.map(({ one }) => of(one.user))).size
  const isOutsider = [...guessing.clients].every(isOutside)
  const isFew = opened <= guessing.accounts.size / 3
  const grade = isByMany && isOutsider && isUnused && isFew && arrivals.length === 0 ? 'decisive' : 'strong'
  const here = counting.map(
    ({ one, row, mail }): Success => ({ guessing, grade, user: one.user, client: one.client, row, mail }),
  )
  const known = new Set([...here, ...byDevices].map(({ user }) => of(user)))
  return [...here, ...byDevices, ...elsewhere(guessing, served, of, known, usersOfTool(guessing, mail, of))]
}

/**
 * Accounts that are used from elsewhere and came to the outside address in the day before ten accounts were guessed there: the
 * intruder had their passwords before the guessing, and their use explains nothing. Where more than one of ten came, people moved.
 */
function arrivalsOf(
  at: readonly ServedAccount[],
  guessing: Guessing,
  served: ServedIndex,
  devices: Devices,
  of: (user: string) => string,
): readonly ServedAccount[] {
  const all = at.filter((one) => isArrival(one, guessing, served, devices, of))
  return new Set(all.map(({ user }) => of(user))).size <= guessing.accounts.size / GUESSING.accounts ? all : []
}

/** A telephone whose first request came from elsewhere is its owner's. */
function isArrival(
  one: ServedAccount,
  guessing: Guessing,
  served: ServedIndex,
  devices: Devices,
  of: (user: string) => string,
): boolean {
  if (one.days.length === 0 || guessing.accounts.size < GUESSING.accounts || !isOutside(one.client)) return false
  if (one.first >= guessing.first || one.first < guessing.first - DAY) return false
  const account = of(one.user)
  const isElsewhere = (served.byAccount.get(account) ?? []).some(
    ({ client, first }) => networkOf(client) !== networkOf(one.client) && first < one.first - DAY,
  )
  if (!isElsewhere) return false
  // Only the place of the first request of a device is known: an account with devices counts where one of them came first there.
  const own = devices.uses().filter(({ mailbox }) => of(mailbox) === account)
  return own.length === 0 || own.some(({ client, first }) => client === one.client && first >= guessing.first - DAY)
}

/** Where tables alone have the guessing: who was served before it, by any part that explains. */
function servedBefore(
  residents: readonly ServedAccount[],
  { first }: Guessing,
  served: ServedIndex,
): ReadonlySet<string> {
  const act = Math.floor(first / DAY)
  return new Set(
    residents.flatMap((one) => {
      const days = served.told([one], { byTables: true, byMail: true }, served.since(first))
      return days.some((day) => day.first < first && isJustBeforeOrSince(day.day, act)) ? [accountKey(one)] : []
    }),
  )
}

/** Of the parts of an account, the first. */
function eachOnce<Of extends { readonly one: ServedAccount }>(all: readonly Of[]): readonly Of[] {
  return [...Map.groupBy(all, ({ one }) => accountKey(one)).values()].map(([first]) => first!)
}

/** The first row after the guessing began; null where the account was served there before. */
function sinceThen(
  one: ServedAccount,
  { first }: Guessing,
  served: ServedIndex,
  witness: Witness,
): { readonly one: ServedAccount; readonly row: LogonRow; readonly mail: LogonRow | null } | null {
  if (one.last < first) return null
  const act = Math.floor(first / DAY)
  const since = served.since(first)
  const days = one.days.filter(
    (each) =>
      each.last >= since &&
      isJustBeforeOrSince(each.day, act) &&
      (each.last >= first || !served.isOfMailAlone(each, witness)),
  )
  const [begun = one.days[0]!] = days
  if (begun.first < first) return null
  return days.length === one.days.length
    ? { one, row: one.row, mail: one.mail }
    : { one, row: begun.row, mail: days.flatMap(({ mail }) => mail ?? [])[0] ?? null }
}

function atDevice(guessing: Guessing, devices: Devices): Success[] {
  const own = devices.uses().filter(({ device, last }) => device === guessing.origin && last >= guessing.first)
  // A device that was served for an account on days before is its owner's.
  return own
    .filter(({ first }) => Math.floor(first / DAY) >= Math.floor(guessing.first / DAY))
    .map((use): Success => {
      const row = rowOf(use)
      return {
        guessing,
        grade: 'decisive',
        user: use.mailbox,
        client: use.client,
        row,
        mail: use.content > 0 ? row : null,
      }
    })
}

/** Guessed accounts whose mailbox a device asked for that was first served in the network of the guessing, within a day of it. */
function atNewDevices(guessing: Guessing, devices: Devices, of: (user: string) => string): Success[] {
  const own = devices
    .uses()
    .filter(
      ({ client, first, mailbox }) =>
        networkOf(client) === guessing.origin &&
        first >= guessing.first &&
        first <= guessing.last + DAY &&
        guessing.accounts.has(of(mailbox)),
    )
  const isFew = new Set(own.map(({ mailbox }) => of(mailbox))).size <= guessing.accounts.size / 3
  return own.map((use): Success => {
    const row = rowOf(use)
    const grade = isFew && guessing.known === null ? 'decisive' : 'strong'
    return { guessing, grade, user: use.mailbox, client: use.client, row, mail: use.content > 0 ? row : null }
  })
}

/** No address is usable: the account itself, after the last refusal and within the day. */
function behindProxy(guessing: Guessing, served: ServedIndex): Success[] {
  const [account] = [...guessing.accounts] as [string]
  const own = (served.byAccount.get(account) ?? []).filter(({ client }) => guessing.clients.has(client))
  return own
    .filter(({ first }) => first >= guessing.last && first <= guessing.last + DAY)
    .map(({ user, client, row, mail }): Success => ({ guessing, grade: 'strong', user, client, row, mail }))
}

/**
 * Accounts with the addresses from which mail was opened with the program that guessed: it is the origin, whatever its addresses are. None
 * where the program opened mail on days before, as a program of the organization does.
 */
function usersOfTool(
  { kind, origin, first }: Guessing,
  mail: Input['mail'],
  of: (user: string) => string,
): ReadonlySet<string> {
  const found = new Set<string>()
  if (kind !== 'tool' || mail === undefined) return found
  const [tool, begun] = [plainAgent(origin), Math.floor(first / DAY)]
  for (const { mailbox, client, agent, actor, day } of mail.uses()) {
    if (plainAgent(agent) !== tool) continue
    if (day < begun) return new Set()
    found.add(`${of(actor ?? mailbox)}\0${client}`)
  }
  return found
}

/** IIS writes blanks as `+`. */
function plainAgent(agent: string): string {
  return agent.replaceAll('+', ' ').toLowerCase()
}

/** Of guessed accounts a first logon from a network of its own, within a day of it. */
function elsewhere(
  guessing: Guessing,
  served: ServedIndex,
  of: (user: string) => string,
  opened: ReadonlySet<string>,
  byTool: ReadonlySet<string>,
): Success[] {
  if (guessing.known !== null) return []
  return [...guessing.accounts].flatMap((account): Success[] => {
    if (opened.has(account)) return []
    const act = Math.floor(guessing.first / DAY)
    const isUsed = ({ client }: ServedAccount, first: number): boolean =>
      (served.byNetwork.get(networkOf(client)) ?? []).some((other) =>
        other.days.some(
          (day) =>
            !day.isBeside &&
            isJustBeforeOrSince(day.day, act) &&
            (day.first < first - DAY || of(other.user) !== account),
        ),
      )
    const all = (served.byAccount.get(account) ?? []).flatMap((one): Success[] => {
      if (one.last < guessing.first || guessing.clients.has(one.client) || !isOutside(one.client)) return []
      const days = one.days.filter(({ day }) => isJustBeforeOrSince(day, act))
      const [begun] = days
      if (begun === undefined) return []
      if (begun.first < guessing.first || begun.first > guessing.last + DAY || isUsed(one, begun.first)) return []
      const mail = days.flatMap((day) => day.mail ?? [])[0] ?? null
      const grade = byTool.has(`${account}\0${one.client}`) ? 'strong' : 'weak'
      return [{ guessing, grade, user: one.user, client: one.client, row: begun.row, mail }]
    })
    return all.slice(0, 1)
  })
}
