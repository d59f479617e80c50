import type { AssessmentInput } from './assessment-input.ts'
import { serious, isIntrusion } from '../../findings/serious.ts'
import { areIndependent, vantageOf } from '../../model/log-kinds.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import { type ExposureTimeline, exposureAt } from '../exposure/exposure.ts'
import { isRunnable } from '../../model/file-fields.ts'
import { isPrivate } from '../../lib/ip.ts'
import { type Question, stageQuestion } from '../../model/answer.ts'
import { type Finding } from '../../model/finding.ts'
import { levels } from '../../model/stages.ts'

type Weight = 'proof' | 'hint'

/** What a finding counts for: a question and how much; null when for none. */
export function scoreFinding(
  input: AssessmentInput,
  f: FindingWithHits,
  door: ExposureTimeline | undefined,
): { question: Question; weight: Weight } | null {
  const { finding } = f
  const question = stageQuestion[finding.stage]
  if (!f.counts || !question || finding.level === 'informational') return null
  if (question === 'targeted') return scoreReconnaissance(f)
  if (finding.level === 'low') return null
  const onDisk = fileWeight(finding)
  if (onDisk === null) return null

  let weight: Weight = finding.proves && finding.confidence !== 'low' ? onDisk : 'hint'
  // What ordinary work looks like too counts only in the company of an intrusion.
  if (weight === 'hint' && finding.confidence === 'low' && !companions(input, finding).some(isIntrusion)) return null
  // Success on a fixed build: at most likely, and only with a row of the back end; else it was tried.
  const exploit = finding.stage === 'access' || finding.stage === 'write'
  if (exploit && door && finding.time !== null && exposureAt(door, Date.parse(finding.time)) === 'fixed') {
    const { Succeeded } = finding.facts
    return vantageOf(finding.log) === 'front-end' && (Succeeded === undefined || Succeeded === 'false')
      ? { question: 'targeted', weight: 'proof' }
      : { question, weight: 'hint' }
  }
  // A hint needs a second one from an independent log in the same chain; possible administrative work of that day has none.
  const isAlone = f.byTimeAlone === true && question === 'mail-taken' && finding.confidence === 'low'
  if (weight === 'hint' && !isAlone && companions(input, finding).some((other) => confirms(other, finding, question)))
    weight = 'proof'
  return { question, weight }
}

/** The server was probed. Reconnaissance by logged-on users or from internal addresses does not count. */
function scoreReconnaissance({ finding, hits }: FindingWithHits): { question: Question; weight: Weight } | null {
  const isInternal = finding.client !== null && isPrivate(finding.client)
  const isUser = ({ event }: FindingWithHits['hits'][number]): boolean => event.user !== null
  // A person who logs on sends requests without a name first: those of a client that did so are ordinary, too.
  const isUsers = finding.level === 'low' ? hits.some(isUser) : hits.every(isUser)
  if (finding.stage === 'recon' && (isInternal || isUsers)) return null
  const weight = finding.level === 'low' && !finding.proves && finding.confidence !== 'high' ? 'hint' : 'proof'
  return { question: 'targeted', weight }
}

/**
 * A file is a shell where the server would run it. Elsewhere a page is a hint (a copy, a sample), and other text that
 * holds one (notes, rules of a scanner) is none.
 */
function fileWeight(finding: Finding): Weight | null {
  if (finding.log !== 'files' || finding.stage !== 'shell') return 'proof'
  const runs = isRunnable(finding.target ?? finding.locators[0]?.path ?? '')
  return runs || finding.facts.Parser === 'oab-dump' ? 'hint' : null
}

/**
 * Other findings of the same chain, of each kind one: what they say to a weight depends on rule, log, stage, level, confidence
 * and proof alone, and a chain may have tens of thousands that are the same in these.
 */
function companions(input: AssessmentInput, finding: Finding): Finding[] {
  if (finding.chain === null) return []
  let chains = chainsOf.get(input)
  if (!chains) chainsOf.set(input, (chains = companies(input)))
  return [...(chains.get(finding.chain)?.values() ?? [])].flatMap(
    (alike) => alike.find((other) => other.id !== finding.id) ?? [],
  )
}

type Company = Map<string, Finding[]>

/** Findings by chain and kind, of each kind two, so that one is another than the finding that is weighed: made once a case. */
function companies(input: AssessmentInput): Map<string, Company> {
  const chains = new Map<string, Company>()
  for (const { counts, finding } of input.found) {
    if (!counts || finding.chain === null) continue
    const { rule, log, stage, level, confidence, proves } = finding
    const key = [rule, log, stage, level, confidence, proves].join('\0')
    const company = chains.get(finding.chain) ?? new Map<string, Finding[]>()
    chains.set(finding.chain, company)
    const alike = company.get(key)
    if (alike === undefined) company.set(key, [finding])
    else if (alike.length < 2 && alike[0]!.id !== finding.id) alike.push(finding)
  }
  return chains
}

const chainsOf = new WeakMap<AssessmentInput, Map<string, Company>>()

/** Does another log say the same? A page that was written by proof and answers is a shell that runs. */
function confirms(other: Finding, finding: Finding, question: Question): boolean {
  if (!areIndependent(other.log, finding.log) || !serious(other)) return false
  // The making of a service in a log and its key in the registry are one service: that it is there is no doubt.
  if (finding.stage === 'persistence' && other.rule === finding.rule) return false
  return (
    stageQuestion[other.stage] === question || (question === 'compromised' && other.stage === 'write' && other.proves)
  )
}

/** What findings say for each question, with what says it. */
export type QuestionScores = Map<Question, { is: 'yes' | 'likely'; because: Set<string> }>

/** All that these findings say. */
export function scoreQuestions(
  input: AssessmentInput,
  own: readonly FindingWithHits[],
  door: ExposureTimeline | undefined,
): QuestionScores {
  const is: QuestionScores = new Map()
  for (const f of own) {
    const w = scoreFinding(input, f, door)
    if (w) strengthen(is, w.question, w.weight === 'proof' ? 'yes' : 'likely', f.finding.id)
  }
  return is
}

/** A later question's yes means the earlier ones happened, seen or not. */
const implies: Readonly<Partial<Record<Question, Question>>> = {
  'still-there': 'compromised',
  compromised: 'exploited',
  'mail-taken': 'exploited',
  exploited: 'targeted',
}

/** Adds what later stages imply. */
export function implyEarlierQuestions(is: QuestionScores): void {
  for (const question of ['still-there', 'compromised', 'mail-taken', 'exploited'] as const) {
    const found = is.get(question)
    const before = implies[question]
    if (!found || !before) continue
    const earlier = is.get(before)
    const [best] = found.because
    const first = best === undefined ? [] : [best]
    if (!earlier) is.set(before, { is: found.is, because: new Set(first) })
    else if (found.is === 'yes' && earlier.is === 'likely')
      is.set(before, { is: 'yes', because: new Set([...first, ...earlier.because]) })
  }
}

/** Adds evidence for a question; a proof outweighs a hint. */
export function strengthen(is: QuestionScores, question: Question, to: 'yes' | 'likely', because: string): void {
  const now = is.get(question)
  if (!now) is.set(question, { is: to, because: new Set([because]) })
  else if (to === 'yes' && now.is === 'likely')
    is.set(question, { is: to, because: new Set([because, ...now.because]) })
  else now.because.add(because)
}

/** What proves most comes first; then the order of time. */
export function weightiest(input: AssessmentInput, ids: Iterable<string>): string[] {
  let order = orderOf.get(input)
  if (!order) {
    const weighed = input.found.map(
      ({ finding }, i) =>
        [finding.id, (finding.proves ? 0 : 10) + 4 - levels.indexOf(finding.level) + i / 1e7] as const,
    )
    orderOf.set(input, (order = new Map(weighed)))
  }
  return [...ids].sort((a, b) => (order.get(a) ?? 99) - (order.get(b) ?? 99))
}

/** Places of findings in the order of their weight: made once a case. */
const orderOf = new WeakMap<AssessmentInput, ReadonlyMap<string, number>>()
