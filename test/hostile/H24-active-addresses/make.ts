import type { Make } from '../case.ts'
import { inEveryFormat } from '../parts.ts'

const texts = [
  'javascript:document.title=1',
  'data:text/html,<b>x</b>',
  '<meta/http-equiv=refresh/content="0;url=//192.0.2.66">',
  '<base/href=//192.0.2.66>',
  '<form/action=//192.0.2.66>',
  '<a/style=background:url(//192.0.2.66)>',
]

export const make: Make = ({ evidence }) => inEveryFormat(evidence, texts)
