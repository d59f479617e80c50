import { sha256 } from '../lib/hash.ts'

/** So many bytes of a name are kept: its beginning and its end, which tell where a file lies and what it is. */
const most = { all: 1024, head: 600, tail: 280 }

/**
 * A name as it stands in results: one that is too long is cut to its beginning and its end, with its length and digest
 * between them, so that two that differ stay different.
 */
export function shortenName(name: string): string {
  if (name.length * 3 <= most.all || Buffer.byteLength(name) <= most.all) return name
  const whole = Buffer.from(name, 'utf16le')
  const head = cutTo(most.head, (end) => name.slice(0, end))
  const tail = cutTo(most.tail, (length) => name.slice(-length))
  return `${head}…(${name.length} characters, ${sha256(whole).slice(0, 32)})…${tail}`
}

/** A part of a text that is as long as so many bytes allow. */
function cutTo(bytes: number, part: (length: number) => string): string {
  let length = bytes
  for (;;) {
    const text = part(length).toWellFormed()
    const beyond = Buffer.byteLength(text) - bytes
    if (beyond <= 0) return text
    length -= Math.ceil(beyond / 3)
  }
}
