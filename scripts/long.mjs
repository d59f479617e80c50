// `npm run long`: the suites that take too long for every change, test/**/*.long.ts. With arguments: only these files.
// FUZZ_SECONDS (60) is the time for each target of test/fuzz, FUZZ_TARGETS a list of names to fuzz only these.
import { spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { bringEngines, bringPackages, build, filesIn, newNode, root, stop } from './ready.mjs'

bringPackages()
bringEngines()
const node = newNode()
const suites = filesIn(join(root, 'test')).filter((file) => file.endsWith('.long.ts'))
if (suites.length === 0) stop('There are no long suites yet: a file test/…/NAME.long.ts is one. Nothing was run.')
if (build(node) !== 0) stop('The build failed.')
const given = process.argv.slice(2)
const names = given.length > 0 ? given : suites.map((file) => relative(root, file))
process.exitCode =
  spawnSync(node, ['--test', '--test-concurrency=1', ...names], { cwd: root, stdio: 'inherit' }).status ?? 1
