import type { Make } from '../case.ts'
import { inEveryFormat } from '../parts.ts'

const texts = [
  '<script>document.title="owned"</script>',
  '<img/src=x/onerror=alert(1)>',
  '</script></title><!--',
  ']]></x>',
  '"><svg/onload=alert(1)>',
]

export const make: Make = ({ evidence }) => inEveryFormat(evidence, texts)
