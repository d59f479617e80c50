import { join } from 'node:path'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

const HEAD = 'title: X\nlogsource: { category: webserver }\n'

export const make: Make = ({ beside, isFull }) => {
  const rules = join(beside, 'rules')
  const bomb = Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array<string>(9).fill(`*a${i}`).join(', ')}]`,
  )
  put(
    rules,
    'bomb.yml',
    `a0: &a0 [x]\n${bomb.join('\n')}\n${HEAD}detection: { s: { cs-uri-stem: *a9 }, condition: s }\n`,
  )
  put(rules, 'circle.yml', `${HEAD}detection: &d\n  s: *d\n  condition: s\n`)
  put(
    rules,
    'code.yml',
    `${HEAD}detection: { s: { cs-uri-stem: !!js/function "function () { process.exit(0) }" }, condition: s }\n`,
  )
  put(rules, 'twice.yml', `${HEAD}detection: { s: { cs-uri-stem: a }, s: { cs-uri-stem: b }, condition: s }\n`)
  const names = Array.from({ length: isFull ? 100_000 : 10_000 }, (_, i) => `s${i}`)
  put(
    rules,
    'many.yml',
    `${HEAD}detection:\n${names.map((name) => `  ${name}: { cs-uri-stem: ${name} }`).join('\n')}\n  condition: ${names.join(' or ')}\n`,
  )
  put(
    rules,
    'deep.yml',
    `${HEAD}detection:\n  s: { cs-uri-stem: a }\n  condition: ${'('.repeat(5_000)}s${')'.repeat(5_000)}\n`,
  )
  return { options: ['--rules', rules] }
}
