import { inflateRawSync } from 'node:zlib'
import type { RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, HEAD_LENGTH, type Container, type Outer } from './container.ts'

/** The first line of an encoded file. */
export const encodedMark = 'postern-encoded/1'

const most = { decoded: 16 * 2 ** 20, text: 32 * 2 ** 20 }

/**
 * One file as base64 of its raw deflate data (RFC 1951) behind a first line of its own: samples of web shells lie in
 * repositories in this form, so that no virus scanner removes them. Decoded in memory only.
 * `scripts/encode.mjs` makes such files.
 */
export const encoded: Container = {
  name: 'encoded',
  recognize: (head) =>
    head[0] === 0x70 &&
    /^postern-encoded\/1\r?\n/.test(Buffer.from(head.subarray(0, encodedMark.length + 2)).toString('latin1')),

  async *list(_bytes: RandomBytes, outer: Outer) {
    yield {
      step: { in: 'encoded' },
      path: outer.path.replace(/\.enc$/i, ''),
      windowsPath: outer.windowsPath?.replace(/\.enc$/i, '') ?? null,
      size: null,
      modified: null,
    }
  },

  peek: async (bytes: RandomBytes) => (await decode(bytes)).subarray(0, HEAD_LENGTH),
  async *read(bytes: RandomBytes) {
    yield await decode(bytes)
  },
  at: async () => null,
}

async function decode(bytes: RandomBytes): Promise<Buffer> {
  if (bytes.size > most.text)
    throw new EvidenceError('too-long', `encoded file of ${bytes.size} bytes; at most ${most.text} are read`)
  return decodeEncodedText((await bytes.read(0, bytes.size)).toString('latin1'))
}

/** The bytes behind the text of an encoded file. */
export function decodeEncodedText(text: string): Buffer {
  const base64 = text.slice(text.indexOf('\n') + 1).replace(/[\r\n]+/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw new EvidenceError('corrupt', 'not base64')
  try {
    return inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: most.decoded })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new EvidenceError('too-long', `more than ${most.decoded} bytes when decoded`)
    throw new EvidenceError('corrupt', 'damaged deflate data')
  }
}
