import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubjectFindings } from '../../src/assessment/weighing/explanations/explanation.ts'
import { notRun } from '../../src/assessment/weighing/explanations/not-run.ts'

function explained(
  fields: Record<string, string | null>,
  client: string | null = null,
  kind = 'page',
  log = 'files',
): boolean {
  const hits = [{ event: { fields, client, log } }]
  const about = { subject: { kind, key: 'p', name: 'p' }, found: [{ hits }] } as unknown as SubjectFindings
  return (
    notRun(about, { server: { builds: [] }, doors: new Map(), logs: { first: null, last: null }, pages: new Map() }) !==
    null
  )
}

test('that no task starts a script settles it where the tasks are in the evidence', () => {
  const event = { fields: { TargetFilename: 'C:\\ProgramData\\sync.ps1', WebRoot: null }, client: null, log: 'files' }
  const about = { subject: { kind: 'task', key: 'p', name: 'p' }, found: [{ hits: [{ event }] }] }
  const by = (kinds: readonly string[]): string | undefined =>
    notRun(about as unknown as SubjectFindings, {
      server: { builds: [] },
      doors: new Map(),
      logs: { first: null, last: null, has: (kind) => kinds.includes(kind) },
      pages: new Map(),
    })?.by
  assert.equal(by(['tasks']), 'not-started')
  assert.equal(by(['services']), 'not-started-unsettled')
})

test('a text outside the web roots is no page', () => {
  const note = { TargetFilename: 'C:\\Users\\Administrator\\Desktop\\findings.txt', WebRoot: null }
  assert.equal(explained(note), true)
  assert.equal(explained({ ...note, TargetFilename: 'C:\\Users\\Administrator\\Desktop\\a.aspx' }), false)
  assert.equal(explained({ ...note, WebRoot: 'owa' }), false)
  // Settings that Exchange wrote as a page, saved as they were served.
  assert.equal(explained({ ...note, Parser: 'oab-dump' }), false)
  assert.equal(explained({ ...note, RunBy: 'PageHandlerFactory' }), false)
  assert.equal(explained(note, '203.0.113.4'), false)
  assert.equal(explained({ 'cs-uri-stem': '/a.txt' }), false)
  // What ASP.NET keeps of a page that it compiled lies outside of all web roots.
  const kept = {
    TargetFilename: 'C:\\Windows\\Microsoft.NET\\Temporary ASP.NET Files\\root\\a.aspx.1.compiled',
    WebRoot: null,
  }
  assert.equal(explained(kept, null, 'page', 'aspnet-temp'), false)
})

test('a script is one that a task may run where something starts it', () => {
  const script = { TargetFilename: 'C:\\ProgramData\\sync.ps1', WebRoot: null }
  assert.equal(explained(script, null, 'task'), true)
  assert.equal(explained({ ...script, RunBy: 'tasks' }, null, 'task'), false)
  // What Windows keeps of a task is the task.
  assert.equal(
    explained({ TargetFilename: 'C:\\Windows\\System32\\Tasks\\VSPerfMon', WebRoot: null }, null, 'task'),
    false,
  )
  assert.equal(explained({ TaskName: 'VSPerfMon' }, null, 'task'), false)
})
