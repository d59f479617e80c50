import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenBy, event, rule } from './rule.ts'

const selections = `sel_a: {A: 1}
sel_b: {B: 1}
sel_c: {C: 1}
filter_x: {X: 1}
_hidden: {H: 1}`

/** A condition, and for sets of letters (fields that are 1) whether it holds. */
const rows: readonly (readonly [condition: string, yes: string, no: string])[] = [
  ['sel_a', 'A ABC', 'B -'],
  ['sel_a and sel_b', 'AB', 'A B'],
  ['sel_a or sel_b', 'A B AB', 'C -'],
  ['not sel_a', 'B -', 'A'],
  ['not not sel_a', 'A', 'B'],
  ['sel_a or sel_b and sel_c', 'A BC', 'B C'],
  ['(sel_a or sel_b) and sel_c', 'AC BC', 'A AB C'],
  ['not sel_a and sel_b', 'B', 'A AB -'],
  ['not (sel_a and sel_b)', 'A B -', 'AB'],
  ['((sel_a))and(sel_b)', 'AB', 'A'],
  ['sel_a AND NOT sel_b', 'A', 'AB'],
  ['1 of sel_*', 'A B C', 'X H -'],
  ['any of sel_*', 'A B', 'X'],
  ['all of sel_*', 'ABC', 'AB X'],
  ['2 of sel_*', 'AB BC ABC', 'A X AX'],
  ['3 of sel_*', 'ABC', 'AB'],
  ['1 of them', 'A X', 'H -'],
  ['all of them', 'ABCX', 'ABC'],
  ['1 of _h*', 'H', 'A'],
  ['1 of *_a', 'A', 'B X'],
  ['1 of s*_*a', 'A', 'B X'],
  ['1 of sel_a', 'A', 'B'],
  ['1 of sel_* and not 1 of filter_*', 'A BC', 'AX X -'],
  ['all of sel_* or filter_x', 'X ABC', 'AB'],
  ['[sel_a, sel_b and sel_c]', 'A BC', 'B X'],
]

for (const [condition, yes, no] of rows) {
  test(`condition: ${condition}`, async () => {
    const made = await rule(`${selections}\ncondition: ${condition}`)
    const asked = (letters: string): boolean =>
      made.match(event(Object.fromEntries([...letters.replace('-', '')].map((letter) => [letter, 1])))) !== null
    for (const letters of yes.split(' ')) assert.ok(asked(letters), letters)
    for (const letters of no.split(' ')) assert.ok(!asked(letters), letters)
  })
}

test('the names of the fields that matched', async () => {
  const made = await rule(`${selections}\ncondition: (sel_a or sel_b) and not filter_x`)
  assert.deepEqual(made.match(event({ B: 1, A: 1, C: 1 })), ['A', 'B'])
  assert.deepEqual(made.match(event({ B: 1 })), ['B'])
})

test('maps: and within one, or between those of a list; keywords may stand beside them', async () => {
  const made = await rule('sel:\n  - {A: 1, B: 1}\n  - C: 1\n  - word\ncondition: sel')
  assert.deepEqual(made.match(event({ A: 1, B: 1 })), ['A', 'B'])
  assert.deepEqual(made.match(event({ A: 1, C: 1 })), ['C'])
  assert.equal(made.match(event({ A: 1 })), null)
  assert.deepEqual(made.match(event({ A: 'a WORD here' })), ['A'])
})

test('errors of conditions, with line and column', async () => {
  const table: readonly (readonly [string, RegExp, number])[] = [
    ['sel_a and', /expects a selection.*; it ends here/, 14],
    ['sel_a nor sel_b', /expects "and", "or" or its end; found "nor"/, 20],
    ['sel_a and sel_z', /names "sel_z", and there is no such selection/, 24],
    ['(sel_a', /"\(" in the condition without "\)"/, 14],
    ['sel_a)', /found "\)"/, 19],
    ['1 of', /"1 of" expects "them" or a name/, 14],
    ['1 of zzz*', /no selection is named like "zzz\*"/, 19],
    ['4 of sel_*', /"4" of 3 selections can never be asked/, 14],
    ['0 of sel_*', /can never be asked/, 14],
    ['sel_a or 1 of', /"1 of" expects "them" or a name/, 23],
    ['1 of (sel_a)', /"1 of" expects "them" or a name/, 14],
    ['sel_a or (sel_b', /"\(" in the condition without "\)"/, 23],
    ['sel_a and and sel_b', /expects a selection.*; found "and"/, 24],
    ['not', /expects a selection.*; it ends here/, 14],
    ['of sel_*', /expects a selection.*; found "of"/, 14],
    ['2 sel_a', /names "2", and there is no such selection/, 14],
    ['sel_a sel_b', /expects "and", "or" or its end; found "sel_b"/, 20],
    ['sel_a or 1 of sel_?', /no selection is named like "sel_\?"/, 28],
    ['all of them of', /expects "and", "or" or its end; found "of"/, 26],
    ["''", /it ends here/, 14],
    ['', /a condition expects text/, 12],
    ['{a: b}', /a condition expects text/, 14],
  ]
  for (const [condition, message, column] of table) {
    const problem = await brokenBy(`${selections}\ncondition: ${condition}`)
    assert.match(problem.detail, message, condition)
    assert.equal(problem.line, 10, condition)
    if (condition !== '' && condition !== "''") assert.equal(problem.column, column, condition)
    assert.equal(problem.reason, 'broken')
  }
})

/** Of selections with these names, each of which asks for a field of its own: which make the condition true? */
async function chosen(pattern: string, names: readonly string[]): Promise<string> {
  const made = await rule(`${names.map((name) => `${name}: {"${name}": 1}`).join('\n')}\ncondition: 1 of ${pattern}`)
  return names.filter((name) => made.match(event({ [name]: 1 })) !== null).join(' ')
}

test('a name with * stands for any characters, and no character counts twice', async () => {
  assert.equal(await chosen('ab*ba', ['aba', 'abba', 'abxba', 'ab', 'xabba', 'abbax']), 'abba abxba')
  assert.equal(await chosen('s*xy*y', ['sxy', 'sxyy', 'sxyzy', 'sxzy', 'sy']), 'sxyy sxyzy')
  assert.equal(await chosen('s*x*x*', ['sx', 'sxx', 'sxax', 'sax', 'axx']), 'sxx sxax')
  assert.equal(await chosen('s*ab*cd*e', ['sabcde', 'scdabe', 'sxabxcdxe', 'sabce', 'sabcdex']), 'sabcde sxabxcdxe')
  assert.equal(await chosen('s*x*x', ['sxx', 'sx', 'sxax']), 'sxx sxax')
  assert.equal(await chosen('*ab*c', ['abc', 'xabc', 'xac', 'ab']), 'abc xabc')
  assert.equal(await chosen('*', ['a', '_b']), 'a _b')
  assert.equal(await chosen('them', ['a', '_b', 'c']), 'a c')
  assert.equal(await chosen('THEM', ['a', '_b']), 'a')
  assert.equal(await chosen('a', ['a', 'ab']), 'a')
})

test('quantities in any case, and as many as there are', async () => {
  for (const [condition, yes, no] of [
    ['ALL OF THEM', 'ABCX', 'ABC'],
    ['Any Of sel_*', 'A', 'X'],
    ['1 of sel_a', 'A', 'B'],
    ['03 of sel_*', 'ABC', 'AB'],
    ['all of sel_a', 'A', 'B'],
  ] as const) {
    const made = await rule(`${selections}\ncondition: ${condition}`)
    const asked = (letters: string): boolean =>
      made.match(event(Object.fromEntries([...letters].map((letter) => [letter, 1])))) !== null
    assert.deepEqual([asked(yes), asked(no)], [true, false], condition)
  }
  // A selection may be called like a quantity.
  const named = await rule('all: {A: 1}\n1: {B: 1}\ncondition: all and not 1')
  assert.deepEqual([named.match(event({ A: 1 })), named.match(event({ A: 1, B: 1 }))], [['A'], null])
})

test('aggregations of Sigma 1 are unsupported', async () => {
  for (const condition of ['sel_a | count() > 5', 'sel_a | near sel_b', 'sel_a|count(x) by y > 1']) {
    const problem = await brokenBy(`${selections}\ncondition: ${condition}`)
    assert.equal(problem.reason, 'unsupported')
    assert.match(problem.detail, /aggregation/)
  }
})
