import { firstDayFor, type SinceOf } from './stretches.ts'
import { addToSet, greatestOf, leastOf } from '../lib/collections.ts'
import { canonicalIp, isPrivate, networkOf } from '../lib/ip.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isOfTenant, type LogKind } from '../model/log-kinds.ts'
import type { CloudRun } from './cloud-audit.ts'
import { KnownDevices } from './known-devices.ts'
import type { Devices } from './devices.ts'
import type { Identities } from './identities.ts'
import type { Logons } from './logons.ts'
import type { MailUse } from './mailbox-use.ts'
import { lastingSince } from './near-days.ts'
import { DAY, MINUTE } from '../lib/time.ts'
import type { ServedAccount, ServedDay } from './served-days.ts'

// From where each account was active, on which days: networks, mobile devices, and inside addresses with their tool.

/** An account that is active from elsewhere on at least this many days has a history to compare a new origin with. */
const HISTORY = 5
/** Fewest accounts that make an origin one of the organization's. */
const SHARED = 3

/** Is the origin of an act new for its account? `unknown`: the account has no history to compare with. */
export type Newness = 'new' | 'used' | 'unknown'

type Counted = {
  readonly mail: Pick<MailUse, 'uses' | 'identities'>
  readonly devices: Pick<Devices, 'uses'>
  readonly cloud: Pick<CloudRun, 'acts' | 'cells' | 'signIns'>
  readonly logons?: Pick<Logons, 'explaining' | 'served' | 'daysOfMailAlone'>
}

/** What of a record says when and from where an account was active. */
type Seen = Pick<Event, 'client' | 'time' | 'log' | 'fields'>

export class Origins {
  readonly #identities: Identities
  /** What is counted when something is asked for the first time: most evidence asks for nothing. */
  #uncounted: Counted | null
  /** First day of all logs, and of those of the tenant. */
  readonly #begins: number | null
  #tenantBegins: number | null = null
  readonly #since: SinceOf
  /** Of the records of a tenant: where the logs of a server beside them begin, which shows that nothing was before. */
  readonly #serverBegins: number
  /** Days on which any account was active from an origin, and from any. */
  readonly #daysAt = new Map<string, Set<number>>()
  readonly #allDays = new Set<number>()
  /** Days by account and origin. */
  readonly #days = new Map<string, Map<string, Set<number>>>()
  /** Days of accounts in logs that explain nothing: that they were at work is no explanation of where. */
  readonly #besideDays = new Map<string, Map<string, Set<number>>>()
  /** Days by account and inside address, in logs that name no tool. */
  readonly #inside = new Map<string, Map<string, Set<number>>>()
  /** The first day on which any account was active from an origin. */
  readonly #first = new Map<string, number>()
  /** Days by origin and account of a tenant. */
  readonly #tenantDays = new Map<string, Map<string, Set<number>>>()
  /** Mailboxes that were used from an address, and addresses that used a mailbox. */
  readonly #mailboxesAt = new Map<string, Set<string>>()
  readonly #addressesOf = new Map<string, Set<string>>()
  /** Networks from which an account opened the mailbox of another, each with its first day. */
  readonly #openedFrom = new Map<string, Map<string, number>>()
  /** Accounts of a tenant with a history. */
  readonly #tenantAccounts = new Set<string>()
  #tenantDevices = new KnownDevices([], (account) => account)

  readonly #logons: Counted['logons']
  /** By account. */
  #served: ReadonlyMap<string, readonly ServedAccount[]> | null = null
  /** What explains the records of a tenant: who is at work on a server may have written the logs there. */
  readonly #ofTenant: Origins | null

  /**
   * `since`: before that nothing explains what happened at a time; `ofTenant`: for what a tenant records; `serverFirst`: the first entry
   * (ms) of a server beside the tenant.
   */
  constructor(
    counted: Counted,
    begins: number | null,
    since: SinceOf = () => null,
    ofTenant: Origins | null = null,
    serverFirst: number | null = null,
  ) {
    this.#serverBegins = serverFirst === null ? Infinity : Math.floor(serverFirst / DAY)
    this.#ofTenant = ofTenant
    this.#identities = counted.mail.identities
    this.#logons = counted.logons
    this.#uncounted = counted
    this.#since = since
    this.#begins = begins === null ? null : Math.floor(begins / DAY)
  }

  /** Counts, where it is not done yet. */
  #count(): void {
    if (this.#uncounted === null) return
    const { mail, devices, cloud, logons } = this.#uncounted
    this.#uncounted = null
    for (const { mailbox, client, agent, actor, day } of mail.uses()) {
      this.#see(mailbox, originsAt(client, agent), [day])
      if (actor !== null) {
        this.#see(actor, originsAt(client, agent), [day])
        this.#open(actor, mailbox, client, day)
      }
      this.#place(mailbox, client)
    }
    for (const { mailbox, device, client, rows, first, last } of devices.uses()) {
      this.#see(mailbox, [deviceOrigin(device)], daysBetween(first, last, greatestOf(rows, 0)))
      this.#see(mailbox, originsAt(client, null), [Math.floor(first / DAY)])
    }
    for (const account of logons?.explaining() ?? []) {
      const { user, client, logDays } = account
      // It is at work there itself; that it only reads its mail makes the place no one else's.
      this.#see(user, originsAt(client, null), logDays, logons!.daysOfMailAlone(account))
      this.#seeInside(user, client, logDays)
    }
    for (const { user, client, besideDays } of logons?.served() ?? []) {
      if (besideDays.length === 0) continue
      const account = this.accountOf(user)
      const own = this.#besideDays.get(account) ?? new Map<string, Set<number>>()
      this.#besideDays.set(account, own)
      for (const origin of originsAt(client, null)) for (const day of besideDays) addToSet(own, origin, day)
    }
    for (const { user, client, first, last, rows } of cloud.acts())
      this.#seeInTenant(user, originsAt(client, null), daysBetween(first, last, rows))
    // Where others open a mailbox, its owner is not at work.
    for (const { mailbox, by, client, first, graph } of cloud.cells())
      if (client !== null && graph !== 'graph-service')
        this.#see(by ?? mailbox, originsAt(client, null), [Math.floor(first / DAY)])
    // Asked of the tenant's own records alone.
    if (this.#ofTenant === null) this.#tenantDevices = new KnownDevices(cloud.signIns(), (user) => this.accountOf(user))
    const first = leastOf(
      [...cloud.acts()].map((act) => act.first),
      null,
    )
    if (first !== null) this.#tenantBegins = Math.floor(first / DAY)
  }

  /** The name of an account by which its uses are held together. */
  accountOf(name: string): string {
    return this.#identities.accountOf(name)
  }

  /** One name for all names of an account or a mailbox, in lower case; accounts of two domains have two. */
  personOf(name: string): string {
    return this.#identities.addressOf(name).toLowerCase()
  }

  /** The first day (since 1970) on which any account was active from each network or device; 0 where the logs begin with it. */
  places(): readonly (readonly [origin: string, day: number])[] {
    this.#count()
    const begins = this.#begins ?? -Infinity
    return [...this.#first].map(([origin, day]) => [origin, day <= begins ? 0 : day] as const)
  }

  /**
   * Whether the account was at work from there before, and had not left it: not on the first day of the logs, and from elsewhere on
   * five days. In a tenant a place of the first day is its own where it is there on five days: one early record is soon made.
   */
  newnessOf(account: string, event: Seen): Newness {
    if (this.#ofTenant !== null && isOfTenant(event.log)) return this.#ofTenant.newnessOf(account, event)
    const at = originsOf(event)
    if (at.length === 0 || event.time === null || this.#begins === null) return 'unknown'
    this.#count()
    const own = this.#days.get(this.accountOf(account)) ?? new Map<string, ReadonlySet<number>>()
    const day = Math.floor(event.time / DAY)
    const isOfCloud = isOfTenant(event.log)
    const from = firstDayFor(day, this.#since)
    const begins = Math.max(isOfCloud ? (this.#tenantBegins ?? day) : this.#begins, from)
    const since = (origin: string): number => {
      const used = [...this.#usedAt(origin, account)].filter((one) => one >= from)
      if (isOfCloud)
        return day <= begins || used.filter((one) => one < day).length >= HISTORY ? leastOf(used, day) : day
      return (
        lastingSince(
          used,
          () => [...own].flatMap(([other, days]) => (isSameOrigin(origin, other) ? [] : [...days])),
          day,
        ) ?? day
      )
    }
    const isElsewhere = (origin: string): boolean =>
      since(origin) > begins &&
      !this.#isOfTenant(origin, account, day) &&
      !(isOfCloud && this.#isBroughtTo(origin, account, event))
    const news = at.filter(isElsewhere)
    if (news.length === 0) return 'used'
    const isNew = (origin: string): boolean => news.some((one) => isSameOrigin(one, origin))
    const others = new Set([...own].flatMap(([origin, days]) => (isNew(origin) ? [] : [...days])))
    for (const [origin, days] of this.#besideDays.get(this.accountOf(account)) ?? [])
      if (!isNew(origin)) for (const one of days) others.add(one)
    // Such logs do not say whether the tool at the same address is a new one.
    for (const [address, days] of this.#inside.get(this.accountOf(account)) ?? [])
      if (event.client === null || address !== canonicalIp(event.client)) for (const one of days) others.add(one)
    return others.size >= HISTORY ? 'new' : 'unknown'
  }

  /** Is the origin a network to which the account took a device that it knew? */
  #isBroughtTo(origin: string, account: string, { client, time }: Seen): boolean {
    if (client === null || time === null || origin !== networkOf(client)) return false
    return this.#tenantDevices.isAt(account, client, time)
  }

  /**
   * From where an account worked at a time, where the logs of the front end show it at one address alone then: each cmdlet is run by a
   * session that they have. Null where they show none, or several.
   */
  addressAt(account: string, time: number): string | null {
    this.#served ??= Map.groupBy(this.#logons?.served() ?? [], ({ user }) => this.accountOf(user))
    const on = Math.floor(time / DAY)
    const isAt = ({ day, first, last, isOfTable }: ServedDay): boolean =>
      !isOfTable && day === on && first - AROUND <= time && time <= last + AROUND
    const at = new Set<string>()
    for (const { client, days } of this.#served.get(this.accountOf(account)) ?? []) if (days.some(isAt)) at.add(client)
    return at.size === 1 ? [...at][0]! : null
  }

  /**
   * Was every origin from which the account was active on this day and the one before in use for five days, or since the logs begin
   * before them? For records of a tenant that name no address.
   */
  isAtUsualPlaces(account: string, time: number): boolean {
    if (this.#ofTenant !== null) return this.#ofTenant.isAtUsualPlaces(account, time)
    this.#count()
    const day = Math.floor(time / DAY)
    const near = [...(this.#days.get(this.accountOf(account)) ?? [])].filter(([, days]) =>
      [...days].some((one) => one === day || one === day - 1),
    )
    const from = firstDayFor(day, this.#since)
    const least = Math.max(day - HISTORY, Math.min(Math.max(this.#tenantBegins ?? -Infinity, from), day - 2))
    const isUsual = (origin: string, days: ReadonlySet<number>): boolean =>
      [...days].some((one) => one >= from && one <= least) || this.#isOfTenant(origin, account, day)
    return near.length > 0 && near.every(([origin, days]) => isUsual(origin, days))
  }

  /** Days on which an account was active from an origin; of an inside address without a tool, with any tool. */
  #usedAt(origin: string, account: string): ReadonlySet<number> {
    const name = this.accountOf(account)
    const own = this.#days.get(name)
    if (!origin.endsWith(NO_TOOL)) return own?.get(origin) ?? new Set()
    const withTools = [...(own ?? [])].flatMap(([other, days]) => (isSameOrigin(origin, other) ? [...days] : []))
    return new Set([...withTools, ...(this.#inside.get(name)?.get(origin.slice(0, -NO_TOOL.length)) ?? [])])
  }

  /**
   * Was an account active from the network of this address before that day, or already as the logs begin, and not long before? `log`: in
   * which an act from there is recorded.
   */
  wasUsedBefore(client: string, time: number, log: LogKind | null = null): boolean {
    if (log !== null && this.#ofTenant !== null && isOfTenant(log)) return this.#ofTenant.wasUsedBefore(client, time)
    this.#count()
    const day = Math.floor(time / DAY)
    return originsAt(client, null).some((origin) => {
      const from = firstDayFor(day, this.#since)
      const used = [...(this.#daysAt.get(origin) ?? [])].filter((one) => one >= from && one <= day)
      if (used.length === 0) return false
      const since = lastingSince(used, () => this.#allDays, day) ?? day
      const begins = this.#serverBegins < from ? this.#serverBegins : Math.max(this.#begins ?? -Infinity, from)
      return since < day - 1 || since <= begins
    })
  }

  /** Did the account open this mailbox of another from another network on a day before? */
  wasOpenedElsewhere(account: string, mailbox: string, client: string, time: number): boolean {
    this.#count()
    const from = this.#openedFrom.get(`${this.accountOf(account)}\0${this.accountOf(mailbox)}`) ?? []
    return [...from].some(([network, day]) => network !== networkOf(client) && day < Math.floor(time / DAY))
  }

  /** Does the account open this mailbox from an address where it opens its own, too, other than that of the event? */
  isOpenedFromOwnPlace(account: string, mailbox: string, except: string | null): boolean {
    this.#count()
    const [own, other] = [this.accountOf(account), this.accountOf(mailbox)]
    return [...(this.#addressesOf.get(other) ?? [])].some(
      (client) => client !== except && this.#mailboxesAt.get(client)!.has(own),
    )
  }

  /** Three accounts of the tenant worked from there on earlier days, or half of all accounts on other days: its own exit. */
  #isOfTenant(origin: string, account: string, day: number): boolean {
    const accounts = [...(this.#tenantDays.get(origin) ?? [])].filter(([name]) => name !== this.accountOf(account))
    const from = firstDayFor(day, this.#since)
    const before = accounts.filter(([, days]) => [...days].some((one) => one >= from && one < day))
    const others = accounts.filter(([, days]) => [...days].some((one) => one !== day))
    return before.length >= SHARED || (others.length >= SHARED && others.length * 2 > this.#tenantAccounts.size)
  }

  #seeInTenant(name: string, origins: readonly string[], days: readonly number[]): void {
    this.#see(name, origins, days)
    const account = this.accountOf(name)
    if (days.length >= HISTORY) this.#tenantAccounts.add(account)
    for (const origin of origins) {
      const accounts = this.#tenantDays.get(origin) ?? new Map<string, Set<number>>()
      this.#tenantDays.set(origin, accounts)
      for (const day of days) addToSet(accounts, account, day)
    }
  }

  /** `alone`: of these days those that say nothing of other accounts. */
  #see(name: string, origins: readonly string[], days: readonly number[], alone?: ReadonlySet<number>): void {
    const account = this.accountOf(name)
    const own = this.#days.get(account) ?? new Map<string, Set<number>>()
    this.#days.set(account, own)
    for (const origin of origins)
      for (const day of days) {
        addToSet(own, origin, day)
        if (alone?.has(day)) continue
        if (day < (this.#first.get(origin) ?? Infinity)) this.#first.set(origin, day)
        addToSet(this.#daysAt, origin, day)
        this.#allDays.add(day)
      }
  }

  #seeInside(name: string, client: string, days: readonly number[]): void {
    const address = canonicalIp(client)
    if (address === null || !isPrivate(address)) return
    const account = this.accountOf(name)
    const own = this.#inside.get(account) ?? new Map<string, Set<number>>()
    this.#inside.set(account, own)
    for (const day of days) addToSet(own, address, day)
  }

  #open(actor: string, mailbox: string, client: string, day: number): void {
    const key = `${this.accountOf(actor)}\0${this.accountOf(mailbox)}`
    const from = this.#openedFrom.get(key) ?? new Map<string, number>()
    this.#openedFrom.set(key, from)
    from.set(networkOf(client), Math.min(day, from.get(networkOf(client)) ?? day))
  }

  #place(name: string, client: string): void {
    const mailbox = this.accountOf(name)
    addToSet(this.#mailboxesAt, client, mailbox)
    addToSet(this.#addressesOf, mailbox, client)
  }
}

/** A cmdlet is logged when it ends, and its session may begin and end with it. */
const AROUND = 10 * MINUTE

/** Is the other origin this one? An inside address without a tool is the same with any. */
function isSameOrigin(origin: string, other: string): boolean {
  return other === origin || (origin.endsWith(NO_TOOL) && other.startsWith(origin))
}

/** Where an act came from. */
function originsOf(event: Seen): readonly string[] {
  const device = fieldText(event, 'DeviceId')
  const named = TOOLS.map((name) => fieldText(event, name)).find((text) => text !== null)
  const tool = named ?? (NAMING_TOOLS.test(event.log) ? '' : null)
  return [...(event.client === null ? [] : originsAt(event.client, tool)), ...(device ? [deviceOrigin(device)] : [])]
}

/** After an inside address, where the client named no tool. */
const NO_TOOL = ' '
/** Logs whose rows always have a column for the tool: an empty one shows that the client named none. */
const NAMING_TOOLS = /^(?:httpproxy-|ews$)/
const TOOLS = ['UserAgent', 'ClientSoftware', 'cs-user-agent', 'ClientInfoString']

/** The network of an address on the Internet; inside, the address with its tool. */
function originsAt(client: string, tool: string | null): readonly string[] {
  const ip = canonicalIp(client)
  if (ip === null) return []
  if (isPrivate(ip)) return tool === null ? [] : [`${ip}${NO_TOOL}${/^[^/\s(]*/.exec(tool)![0].toLowerCase()}`]
  return [networkOf(ip)]
}

function deviceOrigin(device: string): string {
  return `device ${device.toLowerCase()}`
}

/** The days of a number of rows whose first and last times alone are known. */
function daysBetween(first: number, last: number, rows: number): readonly number[] {
  const [from, to] = [Math.floor(first / DAY), Math.floor(last / DAY)]
  const days = Math.min(rows, to - from + 1, 2 * HISTORY)
  return days < 2 ? [from] : Array.from({ length: days }, (_, i) => from + Math.round((i * (to - from)) / (days - 1)))
}
