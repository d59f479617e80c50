import { join } from 'node:path'
import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

const expressions = [
  '(a+)+$',
  '(\\\\w+\\\\s?)*$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(x+x+)+y',
  `(${Array.from({ length: 20_000 }, (_, i) => `w${i}`).join('|')})$`,
]

export const make: Make = ({ evidence, beside }) => {
  const rules = join(beside, 'rules')
  for (const [i, expression] of expressions.entries())
    put(
      rules,
      `slow${i}.yml`,
      [
        `title: Slow expression ${i}`,
        `id: 0b0c6d4e-1f55-4c6e-9a55-00000000000${i}`,
        'logsource: { category: webserver }',
        'detection:',
        '  a:',
        `    cs-uri-stem|re: '${expression}'`,
        '  condition: a',
        'level: low',
      ].join('\n'),
    )
  put(
    evidence,
    `${IIS_LOGS}/u_ex210315.log`,
    iisLog('2021-03-15', 300, (row, i) => row.replace('/owa/', `/owa/${'a'.repeat(200 + i)}!`)),
  )
  return { options: ['--rules', rules] }
}
