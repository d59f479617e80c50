import assert from 'node:assert/strict'
import { decodeText } from '../../src/lib/text.ts'
import { iso } from '../../src/lib/time.ts'
import type { Event, Fact, Fields } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import type { Companion, Parser } from '../../src/parsers/parser.ts'
import { withAllocationsBelow } from './allocations.ts'
import { companionMark } from './binary-seeds.ts'

const HEAD = 65_536
/** Tables and buffers that do not depend on the input. */
const CONSTANT = 2 * 2 ** 20

type Taken = {
  readonly parsed: number
  readonly events: readonly Event[]
  readonly gaps: readonly Omit<Gap, 'path'>[]
  readonly facts: readonly Fact[]
}

/**
 * Reads any bytes with a parser, and throws when one of its promises is broken: it ends in events and gaps and never in an
 * exception; every byte is parsed or lies in one gap; every event lies within the file, has a time that is one, and can
 * cross a thread; no buffer is larger than the input and a constant; and chunk borders mean nothing.
 */
export async function holdsItsPromises(parser: Parser, input: Buffer, thorough = false): Promise<void> {
  const { bytes, companions } = partsOf(input)
  const limit = bytes.length + companions.reduce((sum, file) => sum + (file.size ?? 0), 0) + CONSTANT
  const read = (piece: number): Promise<Taken> =>
    withAllocationsBelow(limit, () => take(parser, bytes, companions, piece))

  const whole = await read(HEAD)
  checkGaps(whole, bytes.length)
  for (const event of whole.events) checkEvent(event, bytes.length)

  for (const piece of thorough ? [61, 4093] : pieceFor(bytes))
    assert.equal(written(await read(piece)), written(whole), `read in pieces of ${piece} bytes it says something else`)
}

function partsOf(input: Buffer): { bytes: Buffer; companions: readonly Companion[] } {
  const mark = input.indexOf(companionMark)
  if (mark < 0) return { bytes: input, companions: [] }
  const beside = input.subarray(mark + companionMark.length)
  return {
    bytes: input.subarray(0, mark),
    companions: [{ path: 'evidence.LOG1', size: beside.length, read: () => Promise.resolve(beside) }],
  }
}

async function take(parser: Parser, bytes: Buffer, companions: readonly Companion[], piece: number): Promise<Taken> {
  const events: Event[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  const facts: Fact[] = []
  const head = bytes.subarray(0, HEAD)
  const known = { path: 'evidence', windowsPath: null, size: bytes.length, bytes: head, text: decodeText(head) }
  parser.recognize(known)
  const parsed = await parser.read(
    {
      ...known,
      modified: null,
      companions,
      async *chunks() {
        for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
      },
    },
    {
      event: (event) => void events.push(event),
      gap: (gap) => void gaps.push(gap),
      fact: (fact) => void facts.push(fact),
      about: (fields) => checkFields(fields),
    },
  )
  return { parsed, events, gaps, facts }
}

/** One input of four is read a second time in small pieces; which, and how small, its bytes say. */
function pieceFor(bytes: Buffer): readonly number[] {
  let sum = bytes.length
  for (let at = 0; at < bytes.length; at += 7) sum = (sum * 31 + bytes[at]!) >>> 0
  return sum % 4 === 0 ? [1 + ((sum >>> 8) % 97)] : []
}

function written({ parsed, events, gaps, facts }: Taken): string {
  return JSON.stringify({ parsed, events: events.map((event) => ({ ...event, raw: event.raw })), gaps, facts })
}

function checkGaps({ parsed, gaps }: Taken, size: number): void {
  const inGaps = gaps.reduce((sum, gap) => sum + gap.length, 0)
  assert.equal(parsed + inGaps, size, `${parsed} bytes parsed and ${inGaps} in gaps are not the size`)
  let end = 0
  for (const gap of [...gaps].sort((a, b) => a.offset - b.offset || a.length - b.length)) {
    assert.ok(
      Number.isSafeInteger(gap.offset) && Number.isSafeInteger(gap.length) && gap.length >= 0,
      'a gap is a place',
    )
    assert.ok(gap.length === 0 || gap.offset >= end, `the gap at ${gap.offset} begins before ${end}`)
    end = Math.max(end, gap.offset + gap.length)
  }
  assert.ok(end <= size, `a gap ends at ${end} of ${size}`)
}

function checkEvent(event: Event, size: number): void {
  const { offset, length } = event.at
  assert.ok(Number.isSafeInteger(offset) && offset >= 0, `an event at ${offset}`)
  assert.ok(
    Number.isSafeInteger(length) && length >= 0 && offset + length <= size,
    `an event of ${length} at ${offset}`,
  )
  assert.equal(typeof event.raw, 'string')
  if (event.time !== null) assert.equal(typeof iso(event.time), 'string')
  checkFields(event.fields)
}

function checkFields(fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const one of values) {
      const fits = one === null || typeof one === 'string' || typeof one === 'boolean' || Number.isFinite(one)
      assert.ok(fits, `the field ${name} holds ${String(one)}`)
    }
  }
}
