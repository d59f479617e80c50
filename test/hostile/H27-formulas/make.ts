import type { Make } from '../case.ts'
import { hostileRequests, put } from '../parts.ts'

const texts = [
  '=HYPERLINK("http://192.0.2.66/")',
  '+1+1',
  '-1+1|cmd',
  '@SUM(1)',
  '%09=1+1',
  '\uff1d1+1',
  'x'.repeat(40_000),
]

export const make: Make = ({ evidence }) => {
  put(evidence, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210315.log', hostileRequests(texts))
  return {
    options: ['--format', 'markdown,csv,stix,misp,timesketch-csv,ecs,sarif,iris,management,notices', '--name-victim'],
  }
}
