import type { Make } from '../case.ts'
import { inEveryFormat } from '../parts.ts'

const texts = [
  '\u001b[2J\u001b]0;owned\u0007',
  '\u001b]8;;http://192.0.2.66\u0007x',
  '\u001b]52;c;eA==\u0007',
  '\u009b31m',
  'a\rb\bc',
  'exe.\u202ecod',
  `x${'\u0301'.repeat(200)}`,
]

export const make: Make = ({ evidence }) => inEveryFormat(evidence, texts)
