import type { FieldValue, TimeBasis } from '../../model/event.ts'

/** The System block of a Windows event, as far as the form that it came in says it. */
export type WindowsSystem = {
  readonly eventId: number
  readonly provider?: string | null
  readonly channel?: string | null
  readonly computer?: string | null
  readonly level?: FieldValue
  readonly recordId?: number | null
  readonly userId?: string | null
  readonly keywords?: FieldValue
  /** Further members of the block under the names that events are given: `Task`, `Opcode`, `Execution_ProcessID` … */
  readonly more?: readonly (readonly [name: string, value: FieldValue])[]
}

/** One item of EventData or UserData; `null` as name when it has none. */
export type DataItem = readonly [name: string | null, value: FieldValue]

/** When the event was written, with the text that the form gave (100 ns where it has them). */
export type WindowsTime = {
  readonly time: number | null
  readonly basis: TimeBasis
  readonly text: string | null
  /** The time that the form gave besides, in a zone that it does not name. */
  readonly local?: number | null
}

/** A Windows event taken out of any of its forms: EVTX, XML, JSON, key=value. */
export type WindowsRecord = {
  readonly system: WindowsSystem
  readonly data: readonly DataItem[]
  /** The rendered text, in the language of the server. */
  readonly message?: string | null
  readonly when: WindowsTime
  readonly snippet?: boolean
}
