import { canonicalIp } from '../../lib/ip.ts'
import type { Level } from '../../model/stages.ts'
import type { Event, FieldValue, LogSource, Place, TimeBasis } from '../../model/event.ts'
import { fileFields } from '../../model/file-fields.ts'
import { hostName } from '../common/lines.ts'

/** What another tool said of the evidence: one statement of it. */
export type ToolResult = {
  readonly tool: string
  readonly version?: string | null
  /** Title of the rule, signature or check of that tool. */
  readonly rule?: string | null
  readonly level?: Level | null
  /** In the tool's own words. */
  readonly verdict: string
  readonly time?: number | null
  readonly basis?: TimeBasis
  readonly host?: string | null
  readonly client?: string | null
  readonly user?: string | null
  readonly file?: string | null
  /** What else it points at, by our usual names. */
  readonly fields?: Readonly<Record<string, FieldValue>>
}

const sources: readonly LogSource[] = [{ product: 'postern', service: 'tool-result' }]

/** The event of a statement. It is quoted evidence: it proves nothing by itself and covers no hour of any log. */
export function toolResult(result: ToolResult, raw: string, at: Place): Event {
  const { tool, version, rule, level, verdict, file } = result
  const client = result.client ? canonicalIp(result.client) : null
  return {
    log: 'tool-results',
    sources,
    time: result.time ?? null,
    timeBasis: result.basis ?? 'assumed',
    fields: {
      Tool: tool,
      ToolVersion: version ?? null,
      ToolRule: rule ?? null,
      ToolLevel: level ?? null,
      ToolVerdict: verdict,
      ...(file ? fileFields(file) : {}),
      ...(client ? { ClientIP: client } : {}),
      ...(result.user ? { User: result.user } : {}),
      ...result.fields,
    },
    raw,
    at,
    host: hostName(result.host),
    client,
    user: result.user ?? null,
    target: file ?? null,
    request: null,
    session: null,
    snippet: true,
  }
}

const levels: ReadonlyMap<string, Level> = new Map([
  ['info', 'informational'],
  ['informational', 'informational'],
  ['low', 'low'],
  ['med', 'medium'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['crit', 'critical'],
  ['critical', 'critical'],
  // Hayabusa raises alerts of very important machines.
  ['emer', 'critical'],
  ['emergency', 'critical'],
  // THOR and LOKI
  ['notice', 'medium'],
  ['warning', 'high'],
  ['alert', 'critical'],
])

/** The level that a tool gives, in Sigma's five words; null when it gives none that is known. */
export function toolLevel(text: unknown): Level | null {
  return typeof text === 'string' ? (levels.get(text.trim().toLowerCase()) ?? null) : null
}

/** Which CVE a text speaks of: `CVE-2021-26855`, `Cve-2021-26855`. */
export function cveIn(text: string): string | null {
  return /\bcve-\d{4}-\d{4,7}/i.exec(text)?.[0].toUpperCase() ?? null
}
