import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffOf } from '../../src/comparison/compare.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Artifact } from '../../src/model/evidence.ts'
import { diffText } from '../../src/reports/index.ts'
import { fixture, quiet } from '../reports/fixture.ts'

// What lies between two assessments, and what is said to have made it.

const file = (path: string, sha256: string): Artifact => ({ ...fixture.evidence.manifest[0]!, path, sha256 })
const [log, page] = [file('logs/a.log', 'a'.repeat(64)), file('web/b.aspx', 'b'.repeat(64))]
const finding = (id: string, artifact: Artifact, more: Partial<Finding> = {}): Finding => ({
  ...fixture.findings[0]!,
  id,
  rule: `rule-${id}`,
  pack: 'proxylogon-2021',
  notes: [],
  locators: [{ path: artifact.path, artifact: artifact.sha256, offset: 0, length: 9, line: 1, raw: `row ${id}` }],
  ...more,
})
const shell = finding('5e11', page, { title: 'A page that runs code', stage: 'shell', is: 'likely' })

/** Nothing found in one log, and the assessment with a shell in a page beside it. */
const nothing: Assessment = made({ manifest: [log] })
const shelled: Assessment = made({ manifest: [log, page], findings: [shell] })

function made({
  manifest,
  findings = [],
  ...more
}: { manifest: Artifact[]; findings?: Finding[] } & Partial<Assessment>): Assessment {
  const because = findings.map((f) => f.id)
  const is = because.length > 0 ? 'yes' : 'no-evidence'
  return {
    ...quiet,
    findings,
    verdict: { ...quiet.verdict, is: because.length > 0 ? 'compromised' : 'no-evidence', sure: true },
    answers: quiet.answers.map((a) => (a.question === 'compromised' ? { ...a, is, because } : a)),
    evidence: { ...quiet.evidence, manifest, files: manifest.length },
    ...more,
  }
}
const withPack = (a: Assessment, sha256: string): Assessment => ({
  ...a,
  knowledge: { ...a.knowledge, packs: [{ ...a.knowledge.packs[0]!, sha256 }] },
})

test('the same twice: nothing moved', () => {
  const diff = diffOf(shelled, shelled)
  assert.equal(diff.verdict.moved, false)
  assert.ok(diff.answers.every((a) => !a.moved && a.why.length === 0))
  assert.deepEqual([diff.evidence.same, diff.findings.stays, diff.knowledge.same], [2, 1, true])
  assert.match(diffText(diff, { color: false, width: 80 }), /COMPROMISED, as before/)
})

test('a file that was not there before: by the evidence', () => {
  const diff = diffOf(nothing, shelled)
  assert.deepEqual(
    diff.evidence.added.map((f) => f.path),
    ['web/b.aspx'],
  )
  assert.deepEqual(
    [diff.verdict.before.is, diff.verdict.after.is, diff.verdict.causes],
    ['no-evidence', 'compromised', ['evidence']],
  )
  const answer = diff.answers.find((a) => a.question === 'compromised')!
  assert.deepEqual(answer.why, [
    'now there is “A page that runs code” (5e11): web/b.aspx, as it was read, was not among the evidence before',
  ])
  assert.deepEqual(
    diff.findings.new.map((f) => f.cause),
    ['evidence'],
  )
})

test('a file that is gone: its finding goes with it', () => {
  const diff = diffOf(shelled, nothing)
  assert.deepEqual(
    diff.evidence.removed.map((f) => f.path),
    ['web/b.aspx'],
  )
  assert.deepEqual(
    diff.findings.gone.map((f) => [f.cause, f.why]),
    [['evidence', 'web/b.aspx, as it was read, is not among the evidence any more']],
  )
  assert.deepEqual(diff.verdict.causes, ['evidence'])
})

test('another pack over the same files: by knowledge', () => {
  const before = made({ manifest: [log, page] })
  const diff = diffOf(withPack(before, '1'.repeat(64)), withPack(shelled, '2'.repeat(64)))
  assert.deepEqual(
    [diff.knowledge.same, diff.knowledge.packs],
    [false, [{ name: 'proxylogon-2021', before: '1'.repeat(64), after: '2'.repeat(64) }]],
  )
  assert.deepEqual(diff.verdict.causes, ['knowledge'])
  assert.match(diff.findings.new[0]!.why, /read by the first run with another proxylogon-2021$/)
})

test('a table that differs, and nothing else: by knowledge', () => {
  const before = made({ manifest: [log, page] })
  const other = {
    ...shelled,
    knowledge: { ...shelled.knowledge, tables: [{ table: 'fixes.csv', sha256: '0'.repeat(64) }] },
  }
  const diff = diffOf(before, other)
  assert.deepEqual(diff.verdict.causes, ['knowledge'])
  assert.deepEqual(
    diff.knowledge.tables.map((t) => t.name),
    ['fixes.csv'],
  )
})

test('other options over the same files and packs: by the options', () => {
  const before = made({
    manifest: [log, page],
    knowledge: { ...quiet.knowledge, options: { window: '2021-01-01..2021-01-02' } },
  })
  const diff = diffOf(before, shelled)
  assert.deepEqual([diff.verdict.causes, diff.knowledge.same], [['options'], true])
})

test('a log that has grown since: its findings stay', () => {
  const grown = file('logs/a.log', 'c'.repeat(64))
  const diff = diffOf(
    made({ manifest: [log], findings: [finding('1', log)] }),
    made({ manifest: [grown], findings: [finding('1', grown, { id: 'other' })] }),
  )
  assert.deepEqual(
    [diff.evidence.changed.map((f) => f.path), diff.findings.stays, diff.findings.new, diff.findings.gone],
    [['logs/a.log'], 1, [], []],
  )
})

test('a finding that counts otherwise is neither new nor gone', () => {
  const before = made({ manifest: [page], findings: [shell] })
  const diff = diffOf(
    withPack(before, '1'.repeat(64)),
    made({ manifest: [page], findings: [{ ...shell, confidence: 'low', is: 'lead' }] }),
  )
  assert.deepEqual([diff.findings.new, diff.findings.gone, diff.findings.otherwise.length], [[], [], 1])
  assert.equal(diff.findings.otherwise[0]!.cause, 'knowledge')
  assert.match(
    diff.findings.otherwise[0]!.why,
    /confidence .* → low, it came to likely, and now comes to lead, since its pack differs/,
  )
})

test('logs that reach further: by the evidence, with the hours', () => {
  const reach = (a: Assessment, covered: number, is: 'cannot-tell' | 'no-evidence'): Assessment => ({
    ...a,
    answers: a.answers.map((x) =>
      x.question === 'targeted' ? { ...x, is, coverage: { ...x.coverage, covered, of: 100 } } : x,
    ),
  })
  const diff = diffOf(reach(nothing, 40, 'cannot-tell'), reach(made({ manifest: [log, page] }), 100, 'no-evidence'))
  const answer = diff.answers.find((a) => a.question === 'targeted')!
  assert.deepEqual([answer.before, answer.after, answer.causes], ['cannot-tell', 'no-evidence', ['evidence']])
  assert.match(answer.why[0]!, /covered 40 of 100 hours that matter, and now all 100 hours/)
})

test('a file at another path is elsewhere; twins of one path are told apart', () => {
  const moved = diffOf(made({ manifest: [log] }), made({ manifest: [file('other/a.log', log.sha256)] }))
  assert.deepEqual(moved.evidence.moved, [{ before: 'logs/a.log', after: 'other/a.log', sha256: log.sha256 }])
  const twin = file('logs/a.log', 'd'.repeat(64))
  const twins = diffOf(made({ manifest: [log, twin] }), made({ manifest: [twin, log] }))
  assert.deepEqual([twins.evidence.same, twins.evidence.changed], [2, []])
})

test('two servers: said, and gone on with', () => {
  const diff = diffOf(nothing, { ...shelled, server: { ...shelled.server, name: 'OTHER' } })
  assert.match(diff.notes[0]!, /assessments of two servers, .* and OTHER/)
  assert.match(diffText(diff, { color: false, width: 80 }), /Note: These are assessments of two servers/)
  assert.equal(diff.verdict.moved, true)
})

test('nothing that steers a terminal comes out of an assessment', () => {
  const evil = '\u001b[2J\u202eevil\n'
  const hostile = {
    ...shelled,
    server: { ...shelled.server, name: evil },
    findings: [{ ...shell, title: evil, locators: [{ ...shell.locators[0]!, path: evil }] }],
  }
  const text = diffText(diffOf({ ...nothing, knowledge: { ...nothing.knowledge, tool: evil } }, hostile), {
    color: false,
    width: 80,
  })
  assert.doesNotMatch(text, /[^\P{C}\n]|[\u2028\u2029]/u)
})
