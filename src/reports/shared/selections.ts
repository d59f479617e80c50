import { settles, stageOrder } from '../../locales/en/words.ts'
import { type Assessment } from '../../model/assessment.ts'
import { stageQuestion, type Question } from '../../model/answer.ts'
import { type BlindSpot } from '../../model/coverage.ts'
import { type Intrusion, type Finding } from '../../model/finding.ts'
import { type Persistence } from '../../model/persistence.ts'
import { type Stage } from '../../model/stages.ts'
import { type FirstAndLast } from '../../model/event.ts'
import { stateKinds, type LogKind } from '../../model/log-kinds.ts'

// What of an assessment reports show, and in which order.

/** What was assessed: the evidence of a server, or the records of a tenant of Microsoft 365. */
export function assessedKind({ server }: Pick<Assessment, 'server'>): 'server' | 'tenant' {
  return server.product === 'exchange-online' ? 'tenant' : 'server'
}

/** Is it a question whether the fix came too late? Not where no vulnerability of a server was used: no fix would have kept that attacker out. */
export function isFixAsked(assessment: Assessment): boolean {
  const { verdict, answers } = assessment
  const isUsed = answers.some(({ question, is }) => question === 'exploited' && is !== 'no-evidence')
  return verdict.observed.steps.first !== null && assessedKind(assessment) === 'server' && isUsed
}

/** Findings that show steps of an attacker: those that the answers rest on, whatever was tried before. */
export function attackerSteps({ answers, findings }: Pick<Assessment, 'answers' | 'findings'>): ReadonlySet<string> {
  const rested = new Set(
    answers
      .filter(({ question, is }) => behind.includes(question) && (is === 'yes' || is === 'likely'))
      .flatMap(({ because }) => because),
  )
  return new Set(
    findings.flatMap(({ id, stage }) => (rested.has(id) && stageQuestion[stage] !== 'targeted' ? [id] : [])),
  )
}

const behind: readonly Question[] = ['exploited', 'compromised', 'mail-taken', 'still-there']

/**
 * When the steps of a story were taken, and when its clients scanned or tried before. A story of attempts alone has no
 * steps.
 */
export function storyTimes(
  intrusion: Pick<Intrusion, 'findings' | 'first' | 'last'>,
  byId: ReadonlyMap<string, Finding>,
  steps: ReadonlySet<string>,
): { readonly steps: FirstAndLast | null; readonly attempts: FirstAndLast | null } {
  const own = intrusion.findings.flatMap((id) => byId.get(id) ?? [])
  const of = (findings: readonly Finding[]): FirstAndLast | null => {
    const times = findings.flatMap(({ first, last, time }) => [first ?? time, last ?? time]).filter((t) => t !== null)
    times.sort()
    return times.length === 0 ? null : { first: times[0]!, last: times.at(-1)! }
  }
  const taken = of(own.filter(({ id }) => steps.has(id)))
  const tried = of(own.filter(({ stage, is }) => stageQuestion[stage] === 'targeted' && is !== 'nothing'))
  return {
    steps: taken,
    attempts: taken === null ? (tried ?? { first: intrusion.first, last: intrusion.last }) : tried,
  }
}

/** The questions that are open, those together that the same things would settle. */
export function openQuestions({ answers }: Assessment): readonly {
  readonly questions: readonly Question[]
  readonly settle: readonly string[]
}[] {
  const open = answers.filter((a) => a.is === 'cannot-tell')
  return [...Map.groupBy(open, (a) => a.missingEvidence.join('\n')).values()].map((same) => ({
    questions: same.map((a) => a.question),
    settle: same[0]!.missingEvidence.map(settles),
  }))
}

export { stateKinds as notLogs }

/** Holes of the same hours are one, with the logs that have it: logs often stop together. */
export function holesTogether(coverage: Assessment['coverage']): readonly {
  readonly from: string
  readonly to: string
  readonly logs: readonly string[]
  readonly reasons: readonly string[]
}[] {
  const holes = coverage.kinds.flatMap((k) => k.gaps.map((hole) => ({ ...hole, log: k.title })))
  const same = [...Map.groupBy(holes, (h) => `${h.from}\n${h.to}`)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return same.map(([, list]) => ({
    from: list[0]!.from,
    to: list[0]!.to,
    logs: list.map((h) => h.log),
    reasons: [...new Set(list.map((h) => h.reason))],
  }))
}

/** Files that were not read and could hold a way back in, each once. */
export function blindPaths(coverage: Assessment['coverage']): string[] {
  return blindFiles(coverage).map(({ path }) => path)
}

/** The same with the reason, and every kind of state that is not complete without the file. */
export function blindFiles({
  blindSpots,
}: Assessment['coverage']): (BlindSpot & { readonly kinds: readonly LogKind[] })[] {
  return [...Map.groupBy(blindSpots, ({ path }) => path).values()].map((spots) => ({
    ...spots[0]!,
    kinds: [...new Set(spots.map(({ kind }) => kind))],
  }))
}

/** Findings that an answer, an intrusion, a mailbox or a way back rests on. */
export function restedOn(assessment: Assessment): ReadonlySet<string> {
  return new Set([
    ...assessment.answers.flatMap((a) => a.because),
    ...assessment.campaigns.flatMap((c) => c.answers.flatMap((a) => a.because)),
    ...assessment.intrusions.flatMap((c) => c.findings),
    ...assessment.mailboxes.flatMap((m) => m.because),
    ...assessment.persistence.flatMap((p) => p.because),
    ...assessment.actions.flatMap((a) => [...a.because, ...a.affected.flatMap((fact) => fact.because)]),
  ])
}

const levels = { critical: 0, high: 1, medium: 2, low: 3, informational: 4 } as const

/** The findings that matter most first: what answers rest on, then the furthest stage, then the level, then time. */
export function byWeight(assessment: Assessment): readonly Finding[] {
  const rested = restedOn(assessment)
  const rank = (f: Finding): number => (rested.has(f.id) ? 0 : 1000) + weightOf(f.stage) * 10 + levels[f.level]
  return [...assessment.findings].sort((a, b) => rank(a) - rank(b) || earliestFirst(a, b))
}

/** Earliest first; those without a time last; then by id. */
export function earliestFirst(a: Finding, b: Finding): number {
  const [x, y] = [a.first ?? a.time ?? '~', b.first ?? b.time ?? '~']
  return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function weightOf(stage: Stage): number {
  const at = stageOrder.indexOf(stage)
  return stage === 'context' ? 20 : stage === 'cleanup' ? 15 : 10 - at
}

/** Persistence that several findings show is one entry. */
export function waysBackIn(persistence: readonly Persistence[]): readonly Persistence[] {
  const same = Map.groupBy(persistence, (p) => `${p.kind}\n${p.state}\n${p.what}`)
  return [...same.values()].map((list) => ({
    ...list[0]!,
    first: edge(
      list.map((p) => p.first),
      -1,
    ),
    last: edge(
      list.map((p) => p.last),
      1,
    ),
    because: [...new Set(list.flatMap((p) => p.because))],
  }))
}

// The earliest (-1) or latest (1) of ISO times.
function edge(times: readonly (string | null)[], side: -1 | 1): string | null {
  return times.reduce((a, b) => (a === null ? b : b === null ? a : a < b === side < 0 ? a : b), null)
}

/** Was an actor that has a name weighed? */
export function speaksOfNames({ actors }: Assessment): boolean {
  return actors.some(({ named, references }) => named || references.length > 0)
}
