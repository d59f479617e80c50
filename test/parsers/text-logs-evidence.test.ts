// Over real logs, found by POSTERN_DATA; skipped where there are none.
import assert from 'node:assert/strict'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import { isoTime } from '../../src/lib/time.ts'
import type { Event, Fact } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { choose } from '../../src/parsers/index.ts'
import type { Head } from '../../src/parsers/parser.ts'

const DATA = process.env.POSTERN_DATA
const skip = DATA === undefined

type Reading = {
  parser: string
  parsed: number
  events: Event[]
  gaps: Omit<Gap, 'path'>[]
  facts: Fact[]
  size: number
}

async function read(path: string): Promise<Reading> {
  const bytes = readFileSync(path)
  const first = bytes.subarray(0, 65_536)
  const head: Head = { path, windowsPath: null, size: bytes.length, bytes: first, text: decodeText(first) }
  const parser = choose(head)
  const reading: Reading = { parser: parser.name, parsed: 0, events: [], gaps: [], facts: [], size: bytes.length }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += 65_536) yield bytes.subarray(i, i + 65_536)
  }
  reading.parsed = await parser.read(
    { ...head, modified: null, chunks },
    { event: (e) => reading.events.push(e), gap: (g) => reading.gaps.push(g), fact: (f) => reading.facts.push(f) },
  )
  return reading
}

const files = (pattern: string): string[] =>
  globSync(join(DATA ?? '.', pattern))
    .filter((path) => statSync(path).isFile())
    .sort()

const rowsOf = async (pattern: string): Promise<Event[]> => {
  const readings = await Promise.all(files(pattern).map(read))
  return readings.flatMap((reading) => reading.events)
}

test('every file of exchange and iis is accounted for', { skip }, async (t) => {
  const counts = new Map<string, [files: number, events: number, gapBytes: number]>()
  for (const path of files('{exchange,iis}/**')) {
    const { parser, parsed, gaps, events, size } = await read(path)
    const inGaps = gaps.reduce((sum, gap) => sum + gap.length, 0)
    assert.equal(parsed + inGaps, size, path)
    const count = counts.get(parser) ?? [0, 0, 0]
    counts.set(parser, [count[0] + 1, count[1] + events.length, count[2] + inGaps])
  }
  for (const [parser, [n, events, bytes]] of counts)
    t.diagnostic(`${parser}: ${n} files, ${events} events, ${bytes} bytes in gaps`)
})

test('IIS samples: every row is an event, without a gap', { skip }, async () => {
  for (const path of files('iis/{plaso,filebeat,iislogreader,benign-waikolai}/**/*.log')) {
    const rows = readFileSync(path, 'latin1')
      .split(/\r?\n/)
      .filter((line) => line !== '' && !line.startsWith('#')).length
    const { events, gaps } = await read(path)
    assert.equal(events.length, rows, path)
    assert.deepEqual(gaps, [], path)
  }
})

test('IIS and HTTPERR rows have the values that another product reads', { skip }, async () => {
  for (const expectation of files('iis/filebeat/*/test/*-expected.json')) {
    const expected = JSON.parse(readFileSync(expectation, 'utf8')) as Record<string, unknown>[]
    const { events } = await read(expectation.replace('-expected.json', ''))
    assert.equal(events.length, expected.length, expectation)
    events.forEach((event, i) => {
      const want = expected[i]!
      assert.equal(event.time, isoTime(`${want['@timestamp'] as string}`), expectation)
      if (event.client !== null)
        assert.equal(event.client, canonical(want['source.ip'] ?? want['source.address']), expectation)
      assert.equal(event.fields['sc-status'] ?? undefined, want['http.response.status_code'], expectation)
      if (want['http.request.method']) assert.equal(event.fields['cs-method'], want['http.request.method'], expectation)
      if (want['network.forwarded_ip'])
        assert.equal(event.fields['x-forwarded-for'], want['network.forwarded_ip'], expectation)
    })
  }
})

function canonical(ip: unknown): unknown {
  return typeof ip === 'string'
    ? ip
        .replace(/%.*$/, '')
        .replace(/\b0+(?=[0-9a-f])/g, '')
        .replace(/(?::0)+:/, '::')
    : ip
}

test('one row of every type of Exchange log: read by its header, none lost', { skip }, async () => {
  const all = await rowsOf('exchange/log-format-rows/*.md')
  const events = all.filter(({ log }) => log !== 'quoted-commands')
  const kinds = Map.groupBy(events, (event) => event.log)
  const expected = {
    agentlog: 2,
    'cosmosqueue-audit': 1,
    'ecp-activity': 2,
    'ecp-server': 1,
    ews: 1,
    'cmdletinfra-cmdlet': 1,
    'message-tracking': 2,
    'smtp-receive': 16,
    'httpproxy-autodiscover': 1,
    'httpproxy-eas': 1,
    'httpproxy-ecp': 1,
    'httpproxy-ews': 1,
    'httpproxy-mapi': 3,
    'httpproxy-owa': 1,
    'httpproxy-powershell': 2,
    'httpproxy-rpchttp': 1,
  }
  assert.deepEqual(Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.length])), expected)
  assert.ok(events.every((event) => event.time !== null))
  assert.ok(events.every((event) => !('SsrfForm' in event.fields)))
})

test('a made-up row under a heading that only looks like a header is a gap', { skip }, async () => {
  const [page] = await Promise.all(files('exchange/log-format-rows/microsoft_exchange.md').map(read))
  assert.equal(page?.parser, 'snippet')
  assert.equal(page.gaps.filter((gap) => gap.detail === '26 values for 15 fields').length, 1)
  const [row] = await rowsOf('exchange/proxyshell-iis-row/*')
  assert.deepEqual([row?.log, row?.fields['sc-status']], ['iis-frontend', 200])
})

test('ordinary rows are read and hold no forged anchor', { skip }, async () => {
  const events = await rowsOf('exchange/benign/*.{log,LOG}')
  assert.equal(events.length, 9)
  assert.ok(events.every((event) => !('SsrfForm' in event.fields)))
})

test('a ProxyLogon row of 2013 and the ECP row that followed', { skip }, async () => {
  const [proxy, ecp] = await rowsOf('exchange/proxylogon-wazuh/*')
  assert.equal(proxy?.log, 'httpproxy-ecp')
  const fields = proxy.fields
  assert.deepEqual(
    [
      fields.HttpStatus,
      fields.BackEndStatus,
      fields.SsrfForm,
      fields.SsrfPort,
      fields.SsrfPath,
      fields.SsrfTo,
      fields.Succeeded,
      fields.Authenticated,
    ],
    [200, 200, 'ServerInfo', 444, '/ecp/DDI/DDIService.svc/GetList', 'internal', true, false],
  )
  assert.match(String(fields.GenericInfo), /BeginRequest=/)
  assert.equal(fields.TotalRequestTime, '6380')
  assert.equal(ecp?.log, 'ecp-server')
  assert.equal(ecp.fields.Cmdlet, 'Set-OabVirtualDirectory')
  assert.match(String(ecp.fields.Parameters), /^-ExternalUrl "http:.*" -Identity "[0-9a-f-]+"$/)
})

test('anchors of a forum post, in order', { skip }, async () => {
  const events = await rowsOf('exchange/proxylogon-anchormailbox/*')
  const to = Map.groupBy(events, (event) => event.fields.SsrfTo)
  assert.ok(events.length > 40)
  assert.ok((to.get('internal')?.length ?? 0) > 20 && (to.get('loopback')?.length ?? 0) > 10)
  assert.ok(events.some((event) => String(event.fields.SsrfPath).startsWith('/ecp/DDI/DDISe')))
  assert.ok(events.every((event) => event.time !== null && event.fields.Succeeded === null))
})

test('cmdlets of ProxyShell, with their results', { skip }, async () => {
  const events = await rowsOf('exchange/proxyshell-insight/ProxyShell_CmdletInfra.log')
  assert.deepEqual(events.map((event) => [event.fields.Cmdlet, event.fields.Succeeded]).slice(0, 1), [
    ['New-ManagementRoleAssignment', true],
  ])
  assert.ok(
    events.some((event) => event.fields.Cmdlet === 'New-MailboxExportRequest' && event.fields.Succeeded === false),
  )
})

test('a planted OAB page: when it was written', { skip }, async () => {
  const [dump] = await rowsOf('exchange/oab-webshell/*')
  assert.deepEqual(dump?.sources[0], { product: 'postern', service: 'oab-dump' })
  assert.equal(dump.time, isoTime('2023-09-05T10:02:14Z'))
})
