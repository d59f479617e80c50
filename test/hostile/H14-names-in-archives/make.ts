import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const names: readonly (string | Buffer)[] = [
    'nul\0.log',
    'CON',
    'a.',
    'f:stream',
    `${'long'.repeat(16_000)}.log`,
    '\u202egol.exe',
    '\u001b]52;c;eA==\u0007.log',
    Buffer.from([0x66, 0xff, 0xfe, 0x2e, 0x6c]),
    '__proto__',
    '<img src=x onerror=alert(1)>.log',
  ]
  put(evidence, 'C/names.zip', zipOf(names.map((name) => ({ name, content: `text of ${name.length}` }))))
}
