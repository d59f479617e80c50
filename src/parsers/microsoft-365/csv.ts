import { counted } from '../../lib/amounts.ts'
import { CsvRecords, splitCsv } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import { splitHeadLines } from '../../lib/text.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { isMostlyRecords } from '../common/other-records.ts'
import { TableFillers } from '../common/csv-table.ts'
import { certainOrAmericanTime } from '../common/local-time.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { areEmailEvents } from './email-events.ts'
import { areGraphRequests } from './graph-activity.ts'
import { areCloudAppEvents, areHuntedSignIns } from './hunting.ts'
import { CloudAccount } from './account.ts'
import { type CloudRecord, cloudRecord, isAlone, isDotted } from './record.ts'
import type { CloudRows } from './rows.ts'

/**
 * The unified audit log of Microsoft 365, the logs of Entra, requests to Microsoft Graph and EmailEvents as a table: what Purview, `Search-UnifiedAuditLog |
 * Export-Csv`, the Microsoft Extractor Suite, Sentinel and the portal of Entra save.
 */
export const cloudCsv: Parser = {
  name: 'cloud-csv',
  title: 'Audit log of Microsoft 365 or Entra as a table',
  product: 'microsoft-365',
  recognize,
  read,
}

/** Columns of the tables of the portal, by the names that Microsoft Graph has for the same. */
const SIGN_IN: ReadonlyMap<string, string> = new Map([
  ['date (utc)', 'createdDateTime'],
  ['request id', 'id'],
  ['user agent', 'userAgent'],
  ['correlation id', 'correlationId'],
  ['user', 'userDisplayName'],
  ['username', 'userPrincipalName'],
  ['service principal name', 'servicePrincipalName'],
  ['service principal id', 'servicePrincipalId'],
  ['application', 'appDisplayName'],
  ['application id', 'appId'],
  ['resource', 'resourceDisplayName'],
  ['resource id', 'resourceId'],
  ['ip address', 'ipAddress'],
  ['sign-in error code', 'resultType'],
  ['failure reason', 'resultDescription'],
  ['client app', 'clientAppUsed'],
  ['session id', 'sessionId'],
  ['unique token identifier', 'uniqueTokenIdentifier'],
  ['authentication requirement', 'authenticationRequirement'],
  ['authentication protocol', 'authenticationProtocol'],
  ['incoming token type', 'incomingTokenType'],
  ['token issuer type', 'tokenIssuerType'],
  ['token issuer name', 'tokenIssuerName'],
  ['conditional access', 'conditionalAccessStatus'],
])
const AUDIT: ReadonlyMap<string, string> = new Map([
  ['date (utc)', 'activityDateTime'],
  ['date', 'activityDateTime'],
  ['activity', 'activityDisplayName'],
  ['service', 'loggedByService'],
])

type Header = {
  readonly names: readonly string[]
  readonly delimiter: string
  /** The columns whose name says that their times are in UTC. */
  readonly utc: readonly number[]
}

const LONGEST = 65_536

function recognize({ text }: Head): number {
  if (headerOf(firstLineOf(text))) return 96
  if (!HEADER_HINT.test(text)) return 0
  // Something stands above the table; the head of another format makes none of its rows.
  const isHeader = (line: string): boolean => HEADER_HINT.test(line) && mayBegin(line) && headerOf(line) !== null
  return splitHeadLines(text).some(isHeader) ? (isMostlyRecords(text) ? 98 : 72) : 0
}

/** A name that each form of the header has. */
const HEADER_HINT =
  /Date \(UTC\)|Activity|AuditData|OfficeWorkload|CreationTime|CreatedDateTime|TimeGenerated|RawEventData|AccountUpn|ServicePrincipalId|RequestUri|EmailDirection|o365\.audit\.|data\.office365\./i

function firstLineOf(text: string): string {
  const lines = text.split(/\r\n|\n|\r/, 3)
  return lines.find((line) => line !== '' && !line.startsWith('#TYPE')) ?? ''
}

function headerOf(line: string): Header | null {
  if (line.length > LONGEST) return null
  for (const delimiter of [',', ';', '\t']) {
    if (!line.includes(delimiter)) continue
    const { values, open } = splitCsv(line, delimiter)
    if (open) continue
    // Sentinel writes the zone behind the name of a time.
    const names = values.map((name) => name.trim().replace(IN_UTC, ''))
    const renamed = namesOf(names)
    const utc = values.flatMap((name, i) => (IN_UTC.test(name.trim()) ? [i] : []))
    if (renamed) return { names: renamed, delimiter, utc }
  }
  return null
}

const IN_UTC = / \[UTC\]$/

/** A time of such a column, as the portal writes it for the language of its user: `2/18/2025, 3:31:40.001 PM`. */
function timeInUtc(text: string): string {
  const time = certainOrAmericanTime(text)
  return time === null ? text : new Date(time).toISOString()
}

/** Tables that are known by their columns alone. */
const OWN_COLUMNS = [areCloudAppEvents, areHuntedSignIns, areGraphRequests, areEmailEvents] as const

/** The columns by the names that a record has; null when this is no such table. */
function namesOf(names: readonly string[]): readonly string[] | null {
  const lower = new Set(names.map((name) => name.toLowerCase()))
  const has = (...all: readonly string[]): boolean => all.every((name) => lower.has(name))
  const by = (table: ReadonlyMap<string, string>): string[] =>
    names.map((name) => table.get(name.toLowerCase()) ?? name)
  if (has('date (utc)', 'request id') && (has('application') || has('ip address'))) return by(SIGN_IN)
  if (
    (has('date (utc)') || has('date')) &&
    has('activity', 'category') &&
    (has('service') || has('target1displayname'))
  )
    return by(AUDIT)
  if (has('auditdata') && ['operation', 'operations', 'creationdate'].some((name) => lower.has(name))) return names
  if (has('raweventdata') || OWN_COLUMNS.some((are) => are((name) => has(name)))) return names
  if (has('officeworkload', 'operation') || has('creationtime', 'recordtype', 'operation')) return names
  if (has('activitydisplayname') && (has('activitydatetime') || has('initiatedby'))) return names
  return areSignIns(lower) || areChosen(lower) || areDotted(names) ? names : null
}

function areSignIns(names: ReadonlySet<string>): boolean {
  const has = (...all: readonly string[]): boolean => all.every((name) => names.has(name))
  const isDated = has('createddatetime') || has('timegenerated')
  return isDated && has('appdisplayname', 'ipaddress', 'userprincipalname') && (has('status') || has('resulttype'))
}

/** Columns as a log platform exports what a search of it showed. */
function areDotted(names: readonly string[]): boolean {
  const own = names.filter(isDotted)
  return own.length > 1 && own.some((name) => /\.operation$/i.test(name))
}

/** Columns of the audit log that a search chose. */
function areChosen(names: ReadonlySet<string>): boolean {
  const any = (...some: readonly string[]): boolean => some.some((name) => names.has(name))
  return (
    any('operation', 'operations') &&
    any('userid', 'userids', 'userprincipalname') &&
    any('clientip', 'parameters') &&
    any('creationtime', 'creationdate', 'timegenerated')
  )
}

async function read(source: Source, sink: Sink): Promise<number> {
  const account = new CloudAccount(source, sink, true)
  let header: Header | null = null
  let rows: CsvRecords | null = null
  let taker: CloudRows | null = null
  let tell: ReportUnreadLines = () => {}
  const fillers = new TableFillers(sink, () => tell)
  let end = 0
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread: ReportUnreadLines) => {
      tell = unread
      end = line.offset + line.length
      if (rows?.waiting) return rows.push(line)
      if (fillers.takes(line) || line.text.startsWith('#TYPE')) return
      const begun = mayBegin(line.text) ? headerOf(line.text) : null
      if (begun) {
        header = begun
        taker = takerOf(begun)
        const passes = (line: Line): boolean => fillers.takes(line)
        rows = new CsvRecords({ delimiter: begun.delimiter, columns: begun.names.length, passes, take })
      } else if (rows) rows.push(line)
      else unread(line, 'unsupported', 'text that is no row of the table')
    },
    (unread) => {
      tell = unread
      rows?.flush()
      fillers.end()
    },
    () => (rows?.waiting || fillers.isWaiting ? null : taker),
  )
  account.finish(Math.max(end, (taker as CloudRows | null)?.until ?? 0))
  return parsed

  function take(row: {
    values: string[]
    text: string
    offset: number
    length: number
    number: number
    broken: boolean
  }): void {
    const { names, utc } = header!
    for (const i of utc) row.values[i] = timeInUtc(row.values[i] ?? '')
    if (row.values.length > names.length)
      return tell(row, 'corrupt', `${counted(row.values.length, 'value')} for ${counted(names.length, 'column')}`)
    const record = recordOf(names, row.values)
    if (!record) return tell(row, 'corrupt', 'a row without the time or the kind of a record')
    const { text, offset, length, number } = row
    // Rules match what is left of a row whose record was cut; it counts for no coverage.
    const { text: own } = record
    account.take({
      record,
      raw: text,
      offset,
      length,
      line: number,
      isSnippet: isAlone(record),
      // As it is written in the table.
      ...(own === null ? {} : { own: Buffer.from(own.replaceAll('"', '""')) }),
    })
    fillers.see(row)
  }

  /** Rows of which one column holds the record, and none of the others is there twice. */
  function takerOf({ names, delimiter }: Header): CloudRows | null {
    const lower = names.map((name) => name.toLowerCase())
    const data = lower.indexOf('auditdata')
    if (data < 0 || lower.includes('raweventdata') || lower.includes('') || new Set(lower).size < lower.length)
      return null
    const form = { columns: names.length, data, delimiter: delimiter.charCodeAt(0) }
    return account.rows(form, names, (text) => recordOf(names, splitCsv(text, delimiter).values))
  }
}

function recordOf(names: readonly string[], values: readonly string[]): CloudRecord | null {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  names.forEach((name, i) => {
    const value = values[i]
    if (name !== '' && value !== undefined && value !== '') object[name] = value
  })
  return cloudRecord(object)
}

/** Rows are many and headers few: a header holds no time of day, and each row does. */
function mayBegin(text: string): boolean {
  return text.length <= LONGEST && !/\d:\d\d/.test(text)
}
