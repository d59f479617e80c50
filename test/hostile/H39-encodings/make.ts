import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const log = iisLog('2021-03-15', 200)
  const bytes = Buffer.from(log)
  const middle = bytes.indexOf('\n', bytes.length >> 1) + 1
  const file = (name: string, content: Buffer): void => put(evidence, `${IIS_LOGS}/u_ex2104${name}.log`, content)
  file('01', Buffer.from(`\ufeff${log}`, 'utf16le'))
  file('02', Buffer.from(`\ufeff${log}`))
  file(
    '03',
    Buffer.concat([
      bytes.subarray(0, middle),
      Buffer.from([0xcf, 0xf0, 0xe8, 0x20, 0x93, 0xfa, 0x0d, 0x0a]),
      bytes.subarray(middle),
    ]),
  )
  file('04', Buffer.concat([bytes, Buffer.alloc(65_536)]))
  file('05', Buffer.concat([bytes.subarray(0, middle), Buffer.alloc(4_096), bytes.subarray(middle)]))
  file('06', bytes.subarray(0, bytes.length - 40))
}
