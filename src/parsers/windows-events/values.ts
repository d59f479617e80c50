import type { FieldValue } from '../../model/event.ts'

export type MutableFields = Record<string, FieldValue>

export function scalarAsText(value: FieldValue | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value)
}
