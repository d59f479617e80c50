import { readJsonObjects } from '../common/json-objects.ts'
import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { ClixmlEvents } from '../config/clixml-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import type { PsObject, PsValue } from '../config/powershell-object.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { isSecretName, MASK } from '../../lib/mask-secrets.ts'
import type { Tag } from '../config/xml-reader.ts'

/**
 * Objects of Exchange exported as CSV or JSON (`Get-OabVirtualDirectory | Export-Csv`, `Get-InboxRule |
 * ConvertTo-Json`). Unlike CLIXML these do not say what they are: the names of their properties do.
 */
export const exportedCsv: Parser = {
  name: 'exported-csv',
  title: 'Exchange objects exported as CSV',
  product: 'mail',
  most: 90,
  recognize: ({ text }) => (headerOf(headerLineOf(text) ?? '') === null ? 0 : 90),
  read: readCsv,
}

export const exportedJson: Parser = {
  name: 'exported-json',
  title: 'Exchange objects exported as JSON',
  product: 'mail',
  most: 84,
  recognize: recognizeJson,
  read: readJson,
}

const NAMES = [
  'identity',
  'name',
  'alias',
  'displayname',
  'primarysmtpaddress',
  'server',
  'mailboxownerid',
  'mailbox',
  'foldername',
  'lastaccessed',
  'rundate',
]

const REMINDER = 'Microsoft.Exchange.Exported.ReminderItem'
/** Properties that only objects of one kind have (`a+b`: both), and the type by which the kind is known. */
const kinds: readonly (readonly [type: string, properties: readonly string[]])[] = [
  ['Microsoft.Exchange.Exported.ExchangeVirtualDirectory', ['externalurl', 'internalurl']],
  ['Microsoft.Exchange.Exported.TransportAgent', ['transportagentfactory']],
  [
    'Microsoft.Exchange.Exported.Mailbox',
    [
      'forwardingsmtpaddress',
      'forwardingaddress',
      // Who is who: a list of mailboxes by several of their names.
      'primarysmtpaddress+legacyexchangedn',
      'primarysmtpaddress+exchangeguid',
      'primarysmtpaddress+samaccountname',
      'primarysmtpaddress+alias',
    ],
  ],
  [
    'Microsoft.Exchange.Exported.InboxRule',
    [
      'forwardto',
      'redirectto',
      'forwardasattachmentto',
      'subjectorbodycontainswords',
      'movetofolder+mailboxownerid',
      'deletemessage+mailboxownerid',
    ],
  ],
  [
    'Microsoft.Exchange.Exported.MailboxExportRequest',
    ['filepath+requestqueue', 'filepath+sourcealias', 'filepath+sourcemailbox'],
  ],
  [REMINDER, ['pidlidreminderfileparameter', 'remindersoundfile']],
  ['Microsoft.Exchange.Exported.MailboxFolderPermission', ['sharingpermissionflags', 'foldername+accessrights']],
  ['Microsoft.Exchange.Exported.MailboxAuditRow', ['lastaccessed+operation+logontype']],
  ['Microsoft.Exchange.Exported.AdminAuditRow', ['rundate+cmdletname']],
  // Of an application in the tenant of a hybrid organization (Get-MgServicePrincipal, Microsoft Graph).
  ['Microsoft.Exchange.Exported.ServicePrincipal', ['keycredentials+appid']],
  ['Microsoft.Exchange.Exported.Rule', ['blindcopyto', 'redirectmessageto', 'journalemailaddress']],
]

/** What objects with such properties are; null when they are none of Exchange’s that matter. */
export function exportedType(names: readonly string[]): string | null {
  const lower = new Set(names.map((name) => name.toLowerCase()))
  // No other object has this property, so that a report that quotes a few of an item's is enough.
  if (lower.has('pidlidreminderfileparameter')) return REMINDER
  if (!NAMES.some((name) => lower.has(name))) return null
  return (
    kinds.find(([, properties]) => properties.some((some) => holdsAll(some, (name) => lower.has(name))))?.[0] ?? null
  )
}

function holdsAll(properties: string, has: (name: string) => boolean): boolean {
  return properties.split('+').every(has)
}

type Header = { readonly names: readonly string[]; readonly delimiter: string; readonly type: string }

function headerOf(line: string): Header | null {
  for (const { delimiter, names } of headersOf(line)) {
    const type = exportedType(names)
    if (type !== null) return { names, delimiter, type }
  }
  return null
}

async function readCsv(source: Source, sink: Sink): Promise<number> {
  const events = new ClixmlEvents(source, sink)
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    take(row, { names, type }, unread) {
      if (row.broken || row.values.length > names.length)
        return unread(row, 'corrupt', 'a row with other columns than the table')
      const cells = names.map((name, i): [string, PsValue] => [name, cellOf(name, row.values[i])])
      events.take(objectOf(type, cells), objectTag(row.text, row.offset, row.length, row.number))
    },
  })
  events.finish()
  return parsed
}

/** A value as it is printed: a list stands in braces. */
export function printedValue(name: string, text: string): PsValue {
  return cellOf(name, text.replace(/^\{(.*)\}$/s, '$1'))
}

/** Collections are written as the name of their type. */
function cellOf(name: string, text: string | undefined): PsValue {
  if (text === undefined || text === '' || /^[\w.]{1,200}(?:`\d\[.*\]|\[\])$/s.test(text)) return null
  return isSecretName(name) ? MASK : text
}

function recognizeJson(head: Head): number {
  if (!/^[\s[]*\{\s*"/.test(head.text) || !head.text.includes('"')) return 0
  const quoted = (name: string): boolean => new RegExp(`"${name}"\\s*:`, 'i').test(head.text)
  if (!kinds.some(([, properties]) => properties.some((some) => holdsAll(some, quoted)))) return 0
  return NAMES.some(quoted) ? 84 : 0
}

async function readJson(source: Source, sink: Sink): Promise<number> {
  const events = new ClixmlEvents(source, sink)
  const parsed = await readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const type = exportedType(Object.keys(value))
    if (type === null) return false
    events.take(objectOfJson(type, value), objectTag(text, offset, length, line))
    return true
  })
  events.finish()
  return parsed
}

/** An object as JSON has it, by the type that its properties show. */
export function objectOfJson(type: string, value: Readonly<Record<string, unknown>>): PsObject {
  return objectOf(
    type,
    Object.entries(value).map(([name, inner]) => [name, valueOf(name, inner, 0)]),
  )
}

const DEPTH = 8

function valueOf(name: string, value: unknown, depth: number): PsValue {
  if (typeof value === 'string') return isSecretName(name) && value !== '' ? MASK : value
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null || depth >= DEPTH) return null
  if (Array.isArray(value)) {
    const items = value.slice(0, 1000).map((item) => valueOf(name, item, depth + 1))
    return { ...objectOf('', []), types: [], items }
  }
  const entries = Object.entries(value).map(([inner, one]): [string, PsValue] => [
    inner,
    valueOf(inner, one, depth + 1),
  ])
  // An address is written with all its parts; what it was made of stands in one of them.
  const text = entries.find(([inner]) => /^(?:OriginalString|Address|DistinguishedName)$/i.test(inner))?.[1]
  return { ...objectOf('', entries), types: [], text: typeof text === 'string' ? text : null }
}

/** An object of properties alone. */
export function objectOf(type: string, properties: readonly (readonly [string, PsValue])[]): PsObject {
  return { types: [type], text: null, properties: new Map(properties), items: null, entries: null, wrapped: null }
}

/** Where an object lies that is no element of XML. */
export function objectTag(raw: string, offset: number, length: number, line: number): Tag {
  const element = { name: '', attributes: new Map<string, string>(), children: [] }
  return { element, parents: [], raw: raw.slice(0, 65_536), offset, length, line, cut: false }
}
