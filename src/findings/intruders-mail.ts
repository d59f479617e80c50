import type { Identities } from '../activity/identities.ts'
import type { LogonRow, Logons } from '../activity/logons.ts'
import { counted } from '../lib/amounts.ts'
import type { RuleInfo } from '../model/rule.ts'
import { SAME_CLIENT, tiesOf } from './cloud-mail.ts'
import { compareByTime, type FindingWithHits, foundOf, type KnownActivity } from './findings.ts'
import { locatedLogon, methodOf } from './guessing.ts'
import { DAY, HOUR } from '../lib/time.ts'

// Mailboxes that were opened from an address of an intrusion. Each such request is ordinary: the address makes it what it is.

const MOST = 500

type Server = { readonly name: string; readonly names?: ReadonlySet<string>; readonly proxies: ReadonlySet<string> }
type Counted = { readonly logons: Logons; readonly identities: Pick<Identities, 'accountOf'> }

/** Accounts that were shown mail at an address of an intrusion, from its first step to a week after its last. */
export function intrudersMail(
  found: readonly FindingWithHits[],
  { logons, identities }: Counted,
  infos: ReadonlyMap<string, RuleInfo>,
  server: Server,
  known: KnownActivity,
): { readonly found: readonly FindingWithHits[]; readonly notes: readonly string[] } {
  const rule = [...infos.values()].find(({ computedBy, sign }) => computedBy === 'logons' && sign.kind === 'origin')
  const { clients } = tiesOf(found, server.proxies)
  if (rule === undefined || clients.size === 0) return { found: [], notes: [] }
  const served = logons.served().filter(({ client }) => clients.has(client))
  // Where accounts logged on a day before its first step, the address is not the intruder's alone.
  const shared = new Set(
    served.flatMap(({ client, first }) => (first < clients.get(client)!.from - DAY ? [client] : [])),
  )
  const shown = new Set(
    found.flatMap(({ finding: { user, client, stage } }) =>
      user !== null && client !== null && stage === 'collection' ? [`${identities.accountOf(user)}\0${client}`] : [],
    ),
  )
  const made = served.flatMap(({ user, client, days }): FindingWithHits[] => {
    const tie = clients.get(client)!
    if (shared.has(client) || shown.has(`${identities.accountOf(user)}\0${client}`)) return []
    const isThen = ({ time }: LogonRow): boolean => time >= tie.from - HOUR && time <= tie.to + SAME_CLIENT
    const mail = days.flatMap((day) => (day.mail !== null && isThen(day.mail) ? [day.mail] : []))
    const [first] = mail
    if (first === undefined) return []
    const says = `${tie.by}; the account was shown mail there on ${counted(mail.length, 'day')}.`
    const match = { key: [user, client].join('\0'), rows: mail.length, says }
    const info = { ...rule, accessMethod: methodOf(first) }
    return [
      foundOf(
        mail.map((row) => locatedLogon({ ...row, user, client }, info, match)),
        server,
        known,
      ),
    ]
  })
  return {
    found: made.slice(0, MOST).sort(compareByTime),
    notes: [...shared]
      .sort()
      .map(
        (client) =>
          `logons: accounts were served at ${client} more than a day before the intrusion, too; they are not attributed to the intruder`,
      ),
  }
}
