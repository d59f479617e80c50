import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { type Damage, damages } from '../core/damage.ts'
import {
  archive,
  changing,
  dateOf,
  daysBefore,
  firstDay,
  type Make,
  named,
  renamed,
  tenantOnDrive,
  textOf,
  updatesOfActs,
} from './changed-evidence.ts'
import {
  actBefore,
  forgedCounts,
  forgedExplanations,
  imapBefore,
  placeBefore,
  proxyAfter,
  secondSeries,
} from './forged-evidence.ts'
import { forgedLists } from './forged-lists.ts'
import { rowsBefore } from './forged-rows.ts'

// What an intruder who can write files does to the evidence of a server: each kind is one line of a table.

const DAY = 86_400_000
const ANY_TIME = '2021-03-03T00:00:00Z'
const WINEVT = 'C/Windows/System32/winevt/Logs'
const samples = fileURLToPath(new URL('../../samples/benign', import.meta.url))

/** The same text in front of every file that findings rest on. */
const inFront = (text: string): Make => changing((rest) => `${text}${rest}`)
/** Each line of such a file changed. */
const eachLine = (change: (line: string, at: number) => string): Make =>
  changing((text) => text.split('\n').map(change).join('\n'))
/** The bytes of such a file changed, as the tests of damage do it. */
const eachByte = (way: string): Make => changing((text) => damages[way]!(Buffer.from(text)))
const swapped = (one: string, other: string): Make => changing((text) => text.replaceAll(one, other))
const file =
  (path: string, text: string): Make =>
  () => [[path, text]]

const SIGMA = `title: Suspicious\nid: 0b0d2f6e-0000-4000-8000-000000000001\nlogsource:\n  product: windows\ndetection:\n  selection:\n`
const WHOLE_SIGMA = `${SIGMA}    a: b\n  condition: selection\n`
const FRONT_END_SITE =
  '<site name="Own" id="1"><application path="/"><virtualDirectory path="/" physicalPath="D:\\web" /></application></site>'
const CONFIGURATION = `<configuration><system.applicationHost><sites>${FRONT_END_SITE}</sites></system.applicationHost></configuration>`
const HEALTH = `Exchange Health Checker version 23.10.24.1500\n\nServer Name: MAIL01\nVersion: Exchange 2019 CU14 Apr24HU\nBuild Number: 15.02.1544.011\n`
const SETUP = ['15.01.2507.039', '15.02.1544.011', '15.00.1497.048']
  .map(
    (build) =>
      `[01/01/2020 00:00:00.0000] [0] Setup version: ${build}.\n[01/01/2020 00:00:01.0000] [0] The Exchange Server setup operation completed successfully.\n`,
  )
  .join('')
const RANDOM = damages['all random']!(Buffer.alloc(5000))

/** Damage: the files that findings rest on stay, changed. */
const changes: Readonly<Record<string, Make>> = {
  'a zero in front': inFront('\0'),
  'a mark of UTF-16 in front': changing((text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text)])),
  'a line of text in front': inFront('copied by hand\r\n'),
  'a first line of a rule in front': inFront('logsource:\n'),
  'a whole rule in front': inFront(WHOLE_SIGMA),
  'a whole rule in front, indented': eachLine((line, i) => (i === 0 ? `${SIGMA}    - ${line}` : `    - ${line}`)),
  'indented by four': eachLine((line) => `    ${line}`),
  'indented by a tab': eachLine((line) => `\t${line}`),
  'quoted as mail': eachLine((line) => `> ${line}`),
  numbered: eachLine((line, i) => `${i + 1}: ${line}`),
  'in a fenced block': changing((text) => `# Report\n\n\`\`\`\n${text}\n\`\`\`\n`),
  'in quotes': eachLine((line) => JSON.stringify(line)),
  'a comment like a rule in front': inFront('<#\ntitle: Backup\ndetection:\nrule backup\n#>\n'),
  'as a rule of YARA': changing(
    (text) => `rule a {\n  strings:\n    $a = ${JSON.stringify(text.slice(0, 200))}\n  condition: $a\n}\n${text}`,
  ),
  'other quotes': swapped('"', "'"),
  'no quotes': swapped('"', ''),
  'curly quotes': swapped('"', '\u201d'),
  'tabs for commas': swapped(',', '\t'),
  'semicolons for commas': swapped(',', ';'),
  'tabs for blanks': swapped(' ', '\t'),
  'two blanks for one': swapped(' ', '  '),
  'no-break spaces': swapped(' ', '\u00a0'),
  'line ends of the Macintosh': changing((text) => text.replaceAll(/\r?\n/g, '\r')),
  'no line ends': changing((text) => text.replaceAll(/\r?\n/g, ' ')),
  'a blank line after each': changing((text) => text.replaceAll('\n', '\n\n')),
  'rows in reverse order': changing((text) => text.split('\n').reverse().join('\n')),
  'rows cut to half': eachLine((line) => (line.startsWith('#') ? line : line.slice(0, line.length / 2))),
  'rows without their last value': eachLine((line) => (line.startsWith('#') ? line : line.replace(/[,\s]\S*\s*$/, ''))),
  'rows with a value more': eachLine((line) => (line.startsWith('#') || line.trim() === '' ? line : `x,${line}`)),
  'no header': changing((text) => text.replaceAll(/^(?:#.*|"?(?:date-?time|time-?stamp)\b.*)\n/gim, '')),
  'other names of columns': changing((text) =>
    text.replaceAll(/^(?:#Fields:|"?(?:date-?time|time-?stamp)\b).*$/gim, (head) =>
      head.replaceAll(/([a-z])([,\s]|$)/gi, '$1x$2'),
    ),
  ),
  'other years': changing((text) => text.replaceAll(/\b20(?=\d\d-\d\d-\d\d)/g, '19')),
  'dates of another order': changing((text) => text.replaceAll(/\b(20\d\d)-(\d\d)-(\d\d)/g, '$3.$2.$1')),
  'months beyond twelve': changing((text) => text.replaceAll(/\b(20\d\d)-(\d\d)-(\d\d)/g, '$1-5$2-$3')),
  'times without a date': changing((text) => text.replaceAll(/\b20\d\d-\d\d-\d\d[T ]/g, '')),
  'no times': renamed('@SystemTime|SystemTime|TimeCreated|CreationTime|CreatedDateTime|TimeGenerated'),
  'no accounts': renamed('TargetUserName|SubjectUserName|UserId|UserPrincipalName|User'),
  'no addresses': renamed('IpAddress|ClientIP|ClientIPAddress|SourceIp|ipAddress'),
  'no numbers of events': renamed('EventID|EventId|Id|Operation'),
  'no providers': renamed('Provider|ProviderName|@Name|Channel|LogName|Workload|RecordType'),
  'no data': renamed('EventData|UserData|Data|AuditData|Properties|Payload'),
  'lower case': changing((text) => text.toLowerCase()),
  'upper case': changing((text) => text.toUpperCase()),
  'full-width letters': changing((text) =>
    text.replaceAll(/[a-z]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)),
  ),
  'UTF-16 without a mark': changing((text) => Buffer.from(text, 'utf16le')),
  'in base64': changing((text) => Buffer.from(text).toString('base64')),
  'in gzip': changing((text) => gzipSync(text)),
  'in a zip': changing((text) => zipOf([{ name: 'a.txt', content: Buffer.from(text) }])),
  'the server called otherwise': (files, whole) =>
    changing((text) => text.replaceAll(new RegExp(`\\b${whole.server.name}\\b`, 'gi'), 'OTHER99'))(files, whole),
  'a list around records': changing((text) =>
    text.startsWith('{') ? `[${text.trim().replaceAll(/\}\r?\n\{/g, '},{')}]` : text,
  ),
  'records in a property': eachLine((line) => (line.startsWith('{') ? `{"raw":${JSON.stringify(line)}}` : line)),
  'records beside others': eachLine((line) => (line.startsWith('{') ? `{"Event":{},"event":${line}}` : line)),
  'an open quote in front': inFront('"'),
  'an open comment in front': inFront('<!--\n'),
  'an open comment of code in front': inFront('/*\n'),
  'a page of ten megabytes of blanks': changing((text) =>
    text.length < 200_000 ? `${' '.repeat(10_000_000)}${text}` : text,
  ),
  'every second line gone over': eachLine((line, i) =>
    i % 2 === 1 && !line.startsWith('#') ? '\0'.repeat(line.length) : line,
  ),
  'every second line letters': eachLine((line, i) =>
    i % 2 === 1 && !line.startsWith('#') ? 'x'.repeat(line.length) : line,
  ),
  'middle third letters': changing((text) => {
    const third = Math.floor(text.length / 3)
    return text.slice(0, third) + 'x'.repeat(third) + text.slice(2 * third)
  }),
  'seventy kilobytes of text in front': inFront('A line of a report.\n'.repeat(3_500)),
  'seventy kilobytes of other JSON in front': inFront('{"level":"info","msg":"started"}\n'.repeat(2_200)),
  ...Object.fromEntries(
    [
      'middle third zeroed',
      'middle third line ends',
      'middle third comments',
      'last two thirds zeroed',
      'a trace of messages in front',
      'a scanner in front',
    ].map((way) => [way, eachByte(way)]),
  ),
}

/** The logs of events that the server has, with the lines of the day of the first act on six days before, under each of these names. */
const eventsBefore =
  (nameOf: (path: string) => string): Make =>
  (files, whole) => {
    const act = Math.min(...named(whole).times)
    return files.flatMap((one) => {
      const lines =
        one.path.startsWith(WINEVT) && one.path.endsWith('.jsonl')
          ? textOf(one)
              .split('\n')
              .filter((line) => line.includes(dateOf(act)))
          : []
      const days = Array.from({ length: 6 }, (_, i) => dateOf(firstDay(whole) - (i + 1) * DAY))
      const text = days.flatMap((day) => lines.map((line) => line.replaceAll(dateOf(act), day))).join('\n')
      return lines.length === 0 ? [] : [[nameOf(one.path), `${text}\n`] as const]
    })
  }

/** All logs of the server without the days of its acts, in another place. */
const harmlessCopy =
  (place: (path: string) => string): Make =>
  (files, whole) => {
    const days = new Set(named(whole).times.map(dateOf))
    return files.flatMap((one) => {
      if (!/\.(?:log|jsonl|csv)$/i.test(one.path)) return []
      const text = textOf(one)
        .split('\n')
        .filter((line) => ![...days].some((day) => line.includes(day)))
        .join('\n')
      return [[place(one.path), text] as const]
    })
  }

/** A list by which every file of evidence is known, or lies elsewhere. */
const listed =
  (path: string, row: (of: string) => string, head = ''): Make =>
  (files, whole) => {
    const own = [...changing((text) => `${text} `)(files, whole)].map(([of]) => of)
    return [[path, `${head}${own.map(row).join('\n')}\n`]]
  }
const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Each file of an ordinary server, below a folder. */
const ordinaryBelow =
  (folder: string): Make =>
  () =>
    (existsSync(samples) ? readdirSync(samples, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map(
        (entry) =>
          [
            `${folder}/${join(entry.parentPath, entry.name).slice(samples.length + 1)}`,
            readFileSync(join(entry.parentPath, entry.name)),
          ] as const,
      )

/** Files that are added. */
const additions: Readonly<Record<string, Make>> = {
  ...forgedLists,
  'updates at the hours of the acts': updatesOfActs,
  'setup logs of other builds': file('C/ExchangeSetupLogs/ExchangeSetup.log', SETUP),
  'setup logs elsewhere': file('C/Windows/Temp/ExchangeSetup.log', SETUP),
  'a report of HealthChecker': file('C/Tools/HealthChecker-MAIL01-20200101000000.txt', HEALTH),
  'an audit log of the tenant on a drive': tenantOnDrive,
  'an audit log of the tenant among the files of the user': (files, whole) =>
    [...tenantOnDrive(files, whole)].map(([, text]) => ['audit.json', text]),
  'seven days of people': daysBefore(false),
  'seven days of the account': daysBefore(true),
  'events before in an archive': eventsBefore((path) => path.replace(/([^/]*)$/, 'Archive-$1')),
  'events before in another folder': eventsBefore((path) => path.replace(WINEVT, 'C/Tools')),
  'events before in a file of another channel': eventsBefore(() => `${WINEVT}/Setup.jsonl`),
  'logs without the acts in a shadow copy': harmlessCopy(
    (path) => `GLOBALROOT/Device/HarddiskVolumeShadowCopy9/${path.slice(2)}`,
  ),
  'logs without the acts on another drive': harmlessCopy((path) => `D/${path.slice(2)}`),
  'logs without the acts below the web root': harmlessCopy((path) => `C/inetpub/wwwroot/${path}`),
  'logs without the acts among the files of the user': harmlessCopy((path) => `export/${nameIn(path)}`),
  'a list of a collector': listed(
    'GetThis.csv',
    (path) => `\\Users\\a\\${nameIn(path)},${nameIn(path)}`,
    'FullName,SampleName\n',
  ),
  'a list of known files': listed('known.yml', (path) => `- path: ${path}\n  reason: ours`),
  'an announcement': (_, whole) => [
    [
      'known.yml',
      `tests:\n${named(whole)
        .clients.map((client) => `  - address: ${client}\n    reason: our test\n`)
        .join('')}`,
    ],
  ],
  'a configuration of IIS': file('C/Windows/System32/inetsrv/config/applicationHost.config', CONFIGURATION),
  'a configuration of IIS elsewhere': file('C/Windows/Temp/applicationHost.config', CONFIGURATION),
  'random bytes of every ending below the web root': () =>
    ['aspx', 'log', 'evtx', 'jsonl', 'dat', 'zip', 'dll', 'config', 'xml', 'ps1'].map((ending) => [
      `C/inetpub/wwwroot/x.${ending}`,
      RANDOM,
    ]),
  'empty logs of events': () =>
    [
      'Security',
      'System',
      'Application',
      'MSExchange Management',
      'Windows PowerShell',
      'Microsoft-Windows-PowerShell%4Operational',
    ].map((name) => [`${WINEVT}/${name}-2.jsonl`, '']),
  'an ordinary server beside it': ordinaryBelow('other'),
  'an ordinary server below Users': ordinaryBelow('C/Users/Public/other'),
  'results of a hunt without hits': () => [
    ['hayabusa.csv', 'Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details\n'],
    ['chainsaw.csv', 'timestamp,detections,path,Event ID,Record ID,Computer,Event Data\n'],
  ],
}

type Group = (files: readonly EvidenceFile[], whole: Assessment) => readonly Damage[]

/** Kinds that a function gives several of. */
const groups: readonly Group[] = [
  (files, whole) => forgedCounts(whole, files),
  (files, whole) => {
    const known = new Map(files.map(({ path, bytes }) => [path.replace(/\.enc$/, ''), bytes]))
    return forgedExplanations(whole, (path) => known.get(path))
  },
  (files) => secondSeries(files),
  placeBefore,
  (_, whole) => proxyAfter(whole),
  (_, whole) => imapBefore(whole),
  actBefore,
  (files, whole) =>
    files.some(({ path }) => path.endsWith('Sysmon%4Operational.jsonl'))
      ? [asDamage('an archive of Sysmon', archive)(files, whole)]
      : [],
]

const asDamage =
  (name: string, make: Make) =>
  (files: readonly EvidenceFile[], whole: Assessment): Damage => ({
    name,
    files: new Map([...make(files, whole)].map(([path, content]) => [path, Buffer.from(content as string)])),
  })

/** Everything that is tried with a server. */
export function hostileKinds(files: readonly EvidenceFile[], assessed: Assessment): Damage[] {
  // Evidence without logs has no time.
  const { first, last } = assessed.coverage
  const whole = { ...assessed, coverage: { ...assessed.coverage, first: first ?? ANY_TIME, last: last ?? ANY_TIME } }
  const paths = new Set(files.map(({ path }) => path))
  const added = [
    ...Object.entries(additions).map(([name, make]) => asDamage(name, make)(files, whole)),
    ...groups.flatMap((group) => group(files, whole)),
  ]
  return [
    ...Object.entries(changes).map(([name, make]) => asDamage(name, make)(files, whole)),
    // What replaces a log of the server removes what the verdict rests on.
    ...added.filter((damage) => ![...damage.files.keys()].some((path) => paths.has(path))),
    ...rowsBefore(files, whole, '/owa/'),
    ...rowsBefore(files, whole, '/owa/', true),
  ].filter((damage) => damage.files.size > 0)
}
