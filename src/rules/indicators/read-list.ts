import { asObject } from '../../lib/json-object.ts'
import { isIPv4 } from 'node:net'
import { domainToASCII } from 'node:url'
import { splitCsv } from '../../lib/csv.ts'
import { canonicalIp, isLoopback } from '../../lib/ip.ts'
import type { Confidence } from '../../model/stages.ts'
import {
  type Bad,
  cleanText,
  type IndicatorEntry,
  type Item,
  quoteListValue,
  type Side,
  type Validity,
} from './entry.ts'
import { mispEvents, mispItems } from './misp.ts'
import { stixItems, stixObjects } from './stix.ts'
import { append } from '../../lib/collections.ts'

/** What an indicator is; `value` is in the one form in which it is looked up. */
export type IndicatorType =
  | 'ip'
  | 'cidr'
  | 'sha256'
  | 'sha1'
  | 'md5'
  | 'domain'
  | 'url'
  | 'path'
  | 'name'
  | 'extension'
  | 'agent'
  | 'parameter'
  | 'task'
  | 'service'

/** One entry of a list. */
export type Indicator = {
  readonly type: IndicatorType
  /** Canonical: lower case where case has no meaning, addresses in one form, paths with `/` and without drive. */
  readonly value: string
  /** As the list writes it, for a person. */
  readonly shown: string
  readonly id: string
  readonly context: string
  readonly note: string
  /** Empty where the list does not say. */
  readonly campaign: string
  readonly confidence: Confidence
  /** Of a list of lines. */
  readonly line?: number
  /** Where the list says for which time it holds. */
  readonly valid?: Validity
  /** Where the list says at which end of a connection. */
  readonly side?: Side
  /** Lower case: the name that a file with the digest must have. */
  readonly fileName?: string
}

export type IndicatorList = { readonly indicators: readonly Indicator[]; readonly bad: readonly Bad[] }

const MOST = 500_000
const BAD_SHOWN = 100
/** Of more entries that cannot be used not even the number is of use. */
const MOST_BAD = 2_000_000

/**
 * Reads a list, told by its content: a STIX bundle or MISP events in JSON; a table with a header that names `value`
 * (columns as in `ioc_id,type,value,campaign,…`, or a MISP export); or one indicator a line, whose type is recognized. What
 * cannot be looked up is returned with its line or id.
 */
export function readIndicatorList(name: string, text: string): IndicatorList {
  const body = text.replace(/^\uFEFF/, '')
  const isJson = /^\s*[{[]\s*["{[\]}]/.test(body)
  const items = isJson
    ? jsonItems(body)
    : (otherForm(body) ?? (isTable(body) ? tableEntries(body) : plainEntries(name, body)))
  const indicators: Indicator[] = []
  const bad: Bad[] = []
  const leftOut: Bad[] = []
  let more = 0
  let reason: Bad['reason'] = 'unsupported' // of the others
  const refuse = (problem: Bad): void => {
    if (bad.length < BAD_SHOWN) return void bad.push({ ...problem, detail: cleanText(problem.detail) })
    more++
    if (problem.reason === 'broken') reason = 'broken'
  }
  for (const item of items) {
    if ('leftOut' in item) {
      leftOut.push({ reason: 'unsupported', detail: item.leftOut })
      continue
    }
    const read = 'reason' in item ? item : indicatorOf(item)
    if ('reason' in read) refuse(read)
    else if (indicators.length >= MOST)
      refuse({
        ...at(item as IndicatorEntry),
        reason: 'unsupported',
        detail: `A list holds at most ${MOST} indicators.`,
      })
    else indicators.push(read)
    if (more >= MOST_BAD) break
  }
  if (more > 0) {
    const rest = more >= MOST_BAD ? 'The rest was not looked at.' : ''
    const what = isJson ? 'entries could not be used' : 'lines could not be read'
    bad.push({ reason, detail: `${more} more ${what}. ${rest}`.trim() })
  }
  append(bad, leftOut)
  if (indicators.length === 0 && bad.length === 0)
    bad.push({ reason: 'broken', detail: 'The list holds no indicator.' })
  return { indicators, bad }
}

const at = ({ line }: IndicatorEntry): { line?: number } => (line === undefined ? {} : { line })

// ---------------------------------------------------------------- the forms of a list

function otherForm(text: string): readonly Bad[] | null {
  if (/^\s*<(\?xml|ioc\b|OpenIOC)/i.test(text))
    return [{ reason: 'unsupported', detail: 'OpenIOC (XML) is not read; STIX, MISP, a table or a plain list is.' }]
  if (text.includes('\0')) return [{ reason: 'unsupported', detail: 'This is not text.' }]
  return null
}

/** Text of JSON, and objects and lists in it, that fit into memory beside the evidence. */
const LARGEST = 128 * 1024 * 1024
const MOST_OBJECTS = 4_000_000

/** Whether this is STIX or MISP, the names of fields tell. */
function jsonItems(text: string): Iterable<Item> {
  const not = (reason: Bad['reason'], detail: string): readonly Bad[] => [{ reason, detail }]
  if (text.length > LARGEST || opened(text) > MOST_OBJECTS)
    return not('unsupported', `JSON of more than 128 MB or ${MOST_OBJECTS} objects and lists is not read.`)
  const json = parsed(text)
  if (json instanceof SyntaxError) {
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(json.message) ?? []
    const place = line === undefined ? {} : { line: Number(line), column: Number(column) }
    return [{ ...place, reason: 'broken', detail: 'This is not valid JSON; the file may have been cut off.' }]
  }
  const isList = Array.isArray(json)
  const whole = isList ? { response: json } : asObject(json)
  const events = whole && mispEvents(whole)
  const objects = isList ? json : whole && stixObjects(whole)
  if (events && events.length > 0) return mispItems(events)
  if (objects && objects.length > 0) return stixItems(objects)
  if (objects && !isList) return not('broken', 'The bundle holds no objects.')
  if (events && !isList) return not('broken', 'The answer of MISP holds no event.')
  return not('unsupported', 'This JSON is neither a STIX bundle nor a MISP event.')
}

/** How many objects and lists the text opens at most. */
function opened(text: string): number {
  let count = 0
  for (const sign of ['{', '[']) for (let i = text.indexOf(sign); i >= 0; i = text.indexOf(sign, i + 1)) count++
  return count
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return error
    throw error
  }
}

/** Names that columns go by, the best first. */
const COLUMNS = {
  value: ['value', 'indicator', 'ioc', 'indicator_value'],
  type: ['type', 'indicator_type', 'ioc_type'],
  id: ['ioc_id', 'id', 'uuid'],
  actor: ['actor_or_tool', 'actor', 'tool'],
  context: ['context', 'comment', 'description'],
  note: ['fp_note', 'note', 'false_positive'],
  campaign: ['campaign'],
  confidence: ['confidence'],
} as const

/** A table has a first line with commas that names its value column. */
function isTable(text: string): boolean {
  const first = records(text).next().value
  return first !== undefined && first.cells.length > 1 && columnsOf(first.cells).value >= 0
}

function columnsOf(header: readonly string[]): { readonly [name in keyof typeof COLUMNS]: number } {
  const lower = header.map((cell) => cell.trim().toLowerCase().replaceAll(' ', '_'))
  const find = (name: keyof typeof COLUMNS): number =>
    COLUMNS[name].map((known) => lower.indexOf(known)).find((i) => i >= 0) ?? -1
  return {
    value: find('value'),
    type: find('type'),
    id: find('id'),
    actor: find('actor'),
    context: find('context'),
    note: find('note'),
    campaign: find('campaign'),
    confidence: find('confidence'),
  }
}

function* tableEntries(text: string): Generator<IndicatorEntry> {
  let columns: { readonly [name in keyof typeof COLUMNS]: number } | null = null
  for (const { cells, line } of records(text)) {
    if (!columns) {
      columns = columnsOf(cells)
      continue
    }
    const cell = (index: number): string => (cells[index] ?? '').trim()
    yield {
      line,
      type: cell(columns.type).toLowerCase(),
      value: cell(columns.value),
      id: cell(columns.id) || `line ${line}`,
      context: [cell(columns.actor), cell(columns.context)].filter(Boolean).join(', '),
      note: cell(columns.note),
      campaign: cell(columns.campaign),
      confidence: cell(columns.confidence).toLowerCase(),
    }
  }
}

function* plainEntries(name: string, text: string): Generator<IndicatorEntry> {
  let line = 0
  for (const raw of text.split(/\r\n|\n|\r/)) {
    line++
    if (raw.trim() === '' || raw.trimStart().startsWith('#')) continue
    const { value, context } = withoutComment(raw)
    yield { line, type: '', value, id: `${name}:${line}`, context, note: '', campaign: '', confidence: '' }
  }
}

/** `value # comment`, or `value;comment` (comma, tab) where the value alone has a type and cannot hold the mark itself. */
function withoutComment(line: string): { value: string; context: string } {
  const hash = line.indexOf('#')
  const isMark = hash > 0 && /\s/.test(line[hash - 1]!) && line.slice(0, hash).trim() !== ''
  const value = (isMark ? line.slice(0, hash) : line).trim()
  const context = isMark ? line.slice(hash + 1).trim() : ''
  const mark = /^([^;,\t]+)[;,\t](.*)$/.exec(value)
  const type = mark && recognize(refang(mark[1]!))
  if (!type || type === 'url' || type === 'agent') return { value, context }
  return { value: mark[1]!.trim(), context: [mark[2]!.trim(), context].filter(Boolean).join(', ') }
}

/** Lines that one record may reach over; quotes that stay open longer were no quotes. */
const REACH = 64

/** Records with the line on which each begins; comment and empty lines are left out. */
function* records(text: string): Generator<{ readonly cells: readonly string[]; readonly line: number }> {
  const lines = text.split(/\r\n|\n|\r/)
  for (let i = 0; i < lines.length; i++) {
    const start = i
    const first = splitCsv(lines[start]!)
    if (first.values.length === 1 && (first.values[0]!.trim() === '' || first.values[0]!.startsWith('#'))) continue
    let record = first
    while (record.open && i + 1 < lines.length && i - start < REACH)
      record = splitCsv(lines.slice(start, ++i + 1).join('\n'))
    if (record.open) i = start
    const { values } = record.open ? first : record
    if (!values[0]!.startsWith('#')) yield { cells: values, line: start + 1 }
  }
}

// ---------------------------------------------------------------- one indicator

/** Names of types in use, and what each is here. */
const TYPES: ReadonlyMap<string, IndicatorType> = new Map([
  ...['ip', 'ipv4', 'ipv6', 'ip-src', 'ip-dst', 'ipv4-addr', 'ipv6-addr', 'ip_address', 'address'].map(
    (t) => [t, 'ip'] as const,
  ),
  ...['cidr', 'network', 'subnet'].map((t) => [t, 'cidr'] as const),
  ['sha256', 'sha256'],
  ['sha-256', 'sha256'],
  ['sha1', 'sha1'],
  ['sha-1', 'sha1'],
  ['md5', 'md5'],
  ...['domain', 'hostname', 'fqdn', 'domain-name', 'host'].map((t) => [t, 'domain'] as const),
  ...['url', 'uri', 'link'].map((t) => [t, 'url'] as const),
  ...['file_path', 'filepath', 'path', 'url_path', 'uri_path'].map((t) => [t, 'path'] as const),
  ...['file_name', 'filename', 'name', 'file'].map((t) => [t, 'name'] as const),
  ['file_extension', 'extension'],
  ...['user_agent', 'user-agent', 'useragent', 'agent'].map((t) => [t, 'agent'] as const),
  ['webshell_param', 'parameter'],
  ['scheduled_task', 'task'],
  ['service_name', 'service'],
])

type Refusal = { readonly refused: Bad['reason']; readonly detail: string }

function indicatorOf(entry: IndicatorEntry): Indicator | Bad {
  const read = checked(entry)
  if (!('refused' in read)) return read
  const detail = entry.place === undefined ? read.detail : `${entry.place}: ${read.detail}`
  return { ...at(entry), reason: read.refused, detail }
}

function checked(entry: IndicatorEntry): Indicator | Refusal {
  const value = refang(entry.value)
  if (value === '') return broken('The value is empty.')
  if (/^[*?%.\-/\\\s]+$/.test(value)) return broken(`${quoteListValue(value)} would match everything.`)
  if (value.length > 4096) return broken('The value is longer than 4,096 characters.')
  let type = entry.type === '' ? recognize(value) : TYPES.get(entry.type)
  if (!type) {
    return entry.type === ''
      ? broken(
          `${quoteListValue(value)} is of no known type (address, hash, domain, URL, path, file name, user agent).`,
        )
      : { refused: 'unsupported', detail: `Indicators of type ${quoteListValue(entry.type)} are not looked up.` }
  }
  if (type === 'ip' && value.includes('/')) type = 'cidr'
  if (type === 'cidr' && !value.includes('/')) type = 'ip'
  // An address of a page without its host.
  if (type === 'url' && /^\/[^/]/.test(value)) type = 'path'
  const form = FORMS[type](value)
  if (typeof form !== 'string') return form
  return {
    type,
    value: form,
    shown: cleanText(entry.value),
    id: cleanText(entry.id),
    context: cleanText(entry.context),
    note: cleanText(entry.note),
    campaign: entry.campaign,
    confidence: entry.confidence === 'high' || entry.confidence === 'low' ? entry.confidence : 'medium',
    ...at(entry),
    ...(entry.valid ? { valid: entry.valid } : {}),
    ...(entry.side ? { side: entry.side } : {}),
    ...(entry.fileName === undefined ? {} : { fileName: entry.fileName.toLowerCase() }),
  }
}

/** What a line of a plain list is. Null when it could be anything. */
function recognize(value: string): IndicatorType | undefined {
  if (canonicalIp(value)) return 'ip'
  if (/^[0-9a-f.:]+\/\d+$/i.test(value)) return 'cidr'
  if (/^[0-9a-f]{64}$/i.test(value)) return 'sha256'
  if (/^[0-9a-f]{40}$/i.test(value)) return 'sha1'
  if (/^[0-9a-f]{32}$/i.test(value)) return 'md5'
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return 'url'
  if (/^[a-z]:[\\/]|^\\\\|^\/[^\s]|^[%<][^\\/]+[%>][\\/]/i.test(value)) return 'path'
  // An agent is told by a product and its version: `Mozilla/5.0 (…`, `curl/7.64.1`.
  if (/^[\w.-]+(?:[ +][\w.-]+)*\/v?\d/.test(value)) return 'agent'
  if (/[\\/]/.test(value)) return 'path'
  if (FILE.test(value)) return 'name'
  if (typeof FORMS.domain(value) === 'string') return 'domain'
  return undefined
}

// `.com` is a name on the Internet far more often than a program; a list can say `file_name`.
const FILE =
  /\.(aspx?|ashx|asmx|ascx|asax|cshtml|php\d?|jspx?|js|vbs|vbe|wsf|hta|ps1|psm1|bat|cmd|exe|dll|sys|scr|msi|lnk|dmp|dat|db|tmp|log|txt|ini|xml|json|config|compiled|zip|rar|7z|cab|gz|png|jpg|gif|ico|svc|soap|bin|tlb|py|pem|key)$/i

const FORMS: Readonly<Record<IndicatorType, (value: string) => string | Refusal>> = {
  ip(value) {
    const ip = canonicalIp(value)
    if (!ip) return broken(`${quoteListValue(value)} is no address.`)
    if (isLoopback(ip)) return broken(`${quoteListValue(value)} is the server itself.`)
    if (ip === '0.0.0.0' || ip === '::') return broken(`${quoteListValue(value)} is no address of a machine.`)
    return ip
  },
  cidr(value) {
    const found = /^(.+)\/(\d{1,3})$/.exec(value)
    const base = found && canonicalIp(found[1]!)
    const bits = Number(found?.[2])
    if (!base || bits > (isIPv4(base) ? 32 : 128)) return broken(`${quoteListValue(value)} is no network.`)
    if (bits < (isIPv4(base) ? 8 : 16))
      return broken(`${quoteListValue(value)} is so large a network that it says nothing.`)
    if (isLoopback(base)) return broken(`${quoteListValue(value)} is the server itself.`)
    return `${base}/${bits}`
  },
  sha256: (value) => digest(value, 64),
  sha1: (value) => digest(value, 40),
  md5: (value) => digest(value, 32),
  domain(value) {
    const host = domainToASCII(value.replace(/^\*\./, '').replace(/\.$/, '')).toLowerCase()
    const labels = host.split('.')
    if (host.length > 253 || !labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))) {
      return broken(`${quoteListValue(value)} is no domain name.`)
    }
    if (labels.length < 2) return broken(`${quoteListValue(value)} has no dot; a single label would match too much.`)
    if (/^\d+$/.test(labels.at(-1)!)) return broken(`${quoteListValue(value)} is neither an address nor a domain name.`)
    return host
  },
  url(value) {
    if (/[*<>]|\$\(/.test(value)) return pattern(value)
    return urlKey(value.includes('://') ? value : `http://${value}`) ?? broken(`${quoteListValue(value)} is no URL.`)
  },
  path(value) {
    const path = expanded(value.replaceAll('\\', '/'))
    // Backslash and dot is how a regular expression writes a dot.
    if (/[*?<>|"]|\$\(|%[^0-9a-f]/i.test(path.slice(2)) || /\(\d+ /.test(path) || value.includes('\\.'))
      return pattern(value)
    const parts = path.split('/').filter((part) => part !== '' && part !== '.')
    if (parts.includes('..')) return broken(`${quoteListValue(value)} leads upwards.`)
    if (parts.length === (/^[a-z]:/i.test(path) ? 1 : 0))
      return broken(`${quoteListValue(value)} would match everything.`)
    // A leading slash stays: of a path on a drive, or of a URL, it says where the path begins.
    return (
      (/^([a-z]:)?\//i.test(path) ? '/' : '') +
      parts
        .filter((part, i) => i > 0 || !/^[a-z]:$/i.test(part))
        .join('/')
        .toLowerCase()
    )
  },
  name(value) {
    if (/[*?<>|"]|\$\(/.test(value)) return pattern(value)
    if (/[\\/:]/.test(value)) return broken(`${quoteListValue(value)} is a path, not a file name.`)
    if (value.length < 3) return broken(`${quoteListValue(value)} is too short for a file name.`)
    return value.toLowerCase()
  },
  extension: (value) =>
    /^\.?[\w-]{2,32}$/.test(value)
      ? `.${value.replace(/^\./, '').toLowerCase()}`
      : broken(`${quoteListValue(value)} is no extension.`),
  agent: (value) =>
    value.length < 4 ? broken(`${quoteListValue(value)} is too short for a user agent.`) : agentKey(value),
  parameter: (value) =>
    /^[\w.-]{3,}$/.test(value) ? value.toLowerCase() : broken(`${quoteListValue(value)} is no name of a parameter.`),
  task: (value) => value.replace(/^\\+/, '').toLowerCase(),
  service: (value) => value.toLowerCase(),
}

// Digests of nothing: an empty file would match.
const EMPTY = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd41d8cd98f00b204e9800998ecf8427e',
])

function digest(value: string, length: number): string | Refusal {
  const hex = value.toLowerCase()
  if (hex.length !== length || !/^[0-9a-f]+$/.test(hex))
    return broken(`${quoteListValue(value)} is not ${length} hexadecimal digits.`)
  if (EMPTY.has(hex)) return broken('This is the digest of the empty file.')
  if (/^(.)\1+$/.test(hex)) return broken('This digest is a placeholder.')
  return hex
}

// Folders that lists name by a variable; `<exinstall>` and others are left open.
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['tmp', 'temp'],
  ['temp', 'temp'],
  ['windir', 'windows'],
  ['systemroot', 'windows'],
  ['programdata', 'programdata'],
  ['allusersprofile', 'programdata'],
  ['public', 'users/public'],
  ['programfiles', 'program files'],
  ['programfiles(x86)', 'program files (x86)'],
  ['appdata', 'appdata/roaming'],
  ['localappdata', 'appdata/local'],
])

function expanded(path: string): string {
  const found = /^[%<]([^/%<>]+)[%>]\/(.*)$/.exec(path)
  if (!found) return path
  const folder = FOLDERS.get(found[1]!.toLowerCase())
  return folder ? `${folder}/${found[2]}` : found[2]!
}

/** A URL without its scheme and fragment, host in lower case; null when it is none. */
export function urlKey(text: string): string | null {
  if (text.length > 4096 || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.hostname === '' || isLoopback(url.hostname) || url.hostname === 'localhost') return null
  return `${url.host}${url.pathname === '' ? '/' : url.pathname}${url.search}`.toLowerCase()
}

/** A user agent in one form: IIS writes a plus for each space. */
export function agentKey(text: string): string {
  return text.replaceAll('+', ' ').trim()
}

/** Reports write `hxxp://evil[.]example` so that no reader follows it by accident. */
function refang(text: string): string {
  return text
    .trim()
    .replace(/^hxxp/i, 'http')
    .replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replaceAll('[:]', ':')
    .replaceAll('[://]', '://')
}

function broken(detail: string): Refusal {
  return { refused: 'broken', detail }
}

function pattern(value: string): Refusal {
  return { refused: 'unsupported', detail: `${quoteListValue(value)} is a pattern; only whole names are looked up.` }
}
