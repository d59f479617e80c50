import { parameterOf } from '../model/cmdlet-parameters.ts'
import { type FindingWithHits } from '../findings/findings.ts'
import { endsAccess } from '../model/sign-ins.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isAtLeastLikely, type SubjectKind } from '../model/sign.ts'
import { withoutDomain } from '../model/account-names.ts'
import { type Identities, isPerson } from '../activity/identities.ts'
import { accountsEndedBy, LONGEST } from './scripted-resets.ts'
import type { StillThere } from './persistent-settings.ts'

/** Subjects that an attacker has with the password or a session of an account. */
const held: ReadonlySet<SubjectKind> = new Set(['account', 'session', 'device'])

/** Names of one account. */
type Names = Pick<Identities, 'isSame' | 'addressOf'>

/**
 * Compromised accounts whose password no other account reset, or that no other account disabled, after the last act of the attacker:
 * the finding of that act, and the account. The account itself may be in the attacker's hands: what it changes ends nothing.
 */
export function openAccounts(counted: readonly FindingWithHits[], names: Names): StillThere[] {
  const last = lastActs(counted, names)
  const ends = last.length === 0 ? [] : endsOfAccess(counted, last, names)
  const byName = Map.groupBy(ends, ({ account }) => withoutDomain(names.addressOf(account)))
  return last.flatMap(({ finding, account, time }) => {
    const own = byName.get(withoutDomain(names.addressOf(account))) ?? []
    const isEnded = own.some((end) => end.time >= time && names.isSame(end.account, account))
    return isEnded ? [] : [{ finding, is: 'open' as const, account }]
  })
}

type LastAct = { readonly finding: string; readonly account: string; readonly time: number }

/** The last act of the attacker with each account. */
function lastActs(counted: readonly FindingWithHits[], names: Names): readonly LastAct[] {
  const last = new Map<string, LastAct>()
  for (const { finding } of counted) {
    const { id, user, sign, stage, is, intrusion } = finding
    const isTaken = (stage === 'credentials' || stage === 'collection') && held.has(sign.subject)
    const until = finding.last ?? finding.time
    if (!isTaken || !isAtLeastLikely(is) || intrusion === null || until === null) continue
    if (user === null || !isPerson(user)) continue
    const key = names.addressOf(user).toLowerCase()
    const known = last.get(key)
    const time = Date.parse(until)
    if (known === undefined || known.time < time) last.set(key, { finding: id, account: user, time })
  }
  return [...last.values()]
}

type EndOfAccess = { readonly account: string; readonly time: number }

/** When accounts that are not compromised ended the access of others. */
export function endsOfAccess(
  counted: readonly FindingWithHits[],
  compromised: readonly Pick<LastAct, 'account'>[],
  names: Names,
): readonly EndOfAccess[] {
  const ends: EndOfAccess[] = []
  for (const { finding, hits } of counted) {
    if (finding.sign.subject !== 'account' || finding.stage !== 'context') continue
    for (const { event, misplaced, custom } of hits) {
      const by = actorOf(event)
      if (!isEndOfAccess(event) || event.time === null || misplaced || custom || by === null) continue
      if (compromised.some(({ account }) => names.isSame(account, by))) continue
      for (const account of namesOfEnded(event)) ends.push({ account, time: event.time })
    }
  }
  return ends
}

/** Who did it. A script block names its account by its number only; those of Windows itself have another form. */
function actorOf(event: Event): string | null {
  const number = fieldText(event, 'UserID')
  return event.user ?? invokerOf(event) ?? (number !== null && ACCOUNT_NUMBER.test(number) ? number : null)
}

const ACCOUNT_NUMBER = /^S-1-5-21(?:-\d{1,10}){4}$/

/** `User = CONTOSO\\admin` in the context of a command that PowerShell logs. */
function invokerOf(event: Event): string | null {
  const context = fieldText(event, 'ContextInfo')?.slice(0, LONGEST) ?? ''
  const user = /^\s{0,40}User\s{0,10}=\s{0,10}(\S.{0,255})$/m.exec(context)?.[1]?.trim()
  return user === undefined || /\\SYSTEM$/i.test(user) ? null : user
}

function namesOfEnded(event: Event): readonly string[] {
  if (event.log === 'windows-security') {
    const [name, domain] = ['TargetUserName', 'TargetDomainName'].map((field) => fieldText(event, field))
    return name ? [domain ? `${domain}\\${name}` : name] : []
  }
  if (fieldText(event, 'Cmdlet') !== null) return [parameterOf(event, 'Identity')].flatMap((name) => name ?? [])
  const script = scriptOf(event)
  if (script !== null) return accountsEndedBy(script)
  const fields = ['ObjectId', 'TargetName'].map((name) => fieldText(event, name))
  return [...fields, event.target].flatMap((name) => name ?? [])
}

/** Was a password reset, were sessions ended, or was an account disabled or deleted? */
function isEndOfAccess(event: Event): boolean {
  if (event.log === 'windows-security') return ENDS_ON_PREMISES.has(Number(event.fields.EventID))
  if (/^set-mailbox$/i.test(fieldText(event, 'Cmdlet') ?? ''))
    return parameterOf(event, 'Password') !== null || /^\$?true$/i.test(parameterOf(event, 'AccountDisabled') ?? '')
  return scriptOf(event) !== null || endsAccess.test(fieldText(event, 'Operation') ?? '')
}

const ENDS_ON_PREMISES: ReadonlySet<number> = new Set([4724, 4725, 4726])

/** The text of a script, or the command that PowerShell logs with its parameters. */
function scriptOf(event: Event): string | null {
  return fieldText(event, 'ScriptBlockText') ?? fieldText(event, 'Payload')
}
