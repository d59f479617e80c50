import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { sampleFiles, type SampleKind } from '../../src/run/pack-samples.ts'
import { encode, sensitive } from '../../tools/simulator/encoded.ts'
import { binarySamples } from '../../tools/writers/binary-samples.ts'
import { programSamples } from '../../tools/writers/program-samples.ts'

const packs = join(import.meta.dirname, '../../packs')

// To write them anew: UPDATE=1 node --test test/packs/binary-samples.test.ts
for (const [path, make] of Object.entries({ ...binarySamples, ...programSamples })) {
  test(`${path} is what its description makes`, () => {
    const bytes = make()
    const live = sensitive(bytes.toString('latin1')) || existsSync(join(packs, `${path}.enc`))
    const file = fileOf(live ? `${path}.enc` : path)
    if (process.env.UPDATE) {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, live ? encode(bytes) : bytes)
    }
    assert.ok(readFileSync(file).equals(live ? Buffer.from(encode(bytes)) : bytes))
  })
}

/** Where the bytes of a sample lie: what several samples have in common stands once. */
function fileOf(path: string): string {
  const [, pack, rule, kind, below] = /^([^/]+)\/samples\/rules\/([^/]+)\/(fire|quiet)\/(.+)$/.exec(path)!
  const samples = { pack: join(packs, pack!), rule: rule!, kind: kind as SampleKind }
  return sampleFiles(samples).find((one) => one.path === below)?.file ?? join(packs, path)
}
