import type { Identities } from '../activity/identities.ts'
import type { MailUse } from '../activity/mailbox-use.ts'
import type { LogonRow } from '../activity/served-days.ts'
import { canonicalIp } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'

/** May a row of the front end have shown an account mail? Of EWS its log says what was shown, where there is one. */
export type IsMailShown = (row: LogonRow, user: string, client: string) => boolean

/**
 * A request to EWS may look up people or free times. Where the log of EWS has entries of the account at that address on that day, these
 * decide: the second lookup finds those that opened mail.
 */
export function mailShownBy(mail: Pick<MailUse, 'uses'>, identities: Pick<Identities, 'accountOf'>): IsMailShown {
  let logged: ReadonlySet<string> | undefined
  const keyOf = (user: string, client: string, day: number): string =>
    [identities.accountOf(user), client, day].join('\0')
  return ({ isEws, time }, user, client) => {
    if (!isEws) return true
    logged ??= new Set(
      [...mail.uses()].map(({ mailbox, actor, client: from, day }) =>
        keyOf(actor ?? mailbox, canonicalIp(from) ?? from, day),
      ),
    )
    return !logged.has(keyOf(user, client, Math.floor(time / DAY)))
  }
}
