import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import { csvRow } from './findings-csv.ts'
import { brief, fact, jsonLines, plainText, isoTimestamp } from '../shared/serialize.ts'
import type { Report } from '../report.ts'
import { stageTexts, timeBases } from '../../locales/en/words.ts'

// Timelines for Timesketch: https://timesketch.org/guides/user/import-from-json-csv/
// What has no time has no place on a timeline and is left out.

/** timeline.csv */
export const timesketchCsv: Report = {
  name: 'timesketch-csv',
  file: 'timeline.csv',
  *write(assessment) {
    yield csvRow(columns)
    for (const event of events(assessment)) yield csvRow(columns.map((column) => valueOf(event[column])))
  },
}

/** timeline.jsonl */
export const timesketchJsonl: Report = {
  name: 'timesketch-jsonl',
  file: 'timeline.jsonl',
  write: (assessment) => jsonLines(events(assessment)),
}

const columns = [
  'message',
  'timestamp',
  'datetime',
  'timestamp_desc',
  'tag',
  'data_type',
  'stage',
  'level',
  'source_ip',
  'username',
  'hostname',
  'target',
  'rule_name',
  'rule_id',
  'campaign',
  'cve',
  'technique',
  'status_code',
  'user_agent',
  'sha256_hash',
  'count',
  'time_basis',
  'log',
  'evidence_file',
  'line',
  'record',
  'byte_offset',
  'raw',
  'finding_id',
  'chain_id',
] as const

type TimelineEvent = Readonly<Partial<Record<(typeof columns)[number], unknown>>>

function valueOf(value: unknown): string | number | null {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'number'
    ? value
    : value === null || value === undefined
      ? null
      : plainText(String(value as string))
}

function* events(assessment: Assessment): Generator<TimelineEvent> {
  for (const build of assessment.server.builds) {
    const time = isoTimestamp(build.from)
    if (time === null) continue
    yield {
      ...at(time),
      message: `Build ${brief(build.build)} is seen on ${brief(assessment.server.name)}`,
      timestamp_desc: 'Build first seen',
      tag: ['postern', 'build'],
      data_type: 'postern:build',
      hostname: assessment.server.name,
      log: build.source,
    }
  }
  for (const finding of assessment.findings) {
    const first = isoTimestamp(finding.first ?? finding.time)
    if (first === null) continue
    const last = isoTimestamp(finding.last)
    const told = eventOf(finding, assessment.server.name)
    yield { ...at(first), timestamp_desc: finding.count > 1 ? 'First row of finding' : 'Row of finding', ...told }
    if (last !== null && last !== first) {
      const row = finding.locators.at(-1)
      yield { ...at(last), timestamp_desc: 'Last row of finding', ...told, ...place(row) }
    }
  }
}

function at(time: string): Pick<TimelineEvent, 'datetime' | 'timestamp'> {
  return { datetime: time.replace('Z', '+00:00'), timestamp: Date.parse(time) * 1000 }
}

function eventOf(f: Finding, server: string): TimelineEvent {
  return {
    message: messageOf(f),
    tag: ['postern', f.stage, f.level, ...f.attack.map((id) => brief(id, 40))],
    data_type: 'postern:finding',
    stage: stageTexts[f.stage],
    level: f.level,
    source_ip: f.client,
    username: f.user,
    hostname: f.host ?? server,
    target: f.target,
    rule_name: f.title,
    rule_id: f.rule,
    campaign: f.campaign,
    cve: f.cves,
    technique: f.attack,
    status_code: fact(f, 'sc-status'),
    user_agent: fact(f, 'cs-user-agent'),
    sha256_hash: fact(f, 'sha256'),
    count: f.count,
    time_basis: timeBases[f.timeBasis],
    log: f.log,
    ...place(f.locators[0]),
    finding_id: f.id,
    chain_id: f.intrusion,
  }
}

function place(row: Finding['locators'][number] | undefined): TimelineEvent {
  if (!row) return {}
  return { evidence_file: row.path, line: row.line, record: row.record, byte_offset: row.offset, raw: row.raw }
}

/** A finding in a line: what, who, on what. */
export function messageOf({ stage, title, client, user, target }: Finding): string {
  const who = [client === null ? '' : `from ${brief(client)}`, user === null ? '' : `as ${brief(user)}`]
  const words = [...who, target === null ? '' : `on ${brief(target, 300)}`].filter((text) => text !== '')
  return `${stageTexts[stage]}: ${brief(title, 300)}${words.length > 0 ? ` (${words.join(' ')})` : ''}`
}
