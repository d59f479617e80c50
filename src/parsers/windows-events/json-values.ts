import { asObject, type JsonObject } from '../../lib/json-object.ts'
import { fieldValue } from '../common/field-value.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { FieldValue } from '../../model/event.ts'
import { wholeNumber } from './event.ts'
import type { WindowsTime } from './record.ts'

// Exports of search engines put every value into a list.
export function withoutSingleList(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value
}

/** A time with its zone; without one it is a local time of unknown zone. */
export function stated(value: unknown): WindowsTime {
  if (typeof value !== 'string') return { time: null, basis: 'assumed', text: null }
  return { time: isoTime(value), basis: statesZone(value) ? 'stated' : 'assumed', text: value }
}

export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  const o = asObject(value)
  return o ? Object.entries(o) : []
}

export function nonEmptyText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** JSON within a text of the record; null when it is none, or nested too deep to be walked. */
export function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return fits(value, 100) ? asObject(value) : null
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
