import type { Member } from '../evidence/container.ts'
import { isOutside } from '../activity/logons.ts'
import { isPerson } from '../activity/identities.ts'
import type { MailUse } from '../activity/mailbox-use.ts'
import type { Origins } from '../activity/origins.ts'
import { mailboxesIn } from '../findings/mailbox-names.ts'
import { canonicalIp } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'
import type { Event } from '../model/event.ts'
import type { EventRule } from '../rules/rule.ts'

// Mailboxes of others that accounts opened over EWS for the first time, from outside and from where they never were: the log of EWS names
// account and mailbox in two ways, so that no single row shows that they are two persons.

/** What is looked up: what was counted of mail, the logs that it stands in, and where accounts work. */
export type ReachLookupInput = {
  readonly mail: Pick<MailUse, 'uses' | 'filesOf' | 'identities'>
  readonly mailLogs: ReadonlyMap<string, Member>
  readonly origins: Pick<Origins, 'newnessOf' | 'wasUsedBefore' | 'isOpenedFromOwnPlace'>
  readonly proxies: ReadonlySet<string>
  readonly events: readonly EventRule[]
}

type Opened = { readonly actor: string; readonly mailbox: string; readonly client: string; readonly day: number }

/** Rules of rows that show a mailbox to such an account, and the logs to read with them; null where there is nothing to find. */
export function reachToRead({ mail, mailLogs, origins, proxies, events }: ReachLookupInput): {
  readonly rules: readonly EventRule[]
  readonly files: ReadonlySet<string>
} | null {
  const rules = events.filter(({ info }) => info.lookup === 'mailbox-of-other')
  const opened = rules.length === 0 ? [] : openedOutside({ mail, proxies })
  if (opened.length === 0) return null
  const accountOf = (name: string): string => mail.identities.accountOf(name)
  const keyOf = (actor: string, mailbox: string, client: string, day: number): string =>
    [accountOf(actor), accountOf(mailbox), canonicalIp(client) ?? client, day].join('\0')
  const wanted = opened.filter(({ actor, mailbox, client, day }) => {
    const newness = origins.newnessOf(actor, { client: canonicalIp(client), time: day * DAY, log: 'ews', fields: {} })
    const isNew = newness === 'new' || (newness === 'unknown' && !origins.wasUsedBefore(client, day * DAY))
    return isNew && !origins.isOpenedFromOwnPlace(actor, mailbox, canonicalIp(client))
  })
  if (wanted.length === 0) return null
  const keys = new Set(wanted.map(({ actor, mailbox, client, day }) => keyOf(actor, mailbox, client, day)))
  const isWanted = ({ user, client, time }: Event, names: readonly string[]): boolean =>
    user !== null &&
    client !== null &&
    time !== null &&
    names.some((name) => keys.has(keyOf(user, name, client, Math.floor(time / DAY))))
  return {
    rules: rules.map((rule): EventRule => {
      const { requiresChain: _, ...info } = rule.info
      return {
        info,
        sources: rule.sources,
        match: (event) => (isWanted(event, mailboxesIn(event)) ? rule.match(event) : null),
      }
    }),
    files: new Set(wanted.flatMap(({ client }) => mail.filesOf(client) ?? [...mailLogs.keys()])),
  }
}

/**
 * Mailboxes that accounts opened outside on the first day on which they opened these at all, and from an address where no mail was opened
 * on a day before. What is there on the first day of the logs may be older than these.
 */
function openedOutside({ mail, proxies }: Pick<ReachLookupInput, 'mail' | 'proxies'>): readonly Opened[] {
  const [first, firstAt] = [new Map<string, number>(), new Map<string, number>()]
  const opened: (Opened & { readonly pair: string })[] = []
  let begins = Infinity
  for (const { mailbox, client, actor, day } of mail.uses()) {
    begins = Math.min(begins, day)
    firstAt.set(client, Math.min(day, firstAt.get(client) ?? day))
    if (actor === null || !isPerson(actor) || !isPerson(mailbox)) continue
    const [account, owner] = [mail.identities.accountOf(actor), mail.identities.accountOf(mailbox)]
    if (account === owner) continue
    const pair = `${account}\0${owner}`
    first.set(pair, Math.min(day, first.get(pair) ?? day))
    const address = canonicalIp(client)
    if (address !== null && isOutside(address) && !proxies.has(address))
      opened.push({ actor, mailbox, client, day, pair })
  }
  return opened.filter(
    ({ pair, client, day }) => day > begins && first.get(pair) === day && firstAt.get(client) === day,
  )
}
