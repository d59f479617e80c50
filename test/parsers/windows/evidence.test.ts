// Over evidence that is not part of the repository: found by POSTERN_DATA, skipped where that is not set.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { reading } from './reading.ts'

const data = process.env.POSTERN_DATA
const skip = data ? false : 'POSTERN_DATA is not set'

function files(folder: string, ending: string): string[] {
  const at = join(data ?? '', folder)
  if (!data || !existsSync(at)) return []
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function readFile(path: string): ReturnType<typeof reading> {
  const bytes = readFileSync(path)
  const result = await reading(bytes, { path, cut: 4096 })
  const gaps = result.gaps.reduce((sum, gap) => sum + gap.length, 0)
  assert.equal(result.parsed + gaps, bytes.length, path)
  for (const { at, raw } of result.events) {
    const there = bytes.subarray(at.offset, at.offset + at.length).toString('utf8')
    assert.equal(there.trim(), raw.trim(), `${path} at ${at.offset}`)
  }
  return result
}

test('every row that a test file of Wazuh passes is an event', { skip }, async () => {
  for (const path of files('windows-events-wazuh', '.ini')) {
    const rows = readFileSync(path, 'utf8').match(/^log \d+ (?:pass|fail)\s*=/gm)?.length ?? 0
    const { events } = await readFile(path)
    assert.equal(events.length, rows, path)
    for (const { fields, raw } of events) {
      assert.equal(typeof fields.EventID, 'number')
      assert.ok(!/\\\\/.test(String(fields.Image ?? '')), `escaped twice: ${raw.slice(0, 200)}`)
    }
  }
})

test('every JSON twin of a Sigma regression is read whole', { skip }, async () => {
  const all = files('sigma-regression', '.json')
  assert.ok(all.length > 0)
  for (const path of all) {
    const { events, gaps, sure } = await readFile(path)
    assert.deepEqual(gaps, [], path)
    assert.equal(sure, 95)
    const expected = readFileSync(path, 'utf8').match(/"EventRecordID"/g)?.length ?? 0
    assert.equal(events.length, expected, path)
    for (const event of events) {
      assert.notEqual(event.time, null)
      assert.notEqual(event.host, null)
      assert.equal(event.timeBasis, 'format')
    }
  }
})

test('every golden document of winlogbeat is read with its values', { skip }, async () => {
  const all = files('evtx/winlogbeat-golden', '.json')
  assert.ok(all.length > 0)
  for (const path of all) {
    const documents = JSON.parse(readFileSync(path, 'utf8')) as Document[]
    const { events, gaps } = await readFile(path)
    assert.deepEqual(gaps, [], path)
    assert.equal(events.length, documents.length, path)
    documents.forEach((document, i) => {
      const { fields, time } = events[i]!
      assert.equal(fields.EventID, Number(document.winlog.event_id))
      assert.equal(fields.Channel, document.winlog.channel)
      const stamp = document['@timestamp']
      if (stamp) assert.equal(time, Date.parse(stamp.replace(/(\.\d{3})\d*/, '$1')))
      for (const [name, value] of Object.entries(document.winlog.event_data ?? {})) {
        if (typeof value === 'string') assert.equal(fields[name], value, `${path}: ${name}`)
      }
    })
  }
})
type Document = {
  '@timestamp'?: string
  winlog: { event_id: string | number; channel: string; event_data?: Record<string, unknown> }
}

test('the event lines of a staged intrusion are read with their fields', { skip }, async () => {
  const { events, gaps } = await readFile(join(data!, 'exchange/synthetic-markernan/windows_events.log'))
  assert.equal(events.length, 32)
  assert.deepEqual(gaps, [])
  const count = (id: number): number => events.filter((event) => event.fields.EventID === id).length
  assert.deepEqual([count(4688), count(4663), count(4104), count(10)], [29, 1, 1, 1])
  for (const { fields, log, timeBasis } of events) {
    assert.equal(timeBasis, 'stated')
    if (fields.EventID !== 4688) continue
    assert.equal(log, 'windows-security')
    for (const name of ['Image', 'ParentImage', 'CommandLine'] as const) {
      assert.ok(
        typeof fields[name] === 'string' && !/^"[^"]*$|\w=$/.test(fields[name]),
        `${name}: ${String(fields[name])}`,
      )
    }
  }
  const access = events.find((event) => event.fields.EventID === 10)!
  assert.match(String(access.fields.TargetImage), /\\lsass\.exe$/)
  assert.deepEqual(access.sources, [{ category: 'process_access', product: 'windows', service: 'sysmon' }])
})

test('a cmdlet event exported as XML is read by position', { skip }, async () => {
  for (const path of files('exchange/benign', '.xml')) {
    const { events, gaps } = await readFile(path)
    assert.deepEqual(gaps, [])
    assert.equal(events.length, 1)
    assert.match(String(events[0]!.fields.Cmdlet), /^[A-Z]\w+-[A-Z]\w+$/)
    assert.equal(events[0]!.fields.Succeeded, false)
    assert.equal(events[0]!.log, 'msexchange-management')
  }
})
