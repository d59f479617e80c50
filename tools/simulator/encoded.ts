import { readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Pages that a virus scanner may take for live ones are kept as `postern-encoded/1`: base64 of raw-deflated bytes. */
export function encode(bytes: Uint8Array): string {
  const text = deflateRawSync(bytes, { level: 9 }).toString('base64')
  return ['postern-encoded/1', ...(text.match(/.{1,76}/g) ?? []), ''].join('\n')
}

/** The bytes of an encoded text. */
export function decode(text: string): Buffer {
  const lines = text.split('\n')
  if (lines[0] !== 'postern-encoded/1') throw new Error('not postern-encoded/1')
  return inflateRawSync(Buffer.from(lines.slice(1).join(''), 'base64'))
}

/** An inert page or value of our own with its `{NAMES}` filled in. */
export function page(name: string, values: Readonly<Record<string, string>>): string {
  const text = decode(readFileSync(new URL(`pages/${name}.enc`, import.meta.url), 'utf8')).toString('utf8')
  return text.replace(/\{([A-Z]+)\}/g, (_, key: string) => values[key] ?? '')
}

/** Holds the text something that must not lie in the open on a disk? */
export function sensitive(text: string): boolean {
  return /runat\s*=\s*["\\]*server/i.test(text) && /\beval\s*\(/i.test(text)
}
