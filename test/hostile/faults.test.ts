import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { GapReason } from '../../src/model/evidence.ts'
import { filesBelow, hasProgram, place, postern, sampleWebFiles } from '../cli/command.ts'
import { filesIn } from './run.ts'

// Faults of the system under a run: a full disk, a medium that fails, a file that is locked, a clock that jumps. A run that cannot
// write ends with one sentence and leaves nothing that looks whole; the same command then resumes it. What cannot be read is a gap.

const folder = place()
const at = (name: string): string => join(folder, name)
const SERVER = 'MAIL01'
/** What does not depend on when and where a run took place. */
const same = ['assessment.json', 'coverage.jsonl', 'findings.jsonl', 'report.html']

const traced = (path: string, calls: string, fault: string): readonly string[] => [
  'strace',
  '-f',
  '-qq',
  '-o',
  '/dev/null',
  ...(path === '' ? [] : ['-P', path]),
  '-e',
  `trace=${calls}`,
  '-e',
  `inject=${calls}:${fault}`,
]

void describe('faults of the system', { concurrency: 2 }, () => {
  const evidence = at('evidence')
  const results = (out: string): readonly string[] => same.map((file) => readFileSync(join(out, SERVER, file), 'utf8'))
  let plain: readonly string[] = []

  before(async () => {
    mkdirSync(evidence)
    sampleWebFiles(evidence)
    const done = await postern(['assess', evidence, '--out', at('plain')])
    assert.deepEqual([done.status, done.err], [5, ''])
    plain = results(at('plain'))
  })

  /** A run that cannot write ends with one sentence; nothing of it looks whole, and the same command brings it to its end. */
  async function failsAndResumes(out: string, through: readonly string[], says: RegExp): Promise<void> {
    const failed = await postern(['assess', evidence, '--out', out], { through })
    assert.equal(failed.status, 1, failed.err)
    assert.match(failed.err, says)
    for (const line of failed.err.trimEnd().split('\n')) assert.match(line, /^postern: (?!Internal error)/)
    const left = existsSync(out) ? filesBelow(out) : []
    assert.ok(!left.includes('summary.json'), left.join(' '))
    const done = await postern(['assess', evidence, '--out', out])
    assert.equal(done.status, 5, done.err)
    assert.deepEqual(results(out), plain)
  }

  void it('files that may not grow (EFBIG)', { skip: !hasProgram('prlimit') }, () =>
    failsAndResumes(
      at('limited'),
      ['prlimit', '--fsize=60000'],
      /^postern: [^\n]*: the results cannot be written: [^\n]*too large/,
    ),
  )

  void it('data that does not reach the medium (fsync: EIO)', { skip: !hasProgram('strace') }, () =>
    failsAndResumes(at('unsynced'), traced('', 'fsync', 'error=EIO:when=1'), /cannot be written/),
  )

  void it('a full disk (ENOSPC)', { skip: process.platform !== 'linux' || process.getuid?.() !== 0 }, async () => {
    const small = at('small')
    mkdirSync(small)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', small])
    after(() => execFileSync('umount', [small]))
    const failed = await postern(['assess', evidence, '--out', join(small, 'out')])
    assert.equal(failed.status, 1, failed.err)
    assert.match(failed.err, /^postern: [^\n]*: the results cannot be written: the disk is full\.\n$/)
    execFileSync('mount', ['-o', 'remount,size=64m', small])
    const done = await postern(['assess', evidence, '--out', join(small, 'out')])
    assert.equal(done.status, 5, done.err)
    assert.deepEqual(results(join(small, 'out')), plain)
  })

  void it('a medium that is read-only (EROFS)', {
    skip: process.platform !== 'linux' || process.getuid?.() !== 0,
  }, async () => {
    const still = at('still')
    mkdirSync(still)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', still])
    after(() => execFileSync('umount', [still]))
    const done = await postern(['assess', evidence, '--out', join(still, 'out')])
    assert.ok(done.status === 1 || done.status === 2, done.err)
    assert.match(done.err, /^postern: [^\n]*read-only[^\n]*\n$/)
  })

  const log = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210301.log.gz'
  for (const [error, reason] of [
    ['EBUSY', 'locked'],
    ['EACCES', 'denied'],
  ] as const)
    void it(`a log that cannot be opened (${error})`, { skip: !hasProgram('strace') }, async () => {
      const out = at(`unopened-${reason}`)
      const through = traced(join(evidence, log), 'openat', `error=${error}`)
      const done = await postern(['assess', evidence, '--out', out], { through })
      assert.equal(done.status, 5, done.err)
      assert.deepEqual(gapsOf(out, log), [reason])
    })

  for (const [name, offset] of [
    ['a year ahead', '+365d'],
    ['a year behind', '-365d'],
    ['ten times as fast', '+0 x10'],
  ] as const)
    void it(`a clock that is ${name}`, { skip: !hasProgram('faketime') }, async () => {
      const out = at(`clock ${name}`)
      const done = await postern(['assess', evidence, '--out', out, '--quiet'], { through: ['faketime', '-f', offset] })
      assert.equal(done.status, 5, done.err)
      assert.deepEqual(results(out), plain)
    })

  function gapsOf(out: string, path: string): readonly GapReason[] {
    const files = filesIn(readFileSync(join(out, SERVER, 'coverage.jsonl'), 'utf8'))
    const file = files.find((each) => each.path === path)
    assert.ok(file, `${path} is not listed`)
    return file.gaps.map(({ reason }) => reason)
  }
})
