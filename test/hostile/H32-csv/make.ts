import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Make } from '../case.ts'
import { PROXY_LOGS, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const folder = `${PROXY_LOGS}/Ecp`
  const [name = ''] = readdirSync(join(evidence, folder))
  const lines = gunzipSync(readFileSync(join(evidence, folder, name)))
    .toString('utf8')
    .split('\r\n')
  const row = lines.findIndex((line) => /^\d{4}-/.test(line))
  const quoted = (text: string): string => lines[row]!.replace(/,[^,]*$/, `,"${text}"`)
  const file = (what: string, added: readonly string[]): void =>
    put(
      evidence,
      `${folder}/HttpProxy_2021031${what}-1.LOG`,
      [...lines.slice(0, row + 1), ...added, ...lines.slice(row + 1)].join('\r\n'),
    )
  file('500', ['"one quote that nothing closes'])
  file('501', [quoted('two\r\nlines')])
  file('502', [quoted('text\r\n#Fields: DateTime,RequestId,Color\r\n2021-03-15T00:00:00.000Z,1,red')])
  file('503', [Array<string>(500).fill('x').join(',')])
}
