import { JsonObjects } from '../../lib/json-objects.ts'
import { isoTime, statesZone, utcTime } from '../../lib/time.ts'
import type { FieldValue, Place } from '../../model.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../reading.ts'
import { has, listIn, objectIn, textIn } from './json-values.ts'
import { toolLevel, type ToolResult, toolResult } from './tool-result.ts'

/**
 * Findings of the scanners THOR (text and the three forms of its JSON) and LOKI: what of notice, warning and alert they
 * said, with file, rules and score. https://github.com/NextronSystems/jsonlog, https://github.com/Neo23x0/Loki
 */
export const thorText: Parser = {
  name: 'thor-text',
  title: 'Log of the scanner THOR or LOKI',
  recognise: ({ text }: Head) => {
    if (!text.includes(': MODULE: ')) return 0
    const lines = text
      .slice(0, 16_384)
      .split(/\r?\n/)
      .filter((line) => line !== '')
    const ours = lines.filter((line) => ENTRY.test(line)).length
    return ours > 0 && ours * 2 >= lines.length - 1 ? 94 : 0
  },
  read: readText,
}

export const thorJson: Parser = {
  name: 'thor-json',
  title: 'Log of the scanner THOR as JSON',
  recognise: ({ text, bytes }: Head) => {
    if (!/"(?:module|log_version)"/.test(text.slice(0, 8192))) return 0
    let ours = 0
    const objects = new JsonObjects(
      bytes,
      ({ value }) => entryOf(value) !== null && ++ours > 0,
      () => {},
    )
    objects.push(bytes)
    objects.finish()
    return ours > 0 ? 97 : 0
  },
  read: readJson,
}

// ---------------------------------------------------------------- text

// `Jul 22 10:36:00 HOST/10.0.0.1 THOR: Alert: MODULE: Filescan MESSAGE: …`, `20200221T09:00:19Z HOST LOKI: Warning: MODULE: …`
const ENTRY =
  /^(\w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{8}T\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?) (\S{1,300}) (THOR|LOKI): (\w+): MODULE: (\w+) MESSAGE: (.*)$/s
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

async function readText(source: Source, sink: Sink): Promise<number> {
  const year = /(?:^|[^\d])(20\d\d)-?\d\d-?\d\d(?:[^\d]|$)/.exec(/[^/\\]*$/.exec(source.path)?.[0] ?? '')?.[1] ?? null
  const run = { version: null as string | null }
  return readLines(source, sink, (line, unread) => {
    const m = ENTRY.exec(line.text)
    if (!m) {
      if (line.text.trim() !== '') unread(line, 'unsupported', 'text that is no entry of the scanner')
      return
    }
    const [, stamp, host, tool, level, module, message] = m as unknown as [string, ...string[]]
    run.version = /\bVersion: ?v?([\d.]+)|VERSION: ([\d.]+)/.exec(message!)?.slice(1).find(Boolean) ?? run.version
    const values = valuesOf(message!)
    const result = resultOf(tool!, level!, values, message!)
    if (!result) return
    const { time, basis } = timeOf(stamp!, year)
    const fields = { ...result.fields, ToolModule: module! }
    const at: Place = { path: source.path, offset: line.offset, length: line.length, line: line.number }
    sink.event(
      toolResult({ ...result, fields, version: run.version, host: host!.split('/')[0]!, time, basis }, line.text, at),
    )
  })
}

/** Syslog has no year: that of the file's name, which the scanner gives it. */
function timeOf(stamp: string, year: string | null): { time: number | null; basis: 'stated' | 'assumed' } {
  const compact = /^(\d{4})(\d\d)(\d\d)(T.*)$/.exec(stamp)
  const iso = compact ? `${compact[1]}-${compact[2]}-${compact[3]}${compact[4]}` : stamp
  if (iso.includes('T')) return { time: isoTime(iso), basis: statesZone(iso) ? 'stated' : 'assumed' }
  const m = /^(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)$/.exec(stamp)
  if (!m || year === null) return { time: null, basis: 'assumed' }
  const month = MONTHS.indexOf(m[1]!) / 3 + 1
  const time = Number.isInteger(month) ? utcTime(+year, month, +m[2]!, +m[3]!, +m[4]!, +m[5]!) : null
  return { time, basis: 'assumed' }
}

/** `FILE: C:\… SCORE: 100 REASON_1: …`: names in capitals, values up to the next name. LOKI's `Yara Rule MATCH: …` is a value. */
function valuesOf(message: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const names = [...message.slice(0, 65_536).matchAll(/(?:^|\s)(?!MATCH:)([A-Z][A-Z0-9_]{2,40}): ?/g)].slice(0, 300)
  names.forEach((name, i) => {
    const end = names[i + 1]?.index ?? message.length
    const key = name[1]!.toLowerCase()
    if (!values.has(key)) values.set(key, message.slice(name.index + name[0].length, end).trim())
  })
  return values
}

// ---------------------------------------------------------------- JSON

type Json = Readonly<Record<string, unknown>>
type Entry = {
  readonly time: string
  readonly host: string | null
  readonly level: string
  readonly module: string
  readonly values: ReadonlyMap<string, string>
  readonly message: string
}

/** An entry in any of the three forms: flat texts, flat with lists of reasons, or `meta`, `subject` and `reasons`. */
function entryOf(value: Json): Entry | null {
  const meta = objectIn(value, 'meta') ?? value
  const [time, level, module] = [textIn(meta, 'time'), textIn(meta, 'level'), textIn(meta, 'module')]
  const scan = textIn(meta, 'scanid') ?? textIn(meta, 'scan_id')
  if (time === null || level === null || module === null) return null
  if (scan === null && !has(value, 'log_version') && !textIn(value, 'type')?.startsWith('THOR ')) return null
  const values = new Map<string, string>()
  const add = (name: string, from: Json | null, key = name): void => {
    const text = textIn(from, key)
    if (text !== null && !values.has(name)) values.set(name, text)
  }
  for (const key of Object.keys(value)) if (values.size < 500) add(key.toLowerCase(), value, key)
  const subject = objectIn(value, 'subject')
  const file = objectIn(value, 'file')
  add('file', subject, 'path')
  add('file', file, 'path')
  add('sha256', objectIn(subject, 'hashes'))
  add('command', subject, 'command')
  listIn(value, 'reasons').forEach((reason, i) => {
    const signature = objectIn(reason, 'signature')
    add(`reason_${i + 1}`, signature, 'rule_name')
    add(`reason_${i + 1}`, reason, 'rulename')
    add(`reason_${i + 1}`, reason, 'summary')
    add(`reason_${i + 1}`, reason, 'reason')
  })
  return { time, host: textIn(meta, 'hostname'), level, module, values, message: textIn(value, 'message') ?? '' }
}

async function readJson(source: Source, sink: Sink): Promise<number> {
  const run = { version: null as string | null }
  const objects = new JsonObjects(
    source.bytes,
    ({ value, text, offset, length, line }) => {
      const entry = entryOf(value)
      if (!entry) return false
      run.version = /^Thor Version: ?v?([\d.]+)/i.exec(entry.message)?.[1] ?? run.version
      const result = resultOf('THOR', entry.level, entry.values, entry.message)
      if (!result) return true
      const fields = { ...result.fields, ToolModule: entry.module }
      const basis = statesZone(entry.time) ? 'stated' : 'assumed'
      sink.event(
        toolResult(
          { ...result, fields, version: run.version, host: entry.host, time: isoTime(entry.time), basis },
          text,
          { path: source.path, offset, length, line },
        ),
      )
      return true
    },
    (gap) => sink.gap(gap),
  )
  for await (const chunk of source.chunks()) objects.push(chunk)
  return objects.finish() - objects.gapBytes
}

// ---------------------------------------------------------------- both

/** A statement about something; entries about the scan itself (`Info`) are none, but for its last word. */
function resultOf(
  tool: string,
  level: string,
  values: ReadonlyMap<string, string>,
  message: string,
): ToolResult | null {
  const last = /^(?:SYSTEM SEEMS TO BE CLEAN|Indicators detected|Suspicious objects detected)/i.test(message)
  if (!/^(?:alert|warning|notice)$/i.test(level) && !last) return null
  if (/^notice$/i.test(level) && !values.has('score') && !values.has('reason_1')) return null
  const reasons: string[] = []
  for (let i = 1; i <= 50; i++) {
    const reason = values.get(`reason_${i}`)
    if (reason !== undefined) reasons.push(reason.replace(/^yara rule(?: match:)? */i, '').split(' SUBSCORE')[0]!)
  }
  const file = values.get('file') ?? values.get('path') ?? null
  const score = Number(values.get('score') ?? values.get('total_score'))
  const fields: Record<string, FieldValue> = {
    Action: last && /CLEAN/i.test(message) ? 'nothing-found' : 'detected',
    ToolReasons: reasons,
    ToolScore: Number.isFinite(score) && values.has('score') ? score : null,
  }
  const sha256 = values.get('sha256')
  if (sha256 && /^[\da-f]{64}$/i.test(sha256)) fields.sha256 = sha256.toLowerCase()
  const command = values.get('command') ?? values.get('cmd')
  if (command) fields.CommandLine = command
  return {
    tool,
    rule: reasons[0] ?? null,
    level: last ? 'informational' : toolLevel(level),
    verdict: /^[A-Z_]+: /.test(message) ? (reasons[0] ?? message.slice(0, 300)) : message.split(/ [A-Z_]{3,}\d*: /)[0]!,
    file: file === '' ? null : file,
    fields,
  }
}
