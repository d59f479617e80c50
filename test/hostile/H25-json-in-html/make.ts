import type { Make } from '../case.ts'
import { hostileRequests, put } from '../parts.ts'

const texts = ['</script', '<!--<script>', '\u2028\u2029', '\\u003c/script>', '%3C/script%3E']

export const make: Make = ({ evidence }) => {
  put(evidence, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210315.log', hostileRequests(texts))
  return {
    options: ['--format', 'markdown,csv,stix,misp,timesketch-csv,ecs,sarif,iris,management,notices', '--name-victim'],
  }
}
