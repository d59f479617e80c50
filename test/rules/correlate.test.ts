import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correlate, type Correlated, type MatchedRows } from '../../src/rules/correlation.ts'
import type { Correlation } from '../../src/rules/rule.ts'
import { correlationOf, random } from './correlations.ts'

type Row = { readonly rule: string; readonly time: number; readonly values: Readonly<Record<string, string>> }

const row = (rule: string, time: number, values: Readonly<Record<string, string>> = {}): Row => ({ rule, time, values })

function correlated(correlations: readonly Correlation[], rows: readonly Row[]): Correlated {
  const rules = [...new Set(rows.map(({ rule }) => rule))]
  const texts = rows.map(({ values }) => JSON.stringify(values))
  const distinct = [...new Set(texts)]
  const columns: MatchedRows = {
    times: rows.map(({ time }) => time),
    ruleOf: rows.map(({ rule }) => rules.indexOf(rule)),
    rules,
    valuesOf: texts.map((text) => distinct.indexOf(text)),
    values: distinct.map((text) => rows[texts.indexOf(text)]!.values),
  }
  return correlate(correlations, columns)
}

/** Of each match the values of its group and the places of its rows in the list. */
function told(correlations: readonly Correlation[], rows: readonly Row[]): (readonly [string, ...number[]])[] {
  return correlated(correlations, rows).matches.map(({ correlation, group, rows: found }) => [
    [correlation.info.id, ...group].join(' '),
    ...found,
  ])
}

test('event_count: so many rows within the span, both ends included', () => {
  const three = correlationOf({ condition: [{ is: 'gte', than: 3 }], span: 10 })
  const at = (...times: number[]): Row[] => times.map((time) => row('a', time))
  assert.deepEqual(told([three], at(0, 5, 10)), [['c', 0, 1, 2]])
  assert.deepEqual(told([three], at(0, 5, 11)), [])
  assert.deepEqual(told([three], at(7, 7, 7)), [['c', 0, 1, 2]])
  // Windows that share rows are one match, others are matches of their own.
  assert.deepEqual(told([three], at(0, 5, 10, 15, 100, 101, 102)), [
    ['c', 0, 1, 2, 3],
    ['c', 4, 5, 6],
  ])
  assert.deepEqual(told([three], []), [])
  assert.deepEqual(told([three], [row('b', 0), row('b', 1), row('b', 2)]), [])
})

test('each comparison, of the largest windows only', () => {
  const at = (...times: number[]): Row[] => times.map((time) => row('a', time))
  const is = (word: Correlation['condition'][number]['is'], than: number): Correlation =>
    correlationOf({ condition: [{ is: word, than }], span: 10 })
  const burst = at(0, 1, 2, 3)
  const table = [
    ['gt', 3, true],
    ['gt', 4, false],
    ['gte', 4, true],
    ['lt', 4, false],
    ['lt', 5, true],
    ['lte', 3, false],
    ['lte', 4, true],
    ['eq', 4, true],
    // A part of the burst has three rows, and none of the windows does.
    ['eq', 3, false],
    ['neq', 4, false],
    ['neq', 3, true],
  ] as const
  for (const [word, than, isTrue] of table)
    assert.equal(told([is(word, than)], burst).length, isTrue ? 1 : 0, `${word} ${than}`)
  const range = correlationOf({
    condition: [
      { is: 'gt', than: 1 },
      { is: 'lte', than: 3 },
    ],
    span: 10,
  })
  assert.deepEqual(told([range], at(0, 1, 100, 101, 102, 103)), [['c', 0, 1]])
})

test('groups: rows that lack a value are in none, and are counted', () => {
  const two = correlationOf({ condition: [{ is: 'gte', than: 2 }], groupBy: ['user', 'host'], span: 10 })
  const rows = [
    row('a', 0, { user: 'x', host: 'h' }),
    row('a', 1, { user: 'y', host: 'h' }),
    row('a', 2, { user: 'x' }),
    row('a', 3, { user: 'x', host: 'h' }),
    row('a', 4, {}),
  ]
  assert.deepEqual(told([two], rows), [['c x h', 0, 3]])
  assert.deepEqual(
    correlated([two], rows).ungrouped.map((each) => each.rows),
    [2],
  )
})

test('value_count: distinct values of a field, or of several together', () => {
  const rows = [
    row('a', 0, { u: 'x', w: '1' }),
    row('a', 1, { u: 'x', w: '2' }),
    row('a', 2, { w: '3' }),
    row('a', 3, { u: 'y', w: '1' }),
  ]
  const count = (counted: string[], than: number): Correlation =>
    correlationOf({ type: 'value_count', counted, condition: [{ is: 'gte', than }], span: 10 })
  assert.deepEqual(told([count(['u'], 2)], rows), [['c', 0, 1, 3]])
  assert.deepEqual(told([count(['u'], 3)], rows), [])
  assert.deepEqual(told([count(['u', 'w'], 3)], rows), [['c', 0, 1, 3]])
  // Values leave the window with their rows.
  const far = [row('a', 0, { u: 'x' }), row('a', 6, { u: 'y' }), row('a', 12, { u: 'y' })]
  assert.deepEqual(told([count(['u'], 2)], far), [['c', 0, 1]])
})

test('temporal: all of the rules, in any order', () => {
  const all = correlationOf({ type: 'temporal', of: ['a', 'b'], condition: [{ is: 'gte', than: 2 }], span: 5 })
  assert.deepEqual(told([all], [row('b', 0), row('a', 5)]), [['c', 0, 1]])
  assert.deepEqual(told([all], [row('b', 0), row('a', 6)]), [])
  assert.deepEqual(told([all], [row('a', 0), row('a', 1)]), [])
  const any = correlationOf({ type: 'temporal', of: ['a', 'b', 'd'], condition: [{ is: 'gte', than: 2 }], span: 5 })
  assert.deepEqual(told([any], [row('a', 0), row('d', 1)]), [['c', 0, 1]])
})

test('temporal_ordered: one after the other; those of one time count as in order', () => {
  const two = correlationOf({ type: 'temporal_ordered', of: ['a', 'b'], condition: [{ is: 'gte', than: 2 }], span: 5 })
  assert.deepEqual(told([two], [row('a', 0), row('b', 5)]), [['c', 0, 1]])
  assert.deepEqual(told([two], [row('a', 0), row('b', 6)]), [])
  assert.deepEqual(told([two], [row('b', 0), row('a', 1)]), [])
  assert.deepEqual(told([two], [row('b', 3), row('a', 3)]), [['c', 0, 1]])
  const three = correlationOf({
    type: 'temporal_ordered',
    of: ['a', 'b', 'd'],
    condition: [{ is: 'gte', than: 3 }],
    span: 5,
  })
  assert.deepEqual(told([three], [row('b', 0), row('a', 1), row('d', 2)]), [])
  assert.deepEqual(told([three], [row('b', 0), row('a', 1), row('d', 2), row('b', 3), row('d', 4)]), [
    ['c', 0, 1, 2, 3, 4],
  ])
  // The chain that began last counts: the first row of it is too old.
  assert.deepEqual(told([three], [row('a', 0), row('a', 4), row('b', 5), row('d', 9)]), [['c', 1, 2, 3]])
})

test('an alias: other names of the same value', () => {
  const one = correlationOf({
    type: 'temporal',
    of: ['a', 'b'],
    groupBy: ['ip'],
    condition: [{ is: 'gte', than: 2 }],
    aliases: new Map([
      [
        'ip',
        new Map([
          ['a', 'src'],
          ['b', 'dst'],
        ]),
      ],
    ]),
    span: 5,
  })
  const rows = [row('a', 0, { src: '1', dst: '2' }), row('b', 1, { src: '1', dst: '2' }), row('b', 2, { dst: '1' })]
  assert.deepEqual(told([one], rows), [['c 1', 0, 2]])
})

test('a correlation of correlations: each time that the inner one comes true, with the values of its rows', () => {
  const many = {
    ...correlationOf({ id: 'many', groupBy: ['host'], condition: [{ is: 'gte', than: 3 }], span: 10 }),
    isPart: true as const,
  }
  const then = correlationOf({
    type: 'temporal_ordered',
    of: ['many', 'ok'],
    groupBy: ['user'],
    condition: [{ is: 'gte', than: 2 }],
    span: 10,
  })
  const failed = (time: number, user: string): Row => row('a', time, { host: 'h', user })
  const rows = [
    failed(0, 'x'),
    failed(1, 'y'),
    failed(2, 'x'),
    row('ok', 8, { user: 'y' }),
    row('ok', 30, { user: 'x' }),
  ]
  assert.deepEqual(told([many, then], rows), [['c y', 0, 1, 2, 3]])
  // A success before the third failure, and another behind: only what follows counts.
  assert.deepEqual(
    told([many, then], [failed(0, 'x'), row('ok', 1, { user: 'x' }), failed(2, 'x'), failed(3, 'x')]),
    [],
  )
  // It comes true again and again while it lasts: three rows each.
  const thrice = correlationOf({ of: ['many'], condition: [{ is: 'gte', than: 3 }], span: 1_000 })
  const long = (n: number): Row[] => Array.from({ length: n }, (_, i) => failed(i, 'x'))
  assert.deepEqual(told([many, thrice], long(8)), [])
  assert.equal(told([many, thrice], long(9))[0]?.length, 10)
  // With an upper bound, windows that are over.
  const few = { ...many, condition: [{ is: 'eq' as const, than: 2 }] }
  const once = correlationOf({ of: ['many'], condition: [{ is: 'gte', than: 1 }], span: 10 })
  assert.deepEqual(told([few, once], [failed(0, 'x'), failed(1, 'x'), failed(50, 'x')]), [['c', 0, 1]])
})

test('a hundred thousand rows of one time, and of many', () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => row('a', i % 2 === 0 ? 0 : i, { u: String(i % 7) }))
  rows.sort((a, b) => a.time - b.time)
  const most = correlationOf({ condition: [{ is: 'gte', than: 50_000 }], span: 1_000 })
  assert.equal(correlated([most], rows).matches[0]?.rows.length, 50_500)
  const values = correlationOf({ type: 'value_count', counted: ['u'], condition: [{ is: 'eq', than: 7 }], span: 1_000 })
  assert.equal(correlated([values], rows).matches.length, 1)
  const order = correlationOf({
    type: 'temporal_ordered',
    of: ['a', 'b'],
    condition: [{ is: 'gte', than: 2 }],
    span: 9,
  })
  assert.deepEqual(correlated([order], rows).matches, [])
})

// ---------------------------------------------------------------- the same, told slowly

/** How many of the rules came in order: the longest chain, tried out. */
function longestChain(rows: readonly Row[], of: readonly string[], from = 0, after = -Infinity): number {
  let most = 0
  for (let i = from; i < of.length; i++) {
    const next = rows.filter((each) => each.rule === of[i] && each.time >= after).map(({ time }) => time)
    if (next.length > 0) most = Math.max(most, 1 + longestChain(rows, of, i + 1, Math.min(...next)))
  }
  return most
}

function countOf({ type, of, counted }: Correlation, rows: readonly Row[]): number {
  if (type === 'event_count') return rows.length
  if (type === 'value_count') return new Set(rows.map(({ values }) => values[counted[0]!])).size
  return type === 'temporal' ? new Set(rows.map(({ rule }) => rule)).size : longestChain(rows, of)
}

function slowly(correlation: Correlation, all: readonly Row[]): string[] {
  const { of, groupBy, counted, span, condition } = correlation
  const mine = all.filter(
    ({ rule, values }) => of.includes(rule) && [...groupBy, ...counted].every((name) => values[name] !== undefined),
  )
  const keyOf = ({ values }: Row): string => groupBy.map((name) => values[name]).join(' ')
  const found: Row[][] = []
  for (const group of Map.groupBy(mine, keyOf).values()) {
    const windows = group.flatMap(({ time: from }) =>
      group
        .filter(({ time: to }) => to >= from && to - from <= span)
        .map(({ time: to }) => new Set(group.filter(({ time }) => time >= from && time <= to))),
    )
    const largest = windows.filter((a) => !windows.some((b) => b.size > a.size && [...a].every((each) => b.has(each))))
    const is = { gt: 0, gte: 1, lt: 2, lte: 3, eq: 4, neq: 5 }
    const met = largest.filter((window) => {
      const n = countOf(correlation, [...window])
      return condition.every(
        ({ is: word, than }) => [n > than, n >= than, n < than, n <= than, n === than, n !== than][is[word]],
      )
    })
    let sets: Set<Row>[] = []
    for (const window of met) {
      const isNear = (set: Set<Row>): boolean => [...set].some((each) => window.has(each))
      const near = sets.filter(isNear)
      sets = [...sets.filter((set) => !isNear(set)), new Set([...near, window].flatMap((set) => [...set]))]
    }
    found.push(...sets.map((set) => [...set]))
  }
  return found
    .map((rows) =>
      rows
        .map((each) => all.indexOf(each))
        .sort((a, b) => a - b)
        .join(' '),
    )
    .sort()
}

test('says what trying out every window says, on random rows', () => {
  const next = random(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  let some = 0
  for (let round = 0; round < 3_000; round++) {
    const rows = Array.from({ length: Math.floor(next() * 14) }, () =>
      row(pick(['a', 'b', 'd', 'other']), Math.floor(next() * 40), {
        ...(next() < 0.85 ? { user: pick(['x', 'y']) } : {}),
        ...(next() < 0.85 ? { page: pick(['1', '2', '3']) } : {}),
      }),
    ).sort((a, b) => a.time - b.time)
    const type = pick(['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const)
    const of = pick([['a'], ['a', 'b'], ['b', 'a', 'd']])
    const word = pick(['gt', 'gte', 'gte', 'lt', 'lte', 'eq', 'neq'] as const)
    const correlation = correlationOf({
      type,
      of,
      groupBy: pick([[], ['user']]),
      counted: type === 'value_count' ? ['page'] : [],
      condition: [{ is: word, than: 1 + Math.floor(next() * 3) }],
      span: pick([1, 5, 12, 60]),
    })
    const fast = correlated([correlation], rows).matches.map(({ rows: found }) => found.join(' '))
    assert.deepEqual(fast.sort(), slowly(correlation, rows), `round ${round}: ${JSON.stringify([correlation, rows])}`)
    if (fast.length > 0) some++
  }
  assert.ok(some > 500, `${some} rounds with a match`)
})
