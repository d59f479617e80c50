import type { RuleInfo, Scan } from './model.ts'

/** Full hits kept per rule in a run: what many rows match says no more with every one of them. */
const KEPT = { rule: 20_000, joinable: 100_000 }

/** Rows that may join others, or name a mailbox, are kept for as long as it can be: the one that matters can be the last. */
export function isJoinable(info: RuleInfo | undefined): boolean {
  return info?.whenJoined !== undefined || info?.means !== undefined
}

/**
 * Takes scans in any order and keeps of each rule the hits of the first files, in the order of their paths; those beyond
 * are counted. What is kept does not depend on the order, and never is much more held than is kept.
 */
export class KeptHits {
  readonly #joins: (rule: string) => boolean
  readonly #atMost: typeof KEPT
  readonly #scans = new Set<number>()
  readonly #held = new Map<string, number>()

  constructor(joins: (rule: string) => boolean, atMost = KEPT) {
    this.#joins = joins
    this.#atMost = atMost
  }

  /** A scan that came; `scans` are those that are there, at their places. */
  came(scans: Scan[], at: number): void {
    const { hits } = scans[at]!
    if (hits.length === 0) return
    this.#scans.add(at)
    for (const { rule } of hits) {
      const held = (this.#held.get(rule) ?? 0) + 1
      this.#held.set(rule, held)
      if (held > 2 * this.#keep(rule)) this.#thin(scans, rule)
    }
  }

  /** All came: of no rule more is held than is kept. */
  finish(scans: Scan[]): void {
    for (const [rule, held] of this.#held) if (held > this.#keep(rule)) this.#thin(scans, rule)
  }

  #keep(rule: string): number {
    return this.#joins(rule) ? this.#atMost.joinable : this.#atMost.rule
  }

  #thin(scans: Scan[], rule: string): void {
    let left = this.#keep(rule)
    for (const at of [...this.#scans].sort((a, b) => compare(scans[a]!.artifact, scans[b]!.artifact) || a - b)) {
      const scan = scans[at]!
      const more = scan.hits.filter((hit) => hit.rule === rule && --left < 0)
      if (more.length === 0) continue
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
        hits: scan.hits.filter((hit) => !gone.has(hit)),
        more: [...scan.more.filter((rest) => rest !== known), counted].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
      }
    }
    this.#held.set(rule, this.#keep(rule))
  }
}

/** The order of files on the medium must not show: by path, then by content. */
export function compare(a: Scan['artifact'], b: Scan['artifact']): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.sha256 === b.sha256 ? 0 : a.sha256 < b.sha256 ? -1 : 1
}

function least(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))
}

function greatest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b))
}
