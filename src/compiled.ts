import { existsSync, readFileSync } from 'node:fs'
import type { Compiled } from './rules/engine.ts'

/** What was found out about rules and packs. `packs`: the content of each `pack.yml`, by the digest of its text. */
export type CompiledPacks = Compiled & { readonly packs: ReadonlyMap<string, unknown> }

/**
 * What the build found out about the packs that ship. A text that was changed since has another digest and is read and
 * judged anew; so is everything where the program was not built.
 */
const shipped = new URL('./compiled.json', import.meta.url)

export function readCompiled(file: URL = shipped): CompiledPacks {
  const read = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, never>>) : {}
  return {
    documents: new Map(read.documents),
    regexes: new Map(read.regexes),
    yara: new Map(read.yara),
    packs: new Map(read.packs),
  }
}

/** The text of such a file. */
export function compiledJson(compiled: CompiledPacks): string {
  return JSON.stringify(compiled, (_, value: unknown) => (value instanceof Map ? [...value] : value))
}

/** Both together. */
export function merged(a: CompiledPacks, b: CompiledPacks | undefined): CompiledPacks {
  if (!b) return a
  return {
    documents: new Map([...a.documents, ...b.documents]),
    regexes: new Map([...a.regexes, ...b.regexes]),
    yara: new Map([...a.yara, ...b.yara]),
    packs: new Map([...a.packs, ...b.packs]),
  }
}
