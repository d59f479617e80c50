import type { Found } from './detection.ts'
import { factsOf, type Situation } from './action-facts.ts'
import type { Action, Answer, PackAction, Persistence } from './model.ts'
import { append } from './lib/lists.ts'

/** What to do now, in order, from what was found: the packs' actions whose conditions hold, preserve first. */
export function actionsOf(
  actions: readonly PackAction[],
  answers: readonly Answer[],
  situation: Situation,
  /** Names of rules in pack.yml, by id. */
  names: ReadonlyMap<string, string>,
): Action[] {
  const { found, persistence } = situation
  const list: Action[] = []
  const seen = new Set<string>()
  for (const action of actions) {
    if (seen.has(action.id)) continue
    const because = reasons(action.when, answers, found, persistence, names)
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
  found: readonly Found[],
  persistence: readonly Persistence[],
  names: ReadonlyMap<string, string>,
): string[] {
  const because: string[] = []
  for (const question of when.questions ?? []) {
    const answer = answers.find((a) => a.question === question)
    if (answer && (when.is ?? ['yes', 'likely']).includes(answer.is)) because.push(`${question}: ${answer.is}`)
  }
  for (const rule of when.rules ?? []) {
    for (const f of found)
      if (f.counts && (names.get(f.finding.rule) ?? f.finding.rule) === rule && because.length < 10)
        because.push(f.finding.id)
  }
  for (const kind of when.persistence ?? []) {
    for (const p of persistence) if (p.kind === kind && because.length < 10) append(because, p.because.slice(0, 1))
  }
  return [...new Set(because)]
}
