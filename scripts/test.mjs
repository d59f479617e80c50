// `npm test`: types, format, lint, build and the tests that are quick; `npm run test:all`: build and all other tests
// (scripts/levels.mjs says which). With arguments: only these tests. Each ends with `N passed, N failed`.
import childProcess from 'child_process'
import fs from 'fs'
import os from 'os'
import path from 'path'
import { inTenths, long } from './levels.mjs'
import { bringEngines, bringPackages, build, filesIn, newNode, root, say, stop } from './ready.mjs'

const join = path.join

bringPackages()
const node = newNode()
const args = process.argv.slice(2)
const isRest = args[0] === '--rest'
if (isRest) bringEngines()
const only = isRest ? args.slice(1) : args
const counts = { passed: 0, failed: 0, skipped: 0 }
/** What one run finds out for the next: types of files, and code as Node has compiled it. Each entry names what it is of. */
const cache = join(root, 'node_modules', '.cache', 'postern')

const all = filesIn(join(root, 'test')).filter((file) => file.endsWith('.test.ts'))
const nameOf = (file) => path.relative(join(root, 'test'), file).split(path.sep).join('/')
const isQuick = (file) => !(nameOf(file) in long)
const isOfLevel = (file) => (isRest ? !isQuick(file) || inTenths.includes(nameOf(file)) : isQuick(file))
/** Checks that run beside the tests, each as a command of a package. */
const checks = [
  ...['tsconfig.json', 'web/tsconfig.json', 'test/web/tsconfig.json'].map((project) => ({
    name: `types of ${project}`,
    command: ['typescript/bin/tsc', '-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile'].concat(
      join(cache, `${project.replace(/\W/g, '-')}.tsbuildinfo`),
    ),
  })),
  { name: 'format', command: ['@biomejs/biome/bin/biome', 'format', '.'] },
  {
    name: 'lint',
    command: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings', 'src', 'web', 'test', 'tools', 'scripts'],
  },
]

void testAll()

async function testAll() {
  count('build', build(node) === 0)
  const checked = only.length === 0 && !isRest ? checkAll() : null
  await tests(only.length > 0 ? only : all.filter(isOfLevel))
  await checked
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
  process.exitCode = counts.failed > 0 ? 1 : 0
}

function count(name, isGood) {
  if (isGood) counts.passed++
  else {
    counts.failed++
    say(`FAILED: ${name}`)
  }
}

/** One check after the other, beside the tests; what one says is shown where it fails. */
async function checkAll() {
  for (const { name, command } of checks) {
    const [file, ...options] = command
    const { status, said } = await ended(
      [join(root, 'node_modules', ...file.split('/')), ...options],
      ['ignore', 'pipe', 'pipe'],
    )
    if (status !== 0) say(said)
    count(name, status === 0)
  }
}

/** Runs a script by the Node of the packages to its end. */
function ended(options, stdio, more = {}) {
  return new Promise((resolve) => {
    const child = childProcess.spawn(node, options, { cwd: root, stdio, ...more })
    const said = []
    for (const stream of [child.stdout, child.stderr]) if (stream) stream.on('data', (bytes) => said.push(bytes))
    child.on('error', ({ message }) => resolve({ status: 1, said: message }))
    child.on('close', (status) => resolve({ status, said: Buffer.concat(said).toString() }))
  })
}

async function tests(files) {
  if (files.length === 0) stop('There is no test to run.')
  say('\ntests')
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'postern-test-'))
  const tap = join(folder, 'tap')
  const reporters = ['dot', 'stderr', 'tap', tap].map(
    (value, i) => `--test-reporter${i % 2 ? '-destination' : ''}=${value}`,
  )
  const names = files.map((file) => path.relative(root, file))
  const scratch = inMemory()
  // Tests make many objects that live for a moment: with more room for them fewer are copied.
  const options = ['--max-semi-space-size=64', '--test', '--test-concurrency=2']
  const done = await ended([...options, ...reporters, ...names], ['ignore', 2, 2], {
    // A test that runs under another test's runner reports to that one.
    env: Object.assign(
      {},
      process.env,
      {
        NODE_TEST_CONTEXT: undefined,
        NODE_COMPILE_CACHE: join(cache, 'code'),
        POSTERN_CASES: isRest || only.length > 0 ? 'all' : 'tenth',
      },
      scratch === null ? {} : { TMPDIR: scratch },
    ),
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
