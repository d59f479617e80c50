// Sigma rules, version 2. https://sigmahq.io/sigma-specification/
import type { BrokenRule } from '../../model/rule.ts'
import { sha256 } from '../../lib/hash.ts'
import { type TextPosition, placer } from '../../lib/file-positions.ts'
import type { Compiled, LoadedRules, RuleDocuments, RuleFile } from '../rule.ts'
import { RegexGuard } from '../safe-regex.ts'
import { withoutActions } from './actions.ts'
import { partsOf, readCorrelation } from './correlation.ts'
import { readDetection, readSource } from './detection.ts'
import { Filters } from './filters.ts'
import { readInfo, stem } from './metadata.ts'
import type { ModifierContext } from './modifiers.ts'
import { Nodes } from './correlation-graph.ts'
import { isPlaceholders, readPlaceholders } from './placeholders.ts'
import { broken, quoteRuleText, RuleProblem } from './rule-problem.ts'
import { SigmaRule } from './rule.ts'
import { every, type Test } from './predicate.ts'
import { entry, type Documents, readYaml, yamlText, type Tree } from './yaml-tree.ts'

/** Loads every rule of the files. What cannot be loaded is listed with its place and stops nothing. */
export function loadSigma(files: readonly RuleFile[], known: Partial<Compiled> = {}): LoadedRules {
  const loader = new Loader(known)
  for (const file of files) loader.file(file)
  return loader.finish()
}

type Loaded = {
  readonly file: RuleFile
  readonly digest: string
  readonly documents: Documents
  readonly isSound: boolean
  place(offset: number): TextPosition
}

class Loader {
  readonly #broken: BrokenRule[] = []
  readonly #rules: { readonly loaded: Loaded; readonly doc: Tree; readonly id: string; readonly alone: boolean }[] = []
  readonly #filters: { readonly loaded: Loaded; readonly doc: Tree }[] = []
  readonly #placeholders = new Map<string, readonly string[]>()
  readonly #nodes = new Nodes<Loaded>()
  readonly #ids = new Map<string, string>()
  readonly #known: Compiled['documents']
  readonly #documents = new Map<string, readonly Tree[]>()
  /** Digests of files of which a rule could not be read, or asks for placeholders: these may stand for other things elsewhere. */
  readonly #unsound = new Set<string>()
  readonly #guard: RegexGuard

  constructor(known: Partial<Compiled>) {
    this.#known = known.documents ?? new Map()
    this.#guard = new RegexGuard(known.regexes)
  }

  file(file: RuleFile): void {
    const digest = sha256(file.text)
    const loaded: Loaded = { file, digest, ...this.#read(file.text, digest), place: placer(file.text) }
    const documents = withoutActions(loaded.documents)
    if (documents.length === 0) return this.#fail(loaded, broken('the file holds no rule', 0))
    // The one document of a file that is no part of another is what the file is named after.
    const heads = headsOf(documents)
    documents.forEach((doc, i) => {
      if (doc instanceof RuleProblem) return this.#fail(loaded, doc)
      const alone = heads.length === 1 && heads[0] === doc
      this.#trying(loaded, () =>
        this.#document(loaded, doc, alone ? stem(file.path) : `${stem(file.path)}#${i + 1}`, alone),
      )
    })
  }

  /** Rules are read when all values of placeholders and all filters are known, correlations when all rules are. */
  finish(): LoadedRules {
    const filters = new Filters()
    for (const { loaded, doc } of this.#filters) {
      this.#trying(loaded, () => filters.add(doc, loaded.file, this.#given(loaded), this.#rules))
    }
    for (const { loaded, doc, id, alone } of this.#rules) {
      const node = { loaded, doc, id, name: nameOf(doc) }
      if (entry(doc, 'correlation')) {
        const draft = this.#trying(loaded, () => readCorrelation(doc))
        const info = this.#trying(loaded, () => readInfo(doc, id, loaded.file, alone))
        this.#nodes.add({ ...node, ...(draft && info ? { draft, info } : {}) })
      } else {
        const rule = this.#trying(loaded, () =>
          readRule(doc, id, loaded, alone, this.#given(loaded), filters.of(doc, id, loaded.file)),
        )
        this.#nodes.add({ ...node, ...(rule ? { rule } : {}) })
      }
    }
    const { events, correlations } = this.#nodes.resolved((node, problem) => this.#fail(node.loaded, problem))
    const documents = new Map<string, RuleDocuments>()
    for (const [digest, trees] of this.#documents) documents.set(digest, { trees, isSound: !this.#unsound.has(digest) })
    const compiled = { documents, regexes: this.#guard.found }
    return { events, correlations, scanners: [], broken: this.#broken, compiled }
  }

  #given({ digest }: Loaded): ModifierContext {
    const unsound = this.#unsound
    const placeholders = this.#placeholders
    return {
      guard: this.#guard,
      get placeholders() {
        unsound.add(digest)
        return placeholders
      },
    }
  }

  #trying<T>(loaded: Loaded, act: () => T): T | undefined {
    try {
      return act()
    } catch (problem) {
      if (!(problem instanceof RuleProblem)) throw problem
      this.#fail(loaded, problem)
      return undefined
    }
  }

  #read(text: string, digest: string): Pick<Loaded, 'documents' | 'isSound'> {
    const known = this.#known.get(digest)
    if (known) {
      // Whether they are sound is found out beside the files that they refer to.
      if (!known.isSound) this.#documents.set(digest, known.trees)
      return { documents: known.trees, isSound: known.isSound }
    }
    const before = this.#documents.get(digest)
    if (before) return { documents: before, isSound: false }
    const documents = readYaml(text)
    const trees = documents.filter((doc): doc is Tree => !(doc instanceof RuleProblem))
    if (trees.length === documents.length) this.#documents.set(digest, trees)
    return { documents, isSound: false }
  }

  #document(loaded: Loaded, doc: Tree, fallback: string, alone: boolean): void {
    if (doc.is !== 'map') throw broken('expected a map with title, logsource and detection', doc.at)
    if (isPlaceholders(doc)) return this.#values(doc)
    if (entry(doc, 'filter')) {
      this.#filters.push({ loaded, doc })
      return
    }
    const id = yamlText(entry(doc, 'id')?.value) ?? fallback
    if (!/^\P{C}{1,200}$/u.test(id))
      throw broken(`${quoteRuleText(id)} cannot be an id`, entry(doc, 'id')?.at ?? doc.at)
    const twin = this.#ids.get(id)
    if (twin !== undefined)
      throw broken(`the id ${id} is already that of a rule in ${twin}`, entry(doc, 'id')?.at ?? doc.at)
    this.#ids.set(id, loaded.file.path)
    this.#rules.push({ loaded, doc, id, alone })
  }

  #values(doc: Tree): void {
    for (const { name, values, at } of readPlaceholders(doc)) {
      if (this.#placeholders.has(name)) throw broken(`the placeholder ${quoteRuleText(name)} has values already`, at)
      this.#placeholders.set(name, values)
    }
  }

  #fail(loaded: Loaded, problem: RuleProblem): void {
    this.#unsound.add(loaded.digest)
    this.#broken.push({
      file: loaded.file.path,
      ...loaded.place(problem.at),
      reason: problem.reason,
      detail: problem.message,
    })
  }
}

function nameOf(doc: Tree): string | undefined {
  return yamlText(entry(doc, 'name')?.value)
}

/** Documents of a file that are rules, and that no correlation of the same file counts as a mere part. */
function headsOf(documents: Documents): Tree[] {
  const rules = documents.filter(
    (doc): doc is Tree => !(doc instanceof RuleProblem) && !isPlaceholders(doc) && !entry(doc, 'filter'),
  )
  const parts = new Set(rules.flatMap(partsOf))
  return rules.filter(
    (doc) => ![yamlText(entry(doc, 'id')?.value), nameOf(doc)].some((name) => name !== undefined && parts.has(name)),
  )
}

function readRule(
  doc: Tree,
  id: string,
  { file, isSound }: Loaded,
  alone: boolean,
  given: ModifierContext,
  filters: readonly Test[],
): SigmaRule {
  const info = readInfo(doc, id, file, alone)
  const sources = [readSource(doc)]
  let test: Test | null = null
  const read = (): Test => (test ??= every([readDetection(doc, file.text, given), ...filters]))
  // A problem shows now, unless it is known that there is none.
  if (!isSound) read()
  return new SigmaRule(info, sources, read)
}
