import { jsonOrNull } from '../../lib/json.ts'
import { JsonObjects } from '../../lib/json-stream.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { CloudAccount } from './account.ts'
import { type CloudRecord, cloudRecord } from './record.ts'

/**
 * The unified audit log of Microsoft 365 and the logs of Entra as JSON: one record a line, in lists, within the answers of
 * Microsoft Graph, or as Splunk, Elastic (filebeat), Wazuh, Sentinel and the Microsoft Extractor Suite write them.
 */
export const cloudJson: Parser = {
  name: 'cloud-json',
  title: 'Audit log of Microsoft 365 or Entra as JSON',
  product: 'microsoft-365',
  recognise,
  read,
}

// A name that stands in one of the forms, also where the record is a text within another one.
const HINT =
  /\\?"(?:o365\.audit\.)?(?:CreationTime|CreationDate|Operation|AuditData|OfficeWorkload|RawEventData|activityDisplayName|ActivityDateTime|createdDateTime|appDisplayName)\\?"\s*:/i

function recognise(head: Head): number {
  if (!/\{\s*\\?"/.test(head.text) || !HINT.test(head.text)) return 0
  let records = 0
  let other = 0
  const objects = new JsonObjects(
    head.bytes,
    ({ value }) => {
      if (!cloudRecord(value)) return false
      records++
      return true
    },
    (gap) => {
      if (gap.reason === 'unsupported') other += gap.length
    },
  )
  objects.push(head.bytes)
  objects.finish()
  if (records === 0) return 0
  return other * 2 < head.bytes.length ? 96 : 70
}

async function read(source: Source, sink: Sink): Promise<number> {
  const account = new CloudAccount(source, sink, false)
  const objects = new JsonObjects(
    source.bytes,
    ({ value, text, offset, length, line, prefixed }) => {
      const record = cloudRecord(value)
      if (!record) return false
      account.take({
        record,
        raw: text,
        offset,
        length,
        line,
        isSnippet: prefixed || record.isCut || record.isPart === true,
      })
      return true
    },
    (gap) => sink.gap(gap),
    account.rows(null, [], recordIn),
  )
  for await (const chunk of source.chunks({ passing: true })) objects.push(chunk)
  const size = objects.finish()
  account.finish(size)
  return size - objects.gapBytes
}

function recordIn(text: string): CloudRecord | null {
  const value = jsonOrNull(text)
  return typeof value === 'object' && value !== null ? cloudRecord(value as Record<string, unknown>) : null
}
