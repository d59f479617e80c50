import { type Case, family, serious } from './case.ts'
import type { Found } from './detection.ts'
import { type Door, doorAt } from './exposure.ts'
import { levels, type Question, stageQuestion } from './model.ts'

type Weight = 'proof' | 'hint'

/** What a finding counts for: a question and how much; null when for none. */
export function weigh(c: Case, f: Found, door: Door | undefined): { question: Question; weight: Weight } | null {
  if (!f.counts) return null
  const { finding } = f
  const question = stageQuestion[finding.stage]
  if (!question) return null
  if (finding.level === 'informational') return null
  let weight: Weight = finding.proves && finding.confidence !== 'low' ? 'proof' : 'hint'
  if (question !== 'targeted' && finding.level === 'low') return null
  // Success on a fixed build: at most likely, and only with a row of the back end; else it was tried.
  if (
    (finding.stage === 'access' || finding.stage === 'write') &&
    door &&
    finding.time !== null &&
    doorAt(door, Date.parse(finding.time)) === 'fixed'
  ) {
    return family(finding.log) === 'front' && finding.facts.Succeeded === undefined
      ? { question: 'targeted', weight: 'proof' }
      : { question, weight: 'hint' }
  }
  if (question === 'targeted') return { question, weight: 'proof' }
  // A hint needs a second one from an independent log of the same story.
  if (weight === 'hint' && finding.chain !== null) {
    const second = c.found.some(
      (other) =>
        other.counts &&
        other.finding.chain === finding.chain &&
        other.finding.id !== finding.id &&
        family(other.finding.log) !== family(finding.log) &&
        serious(other.finding) &&
        // A page that was written by proof and answers is a shell that runs.
        (stageQuestion[other.finding.stage] === question ||
          (question === 'compromised' && other.finding.stage === 'write' && other.finding.proves)),
    )
    if (second) weight = 'proof'
  }
  return { question, weight }
}

/** What findings say for each question, with what says it. */
export type Seen = Map<Question, { is: 'yes' | 'likely'; because: string[] }>

/** All that these findings say. */
export function seen(c: Case, own: readonly Found[], door: Door | undefined): Seen {
  const is: Seen = new Map()
  for (const f of own) {
    const w = weigh(c, f, door)
    if (w) raise(is, w.question, w.weight === 'proof' ? 'yes' : 'likely', f.finding.id)
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
export function imply(is: Seen): void {
  for (const question of ['still-there', 'compromised', 'mail-taken', 'exploited'] as const) {
    const found = is.get(question)
    const before = implies[question]
    if (!found || !before) continue
    const earlier = is.get(before)
    if (!earlier) is.set(before, { is: found.is, because: found.because.slice(0, 1) })
    else if (found.is === 'yes' && earlier.is === 'likely')
      is.set(before, { is: 'yes', because: [...new Set([...found.because.slice(0, 1), ...earlier.because])] })
  }
}

/** One more thing that speaks for a question; a proof outweighs a hint. */
export function raise(is: Seen, question: Question, to: 'yes' | 'likely', because: string): void {
  const now = is.get(question)
  if (!now) is.set(question, { is: to, because: [because] })
  else if (to === 'yes' && now.is === 'likely') is.set(question, { is: to, because: [because, ...now.because] })
  else if (!now.because.includes(because)) now.because.push(because)
}

/** What proves most comes first; then the order of time. */
export function weightiest(c: Case, ids: readonly string[]): string[] {
  const order = new Map(
    c.found.map((f, i) => [f.finding.id, (f.finding.proves ? 0 : 10) + 4 - levels.indexOf(f.finding.level) + i / 1e7]),
  )
  return [...ids].sort((a, b) => (order.get(a) ?? 99) - (order.get(b) ?? 99))
}
