import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A small file of our own that a fuzz run begins with. */
export type Seed = { readonly name: string; readonly bytes: Buffer }

export const seed = (name: string, content: string | Buffer): Seed => ({ name, bytes: Buffer.from(content) })

/** Texts as seeds. */
export function texts(...all: readonly string[]): readonly Seed[] {
  return all.map((text, i) => seed(`text-${i + 1}`, text))
}

/** Those that fit; a reader that is new here begins with what there is. */
export function orAll(seeds: readonly Seed[], fits: (seed: Seed) => boolean): readonly Seed[] {
  const fitting = seeds.filter(fits)
  return fitting.length > 0 ? fitting : seeds.filter(({ bytes }) => bytes.length <= 4_096)
}

/** The files below `test/parsers/…/golden`, without what is expected of them. */
export function goldenSeeds(): readonly Seed[] {
  const tests = join(import.meta.dirname, '..', 'parsers')
  return readdirSync(tests, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:events|expected)\.json$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /[/\\]golden[/\\]/.test(path))
    .sort()
    .map((path) => seed(path.slice(tests.length + 1), readFileSync(path)))
}
