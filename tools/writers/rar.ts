import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto'
import { crc32 } from 'node:zlib'

// RAR archives of stored files, as far as tests need them: RAR 4 (technote.txt of WinRAR 4) and RAR 5
// (https://www.rarlab.com/technote.htm). Both are written by hand, for no free program writes them.

export type RarFile = {
  readonly name: string
  readonly content: Uint8Array
  /** Says that the content is encrypted, and with what it would have to be decrypted. */
  readonly encrypted?: boolean
  /** Encrypts the content. */
  readonly password?: string
}

/** `headers`: a password that encrypts the names of the files as well, and their contents. */
export function rar4Of(files: readonly RarFile[], { headers }: { readonly headers?: string } = {}): Buffer {
  const hidden = (block: Buffer, salt: number): Buffer =>
    headers === undefined ? block : Buffer.concat([saltOf(salt, 8), encrypted4(block, headers, saltOf(salt, 8))])
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\0', 'latin1'),
    block4(0x73, headers === undefined ? 0 : 0x80, Buffer.alloc(6)),
    ...files.flatMap(({ name, content, encrypted = false, password = headers }, i) => {
      const isLocked = encrypted || password !== undefined
      const salt = saltOf(i, isLocked ? 8 : 0)
      const stored = password === undefined ? content : encrypted4(content, password, salt)
      const fields = Buffer.alloc(25)
      fields.writeUInt32LE(stored.length, 0)
      fields.writeUInt32LE(content.length, 4)
      fields[8] = 2
      fields.writeUInt32LE(crc32(content), 9)
      fields.writeUInt32LE(DOS_TIME, 13)
      fields[17] = isLocked ? 29 : 20
      fields[18] = 0x30
      fields.writeUInt16LE(name.length, 19)
      fields.writeUInt32LE(0x20, 21)
      const flags = 0x8000 | (isLocked ? 0x404 : 0)
      const block = block4(0x74, flags, Buffer.concat([fields, Buffer.from(name, 'latin1'), salt]))
      return [hidden(block, i + 100), stored]
    }),
    hidden(block4(0x7b, 0x4000, Buffer.alloc(0)), 200),
  ])
}

/** 2021-03-02 08:01:00. */
const DOS_TIME = (((2021 - 1980) << 25) | (3 << 21) | (2 << 16) | (8 << 11) | (1 << 5)) >>> 0

function block4(type: number, flags: number, fields: Uint8Array): Buffer {
  const block = Buffer.alloc(7 + fields.length)
  block[2] = type
  block.writeUInt16LE(flags, 3)
  block.writeUInt16LE(block.length, 5)
  block.set(fields, 7)
  block.writeUInt16LE(crc32(block.subarray(2)) & 0xffff, 0)
  return block
}

/** Salts and vectors that differ, and are the same each time. */
function saltOf(number: number, length: number): Buffer {
  return createHash('sha256').update(String(number)).digest().subarray(0, length)
}

function padded(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc((16 - (content.length % 16)) % 16)])
}

function aes(name: 'aes-128-cbc' | 'aes-256-cbc', key: Uint8Array, vector: Uint8Array, content: Uint8Array): Buffer {
  const cipher = createCipheriv(name, key, vector).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded(content)), cipher.final()])
}

/** RAR 3 and 4: SHA-1 over 2^18 rounds; the vector is the last byte of the digest at the begin of each sixteenth. */
function encrypted4(content: Uint8Array, password: string, salt: Uint8Array): Buffer {
  const ROUNDS = 0x40000
  const seed = Buffer.concat([Buffer.from(password, 'utf16le'), salt])
  const hash = createHash('sha1')
  const vector = Buffer.alloc(16)
  for (let i = 0; i < ROUNDS; i++) {
    hash.update(seed).update(Buffer.from([i & 0xff, (i >> 8) & 0xff, i >> 16]))
    if (i % (ROUNDS / 16) === 0) vector[i / (ROUNDS / 16)] = hash.copy().digest()[19]!
  }
  return aes('aes-128-cbc', hash.digest().subarray(0, 16).swap32(), vector, content)
}

/** 2^15 rounds for a key, as WinRAR takes. */
const ROUNDS_5 = 15

export function rar5Of(files: readonly RarFile[], { headers }: { readonly headers?: string } = {}): Buffer {
  const salt = saltOf(300, 16)
  const hidden = (block: Buffer, number: number): Buffer =>
    headers === undefined
      ? block
      : Buffer.concat([saltOf(number, 16), aes('aes-256-cbc', key5(headers, salt, 0), saltOf(number, 16), block)])
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'),
    // Type 4: all headers behind it are encrypted; version, a value that checks the password, rounds.
    ...(headers === undefined
      ? []
      : [block5([...numbers(4, 0, 0, 1), ROUNDS_5, ...salt, ...passwordCheck(headers, salt)])]),
    hidden(block5([...numbers(1, 0, 0)]), 400),
    ...files.flatMap(({ name, content, encrypted = false, password = headers }, i) => {
      const own = saltOf(i, 16)
      const vector = saltOf(i + 100, 16)
      // Type 1, version 0, a value that checks the password or none, rounds, salt and vector.
      const record =
        password !== undefined
          ? [1, 0, 1, ROUNDS_5, ...own, ...vector, ...passwordCheck(password, own)]
          : encrypted
            ? [1, 0, 0, 4, ...Buffer.alloc(32, 7)]
            : []
      const stored = password === undefined ? content : aes('aes-256-cbc', key5(password, own, 0), vector, content)
      const extra = record.length > 0 ? [...numbers(record.length), ...record] : []
      const crc = Buffer.alloc(4)
      crc.writeUInt32LE(crc32(content))
      const type = extra.length > 0 ? numbers(2, 3, extra.length, stored.length) : numbers(2, 2, stored.length)
      const fields = [...numbers(4, content.length, 0x20), ...crc, ...numbers(0, 0, name.length)]
      return [hidden(block5([...type, ...fields, ...Buffer.from(name, 'latin1'), ...extra]), i + 500), stored]
    }),
    hidden(block5([...numbers(5, 0, 0)]), 600),
  ])
}

function key5(password: string, salt: Uint8Array, more: number): Buffer {
  return pbkdf2Sync(password, salt, 2 ** ROUNDS_5 + more, 32, 'sha256')
}

/** Eight bytes by which a password is known, and the begin of their SHA-256. */
function passwordCheck(password: string, salt: Uint8Array): Buffer {
  const check = Buffer.alloc(8)
  for (const [i, byte] of key5(password, salt, 32).entries()) check[i % 8]! ^= byte
  return Buffer.concat([check, createHash('sha256').update(check).digest().subarray(0, 4)])
}

function block5(fields: readonly number[]): Buffer {
  const sized = Buffer.from([...numbers(fields.length), ...fields])
  const crc = Buffer.alloc(4)
  crc.writeUInt32LE(crc32(sized))
  return Buffer.concat([crc, sized])
}

/** Numbers of seven bits a byte, the lowest first. */
function numbers(...all: readonly number[]): number[] {
  return all.flatMap((number) => {
    const bytes = []
    for (let left = number; left >= 0; left = left < 128 ? -1 : left >>> 7)
      bytes.push((left & 0x7f) | (left < 128 ? 0 : 0x80))
    return bytes
  })
}
