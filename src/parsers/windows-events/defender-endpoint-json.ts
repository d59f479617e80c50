import { readJsonObjects } from '../common/json-objects.ts'
import { JsonObjects } from '../../lib/json-stream.ts'
import { CloudAccount } from '../microsoft-365/account.ts'
import { type CloudRecord, cloudRecord } from '../microsoft-365/record.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { defenderRow, defenderRowEvent } from './defender-endpoint.ts'

/**
 * Events of Microsoft Defender for Endpoint as JSON: the answer of the API for advanced hunting (`Results` beside `Schema`),
 * and what the streaming API sends (`records`, each with its `category` and `properties`), also one record a line. A query may
 * unite tables: records of Microsoft 365 among the rows (CloudAppEvents) are read as its audit log.
 * https://learn.microsoft.com/defender-endpoint/api/run-advanced-query-api
 * https://learn.microsoft.com/defender-xdr/streaming-api
 */
export const defenderEndpointJson: Parser = {
  name: 'defender-endpoint-json',
  title: 'Events of Defender for Endpoint as JSON',
  product: 'windows',
  recognize,
  read,
}

function recognize({ text, bytes }: Head): number {
  if (!/"ActionType"\s*:/i.test(text)) return 0
  let rows = 0
  const objects = new JsonObjects(
    bytes,
    ({ value }) => {
      const isRow = rowOf(value) !== null
      if (isRow) rows++
      return isRow
    },
    () => undefined,
  )
  objects.push(bytes)
  objects.finish()
  // The audit log of Microsoft 365 is sure of its own rows, and reads none of a device.
  return rows > 0 ? 97 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  let account: CloudAccount | null = null
  const parsed = await readJsonObjects(
    source,
    sink,
    ({ value, text, offset, length, line }) => {
      const record = auditRecordOf(value)
      if (record !== null) {
        account ??= new CloudAccount(source, sink, false)
        account.take({ record, raw: text, offset, length, line, isSnippet: true })
        return true
      }
      const row = rowOf(value)
      if (row === null) return isAboutAnswer(value)
      sink.event(defenderRowEvent(row, text, { path: source.path, offset, length, line }))
      return true
    },
    { passing: true },
  )
  ;(account as CloudAccount | null)?.finish(source.size ?? parsed)
  return parsed
}

/** The record of Microsoft 365 that a row of CloudAppEvents, GraphApiAuditEvents or EmailEvents holds or is; null for rows of devices and directories. */
function auditRecordOf(value: Record<string, unknown>): CloudRecord | null {
  const columns = columnsIn(value)
  const isOfCloud = [columns.RawEventData, columns.ActivityType, columns.RequestUri, columns.EmailDirection].some(
    isThere,
  )
  return isOfCloud ? cloudRecord(columns) : null
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/**
 * What an answer of the API says of itself, and not of a device: the name and type of a column (`Schema`), or what the query cost
 * (`Stats`). It is understood, and gives no event.
 */
function isAboutAnswer(value: Record<string, unknown>): boolean {
  const names = Object.keys(value).map((name) => name.toLowerCase())
  const isColumn = names.length === 2 && names.includes('name') && names.includes('type')
  const isCost = names.includes('executiontime') && names.includes('dataset_statistics')
  const isTable = names.includes('table_row_count') && names.includes('table_size')
  return isColumn || isCost || (isTable && names.length === 2)
}

/** The columns of a record, which the streaming API has in `properties`. */
function rowOf(value: Record<string, unknown>): ReadonlyMap<string, string> | null {
  return defenderRow(Object.entries(columnsIn(value)).map(([name, one]) => [name, textOf(one)]))
}

function columnsIn(value: Record<string, unknown>): Record<string, unknown> {
  const { properties } = value
  return typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : value
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}
