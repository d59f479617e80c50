// Makes docs/sample from the bundled server: the report, the page for the management and the notices, as `npm start` writes them.
//   node scripts/sample-report.mjs
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bringPackages, build, newNode, root, run, sample } from './ready.mjs'

bringPackages()
const node = newNode()
if (build(node) !== 0) process.exit(1)
const folder = mkdtempSync(join(tmpdir(), 'postern-sample-'))
try {
  const results = join(folder, 'results')
  const forms = ['management', 'notices'].flatMap((form) => ['--format', form])
  run(node, [join(root, 'dist', 'cli', 'main.js'), 'assess', sample, '--out', results, '--quiet', ...forms])
  const [server] = readdirSync(results).filter((name) => name !== 'summary.json')
  const to = join(root, 'docs', 'sample')
  mkdirSync(to, { recursive: true })
  for (const file of ['report.html', 'management.html', 'notices.html'])
    copyFileSync(join(results, server, file), join(to, file))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
