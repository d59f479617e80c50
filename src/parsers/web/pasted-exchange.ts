import type { Fields } from '../../model/event.ts'

// Requests of HTTP over several lines, as reports and proxies show them: the line of the request, its headers, and further below the line
// of the answer.

/** Headers that rows of logs have, too, by the fields of these. */
const HEADERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cookie', ['cs-cookie', 'cs(Cookie)']],
  ['host', ['cs-host']],
  ['referer', ['cs-referer', 'cs(Referer)']],
  ['user-agent', ['cs-user-agent', 'cs(User-Agent)']],
])
const REQUEST = /^[>\s"`]{0,8}(?:GET|POST|HEAD|PUT|DELETE|OPTIONS) \/\S{0,8192} HTTP\/[\d.]{1,3}["`]?\s{0,8}$/
const HEADER = /^[>\s`]{0,8}([A-Za-z][A-Za-z-]{1,40}): {0,4}(\S.{0,8192})?$/
const ANSWER = /^[<>\s"`]{0,8}HTTP\/[\d.]{1,3} ([1-5]\d\d)(?: [A-Za-z -]{1,40})?["`]?\s{0,8}$/
/** Lines of headers, and of a body between the request and its answer. */
const [MOST_HEADERS, MOST_LINES] = [60, 200]

/** What the lines behind that of a request say of it, and the number of its headers. */
export type Exchange = { readonly fields: Fields; readonly headers: number }

/** The headers and the answer of the request at this line (from 0) of a text; null where it is no request, or stands alone. */
export function exchangeAt(lines: readonly string[], at: number): Exchange | null {
  if (!REQUEST.test(lines[at] ?? '')) return null
  const fields: Record<string, string | number> = {}
  let headers = 0
  for (; headers < MOST_HEADERS; headers++) {
    const header = HEADER.exec(lines[at + 1 + headers] ?? '')
    if (header === null) break
    for (const name of HEADERS.get(header[1]!.toLowerCase()) ?? [])
      if (header[2] !== undefined) fields[name] = header[2].trimEnd()
  }
  const status = answerBehind(lines, at + 1 + headers)
  if (status !== null) fields['sc-status'] = status
  return headers === 0 && status === null ? null : { fields, headers }
}

/** The status of the answer that follows before the next request. */
function answerBehind(lines: readonly string[], from: number): number | null {
  for (let i = from; i < lines.length && i < from + MOST_LINES; i++) {
    const text = lines[i]!
    if (REQUEST.test(text)) return null
    const status = ANSWER.exec(text)?.[1]
    if (status !== undefined) return Number(status)
  }
  return null
}
