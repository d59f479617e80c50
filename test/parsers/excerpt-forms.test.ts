import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso } from '../../src/lib/time.ts'
import type { Event } from '../../src/model/event.ts'
import { choose } from '../../src/parsers/index.ts'
import { readWith } from './config/reading.ts'

// Forms in which authors of reports show what a search or a tool found.

const eventsOf = async (text: string, path = 'notes.md') => (await readWith(path, text)).events

async function fieldsOf(text: string, ...names: string[]): Promise<unknown[][]> {
  const events = await eventsOf(text)
  return events.map(({ fields }) => names.map((name) => fields[name]))
}

const PROXY_TABLE = `Rows of HttpProxy:
"DateTime","RequestId","ClientIpAddress","UrlHost","UrlStem","RoutingHint","UserAgent","AnchorMailbox","HttpStatus"
"2021-03-03T08:10:01.162Z","x","203.0.113.40","mail.contoso.example","/ecp/q.js","X-BEResource-Cookie","tool/1","ServerInfo~a]@mail01.contoso.example:444/autodiscover/autodiscover.xml?#","200"
`

test('behind a table of one log rows of others are read, and commands', async () => {
  const events = await eventsOf(`${PROXY_TABLE}\`\`\`
What the control panel logged:
2021-03-03T08:10:09.001Z,S:CMD=Get-OabVirtualDirectory.ADPropertiesOnly=$true.Identity=$null;;S:EX=
What was asked for later:
2021-03-05 03:06:27 xxx GET /owa/auth/OutlookGB.aspx &CorrelationID=<empty>; 443 - 198.51.100.21 Mozilla/5.0 - 200 0 0 133
net group "Domain Admins" /domain
`)
  assert.deepEqual(
    events.map(({ log, client }) => [log, client]),
    [
      ['httpproxy-ecp', '203.0.113.40'],
      ['ecp-server', null],
      ['iis-frontend', '198.51.100.21'],
      ['quoted-commands', null],
    ],
  )
})

test('a table of a server holds rows of no other log', async () => {
  const bytes = new TextEncoder().encode(`${PROXY_TABLE}net group "Domain Admins" /domain\n`)
  const text = new TextDecoder().decode(bytes)
  const head = { path: 'x.csv', windowsPath: 'C:\\Users\\ada\\x.csv', size: bytes.length, bytes, text }
  const logs: string[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const sink = { event: ({ log }: Event) => void logs.push(log), gap: () => {}, fact: () => {} }
  await choose(head).read({ ...head, modified: null, chunks }, sink)
  assert.deepEqual(
    logs.filter((log) => log === 'quoted-commands'),
    [],
  )
})

test('fields whose values are marked as code, several in a line', async () => {
  const text = `- source \`sysmon\`, host \`MAIL07.contoso.example\`, user \`NT AUTHORITY\\SYSTEM\`
- process \`C:\\Windows\\System32\\cmd.exe\`
- command line \`cmd /c hostname\`
- parent \`C:\\Windows\\System32\\inetsrv\\w3wp.exe\` \`w3wp.exe -ap "MSExchangeECPAppPool" -v "v4.0"\`
`
  assert.deepEqual(await fieldsOf(text, 'Image', 'CommandLine', 'ParentImage', 'ParentCommandLine', 'User'), [
    [
      'C:\\Windows\\System32\\cmd.exe',
      'cmd /c hostname',
      'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      'w3wp.exe -ap "MSExchangeECPAppPool" -v "v4.0"',
      'NT AUTHORITY\\SYSTEM',
    ],
  ])
  assert.deepEqual(
    (await eventsOf(text)).map(({ host }) => host),
    ['MAIL07'],
  )
})

test('names and values in one mark of code', async () => {
  const text = `**09:12:30** — \`SourceProcessName=C:\\Windows\\Temp\\pd.exe\`,
\`TargetProcessName=C:\\Windows\\System32\\lsass.exe\`, \`GrantedAccess=0x1410\`.
`
  assert.deepEqual(await fieldsOf(text, 'SourceImage', 'TargetImage', 'GrantedAccess'), [
    ['C:\\Windows\\Temp\\pd.exe', 'C:\\Windows\\System32\\lsass.exe', '0x1410'],
  ])
})

test('what an author wrote behind a program is no part of it', async () => {
  const text = `UtcTime: 2025-06-19T02:38:52Z
Image: C:\\Windows\\System32\\inetsrv\\w3wp.exe   (pool of the portal)
TargetFilename: C:\\inetpub\\wwwroot\\portal\\files\\view.aspx
`
  assert.deepEqual(await fieldsOf(text, 'Image', 'TargetFilename'), [
    ['C:\\Windows\\System32\\inetsrv\\w3wp.exe', 'C:\\inetpub\\wwwroot\\portal\\files\\view.aspx'],
  ])
  const thread =
    'SourceImage: `C:\\Tools\\a.exe`\nTargetImage: `C:\\Windows\\System32\\lsass.exe` → the process it read\n'
  assert.deepEqual(await fieldsOf(thread, 'TargetImage'), [['C:\\Windows\\System32\\lsass.exe']])
})

test('tables whose columns are fields of events', async () => {
  const text = `| Time | ParentImage | CommandLine |
|---|---|---|
| 2026-02-17 10:45:13 | w3wp.exe | \`"cmd.exe" /c dir \\| find "x"\` |
| 10:46:49 | w3wp.exe | \`cmd.exe /c net group "Domain Admins" /domain\` |

| Time | Image | TargetFilename |
|---|---|---|
| 10:40:33 | \`C:\\Windows\\System32\\inetsrv\\w3wp.exe\` | \`C:\\inetpub\\wwwroot\\aspnet_client\\page.aspx\` |
`
  assert.deepEqual(await fieldsOf(text, 'ParentImage', 'CommandLine', 'TargetFilename'), [
    ['\\w3wp.exe', '"cmd.exe" /c dir \\| find "x"', undefined],
    ['\\w3wp.exe', 'cmd.exe /c net group "Domain Admins" /domain', undefined],
    [undefined, undefined, 'C:\\inetpub\\wwwroot\\aspnet_client\\page.aspx'],
  ])
  const [first, second] = await eventsOf(text)
  assert.equal(iso(first!.time), '2026-02-17T10:45:13.000Z')
  assert.equal(second!.time, null)
})

test('tables whose columns are those of IIS', async () => {
  const text = `| When | c_ip | cs_method | cs_uri_stem | cs_uri_query | sc_status |
|---|---|---|---|---|---|
| 2026-02-17 10:40:33 | 203.0.113.23 | POST | \`/portal/upload.aspx\` | \`file=page.aspx\` | 200 |
`
  const [event, ...more] = await eventsOf(text)
  assert.equal(more.length, 0)
  assert.deepEqual(
    [event!.log, event!.client, iso(event!.time), event!.fields['cs-uri'], event!.fields['sc-status']],
    ['iis-frontend', '203.0.113.23', '2026-02-17T10:40:33.000Z', '/portal/upload.aspx?file=page.aspx', 200],
  )
})

test('a table about something else has no events', async () => {
  const text = `| Field | Value |
|---|---|
| Process | cmd.exe |
| Technique | T1059 |
`
  assert.deepEqual(await eventsOf(text), [])
})

test('a command whose output goes into a file stands behind no prompt', async () => {
  const text =
    'c:\\windows\\temp\\k.exe privilege::debug sekurlsa::logonpasswords exit > c:\\windows\\temp\\1.txt\nC:\\Users\\ada> whoami\n'
  assert.deepEqual(
    (await eventsOf(text, 'commands.txt')).map(({ fields }) => fields.CommandLine),
    ['c:\\windows\\temp\\k.exe privilege::debug sekurlsa::logonpasswords exit > c:\\windows\\temp\\1.txt', 'whoami'],
  )
})

test('pages that were deleted, and sentences with the same word', async () => {
  const text =
    'del "D:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\er.aspx"\ndel servidor "MAIL01"\nwhoami\n'
  assert.deepEqual(
    (await eventsOf(text, 'commands.txt')).map(({ fields }) => String(fields.CommandLine).slice(0, 8)),
    ['del "D:\\', 'whoami'],
  )
})

test('records that lost their time and number, and addresses with points in brackets', async () => {
  const text = `OfficeActivity
{"TimeGenerated":"2024-02-10T09:00:00Z","Operation":"Set-Mailbox","UserId":"bo@contoso.example","ClientIP":"203.0.113.9","Parameters":{"ForwardingSmtpAddress":"smtp:bo.copy@mail-relay[.]example"}}
`
  const [event] = await eventsOf(text, 'detection.txt')
  assert.equal(iso(event!.time), '2024-02-10T09:00:00.000Z')
  assert.equal(event!.fields.ForwardsWhere, 'outside')
})

test('processes that are drawn below a worker have it as their parent, with branches, arrows or blanks', async () => {
  const worker = 'c:\\windows\\system32\\inetsrv\\w3wp.exe'
  const trees = [
    `${worker} -ap "MSExchangeOWAAppPool"\n  -> cmd.exe /c whoami /all\n    -> net user ada /domain\n`,
    `w3wp.exe (PID 4711)\n└── cmd.exe (PID 4712) "cmd.exe" /c whoami /all\n    └── net.exe (4713) net user ada /domain\n`,
    `${worker}\n\tC:\\Windows\\System32\\cmd.exe /c whoami /all\n\t\tnet user ada /domain\n`,
    'w3wp.exe → cmd.exe /c whoami /all → net user ada /domain\n',
  ]
  for (const text of trees) {
    const found = await fieldsOf(text, 'CommandLine', 'ParentImage')
    assert.deepEqual(
      found
        .filter(([command]) => command !== undefined)
        .map(([command, parent]) => [/whoami|net user/.exec(String(command))?.[0], parent]),
      [
        ['whoami', '\\w3wp.exe'],
        ['net user', undefined],
      ],
      text,
    )
  }
})

test('what stands beside a worker, or behind a blank line, was not started by it', async () => {
  const found = await fieldsOf(
    '  w3wp.exe\n  cmd.exe /c whoami /all\nw3wp.exe\n\n  net user ada /domain\n',
    'ParentImage',
  )
  assert.deepEqual(found, [[undefined], [undefined]])
})

test('the message of the OAB generator, as findstr and people print it', async () => {
  const message = "Download failed and temporary file 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx' needs to be removed"
  for (const [text, time] of [
    [
      `OABGENERATOR20210303-1.LOG:2021-03-03T06:51:08.489Z,MAIL01,OABDownload,Error,${message}`,
      '2021-03-03T06:51:08.489Z',
    ],
    [`2021-03-03T06:51:08.489Z,12,1,,OABFileGenerator,"${message}"`, '2021-03-03T06:51:08.489Z'],
    [message, null],
  ] as const)
    assert.deepEqual(
      (await eventsOf(`${text}\n`)).map((event) => [event.log, iso(event.time)]),
      [['oabgenerator', time]],
      text,
    )
})

test('entries of a timeline: requests and commands among other words, times without seconds', async () => {
  const text = `## Timeline (UTC)
| Time | Event |
|---|---|
| 2021-03-03 04:22 | 198.51.100.21 sends POST /ecp/x.js with X-BEResource cookie; response 200 |
| 2021-03-03 05:01 | \`procdump64.exe -ma lsass.exe C:\\windows\\temp\\l\` executed as SYSTEM |
2021-03-03 05:02 UTC: POST /aspnet_client/a.aspx from 198.51.100.21 returned 404
2021-03-03 05:03 UTC - \`reg save HKLM\\SAM C:\\Windows\\Temp\\s\`
2021-03-03 05:04 | 198.51.100.21 | POST /aspnet_client/a.aspx | was tested by the team, 3 times
`
  const events = await eventsOf(text)
  assert.deepEqual(
    events.map(({ time, client, fields }) => [
      iso(time),
      client,
      fields['cs-uri-stem'] ?? String(fields.CommandLine).split(' ', 1)[0],
      fields['cs-uri-query'] ?? null,
      fields['sc-status'] ?? null,
    ]),
    [
      ['2021-03-03T04:22:00.000Z', '198.51.100.21', '/ecp/x.js', null, 200],
      ['2021-03-03T05:01:00.000Z', null, 'procdump64.exe', null, null],
      ['2021-03-03T05:02:00.000Z', '198.51.100.21', '/aspnet_client/a.aspx', null, 404],
      ['2021-03-03T05:03:00.000Z', null, 'reg', null, null],
    ],
  )
})

test('objects that Get-InboxRule and Get-MailboxExportRequest print', async () => {
  const text = `[PS] C:\\>Get-InboxRule -Mailbox ann | fl

Name              : .
Priority          : 1
MoveToFolder      : RSS Feeds
MailboxOwnerId    : contoso.example/Users/ann

Name         : MailboxExport
FilePath     : \\\\127.0.0.1\\C$\\a.aspx
Status       : Completed
RequestQueue : DB01
`
  assert.deepEqual(
    (await fieldsOf(text, 'ObjectType', 'MoveToFolder', 'FilePath')).filter(([type]) => type !== undefined),
    [
      ['InboxRule', 'RSS Feeds', undefined],
      ['MailboxExportRequest', undefined, '\\\\127.0.0.1\\C$\\a.aspx'],
    ],
  )
})

const ECP_ROWS = `#Software: Microsoft Exchange Server
#Version: 15.0.0.0
#Log-type: ECP Server Log
#Date: 2021-03-03T06:00:00.000Z
#Fields: TimeStamp,ServerName,EventId,EventData
2021-03-03T08:10:09.001Z,MAIL01,ECP.Request,"S:TIME=3;'S:CMD=Get-OabVirtualDirectory.Identity=$null';S:URL=/ecp/;S:EX="
2021-03-03T08:10:10.001Z,MAIL01,ECP.Request,"S:TIME=3;'S:CMD=Get-ExchangeServer.Identity=$null';S:URL=/ecp/;S:EX="
`
const IIS_ROWS = `#Software: Microsoft Internet Information Services 10.0
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
2021-03-05 03:06:27 192.0.2.10 GET /owa/auth/OutlookGB.aspx - 443 - 198.51.100.21 Mozilla/5.0 - 200 0 0 133
2021-03-05 03:06:28 192.0.2.10 GET /owa/auth/OutlookGB.aspx - 443 - 198.51.100.21 Mozilla/5.0 - 200 0 0 133
2021-03-05 03:06:29 192.0.2.10 GET /owa/auth/OutlookGB.aspx - 443 - 198.51.100.21 Mozilla/5.0 - 200 0 0 133
`

test('logs of Exchange and of IIS under one another, each with its header, in either order', async () => {
  for (const text of [`${ECP_ROWS}\n${IIS_ROWS}`, `${IIS_ROWS}\n${ECP_ROWS}`]) {
    const logs = (await eventsOf(text, 'logs.txt')).map(({ log }) => log)
    assert.equal(logs.filter((log) => log === 'iis-frontend').length, 3)
    assert.equal(logs.filter((log) => log === 'ecp-server').length, 2)
  }
})

test('a log in its folder stays one, whatever a row looks like', () => {
  const bytes = new TextEncoder().encode(`${ECP_ROWS}2021-03-05 03:06:27 192.0.2.10 GET /owa/ - 443\n`)
  const windowsPath =
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG'
  const head = { path: 'x.log', windowsPath, size: bytes.length, bytes, text: new TextDecoder().decode(bytes) }
  assert.equal(choose(head).name, 'exchange-csv')
})

test('quotation marks that a word processor bent are those that were typed', async () => {
  const text = `“cmd” /c cd /d "c:\\PerfLogs"&whoami&echo [S]&cd&echo [E]
C:\\Windows\\system32\\cmd.exe /C schtasks /create /F /tn “\\Contoso\\Stat” /tr “C:\\Windows\\Vss\\stat.exe” /sc ONSTART
powershell -Command “Get-Mailbox -Filter {Alias -eq ‘ada’}”
The “cmd” of the 1990s was smaller.
`
  assert.deepEqual(await fieldsOf(text, 'CommandLine'), [
    ['"cmd" /c cd /d "c:\\PerfLogs"&whoami&echo [S]&cd&echo [E]'],
    [
      'C:\\Windows\\system32\\cmd.exe /C schtasks /create /F /tn "\\Contoso\\Stat" /tr "C:\\Windows\\Vss\\stat.exe" /sc ONSTART',
    ],
    [`powershell -Command "Get-Mailbox -Filter {Alias -eq 'ada'}"`],
  ])
})

test('in a quotation without a header what a debugger lists is read, beside quotations that have one', async () => {
  const listed = ' 0000029c3935afb0  yes  110  200 GET  /aspnet_client/c.aspx?cmd=x'
  const text = `\`\`\`
${IIS_ROWS}\`\`\`
2021-03-05 03:06:27 192.0.2.10 GET /b.aspx cmd=x 443 198.51.100.22 200
\`\`\`
2021-03-05 03:06:27 192.0.2.10 GET /b.aspx cmd=x 443 198.51.100.22 200
${listed}
\`\`\`
`
  const targets = (await eventsOf(text)).map(({ target }) => target)
  assert.deepEqual(targets.slice(3), ['/aspnet_client/c.aspx'])
})

test('processes in cells of a table, in marks of code, with words of the author behind them', async () => {
  const text = `| Time | Event | Source |
|---|---|---|
| 10:44:15 | \`w3wp.exe\` -> \`cmd.exe /c whoami\` - **the first command** | Sysmon 1 |
| 10:44:29 | \`w3wp.exe\` → \`cmd.exe /c ipconfig /all\` | Sysmon 1 |
| 10:44:31 | \`w3wp.exe\` starts the compiler \`csc.exe\` | Sysmon 1 |
| path | \`C:\\inetpub\\wwwroot\\aspnet_client\\zq.aspx\` | its place |
`
  const events = await eventsOf(text)
  assert.deepEqual(
    events.map(({ fields }) => fields.CommandLine ?? fields.TargetFilename),
    ['cmd.exe /c whoami', 'cmd.exe /c ipconfig /all', 'C:\\inetpub\\wwwroot\\aspnet_client\\zq.aspx'],
  )
  assert.match(String(events[0]!.fields.ParentImage), /w3wp\.exe$/)
})

test('one command in a quotation among a few sentences', async () => {
  const text = `They asked for an export to a folder of pages:
\`\`\`powershell
New-MailboxExportRequest -Mailbox ada -FilePath "\\\\127.0.0.1\\C$\\x.aspx"
\`\`\`

Then they opened the page in a browser.
`
  assert.equal((await fieldsOf(text, 'CommandLine')).length, 1)
})

test('time and AnchorMailbox as rows of a table in quotation marks, in a post', async () => {
  const text = `Is this server compromised?

Server log

"2021-03-04T08:20:03.579Z","ServerInfo~a]@mail01  .contoso.example:444/autodiscover/autodiscover.xml?#"

"2021-03-05T23:03:44.923Z","ServerInfo~a]@mail01.contoso.example:444/ecp/proxyLogon.ecp?#"
| 2021-03-06T03:05:00.000Z | ServerInfo~a]@mail01.contoso.example:444/mapi/emsmdb/?# |
`
  assert.deepEqual(
    (await eventsOf(text, 'question.txt')).map(({ fields }) => fields.SsrfPath),
    ['/autodiscover/autodiscover.xml', '/ecp/proxyLogon.ecp', '/mapi/emsmdb/'],
  )
})

test('a table whose rows begin with a time is no log of IIS', async () => {
  const text = `Day,Amount,Note
2026-05-02T03:20:00+00:00,3,three
2026-05-02T09:15:00+00:00,4,four
`
  const bytes = new TextEncoder().encode(text)
  assert.notEqual(choose({ path: 'x.csv', windowsPath: null, size: bytes.length, bytes, text }).name, 'iis')
})

test('requests as objects of JSON with names of their own', async () => {
  const text = JSON.stringify({
    items: [
      {
        timestamp: '2026-06-01T04:17:55Z',
        method: 'get',
        uri: '/autodiscover/autodiscover.json?@z.example/mapi/nspi/?&Email=autodiscover/autodiscover.json%3f@z.example',
        status: 200,
        source_ip: '198.51.100.77',
      },
      {
        time: '2026-06-01T04:19:10Z',
        request: { method: 'POST', url: 'https://mail.contoso.example/owa/auth/zq.aspx' },
        http_method: 'POST',
        requestUrl: 'https://mail.contoso.example/owa/auth/zq.aspx',
        statusCode: '200',
        remoteAddr: '203.0.113.8',
      },
    ],
  })
  assert.deepEqual(
    (await eventsOf(text, 'alerts.json')).map(({ time, client, target, fields }) => [
      time === null ? null : iso(time),
      client,
      target,
      fields['cs-method'],
      fields['sc-status'],
    ]),
    [
      ['2026-06-01T04:17:55.000Z', '198.51.100.77', '/autodiscover/autodiscover.json', 'GET', 200],
      ['2026-06-01T04:19:10.000Z', '203.0.113.8', '/owa/auth/zq.aspx', 'POST', 200],
    ],
  )
})

test('requests of another site, and pages without an answer, are no requests of the server', async () => {
  const other = JSON.stringify([
    { timestamp: '2026-06-01T04:17:55Z', method: 'GET', uri: '/shop', status: 200, source_ip: '198.51.100.77' },
  ])
  const template = JSON.stringify([{ id: 'check', method: 'GET', path: '/owa/auth/logon.aspx' }])
  for (const text of [other, template]) assert.deepEqual(await eventsOf(text, 'x.json'), [])
})
