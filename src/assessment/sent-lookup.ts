import type { CloudRun } from '../activity/cloud-audit.ts'
import type { Identities } from '../activity/identities.ts'
import { isOfLogs, isOutside, type Logons } from '../activity/logons.ts'
import { type Burst, MANY, addresseesOf, type SentMail } from '../activity/sent-mail.ts'
import { isJustBeforeOrSince } from '../activity/near-days.ts'
import type { ServedAccount } from '../activity/served-days.ts'
import { counted } from '../lib/amounts.ts'
import { isPrivate } from '../lib/ip.ts'
import { addTo, leastOf } from '../lib/collections.ts'
import { DAY, HOUR, hourOf, iso } from '../lib/time.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isOfTenant } from '../model/log-kinds.ts'
import type { Hit } from '../model/rule.ts'
import type { EventRule } from '../rules/rule.ts'

// Mail that an account sent to far more recipients than before: counted while the logs were read, and read again for its rows.

/** Rows kept of one account. */
const KEPT = 100
/**
 * Rows of one file that are read again, those of accounts that came from a new address apart: who sends far more, or newsletters, leave
 * room for them. `ofHour`: the fewest of one account in one hour.
 */
const READ = { new: 14_000, others: 5_000, ofHour: 2 * MANY } as const

/** What is looked up: what was counted of mail that was sent, and who logged on from where. */
export type SentLookupInput = {
  readonly sent: Pick<SentMail, 'bursts'>
  readonly logons: Pick<Logons, 'served'>
  readonly cloud: Pick<CloudRun, 'acts'>
  readonly identities: Pick<Identities, 'accountOf'>
  readonly events: readonly EventRule[]
}

/** The rule of such rows, restricted to the hours that stand out, and the logs that record these. */
export type MassMail = {
  readonly bursts: readonly Burst[]
  readonly rules: readonly EventRule[]
  readonly files: ReadonlySet<string>
  readonly places: Places
}

/** What is to be read again; null where no account sent far more than before. */
export function massMailToRead(input: SentLookupInput): MassMail | null {
  const rules = input.events.filter(({ info }) => info.lookup === 'sent-mail')
  const all = rules.length === 0 ? [] : input.sent.bursts()
  if (all.length === 0) return null
  const places = new Places(input)
  const isNew = (burst: Burst): boolean => places.newAddressOf(burst, leastOf(burst.hours, 0)) !== null
  // A trace has the mail of other organizations, too: of theirs nothing is known.
  const bursts = all.filter((one) => (!one.isUsual && !one.isOfTenant) || isNew(one))
  if (bursts.length === 0) return null
  const isWanted = wantedRows(bursts, new Set(bursts.filter(isNew)))
  return {
    bursts,
    places,
    files: new Set(bursts.flatMap(({ files }) => [...files])),
    rules: rules.map(
      (rule): EventRule => ({
        info: rule.info,
        sources: rule.sources,
        match: (event) => (isWanted(event) ? rule.match(event) : null),
      }),
    ),
  }
}

/** Is a row, in the order of its file, one of those that are read again? */
function wantedRows(bursts: readonly Burst[], fromNew: ReadonlySet<Burst>): (event: Event) => boolean {
  const bySender = Map.groupBy(bursts, keyOf)
  const read = new Map<string, number>()
  const hoursOf = (kind: 'new' | 'others'): number =>
    bursts.reduce((sum, one) => sum + (fromNew.has(one) === (kind === 'new') ? one.hours.size : 0), 0)
  const mostOf = (kind: 'new' | 'others'): number => Math.max(READ.ofHour, Math.floor(READ[kind] / hoursOf(kind)))
  const most = { new: mostOf('new'), others: mostOf('others') }
  const isLess = (key: string, than: number): boolean => {
    const rows = (read.get(key) ?? 0) + 1
    read.set(key, rows)
    return rows <= than
  }
  return (event) => {
    const { time, at } = event
    if (time === null) return false
    const sender = senderOf(event)
    const burst = (bySender.get(keyOfEvent(event)) ?? []).find(({ hours }) => hours.has(hourOf(time)))
    if (burst === undefined) return false
    const kind = fromNew.has(burst) ? 'new' : 'others'
    return isLess(`${at.path}\0${sender}\0${hourOf(time)}`, most[kind]) && isLess(`${at.path}\0${kind}`, READ[kind])
  }
}

/**
 * The rows as hits of one match for each account, with the address from which it was served for the first time in the day before; none
 * where there are fewer recipients than were counted, as copies of a log make it.
 */
export function massMailHits(
  hits: ReadonlyMap<string, readonly Hit[]>,
  { bursts, places }: MassMail,
): ReadonlyMap<string, readonly Hit[]> {
  const bySender = Map.groupBy(
    [...hits].flatMap(([path, own]) => own.map((hit) => ({ path, hit }))),
    ({ hit }) => keyOfEvent(hit.event),
  )
  const made = new Map<string, Hit[]>()
  for (const burst of bursts) {
    const rows = (bySender.get(keyOf(burst)) ?? []).filter(({ hit }) => burst.hours.has(hourOf(hit.event.time!)))
    const hours = [...Map.groupBy(rows, ({ hit }) => hourOf(hit.event.time!))].map(([hour, own]) => ({
      hour,
      own,
      recipients: new Set(own.flatMap(({ hit }) => addresseesOf(hit.event))).size,
    }))
    const many = hours.filter(({ recipients }) => recipients >= MANY).sort((a, b) => a.hour - b.hour)
    const [first] = many
    if (first === undefined) continue
    const client = places.newAddressOf(burst, first.hour)
    if ((burst.isUsual || burst.isOfTenant) && client === null) continue
    const most = many.reduce((a, b) => (b.recipients > a.recipients ? b : a))
    const all = many.flatMap(({ own }) => own)
    const match = {
      key: [burst.isOfTenant ? 'trace' : '', burst.sender, first.hour].join('\0'),
      rows: new Set(all.map(({ hit }) => fieldText(hit.event, 'message-id') ?? hit.event.at.offset)).size,
      says: saysOf(burst, most),
    }
    const inOrder = all.sort((a, b) => a.hit.event.time! - b.hit.event.time! || (a.path < b.path ? -1 : 1))
    for (const { path, hit } of inOrder.slice(0, KEPT)) {
      const { event } = hit
      // In a trace the address of what a person sent is that of a server.
      const isOwn = event.client !== null && !isPrivate(event.client) && !burst.isOfTenant
      const own = isOwn ? event.client : client
      const fields = { ...event.fields, OutsideRecipients: most.recipients }
      addTo(made, path, { ...hit, match, event: { ...event, fields, client: own, user: burst.sender } })
    }
  }
  return made
}

function saysOf(
  { sender, before: { recipients, days } }: Burst,
  most: { readonly hour: number; readonly recipients: number },
): string {
  const when = `from ${iso(most.hour * HOUR)!.slice(0, 16)} to ${iso((most.hour + 1) * HOUR)!.slice(11, 16)} UTC`
  const earlier = recipients === 0 ? 'none' : `at most ${recipients} within an hour`
  return `${sender} sent mail to ${counted(most.recipients, 'recipient')} outside the organization ${when}; to ${earlier} on the ${counted(days, 'day')} before.`
}

/** Where accounts are served outside, and where they work in a tenant. */
class Places {
  readonly #byAccount: ReadonlyMap<string, readonly ServedAccount[]>
  readonly #accountOf: (name: string) => string
  readonly #cloud: SentLookupInput['cloud']
  /** When each account of a tenant was first active at each address. */
  #begins: ReadonlyMap<string, ReadonlyMap<string, number>> | null = null

  constructor({ logons, cloud, identities }: Pick<SentLookupInput, 'logons' | 'cloud' | 'identities'>) {
    this.#accountOf = (name) => identities.accountOf(name)
    this.#cloud = cloud
    const outside = logons.served().filter(({ client, days }) => isOutside(client) && isOfLogs({ days }))
    this.#byAccount = Map.groupBy(outside, ({ user }) => this.#accountOf(user))
  }

  /** The address at which the account was served for the first time in the day before the end of an hour; the latest of several. */
  newAddressOf({ sender, isOfTenant: isCloud }: Pick<Burst, 'sender' | 'isOfTenant'>, hour: number): string | null {
    if (isCloud) return this.#newInTenant(sender, hour)
    const end = (hour + 1) * HOUR
    let latest: { readonly client: string; readonly first: number } | null = null
    const since = end - DAY - HOUR
    for (const { client, days } of this.#of(sender)) {
      const near = days.filter(({ day, first }) => first <= end && isJustBeforeOrSince(day, Math.floor(end / DAY)))
      // Only the server's own logs say that it was not new, and any log that it was served there.
      if (near.some(({ first, isBeside }) => !isBeside && first < since)) continue
      const first = near.find((one) => one.first >= since)?.first
      if (first !== undefined && (latest === null || first > latest.first)) latest = { client, first }
    }
    return latest?.client ?? null
  }

  #newInTenant(sender: string, hour: number): string | null {
    const end = (hour + 1) * HOUR
    this.#begins ??= this.#beginsInTenant()
    const begins = this.#begins.get(this.#accountOf(sender)) ?? []
    const near = [...begins].filter(([, first]) => first >= end - DAY - HOUR && first <= end)
    return near.sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
  }

  #beginsInTenant(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    const of = new Map<string, Map<string, number>>()
    for (const { user, client, first } of this.#cloud.acts()) {
      if (!isOutside(client)) continue
      const account = this.#accountOf(user)
      const begins = of.get(account) ?? new Map<string, number>()
      of.set(account, begins.set(client, Math.min(first, begins.get(client) ?? Infinity)))
    }
    return of
  }

  #of(sender: string): readonly ServedAccount[] {
    return this.#byAccount.get(this.#accountOf(sender)) ?? []
  }
}

/** A message may be in message tracking and in a trace: each is looked at alone. */
function keyOf({ sender, isOfTenant: isCloud }: Pick<Burst, 'sender' | 'isOfTenant'>): string {
  return `${isCloud ? 'tenant' : ''}\0${sender}`
}

function keyOfEvent(event: Event): string {
  return keyOf({ sender: senderOf(event), isOfTenant: isOfTenant(event.log) })
}

function senderOf(event: Event): string {
  return (fieldText(event, 'sender-address') ?? '').toLowerCase()
}
