import { deserialize, serialize } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { greatestOf, leastOf } from '../lib/collections.ts'
import { isOfTenant } from '../model/log-kinds.ts'
import type { Scan } from '../model/scan.ts'
import type { Event } from '../model/event.ts'
import type { Hit, RuleInfo } from '../model/rule.ts'
import { isSuccessStatus } from '../model/requests.ts'
import { shareOf } from '../lib/shares.ts'

/**
 * Full hits kept per rule in a run: what many rows match says no more with every one of them. `file`: so many of each file
 * whatever there are in others, so that nobody adds files that leave no room for what another shows.
 */
const KEPT = { rule: 20_000, joinable: 100_000, file: 5 }
/** From this many hits a file's are held packed while others are read: they take a tenth of the memory. */
const PACKED = 32

/** Rows that may join others, or name a mailbox, are kept for as long as it can be: the one that matters can be the last. */
export function isJoinable(info: RuleInfo | undefined): boolean {
  return info?.stageWhenCorrelated !== undefined || info?.accessMethod !== undefined
}

/** Requests that were fulfilled have a share of their own: any number of refused ones leaves room for them. */
const FULFILLED = '+'

/** The shares of the hits of a rule; where fulfilled or not is the same for what is said, one. */
export function sharesOf({ stage, sign }: RuleInfo): readonly string[] {
  const isOne = sign.strength === 'context' || stage === 'context' || (sign.strength === 'weak' && stage === 'recon')
  return isOne ? [''] : ['', FULFILLED]
}

export function shareOfHit(info: RuleInfo, event: Event): string {
  return sharesOf(info).length > 1 && isFulfilled(event) ? FULFILLED : ''
}

function isFulfilled({ fields }: Event): boolean {
  return (
    fields.Succeeded === true ||
    isSuccessStatus(fields.BackEndStatus) ||
    (fields.BackEndStatus === undefined && isSuccessStatus(fields['sc-status']))
  )
}

/** The hits of a file: how many of each rule, and where there are many the bytes of all of them. */
type Held = { readonly counts: Map<string, number>; bytes: Uint8Array | null }

/**
 * Takes scans in any order and keeps of each rule the first hits of every file, of each as many at most; those beyond are
 * counted. What is kept does not depend on the order, and never is much more held than is kept. Until all came, the hits of
 * a scan may be held here instead of in it.
 */
export class KeptHits {
  readonly #joins: (rule: string) => boolean
  readonly #weighs: (rule: string) => boolean
  readonly #atMost: typeof KEPT
  readonly #packed: number
  readonly #scans = new Map<number, Held>()
  readonly #held = new Map<string, number>()

  /** `joins`: rules whose hits may join others; `weighs`: those of which it matters that hits were not kept. */
  constructor(
    joins: (rule: string) => boolean,
    atMost = KEPT,
    packed = PACKED,
    weighs: (rule: string) => boolean = () => true,
  ) {
    this.#joins = joins
    this.#weighs = weighs
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
    const files = [...this.#scans].map(([at, { counts }]) => [at, counts.get(rule) ?? 0] as const)
    const share = Math.max(
      this.#atMost.file,
      shareOf(
        files.map(([, count]) => count),
        this.#keep(rule),
      ),
    )
    let held = 0
    for (const [at, count] of files) {
      held += Math.min(count, share)
      if (count > share) this.#drop(scans, at, rule, share)
    }
    this.#held.set(rule, held)
  }

  /** Of the hits of a rule in a scan `kept` stay: the first of each host that they name, then the second, and so on. */
  #drop(scans: Scan[], at: number, rule: string, kept: number): void {
    const hits = this.#hitsOf(scans, at)
    const scan = scans[at]!
    const stay = byTurns(
      hits.filter((hit) => hit.rule === rule),
      kept,
    )
    const more = hits.filter((hit) => hit.rule === rule && !stay.has(hit))
    const kinds = new Set([...stay].map(kindOf))
    const gone = new Set(more)
    const times = more.flatMap(({ event }) => event.time ?? [])
    const known = scan.more.find((rest) => rest.rule === rule)
    const counted = {
      rule,
      count: (known?.count ?? 0) + more.length,
      first: leastOf([...times, ...((known?.first ?? null) === null ? [] : [known!.first!])], null),
      last: greatestOf([...times, ...((known?.last ?? null) === null ? [] : [known!.last!])], null),
    }
    const isLost = this.#weighs(rule) && more.some((hit) => !kinds.has(kindOf(hit)))
    scans[at] = {
      ...scan,
      // What such entries would have shown is not known.
      ...(isLost ? { gaps: withLost(scan) } : {}),
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

/** Who does what to what, as far as a row says it. */
export function actKey({ client, user, target }: Pick<Event, 'client' | 'user' | 'target'>): string {
  return `${client}\0${user?.toLowerCase()}\0${target?.toLowerCase().replace(/[?#].*/s, '')}`
}

/** The first of each host, of those that were fulfilled before the others, then the second, and so on; of a host its clients in turn, and of a client its acts. */
function byTurns(hits: readonly Hit[], most: number): ReadonlySet<Hit> {
  const stay = new Set<Hit>()
  const [done = [], others = []] = [true, false].map((is) => hits.filter(({ event }) => isFulfilled(event) === is))
  const groups = [...byHost(done), ...byHost(others)].map(clientsInTurn)
  for (let turn = 0; stay.size < Math.min(most, hits.length); turn++)
    for (const group of groups) {
      const hit = group[turn]
      if (hit !== undefined && stay.size < most) stay.add(hit)
    }
  return stay
}

/** Hits of a rule that are alike but for their time and client; of a tenant, where these make the act what it is, but for their time. */
function kindOf({ event }: Hit): string {
  return `${event.host}\0${isFulfilled(event)}${isOfTenant(event.log) ? `\0${actKey(event)}` : ''}`
}

const LOST = 'more entries match than are kept; entries of some hosts, or such as were fulfilled, are only counted'

function withLost({ artifact: { path }, gaps }: Scan): Scan['gaps'] {
  if (gaps.some(({ detail }) => detail === LOST)) return gaps
  return [...gaps, { path, offset: 0, length: 0, reason: 'too-long', detail: LOST }]
}

function byHost(hits: readonly Hit[]): Hit[][] {
  return [...Map.groupBy(hits, ({ event }) => event.host).values()]
}

function clientsInTurn(hits: readonly Hit[]): readonly Hit[] {
  const acts = inTurn(hits, ({ event }) => actKey(event))
  return inTurn(acts, ({ event }) => event.client)
}

/** The first of each, then the second, and so on. */
function inTurn(hits: readonly Hit[], of: (hit: Hit) => string | null): readonly Hit[] {
  const seen = new Map<string | null, number>()
  const turns = hits.map((hit) => {
    const turn = seen.get(of(hit)) ?? 0
    seen.set(of(hit), turn + 1)
    return { hit, turn }
  })
  return seen.size === 1 ? hits : turns.sort((a, b) => a.turn - b.turn).map(({ hit }) => hit)
}
