import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { httpProxyLog, place, postern, sample, write } from './command.ts'
import { runHere } from './in-process.ts'
import { smallPack } from './interrupted.ts'
import { large } from '../tenth.ts'

// `postern diff` as a person uses it.

const folder = place()
const out = join(folder, 'all')
// The built program, as a process of its own.
const assessed = postern(['assess', '--quiet', join(sample, 'C/inetpub'), '--out', out])
const other = write(join(folder, 'other'), { 'HttpProxy_2021030100-1.LOG': httpProxyLog('MAIL77') })

test('results against themselves, as text and as JSON, by OUT, by folder and by file', async () => {
  assert.equal((await assessed).status, 5)
  const text = await runHere(['diff', out, out])
  assert.equal(text.status, 0, text.err)
  assert.match(text.out, /COMPROMISED, as before|EXPLOITED, as before/)
  assert.match(text.out, /The same packs, tables and program\./)
  const server = JSON.parse((await runHere(['diff', out, out, '--format', 'json'])).out) as {
    before: { server: string }
  }
  const again = await runHere([
    'diff',
    join(out, server.before.server),
    join(out, server.before.server, 'assessment.json'),
    '--format',
    'json',
  ])
  const diff = JSON.parse(again.out) as { schema: string; verdict: { moved: boolean }; knowledge: { same: boolean } }
  assert.deepEqual([diff.schema, diff.verdict.moved, diff.knowledge.same], ['postern-diff/1', false, true])
})

test('as a page in a file, which must not be there yet', async () => {
  await assessed
  const file = join(folder, 'diff.html')
  const done = await runHere(['diff', out, out, '--format', 'html', '--out', file])
  assert.deepEqual([done.status, done.out, done.err], [0, '', ''])
  assert.match(readFileSync(file, 'utf8'), /^<!doctype html>[^]*<\/html>\n$/)
  const again = await runHere(['diff', out, out, '--format', 'html', '--out', file])
  assert.equal(again.status, 1)
  assert.match(again.err, /diff\.html: the results cannot be written: it already exists/)
  const nowhere = await runHere(['diff', out, out, '--format', 'html'])
  assert.deepEqual([nowhere.status, nowhere.out], [2, ''])
  assert.match(nowhere.err, /--out is missing/)
  await runHere(['diff', out, out, '--out', join(folder, 'diff.txt')])
  assert.match(readFileSync(join(folder, 'diff.txt'), 'utf8'), /THE SIX QUESTIONS/)
})

test('two servers: a note, and the comparison', async () => {
  await assessed
  await runHere(['assess', '--quiet', other, '--packs', smallPack(join(folder, 'packs')), '--out', join(folder, 'two')])
  const { status, out: text } = await runHere(['diff', out, join(folder, 'two')])
  assert.equal(status, 0)
  assert.match(text, /assessments of two\s+servers/)
})

void large('what is no assessment: one clear sentence, exit 2', async () => {
  const bad = write(join(folder, 'bad'), {
    'text.json': 'no json',
    'other.json': '{"schema":"postern-summary/1"}',
    'list.json': '[]',
    'hollow.json': '{"schema":"postern-assessment/2"}',
    'proto.json':
      '{"schema":"postern-assessment/2","server":{"name":"A","builds":[]},"verdict":{"is":"__proto__","sure":true}}',
  })
  mkdirSync(join(folder, 'empty'))
  for (const [name, says] of [
    [join(bad, 'text.json'), /^postern: Not a Postern assessment: it is not JSON\. \(/],
    [join(bad, 'other.json'), /its schema is postern-summary\/1, and postern-assessment\/2 is wanted/],
    [join(bad, 'list.json'), /it holds no object/],
    [join(bad, 'hollow.json'), /its server is not as Postern writes it/],
    [join(bad, 'proto.json'), /its verdict is not as Postern writes it/],
    [join(folder, 'empty'), /empty: no assessment/],
    [join(folder, 'nowhere'), /nowhere: no such file or directory/],
  ] as const) {
    const { status, out: text, err } = await runHere(['diff', name, name])
    assert.deepEqual([status, text], [2, ''], name)
    assert.match(err, says)
    assert.equal(err.trimEnd().split('\n').length, 1)
  }
  assert.equal((await runHere(['diff', bad])).status, 2)
  assert.match((await runHere(['diff', bad, bad, '--format', 'xml'])).err, /Unknown format 'xml' for diff/)
  rmSync(bad, { recursive: true })
})
