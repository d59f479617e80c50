import { firstReached } from '../lib/collections.ts'

/**
 * A large page cut down to what a server would run. Padding costs an attacker nothing, so no limit of size may keep a page from
 * being searched: the beginning, the end and every block of code stay, runs of one byte and of blanks are shortened. Bytes come
 * in pieces and memory is bounded, whatever the size.
 */
export type Condensed = {
  readonly bytes: Buffer
  /** Bytes of code for which there was no room; `missedFrom`: where in the file the first of them lies. */
  readonly missed: number
  readonly missedFrom: number
  /** Where a stretch of the condensed bytes lies in the file, as far as its bytes follow each other there. */
  readonly place: (
    offset: number,
    length: number,
  ) => { readonly offset: number; readonly length: number; readonly at: number }
}

const HEAD = 64 * 1024
const TAIL = 64 * 1024
const AROUND = 256
/** The most that is kept; what follows the flow of code reads no larger page. */
const MOST = 2 * 1024 * 1024 - 1
/** Bytes kept of a run of blanks, or of one byte. */
const RUN = 64
/** Razor says nowhere where its code ends. */
const RAZOR = 64 * 1024

/** In files with these names all is code behind a directive, or from the first byte. */
const allCode = /\.(?:ashx|asmx|svc|cs|vb|js|php\d?|jsp|config)$/i

export class Condenser {
  readonly #out = Buffer.allocUnsafe(MOST)
  #length = 0
  /** [place in `#out`, offset in the file] wherever the two stop going on together. */
  readonly #starts: (readonly [number, number])[] = []
  #next = -1
  /** The last bytes outside of code, in a ring. */
  readonly #ring = Buffer.allocUnsafe(TAIL)
  readonly #ringAt = new Float64Array(TAIL)
  #ringed = 0
  #offset = 0
  // The run that is being read.
  #last = -1
  #run = 0
  // What is looked for, without regard to the zeros of UTF-16.
  #two = 0
  #tag = 0
  #inTag = ''
  #block: Block = null
  /** Bytes kept behind a block. */
  #left = 0
  #directive = ''
  #all: boolean
  #missed = 0
  #missedFrom = -1

  constructor(name: string) {
    this.#all = allCode.test(name)
  }

  push(chunk: Uint8Array): void {
    for (const byte of chunk) {
      const goesOn = isBlank(byte) ? isBlank(this.#last) : byte === this.#last
      if (!goesOn) {
        // An even number is left out, so that the halves of UTF-16 stay where they are.
        if (this.#run > RUN && (this.#run - RUN) % 2 !== 0) this.#byte(this.#last, this.#offset - 1)
        this.#run = 0
      }
      this.#last = byte
      if (++this.#run <= RUN) this.#byte(byte, this.#offset)
      this.#offset++
    }
  }

  finish(): Condensed {
    this.#keepWaiting(TAIL)
    const bytes = this.#out.subarray(0, this.#length)
    const starts = this.#starts
    return {
      bytes,
      missed: this.#missed,
      missedFrom: this.#missedFrom,
      place: (offset, length) => placeIn(starts, this.#length, offset, length),
    }
  }

  #byte(byte: number, offset: number): void {
    const isCode = this.#all || this.#block !== null
    if (isCode || this.#length < HEAD || this.#left > 0) {
      this.#keep(byte, offset, isCode)
      if (!isCode && this.#left > 0) this.#left--
    } else {
      this.#wait(byte, offset)
    }
    if (byte !== 0) this.#look(byte)
  }

  #keep(byte: number, offset: number, isCode: boolean): void {
    // The end of a page has its place, however much of it is code.
    if (this.#length >= (isCode ? MOST - TAIL : MOST)) {
      if (!isCode) return
      if (this.#missed++ === 0) this.#missedFrom = offset
      this.#wait(byte, offset)
      return
    }
    if (offset !== this.#next) this.#starts.push([this.#length, offset])
    this.#out[this.#length++] = byte
    this.#next = offset + 1
  }

  #keepWaiting(most: number): void {
    for (let i = Math.max(0, this.#ringed - most); i < this.#ringed; i++)
      this.#keep(this.#ring[i % TAIL]!, this.#ringAt[i % TAIL]!, false)
  }

  /** What is kept only where the file ends with it, or code begins behind it. */
  #wait(byte: number, offset: number): void {
    const at = this.#ringed++ % TAIL
    this.#ring[at] = byte
    this.#ringAt[at] = offset
  }

  /** Follows what begins and ends code. */
  #look(byte: number): void {
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
    this.#two = ((this.#two << 8) | lower) & 0xffff
    if (this.#all) return
    if (this.#block !== null) this.#lookForEnd(lower)
    else this.#lookForBegin(lower)
  }

  #lookForBegin(lower: number): void {
    const two = this.#two
    this.#tag = lower === SCRIPT[this.#tag] ? this.#tag + 1 : lower === 0x3c ? 1 : 0
    if (this.#tag === SCRIPT.length) {
      this.#inTag = ''
      this.#begin('tag')
    } else if (two === OPEN || two === OPEN_EBCDIC) {
      this.#directive = ''
      this.#begin('code')
    } else if (two === OPEN_PHP) this.#begin('php')
    else if (two === OPEN_RAZOR) {
      this.#begin(null)
      this.#left = RAZOR
    }
  }

  #lookForEnd(lower: number): void {
    const two = this.#two
    if (this.#block === 'tag') {
      if (lower !== 0x3e) {
        if (this.#inTag.length < 4096) this.#inTag += String.fromCharCode(lower)
        return
      }
      // Code of the browser is kept like any other text.
      this.#tag = 0
      if (/\brunat\b|language\s*=\s*(?:["']\s*)?php/.test(this.#inTag)) this.#block = 'script'
      else this.#end()
    } else if (this.#block === 'script') {
      this.#tag = lower === END_SCRIPT[this.#tag] ? this.#tag + 1 : lower === 0x3c ? 1 : 0
      if (this.#tag === END_SCRIPT.length) this.#end()
    } else if (this.#block === 'code') {
      if (this.#directive.length < 1024) this.#directive += String.fromCharCode(lower)
      if (two !== CLOSE && two !== CLOSE_EBCDIC) return
      // A handler is code from its directive to its end.
      if (/^@\s*(?:webhandler|webservice|servicehost)\b/.test(this.#directive)) this.#all = true
      this.#end()
    } else if (this.#block === 'php' && two === CLOSE_PHP) this.#end()
  }

  #begin(block: Block): void {
    this.#block = block
    this.#tag = 0
    // What stands in front of it waits.
    if (this.#length + AROUND > MOST - TAIL) return
    this.#keepWaiting(AROUND)
    this.#ringed = 0
  }

  #end(): void {
    this.#block = null
    this.#tag = 0
    this.#left = Math.max(this.#left, AROUND)
  }
}

type Block = 'code' | 'php' | 'tag' | 'script' | null

const codes = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0))
const SCRIPT = codes('<script')
const END_SCRIPT = codes('</script')
const OPEN = 0x3c25
const CLOSE = 0x253e
const OPEN_EBCDIC = 0x4c6c
const CLOSE_EBCDIC = 0x6c6e
const OPEN_PHP = 0x3c3f
const CLOSE_PHP = 0x3f3e
const OPEN_RAZOR = 0x407b

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0
}

/** The last start that is not behind `offset`, and as much of the stretch as follows it without a break. */
function placeIn(
  starts: readonly (readonly [number, number])[],
  end: number,
  offset: number,
  length: number,
): { offset: number; length: number; at: number } {
  const next = Math.max(
    1,
    firstReached(starts.length, (i) => starts[i]![0] > offset),
  )
  const [at, inFile] = starts[next - 1] ?? [0, 0]
  const stop = starts[next]?.[0] ?? end
  return { offset: inFile + offset - at, length: Math.max(0, Math.min(length, stop - offset)), at: offset }
}
