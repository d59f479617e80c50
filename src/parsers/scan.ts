import type { Parser } from './parser.ts'

/** Any file that no parser knows: it is hashed and searched elsewhere, and holds no events. */
export const scan: Parser = {
  name: 'scan',
  title: 'Not a known format: hashed and searched',
  recognise: () => 1,
  async read(source) {
    let size = 0
    for await (const chunk of source.chunks()) size += chunk.length
    return size
  },
}
