import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import { ClixmlEvents } from '../config/clixml-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import type { PsValue } from '../config/powershell-object.ts'
import { readLines, type Stretch } from '../common/lines.ts'
import { exportedType, objectOf, objectTag, printedValue } from './exported-settings.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'

/**
 * Objects of Exchange as `Format-List` prints them (`Get-InboxRule -Mailbox x | fl`): a line for each property, further lines of
 * a value below it, a blank line between two objects. Reports print an object in one line, too: `Name : x, ForwardTo : y`.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/format-list
 */
export const printedObjects: Parser = {
  name: 'printed-objects',
  title: 'Exchange objects printed by PowerShell',
  product: 'mail',
  recognize,
  read,
}

const PROPERTY = /^\s{0,2}([A-Z]\w{1,60})\s{0,60}: ?(.*)$/s
const LONGEST = 262_144

function recognize(head: Head): number {
  let names: string[] = []
  for (const text of splitHeadLines(head.text).slice(0, 2_000)) {
    if (text.trim() === '') {
      if (names.length > 1 && exportedType(names) !== null) return 62
      names = []
      continue
    }
    if (cellsInLine(text) !== null) return 62
    const name = PROPERTY.exec(text)?.[1]
    if (name !== undefined) names.push(name)
  }
  return names.length > 1 && exportedType(names) !== null ? 62 : 0
}

type Open = Stretch & { readonly cells: [name: string, value: string][]; text: string }

async function read(source: Source, sink: Sink): Promise<number> {
  const events = new ClixmlEvents(source, sink)
  let open: Open | null = null
  const end = (): void => {
    if (open !== null) give(open, events)
    open = null
  }
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread) => {
      const { text, offset, length, number } = line
      if (text.trim() === '') return end()
      const inLine = cellsInLine(text)
      if (inLine !== null) {
        end()
        return give({ offset, length, number, cells: inLine, text }, events)
      }
      const [, name, value = ''] = PROPERTY.exec(text) ?? []
      if (name === undefined) {
        if (open === null || !/^\s/.test(text))
          return takeOtherLine(line, source, sink, unread, 'text that is no property of an object')
        open.cells.at(-1)![1] += `\n${text.trim()}`
      } else {
        if (open?.cells[0]?.[0] === name) end()
        open ??= { offset, length, number, cells: [], text: '' }
        open.cells.push([name, value])
      }
      open.text = open.text.length < LONGEST ? `${open.text}\n${text}` : open.text
      open.length = offset + length - open.offset
    },
    end,
  )
  events.finish()
  return parsed
}

/** The properties of an object of a known type that is printed in one line; null of any other line. */
function cellsInLine(text: string): [name: string, value: string][] | null {
  if (text.length > LONGEST) return null
  const cells = text
    .trim()
    .split(BETWEEN)
    .map((part): [string, string] | null => {
      const [, name, value = ''] = PROPERTY.exec(part) ?? []
      return name === undefined ? null : [name, value]
    })
  const whole = cells.filter((cell) => cell !== null)
  const isWhole = whole.length === cells.length && whole.length >= FEWEST_IN_LINE
  return isWhole && exportedType(whole.map(([name]) => name)) !== null ? whole : null
}

/** Between two properties of one line. */
const BETWEEN = /[,;]\s{1,3}(?=[A-Z]\w{1,60}\s?:\s)/
const FEWEST_IN_LINE = 3

function give({ cells, text, offset, length, number }: Open, events: ClixmlEvents): void {
  const type = exportedType(cells.map(([name]) => name))
  if (type === null) return
  const values = cells.map(([name, value]): [string, PsValue] => [name, printedValue(name, value.trim())])
  events.take(objectOf(type, values), objectTag(text.trim(), offset, length, number))
}
