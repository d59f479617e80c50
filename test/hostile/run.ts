import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Assessment } from '../../src/model/assessment.ts'
import type { GapReason } from '../../src/model/evidence.ts'
import { filesBelow, place, postern, sampleWebFiles, stateOf } from '../cli/command.ts'
import { type Expectation, type HostileCase, type Made, type Make, whyNot } from './case.ts'

// Runs a hostile case: what is generated must end as it is expected, and besides, whatever the case, the evidence is as it was, all
// findings of the server are still there, every byte is accounted for and no output can steer a terminal.

/** A file in coverage.jsonl. */
type FileLine = {
  readonly path: string
  /** Other lines count by kind of log. */
  readonly type: string
  readonly size: number
  readonly parsed: number
  readonly unread: number
  readonly events: number
  readonly gaps: readonly { readonly reason: GapReason; readonly length: number }[]
}

type Result = {
  readonly titles: readonly string[]
  readonly files: readonly FileLine[]
  /** `file: reason` of rules that could not be used. */
  readonly problems: readonly string[]
}

/** One test a case, as large as `npm run long` has it or scaled down. */
export function testCases(cases: readonly HostileCase[], isFull: boolean): void {
  const folder = place()
  void describe('hostile cases', { concurrency: isFull ? 1 : 2 }, () => {
    let plain: readonly string[] = []
    before(async () => {
      plain = await plainFindings(join(folder, 'plain'))
    })
    const limit = isFull ? { timeout: 1_200_000 } : {}
    for (const one of cases)
      void it(`${one.name}: ${one.expected.title}`, { skip: whyNot(one), ...limit }, () =>
        runCase(one, join(folder, one.name), plain, isFull),
      )
  })
}

/** The titles of what is found of the server without any case, each as often as it is found. */
async function plainFindings(folder: string): Promise<readonly string[]> {
  mkdirSync(folder)
  const done = await postern(['assess', sampleWebFiles(join(folder, 'evidence')), '--out', join(folder, 'out')])
  assert.deepEqual([done.status, done.err], [5, ''])
  return resultIn(join(folder, 'out')).titles
}

/** Makes the case below a folder, runs it, and compares. */
async function runCase(one: HostileCase, folder: string, plain: readonly string[], isFull: boolean): Promise<void> {
  const { make } = (await import(pathToFileURL(join(one.folder, 'make.ts')).href)) as { readonly make: Make }
  const [evidence, beside, out] = ['evidence', 'beside', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const each of [evidence, beside]) mkdirSync(each, { recursive: true })
  sampleWebFiles(evidence)
  const made: Made = (await make({ evidence, beside, isFull })) ?? {}
  const before = made.meanwhile === undefined ? stateOf(evidence) : null
  const stop = made.meanwhile?.()
  const args = ['assess', ...(made.evidence ?? [evidence]), '--out', out, ...(made.options ?? [])]
  const done = await postern(args, { cwd: made.folder ?? folder, through: made.through ?? [] })
  stop?.()
  const { expected } = one
  assert.equal(done.status, expected.exit, `exit status; ${done.err.slice(0, 1_000)}`)
  assert.doesNotMatch(done.out + done.err, STEERING)
  assert.doesNotMatch(done.err, /^\s+at .*:\d+:\d+\)?$/m, 'a stack trace')
  for (const name of expected.absent) assert.ok(!existsSync(join(beside, name)), `${name} was written`)
  if (expected.says !== null) assert.match(done.err, new RegExp(expected.says))
  if (before !== null) assert.deepEqual(stateOf(evidence), before, 'the evidence was changed')
  if (expected.exit === 2) return
  compare(resultIn(out), expected, plain)
  for (const path of filesBelow(out)) assertInert(path, readFileSync(join(out, path), 'utf8'))
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
/** Nothing that steers a terminal or turns the direction of its text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const STEERING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

/** What an element of the evidence would look like in a page: none of ours is written so. */
const ELEMENT = /<(?:img|svg|meta|base|form|a)\/|<script>document|<\/x>/i
/** A cell that a spreadsheet runs; each of ours is in quotes. */
const FORMULA = /(?:^|,)"\s*[=+@\uff1d]/m

/** Nothing in a result acts: on a terminal, in a browser or in a spreadsheet. */
function assertInert(path: string, text: string): void {
  // JSON carries marks of direction on as data; control characters are escaped there.
  assert.doesNotMatch(text, /\.(?:json|jsonl|ndjson|sarif)$/.test(path) ? CONTROLS : STEERING, path)
  if (path.endsWith('.html')) assert.doesNotMatch(text, ELEMENT, path)
  if (path.endsWith('.csv')) assert.doesNotMatch(text, FORMULA, path)
}

function compare({ titles, files, problems }: Result, expected: Expectation, plain: readonly string[]): void {
  const found = [...titles]
  const lost = plain.filter((title) => {
    const at = found.indexOf(title)
    if (at >= 0) found.splice(at, 1)
    return at < 0 && !expected.without.includes(title)
  })
  assert.deepEqual(lost, [], 'findings of the server that are gone')
  for (const title of expected.findings) assert.ok(found.includes(title), `not found: ${title}; ${found.join('; ')}`)
  for (const [file, reason] of Object.entries(expected.problems))
    assert.ok(problems.includes(`${file}: ${reason}`), `${file}: not ${reason}, but: ${problems.join(', ')}`)
  for (const { path, size, parsed, unread } of files)
    assert.equal(parsed + unread, size, `${path}: parsed and unread bytes are not its size`)
  const named = (path: string): FileLine => {
    const file = files.find((each) => each.path === path)
    assert.ok(
      file,
      `${path} is not listed; ${files
        .map((each) => each.path)
        .join(' ')
        .slice(-2_000)}`,
    )
    return file
  }
  for (const [path, reasons] of Object.entries(expected.gaps)) {
    const own = named(path).gaps.map(({ reason }) => reason)
    for (const reason of reasons) assert.ok(own.includes(reason), `${path}: no gap '${reason}', but: ${own.join(', ')}`)
  }
  for (const [path, least] of Object.entries(expected.events))
    assert.ok(named(path).events >= least, `${path}: ${named(path).events} events, expected ${least}`)
  for (const path of expected.listed) named(path)
}

/** The files that coverage.jsonl lists. */
export function filesIn(coverage: string): readonly FileLine[] {
  return coverage
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FileLine)
    .filter(({ type }) => type === 'file')
}

function resultIn(out: string): Result {
  const servers = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const all = servers.map(({ name }) => {
    const read = (file: string): string => readFileSync(join(out, name, file), 'utf8')
    const { findings, knowledge } = JSON.parse(read('assessment.json')) as Assessment
    return {
      titles: findings.map(({ title }) => title),
      problems: knowledge.brokenRules.map(({ file, reason }) => `${file}: ${reason}`),
      files: filesIn(read('coverage.jsonl')),
    }
  })
  return {
    titles: all.flatMap(({ titles }) => titles),
    problems: all.flatMap(({ problems }) => problems),
    files: all.flatMap(({ files }) => files),
  }
}
