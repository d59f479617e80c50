import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../web/columns.ts'

const pairs = (...given: Parameters<typeof columnsOf>): string[] =>
  columnsOf(...given).map(({ name, value, isMatched }) => `${isMatched ? '*' : ''}${name}=${value}`)

test('a row of a text log has the names of what was read from it, where that stands in this row', () => {
  const raw = '2021-03-03 04:23:22 192.0.2.11 POST /ecp/y.js - 443 - 203.0.113.77 tool/2.25 - 200 0 0 98'
  const facts = { 'sc-status': 200, 'cs-method': ['POST', 'GET'], Succeeded: 'true', none: null, empty: '' }
  assert.deepEqual(pairs(raw, facts, []), ['*cs-method=POST', '*sc-status=200'])
  assert.deepEqual(pairs('12005 x', { 'sc-status': 200 }, []), [])
})

test('JSON has names of its own: what was matched first, nothing that is empty', () => {
  const raw = JSON.stringify({
    Event: {
      '#attributes': { xmlns: 'http://schemas.example/event' },
      System: { EventID: 4688, Provider: { '#attributes': { Name: 'Auditing' } } },
      EventData: { CommandLine: 'cmd /c whoami', Empty: '', Is: true, Data: ['a', 'b'] },
    },
  })
  assert.deepEqual(pairs(raw, {}, ['cmd /c whoami']), [
    '*CommandLine=cmd /c whoami',
    'EventID=4688',
    'Provider.Name=Auditing',
    'Is=true',
    'Data.0=a',
    'Data.1=b',
  ])
})

test('an event as XML has names of its own', () => {
  const raw = `<Event xmlns='x'><System><EventID>1</EventID></System><EventData><Data Name="CommandLine">cmd &amp;&amp; &lt;b&gt;</Data><Data Name='User'>eve</Data></EventData></Event>`
  assert.deepEqual(pairs(raw, {}, ['eve']), ['*User=eve', 'EventID=1', 'CommandLine=cmd && <b>'])
})

test('what is cut, deep, many or hostile ends', () => {
  assert.deepEqual(pairs('{"a": "cut', { a: 'cut' }, []), ['*a=cut'])
  let deep: unknown = 'end'
  for (let i = 0; i < 2_000; i++) deep = { [`k${i}`]: deep }
  assert.equal(columnsOf(JSON.stringify(deep), {}, []).length, 1)
  assert.equal(
    columnsOf(JSON.stringify(Object.fromEntries([...Array(900).keys()].map((i) => [`n${i}`, i]))), {}, []).length,
    120,
  )
  assert.deepEqual(pairs('{"__proto__": {"x": "y"}}', {}, []), ['__proto__.x=y'])
  columnsOf(`<Event>${'<Data Name="'.repeat(5_000)}`, {}, [])
  columnsOf(`<Event>${'<a'.repeat(30_000)}`, {}, [])
})
