// Sigma rules, version 2. https://sigmahq.io/sigma-specification/
import type { BrokenRule, LogSource } from '../../model.ts'
import { sha256 } from '../../lib/hash.ts'
import { type Place, placer } from '../../lib/places.ts'
import type { Compiled, EventRule, LoadedRules, RuleFile } from '../engine.ts'
import { RegexGuard } from '../regex-guard.ts'
import { valuesOf } from '../values.ts'
import { readCondition } from './condition.ts'
import { readInfo, stem } from './info.ts'
import { broken, quoted, RuleProblem, unsupported } from './problem.ts'
import { readSelection } from './selection.ts'
import { some, type Test } from './test.ts'
import { entry, type Documents, readYaml, type Scalar, textOf, textsOf, type Tree } from './tree.ts'

/** Loads every rule of the files. What cannot be loaded is listed with its place and stops nothing. */
export function loadSigma(files: readonly RuleFile[], known: Partial<Compiled> = {}): LoadedRules {
  const loader = new Loader(known)
  for (const file of files) loader.file(file)
  return loader.finish()
}

type Loaded = { readonly documents: Documents; place(offset: number): Place }
type Candidate = { readonly rule: EventRule; readonly names: readonly string[]; readonly broken: BrokenRule }

class Loader {
  readonly #rules: Candidate[] = []
  readonly #broken: BrokenRule[] = []
  readonly #ids = new Map<string, string>()
  /** Rules that are only a part of a correlation, by id or name, with the title of the correlation. */
  readonly #parts = new Map<string, string>()
  readonly #known: Compiled['documents']
  readonly #documents = new Map<string, readonly Tree[]>()
  readonly #guard: RegexGuard

  constructor(known: Partial<Compiled>) {
    this.#known = known.documents ?? new Map()
    this.#guard = new RegexGuard(known.regexes)
  }

  file(file: RuleFile): void {
    const loaded: Loaded = { documents: this.#read(file.text), place: placer(file.text) }
    if (loaded.documents.length === 0) return this.#fail(file, loaded, broken('the file holds no rule', 0))
    const action = loaded.documents.find((doc) => !(doc instanceof RuleProblem) && entry(doc, 'action'))
    if (action && !(action instanceof RuleProblem)) {
      return this.#fail(
        file,
        loaded,
        unsupported('"action" documents (global, reset, repeat) belong to Sigma 1', entry(action, 'action')!.at),
      )
    }
    loaded.documents.forEach((doc, i) => {
      if (doc instanceof RuleProblem) return this.#fail(file, loaded, doc)
      try {
        this.#document(file, loaded, doc, i)
      } catch (problem) {
        if (!(problem instanceof RuleProblem)) throw problem
        this.#fail(file, loaded, problem)
      }
    })
  }

  finish(): LoadedRules {
    const events: EventRule[] = []
    for (const { rule, names, broken } of this.#rules) {
      const correlation = names.map((name) => this.#parts.get(name)).find((title) => title !== undefined)
      if (correlation === undefined) events.push(rule)
      else
        this.#broken.push({
          ...broken,
          detail: `only a part of the correlation ${quoted(correlation)}; correlations are not supported`,
        })
    }
    const compiled = { documents: this.#documents, regexes: this.#guard.found }
    return { events, scanners: [], broken: this.#broken, compiled }
  }

  #read(text: string): Documents {
    const digest = sha256(text)
    const known = this.#known.get(digest) ?? this.#documents.get(digest)
    if (known) return known
    const documents = readYaml(text)
    const trees = documents.filter((doc): doc is Tree => !(doc instanceof RuleProblem))
    if (trees.length === documents.length) this.#documents.set(digest, trees)
    return documents
  }

  #document(file: RuleFile, loaded: Loaded, doc: Tree, index: number): void {
    if (doc.is !== 'map') throw broken('expected a map with title, logsource and detection', doc.at)
    const correlation = entry(doc, 'correlation')
    if (correlation) {
      if (textOf(entry(correlation.value, 'generate')?.value) !== 'true') {
        for (const name of textsOf(entry(correlation.value, 'rules')?.value)) {
          this.#parts.set(name, textOf(entry(doc, 'title')?.value) ?? stem(file.path))
        }
      }
      throw unsupported('correlations are not supported', correlation.at)
    }
    const filter = entry(doc, 'filter')
    if (filter) throw unsupported('filter documents are not supported: the rules they name run unfiltered', filter.at)

    const fallback = loaded.documents.length === 1 ? stem(file.path) : `${stem(file.path)}#${index + 1}`
    const id = textOf(entry(doc, 'id')?.value) ?? fallback
    if (!/^\P{C}{1,200}$/u.test(id)) throw broken(`${quoted(id)} cannot be an id`, entry(doc, 'id')?.at ?? doc.at)
    const rule = readRule(doc, id, file, loaded.documents.length === 1, this.#guard)
    const twin = this.#ids.get(id)
    if (twin !== undefined)
      throw broken(`the id ${id} is already that of a rule in ${twin}`, entry(doc, 'id')?.at ?? doc.at)
    this.#ids.set(id, file.path)
    const name = textOf(entry(doc, 'name')?.value)
    const broken_ = { file: file.path, ...loaded.place(doc.at), reason: 'unsupported' as const, detail: '' }
    this.#rules.push({ rule, names: name === undefined ? [id] : [id, name], broken: broken_ })
  }

  #fail(file: RuleFile, loaded: Loaded, problem: RuleProblem): void {
    this.#broken.push({ file: file.path, ...loaded.place(problem.at), reason: problem.reason, detail: problem.message })
  }
}

function readRule(doc: Tree, id: string, file: RuleFile, alone: boolean, guard: RegexGuard): EventRule {
  const info = readInfo(doc, id, file, alone)
  const sources = [readSource(doc)]
  const test = readDetection(doc, file.text, guard)
  return {
    info,
    sources,
    ...(test.eventIds ? { eventIds: test.eventIds } : {}),
    ...(test.needs ? { needs: test.needs } : {}),
    questions: test.alternatives ?? [test],
    match: (event) => {
      const values = valuesOf(event)
      if (!test.test(values)) return null
      const names = new Set<string>()
      test.names(values, names)
      return [...names]
    },
  }
}

function readSource(doc: Tree): LogSource {
  const logsource = entry(doc, 'logsource')
  if (!logsource) throw broken('expected "logsource"', doc.at)
  const source: { category?: string; product?: string; service?: string } = {}
  for (const key of ['category', 'product', 'service'] as const) {
    const text = textOf(entry(logsource.value, key)?.value)
    if (text !== undefined) source[key] = text
  }
  if (Object.keys(source).length === 0)
    throw broken('"logsource" expects a category, a product or a service', logsource.at)
  return source
}

function readDetection(doc: Tree, text: string, guard: RegexGuard): Test {
  const detection = entry(doc, 'detection')
  if (!detection) throw broken('expected "detection"', doc.at)
  if (detection.value.is !== 'map')
    throw broken('"detection" expects a map of selections and a condition', detection.value.at)
  const selections = new Map<string, Test>()
  for (const { key, value } of detection.value.entries) {
    if (key !== 'condition' && key !== 'timeframe') selections.set(key, readSelection(key, value, guard))
  }
  const condition = entry(detection.value, 'condition')
  if (!condition) throw broken('"detection" expects a "condition"', detection.at)
  const conditions = condition.value.is === 'list' ? condition.value.items : [condition.value]
  if (conditions.length === 0) throw broken('the list of conditions is empty', condition.at)
  return some(
    conditions.map((each) => {
      if (each.is !== 'scalar' || each.value === null) throw broken('a condition expects text', each.at)
      return readCondition(String(each.value), placeIn(each, text), selections)
    }),
  )
}

/** Positions inside a scalar, as far as it stands in the file as it reads (folded text does not). */
function placeIn(scalar: Scalar, text: string): (at: number) => number {
  const value = String(scalar.value)
  const start = [scalar.at, scalar.at + 1].find((at) => text.startsWith(value, at))
  return start === undefined ? () => scalar.at : (at) => start + at
}
