import { type Identities, isPerson } from '../activity/identities.ts'
import type { TenantPlaces } from '../activity/tenant-places.ts'
import type { Origins } from '../activity/origins.ts'
import { isPrivate } from '../lib/ip.ts'
import { DAY, MINUTE } from '../lib/time.ts'
import type { Event } from '../model/event.ts'
import { isOfTenant, vantageOf } from '../model/log-kinds.ts'
import type { RuleInfo } from '../model/rule.ts'
import { compareByTime, type FindingWithHits, foundOf, type KnownActivity } from './findings.ts'
import { type Grant, grantsIn } from './grants.ts'
import { joins } from './joins.ts'
import type { ComputedFinding } from './tenant-findings.ts'
import { mailboxesIn } from './mailbox-names.ts'

// Rights to mailboxes that an account gave to itself, and used from a place that is new for it: each by itself is the work of
// administrators, and the grant is the first step of an attacker who holds the account of one.

const MOST = 200
/** An account that gave itself rights on this number of days before does so for its work. */
const USUAL_DAYS = 2
/** Several logs record one cmdlet. */
const SAME_ACT = 5 * MINUTE
const MOST_HITS = 500

type Server = { readonly name: string; readonly names?: ReadonlySet<string>; readonly proxies: ReadonlySet<string> }
type Counted = {
  readonly identities: Pick<Identities, 'accountOf'>
  readonly origins: Pick<Origins, 'newnessOf' | 'wasUsedBefore'>
}
type OwnGrant = { readonly grant: Grant; readonly hit: FindingWithHits['hits'][number]; readonly artifact: string }
/** A mailbox of another that an account opened from a place that is new for it. */
type Opening = {
  readonly account: string
  readonly mailbox: string
  readonly time: number
  readonly client: string
  /** As the opening names the account. */
  readonly user: string
  /** The finding that shows it. */
  readonly finding: string
}

/** The grants as findings about the account; none where it used them from its own places. */
export function ownGrants(
  found: readonly FindingWithHits[],
  { identities, origins }: Counted,
  infos: ReadonlyMap<string, RuleInfo>,
  server: Server,
  known: KnownActivity,
): readonly FindingWithHits[] {
  const rule = [...infos.values()].find(({ computedBy }) => computedBy === 'own-grants')
  // What was given from a new place is found by that.
  const given = new Set(
    found.flatMap(({ finding, hits }) => (finding.rule === rule?.id ? hits : [])).map(({ event }) => event),
  )
  const grants = rule === undefined ? [] : ownGrantsIn(found).filter(({ hit }) => !given.has(hit.event))
  if (rule === undefined || grants.length === 0) return []
  const givers = new Set(grants.map(({ grant }) => identities.accountOf(grant.by)))
  const openings = openingsFrom(found, givers, { identities, origins })
  const made = grants.flatMap(({ grant, hit, artifact }): FindingWithHits[] => {
    const account = identities.accountOf(grant.by)
    const mailbox = grant.mailbox === null ? null : identities.accountOf(grant.mailbox)
    const uses = openings.filter(
      (one) =>
        one.account === account &&
        (mailbox === null || one.mailbox === mailbox) &&
        one.time >= grant.time &&
        one.time <= grant.time + joins['right used'].within,
    )
    const [use] = uses
    if (use === undefined || isUsual(grant, grants)) return []
    const used = { user: use.user, client: use.client, findings: [...new Set(uses.map(({ finding }) => finding))] }
    const says = `the account gave this right to itself, and used it from ${use.client}, which is new for it.`
    const match = { key: [account, grant.mailbox ?? '*', grant.time].join('\0'), rows: 1, says }
    const row = { ...hit, rule: rule.id, matched: ['Parameters'], match, sha256: artifact, info: rule, joined: [] }
    return [{ ...foundOf([row], server, known), used }]
  })
  return made.slice(0, MOST).sort(compareByTime)
}

/** Rights that accounts gave to themselves, each entry once. */
function ownGrantsIn(found: readonly FindingWithHits[]): readonly OwnGrant[] {
  const own = new Map<string, OwnGrant>()
  for (const { counts, finding, hits } of found) {
    if (!counts || (vantageOf(finding.log) !== 'cmdlet' && !isOfTenant(finding.log))) continue
    for (const hit of hits)
      for (const grant of hit.misplaced || hit.custom ? [] : grantsIn(hit.event)) {
        // In a tenant each record is of one act, wherever it was done from.
        const from = isOfTenant(finding.log) ? (hit.event.client ?? '') : ''
        const key = [grant.by, grant.mailbox ?? '', Math.floor(grant.time / SAME_ACT), from].join('\0')
        const artifact = finding.locators.find(({ path }) => path === hit.event.at.path)?.artifact ?? ''
        if (grant.by === grant.to && isPerson(grant.by) && !own.has(key)) own.set(key, { grant, hit, artifact })
      }
  }
  return [...own.values()]
}

/** Openings of others' mailboxes by these accounts, from places that are new for them, in the order of time. */
function openingsFrom(
  found: readonly FindingWithHits[],
  accounts: ReadonlySet<string>,
  { identities, origins }: Counted,
): readonly Opening[] {
  const openings: Opening[] = []
  for (const { counts, finding, hits } of found) {
    if (!counts || finding.sign.kind !== 'reach') continue
    for (const { event } of hits.slice(0, MOST_HITS)) {
      const { user, client, time } = event
      if (user === null || client === null || time === null || !accounts.has(identities.accountOf(user))) continue
      if (!isNewPlace(user, client, time, event, origins)) continue
      const account = identities.accountOf(user)
      for (const name of mailboxesIn(event)) {
        const mailbox = identities.accountOf(name)
        if (mailbox !== account) openings.push({ account, mailbox, time, client, user, finding: finding.id })
      }
    }
  }
  return openings.sort((a, b) => a.time - b.time)
}

/** Is the place new for the account, or, where the account has no history to compare with, for the whole organization? */
function isNewPlace(user: string, client: string, time: number, event: Event, origins: Counted['origins']): boolean {
  const newness = origins.newnessOf(user, event)
  return (
    newness === 'new' ||
    (newness === 'unknown' && !isPrivate(client) && !origins.wasUsedBefore(client, time, event.log))
  )
}

/** Rights that accounts of a tenant gave to themselves from a network that is new for them. */
export function ownGrantsFromNewPlaces(
  found: readonly FindingWithHits[],
  places: TenantPlaces,
): readonly ComputedFinding[] {
  const grants = ownGrantsIn(found)
  return grants.flatMap(({ grant, hit: { event }, artifact }): ComputedFinding[] => {
    const { client, user } = event
    const isNew = isOfTenant(event.log) && places.isOutside(client) && places.isNew(user!, client, grant.time)
    if (!isNew || isUsual(grant, grants)) return []
    return [
      {
        by: 'own-grants',
        key: [user, grant.mailbox ?? '*', grant.time].join('\0'),
        says: `the account gave this right to itself from ${client}, which is new for it.`,
        rows: 1,
        events: [{ event, sha256: artifact }],
      },
    ]
  })
}

/** Did the account give rights to itself on days before? Then it is its work. */
function isUsual({ by, time }: Grant, grants: readonly OwnGrant[]): boolean {
  const days = grants.flatMap(({ grant }) =>
    grant.by === by && Math.floor(grant.time / DAY) < Math.floor(time / DAY) ? [Math.floor(grant.time / DAY)] : [],
  )
  return new Set(days).size >= USUAL_DAYS
}
