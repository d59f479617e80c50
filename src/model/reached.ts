import type { Finding } from './finding.ts'
import { isAtLeastLikely, persons } from './sign.ts'

/** What an attacker got hold of: the server itself, or accounts (also applications, sessions and devices) with its mail. */
export const reached = ['server', 'accounts'] as const

/** ATT&CK's "Remote Services". */
const REMOTE_SERVICES = /^t1021\b/i

/** Does it show the use of an account alone? One that used the desktop of the server had hold of the server, too. */
export function isOfAccount(finding: Pick<Finding, 'attack' | 'is' | 'persistence' | 'sign' | 'stage'>): boolean {
  const isOfPerson = persons.has(finding.sign.subject) && !writesPage(finding)
  return isOfPerson && !finding.attack.some((technique) => REMOTE_SERVICES.test(technique))
}

/** A page that runs what it is sent, or holds mail with code in it, was written where IIS serves it. */
export function writesPage({ stage, persistence, is }: Pick<Finding, 'is' | 'persistence' | 'stage'>): boolean {
  return stage === 'write' && persistence === 'web-shell' && isAtLeastLikely(is)
}
