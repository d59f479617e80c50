import { REFUSED_LOGON } from '../../model/logon-values.ts'
import { lastHop } from '../../lib/ip.ts'
import type { Fields } from '../../model/event.ts'
import { isProxyLog, type KnownLogKind } from '../../model/log-kinds.ts'
import { columnOf, type RowLayout, traitColumns } from '../row-layout.ts'
import { deviceOf } from './active-sync.ts'

// Logons to the front end: which user was served or refused, from which address. The front end names the user of a refused request
// where the client sent a name with its password (Basic), and where Windows refused it.

/** Longer names, addresses and programs are counted with all that begin alike. */
const LONGEST = { user: 128, client: 96, agent: 64 }
/** Reasons of Windows (`sc-win32-status`) with which the password was right: it must be changed, or has expired. */
const RIGHT: ReadonlySet<unknown> = new Set([1907, 1330])
/** Paths that show mail to who is served there; devices are counted by themselves. */
const MAIL =
  /^\/+(?:owa(?!\/+(?:auth|healthcheck|prem|calendar|\d))|ews\/+exchange\.asmx|mapi\/+emsmdb|rpc\/+rpcproxy|api\/+(?:v\d|beta)[\w.]{0,6}\/+(?:me|users)\b)/i
/** Other paths of which the front end passes each request of a user to the back end, by HttpProxy. */
const PASSED =
  /^\/+(?:autodiscover\/+autodiscover\.|ecp(?!\/+(?:auth|\d|[^/]{1,60}\.(?:js|css|png|gif|ico)$))|oab\/|powershell\b|mapi\/+nspi|microsoft-server-activesync)/i

/**
 * What the number of a logon says, in bits: how it ended, what it showed, and by which log it is known where that is not IIS;
 * `table`: by a table of events, which is a choice of them; `token`: no logon here, but a token of AD FS for one;
 * `ews`: by EWS, with `mail` where it may show that, beside people and free times; `passed`: by the web server at another path that HttpProxy passes
 * on, with `mail` at one of RPC or REST.
 */
export const LOGON = {
  refused: REFUSED_LOGON,
  proxy: 2,
  mail: 4,
  'imap-pop': 8,
  smtp: 16,
  windows: 32,
  table: 64,
  token: 128,
  ews: 256,
  passed: 512,
} as const

/**
 * A logon by what it is counted by (user, client, program of a refused one or another's mailbox that it opened, number; parted by
 * NUL), and its client. Where the log has
 * X-Forwarded-For the address that it names follows the client: `10.0.0.5>203.0.113.7`.
 */
export type CountedLogon = { readonly value: string; readonly client: string }

const EWS = /^\/+ews\//i
/** EWS is asked by POST: by these it shows its own page, its description or a photo. */
const NO_CALL = /^(?:GET|HEAD|OPTIONS)$/
const RPC = /^\/+(?:rpc|api)\//i

/** Paths below those of mail that lead to another service of the back end. */
const OTHER_SERVICE = /\/(?:powershell|ecp|oab|autodiscover)(?:\/|$)/i

/**
 * What is served at a path shows: mail, by RPC or REST, too, what EWS has (mail, people, free times), or neither; `passed`: neither, but
 * by HttpProxy.
 */
export function shownAt(path: string): 'mail' | 'rpc' | 'ews' | 'passed' | null {
  if (!MAIL.test(path)) return PASSED.test(path) ? 'passed' : null
  if (OTHER_SERVICE.test(path)) return null
  if (EWS.test(path)) return 'ews'
  return RPC.test(path) ? 'rpc' : 'mail'
}

/** The logon of a request to the front end; null where it names no user, or was neither served nor refused. */
export function logonOf(fields: Fields, client: string | null, log: KnownLogKind): CountedLogon | null {
  const {
    'cs-username': user,
    'sc-status': status,
    'cs-uri-stem': path,
    'cs-user-agent': agent,
    [METHOD]: method,
  } = fields
  if (client === null || typeof status !== 'number' || typeof user !== 'string' || isNoUser(user)) return null
  const isRefused = status === 401
  if (!isRefused && (status < 200 || status >= 300)) return null
  if (isRefused && (RIGHT.has(fields['sc-win32-status']) || deviceOf(fields, client, log) !== null)) return null
  const shown = typeof path === 'string' ? shownAt(path) : null
  const isOfProxy = isProxyLog(log)
  const isPage = shown === 'ews' && typeof method === 'string' && NO_CALL.test(method)
  const bits = isPage ? LOGON.ews : bitsOf(shown, isRefused || isOfProxy)
  const kind = (isRefused ? LOGON.refused : 0) + (isOfProxy ? LOGON.proxy : 0) + bits
  const named = withHop(client, fields[FORWARDED])
  return { value: valueOf(user, named, isRefused && typeof agent === 'string' ? agent : '', kind), client }
}

/** That HttpProxy passed a request on says something of what the web server answered. */
function bitsOf(shown: ReturnType<typeof shownAt>, isOther: boolean): number {
  const passed = !isOther && (shown === 'passed' || shown === 'rpc') ? LOGON.passed : 0
  const mail = shown === null || shown === 'passed' ? 0 : LOGON.mail
  return passed + mail + (shown === 'ews' ? LOGON.ews : 0)
}

const METHOD = 'cs-method'

/** The header by which a proxy says for whom it asks, as columns of the web server's log are called. */
const FORWARDED = 'x-forwarded-for'

/** Client and last hop of X-Forwarded-For, as logons are counted by them. */
function withHop(client: string, forwarded: unknown): string {
  const hop = typeof forwarded === 'string' ? lastHop(forwarded) : null
  return hop === null || hop === client ? client : `${client}>${hop}`
}

/** The client that connected, and for whom it says to ask: null where it does not. */
export function hopsOf(counted: string): { readonly client: string; readonly forwarded: string | null } {
  const at = counted.indexOf('>')
  if (at < 0) return { client: counted, forwarded: null }
  return { client: counted.slice(0, at), forwarded: counted.slice(at + 1) }
}

/** Of values as they stand in a row; null where they name no client. */
export function logonIn(value: string, layout: RowLayout, columns: NonNullable<LogonColumns>): string | null {
  const [user, client, agent, kind] = value.split('\0') as [string, string, string, string]
  const fieldOf = (column: number, text: string, name: string): string => {
    const field = text === '' || column < 0 ? '' : layout.fieldsOf(column, text)?.[name]
    return typeof field === 'string' ? field : ''
  }
  const hops = hopsOf(client)
  const own = layout.clientOf(hops.client)
  if (own === null) return null
  return valueOf(
    fieldOf(columns.user, user, 'cs-username'),
    withHop(own, hops.forwarded),
    fieldOf(columns.agent, agent, 'cs-user-agent'),
    Number(kind),
  )
}

/** User, client, program or mailbox, and number; parted by NUL. */
export function valueOf(user: string, client: string, detail: string, kind: number): string {
  const parts = [user.slice(0, LONGEST.user), client.slice(0, LONGEST.client), detail.slice(0, LONGEST.agent)]
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
  /** -1 where there is none, as of the next ones. */
  readonly forwarded: number
  readonly agent: number
  readonly method: number
  readonly reason: number
} | null

/** Columns of a logon in rows of a layout; null where one is missing. */
export function logonColumns(layout: RowLayout): LogonColumns {
  const traits = traitColumns(layout)
  const [path, client] = [traits.get('path') ?? -1, layout.client]
  const user = columnOf(layout, 'cs-username')
  if ([path, client, user, traits.get('status') ?? -1].includes(-1)) return null
  const [forwarded, method] = [columnOf(layout, FORWARDED), columnOf(layout, METHOD)]
  const reason = columnOf(layout, 'sc-win32-status')
  return { path, user, client, forwarded, agent: traits.get('agent') ?? -1, method, reason }
}
