import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import { entered } from '../core/ablation.ts'
import { type Damage, damaged } from '../core/damage.ts'
import { forgedProxyLog } from './forged-logs.ts'

// Servers that were entered, with files added that would explain it, or with one thing damaged in all files that show it: the
// verdict stays, or nothing is known; it never becomes "no evidence".

const [HOUR, DAY] = [3_600_000, 86_400_000]
const SYSMON = 'C/Windows/System32/winevt/Logs/Microsoft-Windows-Sysmon%4Operational.jsonl'
const IIS = 'C/inetpub/logs/LogFiles'

type Make = (
  files: readonly EvidenceFile[],
  whole: Assessment,
) => Iterable<readonly [path: string, text: string | Buffer]>

const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
const textOf = ({ bytes }: EvidenceFile): string => bytes.toString('utf8')
const firstDay = (whole: Assessment): number => Math.floor(Date.parse(whole.coverage.first!) / DAY) * DAY

/** What of the findings that count the evidence names: clients, accounts and times. */
function named(whole: Assessment): { clients: string[]; users: string[]; times: number[] } {
  const counting = whole.findings.filter(({ is }) => is === 'yes' || is === 'likely')
  return {
    clients: [...new Set(counting.flatMap(({ client }) => client ?? []))],
    users: [...new Set(counting.flatMap(({ user }) => user ?? []))],
    times: counting.flatMap(({ first, time }) => first ?? time ?? []).map((time) => Date.parse(time)),
  }
}

/** All files that findings rest on, changed. */
function changing(change: (text: string) => string): Make {
  return (files, whole) => {
    const paths = new Set(
      whole.findings
        .flatMap(({ is, locators }) => (is === 'yes' || is === 'likely' ? locators : []))
        .map(({ path }) => path),
    )
    return files.flatMap((file) => {
      const text = textOf(file)
      return paths.has(file.path) && change(text) !== text ? [[file.path, change(text)] as const] : []
    })
  }
}

/** Keys of JSON under other names. */
const renamed = (keys: string): Make =>
  changing((text) => text.replaceAll(new RegExp(`"(${keys})":`, 'g'), '"other$1":'))

/** An Application log by which Exchange was updated when the acts happened. */
const updates: Make = (_, whole) => {
  const events = named(whole).times.flatMap((time) =>
    [-1, 1].map((side) => {
      const TimeCreated = { '@SystemTime': new Date(time + (side * HOUR) / 2).toISOString() }
      const System = { Provider: { '@Name': 'MsiInstaller' }, EventID: 1033, Channel: 'Application', TimeCreated }
      const EventData = { Data: ['Security Update for Exchange Server 2019 (KB5001779)', '15.2', '1033', '0'] }
      return JSON.stringify({ Event: { System: { ...System, Computer: whole.server.name }, EventData } })
    }),
  )
  return [['C/Windows/System32/winevt/Logs/Application.jsonl', `${events.join('\n')}\n`]]
}

/** An audit log of the tenant on a drive of the server: the intruder's accounts worked from there for weeks. */
const tenantOnDrive: Make = (_, whole) => {
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
const archive: Make = (files, whole) => {
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
function daysBefore(isOwn: boolean): Make {
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

function iisDay(day: number, clients: readonly string[], userOf: (i: number) => string): string {
  const fields =
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'
  const rows = Array.from({ length: 100 }, (_, i) => {
    const time = new Date(day + i * 600_000).toISOString()
    return `${time.slice(0, 10)} ${time.slice(11, 19)} 10.0.0.5 GET /owa/ - 443 ${userOf(i)} ${clients[i % clients.length]} Mozilla/5.0+(${i % 60}) - 200 0 0 12`
  })
  return `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${fields}\r\n${rows.join('\r\n')}\r\n`
}

/** More code in front of a script than names are followed through, and more text than a page is long. */
const moreCode = changing((text) => `${'var unused = "a";\n'.repeat(25_000)}${text}`)
const moreText = changing((text) => `/* ${'text '.repeat(300_000)} */\n${text}`)
/** PowerShell reads over a comment. */
const likeRule = changing((text) => `<#\ntitle: Backup\ndetection:\nrule backup\n#>\n${text}`)
const people = daysBefore(false)
const account = daysBefore(true)
// server → what is done, and the verdicts that may be
for (const [name, what, make, verdicts] of [
  [
    'any-intrusion/compromised/sprayed-over-imap',
    'a zero in front of the log',
    changing((text) => `\0${text}`),
    ['cannot-tell'],
  ],
  [
    'any-intrusion/compromised/forward-and-nameless-rule',
    'no times',
    renamed('@SystemTime|SystemTime|TimeCreated'),
    ['cannot-tell'],
  ],
  ['any-intrusion/compromised/sprayed-over-windows-logons', 'no accounts', renamed('TargetUserName'), ['cannot-tell']],
  [
    'any-intrusion/compromised/remote-control-after-remote-desktop',
    'no addresses',
    renamed('IpAddress'),
    ['cannot-tell'],
  ],
  [
    'any-intrusion/compromised/sprayed-in-a-table-of-evtxecmd',
    'other quotes',
    changing((text) => text.replaceAll('"', "'")),
    ['cannot-tell'],
  ],
  ['any-intrusion/compromised/sprayed-in-a-table-of-evtxecmd', 'days of the account', account, ['compromised']],
  ['any-intrusion/compromised/encoded-command-below-the-worker', 'updates', updates, ['compromised']],
  ['any-intrusion/compromised/impersonated-from-a-new-network', 'a tenant', tenantOnDrive, ['compromised']],
  ['any-intrusion/compromised/guessed-at-the-form-behind-a-balancer', 'days of people', people, ['compromised']],
  ['mail-taken/compromised/device-of-the-intruder', 'days of people', people, ['compromised']],
  ['mail-taken/compromised/impersonated', 'days of people', people, ['compromised']],
  ['any-intrusion/compromised/logon-script-sends-passwords', 'more code in front', moreCode, ['cannot-tell']],
  ['any-intrusion/compromised/logon-script-sends-passwords', 'more text in front', moreText, ['compromised']],
  [
    'post-exploitation/compromised/service-in-an-exported-key',
    'a rule in front',
    changing((text) => `logsource:\n${text}`),
    ['cannot-tell'],
  ],
  [
    'post-exploitation/compromised/rows-of-hayabusa',
    'a rule in front',
    changing((text) => `logsource:\n${text}`),
    ['cannot-tell'],
  ],
  [
    'proxylogon-2021/compromised/only-the-compiled-page',
    'a zero in front',
    changing((text) => `\0${text}`),
    ['cannot-tell'],
  ],
  ['post-exploitation/compromised/task-runs-commands-from-mail', 'a comment like a rule', likeRule, ['compromised']],
  ['cve-2025-53786/compromised/keys-taken', 'an archive', archive, ['compromised']],
] as const)
  void test(`${name}: ${what}`, async () => {
    const seen: string[] = []
    const server = entered.find((one) => one.name === name)!
    const damage = (files: readonly EvidenceFile[], whole: Assessment): Damage[] => [
      {
        name: what,
        files: new Map([...make(files, whole)].map(([path, text]) => [path, Buffer.from(text as string)])),
      },
    ]
    await damaged(server, damage, ({ files }, result) => {
      assert.ok(files.size > 0)
      seen.push(result.verdict.is)
    })
    assert.equal(seen.length, 1)
    assert.ok((verdicts as readonly string[]).includes(seen[0]!), seen[0])
  })
