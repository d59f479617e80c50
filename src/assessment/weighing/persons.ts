import type { Origins } from '../../activity/origins.ts'
import { isPerson } from '../../activity/identities.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import { mailboxesIn } from '../../findings/mailbox-names.ts'
import { addTo } from '../../lib/collections.ts'
import { isPrivate } from '../../lib/ip.ts'
import { stageQuestion } from '../../model/answer.ts'
import { type LogKind, vantageOf } from '../../model/log-kinds.ts'
import type { Elsewhere } from '../../model/case-keys.ts'
import type { Event } from '../../model/event.ts'
import { isAtLeastLikely, persons, type SignKind, type Weighed } from '../../model/sign.ts'
import type { ComputedSign, CountedSign } from '../../model/weight.ts'
import { HOUR } from '../../lib/time.ts'

// Signs of persons that no row has by itself: an origin that is new for the account, what is strong beside it, and what an
// account set by the rules and rights that are in its name.

/** Clients of intrusions that no account of the organization used before: since when, and how sure the intrusion is. */
export type HostileClients = ReadonlyMap<string, { readonly since: number; readonly is: 'yes' | 'likely' }>

/** Addresses of things that came to more than a lead, and not of persons: who logs on from there comes from the attacker's place. */
export function hostileClients(
  found: readonly FindingWithHits[],
  of: (finding: number) => Weighed,
  origins: Origins,
): HostileClients {
  const clients = new Map<string, { since: number; is: 'yes' | 'likely'; log: LogKind }>()
  for (const [i, { finding, hits }] of found.entries()) {
    const is = of(i)
    const isThing = !persons.has(finding.sign.subject) && stageQuestion[finding.stage] !== 'targeted'
    if (!isThing || finding.client === null || !isAtLeastLikely(is)) continue
    for (const { event } of hits) {
      if (event.time === null) continue
      const before = clients.get(finding.client)
      clients.set(finding.client, {
        since: Math.min(before?.since ?? Infinity, event.time),
        is: before?.is === 'yes' ? 'yes' : is,
        log: before !== undefined && before.since <= event.time ? before.log : event.log,
      })
    }
  }
  for (const [client, { since, log }] of clients) if (origins.wasUsedBefore(client, since, log)) clients.delete(client)
  return clients
}

/** The same with the clients of intrusions on other servers of the case, which no account of this one used before either. */
export function withElsewhere(own: HostileClients, elsewhere: Elsewhere['hostile'], origins: Origins): HostileClients {
  const clients = new Map(own)
  for (const { by, key, is, first, isThing } of elsewhere) {
    if (by !== 'client' || !isThing || origins.wasUsedBefore(key, first)) continue
    const before = clients.get(key)
    clients.set(key, {
      since: Math.min(before?.since ?? first, first),
      is: before?.is === 'yes' ? 'yes' : is,
    })
  }
  return clients
}

/** What is known of origins, for the signs of persons. */
export type OriginFacts = { readonly origins: Origins; readonly hostile: HostileClients }

/**
 * The signs of a person with those that come from the origin of the acts: a new one alone is a weak sign; beside unexplained
 * reach, a manner, or a change that grants access it makes that one strong, and does not count by itself. The address of a
 * certain intrusion is a strong sign of its own.
 */
export function withOrigin(
  signs: readonly CountedSign[],
  about: readonly FindingWithHits[],
  explained: ReadonlySet<SignKind>,
  facts: OriginFacts,
): readonly CountedSign[] {
  if (explained.has('origin')) return signs
  const from = about.flatMap((f): FromOrigin[] => {
    const isContext = f.finding.stage === 'context' || f.finding.sign.strength === 'context'
    const origin = isContext ? null : originOf(f, facts)
    return origin === null ? [] : [{ f, origin }]
  })
  const sign = (kind: SignKind, strength: 'weak' | 'strong', { f, origin }: FromOrigin): CountedSign => ({
    kind,
    strength,
    finding: f.finding.id,
    computed: seenOf(origin),
  })
  const certain = from.find(({ origin }) => origin === 'intruder')
  const others = signs.filter(({ kind }) => kind !== 'origin')
  if (certain) return [...others, sign('origin', 'strong', certain)]
  const pairs = pairsOf(from, explained, facts)
  if (pairs.size > 0)
    return [
      // What was seen of a session or a device code is another fact than a new network.
      ...signs.filter(({ kind, strength }) => kind === 'origin' && strength !== 'weak'),
      ...others.filter(({ kind, strength }) => !(pairs.has(kind) && strength === 'weak')),
      ...[...pairs].map(([kind, one]) => sign(kind, 'strong', one)),
    ]
  // Three mailboxes or more from a new origin are one sign already, and so is a right that the account gave to itself.
  const isServed =
    about.some(({ used }) => used !== undefined) ||
    others.some(({ kind, strength }) => kind === 'reach' && strength === 'strong')
  const alone = isServed ? undefined : from.find(({ origin }) => origin !== 'beside')
  return alone === undefined || others.length < signs.length ? signs : [...signs, sign('origin', 'weak', alone)]
}

/**
 * Where an act came from, where that says something: from the address of a certain intruder or of a likely one, or from an
 * origin that is new for the account. `beside`: the account has no history, and the network on the Internet, which no account
 * used before, counts only beside reach by impersonation.
 */
type OriginOfAct = 'intruder' | 'likely-intruder' | 'new' | 'beside'
type FromOrigin = { readonly f: FindingWithHits; readonly origin: OriginOfAct }

function originOf({ hits, finding }: FindingWithHits, { origins, hostile }: OriginFacts): OriginOfAct | null {
  let origin: OriginOfAct | null = null
  for (const { event } of hits.slice(0, MOST_HITS)) {
    const { user, time } = event
    const client = clientOf(event, finding, origins)
    if (client === null || time === null) continue
    const intruder = hostile.get(client)
    if (intruder && time >= intruder.since - HOUR) {
      if (intruder.is === 'yes') return 'intruder'
      origin = 'likely-intruder'
    }
    if (origin !== null && origin !== 'beside') continue
    const newness =
      user === null ? 'unknown' : origins.newnessOf(user, event.client === client ? event : { ...event, client })
    const isBeside = newness === 'unknown' && finding.sign.kind === 'reach' && isActedAs(event)
    if (newness === 'new') origin = 'new'
    else if (isBeside && !isPrivate(client) && !origins.wasUsedBefore(client, time, event.log)) origin = 'beside'
  }
  return origin
}

const MOST_HITS = 500

/**
 * The client of an act. Logs of cmdlets name none: copies that leave the organization show nowhere else, so that of such a cmdlet
 * it is that of the only session of its account then. Rights show by their use.
 */
function clientOf(
  { client, user, time, log }: Event,
  { persistence }: FindingWithHits['finding'],
  origins: Origins,
): string | null {
  const isCopied = persistence === 'forwarding' && vantageOf(log) === 'cmdlet'
  if (client !== null || user === null || time === null || !isCopied) return client
  return origins.addressAt(user, time)
}

/** By impersonation, and not in the account's own name. */
function isActedAs({ fields }: Event): boolean {
  return typeof fields.ImpersonatedUser === 'string' && fields.ImpersonatedUser !== ''
}

/** From this number on, mailboxes of others read from a new origin are more than work away from the desk. */
const MAILBOXES = 3

/** What is strong beside the origin, with one of the acts that show it. */
function pairsOf(
  from: readonly FromOrigin[],
  explained: ReadonlySet<SignKind>,
  { origins }: OriginFacts,
): ReadonlyMap<SignKind, FromOrigin> {
  const pairs = new Map<SignKind, FromOrigin>()
  const reached = new Set<string>()
  for (const one of from) {
    const { sign, stage, persistence } = one.f.finding
    if (sign.strength !== 'weak' || explained.has(sign.kind) || pairs.has(sign.kind)) continue
    if (sign.kind === 'manner' && one.origin !== 'beside') pairs.set('manner', one)
    const grants = stage === 'persistence' && (persistence === 'account' || persistence === 'keys')
    if (sign.kind === 'change' && (grants || isMassMail(one.f)) && one.origin !== 'beside') pairs.set('change', one)
    if (sign.kind !== 'reach') continue
    const others = reachedBy(one.f, origins)
    for (const name of others) reached.add(name)
    if (reached.size >= MAILBOXES || isSearchOfAll(one.f) || (others.length > 0 && one.origin === 'likely-intruder'))
      pairs.set('reach', one)
  }
  return pairs
}

/** Mail to far more recipients outside the organization than the account ever wrote to within an hour. */
function isMassMail({ hits }: FindingWithHits): boolean {
  return hits.some(({ event }) => event.fields.OutsideRecipients !== undefined)
}

/** What a search found is exported: of how many mailboxes the entry does not say. */
function isSearchOfAll({ finding }: FindingWithHits): boolean {
  return finding.accessMethod === 'export' && finding.sign.subject === 'account'
}

/** Mailboxes of others that the acts opened and that the account does not open from its own places. */
function reachedBy({ finding, hits }: FindingWithHits, origins: Origins): string[] {
  return hits.slice(0, MOST_HITS).flatMap(({ event }) =>
    mailboxesIn(event)
      .filter(
        (name) =>
          finding.sign.subject === 'device' ||
          (event.user !== null &&
            !isSame(origins, name, event.user) &&
            !origins.isOpenedFromOwnPlace(event.user, name, event.client) &&
            !isAtWork(event, name, origins)),
      )
      .map((name) => origins.accountOf(name)),
  )
}

/** A person travels with the rights to mailboxes where it works every day; a service that acts as others stays where it is. */
function isAtWork(event: Event, mailbox: string, origins: Origins): boolean {
  const { user, client, time } = event
  if (user === null || client === null || time === null || isActedAs(event)) return false
  return origins.wasOpenedElsewhere(user, mailbox, client, time)
}

function isSame(origins: Origins, a: string, b: string): boolean {
  return origins.accountOf(a) === origins.accountOf(b)
}

/** What an account set: the findings, by their numbers, and the sign that they come to. */
export type AccountChange = { readonly account: string; readonly by: readonly number[]; readonly sign: CountedSign }

/**
 * What accounts did by rules and rights in their name: who sends mail out and hides mail by an odd rule within the hour, or grants
 * access from a new origin, gives a strong sign; who does one of these, a weak one.
 */
export function changesOf(found: readonly FindingWithHits[], facts: OriginFacts): readonly AccountChange[] {
  const byAccount = new Map<string, number[]>()
  for (const [i, { counts, finding, hits }] of found.entries()) {
    const { subject } = finding.sign
    const user = hits[0]?.event.user ?? null
    if (!counts || finding.stage === 'context' || (subject !== 'inbox-rule' && subject !== 'grant')) continue
    if (user !== null && isPerson(user) && finding.time !== null) addTo(byAccount, facts.origins.personOf(user), i)
  }
  return [...byAccount.values()].flatMap((own): AccountChange[] => {
    const account = found[own[0]!]!.hits[0]!.event.user!
    const sends = own.filter((i) => isSentOut(found[i]!))
    const hides = own.filter((i) => isHidden(found[i]!))
    const both = sends.flatMap((a) =>
      hides.filter((b) => isOneAct(found[a]!, found[b]!, facts.origins)).map((b) => [a, b]),
    )[0]
    const sign = (i: number, seen?: ComputedSign): CountedSign => ({
      kind: 'change',
      strength: seen === undefined ? 'weak' : 'strong',
      finding: found[i]!.finding.id,
      ...(seen === undefined ? {} : { computed: seen }),
    })
    if (both) return [{ account, by: both, sign: sign(both[0]!, 'sent-and-hid') }]
    const grants = own.filter((i) => isGrant(found[i]!))
    for (const i of grants) {
      const origin = originOf(found[i]!, facts)
      if (origin !== null && origin !== 'beside') return [{ account, by: [i], sign: sign(i, seenOf(origin)) }]
    }
    const [one] = [...sends, ...grants]
    return one === undefined ? [] : [{ account, by: [one], sign: sign(one) }]
  })
}

function seenOf(origin: OriginOfAct): ComputedSign {
  return origin === 'intruder' || origin === 'likely-intruder' ? 'intruders-address' : 'new-origin'
}

function isSentOut({ finding }: FindingWithHits): boolean {
  return finding.persistence === 'forwarding' || finding.accessMethod === 'forwarding'
}

/** By a rule that is not to be noticed: mail that people put aside has a rule with a name. */
function isHidden({ finding: { sign, stage, persistence } }: FindingWithHits): boolean {
  const isOdd = sign.kind === 'name' || sign.strength === 'strong'
  return sign.subject === 'inbox-rule' && stage === 'persistence' && persistence !== 'forwarding' && isOdd
}

/** A right, a way to log on, or copies of the mail of others. */
function isGrant({ finding: { persistence, sign } }: FindingWithHits): boolean {
  return (
    persistence === 'account' || persistence === 'keys' || (persistence === 'forwarding' && sign.subject === 'grant')
  )
}

function isOneAct(a: FindingWithHits, b: FindingWithHits, origins: Origins): boolean {
  const mailboxOf = ({ hits, finding }: FindingWithHits): string =>
    origins.personOf(mailboxesIn(hits[0]!.event)[0] ?? finding.user ?? '')
  const isNear = Math.abs(Date.parse(a.finding.time!) - Date.parse(b.finding.time!)) <= HOUR
  return isNear && mailboxOf(a) === mailboxOf(b)
}

/** Is it by itself more than ordinary work does? */
export function isStrongChange({ sign }: AccountChange): boolean {
  return sign.strength === 'strong'
}
