import { jsonOrNull } from '../../lib/json.ts'
import { JsonObjects } from '../../lib/json-stream.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { jsonObjectsOf } from '../common/json-objects.ts'
import { CloudAccount } from './account.ts'
import { type CloudRecord, cloudRecord, membersOf, isAlone } from './record.ts'

/**
 * The unified audit log of Microsoft 365, the logs of Entra, requests to Microsoft Graph and EmailEvents as JSON: one record a line, in lists, within the answers of
 * Microsoft Graph, or as Splunk, Elastic (filebeat), Wazuh, Sentinel and the Microsoft Extractor Suite write them.
 */
export const cloudJson: Parser = {
  name: 'cloud-json',
  title: 'Audit log of Microsoft 365 or Entra as JSON',
  product: 'microsoft-365',
  recognize,
  read,
}

// A name that stands in one of the forms, also where the record is a text within another one.
const HINT =
  /\\?"(?:(?:o365\.audit|data\.office365)\.)?(?:CreationTime|CreationDate|Operation|AuditData|OfficeWorkload|RawEventData|activityDisplayName|ActivityDateTime|createdDateTime|appDisplayName|AccountUpn|AccountObjectId|RequestUri|RecipientEmailAddress)\\?"\s*:/i

function recognize(head: Head): number {
  if (!/\{\s*\\?"/.test(head.text)) return 0
  if (!HINT.test(head.text)) return holdsPairs(head) ? 60 : 0
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
  const pairs = new Pairs()
  const objects = jsonObjectsOf(
    source,
    sink,
    ({ value, text, offset, length, line, prefixed }) => {
      const record = cloudRecord(value)
      if (!record) return pairs.take(value, { text, offset, length, line })
      account.take({
        record,
        raw: text,
        offset,
        length,
        line,
        isSnippet: prefixed || isAlone(record),
      })
      return true
    },
    account.rows(null, [], recordIn),
  )
  for await (const chunk of source.chunks({ passing: true })) objects.push(chunk)
  const size = objects.finish()
  const rule = pairs.record()
  if (rule) account.take({ ...rule, isSnippet: true })
  account.finish(size)
  return size - objects.gapBytes
}

function recordIn(text: string): CloudRecord | null {
  const value = jsonOrNull(text)
  return typeof value === 'object' && value !== null ? cloudRecord(value as Record<string, unknown>) : null
}

/**
 * Parameters of a rule without the record around them, as reports quote them: `"Parameters": [{"Name": …, "Value": …}, …]`.
 * Which cmdlet it was the names show; whose the rule is nothing does.
 */
class Pairs {
  readonly #found: { readonly Name: string; readonly Value: string }[] = []
  #first: { readonly text: string; readonly offset: number; readonly length: number; readonly line: number } | null =
    null
  #end = 0

  take(value: Json, at: { text: string; offset: number; length: number; line: number }): boolean {
    const pair = pairOf(value)
    if (pair === null || this.#found.length === MOST) return false
    this.#found.push(pair)
    this.#first ??= at
    this.#end = at.offset + at.length
    return true
  }

  /** The rule that the pairs make. */
  record(): { record: CloudRecord; raw: string; offset: number; length: number; line: number } | null {
    const first = this.#first
    if (first === null || this.#found.filter(({ Name }) => OF_RULES.test(Name)).length < 2) return null
    // A name that was not quoted is no name without a meaning.
    const name = this.#found.some(({ Name }) => Name === 'Name') ? [] : [{ Name: 'Name', Value: '(not quoted)' }]
    const parameters = [...name, ...this.#found]
    const members = membersOf({ Operation: 'New-InboxRule', Workload: 'Exchange', Parameters: parameters })
    const record: CloudRecord = {
      kind: 'unified',
      members,
      index: null,
      count: null,
      isCut: false,
      isPart: true,
      text: null,
    }
    const raw = JSON.stringify(this.#found).slice(0, 65_536)
    return { record, raw, offset: first.offset, length: this.#end - first.offset, line: first.line }
  }
}

type Json = Readonly<Record<string, unknown>>

const MOST = 200
const OF_RULES =
  /^(?:(?:Subject|Body|SubjectOrBody|From|FromAddress|Header)ContainsWords|DeleteMessage|SoftDeleteMessage|MoveToFolder|MarkAsRead|StopProcessingRules|ForwardTo|RedirectTo|ForwardAsAttachmentTo|AlwaysDeleteOutlookRulesBlob)$/i

function pairOf({ Name: name, Value: value, ...more }: Json): { Name: string; Value: string } | null {
  const isPair = typeof name === 'string' && typeof value === 'string' && Object.keys(more).length === 0
  return isPair ? { Name: name, Value: value } : null
}

function holdsPairs(head: Head): boolean {
  if (head.windowsPath !== null || !/"Name"\s*:/.test(head.text)) return false
  const pairs = new Pairs()
  const objects = new JsonObjects(
    head.bytes,
    ({ value, text, offset, length, line }) => pairs.take(value, { text, offset, length, line }),
    () => {},
  )
  objects.push(head.bytes)
  objects.finish()
  return pairs.record() !== null
}
