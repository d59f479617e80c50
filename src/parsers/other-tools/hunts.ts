import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import { counted } from '../../lib/amounts.ts'
import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { canonicalJson } from '../../lib/json.ts'
import type { FieldValue, Place } from '../../model/event.ts'
import { recordOfJson } from '../windows-events/json.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { wholeNumber, windowsEvent } from '../windows-events/event.ts'
import type { WindowsRecord } from '../windows-events/record.ts'
import { hayabusaRecord } from './hayabusa-record.ts'
import { fileOf, firstRow, isFirstHeader, titlesOf } from './chainsaw-first.ts'
import { type HuntTime, HuntTimes } from './hunt-times.ts'
import { asObject, ownMember } from '../../lib/json-object.ts'
import { has, listIn, objectIn, textIn } from './json-values.ts'
import { toolLevel, type ToolResult, toolResult } from './tool-result.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * What hunts over Windows event logs found: Hayabusa (https://github.com/Yamato-Security/hayabusa), Chainsaw
 * (https://github.com/WithSecureLabs/chainsaw) and Zircolite (https://github.com/wagga40/Zircolite), as CSV and JSON.
 * Tables of
 * their first versions have other columns. Where the event stands beside the rule it is read as an event, too, so that our
 * rules judge it.
 */
export const huntJson: Parser = {
  name: 'hunt-json',
  title: 'Result of Hayabusa, Chainsaw or Zircolite as JSON',
  product: 'windows',
  recognize: (head: Head) => {
    if (!/"(?:RuleTitle|timestamp_desc|group|detection|rule_level|sigmafile)"\s*:/.test(head.text)) return 0
    // One object may be longer than the head.
    return holdsObject(head, (value) => kindOf(value) !== null) || BEGINS.test(head.text.slice(0, 4096)) ? 97 : 0
  },
  read: readJson,
}

export const huntCsv: Parser = {
  name: 'hunt-csv',
  title: 'Result of Hayabusa or Chainsaw as CSV',
  product: 'windows',
  recognize: ({ text }: Head) => {
    const line = headerLineOf(text)
    return line !== null && headerOf(line) !== null ? 97 : 0
  },
  read: readCsv,
}

type Json = Readonly<Record<string, unknown>>
type Kind = 'hayabusa' | 'chainsaw' | 'chainsaw-first' | 'zircolite'
/** What was found, and when as the tool wrote it. */
type Found = {
  readonly stamp: string
  readonly result: ToolResult
  /** The event that was found, where the tool gives enough of it. */
  readonly record?: Omit<WindowsRecord, 'when'>
}

const BEGINS =
  /^\s*(?:\[\s*)?\{\s*"(?:Timestamp"\s*:\s*"[^"]{0,60}"\s*,\s*"RuleTitle|title"[^{}]{0,2000}"(?:sigmafile|rule_level)|group"\s*:\s*"[^"]{0,200}"\s*,\s*"kind|detection"\s*:\s*\[(?:\s*"[^"]{0,200}"(?:\s*,)?){0,50}\s*\]\s*,\s*"event)"/
const MATCHES = 100_000

function kindOf(value: Json): Kind | null {
  if (has(value, 'RuleTitle') && has(value, 'Timestamp') && (has(value, 'Level') || has(value, 'Computer')))
    return 'hayabusa'
  // The profiles for Timesketch.
  if (ownMember(value, 'timestamp_desc') === 'hayabusa' && has(value, 'datetime') && has(value, 'message'))
    return 'hayabusa'
  if (Array.isArray(ownMember(value, 'detection')) && has(objectIn(value, 'event') ?? {}, 'Event'))
    return 'chainsaw-first'
  if (
    has(value, 'group') &&
    has(value, 'name') &&
    has(value, 'timestamp') &&
    (has(value, 'document') || has(value, 'documents'))
  )
    return 'chainsaw'
  if (
    has(value, 'title') &&
    Array.isArray(ownMember(value, 'matches')) &&
    (has(value, 'rule_level') || has(value, 'sigma'))
  )
    return 'zircolite'
  return null
}

async function readJson(source: Source, sink: Sink): Promise<number> {
  const times = new HuntTimes(sink, source.path)
  const parsed = await readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const kind = kindOf(value)
    if (!kind) return false
    const at: Place = { path: source.path, offset, length, line }
    if (kind === 'hayabusa') tellFound(ofHayabusa(value), text, at, times, sink)
    else if (kind === 'chainsaw') chainsaw(value, text, at, times, sink)
    else if (kind === 'chainsaw-first') chainsawFirst(value, text, at, sink)
    else zircolite(value, at, sink)
    return true
  })
  times.finish()
  return parsed
}

function tellFound({ stamp, result, record }: Found, raw: string, at: Place, times: HuntTimes, sink: Sink): void {
  times.take(stamp, at, (when: HuntTime) => {
    if (record) sink.event(windowsEvent({ ...record, when: { ...when, text: stamp } }, raw, at))
    const fields = when.time === null && stamp !== '' ? { ...result.fields, Timestamp: stamp } : result.fields
    sink.event(toolResult({ ...result, ...when, ...(fields ? { fields } : {}) }, raw, at))
  })
}

// ---------------------------------------------------------------- Hayabusa

/** Other names of the columns: before version 1, in versions 1.0 to 1.4, and in the profiles for Timesketch. */
const FORMER: ReadonlyMap<string, readonly string[]> = new Map([
  ['Timestamp', ['time', 'datetime']],
  ['RuleTitle', ['alert', 'message']],
  ['Computer', ['computername']],
  ['RuleFile', ['RulePath']],
  ['AllFieldInfo', ['RecordInformation']],
])

function named(get: (name: string) => string | null): (name: string) => string | null {
  return (name) => {
    let text = get(name)
    for (const other of FORMER.get(name) ?? []) text ??= get(other)
    return text
  }
}

/** What the rendered columns call our fields; the whole fields of an event have Windows' own names. */
const RENDERED: ReadonlyMap<string, string> = new Map([
  ['cmdline', 'CommandLine'],
  ['proc', 'Image'],
  ['parentcmdline', 'ParentCommandLine'],
  ['parentproc', 'ParentImage'],
  ['scriptblock', 'ScriptBlockText'],
  ['svc', 'ServiceName'],
  ['threat', 'ThreatName'],
  ['path', 'TargetFilename'],
  ['file', 'TargetFilename'],
  ['srcip', 'IpAddress'],
  // What Defender did with a file.
  ['action id', 'Action ID'],
  ['action name', 'Action Name'],
  ['action', 'Action Name'],
  ['error code', 'Error Code'],
])
const WHOLE = new Set([
  'CommandLine',
  'Image',
  'NewProcessName',
  'ParentImage',
  'ParentCommandLine',
  'TargetFilename',
  'TargetObject',
  'ScriptBlockText',
  'ServiceName',
  'ImagePath',
  'IpAddress',
  'SourceIp',
  'TaskName',
  'TargetUserName',
  'SubjectUserName',
  'User',
])

function ofHayabusa(value: Json): Found {
  const details = detailsOf(ownMember(value, 'Details'))
  for (const name of ['ExtraFieldInfo', 'AllFieldInfo'])
    for (const [key, text] of detailsOf(ownMember(value, name))) if (!details.has(key)) details.set(key, text)
  return hayabusa(
    named((name) => textIn(value, name)),
    details,
    flat(ownMember(value, 'Details') ?? ownMember(value, 'AllFieldInfo')),
  )
}

function hayabusa(get: (name: string) => string | null, details: ReadonlyMap<string, string>, said: FieldValue): Found {
  const fields: Record<string, FieldValue> = {
    Action: 'detected',
    EventID: wholeNumber(get('EventID')) ?? get('EventID'),
    Channel: get('Channel'),
    RecordId: wholeNumber(get('RecordID') ?? get('EventRecordID')),
    Computer: get('Computer'),
    ToolRuleId: get('RuleID') ?? get('RuleFile'),
    Details: said,
  }
  const user = details.get('User') ?? details.get('TgtUser') ?? details.get('TargetUserName') ?? null
  for (const [name, text] of details) {
    const ours = WHOLE.has(name) ? name : RENDERED.get(name.toLowerCase())
    if (ours !== undefined && fields[ours] === undefined) fields[ours] = text
  }
  const title = get('RuleTitle') ?? ''
  const record = hayabusaRecord(get, details)
  return {
    stamp: get('Timestamp') ?? '',
    ...(record ? { record } : {}),
    result: {
      tool: 'Hayabusa',
      rule: title,
      level: toolLevel(get('Level')),
      verdict: title,
      host: get('Computer'),
      client: String(fields.IpAddress ?? fields.SourceIp ?? '') || null,
      user,
      file: typeof fields.TargetFilename === 'string' ? fields.TargetFilename : null,
      fields,
    },
  }
}

/** What stands between two details: `¦`, lines (`--multiline`), tabs (`--tab-separator`), `|` in the first versions. */
const BETWEEN: readonly (readonly [between: RegExp, mark: string])[] = [
  [/ ?¦ ?/, ' ¦ '],
  [/\r?\n/, '\n'],
  [/\t/, '\t'],
  [/ \| /, ' | '],
]

/** `Cmdline: whoami ¦ Proc: C:\…`, in the first versions `Cmdline:whoami | Proc:C:\…`, or an object of the same. */
function detailsOf(value: unknown): Map<string, string> {
  const object = asObject(value)
  if (object) {
    const names = Object.keys(object).slice(0, 300)
    return new Map(names.flatMap((name) => (textIn(object, name) === null ? [] : [[name, textIn(object, name)!]])))
  }
  const text = typeof value === 'string' ? value.slice(0, 65_536) : ''
  const [between, mark] = BETWEEN.find(([each]) => each.test(text)) ?? [null, '']
  const details: [name: string, value: string][] = []
  for (const part of between ? text.split(between, 300) : [text]) {
    const m = /^([\w ]{2,60}(?:\[\d{1,2}\])?): ?(.*)$/s.exec(part)
    if (m) details.push([m[1]!, m[2]!])
    // A value that holds such a mark itself.
    else if (details.length > 0) details.at(-1)![1] += `${mark}${part}`
  }
  return new Map(details)
}

function flat(value: unknown): FieldValue {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : canonicalJson(value)
}

// ---------------------------------------------------------------- Chainsaw

function chainsaw(value: Json, text: string, at: Place, times: HuntTimes, sink: Sink): void {
  const documents = [objectIn(value, 'document'), ...listIn(value, 'documents')].filter((item) => item !== null)
  const data = documents.map((document) => objectIn(document, 'data'))
  const record = data[0] ? recordOfJson(data[0]) : null
  const title = textIn(value, 'name') ?? ''
  const result: ToolResult = {
    tool: 'Chainsaw',
    rule: title,
    level: toolLevel(textIn(value, 'level')),
    verdict: title,
    host: record?.system.computer ?? null,
    ...pointers(record),
    fields: {
      ...pointers(record).fields,
      ToolRuleId: textIn(value, 'id'),
      ToolGroup: textIn(value, 'group'),
      Artifact: textIn(documents[0], 'path'),
      Count: wholeNumber(ownMember(value, 'count')) ?? documents.length,
    },
  }
  tellFound({ stamp: textIn(value, 'timestamp') ?? '', result }, text, at, times, sink)
  for (const item of data.slice(0, MATCHES)) quoted(item, at, sink)
}

/** Version 1: titles of rules beside the event. */
function chainsawFirst(value: Json, text: string, at: Place, sink: Sink): void {
  const event = objectIn(value, 'event')
  const record = event ? recordOfJson(event) : null
  const all = ownMember(value, 'detection')
  const titles = (Array.isArray(all) ? all.slice(0, 1000) : []).flatMap((title) =>
    typeof title === 'string' ? titlesOf(title) : [],
  )
  sink.event(
    toolResult(
      {
        tool: 'Chainsaw',
        rule: titles[0] ?? null,
        verdict: titles.join('; '),
        time: record?.when.time ?? null,
        basis: record?.when.basis ?? 'assumed',
        host: record?.system.computer ?? null,
        ...pointers(record),
      },
      text,
      at,
    ),
  )
  quoted(event, at, sink)
}

type Row = ReturnType<typeof recordOfJson>

/** What a found event is about, by our names. */
function pointers(record: Row): Pick<ToolResult, 'client' | 'user' | 'file' | 'fields'> {
  if (!record) return { fields: { Action: 'detected' } }
  const items = new Map<string, string>()
  for (const [name, value] of record.data)
    if (name && typeof value === 'string' && value !== '-') items.set(name, value)
  const { eventId, channel, recordId, computer } = record.system
  const fields: Record<string, FieldValue> = {
    Action: 'detected',
    EventID: eventId,
    Channel: channel ?? null,
    RecordId: recordId ?? null,
    Computer: computer ?? null,
  }
  for (const name of WHOLE) if (items.has(name)) fields[name] = items.get(name)!
  return {
    client: items.get('IpAddress') ?? items.get('SourceIp') ?? null,
    user: items.get('User') ?? items.get('TargetUserName') ?? items.get('SubjectUserName') ?? null,
    file: items.get('TargetFilename') ?? null,
    fields,
  }
}

/** The event that a rule found, as an event. */
function quoted(value: Json | null, at: Place, sink: Sink): void {
  const record = value ? recordOfJson(value) : null
  if (record) sink.event(windowsEvent({ ...record, snippet: true }, JSON.stringify(value), at))
}

// ---------------------------------------------------------------- Zircolite

function zircolite(value: Json, at: Place, sink: Sink): void {
  const title = textIn(value, 'title') ?? ''
  for (const match of listIn(value, 'matches').slice(0, MATCHES)) {
    const record = recordOfJson(match)
    sink.event(
      toolResult(
        {
          tool: 'Zircolite',
          rule: title,
          level: toolLevel(textIn(value, 'rule_level')),
          verdict: title,
          time: record?.when.time ?? null,
          basis: record?.when.basis ?? 'assumed',
          host: record?.system.computer ?? null,
          ...pointers(record),
          fields: {
            ...pointers(record).fields,
            ToolRuleId: textIn(value, 'id'),
            Artifact: textIn(match, 'OriginalLogfile'),
          },
        },
        `${title}: ${JSON.stringify(match)}`,
        at,
      ),
    )
    quoted(match, at, sink)
  }
}

// ---------------------------------------------------------------- CSV

type Get = (name: string) => string | null
const TIME = /\d:\d\d/

type Header = {
  readonly names: readonly string[]
  readonly delimiter: string
  readonly found: (get: Get, group: string | null) => Found
}

function headerOf(line: string): Header | null {
  for (const { delimiter, names, lower } of headersOf(line)) {
    // Rows that no line end parts from it.
    if (names.some((name) => TIME.test(name))) continue
    if (hayabusaHeaders.some((columns) => columns.every((name) => lower.includes(name))))
      return { names, delimiter, found: hayabusaRow }
    if (lower[0] === 'timestamp' && lower[1] === 'detections' && lower.length > 2)
      return { names, delimiter, found: chainsawRow }
    if (isFirstHeader(lower)) return { names, delimiter, found: (get, group) => firstRow(names, get, group) }
  }
  return null
}

/** Columns by which a table of Hayabusa is known: of now, for Timesketch, and before version 1. */
const hayabusaHeaders: readonly (readonly string[])[] = [
  ['timestamp', 'ruletitle', 'level'],
  ['timestamp', 'ruletitle', 'computer'],
  ['datetime', 'timestamp_desc', 'message', 'computer', 'channel', 'eventid', 'level'],
  ['time', 'computername', 'eventid', 'level', 'alert', 'details'],
]

async function readCsv(source: Source, sink: Sink): Promise<number> {
  const group = fileNameOf(source.path).replace(/\.csv$/i, '') || null
  const times = new HuntTimes(sink, source.path)
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    take(row, { names, found }, unread) {
      if (row.values.length * 2 < names.length || row.values.length > names.length)
        return unread(row, 'corrupt', `${counted(row.values.length, 'value')} for ${counted(names.length, 'column')}`)
      const cells = new Map(names.map((name, i) => [name.toLowerCase(), row.values[i] ?? '']))
      const get = (name: string): string | null => {
        const text = cells.get(name.toLowerCase()) ?? ''
        return text === '' || text === '-' ? null : text
      }
      const at = { path: source.path, offset: row.offset, length: row.length, line: row.number }
      const result = found(get, group)
      // Columns in another order than their names: what stands under them is something else.
      if (found === hayabusaRow && !TIME.test(result.stamp))
        return unread(row, 'corrupt', 'no time where its column is')
      tellFound(result, row.text, at, times, sink)
    },
  })
  times.finish()
  return parsed
}

function hayabusaRow(column: Get): Found {
  const get = named(column)
  const said = get('Details') ?? get('AllFieldInfo')
  const details = new Map([...detailsOf(get('AllFieldInfo')), ...detailsOf(get('ExtraFieldInfo')), ...detailsOf(said)])
  return hayabusa(get, details, said)
}

const CHAINSAW: readonly (readonly [field: string, ...columns: string[]])[] = [
  ['CommandLine', 'Command Line', 'CommandLine'],
  ['Image', 'Image', 'Process', 'Process Name'],
  ['ImageLoaded', 'Image Loaded'],
  ['ParentImage', 'Parent Process', 'Parent Image'],
  ['ParentCommandLine', 'Parent Command Line'],
  ['TargetFilename', 'Target File Name', 'Path', 'File Path', 'FullFilePath', 'Target Filename'],
  ['TargetObject', 'Target Object'],
  ['ScriptBlockText', 'Script Block'],
  ['ThreatName', 'Threat Name'],
  ['ServiceName', 'Service Name', 'Service'],
  ['ImagePath', 'Service File Name'],
  ['Details', 'Event Data', 'Data', 'Information'],
]

function chainsawRow(get: Get, group: string | null): Found {
  const fields: Record<string, FieldValue> = {
    Action: 'detected',
    EventID: wholeNumber(get('Event ID')),
    Channel: get('Channel'),
    RecordId: wholeNumber(get('Record ID')),
    Computer: get('Computer'),
    ToolGroup: group,
    Artifact: get('path'),
  }
  for (const [field, ...columns] of CHAINSAW) {
    // The third column is the log that was hunted in, whatever else is called a path.
    const found = columns
      .filter((name) => name !== 'Path')
      .map(get)
      .find((text) => text !== null)
    if (found !== undefined) fields[field] = found
  }
  const threat = fileOf(get('Threat Path'))
  if (threat !== null) fields.TargetFilename ??= threat
  const titles = (get('detections') ?? '').split(';')
  return {
    stamp: get('timestamp') ?? '',
    result: {
      tool: 'Chainsaw',
      rule: titles[0] ?? null,
      verdict: titles.join('; '),
      host: get('Computer'),
      client: get('IP Address') ?? get('Source IP') ?? get('IpAddress'),
      user: get('User') ?? get('User Name') ?? get('Target User') ?? get('TargetUser') ?? get('TargetUserName'),
      file: typeof fields.TargetFilename === 'string' ? fields.TargetFilename : null,
      fields,
    },
  }
}
