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
}

/** All of them. */
export function every(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0]!
  const byCost = [...tests].sort((a, b) => a.cost - b.cost)
  const ids = tests.map((t) => t.eventIds).filter((set) => set !== undefined)
  const eventIds = ids.length === 0 ? undefined : ids.reduce((a, b) => new Set([...a].filter((id) => b.has(id))))
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
  }
}

/** At least `least` of them. */
export function some(tests: readonly Test[], least = 1): Test {
  if (tests.length === 1 && least === 1) return tests[0]!
  if (least === tests.length) return every(tests)
  const byCost = [...tests].sort((a, b) => a.cost - b.cost)
  const ids = tests.map((t) => t.eventIds)
  const known = ids.every((set) => set !== undefined)
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
  }
}

/** Not this. */
export function not(inner: Test): Test {
  return { test: (values) => !inner.test(values), names: () => {}, cost: inner.cost }
}

function sum(tests: readonly Test[]): number {
  return tests.reduce((total, t) => total + t.cost, 1)
}
