import { join } from 'node:path'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ beside }) => {
  const rules = join(beside, 'rules')
  put(rules, 'include.yar', 'include "/etc/passwd"\nrule a { condition: true }')
  put(
    rules,
    'loop.yar',
    'rule loop { condition: for all i in (0..2147483647) : (for all j in (0..2147483647) : (uint8(i) == uint8(j) or true)) }',
  )
  put(rules, 'deep.yar', `rule deep { condition: ${'not '.repeat(2_000)}true }`)
  put(rules, 'nested.yar', `rule nested { condition: ${'uint8('.repeat(60)}0${')'.repeat(60)} == 1 }`)
  put(rules, 'jumps.yar', 'rule jumps { strings: $a = { 01 [0-10000] 02 [0-10000] 03 [0-10000] 04 } condition: $a }')
  put(rules, 'compiled.yarc', Buffer.from('YARA\0\0\0\x20compiled rules of another program', 'latin1'))
  put(rules, 'plain.yar', 'rule plain_text { strings: $a = "a text that is nowhere in the evidence" condition: $a }')
  return { options: ['--rules', rules] }
}
