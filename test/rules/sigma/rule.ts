// Small builders for the tests of this folder.
import type { BrokenRule } from '../../../src/model/rule.ts'
import type { Event, Fields, LogSource } from '../../../src/model/event.ts'
import type { EventRule, LoadedRules, RuleFile } from '../../../src/rules/rule.ts'
import { sigma } from '../../../src/rules/sigma/index.ts'

/** An event of these fields; a Windows one unless other sources are given. */
export function event(fields: Fields, more: Partial<Event> = {}): Event {
  return {
    log: 'windows-other',
    sources: [{ product: 'windows', category: 'process_creation' }],
    time: 0,
    timeBasis: 'stated',
    fields,
    raw: '',
    at: { path: 'a.log', offset: 0, length: 0 },
    host: null,
    client: null,
    user: null,
    target: null,
    request: null,
    session: null,
    ...more,
  }
}

/** A row of a web log. */
export function request(fields: Fields, more: Partial<Event> = {}): Event {
  const sources: LogSource[] = [{ category: 'webserver' }, { product: 'windows', service: 'iis' }]
  return event(fields, { log: 'iis-frontend', sources, ...more })
}

export function file(text: string, more: Partial<RuleFile> = {}): RuleFile {
  return { path: 'rules/a.yml', text, pack: 'test', campaign: 'unknown', settings: {}, ...more }
}

export const head = `title: A
id: 00000000-0000-4000-8000-000000000001
logsource: {product: windows, category: process_creation}
`

export async function load(text: string, more: Partial<RuleFile> = {}): Promise<LoadedRules> {
  return await sigma.load([file(text, more)])
}

/** The rule of a detection block, which stands two columns in. */
export async function rule(detection: string): Promise<EventRule> {
  const loaded = await load(`${head}detection:\n${detection.replaceAll(/^/gm, '  ')}\n`)
  if (loaded.events.length !== 1) throw new Error(JSON.stringify(loaded.broken))
  return loaded.events[0]!
}

/** The rule whose only selection is this. */
export async function selection(lines: string): Promise<EventRule> {
  return await rule(`sel:\n${lines.replaceAll(/^/gm, '  ')}\ncondition: sel`)
}

/** Why the detection block cannot be used. */
export async function brokenBy(detection: string): Promise<BrokenRule> {
  const loaded = await load(`${head}detection:\n${detection.replaceAll(/^/gm, '  ')}\n`)
  if (loaded.broken.length !== 1) throw new Error(`loaded: ${loaded.events.length}, broken: ${loaded.broken.length}`)
  return loaded.broken[0]!
}
