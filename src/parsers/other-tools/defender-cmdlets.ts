import { headerLineOf, headersOf, splitCsv, type SplitHeader } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import { splitHeadLines } from '../../lib/text.ts'
import type { FieldValue, Place } from '../../model/event.ts'
import { certainTime } from '../common/local-time.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { readLines } from '../common/lines.ts'
import { toolResult } from './tool-result.ts'

/**
 * What `Get-MpThreatDetection` and `Get-MpThreat` of Microsoft Defender printed, as a list or as CSV.
 * https://learn.microsoft.com/powershell/module/defender/get-mpthreatdetection
 */
export const defenderCmdlets: Parser = {
  name: 'defender-cmdlets',
  title: 'Detections of Defender (Get-MpThreatDetection)',
  product: 'windows',
  recognize,
  read,
}

const PAIR = /^([A-Z]\w{2,40}) *: ?(.*)$/
const ONE_OF = /^(?:InitialDetectionTime|ThreatStatusID|DidThreatExecute)$/i

function recognize({ text }: Head): number {
  if (!/threatid/i.test(text)) return 0
  const names = new Set<string>()
  for (const line of text.slice(0, 8192).split(/\r?\n/)) {
    const m = PAIR.exec(line)
    if (m) names.add(m[1]!.toLowerCase())
  }
  if (isOurs(names)) return 92
  const header = headerLineOf(text)
  const own = header === null ? null : headerOf(header)
  return own !== null && holdsDetections(text, header!, own) ? 93 : 0
}

/** Has the row below the header, where there is one, the number of a threat? */
function holdsDetections(text: string, header: string, { delimiter, lower }: SplitHeader): boolean {
  const [, row = ''] = splitHeadLines(text.slice(text.indexOf(header))).filter((line) => line.trim() !== '')
  const id = splitCsv(row, delimiter).values[lower.indexOf('threatid')] ?? ''
  return row === '' || /^\s*\d{1,20}\s*$/.test(id)
}

function headerOf(line: string): SplitHeader | null {
  return headersOf(line).find(({ lower }) => isOurs(new Set(lower))) ?? null
}

function isOurs(names: ReadonlySet<string>): boolean {
  return (
    names.has('threatid') &&
    names.has('resources') &&
    (names.has('initialdetectiontime') || names.has('didthreatexecute'))
  )
}

async function read(source: Source, sink: Sink): Promise<number> {
  return headerOf(headerLineOf(source.text) ?? '') === null ? readList(source, sink) : readTable(source, sink)
}

/** `Name : value`, a record behind each blank line; what is indented goes on with the value above. */
function readList(source: Source, sink: Sink): Promise<number> {
  let values = new Map<string, string>()
  let first: Line | null = null
  let length = 0
  let text = ''
  let last = ''
  const end = (): void => {
    if (first && [...values.keys()].some((name) => ONE_OF.test(name)))
      tell(values, text, { path: source.path, offset: first.offset, length, line: first.number }, sink)
    values = new Map()
    first = null
    text = ''
  }
  return readLines(
    source,
    sink,
    (line, unread) => {
      if (line.text.trim() === '') return end()
      const m = PAIR.exec(line.text)
      if (!m && !(first && /^\s/.test(line.text)))
        return unread(line, 'unsupported', 'text that is no value of a detection')
      if (m && values.has(m[1]!.toLowerCase())) end()
      first ??= line
      length = line.offset + line.length - first.offset
      if (text.length < 65_536) text += `${text === '' ? '' : '\n'}${line.text}`
      if (m) {
        last = m[1]!.toLowerCase()
        if (values.size < 200) values.set(last, m[2]!.trim())
      } else if ((values.get(last)?.length ?? 65_536) < 65_536)
        values.set(last, `${values.get(last)!} ${line.text.trim()}`)
    },
    end,
  )
}

function readTable(source: Source, sink: Sink): Promise<number> {
  return readCsvTable(source, sink, {
    headerOf,
    take(row, { lower }) {
      const values = new Map(lower.map((name, i) => [name, row.values[i] ?? '']))
      tell(values, row.text, { path: source.path, offset: row.offset, length: row.length, line: row.number }, sink)
    },
  })
}

/** https://learn.microsoft.com/previous-versions/windows/desktop/defender/msft-mpthreatdetection, ThreatStatusID */
const STATUS: ReadonlyMap<string, string> = new Map([
  ['1', 'detected'],
  ['2', 'cleaned'],
  ['3', 'quarantined'],
  ['4', 'removed'],
  ['5', 'allowed'],
  ['6', 'blocked'],
  ['102', 'quarantine-failed'],
  ['103', 'remove-failed'],
  ['104', 'allow-failed'],
])

/** When it happened: a file was taken away after it was found, sometimes days later. */
function timeOf(status: string, get: (name: string) => string | null): string | null {
  const found = get('initialdetectiontime')
  const isGone = /^(?:cleaned|quarantined|removed)$/.test(status)
  return isGone ? (get('remediationtime') ?? get('lastthreatstatuschangetime') ?? found) : found
}

function tell(values: ReadonlyMap<string, string>, raw: string, at: Place, sink: Sink): void {
  const get = (name: string): string | null => values.get(name) || null
  const status = STATUS.get(get('threatstatusid') ?? '') ?? 'detected'
  const name = get('threatname')
  const resources = (get('resources') ?? '').replace(/^\{|\}$/g, '').split(/, (?=[a-z]+:_)|\|/, 100)
  const file = resources.map((resource) => /^(?:container)?file:_(.+)$/i.exec(resource.trim())?.[1]).find(Boolean)
  const fields: Record<string, FieldValue> = {
    Action: status,
    ThreatName: name,
    ThreatId: get('threatid'),
    Resource: resources.filter((resource) => resource !== ''),
    Image: get('processname'),
  }
  sink.event(
    toolResult(
      {
        tool: 'Microsoft Defender',
        version: get('amproductversion'),
        rule: name ?? get('threatid'),
        level: 'high',
        verdict: `${name ?? `threat ${get('threatid') ?? ''}`} ${status}`,
        time: certainTime(timeOf(status, get) ?? ''),
        host: get('pscomputername'),
        user: get('domainuser'),
        file: file ?? null,
        fields,
      },
      raw,
      at,
    ),
  )
}
