import { accounts, deletedAccount, hiddenAccounts, profile } from './accounts.js';
import { storedCertificate } from './certificates.js';
import { gives, valueFields, keyValues } from './context.js';
import { readExchangeSetup, settings, uninstall } from './exchange.js';
import { amcacheDriver, amcacheFile, amcacheOldFile, backgroundActivity, muiCache, recentDocuments, shimCacheOf, userAssist, } from './programs.js';
import { service } from './services.js';
import { lastShutdown, timeZone } from './system.js';
import { deletedTask, taskCache } from './tasks.js';
import { decodedCommand } from '../powershell/encoded-command.js';
import { isKnownProgram } from '../common/known-paths.js';
import { anyText, details, multiTextOf } from './value.js';
/** Every value of a key as a `registry` event, or those named (in any case). */
function registry(category, ...names) {
    return (key, context) => {
        const of = typeof category === 'string' ? category : category(key);
        for (const { value, former } of chosen(key, names))
            context.emit(gives.registry, key, {
                value,
                former,
                fields: { Category: of, ...valueFields(value, details(value)) },
            });
    };
}
/** A policy for the antivirus, or what it is told not to look at. */
function antivirus(key) {
    return key.path.some((name) => name.toLowerCase() === 'exclusions') ? 'Defender exclusion' : 'Defender policy';
}
/** Every value of a key, or those named, as something that is started or loaded. */
function startup(category, ...names) {
    return (key, context) => {
        for (const { value, former } of chosen(key, names)) {
            const said = multiTextOf(value) ?? anyText(value) ?? details(value);
            if (said === null || said === '' || (Array.isArray(said) && said.length === 0))
                continue;
            const decoded = decodedCommand(anyText(value));
            context.emit(gives.startup, key, {
                value,
                former,
                fields: {
                    Category: category,
                    Name: names.length === 0 && value.name !== '' ? value.name : nameOf(key, value.name),
                    Command: anyText(value) ?? said,
                    KnownPlace: String(isKnownProgram(anyText(value) ?? '')),
                    ...(decoded === null ? {} : { DecodedCommand: decoded }),
                    ...valueFields(value, said),
                },
            });
        }
    };
}
/** What a value that stands for its whole key is called: `sethc.exe\\Debugger`, `{…}\\InprocServer32`, `exefile\\shell\\open\\command`. */
function nameOf(key, value) {
    if (value !== '' && key.name.toLowerCase() !== 'command')
        return `${key.name}\\${value}`;
    const names = key.path.slice(key.name.toLowerCase() === 'command' ? -4 : -2);
    return [...names, ...(value === '' ? [] : [value])].join('\\');
}
/** Settings on which the exposure of Exchange depends. */
function exchange(...names) {
    return (key, context) => {
        if (names.length === 0)
            return settings(key, context);
        for (const { value, former } of chosen(key, names))
            context.emit(gives.exchange, key, {
                value,
                former,
                fields: { Setting: value.name, ...valueFields(value, details(value)) },
            });
    };
}
/** A key that says something by being there. */
function present(category) {
    return (key, context) => context.emit(gives.registry, key, { fields: { Category: category, Details: null, ValueName: null } });
}
/** A share that was mounted: `##server#c$`. Drives of the machine itself say nothing. */
function mountedShare(key, context) {
    if (!key.name.startsWith('##'))
        return;
    const share = key.name.replaceAll('#', '\\');
    context.emit(gives.registry, key, {
        fields: { Category: 'Mounted share', Details: share, ValueName: null },
        target: share,
    });
}
function* chosen(key, names) {
    if (names.length === 0)
        return yield* keyValues(key);
    const wanted = new Set(names.map((name) => name.toUpperCase()));
    for (const found of keyValues(key))
        if (wanted.has(found.value.name.toUpperCase()))
            yield found;
}
/** Only for deleted keys, where a table higher up reads the others. */
function ifDeleted(shape) {
    return (key, context) => {
        if (key.deleted)
            shape(key, context);
    };
}
function at(hive, rows, below = '') {
    return rows.flatMap(([path, ...shapes]) => shapes.map((read) => ({ in: hive, path: `${below}${path}`, read })));
}
const windows = 'Microsoft\\Windows\\CurrentVersion';
const nt = 'Microsoft\\Windows NT\\CurrentVersion';
/** What stands in SOFTWARE for the machine and below `Software` for a user. */
const shared = [
    // Started at logon. https://attack.mitre.org/techniques/T1547/
    [`${windows}\\Run`, startup('Run')],
    [`${windows}\\RunOnce`, startup('RunOnce')],
    [`${windows}\\RunOnceEx\\**`, startup('RunOnceEx')],
    [`${windows}\\RunServices`, startup('RunServices')],
    [`${windows}\\RunServicesOnce`, startup('RunServicesOnce')],
    [`${windows}\\Policies\\Explorer\\Run`, startup('Policy Run')],
    [`${nt}\\Terminal Server\\Install\\Software\\${windows}\\Run`, startup('Run')],
    [`${nt}\\Terminal Server\\Install\\Software\\${windows}\\RunOnce`, startup('RunOnce')],
    [
        `${nt}\\Winlogon`,
        startup('Winlogon', 'Shell', 'Userinit', 'Taskman', 'System', 'VmApplet', 'AppSetup', 'GinaDLL', 'UIHost'),
    ],
    [`${nt}\\Winlogon\\Notify\\*`, startup('Winlogon Notify', 'DLLName')],
    [`${nt}\\Winlogon\\GPExtensions\\*`, startup('Group policy extension', 'DllName')],
    [`${nt}\\Winlogon\\AlternateShells\\AvailableShells`, startup('Winlogon')],
    [`${nt}\\Windows`, startup('AppInit_DLLs', 'AppInit_DLLs'), startup('Load', 'Load', 'Run', 'IconServiceLib')],
    [`${nt}\\Windows`, registry('AppInit_DLLs', 'LoadAppInit_DLLs', 'RequireSignedAppInit_DLLs')],
    ['Microsoft\\Active Setup\\Installed Components\\*', startup('Active Setup', 'StubPath')],
    ['Microsoft\\Command Processor', startup('Command processor', 'AutoRun')],
    [`${windows}\\Explorer\\ShellExecuteHooks`, startup('Shell hook')],
    [`${windows}\\Explorer\\SharedTaskScheduler`, startup('Shared task scheduler')],
    [`${windows}\\ShellServiceObjectDelayLoad`, startup('Shell service object')],
    [`${windows}\\Group Policy\\Scripts\\**`, startup('Policy script', 'Script', 'Parameters')],
    ['Policies\\Microsoft\\Windows\\System\\Scripts\\**', startup('Policy script', 'Script', 'Parameters')],
    [`${nt}\\AppCompatFlags\\Custom\\*`, startup('Shim database')],
    [`${nt}\\AppCompatFlags\\InstalledSDB\\*`, startup('Shim database', 'DatabasePath')],
    [`${nt}\\AppCompatFlags\\Layers`, registry('Compatibility layer')],
    [`${windows}\\Explorer\\User Shell Folders`, registry('Shell folder', 'Startup', 'Common Startup')],
    [`${windows}\\Explorer\\Shell Folders`, registry('Shell folder', 'Startup', 'Common Startup')],
    // Office and Outlook: libraries that are loaded, pages that are shown instead of folders.
    ['Microsoft\\Office test\\Special\\Perf', startup('Office test')],
    ['Microsoft\\Office\\*\\Outlook\\WebView\\**', startup('Outlook home page', 'URL')],
    ['Microsoft\\Office\\*\\Outlook\\Today', startup('Outlook home page', 'UserDefinedUrl')],
    ['Microsoft\\Office\\*\\Outlook\\Security', registry('Outlook security')],
    ['Microsoft\\Office\\*\\*\\Options', startup('Office add-in', 'OPEN')],
    ['Microsoft\\Office\\*\\Addins\\*', startup('Office add-in', 'Manifest')],
    // What guards the machine, and whether it was told not to.
    [`${windows}\\Policies\\System`, registry('Policy')],
    [`${windows}\\Policies\\System\\Audit`, registry('Audit policy')],
    ['Policies\\Microsoft\\Windows\\PowerShell\\**', registry('PowerShell policy')],
    ['Microsoft\\PowerShell\\*\\ShellIds\\*', registry('PowerShell policy', 'ExecutionPolicy')],
    ['Microsoft\\Windows Script\\Settings', registry('Script settings', 'AmsiEnable')],
    ['Microsoft\\Windows Script Host\\Settings', registry('Script settings')],
    ['Microsoft\\SystemCertificates\\*\\Certificates\\*', storedCertificate],
    ['Policies\\Microsoft\\SystemCertificates\\*\\Certificates\\*', storedCertificate],
    ['Sysinternals\\*', registry('Sysinternals', 'EulaAccepted')],
];
const software = [
    // Exchange. HealthChecker reads the same (microsoft/CSS-Exchange, Get-ExchangeRegistryValues.ps1).
    ['Microsoft\\ExchangeServer\\*\\Setup', readExchangeSetup],
    ['Microsoft\\ExchangeServer\\*', exchange()],
    ['Microsoft\\ExchangeServer\\*\\Diagnostics', exchange()],
    ['Microsoft\\ExchangeServer\\*\\FIP-FS', exchange()],
    ['Microsoft\\ExchangeServer\\*\\AdminTools', exchange()],
    ['Microsoft\\ExchangeServer\\*\\MailboxRole', exchange()],
    ['Microsoft\\ExchangeServer\\*\\ClientAccessRole', exchange()],
    ['Microsoft\\ExchangeServer\\*\\HubTransportRole', exchange()],
    ['Microsoft\\ExchangeServer\\*\\EdgeTransportRole', exchange()],
    ['Microsoft\\ExchangeServer\\*\\UnifiedMessagingRole', exchange()],
    ['Microsoft\\Exchange\\Setup', readExchangeSetup],
    [`${windows}\\Uninstall\\*`, uninstall],
    [`${windows}\\Installer\\UserData\\*\\Products\\*\\Patches\\*`, uninstall],
    ['Microsoft\\Updates\\*\\*', uninstall],
    ['Microsoft\\Updates\\*\\*\\*', uninstall],
    ['Microsoft\\AMSI', exchange()],
    ['Microsoft\\AMSI\\Providers\\*', present('AMSI provider')],
    ['Microsoft\\.NETFramework\\*', exchange('SystemDefaultTlsVersions', 'SchUseStrongCrypto')],
    ['Microsoft\\NET Framework Setup\\NDP\\v4\\Full', registry('.NET', 'Release', 'Version')],
    // The machine.
    [
        nt,
        registry('Windows version', 'ProductName', 'CurrentBuild', 'CurrentBuildNumber', 'UBR', 'CurrentVersion', 'ReleaseId', 'DisplayVersion', 'InstallDate', 'InstallTime', 'RegisteredOwner', 'RegisteredOrganization', 'EditionID', 'BuildLabEx'),
    ],
    ['Microsoft\\InetStp', registry('IIS')],
    ['Microsoft\\IIS Extensions\\**', registry('IIS')],
    ['Microsoft\\ASP.NET\\**', registry('ASP.NET')],
    // Accounts.
    [`${nt}\\ProfileList\\*`, profile],
    [`${nt}\\Winlogon\\SpecialAccounts\\UserList`, hiddenAccounts],
    [
        `${nt}\\Winlogon`,
        registry('Automatic logon', 'AutoAdminLogon', 'DefaultUserName', 'DefaultDomainName', 'DefaultPassword', 'LastUsedUsername', 'CachedLogonsCount'),
    ],
    // Started with other programs.
    [
        `${nt}\\Image File Execution Options\\*`,
        startup('Image file execution options', 'Debugger', 'VerifierDlls', 'MonitorProcess'),
        registry('Image file execution options', 'GlobalFlag', 'UseFilter', 'FilterFullPath'),
    ],
    [`${nt}\\Image File Execution Options\\*\\*`, startup('Image file execution options', 'Debugger')],
    [
        `${nt}\\SilentProcessExit\\*`,
        startup('Silent process exit', 'MonitorProcess'),
        registry('Silent process exit', 'ReportingMode'),
    ],
    [`${nt}\\Schedule\\TaskCache`, taskCache],
    [`${nt}\\Schedule\\TaskCache\\Tasks\\*`, deletedTask],
    ['Microsoft\\Netsh', startup('Netsh helper')],
    [`${windows}\\Authentication\\Credential Providers\\*`, startup('Credential provider', '')],
    [`${windows}\\Explorer\\Browser Helper Objects\\*`, present('Browser helper object')],
    ['Classes\\exefile\\shell\\open\\command', startup('Opens programs')],
    ['Classes\\comfile\\shell\\open\\command', startup('Opens programs')],
    ['Classes\\batfile\\shell\\open\\command', startup('Opens programs')],
    ['Classes\\cmdfile\\shell\\open\\command', startup('Opens programs')],
    ['Classes\\txtfile\\shell\\open\\command', startup('Opens programs')],
    ['Classes\\mscfile\\shell\\open\\command', startup('Opens programs')],
    ['Classes\\Folder\\shell\\open\\command', startup('Opens programs')],
    // What guards the machine.
    ['Microsoft\\Windows Defender', registry('Defender', 'DisableAntiSpyware', 'DisableAntiVirus', 'ProductStatus')],
    ['Microsoft\\Windows Defender\\Exclusions\\**', registry('Defender exclusion')],
    ['Microsoft\\Windows Defender\\Real-Time Protection', registry('Defender')],
    ['Microsoft\\Windows Defender\\Features', registry('Defender')],
    ['Microsoft\\Windows Defender\\Spynet', registry('Defender')],
    ['Microsoft\\Windows Defender\\Threats\\**', registry('Defender')],
    ['Policies\\Microsoft\\Windows Defender\\**', registry(antivirus)],
    ['Microsoft\\Microsoft Antimalware\\Exclusions\\**', registry(antivirus)],
    ['Policies\\Microsoft\\Microsoft Antimalware\\**', registry(antivirus)],
    ['Policies\\Microsoft\\Windows NT\\Terminal Services', registry('Remote desktop')],
    ['Policies\\Microsoft\\WindowsFirewall\\**', registry('Firewall policy')],
    ['Policies\\Microsoft\\Windows\\EventLog\\**', registry('Event log policy')],
    ['Policies\\Microsoft\\Windows\\WinRM\\**', registry('WinRM policy')],
    [`${windows}\\WSMAN\\**`, registry('WinRM')],
    ...[
        'Microsoft-Windows-PowerShell/Operational',
        'Microsoft-Windows-TaskScheduler/Operational',
        'Microsoft-Windows-Sysmon/Operational',
        'Microsoft-Windows-Windows Defender/Operational',
        'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
        'Microsoft-Windows-WinRM/Operational',
        'Microsoft-Windows-WMI-Activity/Operational',
        'Microsoft-Windows-DNS-Client/Operational',
        'Microsoft-IIS-Configuration/Operational',
        'MSExchange Management',
    ].map((channel) => [`${windows}\\WINEVT\\Channels\\${channel}`, registry('Event log', 'Enabled', 'MaxSize')]),
    ['Microsoft\\EnterpriseCertificates\\*\\Certificates\\*', storedCertificate],
];
const system = [
    ['Select', registry('Control set')],
    ['Setup', startup('Setup', 'CmdLine'), registry('Setup', 'SetupType', 'SystemSetupInProgress')],
    ...[
        ['Control\\ComputerName\\ComputerName', registry('Computer name', 'ComputerName')],
        ['Control\\TimeZoneInformation', registry('Time zone'), timeZone],
        ['Control\\Windows', lastShutdown],
        ['Services\\*', service],
        // Loaded by the system itself. https://attack.mitre.org/techniques/T1547/
        [
            'Control\\Session Manager',
            startup('Session manager', 'BootExecute', 'SetupExecute', 'Execute', 'S0InitialCommand', 'PlatformExecute'),
        ],
        [
            'Control\\Session Manager',
            registry('Renamed at the next start', 'PendingFileRenameOperations', 'PendingFileRenameOperations2'),
        ],
        ['Control\\Session Manager\\AppCertDlls', startup('AppCertDlls')],
        ['Control\\Session Manager\\KnownDLLs', registry('KnownDLLs')],
        ['Control\\Session Manager\\Environment', registry('Environment')],
        ['Control\\Session Manager\\AppCompatCache', shimCacheOf],
        ['Control\\Session Manager\\AppCompatibility', shimCacheOf],
        ['Control\\Lsa', startup('LSA', 'Security Packages', 'Authentication Packages', 'Notification Packages')],
        ['Control\\Lsa\\OSConfig', startup('LSA', 'Security Packages')],
        ['Control\\Lsa', exchange('SuppressExtendedProtection', 'LmCompatibilityLevel')],
        [
            'Control\\Lsa',
            registry('LSA', 'NoLMHash', 'RestrictAnonymous', 'RestrictAnonymousSAM', 'EveryoneIncludesAnonymous', 'DisableRestrictedAdmin', 'LimitBlankPasswordUse', 'RunAsPPL', 'LmCompatibilityLevel', 'DisableLoopbackCheck', 'DisableDomainCreds', 'ForceGuest', 'DsrmAdminLogonBehavior', 'LsaCfgFlags', 'SCENoApplyLegacyAuditPolicy'),
        ],
        ['Control\\Lsa\\MSV1_0', registry('LSA')],
        ['Control\\Lsa\\FipsAlgorithmPolicy', exchange('Enabled')],
        ['Control\\SecurityProviders', startup('Security provider', 'SecurityProviders')],
        ['Control\\SecurityProviders\\WDigest', registry('WDigest')],
        ['Control\\SecurityProviders\\SCHANNEL\\**', exchange()],
        ['Control\\Print\\Monitors\\*', startup('Print monitor', 'Driver')],
        ['Control\\Print\\Environments\\*\\Print Processors\\*', startup('Print processor', 'Driver')],
        ['Control\\Print\\Providers\\*', startup('Print provider', 'Name')],
        ['Control\\NetworkProvider\\Order', registry('Network provider', 'ProviderOrder')],
        ['Services\\*\\NetworkProvider', startup('Network provider', 'ProviderPath')],
        ['Services\\W32Time\\TimeProviders\\*', startup('Time provider', 'DllName')],
        ['Services\\NTDS', startup('Directory service', 'LsaDbExtPt', 'DirectoryServiceExtPt')],
        ['Control\\SafeBoot', startup('Safe boot', 'AlternateShell')],
        ['Control\\BootVerificationProgram', startup('Boot verification', 'ImagePath')],
        ['Control\\Terminal Server\\WinStations\\*', startup('Remote desktop', 'InitialProgram')],
        ['Control\\Terminal Server\\Wds\\rdpwd', startup('Remote desktop', 'StartupPrograms')],
        [
            'Control\\Terminal Server',
            registry('Remote desktop', 'fDenyTSConnections', 'fSingleSessionPerUser', 'AllowRemoteRPC'),
        ],
        [
            'Control\\Terminal Server\\WinStations\\RDP-Tcp',
            registry('Remote desktop', 'PortNumber', 'UserAuthentication', 'SecurityLayer', 'Shadow', 'MinEncryptionLevel'),
        ],
        ['Control\\MiniNt', present('MiniNt: events are not logged')],
        ['Control\\WMI\\Autologger\\EventLog-Application', registry('Event log', 'Start')],
        ['Control\\WMI\\Autologger\\EventLog-Security', registry('Event log', 'Start')],
        ['Control\\WMI\\Autologger\\EventLog-System', registry('Event log', 'Start')],
        [
            'Services\\EventLog\\*',
            registry('Event log', 'File', 'MaxSize', 'Retention', 'AutoBackupLogFiles', 'RestrictGuestAccess', 'CustomSD'),
        ],
        // Programs that ran.
        ['Services\\bam\\State\\UserSettings\\*', backgroundActivity],
        ['Services\\bam\\UserSettings\\*', backgroundActivity],
        ['Services\\dam\\State\\UserSettings\\*', backgroundActivity],
        ['Services\\dam\\UserSettings\\*', backgroundActivity],
        // IIS, shares, network.
        ['Services\\W3SVC\\Parameters\\**', registry('IIS')],
        ['Services\\WAS\\Parameters\\**', registry('IIS')],
        ['Services\\HTTP\\Parameters\\**', registry('HTTP.sys')],
        ['Services\\InetInfo\\Parameters', registry('IIS')],
        ['Services\\LanmanServer\\Parameters', exchange('SMB1'), registry('SMB')],
        ['Services\\LanmanServer\\Shares', registry('Share')],
        ['Services\\LanmanWorkstation\\Parameters', registry('SMB')],
        ['Services\\Netlogon\\Parameters', registry('Netlogon')],
        ['Services\\PortProxy\\**', registry('Port proxy')],
        [
            'Services\\Tcpip\\Parameters',
            registry('Network', 'Hostname', 'NV Hostname', 'Domain', 'NV Domain', 'DhcpDomain', 'DhcpNameServer', 'NameServer', 'IPEnableRouter', 'DataBasePath'),
        ],
        [
            'Services\\Tcpip\\Parameters\\Interfaces\\*',
            registry('Network', 'IPAddress', 'DhcpIPAddress', 'NameServer', 'DhcpNameServer', 'DefaultGateway'),
        ],
        ['Services\\SharedAccess\\Parameters\\FirewallPolicy\\*', registry('Firewall')],
        ['Services\\SharedAccess\\Parameters\\FirewallPolicy\\*\\AuthorizedApplications\\List', registry('Firewall rule')],
    ].map(([path, ...shapes]) => [`CurrentControlSet\\${path}`, ...shapes]),
];
const user = [
    ['Environment', startup('Logon script', 'UserInitMprLogonScript'), registry('Environment')],
    ['Control Panel\\Desktop', startup('Screen saver', 'SCRNSAVE.EXE')],
    ['Network\\*', registry('Network drive', 'RemotePath', 'UserName')],
    [`Software\\${windows}\\Explorer\\RunMRU`, registry('Typed command')],
    [`Software\\${windows}\\Explorer\\TypedPaths`, registry('Typed path')],
    [`Software\\${windows}\\Explorer\\RecentDocs\\**`, recentDocuments],
    [`Software\\${windows}\\Explorer\\UserAssist\\*\\Count`, userAssist],
    [`Software\\${windows}\\Explorer\\Map Network Drive MRU`, registry('Network drive')],
    [`Software\\${windows}\\Explorer\\MountPoints2\\*`, mountedShare],
    [`Software\\${windows}\\Explorer\\WordWheelQuery`, registry('Searched')],
    ['Software\\Microsoft\\Windows\\ShellNoRoam\\MUICache', muiCache],
    ['Software\\Microsoft\\Internet Explorer\\TypedURLs', registry('Typed address')],
    ['Software\\Microsoft\\Terminal Server Client\\Default', registry('Remote desktop client')],
    ['Software\\Microsoft\\Terminal Server Client\\Servers\\*', registry('Remote desktop client', 'UsernameHint')],
    ['Software\\WinRAR\\ArcHistory', registry('Archive')],
    ['Software\\7-Zip\\**', registry('Archive')],
    ['Software\\SimonTatham\\PuTTY\\SshHostKeys', registry('SSH host')],
    [
        'Software\\SimonTatham\\PuTTY\\Sessions\\*',
        registry('SSH session', 'HostName', 'UserName', 'PortNumber', 'PortForwardings', 'Protocol'),
    ],
    ['Software\\Martin Prikryl\\WinSCP 2\\Sessions\\*', registry('SSH session', 'HostName', 'UserName', 'PortNumber')],
    ['Software\\Classes\\CLSID\\*\\InprocServer32', startup('COM class of a user', '', 'ScriptletURL')],
    ['Software\\Classes\\CLSID\\*\\LocalServer32', startup('COM class of a user', '')],
    ['Software\\Classes\\CLSID\\*\\TreatAs', startup('COM class of a user', '')],
    ['Software\\Classes\\*\\shell\\open\\command', startup('Opens programs', '', 'DelegateExecute')],
];
const classes = [
    ['CLSID\\*\\InprocServer32', startup('COM class of a user', '', 'ScriptletURL')],
    ['CLSID\\*\\LocalServer32', startup('COM class of a user', '')],
    ['CLSID\\*\\TreatAs', startup('COM class of a user', '')],
    ['*\\shell\\open\\command', startup('Opens programs', '', 'DelegateExecute')],
    ['Local Settings\\Software\\Microsoft\\Windows\\Shell\\MuiCache', muiCache],
];
const sam = [
    ['SAM\\Domains', accounts],
    ['SAM\\Domains\\Account\\Users\\*', ifDeleted(deletedAccount)],
    ['SAM\\Domains\\Account\\Users\\Names\\*', ifDeleted(deletedAccount)],
];
const amcache = [
    ['Root\\InventoryApplicationFile\\*', amcacheFile],
    ['Root\\InventoryDriverBinary\\*', amcacheDriver],
    ['Root\\File\\*\\*', amcacheOldFile],
];
/** Every place that is read. */
export const places = [
    ...at('software', shared),
    ...at('software', software),
    ...at('system', system),
    ...at('user', shared, 'Software\\'),
    ...at('user', user),
    ...at('classes', classes),
    ...at('sam', sam),
    ...at('amcache', amcache),
];
//# sourceMappingURL=places.js.map