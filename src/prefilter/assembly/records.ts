// Reads records of JSON, one a line or in a column of a table, in AssemblyScript (https://www.assemblyscript.org): where
// their members lie, which list of names they have, and which of their values were met before. It takes what is plainly
// regular (RFC 8259 to the letter, nothing around it) and refuses everything else. `records.ts` hands over the bytes.

const LF: u8 = 10
const CR: u8 = 13
const SPACE: u8 = 32
const QUOTE: u8 = 34
const COMMA: u8 = 44
const MINUS: u8 = 45
const POINT: u8 = 46
const COLON: u8 = 58
const OPEN_LIST: u8 = 91
const BACKSLASH: u8 = 92
const CLOSE_LIST: u8 = 93
const OPEN: u8 = 123
const CLOSE: u8 = 125

// What next() gives when there is no list of names; the same numbers stand in records.ts.
const REFUSED: i32 = 0
const CUT: i32 = -1

// Kinds of values, and what is known of their bytes; the same numbers stand in records.ts.
const STRING: u32 = 0
const LITERAL: u32 = 1
const OBJECT: u32 = 2
const LIST: u32 = 3
const CELL: u32 = 4
const ESCAPES: u32 = 8
const HIGH: u32 = 16

const WINDOW: usize = 128 * 1024
const PAD: usize = 64
const MEMBERS: u32 = 256
const NODES: u32 = 16_384
const CHILDREN: u32 = 48
const KEYS: usize = 1 << 20
const LONGEST_KEY: usize = 128
const VALUES: u32 = 1 << 16
const SLOTS: u32 = 1 << 17
const BYTES: usize = 6 << 20
const LONGEST: u32 = 2_000
/** In front of its bytes stand the number of a value, its length and kind, and a part of its hash. */
const VALUE_HEAD: usize = 12
const DEPTH: u32 = 40
const TUPLES: u32 = 1 << 16
const TUPLE_SLOTS: u32 = 1 << 17
/** Words of all tuples together, and of one at most. */
const TUPLE_NUMBERS: usize = 704 * 1024
const TUPLE: u32 = 128
/** In front of its numbers stand that of a tuple, how many bytes they take, and a part of their hash. */
const TUPLE_HEAD: usize = 12

// What a list of names says of where things stand: numbers of members, -1 where there is none. The same places stand in
// records.ts.
const RECIPE: usize = 40
const TIME: usize = 0
const ID: usize = 1
const APPS: usize = 2
const ACCESS: usize = 4
const USER: usize = 5
const OWNER: usize = 6
const ORGANIZATION: usize = 7
const SESSION: usize = 8
const CONTEXT: usize = 9
const CONTEXT_SESSION: usize = 10
const ITEMS: usize = 11
const CLIENTS: usize = 14
const PLANNED: usize = 18
/** Lists of members whose values decide an answer, and members of one at most. */
const QUESTIONS: usize = 2048
const QUESTION: usize = 56
/** The subjects of all messages decide, too: added to the number of members. */
const WITH_SUBJECTS: u32 = 0x100
/** In place of a number: what the row says of messages is not regular. */
const IRREGULAR: i32 = -2

// What is told of a row; the same places stand in records.ts.
const ROW_END: usize = 0
const ROW_FROM: usize = 1
const ROW_TO: usize = 2
const ROW_HIGH: usize = 3
const ROW_PLAN: usize = 4
const ROW_WHO: usize = 5
const ROW_APP: usize = 6
const ROW_ACCESS: usize = 7
const ROW_ID: usize = 8
const ROW_LOW: usize = 9
const ROW_TOP: usize = 10
const ROW_TIME: usize = 12
const ROW_ITEMS: usize = 14
const ROW_BYTES: usize = 16
const ROW: usize = 32

// Kinds of tuples.
const PLAN: u32 = 1
const WHO: u32 = 2
const ASKED: u32 = 3
const NONE: u32 = 0xffff_ffff

// A node is a name behind the names before it: where its key lies, its length, what it is, first child, next sibling, and
// of which form its list of messages is, counted from one.
const NODE: usize = 24
const NAME: u32 = 0
const ENTER: u32 = 1
const LEAVE: u32 = 2
const COLUMN: u32 = 16

let windowAt: usize = 0
let membersAt: usize = 0
let nodesAt: usize = 0
let keysAt: usize = 0
let keysEnd: usize = 0
let slotsAt: usize = 0
let entriesAt: usize = 0
let bytesAt: usize = 0
let bytesEnd: usize = 0
let rowAt: usize = 0
let recipesAt: usize = 0
let questionsAt: usize = 0
let tupleSlotsAt: usize = 0
let numbersAt: usize = 0
let numbersEnd: usize = 0
let walkedAt: usize = 0
let tuples: u32 = 0
let nodes: u32 = 1

let isTable: bool = false
let width: usize = 1
let columns: u32 = 0
let dataColumn: u32 = 0
let delimiter: u8 = COMMA

/** Members of the row; of its record the bytes that stand for it; whether any byte of the row is no ASCII. */
export let count: u32 = 0
let from: usize = 0
let to: usize = 0
let isHigh: bool = false
/** Values that are known. */
export let values: u32 = 0
/** No room is left for lists of names. */
export let isFull: bool = false

let escapes: bool = false
let high: i32 = 0
let keyEnd: usize = 0
let state: u32 = 0

/** Lays out the tables; gives where the window begins. */
export function layOut(): usize {
  windowAt = (__heap_base + 63) & ~63
  membersAt = windowAt + WINDOW + PAD
  nodesAt = membersAt + <usize>MEMBERS * 16
  keysAt = nodesAt + <usize>NODES * NODE
  slotsAt = keysAt + KEYS + PAD
  entriesAt = slotsAt + (<usize>SLOTS << 2)
  bytesAt = entriesAt + <usize>VALUES * 8
  rowAt = (bytesAt + BYTES + LONGEST + PAD + 7) & ~7
  recipesAt = rowAt + (ROW << 2)
  questionsAt = recipesAt + ((<usize>NODES * RECIPE) << 2)
  tupleSlotsAt = questionsAt + ((QUESTIONS * (QUESTION + 1)) << 2)
  walkedAt = tupleSlotsAt + (<usize>TUPLE_SLOTS << 2)
  numbersAt = walkedAt + 32
  numbersEnd = numbersAt
  const total = numbersAt + ((TUPLE_NUMBERS + TUPLE) << 2)
  const pages = <i32>((total + 65_535) >> 16) - memory.size()
  if (pages > 0 && memory.grow(pages) < 0) unreachable()
  keysEnd = keysAt
  bytesEnd = bytesAt
  return windowAt
}

export function rowTable(): usize {
  return rowAt
}

export function recipeAt(names: u32): usize {
  return recipesAt + ((<usize>names * RECIPE) << 2)
}

export function questionAt(number: u32): usize {
  return questionsAt + ((<usize>number * (QUESTION + 1)) << 2)
}

export function memberTable(): usize {
  return membersAt
}

/** Records stand in a column of a table, or (with no columns) one a line. */
export function setForm(all: u32, data: u32, between: u32): void {
  isTable = all > 0
  width = isTable ? 2 : 1
  columns = all
  dataColumn = data
  delimiter = <u8>between
}

export function valueTable(): usize {
  return entriesAt
}

/** Where a name stands: where its key lies, how long it is, and what it is. */
export function nodeAt(number: u32): usize {
  return nodesAt + <usize>number * NODE
}

/** Forgets all lists of names. */
export function forgetNames(): void {
  memory.fill(nodesAt, 0, <usize>NODES * NODE)
  nodes = 1
  keysEnd = keysAt
  isFull = false
  forgetTuples()
}

/** Forgets all values. */
export function forgetValues(): void {
  memory.fill(slotsAt, 0, <usize>SLOTS << 2)
  values = 0
  bytesEnd = bytesAt
  forgetTuples()
}

// ---------------------------------------------------------------- rows

/** The row at `at`: the number of its list of names, else why there is none. Behind `stop` stands a line end. */
export function next(at: usize, stop: usize): i32 {
  count = 0
  state = 0
  isHigh = false
  memory.fill(walkedAt, 0xff, 8)
  const last = isTable ? row(at) : line(at)
  if (last == 0) return lineEnd(at, stop) ? REFUSED : CUT
  let p = last
  if (load<u8>(p) == CR) p++
  if (load<u8>(p) != LF) return lineEnd(at, stop) ? REFUSED : CUT
  if (p >= stop) return CUT
  told(ROW_END, <u32>p + 1)
  told(ROW_FROM, <u32>from)
  told(ROW_TO, <u32>to)
  told(ROW_HIGH, isHigh ? 1 : 0)
  return <i32>state
}

function told(place: usize, number: u32): void {
  store<u32>(rowAt + (place << 2), number)
}

function lineEnd(at: usize, stop: usize): bool {
  for (; at < stop; at++) if (load<u8>(at) == LF) return true
  return false
}

function line(p: usize): usize {
  if (load<u8>(p) != OPEN) return 0
  from = p
  to = flat(p, true)
  return to
}

function row(p: usize): usize {
  for (let column: u32 = 0; column < columns; column++) {
    if (column > 0) {
      if (load<u8>(p) != delimiter) return 0
      p++
    }
    if (column == dataColumn) {
      if (load<u8>(p) != QUOTE || load<u8>(p, 1) != OPEN) return 0
      from = p + 1
      to = flat(from, true)
      if (to == 0 || load<u8>(to) != QUOTE || load<u8>(to, 1) == QUOTE) return 0
      p = to + 1
    } else p = cell(p, column)
    if (p == 0) return 0
  }
  return p
}

function cell(p: usize, column: u32): usize {
  let begins = p
  let ends: usize
  let over: u8 = 0
  if (load<u8>(p) == QUOTE) {
    begins = ++p
    while (true) {
      const c = load<u8>(p)
      if (c == LF || c == CR) return 0
      if (c == QUOTE) break
      over |= c
      p++
    }
    ends = p++
    if (load<u8>(p) == QUOTE) return 0
  } else {
    while (true) {
      const c = load<u8>(p)
      if (c == delimiter || c == LF || c == CR) break
      over |= c
      p++
    }
    ends = p
  }
  if (ends == begins) return p
  if (over & 0x80) isHigh = true
  if (count == MEMBERS) return 0
  state = mark(state, COLUMN + column)
  if (state == 0) return 0
  member(count++, begins, ends, over & 0x80 ? CELL | HIGH : CELL)
  return p
}

function member(number: u32, begins: usize, ends: usize, kind: u32): void {
  const at = membersAt + (<usize>number << 4)
  store<u32>(at, <u32>begins)
  store<u32>(at, <u32>ends, 4)
  store<u32>(at, kind, 8)
  store<u32>(at, state, 12)
}

/** The members of an object, and of the objects in it. */
function flat(p: usize, isOuter: bool): usize {
  p = blank(p + 1)
  if (load<u8>(p) == CLOSE) return p + 1
  while (true) {
    if (!isQuote(p)) return 0
    p += width
    state = name(state, p)
    if (state == 0 || count == MEMBERS) return 0
    p = blank(keyEnd + width)
    if (load<u8>(p) != COLON) return 0
    p = blank(p + 1)
    escapes = false
    high = 0
    const number = count++
    const c = load<u8>(p)
    const begins = p
    if (c == QUOTE) {
      if (!isQuote(p)) return 0
      const closes = text(p + width)
      if (closes == 0) return 0
      p = closes + width
      member(number, begins + width, closes, STRING | (escapes ? ESCAPES : 0) | (high != 0 ? HIGH : 0))
    } else if (c == OPEN && isOuter) {
      const own = state
      state = mark(state, ENTER)
      if (state == 0) return 0
      p = flat(p, false)
      if (p == 0) return 0
      let kind: u32 = OBJECT
      for (let i = number + 1; i < count; i++) kind |= load<u32>(membersAt + (<usize>i << 4), 8) & (ESCAPES | HIGH)
      const inside = mark(state, LEAVE)
      state = own
      member(number, begins, p, kind)
      state = inside
      if (state == 0) return 0
    } else {
      const form = c == OPEN_LIST ? load<u32>(nodeAt(state), 20) : 0
      const behind: usize = form == 0 ? <usize>0 : walkedList(p, form - 1, number)
      p = behind == 0 ? value(p, 2) : behind
      if (p == 0) return 0
      const kind = c == OPEN ? OBJECT : c == OPEN_LIST ? LIST : LITERAL
      member(number, begins, p, kind | (escapes ? ESCAPES : 0) | (high != 0 ? HIGH : 0))
    }
    if (high != 0) isHigh = true
    p = blank(p)
    const after = load<u8>(p)
    if (after == CLOSE) return p + 1
    if (after != COMMA) return 0
    p = blank(p + 1)
  }
}

// ---------------------------------------------------------------- lists of names

function name(before: u32, p: usize): u32 {
  let tried: u32 = 0
  for (let child = load<u32>(nodeAt(before), 12); child != 0; tried++) {
    const node = nodeAt(child)
    const length = <usize>load<u32>(node, 4)
    if (load<u32>(node, 8) == NAME && load<u8>(p + length) == QUOTE && isSame(p, load<u32>(node), length) && isQuote(p + length)) {
      keyEnd = p + length
      return child
    }
    child = load<u32>(node, 16)
  }
  escapes = false
  high = 0
  keyEnd = text(p)
  if (keyEnd == 0 || escapes || high != 0) return 0
  const length = keyEnd - p
  if (length == 0 || length > LONGEST_KEY || tried >= CHILDREN) return 0
  return add(before, p, length, NAME)
}

function mark(before: u32, kind: u32): u32 {
  let tried: u32 = 0
  for (let child = load<u32>(nodeAt(before), 12); child != 0; tried++) {
    const node = nodeAt(child)
    if (load<u32>(node, 8) == kind) return child
    child = load<u32>(node, 16)
  }
  return tried >= CHILDREN ? 0 : add(before, 0, 0, kind)
}

function add(before: u32, key: usize, length: usize, kind: u32): u32 {
  if (nodes == NODES || keysEnd + length > keysAt + KEYS) {
    isFull = true
    return 0
  }
  const number = nodes++
  const node = nodeAt(number)
  const first = nodeAt(before)
  memory.copy(keysEnd, key, length)
  store<u32>(node, <u32>keysEnd)
  store<u32>(node, <u32>length, 4)
  store<u32>(node, kind, 8)
  store<u32>(node, 0, 12)
  store<u32>(node, load<u32>(first, 12), 16)
  store<u32>(node, kind == NAME ? formOf(key, length) : 0, 20)
  store<u32>(first, number, 12)
  keysEnd += length
  return number
}

/** Of which form the list is that may have this name, counted from one; 0 where it names no messages. */
function formOf(key: usize, length: usize): u32 {
  if (length == 7 && isNamed(key, key + 7, FOLDERS, 7) != OTHER) return 1
  return length == 13 && isNamed(key, key + 13, AFFECTED_ITEMS, 13) != OTHER ? 2 : 0
}

function isSame(a: usize, b: usize, length: usize): bool {
  let i: usize = 0
  for (; i + 8 <= length; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false
  const rest = length - i
  if (rest == 0) return true
  return (load<u64>(a + i) ^ load<u64>(b + i)) << (64 - (<u64>rest << 3)) == 0
}

// ---------------------------------------------------------------- JSON

function blank(p: usize): usize {
  while (load<u8>(p) == SPACE) p++
  return p
}

function isQuote(p: usize): bool {
  return load<u8>(p) == QUOTE && (!isTable || load<u8>(p, 1) == QUOTE)
}

/** The quote that ends a text; 0 when there is none. */
function text(p: usize): usize {
  const Q = i8x16.splat(<i8>QUOTE)
  const B = i8x16.splat(<i8>BACKSLASH)
  const S = i8x16.splat(<i8>SPACE)
  while (true) {
    const v = v128.load(p)
    const stops = i8x16.bitmask(v128.or(v128.or(i8x16.eq(v, Q), i8x16.eq(v, B)), i8x16.lt_u(v, S)))
    const over = i8x16.bitmask(v)
    if (stops == 0) {
      high |= over
      p += 16
      continue
    }
    const i = ctz(stops)
    high |= over & ((1 << i) - 1)
    p += <usize>i
    const c = load<u8>(p)
    if (c == QUOTE) return isQuote(p) ? p : 0
    if (c != BACKSLASH) return 0
    escapes = true
    p = escape(p + 1)
    if (p == 0) return 0
  }
}

function escape(p: usize): usize {
  const c = load<u8>(p)
  if (c == QUOTE) return isQuote(p) ? p + width : 0
  // b f n r t / and the backslash itself
  if (c == 98 || c == 102 || c == 110 || c == 114 || c == 116 || c == 47 || c == BACKSLASH) return p + 1
  if (c != 117) return 0
  for (let i: usize = 1; i <= 4; i++) {
    const x = load<u8>(p + i)
    if (!isDigit(x) && !((x | 32) >= 97 && (x | 32) <= 102)) return 0
  }
  return p + 5
}

function isDigit(c: u8): bool {
  return c >= 48 && c <= 57
}

/** Behind a value; 0 when it is none. */
function value(p: usize, depth: u32): usize {
  const c = load<u8>(p)
  if (c == QUOTE) {
    if (!isQuote(p)) return 0
    const closes = text(p + width)
    return closes == 0 ? 0 : closes + width
  }
  if (c == OPEN || c == OPEN_LIST) {
    if (depth >= DEPTH) return 0
    const close = c == OPEN ? CLOSE : CLOSE_LIST
    p = blank(p + 1)
    if (load<u8>(p) == close) return p + 1
    while (true) {
      if (c == OPEN) {
        if (!isQuote(p)) return 0
        const closes = text(p + width)
        if (closes == 0) return 0
        p = blank(closes + width)
        if (load<u8>(p) != COLON) return 0
        p = blank(p + 1)
      }
      p = value(p, depth + 1)
      if (p == 0) return 0
      p = blank(p)
      const after = load<u8>(p)
      if (after == close) return p + 1
      if (after != COMMA) return 0
      p = blank(p + 1)
    }
  }
  // true, null, fals(e)
  if (load<u32>(p) == 0x65757274 || load<u32>(p) == 0x6c6c756e) return p + 4
  if (load<u32>(p) == 0x736c6166 && load<u8>(p, 4) == 101) return p + 5
  return numeral(p)
}

function numeral(p: usize): usize {
  if (load<u8>(p) == MINUS) p++
  const first = load<u8>(p)
  if (!isDigit(first)) return 0
  p++
  if (first != 48) p = digits(p)
  if (load<u8>(p) == POINT) {
    if (!isDigit(load<u8>(p, 1))) return 0
    p = digits(p + 1)
  }
  if ((load<u8>(p) | 32) == 101) {
    p++
    const sign = load<u8>(p)
    if (sign == MINUS || sign == 43) p++
    if (!isDigit(load<u8>(p))) return 0
    p = digits(p)
  }
  return p
}

function digits(p: usize): usize {
  while (isDigit(load<u8>(p))) p++
  return p
}

// ---------------------------------------------------------------- values

/** The number of a value by its bytes and kind; -1 where it is too long, or no room is left. */
export function numberOf(begins: usize, ends: usize, kind: u32): i32 {
  const length = <u32>(ends - begins)
  if (length > LONGEST) return -1
  let hash: u64 = (<u64>length << 8) ^ kind
  let i: u32 = 0
  for (; i + 8 <= length; i += 8) {
    hash = (hash ^ load<u64>(begins + i)) * 0xc2b2ae3d27d4eb4f
    hash ^= hash >>> 29
  }
  if (i < length) {
    hash = (hash ^ (load<u64>(begins + i) << (64 - ((<u64>length - i) << 3)))) * 0x165667b19e3779f9
    hash ^= hash >>> 31
  }
  hash *= 0x9e3779b97f4a7c15
  const short = <u32>(hash >>> 32)
  let slot = short & (SLOTS - 1)
  const key = (length << 8) | kind
  while (true) {
    const known = load<u32>(slotsAt + (<usize>slot << 2))
    if (known == 0) break
    const met = <usize>known
    if (load<u32>(met, 4) == key && load<u32>(met, 8) == short && isSame(begins, met + VALUE_HEAD, length))
      return load<i32>(met)
    slot = (slot + 1) & (SLOTS - 1)
  }
  if (values == VALUES || bytesEnd + VALUE_HEAD + length > bytesAt + BYTES) return -1
  store<u32>(bytesEnd, values)
  store<u32>(bytesEnd, key, 4)
  store<u32>(bytesEnd, short, 8)
  memory.copy(bytesEnd + VALUE_HEAD, begins, length)
  store<u32>(slotsAt + (<usize>slot << 2), <u32>bytesEnd)
  store<u32>(entriesAt + (<usize>values << 3), <u32>(bytesEnd + VALUE_HEAD))
  store<u32>(entriesAt + (<usize>values << 3), key, 4)
  bytesEnd += VALUE_HEAD + ((<usize>length + 3) & ~3)
  return <i32>(values++)
}

/** Is there room for the values of another row? */
export function hasRoom(): bool {
  return (
    values + MEMBERS <= VALUES &&
    bytesEnd + <usize>MEMBERS * (256 + VALUE_HEAD) <= bytesAt + BYTES &&
    tuples + 4 <= TUPLES &&
    numbersEnd + ((<usize>TUPLE * 4) << 2) <= numbersAt + (TUPLE_NUMBERS << 2)
  )
}

// ---------------------------------------------------------------- values together

function forgetTuples(): void {
  memory.fill(tupleSlotsAt, 0, <usize>TUPLE_SLOTS << 2)
  tuples = 0
  numbersEnd = numbersAt
}

/** Adds to the tuple that is being put together behind all that are known. */
function put(at: usize, number: u32): usize {
  store<u32>(at, number)
  return at + 4
}

/** The number of the tuple that ends here; there is room for it. */
function tupleTo(ends: usize): u32 {
  const begins = numbersEnd + TUPLE_HEAD
  const length = ends - begins
  let hash: u64 = length
  let at = begins
  for (; at + 8 <= ends; at += 8) {
    hash = (hash ^ load<u64>(at)) * 0xc2b2ae3d27d4eb4f
    hash ^= hash >>> 29
  }
  if (at < ends) {
    hash = (hash ^ load<u32>(at)) * 0xc2b2ae3d27d4eb4f
    hash ^= hash >>> 29
  }
  hash *= 0x9e3779b97f4a7c15
  const short = <u32>(hash >>> 32)
  let slot = short & (TUPLE_SLOTS - 1)
  while (true) {
    const known = load<u32>(tupleSlotsAt + (<usize>slot << 2))
    if (known == 0) break
    const tuple = <usize>known
    if (load<u32>(tuple, 8) == short && load<u32>(tuple, 4) == <u32>length && isSame(begins, tuple + TUPLE_HEAD, length))
      return load<u32>(tuple)
    slot = (slot + 1) & (TUPLE_SLOTS - 1)
  }
  store<u32>(numbersEnd, tuples)
  store<u32>(numbersEnd, <u32>length, 4)
  store<u32>(numbersEnd, short, 8)
  store<u32>(tupleSlotsAt + (<usize>slot << 2), <u32>numbersEnd)
  numbersEnd = ends
  return tuples++
}

/** The number of four numbers together, the first of which says what they are. */
export function together(kind: u32, a: u32, b: u32, c: u32): u32 {
  return tupleTo(put(put(put(put(numbersEnd + TUPLE_HEAD, kind), a), b), c))
}

/** The number of the values that decide an answer, where `also` does, too; -1 where one of them is too long. */
export function asked(names: u32, question: u32, also: u32): i32 {
  const members = questionAt(question)
  let at = put(put(put(numbersEnd + TUPLE_HEAD, ASKED), question), also)
  const ends = members + 4 + (<usize>(load<u32>(members) & (WITH_SUBJECTS - 1)) << 2)
  for (let member = members + 4; member < ends; member += 4) {
    const number = numberOfMember(load<u32>(member))
    if (number < 0) return -1
    at = put(at, number)
  }
  if (load<u32>(members) >= WITH_SUBJECTS) {
    subjectsTo = at
    const isRegular = walkItems(names)
    at = subjectsTo
    subjectsTo = 0
    if (!isRegular) return IRREGULAR
  }
  return <i32>tupleTo(at)
}

function memberAt(number: u32): usize {
  return membersAt + (<usize>number << 4)
}

function numberOfMember(member: u32): i32 {
  const at = memberAt(member)
  return numberOf(load<u32>(at), load<u32>(at, 4), load<u32>(at, 8))
}

/** Is it a text with something in it? */
function isText(member: i32): bool {
  if (member < 0) return false
  const at = memberAt(member)
  const kind = load<u32>(at, 8) & 7
  return (kind == STRING || kind == CELL) && load<u32>(at, 4) > load<u32>(at)
}

/** A value was too long to be known again. */
let isOdd: bool = false

function numberOfText(member: i32): u32 {
  if (!isText(member)) return NONE
  const number = numberOfMember(member)
  if (number < 0) isOdd = true
  return number
}

/** What is told of the row that was read last; false where it has no time, or a value is too long to be known again. */
export function tell(names: u32): bool {
  const recipe = recipeAt(names)
  const when = load<i32>(recipe, TIME << 2)
  if (!isText(when)) return false
  const written = memberAt(when)
  store<f64>(rowAt, timeOf(load<u32>(written), load<u32>(written, 4)), ROW_TIME << 2)
  isOdd = false
  told(ROW_PLAN, planOf(names, recipe))
  if (isOdd) return false
  told(ROW_WHO, whoOf(recipe))
  let app = numberOfText(load<i32>(recipe, APPS << 2))
  if (app == NONE) app = numberOfText(load<i32>(recipe, (APPS + 1) << 2))
  told(ROW_APP, app)
  const access = load<i32>(recipe, ACCESS << 2)
  if (access >= 0) {
    const number = numberOfMember(access)
    if (number < 0) isOdd = true
    told(ROW_ACCESS, number)
  }
  if (isOdd) return false
  const hasId = isText(load<i32>(recipe, ID << 2))
  told(ROW_ID, hasId ? 1 : 0)
  if (hasId) digest(from, to)
  return true
}

function planOf(names: u32, recipe: usize): u32 {
  let at = put(put(numbersEnd + TUPLE_HEAD, PLAN), names)
  const members = recipe + (PLANNED << 2)
  const ends = members + 4 + (<usize>load<u32>(members) << 2)
  for (let member = members + 4; member < ends; member += 4) {
    const number = numberOfMember(load<u32>(member))
    if (number < 0) {
      isOdd = true
      return 0
    }
    at = put(at, number)
  }
  return tupleTo(at)
}

function whoOf(recipe: usize): u32 {
  let at = put(numbersEnd + TUPLE_HEAD, WHO)
  at = put(at, numberOfText(load<i32>(recipe, USER << 2)))
  at = put(at, numberOfText(load<i32>(recipe, OWNER << 2)))
  at = put(at, numberOfText(load<i32>(recipe, ORGANIZATION << 2)))
  const context = load<i32>(recipe, CONTEXT << 2)
  let session = numberOfText(load<i32>(recipe, SESSION << 2))
  if (session == NONE) session = numberOfText(load<i32>(recipe, CONTEXT_SESSION << 2))
  at = put(at, session)
  if (session == NONE && context >= 0) {
    const number = numberOfMember(context)
    if (number < 0) isOdd = true
    at = put(at, number)
  } else at = put(at, NONE)
  const clients = recipe + (CLIENTS << 2)
  const ends = clients + 4 + (<usize>load<u32>(clients) << 2)
  for (let client = clients + 4; client < ends; client += 4) {
    const number = numberOfText(load<i32>(client))
    if (number != NONE) at = put(at, number)
  }
  return isOdd ? 0 : tupleTo(at)
}

/** 64 bits of a stretch of bytes in two halves; `digestOf` in parsers/cloud/seen.ts does the same. */
export function digest(begins: usize, ends: usize): void {
  const length = ends - begins
  let a: u32 = 0x811c9dc5 ^ <u32>length
  let b: u32 = 0x9747b28c
  let i: usize = 0
  for (; i + 8 <= length; i += 8) {
    a = (rotl(a, 15) ^ load<u32>(begins + i)) * 0x01000193
    b = (b ^ load<u32>(begins + i, 4) ^ (a >>> 16)) * 0x5bd1e995
  }
  for (; i < length; i++) {
    a = (rotl(a, 15) ^ load<u8>(begins + i)) * 0x01000193
    b = (b ^ load<u8>(begins + i) ^ (a >>> 16)) * 0x5bd1e995
  }
  a = (a ^ (a >>> 16) ^ b) * 0x85ebca6b
  b = (b ^ (b >>> 13) ^ a) * 0xc2b2ae35
  told(ROW_LOW, a ^ (a >>> 13))
  told(ROW_TOP, b ^ (b >>> 16))
}

/** Milliseconds since 1970 of `2025-08-01T04:23:22` (UTC, with Z or without); not a number for everything else. */
export function timeOf(p: usize, ends: usize): f64 {
  const length = ends - p
  if (length != 19 && !(length == 20 && load<u8>(p, 19) == 90)) return NaN
  if (load<u8>(p, 4) != MINUS || load<u8>(p, 7) != MINUS || load<u8>(p, 10) != 84) return NaN
  if (load<u8>(p, 13) != COLON || load<u8>(p, 16) != COLON) return NaN
  const century = two(p)
  const ofCentury = two(p + 2)
  const month = two(p + 5)
  const day = two(p + 8)
  const hour = two(p + 11)
  const minute = two(p + 14)
  const second = two(p + 17)
  // Days that not every month has are left to who knows them all.
  if (century < 17 || century > 99 || ofCentury > 99 || month < 1 || month > 12 || day < 1 || day > 28) {
    if (day < 29 || day > 31 || century < 17 || century > 99 || ofCentury > 99 || month < 1 || month > 12) return NaN
    if (month == 2 || (day == 31 && (month == 4 || month == 6 || month == 9 || month == 11))) return NaN
  }
  if (hour > 23 || minute > 59 || second > 59) return NaN
  // https://howardhinnant.github.io/date_algorithms.html#days_from_civil
  const year: i32 = century * 100 + ofCentury - (month <= 2 ? 1 : 0)
  const era = year / 400
  const ofEra = year - era * 400
  const ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  const days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  return (<f64>days * 86_400 + <f64>(hour * 3600 + minute * 60 + second)) * 1000
}

function two(p: usize): i32 {
  const a = <i32>load<u8>(p) - 48
  const b = <i32>load<u8>(p, 1) - 48
  return a < 0 || a > 9 || b < 0 || b > 9 ? 1000 : a * 10 + b
}

// ---------------------------------------------------------------- messages

let items: u32 = 0
let bytes: f64 = 0

/** Where the number of the next subject goes; 0 where nobody asks for subjects. */
let subjectsTo: usize = 0

/** Counts the messages of the row and their size; false where what names them is not regular. */
export function countItems(names: u32): bool {
  if (!walkItems(names)) return false
  store<f64>(rowAt, <f64>items, ROW_ITEMS << 2)
  store<f64>(rowAt, bytes, ROW_BYTES << 2)
  return true
}

function walkItems(names: u32): bool {
  items = 0
  bytes = 0
  const members = recipeAt(names) + (ITEMS << 2)
  for (let form: u32 = 0; form < 3; form++) {
    const member = load<i32>(members + (<usize>form << 2))
    if (member < 0) continue
    const walked = walkedAt + (<usize>form << 2)
    if (form < 2 && subjectsTo == 0 && load<i32>(walked) == member) {
      items += load<u32>(walked, 8)
      bytes += load<f64>(walkedAt + 16 + (<usize>form << 3))
      continue
    }
    const p = <usize>load<u32>(memberAt(member))
    if ((form == 2 ? item(p) : list(p, form == 0)) == 0) return false
  }
  return true
}

/** Some key or value of the messages that were walked over has escapes, or bytes that are no ASCII. */
let anyEscapes: bool = false
let anyHigh: i32 = 0

/**
 * Behind a list of messages that is met for the first time; what it counts is remembered. 0 where it is not regular:
 * whoever takes it for any other value decides.
 */
function walkedList(p: usize, form: u32, member: u32): usize {
  items = 0
  bytes = 0
  anyEscapes = false
  anyHigh = 0
  p = list(p, form == 0)
  if (p == 0) {
    escapes = false
    high = 0
    return 0
  }
  escapes = escapes || anyEscapes
  high |= anyHigh
  const walked = walkedAt + (<usize>form << 2)
  store<u32>(walked, member)
  store<u32>(walked, items, 8)
  store<f64>(walkedAt + 16 + (<usize>form << 3), bytes)
  return p
}

/** From here on escapes and bytes that are no ASCII are those of one text. */
function freshText(): void {
  if (escapes) anyEscapes = true
  anyHigh |= high
  escapes = false
  high = 0
}

/** Behind the colon after a name that ends there; 0 when there is none. */
function colon(closes: usize): usize {
  if (closes == 0) return 0
  const p = blank(closes + width)
  return load<u8>(p) == COLON ? blank(p + 1) : 0
}

function list(p: usize, isOfFolders: bool): usize {
  if (load<u8>(p) != OPEN_LIST) return 0
  p = blank(p + 1)
  if (load<u8>(p) == CLOSE_LIST) return p + 1
  while (true) {
    if (load<u8>(p) != OPEN) return 0
    p = isOfFolders ? folder(p) : item(p)
    if (p == 0) return 0
    p = blank(p)
    const after = load<u8>(p)
    if (after == CLOSE_LIST) return p + 1
    if (after != COMMA) return 0
    p = blank(p + 1)
  }
}

// Folders, AffectedItems, FolderItems, Subject, SizeInBytes
const FOLDERS = memory.data<u8>([70, 111, 108, 100, 101, 114, 115])
const AFFECTED_ITEMS = memory.data<u8>([65, 102, 102, 101, 99, 116, 101, 100, 73, 116, 101, 109, 115])
const FOLDER_ITEMS = memory.data<u8>([70, 111, 108, 100, 101, 114, 73, 116, 101, 109, 115])
const SUBJECT = memory.data<u8>([83, 117, 98, 106, 101, 99, 116])
const SIZE_IN_BYTES = memory.data<u8>([83, 105, 122, 101, 73, 110, 66, 121, 116, 101, 115])

// What a name is to the one that is looked for.
const OTHER: u32 = 0
const SAME: u32 = 1
const ODD: u32 = 2

/** Names in another case, and such as are written with escapes, are odd. */
function isNamed(p: usize, closes: usize, wanted: usize, length: usize): u32 {
  if (escapes || high != 0) return ODD
  if (closes - p != length) return OTHER
  let isOne = true
  for (let i: usize = 0; i < length; i++) {
    const c = load<u8>(p + i)
    const w = load<u8>(wanted + i)
    if (c == w) continue
    if ((c | 32) != (w | 32)) return OTHER
    isOne = false
  }
  return isOne ? SAME : ODD
}

function folder(p: usize): usize {
  let isMet = false
  p = blank(p + 1)
  if (load<u8>(p) == CLOSE) return p + 1
  while (true) {
    if (!isQuote(p)) return 0
    freshText()
    const key = p + width
    const closes = text(key)
    const named = isNamed(key, closes, FOLDER_ITEMS, 11)
    if (named == ODD || (named == SAME && isMet)) return 0
    p = colon(closes)
    if (p == 0) return 0
    if (named == SAME) isMet = true
    p = named == SAME ? list(p, false) : value(p, 4)
    if (p == 0) return 0
    p = blank(p)
    const after = load<u8>(p)
    if (after == CLOSE) return p + 1
    if (after != COMMA) return 0
    p = blank(p + 1)
  }
}

function item(p: usize): usize {
  if (load<u8>(p) != OPEN) return 0
  let isMet = false
  let hasSubject = false
  items++
  p = blank(p + 1)
  if (load<u8>(p) == CLOSE) return p + 1
  while (true) {
    if (!isQuote(p)) return 0
    freshText()
    const key = p + width
    const closes = text(key)
    const named = isNamed(key, closes, SIZE_IN_BYTES, 11)
    if (named == ODD || (named == SAME && isMet)) return 0
    const subject = subjectsTo == 0 ? OTHER : isNamed(key, closes, SUBJECT, 7)
    if (subject == ODD || (subject == SAME && hasSubject)) return 0
    p = colon(closes)
    if (p == 0) return 0
    if (named == SAME) {
      isMet = true
      const begins = p
      let size: f64 = 0
      for (; isDigit(load<u8>(p)); p++) size = size * 10 + <f64>(load<u8>(p) - 48)
      const after = load<u8>(p)
      if (p == begins || p - begins > 15 || (p - begins > 1 && load<u8>(begins) == 48) || (after != COMMA && after != CLOSE && after != SPACE)) return 0
      bytes += size
    } else if (subject == SAME) {
      hasSubject = true
      p = subjectAt(p)
    } else p = value(p, 6)
    if (p == 0) return 0
    p = blank(p)
    const after = load<u8>(p)
    if (after == CLOSE) return p + 1
    if (after != COMMA) return 0
    p = blank(p + 1)
  }
}

/** Adds the number of a subject, where it is a text with something in it. */
function subjectAt(p: usize): usize {
  if (load<u8>(p) != QUOTE) return value(p, 6)
  const begins = p + width
  escapes = false
  high = 0
  const closes = text(begins)
  if (closes == 0) return 0
  if (closes > begins) {
    const number = numberOf(begins, closes, STRING | (escapes ? ESCAPES : 0) | (high != 0 ? HIGH : 0))
    if (number < 0 || subjectsTo >= numbersEnd + (<usize>TUPLE << 2)) return 0
    subjectsTo = put(subjectsTo, number)
  }
  return closes + width
}
