import type { Member } from '../evidence/container.ts'
import type { Logons } from '../activity/logons.ts'
import type { MailUse } from '../activity/mailbox-use.ts'
import { isPerson } from '../activity/identities.ts'
import { type IntruderTraces, tiesOf } from '../findings/cloud-mail.ts'
import type { FindingWithHits } from '../findings/findings.ts'
import { isDuringIntrusion, usedBeforeIntrusion, usualLogons } from '../findings/intruders-mail.ts'
import { mailboxesIn } from '../findings/mailbox-names.ts'
import { shownMail } from '../findings/shown-mail.ts'
import { canonicalIp } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'
import type { Event } from '../model/event.ts'
import type { RuleInfo } from '../model/rule.ts'
import type { EventRule } from '../rules/rule.ts'

// Mailboxes that addresses of an intrusion opened by the logs of EWS and of MAPI over HTTP, which name the mailbox where the front
// end names only the account.

/** What is looked up: findings, what was counted of mail, and the logs that it stands in. */
export type MailLookupInput = {
  readonly found: readonly FindingWithHits[]
  readonly mail: MailUse
  readonly mailLogs: ReadonlyMap<string, Member>
  readonly logons: Pick<Logons, 'explaining' | 'served'>
  readonly explainsFrom: number | null
  readonly proxies: ReadonlySet<string>
  readonly events: readonly EventRule[]
}

/** Rules of rows that show a mailbox to such an address, and the logs to read with them; null where there is nothing to find. */
export function mailToRead({
  found,
  mail,
  mailLogs,
  logons,
  explainsFrom,
  proxies,
  events,
}: MailLookupInput): { readonly rules: readonly EventRule[]; readonly files: ReadonlySet<string> } | null {
  const rules = events.filter(({ info }) => info.lookup === 'mailbox')
  const clients = rules.length === 0 ? null : tiesOf(found, proxies).clients
  if (clients === null || clients.size === 0) return null
  const uses = [...mail.uses()].flatMap(({ mailbox, client, day }) => {
    const address = canonicalIp(client)
    return address !== null && clients.has(address)
      ? [{ mailbox, client: address, text: client, first: day * DAY }]
      : []
  })
  if (uses.length === 0) return null
  const shared = new Set([
    ...usedBeforeIntrusion(clients, usualLogons(logons, clients, explainsFrom)),
    // Of a day that was counted no hour is known.
    ...usedBeforeIntrusion(
      clients,
      uses.map(({ client, first }) => ({ client, first: first + DAY })),
    ),
  ])
  const shown = openedAlready(found, clients, mail)
  const addressOf = (name: string): string => mail.identities.addressOf(name).toLowerCase()
  const pairOf = (client: string | null, mailbox: string): string => `${client}\0${addressOf(mailbox)}`
  // What was opened is shown once; what was changed there is looked for in each.
  const changes = rules.some(({ info }) => info.stage !== 'collection')
  const wanted = uses.filter(
    ({ mailbox, client, first }) =>
      !shared.has(client) &&
      (changes || !shown.has(pairOf(client, mailbox))) &&
      (isDuringIntrusion(clients.get(client)!, first) || isDuringIntrusion(clients.get(client)!, first + DAY)),
  )
  if (wanted.length === 0) return null
  const pairs = new Set(wanted.map(({ client, mailbox }) => pairOf(client, mailbox)))
  const isWanted = ({ stage }: RuleInfo, event: Event): boolean =>
    event.client !== null &&
    event.time !== null &&
    isDuringIntrusion(clients.get(event.client) ?? NEVER, event.time) &&
    mailboxesIn(event).some((name) => {
      const pair = pairOf(event.client, name)
      return pairs.has(pair) && (stage !== 'collection' || !shown.has(pair))
    })
  return {
    rules: rules.map((rule): EventRule => {
      const { requiresChain: _, ...info } = rule.info
      return { info, sources: rule.sources, match: (event) => (isWanted(info, event) ? rule.match(event) : null) }
    }),
    files: new Set(wanted.flatMap(({ text }) => mail.filesOf(text) ?? [...mailLogs.keys()])),
  }
}

const NEVER = { by: '', intrusion: '', from: Infinity, to: -Infinity }

/** Mailboxes that findings show as opened by each such address; parted by NUL. */
function openedAlready(
  found: readonly FindingWithHits[],
  clients: IntruderTraces['clients'],
  mail: MailUse,
): ReadonlySet<string> {
  const opened = new Set<string>()
  for (const { counts, user, client, mailboxes } of shownMail(found)) {
    if (!counts || client === null || !clients.has(client)) continue
    for (const name of [...mailboxes, user ?? ''])
      if (isPerson(name)) opened.add(`${client}\0${mail.identities.addressOf(name).toLowerCase()}`)
  }
  return opened
}
