// `npm run bench -- [NAME…] [MB] [--rounds N]`: how fast Postern is, of each kind of evidence or of those named, beside
// other tools where they are installed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bringPackages, build, newNode, root, stop } from './ready.mjs'

/** What is measured: rows of text logs, small files, unique values and event logs of a server, rows of EWS and MAPI over HTTP, records of audit logs of a tenant, records of an event log, entries of a $MFT, registry hives, files of a web root. */
const benches = {
  text: (node, megabytes) => module(node, 'test/bench/text.ts', megabytes ?? 2000, ...rounds),
  server: (node) => module(node, 'test/bench/server.ts', ...rounds),
  mail: (node, megabytes) => module(node, 'test/bench/mail.ts', megabytes ?? 1500, ...rounds),
  cloud: (node, megabytes) => module(node, 'test/bench/cloud.ts', megabytes ?? 1500, ...rounds),
  evtx: (node, megabytes) => module(node, 'test/bench/evtx.ts', megabytes ?? 32),
  mft: (node, megabytes) => module(node, 'test/bench/mft.ts', (megabytes ?? 200) * 1000),
  registry: (node, megabytes) => module(node, 'test/bench/registry.ts', megabytes ?? 64),
  webroot: (node, megabytes) => module(node, 'scripts/bench/webroot.mjs', (megabytes ?? 220) * 91),
}

const given = process.argv.slice(2)
const at = given.indexOf('--rounds')
/** How often each line of the text logs is measured. */
const rounds = at < 0 ? [] : given.splice(at, 2)
const last = Number(given.at(-1))
const megabytes = Number.isNaN(last) ? undefined : last
const names = given.slice(0, megabytes === undefined ? given.length : -1)
const unknown = names.find((name) => !(name in benches))
if (unknown !== undefined || !(megabytes === undefined || (megabytes > 0 && megabytes <= 100_000)))
  stop(`usage: npm run bench -- [${Object.keys(benches).join('|')}…] [MEGABYTES] [--rounds N]`)
bringPackages()
const node = newNode()
if (build(node) !== 0) stop('The build failed.')
for (const [name, bench] of Object.entries(benches)) {
  if (names.length === 0 || names.includes(name)) bench(node, megabytes)
}

/** A measurement that works on the modules themselves, without the command line. */
function module(node, file, ...options) {
  const done = spawnSync(node, [join(root, file), ...options.map(String)], { stdio: 'inherit' })
  if (done.status !== 0) process.exitCode = 1
}
