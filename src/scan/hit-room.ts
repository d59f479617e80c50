import { bump } from '../lib/collections.ts'
import type { RuleInfo } from '../model/rule.ts'
import { isJoinable, sharesOf } from './hit-retention.ts'

/** Full hits kept per rule and client, and per rule, of one artifact; those beyond are counted. */
export type KeepAtMost = { readonly client: number; readonly rule: number; readonly joinable: number }

export const KEPT: KeepAtMost = { client: 50, rule: 1_000, joinable: 20_000 }

/**
 * Hits of a rule that are kept beyond these limits for each named host and for each day, and the number of such hosts and days: rows of
 * another host do not crowd out those of this server, nor those of a day the later ones of a log of many days. Which host is this
 * server is not known while a file is read.
 */
const APART = { host: { hits: 10, most: 200 }, day: { hits: 10, most: 400 } }

/** Full hits kept of a rule that is only a part of correlations. */
const PARTS = 2_000

type KeptRule = { readonly info: RuleInfo; readonly trail?: readonly string[]; readonly isPart?: true }
/** `day`: since 1970 (UTC); null where it is not known. */
type From = { readonly client: string | null | undefined; readonly host: string | null; readonly day: number | null }

type Kept = Map<string | number | null, number>

/** How many hits of each rule of one file are kept: of requests that were fulfilled and of all others, of each host and client. */
export class HitRoom {
  readonly #most: KeepAtMost
  readonly #report: (detail: string) => void
  readonly #kept = new Map<string, number>()
  /** Hits kept of each host and of each day, by rule. */
  readonly #apart = { host: new Map<string, Kept>(), day: new Map<string, Kept>() }
  /** Rules with hits of more hosts or days than are kept apart. */
  readonly #crowded = new Set<string>()

  /** `report`: hits of further hosts are only counted from here on. */
  constructor(most: KeepAtMost, report: (detail: string) => void) {
    this.#most = most
    this.#report = report
  }

  /** Would a further hit only be counted, whether it was fulfilled or not, where that is not known? */
  isFull(rule: KeptRule, client: string | null | undefined, share?: string): boolean {
    if (share !== undefined) return this.#isShareFull(rule, client, share)
    return sharesOf(rule.info).every((one) => this.#isShareFull(rule, client, one))
  }

  #isShareFull({ info, trail, isPart }: KeptRule, client: string | null | undefined, share: string): boolean {
    const { rule, joinable, client: ofOne } = this.#most
    const id = share + info.id
    const kept = this.#kept.get(id) ?? 0
    // Of a part of correlations the trail has every row.
    if (isPart) return kept >= Math.min(joinable, PARTS)
    if (trail || info.requiresChain || isJoinable(info)) return kept >= joinable
    return kept >= rule || (client !== undefined && (this.#kept.get(`${id}\0${client}`) ?? 0) >= ofOne)
  }

  /** The same where the host and the day of the row are known. */
  isFullFor(rule: KeptRule, from: From, share?: string): boolean {
    if (!this.isFull(rule, from.client, share)) return false
    const shares = share === undefined ? sharesOf(rule.info) : [share]
    return shares.every(
      (one) => this.#isApartFull(rule, 'host', from.host, one) && this.#isApartFull(rule, 'day', from.day, one),
    )
  }

  #isApartFull({ info }: KeptRule, by: keyof typeof APART, key: string | number | null, share: string): boolean {
    const known = this.#apart[by].get(share + info.id)
    const kept = known?.get(key)
    const { client: ofClient, rule: ofRule, joinable } = this.#most
    const { hits, most } = APART[by]
    if (kept !== undefined || (known?.size ?? 0) < most)
      return (kept ?? 0) >= Math.min(hits, ofClient, ofRule, joinable)
    if (!this.#crowded.has(by + info.id)) {
      this.#crowded.add(by + info.id)
      const detail = `rows of more than ${most} ${by}s match the rule ${info.title}; those of further ${by}s are only counted`
      this.#report(detail)
    }
    return true
  }

  /** A hit is kept. */
  take(rule: string, { client, host, day }: From, share = ''): void {
    const id = share + rule
    bump(this.#kept, id, 1)
    bump(this.#kept, `${id}\0${client}`, 1)
    for (const [known, key] of [
      [this.#apart.host, host],
      [this.#apart.day, day],
    ] as const) {
      let kept = known.get(id)
      if (!kept) known.set(id, (kept = new Map()))
      kept.set(key, (kept.get(key) ?? 0) + 1)
    }
  }
}
