import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsers } from '../../src/parsers/index.ts'
import type { Parser } from '../../src/parsers/parser.ts'
import { filesOf, type Make, readOnce } from './monotonous.ts'
import { targetNamed } from './targets.ts'

// No file makes a parser slow by being monotonous: three times the bytes take about three times as long.

const UNIT = 512 * 1024
/** What is quick is not measured: only growth that would hold a run up counts. */
const QUICK = 150
const MOST = 5.5

for (const parser of parsers) {
  test(`growth: ${parser.name}`, async () => {
    const seeds = targetNamed(parser.name).seeds()
    for (const seed of seeds.filter(({ bytes }) => bytes.length < 100_000).slice(0, 4))
      for (const [what, make] of filesOf(seed)) await grows(parser, `${seed.name}, ${what}`, make)
  })
}

async function grows(parser: Parser, what: string, make: Make): Promise<void> {
  const once = await milliseconds(parser, make(UNIT))
  if (once < QUICK) return
  const thrice = await milliseconds(parser, make(3 * UNIT))
  assert.ok(thrice < MOST * once, `${what}: ${once} ms for ${UNIT} bytes, ${thrice} ms for three times as many`)
}

async function milliseconds(parser: Parser, bytes: Buffer): Promise<number> {
  const started = process.cpuUsage().user
  await readOnce(parser, bytes)
  return (process.cpuUsage().user - started) / 1_000
}
