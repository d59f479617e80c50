import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const paths = [
    '/owa/%0d%0a2021-03-15+00:00:00+10.0.0.20+GET+/forged',
    '/owa/%0d%0a#Fields:+a+b',
    '/ecp/%u0061uth.aspx',
    '/ecp/%c0%ae%c0%ae/x.aspx',
    '/ecp/+ADw-script+AD4-',
    '/ecp/%2561uth/x.aspx',
    '/ecp/%00.aspx',
  ]
  put(
    evidence,
    `${IIS_LOGS}/u_ex210315.log`,
    iisLog('2021-03-15', 70, (row, i) => row.replace('/owa/', paths[i % paths.length]!)),
  )
}
