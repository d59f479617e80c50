import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const log = iisLog('2021-03-05', 20)
  put(
    evidence,
    'C/twice.zip',
    zipOf([
      { name: 'a.log', content: log },
      { name: 'a.log', content: 'other text' },
    ]),
  )
  put(evidence, 'C/other-name.zip', zipOf([{ name: 'a.log', localName: 'b.log', content: log }]))
  put(
    evidence,
    'C/sizes.zip',
    zipOf([
      { name: 'short.log', content: log, method: 8, size: 10 },
      { name: 'long.log', content: log, size: 1_000_000 },
      { name: 'whole.log', content: log, method: 8, descriptor: 'bare' },
    ]),
  )
}
