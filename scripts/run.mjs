// Makes the working copy ready and runs the program in it: what `npm start` and `node postern.mjs` share.
import childProcess from 'child_process'
import path from 'path'
import { bringPackages, build, newNode, root, stop } from './ready.mjs'

/** Brings the packages, builds, and returns the Node that runs the program. */
export function makeReady() {
  bringPackages()
  const node = newNode()
  if (build(node) !== 0) stop('The build failed: see the messages above.')
  return node
}

/** Runs the program; its exit status. */
export function postern(node, options, cwd) {
  const main = path.join(root, 'dist', 'cli', 'main.js')
  const done = childProcess.spawnSync(node, [main].concat(options), { cwd: cwd, stdio: 'inherit' })
  if (done.error) stop(`${node} cannot be started: ${done.error.message}`)
  return done.status === null ? 1 : done.status
}
