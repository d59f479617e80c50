import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node as YamlNode,
} from 'yaml'
import { broken, quoted, RuleProblem } from './problem.ts'

/** A YAML value with its place in the file, so that every message can say where. */
export type Tree =
  | { readonly is: 'map'; readonly at: number; readonly entries: readonly Entry[] }
  | { readonly is: 'list'; readonly at: number; readonly items: readonly Tree[] }
  | Scalar
export type Entry = { readonly key: string; readonly at: number; readonly value: Tree }
export type Scalar = {
  readonly is: 'scalar'
  readonly at: number
  readonly value: string | number | boolean | null
  /** As it is written: `0x1F` where the value is 31. */
  readonly source: string
}

export type Loaded = {
  /** One a document; of a document that cannot be read, the problem. */
  readonly documents: readonly (Tree | RuleProblem)[]
  place(offset: number): { line: number; column: number }
}

const TEXT_LIMIT = 16 * 1024 * 1024
const ALIASES = 100
const NODES = 1_000_000
const DEPTH = 64

/** Reads every document of a YAML file (1.2 core schema). Duplicate keys are an error; aliases are bounded. */
export function readYaml(text: string): Loaded {
  const counter = new LineCounter()
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (text.length > TEXT_LIMIT) return { documents: [broken(`a rule file of ${text.length} characters`, 0)], place }
  try {
    // Duplicate keys are looked for below: the parser's own check takes quadratic time.
    const parsed = parseAllDocuments(text, {
      version: '1.2',
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: counter,
    })
    return { documents: [...parsed].map(readDocument).filter((tree) => tree !== null), place }
  } catch (error) {
    // The parser calls itself once for each level.
    if (!(error instanceof RangeError)) throw error
    return { documents: [broken('nested too deep', 0)], place }
  }
}

function readDocument(doc: Document.Parsed): Tree | RuleProblem | null {
  const error = doc.errors[0]
  if (error) return broken(`not valid YAML: ${error.message.split('\n')[0]}`, error.pos[0])
  if (!doc.contents || (isScalar(doc.contents) && doc.contents.value === null)) return null
  try {
    return new TreeReader(doc).read(doc.contents, 0)
  } catch (problem) {
    if (problem instanceof RuleProblem) return problem
    throw problem
  }
}

class TreeReader {
  readonly #doc: Document.Parsed
  #aliases = 0
  #nodes = 0

  constructor(doc: Document.Parsed) {
    this.#doc = doc
  }

  read(node: unknown, depth: number, from = 0): Tree {
    const at = (node as YamlNode | null)?.range?.[0] ?? from
    if (++this.#nodes > NODES) throw broken(`more than ${NODES} values`, at)
    if (depth > DEPTH) throw broken(`nested more than ${DEPTH} deep`, at)
    if (isAlias(node)) return this.#alias(node, depth, at)
    if (isMap(node)) return { is: 'map', at, entries: this.#entries(node.items, depth, at) }
    if (isSeq(node)) return { is: 'list', at, items: node.items.map((item) => this.read(item, depth + 1, at)) }
    if (node === null) return { is: 'scalar', at, value: null, source: '' }
    if (!isScalar(node)) throw broken('a value of no known kind', at)
    const { value } = node
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      throw broken('a value that is no text, number or boolean', at)
    return { is: 'scalar', at, value: value as Scalar['value'], source: node.source ?? String(value) }
  }

  #alias(node: Alias, depth: number, at: number): Tree {
    if (++this.#aliases > ALIASES) throw broken(`more than ${ALIASES} aliases`, at)
    const target = node.resolve(this.#doc)
    if (!target) throw broken('an alias of an anchor that does not exist', at)
    return this.read(target, depth + 1, at)
  }

  #entries(pairs: readonly { key: unknown; value: unknown }[], depth: number, from: number): Entry[] {
    const seen = new Set<string>()
    return pairs.map((pair) => {
      const key = this.read(pair.key, depth + 1, from)
      if (key.is !== 'scalar') throw broken('a key that is no text', key.at)
      const name = key.value === null ? key.source : String(key.value)
      if (name === '<<') throw broken('merge keys ("<<") do not belong to YAML 1.2', key.at)
      if (seen.has(name)) throw broken(`the key ${quoted(name)} stands here twice`, key.at)
      seen.add(name)
      return { key: name, at: key.at, value: this.read(pair.value, depth + 1, key.at) }
    })
  }
}

/** The value under a key of a map. */
export function entry(tree: Tree, key: string): Entry | undefined {
  return tree.is === 'map' ? tree.entries.find((e) => e.key === key) : undefined
}

/** The text of a scalar that is not null, else undefined. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.is !== 'scalar' || tree.value === null) return undefined
  return typeof tree.value === 'string' ? tree.value : tree.source
}

/** The texts of a list of scalars, or of one scalar. */
export function textsOf(tree: Tree | undefined): string[] {
  const items = tree?.is === 'list' ? tree.items : tree ? [tree] : []
  return items.map(textOf).filter((text) => text !== undefined)
}
