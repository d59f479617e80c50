// The inner loop of reading rows, in AssemblyScript (https://www.assemblyscript.org): finds the values of regular rows,
// looks them up among those that were met before, and counts the rows that no rule can match. It stops at everything
// else and says why. `row-reader.ts` does the same in plain TypeScript; `fast-rows.ts` hands over bytes and reads the
// counts. Nothing is ever dropped: where a table is full it stops, too.

// Why it stopped; the same numbers stand in fast-rows.ts.
const END: u32 = 0 // no whole row is left
const WHOLE: u32 = 1 // the row must be read as a whole
const NEW: u32 = 2 // a value that nobody has judged
const FULL: u32 = 3 // no room for another value
const CONTEXT: u32 = 4 // rows of a context that nobody has told of
const ROOM: u32 = 5 // no room for another run or client: what was counted must be taken
const HELD: u32 = 6 // a text that a rule needs stands in the row, and nothing known speaks against the rule

const LF: u8 = 10
const CR: u8 = 13
const QUOTE: u8 = 34
const HASH: u8 = 35
const PERCENT: u8 = 37

// What is known of a value.
const JUDGED: u8 = 1
const SETTLES: u8 = 2
const HOLDS: u8 = 4
const MARK: u8 = 8
const ASKS: u8 = 16

const NONE: u32 = 0xffff_ffff
const LONGEST_VALUE: u32 = 256
const LONGEST_ROW: u32 = 65_536
const CONTEXTS: usize = 64
const HOUR: i64 = 3_600_000
const DAY: i64 = 86_400_000

// The layout: columns, those that are read (place, table of grams or 0), those of the context.
let columns: u32 = 0
let delimiter: u8 = 0
let quoted: bool = false
let reads: u32 = 0
let readAt: usize = 0
let contextColumns: u32 = 0
let contextAt: usize = 0
let dayColumn: u32 = 0
let clockColumn: u32 = 0
let stamped: bool = false
let clientRead: u32 = NONE
// The row at hand: from and to of each column, number of each value that is read.
let places: usize = 0
let numbers: usize = 0
// Values: slots of the table, and of each value its hash, place, length with column, and what is known of it.
let slots: usize = 0
let slotMask: u32 = 0
let values: usize = 0
let valueLimit: u32 = 0
let valueCount: u32 = 0
let flags: usize = 0
let rows: usize = 0
let arena: usize = 0
let arenaStart: usize = 0
let arenaLimit: usize = 0
// Questions of rules, a bit each; those that need no text come first.
let words: u32 = 0
let openWords: u32 = 0
let masks: usize = 0
let open: usize = 0
let needy: usize = 0
// Contexts: their numbers; the one of the run that is open.
let contexts: usize = 0
let contextCount: u32 = 0
let context: u32 = NONE
let counting: usize = 0
// Runs and clients that were counted.
let runs: usize = 0
let runLimit: u32 = 0
let runCount: u32 = 0
let clients: usize = 0
let clientLimit: u32 = 0
let clientCount: u32 = 0
let runHour: i64 = 0
let lastDay: u64 = 0
let lastDayRest: u32 = 0
let midnight: i64 = 0
let marked: u32 = NONE

// Where it stopped.
export let at: u32 = 0
export let lines: u32 = 0
export let column: u32 = 0
export let value: u32 = 0

// @ts-ignore: decorator
@inline
function aligned(place: usize): usize {
  return (place + 15) & ~15
}

/** Lays out the tables from `base` on; returns where they end. The lists of columns are written by the caller afterwards. */
export function layOut(
  base: usize,
  columnCount: u32,
  readCount: u32,
  contextCountOf: u32,
  wordCount: u32,
  openWordCount: u32,
  valueBits: u32,
  runsAtMost: u32,
): u32 {
  columns = columnCount
  reads = readCount
  contextColumns = contextCountOf
  words = wordCount
  openWords = openWordCount
  valueLimit = 1 << valueBits
  slotMask = (valueLimit << 1) - 1
  runLimit = runsAtMost
  clientLimit = 4096
  let place = aligned(base)
  readAt = place
  // Of each column that is read its place, its table of grams or 0, and how many bytes that table may pass over.
  place = aligned(place + (reads << 4))
  contextAt = place
  place = aligned(place + (contextColumns << 2))
  places = place
  place = aligned(place + (columns << 3))
  numbers = place
  place = aligned(place + (reads << 2))
  open = place
  place = aligned(place + (words << 2))
  needy = place
  place = aligned(place + (words << 2))
  slots = place
  place = aligned(place + ((slotMask + 1) << 2))
  values = place
  place = aligned(place + (valueLimit << 4))
  flags = place
  place = aligned(place + valueLimit)
  rows = place
  place = aligned(place + (valueLimit << 2))
  masks = place
  // Of each value what can be, then what was found.
  place = aligned(place + valueLimit * (words << 3))
  contexts = place
  place = aligned(place + CONTEXTS * (contextColumns << 2))
  counting = place
  place = aligned(place + CONTEXTS)
  runs = place
  place = aligned(place + runLimit * 64)
  clients = place
  place = aligned(place + (clientLimit << 2))
  arenaStart = place
  arena = place
  return <u32>place
}

export function tables(): u32 {
  return <u32>readAt
}
export function contextTable(): u32 {
  return <u32>contextAt
}
export function openTable(): u32 {
  return <u32>open
}
export function needyTable(): u32 {
  return <u32>needy
}
export function maskTable(): u32 {
  return <u32>masks
}
export function runTable(): u32 {
  return <u32>runs
}
export function clientTable(): u32 {
  return <u32>clients
}
export function rowTable(): u32 {
  return <u32>rows
}
export function numberTable(): u32 {
  return <u32>numbers
}
export function placeTable(): u32 {
  return <u32>places
}
export function countOfRuns(): u32 {
  return runCount
}
export function countOfClients(): u32 {
  return clientCount
}
/** The context whose row first had a value that bears a mark. */
export function mark(): u32 {
  return marked
}

/** How rows are written, and how far the bytes of values may reach. */
export function setForm(
  between: u32,
  mayQuote: bool,
  day: u32,
  clock: u32,
  isStamp: bool,
  client: u32,
  limit: u32,
): void {
  delimiter = <u8>between
  quoted = mayQuote
  dayColumn = day
  clockColumn = clock
  stamped = isStamp
  clientRead = client
  arenaLimit = limit
}

/** Forgets all values. */
export function forget(): void {
  memory.fill(slots, 0, (slotMask + 1) << 2)
  valueCount = 0
  arena = arenaStart
  forgetContexts()
}

/** Forgets contexts: a new file, or numbers that mean nothing any more. */
export function forgetContexts(): void {
  contextCount = 0
  context = NONE
  marked = NONE
}

/** What is known of a value from now on. */
export function judge(number: u32, known: u32): void {
  store<u8>(flags + number, <u8>known)
}

/** Takes the numbers of the row at hand as those of a context (64 at most), whose clients are counted or not. */
export function addContext(counts: bool): void {
  const to = contexts + <usize>contextCount * ((<usize>contextColumns) << 2)
  for (let i: u32 = 0; i < contextColumns; i++) {
    const read = load<u32>(contextAt + ((<usize>i) << 2))
    store<u32>(to + ((<usize>i) << 2), load<u32>(numbers + ((<usize>read) << 2)))
  }
  store<u8>(counting + contextCount, counts ? 1 : 0)
  contextCount++
}

/** A client's rows have been told. */
export function clearRows(number: u32): void {
  store<u32>(rows + ((<usize>number) << 2), 0)
}

/** What was counted has been taken. */
export function taken(): void {
  runCount = 0
  clientCount = 0
  context = NONE
}

// ---------------------------------------------------------------- values

// @ts-ignore: decorator
@inline
function isSame(a: usize, b: usize, length: u32): bool {
  let i: u32 = 0
  for (; i + 8 <= length; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false
  const rest = length - i
  if (rest == 0) return true
  const bits = (<u64>1 << (<u64>rest << 3)) - 1
  return ((load<u64>(a + i) ^ load<u64>(b + i)) & bits) == 0
}

// @ts-ignore: decorator
@inline
function hashOf(from: usize, length: u32, seed: u32): u32 {
  let hash: u64 = (<u64>seed + 1) * 0x9e3779b97f4a7c15 + length
  let i: u32 = 0
  for (; i + 8 <= length; i += 8) {
    hash = (hash ^ load<u64>(from + i)) * 0xc2b2ae3d27d4eb4f
    hash ^= hash >>> 29
  }
  const rest = length - i
  if (rest != 0) {
    const bits = (<u64>1 << (<u64>rest << 3)) - 1
    hash = (hash ^ (load<u64>(from + i) & bits)) * 0x165667b19e3779f9
    hash ^= hash >>> 32
  }
  hash *= 0x9e3779b97f4a7c15
  return <u32>(hash >>> 32)
}

/** The number of a value; NONE when there is no room for it. */
function find(from: usize, length: u32, owner: u32): u32 {
  const hash = hashOf(from, length, owner)
  const key = (owner << 16) | length
  let slot = hash & slotMask
  while (true) {
    const number = load<u32>(slots + (<usize>slot << 2))
    if (number == 0) break
    const known = values + (<usize>(number - 1) << 4)
    if (load<u32>(known) == hash && load<u32>(known, 4) == key && isSame(<usize>load<u32>(known, 8), from, length))
      return number - 1
    slot = (slot + 1) & slotMask
  }
  if (valueCount == valueLimit || arena + length + 8 > arenaLimit) return NONE
  const added = values + (<usize>valueCount << 4)
  store<u32>(added, hash)
  store<u32>(added, key, 4)
  store<u32>(added, <u32>arena, 8)
  memory.copy(arena, from, length)
  arena += length
  store<u8>(flags + valueCount, 0)
  store<u32>(rows + (<usize>valueCount << 2), 0)
  valueCount++
  store<u32>(slots + (<usize>slot << 2), valueCount)
  return valueCount - 1
}

/**
 * Does one of the grams that a table marks stand in a value, as it is written or with its escapes undone? Of each text as
 * many grams are marked as `stride` says, one behind the other: of them one is met however the text lies.
 */
function isLoud(from: usize, to: usize, table: usize, stride: usize): bool {
  const P = i8x16.splat(37)
  for (let i = from; i < to; i += 16) {
    const escapes: u32 = <u32>i8x16.bitmask(i8x16.eq(v128.load(i), P))
    if (escapes != 0 && i + ctz(escapes) < to) return isLoudInside(from, to, table)
  }
  for (let i = from; i + 4 <= to; i += stride) if (isMarked(table, load<u32>(i) | 0x20202020)) return true
  return false
}

/** The same, byte by byte; what an escape holds that is no ASCII may be anything. */
function isLoudInside(from: usize, to: usize, table: usize): bool {
  let written: u32 = 0
  let undone: u32 = 0
  for (let i = from; i < to; i++) {
    const byte = load<u8>(i)
    written = (written >>> 8) | ((<u32>byte | 0x20) << 24)
    if (isMarked(table, written)) return true
    let meant: u32 = byte
    if (byte == PERCENT && i + 2 < to) {
      const high = hexDigit(load<u8>(i, 1))
      const low = hexDigit(load<u8>(i, 2))
      if (high >= 0 && low >= 0) {
        meant = <u32>((high << 4) | low)
        if (meant >= 0x80) return true
        // The two digits belong to the escape.
        for (let digit: usize = 1; digit <= 2; digit++) {
          written = (written >>> 8) | ((<u32>load<u8>(i + digit) | 0x20) << 24)
          if (isMarked(table, written)) return true
        }
        i += 2
      }
    }
    undone = (undone >>> 8) | ((meant | 0x20) << 24)
    if (isMarked(table, undone)) return true
  }
  return false
}

// @ts-ignore: decorator
@inline
function isMarked(table: usize, gram: u32): bool {
  const slot = (gram * 0x9e3779b1) >>> 12
  return ((load<u8>(table + (slot >>> 3)) >>> (slot & 7)) & 1) != 0
}

function hexDigit(byte: u8): i32 {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 0x20
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

// ---------------------------------------------------------------- rows

/** Finds where each value begins and ends; returns where the next row begins, or 0 when this one is not regular. */
function split(start: usize): usize {
  if (load<u8>(start) == HASH) return 0
  const last = columns - 1
  const D = i8x16.splat(<i8>delimiter)
  const N = i8x16.splat(10)
  let position = start
  let all: u8 = 0
  let c: u32 = 0
  let place = places
  // Sixteen bytes at a time: a bit for each delimiter and line end, and whether any byte is no ASCII.
  while (true) {
    let from = position
    if (quoted && load<u8>(position) == QUOTE) {
      position++
      from = position
      let byte = load<u8>(position)
      while (byte != QUOTE && byte != LF) {
        all |= byte
        byte = load<u8>(++position)
      }
      if (byte == LF) return 0
      store<u32>(place, <u32>from)
      store<u32>(place, <u32>position, 4)
      place += 8
      position++
      if (c == last && load<u8>(position) == CR) position++
      byte = load<u8>(position)
      if (byte != delimiter && byte != LF) return 0
      if ((byte == LF) != (c == last)) return 0
      position++
      if (c == last) break
      c++
      continue
    }
    const bytes = v128.load(position)
    let ends: u32 = <u32>i8x16.bitmask(v128.or(i8x16.eq(bytes, D), i8x16.eq(bytes, N)))
    const high: u32 = <u32>i8x16.bitmask(bytes)
    if (ends == 0) {
      // The value goes on.
      if (high != 0) return 0
      position += 16
      while (true) {
        const more = v128.load(position)
        ends = <u32>i8x16.bitmask(v128.or(i8x16.eq(more, D), i8x16.eq(more, N)))
        const odd: u32 = <u32>i8x16.bitmask(more)
        if (ends == 0) {
          if (odd != 0) return 0
          position += 16
          continue
        }
        const n = ctz(ends)
        if ((odd & ((1 << n) - 1)) != 0) return 0
        position += n
        break
      }
      store<u32>(place, <u32>from)
      const isEnd = load<u8>(position) == LF
      if (isEnd != (c == last)) return 0
      store<u32>(place, <u32>(isEnd && load<u8>(position - 1) == CR ? position - 1 : position), 4)
      place += 8
      position++
      if (isEnd) break
      c++
      continue
    }
    // Every value that ends within these bytes, up to one that begins with a quote.
    let done: u32 = 0
    let ended = false
    while (ends != 0) {
      const n = ctz(ends)
      if ((high & ((1 << n) - 1)) != 0) return 0
      const end = position + n
      const isEnd = load<u8>(end) == LF
      if (isEnd != (c == last)) return 0
      store<u32>(place, <u32>from)
      store<u32>(place, <u32>(isEnd && end > from && load<u8>(end - 1) == CR ? end - 1 : end), 4)
      place += 8
      from = end + 1
      done = n + 1
      if (isEnd) {
        ended = true
        break
      }
      c++
      if (quoted && load<u8>(from) == QUOTE) break
      ends &= ends - 1
    }
    position += done
    if (ended) break
  }
  return all < 0x80 ? position : 0
}

/**
 * Reads rows from `from` to `end`; at least 64 bytes behind it may be read. `lines` counts on from `before`. `passed`: of the
 * first row it is known that no rule can match it.
 */
export function take(from: usize, end: usize, before: u32, passed: bool): u32 {
  lines = before
  let isPassed = passed
  let start = from
  while (start < end) {
    at = <u32>start
    const next = split(start)
    if (next == 0 || next - start > LONGEST_ROW) return WHOLE

    // What is known of the values.
    let all: u8 = SETTLES
    let settled: u8 = 0
    for (let r: u32 = 0; r < reads; r++) {
      const read = readAt + (<usize>r << 4)
      const c = load<u32>(read)
      const table = <usize>load<u32>(read, 4)
      const place = places + (<usize>c << 3)
      const begins = <usize>load<u32>(place)
      const ends = <usize>load<u32>(place, 4)
      if (table != 0 && !isLoud(begins, ends, table, load<u32>(read, 8))) {
        store<u32>(numbers + (<usize>r << 2), NONE)
        continue
      }
      const length = <u32>(ends - begins)
      if (length > LONGEST_VALUE) return WHOLE
      const number = find(begins, length, c)
      if (number == NONE) return FULL
      store<u32>(numbers + (<usize>r << 2), number)
      const known = load<u8>(flags + number)
      if ((known & JUDGED) == 0) {
        column = c
        value = number
        return NEW
      }
      all |= known
      settled |= known & SETTLES
    }
    if ((all & ASKS) != 0) return WHOLE
    if (!isPassed) {
      if (settled == 0 && isOpen()) return WHOLE
      if ((all & HOLDS) != 0 && isHeld()) return HELD
    }
    isPassed = false

    const time = timeOf()
    if (time < 0) return WHOLE
    const here = contextOf()
    if (here == NONE) return CONTEXT
    const hour = time / HOUR
    if (clientCount == clientLimit) return ROOM
    if (here != context || hour != runHour) {
      if (runCount == runLimit) {
        context = NONE
        return ROOM
      }
      begin(here, hour, time, start, next)
    }
    count(time)
    if (clientRead != NONE && load<u8>(counting + here) != 0) countClient()
    if ((all & MARK) != 0 && marked == NONE) marked = here
    lines++
    start = next
  }
  at = <u32>start
  return END
}

/** Is a question left that needs no text and that the row at hand could answer with yes? */
function isOpen(): bool {
  for (let w: u32 = 0; w < openWords; w++) {
    let left: u32 = load<u32>(open + (w << 2))
    for (let r: u32 = 0; r < reads; r++) {
      const number = load<u32>(numbers + (<usize>r << 2))
      if (number != NONE) left &= load<u32>(masks + ((<usize>number * words * 2 + w) << 2))
    }
    if (left != 0) return true
  }
  return false
}

/** The same for those that need a text, which was found. */
function isHeld(): bool {
  for (let w: u32 = 0; w < words; w++) {
    let left: u32 = load<u32>(needy + (w << 2))
    let found: u32 = 0
    for (let r: u32 = 0; r < reads; r++) {
      const number = load<u32>(numbers + (<usize>r << 2))
      if (number == NONE) continue
      const mask = masks + ((<usize>number * words * 2 + w) << 2)
      left &= load<u32>(mask)
      found |= load<u32>(mask + (<usize>words << 2))
    }
    if ((left & found) != 0) return true
  }
  return false
}

// ---------------------------------------------------------------- time

// @ts-ignore: decorator
@inline
function digit(place: usize): i32 {
  return <i32>load<u8>(place) - 48
}

// @ts-ignore: decorator
@inline
function two(place: usize): i32 {
  const a = digit(place)
  const b = digit(place + 1)
  return <u32>a > 9 || <u32>b > 9 ? -1 : a * 10 + b
}

/** Milliseconds since 1970 UTC; negative for what has not the usual form. */
function timeOf(): i64 {
  const day = places + (<usize>dayColumn << 3)
  const from = <usize>load<u32>(day)
  const length = load<u32>(day, 4) - load<u32>(day)
  if (stamped) {
    // 2021-03-03T04:23:22.370Z
    if (length != 24 || load<u8>(from, 10) != 0x54 || load<u8>(from, 19) != 0x2e || load<u8>(from, 23) != 0x5a) return -1
    const a = digit(from + 20)
    const rest = two(from + 21)
    const clock = clockOf(from + 11)
    if (<u32>a > 9 || rest < 0 || clock < 0) return -1
    const date = midnightOf(from)
    return date < 0 ? -1 : date + clock + <i64>(a * 100 + rest)
  }
  const place = places + (<usize>clockColumn << 3)
  if (length != 10 || load<u32>(place, 4) - load<u32>(place) != 8) return -1
  const clock = clockOf(<usize>load<u32>(place))
  if (clock < 0) return -1
  const date = midnightOf(from)
  return date < 0 ? -1 : date + clock
}

function clockOf(place: usize): i64 {
  if (load<u8>(place, 2) != 0x3a || load<u8>(place, 5) != 0x3a) return -1
  const hour = two(place)
  const minute = two(place + 3)
  const second = two(place + 6)
  if (<u32>hour > 23 || <u32>minute > 59 || <u32>second > 59) return -1
  return <i64>((hour * 60 + minute) * 60 + second) * 1000
}

/** Midnight of `2021-03-03`; of the day that was met last it is known. */
function midnightOf(place: usize): i64 {
  const first = load<u64>(place)
  const rest = <u32>load<u16>(place, 8)
  if (first == lastDay && rest == lastDayRest) return midnight
  lastDay = first
  lastDayRest = rest
  midnight = -1
  const century = two(place)
  const years = two(place + 2)
  const month = two(place + 5)
  const day = two(place + 8)
  if (century < 0 || years < 0 || month < 1 || month > 12 || day < 1) return -1
  if (load<u8>(place, 4) != 0x2d || load<u8>(place, 7) != 0x2d) return -1
  const year = century * 100 + years
  if (year < 1970) return -1
  const isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  const most = month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  if (day > most) return -1
  // Days of the civil calendar: years that begin in March (https://howardhinnant.github.io/date_algorithms.html).
  const y = month <= 2 ? year - 1 : year
  const era = y / 400
  const ofEra = y - era * 400
  const ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  const days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  midnight = <i64>days * DAY
  return midnight
}

// ---------------------------------------------------------------- account

function contextOf(): u32 {
  const size = <usize>contextColumns << 2
  for (let k: u32 = 0; k < contextCount; k++) if (isContext(contexts + <usize>k * size)) return k
  return NONE
}

function isContext(known: usize): bool {
  for (let i: u32 = 0; i < contextColumns; i++) {
    const number = load<u32>(numbers + (<usize>load<u32>(contextAt + (<usize>i << 2)) << 2))
    if (load<u32>(known + (<usize>i << 2)) != number) return false
  }
  return true
}

// A run: context, rows, first row from and to and its line since the call, then first, last, least and greatest time.
function begin(here: u32, hour: i64, time: i64, start: usize, next: usize): void {
  context = here
  runHour = hour
  const run = runs + ((<usize>runCount) << 6)
  runCount++
  store<u32>(run, here)
  store<u32>(run, 0, 4)
  store<u32>(run, <u32>start, 8)
  store<u32>(run, <u32>next, 12)
  store<u32>(run, lines, 16)
  store<f64>(run, <f64>time, 24)
  store<f64>(run, <f64>time, 32)
  store<f64>(run, <f64>time, 40)
  store<f64>(run, <f64>time, 48)
}

function count(time: i64): void {
  const run = runs + (<usize>(runCount - 1) << 6)
  store<u32>(run, load<u32>(run, 4) + 1, 4)
  store<f64>(run, <f64>time, 32)
  if (<f64>time < load<f64>(run, 40)) store<f64>(run, <f64>time, 40)
  if (<f64>time > load<f64>(run, 48)) store<f64>(run, <f64>time, 48)
}

/** The first row of a client is told in the order in which clients came; how many followed is counted. */
function countClient(): void {
  const number = load<u32>(numbers + (<usize>clientRead << 2))
  const place = rows + (<usize>number << 2)
  const before = load<u32>(place)
  store<u32>(place, before + 1)
  if (before != 0) return
  store<u32>(clients + ((<usize>clientCount) << 2), number)
  clientCount++
}
