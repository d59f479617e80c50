import type { Parser, Sink } from '../parser.ts'

/**
 * Any file that no parser knows: it is hashed and searched elsewhere, and holds no events. A file of nothing but zeros
 * (what a crash leaves of a log that was being written) holds nothing to search.
 */
export const unparsed: Parser = {
  name: 'scan',
  title: 'Not a known format: hashed and searched',
  product: 'any',
  recognise: () => 1,
  async read(source, sink) {
    let size = 0
    let empty = true
    for await (const chunk of source.chunks()) {
      size += chunk.length
      empty &&= isZero(chunk)
    }
    return account(size, empty, sink)
  },
}

/** The same for a file that lies in memory, without waiting. */
export function readUnparsed(bytes: Uint8Array, sink: Sink): number {
  return account(bytes.length, isZero(bytes), sink)
}

function account(size: number, empty: boolean, sink: Sink): number {
  if (!empty || size === 0) return size
  sink.gap({ offset: 0, length: size, reason: 'nul-tail', detail: `${size} zero bytes and nothing else` })
  return 0
}

function isZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false
  return true
}
