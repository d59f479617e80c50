import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import { choose } from '../../../src/parsers/index.ts'
import type { Parser } from '../../../src/parsers/parser.ts'
import { damaged, reading, type Reading } from '../hostile.ts'
import { samples, text } from './samples.ts'

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

/** Builds with host, precision and time. */
function buildsOf({ facts }: Reading): unknown[] {
  return facts.flatMap((fact) => (fact.fact === 'build' ? [[fact.build, fact.host, fact.precision, fact.from]] : []))
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

  for (const form of ['Defender alerts, hunting', 'Defender alerts, Sentinel', 'Defender alerts, Graph'])
    test(`${form}: the file as a result, the process as an event, too`, async () => {
      const result = await read(form)
      assert.deepEqual(told(result, 'ToolRule', 'ToolLevel', 'TargetFilename', 'CommandLine'), [
        ['Possible web shell installation', 'medium', 'C:\\inetpub\\wwwroot\\aspnet_client\\help.aspx', null],
        ['Possible web shell installation', 'medium', null, 'cmd.exe /c whoami'],
      ])
      const [process] = result.events.filter(({ log }) => log === 'windows-edr')
      assert.deepEqual(
        [process?.fields.Image, process?.fields.CommandLine, process?.time],
        ['C:\\Windows\\System32\\cmd.exe', 'cmd.exe /c whoami', Date.UTC(2026, 2, 17, 9, 41)],
      )
    })

  test('EOMT: what it says of the server, and no step of its own work', async () => {
    const result = await read('eomt')
    assert.deepEqual(told(result, 'Action', 'VendorName', 'ToolVersion'), [
      ['vulnerable', 'EOMT', '21.03.15.2330'],
      ['mitigated', 'EOMT', '21.03.15.2330'],
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

  test('HealthChecker as JSON: one report of all servers, and what was exported of one', async () => {
    const all = await read('health checker, vulnerabilities')
    assert.deepEqual(all.gaps, [])
    assert.deepEqual(
      all.events.map(({ host, time, fields }) => [host, time, fields.Action, fields.Cve, fields.ToolVersion]),
      [
        ['MAIL01', Date.UTC(2023, 0, 5, 10, 31, 12), 'vulnerable', 'CVE-2021-26855', '23.01.03.1200'],
        ['MAIL01', Date.UTC(2023, 0, 5, 10, 31, 12), 'vulnerable', 'CVE-2021-27065', '23.01.03.1200'],
        ['MAIL01', Date.UTC(2023, 0, 5, 10, 31, 12), 'vulnerable', null, '23.01.03.1200'],
        ['MAIL02', Date.UTC(2023, 0, 5, 10, 31, 12), 'passed', null, '23.01.03.1200'],
      ],
    )
    assert.deepEqual(buildsOf(all), [
      ['15.1.2106.2', 'MAIL01', 'update', Date.UTC(2023, 0, 5, 10, 31, 12)],
      ['15.1.2507.17', 'MAIL02', 'update', Date.UTC(2023, 0, 5, 10, 31, 12)],
      ['15.1.2507.6', 'MAIL03', 'cu', Date.UTC(2023, 0, 5, 10, 31, 12)],
    ])
    const build = ['15.1.2106.2', 'MAIL01', 'update']
    assert.deepEqual(buildsOf(await read('health checker, collected')), [[...build, Date.UTC(2021, 2, 20, 10)]])
    const whole = await read('health checker, whole')
    assert.deepEqual(buildsOf(whole), [[...build, Date.UTC(2021, 2, 20, 10, 0, 0, 123)]])
    assert.deepEqual(
      told(whole, 'Cve', 'Action').filter(([cve]) => cve !== null),
      [
        ['CVE-2021-26855', 'vulnerable'],
        ['CVE-2021-27065', 'vulnerable'],
      ],
    )
  })

  for (const [path, date, time] of [
    ['HealthChecker-VulnerabilityReport-20230405103000.json', '4/5/2023 10:31:12 AM', Date.UTC(2023, 3, 5, 10, 31, 12)],
    ['HealthChecker-VulnerabilityReport-20230504103000.json', '4/5/2023 10:31:12 AM', Date.UTC(2023, 4, 4, 10, 31, 12)],
    ['report.json', '4/5/2023 10:31:12 AM', null],
    ['report.json', '25.04.2023 10:31:12', Date.UTC(2023, 3, 25, 10, 31, 12)],
    ['HealthChecker-VulnerabilityReport-20200101000000.json', '4/5/2023 10:31:12 AM', null],
  ] as const) {
    test(`HealthChecker: ${date} in ${path} is ${time === null ? 'no certain time' : new Date(time).toISOString()}`, async () => {
      const servers = [{ Name: 'A', BuildVersion: '15.1.2106.2', Vulnerabilities: null, Online: true }]
      const report = { VersionReport: '1', ReportDate: date, Organization: null, Servers: servers }
      const result = await readAs('health-json', path, text(JSON.stringify(report)))
      assert.deepEqual(buildsOf(result), [['15.1.2106.2', 'A', 'update', time]])
    })
  }

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
        ['MAIL01', 'log-age'],
        ['MAIL01', 'detected'],
        ['MAIL02', 'nothing-found'],
      ],
    )
  })

  test('reads the rows and the other files that Test-ProxyLogon printed', async () => {
    const { events, parsed } = await read('screen with rows')
    assert.deepEqual(
      events.map(({ log, host, time, fields }) => [
        log,
        host,
        time === null ? null : new Date(time).toISOString(),
        fields.AnchorMailbox ?? fields.LogAgeDays ?? fields.TargetFilename ?? fields.Cve,
      ]),
      [
        ['tool-results', 'MAIL01', null, ['Ecp=29,8', 'Mapi=21,5']],
        ['tool-results', 'MAIL01', null, 'CVE-2021-26855'],
        [
          'httpproxy-unknown',
          'MAIL01',
          '2021-03-03T09:32:46.036Z',
          'ServerInfo~a]@mail01.example.test:444/mapi/emsmdb/?#',
        ],
        ['tool-results', 'MAIL01', null, 'CVE-2021-27065'],
        ['tool-results', 'MAIL01', null, 'C:\\ProgramData\\it.zip'],
      ],
    )
    assert.equal(parsed, samples['screen with rows']![2].length)
  })

  for (const [name, level, record = 4711, rule = 'Invented Rule'] of [
    ['hayabusa csv', 'high'],
    ['hayabusa before version 1', 'high', null],
    ['hayabusa 1.4', 'critical'],
    ['hayabusa for timesketch', 'medium'],
    ['hayabusa json', 'critical'],
    ['chainsaw csv', null],
    ['chainsaw 1 csv', null, null],
    ['chainsaw 1 built-in csv', null, null, 'windows defender detections'],
    ['chainsaw 1 json', null],
    ['chainsaw 2.0 csv', null],
    ['chainsaw json', 'medium'],
    ['zircolite', 'high'],
  ] as const) {
    test(`${name}: rule, level, record and time`, async () => {
      const result = await read(name)
      assert.deepEqual(result.gaps, [])
      assert.deepEqual(told(result, 'ToolRule', 'ToolLevel', 'RecordId'), [[rule, level, record]])
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

  const utc = (month: number, day: number, hour = 4): number => Date.UTC(2021, month - 1, day, hour, 25, 1)
  for (const [what, stamps, times] of [
    ['RFC 3339', ['2021-04-03 04:25:01.000000+00:00'], [utc(4, 3)]],
    ['RFC 2822 with a colon', ['Sat,  3 Apr 2021 04:25:01 +00:00'], [utc(4, 3)]],
    ['RFC 2822 without', ['Sat, 03 Apr 2021 06:25:01 +0200'], [utc(4, 3)]],
    ['ISO 8601', ['2021-04-03T04:25:01.123456Z'], [utc(4, 3) + 123]],
    ['American, half days', ['04-03-2021 04:25:01.000 AM +00:00'], [utc(4, 3)]],
    [
      'American, noon and midnight',
      ['04-03-2021 12:25:01.000 PM +00:00', '04-03-2021 12:25:01.000 AM +00:00'],
      [utc(4, 3, 12), utc(4, 3, 0)],
    ],
    [
      'European, known by a later row',
      ['03-04-2021 04:25:01.000 +00:00', '13-04-2021 04:25:01.000 +00:00', '05-04-2021 04:25:01.000 +00:00'],
      [utc(4, 3), utc(4, 13), utc(4, 5)],
    ],
    [
      'American, known by a later row',
      ['04-03-2021 06:25:01.000 +02:00', '04-13-2021 06:25:01.000 +02:00'],
      [utc(4, 3), utc(4, 13)],
    ],
    ['open in all rows', ['04-03-2021 04:25:01.000 +00:00', '04-04-2021 04:25:01.000 +00:00'], [null, utc(4, 4)]],
    [
      'two forms in one file',
      ['13-04-2021 04:25:01.000 +00:00', '04-13-2021 04:25:01.000 +00:00', '04-03-2021 04:25:01.000 +00:00'],
      [utc(4, 13), utc(4, 13), null],
    ],
    ['no day of either order', ['31-31-2021 04:25:01.000 +00:00', '13-04-2021 13:25:01.000 PM +00:00'], [null, null]],
    ['another form', ['4/3/2021 4:25'], [null]],
  ] as const) {
    test(`times of a hunt, ${what}`, async () => {
      const rows = stamps.map((stamp) => `"${stamp}","Invented Rule","high","MAIL01"`)
      const csv = await readAs('hunt-csv', 'x.csv', text('"Timestamp","RuleTitle","Level","Computer"', ...rows))
      const objects = stamps.map((stamp) => `{"Timestamp":"${stamp}","RuleTitle":"Invented Rule","Level":"high"}`)
      for (const { events, facts } of [csv, await readAs('hunt-json', 'x.jsonl', text(...objects))]) {
        assert.deepEqual(
          events.map(({ time }) => time),
          times,
        )
        // What has no time keeps what was written.
        assert.deepEqual(
          events.map(({ fields }) => fields.Timestamp ?? null),
          stamps.map((stamp, i) => (times[i] === null ? stamp : null)),
        )
        const open = stamps.some((stamp, i) => times[i] === null && /^0/.test(stamp))
        assert.equal(facts.filter(({ fact }) => fact === 'note').length, open ? 1 : 0)
      }
    })
  }

  test('first versions of hunts: what they point at has our names', async () => {
    assert.deepEqual(told(await read('hayabusa 1.4'), 'CommandLine', 'NewProcessName', 'ToolRuleId'), [
      ['cmd /c whoami | more', 'C:\\Windows\\System32\\cmd.exe', 'rules/a.yml'],
    ])
    assert.deepEqual(told(await read('hayabusa for timesketch'), 'CommandLine', 'Image'), [
      ['cmd /c whoami', 'C:\\Windows\\System32\\cmd.exe'],
    ])
    assert.deepEqual(told(await read('chainsaw 1 csv'), 'CommandLine', 'Image', 'EventID', 'ToolVerdict'), [
      ['cmd /c whoami', 'C:\\Windows\\System32\\cmd.exe', 4688, 'Invented Rule; Second Rule'],
    ])
    assert.deepEqual(told(await read('chainsaw 1 built-in csv'), 'ThreatName', 'TargetFilename', 'User'), [
      ['Backdoor:ASP/Invented.A', 'C:\\inetpub\\wwwroot\\invented.aspx', 'NT AUTHORITY\\SYSTEM'],
    ])
    const logons = text('id,username,failed_login_count', '4625,"""a.b""",12')
    assert.deepEqual(told(await readAs('hunt-csv', 'account_brute_forcing.csv', logons), 'ToolRule', 'User', 'Count'), [
      ['account brute forcing', 'a.b', 12],
    ])
  })

  for (const [what, path, lines] of [
    [
      'digests with sizes',
      'list.csv',
      ['0123456789abcdef0123456789abcdef,C:\\a.txt,7', '0123456789abcdef0123456789abcde0,C:\\b.txt,60000'],
    ],
    ['digests alone', 'list.csv', ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcde0']],
    ['another table of times', 'x.csv', ['time,computername,level', '1,2,3']],
    ['another table of detections', 'x.csv', ['system_time,id,name', '1,2,3']],
    ['another timeline', 'x.csv', ['datetime,timestamp_desc,message', '2021-03-03T04:25:01Z,x,y']],
    ['JSON that names a server', 'x.json', ['{"ServerName":"a","Servers":[]}']],
  ] as const) {
    test(`${what}: no result`, () => {
      const name = chosen(path, text(...lines)).name
      assert.equal(['hunt-csv', 'hunt-json', 'thor-csv', 'thor-text', 'health-json'].includes(name), false, name)
    })
  }

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
    assert.deepEqual(told(await read('loki csv'), 'TargetFilename', 'ToolRule', 'ToolLevel', 'ToolVersion'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', 'Invented_Rule', 'high', '0.44.0'],
      [null, null, 'informational', '0.44.0'],
    ])
    assert.deepEqual(told(await read('thor csv'), 'TargetFilename', 'ArchiveMember', 'ToolScore', 'Hashes'), [
      ['C:\\inetpub\\wwwroot\\invented.aspx', null, 140, 'MD5=0123456789ABCDEF0123456789ABCDEF'],
      ['C:\\Temp\\a, b.zip', 'inner.js', 75, 'MD5=0123456789ABCDEF0123456789ABCDE0'],
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

  for (const [name, threat, action, time] of [
    ['antivirus, columns', 'Backdoor.Invented', 'Cleaned by deletion', Date.UTC(2021, 2, 4, 6, 11, 9)],
    ['antivirus, folder and name', 'Backdoor.ASP.INVENTED', 'File quarantined', Date.UTC(2021, 2, 14, 6, 11, 9)],
    ['antivirus, sentences', 'Troj/Invented-L', 'Malware cleaned up', Date.UTC(2021, 2, 4, 6, 11)],
  ] as const)
    test(`${name}: threat, file and action; other rows are none`, async () => {
      const result = await read(name)
      assert.deepEqual(told(result, 'ThreatName', 'TargetFilename', 'Action'), [
        [threat, 'C:\\inetpub\\wwwroot\\invented.aspx', action],
      ])
      assert.deepEqual([result.events[0]!.time, result.events[0]!.host], [time, 'MAIL01'])
      assert.deepEqual(result.gaps, [])
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

test('a row of Hayabusa gives the event that it quotes: the process with its parent, a cmdlet by the order of its data', async () => {
  const csv = text(
    '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","RecordID","Details","ExtraFieldInfo","RuleID"',
    '"2021-03-03 04:25:01.000 +00:00","A","high","MAIL01.example.test","Sysmon",1,11,"Cmdline: cmd /c whoami ¦ Proc: C:\\Windows\\System32\\cmd.exe ¦ ParentCmdline: c:\\windows\\w3wp.exe -ap x","",""',
    '"2021-03-03 04:25:02.000 +00:00","B","crit","MAIL01.example.test","Exchange",1,12,"","Data[2]: -Mailbox x ¦ Data[1]: New-MailboxExportRequest",""',
    '"2021-03-03 04:25:03.000 +00:00","C","crit","MAIL01.example.test","OtherLog",1,13,"Cmdline: x","",""',
  )
  const { events } = await readAs('hunt-csv', 'hayabusa.csv', csv)
  const quoted = events.filter(({ log }) => log !== 'tool-results')
  assert.deepEqual(
    quoted.map(({ log, host, fields }) => [
      log,
      host,
      fields.ParentImage ?? fields.Cmdlet,
      fields.CommandLine ?? fields.Parameters,
    ]),
    [
      ['windows-sysmon', 'MAIL01', 'c:\\windows\\w3wp.exe', 'cmd /c whoami'],
      ['msexchange-management', 'MAIL01', 'New-MailboxExportRequest', '-Mailbox x'],
    ],
  )
})
