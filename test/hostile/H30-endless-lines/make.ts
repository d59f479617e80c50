import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence, isFull }) => {
  const long = 'x'.repeat((isFull ? 100 : 8) * 2 ** 20)
  put(
    evidence,
    `${IIS_LOGS}/u_ex210315.log`,
    iisLog('2021-03-15', 20, (row, i) => (i === 10 ? row.replace('/owa/', `/owa/${long}`) : row)),
  )
  put(evidence, 'C/line.log', Buffer.alloc((isFull ? 2_048 : 32) * 2 ** 20, 'y'))
  const probe = (row: string): string =>
    row.replace('GET /owa/ -', 'POST /aspnet_client/system_web/discover2.aspx -').replace('10.0.0.9', '203.0.113.177')
  put(evidence, `${IIS_LOGS}/u_ex210316.log`, iisLog('2021-03-16', isFull ? 1_000_000 : 12_000, probe))
}
