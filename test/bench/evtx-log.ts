import { evtxFile, type EvtxRecord, type EvtxValue, typed } from '../../tools/writers/evtx.ts'

/** A log in which record stands by record, of the kinds that a busy server writes; the same each time. */
export function denseLog(size: number): Buffer {
  const random = seeded(20210303)
  const records: EvtxRecord[] = []
  for (let bytes = 0, id = 1; bytes < size; id++) {
    // A channel for a thousand records, as logs of one channel each would be.
    const kinds = channels[Math.floor(id / 1_000) % channels.length]!
    const kind = kinds[random(kinds.length)]!
    const record = { ...base, ...kind(random), recordId: id, time: FIRST + id * 37 }
    records.push(record)
    bytes += 340 + (record.data ?? []).reduce((sum, [, value]) => sum + lengthOf(value), 0)
  }
  return evtxFile(records)
}

type Random = (below: number) => number
type Kind = (random: Random) => Omit<EvtxRecord, 'recordId' | 'time' | 'computer'>

const FIRST = Date.UTC(2021, 2, 3, 4, 0, 0)
const base = { computer: 'MAIL01.contoso.example', userId: 'S-1-5-18', processId: 2_312, threadId: 3_456 }

const programs = [
  String.raw`C:\Windows\System32\svchost.exe`,
  String.raw`C:\Windows\System32\conhost.exe`,
  String.raw`C:\Windows\System32\wbem\WmiPrvSE.exe`,
  String.raw`C:\Windows\System32\inetsrv\w3wp.exe`,
  String.raw`C:\Program Files\Microsoft\Exchange Server\V15\Bin\MSExchangeHMWorker.exe`,
  String.raw`C:\Program Files\Microsoft\Exchange Server\V15\Bin\EdgeTransport.exe`,
  String.raw`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe`,
  String.raw`C:\Windows\System32\cmd.exe`,
  String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
  String.raw`C:\Windows\System32\taskhostw.exe`,
]
const commands = [
  'svchost.exe -k netsvcs -p -s Schedule',
  String.raw`\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`,
  String.raw`C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding`,
  String.raw`c:\windows\system32\inetsrv\w3wp.exe -ap "MSExchangeOWAAppPool" -v "v4.0" -c "C:\Program Files\Microsoft\Exchange Server\V15\bin\GenericAppPoolConfigWithGCServerEnabledFalse.config" -a \\.\pipe\iisipm`,
  String.raw`"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe" /noconfig /fullpaths @"C:\Windows\Temp\x`,
  'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\Scripts\\report.ps1 -Run ',
]
const one = <T>(list: readonly T[], random: Random): T => list[random(list.length)]!
const guid = (random: Random): string =>
  [8, 4, 4, 4, 12].map((length) => Array.from({ length }, () => random(16).toString(16)).join('')).join('-')
const user = (random: Random): string => `user${random(400)}`
const sid = (random: Random): EvtxValue =>
  typed('sid', `S-1-5-21-1004336348-1177238915-682003330-${1000 + random(400)}`)
const hex = (value: number): EvtxValue => typed('hexInt64', BigInt(value))
const address = (random: Random): string => `10.${random(4)}.${random(250)}.${random(250)}`
const command = (random: Random): string => `${one(commands, random)}${random(100_000)}`

const security = (eventId: number, data: EvtxRecord['data']): ReturnType<Kind> => ({
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  providerGuid: '54849625-5478-4994-A5BA-3E3B0328C30D',
  eventId,
  keywords: 0x8020000000000000n,
  level: 0,
  task: 12_544,
  ...(data ? { data } : {}),
})
const sysmon = (eventId: number, data: EvtxRecord['data']): ReturnType<Kind> => ({
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  providerGuid: '5770385F-C22A-43E0-BF4C-06F5698FFBD9',
  eventId,
  version: 5,
  task: eventId,
  ...(data ? { data } : {}),
})
const subject = (random: Random): NonNullable<EvtxRecord['data']> => [
  ['SubjectUserSid', sid(random)],
  ['SubjectUserName', user(random)],
  ['SubjectDomainName', 'CONTOSO'],
  ['SubjectLogonId', hex(random(0xffffff))],
]
const process = (random: Random): NonNullable<EvtxRecord['data']> => [
  ['RuleName', '-'],
  ['UtcTime', `2021-03-03 04:${String(random(60)).padStart(2, '0')}:22.${String(random(1000)).padStart(3, '0')}`],
  ['ProcessGuid', typed('guid', guid(random))],
  ['ProcessId', random(65_000)],
  ['Image', one(programs, random)],
]

const channels: readonly (readonly Kind[])[] = [
  [
    (r) =>
      security(4624, [
        ...subject(r),
        ['TargetUserSid', sid(r)],
        ['TargetUserName', user(r)],
        ['TargetDomainName', 'CONTOSO'],
        ['TargetLogonId', hex(r(0xffffff))],
        ['LogonType', 3],
        ['LogonProcessName', 'Kerberos'],
        ['AuthenticationPackageName', 'Kerberos'],
        ['WorkstationName', '-'],
        ['LogonGuid', typed('guid', guid(r))],
        ['TransmittedServices', '-'],
        ['LmPackageName', '-'],
        ['KeyLength', 0],
        ['ProcessId', hex(r(65_000))],
        ['ProcessName', '-'],
        ['IpAddress', address(r)],
        ['IpPort', String(r(65_000))],
        ['ImpersonationLevel', '%%1833'],
      ]),
    (r) =>
      security(4688, [
        ...subject(r),
        ['NewProcessId', hex(r(65_000))],
        ['NewProcessName', one(programs, r)],
        ['TokenElevationType', '%%1936'],
        ['ProcessId', hex(r(65_000))],
        ['CommandLine', command(r)],
        ['TargetUserSid', typed('sid', 'S-1-0-0')],
        ['TargetUserName', '-'],
        ['TargetDomainName', '-'],
        ['TargetLogonId', hex(0)],
        ['ParentProcessName', one(programs, r)],
        ['MandatoryLabel', typed('sid', 'S-1-16-16384')],
      ]),
    (r) =>
      security(4634, [
        ['TargetUserSid', sid(r)],
        ['TargetUserName', user(r)],
        ['TargetDomainName', 'CONTOSO'],
        ['TargetLogonId', hex(r(0xffffff))],
        ['LogonType', 3],
      ]),
    (r) =>
      security(4672, [
        ...subject(r),
        [
          'PrivilegeList',
          'SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege\n\t\t\tSeDebugPrivilege',
        ],
      ]),
  ],
  [
    (r) =>
      sysmon(1, [
        ...process(r),
        ['FileVersion', '10.0.14393.0 (rs1_release.160715-1616)'],
        ['Description', 'Host Process for Windows Services'],
        ['Product', 'Microsoft® Windows® Operating System'],
        ['Company', 'Microsoft Corporation'],
        ['OriginalFileName', 'svchost.exe'],
        ['CommandLine', command(r)],
        ['CurrentDirectory', 'C:\\Windows\\system32\\'],
        ['User', 'NT AUTHORITY\\SYSTEM'],
        ['LogonGuid', typed('guid', guid(r))],
        ['LogonId', hex(0x3e7)],
        ['TerminalSessionId', 0],
        ['IntegrityLevel', 'System'],
        ['Hashes', `SHA256=${guid(r).replaceAll('-', '').toUpperCase()}${guid(r).replaceAll('-', '').toUpperCase()}`],
        ['ParentProcessGuid', typed('guid', guid(r))],
        ['ParentProcessId', r(65_000)],
        ['ParentImage', one(programs, r)],
        ['ParentCommandLine', command(r)],
      ]),
    (r) =>
      sysmon(3, [
        ...process(r),
        ['User', 'NT AUTHORITY\\SYSTEM'],
        ['Protocol', 'tcp'],
        ['Initiated', true],
        ['SourceIsIpv6', false],
        ['SourceIp', address(r)],
        ['SourceHostname', 'MAIL01.contoso.example'],
        ['SourcePort', typed('uint16', r(65_000))],
        ['SourcePortName', ''],
        ['DestinationIsIpv6', false],
        ['DestinationIp', address(r)],
        ['DestinationHostname', 'dc01.contoso.example'],
        ['DestinationPort', typed('uint16', 443)],
        ['DestinationPortName', 'https'],
      ]),
    (r) =>
      sysmon(11, [
        ...process(r),
        ['TargetFilename', String.raw`C:\Windows\Temp\x${r(100_000)}.tmp`],
        ['CreationUtcTime', '2021-03-03 04:23:22.370'],
      ]),
    (r) =>
      sysmon(13, [
        ['RuleName', '-'],
        ['EventType', 'SetValue'],
        ...process(r).slice(1),
        ['TargetObject', String.raw`HKLM\System\CurrentControlSet\Services\svc${r(1000)}\ImagePath`],
        ['Details', `DWORD (0x${r(1000).toString(16)})`],
      ]),
    (r) =>
      sysmon(7, [
        ...process(r),
        ['ImageLoaded', String.raw`C:\Windows\System32\module${r(1000)}.dll`],
        ['FileVersion', '10.0.14393.0'],
        ['Description', 'A library'],
        ['Product', 'Windows'],
        ['Company', 'Microsoft Corporation'],
        ['Hashes', 'SHA256=00'],
        ['Signed', 'true'],
        ['Signature', 'Microsoft Windows'],
        ['SignatureStatus', 'Valid'],
      ]),
  ],
  [
    (r) => ({
      channel: 'Microsoft-Windows-PowerShell/Operational',
      provider: 'Microsoft-Windows-PowerShell',
      providerGuid: 'A0C1853B-5C40-4B15-8766-3CF1C58F985A',
      eventId: 4104,
      level: 5,
      data: [
        ['MessageNumber', 1],
        ['MessageTotal', 1],
        [
          'ScriptBlockText',
          `function Get-Report { param($Name) Get-Mailbox -Identity $Name | Select-Object DisplayName, Database }\nGet-Report -Name "${user(r)}" # ${r(100_000)}`,
        ],
        ['ScriptBlockId', guid(r)],
        ['Path', ''],
      ],
    }),
  ],
  [
    (r) => ({
      channel: 'MSExchange Management',
      provider: 'MSExchange CmdletLogs',
      eventId: 1,
      qualifiers: 16_388,
      task: 1,
      data: [
        [
          null,
          [
            'Get-Mailbox',
            `{Identity=${user(r)}}`,
            `contoso.example/Users/${user(r)}`,
            'S-1-5-21-1-2-3-1104',
            'S-1-5-21-1-2-3-1104',
            'Remote-ManagementShell-Unknown',
            '10220 w3wp#MSExchangePowerShellAppPool',
            '',
            '24',
            '00:00:00.0156250',
            'View Entire Forest: False',
            '',
            '',
            '',
            guid(r),
          ],
        ],
      ],
    }),
  ],
]

function lengthOf(value: EvtxValue): number {
  if (typeof value === 'string') return value.length * 2 + 4
  if (Array.isArray(value)) return value.reduce((sum, text: string) => sum + text.length * 2 + 2, 0)
  return 16
}

/** A small linear congruential generator: the same rows on every machine. */
function seeded(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x100000000) * below)
  }
}
