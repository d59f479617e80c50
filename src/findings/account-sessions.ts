import { type Identities, isPerson } from '../activity/identities.ts'
import type { Logons } from '../activity/logons.ts'
import { addTo } from '../lib/collections.ts'
import { vantageOf } from '../model/log-kinds.ts'
import { isStrong, persons } from '../model/sign.ts'
import { rank } from '../model/stages.ts'
import type { CompromisedAccounts } from './intrusions.ts'
import type { FindingWithHits } from './findings.ts'
import { joins } from './joins.ts'

// What a compromised account set while the attacker was logged on: the entry of a cmdlet names the account, and no client.

type Counted = { readonly logons: Pick<Logons, 'believed'>; readonly identities: Pick<Identities, 'accountOf'> }
/** A time (ms) in which an account was served at an address; `by`: the number of the finding that makes it the attacker's. */
type Session = { readonly client: string; readonly from: number; readonly to: number; readonly by: number | null }

/**
 * Cmdlets of an account, by the numbers of their findings, each with the finding of the attacker's session of that time.
 * `signsOfAccounts`: findings that are such signs, however strong.
 */
export function actsInSessions(
  found: readonly FindingWithHits[],
  { logons, identities }: Counted,
  signsOfAccounts: Pick<CompromisedAccounts, 'has'>,
): readonly (readonly [session: number, act: number])[] {
  const of = (user: string): string => identities.accountOf(user)
  const acts = found.flatMap((f, i) => (isCmdletOfPerson(f) ? [{ i, account: of(f.finding.user!), f }] : []))
  if (acts.length === 0) return []
  const named = new Set(acts.map(({ account }) => account))
  const signs = new Map<string, number>()
  for (const [i, f] of found.entries()) {
    const { user, client } = f.finding
    if (user === null || client === null || !named.has(of(user)) || !isSignOfAccount(f, signsOfAccounts)) continue
    const key = `${of(user)}\0${client}`
    if (!signs.has(key)) signs.set(key, i)
  }
  if (signs.size === 0) return []
  const sessions = new Map<string, Session[]>()
  for (const { user, client, days } of logons.believed()) {
    const account = of(user)
    if (!named.has(account)) continue
    const by = signs.get(`${account}\0${client}`) ?? null
    for (const { first, last, isBeside } of days)
      if (by !== null || !isBeside) addTo(sessions, account, { client, from: first, to: last, by })
  }
  return acts.flatMap(({ i, account, f }) => {
    const time = Date.parse(f.finding.time!)
    const then = (sessions.get(account) ?? []).filter(
      ({ from, to }) => from <= time && time <= to + joins['account session'].within,
    )
    const by = then[0]?.by ?? null
    // Where the owner is at work, too, it may be the owner's.
    return by === null || by === i || then.some((session) => session.by === null) ? [] : [[by, i] as const]
  })
}

function isCmdletOfPerson({ counts, finding }: FindingWithHits): boolean {
  const { log, user, client, time, stage } = finding
  const isAct = counts && rank(stage) >= rank('access') && stage !== 'context'
  return isAct && vantageOf(log) === 'cmdlet' && client === null && time !== null && user !== null && isPerson(user)
}

/** A sign that the account is in the hands of an attacker, at the address of the finding. */
function isSignOfAccount(
  { counts, finding }: FindingWithHits,
  signsOfAccounts: Pick<CompromisedAccounts, 'has'>,
): boolean {
  const { sign, stage, id } = finding
  const isAct = stage === 'credentials' || stage === 'collection'
  return counts && isAct && persons.has(sign.subject) && (isStrong(sign) || signsOfAccounts.has(id))
}
