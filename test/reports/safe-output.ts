// What must hold of every report, whatever the texts of the evidence are: nothing in it acts, and no cell, value or page takes
// another form than where every text is harmless.
import assert from 'node:assert/strict'
import { splitCsv } from '../../src/lib/csv.ts'
import { reports } from '../../src/reports/index.ts'
import type { Report } from '../../src/reports/report.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import * as schemas from './format-schemas.ts'
import { hostile } from './hostile.ts'
import { assertValid } from './validate.ts'

/** Characters that act on a terminal, turn a line around or cannot be seen. */
export const acts =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]/
const exact = ['json', 'findings', 'coverage'] // they carry the evidence as it stands, escaped
const closedForms: Readonly<Record<string, object>> = {
  stix: schemas.stixSchema,
  misp: schemas.mispSchema,
  navigator: schemas.navigatorSchema,
  case: schemas.caseSchema,
  iris: schemas.irisSchema,
  sarif: schemas.sarifSchema,
  'timesketch-jsonl': schemas.timesketchSchema,
  ecs: schemas.ecsSchema,
  ocsf: schemas.ocsfSchema,
}

const harmless = hostile('x')

/** Writes all reports of an assessment whose texts are `evil`, and reads them back. */
export function checkReports(assessment: Assessment, evil: string): void {
  for (const report of reports)
    for (const victim of report.shared ? [false, true] : [false]) {
      const sharing = { victim, tlp: null }
      const written = [...report.write(assessment, sharing)].join('')
      assert.equal([...report.write(assessment, sharing)].join(''), written, `${report.name}: other bytes`)
      assert.ok(written.isWellFormed(), `${report.name}: half of a character`)
      const found = acts.exec(written)
      assert.equal(found === null ? null : JSON.stringify(found[0]), null, `${report.name}: acts`)
      if (report.file.endsWith('.csv')) checkTable(report, written)
      else if (/json|ndjson|sarif/.test(report.file)) checkJson(report, written, evil)
      else checkPage(report, written, [...report.write(harmless)].join(''))
    }
}

function checkTable(report: Report, written: string): void {
  const rows = written.split('\r\n').slice(0, -1)
  const cells = rows.map((row) => splitCsv(row))
  for (const { values, open } of cells) {
    assert.equal(open, false)
    assert.equal(values.length, cells[0]!.values.length, `${report.name}: a cell spills`)
    for (const value of values) {
      assert.doesNotMatch(value, /^[\s"]*[=+@|%＝＋－＠]|^[\s"]*-\D/, report.name)
      assert.ok(value.length <= 32_767, `${report.name}: longer than a cell`)
    }
  }
}

function checkJson(report: Report, written: string, evil: string): void {
  assert.ok(!written.includes('<'), `${report.name}: markup`)
  const lines = /\.(?:jsonl|ndjson)$/.test(report.file)
  const values = lines ? written.split('\n').slice(0, -1) : [written]
  for (const text of values) {
    const value: unknown = JSON.parse(text)
    const form = closedForms[report.name]
    // Servers, rules and campaigns always have a name; without one a form lacks what it must have.
    if (form && evil !== '') assertValid(form, value, report.name)
    if (!exact.includes(report.name)) everyText(value, (one) => checkText(report, one))
  }
}

function checkText(report: Report, text: string): void {
  assert.ok(text.isWellFormed(), report.name)
  assert.ok(text.length < 10_000 || report.name === 'iris', `${report.name}: ${text.length} characters`)
  assert.doesNotMatch(text.replaceAll('\r\n', ''), acts, report.name)
}

function everyText(value: unknown, see: (text: string) => void): void {
  if (typeof value === 'string') see(value)
  else if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) {
      see(key)
      everyText(one, see)
    }
}

function checkPage(report: Report, written: string, harmless: string): void {
  // As many tags and handlers as where every text is harmless: none is the evidence's.
  const tags = (page: string): Record<string, number> => {
    const count: Record<string, number> = {}
    for (const [tag] of page.matchAll(
      /<!--|<(?:script|style|img|meta|base|form|iframe|object|math|title|a)\b|<[^<>]*\son\w+=/gi,
    ))
      count[tag.toLowerCase()] = (count[tag.toLowerCase()] ?? 0) + 1
    return count
  }
  assert.deepEqual(tags(written), tags(harmless), report.name)
  if (report.name === 'markdown') assert.doesNotMatch(written, /https?:\/\/|javascript:[^&]*\]\(/)
}
