import { decode8 } from '../../lib/text.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { Damage } from '../common/format-error.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { programSources } from './prefetch.ts'
import { readWhole } from '../common/lines.ts'
import { shellPath } from './shell-items.ts'
import { type Stamp, Structure } from '../common/binary-reader.ts'

/**
 * Shortcuts (.lnk): what they start with which arguments, when that file was made, changed and read, and on which volume
 * and machine it lay. Lists of the last used things (.customDestinations-ms) hold shortcuts one behind the other.
 * [MS-SHLLINK] https://learn.microsoft.com/openspecs/windows_protocols/ms-shllink
 */
export const shortcut: Parser = {
  name: 'shortcut',
  title: 'Shortcut (.lnk) or list of shortcuts',
  product: 'windows',
  recognize,
  read,
}

const LIMIT = 16 * 1024 * 1024
const MARK = Buffer.from('4c0000000114020000000000c000000000000046', 'hex')
/** Between two shortcuts of a list stand the names of categories and nothing longer. */
const FRAME = 4096
const BLOCKS = 64
const PROPERTIES = 64

function recognize(head: Head): number {
  const bytes = Buffer.from(head.bytes.buffer, head.bytes.byteOffset, head.bytes.byteLength)
  if (bytes.subarray(0, MARK.length).equals(MARK)) return 95
  return isList(bytes, head.path) ? 90 : 0
}

/** A list of shortcuts: version 2, the number of categories, and a shortcut soon behind them. */
function isList(bytes: Buffer, path: string): boolean {
  if (bytes.length < 12 || bytes.readUInt32LE(0) !== 2 || bytes.readUInt32LE(8) !== 0) return false
  if (/\.customdestinations-ms$/i.test(path)) return true
  const at = bytes.indexOf(MARK)
  return at > 0 && at < FRAME
}

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, LIMIT)
  let lost = 0
  const gap = (offset: number, length: number, reason: Damage['reason'], detail: string): void => {
    if (length <= 0) return
    lost += length
    sink.gap({ offset, length, reason, detail })
  }
  const between = isList(data, source.path) ? FRAME : 0
  let at = 0
  for (let record = 1; at < data.length; record++) {
    const start = data.indexOf(MARK, at)
    const next = start < 0 ? data.length : start
    if (next - at > between) gap(at, next - at, 'unsupported', `${next - at} bytes that belong to no shortcut`)
    if (start < 0) break
    at = readOne(data, start, record, source, sink, gap)
  }
  gap(data.length, size - data.length, 'too-long', `only the first ${LIMIT} bytes are read`)
  return size - lost
}

type TellGap = (offset: number, length: number, reason: Damage['reason'], detail: string) => void

/** Reads the shortcut at that place; returns where to look for the next. */
function readOne(data: Buffer, start: number, record: number, source: Source, sink: Sink, gap: TellGap): number {
  const file = new Structure(data.subarray(start), 'shortcut')
  const link = new Link(file)
  let failed: Damage | null = null
  try {
    link.read()
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    failed = error
  }
  // What was read before the damage stands: the header alone has the times of the target.
  const length = link.end
  if (link.hasHeader)
    for (const event of eventsOf(link, { path: source.path, offset: start, length, record })) sink.event(event)
  if (!failed) return start + length
  const after = data.indexOf(MARK, start + Math.max(length, MARK.length))
  const end = after < 0 ? data.length : after
  gap(start + length, end - start - length, failed.reason, failed.message)
  return end
}

// ---------------------------------------------------------------- reading one

class Link {
  hasHeader = false
  /** Up to here it was understood. */
  end = 0
  readonly fields = new Map<string, FieldValue>()
  created: Stamp | null = null
  modified: Stamp | null = null
  accessed: Stamp | null = null
  local: string | null = null
  network: string | null = null
  shell: string | null = null
  environment: string | null = null
  relative: string | null = null
  arguments: string | null = null
  readonly #file: Structure

  constructor(file: Structure) {
    this.#file = file
  }

  read(): void {
    const file = this.#file
    const flags = file.u32(20)
    this.created = file.stamp(28)
    this.accessed = file.stamp(36)
    this.modified = file.stamp(44)
    this.fields.set('TargetAttributes', file.u32(24))
    this.fields.set('TargetSize', file.u32(52))
    this.fields.set('ShowCommand', file.u32(60))
    file.part(0, 76)
    this.hasHeader = true
    this.end = 76

    if (flags & 1) {
      const list = file.part(this.end + 2, file.u16(this.end))
      this.shell = shellPath(list)
      this.end += 2 + list.length
    }
    if (flags & 2) {
      const info = new Structure(file.part(this.end, file.u32(this.end)), 'link information')
      if (info.size < 28) throw new Damage(`link information of ${info.size} bytes`)
      this.#linkInfo(info)
      this.end += info.size
    }
    const strings: (string | null)[] = []
    for (let bit = 4; bit <= 0x40; bit *= 2) strings.push(flags & bit ? this.#string((flags & 0x80) !== 0) : null)
    const [name, relative, folder, parameters, icon] = strings as [string | null, ...(string | null)[]]
    this.relative = relative ?? null
    this.arguments = parameters ?? null
    if (name) this.fields.set('Description', name)
    if (folder) this.fields.set('CurrentDirectory', folder)
    if (icon) this.fields.set('IconLocation', icon)
    this.#extra()
  }

  /** [MS-SHLLINK] 2.3 */
  #linkInfo(info: Structure): void {
    const unicode = info.u32(4) >= 0x24
    const flags = info.u32(8)
    const suffix = unicode ? wideAt(info, info.u32(32)) : narrowAt(info, info.u32(24))
    if (flags & 1) {
      const base = unicode ? wideAt(info, info.u32(28)) : narrowAt(info, info.u32(16))
      this.local = joined(base || narrowAt(info, info.u32(16)), suffix)
      const volume = info.u32(12)
      const serial = info
        .u32(volume + 8)
        .toString(16)
        .toUpperCase()
        .padStart(8, '0')
      this.fields.set('VolumeSerial', `${serial.slice(0, 4)}-${serial.slice(4)}`)
      this.fields.set('DriveType', driveTypes[info.u32(volume + 4)] ?? null)
      const label = info.u32(volume + 12)
      const text = label === 0x14 ? wideAt(info, volume + info.u32(volume + 16)) : narrowAt(info, volume + label)
      this.fields.set('VolumeLabel', text || null)
    }
    if (flags & 2) {
      const at = info.u32(20)
      const wide = info.u32(at + 8) > 0x14
      const share = wide ? wideAt(info, at + info.u32(at + 20)) : narrowAt(info, at + info.u32(at + 8))
      this.network = joined(share, suffix)
    }
  }

  /** [MS-SHLLINK] 2.4: the number of characters, then the characters. */
  #string(wide: boolean): string {
    const length = this.#file.u16(this.end)
    const bytes = this.#file.part(this.end + 2, wide ? length * 2 : length)
    this.end += 2 + bytes.length
    return wide ? bytes.toString('utf16le') : decode8(bytes)
  }

  /** [MS-SHLLINK] 2.5: blocks, each with its size and signature, up to one of less than four bytes. */
  #extra(): void {
    const file = this.#file
    for (let count = 0; this.end < file.size; count++) {
      const size = file.u32(this.end)
      if (size < 4) {
        this.end += 4
        return
      }
      if (count === BLOCKS) throw new Damage(`more than ${BLOCKS} blocks behind the texts`)
      const block = new Structure(file.part(this.end, size), 'extra data')
      const signature = size < 8 ? 0 : block.u32(4)
      // EnvironmentVariableDataBlock, TrackerDataBlock, PropertyStoreDataBlock
      if (signature === 0xa0000001) this.environment = block.wideZ(268, 520) || narrowAt(block, 8) || null
      else if (signature === 0xa0000003) this.#tracker(block)
      else if (signature === 0xa0000009) this.fields.set('Properties', propertiesOf(block))
      this.end += size
    }
  }

  /** [MS-SHLLINK] 2.5.10: the machine where the target lay, and ids that hold its network card and a time. */
  #tracker(block: Structure): void {
    this.fields.set('MachineId', narrowAt(block, 16).slice(0, 16) || null)
    const birth = block.guid(80)
    this.fields.set('DroidVolume', block.guid(32))
    this.fields.set('DroidFile', block.guid(48))
    this.fields.set('BirthDroidFile', birth)
    // Only ids of version 1 are made of an address and a time (RFC 9562, 5.1).
    if (birth[14] !== '1') return
    this.fields.set('MacAddress', birth.slice(24).match(/../g)!.join(':'))
  }
}

const driveTypes: readonly string[] = ['unknown', 'no root', 'removable', 'fixed', 'remote', 'cd-rom', 'ram disk']

/**
 * Strings of a serialized property store ([MS-PROPSTORE] 2.2), as `format id/property id=text`: the path as the shell
 * parses it, the id of the application, the SID of who made it.
 */
function propertiesOf(block: Structure): string[] {
  const found: string[] = []
  for (let at = 8; at + 24 <= block.size; ) {
    const size = block.u32(at)
    if (size < 24) break
    const storage = new Structure(block.part(at, size), 'property storage')
    const format = storage.guid(8)
    // Properties with names instead of numbers are of no use here.
    for (let value = 24; value + 17 <= size && format !== NAMED; ) {
      const length = storage.u32(value)
      if (length < 17 || found.length >= PROPERTIES) break
      const text = storage.u16(value + 9) === 0x1f ? storage.wideZ(value + 17, Math.min(length - 17, 4096)) : null
      if (text) found.push(`${format}/${storage.u32(value + 4)}=${text}`)
      value += length
    }
    at += size
  }
  return found
}

const NAMED = 'd5cdd505-2e9c-101b-9397-08002b2cf9ae'

/** Text up to its zero, in the code page of the machine, which nothing tells: read as Windows-1252. */
function narrowAt(structure: Structure, at: number): string {
  if (at >= structure.size) throw new Damage(`${structure.name}: a text at ${at} of ${structure.size}`)
  const end = structure.bytes.indexOf(0, at)
  return decode8(structure.bytes.subarray(at, end < 0 ? structure.size : end))
}

function wideAt(structure: Structure, at: number): string {
  if (at >= structure.size) throw new Damage(`${structure.name}: a text at ${at} of ${structure.size}`)
  return structure.wideZ(at, structure.size - at)
}

function joined(base: string, rest: string): string | null {
  if (rest === '') return base || null
  return base === '' || base.endsWith('\\') ? base + rest : `${base}\\${rest}`
}

// ---------------------------------------------------------------- telling of it

function eventsOf(link: Link, at: Event['at']): Event[] {
  const target = targetOf(link)
  const command = [target, link.arguments].filter(Boolean).join(' ')
  const times = [
    ['created', link.created],
    ['modified', link.modified],
    ['accessed', link.accessed],
  ] as const
  const told = times.filter(([, time]) => time !== null)
  return (told.length > 0 ? told : [['', null] as const]).map(([meaning, time]) => ({
    log: 'programs',
    sources: programSources,
    time: time?.time ?? null,
    timeBasis: 'format',
    fields: {
      Image: target,
      CommandLine: command || null,
      TimeMeaning: time === null ? null : `target ${meaning}`,
      Arguments: link.arguments,
      TargetCreated: link.created?.text ?? null,
      TargetModified: link.modified?.text ?? null,
      TargetAccessed: link.accessed?.text ?? null,
      NetworkPath: link.network,
      RelativePath: link.relative,
      ...Object.fromEntries(link.fields),
    },
    raw: `shortcut to ${command || 'nothing'}${time === null ? '' : `; target ${meaning} ${time.text}`}`,
    at,
    host: null,
    client: null,
    user: null,
    target,
    request: null,
    session: null,
  }))
}

/** The surest of the ways in which a shortcut names its target. */
function targetOf(link: Link): string | null {
  const { local, network, shell, environment, relative } = link
  const whole = shell !== null && /^(?:[a-z]:\\|\\\\)/i.test(shell) ? shell : null
  return local ?? network ?? whole ?? environment ?? shell ?? relative
}
