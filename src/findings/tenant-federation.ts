import type { Identities } from '../activity/identities.ts'
import { addTo } from '../lib/collections.ts'
import { counted } from '../lib/amounts.ts'
import type { CountedSignIn } from '../activity/cloud-audit.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'

// Federated sign-ins for which AD FS issued no token: one was signed with a stolen key (Golden SAML).

/** Days on which AD FS issued tokens, by account; null where not all of them are counted. */
export type FederationTokens = {
  readonly tokens: ReadonlyMap<string, ReadonlySet<number>> | null
  readonly identities: Pick<Identities, 'accountOf'>
}

/** Fewest accounts with tokens on a day that show that the logs of AD FS cover it. */
const OTHERS = 3
/** Fewest days of accounts with sign-in and token, of which one without may be no more than a tenth. */
const MATCHED = 10

/**
 * Federated sign-ins that began a session from a network that is neither the account's nor the organization's, on a day on which and
 * before which AD FS issued tokens to others, and none to this account. A session goes on with older tokens. Where sign-ins often have
 * no token, another server of AD FS issues them, and nothing is found.
 */
export function signInsWithoutToken(
  { signIns, places }: TenantActivity,
  { tokens, identities }: FederationTokens,
): ComputedFinding[] {
  if (tokens === null || tokens.size === 0) return []
  const [daysOf, accountsOn] = [new Map<string, Set<number>>(), new Map<number, Set<string>>()]
  for (const [name, days] of tokens) {
    const account = identities.accountOf(name)
    const own = daysOf.get(account) ?? new Set()
    daysOf.set(account, own)
    for (const day of days) {
      own.add(day)
      accountsOn.set(day, (accountsOn.get(day) ?? new Set()).add(account))
    }
  }
  const isCovered = (day: number): boolean => (accountsOn.get(day)?.size ?? 0) >= OTHERS
  const begun = new Map<string, string>()
  const matched = new Set<string>()
  const without = new Map<string, CountedSignIn[]>()
  for (const one of signIns) {
    const session = `${one.user}\0${one.session}`
    if (!begun.has(session)) begun.set(session, one.day)
    const day = Number(one.day)
    const account = identities.accountOf(one.user)
    const own = daysOf.get(account)
    if (one.issuer !== 'federated' || one.result !== 'success' || own === undefined || !isCovered(day)) continue
    const key = `${account}\0${day}`
    if (own.has(day) || own.has(day - 1)) matched.add(key)
    else if (isCovered(day - 1)) addTo(without, key, one)
  }
  if (matched.size < MATCHED || without.size * 10 > matched.size) return []
  const foreign = [...without.values()]
    .flat()
    .filter(({ user, session, day }) => session !== '' && begun.get(`${user}\0${session}`) === day)
    .filter(({ user, client, first }) => places.isForeign(user, client, first))
  return [...Map.groupBy(foreign, ({ user }) => user)].map(([user, own]): ComputedFinding => {
    const [first] = own as [CountedSignIn]
    return {
      by: 'sign-in-without-token',
      key: user,
      says: `AD FS issued tokens to ${counted(accountsOn.get(Number(first.day))!.size, 'account')} on that day, and none to this one since the day before`,
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      events: own.slice(0, 20).map(signInEvent),
    }
  })
}
