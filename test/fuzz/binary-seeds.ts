import { evtxFile } from '../../tools/writers/evtx.ts'
import { fixUp, nameContent, usnFile, volume } from '../../tools/writers/ntfs.ts'
import { program } from '../../tools/writers/pe.ts'
import { eseDatabase } from '../../tools/writers/ese.ts'
import { compressedPrefetch, prefetchFile, shortcutFile, shortcutList } from '../../tools/writers/programs.ts'
import { dirty, hiveFile, newLog, oldLog } from '../../tools/writers/regf.ts'
import { seed, type Seed } from './seeds.ts'

/** Stands between a file and the one that lies beside it, in an input that has both. */
export const companionMark = Buffer.from('\0postern-companion\0')

/** What Windows itself writes: event logs, hives, tables of the volume, prefetch, shortcuts, programs, databases. */
export function binarySeeds(): readonly Seed[] {
  return [...eventLogs(), ...hives(), ...volumes(), ...folders(), ...programs(), ...programFiles(), ...databases()]
}

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
          seed('SOFTWARE.LOG1', newLog([torn, changed], 1)),
          seed('SOFTWARE.LOG', oldLog(torn, changed)),
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

/** The entries of a folder: a block with one that is gone behind its end. */
function folders(): Seed[] {
  const time = '2021-03-03T04:23:22.3701234Z'
  const entry = (name: string): Buffer => {
    const content = nameContent({
      name,
      space: 1,
      parent: { number: 40, sequence: 1 },
      times: [time, time, time, time],
      size: 77,
    })
    const out = Buffer.alloc((16 + content.length + 7) & ~7)
    out.writeUIntLE(5_000, 0, 6)
    out.writeUInt16LE(2, 6)
    out.writeUInt16LE(out.length, 8)
    out.writeUInt16LE(content.length, 10)
    content.copy(out, 16)
    return out
  }
  const last = Buffer.alloc(16)
  last.writeUInt16LE(16, 8)
  last[12] = 2
  const block = Buffer.alloc(4096)
  block.write('INDX', 0, 'latin1')
  block.writeUInt16LE(40, 4)
  block.writeUInt16LE(9, 6)
  const body = Buffer.concat([entry('a.aspx'), last])
  block.writeUInt32LE(40, 24)
  block.writeUInt32LE(40 + body.length, 28)
  block.writeUInt32LE(4096 - 24, 32)
  body.copy(block, 64)
  entry('gone.aspx').copy(block, 64 + body.length)
  fixUp(block, 40)
  return [seed('$I30', block)]
}

function programFiles(): Seed[] {
  const key = Buffer.from(Array.from({ length: 160 }, (_, i) => i))
  return [
    seed(
      'module.dll',
      program({
        exports: ['DllMain', 'RegisterModule'],
        version: { CompanyName: 'Example', FileVersion: '3.1.4.1', OriginalFilename: 'module.dll' },
        product: [3, 1, 4, 1],
        assembly: { name: 'Example.Module', key, interfaces: ['IHttpModule', 'IDisposable'] },
        signer: 'Example Corporation',
      }),
    ),
    seed('plain.exe', program({})),
  ]
}

function databases(): Seed[] {
  const time = '2021-03-03T04:23:22.3701234Z'
  const clients = {
    name: 'CLIENTS',
    columns: [
      { id: 1, name: 'RoleGuid', type: 16 },
      { id: 2, name: 'TotalAccesses', type: 14 },
      { id: 3, name: 'InsertDate', type: 8 },
      { id: 128, name: 'Address', type: 9 },
      { id: 129, name: 'AuthenticatedUserName', type: 10 },
      { id: 256, name: 'ClientName', type: 12 },
      { id: 318, name: 'Day62', type: 17 },
    ],
    rows: [
      {
        RoleGuid: Buffer.from('6f22a910ee50d849a3939a501d47ce04', 'hex'),
        TotalAccesses: 300,
        InsertDate: time,
        Address: Buffer.from([203, 0, 113, 77]),
        AuthenticatedUserName: 'example\\a',
        ClientName: 'desk-7',
        Day62: 299,
      },
    ],
  }
  return [seed('Current.mdb', eseDatabase([clients]))]
}

/** The pages of a database with checksums that fit what stands in them. */
export function withPageChecksums(database: Buffer): Buffer {
  const page = 4096
  for (let start = 2 * page; start + page <= database.length; start += page) {
    let sum = start / page - 1
    for (let at = start + 8; at < start + page; at += 4) sum ^= database.readUInt32LE(at)
    database.writeUInt32LE(sum >>> 0, start)
  }
  return database
}
