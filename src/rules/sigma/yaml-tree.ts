import type * as Yaml from 'yaml'
import { yamlPackage } from '../../lib/yaml.ts'
import { broken, quoteRuleText, RuleProblem } from './rule-problem.ts'

/** A YAML value with its place in the file, so that every message can say where. */
export type Tree =
  | { readonly is: 'map'; readonly at: number; readonly entries: readonly YamlEntry[] }
  | { readonly is: 'list'; readonly at: number; readonly items: readonly Tree[] }
  | YamlScalar
export type YamlEntry = { readonly key: string; readonly at: number; readonly value: Tree }
export type YamlScalar = {
  readonly is: 'scalar'
  readonly at: number
  readonly value: string | number | boolean | null
  /** As it is written, where that is another text: `0x1F` where the value is 31. */
  readonly source?: string
}

/** The documents of a file; of a document that cannot be read, the problem. */
export type Documents = readonly (Tree | RuleProblem)[]

const TEXT_LIMIT = 16 * 1024 * 1024
const ALIASES = 100
const NODES = 1_000_000
const DEPTH = 64

/** Reads every document of a YAML file (1.2 core schema). Duplicate keys are an error; aliases are bounded. */
export function readYaml(text: string): Documents {
  if (text.length > TEXT_LIMIT) return [broken(`a rule file of ${text.length} characters`, 0)]
  const yaml = yamlPackage()
  try {
    // Duplicate keys are looked for below: the parser's own check takes quadratic time.
    const parsed = yaml.parseAllDocuments(text, { version: '1.2', uniqueKeys: false, prettyErrors: false })
    return [...parsed].map((doc) => readDocument(doc, yaml)).filter((tree) => tree !== null)
  } catch (error) {
    // The parser calls itself once for each level.
    if (!(error instanceof RangeError)) throw error
    return [broken('nested too deep', 0)]
  }
}

function readDocument(doc: Yaml.Document.Parsed, yaml: typeof Yaml): Tree | RuleProblem | null {
  const error = doc.errors[0]
  if (error) return broken(`not valid YAML: ${error.message.split('\n')[0]}`, error.pos[0])
  if (!doc.contents || (yaml.isScalar(doc.contents) && doc.contents.value === null)) return null
  try {
    return new TreeReader(doc, yaml).read(doc.contents, 0)
  } catch (problem) {
    if (problem instanceof RuleProblem) return problem
    throw problem
  }
}

class TreeReader {
  readonly #doc: Yaml.Document.Parsed
  readonly #yaml: typeof Yaml
  #aliases = 0
  #nodes = 0

  constructor(doc: Yaml.Document.Parsed, yaml: typeof Yaml) {
    this.#doc = doc
    this.#yaml = yaml
  }

  read(node: unknown, depth: number, from = 0): Tree {
    const at = (node as Yaml.Node | null)?.range?.[0] ?? from
    if (++this.#nodes > NODES) throw broken(`more than ${NODES} values`, at)
    if (depth > DEPTH) throw broken(`nested more than ${DEPTH} deep`, at)
    const { isAlias, isMap, isScalar, isSeq } = this.#yaml
    if (isAlias(node)) return this.#alias(node, depth, at)
    if (isMap(node)) return { is: 'map', at, entries: this.#entries(node.items, depth, at) }
    if (isSeq(node)) return { is: 'list', at, items: node.items.map((item) => this.read(item, depth + 1, at)) }
    if (node === null) return scalarOf(at, null, '')
    if (!isScalar(node)) throw broken('a value of no known kind', at)
    const { value } = node
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      throw broken('a value that is no text, number or boolean', at)
    return scalarOf(at, value as YamlScalar['value'], node.source ?? String(value))
  }

  #alias(node: Yaml.Alias, depth: number, at: number): Tree {
    if (++this.#aliases > ALIASES) throw broken(`more than ${ALIASES} aliases`, at)
    const target = node.resolve(this.#doc)
    if (!target) throw broken('an alias of an anchor that does not exist', at)
    return this.read(target, depth + 1, at)
  }

  #entries(pairs: readonly { key: unknown; value: unknown }[], depth: number, from: number): YamlEntry[] {
    const seen = new Set<string>()
    return pairs.map((pair) => {
      const key = this.read(pair.key, depth + 1, from)
      if (key.is !== 'scalar') throw broken('a key that is no text', key.at)
      const name = key.value === null ? sourceOf(key) : String(key.value)
      if (name === '<<') throw broken('merge keys ("<<") do not belong to YAML 1.2', key.at)
      if (seen.has(name)) throw broken(`the key ${quoteRuleText(name)} stands here twice`, key.at)
      seen.add(name)
      return { key: name, at: key.at, value: this.read(pair.value, depth + 1, key.at) }
    })
  }
}

function scalarOf(at: number, value: YamlScalar['value'], source: string): YamlScalar {
  return { is: 'scalar', at, value, ...(source === String(value) ? {} : { source }) }
}

/** How a scalar is written. */
export function sourceOf({ value, source = String(value) }: YamlScalar): string {
  return source
}

/** The value under a key of a map. */
export function entry(tree: Tree, key: string): YamlEntry | undefined {
  return tree.is === 'map' ? tree.entries.find((e) => e.key === key) : undefined
}

/** The text of a scalar that is not null, else undefined. */
export function yamlText(tree: Tree | undefined): string | undefined {
  if (tree?.is !== 'scalar' || tree.value === null) return undefined
  return typeof tree.value === 'string' ? tree.value : sourceOf(tree)
}

/** The texts of a list of scalars, or of one scalar. */
export function textsOf(tree: Tree | undefined): string[] {
  const items = tree?.is === 'list' ? tree.items : tree ? [tree] : []
  return items.map(yamlText).filter((text) => text !== undefined)
}
