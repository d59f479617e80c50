import { counted } from '../lib/amounts.ts'
import type { TenantPlaces } from '../activity/tenant-places.ts'
import { networkOf } from '../lib/ip.ts'
import { type CloudCell, type CountedSignIn, isPersonOfTenant } from '../activity/cloud-audit.ts'
import { addTo, addToSet, firstReached } from '../lib/collections.ts'
import { fieldText } from '../model/event.ts'
import { applicationIdsIn } from './applications.ts'
import type { FindingWithHits } from './findings.ts'
import { mailEvent } from './mail-fields.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'
import { DAY, HOUR } from '../lib/time.ts'
import { endsAccess } from '../model/sign-ins.ts'

// Mail that applications and compromised accounts read, and whose.

/** Fewest mailboxes of others that are a sign, and fewest days that show a habit. */
const [MAILBOXES, HABIT] = [3, 3]
const MOST = 50
const WEEK = 7 * DAY

const isReading = ({ act }: CloudCell): boolean => act === 'bind' || act === 'sync'

/** By application the accounts (in lower case) that let it in or gave it a secret: they may be in the same hands. */
export function grantersOf(found: readonly FindingWithHits[]): ReadonlyMap<string, ReadonlySet<string>> {
  const granters = new Map<string, Set<string>>()
  for (const { finding, hits } of found) {
    if (finding.sign.subject !== 'application' || finding.stage !== 'persistence') continue
    for (const { event } of hits)
      if (event.user !== null)
        for (const app of applicationIdsIn(event)) addToSet(granters, app, event.user.toLowerCase())
  }
  return granters
}

/** Mailboxes that others than their owners opened from networks that are new, where that is no habit. */
export function reachOfOthers(
  { cloud, places }: TenantActivity,
  granters: ReadonlyMap<string, ReadonlySet<string>>,
): ComputedFinding[] {
  const groups = new Map<string, CloudCell[]>()
  const from = new Map<string, Map<string, CloudCell>>()
  for (const cell of cloud.cells()) {
    if (cell.by === null || !isReading(cell) || !places.isOutside(cell.client)) continue
    // For a user a service opens mail from its own address, which says nothing of the user.
    if (cell.graph === 'graph-service' && isPersonOfTenant(cell.by)) continue
    const network = networkOf(cell.client)
    addTo(groups, `${actorOf(cell)}\0${network}`, cell)
    const key = `${actorOf(cell)}\0${cell.mailbox}`
    const own = from.get(key) ?? new Map<string, CloudCell>()
    from.set(key, own)
    if (cell.first < (own.get(network)?.first ?? Infinity)) own.set(network, cell)
  }
  // What an account opened from its other places before is its work; an attacker has more than one network, too, and programs of the owner
  // open by themselves what a right adds.
  const isUsual = (cell: CloudCell): boolean =>
    isPersonOfTenant(cell.by!) &&
    [...from.get(`${actorOf(cell)}\0${cell.mailbox}`)!].some(
      ([network, { by, client, first }]) =>
        network !== networkOf(cell.client!) &&
        (first < cell.first - DAY || (first < cell.first && !places.isNew(by!, client!, first))),
    )
  return [...groups].flatMap(([key, all]): ComputedFinding[] => {
    const cells = all.filter((cell) => !isUsual(cell))
    if (cells.length === 0) return []
    const first = cells.reduce((a, b) => (b.first < a.first ? b : a))
    const isPerson = isPersonOfTenant(first.by!)
    const boxes = new Set(cells.map(({ mailbox }) => mailbox))
    if (
      isPerson
        ? // An account without a history is a lead only in a network that is new for the organization.
          !places.isNew(first.by!, first.client!, first.first) &&
          !(
            boxes.size < MAILBOXES &&
            places.isWithoutHistory(first.by!, first.first) &&
            places.isUnused(first.client!, first.first)
          )
        : boxes.size < MAILBOXES || !places.isUnused(first.client!, first.first, granters.get(first.app ?? ''))
    )
      return []
    const days = new Set(cells.map((cell) => Math.floor(cell.first / DAY)))
    if (!isPerson && first.graph !== null && cloud.isAtWork(first.app)) return []
    // What an application does on three days, already as the logs begin, is its work.
    if (!isPerson && days.size >= HABIT && places.isOwn(first.by!, first.client!, first.first)) return []
    return [
      {
        by: !isPerson ? 'reach-of-application' : boxes.size < MAILBOXES ? 'reach-of-account-few' : 'reach-of-account',
        key,
        says: `${boxes.size} ${boxes.size === 1 ? 'mailbox' : 'mailboxes'} of others opened from ${networkOf(first.client!)}`,
        rows: cells.reduce((sum, { rows }) => sum + rows, 0),
        events: oneOfEach(cells).slice(0, MOST).map(mailEvent),
      },
    ]
  })
}

/**
 * Mail of several mailboxes that applications without a user sent through Microsoft Graph from networks that are new, where they did nothing with mail on the
 * day with which that log begins.
 */
export function sendingOfApplications(
  { cloud, places, facts }: TenantActivity,
  granters: ReadonlyMap<string, ReadonlySet<string>>,
): ComputedFinding[] {
  const groups = new Map<string, CloudCell[]>()
  for (const cell of cloud.cells()) {
    const { act, app, by, client, graph, first } = cell
    if (act !== 'send' || graph === null || app === null || by === null || isPersonOfTenant(by)) continue
    if (places.isOutside(client) && places.isUnused(client, first, granters.get(app)))
      addTo(groups, `sending-of-application\0${app}\0${networkOf(client)}`, cell)
  }
  return [...groups].flatMap(([key, cells]): ComputedFinding[] => {
    const { app } = cells[0]!
    if (cloud.isAtWork(app) || facts.applications.get(app!) === 'mail-client') return []
    const boxes = new Set(cells.map(({ mailbox }) => mailbox))
    if (boxes.size < MAILBOXES) return []
    return [
      {
        by: 'sending-of-application',
        key,
        says: `application ${app} sent mail of ${counted(boxes.size, 'mailbox', 'mailboxes')} from ${networkOf(cells[0]!.client!)}`,
        rows: cells.reduce((sum, { rows }) => sum + rows, 0),
        events: oneOfEach(cells).slice(0, MOST).map(mailEvent),
      },
    ]
  })
}

function actorOf({ by, app }: CloudCell): string {
  return isPersonOfTenant(by!) ? by!.toLowerCase() : (app ?? by!.toLowerCase())
}

/** The first of each mailbox, so that all are named. */
function oneOfEach(cells: readonly CloudCell[]): CloudCell[] {
  return [...Map.groupBy(cells, ({ mailbox }) => mailbox).values()].map(([cell]) => cell!)
}

type Mark = { readonly since: number; readonly what: string }

/** Addresses, their networks, and sessions that have signs against an account, since when. */
class Marks {
  readonly clients = new Map<string, number>()
  readonly #networks = new Map<string, number>()
  readonly #sessions = new Map<string, number>()

  addClient(client: string, time: number): void {
    earliest(this.clients, client, time)
    earliest(this.#networks, networkOf(client), time)
  }

  addSession(session: string, time: number): void {
    earliest(this.#sessions, session, time)
  }

  /**
   * Since when there are signs against what an account does from this address, in this session, and what has them. A session and a network
   * count only where the address is foreign to the account: a stolen session is used by its owner, too.
   */
  of(user: string, client: string, session: string | null, places: TenantPlaces): Mark | null {
    const since = this.clients.get(client)
    if (since !== undefined) return { since, what: client }
    const network = networkOf(client)
    const [ofSession, ofNetwork] = [
      this.#sessions.get(session ?? '') ?? Infinity,
      this.#networks.get(network) ?? Infinity,
    ]
    const around = Math.min(ofSession, ofNetwork)
    if (around === Infinity || !places.isForeign(user, client, around)) return null
    return { since: around, what: ofSession <= ofNetwork ? 'the session' : `the network ${network}` }
  }

  copy(): Marks {
    const copy = new Marks()
    for (const [client, time] of this.clients) copy.addClient(client, time)
    for (const [session, time] of this.#sessions) copy.addSession(session, time)
    return copy
  }
}

function earliest(times: Map<string, number>, key: string, time: number): void {
  times.set(key, Math.min(time, times.get(key) ?? Infinity))
}

/**
 * Mail that compromised accounts opened or sent in the sessions and from the addresses that have signs against them, until their
 * password or their sessions were reset. What they did from their own places stays their owners'.
 */
export function mailOfAccounts(
  { cloud, places }: TenantActivity,
  marks: AccountMarks,
  resets: readonly Reset[],
): ComputedFinding[] {
  if (marks.size === 0) return []
  // Since when each account was its owner's again.
  const ends = timesOf(resets.filter((one) => !isOfIntruder(one, marks)))
  const groups = new Map<string, { readonly cell: CloudCell; readonly mark: Mark }[]>()
  for (const cell of cloud.cells()) {
    const user = (cell.by ?? cell.mailbox).toLowerCase()
    const own = marks.get(user)
    if (own === undefined || cell.act === 'login' || !places.isOutside(cell.client)) continue
    const mark = own.of(user, cell.client, cell.session, places)
    if (mark === null || cell.last < mark.since - HOUR) continue
    if (cell.first > (ends.get(user)?.find((time) => time > mark.since) ?? Infinity)) continue
    addTo(groups, `${user}\0${cell.mailbox}\0${cell.client}\0${cell.act === 'send' ? 'send' : 'read'}`, { cell, mark })
  }
  return [...groups].map(([key, own]) => ({
    by: own[0]!.cell.act === 'send' ? 'mail-sent-by-account' : 'mail-of-account',
    key,
    says: `${own[0]!.mark.what} has signs of a compromise of this account`,
    rows: own.reduce((sum, { cell }) => sum + cell.rows, 0),
    events: own.slice(0, MOST).map(({ cell }) => mailEvent(cell)),
  }))
}

/** The first sign-in of such accounts at such an address or in such a session, within the day before its first sign: how the attacker got in. */
export function signInsOfAccounts({ signIns, places }: TenantActivity, marks: AccountMarks): ComputedFinding[] {
  const first = new Map<string, { readonly one: CountedSignIn; readonly what: string }>()
  for (const one of signIns) {
    const user = one.user.toLowerCase()
    if (one.result !== 'success' || !places.isOutside(one.client)) continue
    const mark = marks.get(user)?.of(user, one.client, one.session, places) ?? null
    if (mark === null || one.first >= mark.since || one.last < mark.since - DAY) continue
    const key = `${user}\0${one.client}`
    if (one.first < (first.get(key)?.one.first ?? Infinity)) first.set(key, { one, what: mark.what })
  }
  return [...first].map(([key, { one, what }]) => ({
    by: 'sign-in-of-account',
    key,
    says: `${what} has signs of a compromise of this account soon after`,
    rows: one.rows,
    events: [signInEvent(one)],
  }))
}

type AccountMarks = ReadonlyMap<string, Marks>

/** Of each account the addresses and sessions with signs against it, and since when. */
export function accountMarks({ places }: TenantActivity, signs: readonly FindingWithHits[]): AccountMarks {
  const marks = new Map<string, Marks>()
  for (const { hits } of signs)
    for (const { event } of hits) {
      const { user, client, session, time } = event
      if (user === null || time === null) continue
      const own = marks.get(user.toLowerCase()) ?? new Marks()
      marks.set(user.toLowerCase(), own)
      if (places.isOutside(client) && !places.isOwn(user, client, time)) own.addClient(client, time)
      if (session !== null && session.length >= 8) own.addSession(session, time)
    }
  return marks
}

/** A password that was reset, or sessions that were ended: of which account, and by whom from where. */
export type Reset = {
  readonly account: string
  readonly by: string | null
  readonly client: string | null
  readonly time: number
}

export function resetsOf(found: readonly FindingWithHits[]): readonly Reset[] {
  return found.flatMap(({ hits }) =>
    hits.flatMap(({ event }): Reset[] => {
      const { user, client, time } = event
      if (time === null || !endsAccess.test(fieldText(event, 'Operation') ?? '')) return []
      const names = [fieldText(event, 'ObjectId'), fieldText(event, 'TargetName'), event.target]
      const accounts = new Set(names.flatMap((name) => (name?.includes('@') ? [name.toLowerCase()] : [])))
      return [...accounts].map((account) => ({ account, by: user?.toLowerCase() ?? null, client, time }))
    }),
  )
}

/**
 * Did an account with signs against it do it for another one, from a place that has these signs? Then it ends no access, and gives it. Most
 * records of the directory name no address: then on the day of the signs.
 */
function isOfIntruder({ account, by, client, time }: Reset, marks: AccountMarks): boolean {
  if (by === null || by === account) return false
  const own = marks.get(by)?.clients ?? new Map<string, number>()
  if (client === null) return [...own.values()].some((since) => time >= since - HOUR && time < since + DAY)
  const since = own.get(client)
  return since !== undefined && time >= since - HOUR
}

/** Sign-ins of accounts whose password an attacker reset: within the week after, from where such an account never was before. */
export function signInsAfterResets(
  { signIns, places }: TenantActivity,
  marks: AccountMarks,
  resets: readonly Reset[],
): readonly CountedSignIn[] {
  const taken = timesOf(resets.filter((one) => isOfIntruder(one, marks)))
  if (taken.size === 0) return []
  return signIns.filter(({ user, client, result, first }) => {
    const times = taken.get(user.toLowerCase()) ?? []
    const before = times[firstReached(times.length, (i) => times[i]! > first) - 1] ?? -Infinity
    return result === 'success' && first < before + WEEK && places.isForeign(user, client, first)
  })
}

/** The same as findings, one of each account and network. */
export function resetAccounts(signIns: readonly CountedSignIn[]): ComputedFinding[] {
  return [...Map.groupBy(signIns, ({ user, client }) => `${user.toLowerCase()}\0${networkOf(client)}`)].map(
    ([key, own]) => ({
      by: 'sign-in-after-reset',
      key,
      says: 'the password of the account was reset before by an account with signs of a compromise',
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      events: own.slice(0, MOST).map((one) => signInEvent(one)),
    }),
  )
}

/** The marks, and these sign-ins as signs against their accounts. */
export function withSignIns(marks: AccountMarks, signIns: readonly CountedSignIn[]): AccountMarks {
  if (signIns.length === 0) return marks
  const all = new Map([...marks].map(([name, own]) => [name, own.copy()]))
  for (const { user, client, first } of signIns) {
    const name = user.toLowerCase()
    const own = all.get(name) ?? new Marks()
    all.set(name, own)
    own.addClient(client, first)
  }
  return all
}

/** Of each account in order. */
function timesOf(resets: readonly Reset[]): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>()
  for (const { account, time } of resets) addTo(times, account, time)
  for (const own of times.values()) own.sort((a, b) => a - b)
  return times
}
