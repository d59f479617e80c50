import { join } from 'node:path'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ beside, isFull }) => {
  const many = Array.from({ length: isFull ? 500_000 : 20_000 }, (_, i) => `192.0.${(i >> 8) & 255}.${i & 255}`)
  put(
    beside,
    'list.txt',
    `\ufeff${['0.0.0.0/0', '::/0', '', '   ', '.*', '(a+)+$', 'xn--80ak6aa92e.com', '::ffff:203.0.113.7', '*', '/', ...many].join('\r\n')}\r\n`,
  )
  return { options: ['--iocs', join(beside, 'list.txt')] }
}
