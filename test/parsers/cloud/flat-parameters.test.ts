import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloudRecord } from '../../../src/parsers/microsoft-365/record.ts'
import type { Event } from '../../../src/model/event.ts'
import { choose } from '../../../src/parsers/index.ts'

// Shippers and analysts put the parameters of an Exchange cmdlet beside `Operation` instead of in `Parameters`.

const rule = {
  CreationTime: '2024-03-04T02:11:09',
  Id: '5e2b6f1c-0000-4000-8000-000000000001',
  Operation: 'New-InboxRule',
  RecordType: 1,
  ResultStatus: 'True',
  Workload: 'Exchange',
  UserId: 'ada@contoso.example',
  ClientIP: '203.0.113.9:41222',
}

async function parametersOf(text: string, path: string): Promise<unknown[]> {
  const bytes = new TextEncoder().encode(text)
  const head = { path, windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const sink = { event: (event: Event) => void events.push(event), gap: () => {}, fact: () => {} }
  await choose(head).read({ ...head, modified: null, chunks }, sink)
  return events.filter(({ log }) => log.startsWith('m365-')).map(({ fields }) => fields.Parameters ?? null)
}

const csv = (record: Record<string, unknown>): string =>
  `${Object.keys(record).join(',')}\n${Object.values(record)
    .map((value) => `"${String(value)}"`)
    .join(',')}\n`
const dotted = (record: Record<string, unknown>): string =>
  JSON.stringify({
    '@timestamp': '2024-03-04T02:11:09Z',
    ...Object.fromEntries(Object.entries(record).map(([name, value]) => [`o365.audit.${name}`, value])),
  })

const FORMS: readonly (readonly [name: string, path: string, write: (record: Record<string, unknown>) => string])[] = [
  ['lines of JSON', 'audit.json', (record) => JSON.stringify(record)],
  ['a table', 'audit.csv', csv],
  ['members with the path of the shipper', 'audit.json', dotted],
]

for (const [name, path, write] of FORMS) {
  test(`parameters beside the operation are the parameters of the cmdlet: ${name}`, async () => {
    const flat = { ...rule, MoveToFolder: 'RSS Feeds', SubjectContainsWords: 'invoice', Name: '.' }
    const [found] = await parametersOf(write(flat), path)
    for (const part of ['MoveToFolder', 'RSS Feeds', 'SubjectContainsWords', 'invoice'])
      assert.ok(JSON.stringify(found).includes(part), `${part} in ${JSON.stringify(found)}`)
    const withPath = { ...rule, 'Parameters.ForwardTo': 'out@example.net' }
    assert.match(JSON.stringify(await parametersOf(write(withPath), path)), /ForwardTo.*out@example\.net/)
  })

  test(`a name alone is no parameter, nor are members of other operations: ${name}`, async () => {
    assert.deepEqual(await parametersOf(write({ ...rule, Name: 'Invoices' }), path), [null])
    const other = { ...rule, Operation: 'MoveToDeletedItems', MoveToFolder: 'RSS Feeds' }
    assert.deepEqual(await parametersOf(write(other), path), [null])
  })
}

test('a record with its own parameters keeps them as they are', () => {
  const parameters = [{ Name: 'MoveToFolder', Value: 'Archive' }]
  const value = { ...rule, Parameters: parameters, MoveToFolder: 'RSS Feeds' }
  assert.deepEqual(cloudRecord(value)?.members.get('parameters')?.[1], parameters)
})
