import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { askAll } from '../../src/rules/match.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import type { ScanSettings } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'
import { scansOf } from './both-ways.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-trails-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const log = [
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken',
  ...Array.from({ length: 4_000 }, (_, i) => {
    const time = new Date(Date.UTC(2024, 4, 2) + i * 1_000).toISOString().slice(11, 19)
    const [client, user] = [`192.0.2.${i % 3}`, i % 7 === 0 ? '-' : `User${i % 50}`]
    return `2024-05-02 ${time} 192.0.2.10 POST /owa/auth.owa - 443 ${user} ${client} Mozilla/5.0 ${i % 2 === 0 ? 401 : 200} 0 0 15`
  }),
  '',
].join('\r\n')

const rules = `title: Many
correlation: {type: value_count, rules: [refused], group-by: [c-ip], timespan: 5m, condition: {field: cs-username, gte: 9}}
---
title: Refused
name: refused
logsource: {category: webserver}
detection: {sel: {sc-status: 401}, condition: sel}
---
title: Plain
logsource: {category: webserver}
detection: {sel: {cs-uri-stem|contains: auth.owa}, condition: sel}
`

test('rows that correlations count are all there, in whichever way they are read, also where hits are only counted', async () => {
  const loaded = await sigma.load([{ path: 'a.yml', text: rules, pack: 'test', campaign: 'unknown', settings: {} }])
  assert.deepEqual(loaded.broken, [])
  const { events } = loaded
  const whole: ScanSettings = {
    rules: loaded,
    ask: askAll(events),
    zone: null,
    keep: { client: 3, rule: 12, joinable: 8 },
  }
  const ways = [
    whole,
    { ...whole, lexicons: new ValueCaches(events, { fast: false }) },
    { ...whole, lexicons: new ValueCaches(events) },
  ]
  const scans = await scansOf(folder, 'W3SVC1/u_ex240502.log', Buffer.from(log), ways)
  for (const scan of scans) assert.deepEqual(scan, scans[0])
  const [{ trails, hits }] = scans as [(typeof scans)[number]]
  assert.equal(trails.length, 1)
  assert.equal(trails[0]!.rows.length / 8, 2_000)
  assert.deepEqual(
    [trails[0]!.keys[0]?.values, trails[0]!.keys[1]?.values],
    [{ 'c-ip': '192.0.2.0' }, { 'c-ip': '192.0.2.2', 'cs-username': 'user2' }],
  )
  // Whole rows are kept as far as there is room for them.
  assert.equal(hits.filter(({ rule }) => rule === events[0]!.info.id).length, 8)
})

test('a record is a copy of another only where both say the same of who it was', async () => {
  const text = rules.replaceAll('c-ip', 'IpAddress').replaceAll('cs-username', 'TargetUserName')
  const asked = text
    .replace('{category: webserver}', '{product: windows, service: security}')
    .replace('{sc-status: 401}', '{EventID: 4625}')
  const loaded = await sigma.load([{ path: 'a.yml', text: asked, pack: 'test', campaign: 'unknown', settings: {} }])
  const settings: ScanSettings = { rules: loaded, ask: askAll(loaded.events), zone: null }
  const record = (IpAddress: string, TargetUserName: string): string => {
    const System = {
      Provider: { '@Name': 'Microsoft-Windows-Security-Auditing' },
      EventID: 4625,
      EventRecordID: 77,
      Channel: 'Security',
      Computer: 'EX01',
      TimeCreated: { '@SystemTime': '2021-03-03T10:00:00Z' },
    }
    return JSON.stringify({ Event: { System, EventData: { IpAddress, TargetUserName } } })
  }
  const lines = [
    record('192.0.2.7', 'ann'),
    record('192.0.2.7', 'ann'),
    record('192.0.2.8', 'ann'),
    record('192.0.2.7', 'bob'),
  ]
  const [scan] = await scansOf(folder, 'Security.jsonl', Buffer.from(`${lines.join('\n')}\n`), [settings])
  const rows = scan!.trails[0]!.rows
  const identities = lines.map((_, i) => rows[i * 8 + 5])
  assert.equal(identities[0], identities[1])
  assert.equal(new Set(identities).size, 3)
  assert.ok(identities.every((identity) => identity! < 0))
})
