import { compareText } from '../lib/compare.ts'
import type { Event, LogSource } from '../model/event.ts'
import { Candidates, RarePieces } from './rule-index.ts'
import type { EventRule } from './rule.ts'
import { answers } from './log-source.ts'
import { eventValues } from './field-values.ts'

/** A rule that said yes to an event, and the names of the fields that matched. */
export type Yes<Rule = EventRule> = { readonly rule: Rule; readonly matched: readonly string[] }

/** The log sources of one run are few; a log that makes them up by the thousand must not fill memory. */
const BUCKETS = 1_000 // either is right: a limit of memory

/**
 * Asks every rule of an event; only those are run whose log source it answers to, whose event ids include its own, and
 * whose needs it meets. The answers come in the order of rule ids.
 */
export function askAll(rules: readonly EventRule[]): (event: Event) => Yes[] {
  const sorted = inOrder(rules)
  const pieces = new RarePieces()
  const byName = new Map<string, Bucket>()
  // Parsers give the same list of log sources to many events.
  const byList = new WeakMap<readonly LogSource[], Bucket>()
  const bucketOf = (event: Event): Bucket => {
    const known = byList.get(event.sources)
    if (known) return known
    const name = nameOf(event.sources)
    let bucket = byName.get(name)
    if (!bucket) {
      if (byName.size >= BUCKETS) byName.clear() // either is right: a limit of memory
      const asked = sorted.filter((rule) => answers(event, rule))
      byName.set(name, (bucket = new Bucket(asked, pieces)))
    }
    byList.set(event.sources, bucket)
    return bucket
  }
  return (event) => answersOf(bucketOf(event).for(event), event)
}

/** Asks these rules alone; the answers come in the order of rule ids. */
export function askThese<Rule extends Asked>(rules: readonly Rule[], event: Event): Yes<Rule>[] {
  return answersOf(inOrder(rules), event)
}

type Asked = Pick<EventRule, 'info' | 'match'>

function inOrder<Rule extends Asked>(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) => compareText(a.info.id, b.info.id))
}

function answersOf<Rule extends Asked>(rules: readonly Rule[], event: Event): Yes<Rule>[] {
  const yes: Yes<Rule>[] = []
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i]!
    const matched = rule.match(event)
    if (matched) yes.push({ rule, matched })
  }
  return yes
}

/** The rules for one set of log sources, by event id. */
class Bucket {
  readonly #rules: readonly EventRule[]
  /** Rules that do not depend on an event id. */
  readonly #rest: Candidates<EventRule>
  readonly #ids: ReadonlySet<string>
  readonly #byId = new Map<string, Candidates<EventRule>>()
  readonly #pieces: RarePieces

  /** `pieces`: shared with other log sources, which have many of these rules, too. */
  constructor(rules: readonly EventRule[], pieces: RarePieces) {
    this.#rules = rules
    this.#pieces = pieces
    this.#rest = new Candidates(
      rules.filter((rule) => !rule.eventIds),
      pieces,
    )
    this.#ids = new Set(rules.flatMap((rule) => [...(rule.eventIds ?? [])]))
  }

  for(event: Event): readonly EventRule[] {
    if (this.#rules.length === 0) return this.#rules
    const values = eventValues(event)
    const own = this.#ids.size === 0 ? [] : values.get('eventid').folded
    // A field of several values is too rare to index.
    if (own.length > 1) return this.#rules
    const id = own.find((one) => this.#ids.has(one))
    return (id === undefined ? this.#rest : this.#with(id)).of(values)
  }

  #with(id: string): Candidates<EventRule> {
    let found = this.#byId.get(id)
    if (!found) {
      const own = this.#rules.filter((rule) => !rule.eventIds || rule.eventIds.has(id))
      found = new Candidates(own, this.#pieces)
      this.#byId.set(id, found)
    }
    return found
  }
}

function nameOf(sources: readonly LogSource[]): string {
  return JSON.stringify(sources.map((s) => [s.category ?? null, s.product ?? null, s.service ?? null]))
}
