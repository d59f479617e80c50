import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenBy, event, rule } from './rule.ts'

const raw = { raw: 'GET /Evil.aspx 200' }

test('keywords stand in the raw text or in any value', async () => {
  const made = await rule('keywords:\n  - evil.ASPX\n  - other\ncondition: keywords')
  assert.deepEqual(made.match(event({ A: 1 }, raw)), ['raw'])
  assert.deepEqual(made.match(event({ A: 'an Evil.aspx', B: 'the other' })), ['A', 'B'])
  assert.deepEqual(made.match(event({ A: ['x', 'another'] })), ['A'])
  assert.equal(made.match(event({ A: 'evil', B: '.aspx' })), null)
})

const rows: readonly (readonly [lines: string, yes: readonly string[], no: readonly string[]])[] = [
  ["'|all': [one, two]", ['two and one'], ['one', 'two']],
  ["'|contains|all': [one, two]", ['two and one'], ['one']],
  ["'|re': 'o.e$'", ['x one'], ['one x']],
  ["'|re|i': 'O.E'", ['x one'], ['x']],
  ["'|startswith': one", ['one x'], ['x one']],
  ["'|cased': One", ['x One'], ['x one']],
  ["'|base64offset|contains': whoami", ['x d2hvYW1p'], ['whoami']],
  ["'|windash': ' -enc'", ['x /enc'], ['x enc']],
  ['- 4625', ['id 4625'], ['id 4624']],
  ["- 'a*c'", ['xx abc yy'], ['xx ab']],
  ["- 'a?c'", ['xx abc yy'], ['xx ac']],
  [String.raw`- '\*\*'`, ['a ** b'], ['a * b']],
  ["'|neq': one", ['two'], ['one']],
  ["- '*'", ['any'], []],
  ["'|neq': '*'", [], ['any']],
]
for (const [lines, yes, no] of rows) {
  test(`keywords ${lines}`, async () => {
    const made = await rule(`keywords:\n  ${lines}\ncondition: keywords`)
    for (const text of yes) assert.ok(made.match(event({ A: text })), text)
    for (const text of no) assert.equal(made.match(event({ A: text })), null, text)
  })
}

test('a single keyword without a list', async () => {
  const made = await rule('keywords: evil\ncondition: keywords')
  assert.deepEqual(made.match(event({}, raw)), ['raw'])
})

test('keywords with `all` may stand in different fields', async () => {
  const made = await rule("keywords:\n  '|all': [one, two]\ncondition: keywords")
  assert.deepEqual(made.match(event({ A: 'one', B: 'two' })), ['A', 'B'])
})

test('what keywords cannot be', async () => {
  for (const lines of ["'|cidr': 10.0.0.0/8", "'|lt': 5", "'|exists': true", '- null', '- [a]']) {
    assert.equal((await brokenBy(`keywords:\n  ${lines}\ncondition: keywords`)).reason, 'broken', lines)
  }
})
