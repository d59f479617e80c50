import { factsOf, type Situation } from './action-facts.ts'
import type { Action, Answer, PackAction, Persistence } from './model.ts'
import { addTo, append } from './lib/lists.ts'

/** Reasons that an action names. */
const REASONS = 10

/** What to do now, in order, from what was found: the packs' actions whose conditions hold, preserve first. */
export function actionsOf(
  actions: readonly PackAction[],
  answers: readonly Answer[],
  situation: Situation,
  /** Names of rules in pack.yml, by id. */
  names: ReadonlyMap<string, string>,
): Action[] {
  const { found, persistence } = situation
  const byRule = new Map<string, string[]>()
  for (const { counts, finding } of found)
    if (counts) addTo(byRule, names.get(finding.rule) ?? finding.rule, finding.id)
  const list: Action[] = []
  const seen = new Set<string>()
  for (const action of actions) {
    if (seen.has(action.id)) continue
    const because = reasons(action.when, answers, byRule, persistence)
    if (because.length === 0) continue
    seen.add(action.id)
    const { when: _, after: __, about, ...rest } = action
    list.push({ ...rest, order: list.length + 1, here: factsOf(about, situation), because })
  }
  return list
}

function reasons(
  when: PackAction['when'],
  answers: readonly Answer[],
  byRule: ReadonlyMap<string, readonly string[]>,
  persistence: readonly Persistence[],
): string[] {
  const because: string[] = []
  for (const question of when.questions ?? []) {
    const answer = answers.find((a) => a.question === question)
    if (answer && (when.is ?? ['yes', 'likely']).includes(answer.is)) because.push(`${question}: ${answer.is}`)
  }
  for (const rule of when.rules ?? [])
    append(because, (byRule.get(rule) ?? []).slice(0, Math.max(0, REASONS - because.length)))
  for (const kind of when.persistence ?? []) {
    for (const p of persistence) if (p.kind === kind && because.length < 10) append(because, p.because.slice(0, 1))
  }
  return [...new Set(because)]
}
