import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { zipOf } from '../evidence/zip-writer.ts'
import { evtxFile } from '../parsers/evtx/write.ts'
import { usnFile, volume } from '../parsers/ntfs/write.ts'
import { compressedPrefetch, prefetchFile, shortcutFile, shortcutList } from '../parsers/programs/writers.ts'
import { dirty, hiveFile, newLog, oldLog } from '../parsers/regf/write.ts'
import { encode } from '../servers/encoded.ts'

/** A small file of our own that a fuzz run begins with. */
export type Seed = { readonly name: string; readonly bytes: Buffer }

/** Stands between a file and the one that lies beside it, in an input that has both. */
export const companionMark = Buffer.from('\0postern-companion\0')

/** Larger ones make an engine slow and find nothing that small ones do not. */
const MOST = 160 * 1024

/** Every file that the tests have of any format; each target takes what its parser knows. */
export function fileSeeds(): readonly Seed[] {
  return [...goldenFiles(), ...configurations, ...eventLogs(), ...hives(), ...volumes(), ...programs()].filter(
    (seed) => seed.bytes.length <= MOST,
  )
}

function goldenFiles(): Seed[] {
  const tests = join(import.meta.dirname, '..', 'parsers')
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|[/\\])golden[/\\]/.test(path) && !/\.(?:events|expected)\.json$/.test(path))
    .sort()
    .flatMap((path) => {
      try {
        return [{ name: path, bytes: readFileSync(join(tests, path)) }]
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EISDIR') return []
        throw error
      }
    })
}

const seed = (name: string, content: string | Buffer): Seed => ({ name, bytes: Buffer.from(content) })

const configurations: readonly Seed[] = [
  seed(
    'applicationHost.config',
    `<?xml version="1.0"?>
<configuration>
  <system.applicationHost><sites><site name="Default Web Site" id="1" serverAutoStart="true"><application path="/owa" applicationPool="MSExchangeOWAAppPool"><virtualDirectory path="/" physicalPath="C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa" userName="a" password="[enc:x:enc]" /></application><bindings><binding protocol="https" bindingInformation="*:443:" /></bindings><logFile directory="%SystemDrive%\\inetpub\\logs" logExtFileFlags="Date, Time" /></site></sites></system.applicationHost>
  <system.webServer><globalModules><add name="UriCacheModule" image="%windir%\\System32\\inetsrv\\cachuri.dll" /></globalModules><isapiFilters><filter name="a" path="C:\\a.dll" /></isapiFilters></system.webServer>
  <location path="Default Web Site/ecp"><system.webServer><modules><add name="b" type="B.C, B" preCondition="managedHandler" /><remove name="d" /></modules><handlers><add name="e" path="*.ashx" verb="GET" type="E" /></handlers><rewrite><rules><rule name="f" stopProcessing="true"><match url=".*" /><conditions><add input="{HTTP_COOKIE}" pattern="X-BEResource=(.+)" /></conditions><action type="AbortRequest" /></rule></rules></rewrite></system.webServer></location>
</configuration>
`,
  ),
  seed(
    'web.config',
    `<configuration><configSections><section name="x" type="X" /></configSections><appSettings><add key="a" value="b" /></appSettings><connectionStrings><add name="c" connectionString="Password=d" /></connectionStrings><system.web><machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="0123456789ABCDEF" validation="SHA1" /><customErrors mode="Off" /><authorization><allow users="*" /></authorization><httpHandlers><add verb="*" path="*.x" type="X" /></httpHandlers></system.web><system.webServer><handlers accessPolicy="Read, Script"><add name="y" path="*.config" verb="*" modules="IsapiModule" scriptProcessor="%windir%\\asp.dll" /></handlers><security><requestFiltering><fileExtensions><remove fileExtension=".config" /></fileExtensions></requestFiltering></security></system.webServer></configuration>
<!--
<% Response.write("a") %>
-->
`,
  ),
  seed(
    'agents.config',
    `<?xml version="1.0" encoding="utf-8"?>
<configuration><mexRuntime><monitoring><agentExecution timeLimitInMilliseconds="90000" /></monitoring><agentList><agent name="Transport Rule Agent" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgentFactory" classFactory="A.B" assemblyPath="C:\\Program Files\\a.dll" enabled="true" priority="1" /></agentList></mexRuntime></configuration>
`,
  ),
  seed(
    'task.xml',
    `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo><Date>2021-03-03T04:23:22.3701234</Date><Author>CONTOSO\\a</Author><URI>\\b</URI></RegistrationInfo><Triggers><CalendarTrigger><StartBoundary>2021-03-03T05:00:00</StartBoundary><Repetition><Interval>PT45M</Interval></Repetition><Enabled>true</Enabled></CalendarTrigger><LogonTrigger/></Triggers><Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals><Settings><Hidden>true</Hidden></Settings><Actions Context="Author"><Exec><Command>cmd.exe</Command><Arguments>/c "echo &amp; a"</Arguments><WorkingDirectory>C:\\</WorkingDirectory></Exec><ComHandler><ClassId>{00000000-0000-0000-0000-000000000000}</ClassId></ComHandler></Actions></Task>
`,
  ),
  seed(
    'files.csv',
    '"FullName","Length","CreationTimeUtc","LastWriteTimeUtc"\r\n"C:\\inetpub\\wwwroot\\a.aspx","200","3/3/2021 4:23:22 AM","3/3/2021 4:23:22 AM"\r\n',
  ),
  seed(
    'mftecmd.csv',
    'EntryNumber,SequenceNumber,InUse,ParentEntryNumber,ParentPath,FileName,Extension,FileSize,IsDirectory,Created0x10,Created0x30,LastModified0x10\r\n5001,3,True,5000,.\\inetpub\\wwwroot,a.aspx,.aspx,200,False,2021-03-03 04:23:22.3701234,,2021-03-03 04:23:22.3701234\r\n',
  ),
]

function eventLogs(): Seed[] {
  const common = { computer: 'MAIL01.contoso.example', time: '2021-03-03T04:23:22.3701234Z' }
  const small = evtxFile([
    {
      ...common,
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      providerGuid: '{54849625-5478-4994-a5ba-3e3b0328c30d}',
      eventId: 4688,
      recordId: 1,
      data: [
        ['NewProcessName', 'C:\\Windows\\System32\\cmd.exe'],
        ['CommandLine', 'cmd.exe /c whoami'],
        ['ProcessId', 4660],
      ],
    },
    {
      ...common,
      channel: 'MSExchange Management',
      provider: 'MSExchange CmdletLogs',
      eventId: 1,
      qualifiers: 16_384,
      recordId: 2,
      data: [
        [null, 'Set-OabVirtualDirectory'],
        [null, '{Identity=OAB, ExternalUrl=http://a/}'],
      ],
      binary: Buffer.from('abc'),
    },
    {
      ...common,
      channel: 'Security',
      provider: 'Microsoft-Windows-Eventlog',
      eventId: 1102,
      recordId: 3,
      userData: {
        element: 'LogFileCleared',
        namespace: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog',
        items: [['SubjectUserName', 'a']],
      },
    },
  ])
  return [seed('small.evtx', small), seed('dirty.evtx', evtxFile([], { dirty: true })), ...chunkOf(small)]
}

/** Most of a chunk is empty: the same with its records at the end of the bytes. */
function chunkOf(log: Buffer): Seed[] {
  const free = 4096 + log.readUInt32LE(4096 + 48)
  return [seed('cut.evtx', log.subarray(0, free + 64))]
}

function hives(): Seed[] {
  const run = 'Microsoft\\Windows\\CurrentVersion\\Run'
  const tree = {
    [run]: { values: { a: 'C:\\a.exe', b: ['c', 'd'], e: 7, f: 8n, '': 'default' }, time: '2021-03-03T04:23:22Z' },
    'Microsoft\\Windows NT\\CurrentVersion': { values: { CurrentBuild: '17763', InstallDate: 1_550_000_000 } },
    'Gone\\Below': { values: { x: 'y' }, deleted: true, className: 'z' },
  }
  const services = {
    Select: { values: { Current: 1 } },
    'ControlSet001\\Control\\ComputerName\\ComputerName': { values: { ComputerName: 'MAIL01' } },
    'ControlSet001\\Control\\TimeZoneInformation': { values: { TimeZoneKeyName: 'UTC', ActiveTimeBias: 0 } },
    'ControlSet001\\Services\\Evil': {
      values: { ImagePath: 'cmd.exe /c x', Start: 2, Type: 16, ObjectName: 'LocalSystem' },
    },
    'ControlSet001\\Services\\W32Time\\Parameters': { values: { ServiceDll: 'C:\\a.dll' } },
  }
  const software = hiveFile(tree, { name: '\\SystemRoot\\System32\\Config\\SOFTWARE' })
  const changed = hiveFile(
    { ...tree, [run]: { values: { a: 'C:\\b.exe' } } },
    { name: '\\SystemRoot\\System32\\Config\\SOFTWARE' },
  )
  const torn = dirty(software)
  return [
    seed('SOFTWARE', software),
    seed('SYSTEM', hiveFile(services, { name: 'SYSTEM', list: 'lf' })),
    seed('NTUSER.DAT', hiveFile(tree, { list: 'li', leaf: 1 })),
    ...(software.length === changed.length
      ? [
          seed('SOFTWARE-new-log', Buffer.concat([torn, companionMark, newLog([torn, changed], 1)])),
          seed('SOFTWARE-old-log', Buffer.concat([torn, companionMark, oldLog(torn, changed)])),
        ]
      : []),
  ]
}

function volumes(): Seed[] {
  const created = '2021-03-03T04:23:22.3701234Z'
  const entries = [
    { path: 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx', created, resident: '<%@ Page %>', shortName: 'A~1.ASP' },
    { path: 'C:\\Windows\\Temp\\b.zip', created, size: 1e6, deleted: true },
    {
      path: 'C:\\c.txt',
      created,
      resident: '',
      streams: [{ name: 'Zone.Identifier', content: '[ZoneTransfer]\r\nZoneId=3' }],
    },
  ]
  const reason = ['FILE_CREATE', 'CLOSE'] as const
  const path = entries[0]!.path
  const changes = [
    { path, time: created, reason },
    { path: 'C:\\d.aspx', time: created, reason: ['RENAME_NEW_NAME'] as const, version: 3 as const },
    { path, time: created, reason: ['FILE_DELETE', 'CLOSE'] as const },
  ]
  const { mft } = volume(entries)
  return [
    seed('$MFT', mft),
    seed('$MFT-head', mft.subarray(0, 2048)),
    seed('$MFT-end', mft.subarray(-4096)),
    seed('$J', usnFile(changes)),
    seed('$J-with-hole', usnFile(changes, { zeros: 4096 })),
  ]
}

function programs(): Seed[] {
  const time = '2021-03-03T04:23:22.3701234Z'
  const what = {
    name: 'CMD.EXE',
    count: 7,
    runs: [time],
    files: ['\\VOLUME{01d6f1a2b3c4d5e6-8c9d0e1f}\\WINDOWS\\CMD.EXE'],
  }
  const link = {
    created: time,
    modified: time,
    accessed: null,
    local: 'C:\\Windows\\System32\\cmd.exe',
    arguments: '/c whoami',
    folder: 'C:\\',
    machine: 'mail01',
    mac: '00155d010203',
    items: ['C:\\', 'Temp', 'long name.exe'],
  }
  const shortcut = shortcutFile(link)
  return [
    ...([17, 23, 26, 30, 31] as const).map((version) => seed(`${version}.pf`, prefetchFile({ ...what, version }))),
    seed('packed.pf', compressedPrefetch(prefetchFile({ ...what, version: 30 }), false)),
    seed('checked.pf', compressedPrefetch(prefetchFile({ ...what, version: 31 }), true)),
    seed('a.lnk', shortcut),
    seed('a.customDestinations-ms', shortcutList([shortcut, shortcutFile({ ...link, local: null })])),
  ]
}

/** Archives of every form that can be written here. */
export function archiveSeeds(): readonly Seed[] {
  const page = '<%@ Page Language="C#" %>\r\n'
  const log = '#Fields: date time cs-uri-stem\r\n2021-03-03 04:00:00 /owa/\r\n'.repeat(20)
  const members = [
    { name: 'C/inetpub/wwwroot/a.aspx', content: page },
    { name: 'C/inetpub/logs/u_ex210303.log', content: log, method: 8 },
  ]
  const inner = zipOf(members)
  return [
    ['stored-and-deflated.zip', inner],
    ['descriptors.zip', zipOf(members.map((m) => ({ ...m, descriptor: 'marked' as const })))],
    [
      'zip64.zip',
      zipOf(
        members.map((m) => ({ ...m, zip64: true })),
        { zip64: true },
      ),
    ],
    ['no-directory.zip', zipOf(members, { noDirectory: true })],
    ['backslashes.zip', zipOf([{ name: 'C\\inetpub\\wwwroot\\a.aspx', content: page }])],
    ['link.zip', zipOf([{ name: 'link', content: '/etc', madeBy: 0x0314, mode: 0o120777 }])],
    ['same-place.zip', zipOf([...members, { name: 'again', content: log, method: 8, sameAs: 1 }])],
    ['nested.zip', zipOf([{ name: 'inner.zip', content: zipOf([{ name: 'x.zip', content: inner, method: 8 }]) }])],
    ['one.gz', gzipSync(log)],
    ['two-parts.gz', Buffer.concat([gzipSync('a'), gzipSync(log)])],
    ['page.enc', Buffer.from(encode(Buffer.from(page)))],
    ['broken.enc', Buffer.from(`postern-encoded/1\n${deflateRawSync(log).subarray(0, 9).toString('base64')}\n`)],
  ].map(([name, bytes]) => ({ name: name as string, bytes: bytes as Buffer }))
}

/** Texts as seeds. */
export function texts(...all: readonly string[]): readonly Seed[] {
  return all.map((text, i) => ({ name: `text-${i + 1}`, bytes: Buffer.from(text) }))
}

/** Those that fit; a parser that is new here begins with what there is. */
export function orAll(seeds: readonly Seed[], fits: (seed: Seed) => boolean): readonly Seed[] {
  const fitting = seeds.filter(fits)
  return fitting.length > 0 ? fitting : seeds.filter((seed) => seed.bytes.length <= 4_096)
}
