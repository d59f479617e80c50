import type { Answer, CampaignAnswer, Question } from '../../model/answer.ts'
import { isAtLeastLikely } from '../../model/sign.ts'
import type { AssessmentInput } from './assessment-input.ts'
import { asks } from './sentences.ts'
import { DAY } from '../../lib/time.ts'

const entries: readonly Question[] = ['compromised', 'mail-taken', 'still-there']

/**
 * An intrusion in which no vulnerability is seen to work leaves "exploited" as the logs show it: unknown where they begin
 * less than a day before its first step, and otherwise no, with what that leaves as initial access.
 */
export function withInitialAccess(
  { server, found }: AssessmentInput,
  answers: readonly Answer[],
  general: CampaignAnswer | null,
): Answer[] {
  const entered = answers.filter(({ question, is }) => entries.includes(question) && isAtLeastLikely(is))
  if (entered.length === 0 || server.product === 'none') return [...answers]
  const ids = new Set(entered.flatMap(({ because }) => because))
  const times = found.flatMap(({ finding: { id, first, time } }) => (ids.has(id) ? (first ?? time ?? []) : []))
  const first = times.sort()[0]
  const whole = general?.answers.find(({ question }) => question === 'exploited')?.coverage
  return answers.map((answer) => {
    const { question, is, because } = answer
    const coverage = whole ?? answer.coverage
    if (question !== 'exploited' || is !== 'no-evidence' || because.length > 0) return answer
    const begins = coverage.covered > 0 ? coverage.from : null
    if (first === undefined || begins === null) return answer
    if (Date.parse(begins) <= Date.parse(first) - DAY)
      return {
        ...answer,
        sentence: `No evidence that ${asks.exploited} from ${day(coverage.from)} to ${day(coverage.to)} (UTC). That leaves valid credentials, or an attack vector that these logs do not record.`,
      }
    return {
      ...answer,
      is: 'cannot-tell',
      sentence: `Cannot determine whether ${asks.exploited}: the logs that would show it begin on ${day(begins)}, less than a day before the first step of the intrusion.`,
      missingEvidence: [`logs of the days before ${day(first)} (from a backup, a log collector or a shadow copy)`],
    }
  })
}

const day = (time: string | null): string => (time ?? '').slice(0, 10)
