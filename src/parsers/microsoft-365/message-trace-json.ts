import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import { iso } from '../../lib/time.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { membersOf, jsonObjectOf, memberText } from './record.ts'
import { TraceAccount, traceEvent } from './message-trace.ts'

/**
 * The same message traces as JSON: Get-MessageTrace and Get-MessageTraceV2 with ConvertTo-Json (the Microsoft Extractor Suite
 * does so), and the answers of Microsoft Graph.
 * https://learn.microsoft.com/graph/api/resources/exchangemessagetrace
 */
export const messageTraceJson: Parser = {
  name: 'message-trace-json',
  title: 'Message trace of Exchange Online as JSON',
  product: 'microsoft-365',
  recognize,
  read,
}

function recognize(head: Head): number {
  if (!/"SenderAddress"\s*:/i.test(head.text) || !/"Received(?:DateTime)?"\s*:/i.test(head.text)) return 0
  return holdsObject(head, isTrace) ? 96 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const trace = new TraceAccount()
  const parsed = await readJsonObjects(source, sink, ({ value, text, offset, length, line, prefixed }) => {
    if (!isTrace(value)) return false
    const event = traceEvent(columnsOf(value), null, text, { path: source.path, offset, length, line })
    if (event === null) return false
    trace.add(event)
    sink.event(prefixed ? { ...event, snippet: true } : event)
    return true
  })
  trace.finish(source.path, sink)
  return parsed
}

type Json = Readonly<Record<string, unknown>>

function isTrace(value: Json): boolean {
  const members = membersOf(value)
  const has = (name: string): boolean => members.has(name)
  return (
    (has('received') || has('receiveddatetime')) &&
    memberText(members, 'senderaddress', 'recipientaddress') !== null &&
    has('senderaddress') &&
    has('recipientaddress') &&
    (has('messagetraceid') || (has('messageid') && has('status')))
  )
}

function columnsOf(value: Json): (readonly [string, string])[] {
  return [...membersOf(value).values()].map(([name, inner]) => [name, written(name, inner)] as const)
}

/**
 * Windows PowerShell writes a date as `/Date(1755746055000)/`, or as an object with that and a text for people; PowerShell 7 as
 * a text.
 */
function written(name: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const inner = jsonObjectOf(value)
  const text = inner === null ? value : memberText(membersOf(inner), 'value', 'datetime')
  if (typeof text !== 'string') return ''
  const ticks = /^Received/i.test(name) ? /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text) : null
  return ticks ? (iso(Number(ticks[1])) ?? '') : text
}
