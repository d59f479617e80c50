// `npm test`: types, format, lint, build and every test; ends with `N passed, N failed`. With arguments: only these tests.
import childProcess from 'child_process'
import fs from 'fs'
import os from 'os'
import path from 'path'
import { bringPackages, build, filesIn, newNode, root, say, stop, tool } from './ready.mjs'

const join = path.join

bringPackages()
const node = newNode()
const only = process.argv.slice(2)
const counts = { passed: 0, failed: 0, skipped: 0 }

if (only.length === 0) {
  for (const project of ['tsconfig.json', 'web/tsconfig.json', 'test/web/tsconfig.json'])
    step(`types of ${project}`, () => tool(node, 'typescript/bin/tsc', ['-p', project, '--noEmit']))
  step('format', () => tool(node, '@biomejs/biome/bin/biome', ['format', '.']))
  step('lint', () =>
    tool(node, 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', 'src', 'web', 'test', 'tools', 'scripts']),
  )
}
step('build', () => build(node))
tests(only.length > 0 ? only : filesIn(join(root, 'test')).filter((file) => file.endsWith('.test.ts')))

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exitCode = counts.failed > 0 ? 1 : 0

function step(name, check) {
  say(`\n${name}`)
  if (check() === 0) counts.passed++
  else {
    counts.failed++
    say(`FAILED: ${name}`)
  }
}

function tests(files) {
  if (files.length === 0) stop('There is no test to run.')
  say('\ntests')
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'postern-test-'))
  const tap = join(folder, 'tap')
  const reporters = ['dot', 'stderr', 'tap', tap].map(
    (value, i) => `--test-reporter${i % 2 ? '-destination' : ''}=${value}`,
  )
  const names = files.map((file) => path.relative(root, file))
  const scratch = inMemory()
  const done = childProcess.spawnSync(node, ['--test', '--test-concurrency=2', ...reporters, ...names], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // A test that runs under another test's runner reports to that one.
    env: Object.assign({}, process.env, { NODE_TEST_CONTEXT: undefined }, scratch === null ? {} : { TMPDIR: scratch }),
  })
  if (scratch !== null) fs.rmSync(scratch, { recursive: true, force: true })
  const failedBefore = counts.failed
  read(fs.readFileSync(tap, 'utf8'))
  fs.rmSync(folder, { recursive: true })
  // A file that could not even be loaded, or a runner that died, is a failure too.
  if (done.status !== 0 && counts.failed === failedBefore) counts.failed++
}

/**
 * A folder in memory for what tests write: miniature servers have tens of thousands of small files, and to make them on a disk
 * takes as long as to judge them. Null where there is none, or little room in it.
 */
function inMemory() {
  try {
    const { bavail, bsize } = fs.statfsSync('/dev/shm')
    if (bavail * bsize < 4 * 2 ** 30) return null
    const folder = fs.mkdtempSync('/dev/shm/postern-test-')
    // Some tests look from another account.
    fs.chmodSync(folder, 0o755)
    return folder
  } catch {
    return null
  }
}

/** The sums at the end of the report. */
function read(tap) {
  const sum = (name) => {
    const found = new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)
    return found === null ? 0 : Number(found[1])
  }
  counts.passed += sum('pass')
  counts.failed += sum('fail') + sum('cancelled')
  counts.skipped += sum('skipped') + sum('todo')
}
