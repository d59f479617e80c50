import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import { always, reports, summaryJson } from '../../src/reports/index.ts'
import { empty, fixture, hostile, quiet, shell } from './fixture.ts'

// A line of findings.jsonl or of coverage.jsonl, whichever it is.
type Line = Readonly<{
  id: string
  locators: readonly { raw: string }[]
  type: 'file' | 'kind'
  kind: string
  path: string
  size: number
  parsed: number
  unread: number
  gaps: readonly { length: number }[]
  sha256: string | null
  unknown: boolean
}>

const text = (name: string, assessment: Assessment): string =>
  [...reports.find((r) => r.name === name)!.write(assessment)].join('')
const lines = (name: string, assessment: Assessment): Line[] =>
  text(name, assessment)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)

test('the files that are always written', () => {
  assert.deepEqual(
    always.map((r) => r.file),
    ['assessment.json', 'findings.jsonl', 'coverage.jsonl', 'mailboxes.csv', 'report.html'],
  )
})

for (const report of reports) {
  test(`${report.file}: the same assessment gives the same bytes, in whatever order its objects were made`, () => {
    assert.equal([...report.write(fixture)].join(''), [...report.write(turned(fixture))].join(''))
  })
}

test('assessment.json gives the assessment back', () => {
  assert.deepEqual(JSON.parse(text('json', fixture)), JSON.parse(JSON.stringify(fixture)))
})

test('findings.jsonl: a line a finding, with the keys of the contract and the raw rows', () => {
  const found = lines('findings', fixture)
  assert.deepEqual(
    found.map((f) => f.id),
    fixture.findings.map((f) => f.id),
  )
  const keys =
    'id rule title author license pack campaign stage level confidence is time timeBasis client target cves attack falsePositives nextSteps count first last locators'
  for (const key of keys.split(' ')) assert.ok(key in found[0]!, key)
  assert.deepEqual(Object.keys(found[0]!.locators[0]!), ['artifact', 'length', 'line', 'offset', 'path', 'raw'])
  assert.equal(found[2]!.locators[0]!.raw, fixture.findings[2]!.locators[0]!.raw)
})

test('a web shell that a row quotes does not stand in the files as its own bytes', () => {
  for (const name of ['json', 'findings']) {
    const written = text(name, fixture)
    assert.ok(!written.includes(shell.slice(0, 8)), name)
    assert.doesNotMatch(written, /<|eval\(|Request\[/)
    assert.ok(
      JSON.stringify(name === 'json' ? JSON.parse(written) : lines(name, fixture)).includes(
        JSON.stringify(shell).slice(1, -1),
      ),
    )
  }
})

test('coverage.jsonl: size = parsed + unread for every file, also for those never opened; then the kinds', () => {
  const all = lines('coverage', fixture)
  const files = all.filter((l) => l.type === 'file')
  assert.equal(files.length, fixture.evidence.manifest.length + 1)
  for (const f of files) {
    assert.equal(f.parsed + f.unread, f.size, f.path)
    assert.equal(
      f.gaps.reduce((sum: number, g: { length: number }) => sum + g.length, 0),
      f.unread,
    )
  }
  assert.equal(
    files.reduce((sum, f) => sum + f.size, 0),
    fixture.evidence.bytes,
  )
  assert.deepEqual(
    files.filter((f) => f.unknown).map((f) => f.path),
    fixture.coverage.unknown.map((u) => u.path),
  )
  assert.equal(files.find((f) => f.path === 'backup.zip')!.sha256, null)
  assert.deepEqual(
    all.filter((l) => l.type === 'kind').map((l) => l.kind),
    fixture.coverage.kinds.map((k) => k.kind),
  )
})

test('summary.json: a server a line of the contract', () => {
  const { observed: _, ...verdict } = fixture.verdict
  const written = summaryJson([
    { assessment: fixture, path: 'MAIL01' },
    { assessment: empty, path: 'FOLDER' },
  ])
  const { schema, servers } = JSON.parse(written)
  assert.equal(schema, 'postern-summary/1')
  assert.deepEqual(servers[0], {
    name: 'MAIL01',
    path: 'MAIL01',
    verdict,
    answers: {
      exposed: 'yes',
      targeted: 'yes',
      exploited: 'yes',
      compromised: 'yes',
      'mail-taken': 'likely',
      'still-there': 'cannot-tell',
    },
    patchedTooLate: true,
    mailboxes: ['a.archer@example.com', 'b.baker@example.com'],
  })
  assert.equal(servers[1].patchedTooLate, null)
  assert.deepEqual(servers[1].mailboxes, [])
})

test('findings.csv: no cell is a formula, none spills into another row', () => {
  const rows = text('csv', fixture).split('\r\n')
  assert.equal(rows.length, fixture.findings.length + 2)
  const cells = rows.slice(0, -1).map((row) => [...row.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((m) => m[1]!))
  for (const row of cells) assert.equal(row.length, cells[0]!.length)
  for (const cell of cells.flat()) assert.doesNotMatch(cell, /^[\s"]*[=+@|%-]/)
  assert.ok(cells.flat().some((cell) => cell.startsWith("'=HYPERLINK")))
})

test('report.md: no markup, no link, no table broken by the evidence', () => {
  const written = text('markdown', fixture)
  assert.doesNotMatch(written, /<[a-z/!]/i)
  assert.doesNotMatch(written, /https?:\/\/|javascript:[^&]*\]\(/)
  for (const row of written.split('\n').filter((line) => line.startsWith('|'))) {
    assert.ok([3, 4, 5, 6, 7, 8].includes(row.replace(/\\./g, '').split('|').length - 2), row)
  }
  assert.ok(!written.includes(hostile.bidi))
  assert.equal(text('markdown', quiet).includes('## What happened'), false)
})

// The same content with every object's keys in the opposite order.
function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, v]) => [key, turned(v)] as const),
  ) as T
}
