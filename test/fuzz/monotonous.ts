import { decodeText } from '../../src/lib/text.ts'
import type { Parser } from '../../src/parsers/parser.ts'
import type { Seed } from './seeds.ts'

// Files that are one thing again and again: what makes a reader slow that looks back or ahead.

const CHUNK = 65_536
const signs = '",{[<& \t\n\r=\0:;\\a\xff-#*(|\'~%1/.'
const words = '"" {"a": [{ <a> <a/> >< </ <!-- ]]> a= a=b; #Fields: @{ $( {"a":1} PS>'.split(' ')
const rows = ['<a ', '`', '"a","b"', '"a","b', '{"a":1}', 'a: b', 'a|b', '**********'].map((row) => `${row}\r\n`)
/** What files are filled with. */
export const fills: readonly string[] = [...signs, ...words, ...rows]

export type Make = (length: number) => Buffer

/** The seed again and again, and filled within and behind. */
export function* filesOf(
  { bytes }: Seed,
  some: readonly string[] = fills,
): Generator<readonly [what: string, make: Make]> {
  yield ['again and again', (length) => Buffer.alloc(length, bytes)]
  const middle = bytes.length >> 1
  for (const fill of some) {
    const filled: Make = (length) => Buffer.alloc(length, Buffer.from(fill, 'latin1'))
    const [before, after] = [bytes.subarray(0, middle), bytes.subarray(middle)]
    yield [`${JSON.stringify(fill)} at the end`, (length) => Buffer.concat([bytes, filled(length)])]
    yield [`${JSON.stringify(fill)} inside`, (length) => Buffer.concat([before, filled(length), after])]
  }
}

/** Lets a parser read these bytes, and takes nothing of what it says. */
export async function readOnce(parser: Parser, bytes: Buffer): Promise<void> {
  const head = bytes.subarray(0, CHUNK)
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
}
