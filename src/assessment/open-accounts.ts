import { parameterOf } from '../model/cmdlet-parameters.ts'
import { type FindingWithHits } from '../findings/findings.ts'
import { endsAccess } from '../model/sign-ins.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isAtLeastLikely, type SubjectKind } from '../model/sign.ts'
import { withoutDomain } from '../model/account-names.ts'
import { isPerson } from '../activity/identities.ts'
import type { StillThere } from './persistent-settings.ts'

/** Subjects that an intruder has with the password or a session of an account. */
const held: ReadonlySet<SubjectKind> = new Set(['account', 'session', 'device'])

/**
 * Compromised accounts whose password no other account reset, or that no other account disabled, after the last act of the intruder:
 * the finding of that act, and the account. The account itself may be in the intruder's hands: what it changes ends nothing.
 */
export function openAccounts(counted: readonly FindingWithHits[]): StillThere[] {
  const last = lastActs(counted)
  const ended = last.size === 0 ? new Map<string, number>() : endsOfAccess(counted, last)
  return [...last].flatMap(([name, { finding, account, time }]) =>
    (ended.get(name) ?? -Infinity) > time ? [] : [{ finding, is: 'open' as const, account }],
  )
}

type LastAct = { readonly finding: string; readonly account: string; readonly time: number }

/** The last act of the intruder with each account, by its name without domain. */
function lastActs(counted: readonly FindingWithHits[]): ReadonlyMap<string, LastAct> {
  const last = new Map<string, LastAct>()
  for (const { finding } of counted) {
    const { id, user, sign, stage, is, intrusion } = finding
    const isTaken = (stage === 'credentials' || stage === 'collection') && held.has(sign.subject)
    const until = finding.last ?? finding.time
    if (!isTaken || !isAtLeastLikely(is) || intrusion === null || until === null) continue
    if (user === null || !isPerson(user)) continue
    const known = last.get(withoutDomain(user))
    const time = Date.parse(until)
    if (known === undefined || known.time < time) last.set(withoutDomain(user), { finding: id, account: user, time })
  }
  return last
}

/** When accounts that are not compromised last ended the access of each account. */
function endsOfAccess(
  counted: readonly FindingWithHits[],
  compromised: ReadonlyMap<string, LastAct>,
): ReadonlyMap<string, number> {
  const ended = new Map<string, number>()
  for (const { finding, hits } of counted) {
    if (finding.sign.subject !== 'account' || finding.stage !== 'context') continue
    for (const { event, misplaced } of hits) {
      const { time, user } = event
      if (!isEndOfAccess(event) || time === null || misplaced || user === null) continue
      if (compromised.has(withoutDomain(user))) continue
      for (const name of namesOfEnded(event))
        ended.set(withoutDomain(name), Math.max(time, ended.get(withoutDomain(name)) ?? -Infinity))
    }
  }
  return ended
}

function namesOfEnded(event: Event): string[] {
  const fields = ['TargetUserName', 'ObjectId', 'TargetName'].map((name) => fieldText(event, name))
  return [...fields, event.target, parameterOf(event, 'Identity')].flatMap((name) => name ?? [])
}

/** Was a password reset, were sessions ended, or was an account disabled or deleted? */
function isEndOfAccess(event: Event): boolean {
  if (event.log === 'windows-security') return ENDS_ON_PREMISES.has(Number(event.fields.EventID))
  if (/^set-mailbox$/i.test(fieldText(event, 'Cmdlet') ?? ''))
    return parameterOf(event, 'Password') !== null || /^\$?true$/i.test(parameterOf(event, 'AccountDisabled') ?? '')
  return endsAccess.test(fieldText(event, 'Operation') ?? '')
}

const ENDS_ON_PREMISES: ReadonlySet<number> = new Set([4724, 4725, 4726])
