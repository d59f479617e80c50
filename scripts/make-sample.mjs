// Writes samples/server, the evidence that `npm start` assesses, from scripts/sample-server.yml.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sampleFiles } from '../test/servers/sample.ts'

const folder = fileURLToPath(new URL('../samples/server', import.meta.url))
rmSync(folder, { recursive: true, force: true })
let bytes = 0
for (const file of sampleFiles()) {
  const path = join(folder, ...file.path.split('/'))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, file.bytes)
  bytes += file.bytes.length
}
console.log(`${folder}: ${bytes} bytes`)
