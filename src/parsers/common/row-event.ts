import type { Event } from '../../model/event.ts'

/** What stands in the lines that a row takes: a line, or a record of CSV. */
export type RowText = {
  readonly text: string
  readonly offset: number
  readonly length: number
  readonly number: number
}

/** The event of a row. Roles that the row does not fill (host, client, user, target, request, session) are null. */
export function rowEvent(
  path: string,
  { text, offset, length, number }: RowText,
  event: Pick<Event, 'log' | 'sources' | 'time' | 'timeBasis' | 'fields'> & Partial<Event>,
): Event {
  return {
    raw: text,
    at: { path, offset, length, line: number },
    host: null,
    client: null,
    user: null,
    target: null,
    request: null,
    session: null,
    ...event,
  }
}
