import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { type EventColumns, type EventRow, LocalRows, LONGEST_TEXT, recordOfRow, withLine } from './csv.ts'

/**
 * Events as the Event Viewer copies them (`Copy Details as Text`), which people paste into reports: ten lines of a label and
 * a value in a fixed order, in the language of Windows, and below the last one the text of the event. Times are local. And as
 * `wevtutil qe … /f:text` prints them: the same lines below `Event[0]:`, some called otherwise, and two more.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil
 */
export const copiedEvents: Parser = {
  name: 'copied-events',
  title: 'Windows events copied as text',
  product: 'windows',
  recognize,
  read,
}

/** The lines in their order, by the names that a record has; the last one is the description. */
const NAMES = ['LogName', 'ProviderName', 'TimeCreated', 'Id', '', 'Level', 'Keywords', '', 'MachineName'] as const
const COLUMNS: EventColumns = { names: NAMES, delimiter: '', utc: false, isViewer: true }
/** Where lines are left out, the labels in English tell which ones are there. */
const LABELS: ReadonlyMap<string, number> = new Map(
  ['log name', 'source', 'date', 'event id', 'task category', 'level', 'keywords', 'user', 'computer', 'description']
    .map((label, i): [string, number] => [label, i])
    .concat([
      ['task', 4],
      ['keyword', 6],
    ]),
)
/** What only wevtutil prints: lines of a head that say nothing more, and the line above each event. */
const FURTHER = new Set(['opcode', 'user name'])
const ABOVE = /^Event ?\[\d{1,10}\]:?\s*$/
const LABELLED = /^\s{0,8}([^\s:\uff1a\d][^:\uff1a\d]{1,40})[:\uff1a]\s{0,20}(.*)$/
const CHANNEL =
  /^(?:Security|System|Application|Setup|ForwardedEvents|Windows PowerShell|MSExchange Management|Microsoft-[\w-]{2,80}(?:\/[\w -]{1,40})?)$/

type Block = { readonly values: (string | undefined)[]; lines: number; isText: boolean; text: string; row: EventRow }

/** A line of a label and a value; `place`: that of the label among the lines, where it is in English. */
type Labelled = { readonly label: string; readonly place: number | undefined; readonly value: string }

function labelled(text: string): Labelled | null {
  const m = LABELLED.exec(text)
  return m ? { label: m[1]!, place: LABELS.get(m[1]!.trim().toLowerCase()), value: m[2]!.trim() } : null
}

/** A line that may be the first of an event: it names a channel. */
function channelIn(text: string): Labelled | null {
  const line = labelled(text)
  return line !== null && (line.place ?? 0) === 0 && CHANNEL.test(line.value) ? line : null
}

/** Does an event begin here: a channel, and in the next lines a time and the number of an event, or this under its English label? */
function begins(lines: readonly string[], at: number): boolean {
  const first = channelIn(lines[at]!)
  if (first === null) return false
  const next = lines.slice(at + 1, at + 4).map(labelled)
  const isNumber = (line: Labelled | null): boolean => /^\d{1,5}$/.test(line?.value ?? '')
  if (first.place === 0) return next.some((line) => line?.place === EVENT_ID && isNumber(line))
  return next.some(isNumber) && next.some((line) => DATED.test(line?.value ?? ''))
}

/** Place of the number among the lines. */
const EVENT_ID = 3
/** A day and a time of it, in whatever order and calendar. */
const DATED = /\d{1,4}\D{1,4}\d{1,4}\D{1,4}\d{1,4}\D{1,20}\d{1,2}[:.]\d{2}/

function recognize(head: Head): number {
  const lines = splitHeadLines(head.text).slice(0, 400)
  return lines.some((_, i) => begins(lines, i)) ? 84 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const local = new LocalRows(source, sink)
  let block: Block | null = null
  /** What the first line of an event is called in this file. */
  let label: string | null = null
  /** A line in the text of an event that may be the first of one in another language, and the event before it. */
  let maybe: { readonly before: Block; readonly first: Labelled; readonly lines: Line[] } | null = null
  const end = (unread: ReportUnreadLines): void => {
    if (block !== null) give(block, local, unread)
    block = maybe = null
  }
  const begin = (line: Line, first: Labelled, unread: ReportUnreadLines): void => {
    end(unread)
    label = first.label
    block = begun(line, first.value)
  }
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread) => {
      if (ABOVE.test(line.text)) return end(unread)
      const first = channelIn(line.text)
      if (first !== null && (block === null || first.label === label)) return begin(line, first, unread)
      if (block === null) {
        if (line.text.trim() !== '') unread(line, 'unsupported', 'text that is no event')
        return
      }
      if (first !== null && block.isText) maybe = { before: { ...block, values: [...block.values] }, first, lines: [] }
      maybe?.lines.push(line)
      if (first !== null && !block.isText) unread(line, 'corrupt', 'the first line of another event')
      else if (!take(block, line)) unread(line, 'corrupt', 'a line of an event over again')
      if (maybe === null) return
      const [head, ...rest] = maybe.lines
      const texts = maybe.lines.map(({ text }) => text)
      if (begins(texts, 0)) {
        // It was no text: an event in another language begins here.
        block = maybe.before
        begin(head!, maybe.first, unread)
        for (const next of rest) take(block, next)
      } else if (texts.length > 3) maybe = null
    },
    end,
  )
  local.finish()
  return parsed
}

function begun({ text, offset, length, number }: Line, channel: string): Block {
  return { values: [channel], lines: 1, isText: false, text: '', row: { values: [], text, offset, length, number } }
}

/** One more line of an event: of its head, or of its text; false where its head has such a line already. */
function take(block: Block, more: Line): boolean {
  const { text } = more
  block.row = withLine(block.row, more)
  const line = block.isText ? null : labelled(text)
  if (line !== null && FURTHER.has(line.label.trim().toLowerCase())) return true
  const place = line?.place ?? block.lines
  if (line === null || place >= NAMES.length) {
    // What is below the head is the text, whether a line announces it or not.
    block.isText ||= text.trim() !== ''
    if (block.text.length < LONGEST_TEXT) block.text += `${line === null ? text : line.value}\n`
    return true
  }
  if (block.values[place] !== undefined) return false
  block.lines = place + 1
  block.values[place] = line.value
  return true
}

function give({ values, text, row }: Block, local: LocalRows, unread: ReportUnreadLines): void {
  const record = recordOfRow(COLUMNS, [...NAMES.map((_, i) => values[i] ?? ''), text.trim()])
  if (!record) return unread(row, 'corrupt', 'an event without a number')
  local.hold(record, row)
}
