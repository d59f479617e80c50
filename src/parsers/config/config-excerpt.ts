import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import { takeAgent } from '../exchange/transport-agents.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { entryOf } from './config-sections.ts'
import { configEvent, type Tag } from './xml-reader.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'

/**
 * Modules, handlers, virtual directories and transport agents outside of the file that they stand in: a few lines of
 * `applicationHost.config`, `web.config` or `agents.config` in a report, and modules as `appcmd list modules` prints them. In a
 * folder of a server such a text is a user's file.
 */
export const configExcerpt: Parser = {
  name: 'config-excerpt',
  title: 'Lines of a configuration of IIS or Exchange',
  product: 'any',
  recognize,
  read,
}

type List = 'globalModules' | 'modules' | 'handlers' | 'isapiFilters' | 'agentList' | 'application'

const LISTS = /<(globalModules|modules|handlers|isapiFilters|agentList)(?:\s[^<>]{0,200})?>/
const TAG = /<(add|filter|agent|virtualDirectory)\s([^<>]{1,8000})>/g
const ATTRIBUTE = /([A-Za-z][\w.-]{0,60})\s?=\s?"([^"<>]{0,4000})"/g
const MODULE = /^\s{0,8}MODULE "([^"]{1,200})" \( ?type:([^()]{1,1000}?),? ?preCondition:([^()]{0,200})\)/

type Found = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly list: List }

/** The entries of a line below the list that was opened last. */
function entriesIn(text: string, list: List | null): Found[] {
  const module = MODULE.exec(text)
  if (module)
    return [
      {
        name: 'add',
        list: 'modules',
        attributes: new Map([
          ['name', module[1]!],
          ['type', module[2]!.trim()],
        ]),
      },
    ]
  return [...text.slice(0, 32_768).matchAll(TAG)].flatMap(([, name, written]) => {
    const attributes = new Map([...written!.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, value!]))
    const own = (name === 'virtualDirectory' ? null : list) ?? listOf(name!, attributes)
    return own === null || attributes.size < 2 ? [] : [{ name: name!, attributes, list: own }]
  })
}

/** Which list an entry is of, where no line says so: by the attributes that only its entries have. */
function listOf(name: string, attributes: ReadonlyMap<string, string>): List | null {
  if (name === 'agent') return attributes.has('assemblyPath') ? 'agentList' : null
  if (name === 'virtualDirectory')
    return attributes.has('path') && attributes.has('physicalPath') ? 'application' : null
  if (!attributes.has('name')) return null
  if (name === 'filter') return 'isapiFilters'
  if (/\.dll$/i.test(attributes.get('image') ?? '')) return 'globalModules'
  if (attributes.has('path')) return attributes.has('verb') ? 'handlers' : null
  return /^[\w.]{1,200}(?:,|$)/.test(attributes.get('type') ?? '') && attributes.size < 5 ? 'modules' : null
}

function recognize(head: Head): number {
  if (head.windowsPath !== null || /<configuration[\s>]/.test(head.text)) return 0
  let list: List | null = null
  for (const text of splitHeadLines(head.text).slice(0, 1_000)) {
    list = (LISTS.exec(text)?.[1] as List | undefined) ?? list
    if (entriesIn(text, list).length > 0) return 66
  }
  return 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  let list: List | null = null
  return readLines(source, sink, (line: Line, unread) => {
    const { text } = line
    const found = entriesIn(text, (list = (LISTS.exec(text)?.[1] as List | undefined) ?? list))
    for (const one of found) give(one, line, source, sink)
    if (/<\//.test(text) && list !== null && text.includes(`</${list}`)) list = null
    const isAround = /^\s*(?:$|MODULE "|<\/?[A-Za-z.]{2,60}[\s/>]|[A-Za-z]:\\[^>]{0,200}>)/.test(text)
    if (found.length === 0 && !isAround)
      takeOtherLine(line, source, sink, unread, 'text that is no entry of a configuration')
  })
}

function give(
  { name, attributes, list }: Found,
  { text, offset, length, number }: Line,
  source: Source,
  sink: Sink,
): void {
  const parent = { name: list, attributes: new Map<string, string>(), children: [] }
  const tag: Tag = {
    element: { name, attributes, children: [] },
    parents: [parent],
    raw: text.trim(),
    offset,
    length,
    line: number,
    cut: false,
  }
  if (list === 'agentList') return takeAgent(source, sink, tag, null)
  const entry = entryOf(tag)
  if (entry) sink.event({ ...configEvent(source, 'iis-config', tag, entry.fields, entry.target), snippet: true })
}
