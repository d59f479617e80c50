import type { Finding } from '../src/model/finding.ts'
import { marked } from './marks.ts'

export type Column = { readonly name: string; readonly value: string; readonly isMatched: boolean }

const MOST = 120
const DEPTH = 8

/**
 * The names and values of a raw row: those that it holds itself where its format names them in every row (JSON, an event as
 * XML), else those of the finding that stand in it. `isMatched`: the finding was read from this value; these come first.
 */
export function columnsOf(raw: string, facts: Finding['facts'], matched: readonly string[]): readonly Column[] {
  const own = fromJson(raw) ?? fromXml(raw)
  const isMatched = new Set(matched)
  if (own !== null) {
    const all = own
      .filter(([name, value]) => value !== '' && name !== 'xmlns')
      .map(([name, value]) => ({ name, value, isMatched: isMatched.has(value) }))
    return [...all.filter((c) => c.isMatched), ...all.filter((c) => !c.isMatched)].slice(0, MOST)
  }
  return Object.entries(facts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, given]) => {
      const here = [given].flat().flatMap((v) => (v === null || !stands(raw, String(v)) ? [] : [String(v)]))
      return here.length === 0 ? [] : [{ name, value: here.join(' ; '), isMatched: true }]
    })
    .slice(0, MOST)
}

const stands = (raw: string, value: string): boolean =>
  value.trim() !== '' && marked(raw, [value]).some((piece) => piece.isMarked)

type Pairs = readonly (readonly [name: string, value: string])[]

function fromJson(raw: string): Pairs | null {
  if (!/^\s*\{/.test(raw)) return null
  try {
    return flat(JSON.parse(raw), [], 0)
  } catch {
    return null // cut, or no JSON
  }
}

function flat(value: unknown, path: readonly string[], depth: number): Pairs {
  if (typeof value === 'string') return [[path.join('.'), value]]
  if (value === null || typeof value !== 'object') return [[path.join('.'), JSON.stringify(value)]]
  if (depth === DEPTH) return [[path.join('.'), JSON.stringify(value)]]
  return Object.entries(value).flatMap(([name, inner]) => {
    // What an exporter of event logs puts around the names of the event itself.
    const isWrapping = /^(?:#attributes|#text|Event|EventData|UserData|System)$/.test(name)
    return flat(inner, isWrapping ? path : [...path, name], depth + 1)
  })
}

/** `Data` elements of an event, and the elements that hold a text alone. */
function fromXml(raw: string): Pairs | null {
  if (!/^\s*<Event[\s>]/.test(raw)) return null
  const found = [
    ...raw.matchAll(/<Data Name=["']([^"'<>]{1,200})["']>([^<]*)<\/Data>|<([A-Za-z]{1,60})>([^<]*)<\/\3>/g),
  ]
  return found.map(([, name, value, element, text]) => [name ?? element ?? '', plain(value ?? text ?? '')])
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const plain = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name]!)
