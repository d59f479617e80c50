import type { Make } from '../case.ts'
import { EVENT_LOGS, IIS_HEADER, IIS_LOGS, put } from '../parts.ts'

export const make: Make = ({ evidence, isFull }) => {
  const levels = isFull ? 1_000_000 : 100_000
  put(evidence, `${EVENT_LOGS}/deep.json`, `${'['.repeat(levels)}${']'.repeat(levels)}`)
  put(evidence, `${EVENT_LOGS}/objects.jsonl`, `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}\n`)
  put(evidence, `${EVENT_LOGS}/deep.xml`, `<Events>${'<Event>'.repeat(levels)}${'</Event>'.repeat(levels)}</Events>`)
  put(evidence, `${IIS_LOGS}/u_ex210315.log`, IIS_HEADER.replace('DAY', '2021-03-15').repeat(isFull ? 100_000 : 20_000))
}
