import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { oabRow } from '../exchange/oab-row.ts'
import { cmdletRecord } from '../windows-events/cmdlet-line.ts'
import { requestByShape } from '../web/row-by-shape.ts'
import { takeLineWithoutRow } from './excerpt-lines.ts'
import { MixedRows } from './mixed-rows.ts'
import { continued, quotedCommands } from '../powershell/quoted-command.ts'

/**
 * Rows of IIS, HTTPERR and Exchange logs inside other text: what Select-String, findstr and grep print, what people
 * paste into reports and forum posts. Several logs may stand in one file, with headers in the middle or none at all,
 * and Windows events between them, one a line. Only a `#Fields:` line as the logs write it says what values mean; a row
 * of IIS without one must fit a set of default fields as it stands, since nothing tells whether somebody made it up.
 */
export const snippet: Parser = {
  name: 'snippet',
  title: 'Log rows inside a text',
  product: 'any',
  most: 90,
  recognize,
  read,
}

function recognize(head: Head): number {
  if (!ANY_TIME.test(head.text) && !NATIVE_TIME.test(head.text)) return copied(head)
  const rows = new MixedRows(head, { event: () => {}, gap: () => {}, fact: () => {} })
  const lines = splitHeadLines(head.text).slice(0, 5_000)
  const found = new Set(lines.map((text) => rows.take(text, { offset: 0, length: 0, number: 0 })))
  // Where Windows events stand between rows of logs, no other parser reads both.
  if (found.has('row')) return found.has('windows') ? 90 : 45
  // A row that cannot be read is reported when no other parser knows the file better.
  if (found.has('other') && lines.some((text) => rows.complaint(text) !== null)) return 20
  return copied(head)
}

function copied(head: Head): number {
  if (head.windowsPath !== null) return 0
  const at = { offset: 0, length: 0, number: 0 }
  const holdsRow = splitHeadLines(head.text)
    .slice(0, 2_000)
    .some(
      (text) =>
        cmdletRecord(text) !== null ||
        requestByShape(text, head.path, at) !== null ||
        oabRow({ ...at, text }, head.path) !== null,
    )
  return holdsRow ? 45 : holdsCommands(head) ? COMMANDS : 0
}

/** As sure as a text of commands is known, where nothing else in it is. */
const COMMANDS = 15

/**
 * Is it an excerpt that lists commands? A text in a folder of the server is a file of the server, in which people note
 * what they mean to do; scripts are programs.
 */
function holdsCommands({ path, windowsPath, text }: Head): boolean {
  if (windowsPath !== null || !/(?:\.(?:txt|log|md|csv|tsv)|(?:^|[\\/])[^.\\/]+)$/i.test(path)) return false
  let others = 0
  const found = { sure: 0, all: 0 }
  for (const line of wholeCommands(splitHeadLines(text).slice(0, 2_000))) {
    const commands = quotedCommands(line)
    if (commands.length > 0) found.all++
    else if (!/^\s{0,40}(?:$|```|~~~)/.test(line)) others++
    if (commands.some(({ isSure }) => isSure)) found.sure++
  }
  return (found.sure > 0 && found.all * 3 >= others) || (found.sure > 1 && found.all * 8 >= others)
}

/** Lines with those joined that a command goes on in. */
function* wholeCommands(lines: readonly string[]): Generator<string> {
  let open = ''
  for (const line of lines) {
    const more = continued(line)
    if (more !== null && open.length < COMMAND) open += more
    else {
      yield open + line
      open = ''
    }
  }
  if (open !== '') yield open
}

/** A command of many lines is cut here. */
const COMMAND = 16_384

async function read(source: Source, sink: Sink): Promise<number> {
  const rows = new MixedRows(source, sink)
  const take = (line: Line, unread: ReportUnreadLines): void => {
    if (rows.take(line.text, line) !== 'other') return
    const complaint = rows.complaint(line.text)
    if (complaint === null) takeLineWithoutRow(line, source, sink, unread, 'text that is no row of a log')
    else unread(line, 'unsupported', complaint)
  }
  let open: Line | null = null
  const end = (unread: ReportUnreadLines): void => {
    if (open !== null) take(open, unread)
    open = null
  }
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread) => {
      const more = source.windowsPath === null ? continued(line.text) : null
      const text = (open?.text ?? '') + (more ?? line.text)
      const { offset, number } = open ?? line
      open = { ...line, text, offset, number, length: line.offset + line.length - offset }
      if (more === null || text.length > COMMAND) end(unread)
    },
    end,
  )
  rows.finish()
  return parsed
}

const ANY_TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/
const NATIVE_TIME = /, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, /
