// Sigma filters. https://github.com/SigmaHQ/sigma-specification, sigma-filters-specification.md
import type { LogSource } from '../../model/event.ts'
import type { RuleFile } from '../rule.ts'
import { readSelections, readSource } from './detection.ts'
import type { ModifierContext } from './modifiers.ts'
import { broken, quoteRuleText, unsupported } from './rule-problem.ts'
import type { Test } from './predicate.ts'
import { entry, yamlText, textsOf, type Tree } from './yaml-tree.ts'

type Filter = {
  readonly names: ReadonlySet<string>
  readonly pack: string
  readonly source: LogSource
  readonly test: Test
}
type Named = { readonly loaded: { readonly file: RuleFile }; readonly doc: Tree; readonly id: string }

/**
 * Filters: a rule that one names matches where the condition of the filter is true, too (`not selection` leaves something
 * out), as pySigma reads them. One changes the rules of its own pack alone, so that nobody's rules become silent by another's.
 */
export class Filters {
  readonly #filters: Filter[] = []

  add(doc: Tree, file: RuleFile, given: ModifierContext, rules: readonly Named[]): void {
    const filter = entry(doc, 'filter')!
    const named = entry(filter.value, 'rules')
    const names = textsOf(named?.value)
    if (names.length === 0) throw broken('"filter" expects the "rules" that it is for', filter.at)
    for (const name of names) {
      const found = rules.filter((rule) => isNamed(rule.doc, rule.id, name))
      if (found.length === 0)
        throw broken(`the rule ${quoteRuleText(name)} is not among those that are loaded`, named!.at)
      if (!found.some((rule) => rule.loaded.file.pack === file.pack))
        throw unsupported(
          `${quoteRuleText(name)} is a rule of another pack: a filter changes those of its own`,
          named!.at,
        )
      if (found.some((rule) => entry(rule.doc, 'correlation')))
        throw unsupported(
          `${quoteRuleText(name)} is a correlation: a filter belongs to the rules that it counts`,
          named!.at,
        )
    }
    const test = readSelections(filter, file.text, given, ['rules', 'condition'])
    this.#filters.push({ names: new Set(names), pack: file.pack, source: readSource(doc), test })
  }

  /** What must be true besides of what a rule matches. */
  of(doc: Tree, id: string, file: RuleFile): Test[] {
    return this.#filters
      .filter(
        ({ names, pack, source }) =>
          pack === file.pack && [...names].some((name) => isNamed(doc, id, name)) && isWithin(readSource(doc), source),
      )
      .map(({ test }) => test)
  }
}

function isNamed(doc: Tree, id: string, name: string): boolean {
  return id === name || yamlText(entry(doc, 'name')?.value) === name
}

/** Does the log source of a rule have all that the filter's says? */
function isWithin(rule: LogSource, filter: LogSource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (key) => filter[key] === undefined || filter[key].toLowerCase() === rule[key]?.toLowerCase(),
  )
}
