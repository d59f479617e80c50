import type { RowLayout } from '../parsers/row-layout.ts'

/** Columns that name the mailbox of a row, the surest first: acted as, impersonated, the one who asks. */
export const OWNERS: Readonly<Record<string, readonly string[] | undefined>> = {
  ews: ['ActAsUser', 'ImpersonatedUser', 'AuthenticatedUser'],
  mapihttp: ['ActAsUserEmail', 'MailboxId', 'AuthenticatedUserEmail', 'AuthenticatedUser'],
}

export const SOURCES: Readonly<Record<string, readonly [client: string, agent: string]>> = {
  ews: ['ClientIpAddress', 'UserAgent'],
  mapihttp: ['ClientIP', 'ClientSoftware'],
}

export const STATUS: Readonly<Record<string, string>> = { ews: 'HttpStatus', mapihttp: 'HttpStatusCode' }

export const SIZE = 'ResponseSize'

/** The kind of such a log; undefined for all others. */
export function logOf({ sources, time }: RowLayout): string | undefined {
  return 'stamp' in time ? sources.map(({ service }) => service ?? '').find((name) => OWNERS[name]) : undefined
}

/** Names of all columns that decide by what the rows of a log are counted. */
export function mailColumnNames(log: string): readonly string[] {
  return [...new Set([...OWNERS[log]!, ...SOURCES[log]!, STATUS[log]!])]
}

/** The columns that decide by what a row is counted, and the one of its size; undefined where it is not. */
export function mailColumns(layout: RowLayout): { readonly by: readonly number[]; readonly size: number } | undefined {
  const log = logOf(layout)
  if (log === undefined) return undefined
  const by = mailColumnNames(log).flatMap((name) =>
    layout.columns.includes(name) ? [layout.columns.indexOf(name)] : [],
  )
  return { by, size: layout.columns.indexOf(SIZE) }
}
