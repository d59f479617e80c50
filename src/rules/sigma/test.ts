import type { Need } from '../engine.ts'
import type { Values } from '../values.ts'

/** One question to an event, and which of its fields said yes. */
export type Test = {
  test(values: Values): boolean
  /** Adds the names of the fields that matched; asked only when `test` said yes. */
  names(values: Values, into: Set<string>): void
  /** A rough measure: of several questions that must all say yes, the cheap ones are asked first. */
  readonly cost: number
  /** The event ids outside of which the answer is always no; undefined when it does not depend on them. */
  readonly eventIds?: ReadonlySet<string>
  /** Texts, one of which stands in its field whenever the answer is yes; undefined when none are known. */
  readonly needs?: readonly Need[]
}

const NEEDS = 1_000

/** All of them. */
export function every(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0]!
  const byCost = [...tests].sort((a, b) => a.cost - b.cost)
  const ids = tests.map((t) => t.eventIds).filter((set) => set !== undefined)
  const eventIds = ids.length === 0 ? undefined : ids.reduce((a, b) => new Set([...a].filter((id) => b.has(id))))
  const needs = tests.map((t) => t.needs).reduce(better, undefined)
  return {
    test: (values) => {
      for (const t of byCost) if (!t.test(values)) return false
      return true
    },
    names: (values, into) => {
      for (const t of tests) t.names(values, into)
    },
    cost: sum(tests),
    ...(eventIds ? { eventIds } : {}),
    ...(needs ? { needs } : {}),
  }
}

/** At least `least` of them. */
export function some(tests: readonly Test[], least = 1): Test {
  if (tests.length === 1 && least === 1) return tests[0]!
  if (least === tests.length) return every(tests)
  const byCost = [...tests].sort((a, b) => a.cost - b.cost)
  const ids = tests.map((t) => t.eventIds)
  const known = ids.every((set) => set !== undefined)
  const needs = tests.every((t) => t.needs) ? tests.flatMap((t) => t.needs ?? []) : []
  return {
    test: (values) => {
      let found = 0
      for (const t of byCost) if (t.test(values) && ++found >= least) return true
      return false
    },
    names: (values, into) => {
      for (const t of tests) if (t.test(values)) t.names(values, into)
    },
    cost: sum(tests),
    ...(known ? { eventIds: new Set(ids.flatMap((set) => [...(set ?? [])])) } : {}),
    ...(needs.length > 0 && needs.length <= NEEDS ? { needs } : {}),
  }
}

/** Not this. */
export function not(inner: Test): Test {
  return { test: (values) => !inner.test(values), names: () => {}, cost: inner.cost }
}

/** Of two lists of needs the one that fewer events meet: the shorter list, as a rule of thumb. */
export function better(a: readonly Need[] | undefined, b: readonly Need[] | undefined): readonly Need[] | undefined {
  if (!a || !b) return a ?? b
  return weight(a) <= weight(b) ? a : b
}

/** Commas, extensions and the like are in every event; long texts in few. */
function weight(needs: readonly Need[]): number {
  return needs.reduce((total, need) => total + 1 / need.text.length, 0)
}

function sum(tests: readonly Test[]): number {
  return tests.reduce((total, t) => total + t.cost, 1)
}
