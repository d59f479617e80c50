import { withoutDomain } from '../../../model/account-names.ts'
import { mailboxesIn } from '../../../findings/mailbox-names.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import type { ExplanationStrength } from '../../../model/weight.ts'
import type { Grant } from '../../../findings/grants.ts'
import { actsOf, grantsOf, isAfterHostileAct, isSuspect } from './acts.ts'
import type { Explain, ExplanationContext } from './explanation.ts'

/** Each mailbox that an account opened was given to it before by another account, which gains nothing by it. */
export const grantedRight: Explain = ({ found }, context) => {
  const acts = actsOf(found).filter(({ finding: { sign } }) => sign.kind === 'reach')
  const grants = acts.length === 0 ? [] : grantsOf(context)
  if (grants.length === 0) return null
  const strengths = acts.flatMap(({ hits }) => hits.map(({ event }) => rightOf(event, grants, context)))
  if (strengths.length === 0 || strengths.includes(null)) return null
  const strength = strengths.includes('weak') ? 'weak' : 'strong'
  return {
    by: strength === 'strong' ? 'granted-right' : 'granted-right-by-other',
    strength,
    answers: ['reach'],
    statement:
      strength === 'strong'
        ? 'An account that administers gave the right to these mailboxes before they were first opened.'
        : 'Another account gave the right to these mailboxes before they were first opened.',
  }
}

/**
 * An administrator of the tenant let the application into all mailboxes, or gave it a new secret, from a place of its own before it read
 * them. Who takes over the session of one can do the same, so that this explains weakly. How it reads is explained where it reads
 * the mail of other users alone: who is tricked into a consent opens the own mailbox.
 */
export const consentOfAdministrator: Explain = ({ subject, found }, context) => {
  const acts = actsOf(found)
  const reading = acts.filter(({ finding: { sign } }) => sign.kind === 'reach' || sign.kind === 'manner')
  const first = reading.reduce(
    (least, { finding: { first: begins } }) => (begins === null ? least : Math.min(least, Date.parse(begins))),
    Infinity,
  )
  if (subject.kind !== 'application' || first === Infinity) return null
  const orders = acts.flatMap(({ finding: { sign, stage }, hits }) =>
    sign.kind === 'change' && stage === 'persistence' ? hits.map(({ event }) => event) : [],
  )
  const isLawful =
    orders.some(({ time }) => time !== null && time <= first) && orders.every((event) => isOrderAtWork(event, context))
  if (!isLawful) return null
  const owners = new Set(orders.map(({ user }) => withoutDomain(user!)))
  const isOfOthers = reading.every(({ hits }) =>
    hits.every(({ event }) => mailboxesIn(event).every((mailbox) => !owners.has(withoutDomain(mailbox)))),
  )
  return {
    by: 'consent-of-administrator',
    strength: 'weak',
    answers: isOfOthers ? ['reach', 'change', 'manner'] : ['reach', 'change'],
    statement:
      'Before the application read mail, an administrator consented to it or renewed its secret, from that account’s usual location.',
  }
}

/** Acts that users cannot do for themselves alone: a consent for all, a right of an application, its secret. */
function isOrderAtWork(event: Event, context: ExplanationContext): boolean {
  const { origins } = context
  const { user, client, time } = event
  if (user === null || time === null || origins === undefined) return false
  const isForAll =
    FOR_ALL.test(fieldText(event, 'Operation') ?? '') ||
    /IsAdminConsent\W{1,20}(?:(?:NewValue|Value)\W{1,20})?"?\[?\W{0,4}true\b/i.test(JSON.stringify(event.fields))
  if (!isForAll || isSuspect(user, time, context)) return false
  // The unified audit log names no address of a change of the directory.
  if (client === null) return origins.isAtUsualPlaces(user, time)
  return origins.newnessOf(user, event) !== 'new' && origins.wasUsedBefore(client, time, event.log)
}

const FOR_ALL =
  /^(?:add app role assignment to service principal|add service principal credentials|update application.{1,5}certificates and secrets management)[.\s]*$/i

/** How well the right to the mailboxes that a row names is explained. */
function rightOf(event: Event, grants: readonly Grant[], context: ExplanationContext): ExplanationStrength | null {
  const { user, time } = event
  if (user === null || time === null) return null
  const own = withoutDomain(user)
  const mailboxes = mailboxesIn(event).map(withoutDomain)
  const opened = mailboxes.filter((name) => name !== own)
  if (mailboxes.length === 0) return null
  const given = opened.map((mailbox) =>
    grants
      .filter((grant) => grant.to === own && (grant.mailbox ?? mailbox) === mailbox && grant.time < time)
      .flatMap((grant) => strengthOf(grant, context) ?? []),
  )
  if (given.some((strengths) => strengths.length === 0)) return null
  return given.every((strengths) => strengths.includes('strong')) ? 'strong' : 'weak'
}

function strengthOf({ by, to, time }: Grant, context: ExplanationContext): ExplanationStrength | null {
  if (by === to || isSuspect(by, time, context) || isAfterHostileAct(time, [], context)) return null
  return (context.administration?.daysBefore(by, time) ?? 0) >= 2 ? 'strong' : 'weak'
}
