import type { AssessmentInput } from './assessment-input.ts'
import { ranToWrite } from './finding-weight.ts'
import { writesPage } from '../../model/reached.ts'
import { formatAll, formatList } from '../../lib/amounts.ts'
import { DAY } from '../../lib/time.ts'
import { type Question, stageQuestion } from '../../model/answer.ts'
import type { CveExposure } from '../../model/exposure.ts'
import type { Finding } from '../../model/finding.ts'
import { persons } from '../../model/sign.ts'
import { type GapReason, gapWords } from '../../model/evidence.ts'

/** What each question asks, as the end of a sentence that begins with "whether" or "no evidence that". */
export const asks: Readonly<Record<Question, string>> = {
  exposed: 'the server was vulnerable',
  targeted: 'exploitation was attempted',
  exploited: 'a vulnerability was exploited',
  compromised: 'an attacker ran code, planted a web shell, took credentials or used an account',
  'mail-taken': 'mail was accessed or exfiltrated',
  'still-there': 'attacker persistence remains',
}

/** What happened, where an answer holds, by the findings that it rests on: `an attacker planted a web shell and ran code`. */
export function formatActs(question: Question, findings: readonly Finding[]): string {
  const acts = new Set(findings.flatMap((finding) => actOf(question, finding) ?? []))
  const all = [...actWords[question].keys()].filter((act) => acts.has(act)).map((act) => actWords[question].get(act)!)
  if (all.length === 0)
    return question === 'targeted' && findings.length > 0 && findings.every(isOfPerson)
      ? 'an account was attacked'
      : asks[question]
  const list = formatAll(all)
  if (question === 'compromised') return `an attacker ${list}`
  return question === 'mail-taken' ? `mail was ${list}` : list
}

/** By what a finding shows for a question; null where it is none of its acts. */
function actOf(question: Question, finding: Finding): string | null {
  const { stage, sign } = finding
  if (question === 'compromised' && writesPage(finding)) return 'shell'
  if (question === 'compromised' && ranToWrite(finding)) return 'execution'
  if (stageQuestion[stage] !== question) return null
  if (question === 'targeted') return sign.kind === 'guessing' ? 'guessing' : 'attempt'
  return stage === 'credentials' && isOfPerson(finding) ? 'account' : stage
}

function isOfPerson({ sign }: Finding): boolean {
  return persons.has(sign.subject)
}

/** The acts of each question in the order of a sentence. */
const actWords: Readonly<Record<Question, ReadonlyMap<string, string>>> = {
  exposed: new Map(),
  targeted: new Map([
    ['attempt', 'exploitation was attempted'],
    ['guessing', 'passwords were guessed'],
  ]),
  exploited: new Map(),
  compromised: new Map([
    ['shell', 'planted or used a web shell'],
    ['execution', 'ran code'],
    ['credentials', 'took credentials'],
    ['account', 'used an account'],
    ['persistence', 'left a way to return'],
  ]),
  'mail-taken': new Map([
    ['collection', 'accessed'],
    ['exfiltration', 'exfiltrated'],
  ]),
  'still-there': new Map(),
}

type Named = Pick<CveExposure, 'cve' | 'alias' | 'exploited' | 'published'>

/** Vulnerabilities by name, those that attackers use first, then the newest. */
export function vulnerabilityNames(all: readonly Named[]): string[] {
  return [...all]
    .sort((a, b) => Number(b.exploited) - Number(a.exploited) || (a.published < b.published ? 1 : -1))
    .map(({ cve, alias }) => (alias === '' ? cve : `${cve} (${alias})`))
}

/** `a.log (damaged), b.log (encrypted), c.log (access denied) and 4 more files`: files that were not read, each once. */
export function listUnread(unread: readonly { readonly path: string; readonly reason: GapReason }[]): string {
  const files = new Map(unread.map(({ path, reason }) => [path, reason]))
  return formatList(
    [...files].map(([path, reason]) => `${shortened(path)} (${gapWords[reason]})`),
    NAMED,
    'file',
  )
}

const NAMED = 3

/** A path may be very long: its end says what it is. */
function shortened(path: string): string {
  return path.length <= 200 ? path : `…${path.slice(-199)}`
}

export function narrowed(input: AssessmentInput, sentence: string): string {
  if (!input.narrowed) return sentence
  const { from, to } = input.narrowed
  return `${sentence.replace(/\.$/, '')} (assessed period: ${from === null ? 'the beginning' : formatDate(from)} to ${to === null ? 'the end' : formatLastDay(to)}).`
}

export function formatDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** The last day of a time whose end is not in it: midnight ends the day before. */
export function formatLastDay(end: number): string {
  return formatDate(end - 1)
}

/** `from 2021-01-03 to 2021-02-21` of whole days, of which the end is not in the time; else the hours, too. */
export function formatSpan(from: number, to: number): string {
  if (from % DAY === 0 && to % DAY === 0 && to - from >= 3 * DAY)
    return `from ${formatDate(from)} to ${formatLastDay(to)}`
  const end = formatDate(from) === formatDate(to) ? stamp(to).slice(11) : stamp(to)
  return `from ${stamp(from)} to ${end} UTC`
}

export function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}

/** `January to May 2021`, `March 2021`, `December 2020 to May 2021`: the months of a time whose end is not in it. */
export function formatMonths(from: number, to: number): string {
  const [first, last] = [new Date(from), new Date(Math.max(from, to - 1))]
  const [begin, end] = [months[first.getUTCMonth()]!, months[last.getUTCMonth()]!]
  const [year, lastYear] = [first.getUTCFullYear(), last.getUTCFullYear()]
  if (year !== lastYear) return `${begin} ${year} to ${end} ${lastYear}`
  return begin === end ? `${begin} ${year}` : `${begin} to ${end} ${year}`
}

const months: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
