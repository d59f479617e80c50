import type { Member } from '../evidence/container.ts'
import { ValueCaches } from '../prefilter/row-rules.ts'
import { askAll } from '../rules/match.ts'
import type { EventRule } from '../rules/rule.ts'
import type { Scan } from '../model/scan.ts'
import { scanMember } from './scan.ts'

/**
 * Reads members a second time, with these rules alone; rules that need an attack chain match, too. Logs must state their time zone.
 */
export function readAgain(
  events: readonly EventRule[],
  passwords: readonly string[],
): (member: Member) => Promise<Scan> {
  const settings = {
    rules: { events, scanners: [], broken: [] },
    ask: askAll(events),
    zone: null,
    passwords,
    tied: true,
    lexicons: new ValueCaches(events),
  }
  return (member) => scanMember(member, settings)
}
