import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso } from '../../src/lib/time.ts'
import { choose } from '../../src/parsers/index.ts'
import { readWith } from './config/reading.ts'

test('requests in the combined format of a proxy: user, time with its zone, URL and agent', async () => {
  const rows = [
    '203.0.113.7 - - [21/Aug/2021:05:15:40 +0200] "POST /owa/auth/x.aspx?a=b&c HTTP/1.1" 200 92 "-" "curl/7.68.0"',
    'mail.contoso.example 198.51.100.20 - k.berg [21/Aug/2021:03:16:00 +0000] "GET /EWS/Exchange.asmx HTTP/2.0" 401 - "-" "-"',
    '2021/08/21 03:17:00 [error] 12#12: connect() failed',
  ]
  const { parser, events, gaps } = await readWith('access.log', rows.join('\n'))
  assert.equal(parser, 'access-log')
  assert.deepEqual(
    events.map(({ log, time, timeBasis, client, user, fields }) => [
      log,
      iso(time),
      timeBasis,
      client,
      user,
      fields['cs-method'],
      fields['cs-uri-stem'],
      fields['cs-uri-query'],
      fields['sc-status'],
      fields['cs(User-Agent)'],
    ]),
    [
      [
        'iis-frontend',
        '2021-08-21T03:15:40.000Z',
        'stated',
        '203.0.113.7',
        null,
        'POST',
        '/owa/auth/x.aspx',
        'a=b&c',
        200,
        'curl/7.68.0',
      ],
      [
        'iis-frontend',
        '2021-08-21T03:16:00.000Z',
        'stated',
        '198.51.100.20',
        'k.berg',
        'GET',
        '/EWS/Exchange.asmx',
        null,
        401,
        undefined,
      ],
    ],
  )
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['unsupported'],
  )
})

test('the log of another site is none of a server of mail', async () => {
  const asked = (path: string): string =>
    `203.0.113.7 - - [21/Aug/2021:05:15:40 +0200] "GET ${path} HTTP/1.1" 404 92 "-" "x"`
  const { parser } = await readWith('access.log', [...Array(40).fill(asked('/shop/')), asked('/owa/')].join('\n'))
  assert.notEqual(parser, 'access-log')
})

for (const [tool, rows, expected] of [
  [
    'AppCompatCacheParser',
    [
      'ControlSet,CacheEntryPosition,Path,LastModifiedTimeUTC,Executed,Duplicate,SourceFile',
      '1,0,C:\\PerfLogs\\a.exe,2023-09-29 02:20:44,NA,False,SYSTEM',
    ],
    ['C:\\PerfLogs\\a.exe', 'ShimCache', 'file modified', '2023-09-29T02:20:44.000Z', undefined],
  ],
  [
    'AmcacheParser',
    [
      'ApplicationName,ProgramId,FileKeyLastWriteTimestamp,SHA1,IsOsComponent,FullPath,Name',
      `Unassociated,0,2023-09-29 02:20:44,${'ab'.repeat(20)},False,c:\\perflogs\\a.exe,a.exe`,
    ],
    ['c:\\perflogs\\a.exe', 'AmCache', 'cataloged', '2023-09-29T02:20:44.000Z', `SHA1=${'AB'.repeat(20)}`],
  ],
  [
    'PECmd',
    [
      'SourceFilename,ExecutableName,Hash,RunCount,LastRun,FilesLoaded',
      'A.pf,A.EXE,5A,2,2022-12-04 02:31:11,"\\VOLUME{01d0-aa}\\WINDOWS\\NTDLL.DLL, \\VOLUME{01d0-aa}\\PERFLOGS\\A.EXE"',
    ],
    ['\\PERFLOGS\\A.EXE', 'prefetch', 'run', '2022-12-04T02:31:11.000Z', undefined],
  ],
] as const)
  test(`programs that ${tool} lists`, async () => {
    const { parser, events, gaps } = await readWith('tool.csv', rows.join('\r\n'))
    assert.deepEqual([parser, gaps], ['program-tables', []])
    assert.deepEqual(
      events.map(({ time, fields: { Image, Source, TimeMeaning, Hashes } }) => [
        Image,
        Source,
        TimeMeaning,
        iso(time),
        Hashes,
      ]),
      [expected],
    )
  })

test('processes that ran: the parent is the row with its number', async () => {
  const rows = [
    '"ProcessId","ParentProcessId","Name","ExecutablePath","CommandLine","CreationDate"',
    '"4","0","System",,,',
    '"7712","5510","cmd.exe","C:\\Windows\\System32\\cmd.exe","cmd /c whoami","2024-09-01 01:31:09"',
    '"5510","1200","w3wp.exe","C:\\Windows\\System32\\inetsrv\\w3wp.exe","w3wp.exe -ap ""MSExchangeECPAppPool""",',
  ]
  const { parser, events, gaps } = await readWith('processes.csv', rows.join('\r\n'))
  assert.deepEqual([parser, gaps], ['process-list', []])
  assert.deepEqual(
    events.map(({ time, timeBasis, fields: { CommandLine, ParentImage, ParentCommandLine } }) => [
      iso(time),
      timeBasis,
      CommandLine,
      ParentImage,
      ParentCommandLine,
    ]),
    [
      [
        '2024-09-01T01:31:09.000Z',
        'assumed',
        'cmd /c whoami',
        'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
        'w3wp.exe -ap "MSExchangeECPAppPool"',
      ],
      [null, 'assumed', 'w3wp.exe -ap "MSExchangeECPAppPool"', undefined, undefined],
    ],
  )
})

test('processes of several machines and times: the parent is the one of that machine that ran then', async () => {
  const rows = [
    '"Node","ProcessId","ParentProcessId","Name","ExecutablePath","CommandLine","CreationDate"',
    '"MAIL01","500","4","w3wp.exe","C:\\Windows\\System32\\inetsrv\\w3wp.exe","w3wp.exe -ap MSExchangeOWAAppPool","2021-08-21 03:00:00"',
    '"MAIL01","612","500","cmd.exe","C:\\Windows\\System32\\cmd.exe","cmd.exe /c whoami","2021-08-21 03:15:00"',
    '"MAIL01","500","4","notepad.exe","C:\\Windows\\notepad.exe","notepad.exe","2021-08-22 03:00:00"',
    '"MAIL02","500","4","explorer.exe","C:\\Windows\\explorer.exe","explorer.exe","2021-08-21 03:00:00"',
  ]
  const { parser, events } = await readWith('processes.csv', rows.join('\r\n'))
  assert.equal(parser, 'process-list')
  assert.deepEqual(
    events.map(({ fields }) => fields['ParentImage'] ?? null),
    [null, 'C:\\Windows\\System32\\inetsrv\\w3wp.exe', null, null],
  )
})

test('processes in the evidence of an incident', async () => {
  const process = {
    '@odata.type': '#microsoft.graph.security.processEvidence',
    processId: 7712,
    processCommandLine: 'cmd.exe /c whoami',
    processCreationDateTime: '2025-06-03T02:14:05Z',
    imageFile: { fileName: 'cmd.exe', filePath: 'C:\\Windows\\System32' },
    parentProcessImageFile: { fileName: 'w3wp.exe', filePath: 'C:\\Windows\\System32\\inetsrv' },
    userAccount: { accountName: 'system', domainName: 'nt authority' },
  }
  const device = { '@odata.type': '#microsoft.graph.security.deviceEvidence', deviceDnsName: 'mail01.contoso.example' }
  const alert = { title: 'Process of a worker', createdDateTime: '2025-06-03T02:16:00Z', evidence: [device, process] }
  const text = JSON.stringify({ id: '1', alerts: [alert] })
  const { parser, events } = await readWith('incident.json', text)
  assert.equal(parser, 'defender-alerts-json')
  assert.deepEqual(
    events
      .filter(({ log }) => log === 'windows-edr')
      .map(({ time, fields: { Image, CommandLine, ParentImage, User } }) => [
        iso(time),
        Image,
        CommandLine,
        ParentImage,
        User,
      ]),
    [
      [
        '2025-06-03T02:14:05.000Z',
        'C:\\Windows\\System32\\cmd.exe',
        'cmd.exe /c whoami',
        'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
        'nt authority\\system',
      ],
    ],
  )
})

for (const [name, text] of [
  [
    'access.log',
    '203.0.113.7 - k.berg [21/Aug/2021:05:15:40 +0200] "POST /owa/auth/x.aspx HTTP/1.1" 200 92 "-" "curl/7.68.0"',
  ],
  [
    'autoruns.csv',
    'Time,Entry Location,Entry,Enabled,Category,Image Path,Launch String\n,HKLM\\Run,a,enabled,Logon,C:\\a.exe,C:\\a.exe',
  ],
] as const)
  test(`${name} in a folder of the server is a file of the server, which an intruder may have left`, () => {
    const bytes = Buffer.from(text)
    const head = { path: `C/inetpub/${name}`, size: bytes.length, bytes, text }
    assert.notEqual(choose({ ...head, windowsPath: null }).name, 'scan')
    assert.equal(choose({ ...head, windowsPath: `C:\\inetpub\\${name}` }).name, 'scan')
  })
