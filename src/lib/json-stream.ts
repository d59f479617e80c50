import { holdsFilling, RECORD_BLANKS, RECORD_FILLING } from './blanks.ts'
import { CodeUnits } from './code-units.ts'
import { jsonOrNull } from './json.ts'
import type { LineTaker } from './lines.ts'
import { bufferOf } from './text.ts'
import { greatestOf } from './collections.ts'
import {
  LF,
  CR,
  QUOTE,
  COMMA,
  COLON,
  OPEN_LIST,
  BACKSLASH,
  CLOSE_LIST,
  OPEN,
  CLOSE,
  STRING,
  VALUE,
  LITERAL,
  parse,
  type TokenObject,
  isWithin,
  holdsList,
} from './json-tokens.ts'

/** An object that stands in a text, with its place in bytes of the source. */
export type StreamedObject = {
  readonly value: Record<string, unknown>
  readonly text: string
  readonly offset: number
  readonly length: number
  readonly line: number
  /** Other text stands in front of it on its line. */
  readonly prefixed: boolean
}

/** A stretch that holds no object that was taken, and between which it lies. */
export type JsonGap<Mark = unknown> = {
  offset: number
  length: number
  reason: Reason
  detail: string
  between?: Mark
}
type Reason = 'unsupported' | 'corrupt' | 'truncated' | 'too-long' | 'depth' | 'nul-tail'

/** An object longer than this is taken for a list of records in one piece. */
const LIMIT = 16 * 1024 * 1024
const DEPTH = 100
const LEVELS = 4
const TEXT_LINE = 1_048_576
const LOOK_BACK = 512
const LONGEST_HEAD = 300

/**
 * Finds the JSON objects in a stream: one a line, indented over many lines, in a list, one after the other, inside the
 * list of an outer object (`{"hits":[…]}`), or in the middle of other text. `take` says whether an object is what was
 * looked for; what was not taken or cannot be read is a gap. Whatever is broken, reading goes on at the next object.
 */
export class JsonObjects<Mark = unknown> {
  readonly #in: CodeUnits
  readonly #take: (object: StreamedObject) => boolean
  readonly #report: (gap: JsonGap<Mark>) => void
  readonly #mark: ((isAround: boolean) => Mark) | null
  readonly #taker: LineTaker | null
  #pos = 0
  #line = 1
  #counted = 0
  #lastCr = false
  gapBytes = 0
  // Text at the top level: the line (or what is left of it after an object) that is being passed over.
  #lineFrom = 0
  #dirty = false
  #comment = false
  #zeros = -1
  // The object being read.
  #mode: 'outside' | 'object' | 'skip' = 'outside'
  #start = 0
  #gapStart = 0
  #prefixed = false
  #stack = new Uint8Array(DEPTH)
  #depth = 0
  #prev = 0
  #inString = false
  #escape = false
  #failed: { reason: Reason; detail: string } = NOTHING
  #key: Uint8Array | null = null
  #indent = -1
  /** Outer objects whose lists are being read. */
  readonly #wrappers: Wrapper[] = []
  #run: JsonGap<Mark> | null = null
  /** Blanks and comments since the last object; were there too many in front of the one at hand; was any taken? */
  #filled = 0
  #isFilled = false
  #hasMet = false
  #pending: JsonGap<Mark>[] = []

  /**
   * `taker`: takes objects that are whole lines and are not reported. `mark`: marks the place between two objects, or on
   * both sides of the last one; a gap is reported when what follows it was taken.
   */
  constructor(
    head: Uint8Array,
    take: (object: StreamedObject) => boolean,
    gap: (gap: JsonGap<Mark>) => void,
    taker: LineTaker | null = null,
    mark: ((isAround: boolean) => Mark) | null = null,
  ) {
    this.#in = new CodeUnits(head)
    this.#take = take
    this.#report = gap
    this.#mark = mark
    this.#taker = this.#in.step === 1 ? taker : null
  }

  push(chunk: Uint8Array): void {
    this.#compact()
    this.#in.push(chunk)
    this.#scan(false)
  }

  /** Ends the text; returns its size in bytes. */
  finish(): number {
    this.#scan(true)
    while (this.#wrappers.length > 0) this.#abandon('truncated', 'the list ends before its end')
    this.#endRun()
    const { odd, size } = this.#in
    if (odd > 0) this.#gapBytesAt(size - odd, odd, 'corrupt', 'half a UTF-16 character')
    this.#endRun()
    this.#flush()
    return size
  }

  // Some units before the place are kept, since the beginning of its line may be asked for.
  #compact(): void {
    let keep = this.#mode === 'object' ? Math.min(this.#gapStart, this.#start) : this.#pos
    if (this.#mode === 'outside' && this.#wrappers.length === 0) keep = Math.min(keep, this.#lineFrom)
    keep -= LOOK_BACK
    if (keep < 65_536 && keep < this.#in.length / 2) return
    if (keep <= 0) return
    this.#countLines(keep)
    this.#in.drop(keep)
    this.#pos -= keep
    this.#counted -= keep
    this.#lineFrom -= keep
    this.#start -= keep
    this.#gapStart -= keep
    this.#zeros = Math.max(-1, this.#zeros - keep)
  }

  #scan(final: boolean): void {
    for (;;) {
      const before = this.#pos
      const mode = this.#mode
      if (mode === 'object') this.#readObject(final)
      else if (mode === 'skip') this.#skip(final)
      else if (this.#wrappers.length > 0) this.#passWrapper()
      else this.#passText(final)
      if (this.#pos >= this.#in.length && this.#mode === 'outside') {
        if (final && this.#wrappers.length === 0) this.#endText()
        return
      }
      if (this.#pos === before && this.#mode === mode) {
        if (!final) return
        if (mode === 'skip') {
          this.#gap(this.#gapStart, this.#in.length)
          this.#resume(this.#in.length)
          return
        }
      }
      if (!final && this.#pos >= this.#in.length) return
    }
  }

  // ---- between objects

  #passText(final: boolean): void {
    const { units, length } = this.#in
    let i = this.#pos
    for (; i < length; i++) {
      const c = units[i]!
      if (this.#zeros >= 0 && c !== 0) this.#endZeros(i)
      if (this.#comment || (c <= 32 && c !== 0)) this.#filled++
      if (c === OPEN && !this.#comment) {
        if (this.#filled >= RECORD_BLANKS.between) this.#isFilled = true
        this.#filled = 0
        if (this.#taker !== null && this.#takeLines(this.#taker, i)) return
        this.#begin(i, this.#lineFrom, this.#dirty)
        if (!this.#dirty) this.#readLine()
        return
      }
      if (c === LF || c === CR) {
        if (c === CR && i + 1 === length && !final) break
        // Behind the end of the window stands what was there before.
        if (c === CR && i + 1 < length && units[i + 1] === LF) i++
        this.#endLine(i + 1)
      } else if (c === 0) {
        if (this.#zeros >= 0 && i - this.#zeros > TEXT_LINE) this.#endZeros(i)
        if (this.#zeros < 0) this.#beginZeros(i)
      } else if (c === 59 || c === 35) {
        if (!this.#dirty) this.#comment = true
        this.#dirty = true
      } else if (c > 32 && c !== COMMA && c !== OPEN_LIST && c !== CLOSE_LIST) this.#dirty = true
      if (i - this.#lineFrom > TEXT_LINE && this.#zeros < 0) {
        if (this.#dirty && !this.#comment) this.#textGap(this.#lineFrom, i)
        this.#lineFrom = i
      }
    }
    this.#pos = i
  }

  /** Lets lines be taken; false when none was. What lies in front of them must be told first. */
  #takeLines(taker: LineTaker, from: number): boolean {
    if (this.#lineFrom !== from || this.#dirty || this.#run !== null || this.#in.offset(from) === 0) return false
    if (this.#isFilled) return false
    const line = this.#lineAt(from)
    const lines = taker.take(bufferOf(this.#in.units), from, this.#in.length, this.#in.offset(from) - from, line)
    if (lines === 0) return false
    this.#resume(taker.end)
    this.#hasMet = true
    this.#line = line + lines
    this.#counted = taker.end
    this.#lastCr = false
    return true
  }

  #endLine(to: number): void {
    if (this.#dirty && !this.#comment && !this.#isNoise(to)) this.#textGap(this.#lineFrom, to)
    this.#lineFrom = to
    this.#dirty = false
    this.#comment = false
  }

  // `evtx_dump` writes `Record 12` above each record.
  #isNoise(to: number): boolean {
    return to - this.#lineFrom < 64 && /^\s*Record \d+\s*$/.test(this.#in.text(this.#lineFrom, to))
  }

  #endText(): void {
    if (this.#zeros >= 0) this.#endZeros(this.#in.length, true)
    this.#endLine(this.#in.length)
    if (this.#filled < RECORD_BLANKS.between || !this.#hasMet) return
    this.#doubt(this.#in.offset(this.#in.length), 'blanks or comments where records should be', false)
  }

  #beginZeros(at: number): void {
    this.#endLine(at)
    this.#zeros = at
  }

  #endZeros(to: number, atEnd = false): void {
    const from = this.#zeros
    this.#zeros = -1
    if (atEnd) this.#fail('nul-tail', 'zero bytes')
    else this.#fail('corrupt', 'zero bytes in front of what follows')
    this.#gap(from, to)
    this.#lineFrom = to
  }

  #textGap(from: number, to: number): void {
    this.#fail('unsupported', 'text that is no JSON')
    this.#gap(from, to)
  }

  // ---- inside the list of an outer object

  #passWrapper(): void {
    const { units, length } = this.#in
    const wrapper = this.#wrappers.at(-1)!
    for (let i = this.#pos; i < length; i++) {
      const c = units[i]!
      if (this.#inString) {
        if (this.#escape) this.#escape = false
        else if (c === BACKSLASH) this.#escape = true
        else if (c === QUOTE) this.#inString = false
        else if (c === LF || c === CR) {
          this.#pos = i
          this.#abandon('corrupt', 'a line ends within a string')
          return
        }
        continue
      }
      if (c <= 32 && c !== 0) {
        if (++this.#filled >= RECORD_BLANKS.between) this.#isFilled = true
        continue
      }
      this.#filled = 0
      if (wrapper.stack.at(-1) === OPEN_LIST && isLoose(c)) this.#seeLoose(wrapper, i)
      if (c === QUOTE) this.#inString = true
      else if (c === OPEN) {
        if (wrapper.stack.at(-1) === OPEN_LIST) {
          this.#begin(i, i, false)
          return
        }
        if (wrapper.broken && wrapper.atColumn0 && this.#isColumn0(i)) {
          // The outer object is damaged, and this is the beginning of the next line of its like.
          this.#pos = i
          this.#abandon(wrapper.reason, wrapper.detail)
          return
        }
        wrapper.stack.push(OPEN)
      } else if (c === OPEN_LIST) {
        wrapper.stack.push(OPEN_LIST)
        leaveList(wrapper)
      } else if (c === CLOSE || c === CLOSE_LIST) {
        const opened = wrapper.stack.pop()
        leaveList(wrapper)
        if (opened !== c - 2) {
          this.#pos = i
          this.#abandon('corrupt', 'brackets do not match')
          return
        }
        if (wrapper.stack.length === 0) {
          this.#pos = i + 1
          this.#closeWrapper()
          return
        }
      }
      if (wrapper.stack.length > DEPTH) {
        this.#pos = i
        this.#abandon('depth', `nested more than ${DEPTH} deep`)
        return
      }
    }
    this.#pos = length
  }

  /** Text in a list, which in front of a record or behind it was written over others. */
  #seeLoose(wrapper: Wrapper, at: number): void {
    if (!wrapper.isAmong) {
      wrapper.isLoose = true
      return
    }
    wrapper.isAmong = false
    this.#doubt(this.#in.offset(at), 'text between the records of a list', false)
  }

  #wrap(reason: Reason, detail: string, broken: boolean): void {
    // A gap in front of it must not grow into it: what is inside may be taken back.
    this.#endRun()
    this.#wrappers.push({
      from: this.#in.offset(this.#gapStart),
      lastEnd: this.#in.offset(this.#gapStart),
      taken: 0,
      stack: [OPEN],
      reason,
      detail,
      broken,
      atColumn0: this.#isColumn0(this.#start),
      isLoose: false,
      isAmong: false,
    })
    this.#mode = 'outside'
    this.#inString = false
    this.#escape = false
    this.#pos = this.#start + 1
  }

  #isColumn0(at: number): boolean {
    const before = at > 0 ? this.#in.units[at - 1] : LF
    return before === LF || before === CR
  }

  #closeWrapper(): void {
    const wrapper = this.#wrappers.pop()!
    const end = this.#in.offset(this.#pos)
    const outer = this.#wrappers.at(-1)
    if (wrapper.taken === 0) this.#wrapperGap(wrapper.from, end, wrapper.reason, wrapper.detail)
    else if (outer) {
      outer.taken += wrapper.taken
      outer.lastEnd = end
    }
    this.#lineFrom = this.#pos
    this.#dirty = false
    this.#comment = false
    if (!outer) this.#flush()
  }

  /** Leaves a damaged outer object: what follows its last good record is a gap up to here. */
  #abandon(reason: Reason, detail: string): void {
    const at = this.#pos
    const end = at >= this.#in.length ? this.#in.offset(this.#in.length) : this.#in.offset(at)
    const wrapper = this.#wrappers[0]!
    const taken = this.#wrappers.reduce((sum, w) => sum + w.taken, 0)
    const from =
      taken > 0
        ? greatestOf(
            this.#wrappers.map((w) => w.lastEnd),
            wrapper.from,
          )
        : wrapper.from
    this.#wrappers.length = 0
    const why = taken === 0 && wrapper.broken ? wrapper : { reason, detail }
    this.#wrapperGap(from, end, why.reason, why.detail)
    this.#inString = false
    this.#escape = false
    this.#lineFrom = at
    this.#dirty = false
    this.#comment = false
    this.#flush()
  }

  #wrapperGap(from: number, end: number, reason: Reason, detail: string): void {
    // It takes the place of what was reported of its inside.
    if (this.#run) this.#pending.push(this.#run)
    this.#run = null
    this.#pending = this.#pending.filter((gap) => gap.offset < from)
    if (end > from) this.#pending.push(this.#marked({ offset: from, length: end - from, reason, detail }))
    if (this.#wrappers.length === 0) this.#flush()
  }

  // ---- an object

  #begin(at: number, gapStart: number, prefixed: boolean): void {
    this.#mode = 'object'
    this.#start = at
    this.#gapStart = gapStart
    this.#prefixed = prefixed
    this.#pos = at + 1
    this.#stack[0] = OPEN
    this.#depth = 1
    this.#prev = OPEN
    this.#inString = false
    this.#escape = false
  }

  /** An object that is the rest of its line, as most are, need not be read sign by sign. */
  #readLine(): void {
    const { units, length } = this.#in
    const lineEnd = units.indexOf(LF, this.#start)
    if (lineEnd < 0 || lineEnd >= length || lineEnd - this.#start > LIMIT) return
    const end = units[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd
    if (units[end - 1] !== CLOSE) return
    const text = this.#in.text(this.#start, end)
    const value = jsonOrNull(text)
    if (typeof value === 'object' && value !== null && isWithin(value, DEPTH))
      this.#taken(end, text, value as TokenObject)
  }

  #readObject(final: boolean): void {
    const { units, length } = this.#in
    const stack = this.#stack
    let i = this.#pos
    for (; i < length; i++) {
      let c = units[i]!
      if (this.#inString) {
        i = this.#passString(i)
        if (i >= length) break
        c = units[i]!
        if (c !== QUOTE) return this.#broken(i, 'a line ends within a string')
        this.#inString = false
        continue
      }
      if (c <= 32 && c !== 0) continue
      const prev = this.#prev
      const top = stack[this.#depth - 1]!
      const opens = prev === COLON || prev === OPEN_LIST || (prev === COMMA && top === OPEN_LIST)
      switch (c) {
        case QUOTE:
          if (!opens && prev !== OPEN && prev !== COMMA) return this.#broken(i, 'a text where none may stand')
          this.#inString = true
          this.#prev = STRING
          break
        case OPEN:
        case OPEN_LIST:
          if (!opens) return this.#broken(i, 'an object or list where none may stand')
          if (this.#depth === DEPTH) {
            this.#fail('depth', `nested more than ${DEPTH} deep`)
            return this.#resolve(i)
          }
          stack[this.#depth++] = c
          this.#prev = c
          break
        case CLOSE:
        case CLOSE_LIST:
          if (top !== c - 2 || prev === COLON || prev === COMMA) return this.#broken(i, 'brackets do not match')
          this.#depth--
          this.#prev = VALUE
          if (this.#depth === 0) return this.#complete(i + 1)
          break
        case COLON:
          if (prev !== STRING || top !== OPEN) return this.#broken(i, 'a colon where none may stand')
          this.#prev = COLON
          break
        case COMMA:
          if (prev !== STRING && prev !== VALUE && prev !== LITERAL)
            return this.#broken(i, 'a comma where none may stand')
          this.#prev = COMMA
          break
        default:
          if (prev !== LITERAL && !opens) return this.#broken(i, 'no JSON')
          this.#prev = LITERAL
      }
    }
    this.#pos = i
    if (i - this.#start > LIMIT) {
      this.#fail('too-long', `an object of more than ${LIMIT / 1_048_576} MiB`)
      return this.#resolve(i)
    }
    if (final) {
      this.#fail('truncated', 'the text ends within an object')
      this.#resolve(i)
    }
  }

  /** The quote or line end that ends a string, or the end of the window. */
  #passString(from: number): number {
    const { units, length } = this.#in
    let i = from
    if (this.#escape && i < length) {
      this.#escape = false
      i++
    }
    for (; i < length; i++) {
      const c = units[i]!
      if (c === QUOTE || c === LF || c === CR) return i
      if (c === BACKSLASH) {
        i++
        if (i >= length) this.#escape = true
      }
    }
    return length
  }

  #complete(end: number): void {
    const text = this.#in.text(this.#start, end)
    if (text.includes('\0')) return this.#broken(end, 'zero bytes within an object')
    const value = parse(text)
    if (!value) {
      this.#fail('corrupt', 'no valid JSON')
      // One wrong word between the records of a list is no reason to lose all of them.
      if (this.#wrappers.length < LEVELS && this.#holdsListOfObjects(end)) {
        this.#wrap('corrupt', 'no valid JSON', true)
        return
      }
      this.#gap(this.#gapStart, end)
      this.#resume(end)
      return
    }
    this.#taken(end, text, value)
  }

  /** A record that was taken: what was written over those beside it, or in its list, shows. */
  #met(offset: number, text: string): void {
    const wrapper = this.#wrappers.at(-1)
    // A long value may have blanks, too: what stands in it counts all the same.
    const detail = this.#isFilled
      ? 'blanks or comments where records should be'
      : wrapper?.isLoose
        ? 'text between the records of a list'
        : this.#isFarPrefixed()
          ? 'text in front of a record where others should be'
          : holdsFilling(text, RECORD_FILLING)
            ? 'blanks, or one letter over and over, within a record'
            : null
    if (detail !== null) this.#doubt(offset, detail, true)
    this.#hasMet = true
    this.#isFilled = false
    if (wrapper) {
      wrapper.isLoose = false
      wrapper.isAmong = true
    }
  }

  /** Loggers put a short head in front of a record on its line, and nothing between two. */
  #isFarPrefixed(): boolean {
    if (!this.#prefixed || this.#wrappers.length > 0) return false
    return this.#start - this.#gapStart > LONGEST_HEAD || !this.#isColumn0(this.#gapStart)
  }

  #taken(end: number, text: string, value: TokenObject): void {
    // Counted before `take`, since the place may be kept.
    const place = {
      offset: this.#in.offset(this.#start),
      length: (end - this.#start) * this.#in.step,
      line: this.#lineAt(this.#start),
    }
    if (place.offset === 0) place.length += this.#in.bom
    if (this.#take({ value, text, ...place, prefixed: this.#prefixed })) {
      this.#endRun()
      this.#met(place.offset, text)
      const wrapper = this.#wrappers.at(-1)
      if (wrapper) {
        wrapper.taken++
        wrapper.lastEnd = place.offset + place.length
      }
      this.#resume(end)
      return
    }
    if (this.#wrappers.length < LEVELS && holdsList(value, 3)) {
      this.#wrap('unsupported', UNKNOWN, false)
      return
    }
    this.#fail('unsupported', UNKNOWN)
    this.#gap(this.#gapStart, end)
    this.#resume(end)
  }

  #broken(at: number, detail: string): void {
    // `{` that no text and no `}` follows is a brace in other text.
    if (this.#prev === OPEN && this.#depth === 1 && this.#wrappers.length === 0) {
      this.#mode = 'outside'
      this.#pos = this.#start + 1
      this.#dirty = true
      this.#inString = false
      return
    }
    this.#fail('corrupt', detail)
    this.#resolve(at)
  }

  /** Where to go on after an object that cannot be read up to `at`. */
  #resolve(at: number): void {
    this.#inString = false
    this.#escape = false
    this.#indent = this.#prefixed ? -1 : this.#indentOf(this.#start)
    this.#key = this.#firstKey(at)

    // The next line that begins as this object did.
    for (let i = this.#start + 1; i <= at && i < this.#in.length; i++) {
      if (!this.#resumesAt(i)) continue
      this.#gap(this.#gapStart, i)
      this.#resume(i)
      return
    }
    if (this.#wrappers.length < LEVELS && this.#holdsListOfObjects(at)) {
      this.#wrap(this.#failed.reason, this.#failed.detail, true)
      return
    }
    this.#mode = 'skip'
    this.#pos = at
  }

  #skip(final: boolean): void {
    const { units, length } = this.#in
    const key = this.#key
    for (let i = this.#pos; i < length; i++) {
      const c = units[i]!
      if (c !== OPEN && this.#indent >= 0) continue
      if (key && i + key.length > length && !final) {
        this.#pos = i
        this.#shorten()
        return
      }
      if (this.#resumesAt(i) || (c === OPEN && key && this.#matchesKey(i, key))) {
        this.#gap(this.#gapStart, i)
        this.#resume(i)
        return
      }
    }
    this.#pos = length
    this.#shorten()
    if (final) {
      this.#gap(this.#gapStart, length)
      this.#resume(length)
    }
  }

  // What is skipped so far becomes part of the gap, so that it need not be kept.
  #shorten(): void {
    if (this.#pos - this.#gapStart < 65_536) return
    const to = this.#pos - 1024
    if (to <= this.#gapStart) return
    this.#gap(this.#gapStart, to)
    this.#gapStart = to
  }

  /** Is `at` the first sign of a line that may begin a new object, by the indentation of the broken one? */
  #resumesAt(at: number): boolean {
    const { units } = this.#in
    if (this.#indent < 0) return at > 0 && (units[at - 1] === LF || (units[at - 1] === CR && units[at] !== LF))
    if (units[at] !== OPEN) return false
    let i = at - 1
    while (i >= 0 && at - 1 - i <= this.#indent && (units[i] === 32 || units[i] === 9)) i--
    return i >= 0 && at - 1 - i <= this.#indent && (units[i] === LF || units[i] === CR)
  }

  #matchesKey(at: number, key: Uint8Array): boolean {
    const { units, length } = this.#in
    if (at + key.length > length) return false
    for (let k = 0; k < key.length; k++) if (units[at + k] !== key[k]) return false
    let i = at - 1
    while (i >= 0 && at - i < 64 && (units[i] === 32 || units[i] === 9)) i--
    const before = units[i]
    return i < 0 || before === COMMA || before === OPEN_LIST || before === LF || before === CR
  }

  /** Blanks in front of an object that is the first on its line (brackets and commas aside), -1 for any other. */
  #indentOf(at: number): number {
    const { units } = this.#in
    let i = at - 1
    let blanks = 0
    for (; i >= 0 && at - i < 256; i--) {
      const c = units[i]!
      if (c === LF || c === CR) return blanks
      if (c === 32 || c === 9) blanks++
      else if (c === COMMA || c === OPEN_LIST || c === CLOSE_LIST || c === CLOSE) blanks = 0
      else return 0
    }
    return blanks
  }

  /** The object up to the end of its first key, as far as it was read. */
  #firstKey(to: number): Uint8Array | null {
    const { units } = this.#in
    let quotes = 0
    for (let i = this.#start; i < to && i - this.#start < 64; i++) {
      // A copy: the window moves.
      if (units[i] === QUOTE && ++quotes === 2) return Uint8Array.from(units.subarray(this.#start, i + 1))
    }
    return null
  }

  #holdsListOfObjects(to: number): boolean {
    const { units } = this.#in
    let list = false
    for (let i = this.#start + 1; i < to; i++) {
      const c = units[i]!
      if (c === OPEN_LIST) list = true
      else if (c === OPEN && list) return true
      else if (c > 32) list = false
    }
    return false
  }

  #resume(at: number): void {
    this.#mode = 'outside'
    this.#filled = 0
    this.#pos = at
    this.#lineFrom = at
    this.#dirty = false
    this.#comment = false
    this.#inString = false
    this.#escape = false
  }

  // ---- gaps and lines

  #fail(reason: Reason, detail: string): void {
    this.#failed = { reason, detail }
  }

  #gap(from: number, to: number): void {
    const offset = this.#in.offset(from)
    const end = this.#in.offset(to)
    if (end > offset) this.#gapBytesAt(offset, end - offset, this.#failed.reason, this.#failed.detail)
  }

  /** Neighbors with the same reason become one gap; only blank text lies between them. */
  #gapBytesAt(offset: number, length: number, reason: Reason, detail: string): void {
    const run = this.#run
    if (
      run &&
      run.reason === reason &&
      run.detail === detail &&
      (reason === 'unsupported' || run.offset + run.length === offset)
    ) {
      run.length = offset + length - run.offset
      return
    }
    this.#endRun()
    this.#run = this.#marked({ offset, length, reason, detail })
  }

  /** A place where records may have stood; `isAround`: on both sides of the object that was taken last. */
  #doubt(offset: number, detail: string, isAround: boolean): void {
    this.#endRun()
    this.#pending.push(this.#marked({ offset, length: 0, reason: 'corrupt', detail }, isAround))
    if (this.#wrappers.length === 0) this.#flush()
  }

  #marked(gap: JsonGap<Mark>, isAround = false): JsonGap<Mark> {
    return this.#mark === null ? gap : { ...gap, between: this.#mark(isAround) }
  }

  #endRun(): void {
    if (!this.#run) return
    this.#pending.push(this.#run)
    this.#run = null
    if (this.#wrappers.length === 0) this.#flush()
  }

  #flush(): void {
    for (const gap of this.#pending) {
      this.gapBytes += gap.length
      this.#report(gap)
    }
    this.#pending = []
  }

  #lineAt(at: number): number {
    if (at > this.#counted) this.#countLines(at)
    return this.#line
  }

  #countLines(to: number): void {
    const { units } = this.#in
    for (let i = this.#counted; i < to; i++) {
      const c = units[i]
      if (c === LF || this.#lastCr) this.#line++
      this.#lastCr = c === CR && units[i + 1] !== LF && i + 1 < this.#in.length
    }
    this.#counted = Math.max(this.#counted, to)
  }
}

const NOTHING = { reason: 'corrupt', detail: '' } as const
const UNKNOWN = 'a JSON object that is no known event'

type Wrapper = {
  /** Offsets in bytes: where it begins, and where the last record that was taken from it ends. */
  from: number
  lastEnd: number
  taken: number
  stack: number[]
  reason: Reason
  detail: string
  /** It is damaged: it may end anywhere. */
  broken: boolean
  atColumn0: boolean
  /** Of the list at hand: other text stands in it since its last record; has it records? */
  isLoose: boolean
  isAmong: boolean
}

/** Does it belong to a value that is neither an object nor a list? */
function isLoose(c: number): boolean {
  return c !== COMMA && c !== OPEN && c !== CLOSE && c !== OPEN_LIST && c !== CLOSE_LIST
}

function leaveList(wrapper: Wrapper): void {
  wrapper.isLoose = false
  wrapper.isAmong = false
}
