import { bump } from '../lib/collections.ts'
import { DAY } from '../lib/time.ts'
import type { Event } from '../model/event.ts'
import type { RuleInfo } from '../model/rule.ts'
import { stageQuestion } from '../model/answer.ts'
import { actKey, isJoinable, sharesOf } from './hit-retention.ts'

/** Full hits kept per rule and client, and per rule, of one artifact; those beyond are counted. */
export type KeepAtMost = { readonly client: number; readonly rule: number; readonly joinable: number }

export const KEPT: KeepAtMost = { client: 50, rule: 1_000, joinable: 20_000 }

/**
 * Hits of a rule that are kept for each named host beyond these limits, and the number of such hosts: rows of another host do not
 * crowd out those of this server. Which host is this server is not known while a file is read.
 */
const OF_HOST = { hits: 10, hosts: 200 }

/**
 * Hits that are kept beyond these limits of each account, page or thing that a client reaches on a day, how many of these, and the rows
 * of a rule that are looked at for them: what one does many times leaves room for what is done once, and the first of many days for
 * the others.
 */
const OF_ACT = { hits: 5, acts: 500, rows: 20_000 }

/** Full hits kept of a rule that is only a part of correlations. */
const PARTS = 2_000

type KeptRule = { readonly info: RuleInfo; readonly trail?: readonly string[]; readonly isPart?: true }
type From = { readonly client: string | null | undefined; readonly host: string | null }
type Acting = Pick<Event, 'client' | 'host' | 'user' | 'target' | 'time'>

/** How many hits of each rule of one file are kept: of requests that were fulfilled and of all others, of each host and client. */
export class HitRoom {
  readonly #most: KeepAtMost
  readonly #report: (detail: string) => void
  readonly #kept = new Map<string, number>()
  /** Hits kept of each host, by rule. */
  readonly #keptOfHosts = new Map<string, Map<string | null, number>>()
  /** Rules with hits of more hosts than are kept apart. */
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
    return this.#isLooked(rule) && sharesOf(rule.info).every((one) => this.#isShareFull(rule, client, one))
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

  /** The same where the host of the row is known. */
  isFullFor(rule: KeptRule, { client, host }: From): boolean {
    return this.isFull(rule, client) && sharesOf(rule.info).every((one) => this.#isHostFull(rule, host, one))
  }

  /** Is this row only counted? Asked once of each. */
  isFullForRow(rule: KeptRule, event: Acting, share: string): boolean {
    if (!this.#isShareFull(rule, event.client, share) || !this.#isHostFull(rule, event.host, share)) return false
    if (!hasActs(rule)) return true
    const { id } = rule.info
    const looked = (this.#looked.get(id) ?? 0) + 1
    this.#looked.set(id, looked)
    const acts = this.#keptOfActs.get(share + id)
    const kept = acts?.get(actOnDay(event))
    const isNew = kept !== undefined || (acts?.size ?? 0) < OF_ACT.acts
    return looked > OF_ACT.rows || !isNew || (kept ?? 0) >= OF_ACT.hits
  }

  /** Were as many rows looked at as can be, for acts of which nothing is kept? */
  #isLooked(rule: KeptRule): boolean {
    return !hasActs(rule) || (this.#looked.get(rule.info.id) ?? 0) >= OF_ACT.rows
  }

  #isHostFull({ info }: KeptRule, host: string | null, share: string): boolean {
    const id = share + info.id
    const hosts = this.#keptOfHosts.get(id)
    const kept = hosts?.get(host)
    const { client: ofClient, rule: ofRule, joinable } = this.#most
    if (kept !== undefined || (hosts?.size ?? 0) < OF_HOST.hosts)
      return (kept ?? 0) >= Math.min(OF_HOST.hits, ofClient, ofRule, joinable)
    if (!this.#crowded.has(info.id)) {
      this.#crowded.add(info.id)
      const detail = `rows of more than ${OF_HOST.hosts} hosts match the rule ${info.title}; those of further hosts are only counted`
      this.#report(detail)
    }
    return true
  }

  /** A hit is kept. */
  take(rule: string, event: Acting, share = ''): void {
    const { client, host } = event
    const id = share + rule
    bump(this.#kept, id, 1)
    bump(this.#kept, `${id}\0${client}`, 1)
    let hosts = this.#keptOfHosts.get(id)
    if (!hosts) this.#keptOfHosts.set(id, (hosts = new Map()))
    hosts.set(host, (hosts.get(host) ?? 0) + 1)
    let acts = this.#keptOfActs.get(id)
    if (!acts) this.#keptOfActs.set(id, (acts = new Map()))
    const act = actOnDay(event)
    if (acts.has(act) || acts.size < OF_ACT.acts) bump(acts, act, 1)
  }
}

function actOnDay(event: Acting): string {
  return `${event.time === null ? '' : Math.floor(event.time / DAY)}\0${actKey(event)}`
}

/** Is each account, page and thing of its own? Of weak attempts, and of what only explains, one row is like another. */
function hasActs({ info: { stage, sign }, isPart }: KeptRule): boolean {
  const isNoise = sign.strength === 'weak' && stageQuestion[stage] === 'targeted'
  return !isPart && stage !== 'context' && sign.strength !== 'context' && !isNoise
}
