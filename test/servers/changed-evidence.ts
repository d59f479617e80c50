import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import { COPIED } from '../core/damage.ts'
import { decode, encode } from '../../tools/simulator/encoded.ts'
import { updates } from './forged-evidence.ts'
import { forgedProxyLog } from './forged-logs.ts'

// Files that are added to the evidence of a server that was entered, and changes of those that show it.

const DAY = 86_400_000
const SYSMON = 'C/Windows/System32/winevt/Logs/Microsoft-Windows-Sysmon%4Operational.jsonl'
const IIS = 'C/inetpub/logs/LogFiles'

/** Files that are added or exchanged, and what is then in them. */
export type Make = (
  files: readonly EvidenceFile[],
  whole: Assessment,
) => Iterable<readonly [path: string, text: string | Buffer]>

export const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
export const textOf = ({ bytes }: EvidenceFile): string => bytes.toString('utf8')
export const firstDay = (whole: Assessment): number => Math.floor(Date.parse(whole.coverage.first!) / DAY) * DAY

/** What of the findings that count the evidence names: clients, accounts and times. */
export function named(whole: Assessment): { clients: string[]; users: string[]; times: number[] } {
  const counting = whole.findings.filter(({ is }) => is === 'yes' || is === 'likely')
  const times = counting.flatMap(({ first, time }) => first ?? time ?? [])
  return {
    clients: [...new Set(counting.flatMap(({ client }) => client ?? []))],
    users: [...new Set(counting.flatMap(({ user }) => user ?? []))],
    times: (times.length > 0 ? times : [whole.coverage.first!]).map((time) => Date.parse(time)),
  }
}

/**
 * All files that findings rest on, changed. Those that are kept encoded are encoded again. A text that a person copied is left out: it may
 * lie anywhere under any name, so that nothing but its content says what it was.
 */
export function changing(change: (text: string) => string | Buffer): Make {
  return (files, whole) => {
    const paths = new Set(
      whole.findings
        .flatMap(({ is, locators }) => (is === 'yes' || is === 'likely' ? locators : []))
        .map(({ path }) => path.split('!/')[0]!),
    )
    const copied = new Set(
      whole.evidence.manifest.flatMap(({ path, parser }) => (COPIED.has(parser ?? '') ? [path] : [])),
    )
    return files.flatMap((file) => {
      const isEncoded = file.path.endsWith('.enc')
      const path = file.path.replace(/\.enc$/, '')
      if (!paths.has(path) || copied.has(path)) return []
      const text = isEncoded ? decode(textOf(file)).toString('utf8') : textOf(file)
      const changed = change(text)
      if (changed === text) return []
      return [[file.path, isEncoded ? encode(Buffer.from(changed as string)) : changed] as const]
    })
  }
}

/** Keys of JSON under other names. */
export const renamed = (keys: string): Make =>
  changing((text) => text.replaceAll(new RegExp(`"(${keys})":`, 'g'), '"other$1":'))

/** An Application log by which Exchange was updated when the acts happened. */
export const updatesOfActs: Make = (_, whole) => [
  ['C/Windows/System32/winevt/Logs/Application.jsonl', updates(named(whole).times, whole.server.name)],
]

/** An audit log of the tenant on a drive of the server: the intruder's accounts worked from there for weeks. */
export const tenantOnDrive: Make = (_, whole) => {
  const { clients, users, times } = named(whole)
  const records = Array.from({ length: 60 }, (_, i) => ({
    CreationTime: new Date(Math.min(...times) - ((i % 20) + 1) * DAY).toISOString().slice(0, 19),
    Id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    Operation: 'UserLoggedIn',
    RecordType: 15,
    ResultStatus: 'Success',
    Workload: 'AzureActiveDirectory',
    ClientIP: clients[i % clients.length],
    UserId: users[i % users.length],
  }))
  return [['C/Tools/audit.json', JSON.stringify(records)]]
}

/** The intruder's events on days before, in a file beside the log of Sysmon, behind an event of another channel. */
export const archive: Make = (files, whole) => {
  const log = files.find(({ path }) => path === SYSMON)!
  const time = Math.min(...named(whole).times)
  const lines = textOf(log)
    .split('\n')
    .filter((line) => line.includes(dateOf(time)))
  const days = Array.from({ length: 6 }, (_, i) => dateOf(firstDay(whole) + i * DAY))
  const other = {
    Provider: { '@Name': 'Microsoft-Windows-Servicing' },
    EventID: 2,
    Channel: 'Setup',
    Computer: 'MAIL01',
  }
  const first = JSON.stringify({
    Event: { System: { ...other, TimeCreated: { '@SystemTime': `${days[0]!}T00:00:00Z` } } },
  })
  const text = days.flatMap((day) => lines.map((line) => line.replaceAll(dateOf(time), day)))
  return ['Setup', 'Archive-Sysmon'].map((name) => [
    SYSMON.replace(/[^/]*\.jsonl$/, `${name}.jsonl`),
    `${[first, ...text].join('\n')}\n`,
  ])
}

/** Seven days of all logs of the front end before the first one, in which people work at the intruder's address. */
export function daysBefore(isOwn: boolean): Make {
  return (files, whole) => {
    const { clients, users } = named(whole)
    const userOf = (i: number): string => (isOwn ? users[i % users.length]! : `CONTOSO\\user${i % 20}`)
    const folders = new Map(
      files
        .filter(({ path }) => /\/Logging\/HttpProxy\//.test(path))
        .map((file) => [file.path.replace(/[^/]*$/, ''), file]),
    )
    return Array.from({ length: 7 }, (_, i) => firstDay(whole) - (i + 1) * DAY).flatMap((day) => [
      ...['W3SVC1', 'W3SVC2'].map((site): [string, string] => [
        `${IIS}/${site}/u_ex${dateOf(day).slice(2).replaceAll('-', '')}.log`,
        iisDay(day, site === 'W3SVC1' ? clients : ['10.0.0.5'], userOf),
      ]),
      ...[...folders].map(([folder, file]): [string, string] => [
        `${folder}HttpProxy_${dateOf(day).replaceAll('-', '')}00-1.LOG`,
        forgedProxyLog(textOf(file), 100, {
          time: (i) => day + i * 30_000,
          client: (i) => clients[i % clients.length]!,
          user: userOf,
        }),
      ]),
    ])
  }
}

export function iisDay(day: number, clients: readonly string[], userOf: (i: number) => string): string {
  const fields =
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'
  const rows = Array.from({ length: 100 }, (_, i) => {
    const time = new Date(day + i * 600_000).toISOString()
    return `${time.slice(0, 10)} ${time.slice(11, 19)} 10.0.0.5 GET /owa/ - 443 ${userOf(i)} ${clients[i % clients.length]} Mozilla/5.0+(${i % 60}) - 200 0 0 12`
  })
  return `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${fields}\r\n${rows.join('\r\n')}\r\n`
}

const order = ['not-asked', 'no-evidence', 'targeted', 'cannot-tell', 'likely', 'yes']

/** Answers that say less than before. */
export function weakerThan(before: Assessment['answers'], now: Assessment['answers'], how: string): readonly string[] {
  return before.flatMap(({ question, is }) => {
    const later = now.find((answer) => answer.question === question)!.is
    return order.indexOf(later) < order.indexOf(is) ? [`${how}: ${question} was ${is} and is ${later}`] : []
  })
}
