import type { Event } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from '../common/lines.ts'
import { BASE, type BaseBlock, baseBlock, HIVE, isDirty, NEW_LOG, OLD_LOGS, SECTOR, hiveTime } from './base-block.ts'
import { Context, gives, signature, valueFields } from './context.ts'
import { type Deleted, deletedOf } from './deleted.ts'
import { Hive } from './hive.ts'
import { identify, kindNames, type HiveIdentity } from './kind.ts'
import { goesOn, recover, type TransactionLog, unusedOf } from './logs.ts'
import { computerName } from './system.ts'
import { details, numberOf, registryText } from './value.ts'
import { type KeyView, Views } from './view.ts'
import { readPlaces } from './walk.ts'

/**
 * Registry hives: SYSTEM, SOFTWARE, SAM, NTUSER.DAT, UsrClass.dat, Amcache.hve and others. Every key and value is read; those
 * that mean something here are told, by the table in places.ts. A hive that was caught in the middle of a write is completed
 * from the transaction logs beside it.
 * https://github.com/msuhanov/regf
 */
export const registry: Parser = {
  name: 'registry',
  title: 'Registry hive',
  product: 'windows',
  recognize,
  read,
}

/** A larger hive is not read. */
const MEMORY = 1024 * 1024 * 1024
/** A path, an address or a program. */
const COMMAND = /[a-z]:\\|\\\\\w|:\/\/|\.(?:exe|dll|ps1|bat|cmd|vbs|js|hta|aspx?|ashx|asmx|scr|sys)\b|%\w+%\\/i
/** Maximum number of deleted values without a key that are reported. */
const LOOSE = 2_000

function recognize({ bytes }: Head): number {
  const type = fileType(bytes)
  if (type === null || type === NEW_LOG || OLD_LOGS.has(type)) return 0
  return type === HIVE || isBin(bytes) ? 95 : 0
}

/** The type that a base block names: a hive or one of its logs; null for what is no base block of version 1. */
export function fileType(bytes: Uint8Array): number | null {
  const starts = bytes[0] === 0x72 && bytes[1] === 0x65 && bytes[2] === 0x67 && bytes[3] === 0x66
  if (!starts || bytes.length < 32 || bytes[20] !== 1 || bytes[21] !== 0) return null
  return bytes[28]! | (bytes[29]! << 8)
}

function isBin(bytes: Uint8Array): boolean {
  return bytes[BASE] === 0x68 && bytes[BASE + 1] === 0x62 && bytes[BASE + 2] === 0x69 && bytes[BASE + 3] === 0x6e
}

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, MEMORY)
  const refuse = (reason: 'memory' | 'truncated' | 'unsupported', detail: string): number => {
    sink.gap({ offset: 0, length: size, reason, detail })
    return 0
  }
  if (size > data.length) return refuse('memory', `a hive of ${size} bytes, ${MEMORY} are read`)
  const block = size < BASE ? null : baseBlock(data)
  if (block === null) return refuse('truncated', `a base block of ${BASE} bytes, ${size} are there`)
  // 1.0 and 1.1 are Windows NT 3.1, whose cells have another form.
  if (block.valid && !isKnown(block)) return refuse('unsupported', `a hive of version ${block.major}.${block.minor}`)
  return size - (await readHive(source, sink, data, block))
}

function isKnown(block: BaseBlock): boolean {
  return block.major === 1 && block.minor >= 2 && block.minor <= 6
}

/**
 * Reads a hive in memory; returns how many bytes were told as gaps. What its transaction logs take back is told as what
 * was deleted: a forged log beside a hive must not remove what the hive holds.
 */
async function readHive(source: Source, sink: Sink, data: Buffer, block: BaseBlock): Promise<number> {
  const files: TransactionLog[] = []
  for (const log of source.companions ?? []) files.push({ path: log.path, bytes: await log.read() })
  const isOpen = isDirty(block) || goesOn(block, files)
  const before = isOpen && files.length > 0 ? Buffer.from(data) : data
  const completed = isOpen ? complete(source, sink, data, block, files) : null
  if (completed === null) return tellHive(source, sink, { bytes: data, block, size: data.length, completed })
  const told = new Set<string>()
  const event = (given: Event): void => {
    told.add(signature(given))
    sink.event(given)
  }
  const size = before.length
  const unread = tellHive(source, { ...others(sink), event }, { ...completed, size, completed })
  const former = (given: Event): void => {
    if (told.has(signature(given))) return
    sink.event({ ...given, fields: { ...given.fields, Recovered: true }, snippet: true })
  }
  tellHive(source, { event: former, gap() {}, fact() {} }, { bytes: before, block, size, completed: null })
  return unread
}

function others(sink: Sink): Sink {
  return { event: (event) => sink.event(event), gap: (gap) => sink.gap(gap), fact: (fact) => sink.fact(fact) }
}

/** A hive to be told of. */
type Told = {
  readonly bytes: Buffer
  readonly block: BaseBlock
  /** Bytes of the file. */
  readonly size: number
  readonly completed: ReturnType<typeof recover>
}

/** Tells what stands in a hive; returns how many bytes were told as gaps. */
function tellHive(source: Source, sink: Sink, { bytes, block, size, completed }: Told): number {
  let unread = 0
  let isDamaged = false
  const hive = new Hive(bytes, isKnown(block) ? block : { ...block, minor: 5 }, (extent, reason, detail) => {
    // What a log added lies behind the end of the file.
    const offset = Math.min(extent.offset, size)
    const length = Math.min(extent.length, size - offset)
    unread += length
    isDamaged = true
    sink.gap({ offset, length, reason, detail })
  })
  // Behind damage that is reported already, cells without a use are expected.
  const lost = !isDamaged && (completed !== null || !isDirty(block)) ? hive.lost() : null
  if (lost !== null) sink.gap({ offset: Math.min(lost.at, size), length: 0, reason: 'corrupt', detail: lost.detail })
  const deleted = deletedOf(hive)
  const views = new Views(hive, deleted)
  const root = views.root()
  if (root === null) return unread
  const identity = identityOf(root, hive.block, source)
  const controlSet = identity.kind === 'system' ? controlSetOf(root) : null
  const context = new Context(source, sink, {
    identity,
    controlSet,
    end: endOf(hive),
    size,
    fromLog: ({ offset }) => {
      const log = completed?.origin[Math.floor(offset / SECTOR)] ?? 0
      return log === 0 ? null : completed!.logs[log - 1]!.path
    },
  })
  context.host = controlSet === null ? null : computerName(root, controlSet)
  if (context.host !== null) sink.fact({ fact: 'host', host: context.host, source: kindNames[identity.kind], rows: 1 })
  readPlaces(hive, views, identity.kind, context)
  looseValues(deleted, root, context)
  context.finish()
  if (deleted.more) context.note('more deleted keys and values than are reported')
  return unread
}

/** Writes the logs beside the hive over it; without any that fits it is read as it stands. */
function complete(
  source: Source,
  sink: Sink,
  data: Buffer,
  block: BaseBlock,
  files: readonly TransactionLog[],
): ReturnType<typeof recover> {
  const found = recover(data, block, files)
  const why = !block.valid
    ? 'its base block is broken'
    : isDirty(block)
      ? 'it was copied during a write'
      : 'its transaction logs were written after it'
  const what = found
    ? `completed from ${found.logs.map((log) => log.path).join(', ')}`
    : files.length > 0
      ? 'none of its transaction logs fits, so the last changes may be missing'
      : 'its transaction logs are not there, so the last changes may be missing'
  const at = { path: source.path, offset: 0, length: Math.min(SECTOR, data.length) }
  sink.fact({ fact: 'note', note: `${source.path}: registry hive: ${why}; ${what}`, at })
  const detail = unusedOf(files, found)
  if (detail !== null) sink.gap({ offset: 0, length: 0, reason: 'corrupt', detail })
  return found
}

function identityOf(root: KeyView, block: BaseBlock, source: Source): HiveIdentity {
  const below = new Set(root.keys().map((key) => key.name.toUpperCase()))
  return identify(root.name, below, (path) => root.key(path) !== null, block, source.windowsPath ?? source.path)
}

/** The control set that Windows runs with; the first one where nothing says which. */
function controlSetOf(root: KeyView): string | null {
  const current = numberOf(root.key('Select')?.value('Current') ?? null)
  const name = `ControlSet${String(current ?? 1).padStart(3, '0')}`
  const found = root.key(name) ?? root.keys().find((key) => /^ControlSet\d{3}$/i.test(key.name))
  return found?.name ?? null
}

/** The last moment that a hive knows of: Windows 8.1 and later write it on keys only. */
function endOf(hive: Hive): number | null {
  const written = hiveTime(hive.block.written)
  if (hive.latest === null || written === null) return hive.latest ?? written
  return Math.max(hive.latest, written)
}

/** Deleted values of which no key is known: texts that may be a command or a path. */
function looseValues(deleted: Deleted, root: KeyView, context: Context): void {
  let told = 0
  for (const value of deleted.values) {
    const text = registryText(value)
    // Texts that Explorer keeps of resources (`@library,-number`) are many.
    if (text === null || value.name.startsWith('@') || !COMMAND.test(text)) continue
    if (told++ >= LOOSE) break
    context.emit(
      gives.registry,
      { ...nameless(root), at: value.at },
      {
        value,
        time: null,
        fields: { Category: 'Deleted value of an unknown key', ...valueFields(value, details(value)) },
      },
    )
  }
}

/** Stands for the key of a deleted value that nothing leads to. */
function nameless(root: KeyView): KeyView {
  return {
    name: '?',
    path: ['?'],
    time: null,
    written: null,
    className: null,
    at: root.at,
    deleted: true,
    values: [],
    formerly: [],
    keys: () => [],
    value: () => null,
    key: () => null,
  }
}
