import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { encode, sensitive } from '../../tools/simulator/encoded.ts'
import { binarySamples } from '../../tools/writers/binary-samples.ts'
import { programSamples } from '../../tools/writers/program-samples.ts'

const packs = join(import.meta.dirname, '../../packs')

// To write them anew: UPDATE=1 node --test test/packs/binary-samples.test.ts
for (const [path, make] of Object.entries({ ...binarySamples, ...programSamples })) {
  test(`${path} is what its description makes`, () => {
    const bytes = make()
    const live = sensitive(bytes.toString('latin1')) || existsSync(join(packs, `${path}.enc`))
    const file = join(packs, live ? `${path}.enc` : path)
    if (process.env.UPDATE) {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, live ? encode(bytes) : bytes)
    }
    assert.ok(readFileSync(file).equals(live ? Buffer.from(encode(bytes)) : bytes))
  })
}
