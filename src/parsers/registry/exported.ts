import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'
import { Context } from './context.ts'
import type { Extent, RegistryValue } from './hive.ts'
import type { HiveIdentity } from './kind.ts'
import { REG } from './value.ts'
import type { KeyView } from './view.ts'
import { readAtPlaces } from './walk.ts'

/**
 * Keys of the registry as `reg export` and the registry editor write them: `[key]`, then a line for each value. No time of a
 * key is in such a file. https://support.microsoft.com/help/310516
 */
export const exportedRegistry: Parser = {
  name: 'exported-registry',
  title: 'Keys exported from the registry',
  product: 'windows',
  recognize,
  read,
}

const HEADER = /^\ufeff?(?:Windows Registry Editor Version 5\.00|REGEDIT4)\s{0,8}$/
const KEY = /^\[(HKEY_[A-Z_]{4,20})\\?(.{0,1000})\]\s{0,8}$/
/** A further line of a value of bytes; that of a text may hold anything. */
const BYTES = /^\s{0,8}[0-9a-f,\s]{0,200}\\?\s{0,8}$/i
const VALUE = /^(@|"(?:[^"\\]|\\.){0,2000}")=(.*)$/s
/** Maximum number of keys of one file, and length of one value. */
const MOST = { keys: 200_000, value: 1_048_576 }

/** What `reg query` prints: a key, and below it name, type and data of each value, apart by four spaces. */
const PRINTED_KEY = /^(HKEY_[A-Z_]{4,20})\\([^\]"|<>]{1,1000})$/
const PRINTED_VALUE = /^(?: {2,8}|\t)(\S.{0,400}?)(?: {2,8}|\t)(REG_[A-Z_]{2,24})(?:(?: {2,8}|\t)(.*))?$/s

/** What `Get-ItemProperty` prints of such a list, without its key: `Notification Packages : {scecli, rassfm}`. */
const PRINTED_LIST = /^([A-Z]\w{1,40}(?: \w{1,20})?)\s{1,40}: \{([^{}]{0,1000})\}\s{0,8}$/

/** Values whose name only one key has: where a note holds their line without that of the key, it is that key's. */
const KEY_OF: ReadonlyMap<string, string> = new Map([
  ...['Notification Packages', 'Authentication Packages'].map(
    (name) => [name.toLowerCase(), 'SYSTEM\\CurrentControlSet\\Control\\Lsa'] as const,
  ),
  ['appinit_dlls', 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Windows'],
  ['userinit', 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon'],
])

/** A value as `reg query` prints it, whose indent was lost. */
const FLUSH_VALUE = /^(\S.{0,400}?)(?: {2,8}|\t)(REG_[A-Z_]{2,24})(?:(?: {2,8}|\t)(.*))?$/s

/** The name of the value that a line has; null where it is no value. */
function nameIn(line: string): string | null {
  const m = PRINTED_VALUE.exec(line) ?? FLUSH_VALUE.exec(line) ?? PRINTED_LIST.exec(line)
  if (m) return m[1]!.toLowerCase()
  const exported = /^"([^"\\]{1,100})"=hex\(7\):/.exec(line)?.[1]
  return exported?.toLowerCase() ?? null
}

const isOfOneKey = (line: string): boolean => KEY_OF.has(nameIn(line.trimEnd()) ?? '')

function recognize(head: Head): number {
  const lines = splitHeadLines(head.text)
  const first = lines.find((line) => line.trim() !== '')
  if (first !== undefined && HEADER.test(first)) return 96
  if (head.windowsPath !== null) return 0
  const near = lines.slice(0, 2_000)
  if (near.some((line) => PRINTED_KEY.test(line.trimEnd())) && near.some((line) => PRINTED_VALUE.test(line))) return 68
  return near.some(isOfOneKey) ? 62 : 0
}

/** A key with its place; keys below it are found by their paths. */
class ExportedKey implements KeyView {
  readonly time = null
  readonly written = null
  readonly className = null
  readonly deleted = false
  readonly formerly: readonly RegistryValue[] = []
  readonly values: RegistryValue[] = []
  readonly path: readonly string[]
  readonly at: Extent
  readonly #below: ExportedKey[] = []

  constructor(path: readonly string[], at: Extent) {
    this.path = path
    this.at = at
  }

  get name(): string {
    return this.path.at(-1) ?? ''
  }

  /** Takes a value that it does not have yet; false where it has another one of this name. */
  take(value: RegistryValue): boolean {
    const known = this.value(value.name)
    if (known === null) this.values.push(value)
    const [one, other] = [known?.data() ?? null, value.data()]
    return known === null || (known.type === value.type && one !== null && other !== null && one.equals(other))
  }

  add(key: ExportedKey): void {
    this.#below.push(key)
  }

  keys(): readonly KeyView[] {
    return this.#below
  }

  value(name: string): RegistryValue | null {
    return this.values.find((value) => value.name.toLowerCase() === name.toLowerCase()) ?? null
  }

  key(path: string): KeyView | null {
    const [first, ...rest] = path.split('\\')
    const key = this.#below.find(({ name }) => name.toLowerCase() === first!.toLowerCase()) ?? null
    return rest.length === 0 ? key : (key?.key(rest.join('\\')) ?? null)
  }
}

/** The hive that a path begins in, and the names below its root; null for those of which nothing is read. */
function placeOf(root: string, path: string): { readonly identity: HiveIdentity; readonly names: string[] } | null {
  const names = path.split('\\').filter((name) => name !== '')
  if (root === 'HKEY_CURRENT_USER') return { identity: { kind: 'user', mount: 'HKCU', user: null }, names }
  const [first = '', ...rest] = names
  if (root === 'HKEY_USERS')
    return { identity: { kind: 'user', mount: `HKU\\${first}`, user: first || null }, names: rest }
  if (root !== 'HKEY_LOCAL_MACHINE') return null
  const kind = (['system', 'software', 'sam', 'security'] as const).find((one) => one === first.toLowerCase())
  return kind ? { identity: { kind, mount: `HKLM\\${first.toUpperCase()}`, user: null }, names: rest } : null
}

type Keys = Map<string, { readonly key: ExportedKey; readonly identity: HiveIdentity }>

async function read(source: Source, sink: Sink): Promise<number> {
  const keys: Keys = new Map()
  let key: ExportedKey | null = null
  let open: { text: string; at: Extent; number: number } | null = null
  const lost = (unread: ReportUnreadLines): void => {
    if (open !== null) unread({ ...open.at, number: open.number }, 'corrupt', 'a value that breaks off')
    open = null
  }
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread) => {
      if (open !== null && !BYTES.test(line.text)) lost(unread)
      const text = open === null ? line.text : open.text + line.text.trim()
      const at: Extent = {
        offset: open?.at.offset ?? line.offset,
        length: line.offset + line.length - (open?.at.offset ?? line.offset),
      }
      const place = { ...at, number: open?.number ?? line.number }
      open = null
      if (/[,:]\\\s{0,4}$/.test(line.text) && text.length < MOST.value && VALUE.test(text)) {
        open = { text: text.replace(/\\\s{0,4}$/, ''), at, number: place.number }
        return
      }
      const named = KEY.exec(text) ?? PRINTED_KEY.exec(text.trimEnd())
      if (named) {
        key = keyAt(keys, named[1]!, named[2]!, at)
        return
      }
      // A value without the line of its key.
      if (key === null) key = keyOfValue(keys, text, at)
      const value = key === null ? exportedValue(text, at) : valueIn(text, at)
      if (value !== null) {
        if (key !== null && !key.take(value)) unread(place, 'corrupt', 'a value over again')
      } else if (text.trim() !== '' && !HEADER.test(text)) {
        // Values below a line that names no key are of no known key.
        if (text.startsWith('[')) key = null
        takeOtherLine(line, source, sink, unread, 'text that is no value of a key')
      }
    },
    lost,
  )
  readKeys(keys, source, sink)
  return parsed
}

/** The key of a value that only this key has. */
function keyOfValue(keys: Keys, text: string, at: Extent): ExportedKey | null {
  const path = KEY_OF.get(nameIn(text.trimEnd()) ?? '')
  return path === undefined ? null : keyAt(keys, 'HKEY_LOCAL_MACHINE', path, at)
}

/** A value as the registry editor writes it, or as a command prints it. */
function valueIn(text: string, at: Extent): RegistryValue | null {
  const printed = PRINTED_VALUE.exec(text)
  if (printed) return printedValue(printed, at)
  const isKnown = isOfOneKey(text)
  const flush = isKnown ? FLUSH_VALUE.exec(text) : null
  if (flush) return printedValue(flush, at)
  const list = isKnown ? PRINTED_LIST.exec(text.trimEnd()) : null
  if (list) return printedValue(['', list[1]!, 'REG_MULTI_SZ', list[2]!.replaceAll(/,\s{0,4}/g, '\\0')], at)
  return exportedValue(text, at)
}

function exportedValue(text: string, at: Extent): RegistryValue | null {
  const m = VALUE.exec(text)
  return m ? valueOf(m[1]!, m[2]!.trim(), at) : null
}

function keyAt(keys: Keys, root: string, path: string, at: Extent): ExportedKey | null {
  const place = placeOf(root, path)
  if (place === null || keys.size >= MOST.keys) return null
  const { identity, names } = place
  const key = new ExportedKey(names, at)
  const full = [identity.mount, ...names].join('\\').toLowerCase()
  const known = keys.get(full)
  if (known) return known.key
  keys.set(full, { key, identity })
  keys.get(full.slice(0, full.lastIndexOf('\\')))?.key.add(key)
  return key
}

function readKeys(keys: Keys, source: Source, sink: Sink): void {
  const contexts = new Map<string, Context>()
  for (const { key, identity } of keys.values()) {
    const set = /^(?:currentcontrolset|controlset\d{3})$/i.test(key.path[0] ?? '') ? key.path[0]! : null
    const name = `${identity.mount}/${set ?? ''}`
    const context =
      contexts.get(name) ??
      new Context(source, sink, { identity, controlSet: set, end: null, size: source.size ?? 0, fromLog: () => null })
    contexts.set(name, context)
    readAtPlaces(key, identity.kind, context)
  }
  for (const context of contexts.values()) context.finish()
}

const unescaped = (text: string): string => text.replaceAll(/\\(.)/gs, '$1')

function valueOf(name: string, written: string, at: Extent): RegistryValue {
  const [type, bytes] = dataOf(written)
  return {
    name: name === '@' ? '' : unescaped(name.slice(1, -1)),
    type,
    size: bytes.length,
    at,
    data: (most = bytes.length) => bytes.subarray(0, most),
  }
}

/** A value as `reg query` prints it; texts of a list are apart by `\\0`. */
function printedValue([, name, type, data = '']: readonly string[], at: Extent): RegistryValue {
  const bytes = printedData(type!, data.trim())
  return {
    name: /^\(.{1,40}\)$/.test(name!) ? '' : name!,
    type: TYPES.get(type!) ?? REG.binary,
    size: bytes.length,
    at,
    data: (most = bytes.length) => bytes.subarray(0, most),
  }
}

const TYPES: ReadonlyMap<string, number> = new Map([
  ['REG_SZ', REG.sz],
  ['REG_EXPAND_SZ', REG.expand],
  ['REG_MULTI_SZ', REG.multi],
  ['REG_DWORD', REG.dword],
])

function printedData(type: string, data: string): Buffer {
  if (type === 'REG_DWORD') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(Number(/^0x[0-9a-f]{1,8}$|^\d{1,9}$/i.test(data) ? data : 0))
    return bytes
  }
  if (type === 'REG_MULTI_SZ') return Buffer.from(`${data.replaceAll('\\0', '\0')}\0\0`, 'utf16le')
  return TYPES.has(type) ? Buffer.from(`${data}\0`, 'utf16le') : Buffer.from(data.slice(0, 65_536), 'hex')
}

/** `"text"`, `dword:…`, `hex(2):25,00,…`. */
function dataOf(written: string): [type: number, bytes: Buffer] {
  if (written.startsWith('"')) return [REG.sz, Buffer.from(`${unescaped(written.replace(/^"|"$/g, ''))}\0`, 'utf16le')]
  const number = /^dword:([0-9a-f]{1,8})$/i.exec(written)?.[1]
  if (number !== undefined) {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(Number.parseInt(number, 16))
    return [REG.dword, bytes]
  }
  const [, type, digits = ''] = /^hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,\s]*)$/i.exec(written) ?? []
  return [
    type === undefined ? REG.binary : Number.parseInt(type, 16),
    Buffer.from(digits.replaceAll(/[,\s]/g, ''), 'hex'),
  ]
}
