import { ownMember, type JsonObject } from '../../lib/json-object.ts'
import type { BrokenRule } from '../../model/rule.ts'

/** What a list says of one value, whatever its form, before the value is checked. */
export type IndicatorEntry = {
  /** Of a list of lines. */
  readonly line?: number
  /** Of other lists: what stands before what is said about the entry, such as its id. */
  readonly place?: string
  /** Empty: to be recognized. */
  readonly type: string
  readonly value: string
  readonly id: string
  readonly context: string
  readonly note: string
  readonly campaign: string
  readonly confidence: string
  readonly valid?: Validity
  readonly side?: Side
  readonly fileName?: string
}

/** The time for which a list holds an entry valid: from the first up to, and without, the second. */
export type Validity = { readonly from: number | null; readonly until: number | null }

/** Where a list says which end of a connection an address is. */
export type Side = 'client' | 'called'

/** What of a list cannot be used. */
export type Bad = Omit<BrokenRule, 'file'>

/** What was left out because the list asks for it, with how much; always told. */
export type LeftOut = { readonly leftOut: string }

export type Item = IndicatorEntry | Bad | LeftOut

/** A value for a message. */
export function quoteListValue(value: string): string {
  return `"${cleanText(value).slice(0, 80)}"`
}

/** A text of a list on one line, without what a terminal would obey. */
export function cleanText(text: string): string {
  return text
    .slice(0, 4096)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, 300)
}

/** `2 revoked, 1 deleted`: what of these there is. */
export function formatCounts(of: readonly (readonly [count: number, what: string])[]): string {
  return of
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ')
}

// ---------------------------------------------------------------- JSON of others

/** A text, empty when there is none. */
export function ownText(object: JsonObject, name: string): string {
  const value = ownMember(object, name)
  return typeof value === 'string' ? value.trim() : ''
}
