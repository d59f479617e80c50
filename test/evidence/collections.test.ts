import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withOrigins } from '../../src/evidence/collections.ts'
import type { Member } from '../../src/evidence/container.ts'
import { listEvidence } from '../../src/evidence/index.ts'
import { folderOf } from './evidence.ts'
import { packed } from '../../tools/writers/seven-zip.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'

type Row = readonly [path: string, windowsPath: string | null, note: string]

async function rowsOf(root: string): Promise<Row[]> {
  const { members } = await listEvidence(root)
  return members
    .map((m): Row => [m.path, m.windowsPath, [m.note, m.cut].filter(Boolean).join(' | ')])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

const upload = (components: readonly string[], vfs: string, size: number, stored: number, type = ''): string =>
  `${JSON.stringify({ vfs_path: vfs, _Components: components, file_size: size, uploaded_size: stored, Type: type })}\n`

const velociraptor = {
  'uploads.json':
    upload(
      ['uploads', 'ntfs', '\\\\.\\C:', '$Extend', '$UsnJrnl:$J'],
      '\\\\.\\C:\\$Extend\\$UsnJrnl:$J.idx',
      9,
      9,
      'idx',
    ) +
    upload(['uploads', 'ntfs', '\\\\.\\C:', '$Extend', '$UsnJrnl:$J'], '\\\\.\\C:\\$Extend\\$UsnJrnl:$J', 1000, 4) +
    upload(['uploads', 'auto', 'C:', 'inetpub', 'u_ex.log'], 'C:\\inetpub\\u_ex.log', 100, 5) +
    upload(['uploads', 'new_accessor', 'elsewhere', 'a.log'], 'D:\\Exchange\\a.log', 1, 1) +
    upload(['uploads', 'auto', 'C:', 'cut.log'], 'C:\\cut.log', 9, 9) +
    'no JSON\n{"_Components": 5}\n{}\nnull\n',
  'uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J': 'data',
  'uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J.idx': '{}',
  'uploads/auto/C%3A/inetpub/u_ex.log': 'abcde',
  'uploads/new_accessor/elsewhere/a.log': '1',
  'uploads/auto/C%3A/cut.log': '123',
  'results/x.json': '{}',
}

test('Velociraptor: paths and what is missing, from uploads.json; in a folder, a zip, a tar', async () => {
  const expected: readonly Row[] = [
    ['results/x.json', null, ''],
    ['uploads.json', null, ''],
    ['uploads/auto/C%3A/cut.log', 'C:\\cut.log', 'the collector took 9 bytes, 3 are here'],
    [
      'uploads/auto/C%3A/inetpub/u_ex.log',
      'C:\\inetpub\\u_ex.log',
      'the collector took 5 of 100 bytes (or it is sparse, without an index)',
    ],
    ['uploads/new_accessor/elsewhere/a.log', 'D:\\Exchange\\a.log', ''],
    [
      'uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J',
      'C:\\$Extend\\$UsnJrnl:$J',
      'sparse file: holds its data runs one after another; the .idx file beside it has their places; 1000 bytes long on the server, 4 of them data',
    ],
    ['uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J.idx', 'C:\\$Extend\\$UsnJrnl:$J.idx', ''],
  ]
  const names = Object.entries(velociraptor).map(([name, content]) => ({ name, content }))
  assert.deepEqual(await rowsOf(folderOf(velociraptor)), expected)
  const inZip = await rowsOf(folderOf({ 'c.zip': zipOf(names) }))
  assert.deepEqual(
    inZip,
    expected.map(([path, ...rest]) => [`c.zip!/${path}`, ...rest]),
  )
  const inTar = await rowsOf(folderOf({ 'c.tar': tarOf(names) }))
  assert.deepEqual(
    inTar.map(([, path]) => path),
    expected.map(([, path]) => path),
  )
})

const getThis = [
  'ComputerName,VolumeID,ParentFRN,FRN,FullName,SampleName,SizeInBytes,MD5,SnapshotID',
  '"EX01",0x1,0x5,0x6,"\\Windows\\System32\\winevt\\Logs\\Security.evtx","evt\\0006_Security.evtx_data",5,AA,{00000000-0000-0000-0000-000000000000}',
  '"EX01",0x1,0x5,0x7,"\\inetpub\\logs\\u_ex.log","0007_u_ex.log",100,AA,{00000000-0000-0000-0000-000000000000}',
  '"EX01",0x1,0x5,0x8,"\\pagefile.sys","0008_snap",1,AA,{11111111-0000-0000-0000-000000000000}',
  '',
].join('\r\n')

test('DFIR-ORC: paths from GetThis.csv, in an archive in an archive', async () => {
  const general = await packed({
    'GetThis.csv': `\ufeff${getThis}`,
    'evt/0006_Security.evtx_data': '12345',
    '0007_u_ex.log': 'abc',
    '0008_snap': 'x',
    'systeminfo.csv': 'a,b',
  })
  const root = folderOf({ 'ORC_Server_EX01_General.7z': await packed({ 'Event.7z': general, 'GetThis.log': 'log' }) })
  const top = 'ORC_Server_EX01_General.7z!/'
  assert.deepEqual(await rowsOf(root), [
    [`${top}Event.7z!/0007_u_ex.log`, 'C:\\inetpub\\logs\\u_ex.log', 'the collector took 3 of 100 bytes'],
    [
      `${top}Event.7z!/0008_snap`,
      '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy{11111111-0000-0000-0000-000000000000}\\pagefile.sys',
      '',
    ],
    [`${top}Event.7z!/GetThis.csv`, null, ''],
    [`${top}Event.7z!/evt/0006_Security.evtx_data`, 'C:\\Windows\\System32\\winevt\\Logs\\Security.evtx', ''],
    [`${top}Event.7z!/systeminfo.csv`, null, ''],
    [`${top}GetThis.log`, null, ''],
  ])
})

test('files that a limit cut are told once', async () => {
  const cut = Buffer.alloc(2 ** 20, 97)
  const few = { 'a.log': cut, 'b.log': cut, 'd.log': 'short' }
  const note = async (files: Record<string, Buffer | string>): Promise<readonly string[]> =>
    (await rowsOf(folderOf(files))).flatMap(([path, , text]) => (text === '' ? [] : [`${path}: ${text}`]))
  assert.deepEqual(await note(few), [])
  assert.deepEqual(await note({ ...few, 'c.log': cut }), [
    'a.log: 3 files of the evidence are exactly 1048576 bytes long, and none is longer: the collector may have cut them there',
  ])
  assert.deepEqual(await note({ ...few, 'c.log': cut, 'e.log': Buffer.alloc(2 ** 20 + 1) }), [])
  assert.deepEqual(
    await note({ 'E0000000001.log': cut, 'E0000000002.log': cut, 'E0000000003.log': cut, 'x.jrs': cut }),
    [],
  )
})

test('lists that lie harm nobody', async () => {
  const rows = await rowsOf(
    folderOf({
      'uploads.json':
        '{"_Components":["uploads","x"],"vfs_path":"\\\\\\\\evil\\\\share\\\\x","file_size":-1,"uploaded_size":1e300}\n',
      'uploads/x': 'x',
      'GetThis.csv': 'FullName,SampleName\n"\\a",__proto__\n"unclosed',
      __proto__x: 'y',
      'metadata.json': '[{"Scheme":{}}]',
    }),
  )
  assert.deepEqual(
    rows.map(([path, windows, note]) => [path, windows, note]),
    [
      ['GetThis.csv', null, ''],
      ['__proto__x', null, ''],
      ['metadata.json', null, ''],
      ['uploads.json', null, ''],
      ['uploads/x', null, ''],
    ],
  )
})

test('a list that lay on the server itself moves no file', async () => {
  const list = [
    'ComputerName,FullName,SampleName,SizeInBytes,SnapshotID',
    'EX01,\\Users\\a\\harmless.aspx,x.aspx,1,',
    'EX01,\\inetpub\\wwwroot\\y.aspx,y.aspx,100,',
  ].join('\n')
  const uploads =
    upload(['uploads', 'auto', 'x.aspx'], 'C:\\Users\\a\\harmless.aspx', 1, 1) +
    upload(['uploads', 'auto', 'y.aspx'], 'C:\\y.aspx', 900, 1)
  const page = '<% %>'
  const placesOf = async (files: Record<string, string | Buffer>, below = ''): Promise<readonly unknown[]> => {
    const { members } = await listEvidence(`${folderOf(files)}/${below}`)
    return members
      .filter((m) => m.path.endsWith('.aspx'))
      .map((m) => [m.windowsPath, m.recordedBy ?? null, m.claim?.path ?? null, m.note ?? null, m.cut ?? null])
  }
  const [pageX, pageY] = ['C:\\Users\\a\\harmless.aspx', 'C:\\inetpub\\wwwroot\\y.aspx']
  const root = 'C:\\inetpub\\wwwroot\\'
  assert.deepEqual(
    await placesOf({
      'C/inetpub/wwwroot/GetThis.csv': list,
      'C/inetpub/wwwroot/x.aspx': page,
      'C/inetpub/wwwroot/y.aspx': page,
    }),
    [
      [`${root}x.aspx`, null, pageX, null, null],
      [`${root}y.aspx`, null, null, null, null],
    ],
  )
  assert.deepEqual(
    await placesOf({
      'C/inetpub/wwwroot/uploads.json': uploads,
      'C/inetpub/wwwroot/uploads/auto/x.aspx': page,
      'C/inetpub/wwwroot/uploads/auto/y.aspx': page,
    }),
    [
      [`${root}uploads\\auto\\x.aspx`, null, pageX, null, null],
      [`${root}uploads\\auto\\y.aspx`, null, 'C:\\y.aspx', null, null],
    ],
  )
  const inArchive = zipOf([
    { name: 'GetThis.csv', content: list },
    { name: 'x.aspx', content: page },
  ])
  assert.deepEqual(await placesOf({ 'C/inetpub/wwwroot/a.zip': inArchive }), [
    [`${root}a.zip!\\x.aspx`, null, pageX, null, null],
  ])
  const below = { 'GetThis.csv': list, 'x.aspx': page, 'y.aspx': page }
  const claims = [
    [null, null, pageX, null, null],
    [null, null, pageY, null, null],
  ]
  const under = (folder: string): Record<string, string> =>
    Object.fromEntries(Object.entries(below).map(([name, content]) => [folder + name, content]))
  assert.deepEqual(await placesOf(under('EX01/aspnet_client/')), claims)
  assert.deepEqual(await placesOf(under('aspnet_client/'), 'aspnet_client'), claims)
  assert.deepEqual((await placesOf({ 'EX01/wwwroot.zip': inArchive }))[0], claims[0])
  // A list of few of the files around it is no collector's.
  assert.deepEqual(
    (await placesOf({ ...under('a/'), 'a/1.aspx': page, 'a/2.aspx': page, 'a/3.aspx': page })).slice(3),
    [
      [null, null, null, null, null],
      [null, null, null, null, null],
    ],
  )
  // A collector's own says where its files were, as long as no folder does.
  assert.deepEqual(await placesOf({ 'orc.zip': inArchive }), [[pageX, 'list', null, null, null]])
})

test('many lists of collectors are not all read: the outermost counts, the others say that they do not', async () => {
  const member = (path: string, size: number): Member => ({
    ref: { root: '/x', steps: [] },
    path,
    windowsPath: null,
    size,
    modified: null,
  })
  const members = [
    ...Array.from({ length: 1_000 }, (_, i) => member(`inner/${i}/uploads.json`, 2 ** 26)),
    member('uploads.json', 1_000),
    member('uploads/auto/C%3A/a.aspx', 1),
  ]
  let bytes = 0
  const read = (list: Member): Promise<Buffer> => {
    bytes += list.size!
    return Promise.resolve(
      Buffer.from(list.path === 'uploads.json' ? upload(['uploads', 'auto', 'C:', 'a.aspx'], 'C:\\a.aspx', 1, 1) : ''),
    )
  }
  const told = await withOrigins(members, read, [])
  assert.ok(bytes <= 2 ** 28)
  assert.equal(told.at(-1)!.windowsPath, 'C:\\a.aspx')
  assert.ok(told.filter(({ note }) => note?.startsWith('not used as the list')).length >= 996)
})
