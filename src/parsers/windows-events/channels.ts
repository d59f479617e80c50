import type { LogSource } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import type { RecordedSetting } from './service-and-task-events.ts'
import type { WindowsSystem } from './record.ts'
import { scalarAsText, type MutableFields } from './values.ts'

export const SECURITY = 'Security'

const SYSMON = 'Microsoft-Windows-Sysmon/Operational'

const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational'

export const CLASSIC = 'Windows PowerShell'

export const DEFENDER = 'Microsoft-Windows-Windows Defender/Operational'

export const MANAGEMENT = 'MSExchange Management'

const PROVIDER_CHANNELS: ReadonlyMap<string, string> = new Map([
  ['microsoft-windows-security-auditing', SECURITY],
  ['security', SECURITY],
  ['microsoft-windows-sysmon', SYSMON],
  ['microsoft-windows-powershell', POWERSHELL],
  ['powershell', CLASSIC],
  ['service control manager', 'System'],
  ['microsoft-windows-kernel-general', 'System'],
  ['microsoft-windows-windows defender', DEFENDER],
  ['microsoft-windows-taskscheduler', 'Microsoft-Windows-TaskScheduler/Operational'],
  ['microsoft-windows-iis-configuration', 'Microsoft-IIS-Configuration/Operational'],
  [
    'microsoft-windows-terminalservices-localsessionmanager',
    'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  ],
  [
    'microsoft-windows-terminalservices-remoteconnectionmanager',
    'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
  ],
  ['msexchange cmdletlogs', MANAGEMENT],
  ['msexchange unified messaging', 'Application'],
  ['application error', 'Application'],
  ['windows error reporting', 'Application'],
  ['msiinstaller', 'Application'],
  ['.net runtime', 'Application'],
])

/** The channel of a record that does not say it: by its provider, else by its number and the fields that only one has. */
export function channelOf({ eventId, provider }: WindowsSystem, fields: MutableFields): string | null {
  return provider ? channelOfProvider(provider.toLowerCase(), eventId) : channelOfNumber(eventId, fields)
}

function channelOfProvider(provider: string, id: number): string | null {
  const known = PROVIDER_CHANNELS.get(provider)
  if (known) return known
  if (provider === 'microsoft-windows-eventlog') return id === 104 ? 'System' : SECURITY
  return /^(?:msexchange|asp\.net )/.test(provider) ? 'Application' : null
}

/** Numbers of events (first and last) by channel; where other channels have the number too, fields of which one must be there. */
const NUMBERED: readonly (readonly [
  channel: string,
  numbers: readonly (readonly [first: number, last: number])[],
  fields: readonly string[] | null,
])[] = [
  [POWERSHELL, [[4104, 4104]], ['ScriptBlockText', 'ScriptBlockId']],
  [POWERSHELL, [[4103, 4103]], ['Payload', 'ContextInfo']],
  [
    SECURITY,
    [
      [517, 517],
      [1102, 1102],
      [4608, 5712],
      [6144, 6424],
    ],
    null,
  ],
  [
    'System',
    [
      [104, 104],
      [7036, 7036],
      [7040, 7040],
      [7045, 7045],
    ],
    null,
  ],
  [
    CLASSIC,
    [
      [400, 400],
      [600, 600],
      [800, 800],
    ],
    ['HostApplication', 'EngineVersion'],
  ],
]

function channelOfNumber(id: number, fields: MutableFields): string | null {
  for (const [channel, numbers, needed] of NUMBERED)
    if (numbers.some(([first, last]) => id >= first && id <= last) && (needed === null || hasOne(fields, needed)))
      return channel
  return isSysmon(id, fields) ? SYSMON : null
}

const SYSMON_FIELDS = [
  'UtcTime',
  'ProcessGuid',
  'SourceProcessGUID',
  'SourceImage',
  'TargetObject',
  'TargetFilename',
  'ImageLoaded',
  'PipeName',
  'QueryName',
]

function isSysmon(id: number, fields: MutableFields): boolean {
  if (id === 1 && fields.Image !== undefined) return true
  const isNumber = (id >= 2 && id <= 29) || id === 255 || (id === 1 && fields.CommandLine !== undefined)
  return isNumber && hasOne(fields, SYSMON_FIELDS)
}

function hasOne(fields: MutableFields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined)
}

// Names of services in public Sigma rules, by channel.
export const SERVICES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['Security', 'security'],
      ['System', 'system'],
      ['Application', 'application'],
      [SYSMON, 'sysmon'],
      [POWERSHELL, 'powershell'],
      ['PowerShellCore/Operational', 'powershell'],
      [CLASSIC, 'powershell-classic'],
      [DEFENDER, 'windefend'],
      ['Microsoft-Windows-TaskScheduler/Operational', 'taskscheduler'],
      [MANAGEMENT, 'msexchange-management'],
      ['Microsoft-Windows-Bits-Client/Operational', 'bits-client'],
      ['Microsoft-Windows-AppLocker/MSI and Script', 'applocker'],
      ['Microsoft-Windows-AppLocker/EXE and DLL', 'applocker'],
      ['Microsoft-Windows-AppLocker/Packaged app-Deployment', 'applocker'],
      ['Microsoft-Windows-AppLocker/Packaged app-Execution', 'applocker'],
      ['Microsoft-Windows-CodeIntegrity/Operational', 'codeintegrity-operational'],
      ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall', 'firewall-as'],
      ['DNS Server', 'dns-server'],
      ['Microsoft-Windows-DNS-Server/Audit', 'dns-server-audit'],
      ['Microsoft-Windows-DNS-Server/Analytical', 'dns-server-analytic'],
      ['Microsoft-Windows-DNS Client Events/Operational', 'dns-client'],
      ['Microsoft-Windows-DNS-Client/Operational', 'dns-client'],
      ['Microsoft-Windows-NTLM/Operational', 'ntlm'],
      ['Microsoft-Windows-WMI-Activity/Operational', 'wmi'],
      ['Microsoft-Windows-PrintService/Admin', 'printservice-admin'],
      ['Microsoft-Windows-PrintService/Operational', 'printservice-operational'],
      ['Microsoft-Windows-SmbClient/Security', 'smbclient-security'],
      ['Microsoft-Windows-SmbClient/Connectivity', 'smbclient-connectivity'],
      ['Microsoft-Windows-SMBServer/Connectivity', 'smbserver-connectivity'],
      ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational', 'terminalservices-localsessionmanager'],
      ['Microsoft-Windows-Security-Mitigations/KernelMode', 'security-mitigations'],
      ['Microsoft-Windows-Security-Mitigations/UserMode', 'security-mitigations'],
      ['Microsoft-Windows-Security-Mitigations/Kernel Mode', 'security-mitigations'],
      ['Microsoft-Windows-Security-Mitigations/User Mode', 'security-mitigations'],
      ['Microsoft-IIS-Configuration/Operational', 'iis-configuration'],
      ['Microsoft-Windows-DriverFrameworks-UserMode/Operational', 'driver-framework'],
      ['Microsoft-Windows-DHCP-Server/Operational', 'dhcp'],
      ['Microsoft-ServiceBus-Client', 'microsoft-servicebus-client'],
      ['Microsoft-ServiceBus-Client/Admin', 'microsoft-servicebus-client'],
      ['Microsoft-ServiceBus-Client/Operational', 'microsoft-servicebus-client'],
      ['Microsoft-Windows-LDAP-Client/Debug', 'ldap'],
      ['Microsoft-Windows-Diagnosis-Scripted/Operational', 'diagnosis-scripted'],
      ['Microsoft-Windows-Shell-Core/Operational', 'shell-core'],
      ['OpenSSH/Operational', 'openssh'],
      ['Microsoft-Windows-LSA/Operational', 'lsa-server'],
      ['Microsoft-Windows-AppXDeploymentServer/Operational', 'appxdeployment-server'],
      ['Microsoft-Windows-AppxPackaging/Operational', 'appxpackaging-om'],
      ['Microsoft-Windows-AppModel-Runtime/Admin', 'appmodel-runtime'],
      ['Microsoft-Windows-CAPI2/Operational', 'capi2'],
      [
        'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
        'certificateservicesclient-lifecycle-system',
      ],
    ] as const
  ).map(([channel, service]) => [channel.toLowerCase(), service]),
)

const KINDS: ReadonlyMap<string, KnownLogKind> = new Map([
  ['security', 'windows-security'],
  ['system', 'windows-system'],
  ['application', 'windows-application'],
  ['sysmon', 'windows-sysmon'],
  ['powershell', 'windows-powershell'],
  ['powershell-classic', 'windows-powershell'],
  ['windefend', 'windows-defender'],
  ['taskscheduler', 'windows-taskscheduler'],
  ['msexchange-management', 'msexchange-management'],
])

export function kindOf(channel: string | null, service: string | null): KnownLogKind {
  return (channel && service && KINDS.get(service)) || 'windows-other'
}

// https://learn.microsoft.com/sysinternals/downloads/sysmon#events in Sigma's words.
const SYSMON_CATEGORIES: ReadonlyMap<number, readonly string[]> = new Map([
  [1, ['process_creation']],
  [2, ['file_change']],
  [3, ['network_connection']],
  [4, ['sysmon_status']],
  [5, ['process_termination']],
  [6, ['driver_load']],
  [7, ['image_load']],
  [8, ['create_remote_thread']],
  [9, ['raw_access_thread']],
  [10, ['process_access']],
  [11, ['file_event']],
  [13, ['registry_event', 'registry_set']],
  [14, ['registry_event', 'registry_rename']],
  [15, ['create_stream_hash']],
  [16, ['sysmon_status']],
  [17, ['pipe_created']],
  [18, ['pipe_created']],
  [19, ['wmi_event']],
  [20, ['wmi_event']],
  [21, ['wmi_event']],
  [22, ['dns_query']],
  [23, ['file_delete']],
  [24, ['clipboard_capture']],
  [25, ['process_tampering']],
  [26, ['file_delete', 'file_delete_detected']],
  [27, ['file_block_executable']],
  [28, ['file_block_shredding']],
  [29, ['file_executable_detected']],
  [255, ['sysmon_error']],
])

const DETECTIONS = new Set([
  1006, 1007, 1008, 1009, 1010, 1011, 1012, 1015, 1017, 1018, 1019, 1115, 1116, 1117, 1118, 1119,
])

const ANTIVIRUS = 'antivirus'

export function categoriesOf(service: string | null, id: number, fields: MutableFields): readonly string[] {
  switch (service) {
    case 'sysmon':
      return id === 12 ? keyCategories(fields) : (SYSMON_CATEGORIES.get(id) ?? [])
    case 'security':
      if (id === 4688) return ['process_creation']
      if (id === 4663) return fields.TargetFilename === undefined ? [] : ['file_event']
      if (id === 4657)
        return fields.EventType === 'SetValue' ? ['registry_event', 'registry_set'] : keyCategories(fields)
      return []
    case 'powershell':
      return id === 4104 ? ['ps_script'] : id === 4103 ? ['ps_module'] : []
    case 'powershell-classic':
      if (id === 400) return ['ps_classic_start']
      return id === 600 ? ['ps_classic_provider_start'] : id === 800 ? ['ps_classic_script'] : []
    case 'windefend':
      return DETECTIONS.has(id) ? [ANTIVIRUS] : []
    case 'application':
      // Of another product: see `addThreat` in event.ts.
      return fields.Signature !== undefined && fields.TargetFilename !== undefined ? [ANTIVIRUS] : []
    default:
      return []
  }
}

export function keyCategories(fields: MutableFields): readonly string[] {
  const type = scalarAsText(fields.EventType) ?? ''
  if (/^create/i.test(type)) return ['registry_event', 'registry_add']
  return /^delete/i.test(type) ? ['registry_event', 'registry_delete'] : ['registry_event']
}

const ALL_SOURCES = new Map<string, readonly LogSource[]>()

/** The log sources that a record answers to; the same object for all records of one kind. */
export function channelSources(
  service: string | null,
  categories: readonly string[],
  setting?: RecordedSetting['kind'],
): readonly LogSource[] {
  const key = `${service} ${categories.join(' ')} ${setting ?? ''}`
  let sources = ALL_SOURCES.get(key)
  if (!sources) {
    const base: LogSource = service ? { product: 'windows', service } : { product: 'windows' }
    sources = categories.length === 0 ? [base] : categories.map((category): LogSource => ({ category, ...base }))
    // Its cmdlets are read by the same rules as those of the Exchange logs.
    if (service === 'msexchange-management') sources = [...sources, { category: 'cmdlet', product: 'exchange' }]
    // What was set up is read by the rules that read it out of the registry.
    if (setting) sources = [...sources, { product: 'postern', service: setting }]
    ALL_SOURCES.set(key, sources)
  }
  return sources
}
