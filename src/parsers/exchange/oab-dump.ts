import { isoTime } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import { buildOf } from './build-sightings.ts'
import { cultureTime, ordersOf } from '../common/local-time.ts'
import { isRunnable } from '../../model/file-fields.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import type { Line } from '../../lib/lines.ts'
import { hostName, readLines } from '../common/lines.ts'

/**
 * The settings of a virtual directory as Exchange writes them to a file when it is reset: `Name : value` lines. With
 * script in a setting and a name that ends in .aspx the file is a page that runs (CVE-2021-27065).
 */
export const oabDump: Parser = {
  name: 'oab-dump',
  title: 'Dump of a virtual directory',
  product: 'exchange',
  recognize,
  read,
}

const SOURCES: readonly LogSource[] = [{ product: 'postern', service: 'oab-dump' }]
/** The same lines are what `Get-OabVirtualDirectory | Format-List` shows, as saved text. */
const EXPORTED: readonly LogSource[] = [...SOURCES, { product: 'postern', service: 'exchange-config' }]
const RAW = 65_536
const VALUE = 32_768

function recognize(head: Head): number {
  const has = (name: string): boolean => new RegExp(`^[ \\t]{0,8}${name}[ \\t]{0,60}: `, 'm').test(head.text)
  if (isExport(head)) {
    if (isListOfDirectories(head.text)) return 92
    if (holdsQuotedScript(head.text)) return 88
  }
  if (!head.text.includes('ExternalUrl') && !head.text.includes('InternalUrl')) return 0
  if (has('OfflineAddressBooks') && (has('PollInterval') || has('MetabasePath'))) return 96
  return has('MetabasePath') && has('ExtendedProtectionTokenChecking') && has('ExternalUrl') ? 94 : 0
}

/** Names that an administrator gives to what a command showed him. */
const TEXT = /\.(?:txt|text|log|out|csv|tsv|md|lst)$/i
const PAGE = /\.(?:aspx?|ashx|asmx|ascx|asax|cshtml|soap|svc|cer|asa|cdx|html?)(?:[._-]|$)/i

/**
 * Is it by its name a saved text of settings, and no page? Script in an address is then what the directory
 * holds: reported as such, and the file is no web shell. A copy of a page keeps `.aspx` in its name, and what was saved from a
 * web server begins with its answer.
 */
function isExport({ path, windowsPath, text }: Pick<Head, 'path' | 'windowsPath' | 'text'>): boolean {
  const name = (windowsPath ?? path).replace(/^.*[\\/]/s, '')
  return TEXT.test(name) && !PAGE.test(name) && !/^HTTP\/\d/.test(text)
}

/**
 * Is it such a text, with script in an address, and nowhere else? The address is reported then. Script in a line that is no
 * setting (a note, a comment) is what any other file with it is.
 */
export function isExportWithScript(head: Pick<Head, 'path' | 'windowsPath' | 'text'>): boolean {
  if (!isExport(head)) return false
  return isListOfDirectories(head.text) ? holdsScriptInSettings(head.text) : holdsQuotedScript(head.text)
}

/** What a list or a table of directories names; notes about an attack quote an address without it. */
const NAMED = /\b(?:Ex|In)ternalUrl\b/i

const PAIR = /^\s{0,8}[A-Za-z][A-Za-z0-9]{0,60}\s*:(?: |$)/
/** What goes on stands far to the right, under the value. */
const CONTINUED = /^\s{9,}\S/

/** Is it a line of a setting, its first or a further one? */
function isOfSetting(line: string): boolean {
  return PAIR.test(line) || CONTINUED.test(line)
}

/** `Name : value` lines and what goes on under a value, with the address of a virtual directory among them. */
function isListOfDirectories(text: string): boolean {
  if (!/^[ \t]{0,8}(?:Ex|In)ternalUrl[ \t]{0,60}:/m.test(text)) return false
  const lines = text.split(/\r\n|\n|\r/, 400).filter((line) => line.trim() !== '')
  const ours = lines.filter(isOfSetting).length
  return ours >= 2 && ours * 10 >= lines.length * 9
}

/** Does a list of directories hold script, and only in its settings? */
function holdsScriptInSettings(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => QUOTED.test(line) || line.search(SCRIPT) >= 0)
  return lines.length > 0 && lines.every(isOfSetting)
}

/** Script behind an address, as a table of settings shows it. */
const QUOTED = /https?:\/\/[^\s<>"']{0,300}[<][ \t]{0,4}(?:script|%|object|svg)/i
/** What rules of files read themselves: entries of Active Directory, and objects as XML. */
const DIRECTORY = /msExch(?:External|Internal)HostName|N="(?:External|Internal)Url"/i
/** Rows of the ECP Server log, which have a parser of their own. */
const ECP_ROW = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^\r\n]{0,400}S:CMD=/
const SCRIPT = /<[ \t]{0,4}(?:script\b|%)/gi

/** Does the text name addresses of directories, and hold script behind one, and nowhere else? */
function holdsQuotedScript(text: string): boolean {
  if (!NAMED.test(text) || !QUOTED.test(text) || DIRECTORY.test(text) || ECP_ROW.test(text)) return false
  return text
    .split(/\r\n|\n|\r/)
    .every((line) => !line.includes('<') || (line.match(SCRIPT)?.length ?? 0) === 0 || QUOTED.test(line))
}

async function read(source: Source, sink: Sink): Promise<number> {
  return isExport(source) && (isListOfDirectories(source.text) || holdsQuotedScript(source.text))
    ? readExport(source, sink)
    : readDump(source, sink)
}

/** Each directory of an export is an event, and each line of a table with script behind an address. */
async function readExport(source: Source, sink: Sink): Promise<number> {
  const isList = isListOfDirectories(source.text)
  let one: { settings: Map<string, string>; raw: string; begin: Line; end: number } | null = null
  let last: string | null = null
  const give = (): void => {
    if (one && one.settings.size > 1) {
      const { settings, raw, begin, end } = one
      const at = { path: source.path, offset: begin.offset, length: end - begin.offset, line: begin.number }
      tell(settings, raw, at, source, sink)
    }
    one = null
    last = null
  }
  const parsed = await readLines(
    source,
    sink,
    (line) => {
      if (!isList) {
        const m = QUOTED.exec(line.text)
        const at = { path: source.path, offset: line.offset, length: line.length, line: line.number }
        if (m)
          tell(
            new Map([['ExternalUrl', line.text.slice(m.index, m.index + VALUE).trim()]]),
            line.text,
            at,
            source,
            sink,
          )
        return
      }
      const name = PAIR.test(line.text) ? /[A-Za-z0-9]{1,61}/.exec(line.text)![0] : null
      // The next directory begins where the first name comes again.
      if (one && name !== null && one.settings.has(name) && !/^\s{9,}/.test(line.text)) give()
      one ??= { settings: new Map(), raw: '', begin: line, end: 0 }
      last = take(line.text, one.settings, last)
      one.end = line.offset + line.length
      if (one.raw.length < RAW) one.raw += `${line.text}\n`
    },
    give,
  )
  return parsed
}

async function readDump(source: Source, sink: Sink): Promise<number> {
  const settings = new Map<string, string>()
  let last: string | null = null
  let raw = ''
  let size = 0
  const parsed = await readLines(source, sink, (line) => {
    size = line.offset + line.length
    if (raw.length < RAW) raw += `${line.text}\n`
    last = take(line.text, settings, last)
  })
  tell(settings, raw, { path: source.path, offset: 0, length: size }, source, sink)
  return parsed
}

function tell(settings: ReadonlyMap<string, string>, raw: string, at: Place, source: Source, sink: Sink): void {
  const time = changed(settings)
  const host = hostName(settings.get('Server'))
  const event: Event = {
    log: 'files',
    sources: isRunnable(source.windowsPath ?? source.path) ? SOURCES : EXPORTED,
    time,
    timeBasis: time === null ? 'assumed' : 'stated',
    fields: fieldsOf(settings),
    raw: raw.slice(0, RAW),
    at,
    host,
    client: null,
    user: null,
    target: source.windowsPath ?? source.path,
    request: null,
    session: null,
  }
  sink.event(event)
  const build = buildIn(settings.get('AdminDisplayVersion') ?? '')
  if (build)
    sink.fact({
      fact: 'build',
      build,
      precision: 'cu',
      source: 'AdminDisplayVersion in a dump of a virtual directory',
      from: time,
      to: time,
      host,
      at,
    })
}

/** Takes a line; returns the name that the next line may go on with. */
function take(text: string, settings: Map<string, string>, last: string | null): string | null {
  const pair = /^\s{0,8}([A-Za-z][A-Za-z0-9]{0,60})\s*:(?: (.*))?$/s.exec(text)
  const goesOn = CONTINUED.test(text)
  if (pair && !goesOn) {
    const name = pair[1]!
    if (settings.size < 500 && !settings.has(name)) settings.set(name, (pair[2] ?? '').slice(0, VALUE))
    return name
  }
  if (last === null || text.trim() === '') return null
  const value = settings.get(last) ?? ''
  if (value.length < VALUE) settings.set(last, value === '' ? text.trim() : `${value}\n${text.trim()}`)
  return last
}

function fieldsOf(settings: ReadonlyMap<string, string>): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {}
  for (const [name, value] of settings) {
    Object.defineProperty(fields, name, {
      value: value === '' ? null : value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return fields
}

/** WhenChangedUTC, where the four times of the dump leave one way to read it. */
function changed(settings: ReadonlyMap<string, string>): number | null {
  const text = settings.get('WhenChangedUTC') ?? ''
  const iso = isoTime(text)
  if (iso !== null) return iso
  const written = ['WhenChangedUTC', 'WhenCreatedUTC', 'WhenChanged', 'WhenCreated'].map(
    (name) => settings.get(name) ?? '',
  )
  const orders = ordersOf(written.filter((value) => value !== '')).filter((order) => {
    const [changedUtc, createdUtc, changedLocal, createdLocal] = written.map((value) => cultureTime(value, order))
    return near(changedUtc, changedLocal) && near(createdUtc, createdLocal) && !before(changedUtc, createdUtc)
  })
  const times = new Set(orders.map((order) => cultureTime(text, order)))
  return times.size === 1 ? [...times][0]! : null
}

// Local time is at most 14 hours from UTC.
function near(a: number | null | undefined, b: number | null | undefined): boolean {
  return a === null || a === undefined || b === null || b === undefined || Math.abs(a - b) <= 14 * 3_600_000
}

function before(a: number | null | undefined, b: number | null | undefined): boolean {
  return typeof a === 'number' && typeof b === 'number' && a < b
}

// `Version 15.1 (Build 2106.2)`
function buildIn(text: string): string | null {
  const m = /^Version (\d{1,2}\.\d{1,2}) \(Build (\d{1,5}\.\d{1,5})\)/.exec(text.trim())
  return m ? buildOf(`${m[1]}.${m[2]}`) : null
}
