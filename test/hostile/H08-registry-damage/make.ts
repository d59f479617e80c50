import { hiveFile, seal } from '../../../tools/writers/regf.ts'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

const RUN = 'Microsoft\\Windows\\CurrentVersion\\Run'

export const make: Make = ({ evidence }) => {
  const plain = hiveFile({ [RUN]: { values: { 'A\0/\u001b[2J': 'C:\\a.exe' } } })
  const changed = (change: (bytes: Buffer, key: (name: string) => number) => void): Buffer => {
    const bytes = Buffer.from(plain)
    change(bytes, (name) => keyAt(bytes, name))
    seal(bytes)
    return bytes
  }
  const hives: Readonly<Record<string, Buffer>> = {
    // A key below itself.
    SOFTWARE: changed((bytes, key) =>
      bytes.writeUInt32LE(key('Windows') - 4 - 4096, listOf(bytes, key('Windows')) + 4),
    ),
    // A cell of two gigabytes.
    SYSTEM: changed((bytes, key) => bytes.writeInt32LE(-0x8000_0000, key('Run') - 4)),
    // Four billion values.
    SAM: changed((bytes, key) => bytes.writeUInt32LE(0xffff_ffff, key('Run') + 36)),
  }
  for (const [name, bytes] of Object.entries(hives)) put(evidence, `C/Windows/System32/config/${name}`, bytes)
}

function keyAt(bytes: Buffer, name: string): number {
  for (let at = bytes.indexOf('nk'); at >= 0; at = bytes.indexOf('nk', at + 2))
    if (bytes.toString('latin1', at + 76, at + 76 + bytes.readUInt16LE(at + 72)) === name) return at
  throw new Error(`no key ${name}`)
}

/** The list of subkeys of a key. */
function listOf(bytes: Buffer, key: number): number {
  return 4096 + bytes.readUInt32LE(key + 28) + 4
}
