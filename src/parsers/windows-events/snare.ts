import type { Line } from '../../lib/lines.ts'
import { monthNumber } from '../../lib/time.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { LocalRows } from './csv.ts'
import { recordOfJson } from './json.ts'
import type { WindowsRecord } from './record.ts'

/**
 * Windows events that an agent sent to a syslog server in the format of Snare, one a line with tabs, which rsyslog writes as `#011`
 * (https://docs.nxlog.co/refman/current/xm/syslog.html, `to_syslog_snare`). The text of the event is one line.
 */
export const snareEvents: Parser = {
  name: 'snare-events',
  title: 'Windows events in the format of Snare',
  product: 'windows',
  most: 93,
  recognize,
  read,
}

const MARK = /\bMSWinEventLog(?:\t|#011)/
const TAB = /\t|#011/

function recognize({ text }: Head): number {
  const lines = text.slice(0, 32_768).split(/\r\n|\n|\r/, 20)
  return lines.some((line) => MARK.test(line) && recordOfLine(line) !== null) ? 93 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const local = new LocalRows(source, sink)
  const parsed = await readLines(source, sink, (line: Line, unread: ReportUnreadLines) => {
    if (line.text.trim() === '') return
    const record = recordOfLine(line.text)
    if (record === null) unread(line, 'unsupported', 'a line that is no event of Snare')
    else local.hold(record, { ...line, values: [] })
  })
  local.finish()
  return parsed
}

function recordOfLine(line: string): WindowsRecord | null {
  const mark = MARK.exec(line)
  if (mark === null) return null
  const fields = line.slice(mark.index).split(TAB)
  const [, , channel, , stamp, id, provider, , , , computer] = fields
  if (channel === undefined || id === undefined || !/^\d{1,5}$/.test(id) || computer === undefined) return null
  return recordOfJson({
    EventID: Number(id),
    Channel: channel,
    Provider_Name: provider ?? null,
    Computer: computer,
    TimeCreated: timeOf(stamp ?? ''),
    Message: asLines(fields[13] ?? ''),
  })
}

/** `Tue Jun 11 01:10:02 2024`: the local time of the machine. */
function timeOf(stamp: string): string | null {
  const found = /^[a-z]{3} ([a-z]{3}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/i.exec(stamp.trim())
  const month = found ? monthNumber(found[1]!) : 0
  if (!found || month === 0) return null
  return `${found[4]}-${String(month).padStart(2, '0')}-${found[2]!.padStart(2, '0')} ${found[3]}`
}

/** The lines of the text of an event whose ends became blanks: each label begins one, and one without a value heads those below it. */
export function asLines(text: string): string {
  const lines = text.replaceAll(/ {1,20}([A-Z][A-Za-z]{0,20}(?: (?:[A-Z][A-Za-z]{0,20}|of|in)){0,4}: )/g, '\n\t$1')
  // What explains the event follows its values without a label.
  const own = lines.replace(
    / {2,20}(?=(?:Token Elevation Type indicates|This event is generated|The subject fields indicate)\b)/,
    '\n\n',
  )
  return own.replaceAll(/\n\t([A-Z][A-Za-z ]{1,60}:) *(?=\n|$)/g, '\n\n$1')
}
