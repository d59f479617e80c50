import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { IIS_LOGS, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const names = [
    '../../outside.txt',
    '/etc/outside.txt',
    'C:\\outside.txt',
    '\\\\?\\C:\\outside.txt',
    '\\\\host\\share\\outside.txt',
  ]
  put(evidence, `${IIS_LOGS}/old.zip`, zipOf(names.map((name) => ({ name, content: `text of ${name}` }))))
}
