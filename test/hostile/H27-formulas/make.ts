import type { Make } from '../case.ts'
import { inEveryFormat } from '../parts.ts'

const texts = [
  '=HYPERLINK("http://192.0.2.66/")',
  '+1+1',
  '-1+1|cmd',
  '@SUM(1)',
  '%09=1+1',
  '\uff1d1+1',
  'x'.repeat(40_000),
]

export const make: Make = ({ evidence }) => inEveryFormat(evidence, texts)
