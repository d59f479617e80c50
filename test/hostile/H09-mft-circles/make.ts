import { mftFile } from '../../../tools/writers/ntfs.ts'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

const RECORD = 1_024
const FILES = 40

export const make: Make = ({ evidence }) => {
  const files = Array.from({ length: FILES }, (_, i) => ({
    path: `C:\\data\\sub\\file${i}.txt`,
    created: '2021-01-05T10:00:00Z',
  }))
  const table = mftFile(files)
  const sub = recordNamed(table, 'sub')
  // The folder lies in itself: the reference to its parent is its own number.
  table.writeUIntLE(sub / RECORD, table.indexOf(Buffer.from('sub', 'utf16le'), sub) - 66, 6)
  // A record whose last two bytes are not those of its update sequence.
  table.writeUInt16LE(0xdead, recordNamed(table, 'file7.txt') + 510)
  // A time beyond the year 9999.
  const late = recordNamed(table, 'file9.txt')
  table.fill(0x7f, late + 80, late + 88)
  put(evidence, 'C/$MFT', table)
}

function recordNamed(table: Buffer, name: string): number {
  const at = table.indexOf(Buffer.from(name, 'utf16le'))
  return at - (at % RECORD)
}
