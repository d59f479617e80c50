import { certainTime } from '../common/local-time.ts'
import type { Event, Place } from '../../model/event.ts'
import { fieldValue } from '../common/field-value.ts'
import { traceEvent } from './message-trace.ts'
import { membersOf, type Members, memberText } from './members.ts'

/** Are these (in lower case) the columns of EmailEvents? https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table */
export function areEmailEvents(has: (name: string) => boolean): boolean {
  return (
    (has('timestamp') || has('timegenerated')) &&
    has('networkmessageid') &&
    has('recipientemailaddress') &&
    has('emaildirection') &&
    (has('senderfromaddress') || has('sendermailfromaddress'))
  )
}

/** A row of EmailEvents; null where the members are none. Where tables were united, rows of the others have its columns, too, and nothing in them. */
export function emailRow(members: Members): Members | null {
  if (!areEmailEvents((name) => members.has(name))) return null
  if (memberText(members, 'networkmessageid') === null || memberText(members, 'emaildirection') === null) return null
  const time = timeIn(members)
  if (time === null) return null
  const named: Record<string, unknown> = { Received: time }
  for (const [key, [name, value]] of members)
    if (!AROUND.has(key) && value !== null && value !== '') named[name] = value
  named.SenderAddress = memberText(members, 'senderfromaddress', 'sendermailfromaddress')
  named.RecipientAddress = memberText(members, 'recipientemailaddress')
  named.FromIP = memberText(members, 'senderipv4', 'senderipv6')
  const action = memberText(members, 'deliveryaction')
  // Of a message that was blocked nothing was delivered, as a trace has it.
  named.Status = action !== null && /^blocked$/i.test(action) ? 'Failed' : action
  return membersOf(named)
}

const AROUND: ReadonlySet<string> = new Set(['properties', 'timestamp', 'time', 'timegenerated'])

/** Columns under the names of a message trace, whose rules are evaluated on it. */
const ALIASES: readonly (readonly [string, string])[] = [
  ['internetmessageid', 'message-id'],
  ['networkmessageid', 'network-message-id'],
]

/** A message of EmailEvents as a row of a message trace. */
export function emailEvent(members: Members, raw: string, at: Place, isSnippet: boolean): Event | null {
  const columns = [...members.values()].map(([name, value]) => [name, textOf(value)] as const)
  const event = traceEvent(columns, null, raw, at)
  if (event === null) return null
  const fields = { ...event.fields }
  for (const [name, alias] of ALIASES) fields[alias] = memberText(members, name)
  // Which domains the organization has the table says by the direction.
  const direction = memberText(members, 'emaildirection') ?? ''
  fields.SentWhere = /^outbound$/i.test(direction) ? 'outside' : /^intra/i.test(direction) ? 'inside' : 'unknown'
  return { ...event, fields, ...(isSnippet ? { snippet: true } : {}) }
}

function textOf(value: unknown): string {
  const field = fieldValue(value)
  return field === null ? '' : String(field)
}

function timeIn(members: Members): string | null {
  const written = memberText(members, 'timestamp', 'timegenerated')
  if (written === null) return null
  const time = certainTime(written)
  return time === null ? null : new Date(time).toISOString()
}
