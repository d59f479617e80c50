import { splitCsv } from '../../lib/csv.ts'
import { splitHeadLines } from '../../lib/text.ts'
import type { Event } from '../../model/event.ts'
import { beginsExchangeRow, ExchangeRows, isBareHeader } from '../exchange/csv-log.ts'
import type { Head, Sink } from '../parser.ts'
import { HttperrRows, isHttperrRow } from '../web/httperr.ts'
import { IisRows, misfit } from '../web/iis.ts'
import { exchangeAt } from '../web/pasted-exchange.ts'
import { requestByShape } from '../web/row-by-shape.ts'
import { cmdletRecord } from '../windows-events/cmdlet-line.ts'
import { windowsEvent } from '../windows-events/event.ts'
import { recordOfJson } from '../windows-events/json.ts'
import { recordOfLine } from '../windows-events/key-value.ts'

// Where a row may begin behind a prefix. What precedes is looked at no further than a path and a line number reach.
const ISO_ROW = /"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?"?,/
const W3C_ROW = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /
const NATIVE_ROW = /[0-9a-fA-F.:%]{2,45}, [^,]{1,256}, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, /
const PREFIX = 600
const DATED = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
/** What begins or ends a quotation in Markdown. */
const FENCE = /^\s{0,3}(?:```|~~~)/
const HEADER = /#(?:Software|Version|Log-type|Date|Fields):/i

type At = { offset: number; length: number; number: number }

/** What begins at a place of a line: to the end of it, or of the cell of a table whose quotation mark stands before. */
function unquoted(text: string, from: number): string {
  const end = text[from - 1] === '"' ? /^(?:[^"]|"")*/.exec(text.slice(from))![0].length : text.length
  return text.slice(from, from + end)
}

/**
 * Rows of IIS, HTTPERR and Exchange logs and Windows events in one line, one line after another, with headers between them or none
 * at all.
 */
export class MixedRows {
  readonly #path: string
  /**
   * Are rows read by the forms of their values? In a text that lies in no folder of a server: what is in it was copied. Where it
   * has headers, rows are read by these alone; in a quotation of Markdown without a header, those without a time, which are of no log.
   */
  #isByForm: boolean
  readonly #isCopied: boolean
  readonly #hasHeaders: boolean
  #isQuotation = false
  /** The lines of a copied text, as far as its beginning has them; the number of the last header of a request. */
  #lines: readonly string[] | null = null
  #headersTo = 0
  readonly #text: string
  readonly #sink: Sink
  readonly #iis: IisRows
  readonly #httperr: HttperrRows
  readonly #exchange: ExchangeRows

  constructor(source: Head, sink: Sink) {
    this.#path = source.path
    this.#text = source.text
    this.#isCopied = source.windowsPath === null
    this.#hasHeaders = /^#Fields:/im.test(source.text)
    this.#isByForm = this.#isCopied && !this.#hasHeaders
    this.#sink = sink
    this.#iis = new IisRows(source, sink, { strict: true })
    this.#httperr = new HttperrRows(source, sink)
    this.#exchange = new ExchangeRows(source, sink)
  }

  /** What a line is. `filler`: a mark or a comment of the text around rows. */
  take(text: string, at: At): 'row' | 'windows' | 'header' | 'filler' | 'other' {
    const windows = this.#windows(text, at)
    if (windows) {
      this.#sink.event({ ...windows, snippet: true })
      return 'windows'
    }
    if (this.#hasHeaders && FENCE.test(text)) {
      this.#isQuotation = !this.#isQuotation
      this.#isByForm = this.#isCopied && this.#isQuotation
    }
    const head = text.slice(0, PREFIX)
    const header = HEADER.exec(head)
    if (header && !ISO_ROW.test(head.slice(0, header.index))) return this.#header(text.slice(header.index), at)
    if (at.number > 0 && at.number <= this.#headersTo) return 'row'
    const event = this.#row(text, head, at)
    if (event) {
      const own = this.#isCopied ? withoutMarks(event) : event
      this.#sink.event({ ...own, raw: text, snippet: true })
      return 'row'
    }
    const shaped =
      this.#isByForm && (!this.#hasHeaders || !DATED.test(head)) ? requestByShape(text, this.#path, at) : null
    if (shaped) {
      this.#sink.event(this.#withHeaders(shaped, at))
      return 'row'
    }
    const trimmed = text.trim()
    if (isBareHeader(trimmed)) {
      this.#exchange.bareHeader(trimmed, at)
      return 'header'
    }
    return /^(?:$|#|```|~~~|\/\/|;|--+$|==+$|>\s*$)/.test(trimmed) ? 'filler' : 'other'
  }

  /** What is wrong with a text that looks like a row of IIS and was not taken for one; null when it does not. */
  complaint(text: string): string | null {
    const row = W3C_ROW.exec(text.slice(0, PREFIX))
    return row && misfit(text.slice(row.index).trimEnd())
  }

  finish(): void {
    this.#iis.finish()
    this.#exchange.finish()
  }

  /** With what the lines behind the line of a request say of it. */
  #withHeaders(event: Event, { number }: At): Event {
    if (number === 0) return event
    this.#lines ??= splitHeadLines(this.#text)
    const exchange = exchangeAt(this.#lines, number - 1)
    if (exchange === null) return event
    this.#headersTo = number + exchange.headers
    return { ...event, fields: { ...event.fields, ...exchange.fields } }
  }

  #header(line: string, at: At): 'header' {
    if (/^#Fields:/i.test(line)) this.#isByForm = false
    if (/^#Fields:[^,]*$/i.test(line)) {
      if (/\bs-reason\b/.test(line)) this.#httperr.header(line)
      // Firewalls and others write such headers too.
      else if (/\b(?:cs-uri-stem|cs-method|c-ip)\b/.test(line)) this.#iis.header(line)
    } else {
      if (/^#Date:/i.test(line)) this.#iis.header(line)
      this.#exchange.header(line, at)
    }
    return 'header'
  }

  #row(text: string, head: string, at: At): Event | null {
    const iso = ISO_ROW.exec(head)
    // A time and a comma stand in every JSON object too.
    if (iso && !/^\s*[{[]/.test(head.slice(0, 64))) return this.#exchangeRow(text.slice(iso.index), at)
    const w3c = W3C_ROW.exec(head)
    if (w3c) {
      const row = unquoted(text, w3c.index).trimEnd()
      return isHttperrRow(row) ? this.#httperr.row(row, at) : (this.#iis.row(row, at) ?? this.#httperr.row(row, at))
    }
    const native = NATIVE_ROW.exec(head)
    return native ? this.#iis.row(afterNumber(text.slice(native.index)), at) : null
  }

  #windows(text: string, at: At): Event | null {
    const record = /^\s{0,40}\{/.test(text)
      ? recordIn(text)
      : text.includes('Event')
        ? recordOfLine(text)
        : this.#isByForm
          ? cmdletRecord(text)
          : null
    return (
      record && windowsEvent(record, text, { path: this.#path, offset: at.offset, length: at.length, line: at.number })
    )
  }

  // What follows a row on its line (a closing quote of the text around it) belongs to its last value at most.
  #exchangeRow(row: string, at: At): Event | null {
    if (!beginsExchangeRow(row)) return null
    const { values, open } = splitCsv(row)
    return this.#exchange.record(values, row, at, open)
  }
}

/** A quotation mark or arrow of the text around a row, behind its path: no client can ask for such a page. */
function withoutMarks(event: Event): Event {
  const { 'cs-uri-stem': stem } = event.fields
  if (typeof stem !== 'string' || !/["'`>]$/.test(stem)) return event
  const plain = stem.replace(/["'`>]{1,9}$/, '')
  const url = event.fields['cs-uri']
  const fields = { ...event.fields, 'cs-uri-stem': plain }
  const whole = typeof url === 'string' && url.startsWith(stem) ? { 'cs-uri': plain + url.slice(stem.length) } : {}
  return { ...event, fields: { ...fields, ...whole }, target: event.target === stem ? plain : event.target }
}

function recordIn(text: string): ReturnType<typeof recordOfJson> {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? recordOfJson({ ...value }) : null
  } catch {
    return null
  }
}

// `12:198.51.100.7, -, …`: a line number in front of an address looks like a part of it.
function afterNumber(row: string): string {
  const m = /^:?\d{0,7}:(?=\d{1,3}(?:\.\d{1,3}){3}, )/.exec(row)
  return m ? row.slice(m[0].length) : row
}
