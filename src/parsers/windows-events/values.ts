import type { FieldValue } from '../../model/event.ts'

export type Fields = Record<string, FieldValue>

export function text(value: FieldValue | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value)
}
