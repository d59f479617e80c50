import { looseObjects } from '../../lib/loose-json.ts'
import type { Line } from '../../lib/lines.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { rulesIn } from '../common/rule-text.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { CloudAccount } from './account.ts'
import { PRINTED_LINE, recordsOfLines } from './printed-lines.ts'
import { PRINTED_HEAD, printedRecords } from './printed-table.ts'
import { type CloudRecord, cloudRecord } from './record.ts'

/**
 * Records of Microsoft 365 and Entra as reports quote them: JSON with comments, with members left out or without the braces around
 * it, dictionaries of Python, rows of tables in Markdown, and members one a line. In a folder of a server, and where the text is JSON, other parsers read it.
 */
export const looseRecords: Parser = {
  name: 'loose-records',
  title: 'Records of Microsoft 365 or Entra in a text',
  product: 'microsoft-365',
  most: 56,
  recognize,
  read,
}

/** No excerpt is longer. */
const LONGEST = 4 * 1024 * 1024
const HINT = /["'](?:CreationTime|createdDateTime|Operation|activityDisplayName|requestUri)["']\s{0,8}:/i

function recognize(head: Head): number {
  if (
    head.windowsPath !== null ||
    (head.size ?? 0) > LONGEST ||
    !(HINT.test(head.text) || PRINTED_HEAD.test(head.text) || PRINTED_LINE.test(head.text))
  )
    return 0
  return recordsIn(head.text).length > 0 ? 56 : 0
}

type Found = { readonly record: CloudRecord; readonly from: number; readonly to: number }

function recordsIn(text: string): Found[] {
  const ofRules = placesOfRules(text)
  const printed = [...printedRecords(text), ...recordsOfLines(text)]
  const all =
    printed.length === 0 ? looseObjects(text) : [...looseObjects(text), ...printed].sort((a, b) => a.from - b.from)
  return all.flatMap(({ value, from, to }) => {
    const record = within(value, 0)
    return record === null || ofRules(from) ? [] : [{ record, from, to }]
  })
}

/** Does a place of a text, asked in order, stand in a line of a rule? */
function placesOfRules(text: string): (at: number) => boolean {
  const rules = rulesIn(text)
  if (rules === null) return () => false
  let next = 0
  let isRule = false
  return (at) => {
    while (next <= at && next <= text.length) {
      const end = text.indexOf('\n', next)
      isRule = rules.takes(text.slice(next, end < 0 ? text.length : end))
      next = end < 0 ? text.length + 1 : end + 1
    }
    return isRule
  }
}

const DEPTH = 4

/** The record that an object is or holds. */
function within(value: unknown, depth: number): CloudRecord | null {
  if (typeof value !== 'object' || value === null || depth > DEPTH) return null
  const own = Array.isArray(value) ? null : cloudRecord(value as Record<string, unknown>)
  if (own) return own
  for (const inner of Object.values(value).slice(0, 200)) {
    const found = within(inner, depth + 1)
    if (found) return found
  }
  return null
}

async function read(source: Source, sink: Sink): Promise<number> {
  const lines: Line[] = []
  const account = new CloudAccount(source, sink, false)
  const end = (unread: ReportUnreadLines): void => {
    give(lines, account, (line) => takeOtherLine(line, source, sink, unread, 'text that is no record'))
    lines.length = 0
  }
  let size = 0
  const take = (line: Line): void => {
    lines.push(line)
    size = line.offset + line.length
  }
  const parsed = await readLines(source, sink, take, end)
  account.finish(source.size ?? size)
  return parsed
}

/** The records of lines, each at the lines that it stands in; of several that begin in one line the first. */
function give(lines: readonly Line[], account: CloudAccount, other: (line: Line) => void): void {
  const text = lines.map((line) => line.text).join('\n')
  let at = 0
  let place = 0
  /** The next lines that begin before a place. */
  const until = (end: number): Line[] => {
    const own: Line[] = []
    for (; at < lines.length && place < end; at++) {
      own.push(lines[at]!)
      place += lines[at]!.text.length + 1
    }
    return own
  }
  for (const { record, from, to } of recordsIn(text)) {
    if (from < place) continue
    for (const line of until(text.lastIndexOf('\n', from) + 1)) other(line)
    const own = until(to)
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) continue
    const raw = own.map((line) => line.text).join('\n')
    const length = last.offset + last.length - first.offset
    account.take({ record, raw, offset: first.offset, length, line: first.number, isSnippet: true, isQuoted: true })
  }
  for (const line of until(Infinity)) other(line)
}
