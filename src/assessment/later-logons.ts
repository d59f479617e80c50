import type { Identities } from '../activity/identities.ts'
import { isPerson } from '../activity/identities.ts'
import { isOutside, type Logons } from '../activity/logons.ts'
import type { Origins } from '../activity/origins.ts'
import { counted } from '../lib/amounts.ts'
import { networkOf } from '../lib/ip.ts'
import { compareByTime, type FindingWithHits, foundOf, type KnownActivity } from '../findings/findings.ts'
import { locatedLogon } from '../findings/guessing.ts'
import type { CompromisedAccounts } from '../findings/intrusions.ts'
import type { RuleInfo } from '../model/rule.ts'
import { isAtLeastLikely } from '../model/sign.ts'
import { endsOfAccess } from './open-accounts.ts'

// A compromised account at another address that is new for it, after the attacker's first act and before its access was ended: the
// intruder may have changed the address, and the owner may be on a journey.

const MOST = 200

type Server = { readonly name: string; readonly names?: ReadonlySet<string>; readonly proxies: ReadonlySet<string> }
type Counted = {
  readonly logons: Pick<Logons, 'believed'>
  readonly identities: Pick<Identities, 'isSame' | 'addressOf'>
  readonly origins: Pick<Origins, 'newnessOf' | 'wasUsedBefore'>
}

/** A compromised account: its first sign, and the addresses with signs. */
type Mark = { finding: string; readonly account: string; time: number; readonly clients: Set<string> }

/** The findings, and by the id of each that of the first sign of its account. */
export type LaterLogons = {
  readonly found: readonly FindingWithHits[]
  readonly after: ReadonlyMap<string, string>
}

/** Logons of compromised accounts at addresses that are new for them and for the organization. */
export function laterLogons(
  found: readonly FindingWithHits[],
  { logons, identities, origins }: Counted,
  byAccount: CompromisedAccounts,
  infos: ReadonlyMap<string, RuleInfo>,
  server: Server,
  known: KnownActivity,
): LaterLogons {
  const rule = [...infos.values()].find(({ computedBy }) => computedBy === 'later-logons')
  const marks = rule === undefined ? new Map<string, Mark>() : marksOf(found, byAccount, identities)
  if (rule === undefined || marks.size === 0) return { found: [], after: new Map() }
  const ends = endsOfAccess(
    found.filter(({ counts }) => counts),
    [...marks.values()],
    identities,
  )
  const made: FindingWithHits[] = []
  const after = new Map<string, string>()
  for (const { user, client, mailbox, days, first } of logons.believed()) {
    const mark = marks.get(identities.addressOf(user).toLowerCase())
    if (mark === undefined || !isOutside(client) || mark.clients.has(client) || first <= mark.time) continue
    const end = ends.reduce(
      (least, { account, time }) =>
        time > mark.time && time < least && identities.isSame(account, mark.account) ? time : least,
      Infinity,
    )
    const own = days.filter((day) => !day.isOfTable && day.first < end)
    const [begins] = own
    if (begins === undefined || origins.wasUsedBefore(client, begins.first)) continue
    const says = `the account had signs of an attacker before. It was served from this address, which is new for it, on ${counted(own.length, 'day')}.`
    const match = { key: [user, client, mailbox].join('\0'), rows: own.length, says }
    const hits = own.map(({ row }) => locatedLogon({ ...row, user, client }, rule, match))
    if (origins.newnessOf(user, hits[0]!.event) !== 'new') continue
    const one = foundOf(hits, server, known)
    // Who guessed the password from a network is there under its other addresses, too.
    const isSameNetwork = [...mark.clients].some((known) => networkOf(known) === networkOf(client))
    made.push(isSameNetwork ? one : { ...one, isPerhapsOwners: true })
    after.set(one.finding.id, mark.finding)
    if (made.length >= MOST) break
  }
  return { found: made.sort(compareByTime), after }
}

function marksOf(
  found: readonly FindingWithHits[],
  byAccount: CompromisedAccounts,
  identities: Counted['identities'],
): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const { counts, finding } of found) {
    const { id, user, client, sign, stage, is, intrusion, first } = finding
    const isCompromised = byAccount.has(id) || (intrusion !== null && isAtLeastLikely(is))
    if (!counts || !isCompromised || sign.subject !== 'account') continue
    if ((stage !== 'credentials' && stage !== 'collection') || user === null || first === null || !isPerson(user))
      continue
    const key = identities.addressOf(user).toLowerCase()
    const time = Date.parse(first)
    const mark = marks.get(key) ?? { finding: id, account: user, time, clients: new Set<string>() }
    marks.set(key, mark)
    if (time < mark.time) Object.assign(mark, { finding: id, time })
    if (client !== null) mark.clients.add(client)
  }
  return marks
}
