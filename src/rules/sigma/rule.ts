import type { RuleInfo } from '../../model/rule.ts'
import type { Event, LogSource } from '../../model/event.ts'
import type { EventRule, RuleQuestion } from '../rule.ts'
import { eventValues } from '../field-values.ts'
import type { Test } from './predicate.ts'

/** How correlations count a rule. */
type Counted = Pick<EventRule, 'trail' | 'isPart'>

/**
 * A Sigma rule. What it asks is read when the first event or log that it answers to asks for it: most logs are of few sources,
 * and most rules of others.
 */
export class SigmaRule implements EventRule {
  readonly info: RuleInfo
  readonly sources: readonly LogSource[]
  declare readonly trail?: readonly string[]
  declare readonly isPart?: true
  readonly #read: () => Test

  /** `read` gives the same test each time. */
  constructor(info: RuleInfo, sources: readonly LogSource[], read: () => Test, counted: Counted = {}) {
    this.info = info
    this.sources = sources
    this.#read = read
    Object.assign(this, counted)
  }

  counted(counted: Counted): SigmaRule {
    return new SigmaRule(this.info, this.sources, this.#read, counted)
  }

  get eventIds(): EventRule['eventIds'] {
    return this.#read().eventIds
  }

  get needs(): EventRule['needs'] {
    return this.#read().needs
  }

  get questions(): readonly RuleQuestion[] {
    const test = this.#read()
    return test.alternatives ?? [test]
  }

  match(event: Event): readonly string[] | null {
    const test = this.#read()
    const values = eventValues(event)
    if (!test.test(values)) return null
    const names = new Set<string>()
    test.names(values, names)
    return [...names]
  }
}
