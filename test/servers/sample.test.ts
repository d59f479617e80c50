import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { decode, sensitive } from '../../tools/simulator/encoded.ts'
import { bundled, sampleFiles } from '../../tools/simulator/sample.ts'

/** What a file holds; compressed bytes may differ from one zlib to the next. */
function content(path: string, bytes: Buffer): Buffer {
  if (path.endsWith('.gz')) return gunzipSync(bytes)
  return path.endsWith('.enc') ? decode(bytes.toString('latin1')) : bytes
}

for (const name of Object.keys(bundled) as (keyof typeof bundled)[]) {
  const folder = fileURLToPath(new URL(`../../samples/${name}`, import.meta.url))
  const lying = (readdirSync(folder, { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()

  void it(`samples/${name} is what scripts/make-sample.mjs makes`, () => {
    const made = sampleFiles(name)
    assert.deepEqual(lying, made.map(({ path }) => path).sort())
    for (const { path, bytes } of made) {
      assert.ok(content(path, bytes).equals(content(path, readFileSync(join(folder, path)))), path)
    }
  })

  void it(`samples/${name} is small, and holds no page in the open`, () => {
    const sizes = lying.map((path) => statSync(join(folder, path)).size)
    assert.ok(sizes.reduce((a, b) => a + b, 0) < 1_500_000)
    for (const path of lying) assert.ok(!sensitive(readFileSync(join(folder, path), 'latin1')), path)
  })
}
