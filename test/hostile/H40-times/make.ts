import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const times = [
    '1601-01-01 00:00:00',
    '2038-01-19 03:14:08',
    '9999-12-31 23:59:59',
    '2021-03-15 23:59:60',
    '2021-02-30 10:00:00',
    '2020-03-15 10:00:00',
    '0000-00-00 00:00:00',
  ]
  put(
    evidence,
    `${IIS_LOGS}/u_ex210315.log`,
    iisLog('2021-03-15', 210, (row, i) => (i % 30 === 29 ? row.replace(/^\S+ \S+/, times[Math.floor(i / 30)]!) : row)),
  )
}
