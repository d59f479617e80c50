import type { Judge, Text } from './row-reader.ts'

/** How many characters are looked for at once; texts of fewer are looked for by two. */
const GRAM = 4
/** Bytes of the table of marked pairs: a bit for each. */
const PAIR_MARKS = 1 << 13
/** Rows are shorter: what is decoded of one has room. */
const SCRATCH = 65_536 + 64

/** A text as it is looked for: from which place on it is met, and what it is a sign of in each column. */
type Sought = { readonly bytes: Buffer; readonly from: number; readonly items: Map<number, readonly number[]> }

/** The texts of some columns, and how they are looked for. */
export type Texts = {
  readonly long: readonly Sought[]
  readonly short: readonly Sought[]
  /** So many bytes lie between two looks: of each long text as many grams are marked, one behind the other. */
  readonly stride: 0 | 1 | 2 | 4
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
export function textsIn(judge: Judge, columns: readonly number[], sample: Buffer): Texts {
  const all = new Map<string, Map<number, readonly number[]>>()
  const odd = new Set<number>()
  for (const column of columns)
    for (const { text, items } of judge.texts(column)) {
      if (isAscii({ text, items })) {
        const known = all.get(text)
        if (known) known.set(column, items)
        else all.set(text, new Map([[column, items]]))
      } else odd.add(column)
    }
  const count = gramCounts(sample)
  const texts = [...all].map(([text, items]) => ({ bytes: Buffer.from(text, 'latin1'), items }))
  // What is looked for by four characters in every place or every other slows the others down: it counts as short.
  const longs = texts.filter(({ bytes }) => bytes.length >= GRAM + 1)
  const least = longs.reduce((length, { bytes }) => Math.min(length, bytes.length), Infinity)
  const stride = longs.length === 0 ? 0 : least >= GRAM + 3 ? 4 : 2
  const long = longs.map(({ bytes, items }) => ({ bytes, items, from: rarest(bytes, GRAM, stride, count.four) }))
  const short = texts
    .filter(({ bytes }) => bytes.length <= GRAM)
    .map(({ bytes, items }) => ({ bytes, items, from: rarest(bytes, 2, 1, count.two) }))
  const grams = long.length * stride
  let slotCount = 64
  while (slotCount < grams * 2) slotCount *= 2
  // Few marks in many slots, and yet a table that stays near the processor.
  const bits = Math.min(20, Math.max(17, 6 + Math.ceil(Math.log2(grams + 1))))
  const longest = texts.reduce((most, { bytes }) => Math.max(most, bytes.length), 0)
  const bytesOf = [...long, ...short].reduce(
    (sum, { bytes, items }) =>
      sum + 32 + bytes.length + [...items.values()].reduce((all, list) => all + 16 + 4 * list.length, 16),
    0,
  )
  const size =
    (1 << (bits - 3)) + slotCount * 8 + PAIR_MARKS + 65_536 * 4 + SCRATCH + bytesOf + (grams + short.length) * 16 + 4096
  return { long, short, stride, size, slotCount, bits, longest, isOdd: (column) => odd.has(column) }
}

function isAscii({ text }: Text): boolean {
  return !/[^\x01-\x7f]/.test(text)
}

/** How often characters stand behind one another in a part of a log, by four and by two; what has one slot counts together. */
function gramCounts(sample: Buffer): {
  readonly four: (gram: number) => number
  readonly two: (pair: number) => number
} {
  const four = new Uint32Array(1 << 16)
  const two = new Uint32Array(1 << 16)
  const end = Math.min(sample.length, 256 * 1024)
  for (let at = 0, gram = 0; at < end; at++) {
    gram = (gram >>> 8) | ((sample[at]! | 0x20) << 24)
    four[slotOf(gram, 16)]!++
    two[(gram >>> 16) & 0xffff]!++
  }
  return { four: (gram) => four[slotOf(gram, 16)]!, two: (pair) => two[pair]! }
}

/** 2^32 divided by the golden ratio spreads what differs in few bits. */
function slotOf(gram: number, bits: number): number {
  return Math.imul(gram, 0x9e37_79b1) >>> (32 - bits)
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

export type Placed = {
  readonly grams: number
  readonly slots: number
  readonly mask: number
  readonly shorts: number
  readonly shortSlots: number
  readonly scratch: number
}

/** Writes the tables into the memory of the kernel, from `at` on; returns where they lie. */
export function writeTexts(texts: Texts, memory: Buffer, words: Uint32Array, at: number): Placed {
  let end = (at + 15) & ~15
  const room = (bytes: number): number => {
    const place = end
    end = (end + bytes + 3) & ~3
    return place
  }
  const grams = room(1 << (texts.bits - 3))
  const slots = room(texts.slotCount * 8)
  const pairMarks = room(PAIR_MARKS)
  const shortSlots = room(65_536 * 4)
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
    const place = room(8 + bytes.length)
    words.set([bytes.length, byColumn], place / 4)
    memory.set(bytes, place + 8)
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

  const mask = texts.slotCount - 1
  for (const [gram, found] of postings(texts.long, GRAM, texts.stride)) {
    const marked = slotOf(gram, texts.bits)
    memory[grams + (marked >>> 3)]! |= 1 << (marked & 7)
    let slot = (Math.imul(gram, 0x9e37_79b1) >>> 8) & mask
    while (words[slots / 4 + 2 * slot + 1] !== 0) slot = (slot + 1) & mask
    words.set([gram, write(found)], slots / 4 + 2 * slot)
  }
  for (const [pair, found] of postings(texts.short, 2, 1)) {
    memory[pairMarks + (pair >>> 3)]! |= 1 << (pair & 7)
    words[shortSlots / 4 + pair] = write(found)
  }
  return { grams, slots, mask, shorts: texts.short.length > 0 ? pairMarks : 0, shortSlots, scratch }
}
