import type { Event } from './event.ts'
import type { Sign } from './sign.ts'
import type { Stage, Level, PersistenceKind } from './stages.ts'

/** What is known of a rule besides its condition. */
export type RuleInfo = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly author: string
  readonly license: string
  readonly pack: string
  /** Name of the campaign that it belongs to; `unknown` for rules that belong to none. */
  readonly campaign: string
  readonly stage: Stage
  readonly level: Level
  /** What its hits are a sign of, and how strong a one. */
  readonly sign: Sign
  readonly cves: readonly string[]
  /** ATT&CK technique ids. */
  readonly attack: readonly string[]
  readonly falsePositives: readonly string[]
  readonly nextSteps: readonly string[]
  /** The kind of persistence of a hit, where it is one. */
  readonly persistence?: PersistenceKind
  /** By which way mail went, when a hit shows that. */
  readonly accessMethod?: string
  /** Name of the tool or scanner that leaves this trace when it is a defender's, with who runs it. */
  readonly known?: string
  /**
   * For `context` rules: the stage that a hit has once it is joined (by request id, or target and time) to a hit of the
   * same campaign at the front end. Two independent logs then say the same, so it proves.
   */
  readonly stageWhenCorrelated?: Stage
  /** Its rows are ordinary work: only those that join an intrusion become findings (see cloud-story.ts). */
  readonly requiresChain?: true
  /** Its findings are made of what was counted, by the computation of this name; its condition says which rows are counted. */
  readonly computedBy?: string
  /** Rows that the second lookup finds have this rule: requests for a page, another file, or mail and passwords; mail in a log of the back end; that of another for the first time; mail that was sent to many; the request before a program of a worker. */
  readonly lookup?: Lookup
  /** Its act writes a file whose name the rows need not contain: a page that is served first afterwards may be that file. */
  readonly writesFile?: true
  /** It counts only of the machine account of the server itself, in a log of another machine. */
  readonly byServer?: true
  /** Beside another sign of its subject it leaves open what remains on the server. */
  readonly leavesOpen?: true
  /** Its title for rows without a status (of an excerpt, of chosen columns), where the title says how a request ended. */
  readonly titleWithoutStatus?: string
  readonly file: string
}

/** What the second lookup looks for. */
export const lookups = [
  'page',
  'file',
  'mail-file',
  'secret-file',
  'mailbox',
  'mailbox-of-other',
  'sent-mail',
  'worker-request',
] as const

export type Lookup = (typeof lookups)[number]

/** One event or file that a rule matched. */
export type Hit = {
  readonly rule: string
  /** Names of the fields that matched, for the explanation. */
  readonly matched: readonly string[]
  readonly event: Event
  /** Of a correlation: the match that the row is a part of. */
  readonly match?: Match
}

/** Rows that make a correlation true together: one finding. */
export type Match = {
  /** The same for all of its rows, and for no other match of the correlation. */
  readonly key: string
  /** How many rows it has, be they kept or not. */
  readonly rows: number
  /** In words: what they have in common and how they lie in time. */
  readonly says: string
}

/**
 * Rows of one file that answer a rule which a correlation counts, kept so that they can be counted with those of all other
 * files: of each its place and the values that are asked for, and no more.
 */
export type CorrelationRows = {
  readonly rule: string
  /** What rows have in common, each once, in the order in which the rows name them. */
  readonly keys: readonly CorrelationRowKey[]
  /**
   * Eight numbers a row: time, number of its key, offset, length, line or record (0 for none), identity, and what it has in
   * common with the row of another log of the same request (0 for none): client and path, and id (see scan.ts).
   */
  readonly rows: readonly number[] | Float64Array<ArrayBuffer>
  /** Rows without a time, and rows beyond the most that are kept: they are in no correlation. */
  readonly untimed: number
  readonly beyond: number
}

export type CorrelationRowKey = Pick<Event, 'log' | 'timeBasis' | 'host' | 'client' | 'user'> & {
  /** Values by name of field (folded); of several values one text. A field without a value is not there. */
  readonly values: Readonly<Record<string, string>>
  readonly counts: 'line' | 'record'
}

/** A rule that could not be loaded, is not supported, or took too long and was left out: shown, never dropped. */
export type BrokenRule = {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly reason: 'broken' | 'unsupported' | 'slow'
  readonly detail: string
}
