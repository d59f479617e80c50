import type { More } from './finding.ts'

/** Whose mail: a mailbox, or (`server`) a time in which it could be any of the server. */
export type Mailbox = {
  /** Its address where the evidence contains it, else its name as logged. */
  readonly mailbox: string
  readonly scope: 'mailbox' | 'server'
  /** Other names by which rows call it. */
  readonly names: readonly string[]
  /**
   * named: a row of the attack names it · joined: a back-end row that joins one does · possible: it could have been ·
   * unknown: no log here tells.
   */
  readonly certainty: 'named' | 'joined' | 'possible' | 'unknown'
  readonly accessMethods: readonly string[]
  readonly first: string | null
  readonly last: string | null
  /** Rows of this access, and the bytes of their responses as far as logged. */
  readonly requests: number
  readonly bytes: number
  /** Items that requests named by their ids, where the log counts them. */
  readonly items: number | null
  readonly operations: readonly (readonly [operation: string, requests: number])[]
  readonly clients: readonly string[]
  readonly days: readonly MailboxDay[]
  /** The use of this mailbox on other days, and of all; null where no log counts it. */
  readonly ordinary: OrdinaryUse | null
  readonly because: readonly string[]
  /** What is undetermined, and the evidence needed, in sentences. */
  readonly undetermined: readonly string[]
  readonly more?: More
}

export type MailboxDay = {
  readonly day: string
  readonly client: string | null
  readonly requests: number
  readonly bytes: number
}

/** What is ordinary in the logs of EWS and MAPI over HTTP, a day of one mailbox at a time. */
export type OrdinaryUse = {
  readonly thisMailbox: Spread
  readonly organization: Spread
  /** Number of mailboxes that the logs name; rows beyond the maximum of separate ones. */
  readonly mailboxes: number
  readonly beyond: number
  /** Clients and hours that are new at this mailbox on the days of the access: leads, and no proof. */
  readonly leads: readonly string[]
}

export type Spread = {
  readonly days: number
  readonly requests: Quantiles
  readonly bytes: Quantiles
}

export type Quantiles = { readonly median: number; readonly p95: number; readonly max: number }
