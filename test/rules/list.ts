import type { Event, Fields, LogSource } from '../../src/model/event.ts'
import type { EventRule, LoadedRules, RuleFile } from '../../src/rules/rule.ts'
import { ioc } from '../../src/rules/indicators/indicators.ts'

export const WEB: readonly LogSource[] = [{ category: 'webserver' }, { product: 'windows', service: 'iis' }]
export const FILE: readonly LogSource[] = [
  { category: 'file_event', product: 'windows' },
  { product: 'postern', service: 'file' },
]
export const CALL: readonly LogSource[] = [{ category: 'network_connection', product: 'windows' }]

export function event(
  fields: Fields,
  sources: readonly LogSource[] = WEB,
  client: string | null = null,
  time: number | null = 0,
): Event {
  return {
    log: 'iis-frontend',
    sources,
    time,
    timeBasis: 'format',
    fields,
    raw: '',
    at: { path: 'x', offset: 0, length: 0 },
    host: null,
    client,
    user: null,
    target: null,
    request: null,
    session: null,
  }
}

export const file = (text: string, path = 'list.txt'): RuleFile => ({
  path,
  text,
  pack: 'test',
  campaign: 'unknown',
  settings: {},
})
export const load = (text: string, path?: string): Promise<LoadedRules> => ioc.load([file(text, path)])

/** What all rules whose log source fits say of the event. */
export function ask(events: readonly EventRule[], asked: Event): string[] {
  const fits = (rule: EventRule): boolean =>
    rule.sources.some((want) =>
      asked.sources.some((has) => Object.entries(want).every(([key, value]) => has[key as keyof LogSource] === value)),
    )
  return events.filter(fits).flatMap((rule) => rule.match(asked) ?? [])
}
