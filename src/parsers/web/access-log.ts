import { canonicalIp } from '../../lib/ip.ts'
import type { Line } from '../../lib/lines.ts'
import { splitHeadLines } from '../../lib/text.ts'
import { monthNumber } from '../../lib/time.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { PATH_OF_EXCHANGE, type RequestValues } from './named-request.ts'
import { requestEvent } from './row-by-shape.ts'

/**
 * Requests as a proxy in front of the server writes them in the combined format: nginx, Apache, and others that imitate it.
 * https://httpd.apache.org/docs/current/logs.html
 */
export const accessLog: Parser = {
  name: 'access-log',
  title: 'Requests in the log of a proxy (combined format)',
  product: 'any',
  recognize,
  read,
}

const ROW =
  /^(?:\S{1,255} )?(\S{1,64}) \S{1,64} (\S{1,128}) \[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)\] "([A-Z_]{2,20}) (\S{1,16000})(?: HTTP\/[\d.]{1,3})?" (\d{3}) (?:\d{1,15}|-)(?: "(?:[^"\\]|\\.){0,8192}" "((?:[^"\\]|\\.){0,8192})")?/

type Row = { readonly found: RequestValues; readonly stamp: string }

function rowOf(line: string): Row | null {
  if (line.length > 32_768) return null
  const m = ROW.exec(line)
  const month = m === null ? 0 : monthNumber(m[4]!)
  if (m === null || month === 0) return null
  const url = m[10]!.replace(/^https?:\/\/[^/?]{1,255}/i, '')
  const mark = url.indexOf('?')
  return {
    stamp: `${m[5]}-${String(month).padStart(2, '0')}-${m[3]}T${m[6]}${m[7]}:${m[8]}`,
    found: {
      method: m[9]!,
      stem: mark < 0 ? url : url.slice(0, mark),
      query: mark < 0 ? null : url.slice(mark + 1),
      status: Number(m[11]),
      port: null,
      client: canonicalIp(m[1]!),
      user: m[2] === '-' ? null : m[2]!,
      agent: m[12] === undefined || m[12] === '-' ? null : m[12],
    },
  }
}

function recognize(head: Head): number {
  // A file in a folder of the server is of the server, where an attacker may write requests that no proxy saw.
  if (head.windowsPath !== null) return 0
  const rows = splitHeadLines(head.text)
    .slice(0, 2_000)
    .flatMap((line) => rowOf(line) ?? [])
  // The log of another site is none of this one: scanners ask it for a few of such pages, too.
  const own = rows.filter(({ found }) => PATH_OF_EXCHANGE.test(found.stem)).length
  return own > 0 && own * 10 >= rows.length ? 88 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readLines(source, sink, (line: Line, unread) => {
    const row = rowOf(line.text)
    if (row !== null) sink.event(requestEvent(row.found, row.stamp, line.text, source.path, line))
    else if (line.text.trim() !== '') unread(line, 'unsupported', 'text that is no request in the combined format')
  })
}
