import { decodeText } from '../../../src/lib/text.ts'
import type { Event } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { copiedEvents } from '../../../src/parsers/windows-events/copied-text.ts'
import { csvEvents } from '../../../src/parsers/windows-events/csv.ts'
import { jsonEvents } from '../../../src/parsers/windows-events/json.ts'
import { listedEvents } from '../../../src/parsers/windows-events/listed-text.ts'
import { keyValueEvents } from '../../../src/parsers/windows-events/key-value.ts'
import { siemEvents } from '../../../src/parsers/windows-events/cef.ts'
import { snareEvents } from '../../../src/parsers/windows-events/snare.ts'
import { searchCsv } from '../../../src/parsers/windows-events/search-csv.ts'
import type { Parser } from '../../../src/parsers/parser.ts'
import { xmlEvents } from '../../../src/parsers/windows-events/xml.ts'

const parsers: readonly Parser[] = [
  jsonEvents,
  xmlEvents,
  csvEvents,
  searchCsv,
  snareEvents,
  siemEvents,
  copiedEvents,
  listedEvents,
  keyValueEvents,
]

/** What the surest of these parsers (or the named one) reads out of the bytes, in chunks of `cut` bytes. */
export async function reading(
  bytes: Uint8Array,
  options: { path?: string; cut?: number; parser?: string } = {},
): Promise<{ parser: string; sure: number; events: Event[]; gaps: Omit<Gap, 'path'>[]; parsed: number }> {
  const { path = 'sample', cut = 65_536 } = options
  const bytesOfHead = bytes.subarray(0, 65_536)
  const head = { path, windowsPath: null, size: bytes.length, bytes: bytesOfHead, text: decodeText(bytesOfHead) }
  const ranked = parsers
    .map((parser) => ({ parser, sure: parser.name === options.parser ? 101 : parser.recognize(head) }))
    .sort((a, b) => b.sure - a.sure)
  const { parser, sure } = ranked[0]!
  const events: Event[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut)
  }
  const parsed = await parser.read(
    { ...head, modified: null, chunks },
    { event: (event) => void events.push(event), gap: (gap) => void gaps.push(gap), fact() {} },
  )
  return { parser: parser.name, sure, events, gaps, parsed }
}
