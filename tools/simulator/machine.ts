import { evtxFile, type EvtxRecord } from '../writers/evtx.ts'
import { type Change, usnFile, volume, type VolumeEntry } from '../writers/ntfs.ts'
import { hiveFile, type HiveTree } from '../writers/regf.ts'
import { HOUR, isoText, type Pen } from './pen.ts'

/** A file of the machine itself: a hive, a table of the disk, a binary event log. */
export type MachineFile = { readonly path: string; readonly bytes: Buffer; readonly modified: number }

/** The hives, the tables of the disk and the change journal, as far as the specification wants them. */
export function machineFiles(
  pen: Pen,
  files: readonly { readonly path: string; readonly modified: number }[],
): MachineFile[] {
  const { spec, machine } = pen
  const at = pen.to - HOUR
  const out: MachineFile[] = []
  const put = (path: string, bytes: Buffer): void => void out.push({ path, bytes, modified: at })
  if (spec.machine) {
    put('C:\\Windows\\System32\\config\\SYSTEM', hiveFile(system(pen), { name: 'SYSTEM', time: at }))
    put(
      'C:\\Windows\\System32\\config\\SOFTWARE',
      hiveFile(software(pen), { name: '\\SystemRoot\\System32\\Config\\SOFTWARE', time: at }),
    )
    put(
      'C:\\Windows\\System32\\config\\SAM',
      hiveFile(sam(pen), { name: '\\SystemRoot\\System32\\Config\\SAM', time: at }),
    )
  }
  const wants = spec.volume ?? []
  if (wants.length === 0) return out
  const entries = [
    ...files.map(({ path, modified }): VolumeEntry => ({ path, created: isoText(modified), size: 2048 })),
    ...machine.entries,
  ]
  const disk = volume(entries)
  if (wants.includes('mft')) put('C:\\$MFT', disk.mft)
  if (wants.includes('usn'))
    put(
      'C:\\$Extend\\$J',
      usnFile([...ordinaryChanges(pen), ...machine.changes].sort(byTime), {
        zeros: 4096,
        referenceOf: (path) => disk.referenceOf(path),
      }),
    )
  return out
}

/** An event log as Windows keeps it, out of events in order. */
export function eventLog(records: readonly EvtxRecord[]): Buffer {
  return evtxFile(records)
}

function byTime(a: Change, b: Change): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0
}

/** Logs are made and grow, day by day. */
function ordinaryChanges(pen: Pen): Change[] {
  const changes: Change[] = []
  for (let time = pen.from; time < pen.to; time += 24 * HOUR) {
    const path = `C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex${isoText(time).slice(2, 10).replaceAll('-', '')}.log`
    changes.push({ path, time: isoText(time + 1000), reason: ['FILE_CREATE'] })
    changes.push({ path, time: isoText(time + 61_000), reason: ['FILE_CREATE', 'DATA_EXTEND', 'CLOSE'] })
  }
  return changes
}

/** Services that every Windows Server and every Exchange have, in the words of their own keys. */
const windowsServices =
  'AppHostSvc BFE BITS CertPropSvc CryptSvc DcomLaunch Dhcp Dnscache EventLog EventSystem gpsvc IKEEXT iphlpsvc KeyIso LanmanServer LanmanWorkstation LSM MpsSvc MSDTC Netlogon netprofm NlaSvc nsi PlugPlay PolicyAgent Power ProfSvc RpcEptMapper RpcSs SamSs Schedule SENS SessionEnv ShellHWDetection SNMPTRAP Spooler SystemEventsBroker TermService Themes TrustedInstaller UALSVC UmRdpService VaultSvc vds VSS W32Time W3SVC WAS WdiServiceHost Winmgmt WinRM wuauserv'.split(
    ' ',
  )
const exchangeServices =
  'MSExchangeADTopology MSExchangeAntispamUpdate MSExchangeDelivery MSExchangeDiagnostics MSExchangeFrontEndTransport MSExchangeIS MSExchangeMailboxAssistants MSExchangeMailboxReplication MSExchangeRPC MSExchangeServiceHost MSExchangeSubmission MSExchangeTransport'.split(
    ' ',
  )

function system(pen: Pen): HiveTree {
  const services = Object.fromEntries([
    ...windowsServices.map((name) => [
      `ControlSet001\\Services\\${name}`,
      service('%SystemRoot%\\system32\\svchost.exe -k netsvcs', 'LocalSystem', pen.from - 400 * 24 * HOUR),
    ]),
    ...exchangeServices.map((name) => [
      `ControlSet001\\Services\\${name}`,
      service(
        `"C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Bin\\${name}.exe"`,
        'LocalSystem',
        pen.from - 60 * 24 * HOUR,
      ),
    ]),
    ...pen.machine.services.map(({ name, image, time }) => [
      `ControlSet001\\Services\\${name}`,
      service(image, 'LocalSystem', time),
    ]),
  ]) as HiveTree
  return {
    Select: { values: { Current: 1, Default: 1, Failed: 0, LastKnownGood: 1 } },
    'ControlSet001\\Control\\ComputerName\\ComputerName': { values: { ComputerName: pen.own } },
    'ControlSet001\\Control\\TimeZoneInformation': { values: { Bias: 0, ActiveTimeBias: 0, TimeZoneKeyName: 'UTC' } },
    ...services,
  }
}

function service(image: string, account: string, time: number) {
  return {
    values: {
      ImagePath: { type: 'REG_EXPAND_SZ', data: image },
      Start: 2,
      Type: 16,
      ErrorControl: 1,
      ObjectName: account,
    },
    time,
  } as const
}

function software(pen: Pen): HiveTree {
  const [major, minor, build, revision] = pen.build(pen.to)
  const run = pen.machine.startup
  return {
    'Microsoft\\Windows NT\\CurrentVersion': {
      values: { ProductName: 'Windows Server 2016 Standard', CurrentBuild: '14393' },
    },
    'Microsoft\\ExchangeServer\\v15\\Setup': {
      values: {
        MsiInstallPath: 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\',
        MsiProductMajor: major,
        MsiProductMinor: minor,
        MsiBuildMajor: build,
        MsiBuildMinor: revision,
      },
    },
    'Microsoft\\Windows\\CurrentVersion\\Run': {
      values: {
        SecurityHealth: '%ProgramFiles%\\Windows Defender\\MSASCuiL.exe',
        ...Object.fromEntries(run.map(({ name, command }) => [name, command])),
      },
      time: run.at(-1)?.time ?? pen.from - 300 * 24 * HOUR,
    },
    ...Object.fromEntries(
      pen.machine.debuggers.map(({ program, debugger: by, time }) => [
        `Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\${program}`,
        { values: { Debugger: by }, time },
      ]),
    ),
  }
}

function sam(pen: Pen): HiveTree {
  return {
    SAM: {},
    ...Object.fromEntries(
      [
        ['Administrator', 500],
        ['Guest', 501],
        ['DefaultAccount', 503],
      ].flatMap(([name, rid]) => [
        [
          `SAM\\Domains\\Account\\Users\\Names\\${name}`,
          { values: { '': { type: Number(rid), data: Buffer.alloc(0) } } },
        ],
        [
          `SAM\\Domains\\Account\\Users\\${Number(rid).toString(16).toUpperCase().padStart(8, '0')}`,
          { values: account(pen, String(name), Number(rid)) },
        ],
      ]),
    ),
  } as HiveTree
}

/** F and V of an account: its dates and number, its name; no secrets. */
function account(pen: Pen, name: string, rid: number) {
  const f = Buffer.alloc(80)
  f.writeUInt16LE(3, 0)
  f.writeBigUInt64LE(BigInt(pen.from + 11_644_473_600_000) * 10_000n, 24)
  f.writeUInt32LE(rid, 48)
  f.writeUInt16LE(rid === 500 ? 0x210 : 0x215, 56)
  const text = Buffer.from(name, 'utf16le')
  const v = Buffer.alloc(0xcc + text.length)
  v.writeUInt32LE(0, 12)
  v.writeUInt32LE(text.length, 16)
  text.copy(v, 0xcc)
  const binary = (data: Buffer) => ({ type: 'REG_BINARY', data }) as const
  return { F: binary(f), V: binary(v) }
}
