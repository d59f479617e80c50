import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import { parsers } from '../../src/parsers/index.ts'
import type { Parser } from '../../src/parsers/parser.ts'
import type { Seed } from './seeds.ts'
import { targetNamed } from './targets.ts'

// No file makes a parser slow by being monotonous: three times the bytes take about three times as long.

const UNIT = 512 * 1024
const CHUNK = 65_536
/** What is quick is not measured: only growth that would hold a run up counts. */
const QUICK = 150
const MOST = 5.5

const signs = '",{[<& \t\n\r=\0:;\\a\xff-#*(|\'~%1/.'
const words = '"" {"a": [{ <a> <a/> >< </ <!-- ]]> a= a=b; #Fields: @{ $( {"a":1} PS>'.split(' ')
const rows = ['<a ', '`', '"a","b"', '"a","b', '{"a":1}', 'a: b', 'a|b', '**********'].map((row) => `${row}\r\n`)
const fills = [...signs, ...words, ...rows]

for (const parser of parsers) {
  test(`growth: ${parser.name}`, async () => {
    const seeds = targetNamed(parser.name).seeds()
    for (const seed of seeds.filter(({ bytes }) => bytes.length < 100_000).slice(0, 4))
      for (const [what, make] of filesOf(seed)) await grows(parser, `${seed.name}, ${what}`, make)
  })
}

type Make = (length: number) => Buffer

function* filesOf({ bytes }: Seed): Generator<readonly [what: string, make: Make]> {
  yield ['again and again', (length) => Buffer.alloc(length, bytes)]
  const middle = bytes.length >> 1
  for (const fill of fills) {
    const filled: Make = (length) => Buffer.alloc(length, Buffer.from(fill, 'latin1'))
    const [before, after] = [bytes.subarray(0, middle), bytes.subarray(middle)]
    yield [`${JSON.stringify(fill)} at the end`, (length) => Buffer.concat([bytes, filled(length)])]
    yield [`${JSON.stringify(fill)} inside`, (length) => Buffer.concat([before, filled(length), after])]
  }
}

async function grows(parser: Parser, what: string, make: Make): Promise<void> {
  const once = await milliseconds(parser, make(UNIT))
  if (once < QUICK) return
  const thrice = await milliseconds(parser, make(3 * UNIT))
  assert.ok(thrice < MOST * once, `${what}: ${once} ms for ${UNIT} bytes, ${thrice} ms for three times as many`)
}

async function milliseconds(parser: Parser, bytes: Buffer): Promise<number> {
  const head = bytes.subarray(0, CHUNK)
  const started = process.cpuUsage().user
  await parser.read(
    {
      path: 'evidence',
      windowsPath: null,
      size: bytes.length,
      bytes: head,
      text: decodeText(head),
      modified: null,
      async *chunks() {
        for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
      },
    },
    { event: () => {}, gap: () => {}, fact: () => {} },
  )
  return (process.cpuUsage().user - started) / 1_000
}
