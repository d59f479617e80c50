import { CsvRecords, headerLineOf, headersOf } from '../../lib/csv.ts'
import { JsonObjects } from '../../lib/json-objects.ts'
import { canonicalJson } from '../../lib/json.ts'
import type { Line } from '../../lib/lines.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { FieldValue, Place } from '../../model.ts'
import { recordOfJson } from '../json-events.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type Unread } from '../reading.ts'
import { wholeNumber, windowsEvent } from '../windows-event.ts'
import { asObject, has, listIn, objectIn, textIn, valueIn } from './json-values.ts'
import { toolLevel, type ToolResult, toolResult } from './tool-result.ts'

/**
 * What hunts over Windows event logs found: Hayabusa (https://github.com/Yamato-Security/hayabusa), Chainsaw
 * (https://github.com/WithSecureLabs/chainsaw) and Zircolite (https://github.com/wagga40/Zircolite), as CSV and JSON.
 * Where the event stands beside the rule it is read as an event, too, so that our rules judge it.
 */
export const huntJson: Parser = {
  name: 'hunt-json',
  title: 'Result of Hayabusa, Chainsaw or Zircolite as JSON',
  recognise: ({ text, bytes }: Head) => {
    if (!/"(?:RuleTitle|group|rule_level|sigmafile)"\s*:/.test(text)) return 0
    let ours = 0
    const objects = new JsonObjects(
      bytes,
      ({ value }) => kindOf(value) !== null && ++ours > 0,
      () => {},
    )
    objects.push(bytes)
    objects.finish()
    // One object may be longer than the head.
    return ours > 0 || BEGINS.test(text.slice(0, 4096)) ? 97 : 0
  },
  read: readJson,
}

export const huntCsv: Parser = {
  name: 'hunt-csv',
  title: 'Result of Hayabusa or Chainsaw as CSV',
  recognise: ({ text }: Head) => {
    const line = headerLineOf(text)
    return line !== null && headerOf(line) !== null ? 97 : 0
  },
  read: readCsv,
}

type Json = Readonly<Record<string, unknown>>
type Kind = 'hayabusa' | 'chainsaw' | 'zircolite'

const BEGINS =
  /^\s*\[?\s*\{\s*"(?:Timestamp"\s*:\s*"[^"]{0,60}"\s*,\s*"RuleTitle|title"[^{}]{0,2000}"(?:sigmafile|rule_level)|group"\s*:\s*"[^"]{0,200}"\s*,\s*"kind)"/
const MATCHES = 100_000

function kindOf(value: Json): Kind | null {
  if (has(value, 'RuleTitle') && has(value, 'Timestamp') && (has(value, 'Level') || has(value, 'Computer')))
    return 'hayabusa'
  if (
    has(value, 'group') &&
    has(value, 'name') &&
    has(value, 'timestamp') &&
    (has(value, 'document') || has(value, 'documents'))
  )
    return 'chainsaw'
  if (
    has(value, 'title') &&
    Array.isArray(valueIn(value, 'matches')) &&
    (has(value, 'rule_level') || has(value, 'sigma'))
  )
    return 'zircolite'
  return null
}

async function readJson(source: Source, sink: Sink): Promise<number> {
  const objects = new JsonObjects(
    source.bytes,
    ({ value, text, offset, length, line }) => {
      const kind = kindOf(value)
      if (!kind) return false
      const at: Place = { path: source.path, offset, length, line }
      if (kind === 'hayabusa') sink.event(toolResult(ofHayabusa(value), text, at))
      else if (kind === 'chainsaw') chainsaw(value, text, at, sink)
      else zircolite(value, at, sink)
      return true
    },
    (gap) => sink.gap(gap),
  )
  for await (const chunk of source.chunks()) objects.push(chunk)
  return objects.finish() - objects.gapBytes
}

// ---------------------------------------------------------------- Hayabusa

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

function ofHayabusa(value: Json): ToolResult {
  const details = detailsOf(valueIn(value, 'Details'))
  for (const name of ['ExtraFieldInfo', 'AllFieldInfo'])
    for (const [key, text] of detailsOf(valueIn(value, name))) if (!details.has(key)) details.set(key, text)
  return hayabusa(
    (name) => textIn(value, name),
    details,
    flat(valueIn(value, 'Details') ?? valueIn(value, 'AllFieldInfo')),
  )
}

function hayabusa(
  get: (name: string) => string | null,
  details: ReadonlyMap<string, string>,
  said: FieldValue,
): ToolResult {
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
  const stamp = get('Timestamp') ?? ''
  const title = get('RuleTitle') ?? ''
  return {
    tool: 'Hayabusa',
    rule: title,
    level: toolLevel(get('Level')),
    verdict: title,
    time: timeOf(stamp),
    basis: statesZone(stamp) ? 'stated' : 'assumed',
    host: get('Computer'),
    client: String(fields.IpAddress ?? fields.SourceIp ?? '') || null,
    user,
    file: typeof fields.TargetFilename === 'string' ? fields.TargetFilename : null,
    fields,
  }
}

/** `2021-03-03 04:23:22.370 +00:00` or ISO; other orders of a date are not guessed. */
function timeOf(stamp: string): number | null {
  return isoTime(stamp.replace(/ (?=[+-]\d\d:?\d\d$)/, ''))
}

/** `Cmdline: whoami ¦ Proc: C:\…` or an object of the same. */
function detailsOf(value: unknown): Map<string, string> {
  const object = asObject(value)
  if (object) {
    const names = Object.keys(object).slice(0, 300)
    return new Map(names.flatMap((name) => (textIn(object, name) === null ? [] : [[name, textIn(object, name)!]])))
  }
  const parts = typeof value === 'string' ? value.slice(0, 65_536).split(/ ?¦ ?/, 300) : []
  return new Map(
    parts.flatMap((part) => {
      const m = /^([\w ]{1,60}): (.*)$/s.exec(part)
      return m ? [[m[1]!, m[2]!] as const] : []
    }),
  )
}

function flat(value: unknown): FieldValue {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : canonicalJson(value)
}

// ---------------------------------------------------------------- Chainsaw

function chainsaw(value: Json, text: string, at: Place, sink: Sink): void {
  const documents = [objectIn(value, 'document'), ...listIn(value, 'documents')].filter((item) => item !== null)
  const stamp = textIn(value, 'timestamp') ?? ''
  const data = documents.map((document) => objectIn(document, 'data'))
  const record = data[0] ? recordOfJson(data[0]) : null
  const title = textIn(value, 'name') ?? ''
  sink.event(
    toolResult(
      {
        tool: 'Chainsaw',
        rule: title,
        level: toolLevel(textIn(value, 'level')),
        verdict: title,
        time: timeOf(stamp),
        basis: statesZone(stamp) ? 'stated' : 'assumed',
        host: record?.system.computer ?? null,
        ...pointers(record),
        fields: {
          ...pointers(record).fields,
          ToolRuleId: textIn(value, 'id'),
          ToolGroup: textIn(value, 'group'),
          Artifact: textIn(documents[0], 'path'),
          Count: wholeNumber(valueIn(value, 'count')) ?? documents.length,
        },
      },
      text,
      at,
    ),
  )
  for (const item of data.slice(0, MATCHES)) quoted(item, at, sink)
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

type Header = { readonly tool: 'Hayabusa' | 'Chainsaw'; readonly names: readonly string[]; readonly delimiter: string }

function headerOf(line: string): Header | null {
  for (const { delimiter, names, lower } of headersOf(line)) {
    if (
      lower.includes('ruletitle') &&
      lower.includes('timestamp') &&
      (lower.includes('level') || lower.includes('computer'))
    )
      return { tool: 'Hayabusa', names, delimiter }
    if (lower.slice(0, 3).join() === 'timestamp,detections,path') return { tool: 'Chainsaw', names, delimiter }
  }
  return null
}

async function readCsv(source: Source, sink: Sink): Promise<number> {
  let header: Header | null = null
  let rows: CsvRecords | null = null
  let tell: Unread = () => {}
  const group = /([^/\\]*?)(?:\.csv)?$/i.exec(source.path)?.[1] ?? null
  return readLines(
    source,
    sink,
    (line: Line, unread: Unread) => {
      tell = unread
      if (rows) return line.text === '' && !rows.waiting ? undefined : rows.push(line)
      if (line.text === '') return
      header = headerOf(line.text)
      if (!header) return unread(line, 'unsupported', 'text that is no row of the table')
      rows = new CsvRecords(
        header.delimiter,
        () => false,
        take,
        (stray) => tell(stray, 'corrupt', 'belongs to a row whose quotes do not close'),
      )
    },
    (unread) => {
      tell = unread
      rows?.flush()
    },
  )

  function take(row: { values: string[]; text: string; offset: number; length: number; number: number }): void {
    const { names, tool } = header!
    if (row.values.length * 2 < names.length || row.values.length > names.length)
      return tell(row, 'corrupt', `${row.values.length} values for ${names.length} columns`)
    const cells = new Map(names.map((name, i) => [name.toLowerCase(), row.values[i] ?? '']))
    const get = (name: string): string | null => {
      const text = cells.get(name.toLowerCase()) ?? ''
      return text === '' || text === '-' ? null : text
    }
    const result = tool === 'Hayabusa' ? hayabusaRow(get) : chainsawRow(get, group)
    const at = { path: source.path, offset: row.offset, length: row.length, line: row.number }
    sink.event(toolResult(result, row.text, at))
  }
}

function hayabusaRow(get: (name: string) => string | null): ToolResult {
  const said = get('Details') ?? get('AllFieldInfo')
  const details = new Map([...detailsOf(get('AllFieldInfo')), ...detailsOf(get('ExtraFieldInfo')), ...detailsOf(said)])
  return hayabusa(get, details, said)
}

const CHAINSAW: readonly (readonly [field: string, ...columns: string[]])[] = [
  ['CommandLine', 'Command Line', 'CommandLine'],
  ['Image', 'Image', 'Process', 'Process Name'],
  ['ParentImage', 'Parent Process', 'Parent Image'],
  ['TargetFilename', 'Target File Name', 'Path', 'File Path', 'Target Filename'],
  ['ScriptBlockText', 'Script Block'],
  ['ThreatName', 'Threat Name'],
  ['ServiceName', 'Service Name', 'Service'],
  ['Details', 'Event Data', 'Data', 'Information'],
]

function chainsawRow(get: (name: string) => string | null, group: string | null): ToolResult {
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
  const stamp = get('timestamp') ?? ''
  const titles = (get('detections') ?? '').split(';')
  return {
    tool: 'Chainsaw',
    rule: titles[0] ?? null,
    verdict: titles.join('; '),
    time: timeOf(stamp),
    basis: statesZone(stamp) ? 'stated' : 'assumed',
    host: get('Computer'),
    client: get('IP Address') ?? get('Source IP') ?? get('IpAddress'),
    user: get('User') ?? get('User Name') ?? get('Target User'),
    file: typeof fields.TargetFilename === 'string' ? fields.TargetFilename : null,
    fields,
  }
}
