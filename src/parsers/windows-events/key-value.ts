import type { Line } from '../../lib/lines.ts'
import { isoTime, statesZone, utcTime } from '../../lib/time.ts'
import type { FieldValue } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type Stretch, type ReportUnreadLines } from '../common/lines.ts'
import { keywordsOf, levelOf, windowsEvent, wholeNumber } from './event.ts'
import { type DataItem, type WindowsRecord, type WindowsTime } from './record.ts'

/**
 * Windows events as `Key=value` text: one a line, or the blocks of several lines that Splunk's WinEventLog input writes
 * (https://docs.splunk.com/Documentation/Splunk/latest/Data/MonitorWindowseventlogdata).
 */
export const keyValueEvents: Parser = {
  name: 'key-value-events',
  title: 'Windows events as key=value text',
  product: 'windows',
  recognize,
  read,
}

function recognize(head: Head): number {
  const text = head.text
  if (!/(?:EventCode|EventID|EventId)=/.test(text)) return 0
  const lines = text.split(/\r\n|\n|\r/, 400)
  if (lines.length > 1 && lines.length < 400) lines.pop()
  if (lines.some((line) => BLOCK.test(line)) && lines.some((line) => /^Event(?:Code|ID)=\d+\s*$/.test(line))) return 85
  let rows = 0
  let others = 0
  for (const line of lines) {
    if (isBlank(line)) continue
    if (recordOfLine(line)) rows++
    else others++
  }
  return rows > 0 && rows * 2 >= others ? 80 : 0
}

const BLOCK = /^LogName=\S/
// 03/03/2021 04:23:22 AM, month first whatever the server's language; or 20210303042322.000000.
const DATE = /^(?:\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d(?:\.\d{1,7})?(?: [AP]M)?|\d{14}\.\d{6})\s*$/
const BLOCK_BYTES = 4_194_304

async function read(source: Source, sink: Sink): Promise<number> {
  // A date alone on a line begins a block when the next line is one of its first keys.
  let date: Line | null = null
  let block: { lines: string[]; place: Stretch } | null = null

  const give = (record: WindowsRecord, raw: string, place: Stretch): void => {
    const { recordId } = record.system
    const at = {
      path: source.path,
      offset: place.offset,
      length: place.length,
      line: place.number,
      ...(recordId ? { record: recordId } : {}),
    }
    sink.event(windowsEvent(record, raw, at))
  }
  const endBlock = (unread: ReportUnreadLines): void => {
    if (!block) return
    const { lines, place } = block
    block = null
    const raw = lines.join('\n')
    const record = fieldsOfBlock(raw)
    if (record) give(record, raw, place)
    else unread(place, 'unsupported', UNKNOWN)
  }
  const append = (line: Line): void => {
    block!.lines.push(line.text)
    block!.place = { ...block!.place, length: line.offset + line.length - block!.place.offset }
  }
  const single = (line: Line, unread: ReportUnreadLines): void => {
    if (isBlank(line.text)) return
    const record = recordOfLine(line.text)
    if (record) give(record, line.text, line)
    else unread(line, 'unsupported', UNKNOWN)
  }
  const open = (line: Line): void => {
    block = { lines: [line.text], place: { offset: line.offset, length: line.length, number: line.number } }
  }

  return readLines(
    source,
    sink,
    (line, unread) => {
      const waiting = date
      date = null
      if (waiting && /^(?:LogName|SourceName|EventCode|EventType|Category|CategoryString)=/.test(line.text)) {
        endBlock(unread)
        open(waiting)
        append(line)
        return
      }
      if (waiting) {
        if (block) append(waiting)
        else single(waiting, unread)
      }
      if (DATE.test(line.text)) date = line
      else if (BLOCK.test(line.text) && !recordOfLine(line.text)) {
        endBlock(unread)
        open(line)
      } else if (block && block.place.length < BLOCK_BYTES) append(line)
      else {
        endBlock(unread)
        single(line, unread)
      }
    },
    (unread) => {
      const waiting = date
      date = null
      if (waiting && block) append(waiting)
      else if (waiting) single(waiting, unread)
      endBlock(unread)
    },
  )
}

const UNKNOWN = 'a line that is no Windows event'

function isBlank(text: string): boolean {
  return text.trim() === '' || /^\s*[#;]/.test(text)
}

// ---------------------------------------------------------------- one event a line

/** Names that end a command line which is written without quotes: anything else with `=` is part of the command. */
const KNOWN = new Set(
  (
    'TimeCreated EventTime EventCode EventID EventId EventType Channel LogName SourceName Provider ProviderName Computer ComputerName Hostname Host Level Keywords RecordNumber ' +
    'EventRecordID User UserName SubjectUser SubjectUserName SubjectUserSid SubjectDomainName SubjectLogonId TargetUserName TargetUserSid TargetDomainName TargetLogonId LogonType ' +
    'LogonId IpAddress IpPort WorkstationName NewProcessName NewProcessId ParentProcessName CreatorProcessName ProcessName ProcessId ProcessCommandLine CommandLine Image ParentImage ' +
    'ParentCommandLine ParentProcessId ProcessGuid ParentProcessGuid ObjectName ObjectType ObjectServer AccessMask AccessList ScriptBlockText ScriptBlockId Path EngineVersion ' +
    'HostApplication SourceImage TargetImage SourceProcessName TargetProcessName GrantedAccess CallTrace TargetFilename TargetObject Details Hashes ServiceName ServiceFileName ImagePath ' +
    'ServiceType StartType AccountName TaskName TaskContent DestinationIp DestinationPort DestinationHostname SourceIp SourcePort Protocol QueryName QueryResults PipeName Message ' +
    'IntegrityLevel MandatoryLabel TokenElevationType CurrentDirectory RuleName UtcTime OriginalFileName Status SubStatus'
  ).split(' '),
)

/** The record of a line `TimeCreated=… EventCode=4688 CommandLine="cmd.exe /c whoami"`, null when it is no such line. */
export function recordOfLine(text: string): WindowsRecord | null {
  if (!/\b(?:EventCode|EventID|EventId)=/.test(text)) return null
  const pairs = pairsOf(text)
  return pairs.size >= 2 ? recordOfPairs(pairs, null) : null
}

function pairsOf(text: string): Map<string, string> {
  const pairs = new Map<string, string>()
  const key = /(?:^|[\s,;|])([A-Za-z_][A-Za-z0-9_.]{0,63})=/y
  let quotes = true
  let at = text.search(/(?:^|[\s,;|])[A-Za-z_][A-Za-z0-9_.]{0,63}=/)
  while (at >= 0 && at < text.length) {
    key.lastIndex = at
    const m = key.exec(text)
    if (!m) break
    const from = key.lastIndex
    const isCommand = /commandline$/i.test(m[1]!)
    const end = text[from] === '"' && quotes ? quotedEnd(text, from, isCommand) : -1
    // Where no quote closes from here on, none closes further on.
    if (text[from] === '"' && end < 0) quotes = false
    const to = end >= 0 ? end : plainEnd(text, from, isCommand)
    const value =
      end >= 0 ? text.slice(from + 1, end - 1).replaceAll('\\"', '"') : withoutSeparators(text.slice(from, to))
    if (!pairs.has(m[1]!)) pairs.set(m[1]!, value)
    at = to
    // Blanks, commas or semicolons between pairs; the last of them begins the next.
    while (at + 1 < text.length && isSeparator(text[at]!) && isSeparator(text[at + 1]!)) at++
  }
  return pairs
}

function isSeparator(c: string): boolean {
  return c === ' ' || c === '\t' || c === ',' || c === ';' || c === '|'
}

/** The place after the closing quote: the first that the line's end or another pair follows; -1 when there is none. */
function quotedEnd(text: string, from: number, isCommand: boolean): number {
  const follows = /[\s,;|]+([A-Za-z_][A-Za-z0-9_.]{0,63})=|\s*$/y
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    follows.lastIndex = at + 1
    const next = follows.exec(text)
    if (next && (!next[1] || isKey(next[1], isCommand))) return at + 1
  }
  return -1
}

/** Does this name begin the next pair, or is it part of the value before it? */
function isKey(name: string, inCommand: boolean): boolean {
  return KNOWN.has(name) || (!inCommand && /^[A-Z]\w*[a-z]/.test(name))
}

function withoutSeparators(value: string): string {
  let end = value.length
  while (end > 0 && isSeparator(value[end - 1]!)) end--
  return value.slice(0, end).trim()
}

function plainEnd(text: string, from: number, isCommand: boolean): number {
  const next = /[\s,;|]([A-Za-z_][A-Za-z0-9_.]{0,63})=/g
  next.lastIndex = from
  for (let m = next.exec(text); m; m = next.exec(text)) {
    if (isKey(m[1]!, isCommand)) return m.index
    next.lastIndex = m.index + m[0].length
  }
  return text.length
}

// ---------------------------------------------------------------- Splunk's blocks

/** The record of a block: a date, `Key=value` lines, and a message to the end; null when it is none. */
export function fieldsOfBlock(text: string): WindowsRecord | null {
  const lines = text.split(/\r\n|\n|\r/)
  const pairs = new Map<string, string>()
  let date: string | null = null
  let message: string | null = null
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (i === 0 && DATE.test(line)) {
      date = line.trim()
      continue
    }
    const m = /^([A-Za-z_][A-Za-z0-9_.]{0,63})=/.exec(line)
    if (!m) continue
    const value = line.slice(m[0].length)
    if (m[1] === 'Message') {
      message = [value, ...lines.slice(i + 1)].join('\n').trim()
      break
    }
    if (!pairs.has(m[1]!)) pairs.set(m[1]!, value.trim())
  }
  if (pairs.size < 2) return null
  if (message !== null) pairs.set('Message', message)
  return recordOfPairs(pairs, date)
}

function recordOfPairs(pairs: Map<string, string>, date: string | null): WindowsRecord | null {
  const take = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = pairs.get(name)
      if (value === undefined) continue
      pairs.delete(name)
      if (value !== '') return value
    }
    return null
  }
  const eventId = wholeNumber(take('EventCode', 'EventID', 'EventId'))
  if (eventId === null) return null
  const system = {
    eventId,
    channel: take('LogName', 'Channel', 'Logfile'),
    provider: take('Provider_Name', 'ProviderName', 'SourceName', 'Provider'),
    computer: take('ComputerName', 'Computer', 'Hostname', 'Host'),
    level: levelOf(take('Level', 'Type')),
    recordId: wholeNumber(take('RecordNumber', 'EventRecordID', 'RecordID')),
    userId: take('Sid', 'UserID'),
    keywords: keywordsOf(take('Keywords')),
  }
  const message = take('Message')
  const when = timeOf(take('SystemTime', 'TimeCreated', 'EventTime', 'TimeGenerated', '_time', 'Time') ?? date)
  const data: DataItem[] = []
  // In a block these describe the row; its data stands in the message.
  const isBlock = message !== null && system.channel !== null && (date !== null || pairs.has('TaskCategory'))
  const more: [string, FieldValue][] = []
  for (const [name, value] of pairs) {
    const field: [string, FieldValue] = [
      name,
      wholeNumber(value) !== null && !/^0\d/.test(value) ? Number(value) : value,
    ]
    if (isBlock) more.push(field)
    else data.push(field)
  }
  return { system: { ...system, more }, data, message, when }
}

function timeOf(text: string | null): WindowsTime {
  if (text === null) return { time: null, basis: 'assumed', text }
  const iso = isoTime(text.endsWith('UTC') ? `${text.slice(0, -3).trimEnd()}Z` : text)
  if (iso !== null) return { time: iso, basis: statesZone(text) || /UTC$/.test(text) ? 'stated' : 'assumed', text }
  const m = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(?: ([AP])M)?$/.exec(text)
  if (m) {
    const hour = m[8] ? (Number(m[4]) % 12) + (m[8] === 'P' ? 12 : 0) : Number(m[4])
    const time = utcTime(+m[3]!, +m[1]!, +m[2]!, hour, +m[5]!, +m[6]!, m[7] ? Number(`0.${m[7]}`) * 1000 : 0)
    return { time, basis: 'assumed', text }
  }
  const w = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.\d{6}$/.exec(text)
  return { time: w ? utcTime(+w[1]!, +w[2]!, +w[3]!, +w[4]!, +w[5]!, +w[6]!) : null, basis: 'assumed', text }
}
