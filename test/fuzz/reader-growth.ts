import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counting, stepsOf } from '../counted.ts'
import type { Parser } from '../../src/parsers/parser.ts'
import { parsers } from '../../src/parsers/index.ts'
import { fills, filesOf, readOnce } from './monotonous.ts'
import { targetNamed } from './targets.ts'

// Twice the bytes of a monotonous file cost a parser at most 2.6 times the steps. Steps are counted, not timed; what the
// engine does itself with texts is in no count, and growth.long.ts times that.

const MOST = 2.6
const SIZES = [147_456, 294_912, 589_824] as const
/** Each parser gets its own share of what files are filled with; growth.long.ts gives each all of them. */
const SHARE = 60

/** Each parser, or each sixth, which takes a minute. */
export async function testGrowth(step: number): Promise<void> {
  await counting()
  for (const [number, parser] of parsers.entries()) if (number % step === 0) testParser(number, parser)
}

function testParser(number: number, parser: Parser): void {
  void test(`steps grow with the bytes: ${parser.name}`, async () => {
    const seed = targetNamed(parser.name)
      .seeds()
      .find(({ bytes }) => bytes.length < SIZES[0] / 8)
    if (seed === undefined) return
    const own = fills.filter((_, i) => i % SHARE === number % SHARE)
    for (const [what, make] of filesOf(seed, own)) {
      // What is done once in a process is done before anything is counted.
      await readOnce(parser, make(SIZES[0]))
      const steps: number[] = []
      for (const size of SIZES) steps.push(await stepsOf(() => readOnce(parser, make(size))))
      const [a, b, c] = steps as [number, number, number]
      const said = `${seed.name}, ${what}: ${a} steps, then ${b - a} more, then ${c - b} more`
      assert.ok(c - b <= MOST * Math.max(b - a, a), said)
    }
  })
}
