import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import { choose } from '../../../src/parsers/index.ts'
import type { Parser } from '../../../src/parsers/parser.ts'
import { damaged, reading, type Reading } from '../hostile.ts'
import { samples, text } from './samples.ts'

const wide = (bytes: Buffer): Buffer => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le')

function chosen(path: string, bytes: Buffer): Parser {
  const first = bytes.subarray(0, 65_536)
  return choose({ path, windowsPath: null, size: bytes.length, bytes: first, text: decodeText(first) })
}

async function readAs(name: string, path: string, bytes: Buffer): Promise<Reading> {
  const parser = chosen(path, bytes)
  assert.equal(parser.name, name)
  return reading(withText(parser, bytes), bytes, path, { piece: 300 })
}

/** The parser as a scan calls it: with the head as text. */
function withText(parser: Parser, bytes: Buffer): Parser {
  const head = decodeText(bytes.subarray(0, 65_536))
  return { ...parser, read: (source, sink) => parser.read({ ...source, text: head }, sink) }
}

/** What is told of each result: rule, file, action and the like. */
function told({ events }: Reading, ...names: string[]): unknown[][] {
  return events
    .filter(({ log }) => log === 'tool-results')
    .map(({ fields }) => names.map((name) => fields[name] ?? null))
}

const read = (name: string): Promise<Reading> => readAs(...samples[name]!)

suite('results of other tools', () => {
  test('MSERT: each file with its threat and what became of it, and the end of the scan', async () => {
    const result = await read('msert')
    assert.deepEqual(told(result, 'ThreatName', 'TargetFilename', 'Action', 'ToolVersion'), [
      ['Backdoor:ASP/Invented.A!dha', 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx', 'removed', '1.333.160.0'],
      ['Backdoor:ASP/Invented.A!dha', 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.zip', 'removed', '1.333.160.0'],
      ['Backdoor:ASP/Invented.B!dha', 'C:\\inetpub\\wwwroot\\a.zip', 'not-removed', '1.333.160.0'],
      [null, null, 'finished', '1.333.160.0'],
    ])
    assert.equal(result.events[0]!.time, Date.UTC(2021, 2, 9, 20, 5))
    assert.equal(result.events[0]!.timeBasis, 'assumed')
    const [parser, path, bytes] = samples.msert!
    assert.equal((await readAs(parser, path, wide(bytes))).events.length, 4)
  })

  test('EOMT: what it says of the server, and no step of its own work', async () => {
    const result = await read('eomt')
    assert.deepEqual(told(result, 'Action', 'Cve', 'ToolVersion'), [
      ['vulnerable', 'CVE-2021-26855', '21.03.15.2330'],
      ['mitigated', 'CVE-2021-26855', '21.03.15.2330'],
      ['threats-detected', null, '21.03.15.2330'],
      ['failed', null, '21.03.15.2330'],
    ])
    assert.equal(result.events[0]!.host, 'MAIL01')
    assert.deepEqual(told(await read('eomt summary'), 'Action'), [['failed']])
  })

  test('HealthChecker: the build is a fact, each vulnerability an event', async () => {
    const result = await read('health checker')
    assert.deepEqual(told(result, 'Action', 'Cve'), [
      ['vulnerable', 'CVE-2021-26855'],
      ['vulnerable', null],
    ])
    assert.deepEqual(
      result.facts.map((fact) => fact.fact === 'build' && [fact.build, fact.host, fact.precision, fact.from]),
      [['15.1.2106.2', 'MAIL01', 'update', Date.UTC(2021, 2, 20, 10)]],
    )
    const page = await read('health checker page')
    assert.deepEqual(told(page, 'Cve'), [['CVE-2021-26855'], ['CVE-2021-27065']])
    assert.equal(page.facts.length, 1)
  })

  test('Test-ProxyLogon: quoted rows stay rows; beside them stands what it said', async () => {
    const rows = await read('proxy rows')
    assert.equal(rows.events[0]!.log, 'httpproxy-ecp')
    assert.equal(rows.events[0]!.snippet, true)
    assert.equal(rows.events[0]!.client, '203.0.113.77')
    assert.deepEqual(told(rows, 'Cve', 'Rows', 'Action'), [['CVE-2021-26855', 1, 'detected']])
    assert.deepEqual(told(await read('other files'), 'ToolRule', 'TargetFilename'), [
      ['SuspiciousArchive', 'C:\\ProgramData\\it.zip'],
    ])
    assert.equal(told(await read('age of the logs'), 'LogAgeDays').length, 1)
    const events = await read('um events')
    assert.deepEqual(told(events, 'Cve'), [['CVE-2021-26857']])
    assert.equal(events.events[0]!.time, Date.UTC(2021, 2, 13, 6, 44, 38))
    assert.deepEqual(told(await read('downloaded paths'), 'Cve', 'TargetFilename'), [
      ['CVE-2021-26858', 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx'],
    ])
    const screen = await read('screen')
    assert.deepEqual(
      screen.events.map(({ host, fields }) => [host, fields.Action]),
      [
        ['MAIL01', 'detected'],
        ['MAIL02', 'nothing-found'],
      ],
    )
  })

  for (const [name, level] of [
    ['hayabusa csv', 'high'],
    ['hayabusa json', 'critical'],
    ['chainsaw csv', null],
    ['chainsaw json', 'medium'],
    ['zircolite', 'high'],
  ] as const) {
    test(`${name}: rule, level, record and time`, async () => {
      const result = await read(name)
      assert.deepEqual(result.gaps, [])
      assert.deepEqual(told(result, 'ToolRule', 'ToolLevel', 'RecordId'), [['Invented Rule', level, 4711]])
      assert.equal(result.events[0]!.time, Date.UTC(2021, 2, 3, 4, 25, 1))
      assert.equal(result.events[0]!.host, 'MAIL01')
      assert.equal(
        result.events.every(({ snippet }) => snippet),
        true,
      )
    })
  }

  test('what a hunt points at has our names; an event that stands there is read as one', async () => {
    assert.deepEqual(told(await read('hayabusa csv'), 'CommandLine', 'Image'), [
      ['cmd /c whoami', 'C:\\Windows\\System32\\cmd.exe'],
    ])
    assert.equal((await read('hayabusa json')).events[0]!.client, '203.0.113.77')
    for (const name of ['chainsaw json', 'zircolite']) {
      const { events } = await read(name)
      assert.equal(events.length, 2)
      assert.match(events[1]!.log, /^windows-/)
      assert.equal(events[1]!.fields.CommandLine, 'cmd /c whoami')
    }
  })

  test('THOR and LOKI: file, rules, score; nothing of the scan itself', async () => {
    const thor = await read('thor text')
    assert.deepEqual(told(thor, 'TargetFilename', 'ToolRule', 'ToolScore', 'ToolLevel', 'ToolVersion'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule / invented', 140, 'critical', '10.7.30'],
    ])
    assert.equal(thor.events[0]!.time, Date.UTC(2021, 2, 9, 20, 6))
    assert.deepEqual(told(await read('loki'), 'TargetFilename', 'ToolRule', 'ToolLevel'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule', 'high'],
      [null, null, 'informational'],
    ])
    assert.deepEqual(told(await read('thor json'), 'TargetFilename', 'ToolRule', 'ToolVersion'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule', '10.7.30'],
      ['C:\\b.aspx', 'Invented_Rule', '10.7.30'],
      ['C:\\c.aspx', 'Invented_Rule', '10.7.30'],
    ])
  })

  test('yara and Defender', async () => {
    assert.deepEqual(told(await read('yara'), 'ToolRule', 'TargetFilename'), [
      ['Invented_Rule', 'C:\\inetpub\\wwwroot\\invented.aspx'],
      ['Other_Rule', './page.aspx'],
    ])
    assert.deepEqual(told(await read('defender'), 'TargetFilename', 'Action'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'quarantined'],
    ])
    assert.deepEqual(told(await read('defender csv'), 'ThreatName', 'TargetFilename'), [
      ['Backdoor:ASP/Invented.A', 'C:\\inetpub\\wwwroot\\invented.aspx'],
    ])
  })

  test('no sample of another format is taken for a result', () => {
    const OURS = new Set(Object.values(samples).map(([name]) => name))
    const golden = join(import.meta.dirname, '..')
    const folders = [join(golden, 'golden'), join(golden, 'windows', 'golden')]
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name)),
    )
    assert.ok(files.length > 50)
    for (const file of files) assert.equal(OURS.has(chosen(file, readFileSync(file)).name), false, file)
  })

  for (const [name, [, path, bytes]] of Object.entries(samples)) {
    test(`${name}: cut anywhere and with flipped bits`, async () => {
      const parser = chosen(path, bytes)
      const read = (broken: Buffer): Promise<Reading> => reading(withText(parser, broken), broken, path)
      for (let at = 0; at < bytes.length; at += 23) await read(bytes.subarray(0, at))
      for (const [, broken] of damaged(bytes)) await read(broken)
      for (const [, broken] of damaged(wide(bytes))) await read(broken)
    })
  }

  test('names that objects inherit are values like any other', async () => {
    const bytes = text(
      '{"Timestamp":"2021-03-03 04:25:01.000 +00:00","RuleTitle":"__proto__","Level":"constructor","Computer":"toString","Details":{"__proto__":"x","constructor":"y"},"RuleID":"hasOwnProperty"}',
    )
    const { events } = await readAs('hunt-json', 'x.jsonl', bytes)
    assert.equal(events[0]!.fields.ToolRule, '__proto__')
    assert.equal(events[0]!.fields.ToolLevel, null)
  })
})
