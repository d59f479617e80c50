import { existsSync, readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { builtAt } from '../lib/build-output.ts'
import type { Compiled, RuleDocuments } from '../rules/rule.ts'
import type { YamlEntry, Tree } from '../rules/sigma/yaml-tree.ts'

/** What was found out about rules and packs. `packs`: the content of each `pack.yml`, by the digest of its text. */
export type CompiledPacks = Compiled & { readonly packs: ReadonlyMap<string, unknown> }

/**
 * What the build found out about the packs that ship. A text that was changed since has another digest and is read and
 * judged anew; so is everything where the program was not built.
 */
const shipped = ['../compiled.rules', '../../dist/compiled.rules']

/** Block by block: the text whole and all that is parsed of it at once would take 20 MB in every thread. */
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

/** The condition of a sound rule is stored as a text of its own: for most rules it is never read. */
type Later = { readonly key: string; readonly at: number; readonly later: string }
type TreeOf<Each> =
  | Exclude<Tree, { readonly is: 'map' }>
  | (Omit<Tree & { is: 'map' }, 'entries'> & { readonly entries: readonly Each[] })
type Written = { readonly trees: readonly TreeOf<YamlEntry | Later>[]; readonly isSound: boolean }

function withEntries<From, To>(trees: readonly TreeOf<From>[], change: (entry: From) => To): readonly TreeOf<To>[] {
  return trees.map((tree) => (tree.is === 'map' ? { ...tree, entries: tree.entries.map(change) } : tree))
}

function written({ trees, isSound }: RuleDocuments): Written {
  if (!isSound) return { trees, isSound }
  const later = (entry: YamlEntry): YamlEntry | Later =>
    entry.key === 'detection' ? { key: entry.key, at: entry.at, later: JSON.stringify(entry.value) } : entry
  return { trees: withEntries(trees, later), isSound }
}

function documentsOf({ trees, isSound }: Written): RuleDocuments {
  const now = (entry: YamlEntry | Later): YamlEntry => {
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

/** Characters of a block, before it is packed. */
const BLOCK = 65_536

/**
 * The bytes of such a file: a line of JSON for each thing that was found out, packed in blocks with their length in front.
 * In the open the texts of rules look like what they search for, and antivirus takes the file away.
 */
export function compiledFile({ documents, regexes, yara, packs }: CompiledPacks): Buffer {
  const texts = new Map([...documents].map(([digest, read]) => [digest, written(read)]))
  const blocks: Buffer[] = []
  let text = ''
  const close = (): void => {
    const packed = deflateRawSync(text)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(packed.length)
    blocks.push(length, packed)
    text = ''
  }
  for (const [part, found] of Object.entries({ documents: texts, regexes, yara, packs }))
    for (const [digest, value] of found) {
      text += `${JSON.stringify([part, digest, value])}\n`
      if (text.length >= BLOCK) close()
    }
  if (text !== '') close()
  return Buffer.concat(blocks)
}

function* linesOf(path: URL): Generator<string> {
  const bytes = readFileSync(path)
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at)
    for (const line of inflateRawSync(bytes.subarray(at + 4, end))
      .toString('utf8')
      .split('\n'))
      if (line !== '') yield line
    at = end
  }
}

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
