import type { Identities } from '../activity/identities.ts'
import { isOfLogs, type Logons } from '../activity/logons.ts'
import type { MailUse } from '../activity/mailbox-use.ts'
import { counted } from '../lib/amounts.ts'
import type { RuleInfo } from '../model/rule.ts'
import { SAME_CLIENT, type IntruderTrace, type IntruderTraces, tiesOf } from './cloud-mail.ts'
import { compareByTime, type FindingWithHits, foundOf, type KnownActivity } from './findings.ts'
import { mailShownBy } from './ews-mail.ts'
import { locatedLogon, methodOf } from './guessing.ts'
import type { CompromisedAccounts } from './intrusions.ts'
import { shownMail } from './shown-mail.ts'
import { isJustBeforeOrSince } from '../activity/near-days.ts'
import { DAY, HOUR } from '../lib/time.ts'

// Mailboxes that were opened from an address of an intrusion. Each such request is ordinary: the address makes it what it is.

const MOST = 500

type Server = { readonly name: string; readonly names?: ReadonlySet<string>; readonly proxies: ReadonlySet<string> }
type Counted = {
  readonly logons: Logons
  readonly mail: Pick<MailUse, 'uses'>
  readonly identities: Pick<Identities, 'accountOf'>
  /** As `KnownOrigins` has it. */
  readonly explainsFrom?: number | null
  readonly byAccount?: CompromisedAccounts
}

/** Accounts that were shown mail at an address of an intrusion, from its first step to a week after its last. */
export function intrudersMail(
  found: readonly FindingWithHits[],
  { logons, mail: uses, identities, explainsFrom = null, byAccount }: Counted,
  infos: ReadonlyMap<string, RuleInfo>,
  server: Server,
  known: KnownActivity,
): { readonly found: readonly FindingWithHits[]; readonly notes: readonly string[] } {
  const rule = [...infos.values()].find(({ computedBy, sign }) => computedBy === 'logons' && sign.kind === 'origin')
  const { clients } = tiesOf(found, server.proxies, byAccount)
  if (rule === undefined || clients.size === 0) return { found: [], notes: [] }
  const served = logons.served().filter(({ client }) => clients.has(client))
  const shared = usedBeforeIntrusion(clients, usualLogons(logons, clients, explainsFrom))
  const shown = openedAlready(found, identities)
  const isMailShown = mailShownBy(uses, identities)
  const made = served.flatMap(({ user, client, mailbox, days }): FindingWithHits[] => {
    const tie = clients.get(client)!
    const place = `${identities.accountOf(user)}\0${client}`
    if (shared.has(client) || shown.has(place)) return []
    const mail = days.flatMap((day) =>
      day.mail !== null && isDuringIntrusion(tie, day.mail.time) && isMailShown(day.mail, user, client)
        ? [day.mail]
        : [],
    )
    const [first] = mail
    if (first === undefined || shown.has(`${place}\0${methodOf(first)}`)) return []
    const what = first.isEws ? 'used EWS' : 'was shown mail'
    const says = `${tie.by}; the account ${what} there on ${counted(mail.length, 'day')}.`
    const match = { key: [user, client, mailbox].join('\0'), rows: mail.length, says }
    const info = { ...rule, accessMethod: methodOf(first) }
    return [
      foundOf(
        mail.map((row) => locatedLogon({ ...row, user, client }, info, match)),
        server,
        known,
      ),
    ]
  })
  const beyond = made.length - MOST
  return {
    found: made.slice(0, MOST).sort(compareByTime),
    notes: [
      ...[...shared]
        .sort()
        .map(
          (client) =>
            `logons: accounts were served at ${client} more than a day before the intrusion, too; they are not attributed to the attacker`,
        ),
      ...(beyond > 0
        ? [
            `logons: mail of ${counted(beyond, 'further account')} at addresses of an intrusion was counted and is not shown`,
          ]
        : []),
    ],
  }
}

/**
 * Mail that findings show already, by account and address; where they name the mailbox of another, that by its access method only:
 * the account may have opened its own by another one.
 */
function openedAlready(
  found: readonly FindingWithHits[],
  identities: Pick<Identities, 'accountOf'>,
): ReadonlySet<string> {
  const opened = new Set<string>()
  for (const { user, client, means, mailboxes } of shownMail(found)) {
    if (user === null || client === null) continue
    const account = identities.accountOf(user)
    const isOwn = mailboxes.length === 0 || mailboxes.some((name) => identities.accountOf(name) === account)
    opened.add(`${account}\0${client}${isOwn ? '' : `\0${means}`}`)
  }
  return opened
}

/**
 * Logons at these addresses that may show that others use them, too: those before the unbroken logs, and those of long before, show
 * nothing of later intrusions.
 */
export function usualLogons(
  logons: Pick<Logons, 'explaining'>,
  clients: IntruderTraces['clients'],
  explainsFrom: number | null,
): readonly { readonly client: string; readonly first: number }[] {
  const since = explainsFrom ?? -Infinity
  return logons.explaining().flatMap(({ client, days }) => {
    const tie = clients.get(client)
    if (tie === undefined || !isOfLogs({ days })) return []
    const act = Math.floor(tie.from / DAY)
    const [day] = days.filter((one) => (tie.from < since || one.last >= since) && isJustBeforeOrSince(one.day, act))
    return day === undefined ? [] : [{ client, first: day.first }]
  })
}

/** Addresses where accounts were served more than a day before the first step of the intrusion, and not long before: they are not the attacker's alone. */
export function usedBeforeIntrusion(
  clients: IntruderTraces['clients'],
  served: readonly { readonly client: string; readonly first: number }[],
): ReadonlySet<string> {
  return new Set(
    served.flatMap(({ client, first }) => {
      const from = clients.get(client)?.from ?? -Infinity
      return first < from - DAY && isJustBeforeOrSince(Math.floor(first / DAY), Math.floor(from / DAY)) ? [client] : []
    }),
  )
}

/** Is it from an hour before the first step of the intrusion to a week after its last? */
export function isDuringIntrusion({ from, to }: IntruderTrace, time: number): boolean {
  return time >= from - HOUR && time <= to + SAME_CLIENT
}
