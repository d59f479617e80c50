import { isIPv4 } from 'node:net'
import { canonicalIp } from '../../lib/ip.ts'
import type { Event } from '../../model/event.ts'
import { type Indicator, type IndicatorType, urlKey } from './read-list.ts'
import { trim } from '../../lib/trim.ts'

type Table = ReadonlyMap<string, Indicator>

export function tableOf(indicators: readonly Indicator[], ...types: readonly IndicatorType[]): Table {
  const table = new Map<string, Indicator>()
  for (const indicator of indicators) if (types.includes(indicator.type)) put(table, indicator.value, indicator)
  return table
}

/** Lists repeat themselves: of entries of one value the one that holds longest is kept, and of those the first. */
export function put(table: Map<string, Indicator>, key: string, indicator: Indicator): void {
  const before = table.get(key)
  if (before === undefined || endOf(indicator) > endOf(before)) table.set(key, indicator)
}

const endOf = ({ valid }: Indicator): number => valid?.until ?? Infinity

/** The entry of a value, where it still holds at the time of the event. */
export function hitOf(table: Table, key: string, time: Event['time']): Indicator | undefined {
  const hit = table.get(key)
  return hit && holds(hit, time) ? hit : undefined
}

function holds(indicator: Indicator, time: Event['time']): boolean {
  return time === null || time < endOf(indicator)
}

type Finder = (text: string, time: Event['time']) => Indicator | null

/** By address, then by each length of prefix that the list has. Answers are remembered: clients repeat. */
export function addressFinder(indicators: readonly Indicator[]): Finder {
  const single = tableOf(indicators, 'ip')
  const networks = new Map<string, Indicator>()
  const lengths = new Set<string>()
  for (const indicator of indicators) {
    if (indicator.type !== 'cidr') continue
    const [base, bits] = indicator.value.split('/') as [string, string]
    lengths.add(`${isIPv4(base) ? 4 : 6}/${bits}`)
    put(networks, networkKey(base, Number(bits)), indicator)
  }
  const remembered = new Map<string, readonly Indicator[]>()
  return (ip, time) => {
    const exact = hitOf(single, ip, time)
    if (exact || lengths.size === 0) return exact ?? null
    let around = remembered.get(ip)
    if (around === undefined) {
      around = networksOf(ip, lengths, networks)
      if (remembered.size > 50_000) remembered.clear()
      remembered.set(ip, around)
    }
    return around.find((network) => holds(network, time)) ?? null
  }
}

/** Listed networks that the address is in, the smallest first. */
function networksOf(ip: string, lengths: ReadonlySet<string>, networks: Table): Indicator[] {
  const found: Indicator[] = []
  for (let bits = isIPv4(ip) ? 32 : 128; bits > 0; bits--) {
    const hit = lengths.has(`${isIPv4(ip) ? 4 : 6}/${bits}`) ? networks.get(networkKey(ip, bits)) : undefined
    if (hit) found.push(hit)
  }
  return found
}

function networkKey(ip: string, bits: number): string {
  const digits = isIPv4(ip)
    ? ip.split('.').map((part) => Number(part).toString(2).padStart(8, '0'))
    : groupsOfIpv6(ip).map((group) => group.toString(2).padStart(16, '0'))
  return `${isIPv4(ip) ? 4 : 6}/${digits.join('').slice(0, bits)}`
}

/** The eight groups of an address in the canonical form (no zone, no dotted tail). */
function groupsOfIpv6(ip: string): number[] {
  const [left, right] = ip
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((g) => Number.parseInt(g, 16)))) as [number[], number[]?]
  return right ? [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right] : left
}

/** Hosts by whole labels: an entry `evil.example` finds `a.evil.example` and never `notevil.example`. */
export function hostFinder(indicators: readonly Indicator[]): Finder {
  const domains = tableOf(indicators, 'domain')
  const addresses = addressFinder(indicators)
  return (text, time) => {
    if (text.length > 255) return null
    const ip = canonicalIp(text)
    if (ip) return addresses(ip, time)
    let host = text.toLowerCase().replace(/\.$/, '')
    for (;;) {
      const hit = hitOf(domains, host, time)
      if (hit) return hit
      const dot = host.indexOf('.')
      if (dot < 0) return null
      host = host.slice(dot + 1)
    }
  }
}

/** Words in a text that may be a host or an address. Several lists look at one text, one after the other. */
function wordsIn(text: string): readonly string[] {
  if (lastText?.text !== text) {
    const words = text.split(/[^\w.:-]+/).flatMap((word) => {
      const bare = trim(word, '.:-')
      return bare.length <= 255 && /[.:]/.test(bare) ? [bare] : []
    })
    lastText = { text, words }
  }
  return lastText.words
}

let lastText: { readonly text: string; readonly words: readonly string[] } | null = null

/** Hosts and URLs that stand as whole words in a command or script. */
export function* mentions(text: string, find: Finder, urls: Table, time: Event['time']): Generator<Indicator> {
  for (const word of wordsIn(text)) {
    const hit = find(word, time) ?? find(word.replace(/:\d+$/, ''), time)
    if (hit) yield hit
  }
  if (urls.size === 0) return
  for (const [url] of text.matchAll(/https?:\/\/[^\s'"()<>;,|]+/gi)) {
    const key = urlKey(url)
    const hit = key === null ? undefined : hitOf(urls, key, time)
    if (hit) yield hit
  }
}
