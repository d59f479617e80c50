import type { AssessmentInput } from './assessment-input.ts'
import { formatList } from '../../lib/amounts.ts'
import { type Question } from '../../model/answer.ts'
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
  return `${sentence.replace(/\.$/, '')} (assessed period: ${from === null ? 'the beginning' : formatDate(from)} to ${to === null ? 'the end' : formatDate(to)}).`
}

export function formatDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
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
