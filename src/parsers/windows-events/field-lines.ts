import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines, type Stretch } from '../common/lines.ts'
import { rulesIn } from '../common/rule-text.ts'
import { quotedEvent } from '../powershell/history.ts'
import { quotedCommands } from '../powershell/quoted-command.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'
import { requestEvent } from '../web/row-by-shape.ts'
import { FieldTable } from './field-table.ts'
import { eventIdOf, eventOfFields } from './field-event.ts'
import { eventField, valueOf } from './field-names.ts'

/**
 * Fields of an event of Sysmon or of process creation, a line each, without the event around them, as reports quote what a
 * tool displayed: `ParentImage: …`, `CommandLine: …`. Which event it is shows by the fields. In a folder of a server such a text
 * is a user's file.
 */
export const fieldLines: Parser = {
  name: 'field-lines',
  title: 'Fields of Windows events',
  product: 'windows',
  recognize,
  read,
}

const FIELD = /^[\s>*`"'\u2022|-]{0,12}([A-Za-z][\w. ]{1,40}?)[`*"']{0,3}\s{0,20}[:=]\s{0,20}(\S.*)$/

type Fields = Map<string, string>

type Field = readonly [name: string, value: string]

/** The fields of a line: mostly one, or several whose values are marked as code. */
function fieldsOf(text: string): Field[] {
  if (text.length > 32_768) return []
  const paired = pairedFields(text)
  if (paired.length > 0) return paired
  const [, said, value] = FIELD.exec(text) ?? []
  const name = said === undefined ? undefined : eventField(said)
  return name === undefined ? markedFields(text) : [[name, valueOf(name, value!)]]
}

/** `` `NewProcessName=cmd.exe`, `CommandLine="cmd.exe /c dir"` `` */
const PAIRED = /`([A-Za-z]\w{2,40})=("[^`]{0,8192}"|[^`"\s][^`]{0,8192})`/g

function pairedFields(text: string): Field[] {
  return [...text.matchAll(PAIRED)].flatMap(([, said, value]): Field[] => {
    const name = eventField(said!)
    return name === undefined ? [] : [[name, valueOf(name, value!)]]
  })
}

const MARKED = /^[\s>*\u2022-]{0,12}[A-Za-z][\w ]{1,40} `/
const MARKED_FIELD = /(?:^|[\s,;])([A-Za-z]\w{1,20}(?: [a-z]\w{1,20}){0,2}) `([^`]{1,8192})`(?: `([^`]{1,8192})`)?/g

/** `- host `MAIL01`, user `NT AUTHORITY\\SYSTEM``; behind a program may stand what started it. */
function markedFields(text: string): Field[] {
  if (!MARKED.test(text)) return []
  return [...text.matchAll(MARKED_FIELD)].flatMap(([, said, value, behind]): Field[] => {
    const name = eventField(said!)
    if (name === undefined) return []
    const line = name === 'ParentImage' ? 'ParentCommandLine' : name === 'Image' ? 'CommandLine' : null
    return [[name, valueOf(name, value!)], ...(behind && line ? [[line, behind] as const] : [])]
  })
}

function recognize(head: Head): number {
  if (head.windowsPath !== null) return 0
  const rules = rulesIn(head.text)
  const table = new FieldTable()
  let fields: Fields = new Map()
  for (const text of splitHeadLines(head.text).slice(0, 2_000)) {
    const row = table.take(text)
    if (row !== null && row !== 'header' && (row.request !== null || eventIdOf(row.fields) !== null)) return 58
    const own = rules?.takes(text) ? [] : fieldsOf(text)
    if (own.length === 0 || own.some(([name]) => fields.has(name))) fields = new Map()
    for (const [name, value] of own) fields.set(name, value)
    if (eventIdOf(fields) !== null) return 58
  }
  return 0
}

type Open = Stretch & { readonly fields: Fields; readonly lines: Line[] }

async function read(source: Source, sink: Sink): Promise<number> {
  let open: Open | null = null
  const rules = rulesIn(source.text)
  const end = (unread: ReportUnreadLines): void => {
    if (open === null) return
    const { lines } = open
    if (!give(open, source, sink)) for (const line of lines) other(line, unread)
    open = null
  }
  const other = (line: Line, unread: ReportUnreadLines): void =>
    takeOtherLine(line, source, sink, unread, 'text that is no field of an event')
  const table = new FieldTable()
  const takeRow = (line: Line, unread: ReportUnreadLines): boolean => {
    const row = table.take(line.text)
    if (row === null) return false
    end(unread)
    if (row === 'header') return true
    if (row.request)
      sink.event(requestEvent(row.request, row.fields.get('UtcTime') ?? null, line.text, source.path, line))
    else if (!give({ ...line, fields: row.fields, lines: [line] }, source, sink)) other(line, unread)
    return true
  }
  return readLines(
    source,
    sink,
    (line: Line, unread) => {
      if (takeRow(line, unread)) return
      const own = rules?.takes(line.text) ? [] : fieldsOf(line.text)
      if (own.length === 0 || own.some(([name]) => open?.fields.has(name))) end(unread)
      if (own.length === 0) return other(line, unread)
      const { offset, length, number } = line
      open ??= { offset, length, number, fields: new Map(), lines: [] }
      for (const [name, value] of own) open.fields.set(name, value)
      open.lines.push(line)
      open.length = offset + length - open.offset
    },
    end,
  )
}

/** The event that the fields are of; false where they are of none. */
function give({ fields, lines, offset, length, number }: Open, source: Source, sink: Sink): boolean {
  const eventId = eventIdOf(fields)
  if (eventId === null) return false
  const [first, second] = lines
  // What the parent was started with is a command that was run, too, where it has a line for itself.
  const commands = second && fieldsOf(first!.text)[0]?.[0] === 'ParentCommandLine' ? quotedCommands(first!.text) : []
  for (const command of commands) sink.event(quotedEvent(source, first!, command))
  const own = commands.length > 0 ? lines.slice(1) : lines
  const at =
    commands.length > 0 ? { offset: second!.offset, length: offset + length - second!.offset } : { offset, length }
  const raw = own.map(({ text }) => text).join('\n')
  sink.event(
    eventOfFields(eventId, fields, raw, {
      path: source.path,
      ...at,
      line: commands.length > 0 ? second!.number : number,
    }),
  )
  return true
}
