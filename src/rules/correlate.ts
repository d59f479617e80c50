import type { Correlation } from './engine.ts'

/** A row that a rule said yes to. */
export type Row = {
  readonly rule: string
  readonly time: number
  /** Values of fields by name (folded). */
  readonly values: Readonly<Record<string, string>>
}

/** Rows that make a correlation true together, in the order in which they were given. */
export type RowMatch<R extends Row> = {
  readonly correlation: Correlation
  /** The values that the rows have in common, in the order of `groupBy`. */
  readonly group: readonly string[]
  readonly rows: readonly R[]
}

export type Correlated<R extends Row> = {
  readonly matches: readonly RowMatch<R>[]
  /** Rows that belong to no group, since they lack a value that they are grouped by. */
  readonly ungrouped: readonly { readonly correlation: Correlation; readonly rows: number }[]
}

/** What a correlation counts: a row, or a time at which a correlation that it counts came true. */
type Item<R extends Row> = { readonly time: number; readonly child: number; readonly of: R | Fulfilled<R> }
type Fulfilled<R extends Row> = {
  readonly time: number
  readonly correlation: Correlation
  readonly items: readonly Item<R>[]
}
/** In one group, with the values that it brings to be counted. */
type Member<R extends Row> = Item<R> & { readonly counted: readonly string[] }

/**
 * Which rows make which correlations true. The rows come in the order of their times. A window reaches from a row to all
 * that lie within the span of it, both ends included; it counts only where no other window holds all of its rows, so that
 * an upper bound is not met by a part of a larger burst. Windows that are true and share rows are one match.
 */
export function correlate<R extends Row>(correlations: readonly Correlation[], rows: readonly R[]): Correlated<R> {
  const matches: RowMatch<R>[] = []
  const ungrouped: { correlation: Correlation; rows: number }[] = []
  const parts = new Set(correlations.flatMap(({ of }) => of))
  const items = new Map<string, (R | Fulfilled<R>)[]>()
  for (const row of rows) addTo(items, row.rule, row)
  const order = new Map(rows.map((row, i) => [row, i]))
  const inOrder = (found: readonly R[]): R[] => {
    const all = new Set(found)
    // Of very many it is less work to look at every row than to sort them.
    if (all.size > rows.length / 16) return rows.filter((row) => all.has(row))
    return [...all].sort((a, b) => order.get(a)! - order.get(b)!)
  }

  for (const correlation of correlations) {
    const { groups, lost } = grouped(correlation, items)
    if (lost > 0) ungrouped.push({ correlation, rows: lost })
    const fulfilled: Fulfilled<R>[] = []
    for (const { group, members } of groups) {
      const spans = windows(correlation, members)
      if (!correlation.isPart) {
        for (const [from, to] of merged(spans)) {
          matches.push({ correlation, group, rows: inOrder(members.slice(from, to + 1).flatMap(leaves)) })
        }
      }
      if (parts.has(correlation.info.id)) {
        for (const [from, to] of disjoint(correlation, members, spans)) {
          fulfilled.push({ time: members[to]!.time, correlation, items: members.slice(from, to + 1) })
        }
      }
    }
    items.set(correlation.info.id, fulfilled)
  }
  return { matches, ungrouped }
}

// ---------------------------------------------------------------- groups

type Group<R extends Row> = { readonly group: readonly string[]; readonly members: Member<R>[] }

function grouped<R extends Row>(
  correlation: Correlation,
  all: ReadonlyMap<string, readonly (R | Fulfilled<R>)[]>,
): { groups: readonly Group<R>[]; lost: number } {
  const groups = new Map<string, Group<R>>()
  let lost = 0
  for (const [child, id] of correlation.of.entries()) {
    // Many rows share their values.
    const known = new Map<object, readonly Place[]>()
    for (const each of all.get(id) ?? []) {
      const item = { time: each.time, child, of: each }
      const shared = isFulfilled(each) ? null : each.values
      const places = (shared && known.get(shared)) ?? placesOf(item, correlation)
      if (shared) known.set(shared, places)
      if (places.length === 0) lost++
      for (const { key, group, counted } of places) {
        // What brings no value to a count of values is no part of it.
        if (correlation.counted.length > 0 && counted.length === 0) continue
        let found = groups.get(key)
        if (!found) groups.set(key, (found = { group, members: [] }))
        found.members.push({ ...item, counted })
      }
    }
  }
  for (const { members } of groups.values()) members.sort((a, b) => a.time - b.time)
  return { groups: [...groups.values()], lost }
}

/** A group that an item belongs to, and the values (each a text of its own) that it brings to be counted there. */
type Place = { readonly key: string; readonly group: readonly string[]; readonly counted: readonly string[] }

function placesOf<R extends Row>(item: Item<R>, correlation: Correlation): Place[] {
  const { groupBy, counted } = correlation
  const places = new Map<string, { key: string; group: readonly string[]; counted: string[] }>()
  for (const values of valuesOf(item, [...groupBy, ...counted], correlation)) {
    const group = values.slice(0, groupBy.length)
    if (!areTexts(group)) continue
    const key = keyOf(group)
    const place = places.get(key) ?? { key, group, counted: [] }
    const rest = values.slice(groupBy.length)
    if (areTexts(rest) && rest.length > 0) place.counted.push(keyOf(rest))
    places.set(key, place)
  }
  return [...places.values()]
}

/** The values that an item has of some fields: a row one of each, a correlation those of all of its rows, each list once. */
function valuesOf<R extends Row>(
  item: Item<R>,
  names: readonly string[],
  { of, aliases }: Correlation,
): (string | undefined)[][] {
  const meant = names.map((name) => aliases.get(name)?.get(of[item.child]!) ?? name)
  const each = item.of
  if (!isFulfilled(each))
    return [meant.map((name) => (Object.hasOwn(each.values, name) ? each.values[name] : undefined))]
  const lists = distinctly(each.items).flatMap((inner) => valuesOf(inner, meant, each.correlation))
  return [...new Map(lists.map((list) => [keyOf(list), list])).values()]
}

/** One item for all rows of a rule that share their values. */
function distinctly<R extends Row>(items: readonly Item<R>[]): readonly Item<R>[] {
  const seen = new Map<object, Set<number>>()
  return items.filter(({ child, of }) => {
    if (isFulfilled(of)) return true
    const children = seen.get(of.values)
    if (children?.has(child)) return false
    seen.set(of.values, (children ?? new Set()).add(child))
    return true
  })
}

const keyOf = (values: readonly (string | undefined)[]): string => JSON.stringify(values)

function areTexts(values: readonly (string | undefined)[]): values is string[] {
  return values.every((value) => value !== undefined)
}

function isFulfilled<R extends Row>(of: R | Fulfilled<R>): of is Fulfilled<R> {
  return 'items' in of
}

function leaves<R extends Row>({ of }: Item<R>): readonly R[] {
  return isFulfilled(of) ? of.items.flatMap(leaves) : [of]
}

// ---------------------------------------------------------------- windows

/** First and last number of the members of a window. */
type Window = readonly [from: number, to: number]

/** Windows that no other holds and of which the condition is true. */
function windows<R extends Row>(correlation: Correlation, members: readonly Member<R>[]): Window[] {
  const counter = counterOf<R>(correlation)
  const found: Window[] = []
  let [from, to] = [0, 0]
  while (to < members.length) {
    // All of one time come in together, and those that are too old go.
    const { time } = members[to]!
    for (; to < members.length && members[to]!.time === time; to++) counter.add(members[to]!)
    for (; members[from]!.time < time - correlation.span; from++) counter.remove(members[from]!)
    const next = members[to]
    const isHeld = next !== undefined && members[from]!.time >= next.time - correlation.span
    if (!isHeld && isMet(correlation, counter.count(members[from]!.time))) found.push([from, to - 1])
  }
  return found
}

/** Windows that share members, made one. */
function merged(found: readonly Window[]): Window[] {
  const all: [number, number][] = []
  for (const [from, to] of found) {
    const last = all.at(-1)
    if (last && from <= last[1]) last[1] = to
    else all.push([from, to])
  }
  return all
}

/**
 * How often the condition came true, no member being used twice: what a correlation of this one counts. With lower bounds
 * alone it comes true as soon as it does; else a window must be over to be told.
 */
function disjoint<R extends Row>(
  correlation: Correlation,
  members: readonly Member<R>[],
  found: readonly Window[],
): Window[] {
  const all: Window[] = []
  if (!correlation.condition.every(({ is }) => is === 'gt' || is === 'gte')) {
    for (const window of found) if (window[0] > (all.at(-1)?.[1] ?? -1)) all.push(window)
    return all
  }
  let counter = counterOf<R>(correlation)
  let [from, to] = [0, 0]
  while (to < members.length) {
    const { time } = members[to]!
    for (; to < members.length && members[to]!.time === time; to++) counter.add(members[to]!)
    for (; members[from]!.time < time - correlation.span; from++) counter.remove(members[from]!)
    if (!isMet(correlation, counter.count(members[from]!.time))) continue
    all.push([from, to - 1])
    counter = counterOf(correlation)
    from = to
  }
  return all
}

function isMet({ condition }: Correlation, count: number): boolean {
  return condition.every(({ is, than }) => compare[is](count, than))
}

export const compare: Readonly<Record<Correlation['condition'][number]['is'], (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  eq: (a, b) => a === b,
  neq: (a, b) => a !== b,
}

// ---------------------------------------------------------------- counts

/** Counts what stands in a window that moves on; `from` is the time of its first member. */
type Counter<R extends Row> = {
  add(member: Member<R>): void
  remove(member: Member<R>): void
  count(from: number): number
}

function counterOf<R extends Row>({ type, of }: Correlation): Counter<R> {
  switch (type) {
    case 'event_count': {
      let n = 0
      return { add: () => n++, remove: () => n--, count: () => n }
    }
    case 'value_count':
      return distinct((member) => member.counted)
    case 'temporal':
      return distinct((member) => [String(member.child)])
    case 'temporal_ordered':
      return ordered(of.length)
  }
}

function distinct<R extends Row>(valuesOf: (member: Member<R>) => readonly string[]): Counter<R> {
  const known = new Map<string, number>()
  return {
    add: (member) => {
      for (const value of valuesOf(member)) known.set(value, (known.get(value) ?? 0) + 1)
    },
    remove: (member) => {
      for (const value of valuesOf(member)) {
        const left = known.get(value)! - 1
        if (left === 0) known.delete(value)
        else known.set(value, left)
      }
    },
    count: () => known.size,
  }
}

/**
 * How many of the rules came one after the other, in the order of the list. Of each rule and each length: when the chain
 * that ends with it began, at the latest. Those of one time count as in order.
 */
function ordered<R extends Row>(rules: number): Counter<R> {
  const began = Array.from({ length: rules }, () => Array.from({ length: rules + 1 }, () => -Infinity))
  const latest = (child: number, length: number): number =>
    began.slice(0, child).reduce((most, lengths) => Math.max(most, lengths[length]!), -Infinity)
  let now = { time: Number.NaN, children: new Set<number>() }
  const settle = (): void => {
    for (const child of [...now.children].sort((a, b) => a - b)) {
      const own = began[child]!
      own[1] = now.time
      for (let length = 2; length <= child + 1; length++)
        own[length] = Math.max(own[length]!, latest(child, length - 1))
    }
    now = { time: Number.NaN, children: new Set() }
  }
  return {
    add: ({ time, child }) => {
      if (time !== now.time) {
        settle()
        now.time = time
      }
      now.children.add(child)
    },
    remove: () => {},
    count: (from) => {
      settle()
      for (let length = rules; length > 0; length--)
        if (began.some((lengths) => lengths[length]! >= from)) return length
      return 0
    },
  }
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
