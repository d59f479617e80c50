import { countedLogon, outcomeOf } from '../activity/logon-events.ts'
import type { Event } from '../model/event.ts'
import { vantageOf } from '../model/log-kinds.ts'
import type { RuleInfo } from '../model/rule.ts'

/** Is a row one of those that are counted for the findings of a rule, be it in a log that its condition does not select? */
export function countsRow({ computedBy, stage }: Pick<RuleInfo, 'computedBy' | 'stage'>, event: Event): boolean {
  if (computedBy === undefined) return false
  if (computedBy === 'own-grants') return vantageOf(event.log) === 'cmdlet'
  if (computedBy !== 'logons' && computedBy !== 'later-logons') return vantageOf(event.log).startsWith('tenant-')
  const logon = countedLogon(event)
  return logon !== null && outcomeOf(logon) === (stage === 'attempt' ? 'refused' : 'served')
}
