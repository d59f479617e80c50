import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldValue } from '../../../src/model/event.ts'
import { event, request, selection } from './rule.ts'

type Row = readonly [line: string, stem: FieldValue, query: FieldValue, yes: boolean]

const rows: readonly Row[] = [
  // The path stands in the rule's query.
  ["cs-uri-query|contains: '/ecp/'", '/ecp/y.js', null, true],
  [
    "cs-uri-query|contains|all: ['/ecp/', 'schema=Reset']",
    '/ecp/DDI/DDIService.svc/SetObject',
    'schema=ResetOAB',
    true,
  ],
  ["cs-uri-query|contains: '/autodiscover.json?a='", '/autodiscover/autodiscover.json', 'a=b', true],
  ["cs-uri-query: '*?a=b'", '/x', 'a=b', true],
  ["cs-uri-query: 'a=b'", '/x', 'a=b', true],
  ["cs-uri-query|startswith: '/x'", '/x', 'a=b', true],
  ["cs-uri-query|contains: '/ecp/'", '/owa/', 'a=b', false],
  // Percent signs are decoded once; what the log holds matches too.
  ["cs-uri-query|contains: 'cmd=who am'", '/x', 'cmd=who%20am', true],
  ["cs-uri-query|contains: 'who%20am'", '/x', 'cmd=who%20am', true],
  ["cs-uri-query|contains: 'é'", '/x', 'a=%C3%A9', true],
  ["cs-uri-query|contains: '../'", '/x', 'a=%2e%2e%2f', true],
  ["cs-uri-query|contains: '../'", '/x', 'a=%252e%252e%252f', false],
  ["cs-uri-query|contains: '100%'", '/x', 'a=100%&b=%zz', true],
  ["cs-uri-stem|endswith: '/a b.aspx'", '/a%20b.aspx', null, true],
  ["cs-uri-stem|endswith: '/a%20b.aspx'", '/a%20b.aspx', null, true],
  // The stem is asked alone.
  ["cs-uri-stem|contains: 'a=b'", '/x', 'a=b', false],
  ["cs-uri-stem|endswith: '.aspx'", '/x.aspx', 'a=b', true],
  // Whether there is a query at all is asked of the query alone.
  ['cs-uri-query: null', '/x', null, true],
  ['cs-uri-query: null', '/x', 'a=b', false],
  ["cs-uri-query: ''", '/x', null, true],
  ["cs-uri-query: '-'", '/x', null, true],
  ["cs-uri-query: '*'", '/x', null, false],
  ["cs-uri-query: '*'", '/x', 'a', true],
  ['cs-uri-query|exists: true', '/x', null, true],
]

test('the path in the query', async () => {
  for (const [line, stem, query, yes] of rows) {
    const rule = await selection(line)
    const fields = { 'cs-uri-stem': stem, 'cs-uri-query': query }
    assert.equal(rule.match(request(fields)) !== null, yes, `${line} on ${String(stem)} ? ${String(query)}`)
  }
})

test('a log without the column: the stem still answers, the column does not exist', async () => {
  const row = request({ 'cs-uri-stem': '/ecp/y.js' })
  assert.deepEqual((await selection("cs-uri-query|contains: '/ecp/'")).match(row), ['cs-uri-query'])
  assert.equal((await selection('cs-uri-query|exists: true')).match(row), null)
  assert.ok((await selection('cs-uri-query: null')).match(row))
})

test('a user agent as logged and with + read as a blank', async () => {
  const row = request({ 'cs-user-agent': 'Mozilla/5.0+(Windows+NT)' })
  for (const agent of ['Mozilla/5.0 (Windows NT)', 'Mozilla/5.0+(Windows+NT)']) {
    assert.ok((await selection(`cs-user-agent: '${agent}'`)).match(row), agent)
  }
  const proxy = request({ 'cs-user-agent': 'a b+c' })
  assert.equal((await selection("cs-user-agent: 'a b c'")).match(proxy), null)
})

test('`not` is the plain opposite of the same question', async () => {
  const row = request({ 'cs-uri-stem': '/owa/auth.js', 'cs-uri-query': 'a=%2Fecp%2F' })
  for (const text of ['/owa/', 'auth.js?a', '/ecp/', '/ews/']) {
    const yes = await selection(`cs-uri-query|contains: '${text}'`)
    const no = await selection(`cs-uri-query|contains|neq: '${text}'`)
    assert.notEqual(yes.match(row) === null, no.match(row) === null, text)
  }
})

test('events that are no web requests have no other forms', async () => {
  const fields = { 'cs-uri-stem': '/ecp/', 'cs-uri-query': 'a%20b' }
  assert.equal((await selection("cs-uri-query|contains: '/ecp/'")).match(event(fields)), null)
  assert.equal((await selection("cs-uri-query: 'a b'")).match(event(fields)), null)
})
