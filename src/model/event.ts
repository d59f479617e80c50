import type { KnownLogKind } from './log-kinds.ts'

/**
 * How the time of an event is known.
 * stated: the row says UTC or an offset · format: the format is UTC by definition · zone: from the server's or the
 * given time zone · assumed: zone unknown (±14 h) · file: taken from a file's own time.
 */
export type TimeBasis = 'stated' | 'format' | 'zone' | 'assumed' | 'file'

/** What a field can hold. Several values: a rule matches when any of them matches. */
export type FieldValue = string | number | boolean | null | readonly (string | number)[]

export type Fields = Readonly<Record<string, FieldValue>>

/** Sigma's log source of an event; a rule is asked only of events whose log source it names. */
export type LogSource = { readonly category?: string; readonly product?: string; readonly service?: string }

/** Where an event lies: offset and length are (uncompressed) bytes of the artifact; `line` or `record` counts from 1. */
export type Place = {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly line?: number
  readonly record?: number
}

/** A place with the artifact's digest and the raw text there (cut at 64 KiB). */
export type Locator = Place & { readonly artifact: string; readonly raw: string }

/** One normalized row or record. */
export type Event = {
  readonly log: KnownLogKind
  /** All log sources it answers to (an IIS row is `webserver` and `windows/iis`). */
  readonly sources: readonly LogSource[]
  /** Milliseconds since 1970-01-01 UTC; null when the row has no usable time. */
  readonly time: number | null
  readonly timeBasis: TimeBasis
  /** The format's own field names beside Sigma's. Names are matched without regard to case by rules. */
  readonly fields: Fields
  /** The row as logged; for a binary record its text form, made on first access. */
  readonly raw: string
  readonly at: Place
  // Roles: what joins and groups events, filled by the parser, null when the row does not say.
  /** Name of the machine that wrote the row (upper case, without domain). */
  readonly host: string | null
  /** Address of the requesting client, canonical text form, without zone or port. */
  readonly client: string | null
  readonly user: string | null
  /** What was acted on: SSRF target `host:port/path`, a page, a file path, an object. */
  readonly target: string | null
  /** Request id that front-end and back-end rows share (lower case GUID). */
  readonly request: string | null
  /** Session, canary or process id that joins rows. */
  readonly session: string | null
  /** Set when the row was read without a header of its own, with the default fields of its kind. */
  readonly snippet?: boolean
}

/**
 * The machine went down, came up, or came up after a stop that nothing announced (`crashed`). A clock that was set forward goes down
 * at the old time and comes up at the new one: no time passed between them.
 */
export type PowerState = 'down' | 'up' | 'crashed'

/** What the evidence says about the server itself. */
export type Fact =
  | {
      readonly fact: 'build'
      /** `15.2.986.5`: four integers. */
      readonly build: string
      readonly precision: 'cu' | 'update'
      readonly source: string
      readonly from: number | null
      /** Null though `from` is known: it was set up then, and runs until something else is seen. */
      readonly to: number | null
      readonly host: string | null
      readonly at: Place
    }
  | { readonly fact: 'host'; readonly host: string; readonly source: string; readonly rows: number }
  /** A tenant of Microsoft 365 that rows are of, by its domain. */
  | { readonly fact: 'tenant'; readonly domain: string; readonly rows: number; readonly at: Place }
  | { readonly fact: 'zone'; readonly minutes: number; readonly source: string; readonly at: Place }
  | {
      readonly fact: 'installed'
      readonly time: number
      readonly source: string
      readonly host?: string | null
      readonly at: Place
    }
  /** Setup of Exchange or an update of it was at work, whether it names a build or not. */
  | {
      readonly fact: 'update'
      readonly from: number
      readonly to: number
      readonly source: string
      readonly host: string | null
      readonly at: Place
    }
  | { readonly fact: 'power'; readonly state: PowerState; readonly time: number; readonly at: Place }
  /** A page that IIS may run and no baseline knows; `takesNothing`: all of its code was followed, and nothing that is sent reaches it. */
  | {
      readonly fact: 'page'
      readonly page: string
      readonly modified: number | null
      readonly takesNothing: boolean
      readonly at: Place
    }
  | { readonly fact: 'note'; readonly note: string; readonly at: Place }
  | {
      /** A setting on which it depends whether a vulnerability is open (parsers/settings.ts). */
      readonly fact: 'setting'
      readonly name: string
      readonly about: string
      readonly value: string
      readonly host: string | null
      readonly at: Place
    }

/** First and last; null where nothing has a time. */
export type FirstAndLast = { readonly first: string | null; readonly last: string | null }

/** A field as text, null when absent or empty. */
export function fieldText(event: Pick<Event, 'fields'>, name: string): string | null {
  const value = event.fields[name]
  const first = Array.isArray(value) ? (value as readonly (string | number)[])[0] : (value as FieldValue | undefined)
  return first === undefined || first === null || first === '' ? null : String(first)
}
