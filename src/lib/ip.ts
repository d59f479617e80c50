import { isIP, isIPv4, isIPv6 } from 'node:net'

/**
 * An address as logs write it, in one form: without brackets, port and IPv6 zone, IPv4-mapped IPv6 as IPv4, IPv6 in lower
 * case and compressed, without the brackets around dots that reports put there. Null when it is no address (a name, `-`, damage).
 */
export function canonicalIp(text: string): string | null {
  // Most are written so.
  if (isIPv4(text)) return text
  let t = text.trim()
  const bracket = /^\[([^\]]+)\](?::\d+)?$/.exec(t)
  if (bracket) t = bracket[1]!
  t = t.replace(/%[^%]*$/, '')
  if (isIPv4(t)) return t
  const v4port = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(t)
  if (v4port && isIPv4(v4port[1]!)) return v4port[1]!
  // As reports write addresses, so that they cannot be opened by mistake: `203.0.113[.]7`.
  if (/[[(]/.test(t) && DEFANGED.test(t)) return canonicalIp(t.replaceAll(DEFANGED_DOT, '.'))
  if (!isIPv6(t)) return null
  const groups = ipv6Groups(t)
  if (groups.slice(0, 5).every((g) => g === 0) && groups[5] === 0xffff) {
    return `${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.${groups[7]! & 255}`
  }
  return compress(groups)
}

const DEFANGED = /^\d{1,3}(?:(?:\.|\[\.\]|\(\.\)|\[dot\])\d{1,3}){3}(?::\d{1,5})?$/i
const DEFANGED_DOT = /\[\.\]|\(\.\)|\[dot\]/gi

/** The longest address with what may stand around it. */
const LONGEST_HOP = 64

/** In the place of a client whose X-Forwarded-For was cut: all such requests are of one client, since no ordinary one sends a long header. */
export const CUT_HOP = 'unknown (header cut)'
/** IIS cuts a header behind 4,096 bytes (`maxCustomFieldLength`), or writes three dots instead. */
const CUT = { from: 4_000, dots: '...' }

/**
 * The last address of X-Forwarded-For: that of the client which asked the proxy that connected. What stands before it the client may
 * have sent itself: a long header would push the address that the proxy adds out of the log. Null where it is no address.
 */
export function lastHop(forwarded: string): string | null {
  const isLong = forwarded.length >= CUT.from / 4 && Buffer.byteLength(forwarded) >= CUT.from
  if (isLong || forwarded.endsWith(CUT.dots)) return CUT_HOP
  return canonicalIp(
    forwarded
      .slice(forwarded.lastIndexOf(',') + 1)
      .slice(-LONGEST_HOP)
      .replaceAll('+', ' '),
  )
}

/** Loopback, as seen by the server itself. */
export function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.')
}

const [ONE, COLON, F] = [0x31, 0x3a, 0x66]

/** Private, link-local, carrier-grade NAT or unique-local: an address that is not on the Internet. */
export function isPrivate(ip: string): boolean {
  // Each of them begins with one of these; most addresses do not.
  const first = ip.charCodeAt(0)
  if (first !== ONE && first !== COLON && first !== F) return false
  if (isIPv4(ip)) {
    const [a, b] = ip.split('.').map(Number) as [number, number]
    return (
      a === 10 ||
      a === 127 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128)
    )
  }
  return ip === '::1' || /^f[cd]|^fe[89ab]/.test(ip)
}

/** Is the address inside the CIDR block (or equal to the single address)? False when either is malformed. */
export function inCidr(ip: string, cidr: string): boolean {
  const slash = cidr.indexOf('/')
  const base = canonicalIp(slash < 0 ? cidr : cidr.slice(0, slash))
  const address = canonicalIp(ip)
  if (!base || !address || isIP(base) !== isIP(address)) return false
  const width = isIPv4(base) ? 32 : 128
  const bits = slash < 0 ? width : Number(cidr.slice(slash + 1))
  if (!Number.isInteger(bits) || bits < 0 || bits > width) return false
  return asNumber(base) >> BigInt(width - bits) === asNumber(address) >> BigInt(width - bits)
}

function asNumber(ip: string): bigint {
  if (isIPv4(ip)) return ip.split('.').reduce((n, part) => (n << 8n) | BigInt(part), 0n)
  return ipv6Groups(ip).reduce((n, group) => (n << 16n) | BigInt(group), 0n)
}

function ipv6Groups(ip: string): number[] {
  const tail = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(ip)
  const text = tail
    ? `${tail[1]}${((+tail[2]! << 8) | +tail[3]!).toString(16)}:${((+tail[4]! << 8) | +tail[5]!).toString(16)}`
    : ip
  const [left, right] = text.split('::') as [string, string | undefined]
  const parse = (part: string): number[] => (part ? part.split(':').map((g) => Number.parseInt(g, 16)) : [])
  const a = parse(left)
  if (right === undefined) return a
  const b = parse(right)
  return [...a, ...Array<number>(8 - a.length - b.length).fill(0), ...b]
}

function compress(groups: readonly number[]): string {
  let best = { at: -1, length: 1 }
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && groups[i + length] === 0) length++
    if (length > best.length) best = { at: i, length }
  }
  const hex = groups.map((g) => g.toString(16))
  if (best.at < 0) return hex.join(':')
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`
}

/** The network of an address in canonical form: `192.0.2.0/24`, `2001:db8:1::/48`. */
export function networkOf(ip: string): string {
  if (ip === CUT_HOP) return ip
  if (!ip.includes(':')) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  const [head = ''] = ip.split('::')
  return `${head.split(':').slice(0, 3).join(':')}::/48`
}
