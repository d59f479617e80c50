import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { canonicalJson } from '../../../src/lib/json.ts'
import { reading } from './reading.ts'

const folder = new URL('./golden/', import.meta.url)
const samples = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'))

for (const name of samples) {
  const bytes = readFileSync(new URL(name, folder))
  test(`${name}: events and gaps as expected`, async () => {
    const { parser, events, gaps, parsed } = await reading(bytes, { path: name })
    const shown = events.map(({ raw, sources, ...event }) => ({
      ...event,
      sources: sources.map((s) => `${s.category ?? ''}/${s.product ?? ''}/${s.service ?? ''}`),
      raw: raw.length > 60 ? `${raw.slice(0, 60)}…` : raw,
    }))
    const got = `${canonicalJson({ parser, parsed, gaps, events: shown }, 1)}\n`
    const golden = new URL(`${name}.expected.json`, folder)
    if (process.env.POSTERN_WRITE_GOLDEN) writeFileSync(golden, got)
    assert.equal(got, readFileSync(golden, 'utf8'))
  })

  test(`${name}: the raw text of each event is what stands at its place`, async () => {
    const { events } = await reading(bytes, { path: name })
    for (const { raw, at } of events) {
      const there = bytes.subarray(at.offset, at.offset + at.length).toString('utf8')
      assert.equal(there.replaceAll('\r\n', '\n').trim(), raw.trim())
    }
  })

  test(`${name}: where the chunks are cut does not matter`, async () => {
    const whole = await reading(bytes, { path: name })
    for (const cut of [1, 7, 128, 1000]) assert.deepEqual(await reading(bytes, { path: name, cut }), whole)
  })

  test(`${name}: cut off anywhere, every byte is parsed or in a gap`, async () => {
    for (let size = 0; size < bytes.length; size += 128) {
      const { parsed, gaps } = await reading(bytes.subarray(0, size), {
        path: name,
        parser: (await reading(bytes, { path: name })).parser,
      })
      assert.equal(parsed + gaps.reduce((sum, gap) => sum + gap.length, 0), size, `cut at ${size}`)
      for (let i = 1; i < gaps.length; i++)
        assert.ok(gaps[i - 1]!.offset + gaps[i - 1]!.length <= gaps[i]!.offset, `gaps overlap when cut at ${size}`)
    }
  })

  for (const encoding of ['utf-16le', 'utf-16be', 'utf-8 with a mark'] as const) {
    test(`${name}: the same events from ${encoding}`, async () => {
      const plain = await reading(bytes, { path: name })
      const text = `\ufeff${bytes.toString('utf8')}`
      const other = Buffer.from(text, encoding === 'utf-8 with a mark' ? 'utf8' : 'utf16le')
      if (encoding === 'utf-16be') other.swap16()
      const read = await reading(other, { path: name })
      assert.equal(read.parser, plain.parser)
      assert.deepEqual(
        read.events.map((event) => ({ ...event.fields })),
        plain.events.map((event) => ({ ...event.fields })),
      )
      assert.equal(read.gaps.length, plain.gaps.length)
      assert.equal(read.parsed + read.gaps.reduce((sum, gap) => sum + gap.length, 0), other.length)
    })
  }
}

test('rows whose columns were exchanged in the header of a table are gaps', async () => {
  const evtxECmd = 'EventRecordId,TimeCreated,EventId,Channel,Provider,Computer,Payload'
  const data = '"{""EventData"":{""Data"":[{""@Name"":""a"",""#text"":""b""}]}}"'
  const row = `7,2022-06-12 10:00:00.0000000,4624,Security,Microsoft-Windows-Security-Auditing,MAIL01,${data}`
  const gapsOf = async (header: string, line = row): Promise<readonly string[]> => {
    const { gaps, parsed, events } = await reading(Buffer.from(`${header}\r\n${line}\r\n`))
    assert.ok(parsed > 0)
    return gaps.length === 0 ? events.map(({ fields }) => String(fields.EventID)) : gaps.map(({ reason }) => reason)
  }
  const exchanged = evtxECmd.replace('EventRecordId', 'x').replace('Payload', 'EventRecordId').replace('x', 'Payload')
  assert.deepEqual(await gapsOf(evtxECmd), ['4624'])
  assert.deepEqual(await gapsOf(evtxECmd, row.replace(data, '')), ['4624'])
  assert.deepEqual(await gapsOf(exchanged), ['corrupt'])
  const viewed = 'Index,TimeGenerated,EventID,Source,Message,MachineName'
  assert.deepEqual(await gapsOf(viewed, '5,2022-06-12 10:00:00,7045,Service Control Manager,text,MAIL01'), ['7045'])
  assert.deepEqual(await gapsOf(viewed, 'text,2022-06-12 10:00:00,7045,Service Control Manager,5,MAIL01'), ['corrupt'])
})
