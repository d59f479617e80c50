import { canonicalJson } from '../../lib/json.ts'
import type { FieldValue } from '../../model/event.ts'

/** What a field can hold of a value of JSON; deeper structures are kept as their JSON text. */
export function fieldValue(value: unknown): FieldValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
    return value as (string | number)[]
  return canonicalJson(value)
}
