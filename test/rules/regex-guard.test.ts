import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardRegex, mayMatch, type RefusedRegex, type SafeRegex } from '../../src/rules/safe-regex.ts'
import { fold } from '../../src/rules/field-values.ts'

function safe(pattern: string): SafeRegex {
  const regex = guardRegex(pattern)
  if ('refused' in regex) throw new Error(`${pattern}: ${regex.refused}`)
  return regex
}

test('the engine that each pattern gets', () => {
  const table: readonly (readonly [string, 'v8' | 're2'])[] = [
    ['abc', 'v8'],
    ['[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}', 'v8'],
    // Repetitions at the edges need only their least number.
    ['\\w+abc', 'v8'],
    ['abc.*', 'v8'],
    ['[^/]{10,}$', 'v8'],
    ['a.*b', 're2'],
    ['x(a+)+$', 're2'],
    ['x(a|a)*b', 're2'],
    ['x.{1,500}y.{1,500}z', 're2'],
    ['(?<=a)b+c', 're2'],
    ['a(?=b)', 'v8'],
    ['^(?!.*x)a', 'v8'],
  ]
  for (const [pattern, engine] of table) assert.equal(safe(pattern).engine, engine, pattern)
})

test('look-ahead and back-references with long repetitions are refused, with the reason', () => {
  for (const pattern of [
    'x(a+)+(?=b)',
    '(.*)\\1.*x.*y',
    '(?=(a|aa)*b)',
    '(?!x)a+b+c+d',
    '(a*)*\\1',
    'x(\\w+\\s)+(?!x)',
    // The square of the text is too much, too.
    'xa+(?=b)c',
    '(a)\\1+b',
    '^a*(?!.*x)b',
  ]) {
    const regex = guardRegex(pattern)
    assert.ok('refused' in regex && !regex.syntax, pattern)
  }
})

test('what is no pattern, and what no engine here can do', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['(', true],
    [')', true],
    ['[', true],
    ['a**', true],
    ['a{3,1}', true],
    ['\\', true],
    ['(?', true],
    ['(?P<', true],
    ['\\x{110000}', true],
    ['\\2(a)', true],
    ['(?>a)', false],
    ['a++', false],
    ['\\p{L}', false],
    ['\\G', false],
    ['(*SKIP)', false],
    ['(?R)', false],
    ['(?x) a', false],
    ['a{5000}', false],
    ['((a{1,100}){1,100}){1,100}', false],
    ['('.repeat(1_000) + ')'.repeat(1_000), false],
    ['a'.repeat(20_000), false],
  ]
  for (const [pattern, syntax] of table) {
    const regex = guardRegex(pattern)
    assert.ok('refused' in regex, pattern.slice(0, 40))
    assert.equal(regex.syntax, syntax, pattern.slice(0, 40))
  }
})

test('patterns that others fail on, over text made for it', () => {
  const patterns: readonly (readonly [string, string])[] = [
    ['x?(a+)+$', `x${'a'.repeat(65_000)}b`],
    ['x(a|aa)+$', `x${'a'.repeat(65_000)}b`],
    ['x(.*a){12}$', `x${'a'.repeat(65_000)}b`],
    ['a+b', 'a'.repeat(65_000)],
    ['x*y*z*$', `${'xyz'.repeat(20_000)}`],
    ['^(?!.*x).*y$', 'a'.repeat(65_000)],
    ['^a+(?=b)c', 'a'.repeat(65_000)],
    ['^(a)\\1+b', 'a'.repeat(65_000)],
    ['[0-9]{1,3}(?:\\.[0-9]{1,3}){3}', '1.1.1'.repeat(13_000)],
  ]
  for (const [pattern, text] of patterns) safe(pattern).test(text)
})

test('only the first 64 KiB are looked at', () => {
  assert.equal(safe('needle').test(`${' '.repeat(65_000)}needle`), true)
  assert.equal(safe('needle').test(`${' '.repeat(70_000)}needle`), false)
  assert.equal(safe('n.*dle').test(`${' '.repeat(70_000)}needle`), false)
})

test('both engines agree', () => {
  // The same pattern with a tail that sends it to re2js and never has to match.
  const patterns = [
    '^a',
    'a$',
    '\\bfoo\\b',
    '[^\\n]x',
    '.x',
    '\\Dx',
    '(?i)é',
    '(?m)^b$',
    '(?s)a.b',
    '\\s',
    '[\\w-]+@',
    'a\\z',
  ]
  const texts = [
    'a',
    'a\n',
    'ba',
    'foo',
    'a foo!',
    'afoo',
    '\nx',
    '1x',
    'É',
    'a\nb',
    'a\nb\n',
    '\u00a0',
    'x-y@',
    '😀x',
    '',
  ]
  for (const pattern of patterns) {
    const [one, other] = [safe(pattern), safe(`(?:${pattern})|q(?:w+e+)+r`)]
    assert.deepEqual([one.engine, other.engine], ['v8', 're2'], pattern)
    for (const text of texts) {
      assert.equal(one.test(text), other.test(text), `${pattern} on ${JSON.stringify(text)}`)
      const held = one.literals.length === 0 || one.literals.some((held) => fold(text).includes(held))
      assert.ok(
        held || !one.test(text),
        `${pattern} matches ${JSON.stringify(text)} without ${one.literals.join(' or ')}`,
      )
      assert.ok(mayMatch(one, fold(text)) || !one.test(text), `${pattern} matches ${JSON.stringify(text)}`)
    }
  }
})

test('texts, one of which must stand in what matches', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['net\\s+USER', ['user']],
    ['(?i)Foo(bar)+', ['foobar']],
    ['a|b', []],
    ['(abc|def)gh', ['abcgh', 'defgh']],
    ['x[ab]{1}y', ['xay', 'xby']],
    ['[Kk]elvin', ['kelvin']],
    ['[\\\\/](perflogs|\\$recycle\\.bin)([\\\\/]|$)', ['/perflogs', '/$recycle.bin', '\\perflogs', '\\$recycle.bin']],
    ['(temp|[a-z]+|fonts)x', []],
    ['(temp|)xy', ['xy']],
    ['(one|(two|three)+)\\b', ['one', 'two', 'three']],
    ['%te?mp%|%(local)?appdata%', ['%tmp%', '%temp%', '%appdata%', '%localappdata%']],
    // Of some spellings of a character it is known how they begin, and the others are followed further.
    [
      'into(?:=|%(?:25){0,3}3d)(?:p|%[57]0)(?:o|%4f)w',
      ['into=pow', 'into=p%4fw', 'into=%50ow', 'into=%50%4fw', 'into=%70ow', 'into=%70%4fw', 'into%'],
    ],
    ['ab(?:c|x.)(?:de|f.{2}g)', ['abcde', 'abcf', 'abx']],
    ['abc+d', ['abc']],
    ['(?!secret)ab', ['ab']],
    ['(hidden)?ab', ['ab']],
    ['é', []],
  ]
  for (const [pattern, texts] of table) assert.deepEqual(safe(pattern).literals, texts, pattern)
})

/** Every text of one character of each list. */
function combinations(...lists: readonly string[]): string[] {
  return lists.reduce<string[]>((all, list) => all.flatMap((text) => [...list].map((each) => text + each)), [''])
}

test('texts that stand behind one another in what matches', () => {
  const table: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['ab.*cd', [['ab'], ['cd']]],
    [
      '(?i)E(?:m|%6d)ail=[^&]{0,100}auto(?:/|%2f)',
      [
        ['email=', 'e%6dail='],
        ['auto/', 'auto%2f'],
      ],
    ],
    ['ab(?=cd)x', [['ab'], ['x']]],
    ['ab(cd)?ef', [['abef', 'abcdef']]],
    ['a.b(?:=|%.+)cd', [['a'], ['b=cd', 'b%']]],
    ['(ab.+cd|ef)gh', [['ab', 'ef'], ['gh']]],
    ['a.b', [['a'], ['b']]],
    ['x.{0,9}@[^/]{1,9}/+[^?](?:ab)+(?:cd)*', [['x'], ['@'], ['/'], ['ab']]],
    ['ab|cd.ef', [['ab', 'cd']]],
    // What would be too many texts together is looked for in two parts, each of them once.
    ['[ab][cd][ef][gh][ij](?:one|two|six)', [combinations('ab', 'cd', 'ef', 'gh', 'ij'), ['one', 'two', 'six']]],
    // Too many texts together: what is known exactly is looked for once, in the list that it begins.
    ['(?:x.|[0-7][0-7])(ab|cd)ef', [['abef', 'cdef']]],
    ['[0-7][0-7](ab|cd)ef', [[...'01234567'].flatMap((a) => [...'01234567'].map((b) => a + b)), ['abef', 'cdef']]],
  ]
  for (const [pattern, lists] of table) assert.deepEqual(safe(pattern).inOrder, lists, pattern)
  const regex = safe('ab.*cd')
  for (const [text, could] of [
    ['abcd', true],
    ['xabycdz', true],
    ['cdab', false],
    ['abd', false],
    ['acd ab', false],
  ] as const)
    assert.equal(mayMatch(regex, text), could, text)
})

test('lists of alternatives that are too many together are each looked for once', () => {
  const names = Array.from({ length: 40 }, (_, i) => `name${i}`).join('|')
  const regex = safe(`@(${names})\\.(com|net|org)$`)
  assert.deepEqual(regex.inOrder.slice(1), [['com', 'net', 'org']])
  assert.ok(regex.test('x@name7.org'))
  assert.ok(mayMatch(regex, 'x@name7.org'))
})

test('what no engine is given is refused, and nothing is thrown', () => {
  for (const pattern of ['(?<!(a)\\1)😀', '(?<=(a)\\1)b', '(?<=(a))(b)\\2', '(?<=(?<n>a))\\k<n>'])
    assert.match((guardRegex(pattern) as RefusedRegex).refused, /inside a look-behind/, pattern)
  // Thousands of parts that need not be there.
  assert.ok(safe('a?'.repeat(8_000)).test(''))
})

test('alternatives within alternatives are judged soon', { timeout: 300_000 }, () => {
  const nested = (depth: number): string => (depth === 0 ? 'ab' : `(${nested(depth - 1)}|c${depth}.)`)
  assert.deepEqual(safe(nested(3)).literals, ['ab', 'c1', 'c2', 'c3'])
  assert.ok(safe(nested(90)).test('xabx'))
  for (const end of [')+', ')?', '){1,2}']) guardRegex(`${'(?:a'.repeat(90)}x${end.repeat(90)}`)
  // And long ones, in which much is known only by how it begins.
  for (const part of ['(?:a|b.)', 'a?', '(?:a|b)']) guardRegex(`${part}${'x'.repeat(100)}`.repeat(100))
})

test('a random pattern never matches a text that it is said not to', () => {
  let seed = 7
  const chance = (n: number): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % n
  const part = (depth: number): string => {
    const of = (): string => part(depth - 1)
    const forms = [
      () => 'ab'[chance(2)]!,
      () => 'aB'[chance(2)]! + 'cd'[chance(2)]!,
      () => '.',
      () => '[ab]',
      () => '[ab][abc][abcd](?:aa|bb|ab)',
      () => `(?:${of()}|${of()})`,
      () => `(?:${of()})?`,
      () => `(?:${of()}){1,3}`,
      () => `${of()}${of()}`,
      () => `${of()}.{0,3}${of()}`,
      () => `(?=${of()})`,
      () => `(?:a|[bc].{0,2})`,
      () => `(?:b|${of()}.{0,1})`,
      // So many texts that they are not held together with what stands before them.
      () => `[a-d][a-d][a-d](?:aa|[bc][a-d])`,
    ]
    return forms[chance(depth > 0 ? forms.length : 5)]!()
  }
  let matches = 0
  for (let i = 0; i < 3_000; i++) {
    const pattern = part(3)
    const regex = guardRegex(pattern, { i: true })
    if ('refused' in regex) continue
    for (let j = 0; j < 10; j++) {
      const text = Array.from({ length: chance(9) }, () => 'abcdAB'[chance(6)]).join('')
      if (!regex.test(text)) continue
      matches++
      assert.ok(mayMatch(regex, fold(text)), `${pattern} matches ${text}`)
      const { literals } = regex
      assert.ok(literals.length === 0 || literals.some((one) => fold(text).includes(one)), `${pattern} matches ${text}`)
    }
  }
  assert.ok(matches > 5_000, String(matches))
})
