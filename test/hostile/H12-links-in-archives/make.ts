import { packed } from '../../../tools/writers/seven-zip.ts'
import { tarOf } from '../../../tools/writers/tar.ts'
import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

/** Made by a system of the Unix kind. */
const UNIX = 0x31e
const SYMBOLIC_LINK = 0o120_777

export const make: Make = async ({ evidence }) => {
  // 7-Zip reads these in a process that may not write.
  put(evidence, 'C/plain.7z', await packed({ 'plain.txt': 'text' }))
  put(
    evidence,
    'C/links.zip',
    zipOf([
      { name: 'passwd', content: '/etc/passwd', madeBy: UNIX, mode: SYMBOLIC_LINK },
      { name: 'plain.txt', content: 'text' },
    ]),
  )
  put(
    evidence,
    'C/links.tar',
    tarOf([
      { name: 'soft', type: '2', link: '/etc/passwd' },
      { name: 'hard', type: '1', link: '../../../etc/passwd' },
      { name: 'plain.txt', content: 'text' },
    ]),
  )
}
