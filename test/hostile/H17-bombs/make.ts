import { gzipSync } from 'node:zlib'
import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ evidence, isFull }) => {
  const zeros = Buffer.alloc((isFull ? 1_024 : 256) * 2 ** 20)
  put(
    evidence,
    'C/zeros.zip',
    zipOf([
      { name: 'zeros.log', content: zeros, method: 8 },
      { name: 'plain.txt', content: 'text' },
    ]),
  )
  put(evidence, 'C/zeros.log.gz', gzipSync(zeros))
  // Each level in the next.
  let nested = zipOf([{ name: 'deepest.txt', content: 'text' }])
  for (let level = 0; level < 50; level++) nested = zipOf([{ name: 'next.zip', content: nested, method: 8 }])
  put(evidence, 'C/nested.zip', nested)
  // Members that share their bytes.
  const shared = [{ name: 'first.txt', content: Buffer.alloc(2 ** 20, 0x61), method: 8 }]
  const others = Array.from({ length: 2_000 }, (_, i) => ({ ...shared[0]!, name: `m${i}.txt`, sameAs: 0 }))
  put(evidence, 'C/shared.zip', zipOf([...shared, ...others]))
}
