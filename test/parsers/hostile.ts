import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, Fact } from '../../src/model/event.ts'
import type { Companion, Parser, Sink } from '../../src/parsers/parser.ts'

/** What a parser gave for some bytes, with its accounts checked. */
export type Reading = {
  readonly events: readonly Event[]
  readonly gaps: readonly Parameters<Sink['gap']>[0][]
  readonly facts: readonly Fact[]
  readonly parsed: number
}

/** Reads bytes with a parser and holds it to its promise: every byte is parsed or lies in one gap, in pieces of any size. */
export async function reading(
  parser: Parser,
  bytes: Uint8Array,
  path = 'evidence',
  options: { readonly piece?: number; readonly companions?: readonly Companion[]; readonly windowsPath?: string } = {},
): Promise<Reading> {
  const events: Event[] = []
  const gaps: Parameters<Sink['gap']>[0][] = []
  const facts: Fact[] = []
  const piece = options.piece ?? 65_536
  const source = {
    path,
    windowsPath: options.windowsPath ?? null,
    size: bytes.length,
    bytes: bytes.subarray(0, 65_536),
    text: '',
    modified: null,
    companions: options.companions ?? [],
    async *chunks() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
  const parsed = await parser.read(source, {
    event: (event) => void events.push(event),
    gap: (gap) => void gaps.push(gap),
    fact: (fact) => void facts.push(fact),
  })
  assert.equal(parsed + gaps.reduce((sum, gap) => sum + gap.length, 0), bytes.length, 'parsed + gaps = size')
  let end = 0
  for (const gap of [...gaps].sort((a, b) => a.offset - b.offset)) {
    if (gap.length === 0) continue
    assert.ok(gap.length > 0 && gap.offset >= end, `gap at ${gap.offset} begins before ${end}`)
    end = gap.offset + gap.length
  }
  assert.ok(end <= bytes.length, 'a gap ends within the file')
  return { events, gaps, facts, parsed }
}

/**
 * The sample cut at each 512 bytes up to 128 KiB and at 200 seeded places above, and with 1, 10 and 1,000 flipped bits.
 * Every one must end in events and gaps: no exception, no hang, no allocation larger than the input.
 */
export function survivesDamage(
  name: string,
  parser: Parser,
  sample: Uint8Array,
  options: { readonly path?: string; readonly companions?: readonly Companion[]; readonly windowsPath?: string } = {},
): void {
  test(`${name}: cut anywhere and with flipped bits`, { timeout: 120_000 }, async () => {
    for (const [what, bytes] of damaged(sample)) {
      const limit = limitAllocations(sample.length + 1_048_576)
      try {
        const { events } = await reading(parser, bytes, options.path ?? name, options)
        for (const event of events) assert.equal(typeof event.raw, 'string')
      } catch (error) {
        throw new Error(`${name}, ${what}`, { cause: error })
      } finally {
        limit.lift()
      }
    }
  })
}

/** Damaged copies of a sample; the same ones every time. */
export function* damaged(sample: Uint8Array, seed = 1): Generator<readonly [what: string, bytes: Buffer]> {
  const random = generator(seed)
  for (let at = 0; at < Math.min(sample.length, 131_072); at += 512)
    yield [`cut at ${at}`, Buffer.from(sample.subarray(0, at))]
  for (let i = 0; i < 200 && sample.length > 131_072; i++) {
    const at = 131_072 + Math.floor(random() * (sample.length - 131_072))
    yield [`cut at ${at}`, Buffer.from(sample.subarray(0, at))]
  }
  for (const bits of [1, 10, 1000]) {
    for (let round = 0; round < 20; round++) {
      const bytes = Buffer.from(sample)
      for (let i = 0; i < bits && bytes.length > 0; i++)
        bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8)
      yield [`${bits} flipped bits, round ${round}`, bytes]
    }
  }
}

/** Fails any allocation of a buffer above `most` bytes while it stands. */
function limitAllocations(most: number): { lift(): void } {
  const alloc = Buffer.alloc.bind(Buffer)
  const allocUnsafe = Buffer.allocUnsafe.bind(Buffer)
  const allocUnsafeSlow = Buffer.allocUnsafeSlow.bind(Buffer)
  const checked =
    <A extends [number, ...unknown[]]>(make: (...args: A) => Buffer<ArrayBuffer>) =>
    (...args: A): Buffer<ArrayBuffer> => {
      if (args[0] > most) throw new Error(`an allocation of ${args[0]} bytes, more than the ${most} of the input`)
      return make(...args)
    }
  Buffer.alloc = checked(alloc) as typeof alloc
  Buffer.allocUnsafe = checked(allocUnsafe)
  Buffer.allocUnsafeSlow = checked(allocUnsafeSlow)
  return { lift: () => Object.assign(Buffer, { alloc, allocUnsafe, allocUnsafeSlow }) }
}

/** Mulberry32: small, seeded. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b_79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
