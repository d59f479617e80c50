import type { Identities } from '../activity/identities.ts'
import { isOfLogs, isOutside, type Logons } from '../activity/logons.ts'
import { type Burst, MANY, type SentMail } from '../activity/sent-mail.ts'
import { isJustBeforeOrSince } from '../activity/near-days.ts'
import type { ServedAccount } from '../activity/served-days.ts'
import { counted } from '../lib/amounts.ts'
import { isPrivate } from '../lib/ip.ts'
import { addTo } from '../lib/collections.ts'
import { DAY, HOUR, hourOf, iso } from '../lib/time.ts'
import { type Event, fieldText } from '../model/event.ts'
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
  const isNew = ({ sender, hours: [first = 0] }: Burst): boolean => places.newAddressOf(sender, first) !== null
  const bursts = all.filter((one) => !one.isUsual || isNew(one))
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
  const bySender = Map.groupBy(bursts, ({ sender }) => sender)
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
    const burst = (bySender.get(sender) ?? []).find(({ hours }) => hours.has(hourOf(time)))
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
    ({ hit }) => senderOf(hit.event),
  )
  const made = new Map<string, Hit[]>()
  for (const burst of bursts) {
    const rows = (bySender.get(burst.sender) ?? []).filter(({ hit }) => burst.hours.has(hourOf(hit.event.time!)))
    const hours = [...Map.groupBy(rows, ({ hit }) => hourOf(hit.event.time!))].map(([hour, own]) => ({
      hour,
      own,
      recipients: new Set(own.flatMap(({ hit }) => recipientsOf(hit.event))).size,
    }))
    const many = hours.filter(({ recipients }) => recipients >= MANY).sort((a, b) => a.hour - b.hour)
    const [first] = many
    if (first === undefined) continue
    const client = places.newAddressOf(burst.sender, first.hour)
    if (burst.isUsual && client === null) continue
    const most = many.reduce((a, b) => (b.recipients > a.recipients ? b : a))
    const all = many.flatMap(({ own }) => own)
    const match = {
      key: [burst.sender, first.hour].join('\0'),
      rows: new Set(all.map(({ hit }) => fieldText(hit.event, 'message-id') ?? hit.event.at.offset)).size,
      says: saysOf(burst, most),
    }
    const inOrder = all.sort((a, b) => a.hit.event.time! - b.hit.event.time! || (a.path < b.path ? -1 : 1))
    for (const { path, hit } of inOrder.slice(0, KEPT)) {
      const { event } = hit
      const own = event.client !== null && !isPrivate(event.client) ? event.client : client
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

/** Where accounts are served outside. */
class Places {
  readonly #byAccount: ReadonlyMap<string, readonly ServedAccount[]>
  readonly #accountOf: (name: string) => string

  constructor({ logons, identities }: Pick<SentLookupInput, 'logons' | 'identities'>) {
    this.#accountOf = (name) => identities.accountOf(name)
    const outside = logons.served().filter(({ client, days }) => isOutside(client) && isOfLogs({ days }))
    this.#byAccount = Map.groupBy(outside, ({ user }) => this.#accountOf(user))
  }

  /** The address at which the account was served for the first time in the day before the end of an hour; the latest of several. */
  newAddressOf(sender: string, hour: number): string | null {
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

  #of(sender: string): readonly ServedAccount[] {
    return this.#byAccount.get(this.#accountOf(sender)) ?? []
  }
}

function senderOf(event: Event): string {
  return (fieldText(event, 'sender-address') ?? '').toLowerCase()
}

function recipientsOf(event: Event): string[] {
  return (fieldText(event, 'recipient-address') ?? '').toLowerCase().split(';')
}
