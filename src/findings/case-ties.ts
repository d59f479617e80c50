import { isPerson } from '../activity/identities.ts'
import { addTo } from '../lib/collections.ts'
import { sha256 } from '../lib/hash.ts'
import { canonicalIp, isPrivate } from '../lib/ip.ts'
import { type Elsewhere, type HostileBy, keyLimits } from '../model/case-keys.ts'
import type { Event } from '../model/event.ts'
import { isRunnable } from '../model/file-fields.ts'
import { vantageOf } from '../model/log-kinds.ts'
import { applicationsIn } from './applications.ts'
import type { FindingWithHits } from './findings.ts'
import type { Tie } from './intrusions.ts'
import { joins, pagesNamedBy } from './joins.ts'
import { withoutDomain } from '../model/account-names.ts'
import { HOUR } from '../lib/time.ts'

/** Rows of a finding that are looked at. */
const ROWS = 500

/** By what a finding may be tied to an intrusion on another server. `accountOf`: the one name of an account. */
export function keysAcross(
  f: FindingWithHits,
  accountOf: (name: string) => string,
): readonly (readonly [by: HostileBy, key: string])[] {
  const keys = new Map<string, readonly [HostileBy, string]>()
  const add = (by: HostileBy, key: string): void => {
    if (key.length <= keyLimits.text) keys.set(`${by}\0${key}`, [by, key])
  }
  for (const { event } of f.hits.slice(0, ROWS)) {
    const client = publicClient(event)
    if (client !== null) {
      add('client', client)
      for (const account of accountsIn(event, accountOf)) add('account', `${account}\0${client}`)
    }
    if (event.session !== null && event.session.length >= 12 && ofWeb.has(vantageOf(event.log)))
      add('session', event.session)
    for (const application of applicationsIn(event)) add('application', application)
  }
  // An archive or a mailbox file may be the organization's own.
  for (const page of pagesNamedBy(f)) if (isRunnable(page)) add('page', page)
  return [...keys.values()]
}

/** Sessions of other logs are numbers of one server. */
const ofWeb: ReadonlySet<string> = new Set(['front-end', 'back-end', 'tenant'])

/** An inside address may be another computer at another site. */
function publicClient({ client }: Event): string | null {
  const ip = client === null ? null : canonicalIp(client)
  return ip === null || isPrivate(ip) ? null : ip
}

/** An account without its domain, and by its address where the evidence of this server has a list of them. */
function accountsIn({ user }: Event, accountOf: (name: string) => string): readonly string[] {
  if (user === null || !isPerson(user)) return []
  return [...new Set([withoutDomain(user), accountOf(user)])].filter((name) => name !== '')
}

/** The same entry in two copies of a log has the same mark. */
export function markOf({ finding, hits }: FindingWithHits): string {
  const { event } = hits[0]!
  const { rule, target, client } = finding
  return sha256([rule, event.time, client, target, event.user, event.request].join('\0')).slice(0, 16)
}

/**
 * Ties of findings to intrusions on other servers. A server that has the very entries on which the intrusion rests has a copy of
 * that evidence, which adds nothing.
 */
export function tiesElsewhere(
  found: readonly FindingWithHits[],
  hostile: Elsewhere['hostile'],
  accountOf: (name: string) => string,
): readonly Tie[] {
  if (hostile.length === 0) return []
  const able = found.flatMap((f, i) => (f.counts && f.finding.stage !== 'context' ? [i] : []))
  const byKey = new Map<string, number[]>()
  for (const i of able) for (const [by, key] of keysAcross(found[i]!, accountOf)) addTo(byKey, `${by}\0${key}`, i)
  const marks = new Map(able.map((i) => [markOf(found[i]!), i]))
  return hostile.flatMap((one): Tie[] => {
    const { by, key, is, from } = one
    if (one.marks.some((mark) => marks.has(mark))) return []
    const members = (byKey.get(`${by}\0${key}`) ?? []).filter((i) => isInTime(found[i]!, one))
    return members.length === 0 ? [] : [{ by, members, from: { key: `${from.digest}\0${by}\0${key}`, is } }]
  })
}

/** A client is the same one for a week; a compromised account is one from its first sign on. */
function isInTime({ finding: { first, last } }: FindingWithHits, hostile: Elsewhere['hostile'][number]): boolean {
  if (hostile.by !== 'client' && hostile.by !== 'account') return true
  if (first === null || last === null) return false
  if (hostile.by === 'account') return Date.parse(last) >= hostile.first - HOUR
  return (
    Date.parse(first) <= hostile.last + joins.client.within && Date.parse(last) >= hostile.first - joins.client.within
  )
}
