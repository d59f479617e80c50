import type { AssessmentInput } from './assessment-input.ts'
import { formatList } from '../../lib/amounts.ts'
import { type Question } from '../../model/answer.ts'
import { type GapReason, gapWords } from '../../model/evidence.ts'

/** What each question asks, as the end of a sentence that begins with "whether" or "no evidence that". */
export const asks: Readonly<Record<Question, string>> = {
  exposed: 'the server was open to it',
  targeted: 'it was tried against this server',
  exploited: 'a vulnerability was used with success',
  compromised: 'someone ran code here, planted a shell or took credentials',
  'mail-taken': 'mail was read or taken',
  'still-there': 'something is left that lets them come back',
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

/** A path may be as long as somebody likes: its end says what it is. */
function shortened(path: string): string {
  return path.length <= 200 ? path : `…${path.slice(-199)}`
}

export function narrowed(input: AssessmentInput, sentence: string): string {
  if (!input.narrowed) return sentence
  const { from, to } = input.narrowed
  return `${sentence.replace(/\.$/, '')} (looked at ${from === null ? 'the beginning' : formatDate(from)} to ${to === null ? 'the end' : formatDate(to)} only).`
}

export function formatDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}
