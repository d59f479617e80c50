import { actionFacts, type Situation } from './action-targets.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import { addTo, append } from '../../lib/collections.ts'
import type { Answer } from '../../model/answer.ts'
import { isOfAccount } from '../../model/reached.ts'
import type { Action, PackAction } from '../../model/response.ts'

/** Reasons that an action names. */
const REASONS = 10

/**
 * What to do now, in order, from what was found: the packs' actions whose conditions hold, preserve first. Conditions of a
 * campaign's pack are evaluated against that campaign, and an action for servers is none for a tenant.
 */
export function actionsOf(
  actions: readonly PackAction[],
  situation: Situation,
  /** Names of rules in pack.yml, by id. */
  names: ReadonlyMap<string, string>,
): Action[] {
  const byRule = new Map<string, FindingWithHits[]>()
  for (const found of situation.found)
    if (found.counts && isShown(found)) addTo(byRule, names.get(found.finding.rule) ?? found.finding.rule, found)
  const target = situation.product === 'exchange-online' ? 'tenant' : 'server'
  const list: Action[] = []
  const seen = new Set<string>()
  for (const action of actions) {
    if (seen.has(action.id) || (action.for ?? target) !== target) continue
    const because = reasons(action, situation, byRule)
    if (because.length === 0) continue
    seen.add(action.id)
    const { when: _, after: __, for: ___, campaign: ____, about, ...rest } = action
    list.push({ ...rest, order: list.length + 1, affected: actionFacts(about, situation), because })
  }
  return list
}

/** Does it show what its rule is about? A sign that counts for nothing here shows it not, such as one of another attack. */
function isShown({ finding: { is, sign } }: FindingWithHits): boolean {
  return is !== 'nothing' || sign.strength === 'context'
}

function reasons(
  { when, campaign }: PackAction,
  situation: Situation,
  byRule: ReadonlyMap<string, readonly FindingWithHits[]>,
): string[] {
  const because: string[] = []
  const answers = campaign === null ? situation.answers : (situation.byCampaign.get(campaign) ?? [])
  for (const question of when.questions ?? []) {
    const answer = answers.find((a) => a.question === question)
    if (answer && (when.is ?? ['yes', 'likely']).includes(answer.is) && restsOn(answer, when.of, situation))
      because.push(`${question}: ${answer.is}`)
  }
  const room = (): number => Math.max(0, REASONS - because.length)
  for (const rule of when.rules ?? []) {
    const own = (byRule.get(rule) ?? []).filter(({ finding }) => isOf(campaign, finding))
    append(
      because,
      own.slice(0, room()).map(({ finding }) => finding.id),
    )
  }
  const credited = new Set(situation.found.flatMap(({ finding }) => (isOf(campaign, finding) ? [finding.id] : [])))
  for (const kind of when.persistence ?? []) {
    const own = situation.persistence.filter((p) => p.kind === kind && p.because.some((id) => credited.has(id)))
    append(
      because,
      own.slice(0, room()).flatMap((p) => p.because.slice(0, 1)),
    )
  }
  return [...new Set(because)]
}

/** Who guessed a password has an account, and with it no hold of the server: that is not to be built anew. */
function restsOn({ because }: Answer, of: PackAction['when']['of'], { found }: Situation): boolean {
  if (of === undefined) return true
  const own = new Set<string>(because)
  const kinds = found.flatMap(({ finding }) => (own.has(finding.id) ? [isOfAccount(finding)] : []))
  return of === 'accounts' ? kinds.some((isAccount) => isAccount) : kinds.length === 0 || kinds.some((is) => !is)
}

/** Is a finding of the campaign: credited to it, or by a rule of its pack? */
function isOf(campaign: string | null, finding: FindingWithHits['finding']): boolean {
  return campaign === null || finding.campaign === campaign || finding.pack === campaign
}
