import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { looseObjects } from '../../src/lib/loose-json.ts'

const plain = (text: string): unknown => JSON.parse(JSON.stringify(looseObjects(text).map(({ value }) => value)))

describe('JSON as people paste it', () => {
  const cases: [what: string, text: string, objects: unknown][] = [
    ['JSON', '{"a": [1, "x", {"b": null}], "c": true}', [{ a: [1, 'x', { b: null }], c: true }]],
    ['comments', '{"a": "http://x", // why\n /* and */ "b": 2}', [{ a: 'http://x', b: 2 }]],
    ['members that were left out', '{"a": 1, [...] "b": [2, ...], …\n "c": 3, ...}', [{ a: 1, b: [2], c: 3 }]],
    ['Python', "{'a': 'x', 'b': False, 'c': None}", [{ a: 'x', b: false, c: null }]],
    ['quotation marks of a word processor', '{“a”: “x”}', [{ a: 'x' }]],
    ['commas too many or too few', '{"a": 1,, "b": 2 "c": 3,}', [{ a: 1, b: 2, c: 3 }]],
    ['no brace at the end', '{"a": {"b": [1, 2', [{ a: { b: [1, 2] } }]],
    ['a list without its end', '{"a": [{"b": 1}, }', [{ a: [{ b: 1 }] }]],
    ['no braces at all', '"aa": 1,\n"bb": {"c": 2}\n', [{ aa: 1, bb: { c: 2 } }]],
    ['no braces, twice', '"aa": 1,\n"bb": 2\n\n"aa": 3\n', [{ aa: 1, bb: 2 }, { aa: 3 }]],
    [
      'a value that the console wrapped',
      `Data : {"a":"one tw\n${' '.repeat(16)}o","b":"\n${' '.repeat(16)}x"}`,
      [{ a: 'one two', b: 'x' }],
    ],
    ['escapes, and backslashes that are none', '{"a": "x\\"y\\n\\Inbox"}', [{ a: 'x"y\n\\Inbox' }]],
    ['prose', 'No braces, "and": no lines.', []],
  ]
  for (const [what, text, objects] of cases) it(what, () => assert.deepEqual(plain(text), objects))

  it('a name of the language is a name', () => {
    assert.equal(Object.getPrototypeOf(looseObjects('{"__proto__": {"x": 1}}')[0]!.value), null)
  })

  it('whatever stands there is looked at once', () => {
    for (const text of ['{', '[', '{"a":', '"a":{', '{"', "'", '...', '{]', ',{}']) {
      const started = performance.now()
      looseObjects(text.repeat(200_000))
      assert.ok(performance.now() - started < 5_000, text)
    }
  })
})
