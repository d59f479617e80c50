import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Anchor,
  anchored,
  anyOneCharacter,
  dash,
  matchAny,
  type Pieces,
  parseWildcards,
  star,
} from '../../../src/rules/sigma/wildcards.ts'
import { ANY_DASH, glob, type Token } from './naive.ts'

// Patterns and texts of few characters, all of them, compared with the plain matcher of naive.ts.

const letters = ['a', 'b', '-', '\u{1f511}']
const texts = ['', ...upTo(letters, 4)]

/** All texts of these letters, from one to a number of them. */
function upTo(of: readonly string[], most: number): string[] {
  let last = ['']
  const all: string[] = []
  for (let i = 0; i < most; i++) {
    last = last.flatMap((text) => of.map((letter) => text + letter))
    all.push(...last)
  }
  return all
}

/** The pieces as the plain matcher has them. */
function tokensOf(pieces: Pieces): readonly Token[] {
  return pieces.flatMap((piece): readonly Token[] => {
    if (typeof piece === 'string') return [...piece]
    if (piece === dash) return [ANY_DASH]
    return [{ any: piece === anyOneCharacter ? 'one' : 'many' }]
  })
}

const differing = (patterns: readonly Pieces[], of: readonly string[] = texts): string[] => {
  const [isAny, plain] = [matchAny(patterns), patterns.map(tokensOf)]
  return of.filter((text) => isAny(text) !== plain.some((tokens) => glob(tokens, [...text])))
}

test('each pattern of up to four characters and wildcards matches what it says', () => {
  const wrong = upTo(['a', 'b', '*', '?'], 4)
    .map((text) => parseWildcards(text))
    .filter((pieces) => differing([pieces]).length > 0)
  assert.deepEqual(wrong, [])
})

test('dashes in a pattern are any of their forms', () => {
  const forms: Pieces[] = [
    [dash, 'a'],
    [star, dash, 'a'],
    ['a', dash],
    [star, 'a', dash, star],
    [star, dash, star, dash, star],
    [anyOneCharacter, dash, anyOneCharacter],
  ]
  const said = [...texts, '/a', 'a/', '–a', 'b—a', 'a―', 'a‒', '/', 'aa/b', '-/', 'b-b', '\u{1f511}/b', '/\u{1f511}']
  for (const pieces of forms) assert.deepEqual(differing([pieces], said), [])
})

test('several patterns match what one of them does, few and many, of all forms', () => {
  const plain = (text: string, anchor: Anchor): Pieces => anchored(parseWildcards(text), anchor)
  const forms: readonly Anchor[] = ['exact', 'contains', 'startswith', 'endswith']
  for (const anchor of forms)
    for (const some of [['ab'], ['ab', 'ba'], ['b-', 'a', '\u{1f511}a'], ['a?b', 'b*a', '-']])
      assert.deepEqual(differing(some.map((text) => plain(text, anchor))), [])
  assert.deepEqual(differing([plain('ab', 'exact'), plain('-b', 'contains'), plain('b', 'startswith')]), [])
  assert.deepEqual(differing([]), [])
  assert.deepEqual(differing([plain('', 'exact')]), [])
  assert.deepEqual(differing([plain('', 'contains')]), [])
})

test('from many texts on one walk finds the same, a text of one character among them', () => {
  const of = (some: readonly string[]): Pieces[] => some.map((text) => anchored(parseWildcards(text), 'contains'))
  for (const count of [62, 63, 64, 65]) {
    const others = upTo(['x', 'y', 'z'], 4).slice(3, 3 + count)
    assert.deepEqual(differing(of(others)), [])
    assert.deepEqual(differing(of([...others, '-'])), [])
    assert.deepEqual(differing(of([...others, 'ab', 'aba'])), [])
    assert.deepEqual(differing(of(others), ['x', 'axx', 'xxa', 'axya', 'xx', 'y', '']), [])
  }
})

test('an anchor adds no star to one that is there', () => {
  assert.deepEqual(anchored(parseWildcards('a'), 'contains'), [star, 'a', star])
  assert.deepEqual(anchored(parseWildcards('*a*'), 'contains'), [star, 'a', star])
  assert.deepEqual(anchored(parseWildcards('*a'), 'endswith'), [star, 'a'])
  assert.deepEqual(anchored(parseWildcards('a*'), 'startswith'), ['a', star])
  assert.deepEqual(anchored(parseWildcards('a'), 'exact'), ['a'])
  for (const anchor of ['contains', 'startswith', 'endswith'] as const) assert.deepEqual(anchored([], anchor), [star])
})
