import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { survivesDamage, reading } from '../hostile.ts'
import { evtxFile, type EvtxRecord } from '../../../tools/writers/evtx.ts'

const record = (id: number, more: Partial<EvtxRecord> = {}): EvtxRecord => ({
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  providerGuid: '54849625-5478-4994-A5BA-3E3B0328C30D',
  eventId: 4624,
  computer: 'MAIL01.contoso.example',
  recordId: id,
  time: `2021-03-03T04:23:22.${String(1_000_000 + id)}Z`,
  data: [
    ['TargetUserName', `user${id}`],
    ['LogonType', 3],
    ['IpAddress', '203.0.113.7'],
  ],
  ...more,
})
const many = (count: number): EvtxRecord[] => Array.from({ length: count }, (_, i) => record(i + 1))

test('records become events, in order, with the bytes where they lie', async () => {
  const file = evtxFile(many(300))
  const { events, gaps } = await reading(evtx, file)
  assert.deepEqual(gaps, [])
  assert.equal(events.length, 300)
  for (const [i, event] of events.entries()) {
    assert.equal(event.fields.EventRecordID, i + 1)
    assert.equal(event.fields.TargetUserName, `user${i + 1}`)
    assert.equal(event.fields.LogonType, 3)
    assert.equal(event.client, '203.0.113.7')
    assert.equal(event.fields.SystemTime, `2021-03-03T04:23:22.${1_000_000 + i + 1}Z`)
    assert.equal(file.readUInt32LE(event.at.offset), 0x2a2a)
    assert.equal(file.readUInt32LE(event.at.offset + 4), event.at.length)
  }
})

survivesDamage('Security.evtx', evtx, evtxFile(many(200)))
