import { questions } from '../../src/assessment/answers/answers.ts'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import type { Window } from '../../src/assessment/answers/campaign-window.ts'
import { verdictOf } from '../../src/assessment/answers/verdict.ts'
import type { Answer, CampaignAnswer, Is, Question, Verdict } from '../../src/model/answer.ts'

/** The time of the logs (ms since 1970 UTC). */
export const [first, last] = [Date.parse('2026-06-01T00:00:00Z'), Date.parse('2026-06-14T23:00:00Z')] as const

/** Answers by their questions: how they are, or in part what stands in them. */
export type Said = Partial<Record<Question, Is | Partial<Answer>>>

/** Other input than the usual one: of the logs in part; windows of campaigns; what is known of the general question. */
export type More = {
  readonly input?: Record<string, unknown>
  readonly meter?: object
  readonly windows?: readonly Partial<Window>[]
  readonly general?: CampaignAnswer | null
}

/** The verdict on MAIL01, whose logs of June 2026 are whole. */
export function verdictAs(said: Said, { input: other = {}, meter = {}, windows = [], general = null }: More): Verdict {
  const answers = questions.map((question): Answer => {
    const own = said[question] ?? 'no-evidence'
    const base = {
      question,
      is: 'no-evidence' as Is,
      because: said[question] === undefined ? [] : ['a'],
      sentence: '',
      contradictions: [],
      coverage: { from: null, to: null, covered: 9, of: 9, missing: [] },
      missingEvidence: [],
    }
    return typeof own === 'string' ? { ...base, is: own } : { ...base, ...own }
  })
  const logs = {
    first,
    last,
    blind: [],
    notRead: () => [],
    lostIn: () => [],
    kindsSeen: () => ['windows-security', 'tasks', 'services'],
    isSeenInPart: () => false,
    has: () => false,
    ...meter,
  }
  const input = {
    server: { name: 'MAIL01', names: new Set(['MAIL01']), product: 'Exchange2016', isSure: true },
    found: [],
    meter: logs,
    openLeads: [],
    mailboxes: [],
    named: [],
    narrowed: null,
    nothingRecognized: false,
    ...other,
  }
  return verdictOf(input as unknown as AssessmentInput, answers, windows as readonly Window[], general)
}
