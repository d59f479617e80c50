import { withoutDomain } from '../../../model/account-names.ts'
import type { FindingWithHits } from '../../../findings/findings.ts'
import { type Grant, grantsIn } from '../../../findings/grants.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { vantageOf } from '../../../model/log-kinds.ts'
import { isStrong, type SignKind } from '../../../model/sign.ts'
import type { Stage } from '../../../model/stages.ts'
import type { ExplanationContext } from './explanation.ts'
import { parameterOf } from '../../../model/cmdlet-parameters.ts'
import { DAY, HOUR } from '../../../lib/time.ts'

// Facts from the other findings that several explanations need: accounts with a sign, times of hostile acts, granted rights.

/** What counts of the findings of a subject. */
export function actsOf(found: readonly FindingWithHits[]): readonly FindingWithHits[] {
  return found.filter(
    ({ counts, finding: { stage, sign } }) => counts && stage !== 'context' && sign.strength !== 'context',
  )
}

/** The entries of what counts. */
export function eventsOf(found: readonly FindingWithHits[]): readonly Event[] {
  return actsOf(found).flatMap(({ hits }) => hits.map(({ event }) => event))
}

/** Signs that an account is compromised: not its acts, which an administrator may do, too. */
const signsOfTheft: ReadonlySet<SignKind> = new Set(['guessing', 'origin', 'manner', 'listed'])
/** Stages of an attacker at work on the server: by a forged identity all accounts are his. */
const atWork: ReadonlySet<Stage> = new Set(['access', 'write', 'shell', 'execution', 'credentials'])

type Others = {
  /** Since when an account has a sign of its own. */
  readonly suspects: ReadonlyMap<string, number>
  /** Acts that are rare in ordinary work, in the order of their first times, and the last ones first. */
  readonly hostile: readonly HostileAct[]
  readonly hostileFromLast: readonly HostileAct[]
  readonly grants: readonly Grant[]
}

type HostileAct = { readonly first: number; readonly last: number; readonly id: string }

const others = new WeakMap<readonly FindingWithHits[], Others>()

function othersOf(all: readonly FindingWithHits[]): Others {
  const known = others.get(all)
  if (known) return known
  const suspects = new Map<string, number>()
  const acts: HostileAct[] = []
  const grants: Grant[] = []
  for (const f of all) {
    const { finding, hits, counts } = f
    for (const { event, misplaced, custom } of hits)
      if (!misplaced && !custom) for (const grant of grantsIn(event)) grants.push(grant)
    if (!counts || finding.stage === 'context' || finding.sign.strength === 'context') continue
    const { sign, stage } = finding
    if (signsOfTheft.has(sign.kind))
      for (const { event } of hits)
        if (event.user !== null && event.time !== null) {
          const account = withoutDomain(event.user)
          suspects.set(account, Math.min(suspects.get(account) ?? Infinity, event.time))
        }
    const [first, last] = [finding.first ?? finding.time, finding.last ?? finding.time]
    const isTimed = finding.timeBasis !== 'file' && first !== null && last !== null
    if (atWork.has(stage) && isStrong(sign) && isTimed && sign.subject !== 'export')
      acts.push({ first: Date.parse(first), last: Date.parse(last), id: finding.id })
  }
  const hostile = [...acts].sort((a, b) => a.first - b.first)
  const hostileFromLast = [...acts].sort((a, b) => b.last - a.last)
  const made = { suspects, hostile, hostileFromLast, grants }
  others.set(all, made)
  return made
}

/** Has the account a sign of its own before this time, or within a day after it? */
export function isSuspect(account: string, time: number, { all = [] }: ExplanationContext): boolean {
  return (othersOf(all).suspects.get(withoutDomain(account)) ?? Infinity) <= time + DAY
}

/** Did an act that is rare in ordinary work happen on the server before this time? Acts of the subject itself do not count. */
export function isAfterHostileAct(
  time: number,
  own: readonly FindingWithHits[],
  { all = [] }: ExplanationContext,
): boolean {
  const first = firstHostileAct(own, { all })
  return first !== null && first <= time + HOUR
}

/** The last act that is rare in ordinary work, other than those of the subject itself; null where there is none. */
export function lastHostileAct(
  own: readonly FindingWithHits[],
  { all = [] }: Pick<ExplanationContext, 'all'>,
): number | null {
  return otherThan(own, othersOf(all).hostileFromLast)?.last ?? null
}

/** The first such act. */
export function firstHostileAct(
  own: readonly FindingWithHits[],
  { all = [] }: Pick<ExplanationContext, 'all'>,
): number | null {
  return otherThan(own, othersOf(all).hostile)?.first ?? null
}

function otherThan(own: readonly FindingWithHits[], acts: readonly HostileAct[]): HostileAct | undefined {
  const ids = new Set(own.map(({ finding: { id } }) => id))
  return acts.find(({ id }) => !ids.has(id))
}

export function grantsOf({ all = [] }: ExplanationContext): readonly Grant[] {
  return othersOf(all).grants
}

/**
 * How well the account of an act is known as one that administers: `strong` with two days before that of the act, `weak` with one.
 * Null where it is not, where it has a sign, where the act serves itself, and while an attacker may have acted in its name.
 */
export function administratorOf(
  event: Event,
  own: readonly FindingWithHits[],
  context: ExplanationContext,
): 'strong' | 'weak' | null {
  const { user, time } = event
  if (user === null || time === null || !context.administration || !isOrder(event)) return null
  if (isSuspect(user, time, context) || isAfterHostileAct(time, own, context) || isForItself(event, user)) return null
  const days = context.administration.daysBefore(user, time)
  return days === 0 ? null : days === 1 ? 'weak' : 'strong'
}

/** Something that was ordered, and not read or sent: a cmdlet, or what Windows records of who made a task, service or account. */
export function isOrder({ log, fields }: Event): boolean {
  return vantageOf(log) === 'cmdlet' || (log === 'windows-security' && orders.has(Number(fields.EventID)))
}

const orders = new Set([4697, 4698, 4702, 4720, 4722, 4728, 4732, 4738, 4756])

/** Does the account that ran the cmdlet itself get the right, the mail or the account? */
function isForItself(event: Event, user: string): boolean {
  const own = withoutDomain(user)
  const named = beneficiaries.flatMap((name) => parameterOf(event, name) ?? [])
  const target = fieldText(event, 'Cmdlet') === null ? [] : named
  return target.some((name) => withoutDomain(name.replace(/^smtp:/i, '')) === own)
}

/** Parameters that name who gets something. */
const beneficiaries = [
  'User',
  'Member',
  'Members',
  'Trustee',
  'TargetMailbox',
  'JournalEmailAddress',
  'ForwardTo',
  'RedirectTo',
  'ForwardAsAttachmentTo',
  'ForwardingAddress',
  'ForwardingSmtpAddress',
  'GrantSendOnBehalfTo',
  'BlindCopyTo',
  'CopyTo',
  'RedirectMessageTo',
]
