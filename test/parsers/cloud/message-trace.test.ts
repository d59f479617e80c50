import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import { iso } from '../../../src/lib/time.ts'
import type { Event, Fact } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { choose } from '../../../src/parsers/index.ts'
import type { Head } from '../../../src/parsers/parser.ts'

async function read(
  text: string,
  name = 'message-trace',
): Promise<{ events: Event[]; gaps: Omit<Gap, 'path'>[]; facts: Fact[] }> {
  const bytes = Buffer.from(text)
  const head: Head = { path: 'trace.csv', windowsPath: null, size: bytes.length, bytes, text: decodeText(bytes) }
  const parser = choose(head)
  assert.equal(parser.name, name)
  const [events, gaps, facts] = [[], [], []] as [Event[], Omit<Gap, 'path'>[], Fact[]]
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parsed = await parser.read(
    { ...head, modified: null, chunks },
    { event: (event) => events.push(event), gap: (gap) => gaps.push(gap), fact: (fact) => facts.push(fact) },
  )
  assert.equal(parsed + gaps.reduce((sum, { length }) => sum + length, 0), bytes.length)
  return { events, gaps, facts }
}

const cmdlet = (received: string, to = 'x.collector@mail.example'): string =>
  `"contoso.onmicrosoft.com","<1@contoso.example>","${received}","director@contoso.example","${to}","FW: ""draft"", contract","Delivered","203.0.113.25","198.51.100.20","21000","00000000-0000-4000-8000-000000000001"\r\n`
const HEADER =
  '"Organization","MessageId","Received","SenderAddress","RecipientAddress","Subject","Status","ToIP","FromIP","Size","MessageTraceId"\r\n'

test('Get-MessageTrace with Export-Csv: one row a recipient, by the names of message tracking', async () => {
  const { events, gaps } = await read(`#TYPE Deserialized.MessageTrace\r\n${HEADER}${cmdlet('8/21/2025 3:14:15 AM')}`)
  assert.deepEqual(gaps, [])
  const { log, time, fields, client, user, target } = events[0]!
  assert.equal(log, 'm365-message-trace')
  assert.equal(iso(time), '2025-08-21T03:14:15.000Z')
  assert.equal(fields['sender-address'], 'director@contoso.example')
  assert.deepEqual(fields['recipient-address'], ['x.collector@mail.example'])
  assert.equal(fields['message-subject'], 'FW: "draft", contract')
  assert.equal(fields.SentWhere, 'outside')
  assert.deepEqual([client, user, target], ['198.51.100.20', 'director@contoso.example', 'x.collector@mail.example'])
})

test('a date that may be read in two ways is read as the other rows are, and has no time where none tells', async () => {
  const { events } = await read(HEADER + cmdlet('3/4/2025 3:14:15 AM') + cmdlet('3/21/2025 3:14:15 AM'))
  assert.equal(iso(events[0]!.time), '2025-03-04T03:14:15.000Z')
  const alone = await read(HEADER + cmdlet('3/4/2025 3:14:15 AM'))
  assert.equal(alone.events[0]!.time, null)
})

test('mail to the own house is inside', async () => {
  const { events } = await read(HEADER + cmdlet('2025-08-21T03:14:15Z', 'board@contoso.example'))
  assert.equal(events[0]!.fields.SentWhere, 'inside')
})

test('the report of a historical search: several recipients in one row', async () => {
  const { events, gaps } = await read(
    'origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id,original_client_ip,directionality\r\n' +
      '2025-08-21T03:14:15.0000000Z,director@contoso.example,board@contoso.example##Receive, Deliver;x.collector@mail.example##Receive, Send,contract,21000,<1@contoso.example>,n,198.51.100.20,Originating\r\n'.replace(
        'board@contoso.example##Receive, Deliver;x.collector@mail.example##Receive, Send',
        '"board@contoso.example##Receive, Deliver;x.collector@mail.example##Receive, Send"',
      ),
  )
  assert.deepEqual(gaps, [])
  assert.deepEqual(events[0]!.fields['recipient-address'], ['board@contoso.example', 'x.collector@mail.example'])
  assert.equal(events[0]!.fields.SentWhere, 'outside')
  assert.equal(iso(events[0]!.time), '2025-08-21T03:14:15.000Z')
})

test('a row that is cut is a gap, and a trace as long as a call gives is said to be one', async () => {
  const cut = await read(`${HEADER}${cmdlet('2025-08-21T03:14:15Z')}"contoso.onmicrosoft.com","<2@con`)
  assert.equal(cut.events.length, 1)
  assert.equal(cut.gaps.length, 1)
  const full = await read(HEADER + cmdlet('2025-08-21T03:14:15Z').repeat(1000))
  assert.ok(full.facts.some((fact) => fact.fact === 'note' && /1000 rows/.test(fact.note)))
})

const object = (received: unknown, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  MessageTraceId: '00000000-0000-4000-8000-000000000001',
  Organization: 'contoso.onmicrosoft.com',
  Received: received,
  SenderAddress: 'director@contoso.example',
  RecipientAddress: 'x.collector@mail.example',
  Subject: 'FW: "draft", contract',
  Status: 'Delivered',
  ToIP: '203.0.113.25',
  FromIP: '198.51.100.20',
  Size: 21000,
  MessageId: '<1@contoso.example>',
  ...more,
})

test('ConvertTo-Json gives the same rows as Export-Csv, whichever way a PowerShell writes the date', async () => {
  const table = await read(HEADER + cmdlet('2025-08-21T03:14:15Z'))
  const ticks = Date.UTC(2025, 7, 21, 3, 14, 15)
  for (const received of [
    `/Date(${ticks})/`,
    '2025-08-21T03:14:15Z',
    '2025-08-21T03:14:15',
    { value: `/Date(${ticks})/`, DisplayHint: 2, DateTime: 'Thursday, August 21, 2025 3:14:15 AM' },
  ]) {
    for (const text of [
      JSON.stringify([object(received)], null, 4),
      JSON.stringify(object(received)),
      `${JSON.stringify(object(received))}\r\n${JSON.stringify(object(received, { Index: 1 }))}\r\n`,
    ]) {
      const { events, gaps, facts } = await read(text, 'message-trace-json')
      assert.equal(
        gaps.reduce((sum, { length }) => sum + length, 0),
        0,
      )
      const { fields, time, client, user, target, log, sources } = events[0]!
      const [same] = table.events
      assert.deepEqual(
        [time, client, user, target, log, sources],
        [same!.time, same!.client, same!.user, same!.target, same!.log, same!.sources],
      )
      for (const name of [
        'sender-address',
        'recipient-address',
        'message-subject',
        'total-bytes',
        'SentWhere',
        'Status',
      ])
        assert.deepEqual(fields[name], same!.fields[name], name)
      assert.deepEqual(facts[0], { ...table.facts[0], rows: events.length })
    }
  }
})

test('the answer of Microsoft Graph, and what is no trace in it', async () => {
  const answer = {
    '@odata.context': 'x',
    value: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        messageId: '<1@contoso.example>',
        receivedDateTime: '2025-08-21T03:14:15Z',
        senderAddress: 'director@contoso.example',
        recipientAddress: 'board@contoso.example',
        subject: 'contract',
        status: 'delivered',
        toIP: null,
        fromIP: '198.51.100.20',
        size: 21000,
      },
      { id: 'x', note: 'no trace' },
    ],
  }
  const { events, gaps } = await read(JSON.stringify(answer), 'message-trace-json')
  assert.equal(events.length, 1)
  assert.equal(events[0]!.fields.SentWhere, 'inside')
  assert.equal(iso(events[0]!.time), '2025-08-21T03:14:15.000Z')
  assert.ok(gaps.some(({ reason }) => reason === 'unsupported'))
})

test('a list of a thousand objects may be cut, and says so', async () => {
  const { facts } = await read(
    JSON.stringify(Array.from({ length: 1_000 }, (_, n) => object('2025-08-21T03:14:15Z', { Index: n }))),
    'message-trace-json',
  )
  assert.ok(facts.some((fact) => fact.fact === 'note' && /there may be more/.test(fact.note)))
})
