import { CodeUnits } from '../../lib/code-units.ts'
import { childElement, childElements, parseXml, elementText, type XmlElement } from '../../lib/xml.ts'
import type { FieldValue } from '../../model/event.ts'
import type { Gap, GapReason } from '../../model/evidence.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { levelOf, systemTime, windowsEvent, wholeNumber } from './event.ts'
import { type DataItem, type WindowsRecord } from './record.ts'

/**
 * Windows events as XML, as Event Viewer, `wevtutil` and `evtx_dump` write them: in an `Events` element, alone, or one
 * after the other without any root. https://learn.microsoft.com/windows/win32/wes/eventschema-schema
 */
export const xmlEvents: Parser = {
  name: 'xml-events',
  title: 'Windows events as XML',
  product: 'windows',
  recognize,
  read,
}

/** A record out of the XML of one event; null when it is none. */
export function recordOfXml(event: XmlElement): WindowsRecord | null {
  const system = childElement(event, 'System')
  const eventId = wholeNumber(textIn(system, 'EventID'))
  if (!system || event.name !== 'Event' || eventId === null) return null
  const provider = childElement(system, 'Provider')
  const execution = childElement(system, 'Execution')
  const more: [string, FieldValue][] = []
  const add = (name: string, value: string | null | undefined): void => {
    if (value) more.push([name, wholeNumber(value) ?? value])
  }
  add('Version', textIn(system, 'Version'))
  add('Task', textIn(system, 'Task'))
  add('Opcode', textIn(system, 'Opcode'))
  add('Qualifiers', childElement(system, 'EventID')?.attributes.get('Qualifiers'))
  add('Execution_ProcessID', execution?.attributes.get('ProcessID'))
  add('Execution_ThreadID', execution?.attributes.get('ThreadID'))
  add('Correlation_ActivityID', childElement(system, 'Correlation')?.attributes.get('ActivityID'))
  return {
    system: {
      eventId,
      provider: provider?.attributes.get('Name') || provider?.attributes.get('EventSourceName') || null,
      channel: textIn(system, 'Channel'),
      computer: textIn(system, 'Computer'),
      level: levelOf(textIn(system, 'Level')),
      recordId: wholeNumber(textIn(system, 'EventRecordID')),
      userId: childElement(system, 'Security')?.attributes.get('UserID') ?? null,
      keywords: textIn(system, 'Keywords'),
      more,
    },
    data: dataOfXml(event),
    message: textIn(childElement(event, 'RenderingInfo'), 'Message'),
    when: systemTime(childElement(system, 'TimeCreated')?.attributes.get('SystemTime')),
  }
}

/** The data items of an `Event` element, or of an `EventData` element that stands alone. */
export function dataOfXml(event: XmlElement): DataItem[] {
  const items: DataItem[] = []
  const blocks = event.name === 'Event' ? event.children : [event]
  for (const block of blocks) {
    if (typeof block === 'object' && (block.name === 'EventData' || block.name === 'UserData')) addItems(block, items)
  }
  return items
}

function addItems(block: XmlElement, items: DataItem[]): void {
  for (const element of childElements(block)) {
    if (element.name === 'DataItem' || childElements(element).length > 0) {
      addItems(element, items)
      continue
    }
    const name = element.attributes.get('Name') ?? (element.name === 'Data' ? null : element.name)
    // The names of a provider's own elements in UserData are the names of its fields.
    items.push([name === '' ? null : name, elementText(element)])
  }
}

function textIn(element: XmlElement | null, name: string): string | null {
  const child = childElement(element, name)
  return child ? elementText(child).trim() || null : null
}

const EVENT = /<(?:\w+:)?Event(?:\s[^<>]*)?>\s*<(?:\w+:)?System[\s>]/

function recognize(head: Head): number {
  const text = head.text
  if (text === '' || !text.includes('Event')) return 0
  if (!EVENT.test(text)) return 0
  return /^\s*</.test(text) ? 92 : 70
}

async function read(source: Source, sink: Sink): Promise<number> {
  const records = new XmlRecords(source, sink)
  for await (const chunk of source.chunks()) records.push(chunk)
  return records.finish()
}

const LIMIT = 16 * 1024 * 1024
/** Comments, tags and text between records are looked through in pieces of at most this length. */
const PIECE = 65_536
const KEEP = 256
const LESS = 60
const SLASH = 47
const COLON = 58
const MORE = 62
const LETTER_E = 69
const BANG = 33

/** Finds the `Event` elements of a stream; what lies between them is known markup or a gap. */
class XmlRecords {
  readonly #in: CodeUnits
  readonly #path: string
  readonly #sink: Sink
  #pos = 0
  /** Where the record begins that is being read, else -1. */
  #start = -1
  #nested = 0
  /** Inside a CDATA section of the record. */
  #cdata = false
  #run: Omit<Gap, 'path'> | null = null
  #gapBytes = 0

  constructor(source: Source, sink: Sink) {
    this.#in = new CodeUnits(source.bytes)
    this.#path = source.path
    this.#sink = sink
  }

  push(chunk: Uint8Array): void {
    const keep = this.#start >= 0 ? this.#start : this.#pos
    if (keep > PIECE || keep > this.#in.length / 2) {
      this.#in.drop(keep)
      this.#pos -= keep
      if (this.#start >= 0) this.#start -= keep
    }
    this.#in.push(chunk)
    this.#scan(false)
  }

  finish(): number {
    this.#scan(true)
    const { odd, size } = this.#in
    if (odd > 0) this.#gapBytesAt(size - odd, odd, 'corrupt', 'half a UTF-16 character')
    this.#endRun()
    return size - this.#gapBytes
  }

  #scan(final: boolean): void {
    while (this.#pos < this.#in.length) {
      const [pos, start] = [this.#pos, this.#start]
      if (this.#start < 0) this.#passBetween(final)
      else this.#passRecord(final)
      if (this.#pos === pos && this.#start === start) return
    }
    if (final && this.#start >= 0) {
      this.#gap(this.#start, this.#in.length, 'truncated', 'the text ends within an event')
      this.#start = -1
    }
  }

  // ---- between records

  #passBetween(final: boolean): void {
    const { units, length } = this.#in
    let at = this.#pos
    while (at < length && units[at]! <= 32 && units[at] !== 0) at++
    this.#pos = at
    if (at >= length) return
    if (units[at] === 0) return this.#passZeros()
    if (units[at] !== LESS) return this.#passText(final)

    const begins = this.#beginsEvent(at, final)
    if (begins === WAIT) return
    if (begins !== NO) {
      this.#start = at
      this.#nested = 0
      this.#cdata = false
      this.#pos = at + 1
      return
    }
    this.#passMarkup(at, final)
  }

  #passZeros(): void {
    const { units, length } = this.#in
    let at = this.#pos
    while (at < length && units[at] === 0) at++
    this.#gap(this.#pos, at, 'nul-tail', 'zero bytes')
    this.#pos = at
  }

  #passText(final: boolean): void {
    const { units, length } = this.#in
    let at = this.#pos
    while (at < length && units[at] !== LESS && units[at] !== 0 && at - this.#pos < PIECE) at++
    if (at === length && !final && at - this.#pos < PIECE) return
    // `evtx_dump` writes `Record 12` above each record.
    if (!/^\s*(?:Record \d+\s*)+$/.test(this.#in.text(this.#pos, at)))
      this.#gap(this.#pos, at, 'unsupported', 'text between events')
    this.#pos = at
  }

  // A declaration, a comment, or the tags of the elements that hold the events.
  #passMarkup(at: number, final: boolean): void {
    const comment = this.#startsWith(at, '<!--')
    if (comment === WAIT && !final) return
    const end = this.#find(comment === true ? '-->' : '>', at)
    const length = this.#in.length
    if (end < 0 && !final && length - at < PIECE) return
    if (end < 0) {
      const to = Math.min(length, at + PIECE)
      this.#gap(at, to, length - at >= PIECE ? 'unsupported' : 'truncated', 'markup without an end')
      this.#pos = to
      return
    }
    const text = this.#in.text(at, Math.min(end, at + 200))
    const known = comment === true || /^<[?!]/.test(text) || /^<\/?(?:\w+:)?(?:Events?|EventLog|root)[\s/>]/i.test(text)
    if (!known) this.#gap(at, end, 'unsupported', 'an element that is no event')
    this.#pos = end
  }

  // ---- a record

  #passRecord(final: boolean): void {
    const { units, length } = this.#in
    for (let at = this.#pos; ; at++) {
      if (this.#cdata) {
        const end = this.#find(']]>', at)
        if (end < 0) {
          this.#pos = final ? length : Math.max(this.#pos, length - 2)
          return this.#limit()
        }
        this.#cdata = false
        at = end
      }
      at = units.indexOf(LESS, at)
      if (at < 0 || at >= length) {
        this.#pos = length
        return this.#limit()
      }
      // Enough must be there to tell what begins here.
      this.#pos = at
      if (length - at < KEEP && !final) {
        const short = this.#find('>', at)
        if (short < 0) return
      }
      const next = units[at + 1]
      if (next === BANG && this.#startsWith(at, '<![CDATA[') === true) {
        this.#cdata = true
        at += 8
        this.#pos = at + 1
      } else if (next === SLASH) {
        const end = this.#mayBeEvent(at + 2) ? this.#endsEvent(at) : -1
        if (end < 0) continue
        if (this.#nested-- > 0) continue
        this.#complete(end)
        return
      } else {
        const begins = this.#mayBeEvent(at + 1) ? this.#beginsEvent(at, final) : NO
        if (begins === WAIT) return
        if (begins === NO) continue
        if (begins === RECORD) {
          this.#gap(this.#start, at, 'corrupt', 'the next event begins within this one')
          this.#start = -1
          return
        }
        // Some providers write an element of that name within UserData.
        this.#nested++
      }
    }
  }

  #limit(): void {
    if (this.#pos - this.#start <= LIMIT) return
    this.#gap(this.#start, this.#pos, 'too-long', `an event of more than ${LIMIT / 1_048_576} MiB`)
    this.#start = -1
  }

  #complete(end: number): void {
    const from = this.#start
    this.#start = -1
    this.#pos = end
    const raw = this.#in.text(from, end)
    const element = parseXml(raw)
    const record = element && recordOfXml(element)
    if (!record) {
      this.#gap(
        from,
        end,
        element ? 'unsupported' : 'corrupt',
        element ? 'an event without System or EventID' : 'tags do not match',
      )
      return
    }
    this.#endRun()
    const offset = this.#in.offset(from)
    const length = this.#in.offset(end) - offset
    const { recordId } = record.system
    const place = { path: this.#path, offset, length, ...(recordId ? { record: recordId } : {}) }
    this.#sink.event(windowsEvent(record, raw, place))
  }

  /** Does an `Event` element begin here; and is it a record, with a System block? */
  #beginsEvent(at: number, final: boolean): Begins {
    const { length } = this.#in
    const name = this.#in.text(at, Math.min(length, at + 48))
    const m = /^<(?:[\w.-]{1,32}:)?Event(?=[\s/>]|$)/.exec(name)
    if (!m) return this.#mayBegin(name) && at + 48 > length && !final ? WAIT : NO
    const end = this.#find('>', at)
    if (end < 0 || length - end < KEEP) {
      if (!final && length - at < PIECE) return WAIT
      if (end < 0) return INNER
    }
    return /^\s*(?:<!--(?:(?!-->)[^])*-->\s*)?<(?:[\w.-]{1,32}:)?System[\s/>]/.test(
      this.#in.text(end, Math.min(length, end + KEEP)),
    )
      ? RECORD
      : INNER
  }

  /** A quick look at a name, before it is read: does it begin with E, with or without a prefix? */
  #mayBeEvent(at: number): boolean {
    const { units, length } = this.#in
    if (units[at] === LETTER_E) return true
    for (let i = at; i < length && i < at + 33; i++) {
      const c = units[i]!
      if (c === COLON) return units[i + 1] === LETTER_E || i + 1 >= length
      if (c <= 32 || c === SLASH || c === MORE) return false
    }
    return at + 33 > length
  }

  #mayBegin(name: string): boolean {
    return /^<(?:[\w.-]{1,32}:?)?E?v?e?n?t?$/.test(name)
  }

  #endsEvent(at: number): number {
    const m = /^<\/(?:[\w.-]{1,32}:)?Event\s*>/.exec(this.#in.text(at, Math.min(this.#in.length, at + 64)))
    return m ? at + m[0].length : -1
  }

  /** The place after `sign`, -1 when it is not in the window. */
  #find(sign: string, from: number): number {
    const { units, length } = this.#in
    const last = sign.charCodeAt(sign.length - 1)
    for (let at = from; ; ) {
      at = units.indexOf(last, at)
      if (at < 0 || at >= length) return -1
      at++
      if (at - sign.length >= from && this.#startsWith(at - sign.length, sign) === true) return at
    }
  }

  #startsWith(at: number, sign: string): boolean | typeof WAIT {
    const { units, length } = this.#in
    for (let i = 0; i < sign.length; i++) {
      if (at + i >= length) return WAIT
      if (units[at + i] !== sign.charCodeAt(i)) return false
    }
    return true
  }

  // ---- gaps

  #gap(from: number, to: number, reason: GapReason, detail: string): void {
    const offset = this.#in.offset(from)
    this.#gapBytesAt(offset, this.#in.offset(to) - offset, reason, detail)
  }

  #gapBytesAt(offset: number, length: number, reason: GapReason, detail: string): void {
    if (length <= 0) return
    const run = this.#run
    if (run && run.reason === reason && run.detail === detail) {
      // Only blanks and known markup lie between the two.
      this.#run = { ...run, length: offset + length - run.offset }
      return
    }
    this.#endRun()
    this.#sink.losing?.()
    this.#run = { offset, length, reason, detail }
  }

  #endRun(): void {
    if (!this.#run) return
    this.#gapBytes += this.#run.length
    this.#sink.gap(this.#run)
    this.#run = null
  }
}

const NO = 0
const WAIT = 1
const RECORD = 2
const INNER = 3
type Begins = typeof NO | typeof WAIT | typeof RECORD | typeof INNER
