import { bump } from '../lib/collections.ts'
import { DAY } from '../lib/time.ts'
import type { Event } from '../model/event.ts'
import { isOfTenant } from '../model/log-kinds.ts'
import type { RuleInfo } from '../model/rule.ts'
import { stageQuestion } from '../model/answer.ts'
import { actKey, isJoinable, sharesOf } from './hit-retention.ts'

/** Full hits kept per rule and client, and per rule, of one artifact; those beyond are counted. */
export type KeepAtMost = { readonly client: number; readonly rule: number; readonly joinable: number }

export const KEPT: KeepAtMost = { client: 50, rule: 1_000, joinable: 20_000 }

/**
 * Hits of a rule that are kept beyond these limits for each named host and for each day, and the number of such hosts and days: rows of
 * another host do not crowd out those of this server, nor those of a day the later ones of a log of many days. Which host is this
 * server is not known while a file is read.
 */
const APART = { host: { hits: 10, most: 200 }, day: { hits: 10, most: 400 } }

/**
 * Hits that are kept beyond these limits of each account, page or thing that a client reaches on a day, how many of these, and the rows
 * of a rule that are looked at for them, of each client and of all: what one does many times leaves room for what is done once, and the
 * first of many days for the others. What is beyond even this is lost where a row of the rule weighs by itself. `ofTenant`: an export of a
 * tenant is one file of all accounts and many days, and which of a thousand ordinary acts is the attacker's is seen only by its account
 * and address: of more of them even a weak sign is lost.
 */
const OF_ACT = { hits: 5, acts: 500, ofTenant: 10_000, rows: { client: 10_000, rule: 100_000 } }

/** Full hits kept of a rule that is only a part of correlations. */
const PARTS = 2_000

type KeptRule = { readonly info: RuleInfo; readonly trail?: readonly string[]; readonly isPart?: true }
/** `day`: since 1970 (UTC); null where it is not known. */
type From = { readonly client: string | null | undefined; readonly host: string | null; readonly day: number | null }
type Acting = Pick<Event, 'client' | 'host' | 'log' | 'user' | 'target' | 'time'>

type Kept = Map<string | number | null, number>

/** How many hits of each rule of one file are kept: of requests that were fulfilled and of all others, of each host and client. */
export class HitRoom {
  readonly #most: KeepAtMost
  readonly #report: (detail: string) => void
  readonly #kept = new Map<string, number>()
  /** Hits kept of each host and of each day, by rule. */
  readonly #apart = { host: new Map<string, Kept>(), day: new Map<string, Kept>() }
  /** Rules with hits of more hosts or days than are kept apart, or of more acts than are looked at. */
  readonly #crowded = new Set<string>()
  /** Hits kept of each act, and rows that were looked at for them beyond what is kept of a client, by rule. */
  readonly #keptOfActs = new Map<string, Map<string, number>>()
  readonly #looked = new Map<string, number>()

  /** `report`: hits of further hosts are only counted from here on. */
  constructor(most: KeepAtMost, report: (detail: string) => void) {
    this.#most = most
    this.#report = report
  }

  /** Would a further hit only be counted, whether it was fulfilled or not, and whatever is acted on, where that is not known? */
  isFull(rule: KeptRule, client: string | null | undefined): boolean {
    return sharesOf(rule.info).every((one) => this.#isLooked(rule, client, one) && this.#isShareFull(rule, client, one))
  }

  #isShareFull({ info, trail, isPart }: KeptRule, client: string | null | undefined, share: string): boolean {
    const { rule, joinable, client: ofOne } = this.#most
    const id = share + info.id
    const kept = this.#kept.get(id) ?? 0
    // Of a part of correlations the trail has every row.
    if (isPart) return kept >= Math.min(joinable, PARTS)
    if (trail || info.requiresChain || isJoinable(info)) return kept >= joinable
    // Rows of commands and services name no client: they are of as many as there are.
    return kept >= rule || (client != null && (this.#kept.get(`${id}\0${client}`) ?? 0) >= ofOne)
  }

  /** The same where the host and the day of the row are known. */
  isFullFor(rule: KeptRule, { client, host, day }: From): boolean {
    return this.isFull(rule, client) && sharesOf(rule.info).every((one) => this.#isApartFull(rule, host, day, one))
  }

  /** Is this row only counted? Asked once of each. */
  isFullForRow(rule: KeptRule, event: Acting, share: string): boolean {
    const isFull =
      this.#isShareFull(rule, event.client, share) && this.#isApartFull(rule, event.host, dayNumberOf(event), share)
    if (!isFull || this.#isLooked(rule, event.client, share)) return isFull
    const id = share + rule.info.id
    const acts = this.#keptOfActs.get(id)
    const kept = acts?.get(actOnDay(event))
    const hasRoom = kept !== undefined || (acts?.size ?? 0) < mostActs(event)
    if (!hasRoom) this.#lostActs(rule, event, share)
    if (hasRoom && (kept ?? 0) < OF_ACT.hits) return false
    bump(this.#looked, id, 1)
    bump(this.#looked, `${id}\0${event.client}`, 1)
    if (this.#isLooked(rule, event.client, share)) this.#lostActs(rule, event, share)
    return true
  }

  /** Were as many rows looked at as can be, for acts of which nothing is kept? */
  #isLooked(rule: KeptRule, client: string | null | undefined, share: string): boolean {
    if (!hasActs(rule)) return true
    const id = share + rule.info.id
    const { rows } = OF_ACT
    if ((this.#looked.get(id) ?? 0) >= rows.rule) return true
    return client != null && (this.#looked.get(`${id}\0${client}`) ?? 0) >= rows.client
  }

  /** From here on an act may go unseen. Refused attempts, context and weak signs on a server would change no answer by themselves. */
  #lostActs({ info }: KeptRule, { log }: Acting, share: string): void {
    const isAttempt = stageQuestion[info.stage] === 'targeted' && share === ''
    const { strength } = info.sign
    if (strength === 'context' || (strength === 'weak' && !isOfTenant(log)) || isAttempt) return
    this.#lost(
      info,
      'act',
      `more rows match the rule ${info.title} than are looked at; those after them are only counted`,
    )
  }

  #isApartFull(rule: KeptRule, host: string | null, day: number | null, share: string): boolean {
    return this.#isFullOf(rule, 'host', host, share) && this.#isFullOf(rule, 'day', day, share)
  }

  #isFullOf({ info }: KeptRule, by: keyof typeof APART, key: string | number | null, share: string): boolean {
    const known = this.#apart[by].get(share + info.id)
    const kept = known?.get(key)
    const { client: ofClient, rule: ofRule, joinable } = this.#most
    const { hits, most } = APART[by]
    if (kept !== undefined || (known?.size ?? 0) < most)
      return (kept ?? 0) >= Math.min(hits, ofClient, ofRule, joinable)
    const detail = `rows of more than ${most} ${by}s match the rule ${info.title}; those of further ${by}s are only counted`
    this.#lost(info, by, detail)
    return true
  }

  /** Once of each rule and reason: from here on not all rows that matter are looked at. */
  #lost({ id }: RuleInfo, by: string, detail: string): void {
    if (this.#crowded.has(by + id)) return
    this.#crowded.add(by + id)
    this.#report(detail)
  }

  /** A hit is kept. */
  take(rule: string, event: Acting, share = ''): void {
    const { client, host } = event
    const id = share + rule
    bump(this.#kept, id, 1)
    bump(this.#kept, `${id}\0${client}`, 1)
    for (const [known, key] of [
      [this.#apart.host, host],
      [this.#apart.day, dayNumberOf(event)],
    ] as const) {
      let kept = known.get(id)
      if (!kept) known.set(id, (kept = new Map()))
      kept.set(key, (kept.get(key) ?? 0) + 1)
    }
    let acts = this.#keptOfActs.get(id)
    if (!acts) this.#keptOfActs.set(id, (acts = new Map()))
    const act = actOnDay(event)
    if (acts.has(act) || acts.size < mostActs(event)) bump(acts, act, 1)
  }
}

function dayNumberOf({ time }: Pick<Event, 'time'>): number | null {
  return time === null ? null : Math.floor(time / DAY)
}

function mostActs({ log }: Acting): number {
  return isOfTenant(log) ? OF_ACT.ofTenant : OF_ACT.acts
}

function actOnDay(event: Acting): string {
  return `${dayNumberOf(event)}\0${actKey(event)}`
}

/** Is each account, page and thing of its own? Of weak attempts, and of what only explains, one row is like another. */
function hasActs({ info: { stage, sign }, isPart }: KeptRule): boolean {
  const isNoise = sign.strength === 'weak' && stageQuestion[stage] === 'targeted'
  return !isPart && stage !== 'context' && sign.strength !== 'context' && !isNoise
}
