import { inflateRawSync, inflateSync, gunzipSync } from 'node:zlib'
import type { FileScanner } from '../rule.ts'
import { withoutScriptEncoder } from './script-encoder.ts'

/**
 * What stands behind the bytes of a page: other character sets, wrappers (mailbox file, certificate request), encoded
 * pieces, and the code with its names written out. File rules are asked of every layer; a hit tells of the original bytes.
 */
export type Layer = {
  /** How it was made, for a person: `base64`, `UTF-16`. */
  readonly name: string
  readonly bytes: Buffer
  /** Where it comes from in the file. */
  readonly at: readonly [offset: number, length: number]
}

const LIMITS = { file: 4 * 1024 * 1024, layer: 4 * 1024 * 1024, layers: 24, pieces: 200 }

/** Asks a scanner of the file and of every layer below it. A rule that matched the file is not reported again. */
export function layered(scanner: FileScanner): FileScanner {
  return {
    infos: scanner.infos,
    scan(bytes) {
      const found = new Map(scanner.scan(bytes).map((hit) => [hit.rule, hit]))
      for (const { bytes: below, at } of layersOf(bytes)) {
        for (const { rule } of scanner.scan(below, true)) if (!found.has(rule)) found.set(rule, { rule, places: [at] })
      }
      return [...found.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1))
    },
    slow: () => scanner.slow?.() ?? [],
  }
}

/** The layers of a file: none for a file that is no page and wraps none. The same bytes give the same layers. */
export function layersOf(bytes: Uint8Array): Layer[] {
  if (bytes.length === 0 || bytes.length > LIMITS.file) return []
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole: Layer['at'] = [0, file.length]
  const layers: Layer[] = []
  const add = (name: string, data: Buffer | null, at = whole): void => {
    if (data && data.length > 0 && data.length <= LIMITS.layer && layers.length < LIMITS.layers)
      layers.push({ name, bytes: data, at })
  }
  add('UTF-16', fromUtf16(file))
  add('UTF-32', fromUtf32(file))
  add('EBCDIC', fromEbcdic(file))
  add('UTF-7', fromUtf7(file))
  add('mailbox file', fromMailboxFile(file))
  for (const text of [file, ...layers.map((layer) => layer.bytes)]) add('Script Encoder', withoutScriptEncoder(text))
  for (const { data, at } of fromPem(file)) add('certificate', data, at)
  for (const text of [file, ...layers.map((layer) => layer.bytes)]) {
    if (!holdsPageCode(text)) continue
    for (const { data, at } of fromPieces(text)) add('encoded piece', data, text === file ? at : whole)
    add('code', written(text))
  }
  return layers
}

/** Does a file hold what IIS would run? */
export function holdsPageCode(bytes: Buffer): boolean {
  return (
    bytes.includes('<%') ||
    bytes.includes('<?php') ||
    /runat\s{0,4}=|@\{|\bIHttpHandler\b/i.test(bytes.toString('latin1')) ||
    isCodeFile(bytes.toString('latin1'))
  )
}

/** Is it code of a page in a file of its own, as `CodeFile` and `App_Code` have it, in C#, Basic or JScript? */
export function isCodeFile(text: string): boolean {
  if (text.includes('<%') || text.includes('\0') || !/\bclass\s|\bmodule\s/i.test(text)) return false
  return usesSystem.test(text) || (namesSystem.test(text) && declaresOfNet.test(text))
}

const usesSystem = /(?:^|[;\r\n])[ \t]{0,40}(?:using|imports|import)[ \t]{1,8}(?:static[ \t]{1,8})?System\b/i
const namesSystem = /\bSystem\.(?:Web|Diagnostics|IO|Reflection)\b/i
/** What JavaScript, which has classes too, does not write: access of a class, the type of a method, the end of a procedure. */
const declaresOfNet =
  /\b(?:public|private|internal|protected|partial|sealed|friend)[ \t]{1,8}(?:static[ \t]{1,8}|partial[ \t]{1,8}|sealed[ \t]{1,8})?(?:class|module)[ \t]|(?:^|[;{}\r\n])[ \t]{0,40}(?:static[ \t]{1,8}|override[ \t]{1,8})?(?:void|string|bool|int|object)[ \t]{1,8}\w{1,80}[ \t]{0,8}\(|\bend[ \t]{1,8}(?:sub|function|class|module)\b/i

// ---------------------------------------------------------------- character sets

function fromUtf16(file: Buffer): Buffer | null {
  const big = file[0] === 0xfe && file[1] === 0xff
  const little = file[0] === 0xff && file[1] === 0xfe
  const wide = big || little || file.includes(Buffer.from('<\0%\0')) || file.includes(Buffer.from('\0<\0%'))
  if (!wide) return null
  const even = Buffer.from(file.subarray(0, file.length & ~1))
  const swapped = big || (!little && file.indexOf('\0<\0%') >= 0 && file.indexOf('\0<\0%') % 2 === 0)
  return Buffer.from((swapped ? even.swap16() : even).toString('utf16le'))
}

/** The letters of ASCII in UTF-32 of either order: a web.config may say that pages are encoded so, without a mark. */
function fromUtf32(file: Buffer): Buffer | null {
  const first = file.indexOf('<\0\0\0%', 0, 'latin1')
  return first < 0 ? null : (file.filter((_, at) => at % 4 === first % 4) as Buffer)
}

/** IBM037 and its kin: the invariant letters and digits, and the brackets where each of the code pages has them. */
const ebcdic: Uint8Array = (() => {
  const table = new Uint8Array(256).fill(0x3f)
  const put = (from: number, text: string): void => {
    for (let i = 0; i < text.length; i++) table[from + i] = text.charCodeAt(i)
  }
  put(0x81, 'abcdefghi')
  put(0x91, 'jklmnopqr')
  put(0xa2, 'stuvwxyz')
  put(0xc1, 'ABCDEFGHI')
  put(0xd1, 'JKLMNOPQR')
  put(0xe2, 'STUVWXYZ')
  put(0xf0, '0123456789')
  put(0x4b, '.<(+|&')
  put(0x50, '&')
  put(0x5a, '!$*);^')
  put(0x60, '-/')
  put(0x6b, ',%_>?')
  put(0x79, '`:#@\'="')
  for (const [code, letter] of [
    [0x05, '\t'],
    [0x0d, '\r'],
    [0x15, '\n'],
    [0x25, '\n'],
    [0x40, ' '],
    [0xa1, '~'],
    [0xb0, '^'],
    [0xba, '['],
    [0xbb, ']'],
    [0xad, '['],
    [0xbd, ']'],
    [0xc0, '{'],
    [0xd0, '}'],
    [0xe0, '\\'],
  ] as const) {
    put(code, letter)
  }
  return table
})()

/** `<%@`, `<script` and `<%` with a blank in EBCDIC. */
const ebcdicMarks = [
  Buffer.from([0x4c, 0x6c, 0x7c]),
  Buffer.from([0x4c, 0x6c, 0x40]),
  Buffer.from([0x4c, 0xa2, 0x83, 0x99, 0x89, 0x97, 0xa3]),
  Buffer.from([0x4c, 0xe2, 0xc3, 0xd9, 0xc9, 0xd7, 0xe3]),
]

/** `<%` and `%>` in EBCDIC; in other text they are `Ll` and `ln`. */
const [ebcdicBegin, ebcdicEnd] = [Buffer.from([0x4c, 0x6c]), Buffer.from([0x6c, 0x6e])]
/** Length of the text between them that shows whether it is EBCDIC. */
const TOLD_BY = 4096

/** A page may name its code page, and the configuration of its folder may: neither is asked. */
function fromEbcdic(file: Buffer): Buffer | null {
  const isEbcdic = ebcdicMarks.some((mark) => file.includes(mark)) || holdsEbcdicCode(file)
  return isEbcdic ? Buffer.from(file.map((byte) => ebcdic[byte]!)) : null
}

/** Is there code between the marks? Letters of EBCDIC lie beyond those of ASCII. */
function holdsEbcdicCode(file: Buffer): boolean {
  for (let at = file.indexOf(ebcdicBegin); at >= 0; ) {
    const end = file.indexOf(ebcdicEnd, at + 2)
    if (end < 0) return false
    const code = file.subarray(at + 2, Math.min(end, at + 2 + TOLD_BY))
    let letters = 0
    for (const byte of code) if (byte >= 0x81) letters++
    if (code.length > 0 && letters * 3 >= code.length) return true
    at = file.indexOf(ebcdicBegin, end)
  }
  return false
}

/** What a stretch of UTF-7 that stands for letters of ASCII begins with. */
const UTF7 = /\+A[AC-H][A-Za-z0-9+/]/

/**
 * RFC 2152, where the page says so (`codepage=65000`), and where code comes of it: the configuration of its folder may say
 * it, too.
 */
function fromUtf7(file: Buffer): Buffer | null {
  if (!file.includes('+A')) return null
  const original = file.toString('latin1')
  if (!UTF7.test(original)) return null
  const text = original.replace(/\+([A-Za-z0-9+/]{2,4096})-?/g, (_, coded: string) => {
    const wide = Buffer.from(coded, 'base64')
    return Buffer.from(wide.subarray(0, wide.length & ~1))
      .swap16()
      .toString('utf16le')
  })
  return codeMarks(text) > codeMarks(original) || /codepage\s{0,4}=\s{0,4}["']?65000/i.test(original)
    ? Buffer.from(text)
    : null
}

function codeMarks(text: string): number {
  return text.match(/<%|<script/gi)?.length ?? 0
}

// ---------------------------------------------------------------- wrappers

/** [MS-PST] 5.1, the table that decodes (mpbbI of mpbbCrypt). */
const permuted = Buffer.from(
  '47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb' +
    '8f2697ca911701c4322d6e3195ffd923d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f1629' +
    '3ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c879f74a4224c6fbf1f56aa2eb3783350' +
    'b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea40552551e57a893868527bfc27aed7bdfa07f4cc8e5f' +
    'ef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28a' +
    'd4e111d0088b2af2ed9a643fc16cf9ec',
  'hex',
)

/**
 * A mailbox file ([MS-PST] 2.2.2.6) whose data is permuted (bCryptMethod 1): its text. An export that was made to write
 * a page has it the other way round: the mail was permuted before, so that the page stands in the file as it is.
 */
function fromMailboxFile(file: Buffer): Buffer | null {
  if (file.length < 564 || file.toString('latin1', 0, 4) !== '!BDN') return null
  const unicode = file.readUInt16LE(10) >= 23
  return file[unicode ? 513 : 461] === 1 ? Buffer.from(file.map((byte) => permuted[byte]!)) : null
}

type Piece = { readonly data: Buffer; readonly at: Layer['at'] }

function fromPem(file: Buffer): Piece[] {
  if (!file.includes('-----BEGIN')) return []
  const text = file.toString('latin1')
  const pieces: Piece[] = []
  for (const m of text.matchAll(/-----BEGIN [A-Z0-9 ]{1,40}-----([A-Za-z0-9+/=\s]{40,})/g)) {
    if (pieces.length >= 8) break
    pieces.push({ data: Buffer.from(m[1]!, 'base64'), at: [m.index, m[0].length] })
  }
  return pieces
}

// ---------------------------------------------------------------- encoded pieces

/** Long runs of base64 or hex that hide code or a program, packed or not. */
function fromPieces(page: Buffer): Piece[] {
  const text = page.toString('latin1')
  const pieces: Piece[] = []
  let seen = 0
  for (const m of text.matchAll(/[A-Za-z0-9+/]{100,}={0,2}/g)) {
    if (++seen > LIMITS.pieces || pieces.length >= 8) break
    const hex = /^[0-9A-Fa-f]+$/.test(m[0])
    for (const data of unpackings(Buffer.from(m[0], hex ? 'hex' : 'base64'))) {
      if (!hides(data)) continue
      pieces.push({ data, at: [m.index, m[0].length] })
      break
    }
  }
  return pieces
}

function unpackings(data: Buffer): Buffer[] {
  const all = [data]
  for (const unpack of [gunzipSync, inflateSync, inflateRawSync]) {
    if (unpack === gunzipSync && data[0] !== 0x1f) continue
    if (unpack === inflateSync && (data[0]! & 0x0f) !== 8) continue
    try {
      all.push(unpack(data, { maxOutputLength: LIMITS.layer }))
    } catch {
      // Not packed in this way, or larger than a layer may be.
    }
  }
  return all
}

const codeWords =
  /<%|<script|runat=|using System|Request[.[(]|\beval\b|\bexecute\b|ProcessStartInfo|Assembly\.Load|CreateObject|WScript|cmd\.exe|powershell/i

/** Is it a program, or text with words of server code? */
function hides(data: Buffer): boolean {
  if (data.length < 32) return false
  if (data[0] === 0x4d && data[1] === 0x5a && data.subarray(0, 1024).includes('PE\0\0')) return true
  const text = (data[1] === 0 ? data.toString('utf16le') : data.toString('latin1')).slice(0, 262_144)
  return codeWords.test(text) && printable(data) > 0.9
}

function printable(data: Buffer): number {
  let n = 0
  const length = Math.min(data.length, 4096)
  for (let i = 0; i < length; i++) {
    const byte = data[i]!
    if ((byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13 || byte === 0 || byte >= 0x80) n++
  }
  return n / length
}

// ---------------------------------------------------------------- names written out

/** The code with escapes, pieces and comments taken away, so that `"ev" + "\u0061l"` reads `"eval"`; null when nothing changes. */
export function written(page: Buffer): Buffer | null {
  const text = page.toString('latin1')
  const plain = writtenText(text)
  return plain === text ? null : Buffer.from(plain, 'latin1')
}

/** Maximum of rounds: text joined in one may be joined again in the next. */
const ROUNDS = 6

export function writtenText(text: string): string {
  let now = text
    .replace(/\0/g, '')
    .replace(
      /\\u00([0-9a-fA-F]{2})|\\U000000([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})/g,
      (_, a?: string, b?: string, c?: string) => String.fromCharCode(Number.parseInt(a ?? b ?? c ?? '', 16)),
    )
  now = withoutComments(now)
    .replace(/[\u00ad\u200b]/g, '')
    // A statement is not made longer than is read by blanks.
    .replace(/[ \t]{100,}/g, ' ')
    // Curly quotes, as UTF-8, as GBK and as Windows writes them, are quotes to Basic.
    .replace(/\xe2\x80[\x9c-\x9f]|\xa1[\xb0\xb1]|[\x93\x94]/g, '"')
    .replace(/\xe2\x80[\x98\x99]|\xa1[\xae\xaf]/g, "'")
  for (let round = 0; round < ROUNDS; round++) {
    const before = now
    now = lettersJoined(now)
      // Chr(101), ChrW(&H65), (char)101, Convert.ToChar(101), String.fromCharCode(101, 118)
      .replace(
        /\b(?:chrw?|fromcharcode|tochar)\s{0,4}\(\s{0,4}((?:&h|0x)?[0-9a-f]{1,4}(?:\s{0,4},\s{0,4}(?:&h|0x)?[0-9a-f]{1,4}){0,199})\s{0,8}\)/gi,
        (all, codes: string) => {
          const letters = codes.split(',').map(letterOf)
          return letters.some((letter) => letter === null) ? all : `"${letters.join('')}"`
        },
      )
      .replace(/\(char\)\s{0,4}(0x[0-9a-f]{2}|\d{2,3})\b/gi, (all, code: string) => {
        const letter = letterOf(code)
        return letter === null ? all : `"${letter}"`
      })
      .replace(
        /\bstrreverse\s{0,4}\(\s{0,4}"([^"\r\n]{1,4000})"\s{0,4}\)/gi,
        (_, back: string) => `"${[...back].reverse().join('')}"`,
      )
      // "a" + "b", "a" & "b", 'a' + 'b'; and between them nothing but blanks or a line that goes on
      .replace(/"\s{0,40}[+&]\s{0,40}(?:_\s{0,8})?@?"/g, '')
      .replace(/'\s{0,8}\+\s{0,8}'/g, '')
    if (now === before) break
  }
  return now
}

/** Lists of letters and of their numbers, and short base64, as the texts that they make. */
function lettersJoined(text: string): string {
  return (
    text
      // new string(new char[] { 'a', 'b' })
      .replace(
        /\bnew\s{1,4}string\s{0,4}\(\s{0,4}new\s{0,4}(?:char\s{0,4})?\[[^\]]{0,4}\]\s{0,4}\{\s{0,4}('[^'\r\n\\"]'(?:\s{0,4},\s{0,4}'[^'\r\n\\"]'){0,200})\s{0,4}\}\s{0,4}\)/gi,
        (_, letters: string) => `"${letters.replace(/'(.)'\s{0,4},?\s{0,4}/g, '$1')}"`,
      )
      // Array(101, 118), new int[] { 101, 118 }
      .replace(
        /\b(?:array\s{0,4}\(|new\s{0,4}(?:int|byte|char)?\s{0,4}\[[^\]]{0,4}\]\s{0,4}\{)\s{0,4}((?:0x[0-9a-f]{2}|\d{2,3})(?:\s{0,4},\s{0,4}(?:0x[0-9a-f]{2}|\d{2,3})){3,2000})\s{0,4}[)}]/gi,
        (all, numbers: string) => {
          const letters = numbers.split(',').map((one) => (Number(one) === 34 ? '""' : letterOf(one)))
          return letters.some((letter) => letter === null) ? all : `"${letters.join('')}"`
        },
      )
      // Join(Array("a", "b"), ".")
      .replace(
        /\bjoin\s{0,4}\(\s{0,4}array\s{0,4}\(\s{0,4}("[^"\r\n]{0,80}"(?:\s{0,4},\s{0,4}"[^"\r\n]{0,80}"){0,100})\s{0,4}\)\s{0,4},\s{0,4}"([^"\r\n]{0,8})"\s{0,4}\)/gi,
        (_, pieces: string, between: string) =>
          `"${[...pieces.matchAll(/"([^"]{0,80})"/g)].map((piece) => piece[1]).join(between)}"`,
      )
      // string.Concat("a", "b")
      .replace(
        /\bstring\s{0,4}\.\s{0,4}concat\s{0,4}\(\s{0,4}("[^"\r\n]{0,80}"(?:\s{0,4},\s{0,4}"[^"\r\n]{0,80}"){1,20})\s{0,4}\)/gi,
        (_, pieces: string) => `"${[...pieces.matchAll(/"([^"]{0,80})"/g)].map((piece) => piece[1]).join('')}"`,
      )
      // Texts in base64 that are names
      .replace(
        /\(\s{0,4}"((?:[A-Za-z0-9+/]{4}){2,30}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"\s{0,4}\)/g,
        (all, coded: string) => {
          const plain = Buffer.from(coded, 'base64').toString('latin1')
          return /^[A-Za-z][\w.]{3,90}$/.test(plain) ? `("${plain}")` : all
        },
      )
  )
}

/** The longest comment that is taken away: what lies between two marks that only look like one is code. */
const COMMENT = 2_000

function withoutComments(text: string): string {
  const kept: string[] = []
  let from = 0
  let end = -1
  for (let at = text.indexOf('/*'); at >= 0; ) {
    if (end < at + 2) end = text.indexOf('*/', at + 2)
    if (end < 0) break
    if (end - at - 2 > COMMENT) {
      at = text.indexOf('/*', at + 1)
      continue
    }
    kept.push(text.slice(from, at))
    from = end + 2
    at = text.indexOf('/*', from)
  }
  kept.push(text.slice(from))
  return kept.join('')
}

function letterOf(code: string): string | null {
  const text = code.trim().toLowerCase()
  const n = text.startsWith('&h') ? Number.parseInt(text.slice(2), 16) : Number(text)
  if (!(n >= 32 && n < 127) || n === 34) return null
  return String.fromCharCode(n)
}
