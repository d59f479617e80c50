import { appendFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

const GROWING = `${IIS_LOGS}/u_ex210315.log`

export const make: Make = ({ evidence, isFull }) => {
  put(evidence, GROWING, iisLog('2021-03-15', isFull ? 400_000 : 100_000))
  put(evidence, 'C/sparse.bin', '')
  truncateSync(join(evidence, 'C/sparse.bin'), (isFull ? 8_192 : 100) * 2 ** 20)
  return {
    meanwhile: () => {
      const timer = setInterval(() => appendFileSync(join(evidence, GROWING), '2021-03-15 23:00:00 10.0.0.20 GET'), 10)
      return () => clearInterval(timer)
    },
  }
}
