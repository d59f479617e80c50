import { withoutDomain } from '../../../model/account-names.ts'
import type { FindingWithHits, KnownActivity } from '../../../findings/findings.ts'
import { canonicalIp, inCidr } from '../../../lib/ip.ts'
import type { Event } from '../../../model/event.ts'
import { stateKinds } from '../../../model/log-kinds.ts'
import { signKinds } from '../../../model/sign.ts'
import type { Explain } from './explanation.ts'

type Announced = NonNullable<KnownActivity['announced']>[number]

/**
 * The operator announced it: subject, act, time and reason. It does not explain what was left on the machine.
 */
export const announced: Explain = ({ subject, found }, { known }) => {
  const all = known?.announced ?? []
  if (all.length === 0 || found.length === 0) return null
  const acts = found.filter(({ counts }) => counts)
  const one = all.find((own) => acts.length > 0 && acts.every((act) => isOf(own, act, subject.name)))
  if (!one) return null
  return {
    by: 'announced',
    of: one.reason,
    strength: 'decisive',
    answers: signKinds,
    statement: `It was announced by ${one.by}: ${one.reason}.`,
  }
}

function isOf(own: Announced, { finding, hits }: FindingWithHits, name: string): boolean {
  if (own.act !== null && own.act !== finding.stage) return false
  // What is still there at the end of the evidence was left behind.
  if (stateKinds.has(finding.log)) return false
  return hits.every(({ event }) => isThen(own, event) && (isNamed(own.subject, event) || isSame(own.subject, name)))
}

function isThen({ from, to }: Announced, { time }: Event): boolean {
  return time !== null && time >= from && time <= to
}

/** The client address or the account of a row. */
function isNamed(subject: string, { client, user }: Event): boolean {
  const base = canonicalIp(subject.split('/')[0]!)
  if (base !== null) return client !== null && inCidr(client, subject)
  return user !== null && withoutDomain(user) === withoutDomain(subject)
}

function isSame(subject: string, name: string): boolean {
  return subject.toLowerCase() === name.toLowerCase()
}
