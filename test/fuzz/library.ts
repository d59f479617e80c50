import assert from 'node:assert/strict'
import { splitCsv, CsvRecords, headersOf } from '../../src/lib/csv.ts'
import { eachLine } from '../../src/lib/lines.ts'
import { decodeText } from '../../src/lib/text.ts'
import { parseXml, elementText, type XmlElement } from '../../src/lib/xml.ts'
import { XmlWalk } from '../../src/lib/xml-stream.ts'
import { xpressHuffman, xpressPlain } from '../../src/lib/xpress-huffman.ts'
import { windowsPathOf } from '../../src/evidence/windows-paths.ts'
import { texts, type Seed } from './seeds.ts'
import type { Target } from './targets.ts'

const ending = (seeds: readonly Seed[], end: RegExp): readonly Seed[] => seeds.filter((seed) => end.test(seed.name))

export const xmlTarget = (seeds: readonly Seed[]): Target => ({
  name: 'xml',
  seeds: () => [...ending(seeds, /\.(?:xml|config)$/i), ...texts('<a b="c">d&#x41;<![CDATA[e]]><!-- f --></a>')],
  run: async (input) => {
    const element = parseXml(decodeText(input))
    if (element === null) return
    assert.ok(depthOf(element) <= 65, 'elements within each other are counted')
    assert.equal(typeof elementText(element), 'string')
  },
})

function depthOf(element: XmlElement): number {
  return 1 + Math.max(0, ...element.children.map((child) => (typeof child === 'string' ? 0 : depthOf(child))))
}

/** What a walk tells must not depend on the pieces in which the text comes. */
export const xmlWalkTarget = (seeds: readonly Seed[]): Target => ({
  name: 'xml-walk',
  seeds: () => [...ending(seeds, /\.(?:xml|config)$/i), ...texts('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a><a/>')],
  run: async (input) => {
    const whole = walked(input, input.length || 1)
    assert.deepEqual(walked(input, 1 + (input.length % 13)), whole)
  },
})

function walked(input: Buffer, piece: number): unknown[] {
  const told: unknown[] = []
  let text = ''
  const tell = (...what: unknown[]): void => {
    if (text !== '') told.push(['text', text])
    text = ''
    told.push(what)
  }
  const walk = new XmlWalk(
    input.subarray(0, 65_536),
    {
      open: (tag) => tell('open', tag.element.name, [...tag.element.attributes], tag.offset, tag.length, tag.line),
      close: (raw, end) => tell('close', raw, end),
      text: (piece) => void (text += piece),
      comment: (comment, place) => tell('comment', comment, place),
      doctype: (raw, place) => tell('doctype', raw, place),
    },
    { depth: 64, many: input.length % 2 === 0 },
  )
  for (let at = 0; at < input.length; at += piece) walk.push(input.subarray(at, at + piece))
  walk.finish()
  assert.equal(walk.size, input.length)
  if (walk.broken) assert.ok(walk.broken.offset >= 0 && walk.broken.offset <= input.length)
  tell('broken', walk.broken)
  return told
}

export const csvTarget = (seeds: readonly Seed[]): Target => ({
  name: 'csv',
  seeds: () => [...ending(seeds, /\.csv$/i), ...texts('a,"b ""c"", d",\r\n"e\r\nf",g\r\n"h\r\n#begins\r\ni,j')],
  run: async (input) => {
    const text = decodeText(input)
    checkRoundTrip(text)
    for (const header of headersOf(text)) assert.equal(header.names.length, header.lower.length)
    await checkRecords(input)
  },
})

/** Values that were split come out again when they are written as the standard has it. */
function checkRoundTrip(text: string): void {
  const { values, open } = splitCsv(text)
  if (open) return
  const again = splitCsv(values.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
  assert.deepEqual(again, { values, open: false })
}

/** Every line is in one record, or is none. */
async function checkRecords(input: Buffer): Promise<void> {
  let [taken, lines] = [0, 0]
  let end = 0
  const records = new CsvRecords({
    delimiter: ',',
    columns: 3,
    begins: (text) => text.startsWith('#begins'),
    passes: (line) => {
      const isComment = line.text === '' || line.text.startsWith('#')
      if (isComment) taken += line.length
      return isComment
    },
    take: (record) => {
      assert.ok(record.offset >= end, 'records come in order')
      end = record.offset + record.length
      taken += record.length
    },
  })
  const read = await eachLine(
    [input] as unknown as AsyncIterable<Uint8Array>,
    (line) => {
      lines += line.length
      records.push(line)
    },
    () => records.flush(),
  )
  records.flush()
  assert.equal(taken, lines)
  assert.equal(lines + read.gapBytes, input.length)
}

/** Two bytes of the input say how much may come out. */
const unpacking = (name: string, unpack: (input: Uint8Array, size: number) => Buffer): Target => ({
  name,
  seeds: () => [
    { name: 'literals', bytes: Buffer.concat([Buffer.from([64, 0]), Buffer.alloc(256, 0x88), Buffer.alloc(64, 0x5a)]) },
    { name: 'repeats', bytes: Buffer.from([200, 1, 0xff, 0xff, 0xff, 0x1f, 97, 98, 99, 23, 0, 15, 255, 38, 1]) },
  ],
  run: async (input) => {
    if (input.length < 2) return
    const size = input.readUInt16LE(0) * 4
    assert.ok(unpack(input.subarray(2), size).length <= size)
  },
})
export const xpressTargets: readonly Target[] = [
  unpacking('xpress-huffman', xpressHuffman),
  unpacking('xpress-plain', xpressPlain),
]

export const windowsPathTarget: Target = {
  name: 'windows-path',
  seeds: () =>
    texts(
      'C/inetpub/wwwroot/aspnet_client/a.aspx',
      'server.zip!/uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
      'Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Ecp/a.LOG',
    ),
  run: async (input) => {
    const path = windowsPathOf(input.toString('latin1'))
    if (path !== null) assert.match(path, /^[A-Z]:\\|^\\\\/)
  },
}
