import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import type { Damage } from '../core/damage.ts'
import { actsOf } from './forged-evidence.ts'

// Rows that are added to the server's own logs of the web server, on the days before the act.

const DAY = 86_400_000
const SITE = /\/W3SVC1\/u_ex(\d{6})\.log$/i

/** Where a forged row says that people work. */
type ForgedPath =
  | '/owa/'
  | '/ews/exchange.asmx'
  | '/autodiscover/autodiscover.xml'
  | '/rpc/rpcproxy.dll'
  | '/owa/auth/logon.aspx'
  | '/helpdesk/'

/** Four rows on each of the last five days before the act by which these people are served at the address of the intruder. */
export function rowsBefore(files: readonly EvidenceFile[], whole: Assessment, path: ForgedPath, own = false): Damage[] {
  const { clients, users, act } = actsOf(whole)
  if (clients.length === 0) return []
  const changed = new Map<string, Buffer>()
  for (const file of files) {
    const name = SITE.exec(file.path)?.[1]
    if (name === undefined) continue
    const day = Date.parse(`20${name.slice(0, 2)}-${name.slice(2, 4)}-${name.slice(4)}T00:00:00Z`)
    const text = file.bytes.toString('utf8')
    const from = Math.floor(act / DAY) * DAY
    if (day >= from || from - day > 5 * DAY) continue
    changed.set(file.path, Buffer.from(withRows(text, own ? users : peopleIn(files), clients, path)))
  }
  return changed.size === 0 ? [] : [{ name: `rows before, ${path}`, files: changed }]
}

/** The people of the organization, as the logs of the web server name them. */
function peopleIn(files: readonly EvidenceFile[]): readonly string[] {
  const names = new Set<string>()
  for (const { path, bytes } of files)
    if (SITE.test(path))
      for (const row of rowsIn(bytes.toString('utf8'))) {
        const user = row.values[row.at('cs-username')]
        if (user !== undefined && user !== '-' && !user.endsWith('$') && row.values[row.at('sc-status')] === '200')
          names.add(user)
      }
  return [...names].slice(0, 8)
}

type Row = { readonly line: number; readonly values: readonly string[]; readonly at: (column: string) => number }

function* rowsIn(text: string): Generator<Row> {
  let columns: readonly string[] = []
  for (const [line, row] of text.split('\n').entries()) {
    if (row.startsWith('#Fields:')) columns = row.trim().split(' ').slice(1)
    else if (!row.startsWith('#') && row.trim() !== '')
      yield { line, values: row.trimEnd().split(' '), at: (column) => columns.indexOf(column) }
  }
}

/** Each fifth of a log gets a row, made of the one in front of it. */
function withRows(text: string, people: readonly string[], clients: readonly string[], path: string): string {
  const lines = text.split('\n')
  const rows = [...rowsIn(text)]
  const places = [1, 2, 3, 4].map((i) => rows[Math.floor((rows.length * i) / 5)]!).reverse()
  for (const [i, { line, values, at }] of places.entries()) {
    const forged = [...values]
    const set = (column: string, value: string): void => {
      if (at(column) >= 0) forged[at(column)] = value
    }
    set('cs-username', people[i % people.length] ?? 'CONTOSO\\other')
    set('c-ip', clients[i % clients.length]!)
    set('cs-uri-stem', path)
    set('cs-uri-query', '-')
    set('cs-method', 'POST')
    set('sc-status', '200')
    set('sc-substatus', '0')
    set('sc-win32-status', '0')
    lines.splice(line + 1, 0, `${forged.join(' ')}${lines[line]!.endsWith('\r') ? '\r' : ''}`)
  }
  return lines.join('\n')
}

const FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'

/** Behind the rows of the server's own logs of each day thousands by which all people come by the address of the intruder. */
export function proxyRows(files: readonly EvidenceFile[], whole: Assessment, isForwarded: boolean): Damage[] {
  const { clients } = actsOf(whole)
  if (clients.length === 0) return []
  const changed = new Map<string, Buffer>()
  for (const file of files) {
    const name = SITE.exec(file.path)?.[1]
    if (name === undefined) continue
    const date = `20${name.slice(0, 2)}-${name.slice(2, 4)}-${name.slice(4)}`
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const time = new Date(i * 28_000).toISOString().slice(11, 19)
      const row = `${date} ${time} 10.0.0.5 POST /owa/service.svc - 443 CONTOSO\\user${i % 40} ${clients[i % clients.length]} Mozilla/5.0+(${i % 60}) - 200 0 0 12`
      return isForwarded ? `${row} 192.168.7.${1 + (i % 40)}` : row
    })
    const head = `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${FIELDS}${isForwarded ? ' X-Forwarded-For' : ''}`
    changed.set(file.path, Buffer.concat([file.bytes, Buffer.from(`${[head, ...rows].join('\r\n')}\r\n`)]))
  }
  return changed.size === 0 ? [] : [{ name: `proxy${isForwarded ? ' with X-Forwarded-For' : ''}`, files: changed }]
}
