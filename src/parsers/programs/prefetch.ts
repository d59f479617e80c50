import { crc32 } from 'node:zlib'
import { xpressHuffman } from '../../lib/xpress-huffman.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import { Damage } from '../common/format-error.ts'
import { webRootOf } from '../../model/file-fields.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from '../common/lines.ts'
import { type Stamp, Structure } from '../common/binary-reader.ts'

/**
 * Prefetch files: which program ran, from where, how often, the last one to eight times, and which files it opened in its
 * first seconds. Versions 17 (XP, 2003), 23 (Vista, 7), 26 (8), 30 and 31 (10, 11), compressed or not.
 * https://github.com/libyal/libscca/blob/main/documentation/Windows%20Prefetch%20File%20(PF)%20format.asciidoc
 */
export const prefetch: Parser = {
  name: 'prefetch',
  title: 'Prefetch file',
  product: 'windows',
  recognize: (head: Head) => (isPrefetch(head.bytes) ? 95 : 0),
  read,
}

/** Programs told of by what Windows keeps about them. */
export const programSources: readonly LogSource[] = [{ product: 'postern', service: 'program' }]

/** Windows writes some hundred kilobytes at most. */
const LIMIT = 8 * 1024 * 1024
/** What they hold uncompressed is less than half of this; what pretends to be more is cut. */
const UNPACKED = 2 * 1024 * 1024
const HEADER = 84
const STRINGS = 8_192
const VOLUMES = 32
/** Maximum number of files named in an event. */
const NAMED = 300

/** Does a prefetch file begin with these bytes, compressed or not? */
export function isPrefetch(bytes: Uint8Array): boolean {
  const compressed = compressionOf(bytes)
  const start = compressed ? xpressHuffman(bytes.subarray(compressed.from), 8) : bytes
  return (start[0] ?? 0) < 64 && start[1] === 0 && isSignature(start, 4, 'SCCA')
}

/** Where the compressed data begin: behind `MAM`, the form, the size and, where the form says so, a CRC-32. */
function compressionOf(bytes: Uint8Array): { readonly from: number; readonly checked: boolean } | null {
  if (!isSignature(bytes, 0, 'MAM') || bytes.length < 12 || (bytes[3]! & 15) !== 4) return null
  const checked = (bytes[3]! & 0x80) !== 0
  return { from: checked ? 12 : 8, checked }
}

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, LIMIT)
  const beyond = size - data.length
  if (beyond > 0)
    sink.gap({ offset: data.length, length: beyond, reason: 'too-long', detail: `a prefetch file of ${size} bytes` })
  const file = new Structure(unpacked(data, sink), 'prefetch')
  try {
    const told = programOf(file, (detail) => sink.gap({ offset: 0, length: 0, reason: 'corrupt', detail }))
    for (const run of told.runs.length > 0 ? told.runs : [null])
      sink.event(eventOf(told, run, { path: source.path, offset: 0, length: data.length }))
    return data.length
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    if (data.length > 0) sink.gap({ offset: 0, length: data.length, reason: error.reason, detail: error.message })
    return 0
  }
}

/** The file as Windows knew it, before it was compressed. */
function unpacked(data: Buffer, sink: Sink): Buffer {
  const form = compressionOf(data)
  if (!form) return data
  const wanted = data.readUInt32LE(4)
  const file = xpressHuffman(data.subarray(form.from), Math.min(wanted, UNPACKED))
  const tell = (detail: string): void => sink.gap({ offset: 4, length: 0, reason: 'corrupt', detail })
  if (file.length < wanted) tell(`only ${file.length} of ${wanted} bytes could be decompressed`)
  if (form.checked && checksum(data) !== data.readUInt32LE(8)) tell('the checksum is that of other data')
  return file
}

/** CRC-32 of the whole file with zeros where the checksum stands. */
function checksum(data: Buffer): number {
  return crc32(data.subarray(12), crc32(Buffer.alloc(4), crc32(data.subarray(0, 8))))
}

type Volume = { readonly device: string; readonly created: Stamp | null; readonly serial: string }

type Program = {
  readonly version: number
  readonly name: string
  readonly hash: string
  readonly count: number
  readonly runs: readonly Stamp[]
  readonly files: readonly string[]
  readonly volumes: readonly Volume[]
}

/** Where the versions differ: the times of the last runs, how many, their count, and the size of a volume's entry. */
type Layout = { readonly times: number; readonly most: number; readonly count: number; readonly volume: number }

function layoutOf(version: number, metrics: number): Layout | null {
  if (version === 17) return { times: 120, most: 1, count: 144, volume: 40 }
  if (version === 23) return { times: 128, most: 1, count: 152, volume: 104 }
  if (version === 26) return { times: 128, most: 8, count: 208, volume: 104 }
  // Windows 10 dropped eight bytes in front of the count on the way: the array behind begins so much earlier.
  if (version === 30 || version === 31) return { times: 128, most: 8, count: metrics === 304 ? 208 : 200, volume: 96 }
  return null
}

function programOf(file: Structure, tell: (detail: string) => void): Program {
  if (!isSignature(file.bytes, 4, 'SCCA')) throw new Damage('no signature SCCA')
  const version = file.u32(0)
  const metrics = file.u32(HEADER)
  const layout = layoutOf(version, metrics)
  if (!layout) throw new Damage(`version ${version} of prefetch files`, 'unsupported')
  const stated = file.u32(12)
  if (stated > file.size) tell(`${file.size} of ${stated} bytes are there`)

  const runs: Stamp[] = []
  for (let i = 0; i < layout.most; i++) {
    const run = file.stamp(layout.times + 8 * i)
    if (run) runs.push(run)
  }
  // What lies behind may be missing: the times stand by themselves.
  const part = <T>(of: () => T, otherwise: T): T => {
    try {
      return of()
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      tell(error.message)
      return otherwise
    }
  }
  return {
    version,
    name: file.wideZ(16, 60),
    hash: file.u32(76).toString(16).toUpperCase().padStart(8, '0'),
    count: file.u32(layout.count),
    runs,
    files: part(() => stringsOf(file.part(file.u32(100), file.u32(104))), []),
    volumes: part(() => volumesOf(file, layout.volume), []),
  }
}

/** Paths one behind the other, each with its zero. */
function stringsOf(section: Buffer): string[] {
  const text = section.toString('utf16le')
  return text
    .split('\0', STRINGS)
    .filter((path) => path !== '')
    .map((path) => path.slice(0, 1024))
}

function volumesOf(file: Structure, entry: number): Volume[] {
  const section = new Structure(file.part(file.u32(108), file.u32(116)), 'volumes')
  const count = file.u32(112)
  if (count > VOLUMES) throw new Damage(`${count} volumes`)
  return Array.from({ length: count }, (_, i) => {
    const at = i * entry
    const serial = section
      .u32(at + 16)
      .toString(16)
      .toUpperCase()
      .padStart(8, '0')
    const characters = section.u32(at + 4)
    const device = characters > 1024 ? '' : section.wide(section.u32(at), characters)
    return { device, created: section.stamp(at + 8), serial: `${serial.slice(0, 4)}-${serial.slice(4)}` }
  })
}

function eventOf(told: Program, run: Stamp | null, at: Event['at']): Event {
  const image = imageOf(told)
  const files = [...told.files].sort((a, b) => rank(b) - rank(a)).slice(0, NAMED)
  const fields: Record<string, FieldValue> = {
    Image: image,
    CommandLine: null,
    TimeMeaning: 'run',
    RunCount: told.count,
    RunTime: run?.text ?? null,
    PrefetchHash: told.hash,
    PrefetchVersion: told.version,
    VolumeDevice: told.volumes.map(({ device }) => device),
    VolumeSerial: told.volumes.map(({ serial }) => serial),
    LoadedFiles: files.map((path) => windowsPath(told, path)),
    LoadedFileCount: told.files.length,
  }
  return {
    log: 'programs',
    sources: programSources,
    time: run?.time ?? null,
    timeBasis: 'format',
    fields,
    raw: `${image} run ${run?.text ?? 'at an unknown time'} (${told.count} runs in all; prefetch ${told.name}-${told.hash})`,
    at,
    host: null,
    client: null,
    user: null,
    target: image,
    request: null,
    session: null,
  }
}

/** The whole path of the program: that of the loaded files which has its name. The name in the header is cut at 29 letters. */
function imageOf(told: Program): string {
  const name = told.name.toUpperCase()
  const path = told.files.find((file) => {
    const last = file.slice(file.lastIndexOf('\\') + 1).toUpperCase()
    return name.length >= 29 ? last.startsWith(name) : last === name
  })
  return path === undefined ? told.name : windowsPath(told, path)
}

/** Volumes have no letters here; that with the system on it is called C:, as nearly everywhere. */
function windowsPath(told: Program, path: string): string {
  const system = told.files.find((file) => /\\windows\\system32\\ntdll\.dll$/i.test(file))
  const device = told.volumes.find((volume) => volume.device !== '' && isBelow(path, volume.device))?.device
  if (device === undefined || system === undefined || !isBelow(system, device)) return path
  return `C:${path.slice(device.length)}`
}

function isBelow(path: string, folder: string): boolean {
  return path[folder.length] === '\\' && path.slice(0, folder.length).toUpperCase() === folder.toUpperCase()
}

/** Files outside the folders of Windows come first, pages and temporary ones before all. */
function rank(path: string): number {
  if (webRootOf(path.replaceAll('\\', '/')) !== null) return 3
  if (/\\(?:temp|tmp|programdata|users|perflogs|\$recycle\.bin)\\/i.test(path)) return 2
  return /\\windows\\(?:system32|syswow64|winsxs|assembly|globalization|fonts)\\/i.test(path) ? 0 : 1
}

function isSignature(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))
}
