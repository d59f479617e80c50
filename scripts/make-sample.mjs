// Writes samples/server, the evidence that `npm start` assesses, from scripts/sample-server.yml, and samples/benign, the
// ordinary days that `postern packs check` reads, from scripts/benign-server.yml.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundled, sampleFiles } from '../tools/simulator/sample.ts'

for (const name of Object.keys(bundled)) {
  const folder = fileURLToPath(new URL(`../samples/${name}`, import.meta.url))
  rmSync(folder, { recursive: true, force: true })
  let bytes = 0
  for (const file of sampleFiles(name)) {
    const path = join(folder, ...file.path.split('/'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, file.bytes)
    bytes += file.bytes.length
  }
  console.log(`${folder}: ${bytes} bytes`)
}
