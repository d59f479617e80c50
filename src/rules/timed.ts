import type { BrokenRule } from '../model/rule.ts'
import type { Event } from '../model/event.ts'
import type { EventRule, LoadedRules, RuleQuestion } from './rule.ts'

/**
 * A rule that took so many milliseconds, and that much on average each time that it was asked, is left out. Rules of the packs
 * take a hundredth of that.
 */
const MOST = { total: 10_000, each: 0.1 }

/** The rules, with the time taken that those of the user take. */
export function timed(
  rules: LoadedRules,
  now: () => number,
  most = MOST,
): LoadedRules & { readonly slow: () => readonly BrokenRule[] } {
  let slow: BrokenRule[] = []
  const tell = (rule: BrokenRule): void => void slow.push(rule)
  return {
    ...rules,
    events: rules.events.map(
      (rule): EventRule =>
        rule.info.pack === 'rules' && rule.alone === undefined
          ? (new TimedRule(rule, now, most, tell) as EventRule)
          : rule,
    ),
    slow: () => {
      const told = slow
      slow = []
      return told
    },
  }
}

/** A rule that says no to everything once it has taken too long. */
class TimedRule {
  readonly #rule: EventRule
  readonly #now: () => number
  readonly #most: typeof MOST
  readonly #tell: (rule: BrokenRule) => void
  #questions: readonly RuleQuestion[] | undefined
  #time = 0
  #asked = 0
  #isOut = false

  constructor(rule: EventRule, now: () => number, most: typeof MOST, tell: (rule: BrokenRule) => void) {
    this.#rule = rule
    this.#now = now
    this.#most = most
    this.#tell = tell
  }

  get info(): EventRule['info'] {
    return this.#rule.info
  }
  get sources(): EventRule['sources'] {
    return this.#rule.sources
  }
  get eventIds(): EventRule['eventIds'] {
    return this.#rule.eventIds
  }
  get needs(): EventRule['needs'] {
    return this.#rule.needs
  }
  get trail(): EventRule['trail'] {
    return this.#rule.trail
  }
  get isPart(): EventRule['isPart'] {
    return this.#rule.isPart
  }

  get questions(): readonly RuleQuestion[] | undefined {
    const { questions } = this.#rule
    return (this.#questions ??= questions?.map((question) => ({
      ...question,
      could: (known) => this.#timed(() => question.could(known), false),
    })))
  }

  match(event: Event): readonly string[] | null {
    return this.#timed(() => this.#rule.match(event), null)
  }

  #timed<Answer>(ask: () => Answer, no: Answer): Answer {
    if (this.#isOut) return no
    const began = this.#now()
    const answer = ask()
    this.#time += this.#now() - began
    this.#asked++
    if (this.#time > this.#most.total && this.#time > this.#asked * this.#most.each) this.#leaveOut()
    return answer
  }

  #leaveOut(): void {
    this.#isOut = true
    const { file, id } = this.info
    const detail = `The rule ${id} took too long and was left out of part of the evidence.`
    this.#tell({ file, reason: 'slow', detail })
  }
}
