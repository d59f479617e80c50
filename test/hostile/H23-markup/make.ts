import type { Make } from '../case.ts'
import { hostileRequests, put } from '../parts.ts'

const texts = [
  '<script>document.title="owned"</script>',
  '<img/src=x/onerror=alert(1)>',
  '</script></title><!--',
  ']]></x>',
  '"><svg/onload=alert(1)>',
]

export const make: Make = ({ evidence }) => {
  put(evidence, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210315.log', hostileRequests(texts))
  return {
    options: ['--format', 'markdown,csv,stix,misp,timesketch-csv,ecs,sarif,iris,management,notices', '--name-victim'],
  }
}
