// `npm start`: makes everything ready and assesses the bundled sample. `npm start -- assess PATH …` passes the arguments
// and the exit status on, as `node postern.mjs assess PATH …` does.
import childProcess from 'child_process'
import fs from 'fs'
import path from 'path'
import url from 'url'
import { root, sample, say, stop } from './ready.mjs'
import { makeReady, postern } from './run.mjs'
import { makeRoom } from './sample-results.mjs'

const join = path.join
/** Where the sample's results lie: a folder of its own, so that ./postern-out is free for those of the user. */
const SAMPLE_OUT = join(root, 'postern-sample')

/** Options of the program that npm, without `--` in front of them, takes for its own and passes on in the environment alone. */
const TAKEN_BY_NPM = [
  'out',
  'each',
  'join',
  'rules',
  'iocs',
  'baseline',
  'known',
  'campaign',
  'window',
  'timezone',
  'mask',
]

const args = process.argv.slice(2)
const taken = TAKEN_BY_NPM.filter((name) => process.env[`npm_config_${name}`] !== undefined)
if (taken.length > 0)
  stop(
    `npm has taken ${taken.map((name) => `--${name}`).join(', ')} for itself. Run it without npm: node postern.mjs assess FOLDER-OR-ZIP --out RESULTS`,
  )
const node = makeReady()
process.exitCode = args.length > 0 ? postern(node, args, process.env.INIT_CWD || process.cwd()) : assessSample()

function assessSample() {
  if (!fs.existsSync(sample)) stop(`The bundled sample is missing: there is nothing at ${sample}.`)
  const strange = makeRoom(SAMPLE_OUT, sample, reportNames())
  if (strange !== null)
    stop(
      `${SAMPLE_OUT} is for the results of the sample, and holds ${strange.join(', ')} besides. Move that elsewhere, and run npm start again.`,
    )
  say(`Assessing the bundled sample, an invented server (${sample}).`)
  const status = postern(node, ['assess', sample, '--out', SAMPLE_OUT], root)
  // The sample's verdict is no failure of the start; that the run failed is.
  if (status === 1 || status === 2 || status > 5) return status
  process.stdout.write('Your own server: node postern.mjs assess FOLDER-OR-ZIP --out RESULTS\n')
  return 0
}

/** Files that a run writes for each server, as the program has them. */
function reportNames() {
  const reports = url.pathToFileURL(join(root, 'dist', 'reports', 'index.js')).href
  const script = `import { always } from ${JSON.stringify(reports)}; console.log(JSON.stringify(always.map(({ file }) => file)))`
  const done = childProcess.spawnSync(node, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  return ['run.json'].concat(JSON.parse(done.stdout))
}
