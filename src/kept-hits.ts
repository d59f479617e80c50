import { deserialize, serialize } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { isMisplaced } from './misplaced.ts'
import type { Hit, RuleInfo, Scan } from './model.ts'

/** Full hits kept per rule in a run: what many rows match says no more with every one of them. */
const KEPT = { rule: 20_000, joinable: 100_000 }
/** Of a file with so many hits they are held packed while others are read: they take a tenth so. */
const PACKED = 32

/** Rows that may join others, or name a mailbox, are kept for as long as it can be: the one that matters can be the last. */
export function isJoinable(info: RuleInfo | undefined): boolean {
  return info?.whenJoined !== undefined || info?.means !== undefined
}

/** The hits of a file: how many of each rule, and where there are many the bytes of all of them. */
type Held = { readonly counts: Map<string, number>; bytes: Uint8Array | null }

/**
 * Takes scans in any order and keeps of each rule the hits of the first files, in the order of their paths; those beyond
 * are counted. What is kept does not depend on the order, and never is much more held than is kept. Until all came, the
 * hits of a scan may be held here instead of in it.
 */
export class KeptHits {
  readonly #joins: (rule: string) => boolean
  readonly #atMost: typeof KEPT
  readonly #packed: number
  readonly #scans = new Map<number, Held>()
  readonly #held = new Map<string, number>()

  constructor(joins: (rule: string) => boolean, atMost = KEPT, packed = PACKED) {
    this.#joins = joins
    this.#atMost = atMost
    this.#packed = packed
  }

  /** A scan that came; `scans` are those that are there, at their places. */
  came(scans: Scan[], at: number): void {
    const { hits } = scans[at]!
    if (hits.length === 0) return
    const counts = new Map<string, number>()
    for (const { rule } of hits) counts.set(rule, (counts.get(rule) ?? 0) + 1)
    this.#scans.set(at, { counts, bytes: null })
    this.#put(scans, at, hits)
    for (const [rule, count] of counts) {
      const held = (this.#held.get(rule) ?? 0) + count
      this.#held.set(rule, held)
      if (held > 2 * this.#keep(rule)) this.#thin(scans, rule)
    }
  }

  /** All came: of no rule more is held than is kept, and every scan has its hits. */
  finish(scans: Scan[]): void {
    for (const [rule, held] of this.#held) if (held > this.#keep(rule)) this.#thin(scans, rule)
    for (const [at, held] of this.#scans) {
      const hits = this.#hitsOf(scans, at)
      held.bytes = null
      scans[at] = { ...scans[at]!, hits }
    }
  }

  #keep(rule: string): number {
    return this.#joins(rule) ? this.#atMost.joinable : this.#atMost.rule
  }

  #hitsOf(scans: readonly Scan[], at: number): readonly Hit[] {
    const { bytes } = this.#scans.get(at)!
    return bytes === null ? scans[at]!.hits : (deserialize(inflateRawSync(bytes)) as readonly Hit[])
  }

  #put(scans: Scan[], at: number, hits: readonly Hit[]): void {
    const isPacked = hits.length >= this.#packed
    this.#scans.get(at)!.bytes = isPacked ? deflateRawSync(serialize(hits), { level: 1 }) : null
    scans[at] = { ...scans[at]!, hits: isPacked ? [] : hits }
  }

  #thin(scans: Scan[], rule: string): void {
    let left = this.#keep(rule)
    for (const at of [...this.#scans.keys()].sort((a, b) => compare(scans[a]!.artifact, scans[b]!.artifact) || a - b)) {
      const { counts } = this.#scans.get(at)!
      const count = counts.get(rule) ?? 0
      const kept = Math.min(count, left)
      left -= kept
      if (kept < count) this.#drop(scans, at, rule, kept)
    }
    this.#held.set(rule, this.#keep(rule))
  }

  /** Of the hits of a rule in a scan the first `kept` stay. */
  #drop(scans: Scan[], at: number, rule: string, kept: number): void {
    const hits = this.#hitsOf(scans, at)
    const scan = scans[at]!
    let left = kept
    const more = hits.filter((hit) => hit.rule === rule && --left < 0)
    const gone = new Set(more)
    const times = more.flatMap(({ event }) => event.time ?? [])
    const known = scan.more.find((rest) => rest.rule === rule)
    const counted = {
      rule,
      count: (known?.count ?? 0) + more.length,
      first: least([...times, ...((known?.first ?? null) === null ? [] : [known!.first!])]),
      last: greatest([...times, ...((known?.last ?? null) === null ? [] : [known!.last!])]),
    }
    scans[at] = {
      ...scan,
      more: [...scan.more.filter((rest) => rest !== known), counted].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    }
    this.#scans.get(at)!.counts.set(rule, kept)
    this.#put(
      scans,
      at,
      hits.filter((hit) => !gone.has(hit)),
    )
  }
}

/** The order of files on the medium must not show: by path, then by content. */
export function compare(a: Scan['artifact'], b: Scan['artifact']): number {
  // Of what is there twice, and of what is too much to keep, that counts which lies where it belongs.
  const [late, other] = [rankOf(a), rankOf(b)]
  if (late !== other) return late - other
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.sha256 === b.sha256 ? 0 : a.sha256 < b.sha256 ? -1 : 1
}

function rankOf(artifact: Scan['artifact']): 0 | 1 {
  return isMisplaced({ artifact }) ? 1 : 0
}

function least(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))
}

function greatest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b))
}
