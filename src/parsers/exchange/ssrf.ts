import { isIP, isIPv6 } from 'node:net'
import { canonicalIp, isLoopback, isPrivate } from '../../lib/ip.ts'

/** Where a forged anchor or cookie told the front end to send a request. */
export type Ssrf = {
  form: 'ServerInfo' | 'BackEndCookie'
  host: string
  port: number | null
  path: string
  query: string | null
  to: 'loopback' | 'internal' | 'outside'
}

/**
 * What tells inside from outside: the server's own name, the name of the server that it sent the request to, and the
 * name that the client called it by.
 */
export type SsrfTarget = { server: string | null; targetServer: string | null; urlHost?: string | null }

/** `ServerInfo~host/path` of AnchorMailbox; null for an anchor that names a server alone, or something else. */
export function ssrfOfAnchor(anchor: string, inside: SsrfTarget): Ssrf | null {
  if (!/^serverinfo~/i.test(anchor)) return null
  return parse('ServerInfo', anchor.slice(11), inside)
}

/** `Server~host/path~version~…` of BackEndCookie; null for the ordinary `Server~host~version~time`. */
export function ssrfOfCookie(cookie: string, inside: SsrfTarget): Ssrf | null {
  if (!/^server~/i.test(cookie)) return null
  // A time behind the version may hold slashes; before it they are a path.
  const rest = cookie.slice(7)
  const version = rest.search(/~\d{6,12}(?:~|$)/)
  const tilde = rest.indexOf('~')
  if (tilde < 0) return null
  return parse('BackEndCookie', rest.slice(0, version >= 0 ? version : rest.lastIndexOf('~')), inside)
}

function parse(form: Ssrf['form'], text: string, inside: SsrfTarget): Ssrf | null {
  const whole = DELIMITER.test(text) ? text : unescapeOnce(text)
  const end = whole.search(DELIMITER)
  if (end < 0) return null
  const { host, port } = authority(whole.slice(0, end))
  const { path, query } = pathAndQuery(whole.slice(end).replace(/~\d{6,12}(?:~.*)?$/s, ''))
  const to = whereTo(host, port, inside)
  // The control panel gives a canary to each session there: a request that names one was sent to a panel that had answered.
  return { form, host, port, path, query, to: to === 'outside' && CANARY.test(query ?? '') ? 'internal' : to }
}

const CANARY = /(?:^|&)msExchEcpCanary=[\w.-]{20,}(?:&|$)/i

// What ends the host for a URL parser that reads `\` as `/`, as that of Windows does.
const DELIMITER = /[/\\?#]/

function authority(text: string): { host: string; port: number | null } {
  let host = unescapeOnce(text)
  host = host.slice(host.lastIndexOf('@') + 1).trim()
  let port: number | null = null
  if (!isIPv6(host)) {
    const m = /:(\d{1,5})$/.exec(host)
    if (m) {
      port = Number(m[1])
      host = host.slice(0, m.index)
    }
  }
  if (host.startsWith('[')) host = host.slice(1)
  while (host.endsWith(']')) host = host.slice(0, -1)
  return { host, port }
}

function pathAndQuery(text: string): { path: string; query: string | null } {
  const fragment = text.indexOf('#')
  const sent = fragment < 0 ? text : text.slice(0, fragment)
  const mark = sent.indexOf('?')
  const query = mark < 0 ? null : sent.slice(mark + 1)
  const path = resolveDots(unescapeOnce(mark < 0 ? sent : sent.slice(0, mark)).replaceAll('\\', '/'))
  return { path: path === '' ? '/' : path, query: query === '' ? null : query }
}

// The request goes where the dots lead, whatever stands before them.
function resolveDots(path: string): string {
  if (!/\/\.\.?(?:\/|$)/.test(path)) return path
  const parts: string[] = []
  for (const part of path.split('/').slice(1)) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

function unescapeOnce(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

function whereTo(host: string, port: number | null, inside: SsrfTarget): Ssrf['to'] {
  const name = host.toLowerCase().replace(/\.$/, '')
  const ip = isIP(name) ? canonicalIp(name) : null
  if (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    (ip && (isLoopback(ip) || ip === '0.0.0.0' || ip === '::'))
  )
    return 'loopback'
  if (port === 444) return 'internal'
  if (ip) return isPrivate(ip) ? 'internal' : 'outside'
  if (!name.includes('.') || isOwn(name, inside.server) || inDomainOf(name, inside.targetServer)) return 'internal'
  if (besides(name, inside.urlHost ?? null)) return 'internal'
  return 'outside'
}

function isOwn(name: string, server: string | null): boolean {
  if (!server) return false
  const own = server.toLowerCase()
  return name === own || (!own.includes('.') && name.slice(0, name.indexOf('.')) === own)
}

function inDomainOf(name: string, server: string | null): boolean {
  const target = server?.toLowerCase() ?? ''
  const dot = target.indexOf('.')
  if (dot < 0 || isIP(target)) return false
  // In a forged request TargetServer is the forged host itself; that alone says nothing of where it lies.
  return name !== target && name.endsWith(target.slice(dot))
}

// The host that was called is this organization's; what has the same name, or lies beside it in the same domain, is too.
function besides(name: string, called: string | null): boolean {
  const host = called?.toLowerCase().replace(/:\d+$/, '') ?? ''
  if (isIP(host) || !host.includes('.')) return false
  if (name === host) return true
  const domain = host.slice(host.indexOf('.'))
  // The domain below the host needs two labels of its own: `.example.com`, not `.com`, nor `.co.uk`.
  const [, first = '', ...more] = domain.split('.')
  if (more.length === 0 || (more.length === 1 && first.length <= 3 && more[0]!.length === 2)) return false
  return name.endsWith(domain)
}
