import type { Fields, FieldValue } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import type { RowLayout, Stands } from '../row-layout.ts'

/** One type of Exchange's text logs. A further one is one entry of the table below. */
export type LogType = {
  /** As `#Log-type:` names it, in lower case. */
  readonly names: readonly string[]
  readonly kind: KnownLogKind
  /** Column that holds the time of the row. */
  readonly time: string
  /** What a time says that is no ISO time. */
  readonly timeOf?: (text: string) => number | null
  /** Columns by which a header that names no type is recognized: all of one of these sets. */
  readonly signs: readonly (readonly string[])[]
  /** Column lists to read rows by that come without a header. The first that fits is taken. */
  readonly defaults: readonly string[]
  /** Column lists of its builds where rows without a header are not read by them. */
  readonly orders?: readonly string[]
  /** Columns that say what happened: without one of them a header is not that of the log as a server writes it. */
  readonly needed?: readonly string[]
  /** For rows without a header: distinguishes types with similar column lists. */
  readonly like?: (values: readonly string[]) => boolean
  /** Columns that fill the roles of an event. */
  readonly roles: Partial<Record<'host' | 'client' | 'user' | 'target' | 'request' | 'session', string>>
  /** Names of fields that `derive` fills, so that every row has them. */
  readonly derived?: readonly string[]
  readonly derive?: (row: EventDraft, path: string) => void
  /** The same for one column at a time, where `derive` can be done so: for rows that need not become events. */
  readonly apart?: Apart
}

/** What `derive` makes of single columns. */
type Apart = {
  /** The fields that one value makes beside its own; null when the row must be read as a whole. */
  fields?(column: string, value: FieldValue): Fields | null
  /** Columns of which some values ask for the row as a whole. */
  readonly watched?: readonly string[]
  /** Fields (in lower case) that `fields` makes and that the value of their column contains: no other is searched for there. */
  readonly stands?: Readonly<Record<string, Stands>>
  /** Fields that several columns make. */
  readonly joint?: Readonly<Record<string, readonly string[]>>
  readonly joins?: RowLayout['joins']
  /** Columns that say the kind of log and the host, and what they say; null where the row must be read as a whole. */
  readonly context?: readonly string[]
  contextOf?(values: (column: string) => string, path: string): { log?: KnownLogKind; host?: string | null } | null
  /** Columns that may hold the client, where it is not the column of its role. */
  readonly clients?: readonly string[]
}

/** An event in the making. */
export type EventDraft = {
  log: KnownLogKind
  fields: Record<string, FieldValue>
  host: string | null
  client: string | null
  user: string | null
  target: string | null
  request: string | null
  session: string | null
}
