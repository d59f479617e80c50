import type { Judge, RowLiteral } from './rows.ts'

/** How many characters are looked for at once; texts of no more are short ones. */
const GRAM = 4
const LF = 10
/** Bytes of the tables of short texts: for the low and the high half of three characters, in which of eight groups it stands. */
const HALVES = 6 * 16
/** Rows are shorter: what is decoded of one has room. */
const SCRATCH = 65_536 + 64

/** A text as it is looked for: from which place on it is met, and what it is a sign of in each column. */
type Sought = { readonly bytes: Buffer; readonly from: number; readonly items: Map<number, readonly number[]> }

/** The texts of some columns, and how they are looked for. */
export type Texts = {
  readonly long: readonly Sought[]
  readonly short: readonly Sought[]
  /** Those that are looked for at the ends of values only. */
  readonly ends: readonly Sought[]
  /** How the short ones are told from other characters. */
  readonly groups: readonly Halves[]
  /** So many bytes lie between two looks: of each long text as many grams are marked, one behind the other. */
  readonly stride: 0 | 2 | 4
  /** Bytes that the tables take at most. */
  readonly size: number
  readonly slotCount: number
  /** Bits of a slot of the table of marked grams. */
  readonly bits: number
  /** Characters of the longest text. */
  readonly longest: number
  /** Is a text looked for in this column that is not ASCII? */
  isOdd(column: number): boolean
}

/**
 * Chooses by which of its characters each text is looked for: those that are rarest in a part of the log. A regular row is
 * ASCII, so that other texts stand in it only behind escapes.
 */
export function textsIn(
  textsOf: (column: number) => readonly RowLiteral[],
  columns: readonly number[],
  { bytes: sample, count, common }: Sample,
): Texts {
  const all = new Map<string, Map<number, readonly number[]>>()
  const atEnd = new Map<string, Map<number, readonly number[]>>()
  const odd = new Set<number>()
  for (const column of columns)
    for (const one of textsOf(column)) {
      const { text } = one
      const items = one.items.filter((item) => ((common[item >>> 3]! >>> (item & 7)) & 1) === 0)
      if (items.length === 0) continue
      if (isAscii({ text, items })) {
        const those = one.isEnd ? atEnd : all
        const known = those.get(text)
        if (known) known.set(column, items)
        else those.set(text, new Map([[column, items]]))
      } else odd.add(column)
    }
  const texts = [...all].map(([text, items]) => ({ bytes: Buffer.from(text, 'latin1'), items }))
  const ends = [...atEnd].map(([text, items]) => ({ bytes: Buffer.from(text, 'latin1'), items, from: text.length - 1 }))
  // Of texts of seven characters or more one of four grams lies in every fourth place; of those of five in every other.
  const longs = texts.filter(({ bytes }) => bytes.length > GRAM)
  const stride = longs.length === 0 ? 0 : longs.every(({ bytes }) => bytes.length >= GRAM + 3) ? 4 : 2
  const long = longs.map(({ bytes, items }) => ({ bytes, items, from: rarest(bytes, GRAM, stride, count.four) }))
  const short = texts
    .filter(({ bytes }) => bytes.length <= GRAM)
    .map(({ bytes, items }) => ({ bytes, items, from: rarest(bytes, 2, bytes.length > 2 ? 2 : 1, count.two) }))
  const grams = long.length * stride
  let slotCount = 64
  while (slotCount < grams * 2) slotCount *= 2
  // Few marks in many slots, and yet a table that stays near the processor.
  const bits = Math.min(18, Math.max(15, 6 + Math.ceil(Math.log2(grams + 1))))
  const longest = longestOf([...all.keys(), ...atEnd.keys()])
  const bytesOf = [...long, ...short, ...ends].reduce(
    (sum, { bytes, items }) =>
      sum + 48 + bytes.length + [...items.values()].reduce((all, list) => all + 16 + 4 * list.length, 16),
    0,
  )
  const size =
    (1 << bits) +
    slotCount * 16 +
    HALVES +
    (65_536 + 256) * 4 +
    SCRATCH +
    bytesOf +
    (grams + short.length + ends.length) * 16 +
    4096
  const groups = inGroups(short, sample)
  return {
    long,
    short,
    ends,
    groups,
    stride,
    size,
    slotCount,
    bits,
    longest,
    isOdd: (column) => odd.has(column),
  }
}

/**
 * A part of a log, and what is frequent in it. `common`: of each question a bit for each group that nobody looks for, as many
 * rows have it and the question needs a rarer one.
 */
export type Sample = { readonly bytes: Buffer; readonly count: Counts; readonly common: Uint8Array }

export function sampleOf(judge: Judge, bytes: Buffer): Sample {
  const count = gramCounts(bytes)
  return { bytes, count, common: commonGroups(judge, count) }
}

/** Characters of the longest text. */
export function longestOf(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0)
}

/** Of each question the groups of which many rows have a text, where another of its groups is rare. */
function commonGroups(judge: Judge, { four, two, rows }: Counts): Uint8Array {
  // No text is met more often than the rarest of its grams.
  const most = (text: string): number => {
    const bytes = Buffer.from(text, 'latin1')
    const [length, count] = bytes.length < GRAM ? [2, two] : [GRAM, four]
    return count(gramAt(bytes, rarest(bytes, length, 1, count), length))
  }
  const texts = new Map(
    judge.columns.flatMap((_, column) =>
      judge.texts(column).map((one) => [`${one.text}${one.isEnd ? '\0' : ''}`, one] as const),
    ),
  )
  const metBy = new Float64Array(judge.questions.length * 8)
  for (const { text, items, isEnd } of texts.values()) {
    // Of the places where it may stand few are ends of values.
    const met = isEnd ? (text.length < 2 ? rows : Math.min(most(text), rows)) * SHARES.ends : most(text)
    for (const item of items) metBy[item]! += met
  }
  return Uint8Array.from(judge.questions, ({ full }, question) => {
    const groups = [0, 1, 2, 3, 4, 5, 6, 7].filter((group) => (full >>> group) & 1)
    const met = (group: number): number => metBy[question * 8 + group]!
    if (!groups.some((group) => met(group) <= rows * SHARES.rare)) return 0
    return groups.reduce((bits, group) => (met(group) > rows * SHARES.common ? bits | (1 << group) : bits), 0)
  })
}

/** Shares of rows. */
const SHARES = { rare: 0.02, common: 0.1, ends: 0.02 }

function isAscii({ text }: RowLiteral): boolean {
  return !/[^\x01-\x7f]/.test(text)
}

/** How often characters stand behind one another in a part of a log, by four and by two; what has one slot counts together. */
type Counts = {
  readonly four: (gram: number) => number
  readonly two: (pair: number) => number
  readonly rows: number
}

function gramCounts(sample: Buffer): Counts {
  const four = new Uint32Array(1 << 16)
  const two = new Uint32Array(1 << 16)
  let rows = 0
  const end = Math.min(sample.length, 256 * 1024)
  for (let at = 0, gram = 0; at < end; at++) {
    gram = (gram >>> 8) | ((sample[at]! | 0x20) << 24)
    four[slotOf(gram, 16)]!++
    two[(gram >>> 16) & 0xffff]!++
    if (sample[at] === LF) rows++
  }
  return { four: (gram) => four[slotOf(gram, 16)]!, two: (pair) => two[pair]!, rows }
}

/** 2^32 divided by the golden ratio spreads what differs in few bits. */
const GOLDEN = 0x9e37_79b1

function slotOf(gram: number, bits: number): number {
  return Math.imul(gram, GOLDEN) >>> (32 - bits)
}

function gramAt(bytes: Buffer, at: number, length: number): number {
  let gram = 0
  for (let i = 0; i < length; i++) gram |= (bytes[at + i]! | 0x20) << (8 * i)
  return gram
}

/** From which place on `width` grams of so many characters are rarest together. */
function rarest(bytes: Buffer, length: number, width: number, count: (gram: number) => number): number {
  let [best, least] = [0, Infinity]
  for (let from = 0; from + length + width - 1 <= bytes.length; from++) {
    let sum = 0
    for (let i = 0; i < width; i++) sum += count(gramAt(bytes, from + i, length))
    if (sum < least) [best, least] = [from, sum]
  }
  return best
}

export type PlacedLiteral = {
  readonly grams: number
  readonly slots: number
  readonly mask: number
  readonly shorts: number
  readonly shortSlots: number
  readonly ends: number
  readonly scratch: number
}

/** Writes the tables into the memory of the kernel, from `at` on; returns where they lie. */
export function writeTexts(texts: Texts, memory: Buffer, words: Uint32Array, at: number): PlacedLiteral {
  let end = (at + 15) & ~15
  const room = (bytes: number): number => {
    const place = end
    end = (end + bytes + 3) & ~3
    return place
  }
  const grams = room(1 << texts.bits)
  const slots = room(texts.slotCount * 16)
  const halves = room(HALVES)
  const shortSlots = room(65_536 * 4)
  const endSlots = room(256 * 4)
  room(16)
  const scratch = room(SCRATCH)

  const list = (numbers: readonly number[]): number => {
    const place = room(4 * (numbers.length + 1))
    words.set([numbers.length, ...numbers], place / 4)
    return place
  }
  // The items of a text by column, and an empty list for all others.
  const textOf = ({ bytes, items }: Sought): number => {
    const lists = [...items].map(([column, numbers]) => [column, list(numbers)] as const)
    const byColumn = room(4 + 8 * lists.length + 4)
    words.set([lists.length, ...lists.flat(), 0], byColumn / 4)
    room(-end & 7)
    const place = room(16 + bytes.length)
    words.set([0, 0, bytes.length, byColumn], place / 4)
    memory.set(bytes, place + 16)
    return place
  }
  const postings = (
    sought: readonly Sought[],
    length: number,
    width: number,
  ): Map<number, (readonly [number, number])[]> => {
    const all = new Map<number, (readonly [number, number])[]>()
    for (const one of sought) {
      const place = textOf(one)
      for (let i = one.from; i < one.from + width; i++) {
        const gram = gramAt(one.bytes, i, length) >>> 0
        const known = all.get(gram)
        if (known) known.push([place, i])
        else all.set(gram, [[place, i]])
      }
    }
    return all
  }
  const write = (list: readonly (readonly [number, number])[]): number => {
    const place = room(4 + 8 * list.length)
    words.set([list.length, ...list.flat()], place / 4)
    return place
  }

  // A bit for the character that a text has at a place, all where it has none: its lower five bits know no case.
  const neighbor = (text: number, at: number): number =>
    at < 0 || at >= words[text / 4 + 2]! ? ~0 : 1 << (memory[text + 16 + at]! & 31)

  const mask = texts.slotCount - 1
  for (const [gram, found] of postings(texts.long, GRAM, texts.stride)) {
    memory[grams + ((Math.imul(gram, GOLDEN) >>> 12) & ((1 << texts.bits) - 1))] = 1
    let slot = (Math.imul(gram, GOLDEN) >>> 8) & mask
    while (words[slots / 4 + 4 * slot + 1] !== 0) slot = (slot + 1) & mask
    const around = [-1, GRAM].map((distance) =>
      found.reduce((bits, [text, at]) => bits | neighbor(text, at + distance), 0),
    )
    words.set([gram, write(found), ...around], slots / 4 + 4 * slot)
  }
  for (const [pair, found] of postings(texts.short, 2, 1)) words[shortSlots / 4 + pair] = write(found)
  for (const [last, found] of postings(texts.ends, 1, 1)) words[endSlots / 4 + last] = write(found)
  for (const [group, sets] of texts.groups.entries())
    for (const [i, set] of sets.flat().entries())
      for (let half = 0; half < 16; half++) memory[halves + 16 * i + half]! |= ((set >>> half) & 1) << group
  return {
    grams,
    slots,
    mask,
    shorts: texts.short.length > 0 ? halves : 0,
    shortSlots,
    ends: texts.ends.length > 0 ? endSlots : 0,
    scratch,
  }
}

/** For each of three characters the low and the high halves that texts of a group have there: a bit for each of 16. */
type Half = readonly [low: number, high: number]
type Halves = readonly Half[]

/** Eight groups of texts, such that in few places of the sample stands what has the halves of any of a group. */
function inGroups(texts: readonly Sought[], sample: Buffer): readonly Halves[] {
  // Of a short log, each place once.
  const all = Math.max(0, sample.length - 2)
  const apart = Math.max(1, Math.floor((all - 1) / PLACES))
  const places = Array.from({ length: Math.min(PLACES, all) }, (_, i) => i * apart)
  const tries = Uint8Array.from(places.flatMap((at) => [...sample.subarray(at, at + 3)].map((byte) => byte | 0x20)))
  // How many places, and beside it a measure of how many there may be elsewhere.
  const cost = (halves: Halves): number => {
    const [[l1, h1], [l2, h2], [l3, h3]] = halves as readonly [Half, Half, Half]
    let met = 0
    for (let i = 0; i < tries.length; i += 3) {
      const [a, b, c] = [tries[i]!, tries[i + 1]!, tries[i + 2]!]
      met +=
        (l1 >>> (a & 15)) &
        (h1 >>> (a >>> 4)) &
        (l2 >>> (b & 15)) &
        (h2 >>> (b >>> 4)) &
        (l3 >>> (c & 15)) &
        (h3 >>> (c >>> 4)) &
        1
    }
    return met + halves.reduce((product, [low, high]) => (product * bitsOf(low) * bitsOf(high)) / 256, 1)
  }
  const groups = Array.from({ length: 8 }, () => ({ halves: NO_HALVES, cost: 0 }))
  const costly = texts.map(halvesOf).map((halves) => ({ halves, cost: cost(halves) }))
  for (const { halves } of costly.sort((a, b) => b.cost - a.cost)) {
    const choices = groups.map((group) => {
      const joined = group.halves.map(([low, high], i): Half => [low | halves[i]![0], high | halves[i]![1]])
      return { group, joined, cost: cost(joined) }
    })
    const best = choices.reduce((a, b) => (b.cost - b.group.cost < a.cost - a.group.cost ? b : a))
    best.group.halves = best.joined
    best.group.cost = best.cost
  }
  return groups.map(({ halves }) => halves)
}

/** Places of a sample that are looked at. */
const PLACES = 2_000

function bitsOf(set: number): number {
  let bits = 0
  for (let left = set; left !== 0; left &= left - 1) bits++
  return bits
}

const NO_HALVES: Halves = [
  [0, 0],
  [0, 0],
  [0, 0],
]

/** Where a text is shorter, any character may follow. */
function halvesOf({ bytes, from }: Sought): Halves {
  return [0, 1, 2].map((i) => {
    const byte = bytes[from + i]
    return byte === undefined ? [0xffff, 0xffff] : [1 << ((byte | 0x20) & 15), 1 << ((byte | 0x20) >>> 4)]
  })
}
