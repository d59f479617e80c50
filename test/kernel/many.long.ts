// What no table of values can hold, and what matches more rows than anybody can keep: the counts stay exact, and memory
// stays bounded. The reading is a process of its own, so that its memory is that of the reading.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { keepHeapSmall } from '../../src/cli/process/heap.ts'
import { listEvidence } from '../../src/evidence/index.ts'
import { askAll } from '../../src/rules/match.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'

const MOST = 300
const START = Date.UTC(2021, 2, 1)
/** Rows are this far apart, and one in so many is a POST that was refused. */
const [STEP, REFUSED] = [250, 1000]

type Counted = {
  readonly rows: number
  readonly inHours: number
  readonly first: number
  readonly last: number
  readonly clients: number
  readonly gaps: number
  readonly hits: readonly (readonly [
    rule: string,
    { readonly kept: number; readonly all: number; readonly first: number; readonly last: number },
  ])[]
  readonly peak: number
}

if (process.argv[2] === 'read') console.log(JSON.stringify(await read(process.argv[3]!)))
else {
  const folder = mkdtempSync(join(tmpdir(), 'postern-many-'))
  after(() => rmSync(folder, { recursive: true }))

  test('10 million rows of which all values differ', { timeout: 1_800_000 }, (t) => {
    const rows = 10_000_000
    const counted = countsOf(join(folder, 'distinct'), rows, distinctRow)
    t.diagnostic(`${Math.round(counted.peak)} MB`)
    assert.deepEqual(wholeOf(counted), { rows, inHours: rows, first: START, last: timeOf(rows - 1), gaps: 0 })
    const refused = Math.ceil(rows / REFUSED)
    const [[rule, hits], ...others] = counted.hits as [Counted['hits'][number], ...Counted['hits']]
    assert.deepEqual([rule, hits.all, others.length], ['refused', refused, 0])
    assert.deepEqual([hits.first, hits.last], [START, timeOf((refused - 1) * REFUSED)])
    assert.ok(counted.clients <= 100_000, `${counted.clients} clients`)
    assert.ok(counted.peak < MOST, `${counted.peak} MB`)
  })

  test('100 million hits of one rule', { timeout: 1_800_000 }, (t) => {
    const rows = 100_000_000
    const counted = countsOf(join(folder, 'hits'), rows, commonRow)
    t.diagnostic(`${Math.round(counted.peak)} MB`)
    assert.deepEqual(wholeOf(counted), { rows, inHours: rows, first: START, last: timeOf(rows - 1), gaps: 0 })
    const [[rule, hits], ...others] = counted.hits as [Counted['hits'][number], ...Counted['hits']]
    assert.deepEqual([rule, hits.all, others.length], ['asked', rows, 0])
    assert.deepEqual([hits.first, hits.last], [START, timeOf(rows - 1)])
    assert.ok(hits.kept <= 1000, `${hits.kept} kept`)
    assert.ok(counted.peak < MOST, `${counted.peak} MB`)
  })
}

function wholeOf({ rows, inHours, first, last, gaps }: Counted) {
  return { rows, inHours, first, last, gaps }
}

/** IIS writes seconds. */
function timeOf(row: number): number {
  return Math.floor((START + row * STEP) / 1000) * 1000
}

function distinctRow(i: number): string {
  const client = `${20 + (i >>> 24)}.${(i >>> 16) & 255}.${(i >>> 8) & 255}.${i & 255}`
  const method = i % REFUSED === 0 ? 'POST' : `M${i}`
  const status = i % REFUSED === 0 ? 403 : 200
  return `${method} /page/${i}.aspx id=${i} 443 CONTOSO\\user${i} ${client} Client/${i} https://contoso.example/${i} ${status} 0 ${i} ${i}`
}

function commonRow(i: number): string {
  return `GET /owa/auth/asked.aspx id=${i} 443 - 198.51.100.${i % 200} Mozilla/5.0 - 200 0 0 ${i % 90}`
}

function countsOf(folder: string, rows: number, make: (row: number) => string): Counted {
  const path = join(folder, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210301.log')
  mkdirSync(dirname(path), { recursive: true })
  const out = openSync(path, 'w')
  let text =
    '#Fields: date time cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n'
  for (let i = 0; i < rows; i++) {
    const at = new Date(timeOf(i)).toISOString()
    text += `${at.slice(0, 10)} ${at.slice(11, 19)} ${make(i)}\r\n`
    if (text.length < 1e6) continue
    writeSync(out, text)
    text = ''
  }
  writeSync(out, text)
  closeSync(out)
  const done = spawnSync(process.execPath, [import.meta.filename, 'read', folder], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  assert.equal(done.status, 0, done.stderr)
  return JSON.parse(done.stdout) as Counted
}

async function read(folder: string): Promise<Counted> {
  // As a run in one thread does.
  keepHeapSmall()
  const rule = (id: string, detection: string): string =>
    `title: ${id}\nid: ${id}\nlogsource: { category: webserver }\ndetection:\n    ${detection}\n    condition: a\n`
  const texts = [
    rule('refused', 'a: { cs-method: POST, sc-status: 403 }'),
    rule('asked', "a: { cs-uri-stem|contains: 'auth/asked', cs-uri-query|contains: 'id=' }"),
    rule('never', "a: { cs-user-agent|contains: 'never there' }"),
  ]
  const file = (text: string, i: number) => ({
    path: `${i}.yml`,
    text,
    pack: 'test',
    campaign: 'unknown',
    settings: {},
  })
  const { events } = await sigma.load(texts.map(file))
  const rules = { events, scanners: [], broken: [] }
  const { members } = await listEvidence(folder)
  const { artifact, hits, more, hours, requests, gaps } = await scanMember(members[0]!, {
    rules,
    ask: askAll(events),
    zone: null,
    lexicons: new ValueCaches(events),
  })
  const counted = events.flatMap(({ info: { id } }) => {
    const kept = hits.filter((hit) => hit.rule === id).map(({ event }) => event.time!)
    const rest = more.find((each) => each.rule === id)
    if (kept.length === 0) return []
    return [
      [
        id,
        {
          kept: kept.length,
          all: kept.length + (rest?.count ?? 0),
          first: Math.min(...kept, rest?.first ?? Infinity),
          last: Math.max(...kept, rest?.last ?? 0),
        },
      ] as const,
    ]
  })
  return {
    rows: artifact.events,
    inHours: hours.reduce((sum, [, list]) => sum + list.reduce((rows, [, entries]) => rows + entries, 0), 0),
    first: artifact.first!,
    last: artifact.last!,
    clients: requests.client.values.length,
    gaps: gaps.length,
    hits: counted,
    peak: process.resourceUsage().maxRSS / 1024,
  }
}
