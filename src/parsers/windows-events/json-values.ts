import { canonicalJson } from '../../lib/json.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { FieldValue } from '../../model/event.ts'
import { wholeNumber } from './event.ts'
import type { WindowsTime } from './record.ts'

export type Json = Readonly<Record<string, unknown>>

// Exports of search engines put every value into a list.
export function one(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value
}

/** A time that says its zone; without one it is somebody's local time. */
export function stated(value: unknown): WindowsTime {
  if (typeof value !== 'string') return { time: null, basis: 'assumed', text: null }
  return { time: isoTime(value), basis: statesZone(value) ? 'stated' : 'assumed', text: value }
}

export function object(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}

/** An own member: names from the evidence must not reach what objects inherit. */
export function own(o: Json | null, name: string): unknown {
  return o && Object.hasOwn(o, name) ? o[name] : undefined
}

export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  const o = object(value)
  return o ? Object.entries(o) : []
}

export function words(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** JSON within a text of the record; null when it is none, or nested too deep to be walked. */
export function parsed(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return fits(value, 100) ? object(value) : null
  } catch {
    return null
  }
}

function fits(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((inner) => fits(inner, depth - 1))
}

export function add(more: [string, FieldValue][], name: string, value: unknown): void {
  if (value === undefined || value === null || value === '') return
  more.push([name, wholeNumber(value) ?? fieldValue(value)])
}

/** What a field can hold; deeper structures are kept as their JSON text. */
export function fieldValue(value: unknown): FieldValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
    return value as (string | number)[]
  return canonicalJson(value)
}
