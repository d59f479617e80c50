import type { Fields } from './model.ts'

/** The id by which a record of a cloud audit log is known in every export; null where it has none. */
export function recordIdOf(fields: Fields): string | null {
  for (const name of ['Id', 'id', 'ID']) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}
