import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from '../common/lines.ts'
import { baseBlock, NEW_LOG, OLD_LOGS, SECTOR } from './base-block.ts'
import { fileType } from './index.ts'
import { entriesOf, entryAt, pagesOf, vectorOf } from './logs.ts'

/**
 * Transaction logs of registry hives (.LOG, .LOG1, .LOG2), by themselves: their entries are checked, what they hold is told
 * where they are written over their hive. A log that was used before holds older entries behind the current ones.
 * https://github.com/msuhanov/regf, "Format of transaction log files"
 */
export const registryLog: Parser = {
  name: 'registry-log',
  title: 'Transaction log of a registry hive',
  product: 'windows',
  recognize,
  read,
}

const MEMORY = 1024 * 1024 * 1024

function recognize({ bytes }: Head): number {
  const type = fileType(bytes)
  return type !== null && (type === NEW_LOG || OLD_LOGS.has(type)) ? 96 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, MEMORY)
  const gap = (offset: number, length: number, reason: 'memory' | 'truncated' | 'corrupt', detail: string): number => {
    sink.gap({ offset, length, reason, detail })
    return length
  }
  if (size > data.length) return size - gap(0, size, 'memory', `a log of ${size} bytes, ${MEMORY} are read`)
  const block = baseBlock(data)
  if (block === null) return size - gap(0, size, 'truncated', `a base block of ${SECTOR} bytes, ${size} are there`)
  if (!block.valid) return size - gap(0, size, 'corrupt', 'the checksum of the base block does not agree')
  if (block.type === NEW_LOG) return size - readEntries(data, block.primary, gap)
  return size - readPages(data, gap)
}

type GapMaker = (offset: number, length: number, reason: 'truncated' | 'corrupt', detail: string) => number

/** Entries that follow one another, then those of former use. An entry whose hashes do not agree is a gap. */
function readEntries(data: Buffer, first: number, gap: GapMaker): number {
  let unread = 0
  let at = SECTOR
  for (const entry of entriesOf(data, first)) at = entry.offset + entry.length
  while (at + SECTOR <= data.length) {
    if (data.readUInt32LE(at) !== 0x454c_7648) {
      at += SECTOR
      continue
    }
    const entry = entryAt(data, at)
    if (entry) {
      at += entry.length
      continue
    }
    // What was written over in part by newer entries is no longer whole: up to the next entry.
    let next = at + SECTOR
    while (next + SECTOR <= data.length && data.readUInt32LE(next) !== 0x454c_7648) next += SECTOR
    if (next + SECTOR > data.length) next = data.length
    unread += gap(
      at,
      next - at,
      next === data.length ? 'truncated' : 'corrupt',
      'an entry that is not whole, or whose hashes do not agree',
    )
    at = next
  }
  return unread
}

function readPages(data: Buffer, gap: GapMaker): number {
  const block = baseBlock(data)!
  const log = { file: { bytes: data }, block }
  // An empty log is its base block alone.
  if (data.length <= SECTOR) return 0
  const vector = vectorOf(log)
  if (!vector) {
    const empty = data.subarray(SECTOR).every((byte) => byte === 0)
    return empty ? 0 : gap(SECTOR, data.length - SECTOR, 'corrupt', 'no vector of dirty pages')
  }
  let wanted = 0
  for (let at = SECTOR + 4; at < vector.end; at++) for (let bits = data[at]!; bits > 0; bits &= bits - 1) wanted++
  const whole = [...pagesOf(log)].length
  if (whole === wanted) return 0
  const from = Math.min(data.length, vector.pages + whole * SECTOR)
  const length = data.length - from
  return length > 0
    ? gap(from, length, 'truncated', `${whole} whole pages of ${wanted}`)
    : gap(SECTOR, vector.end - SECTOR, 'truncated', `${whole} whole pages of ${wanted}`)
}
