import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import { choose } from '../../../src/parsers/index.ts'
import type { Parser } from '../../../src/parsers/parser.ts'
import { damaged, reading, type Reading } from '../hostile.ts'

const text = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`)
const wide = (bytes: Buffer): Buffer => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le')

function chosen(path: string, bytes: Buffer): Parser {
  const first = bytes.subarray(0, 65_536)
  return choose({ path, windowsPath: null, size: bytes.length, bytes: first, text: decodeText(first) })
}

async function readAs(name: string, path: string, bytes: Buffer): Promise<Reading> {
  const parser = chosen(path, bytes)
  assert.equal(parser.name, name)
  return reading(withText(parser, bytes), bytes, path, { piece: 300 })
}

/** The parser as a scan calls it: with the head as text. */
function withText(parser: Parser, bytes: Buffer): Parser {
  const head = decodeText(bytes.subarray(0, 65_536))
  return { ...parser, read: (source, sink) => parser.read({ ...source, text: head }, sink) }
}

/** What is told of each result: rule, file, action and the like. */
function told({ events }: Reading, ...names: string[]): unknown[][] {
  return events
    .filter(({ log }) => log === 'tool-results')
    .map(({ fields }) => names.map((name) => fields[name] ?? null))
}

const samples: Record<string, readonly [parser: string, path: string, bytes: Buffer]> = {
  msert: [
    'msert',
    'msert.log',
    text(
      '---------------------------------------------------------------------------------------',
      'Microsoft Safety Scanner v1.333, (build 1.333.160.0)',
      'Started On Tue Mar  9 20:05:00 2021',
      '',
      'Engine: 1.1.17900.7',
      'Run Mode: Scan Run in Quiet Mode',
      '',
      'Quick Scan Results:',
      '-------------------',
      'Threat Detected: Backdoor:ASP/Invented.A!dha and Removed!',
      '  Action: Remove, Result: 0x00000000',
      '      file://C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx',
      '          SigSeq: 0x00000555DC2DDDB0',
      '      containerfile://C:\\inetpub\\wwwroot\\aspnet_client\\invented.zip',
      'Threat Detected: Backdoor:ASP/Invented.B!dha, not removed.',
      '  Action: NoAction, Result: 0x00000000',
      '      file://C:\\inetpub\\wwwroot\\a.zip->b.aspx',
      '',
      'Results Summary:',
      '----------------',
      'Found Backdoor:ASP/Invented.A!dha and Removed!',
      'Successfully Submitted Heartbeat Report',
      'Microsoft Safety Scanner Finished On Tue Mar  9 21:05:00 2021',
      '',
      'Return code: 6 (0x6)',
    ),
  ],
  eomt: [
    'eomt',
    'EOMT.log',
    text(
      '2021-03-16 10:00:00 Info: Starting EOMT.ps1 version 21.03.15.2330 on MAIL01',
      '2021-03-16 10:00:01 Info: EOMT preCheck complete on MAIL01',
      '2021-03-16 10:00:02 Info: MAIL01 is vulnerable: applying mitigation',
      '2021-03-16 10:00:30 Info: Mitigation complete on MAIL01 :: Default Web Site',
      '2021-03-16 10:00:31 Notice: MAIL01 has no update.',
      'Please install it.',
      '2021-03-16 10:30:00 Info: Threats detected! Please review "C:\\Windows\\debug\\msert.log" as soon as possible. ',
      '2021-03-16 10:30:01 Error: EOMT.ps1 failed to complete on MAIL01, please review EOMT logs',
    ),
  ],
  'eomt summary': [
    'eomt',
    'EOMTSummary.txt',
    text(
      'Microsoft Safety Scanner and CVE-2021-26855 mitigation summary',
      'Message: Microsoft attempted to mitigate and protect your Exchange server from CVE-2021-26855 and clear malicious files.',
      'For more information on these vulnerabilities please visit https://aka.ms/Exchangevulns. This attempt was unsuccessful.',
    ),
  ],
  'health checker': [
    'health-checker',
    'HealthChecker-MAIL01-20210310.txt',
    text(
      'Exchange Health Checker version 21.03.08.1200',
      'Exchange Information',
      '--------------------',
      '\tName: MAIL01',
      '\tGeneration Time: 03/20/2021 10:00:00',
      '\tVersion: Exchange 2016 CU18',
      '\tBuild Number: 15.01.2106.002',
      '',
      'Security Vulnerability',
      '----------------------',
      '\tSecurity Vulnerability: CVE-2021-26855',
      '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-26855 for more information.',
      '\tSecurity Vulnerability: Download Domains are not configured. You should configure them.',
    ),
  ],
  'health checker page': [
    'health-checker',
    'ExchangeAllServersReport.html',
    text(
      '<html>',
      '<body>',
      '<h1 align="center">Exchange Health Checker v21.03.08.1200</h1><br>',
      '<tr>',
      '<th>Server Name</th>',
      '<th>MAIL01</th>',
      '</tr>',
      '<tr>',
      '<td class="Grey">Build Number</td><td class="Grey">15.01.2106.002</td>',
      '</tr>',
      '<tr>',
      '<td class="Red">Security Vulnerabilities</td><td class="Red">CVE-2021-26855',
      '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-26855 for more information.<br> CVE-2021-27065',
      '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-27065 for more information.<br></td>',
      '</tr>',
    ),
  ],
  'proxy rows': [
    'proxylogon-script',
    'MAIL01-Cve-2021-26855.csv',
    text(
      '#TYPE Selected.System.Management.Automation.PSCustomObject',
      '"DateTime","RequestId","ClientIPAddress","UrlHost","UrlStem","RoutingHint","UserAgent","AnchorMailbox","HttpStatus"',
      '"2021-03-03T06:49:42.162Z","0b7f6c2e-51d4-4b0e-9a61-0000000000a1","203.0.113.77","mail.example.test","/ecp/y.js","X-BEResource","python","ServerInfo~a]@MAIL01.EXAMPLE.TEST:444/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory#","200"',
    ),
  ],
  'other files': [
    'proxylogon-script',
    'MAIL01-other.csv',
    text(
      '"ComputerName","Type","Path","Name","LastWrite"',
      '"MAIL01","SuspiciousArchive","C:\\ProgramData\\it.zip","it.zip","3/13/2021 6:44:38 AM"',
    ),
  ],
  'age of the logs': [
    'proxylogon-script',
    'MAIL01-LogAgeDays.csv',
    text(
      '"OabGen","Ecp","AutoDProxy","EasProxy","EcpProxy","EwsProxy","MapiProxy","OabProxy","OwaProxy","OwaCalendarProxy","PowershellProxy","RpcHttpProxy"',
      '"30.1","30.2","29.9","","30.0","30.0","30.0","30.0","30.0","30.0","30.0","30.0"',
    ),
  ],
  'um events': [
    'proxylogon-script',
    'MAIL01-Cve-2021-26857.csv',
    text(
      '"TimeCreated","MachineName","Message"',
      '"3/13/2021 6:44:38 AM","MAIL01.example.test","The Unified Messaging server encountered',
      'System.InvalidCastException"',
    ),
  ],
  'downloaded paths': [
    'proxylogon-script',
    'MAIL01-Cve-2021-26858-DownloadPaths.log',
    text("'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx'"),
  ],
  screen: [
    'proxylogon-script',
    'out.txt',
    text(
      'ProxyLogon Status: Exchange Server MAIL01',
      '  Log age days: OabGen 30.1 Ecp 30.2',
      '  [CVE-2021-26855] Suspicious activity found in Http Proxy log!',
      '  Report exported to: C:\\x.csv',
      'ProxyLogon Status: Exchange Server MAIL02',
      '  Nothing suspicious detected',
    ),
  ],
  'hayabusa csv': [
    'hunt-csv',
    'hayabusa.csv',
    text(
      '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","RecordID","Details","ExtraFieldInfo","RuleID"',
      '"2021-03-03 04:25:01.000 +00:00","Invented Rule","high","MAIL01.example.test","Sysmon",1,4711,"Cmdline: cmd /c whoami ¦ Proc: C:\\Windows\\System32\\cmd.exe ¦ User: NT AUTHORITY\\SYSTEM","","0aa0"',
    ),
  ],
  'hayabusa json': [
    'hunt-json',
    'hayabusa.jsonl',
    text(
      '{"Timestamp":"2021-03-03 04:25:01.000 +00:00","RuleTitle":"Invented Rule","Level":"crit","Computer":"MAIL01.example.test","Channel":"Sec","EventID":4624,"RecordID":4711,"Details":{"Type":"3 - NETWORK","TgtUser":"a.b","SrcIP":"203.0.113.77"},"RuleID":"0aa0"}',
    ),
  ],
  'chainsaw csv': [
    'hunt-csv',
    'sigma.csv',
    text(
      'timestamp,detections,path,count,Event.System.Provider,Event ID,Record ID,Computer,Event Data',
      '2021-03-03T04:25:01+00:00,Invented Rule;Second Rule,C:\\evtx\\Security.evtx,1,Microsoft-Windows-Security-Auditing,4688,4711,MAIL01.example.test,"CommandLine: cmd',
      'NewProcessName: C:\\Windows\\System32\\cmd.exe"',
    ),
  ],
  'chainsaw json': [
    'hunt-json',
    'chainsaw.json',
    text(
      '[{"group":"Sigma","kind":"individual","document":{"kind":"evtx","path":"/e/Security.evtx","data":{"Event":{"System":{"EventID":4688,"Channel":"Security","Computer":"MAIL01.example.test","EventRecordID":4711,"Provider_attributes":{"Name":"Microsoft-Windows-Security-Auditing"},"TimeCreated_attributes":{"SystemTime":"2021-03-03T04:25:01Z"}},"EventData":{"NewProcessName":"C:\\\\Windows\\\\System32\\\\cmd.exe","CommandLine":"cmd /c whoami"}}}},"name":"Invented Rule","timestamp":"2021-03-03T04:25:01+00:00","authors":["x"],"level":"medium","source":"sigma","status":"stable","id":"0aa0"}]',
    ),
  ],
  zircolite: [
    'hunt-json',
    'detected_events.json',
    text(
      '[{"title":"Invented Rule","id":"0aa0","description":"d","sigmafile":"x.yml","sigma":["SELECT"],"rule_level":"high","tags":[],"count":1,"matches":[{"row_id":1,"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"MAIL01","EventRecordID":4711,"SystemTime":"2021-03-03T04:25:01.000Z","CommandLine":"cmd /c whoami","Image":"C:\\\\Windows\\\\System32\\\\cmd.exe","OriginalLogfile":"s.evtx"}]}]',
    ),
  ],
  'thor text': [
    'thor-text',
    'MAIL01_thor_2021-03-09_2005.txt',
    text(
      'Mar  9 20:05:00 MAIL01/10.0.0.5 THOR: Info: MODULE: Startup MESSAGE: Thor Version: 10.7.30 SCANID: S-x',
      'Mar  9 20:06:00 MAIL01/10.0.0.5 THOR: Alert: MODULE: Filescan MESSAGE: Malware file found SCANID: S-x FILE: C:\\inetpub\\wwwroot\\invented.aspx EXT: .aspx SCORE: 140 MD5: x REASON_1: YARA rule Invented_Rule / invented SUBSCORE_1: 80 REASON_2: Filename IOC SUBSCORE_2: 60 REASONS_COUNT: 2',
    ),
  ],
  loki: [
    'thor-text',
    'loki.log',
    text(
      '20210309T20:05:00Z MAIL01 LOKI: Notice: MODULE: Init MESSAGE: Starting Loki Scan VERSION: 0.44.0 SYSTEM: MAIL01',
      '20210309T20:06:00Z MAIL01 LOKI: Warning: MODULE: FileScan MESSAGE: FILE: C:\\inetpub\\wwwroot\\invented.aspx SCORE: 70 TYPE: UNKNOWN REASON_1: Yara Rule MATCH: Invented_Rule SUBSCORE: 70 DESCRIPTION: x',
      '20210309T20:07:00Z MAIL01 LOKI: Result: MODULE: Results MESSAGE: Suspicious objects detected!',
    ),
  ],
  'thor json': [
    'thor-json',
    'thor.json',
    text(
      '{"time":"2021-03-09T20:05:00Z","hostname":"MAIL01","level":"Info","module":"Startup","message":"Thor Version: 10.7.30","scanid":"S-x","log_version":"v1.0.0"}',
      '{"time":"2021-03-09T20:06:00Z","hostname":"MAIL01","level":"Alert","module":"Filescan","message":"Malware file found","scanid":"S-x","file":"C:\\\\inetpub\\\\wwwroot\\\\invented.aspx","score":"140","reason_1":"YARA rule Invented_Rule","log_version":"v1.0.0"}',
      '{"time":"2021-03-09T20:06:00Z","hostname":"MAIL01","level":"Warning","module":"Filescan","message":"Possibly dangerous file found","reasons":[{"reason":"r1","rulename":"Invented_Rule"}],"file":"C:\\\\b.aspx","score":70,"scanid":"S-x","log_version":"v2.0.0"}',
      '{"type":"THOR finding","meta":{"time":"2021-03-09T20:06:00+01:00","level":"Alert","module":"Filescan","scan_id":"S-x","event_id":"1","hostname":"MAIL01"},"message":"Malware file found","subject":{"type":"file","path":"C:\\\\c.aspx","hashes":{"sha256":""}},"score":140,"reasons":[{"type":"reason","summary":"YARA Rule Invented","signature":{"score":80,"rule_name":"Invented_Rule"},"matched":null}],"log_version":"v3.0.0"}',
    ),
  ],
  yara: [
    'yara-output',
    'yara.txt',
    text('Invented_Rule C:\\inetpub\\wwwroot\\invented.aspx', '0x123:$a: eval', 'Other_Rule [webshell] ./page.aspx'),
  ],
  defender: [
    'defender-cmdlets',
    'threats.txt',
    text(
      '',
      'ActionSuccess                  : True',
      'AMProductVersion               : 4.18.2102.4',
      'DomainUser                     : NT AUTHORITY\\SYSTEM',
      'InitialDetectionTime           : 3/13/2021 4:23:22 AM',
      'Resources                      : {file:_C:\\inetpub\\wwwroot\\invented.aspx, file:_C:\\b.as',
      '                                 px}',
      'ThreatID                       : 2147777777',
      'ThreatStatusID                 : 3',
      'PSComputerName                 :',
      '',
    ),
  ],
  'defender csv': [
    'defender-cmdlets',
    'threats.csv',
    text(
      '"ThreatID","ThreatName","DidThreatExecute","Resources","ThreatStatusID"',
      '"2147777777","Backdoor:ASP/Invented.A","False","file:_C:\\inetpub\\wwwroot\\invented.aspx",""',
    ),
  ],
}

const read = (name: string): Promise<Reading> => readAs(...samples[name]!)

suite('results of other tools', () => {
  test('MSERT: each file with its threat and what became of it, and the end of the scan', async () => {
    const result = await read('msert')
    assert.deepEqual(told(result, 'ThreatName', 'TargetFilename', 'Action', 'ToolVersion'), [
      ['Backdoor:ASP/Invented.A!dha', 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx', 'removed', '1.333.160.0'],
      ['Backdoor:ASP/Invented.A!dha', 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.zip', 'removed', '1.333.160.0'],
      ['Backdoor:ASP/Invented.B!dha', 'C:\\inetpub\\wwwroot\\a.zip', 'not-removed', '1.333.160.0'],
      [null, null, 'finished', '1.333.160.0'],
    ])
    assert.equal(result.events[0]!.time, Date.UTC(2021, 2, 9, 20, 5))
    assert.equal(result.events[0]!.timeBasis, 'assumed')
    const [parser, path, bytes] = samples.msert!
    assert.equal((await readAs(parser, path, wide(bytes))).events.length, 4)
  })

  test('EOMT: what it says of the server, and no step of its own work', async () => {
    const result = await read('eomt')
    assert.deepEqual(told(result, 'Action', 'Cve', 'ToolVersion'), [
      ['vulnerable', 'CVE-2021-26855', '21.03.15.2330'],
      ['mitigated', 'CVE-2021-26855', '21.03.15.2330'],
      ['threats-detected', null, '21.03.15.2330'],
      ['failed', null, '21.03.15.2330'],
    ])
    assert.equal(result.events[0]!.host, 'MAIL01')
    assert.deepEqual(told(await read('eomt summary'), 'Action'), [['failed']])
  })

  test('HealthChecker: the build is a fact, each vulnerability an event', async () => {
    const result = await read('health checker')
    assert.deepEqual(told(result, 'Action', 'Cve'), [
      ['vulnerable', 'CVE-2021-26855'],
      ['vulnerable', null],
    ])
    assert.deepEqual(
      result.facts.map((fact) => fact.fact === 'build' && [fact.build, fact.host, fact.precision, fact.from]),
      [['15.1.2106.2', 'MAIL01', 'update', Date.UTC(2021, 2, 20, 10)]],
    )
    const page = await read('health checker page')
    assert.deepEqual(told(page, 'Cve'), [['CVE-2021-26855'], ['CVE-2021-27065']])
    assert.equal(page.facts.length, 1)
  })

  test('Test-ProxyLogon: quoted rows stay rows; beside them stands what it said', async () => {
    const rows = await read('proxy rows')
    assert.equal(rows.events[0]!.log, 'httpproxy-ecp')
    assert.equal(rows.events[0]!.snippet, true)
    assert.equal(rows.events[0]!.client, '203.0.113.77')
    assert.deepEqual(told(rows, 'Cve', 'Rows', 'Action'), [['CVE-2021-26855', 1, 'detected']])
    assert.deepEqual(told(await read('other files'), 'ToolRule', 'TargetFilename'), [
      ['SuspiciousArchive', 'C:\\ProgramData\\it.zip'],
    ])
    assert.equal(told(await read('age of the logs'), 'LogAgeDays').length, 1)
    const events = await read('um events')
    assert.deepEqual(told(events, 'Cve'), [['CVE-2021-26857']])
    assert.equal(events.events[0]!.time, Date.UTC(2021, 2, 13, 6, 44, 38))
    assert.deepEqual(told(await read('downloaded paths'), 'Cve', 'TargetFilename'), [
      ['CVE-2021-26858', 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx'],
    ])
    const screen = await read('screen')
    assert.deepEqual(
      screen.events.map(({ host, fields }) => [host, fields.Action]),
      [
        ['MAIL01', 'detected'],
        ['MAIL02', 'nothing-found'],
      ],
    )
  })

  for (const [name, level] of [
    ['hayabusa csv', 'high'],
    ['hayabusa json', 'critical'],
    ['chainsaw csv', null],
    ['chainsaw json', 'medium'],
    ['zircolite', 'high'],
  ] as const) {
    test(`${name}: rule, level, record and time`, async () => {
      const result = await read(name)
      assert.deepEqual(result.gaps, [])
      assert.deepEqual(told(result, 'ToolRule', 'ToolLevel', 'RecordId'), [['Invented Rule', level, 4711]])
      assert.equal(result.events[0]!.time, Date.UTC(2021, 2, 3, 4, 25, 1))
      assert.equal(result.events[0]!.host, 'MAIL01')
      assert.equal(
        result.events.every(({ snippet }) => snippet),
        true,
      )
    })
  }

  test('what a hunt points at has our names; an event that stands there is read as one', async () => {
    assert.deepEqual(told(await read('hayabusa csv'), 'CommandLine', 'Image'), [
      ['cmd /c whoami', 'C:\\Windows\\System32\\cmd.exe'],
    ])
    assert.equal((await read('hayabusa json')).events[0]!.client, '203.0.113.77')
    for (const name of ['chainsaw json', 'zircolite']) {
      const { events } = await read(name)
      assert.equal(events.length, 2)
      assert.match(events[1]!.log, /^windows-/)
      assert.equal(events[1]!.fields.CommandLine, 'cmd /c whoami')
    }
  })

  test('THOR and LOKI: file, rules, score; nothing of the scan itself', async () => {
    const thor = await read('thor text')
    assert.deepEqual(told(thor, 'TargetFilename', 'ToolRule', 'ToolScore', 'ToolLevel', 'ToolVersion'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule / invented', 140, 'critical', '10.7.30'],
    ])
    assert.equal(thor.events[0]!.time, Date.UTC(2021, 2, 9, 20, 6))
    assert.deepEqual(told(await read('loki'), 'TargetFilename', 'ToolRule', 'ToolLevel'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule', 'high'],
      [null, null, 'informational'],
    ])
    assert.deepEqual(told(await read('thor json'), 'TargetFilename', 'ToolRule', 'ToolVersion'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule', '10.7.30'],
      ['C:\\b.aspx', 'Invented_Rule', '10.7.30'],
      ['C:\\c.aspx', 'Invented_Rule', '10.7.30'],
    ])
  })

  test('yara and Defender', async () => {
    assert.deepEqual(told(await read('yara'), 'ToolRule', 'TargetFilename'), [
      ['Invented_Rule', 'C:\\inetpub\\wwwroot\\invented.aspx'],
      ['Other_Rule', './page.aspx'],
    ])
    assert.deepEqual(told(await read('defender'), 'TargetFilename', 'Action'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'quarantined'],
    ])
    assert.deepEqual(told(await read('defender csv'), 'ThreatName', 'TargetFilename'), [
      ['Backdoor:ASP/Invented.A', 'C:\\inetpub\\wwwroot\\invented.aspx'],
    ])
  })

  test('no sample of another format is taken for a result', () => {
    const OURS = new Set(Object.values(samples).map(([name]) => name))
    const golden = join(import.meta.dirname, '..')
    const folders = [join(golden, 'golden'), join(golden, 'windows', 'golden')]
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name)),
    )
    assert.ok(files.length > 50)
    for (const file of files) assert.equal(OURS.has(chosen(file, readFileSync(file)).name), false, file)
  })

  for (const [name, [, path, bytes]] of Object.entries(samples)) {
    test(`${name}: cut anywhere and with flipped bits`, async () => {
      const parser = chosen(path, bytes)
      const read = (broken: Buffer): Promise<Reading> => reading(withText(parser, broken), broken, path)
      for (let at = 0; at < bytes.length; at += 23) await read(bytes.subarray(0, at))
      for (const [, broken] of damaged(bytes)) await read(broken)
      for (const [, broken] of damaged(wide(bytes))) await read(broken)
    })
  }

  test('names that objects inherit are values like any other', async () => {
    const bytes = text(
      '{"Timestamp":"2021-03-03 04:25:01.000 +00:00","RuleTitle":"__proto__","Level":"constructor","Computer":"toString","Details":{"__proto__":"x","constructor":"y"},"RuleID":"hasOwnProperty"}',
    )
    const { events } = await readAs('hunt-json', 'x.jsonl', bytes)
    assert.equal(events[0]!.fields.ToolRule, '__proto__')
    assert.equal(events[0]!.fields.ToolLevel, null)
  })
})
