import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import { splitCsv } from '../../lib/csv.ts'
import { isoTime, statesZone, utcTime } from '../../lib/time.ts'
import type { FieldValue, Place } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { has, listIn, objectIn, textIn } from './json-values.ts'
import { toolLevel, type ToolResult, toolResult } from './tool-result.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * Findings of the scanners THOR (text and the three forms of its JSON) and LOKI (text and `--csv`): what of notice, warning
 * and alert they said, with file, rules and score. https://github.com/NextronSystems/jsonlog, https://github.com/Neo23x0/Loki
 */
export const thorText: Parser = {
  name: 'thor-text',
  title: 'Log of the scanner THOR or LOKI',
  product: 'windows',
  recognize: ({ text }: Head) => {
    if (!text.includes(': MODULE: ') && !/^\d{8}T\d\d:\d\d:\d\dZ,/.test(text)) return 0
    const lines = firstLines(text)
    const ours = lines.filter((line) => entryOfLine(line) !== null).length
    return ours > 0 && ours * 2 >= lines.length - 1 ? 94 : 0
  },
  read: readText,
}

/**
 * The table that THOR writes beside its log (`--csvfile`): MD5, file and score of each file that it found, without a header.
 * https://thor-manual.nextron-systems.com/en/latest/usage/output-options.html
 */
export const thorCsv: Parser = {
  name: 'thor-csv',
  title: 'Files found by the scanner THOR as CSV',
  product: 'windows',
  recognize: ({ text, path }: Head) => {
    if (!/^[\da-f]{32},/i.test(text)) return 0
    const rows = firstLines(text).map(fileRowOf)
    if (rows.length === 0 || rows.some((row) => row === null)) return 0
    if (/_files_md5s\.csv$/i.test(path)) return 95
    // Of lists of files with their sizes this one differs in that no score is below the least that is reported.
    return rows.every((row) => row!.score >= LEAST) ? 88 : 0
  },
  read: readFiles,
}

export const thorJson: Parser = {
  name: 'thor-json',
  title: 'Log of the scanner THOR as JSON',
  product: 'windows',
  recognize: (head: Head) =>
    /"(?:module|log_version)"/.test(head.text.slice(0, 8192)) && holdsObject(head, (value) => entryOf(value) !== null)
      ? 97
      : 0,
  read: readJson,
}

// ---------------------------------------------------------------- text

// `Jul 22 10:36:00 HOST/10.0.0.1 THOR: Alert: MODULE: Filescan MESSAGE: …`, `20200221T09:00:19Z HOST LOKI: Warning: MODULE: …`
const ENTRY =
  /^(\w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{8}T\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?) (\S{1,300}) (THOR|LOKI): (\w+): MODULE: (\w+) MESSAGE: (.*)$/s
// `20200221T09:00:19Z,HOST,WARNING,FileScan,…`: the message is neither quoted nor masked.
const CSV_ENTRY = /^(\d{8}T\d\d:\d\d:\d\dZ),([^,\s]{1,300}),(DEBUG|INFO|NOTICE|WARNING|ALERT|ERROR|RESULT),(\w+),(.*)$/s
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

type Line = {
  readonly stamp: string
  readonly host: string
  readonly tool: string
  readonly level: string
  readonly module: string
  readonly message: string
}

function entryOfLine(text: string): Line | null {
  const m = ENTRY.exec(text)
  if (m) {
    const [, stamp, host, tool, level, module, message] = m as unknown as [string, ...string[]]
    return { stamp: stamp!, host: host!, tool: tool!, level: level!, module: module!, message: message! }
  }
  const csv = CSV_ENTRY.exec(text)
  if (!csv) return null
  const [, stamp, host, level, module, message] = csv as unknown as [string, ...string[]]
  return { stamp: stamp!, host: host!, tool: 'LOKI', level: level!, module: module!, message: message! }
}

/** Whole lines at the beginning of a text that are not empty. */
function firstLines(text: string): string[] {
  const some = text.slice(0, 16_384)
  const lines = some.split(/\r?\n/)
  if (some.length < text.length && lines.length > 1) lines.pop()
  return lines.filter((line) => line !== '')
}

async function readText(source: Source, sink: Sink): Promise<number> {
  const year = /(?:^|[^\d])(20\d\d)-?\d\d-?\d\d(?:[^\d]|$)/.exec(fileNameOf(source.path))?.[1] ?? null
  const run = { version: null as string | null }
  return readLines(source, sink, (line, unread) => {
    const entry = entryOfLine(line.text)
    if (!entry) {
      if (line.text.trim() !== '') unread(line, 'unsupported', 'text that is no entry of the scanner')
      return
    }
    const { stamp, host, tool, level, module, message } = entry
    run.version = /\bVersion: ?v?([\d.]+)|VERSION: ([\d.]+)/.exec(message)?.slice(1).find(Boolean) ?? run.version
    const values = valuesOf(message)
    const result = resultOf(tool, level, values, message)
    if (!result) return
    const { time, basis } = timeOf(stamp, year)
    const fields = { ...result.fields, ToolModule: module }
    const at: Place = { path: source.path, offset: line.offset, length: line.length, line: line.number }
    sink.event(
      toolResult({ ...result, fields, version: run.version, host: host.split('/')[0]!, time, basis }, line.text, at),
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

// ---------------------------------------------------------------- table of files

/** What is reported at the least, unless `--min` says otherwise. */
const LEAST = 40

type FileRow = { readonly md5: string; readonly path: string; readonly score: number }

function fileRowOf(text: string): FileRow | null {
  // Names may have commas; the first and the last column have none.
  const m = /^([\da-f]{32}),(.+),(\d{1,4})$/is.exec(text)
  if (!m) return null
  const { values, open } = splitCsv(m[2]!)
  const path = !open && values.length === 1 ? values[0]! : m[2]!
  return { md5: m[1]!.toLowerCase(), path, score: Number(m[3]) }
}

async function readFiles(source: Source, sink: Sink): Promise<number> {
  return readLines(source, sink, (line, unread) => {
    if (line.text === '') return
    const row = fileRowOf(line.text)
    if (!row) return unread(line, 'unsupported', 'text that is no digest, file and score')
    const { md5, path, score } = row
    // `archive.zip|member.js`: the digest is that of the member.
    const [file] = path.split('|') as [string]
    const fields: Record<string, FieldValue> = {
      Action: 'detected',
      ToolModule: 'Filescan',
      ToolScore: score,
      Hashes: `MD5=${md5.toUpperCase()}`,
    }
    if (file !== path) fields.ArchiveMember = path.slice(file.length + 1)
    const at: Place = { path: source.path, offset: line.offset, length: line.length, line: line.number }
    sink.event(toolResult({ tool: 'THOR', verdict: `score ${score}: ${path}`, file, fields }, line.text, at))
  })
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
  return readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
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
  })
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
