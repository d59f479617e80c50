import type { Assessment } from '../../src/model/assessment.ts'
import type { Make } from './changed-evidence.ts'
import { dateOf, named } from './changed-evidence.ts'

// Lists and outputs that a script may print, made up so that nothing of an attack is in them: services, tasks, files, what starts
// by itself, transport agents, inbox rules, a scanner that found nothing, and the acts as commands of an administrator.

const V15 = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15'
const lines = (...all: readonly object[]): string => all.map((one) => JSON.stringify(one)).join('\n')
const csv = (...rows: readonly string[]): string => `${rows.join('\r\n')}\r\n`

const SERVICES = lines(
  ...['MSExchangeIS', 'MSExchangeTransport', 'W3SVC', 'Spooler', 'WinDefend'].map((name) => ({
    State: 'Running',
    Name: name,
    DisplayName: name,
    StartMode: 'Auto',
    PathName: `C:\\Windows\\system32\\svchost.exe -k ${name}`,
    UserAccount: 'LocalSystem',
    Created: '2019-06-05T02:12:00Z',
  })),
)
const TASKS = lines({
  OSPath: 'C:\\Windows\\System32\\Tasks\\Microsoft\\Windows\\Defrag\\ScheduledDefrag',
  Mtime: '2019-01-01T00:00:00Z',
  Command: '%windir%\\system32\\defrag.exe',
  ExpandedCommand: 'C:\\Windows\\system32\\defrag.exe',
  Arguments: '-c -h',
  UserId: 'S-1-5-18',
})
const AUTORUNS = csv(
  'Time,Entry Location,Entry,Enabled,Category,Profile,Description,Company,Image Path,Version,Launch String',
  '20190611-101500,HKLM\\System\\CurrentControlSet\\Services,Spooler,enabled,Services,System-wide,Print Spooler,Microsoft Corporation,c:\\windows\\system32\\spoolsv.exe,10.0,C:\\Windows\\System32\\spoolsv.exe',
)
const AGENTS = csv(
  '"Identity","Enabled","Priority","TransportAgentFactory","AssemblyPath"',
  `"Transport Rule Agent","True","1","Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.TransportRuleAgentFactory","${V15}\\TransportRoles\\agents\\Rule\\Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.dll"`,
)
const RULES = csv('"MailboxOwnerId","Name","Enabled","Description"')
const SCANNER =
  'Microsoft Safety Scanner v1.333, (build 1.333.600.0)\r\nStarted On Mon Mar  1 10:00:00 2021\r\n\r\nResults Summary:\r\n----------------\r\nNo infection found.\r\nMicrosoft Safety Scanner Finished On Mon Mar  1 11:00:00 2021\r\n\r\nReturn code: 0 (0x0)\r\n'
const FOLDERS = [
  ['.\\inetpub\\wwwroot', 'web.config'],
  ['.\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth', 'logon.aspx'],
  ['.\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\ecp\\auth', 'TimeoutLogout.aspx'],
  ['.\\Windows\\System32', 'cmd.exe'],
] as const

/** When the first act was, and where none has a time, any. */
const firstAct = (whole: Assessment): number =>
  Math.min(Date.UTC(2030, 0), ...named(whole).times.filter(Number.isFinite))
/** A day more than a year before the acts. */
const dayBefore = (whole: Assessment): string => dateOf(firstAct(whole) - 400 * 86_400_000)

const entriesOfDisk: Make = (_, whole) => {
  const day = dayBefore(whole)
  const rows = FOLDERS.map(
    ([folder, name], i) => `${i + 7},True,${folder},${name},7000,False,${day} 00:00:00.1234567,${day} 00:00:01.1`,
  )
  const head = 'EntryNumber,InUse,ParentPath,FileName,FileSize,IsDirectory,Created0x10,LastModified0x10'
  return ['C/Tools/mft.csv', 'export/mft.csv'].map((path) => [path, csv(head, ...rows)])
}

const folders: Make = (_, whole) => {
  const [year, month, day] = dayBefore(whole).split('-')
  const blocks = FOLDERS.map(
    ([folder, name]) =>
      ` Directory of ${folder.replace('.', 'C:')}\r\n\r\n${month}/${day}/${year}  04:12 AM             7,301 ${name}\r\n               1 File(s)          7,301 bytes\r\n`,
  )
  return [['C/Tools/dir.txt', blocks.join('\r\n')]]
}

/** What the acts were, as commands that an administrator typed a minute before the first of them. */
const commands: Make = (_, whole) => {
  const shown = whole.findings
    .flatMap(({ facts, locators }) => [facts.CommandLine, facts.ScriptBlockText, ...locators.map(({ raw }) => raw)])
    .flatMap((text) => (typeof text === 'string' && text.length < 2000 ? [text.replaceAll(/[\r\n]+/g, ' ')] : []))
    .slice(0, 200)
  const start = new Date(firstAct(whole) - 60_000).toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const star = '*'.repeat(22)
  const head = `${star}\r\nWindows PowerShell transcript start\r\nStart time: ${start}\r\nUsername: CONTOSO\\administrator\r\nRunAs User: CONTOSO\\administrator\r\nMachine: MAIL01 (Microsoft Windows NT 10.0.14393.0)\r\nHost Application: powershell.exe\r\n${star}\r\n`
  const profile = 'C/Users/administrator'
  return [
    [
      `${profile}/Documents/PowerShell_transcript.MAIL01.abcdefgh.${start}.txt`,
      `${head}${shown.map((one) => `PS C:\\> ${one}\r\n`).join('')}${star}\r\n`,
    ],
    [
      `${profile}/AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt`,
      `${shown.join('\r\n')}\r\n`,
    ],
  ]
}

/** Files that are added, by kind. */
export const forgedLists: Readonly<Record<string, Make>> = {
  'a list of services': () => [['C/Tools/results/Windows.System.Services.json', SERVICES]],
  'a list of tasks': () => [['C/Tools/results/Windows.System.TaskScheduler.json', TASKS]],
  'a list of what starts by itself': () => [['C/Tools/autoruns.csv', AUTORUNS]],
  'a list of transport agents': () => [['C/Tools/agents.csv', AGENTS]],
  'a list of no inbox rule': () => [['C/Tools/InboxRules.csv', RULES]],
  'a scanner that found nothing': () => [['C/Windows/debug/msert.log', SCANNER]],
  'entries of the disk without the pages': entriesOfDisk,
  'folders without the pages': folders,
  'commands of an administrator': commands,
}
