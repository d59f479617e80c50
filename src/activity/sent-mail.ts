import { isTracking, SENT } from '../prefilter/mail-columns.ts'
import type { RowGroups } from '../prefilter/rows.ts'
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts'
import { type Event, fieldText } from '../model/event.ts'
import type { SentTally } from '../model/scan.ts'
import { DAY, HOUR, hourOf } from '../lib/time.ts'
import { GroupedRows, GroupTurns, sizeOf } from './grouped-rows.ts'
import { isAddress, isPerson } from './identities.ts'
import { weekBefore } from './near-days.ts'

// To how many recipients outside the organization each account sent mail in each hour, by message tracking or a message trace of Exchange
// Online: the measure for a mailbox that suddenly sends to many.

/** Numbers of a cell: sender, hour since 1970, messages, recipients. */
const WIDTH = 4
const MOST = { file: 50_000, run: 300_000 } as const
/** Fewest recipients within an hour that are many. */
export const MANY = 100
/** The hour has this many times the recipients of any hour of the days before. */
const TIMES = 10
/** An hour with fewer recipients makes no other one usual: such hours leave room for others where there are too many. */
const FEW = MANY / TIMES
/** Fewest earlier days of the log, to have something to compare with. */
const DAYS = 5
/** Exchange's own mail: between its servers, and of its own mailboxes. */
const OWN_CONNECTOR = /^intra-organization smtp send connector$/i
const OWN_SENDER = /^microsoftexchange[0-9a-f]{32}@/i

/** Mail that one file records as sent. */
export class FileSentMail {
  readonly #cells = new Map<string, { sender: string; hour: number; messages: number; recipients: number }>()
  #beyond = 0
  readonly #few = { days: new Set<number>(), recipients: 0 }
  /** Cells at which those with few recipients are left out. */
  #most: number = MOST.file
  readonly #turns = new GroupTurns()
  #isTrace = false

  event(event: Event): void {
    if (event.log === 'm365-message-trace' && event.time !== null) {
      this.#isTrace = true
      const [sender, recipients] = [traceSender(event), addresseesOf(event).length]
      if (sender !== null) this.#count(sender, event.time, recipients, 1)
      return
    }
    if (event.log !== 'message-tracking' || event.snippet || event.time === null) return
    const sender = senderIn((name) => fieldText(event, name) ?? '')
    if (sender !== null) this.#count(sender, event.time, sizeOf(fieldText(event, SENT.size) ?? ''), 1)
  }

  /** Counts the rows that a taker takes, where they are rows of message tracking. */
  beside(taker: RowTaker, layout: RowLayout): RowTaker {
    if (!isTracking(layout)) return taker
    return new GroupedRows<string>(taker, layout, {
      ...SENT,
      sourceOf: senderIn,
      count: (sender, time, size) => this.#count(sender, time, size, 1),
    })
  }

  /** Counts the rows that a taker has put together by their values; undefined where they are no rows of message tracking. */
  groups(layout: RowLayout): RowGroups | undefined {
    if (!isTracking(layout)) return undefined
    return {
      turn: this.#turns.turn,
      of: (valueIn) => senderIn((name) => valueIn(layout.columns.indexOf(name))),
      rows: (sender, rows, time, size) => {
        if (sender !== null) this.#count(sender as string, time, size, rows)
      },
    }
  }

  /** As plain data, in an order that does not depend on the way of reading; null where no mail was sent. */
  tally(): SentTally | null {
    this.#turns.settle()
    if (this.#cells.size === 0 && this.#beyond === 0) return null
    const cells = [...this.#cells.values()].sort((a, b) =>
      a.sender === b.sender ? a.hour - b.hour : a.sender < b.sender ? -1 : 1,
    )
    const senders = [...new Set(cells.map(({ sender }) => sender))]
    const numbers = new Map(senders.map((sender, number) => [sender, number]))
    return {
      senders,
      cells: cells.flatMap(({ sender, hour, messages, recipients }) => [
        numbers.get(sender)!,
        hour,
        messages,
        recipients,
      ]),
      ...(this.#few.days.size > 0 ? { few: { ...this.#few, days: [...this.#few.days] } } : {}),
      ...(this.#isTrace ? { isTrace: true } : {}),
      beyond: this.#beyond,
    }
  }

  #count(sender: string, time: number, recipients: number, messages: number): void {
    const hour = hourOf(time)
    const key = `${hour} ${sender}`
    const cell = this.#cells.get(key)
    if (cell !== undefined) {
      cell.messages += messages
      cell.recipients += recipients
      return
    }
    if (this.#cells.size >= this.#most) this.#leaveOut(hour)
    if (this.#cells.size < MOST.file) this.#cells.set(key, { sender, hour, messages, recipients })
    else this.#beyond += messages
  }

  /** Leaves out what was sent to few recipients in other hours than this one and the one before it. */
  #leaveOut(hour: number): void {
    for (const [key, cell] of this.#cells) {
      const recipients = Math.max(cell.messages, cell.recipients)
      if (recipients >= FEW || (cell.hour <= hour && cell.hour >= hour - 1)) continue
      this.#cells.delete(key)
      this.#few.days.add(dayOfHour(cell.hour))
      this.#few.recipients = Math.max(recipients, this.#few.recipients)
    }
    // Where hardly any are few, they are not looked through for each row.
    if (this.#cells.size > 0.9 * MOST.file) this.#most = Infinity
  }
}

/** The sender of a row by which a message left this organization; null for any other row. Whose message it was the rule decides. */
function senderIn(of: (column: string) => string): string | null {
  if (!/^send$/i.test(of('event-id')) || OWN_CONNECTOR.test(of('connector-id'))) return null
  const sender = of('sender-address').toLowerCase()
  return isAddress(sender) && isPerson(sender) && !OWN_SENDER.test(sender) ? sender : null
}

/**
 * The sender of a row of a trace with recipients outside the sender's domain. A trace has mail that came in, too: who of them is of the
 * organization only its sign-ins say.
 */
function traceSender(event: Event): string | null {
  const sender = event.user?.toLowerCase() ?? ''
  return event.fields.SentWhere === 'outside' && isAddress(sender) && isPerson(sender) ? sender : null
}

/** The recipients that a row of message tracking or of a trace names, in lower case. */
export function addresseesOf({ fields }: Pick<Event, 'fields'>): readonly string[] {
  const named = fields['recipient-address']
  const all = Array.isArray(named) ? named.map(String) : typeof named === 'string' ? named.split(';') : []
  return all.map((one) => one.toLowerCase())
}

/** Hours in which an account sent to far more recipients than in any hour of the days before. */
export type Burst = {
  readonly sender: string
  /** Hours since 1970. */
  readonly hours: ReadonlySet<number>
  /** The most recipients in one hour of the days before, and how many days these are. */
  readonly before: { readonly recipients: number; readonly days: number }
  /** It sent to as many before that week. Such days may be forged: they explain nothing of an account that came from a new address. */
  readonly isUsual: boolean
  /** A message trace of Exchange Online records it. */
  readonly isOfTenant: boolean
  /** Paths of the files that record these hours. */
  readonly files: ReadonlySet<string>
}

/** Mail that was sent, in all files. */
export class SentMail {
  /** By the digest of each file its path, of copies the first: they come in any order. */
  readonly #files = new Map<string, SentFile>()
  #cells = 0
  /** More cells than there is room for: those with few recipients are left out, of all files. */
  #isFull = false
  beyond = 0

  /** A file that is there twice is counted once; `isBeside`: of a log that explains nothing, so that it is no measure of what is much. */
  addFile(tally: SentTally | undefined, path: string, sha256: string, isBeside = false): void {
    if (tally === undefined) return
    const known = this.#files.get(sha256)
    if (known !== undefined) {
      if (path < known.path) known.path = path
      return
    }
    this.beyond += tally.beyond
    if (!this.#isFull && this.#cells + tally.cells.length / WIDTH > MOST.run) this.#leaveOut()
    const own = this.#isFull ? withoutFew(tally) : tally
    const cells = own.cells.length / WIDTH
    if (this.#cells + cells > MOST.run) {
      this.beyond += cells
      return
    }
    this.#cells += cells
    this.#files.set(sha256, { path, tally: own, isBeside })
  }

  #leaveOut(): void {
    this.#isFull = true
    this.#cells = 0
    for (const [sha256, file] of this.#files) {
      const tally = withoutFew(file.tally)
      this.#files.set(sha256, { ...file, tally })
      this.#cells += tally.cells.length / WIDTH
    }
  }

  /**
   * Accounts that sent to a hundred recipients or more within an hour, and to ten times as many as in any hour of the week before that
   * day; what follows within a week of such an hour belongs to it. Files may be copies of one another in part: how many there were is
   * only known when the rows are read again.
   */
  bursts(): readonly Burst[] {
    // A message may be in both kinds of logs.
    const [traces, logs] = [true, false].map((isTrace) =>
      [...this.#files.values()].filter(({ tally }) => (tally.isTrace ?? false) === isTrace),
    )
    return [...this.#burstsIn(logs!, false), ...this.#burstsIn(traces!, true)]
  }

  #burstsIn(files: readonly SentFile[], isOfTenant: boolean): readonly Burst[] {
    const days = [...this.#days(files)].sort((a, b) => a - b)
    const all = [...this.#hours(files)].sort(([a], [b]) => (a < b ? -1 : 1))
    const few = files.reduce((most, { tally }) => Math.max(most, tally.few?.recipients ?? 0), 0)
    return all.flatMap(([sender, hours]) => burstsOf({ sender, isOfTenant }, hours, days, few))
  }

  /** Days on which any account sent mail. */
  #days(files: readonly SentFile[]): readonly number[] {
    const days = new Set<number>()
    for (const { tally } of files) {
      for (let i = 0; i < tally.cells.length; i += WIDTH) days.add(dayOfHour(tally.cells[i + 1]!))
      for (const day of tally.few?.days ?? []) days.add(day)
    }
    return [...days]
  }

  #hours(files: readonly SentFile[]): ReadonlyMap<string, Map<number, SentInHour>> {
    const of = new Map<string, Map<number, SentInHour>>()
    for (const { path, tally, isBeside } of files)
      for (let i = 0; i < tally.cells.length; i += WIDTH) {
        const [sender, hour, messages, recipients] = [
          tally.senders[tally.cells[i]!]!,
          tally.cells[i + 1]!,
          tally.cells[i + 2]!,
          tally.cells[i + 3]!,
        ]
        const hours = of.get(sender) ?? new Map<number, SentInHour>()
        of.set(sender, hours)
        const one = hours.get(hour) ?? { recipients: 0, usual: 0, files: new Set() }
        hours.set(hour, one)
        // A log without the number of recipients has one of each message at least.
        one.recipients += Math.max(messages, recipients)
        if (!isBeside) one.usual += Math.max(messages, recipients)
        one.files.add(path)
      }
    return of
  }
}

type SentFile = { path: string; readonly tally: SentTally; readonly isBeside: boolean }
type SentInHour = { recipients: number; usual: number; readonly files: Set<string> }

type HourOf = readonly [hour: number, sent: SentInHour]

/** The same without the hours in which an account sent to few recipients. */
function withoutFew(tally: SentTally): SentTally {
  const cells: number[] = []
  const days = new Set(tally.few?.days)
  let most = tally.few?.recipients ?? 0
  for (let i = 0; i < tally.cells.length; i += WIDTH) {
    const recipients = Math.max(tally.cells[i + 2]!, tally.cells[i + 3]!)
    if (recipients >= FEW) for (let j = 0; j < WIDTH; j++) cells.push(tally.cells[i + j]!)
    else {
      days.add(dayOfHour(tally.cells[i + 1]!))
      most = Math.max(most, recipients)
    }
  }
  return { ...tally, cells, ...(days.size > 0 ? { few: { days: [...days], recipients: most } } : {}) }
}

/** `days`: those that are known, in order; `few`: the most recipients in an hour that was left out. */
function burstsOf(
  of: Pick<Burst, 'sender' | 'isOfTenant'>,
  hours: ReadonlyMap<number, SentInHour>,
  days: readonly number[],
  few: number,
): Burst[] {
  const many = [...hours].filter(([, { recipients }]) => recipients >= MANY).sort(([a], [b]) => a - b)
  if (many.length === 0) return []
  const most = new Map<number, number>()
  for (const [hour, { usual }] of hours) most.set(dayOfHour(hour), Math.max(most.get(dayOfHour(hour)) ?? 0, usual))
  const inOrder = [...most].sort(([a], [b]) => a - b)
  const bursts: Burst[] = []
  let [next, ever, earlier] = [0, few, 0]
  for (let at = 0; at < many.length; ) {
    const [first, { recipients }] = many[at]!
    const day = dayOfHour(first)
    for (; next < inOrder.length && inOrder[next]![0] < day; next++) ever = Math.max(ever, inOrder[next]![1])
    while (earlier < days.length && days[earlier]! < day) earlier++
    const week = weekBefore(day)
    const near = week.reduce((greatest, one) => Math.max(greatest, most.get(one) ?? 0), few)
    if (earlier < DAYS || recipients < TIMES * near) {
      at++
      continue
    }
    const isUsual = recipients < TIMES * ever
    const same = sameBurst(many, at)
    const own = same.filter(([, sent]) => sent.recipients >= TIMES * near)
    bursts.push({
      ...of,
      hours: new Set(own.map(([hour]) => hour)),
      before: isUsual
        ? { recipients: near, days: days.filter((one) => week.includes(one)).length }
        : { recipients: ever, days: earlier },
      isUsual,
      files: new Set(own.flatMap(([, { files }]) => [...files])),
    })
    at += same.length
  }
  return bursts
}

/** The hours from one on of which each follows another within a week. */
function sameBurst(many: readonly HourOf[], from: number): readonly HourOf[] {
  let end = from + 1
  const isNext = (): boolean => weekBefore(dayOfHour(many[end]![0]) + 1).includes(dayOfHour(many[end - 1]![0]))
  while (end < many.length && isNext()) end++
  return many.slice(from, end)
}

function dayOfHour(hour: number): number {
  return Math.floor((hour * HOUR) / DAY)
}
