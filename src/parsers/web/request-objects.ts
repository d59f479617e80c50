import { JsonObjects } from '../../lib/json-stream.ts'
import { readJsonObjects } from '../common/json-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { PATH_OF_EXCHANGE, requestOfObject } from './named-request.ts'
import { requestEvent } from './row-by-shape.ts'

/**
 * Requests to the server as JSON, one object each: what a log platform, a firewall for web applications or a tool of responders
 * exports, in a list or one a line, with names of its own or those of the Elastic Common Schema.
 */
export const requestObjects: Parser = {
  name: 'request-objects',
  title: 'Requests as JSON',
  product: 'any',
  most: 44,
  recognize,
  read,
}

/** Objects that stand one a line are rows beside those of other logs, which one parser reads together. */
const SURE = 44
const HINT = /"(?:[\w.@-]{1,40}[._-])?(?:uri|url|path|stem)"\s{0,8}:/i
function recognize({ text, bytes, windowsPath }: Head): number {
  // A file in a folder of the server is of the server, where an attacker may write requests that no log has.
  if (windowsPath !== null || !/^\s*[{[]/.test(text) || !HINT.test(text)) return 0
  let own = 0
  let others = 0
  const objects = new JsonObjects(
    bytes,
    ({ value }) => {
      const request = requestOfObject(value)
      if (request !== null && PATH_OF_EXCHANGE.test(request.found.stem)) own++
      else if (request !== null) others++
      return request !== null
    },
    () => {},
  )
  objects.push(bytes)
  objects.finish()
  return own > 0 && own * 10 >= others ? SURE : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const request = requestOfObject(value)
    if (request === null) return false
    sink.event(requestEvent(request.found, request.stamp, text, source.path, { offset, length, number: line }))
    return true
  })
}
