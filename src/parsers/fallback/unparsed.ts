import type { Gap } from '../../model/evidence.ts'
import { isRunnable, webRootOf } from '../../model/file-fields.ts'
import type { Parser, Sink } from '../parser.ts'

/**
 * Any file that no parser knows: it is hashed and searched elsewhere, and holds no events. A file of nothing but zeros
 * (what a crash leaves of a log that was being written) holds nothing to search.
 */
export const unparsed: Parser = {
  name: 'scan',
  title: 'Not a known format: hashed and searched',
  product: 'any',
  recognize: () => 1,
  async read(source, sink) {
    const content = contentOf(source.windowsPath ?? source.path)
    for await (const chunk of source.chunks()) content.add(chunk)
    return account(content, sink)
  },
}

/** The same for a file that lies in memory, without waiting. */
export function readUnparsed(bytes: Uint8Array, sink: Sink, path: string): number {
  const content = contentOf(path)
  content.add(bytes)
  return account(content, sink)
}

function account(content: Content, sink: Sink): number {
  const { size } = content
  const detail = size === 0 ? null : content.unreadable()
  if (detail === null) return size
  sink.gap({ offset: 0, length: size, ...detail })
  return 0
}

function contentOf(path: string): Content {
  return isSentAsText(path) ? new PageContent() : new Content()
}

/** Is this a page, or a script or document of a web root, which is text in whatever encoding? */
function isSentAsText(path: string): boolean {
  const slashed = path.replaceAll('\\', '/')
  return (
    (isRunnable(slashed) && !/\.resources(?:\.enc)?$/i.test(slashed)) ||
    (/\.(?:js|html?)(?:\.enc)?$/i.test(slashed) && webRootOf(slashed) !== null)
  )
}

/** What is to be said of the bytes of a file, as they come. */
class Content {
  size = 0
  #isZero = true

  add(bytes: Uint8Array): void {
    this.size += bytes.length
    this.#isZero &&= isZero(bytes)
  }

  /** Why nothing of it can be read; null where that is not so. */
  unreadable(): Pick<Gap, 'reason' | 'detail'> | null {
    return this.#isZero ? { reason: 'nul-tail', detail: `${this.size} zero bytes and nothing else` } : null
  }
}

/** Text has a few control characters at most; what was encrypted or overwritten has them all, or a run of zeros. */
const NOISE = { size: 64, kinds: 6, share: 0.01, zeros: 16, wide: 0.05 }

/** A page whose bytes are no text is not what it was, and nothing can be found in it. */
class PageContent extends Content {
  #controls = 0
  #kinds = 0
  #zeros = 0
  #run = 0
  #longest = 0
  #head = 0

  override add(bytes: Uint8Array): void {
    if (this.size === 0) this.#head = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
    super.add(bytes)
    for (const byte of bytes) {
      if (byte >= 0x20) this.#run = 0
      else if (byte === 0) {
        this.#zeros++
        if (++this.#run > this.#longest) this.#longest = this.#run
      } else {
        this.#run = 0
        if (byte < 9 || byte > 13) {
          this.#controls++
          this.#kinds |= 1 << byte
        }
      }
    }
  }

  override unreadable(): Pick<Gap, 'reason' | 'detail'> | null {
    return super.unreadable() ?? (this.#isNoise() ? { reason: 'unsupported', detail: 'a page that is no text' } : null)
  }

  #isNoise(): boolean {
    // A page that was packed is small.
    if (this.#head === 0x1f8b) return true
    // Certificates have an ending that IIS may run, too.
    if (this.size < NOISE.size || this.#head >> 8 === 0x30) return false
    if (this.#longest >= NOISE.zeros) return true
    const isWide = this.#head === 0xfffe || this.#head === 0xfeff || this.#zeros >= NOISE.wide * this.size
    return !isWide && bitsIn(this.#kinds) >= NOISE.kinds && this.#controls >= NOISE.share * this.size
  }
}

function bitsIn(mask: number): number {
  let bits = 0
  for (let left = mask; left !== 0; left &= left - 1) bits++
  return bits
}

function isZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false
  return true
}
