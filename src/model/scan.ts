import type { LogKind } from './log-kinds.ts'
import type { Gap, Artifact } from './evidence.ts'
import type { Event, Fact } from './event.ts'
import type { Hit, CorrelationRows, BrokenRule } from './rule.ts'

/** Stands in front of a log of which a file has records that were not read. */
export const UNREAD = 'unread/'
/** Stands in front of the path of a file that a section of a configuration lies in, in lower case with `/`. */
export const SECTION = 'section/'

/** The hours in which one log kind has entries: [hour since 1970, entries, first ms, last ms]. */
export type HourCount = readonly [hour: number, entries: number, first: number, last: number]

/**
 * Requests of a client to the front end, counted: how many, of which time (ms since 1970 UTC; null where none has one), with
 * which status (2xx, 3xx, 4xx, 5xx), and how many bytes of answers went out, as far as rows say so.
 */
export type Traffic = {
  readonly rows: number
  readonly first: number | null
  readonly last: number | null
  readonly statuses: readonly [number, number, number, number]
  readonly bytes: number
}

/** What requests are counted by. */
export type Trait = 'client' | 'agent' | 'path' | 'status'

/** Requests by the values of one trait, in the order in which these were met. */
export type TraitTally = {
  readonly values: readonly string[]
  /** Eight numbers of each value: see traffic.ts. */
  readonly counts: Float64Array<ArrayBuffer>
  /** The client whose requests have the value: empty where none is named, null where there are several. Not told of clients. */
  readonly only: readonly (string | null)[]
  /** Requests with values beyond the most that are counted one by one. */
  readonly beyond: number
}

/** Requests to mailboxes in one file, and which names belong to one person. */
export type MailTally = {
  readonly mailboxes: readonly string[]
  /** Client and agent, parted by a NUL. */
  readonly sources: readonly string[]
  /** Six numbers of each mailbox, day and source: see mail-use.ts. */
  readonly cells: readonly number[]
  /** Names of one person, the address first. */
  readonly together: readonly (readonly string[])[]
  /** Rows beyond the most that are counted one by one. */
  readonly beyond: number
}

/** Mail that one file records as sent to recipients outside the organization. */
export type SentTally = {
  readonly senders: readonly string[]
  /** Four numbers of each sender and hour: see activity/sent-mail.ts. */
  readonly cells: readonly number[]
  /** Of cells with few recipients that were left out, where there are too many: their days (since 1970), and the most recipients. */
  readonly few?: { readonly days: readonly number[]; readonly recipients: number }
  /** Of a message trace of Exchange Online, and not of message tracking. */
  readonly isTrace?: true
  /** Messages beyond the most that are counted one by one. */
  readonly beyond: number
}

/** What accounts did in one file, in the order of the first rows. */
export type AccountTally = {
  /**
   * Parted by NUL: of devices user, device and kind of log (parsers/exchange/active-sync.ts), of logons what
   * parsers/exchange/logons.ts says.
   */
  readonly values: readonly string[]
  /** Seven numbers of each value: see activity/counted-accounts.ts. */
  readonly counts: Float64Array<ArrayBuffer>
  /** Rows beyond the maximum of separate ones. */
  readonly beyond: number
}

/** Which mobile devices asked for whose mailboxes in one file. */
export type DeviceTally = AccountTally & {
  /** The client of the first row of each value. */
  readonly clients: readonly string[]
}

/**
 * What rows of a cloud audit log say of mailboxes and accounts in one file, and which records it holds, so that a record
 * that stands in two exports is counted once.
 */
export type CloudTally = {
  readonly mailboxes: readonly string[]
  /**
   * Client, session, application, what was done, system of the client, who did it where that is not the owner, and of a request to
   * Microsoft Graph who asked (see parsers/microsoft-365/use.ts), parted by NULs.
   */
  readonly sources: readonly string[]
  /** Numbers of each mailbox, day and source: see parsers/cloud/use.ts. */
  readonly cells: Float64Array<ArrayBuffer>
  /** User, client, and the operation of the first act, parted by NULs. */
  readonly users: readonly string[]
  /** Rows, first and last time of each of them. */
  readonly acts: Float64Array<ArrayBuffer>
  /** Sign-ins, by what they have in common (see model/sign-ins.ts) and with their numbers. */
  readonly signIns: {
    readonly parts: readonly string[]
    /** Rows, first and last time, offset, length and line of the first row. */
    readonly numbers: Float64Array<ArrayBuffer>
    readonly beyond: number
  }
  /** Object ids of users in Entra, each with its address, parted by NULs. */
  readonly names: readonly string[]
  /** The first request to Microsoft Graph (milliseconds since 1970); null where there is none. */
  readonly graphSince: number | null
  /** A number of each record, made of its id, and the number of its cell (-1: none), its items and its bytes. */
  readonly records: Float64Array<ArrayBuffer>
  /** Rows, accounts and records beyond the maximum of separate ones. */
  readonly beyond: { readonly rows: number; readonly acts: number; readonly records: number }
}

/** What reading one artifact gave: plain data that crosses a thread. */
export type Scan = {
  readonly artifact: Artifact
  readonly gaps: readonly Gap[]
  readonly hits: readonly Hit[]
  /** Hits beyond the cap, per rule: counted, with first and last time. */
  readonly more: readonly {
    readonly rule: string
    readonly count: number
    readonly first: number | null
    readonly last: number | null
  }[]
  /** Rows that correlations count. */
  readonly trails: readonly CorrelationRows[]
  readonly facts: readonly Fact[]
  readonly hours: readonly (readonly [LogKind, readonly HourCount[]])[]
  /** Requests to the front end, by each of their traits; clients are those that are not loopback. */
  readonly requests: Readonly<Record<Trait, TraitTally>>
  /** Requests for mailboxes, in logs of the back end. */
  readonly mail: MailTally
  /** Of a log of message tracking in which mail leaves; else not there. */
  readonly sent?: SentTally
  /** Of a log of the front end in which mobile devices ask; else not there. */
  readonly devices?: DeviceTally
  /** Of a log that records logons; absent for others. */
  readonly logons?: AccountTally
  /** Of a cloud audit log; else not there. */
  readonly cloud?: CloudTally
  /** Rows per host name, by log kind. */
  readonly hosts: readonly (readonly [host: string, kind: LogKind, rows: number])[]
  /** Kinds of row that this log was seen to record: `windows-security/4688`; and logs of which it has records that were not read. */
  readonly recorded: readonly string[]
  /** What other tools said, when this is a result of theirs; those beyond the cap are counted. */
  readonly said: readonly Event[]
  readonly saidMore: number
  /**
   * Of a file of which hits are kept: a digest of its beginning that is told nowhere else, so that only who has the evidence can
   * make the key of the case (see secrets.ts).
   */
  readonly seed?: string
  /** Rules that took too long here, or in files before, and were left out of this file or of the rest of it. */
  readonly slow?: readonly BrokenRule[]
}

/** Runs units of work with limits. The results come in the order of the items whatever the number of workers. */
export type Pool = {
  run<Item, Result>(task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void): Promise<void>
}
