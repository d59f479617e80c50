import { program } from '../../../tools/writers/pe.ts'
import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const log = iisLog('2021-03-05', 200)
  const whole = zipOf([
    { name: 'a.log', content: log },
    { name: 'b.log', content: log },
  ])
  put(
    evidence,
    'C/encrypted.zip',
    zipOf([
      { name: 'a.log', content: log, flags: 0x801 },
      { name: 'b.log', content: log },
    ]),
  )
  put(
    evidence,
    'C/method.zip',
    zipOf([
      { name: 'a.log', content: log, method: 77 },
      { name: 'b.log', content: log },
    ]),
  )
  put(evidence, 'C/cut.zip', whole.subarray(0, Math.floor(whole.length * 0.7)))
  put(evidence, 'C/disks.zip', zipOf([{ name: 'a.log', content: log }], { disk: 3 }))
  put(
    evidence,
    'C/behind.zip',
    zipOf([{ name: 'a.log', content: log, method: 8 }], { before: program({ exports: ['a'] }) }),
  )
}
