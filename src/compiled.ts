import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { builtAt } from './lib/built.ts'
import type { Compiled, RuleDocuments } from './rules/engine.ts'
import type { Entry, Tree } from './rules/sigma/tree.ts'

/** What was found out about rules and packs. `packs`: the content of each `pack.yml`, by the digest of its text. */
export type CompiledPacks = Compiled & { readonly packs: ReadonlyMap<string, unknown> }

/**
 * What the build found out about the packs that ship. A text that was changed since has another digest and is read and
 * judged anew; so is everything where the program was not built.
 */
const shipped = ['./compiled.jsonl', '../dist/compiled.jsonl']

/** Line by line: the text whole and all that is parsed of it at once would take 20 MB in every thread. */
export function readCompiled(file = builtAt(shipped, import.meta.url)): CompiledPacks {
  const read = { documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map(), packs: new Map() }
  if (file && existsSync(file)) {
    for (const line of linesOf(file)) {
      const [part, digest, value] = JSON.parse(line) as [keyof typeof read, string, unknown]
      read[part].set(digest, part === 'documents' ? documentsOf(value as Written) : value)
    }
  }
  return read
}

/** What a sound rule asks is written as a text of its own: of most rules nobody ever wants to know. */
type Later = { readonly key: string; readonly at: number; readonly later: string }
type TreeOf<Each> =
  | Exclude<Tree, { readonly is: 'map' }>
  | (Omit<Tree & { is: 'map' }, 'entries'> & { readonly entries: readonly Each[] })
type Written = { readonly trees: readonly TreeOf<Entry | Later>[]; readonly isSound: boolean }

function withEntries<From, To>(trees: readonly TreeOf<From>[], change: (entry: From) => To): readonly TreeOf<To>[] {
  return trees.map((tree) => (tree.is === 'map' ? { ...tree, entries: tree.entries.map(change) } : tree))
}

function written({ trees, isSound }: RuleDocuments): Written {
  if (!isSound) return { trees, isSound }
  const later = (entry: Entry): Entry | Later =>
    entry.key === 'detection' ? { key: entry.key, at: entry.at, later: JSON.stringify(entry.value) } : entry
  return { trees: withEntries(trees, later), isSound }
}

function documentsOf({ trees, isSound }: Written): RuleDocuments {
  const now = (entry: Entry | Later): Entry => {
    if (!('later' in entry)) return entry
    const { key, at, later } = entry
    return {
      key,
      at,
      get value() {
        return JSON.parse(later) as Tree
      },
    }
  }
  return { trees: withEntries(trees, now), isSound }
}

/** The text of such a file: a line for each thing that was found out. */
export function compiledLines({ documents, regexes, yara, packs }: CompiledPacks): string {
  const texts = new Map([...documents].map(([digest, read]) => [digest, written(read)]))
  const lines = Object.entries({ documents: texts, regexes, yara, packs }).flatMap(([part, found]) =>
    [...found].map(([digest, value]) => JSON.stringify([part, digest, value])),
  )
  return lines.map((line) => `${line}\n`).join('')
}

function* linesOf(path: URL): Generator<string> {
  const file = openSync(path, 'r')
  try {
    let [buffer, used] = [Buffer.allocUnsafeSlow(64 * 1024), 0]
    for (;;) {
      const got = readSync(file, buffer, used, buffer.length - used, null)
      if (got === 0) return
      used += got
      let from = 0
      for (let to = buffer.indexOf(LF); to >= 0 && to < used; to = buffer.indexOf(LF, from)) {
        yield buffer.toString('utf8', from, to)
        from = to + 1
      }
      buffer.copyWithin(0, from, used)
      used -= from
      if (used === buffer.length) buffer = Buffer.concat([buffer], 2 * used)
    }
  } finally {
    closeSync(file)
  }
}

const LF = 10

export const noneCompiled: CompiledPacks = {
  documents: new Map(),
  regexes: new Map(),
  yara: new Map(),
  refused: new Map(),
  packs: new Map(),
}

/** Both together; what the second says counts more. */
export function merged(a: CompiledPacks, b: CompiledPacks | undefined): CompiledPacks {
  if (!b) return a
  return {
    documents: new Map([...a.documents, ...b.documents]),
    regexes: new Map([...a.regexes, ...b.regexes]),
    yara: new Map([...a.yara, ...b.yara]),
    refused: new Map([...a.refused, ...b.refused]),
    packs: new Map([...a.packs, ...b.packs]),
  }
}
