import type { Fields } from '../../model/event.ts'
import { isProxyLog, type KnownLogKind } from '../../model/log-kinds.ts'
import { columnOf, type RowLayout, traitColumns } from '../row-layout.ts'
import { deviceOf } from './active-sync.ts'

// Logons to the front end: which user was served or refused, from which address. The front end names the user of a refused request
// where the client sent a name with its password (Basic), and where Windows refused it.

/** Longer names, addresses and programs are counted with all that begin alike. */
const LONGEST = { user: 128, client: 64, agent: 64 }
/** Reasons of Windows (`sc-win32-status`) with which the password was right: it must be changed, or has expired. */
const RIGHT: ReadonlySet<unknown> = new Set([1907, 1330])
/** Paths that show mail to who is served there; devices are counted by themselves. */
const MAIL =
  /^\/+(?:owa(?!\/+(?:auth|healthcheck|prem|calendar|\d))|ews\/+exchange\.asmx|mapi\/+emsmdb|rpc\/+rpcproxy|api\/+(?:v\d|beta)[\w.]{0,6}\/+(?:me|users)\b)/i

/** What the number of a logon says, in bits: how it ended, what it showed, and by which log it is known where that is not IIS. */
export const LOGON = { refused: 1, proxy: 2, mail: 4, 'imap-pop': 8, smtp: 16, windows: 32 } as const

/** A logon by what it is counted by (user, client, program of a refused one, digit; parted by NUL), and its client. */
export type CountedLogon = { readonly value: string; readonly client: string }

/** Paths below those of mail that lead to another service of the back end. */
const OTHER_SERVICE = /\/(?:powershell|ecp|oab|autodiscover)(?:\/|$)/i

/** Does what is served there show mail? */
export function showsMail(path: string): boolean {
  return MAIL.test(path) && !OTHER_SERVICE.test(path)
}

/** The logon of a request to the front end; null where it names no user, or was neither served nor refused. */
export function logonOf(fields: Fields, client: string | null, log: KnownLogKind): CountedLogon | null {
  const { 'cs-username': user, 'sc-status': status, 'cs-uri-stem': path, 'cs-user-agent': agent } = fields
  if (client === null || typeof status !== 'number' || typeof user !== 'string' || isNoUser(user)) return null
  const isRefused = status === 401
  if (!isRefused && (status < 200 || status >= 300)) return null
  if (isRefused && (RIGHT.has(fields['sc-win32-status']) || deviceOf(fields, client, log) !== null)) return null
  const isMail = typeof path === 'string' && showsMail(path)
  const kind = (isRefused ? LOGON.refused : 0) + (isProxyLog(log) ? LOGON.proxy : 0) + (isMail ? LOGON.mail : 0)
  return { value: valueOf(user, client, isRefused && typeof agent === 'string' ? agent : '', kind), client }
}

/** Of values as they stand in a row; null where they name no client. */
export function logonIn(value: string, layout: RowLayout, columns: NonNullable<LogonColumns>): string | null {
  const [user, client, agent, kind] = value.split('\0') as [string, string, string, string]
  const fieldOf = (column: number, text: string, name: string): string => {
    const field = text === '' || column < 0 ? '' : layout.fieldsOf(column, text)?.[name]
    return typeof field === 'string' ? field : ''
  }
  const own = layout.clientOf(client)
  if (own === null) return null
  return valueOf(
    fieldOf(columns.user, user, 'cs-username'),
    own,
    fieldOf(columns.agent, agent, 'cs-user-agent'),
    Number(kind),
  )
}

/** User, client, program and digit; parted by NUL. */
export function valueOf(user: string, client: string, agent: string, kind: number): string {
  const parts = [user.slice(0, LONGEST.user), client.slice(0, LONGEST.client), agent.slice(0, LONGEST.agent)]
  return [...parts.map((part) => part.replaceAll('\0', '\ufffd').toLowerCase()), kind].join('\0')
}

/** Is that what a logon is counted by, and not what a device is? */
export function isLogonValue(value: string): boolean {
  return value.split('\0', 5).length === 4
}

/** A machine account is no user. */
function isNoUser(user: string): boolean {
  return user === '' || user === '-' || user.endsWith('$')
}

type LogonColumns = {
  readonly path: number
  readonly user: number
  readonly client: number
  /** -1 where there is none. */
  readonly agent: number
  readonly reason: number
} | null

/** Columns of a logon in rows of a layout; null where one is missing. */
export function logonColumns(layout: RowLayout): LogonColumns {
  const traits = traitColumns(layout)
  const [path, client] = [traits.get('path') ?? -1, layout.client]
  const user = columnOf(layout, 'cs-username')
  if ([path, client, user, traits.get('status') ?? -1].includes(-1)) return null
  return { path, user, client, agent: traits.get('agent') ?? -1, reason: columnOf(layout, 'sc-win32-status') }
}
