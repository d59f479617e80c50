import type { Line } from '../../lib/lines.ts'
import { canonicalIp } from '../../lib/ip.ts'
import { monthNumber, utcTime } from '../../lib/time.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { requestEvent } from '../web/row-by-shape.ts'
import { LocalRows, providerOf } from './csv.ts'
import { recordOfJson } from './json.ts'
import type { WindowsRecord } from './record.ts'
import { asLines } from './snare.ts'

/**
 * Events of Windows and requests to IIS as a SIEM exports them, one a line behind any header of syslog: ArcSight's Common Event Format
 * (https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors/) and QRadar's Log Event Extended Format
 * (https://www.ibm.com/docs/en/dsm?topic=overview-leef-event-components), with the pairs that its agent WinCollect sends.
 */
export const siemEvents: Parser = {
  name: 'siem-events',
  title: 'Events in CEF or LEEF',
  product: 'any',
  most: 94,
  recognize,
  read,
}

function recognize({ text }: Head): number {
  if (!/\b(?:CEF|LEEF):[012]|\bAgentDevice=/.test(text)) return 0
  const lines = text.slice(0, 65_536).split(/\r\n|\n|\r/, 50)
  return lines.some((line) => taken(line) !== null) ? 94 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const local = new LocalRows(source, sink)
  const parsed = await readLines(source, sink, (line: Line, unread: ReportUnreadLines) => {
    if (line.text.trim() === '') return
    const found = taken(line.text)
    if (found === null)
      unread(line, 'unsupported', 'a line that is no event of Windows or request to IIS in CEF or LEEF')
    else if ('record' in found) local.hold(found.record, { ...line, values: [] })
    else sink.event(requestEvent(found.request, found.stamp, line.text, source.path, line))
  })
  local.finish()
  return parsed
}

type Taken =
  | { readonly record: WindowsRecord }
  | { readonly request: Parameters<typeof requestEvent>[0]; readonly stamp: string | null }

function taken(line: string): Taken | null {
  const parts = partsOf(line)
  if (parts === null) return null
  if (/\bIIS\b|internet information/i.test(parts.product)) return requestOfParts(parts)
  const record = recordOfParts(parts)
  return record === null ? null : { record }
}

// ---------------------------------------------------------------- header and extension

type Parts = {
  readonly product: string
  /** What the header calls the kind of event: `Microsoft-Windows-Security-Auditing:4688`, `4688`, a status. */
  readonly signature: string
  readonly values: ReadonlyMap<string, string>
}

const CEF = /\bCEF:[01]\|/
const LEEF = /\bLEEF:([12])\.0\|/
const AGENT = /\bAgentDevice=\w{1,40}\t/
/** Characters of a line that are looked at. */
const LINE = 65_536

function partsOf(line: string): Parts | null {
  const text = line.slice(0, LINE)
  const cef = CEF.exec(text)
  if (cef !== null) {
    const header = headerOf(text, cef.index + cef[0].length, 6)
    if (header === null) return null
    const { cells, end } = header
    return { product: `${cells[0]} ${cells[1]}`, signature: cells[3]!, values: ofExtension(text.slice(end)) }
  }
  const leef = LEEF.exec(text)
  if (leef === null) {
    const agent = text.search(AGENT)
    if (agent < 0) return null
    return { product: 'Windows', signature: '', values: ofAgent(ofAttributes(text.slice(agent), '')) }
  }
  const isSecond = leef[1] === '2'
  const header = headerOf(text, leef.index + leef[0].length, isSecond ? 5 : 4)
  if (header === null) return null
  const { cells, end } = header
  return {
    product: `${cells[0]} ${cells[1]}`,
    signature: cells[3]!,
    values: ofAttributes(text.slice(end), isSecond ? cells[4]! : ''),
  }
}

/** The cells of a header, each of which ends with a bar that no backslash stands before. */
function headerOf(
  text: string,
  from: number,
  count: number,
): { readonly cells: string[]; readonly end: number } | null {
  const cells: string[] = []
  let begin = from
  for (let at = from; at < text.length && cells.length < count; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '|') {
      cells.push(
        text
          .slice(begin, at)
          .replaceAll(/\\([\\|])/g, '$1')
          .trim(),
      )
      begin = at + 1
    }
  }
  return cells.length === count ? { cells, end: begin } : null
}

const KEY = /(?:^|\s)([A-Za-z_][\w.[\]-]{0,63})=/g
/** Keys that end a command line in which an equals sign was not escaped. */
const OF_FORMAT =
  /^(?:ad\..{1,60}|externalId|eventId|rt|start|end|cat|outcome|act|msg|reason|fname|filePath|request\w{0,30}|c[sn]\d(?:Label)?|device\w{1,40}|dvc\w{0,10}|[ds](?:host|user|proc|pid|uid|ntdom|priv|pt|t|st|rc|mac)|(?:source|destination|agent)\w{1,40}|art|at|atz|aid|ahost|agt|av|SubjectUserName|SubjectUserSid|TargetUserName|TargetUserSid|NewProcessName|ParentProcessName|ParentImage|ParentCommandLine|Image|User|Message|EventID|Channel)$/

/** `key=value key=value`: a value may have blanks, and ends where the next key begins. */
function ofExtension(text: string): Map<string, string> {
  const values = new Map<string, string>()
  let open: { readonly name: string; readonly from: number } | null = null
  const put = (to: number): void => {
    if (open !== null && !values.has(open.name)) values.set(open.name, unescaped(text.slice(open.from, to).trim()))
  }
  for (const found of text.matchAll(KEY)) {
    if (open !== null && /commandline|imagepath/i.test(open.name) && !OF_FORMAT.test(found[1]!)) continue
    put(found.index)
    open = { name: found[1]!, from: found.index + found[0].length }
  }
  put(text.length)
  return values
}

/** Pairs between the delimiter that the header names: a character, or its number behind an `x`. */
function ofAttributes(text: string, stated: string): Map<string, string> {
  const number = /^(?:0x|x)([0-9a-f]{1,4})$/i.exec(stated)?.[1]
  const delimiter = number === undefined ? stated || '\t' : String.fromCharCode(Number.parseInt(number, 16))
  const values = new Map<string, string>()
  for (const pair of text.replaceAll('#011', '\t').split(delimiter, 500)) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at > 0 && !values.has(name)) values.set(name, pair.slice(at + 1).trim())
  }
  return values
}

/** What WinCollect writes of the event itself: its data stands in its text. */
const OF_EVENT = ['EventID', 'Source', 'Computer', 'RecordNumber', 'TimeGenerated', 'Keywords']

function ofAgent(sent: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map(OF_EVENT.flatMap((name) => (sent.has(name) ? [[name, sent.get(name)!]] : [])))
  return values.set('Channel', sent.get('AgentLogFile') ?? '').set('Message', asLines(sent.get('Message') ?? ''))
}

/** Takes escapes off. Exports that leave the backslashes of paths as they are have other letters behind them. */
function unescaped(value: string): string {
  const isEscaped = /^(?:[^\\]|\\[\\=|rn])*$/.test(value) && value.includes('\\\\')
  if (!isEscaped) return value.replaceAll('\\=', '=')
  return value.replaceAll(/\\([\\=|rn])/g, (_, letter: string) =>
    letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter,
  )
}

// ---------------------------------------------------------------- events of Windows

/** What fields of an event are called where the format has names of its own for them. */
const FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    duser: 'TargetUserName',
    dntdom: 'TargetDomainName',
    suser: 'SubjectUserName',
    sntdom: 'SubjectDomainName',
    suid: 'SubjectLogonId',
    src: 'IpAddress',
    spt: 'IpPort',
    destinationServiceName: 'ServiceName',
    msg: 'Message',
  }),
)
const PROGRAM = /^(?:dproc|destinationProcessName)$/
/** Custom fields by their labels, without blanks. */
const LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    processcommandline: 'CommandLine',
    creatorprocessname: 'ParentProcessName',
    servicefilename: 'ImagePath',
  }),
)
const TIMES = ['rt', 'end', 'devTime', 'start', 'TimeGenerated', 'EventTime']
const COMPUTERS = ['dvchost', 'deviceHostName', 'identHostName', 'Computer', 'Hostname', 'dhost', 'shost']

function recordOfParts({ product, signature, values }: Parts): WindowsRecord | null {
  const [, named, number] = /^(?:(.{1,120}):)?(\d{1,5})$/.exec(signature) ?? []
  const id = values.get('EventID') ?? values.get('externalId') ?? number
  const isOfWindows = /\bwindows\b|\bsysmon\b|\bNXLog\b/i.test(product) || values.has('Channel')
  if (id === undefined || !/^\d{1,5}$/.test(id) || !isOfWindows) return null
  const provider = named ?? values.get('SourceName') ?? values.get('Source') ?? null
  const channel = values.get('Channel') || null
  const record = Object.create(null) as Record<string, unknown>
  for (const [name, value] of values) {
    const label = /^[cf][sn]?\d$|^device\w{1,40}\d$/.test(name) ? values.get(`${name}Label`) : undefined
    const joined = label?.replaceAll(' ', '')
    const field = name.startsWith('ad.')
      ? name.slice(3)
      : joined
        ? (LABELS.get(joined.toLowerCase()) ?? joined)
        : PROGRAM.test(name)
          ? id === '4688'
            ? 'NewProcessName'
            : 'ProcessName'
          : FIELDS.get(name)
    // Of two names of one field the event's own says it exactly.
    if (field === undefined) record[name] ??= value
    else if (name.startsWith('ad.') || record[field] === undefined) record[field] = value
  }
  const first = (names: readonly string[]): string | null => {
    for (const name of names) if (values.has(name)) return values.get(name)!
    return null
  }
  return recordOfJson({
    ...record,
    EventID: Number(id),
    Provider_Name: provider ?? providerOf(Number(id), channel ?? ''),
    ...(channel === null ? {} : { Channel: channel }),
    Computer: first(COMPUTERS),
    TimeCreated: timeOf(first(TIMES)),
  })
}

/** Seconds or milliseconds since 1970, `Jun 05 2026 02:05:01`, or ISO text; the last two without a zone are local. */
function timeOf(text: string | null): string | null {
  if (text === null) return null
  if (/^\d{10}(?:\d{3})?$/.test(text)) return new Date(Number(text.padEnd(13, '0'))).toISOString()
  const found = /^([a-z]{3}) {1,2}(\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?(?: (?:UTC|GMT))?$/i.exec(text)
  if (!found) return text
  const [, month, day, year, hour, minute, second] = found
  const time = utcTime(+year!, monthNumber(month!), +day!, +hour!, +minute!, +second!, 0)
  if (time === null) return null
  const iso = new Date(time).toISOString()
  return / (?:UTC|GMT)$/i.test(text) ? iso : iso.slice(0, 19).replace('T', ' ')
}

// ---------------------------------------------------------------- requests to IIS

function requestOfParts({ signature, values }: Parts): Taken | null {
  const of = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = values.get(name)
      if (value !== undefined && value !== '' && value !== '-') return value
    }
    return null
  }
  const url = of('request', 'url', 'cs-uri-stem', 'resource')?.replace(/^https?:\/\/[^/]{1,250}/i, '')
  const method = of('requestMethod', 'cs-method', 'method')
  if (url === undefined || !url.startsWith('/') || method === null) return null
  const labelled = [...values].find(([name, value]) => name.endsWith('Label') && /status/i.test(value))?.[0]
  const status = [
    labelled === undefined ? null : of(labelled.slice(0, -5)),
    of('sc-status', 'outcome'),
    signature,
  ].find((value) => value !== null && /^[1-5]\d\d\b/.test(value))
  const mark = url.indexOf('?')
  const client = of('src', 'c-ip')
  const port = of('dpt', 'dstPort', 's-port')
  return {
    stamp: timeOf(of('rt', 'end', 'devTime', 'start')),
    request: {
      method: method.toUpperCase(),
      stem: mark < 0 ? url : url.slice(0, mark),
      query: mark < 0 ? of('requestUrlQuery', 'cs-uri-query', 'query') : url.slice(mark + 1),
      status: status === null || status === undefined ? null : Number(status.slice(0, 3)),
      port: port !== null && /^\d{1,5}$/.test(port) ? Number(port) : null,
      client: client === null ? null : canonicalIp(client),
      user: of('suser', 'duser', 'usrName', 'cs-username'),
      agent: of('requestClientApplication', 'cs-user-agent', 'userAgent'),
    },
  }
}
