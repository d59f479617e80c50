import { CodeUnits } from '../lib/code-units.ts'
import { parseXml, type XmlElement } from '../lib/xml.ts'
import type { Event, FieldValue, Gap } from '../model.ts'
import type { Source, Sink } from './parser.ts'

/** A start tag of a configuration file: where it lies, and the elements around it, outermost first. */
export type Tag = {
  readonly element: XmlElement
  readonly parents: readonly XmlElement[]
  readonly raw: string
  readonly offset: number
  readonly length: number
  readonly line: number
}

const LIMIT = 16 * 1024 * 1024
const TAG = 65_536
const DEPTH = 64

/**
 * Walks through the tags of an XML file, so that what stands before a damaged place is read; from there on it is a gap.
 * Returns the bytes that were understood. https://www.w3.org/TR/xml/
 */
export async function readTags(source: Source, sink: Sink, take: (tag: Tag) => void): Promise<number> {
  const input = new CodeUnits(source.bytes)
  let size = 0
  for await (const chunk of source.chunks()) {
    if (size < LIMIT) input.push(chunk.subarray(0, LIMIT - size))
    size += chunk.length
  }
  const broken = walk(input, take)
  const read = Math.min(size, LIMIT)
  let gapBytes = 0
  const gap = (offset: number, end: number, reason: Gap['reason'], detail: string, line?: number): void => {
    gapBytes += end - offset
    sink.gap({ offset, length: end - offset, reason, detail, ...(line === undefined ? {} : { line }) })
  }
  if (broken && !(broken.reason === 'truncated' && size > LIMIT)) {
    gap(input.offset(broken.at), read, broken.reason, broken.detail, broken.line)
  } else {
    const end = broken ? input.offset(broken.at) : read - input.odd
    if (end < read) gap(end, read, 'corrupt', broken ? 'a tag without an end' : 'half a UTF-16 character')
  }
  if (size > LIMIT) gap(LIMIT, size, 'too-long', `a configuration file of more than ${LIMIT / 1_048_576} MiB`)
  return size - gapBytes
}

/** The element's own or an outer `location`: the site and path that a setting is for, null for the whole server. */
export function locationOf(tag: Tag): string | null {
  return tag.parents.findLast((parent) => parent.name === 'location')?.attributes.get('path') || null
}

/** The event of an entry of a configuration: a state without a time. */
export function configEvent(
  source: Source,
  log: string,
  tag: Tag,
  fields: Readonly<Record<string, FieldValue>>,
  target: string,
): Event {
  return {
    log,
    sources: [{ product: 'postern', service: log }],
    time: null,
    timeBasis: 'file',
    fields,
    raw: tag.raw,
    at: { path: source.path, offset: tag.offset, length: tag.length, line: tag.line },
    host: null,
    client: null,
    user: null,
    target,
    request: null,
    session: null,
  }
}

type Broken = { at: number; reason: Gap['reason']; detail: string; line: number }

/** Gives each start tag to `take`; returns where the text stops being XML, null when it is whole. */
function walk(input: CodeUnits, take: (tag: Tag) => void): Broken | null {
  // One character a code unit, so that positions are those of the window.
  const units = input.units
  const text = Buffer.from(units.buffer, units.byteOffset, input.length).toString('latin1')
  const open: XmlElement[] = []
  let [at, line, counted, rooted] = [0, 1, 0, false]
  const broken = (place: number, reason: Gap['reason'], detail: string): Broken => {
    for (; counted < place; counted++) if (units[counted] === 10) line++
    return { at: place, reason, detail, line }
  }

  for (;;) {
    const start = text.indexOf('<', at)
    const between = text.slice(at, start < 0 ? text.length : start)
    const zero = between.indexOf('\0')
    if (zero >= 0) {
      const tail = /^[\0\s]*$/.test(text.slice(at + zero))
      return broken(at + zero, tail ? 'nul-tail' : 'corrupt', 'zero bytes')
    }
    if (open.length === 0 && between.trim() !== '') return broken(at, 'corrupt', 'text outside of the configuration')
    if (start < 0) break

    const end = endOf(text, start)
    if (end < 0) {
      return text.length - start < TAG
        ? broken(start, 'truncated', 'a tag without an end')
        : broken(start, 'corrupt', 'a tag without an end')
    }
    at = end
    if (text[start + 1] === '!' || text[start + 1] === '?') continue
    const raw = input.text(start, end)
    if (raw.startsWith('</')) {
      const name = raw.slice(2, -1).trim()
      if (open.pop()?.name !== name.slice(name.indexOf(':') + 1)) return broken(start, 'corrupt', 'tags do not match')
      continue
    }
    const closed = raw.endsWith('/>')
    const element = parseXml(closed ? raw : `${raw.slice(0, -1)}/>`)
    if (!element || (rooted && open.length === 0)) return broken(start, 'corrupt', 'a tag that is none')
    if (open.length >= DEPTH) return broken(start, 'corrupt', `more than ${DEPTH} elements deep`)
    rooted = true
    for (; counted < start; counted++) if (units[counted] === 10) line++
    const offset = input.offset(start)
    take({ element, parents: open, raw, offset, length: input.offset(end) - offset, line })
    if (!closed) open.push(element)
  }
  const within = open.at(-1)
  return within ? broken(text.length, 'truncated', `the text ends within the element ${within.name}`) : null
}

/** The place after a tag, comment or section; -1 when it does not end. */
function endOf(text: string, start: number): number {
  for (const [begins, ends] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begins, start)) continue
    const end = text.indexOf(ends, start + begins.length)
    return end < 0 ? -1 : end + ends.length
  }
  let quote = ''
  for (let i = start + 1; i < text.length && i - start < TAG; i++) {
    const c = text[i]!
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '>') return i + 1
  }
  return -1
}
