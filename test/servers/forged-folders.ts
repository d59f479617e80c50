import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import type { Damage } from '../core/damage.ts'
import { actsOf } from './forged-evidence.ts'

// Logs of the web server that are added in further folders, rows of the days of the acts, and records of updates.

const DAY = 86_400_000
const FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'
const SITE = 'C/inetpub/logs/LogFiles/W3SVC1'

/** Twenty people ask for their mail from the address of the intruder, from midnight on. */
function rowsOf(day: number, client: string): readonly string[] {
  return Array.from({ length: 60 }, (_, i) => {
    const time = new Date(day + i * 20_000).toISOString()
    const at = `${time.slice(0, 10)} ${time.slice(11, 19)}`
    return `${at} 10.0.0.5 GET /owa/ - 443 CONTOSO\\user${i % 20} ${client} Mozilla/5.0+(${i}) - 200 0 0 12`
  })
}

function logOf(day: number, client: string): Buffer {
  return Buffer.from(
    `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${FIELDS}\r\n${rowsOf(day, client).join('\r\n')}\r\n`,
  )
}

/** Logs of every day under the names that IIS gives them, in the folder of another site, of another drive, and in both. */
export function foldersOfEachDay(whole: Assessment): Damage[] {
  const { clients, from, to } = actsOf(whole)
  const [client] = clients
  if (client === undefined) return []
  const folders = ['C/inetpub/logs/LogFiles/W3SVC3', 'E/IISLogs/W3SVC1']
  const inFolder = (folder: string): [string, Buffer][] =>
    daysBetween(from, to).map((day) => [`${folder}/u_ex${nameOf(day)}.log`, logOf(day, client)])
  return [...folders.map((folder) => [folder]), folders].map((some) => ({
    name: some.join(' and '),
    files: new Map(some.flatMap(inFolder)),
  }))
}

/** The same rows in the server's own logs of the days of the acts, before these. */
export function rowsOfTheDay(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const { clients, times } = actsOf(whole)
  const [client] = clients
  if (client === undefined) return []
  const changed = new Map<string, Buffer>()
  for (const day of new Set(times.map((time) => Math.floor(time / DAY) * DAY))) {
    const own = files.find(({ path }) => path === `${SITE}/u_ex${nameOf(day)}.log`)
    if (own === undefined) continue
    const text = own.bytes.toString('utf8')
    const fields = /^#Fields: (.*)\r?\n/m.exec(text)!
    const end = fields.index + fields[0].length
    const added = rowsInColumns(fields[1]!.trim().split(' '), rowsOf(day, client))
    changed.set(own.path, Buffer.from(`${text.slice(0, end)}${added}${text.slice(end)}`))
  }
  return changed.size === 0 ? [] : [{ name: 'rows of the day', files: changed }]
}

/** Rows with the columns that a log of the server has. */
function rowsInColumns(columns: readonly string[], rows: readonly string[]): string {
  const names = FIELDS.split(' ')
  return rows
    .map((row) => {
      const values = row.split(' ')
      return `${columns.map((name) => values[names.indexOf(name)] ?? '-').join(' ')}\r\n`
    })
    .join('')
}

/** A table of Windows' logons by which the accounts of the acts were served from the intruder's address at the begin of each of their days. */
export function tableOfTheDay(whole: Assessment): Damage[] {
  const { clients, users, times } = actsOf(whole)
  const [client] = clients
  if (client === undefined) return []
  const days = [...new Set(times.map((time) => Math.floor(time / DAY) * DAY))]
  const rows = days.flatMap((day) =>
    users.map((user, i) => {
      const time = new Date(day + i * 60_000).toISOString()
      const name = user.replace(/^.*\\|@.*$/g, '')
      return `${time},4624,Security,Microsoft-Windows-Security-Auditing,${whole.server.name},${name},CONTOSO,3,${client}`
    }),
  )
  const head = 'TimeCreated,Id,LogName,ProviderName,MachineName,TargetUserName,TargetDomainName,LogonType,IpAddress'
  return [
    { name: 'a table of logons', files: new Map([['C/x.csv', Buffer.from(`${[head, ...rows].join('\r\n')}\r\n`)]]) },
  ]
}

/** Events by which Exchange was installed at the times of the acts. */
export function updatesAtTheActs(whole: Assessment): Damage[] {
  const events = [...new Set(actsOf(whole).times)].map((time, i) =>
    JSON.stringify({
      Event: {
        System: {
          Provider: { '@Name': 'MsiInstaller' },
          EventID: 1033,
          Level: 4,
          TimeCreated: { '@SystemTime': new Date(time).toISOString() },
          EventRecordID: 1000 + i,
          Channel: 'Application',
          Computer: whole.server.name,
        },
        EventData: { Data: ['Microsoft Exchange Server', '15.2.1544.9', '1033', '0', 'Microsoft Corporation'] },
      },
    }),
  )
  const path = 'C/Windows/System32/winevt/Logs/Application.jsonl'
  return [{ name: 'updates', files: new Map([[path, Buffer.from(`${events.join('\n')}\n`)]]) }]
}

function daysBetween(from: number, to: number): readonly number[] {
  const first = Math.floor(from / DAY) * DAY
  return Array.from({ length: Math.floor((to - first) / DAY) + 1 }, (_, i) => first + i * DAY)
}

function nameOf(day: number): string {
  return new Date(day).toISOString().slice(2, 10).replaceAll('-', '')
}
