import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose } from '../../src/parsers/index.ts'

const nameOf = (text: string, path = 'notes.txt'): string =>
  choose({ path, windowsPath: null, size: text.length, bytes: Buffer.from(text), text }).name

const fields = `
      Computer: MAIL01
      ParentImage: C:\\Windows\\System32\\inetsrv\\w3wp.exe
      CommandLine: cmd.exe /c whoami
`
const record = `
  {"CreationTime": "2026-03-03T04:00:00", "Operation": "New-InboxRule", "UserId": "anna@contoso.example", // as seen
   "Workload": "Exchange", "ClientIP": "203.0.113.7"}
`
const rules = {
  Sigma: ['title: Shell', 'logsource:', '  product: windows', 'detection:', '  condition: selection'],
  Panther: ['AnalysisType: rule', 'RuleID: "Shell"', 'Tests:'],
  Elastic: ['[rule]', 'name = "Shell"', 'query = """process"""'],
  Sentinel: ['name: Shell', 'tactics:', '  - Execution', 'query: |'],
  Splunk: ['name: Shell', 'search: index=main', 'known_false_positives: none'],
  YARA: ['rule shell', '{', '  condition:', '    any of them', '}'],
}

test('fields and records that a report quotes are read', () => {
  assert.equal(nameOf(fields), 'field-lines')
  assert.equal(nameOf(record), 'loose-records')
})

test('what a rule of a detection looks for is no record', () => {
  for (const [form, lines] of Object.entries(rules))
    for (const quoted of [fields, record])
      assert.ok(!['field-lines', 'loose-records'].includes(nameOf(`${lines.join('\n')}\n${quoted}`)), form)
})

const asLines = (text: string): string => text.replaceAll(/^ +/gm, '')

test('a rule in front of what a report quotes makes no rule of it', () => {
  for (const [form, lines] of Object.entries(rules)) {
    assert.equal(nameOf(`${lines.join('\n')}\n${asLines(fields)}`), 'field-lines', form)
    assert.equal(nameOf(`${lines.join('\n')}\n${asLines(record)}`), 'loose-records', form)
  }
  const quoted = `${rules.Elastic.join('\n')}\nnote = """${asLines(fields)}${asLines(record)}"""\n`
  assert.ok(!['field-lines', 'loose-records'].includes(nameOf(quoted)))
})
