import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listEvidence, windowsPathOf } from '../../src/evidence/index.ts'
import { pathInName, windowsPathsIn } from '../../src/evidence/windows-paths.ts'
import { fileOf, folderOf, listing } from './evidence.ts'
import { zipOf } from '../../tools/writers/zip.ts'

const iis = 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log'
const below = 'inetpub/logs/LogFiles/W3SVC1/u_ex210302.log'

// path in the evidence → path on the server
const rows: readonly (readonly [string, string | null])[] = [
  // a copied drive
  [`C:/${below}`, iis],
  [`C/${below}`, iis],
  [`c/${below}`, iis],
  [`D/Exchange/V15/Logging/a.log`, 'D:\\Exchange\\V15\\Logging\\a.log'],
  [`C_/${below}`, iis],
  [`C_drive/${below}`, iis],
  [`[C]/${below}`, iis],
  [`./C/${below}`, iis],
  [`mnt/c/${below}`, iis],
  // Velociraptor
  [`C%3A/${below}`, iis],
  [`%5C%5C.%5CC%3A/${below}`, iis],
  [`uploads/auto/C%3A/${below}`, iis],
  [`uploads/file/C%3A/${below}`, iis],
  [`uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J`, 'C:\\$Extend\\$UsnJrnl:$J'],
  [`uploads/lazy_ntfs/%5C%5C.%5CC%3A/Windows/x.log`, 'C:\\Windows\\x.log'],
  [`EX01/uploads/auto/D%3A/Exchange%20Server/a%2520b.log`, 'D:\\Exchange Server\\a%20b.log'],
  [
    `uploads/auto/C%3A/Windows/System32/winevt/Logs/Microsoft-Windows-PowerShell%254Admin.evtx`,
    'C:\\Windows\\System32\\winevt\\Logs\\Microsoft-Windows-PowerShell%4Admin.evtx',
  ],
  [`uploads/auto/C%3A/Users/%FF%41`, 'C:\\Users\\%FFA'],
  [
    `uploads/ntfs/%5C%5C.%5CHarddiskVolumeShadowCopy3/Windows/x`,
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3\\Windows\\x',
  ],
  [
    `uploads/auto/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/Windows/x`,
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Windows\\x',
  ],
  ['uploads/uploads.json', null],
  ['uploads.json', null],
  ['results/Windows.KapeFiles.Targets%2FUploads.json', null],
  // not encoded: a percent sign of the server's own stays, even before hexadecimal digits
  [
    'C/Windows/System32/winevt/Logs/Microsoft-Windows-PowerShell%4Admin.evtx',
    'C:\\Windows\\System32\\winevt\\Logs\\Microsoft-Windows-PowerShell%4Admin.evtx',
  ],
  // the whole path in one name: no folder says so
  ['flat/C%3A%5Cinetpub%5Cwwwroot%5Ca%20b.aspx', null],
  ['flat/C_inetpub_wwwroot_aspnet_client_a_b.aspx', null],
  // folders that somebody made below those of the server are no drives
  ['C/inetpub/wwwroot/C/Windows/System32/x.aspx', 'C:\\inetpub\\wwwroot\\C\\Windows\\System32\\x.aspx'],
  ['inetpub/wwwroot/C$/Windows/x.aspx', 'C:\\inetpub\\wwwroot\\C$\\Windows\\x.aspx'],
  ['EX01/inetpub/wwwroot/C$/Windows/x.aspx', null],
  ['EX01/inetpub/wwwroot/C%3A/Windows/x.aspx', null],
  ['wwwroot/C/Windows/System32/x.aspx', null],
  ['aspnet_client/uploads/auto/C%3A/Users/x.aspx', null],
  ['V15/FrontEnd/HttpProxy/owa/auth/C/Windows/System32/x.aspx', null],
  ['ClientAccess/[root]/Windows/x.aspx', null],
  ['HttpProxy/HarddiskVolumeShadowCopy1/Windows/x.aspx', null],
  // KAPE, CyLR, image viewers, shares
  [`2021-03-05T101112_EX01/C/${below}`, iis],
  [`case 7/EX01/C/${below}`, iis],
  [`out/EX01/D/Exchange/Logging/a.log`, 'D:\\Exchange\\Logging\\a.log'],
  [`Partition 2/NONAME [NTFS]/[root]/${below}`, iis],
  [`EX01/C$/${below}`, iis],
  [`EX01\\D$\\logs\\a.log`, 'D:\\logs\\a.log'],
  // separators of .NET
  [`C\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log`, iis],
  [`inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log`, iis],
  [`\\\\?\\C:\\${below}`, iis],
  // rooted at a top folder
  [below, iis],
  [
    'Program Files/Microsoft/Exchange Server/V15/Logging/Ews/a.log',
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\Ews\\a.log',
  ],
  ['windows/System32/winevt/Logs/Security.evtx', 'C:\\windows\\System32\\winevt\\Logs\\Security.evtx'],
  ['ExchangeSetupLogs/ExchangeSetup.log', 'C:\\ExchangeSetupLogs\\ExchangeSetup.log'],
  // a folder of one letter that is no drive
  ['inetpub/wwwroot/X/a/y.aspx', 'C:\\inetpub\\wwwroot\\X\\a\\y.aspx'],
  ['EX01/inetpub/wwwroot/X/a/y.aspx', null],
  ['C/inetpub/wwwroot/d/inetpub/x', 'C:\\inetpub\\wwwroot\\d\\inetpub\\x'],
  ['logs/a/x.log', null],
  ['a/x.log', null],
  // deeper roots and loose files: content decides
  ['V15/Logging/HttpProxy/Ecp/a.log', null],
  ['Logging/HttpProxy/Ecp/a.log', null],
  ['Exchange Server/V15/Logging/a.log', null],
  ['u_ex210302.log', null],
  ['C', null],
  ['C:', null],
  ['', null],
  ['/', null],
  ['__proto__/constructor', null],
]

for (const [path, expected] of rows) {
  test(`Windows path of ${JSON.stringify(path)}`, () => assert.equal(windowsPathOf(path), expected))
}

test('what a folder says holds for every file in it', () => {
  const names = rows
    .flatMap(([path]) => path.split('/'))
    .concat('a%41b', 'x', 'C', '$MFT', 'a\\b', 'inetpub', 'D:', 'a b')
  for (const [path] of rows) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const windowsPath = windowsPathsIn(folder)
    for (const name of names)
      if (name !== '') assert.equal(windowsPath(name), windowsPathOf(folder + name), `${folder}${name}`)
  }
})

test('inside an archive the names in it decide, unless it lay on the server itself', async () => {
  const archive = zipOf([
    { name: below, content: 'x' },
    { name: 'u_ex210302.log', content: 'x' },
  ])
  const pathsOf = async (name: string): Promise<(string | null)[]> =>
    (await listing(folderOf({ [name]: archive }))).members.map((m) => m.windowsPath)
  assert.deepEqual(await pathsOf('backup/logs.zip'), [iis, null])
  const inside = 'C:\\backup\\logs.zip!\\'
  assert.deepEqual(await pathsOf('C/backup/logs.zip'), [
    `${inside}${below.replaceAll('/', '\\')}`,
    `${inside}u_ex210302.log`,
  ])
  assert.deepEqual(await pathsOf('EX01/V15/FrontEnd/HttpProxy/logs.zip'), [null, null])
})

const namesOf: readonly (readonly [string, string | null])[] = [
  ['C%3A%5Cinetpub%5Cwwwroot%5Ca%20b.aspx', 'C:\\inetpub\\wwwroot\\a b.aspx'],
  ['d%3A%2FExchange%2Fa.log', 'D:\\Exchange\\a.log'],
  ['a%5Cb.aspx', null],
  ['C_inetpub_wwwroot_aspnet_client_a_b.aspx', 'C:\\inetpub\\wwwroot\\aspnet_client\\a_b.aspx'],
  [
    'C_Program Files_Microsoft_Exchange Server_V15_FrontEnd_HttpProxy_owa_auth_a.aspx',
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\a.aspx',
  ],
  [
    'C_inetpub_wwwroot_aspnet_client_C_Windows_frontend_httpproxy_a.aspx',
    'C:\\inetpub\\wwwroot\\aspnet_client\\C_Windows_frontend_httpproxy_a.aspx',
  ],
  ['my_wwwroot_a.aspx', null],
  ['c_notes_on_httpproxy.txt', null],
]

for (const [name, expected] of namesOf) test(`path in the name ${name}`, () => assert.equal(pathInName(name), expected))

test('names that hold a path are read in a flattened collection only', async () => {
  const placesOf = async (
    names: readonly string[],
    root = '',
  ): Promise<readonly (readonly [string | null, string | undefined, string | undefined])[]> => {
    const folder = folderOf(Object.fromEntries(names.map((name) => [name, 'x'])))
    const { members } = await listEvidence(`${folder}/${root}`)
    return members.map((m) => [m.windowsPath, m.recordedBy, m.claim?.path])
  }
  const [page, other] = ['C%3A%5CUsers%5Cx.aspx', 'C_inetpub_wwwroot_aspnet_client_y.aspx'] as const
  const [ofPage, ofOther] = ['C:\\Users\\x.aspx', 'C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx']
  assert.deepEqual(await placesOf([`flat/${page}`, `flat/${other}`, 'flat/notes.txt']), [
    [ofPage, 'name', undefined],
    [ofOther, 'name', undefined],
    [null, undefined, undefined],
  ])
  // Alone, or among files that are named otherwise, it says nothing.
  const alone = [null, undefined, undefined]
  assert.deepEqual(await placesOf([page]), [alone])
  assert.deepEqual((await placesOf([`a/${page}`, 'a/logon.aspx', 'a/logoff.aspx', `b/${other}`]))[0], alone)
  // Below a folder of the server that folder says where it lay.
  const lay = ['C:\\inetpub\\wwwroot\\aspnet_client\\C%3A%5CUsers%5Cx.aspx', undefined, ofPage]
  assert.deepEqual((await placesOf([page, other].map((name) => `C/inetpub/wwwroot/aspnet_client/${name}`)))[0], lay)
  const below = [null, undefined, ofPage]
  assert.deepEqual((await placesOf([page, other].map((name) => `EX01/wwwroot/${name}`)))[0], below)
  assert.deepEqual(
    (
      await placesOf(
        [page, other].map((name) => `aspnet_client/${name}`),
        'aspnet_client',
      )
    )[0],
    below,
  )
})

test('evidence that is itself called like a drive or a top folder', async () => {
  const drive = folderOf({ 'D/inetpub/x.log': '', 'inetpub/logs/x.log': '' })
  assert.equal((await listing(`${drive}/D`)).members[0]?.windowsPath, 'D:\\inetpub\\x.log')
  assert.equal((await listing(`${drive}/inetpub`)).members[0]?.windowsPath, 'C:\\inetpub\\logs\\x.log')
  const archive = zipOf([{ name: 'Exchange/V15/x.log', content: '' }])
  assert.equal((await listing(fileOf(archive, 'E.zip'))).members[0]?.windowsPath, 'E:\\Exchange\\V15\\x.log')
})
