import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventValues, type Field, type Values } from '../../../src/rules/field-values.ts'
import type { EventRule, FieldLookup, Need } from '../../../src/rules/rule.ts'
import { event, rule } from './rule.ts'

// What a rule says of itself, so that it need not be evaluated on every row: event ids, texts that it needs, fields that it
// reads, and its answer where only some fields are known.

const everything = (values: Values): FieldLookup => {
  return (name) => (name === '' ? values.raw : values.get(name))
}

// ---------------------------------------------------------------- texts

const texts = (needs: readonly Need[] | undefined): string | undefined =>
  needs?.map(({ field, text }) => `${field}:${text}`).join(' ')
const groupsOf = (made: EventRule, at = 0): string[] =>
  (made.questions![at]!.groups ?? []).map((group) => `${texts(group.needs)}${group.exact ? '' : ' …'}`)
const restOf = (made: EventRule, at = 0): string => [...made.questions![at]!.rest].sort().join(' ')

test('of several texts that must all be there the rule is found by the rarest, which are few and long', async () => {
  const needs = async (...lines: readonly string[]): Promise<string | undefined> =>
    texts((await rule(`sel:\n${lines.map((line) => `  ${line}`).join('\n')}\ncondition: sel`)).needs)
  assert.equal(await needs('A|contains: abcd', 'B|contains: abcde'), 'b:abcde')
  assert.equal(await needs('A|contains: abcde', 'B|contains: abcd'), 'a:abcde')
  assert.equal(await needs('A|contains: xyzzy', 'B|contains: [abcdefgh, ijklmnop]'), 'a:xyzzy')
  assert.equal(await needs('A|contains: [abcdefgh, ijklmnop]', 'B|contains: xyzzy'), 'b:xyzzy')
  assert.equal(
    await needs('A|contains: xyzz', 'B|contains: [abcdefghijkl, mnopqrstuvwx]'),
    'b:abcdefghijkl b:mnopqrstuvwx',
  )
  assert.equal(await needs('A|contains: abcd', 'B|contains: efgh'), 'a:abcd')
  assert.equal(await needs('A|exists: true', 'B|contains: efgh'), 'b:efgh')
  assert.equal(await needs('A|exists: true', 'B|neq: efgh'), undefined)
})

test('of alternatives each must have texts, a thousand at the most', async () => {
  const needs = async (condition: string): Promise<string | undefined> =>
    texts(
      (await rule(`a: {A|contains: xyzzy}\nb: {B|contains: plugh}\nc: {C|exists: true}\ncondition: ${condition}`))
        .needs,
    )
  assert.equal(await needs('a or b'), 'a:xyzzy b:plugh')
  assert.equal(await needs('a or c'), undefined)
  assert.equal(await needs('a or b or c'), undefined)
  assert.equal(await needs('(a or c) and b'), 'b:plugh')
  assert.equal(await needs('not a'), undefined)
  const lists = async (first: number, second: number): Promise<number | undefined> => {
    const list = (count: number, letter: string): string =>
      Array.from({ length: count }, (_, i) => `${letter}text${i}`).join(', ')
    const made = await rule(
      `a: {A|contains: [${list(first, 'a')}]}\nb: {B|contains: [${list(second, 'b')}]}\ncondition: a or b`,
    )
    assert.notEqual(made.match(event({ B: 'btext7' })), null)
    assert.equal(made.match(event({ B: 'atext7' })), null)
    return made.needs?.length
  }
  assert.equal(await lists(500, 500), 1_000)
  assert.equal(await lists(500, 501), undefined)
})

test('event ids: what all ask for, or any of the alternatives', async () => {
  const ids = async (condition: string): Promise<string | undefined> => {
    const made = await rule(
      `a: {EventID: [1, 2, 3]}\nb: {EventID: [2, 3, 4]}\nc: {A: x}\nd: {EventID: 9}\ncondition: ${condition}`,
    )
    return made.eventIds && [...made.eventIds].sort().join(' ')
  }
  assert.equal(await ids('a and b'), '2 3')
  assert.equal(await ids('a and d'), '')
  assert.equal(await ids('a or b'), '1 2 3 4')
  assert.equal(await ids('a and c'), '1 2 3')
  assert.equal(await ids('a or c'), undefined)
  assert.equal(await ids('(a or d) and b and c'), '2 3')
  assert.equal(await ids('2 of them'), undefined)
  assert.equal(await ids('not a'), undefined)
  assert.equal(await ids('c'), undefined)
})

test('a question names texts that it needs, the rarest first, and the fields that these do not answer', async () => {
  const made = await rule(
    'sel:\n  A|contains: ab\n  B|contains: abcd\n  C|contains: [abc, abcdef]\n  D: xy\n  E|exists: true\ncondition: sel',
  )
  assert.deepEqual(groupsOf(made), ['b:abcd', 'a:ab', 'c:abc c:abcdef', 'd:xy …'])
  assert.equal(restOf(made), 'd e')
  const neither = await rule('sel: {A|contains: ab}\nother: {B|contains: abcd}\ncondition: sel and not other')
  assert.deepEqual([groupsOf(neither), restOf(neither)], [['a:ab'], 'b'])
  // The same list twice is one.
  const twice = await rule('a: {A|contains: abc}\nb: {A|contains: abc, B: xy}\ncondition: a and b')
  assert.deepEqual(groupsOf(twice), ['a:abc', 'b:xy …'])
})

test('more than eight lists of texts are not looked for: the fields of the others are asked', async () => {
  const lists = (count: number): string =>
    Array.from({ length: count }, (_, i) => `  F${i}|contains: ${'x'.repeat(12 - i)}`).join('\n')
  const [eight, nine, ten] = await Promise.all([8, 9, 10].map((count) => rule(`sel:\n${lists(count)}\ncondition: sel`)))
  assert.deepEqual([groupsOf(eight!).length, restOf(eight!)], [8, ''])
  assert.deepEqual([groupsOf(nine!).length, restOf(nine!)], [8, 'f8'])
  assert.deepEqual([groupsOf(ten!).length, restOf(ten!)], [8, 'f8 f9'])
  assert.equal(groupsOf(ten!)[0], 'f0:xxxxxxxxxxxx')
})

test('a list of texts of all alternatives answers them where each is such a list alone', async () => {
  const made = async (detection: string): Promise<[string[], string]> => {
    const one = await rule(`${detection}\ncondition: (a or b) and c`)
    return [groupsOf(one), restOf(one)]
  }
  assert.deepEqual(await made('a: {A|contains: abc}\nb: {B|contains: def}\nc: {C|contains: xyz}'), [
    ['c:xyz', 'a:abc b:def'],
    '',
  ])
  assert.deepEqual(await made('a: {A|contains: abc}\nb: {B: def}\nc: {C|contains: xyz}'), [
    ['c:xyz', 'a:abc b:def …'],
    'a b',
  ])
  assert.deepEqual(await made('a: {A|contains: abc}\nb: {B|contains: def, D|exists: true}\nc: {C|contains: xyz}'), [
    ['c:xyz', 'a:abc b:def …'],
    'a b d',
  ])
  // Of alternatives with several lists the rarest is named.
  assert.deepEqual(await made('a: {A|contains: abc}\nb: {B|contains: de, D|contains: defg}\nc: {C|contains: xyz}'), [
    ['c:xyz', 'a:abc d:defg …'],
    'a b d',
  ])
  assert.deepEqual(await made('a: {A|contains: abc}\nb: {B|contains: defg, D|contains: de}\nc: {C|contains: xyz}'), [
    ['c:xyz', 'a:abc b:defg …'],
    'a b d',
  ])
  assert.deepEqual(
    (await made('a: {A|contains: abc}\nb: {B|contains: defg, D|contains: hijk}\nc: {C|contains: xyz}'))[0],
    ['c:xyz', 'a:abc b:defg …'],
  )
  assert.deepEqual(await made('a: {A|contains: abc}\nb: {B|exists: true}\nc: {C|contains: xyz}'), [['c:xyz'], 'a b'])
})

test('two of several are not answered by one text', async () => {
  const made = await rule('a: {A|contains: abc}\nb: {B|contains: def}\nc: {C|contains: xyz}\ncondition: 2 of them')
  assert.deepEqual([groupsOf(made), restOf(made)], [['a:abc b:def c:xyz …'], 'a b c'])
  assert.equal(made.questions!.length, 1)
  const all = await rule('a: {A|contains: abc}\nb: {B|contains: def}\nc: {C|contains: xyz}\ncondition: 3 of them')
  assert.deepEqual([groupsOf(all), restOf(all)], [['a:abc', 'b:def', 'c:xyz'], ''])
})

test('a list of more than a thousand texts is not looked for', async () => {
  const made = async (count: number): Promise<[number[], string]> => {
    const list = (letter: string, length: number): string =>
      Array.from({ length }, (_, i) => `${letter}text${i}`).join(', ')
    const one = await rule(
      `a: {A|contains: [${list('a', 500)}]}\nb: {B|contains: [${list('b', count)}]}\nc: {C|contains: xyz}\ncondition: (a or b) and c`,
    )
    return [one.questions![0]!.groups!.map(({ needs }) => needs.length), restOf(one)]
  }
  assert.deepEqual(await made(500), [[1, 1_000], ''])
  assert.deepEqual(await made(501), [[1], 'a b'])
})

// ---------------------------------------------------------------- alternatives

const readsOf = (made: EventRule): string[] => made.questions!.map(({ reads }) => [...reads].sort().join(''))

test('each of several alternatives is a question of its own, and a thousand at the most', async () => {
  const made = await rule('a: {A: x}\nb: {B: x, C: x}\nc: {D: x}\ncondition: a or b or not c')
  assert.deepEqual(readsOf(made), ['a', 'bc', 'd'])
  assert.deepEqual(readsOf(await rule('a: {A: x}\nb: {B: x}\ncondition: a and b')), ['ab'])
  assert.deepEqual(readsOf(await rule('a: {A: x}\nb: {B: x}\nc: {C: x}\ncondition: (a or b) and c')), ['abc'])
  const many = async (count: number): Promise<number> => {
    const maps = Array.from({ length: count }, (_, i) => `  - {F${i}: x}`).join('\n')
    return (await rule(`sel:\n${maps}\ncondition: sel`)).questions!.length
  }
  assert.deepEqual([await many(1_000), await many(1_001)], [1_000, 1])
})

test('a question about more than six fields is parted by its alternatives, into eight at the most', async () => {
  const either = (...names: readonly string[]): string => `[${names.map((name) => `{${name}: x}`).join(', ')}]`
  const parted = async (others: string, ...lists: readonly string[]): Promise<string[]> => {
    const rest = [...others].map((name) => `${name}: x`).join(', ')
    const selections = lists.map((list, i) => `s${i}: ${list}`).join('\n')
    return readsOf(await rule(`${selections}\nrest: {${rest}}\ncondition: all of them`))
  }
  assert.deepEqual(await parted('CDEF', either('A', 'B')), ['abcdef'])
  assert.deepEqual(await parted('CDEFG', either('A', 'B')), ['acdefg', 'bcdefg'])
  assert.deepEqual(await parted('CDEFGHI', '{A: x}'), ['acdefghi'])
  assert.deepEqual(await parted('EFGH', either('A', 'B'), either('C', 'D')), ['acefgh', 'adefgh', 'bcefgh', 'bdefgh'])
  const three = [either('A', 'B'), either('C', 'D'), either('E', 'F')]
  assert.equal((await parted('XYZ', ...three)).length, 8)
  assert.deepEqual(await parted('X', either('A', 'B', 'C'), either('D', 'E', 'F')), ['adefx', 'bdefx', 'cdefx'])
  // A fourth stays together.
  const four = await parted('XYZ', ...three, either('G', 'H'))
  assert.equal(four.length, 8)
  assert.ok(four.every((reads) => reads.includes('gh')))
  // Alternatives about the same fields are one.
  assert.deepEqual(await parted('CDEFG', '[{A: x, H: x}, {H: y, A: y}, {B: x}]'), ['acdefgh', 'bcdefg'])
})

test('the parts of a question match together what the rule matches', async () => {
  const made = await rule('a: [{A: x}, {B: x}]\nb: [{C: x}, {D: x}]\nrest: {E: x, F: x, G: x}\ncondition: all of them')
  for (let set = 0; set < 128; set++) {
    const fields = Object.fromEntries([...'ABCDEFG'].map((name, bit) => [name, (set >> bit) & 1 ? 'x' : 'y']))
    const given = event(fields)
    const answers = made.questions!.map((question) => question.could(everything(eventValues(given))))
    assert.equal(answers.includes(true), made.match(given) !== null, JSON.stringify(fields))
    assert.ok(!answers.includes(undefined))
  }
})

// ---------------------------------------------------------------- some fields

/** The answer where these fields alone are known, and the names that were asked for, in their order. */
function answered(made: EventRule, fields: Record<string, string>): [boolean | undefined, string] {
  const values = eventValues(event(fields))
  const asked: string[] = []
  const known = (name: string): Field | undefined => {
    asked.push(name)
    return name.toUpperCase() in fields ? values.get(name) : undefined
  }
  return [made.questions![0]!.could(known), asked.join('')]
}

test('the answer where some fields are known: yes and no hold whatever the others are', async () => {
  const could = async (condition: string, fields: Record<string, string>): Promise<boolean | undefined> =>
    answered(await rule(`a: {A: x}\nb: {B: x}\nc: {C: x}\nd: {D|exists: true}\ncondition: ${condition}`), fields)[0]
  assert.equal(await could('a and b', { A: 'x' }), undefined)
  assert.equal(await could('a and b', { A: 'y' }), false)
  assert.equal(await could('a and b', { A: 'x', B: 'x' }), true)
  assert.equal(await could('a and b', {}), undefined)
  assert.equal(await could('(a or b) and d', { A: 'x', D: '' }), true)
  assert.equal(await could('(a or b) and d', { A: 'y', D: '' }), undefined)
  assert.equal(await could('(a or b) and d', { A: 'y', B: 'y', D: '' }), false)
  assert.equal(await could('2 of them', { A: 'x' }), undefined)
  assert.equal(await could('2 of them', { A: 'x', B: 'x' }), true)
  assert.equal(await could('2 of them', { A: 'y', B: 'y', C: 'y' }), false)
  assert.equal(await could('2 of them', { A: 'y', B: 'y', C: 'x' }), undefined)
  assert.equal(await could('2 of them', { A: 'y', B: 'y', D: '' }), undefined)
  assert.equal(await could('not a', {}), undefined)
  assert.equal(await could('not a', { A: 'x' }), false)
  assert.equal(await could('not a', { A: 'y' }), true)
})

test('cheap questions are asked first, and none after the answer is known', async () => {
  const asked = async (detection: string, fields: Record<string, string>): Promise<string> =>
    answered(await rule(detection), fields)[1]
  const all = { A: 'y', B: 'y', C: 'y' }
  assert.equal(await asked('sel: {A|re: "x.*z", B: x}\ncondition: sel', all), 'b')
  assert.equal(await asked('sel: {A|re: "x.*z", B: y}\ncondition: sel', all), 'ba')
  assert.equal(await asked('sel: {A: y, B: y, C|contains: z}\ncondition: sel', all), 'abc')
  assert.equal(await asked('a: {A|re: "x.*z"}\nb: {B: y}\ncondition: not a and b', all), 'ba')
  assert.equal(await asked('a: {A|re: "x.*z"}\nb: {B: x}\ncondition: not a and b', all), 'b')
  // Two questions cost more than one.
  assert.equal(await asked('a: {A: x, B: y}\nc: {C: x}\ncondition: not (a) and c', all), 'c')
  assert.equal(await asked('a: [{A: x}, {B: x}]\nc: {C: x}\ncondition: a and c', all), 'c')
})

test('an event is read only as far as it must be', async () => {
  const read = async (detection: string): Promise<string> => {
    const names: string[] = []
    const fields = Object.defineProperties(
      {},
      Object.fromEntries(
        ['A', 'B', 'C'].map((name) => [name, { enumerable: true, get: () => (names.push(name), 'y') }]),
      ),
    )
    ;(await rule(detection)).match(event(fields))
    return names.join('')
  }
  assert.equal(await read('sel: {A|re: "x.*z", B: x}\ncondition: sel'), 'B')
  assert.equal(await read('sel: [{A|re: "y.*"}, {B: x}, {C: x}]\ncondition: not sel'), 'BCA')
  assert.equal(await read('a: {A|re: "x.*z"}\nb: {B: y}\nc: {C: y}\ncondition: not 2 of them'), 'BC')
})

test('fields that are compared with one another', async () => {
  const compared = async (detection: string): Promise<string | undefined> => {
    const { compares } = (await rule(detection)).questions![0]!
    return compares && [...compares].sort().join('')
  }
  assert.equal(await compared('sel: {A|fieldref: B, C: x}\ncondition: sel'), 'ab')
  assert.equal(await compared('sel: {A|fieldref: B}\nother: {C: x}\ncondition: other and not sel'), 'ab')
  assert.equal(await compared('sel: {A|fieldref: B}\nother: {C|fieldref: D}\ncondition: all of them'), 'abcd')
  assert.equal(await compared('sel: {A: x, C: x}\ncondition: sel'), undefined)
})
