import { program } from '../../../tools/writers/pe.ts'
import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const log = iisLog('2021-03-05', 200)
  /** Two members, the first with something that makes it unreadable. */
  const pair = (first: { readonly flags?: number; readonly method?: number } = {}): Buffer =>
    zipOf([
      { name: 'a.log', content: log, ...first },
      { name: 'b.log', content: log },
    ])
  const whole = pair()
  put(evidence, 'C/encrypted.zip', pair({ flags: 0x801 }))
  put(evidence, 'C/method.zip', pair({ method: 77 }))
  put(evidence, 'C/cut.zip', whole.subarray(0, Math.floor(whole.length * 0.7)))
  put(evidence, 'C/disks.zip', zipOf([{ name: 'a.log', content: log }], { disk: 3 }))
  put(
    evidence,
    'C/behind.zip',
    zipOf([{ name: 'a.log', content: log, method: 8 }], { before: program({ exports: ['a'] }) }),
  )
}
