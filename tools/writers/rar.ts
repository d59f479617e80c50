import { crc32 } from 'node:zlib'

// RAR archives of stored files, as far as tests need them: RAR 4 (technote.txt of WinRAR 4) and RAR 5
// (https://www.rarlab.com/technote.htm). Both are written by hand, for no free program writes them.

export type RarFile = {
  readonly name: string
  readonly content: Uint8Array
  /** Says that the content is encrypted, and with what it would have to be decrypted. */
  readonly encrypted?: boolean
}

export function rar4Of(files: readonly RarFile[]): Buffer {
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\0', 'latin1'),
    block4(0x73, 0, Buffer.alloc(6)),
    ...files.flatMap(({ name, content, encrypted = false }) => {
      const fields = Buffer.alloc(25)
      fields.writeUInt32LE(content.length, 0)
      fields.writeUInt32LE(content.length, 4)
      fields[8] = 2
      fields.writeUInt32LE(crc32(content), 9)
      fields.writeUInt32LE(DOS_TIME, 13)
      fields[17] = encrypted ? 29 : 20
      fields[18] = 0x30
      fields.writeUInt16LE(name.length, 19)
      fields.writeUInt32LE(0x20, 21)
      const salt = Buffer.alloc(encrypted ? 8 : 0, 7)
      const flags = 0x8000 | (encrypted ? 0x404 : 0)
      return [block4(0x74, flags, Buffer.concat([fields, Buffer.from(name, 'latin1'), salt])), content]
    }),
    block4(0x7b, 0x4000, Buffer.alloc(0)),
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

export function rar5Of(files: readonly RarFile[]): Buffer {
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'),
    block5([...numbers(1, 0, 0)]),
    ...files.flatMap(({ name, content, encrypted = false }) => {
      // Type 1, version 0, without a value that checks the password, 2^4 rounds, salt and vector.
      const record = encrypted ? [1, 0, 0, 4, ...Buffer.alloc(32, 7)] : []
      const extra = encrypted ? [...numbers(record.length), ...record] : []
      const crc = Buffer.alloc(4)
      crc.writeUInt32LE(crc32(content))
      const type = encrypted ? numbers(2, 3, extra.length, content.length) : numbers(2, 2, content.length)
      const fields = [...numbers(4, content.length, 0x20), ...crc, ...numbers(0, 0, name.length)]
      return [block5([...type, ...fields, ...Buffer.from(name, 'latin1'), ...extra]), content]
    }),
    block5([...numbers(5, 0, 0)]),
  ])
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
