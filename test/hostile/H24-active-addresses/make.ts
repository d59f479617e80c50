import type { Make } from '../case.ts'
import { hostileRequests, put } from '../parts.ts'

const texts = [
  'javascript:document.title=1',
  'data:text/html,<b>x</b>',
  '<meta/http-equiv=refresh/content="0;url=//192.0.2.66">',
  '<base/href=//192.0.2.66>',
  '<form/action=//192.0.2.66>',
  '<a/style=background:url(//192.0.2.66)>',
]

export const make: Make = ({ evidence }) => {
  put(evidence, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210315.log', hostileRequests(texts))
  return {
    options: ['--format', 'markdown,csv,stix,misp,timesketch-csv,ecs,sarif,iris,management,notices', '--name-victim'],
  }
}
