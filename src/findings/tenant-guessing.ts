import { networkOf } from '../lib/ip.ts'
import type { CountedSignIn } from '../activity/cloud-audit.ts'
import { lastingDays } from '../activity/lasting-days.ts'
import { addTo, leastOf } from '../lib/collections.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'
import { HOUR } from '../lib/time.ts'

// Passwords that were guessed at accounts of a tenant, and what came of it.

/** Hours within which a success is near guessing. */
const HOURS = 24
/** Fewest refused accounts of one origin, or refusals of one account, that are guessing. */
const [ACCOUNTS, TRIES] = [10, 50]
/** Fewest guessed accounts that are an attempt by themselves. */
const ATTEMPT = 3
/** Refusals of a tool that others use, too, are guessing on days with this multiple of its other days. */
const ABOVE = 10

type Guessing = {
  readonly kind: 'address' | 'network' | 'device' | 'tool'
  readonly name: string
  readonly refused: readonly CountedSignIn[]
  readonly accounts: ReadonlySet<string>
  readonly from: number
  readonly all: readonly CountedSignIn[]
}

/** Guessing, passwords that were found by it, and sign-ins with them. Each vantage is counted by itself: both record the same. */
export function guessedPasswords(activity: TenantActivity): ComputedFinding[] {
  const found = new Map<string, ComputedFinding>()
  for (const signIns of Map.groupBy(activity.signIns, ({ vantage }) => vantage).values()) {
    const groups = guessingIn(signIns, activity)
    for (const one of [
      ...attempts(groups),
      ...groups.flatMap((group) => successes(group, activity)),
      ...nearby(groups, signIns, activity),
    ])
      if (!found.has(one.key)) found.set(one.key, one)
  }
  const best = [...found.values()]
  // Of grades of the same success the strongest is enough.
  const graded = new Map<string, number>()
  const subjectOf = ({ key }: ComputedFinding): string => key.slice(key.indexOf('\0'))
  for (const one of best)
    graded.set(subjectOf(one), Math.min(GRADES.indexOf(one.by), graded.get(subjectOf(one)) ?? Infinity))
  return best.filter((one) => !GRADES.includes(one.by) || GRADES.indexOf(one.by) === graded.get(subjectOf(one)))
}

const GRADES = ['guessing-then-served', 'guessing-then-success', 'password-found', 'success-near-guessing']

function guessingIn(signIns: readonly CountedSignIn[], { places }: TenantActivity): Guessing[] {
  const usersOf = new Map<string, Set<string>>()
  for (const { device, user } of signIns)
    if (device !== '') usersOf.set(device, (usersOf.get(device) ?? new Set()).add(user))
  const since = firstServed(signIns)
  const days = [...new Set(signIns.map(({ day }) => day))].sort()
  const isOwnersMistake = ({ user, client, first }: CountedSignIn): boolean =>
    (since.get(`${user}\0${client}`) ?? Infinity) < first
  const groups = new Map<string, CountedSignIn[]>()
  for (const one of signIns) for (const origin of originsOf(one)) addTo(groups, origin, one)
  const all = [...groups].flatMap(([key, own]): Guessing[] => {
    const [kind, name] = key.split('\0') as [Guessing['kind'], string]
    const refused = own.filter(
      (one) => one.result === 'refused' && usersOf.get(one.device)?.size !== 1 && !isOwnersMistake(one),
    )
    const [first] = refused
    if (first === undefined) return []
    const served = own.filter(({ result }) => result === 'success')
    const accounts = new Set(refused.map(({ user }) => user))
    if (kind === 'tool' && !isFarAbove(refused, served, days)) return []
    if (kind !== 'tool' && kind !== 'device' && places.isOfOrganization(first.client, first.first)) return []
    if (accounts.size < ACCOUNTS && !isHammered(refused, served)) return []
    return [{ kind, name, refused, accounts, from: first.first, all: own }]
  })
  // An address is more specific than its network, and both are more specific than a tool.
  const addressNetworks = new Set(all.filter(({ kind }) => kind === 'address').map(({ name }) => networkOf(name)))
  return all.filter(({ kind, name }) => kind !== 'network' || !addressNetworks.has(name))
}

function originsOf({ client, device, tool }: CountedSignIn): string[] {
  return [
    `address\0${client}`,
    `network\0${networkOf(client)}`,
    ...(device === '' ? [] : [`device\0${device}`]),
    ...(tool === '' ? [] : [`tool\0${tool}`]),
  ]
}

/** When each account was first served at each address: refusals there after that are mistakes of its owner, or of a program of his. */
function firstServed(signIns: readonly CountedSignIn[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const one of signIns) {
    const key = `${one.user}\0${one.client}`
    if (one.result === 'success') first.set(key, Math.min(one.first, first.get(key) ?? Infinity))
  }
  return first
}

/** One account, so often without a success in between. */
function isHammered(refused: readonly CountedSignIn[], served: readonly CountedSignIn[]): boolean {
  for (const [user, own] of Map.groupBy(refused, (one) => one.user)) {
    const success = served.filter((one) => one.user === user).map(({ first }) => first)
    const until = success.find((time) => time > own[0]!.first) ?? Infinity
    const rows = own.filter(({ first }) => first < until).reduce((sum, one) => sum + one.rows, 0)
    if (rows >= TRIES) return true
  }
  return false
}

/**
 * Far more refusals than on its other days, and accounts served by it are few. Who guesses for days makes none of them ordinary, where
 * there are days before without it. `days`: all that have sign-ins, in order.
 */
function isFarAbove(
  refused: readonly CountedSignIn[],
  served: readonly CountedSignIn[],
  days: readonly string[],
): boolean {
  const rows = new Map<string, number>()
  for (const one of served) rows.set(one.day, rows.get(one.day) ?? 0)
  for (const one of refused) rows.set(one.day, (rows.get(one.day) ?? 0) + one.rows)
  const many = [...Map.groupBy(refused, ({ day }) => day)].flatMap(([day, own]) => {
    const accounts = new Set(own.map(({ user }) => user)).size
    return accounts < ACCOUNTS ? [] : [{ day, times: own.reduce((sum, { rows: n }) => sum + n, 0), accounts }]
  })
  const begun = leastOf(
    many.map(({ day }) => days.indexOf(day)),
    Infinity,
  )
  const lasting = lastingDays(many, begun)
  const sorted = [...rows.values()].sort((a, b) => a - b)
  const others = [...rows]
    .flatMap(([day, sum]) => (lasting.has(day) ? [] : [sum]))
    .sort((a, b) => a - b)
    .slice(0, lasting.size > 0 ? undefined : -1)
  const middle = others[Math.floor(others.length / 2)] ?? 0
  const accounts = new Set(refused.map(({ user }) => user)).size
  return sorted.at(-1)! > ABOVE * middle && new Set(served.map(({ user }) => user)).size * 3 <= accounts
}

function attempts(groups: readonly Guessing[]): ComputedFinding[] {
  const hasPlace = groups.some(({ kind }) => kind !== 'tool')
  return groups
    .filter(({ kind, accounts }) => accounts.size >= ATTEMPT && (kind === 'tool' ? !hasPlace : kind !== 'device'))
    .map(({ name, refused, accounts }) => {
      const rows = refused.reduce((sum, one) => sum + one.rows, 0)
      const most = [...Map.groupBy(refused, ({ client }) => client).values()].sort((a, b) => b.length - a.length)[0]!
      return {
        by: 'password-guessing',
        key: `password-guessing\0${name}`,
        says: `${rows} sign-ins of ${accounts.size} accounts were refused from ${name}`,
        rows,
        events: most.slice(0, 50).map(signInEvent),
      }
    })
}

/** What was served from the origin of the guessing after it began. */
function successes(
  { kind, name, refused, accounts, from, all }: Guessing,
  { places }: TenantActivity,
): ComputedFinding[] {
  const later = all.filter(({ last }) => last >= from)
  const served = new Set(all.flatMap(({ user, result }) => (result === 'success' ? [user] : [])))
  const isDevice = kind === 'device'
  const isPlace = kind === 'address' || kind === 'network'
  const isDecisive =
    accounts.size >= ACCOUNTS &&
    (isDevice || (isPlace && places.isUnused(refused[0]!.client, from) && served.size * 3 <= accounts.size))
  return later.flatMap((one): ComputedFinding[] => {
    const { user, client, result, first } = one
    const isRight = result === 'password-right' || result === 'denied'
    if (result !== 'success' && !isRight) return []
    if (places.isOwn(user, client, first) || places.isOfOrganization(client, first)) return []
    const by = isRight ? 'password-found' : isDecisive ? 'guessing-then-served' : 'guessing-then-success'
    return [
      {
        by,
        key: `${by}\0${user}\0${client}`,
        says: `${accounts.size} accounts were refused from ${kind === 'tool' ? 'the same tool' : name} before`,
        rows: one.rows,
        events: [signInEvent(one)],
      },
    ]
  })
}

/** A success from a new network within a day of guessing at this account from elsewhere. */
function nearby(
  groups: readonly Guessing[],
  signIns: readonly CountedSignIn[],
  { places }: TenantActivity,
): ComputedFinding[] {
  const tried = new Set<string>()
  const from = new Set<string>()
  for (const { refused } of groups)
    for (const { user, first, client } of refused) {
      tried.add(`${user}\0${Math.floor(first / HOUR)}`)
      from.add(networkOf(client))
    }
  return signIns.flatMap((one): ComputedFinding[] => {
    const { user, client, result, first } = one
    if (result !== 'success' || from.has(networkOf(client)) || !places.isOutside(client)) return []
    const hour = Math.floor(first / HOUR)
    const isNear = Array.from({ length: HOURS }, (_, i) => hour - i).some((one) => tried.has(`${user}\0${one}`))
    if (!isNear || !places.isNew(user, client, first)) return []
    const key = `success-near-guessing\0${user}\0${client}`
    return [
      {
        by: 'success-near-guessing',
        key,
        says: 'the account was guessed at from elsewhere within the day before',
        rows: one.rows,
        events: [signInEvent(one)],
      },
    ]
  })
}
