import { bufferOf, decode16, decodeText } from '../../lib/text.ts'
import type { FieldValue } from '../../model/event.ts'
import { fileFields } from '../../model/file-fields.ts'
import { holdsScript } from '../powershell/inline-code.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from './lines.ts'
import { configEvent, posternSources } from '../config/xml-reader.ts'

/**
 * Certificate requests (PKCS #10) as PEM or DER: `New-ExchangeCertificate -GenerateRequest -RequestFile` writes one to
 * any path, with a subject that the caller chooses, and with script in it the file is a page.
 * https://www.rfc-editor.org/rfc/rfc2986, https://www.rfc-editor.org/rfc/rfc7468
 */
export const certificateRequest: Parser = {
  name: 'certificate-request',
  title: 'Certificate request',
  product: 'any',
  recognize,
  read,
}

const BEGINS = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/

function recognize({ text, bytes }: Head): number {
  if (BEGINS.test(text.slice(0, 8192))) return /^\s*-----BEGIN/.test(text) ? 95 : 91
  return isRequest(bytes) ? 95 : 0
}

/** A SEQUENCE that begins with a SEQUENCE that begins with the version 0 and a SEQUENCE: nothing else begins so. */
function isRequest(bytes: Uint8Array): boolean {
  const outer = itemAt(bytes, 0, Number.MAX_SAFE_INTEGER)
  const inner = outer?.tag === 0x30 ? itemAt(bytes, outer.from, outer.to) : null
  if (inner?.tag !== 0x30) return false
  const version = itemAt(bytes, inner.from, inner.to)
  if (version?.tag !== 2 || version.to - version.from !== 1 || bytes[version.from] !== 0) return false
  const name = itemAt(bytes, version.to, inner.to)
  const key = name?.tag === 0x30 ? itemAt(bytes, name.to, inner.to) : null
  return key?.tag === 0x30
}

const LIMIT = 4 * 1024 * 1024

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, LIMIT)
  const text = decodeText(data)
  const pem = BEGINS.test(text)
  const der = pem ? bodyOf(text) : data
  const request = requestOf(der)
  const path = source.windowsPath ?? source.path
  const subject = request?.subject.join(', ') ?? null
  const fields: Record<string, FieldValue> = {
    ...fileFields(path),
    Encoding: pem ? 'PEM' : 'DER',
    Subject: subject,
    AlternativeNames: few(request?.names ?? []),
    // What the machine that made it says of itself: [MS-WCCE] 2.2.2.7.
    RequestComputer: request?.client[0] ?? null,
    RequestUser: request?.client[1] ?? null,
    RequestProcess: request?.client[2] ?? null,
    OsVersion: request?.os ?? null,
    HoldsScript: String(hides(der) || hides(data) || holdsScript(subject ?? '')),
  }
  const shown = pem ? text.slice(0, 65_536) : `Certificate request (DER)\nSubject: ${subject ?? 'not readable'}`
  const event = configEvent(
    source,
    'certificate-requests',
    { raw: shown, offset: 0, length: size, line: 1 },
    fields,
    path,
  )
  sink.event({ ...event, sources: posternSources('certificate-request') })

  // The rest of a request that could not be followed to its end.
  const end = Math.min(size, LIMIT)
  const broken = request === null ? 'a certificate request that cannot be read' : null
  const from = pem || request === null ? (broken === null ? end : 0) : Math.min(request.end, end)
  if (from < end)
    sink.gap({ offset: from, length: end - from, reason: 'corrupt', detail: broken ?? 'bytes behind the request' })
  if (size > end)
    sink.gap({ offset: end, length: size - end, reason: 'too-long', detail: 'a request of more than 4 MiB' })
  return from
}

/** Script in any of the forms that a string of ASN.1 has: bytes, and two bytes a letter. */
function hides(bytes: Uint8Array): boolean {
  const text = bufferOf(bytes).toString('latin1')
  return holdsScript(text) || holdsScript(text.replaceAll('\0', ''))
}

function bodyOf(text: string): Buffer {
  const body = /-----BEGIN [A-Z ]+-----([\s\S]*?)(?:-----END|$)/.exec(text)?.[1] ?? ''
  return Buffer.from(body.replaceAll(/[^A-Za-z0-9+/=]/g, ''), 'base64')
}

type Request = {
  readonly subject: readonly string[]
  readonly names: readonly string[]
  readonly client: readonly string[]
  readonly os: string | null
  readonly end: number
}

function requestOf(der: Uint8Array): Request | null {
  const outer = itemAt(der, 0, Number.MAX_SAFE_INTEGER)
  const info = outer?.tag === 0x30 ? itemAt(der, outer.from, outer.to) : null
  // A request that was cut off ends where its bytes do.
  if (!outer || info?.tag !== 0x30) return null
  const [version, subject, , attributes] = itemsOf(der, info)
  if (version?.tag !== 2 || subject?.tag !== 0x30) return null
  const names: string[] = []
  let client: string[] = []
  let os: string | null = null
  for (const attribute of attributes?.tag === 0xa0 ? itemsOf(der, attributes) : []) {
    const [id, values] = itemsOf(der, attribute)
    const value = values ? itemsOf(der, values)[0] : undefined
    const oid = id?.tag === 6 ? oidOf(der, id) : ''
    if (!value) continue
    if (oid === '1.3.6.1.4.1.311.21.20')
      client = itemsOf(der, value)
        .slice(1, 4)
        .map((item) => stringOf(der, item))
    else if (oid === '1.3.6.1.4.1.311.13.2.3') os = stringOf(der, value)
    else if (oid === '1.2.840.113549.1.9.14') for (const name of alternativeNames(der, value)) names.push(name)
  }
  return { subject: subjectOf(der, subject), names, client, os, end: outer.to }
}

const LETTERS = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'S'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['1.2.840.113549.1.9.1', 'E'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
])

/** A name as `CN=mail.example.org`, in its order. */
function subjectOf(der: Uint8Array, name: Item): string[] {
  return itemsOf(der, name).flatMap((set) =>
    itemsOf(der, set).map((pair) => {
      const [id, value] = itemsOf(der, pair)
      const oid = id?.tag === 6 ? oidOf(der, id) : ''
      return `${LETTERS.get(oid) ?? oid}=${value ? stringOf(der, value) : ''}`
    }),
  )
}

function alternativeNames(der: Uint8Array, extensions: Item): string[] {
  for (const extension of itemsOf(der, extensions)) {
    const parts = itemsOf(der, extension)
    if (!parts[0] || parts[0].tag !== 6 || oidOf(der, parts[0]) !== '2.5.29.17') continue
    const octets = parts.at(-1)!
    const list = itemAt(der, octets.from, octets.to)
    return list
      ? itemsOf(der, list).map((name) => bufferOf(der.subarray(name.from, name.to)).toString('latin1').slice(0, 1024))
      : []
  }
  return []
}

// ---------------------------------------------------------------- DER (X.690)

type Item = { readonly tag: number; readonly from: number; readonly to: number }

/** The item at a place, null when it does not end before `end`. */
function itemAt(der: Uint8Array, at: number, end: number): Item | null {
  const [tag, first] = [der[at], der[at + 1]]
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f) return null
  let [length, from] = [first, at + 2]
  if (first >= 0x80) {
    const bytes = first & 0x7f
    if (bytes === 0 || bytes > 4) return null
    length = 0
    for (let i = 0; i < bytes; i++) length = length * 256 + (der[from + i] ?? 0)
    from += bytes
  }
  return from + length <= end ? { tag, from, to: from + length } : null
}

function itemsOf(der: Uint8Array, outer: Item): Item[] {
  const items: Item[] = []
  // What holds others is constructed.
  if ((outer.tag & 0x20) === 0) return items
  const end = Math.min(outer.to, der.length)
  for (let at = outer.from; at < end && items.length < 1000; ) {
    const item = itemAt(der, at, end)
    if (!item) break
    items.push(item)
    at = item.to
  }
  return items
}

function oidOf(der: Uint8Array, item: Item): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of der.subarray(item.from, Math.min(item.to, item.from + 64))) {
    number = (number % 0x200_0000) * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (numbers.length === 0)
      numbers.push(Math.min(2, Math.floor(number / 40)), number - 40 * Math.min(2, Math.floor(number / 40)))
    else numbers.push(number)
    number = 0
  }
  return numbers.join('.')
}

function stringOf(der: Uint8Array, item: Item): string {
  const bytes = der.subarray(item.from, Math.min(item.to, item.from + 16_384))
  // BMPString is UTF-16 with the high byte first; UTF8String; all others are read as Latin-1.
  if (item.tag === 0x1e) return decode16(bytes, true)
  return bufferOf(bytes).toString(item.tag === 0x0c ? 'utf8' : 'latin1')
}

function few(values: readonly string[]): FieldValue {
  return values.length === 0 ? null : values.slice(0, 200)
}
