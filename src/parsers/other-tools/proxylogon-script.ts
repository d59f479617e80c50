import { counted } from '../../lib/amounts.ts'
import { headerLineOf, headersOf } from '../../lib/csv.ts'
import type { Event, Place } from '../../model/event.ts'
import { certainTime } from '../common/local-time.ts'
import { fileListing } from '../common/file-listing.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { powershellTable, printedTables } from '../powershell/console-table.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { readLines } from '../common/lines.ts'
import { cveIn, type ToolResult, toolResult } from './tool-result.ts'

/**
 * What Test-ProxyLogon.ps1 (before: Test-Hafnium) wrote: tables of quoted HttpProxy rows, of events, of other files and of
 * the age of the logs, lists of paths, and what it said on the screen. Quoted rows are read as rows, so that our rules
 * judge them; beside them stands what the script concluded.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/Test-ProxyLogon.ps1
 */
export const proxylogonScript: Parser = {
  name: 'proxylogon-script',
  title: 'Result of Test-ProxyLogon.ps1',
  product: 'exchange',
  most: 93,
  recognize,
  read,
}

const TOOL = 'Test-ProxyLogon'
/** What rows of HttpProxy logs are called where the name of the file does not say which vulnerability they show. */
const HTTP_PROXY = `${TOOL} Http Proxy log`
const PROXY_COLUMNS =
  'datetime,requestid,clientipaddress,urlhost,urlstem,routinghint,useragent,anchormailbox,httpstatus'
const EVENT_COLUMNS = 'timecreated,machinename,message'
const FILE_COLUMNS = 'computername,type,path,name,lastwrite'
const AGE_COLUMNS = /^oabgen,ecp,autodproxy,/
const STATUS = /^[ \t]*ProxyLogon Status: Exchange Server (\S+)/m
const LIST = /-cve-2021-(26858-downloadpaths|26858|27065)\.log$/i

type Form = 'proxy' | 'events' | 'files' | 'ages' | 'list' | 'screen'

function formOf({ text, path }: Pick<Head, 'text' | 'path'>): Form | null {
  const header = headerLineOf(text)
  for (const { lower } of header === null ? [] : headersOf(header)) {
    const columns = lower.join(',')
    if (columns === PROXY_COLUMNS) return 'proxy'
    if (columns === EVENT_COLUMNS && cveIn(path) !== null) return 'events'
    if (columns === FILE_COLUMNS) return 'files'
    if (AGE_COLUMNS.test(columns)) return 'ages'
  }
  if (LIST.test(path) && text !== '' && !text.startsWith('#')) return 'list'
  // A transcript of PowerShell holds more than what this script said.
  return STATUS.test(text.slice(0, 16_384)) && !/^\*{10,}/.test(text) ? 'screen' : null
}

function recognize(head: Head): number {
  return head.text !== '' && formOf(head) !== null ? 93 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const form = formOf(source)
  if (form === 'proxy') return readQuoted(source, sink)
  if (form === 'files') return readFiles(source, sink)
  if (form === 'list') return readList(source, sink)
  if (form === 'screen') return readScreen(source, sink)
  return readTable(source, sink, form === 'ages' ? ageOf : (row) => eventOf(row, cveIn(source.path)))
}

/** The name of the server that the script put in front of the names of its files. */
function hostOf(path: string): string | null {
  for (const name of path.split(/[\\/]/)) {
    const end = name.slice(1).search(/-(?:cve-2021-|other\.csv|logagedays)/i)
    if (end >= 0) return name.slice(0, end + 1)
  }
  return null
}

function tell(sink: Sink, result: Omit<ToolResult, 'tool'>, raw: string, at: Place): void {
  sink.event(toolResult({ tool: TOOL, ...result }, raw, at))
}

const placeOf = (source: Source, line: { offset: number; length: number; number: number }): Place => ({
  path: source.path,
  offset: line.offset,
  length: line.length,
  line: line.number,
})

/** Rows of HttpProxy logs; behind the last stands what the script took them for. */
async function readQuoted(source: Source, sink: Sink): Promise<number> {
  let rows = 0
  let first: Event | null = null
  const reset = /resetvdir/i.test(source.path)
  const parsed = await powershellTable.read(
    source,
    watched(sink, (event) => {
      rows++
      first ??= event
    }),
  )
  const cve = cveIn(source.path)
  const header = headerLineOf(source.text) ?? ''
  tell(
    sink,
    {
      rule: cve ?? HTTP_PROXY,
      level: rows > 0 ? 'high' : 'informational',
      verdict: reset
        ? `${counted(rows, 'row')}: web shell possibly downloaded (Reset-VirtualDirectory)`
        : `${counted(rows, 'row')}: suspicious activity found in Http Proxy log`,
      time: (first as Event | null)?.time ?? null,
      basis: 'stated',
      host: hostOf(source.path),
      fields: { Action: 'detected', Cve: cve, Rows: rows, ...(cve === null ? { VendorName: HTTP_PROXY } : {}) },
    },
    header,
    { path: source.path, offset: 0, length: Math.min(source.size ?? 0, Buffer.byteLength(header)) },
  )
  return parsed
}

/** Other suspicious files: listed files, each with what it was taken for. */
function readFiles(source: Source, sink: Sink): Promise<number> {
  return fileListing.read(
    source,
    watched(sink, (event) => {
      const path = String(event.fields.TargetFilename)
      const kind = /\blsass/i.test(path) && /dmp$/i.test(path) ? 'LsassDump' : 'SuspiciousArchive'
      tell(sink, { ...suspiciousFile(kind, path), host: hostOf(source.path) }, event.raw, event.at)
    }),
  )
}

function suspiciousFile(kind: 'LsassDump' | 'SuspiciousArchive', file: string): Omit<ToolResult, 'tool'> {
  const level = kind === 'LsassDump' ? 'high' : 'low'
  return { rule: kind, level, verdict: `other suspicious file: ${kind}`, file, fields: { Action: 'detected' } }
}

/** The same sink, that lets look at each event behind it. */
function watched(sink: Sink, look: (event: Event) => void): Sink {
  return withEvents(sink, (event) => {
    sink.event(event)
    look(event)
  })
}

/** The same sink for all but events. */
function withEvents(sink: Sink, take: (event: Event) => void): Sink {
  return {
    event: take,
    gap: (gap) => sink.gap(gap),
    fact: (fact) => sink.fact(fact),
    about: (fields) => sink.about?.(fields),
  }
}

type Row = { readonly columns: ReadonlyMap<string, string>; readonly host: string | null }

function ageOf({ columns, host }: Row): Omit<ToolResult, 'tool'> {
  return { ...logAge([...columns].filter(([, days]) => days !== '')), host }
}

function logAge(ages: readonly (readonly [log: string, days: string])[]): Omit<ToolResult, 'tool'> {
  return {
    rule: 'Log age',
    level: 'informational',
    verdict: `log age in days: ${ages.map(([name, days]) => `${name} ${days}`).join(', ')}`,
    fields: { Action: 'log-age', LogAgeDays: ages.map(([name, days]) => `${name}=${days}`) },
  }
}

function eventOf({ columns, host }: Row, cve: string | null): Omit<ToolResult, 'tool'> {
  return {
    rule: cve,
    level: 'high',
    verdict: 'suspicious activity found in Eventlog',
    time: certainTime(columns.get('timecreated') ?? ''),
    host: columns.get('machinename') || host,
    fields: { Action: 'detected', Cve: cve, Details: columns.get('message') ?? null },
  }
}

function readTable(source: Source, sink: Sink, resultOf: (row: Row) => Omit<ToolResult, 'tool'>): Promise<number> {
  return readCsvTable(source, sink, {
    headerOf: (line) => [...headersOf(line)][0] ?? null,
    take(row, { lower }) {
      const columns = new Map(lower.map((name, i) => [name, row.values[i] ?? '']))
      tell(sink, resultOf({ columns, host: hostOf(source.path) }), row.text, placeOf(source, row))
    },
  })
}

/** Paths, one a line: what was downloaded, or the logs to look at. */
function readList(source: Source, sink: Sink): Promise<number> {
  const [, which] = LIST.exec(source.path)!
  const downloads = /downloadpaths/i.test(which!)
  const cve = `CVE-2021-${which!.slice(0, 5)}`
  return readLines(source, sink, (line) => {
    const path = line.text.trim().replace(/^'(.*)'$/, '$1')
    if (path === '') return
    tell(
      sink,
      {
        rule: cve,
        level: 'high',
        verdict: downloads
          ? 'web shells possibly downloaded in file system'
          : which!.startsWith('26858')
            ? 'suspicious activity found in OAB generator logs'
            : 'suspicious activity found in ECP logs',
        host: hostOf(source.path),
        file: path,
        fields: { Action: 'detected', Cve: cve },
      },
      line.text,
      placeOf(source, line),
    )
  })
}

/** What it said on the screen, server by server; its first versions printed the rows, too. */
async function readScreen(source: Source, sink: Sink): Promise<number> {
  let host: string | null = null
  const ofHost = withEvents(sink, (event) => sink.event({ ...event, host: event.host ?? host }))
  const tables = printedTables(source, ofHost)
  const parsed = await readLines(source, sink, (line) => {
    const said = saidIn(line.text.trim())
    if (said !== null) return tell(sink, { ...said, host }, line.text, placeOf(source, line))
    tables.take(line)
    host = STATUS.exec(line.text)?.[1] ?? host
  })
  tables.finish()
  return parsed
}

/** What a line of it says; null for others. */
function saidIn(text: string): Omit<ToolResult, 'tool'> | null {
  const finding = /^\[(CVE-2021-\d+)\] (.*)$/i.exec(text)
  if (finding) {
    const cve = finding[1]!
    return { rule: cve, level: 'high', verdict: finding[2]!, fields: { Action: 'detected', Cve: cve.toUpperCase() } }
  }
  if (/^Nothing suspicious detected/i.test(text))
    return { rule: null, level: 'informational', verdict: text, fields: { Action: 'nothing-found', Cve: null } }
  const age = /^Log age days: (.+)$/.exec(text)
  if (age) {
    // `Ecp 29,8`: as the culture of the server writes numbers; of a log that is not there no number follows.
    const ages = [...age[1]!.matchAll(/\b([A-Za-z]{2,20}) (\d{1,5}(?:[.,]\d{1,3})?)/g)].map(
      ([, name, days]) => [name!, days!] as const,
    )
    return logAge(ages)
  }
  const file = /^(SuspiciousArchive|LsassDump) *: (.+)$/.exec(text)
  return file ? suspiciousFile(file[1] === 'LsassDump' ? 'LsassDump' : 'SuspiciousArchive', file[2]!) : null
}
