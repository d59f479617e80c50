// `npm start`: makes everything ready and assesses the bundled sample. `npm start -- assess PATH …` passes the arguments
// and the exit status on.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bringPackages, build, newNode, root, sample, say, stop } from './ready.mjs'

/** What a run writes for each server. */
const WRITTEN = ['assessment.json', 'findings.jsonl', 'coverage.jsonl', 'report.html', 'run.json']

bringPackages()
const node = newNode()
if (build(node) !== 0) stop('The build failed: see the messages above.')

const args = process.argv.slice(2)
process.exitCode = args.length > 0 ? postern(args, process.env.INIT_CWD ?? process.cwd()) : assessSample()

function assessSample() {
  if (!existsSync(sample)) stop(`The bundled sample is missing: there is nothing at ${sample}.`)
  const out = freeFolder()
  say(`Assessing the bundled sample, an invented server (${sample}).`)
  const status = postern(['assess', sample, '--out', out], root)
  // The sample's verdict is no failure of the start; that the run failed is.
  if (status === 1 || status === 2 || status > 5) return status
  process.stdout.write('Your own server: npm start -- assess FOLDER-OR-ZIP --out RESULTS\n')
  return 0
}

function postern(options, cwd) {
  const done = spawnSync(node, [join(root, 'dist', 'cli', 'main.js'), ...options], { cwd, stdio: 'inherit' })
  if (done.error) stop(`${node} cannot be started: ${done.error.message}`)
  return done.status ?? 1
}

/** `postern-out`, when it is free or holds a former run of the sample and nothing else; else the next that is. */
function freeFolder() {
  for (let n = 1; ; n++) {
    const folder = join(root, n === 1 ? 'postern-out' : `postern-out-${n}`)
    if (!existsSync(folder) || (lstatSync(folder).isDirectory() && readdirSync(folder).length === 0)) return folder
    if (holdsOnlySample(folder)) {
      rmSync(folder, { recursive: true })
      return folder
    }
  }
}

/** Only what a run of the sample writes may be replaced: anything else in the folder is somebody's. */
function holdsOnlySample(folder) {
  if (!lstatSync(folder).isDirectory()) return false
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => !(entry.isFile() && entry.name === 'summary.json'),
  )
  return entries.length > 0 && entries.every((entry) => entry.isDirectory() && isSampleServer(join(folder, entry.name)))
}

function isSampleServer(folder) {
  const inside = readdirSync(folder, { withFileTypes: true })
  return inside.every((file) => file.isFile() && WRITTEN.includes(file.name)) && isSampleRun(join(folder, 'run.json'))
}

function isSampleRun(file) {
  try {
    const { evidence } = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(evidence) && evidence.length === 1 && resolve(evidence[0]) === resolve(sample)
  } catch {
    return false
  }
}
