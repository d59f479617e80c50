import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachLine, type Line, type LineGap } from '../../src/lib/lines.ts'

type Result = { lines: Line[]; gaps: LineGap[]; size: number; gapBytes: number; encoding: string }

async function read(bytes: Uint8Array, step = 65_536, limit?: number): Promise<Result> {
  const lines: Line[] = []
  const gaps: LineGap[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step)
  }
  const { size, gapBytes, encoding } = await eachLine(
    chunks(),
    (l) => lines.push(l),
    (g) => gaps.push(g),
    limit === undefined ? {} : { limit },
  )
  return { lines, gaps, size, gapBytes, encoding }
}

const utf16le = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

const cases: [name: string, bytes: Buffer, texts: string[], gaps: string[], encoding?: string][] = [
  ['nothing', Buffer.from(''), [], []],
  ['LF and a half last line', Buffer.from('a\nb\nc'), ['a', 'b', 'c'], []],
  ['CRLF and blank lines', Buffer.from('a\r\n\r\nb\r\n'), ['a', '', 'b'], []],
  ['CR only', Buffer.from('a\rb\rc'), ['a', 'b', 'c'], []],
  ['a CR inside an LF file stays in the text', Buffer.from('a\rb\nc\n'), ['a\rb', 'c'], []],
  ['UTF-8 mark', Buffer.from('\ufeffä\nb\n'), ['ä', 'b'], [], 'utf-8'],
  [
    'a line that is not UTF-8 is Windows-1252',
    Buffer.from([0x80, 0xe4, 10, 0xc3, 0xa4, 10]),
    ['€ä', 'ä'],
    [],
    'windows-1252',
  ],
  ['UTF-16LE', utf16le('ä\r\nbĊ\r\nc'), ['ä', 'bĊ', 'c'], [], 'utf-16le'],
  ['UTF-16BE', utf16be('ä\r\nbĊ\r\nc'), ['ä', 'bĊ', 'c'], [], 'utf-16be'],
  ['UTF-16LE without a mark', Buffer.from('hello\r\nworld\r\n', 'utf16le'), ['hello', 'world'], [], 'utf-16le'],
  ['UTF-16 cut within a unit', utf16le('ab\ncd').subarray(0, 11), ['ab', 'c'], ['corrupt 10+1'], 'utf-16le'],
  ['zeros at the end', Buffer.from('a\nb\n\0\0\0\0\0'), ['a', 'b'], ['nul-tail 4+5']],
  ['one zero at the end', Buffer.from('a\n\0'), ['a'], ['nul-tail 2+1']],
  ['zeros within a line', Buffer.from('a\nbb\0\0\0\0\0\0cc\nd\n'), ['a', 'bb', 'cc', 'd'], ['corrupt 4+6']],
  ['few zeros stay text', Buffer.from('a\0b\n'), ['a\0b'], []],
  ['UTF-16 zeros at the end', utf16le('ab\n\0\0\0\0\0\0\0'), ['ab'], ['nul-tail 8+14'], 'utf-16le'],
  ['UTF-16BE zeros in the middle', utf16be('ab\n\0\0\0\0\0\0cd\n'), ['ab', 'cd'], ['corrupt 8+12'], 'utf-16be'],
  ['a line over the limit', Buffer.from(`a\n${'x'.repeat(600)}\nb\n`), ['a', 'b'], ['too-long 2+601']],
  ['a last line over the limit', Buffer.from(`a\n${'x'.repeat(600)}`), ['a'], ['too-long 2+600']],
  ['a line at the limit', Buffer.from(`${'x'.repeat(400)}\nb\n`), ['x'.repeat(400), 'b'], ['too-long 0+401'].slice(1)],
]

for (const [name, bytes, texts, gaps, encoding] of cases) {
  for (const step of [1, 2, 3, 7, 65_536]) {
    void test(`lines: ${name}, chunks of ${step}`, async () => {
      const found = await read(bytes, step, 401)
      assert.deepEqual(
        found.lines.map((l) => l.text),
        texts,
      )
      assert.deepEqual(
        found.gaps.map((g) => `${g.reason} ${g.offset}+${g.length}`),
        gaps,
      )
      const covered = [...found.lines, ...found.gaps].sort((a, b) => a.offset - b.offset)
      let at = 0
      for (const part of covered) {
        assert.equal(part.offset, at)
        at += part.length
      }
      assert.equal(at, bytes.length)
      assert.equal(found.size, bytes.length)
      if (encoding) assert.equal(found.encoding, encoding)
    })
  }
}

void test('lines: numbers count terminators, pieces around a hole share theirs', async () => {
  const { lines } = await read(Buffer.from('a\nb\0\0\0\0c\nd'))
  assert.deepEqual(
    lines.map((l) => [l.text, l.number]),
    [
      ['a', 1],
      ['b', 2],
      ['c', 2],
      ['d', 3],
    ],
  )
})

void test('lines: the gap of a long line is the same for every chunk size', async () => {
  const bytes = Buffer.from(`${'y'.repeat(5000)}\nb\n`)
  const details = await Promise.all(
    [1, 13, 401, 70_000].map(async (step) => (await read(bytes, step, 500)).gaps[0]?.detail),
  )
  assert.equal(new Set(details).size, 1)
  assert.match(details[0]!, /SHA-256 of the rest [0-9a-f]{64}$/)
})

void test('lines: files longer than the buffer, with a long pending line', async () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `${i} ${'z'.repeat(i % 97)}`)
  text[777] = 'q'.repeat(900_000)
  const found = await read(Buffer.from(text.join('\n')), 50_001)
  assert.deepEqual(
    found.lines.map((l) => l.text),
    text,
  )
})
