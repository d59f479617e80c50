import { DAY, HOUR, type Pen } from './pen.ts'
import {
  authPages,
  cmdlet,
  ecpServer,
  ews,
  exchange,
  iis,
  oabGenerator,
  remotePowerShell,
  request,
  windowsEvent,
} from './rows.ts'

const outlook = 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12527; Pro)'
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:85.0) Gecko/20100101 Firefox/85.0'
const phone = 'Apple-iPhone12C1/1802.53'
const probe = 'AMProbe/Local/ClientAccess'
const users = {
  en: ['a.diaz', 'k.berg', 'm.osei', 'l.novak'],
  de: ['j.müller', 'b.weiß', 'k.groß', 'u.schäfer'],
  ja: ['佐藤', 'suzuki', 'tanaka', 'yamada'],
} as const

/** The ordinary life of a server: probes, people at work, other servers, and the internet's daily knocking. */
export function background(pen: Pen): void {
  const every = (pen.spec.every ?? 3) * HOUR
  const protocols = pen.spec.protocols ?? ['Autodiscover', 'Ecp', 'Ews', 'Mapi', 'Owa']
  for (let slot = pen.from; slot < pen.to; slot += every) {
    const at = (): number => slot + pen.seed.below(Math.floor(every / 6))
    for (const protocol of protocols) traffic[protocol]!(pen, at())
    probes(pen, at())
    if (pen.seed.below(4) === 0) internet(pen, at())
    if (pen.seed.below(3) === 0) neighbor(pen, at())
  }
  for (let day = pen.from; day < pen.to; day += DAY) daily(pen, day)
  if (!pen.spec.steps?.some((step) => step.do === 'no-pages')) pages(pen)
  configuration(pen)
  if (pen.spec.machine) tasks(pen)
  setupLog(pen)
}

type Traffic = (pen: Pen, time: number) => void

const person = (pen: Pen): string => `${pen.netbios}\\${pen.seed.pick(users[pen.spec.language ?? 'en'])}`
const desk = (pen: Pen): string => `192.168.40.${20 + pen.seed.below(60)}`
const roaming = (pen: Pen): string => `198.51.100.${10 + pen.seed.below(200)}`
const back = (stem: string, user: string) => ({ stem, user })

const traffic: Readonly<Record<string, Traffic>> = {
  Autodiscover(pen, time) {
    const user = person(pen)
    const stem = '/autodiscover/autodiscover.xml'
    request(pen, {
      time,
      protocol: 'Autodiscover',
      method: 'POST',
      stem,
      client: desk(pen),
      agent: outlook,
      user,
      status: 200,
      backEndStatus: 200,
      back: back(stem, user),
    })
  },
  Ecp(pen, time) {
    const user = `${pen.domain}\\HealthMailbox4f1c09a`
    const stem = '/ecp/RulesEditor/InboxRules.svc/GetList'
    request(pen, {
      time,
      protocol: 'Ecp',
      method: 'POST',
      stem,
      query: 'msExchEcpCanary=hm',
      client: '::1',
      agent: probe,
      user,
      status: 200,
      backEndStatus: 200,
      back: back(stem, user),
    })
    ecpServer(pen, { time: time + 20, command: 'Get-InboxRule', url: `${stem}?msExchEcpCanary=hm` })
  },
  Ews(pen, time) {
    const user = person(pen)
    const [client, stem, agent] = [
      desk(pen),
      '/EWS/Exchange.asmx',
      'MacOutlook/16.46.21021202 (Intel Mac OS X Version 10.15.7)',
    ]
    request(pen, {
      time,
      protocol: 'Ews',
      method: 'POST',
      stem,
      client,
      agent,
      status: 401,
      authentication: 'Negotiate',
      win32: 2148074254,
      sub: 1,
      error: unauthorized[pen.spec.language ?? 'en']!,
    })
    const id = request(pen, {
      time: time + 300,
      protocol: 'Ews',
      method: 'POST',
      stem,
      client,
      agent,
      user,
      status: 200,
      backEndStatus: 200,
      back: back(stem, user),
    })
    ews(pen, {
      time: time + 340,
      id,
      user: `${user.split('\\')[1]}@${pen.domain}`,
      action: pen.seed.pick(['FindItem', 'SyncFolderItems', 'GetItem']),
      agent,
      client,
    })
  },
  Mapi(pen, time) {
    const user = person(pen)
    const query = `MailboxId=${pen.seed.guid()}@${pen.domain}`
    request(pen, {
      time,
      protocol: 'Mapi',
      method: 'POST',
      stem: '/mapi/emsmdb/',
      query,
      client: desk(pen),
      agent: outlook,
      user,
      status: 200,
      backEndStatus: 200,
      back: back('/mapi/emsmdb/', user),
    })
  },
  Owa(pen, time) {
    const user = person(pen)
    const client = roaming(pen)
    const [a, b, c] = pen.build(time)
    const theme =
      pen.spec.product === '2010'
        ? `/owa/${pen.build(time).join('.')}/themes/base/owaedt.css`
        : `/owa/auth/${a}.${b}.${c}/themes/resources/favicon.ico`
    iis(pen, 'iis-frontend', time, { stem: theme, port: 443, client, agent: firefox, status: 200, taken: 2 })
    request(pen, {
      time: time + 2000,
      protocol: 'Owa',
      method: 'POST',
      stem: '/owa/auth.owa',
      client,
      agent: firefox,
      status: 302,
      referer: `https://mail.${pen.domain}/owa/auth/logon.aspx?replaceCurrent=1`,
    })
    request(pen, {
      time: time + 3000,
      protocol: 'Owa',
      stem: '/owa/',
      client,
      agent: firefox,
      user,
      authentication: 'FBA',
      status: 200,
      backEndStatus: 200,
      back: back('/owa/', user),
    })
  },
  Eas(pen, time) {
    const user = person(pen)
    const query = `Cmd=Ping&User=${encodeURIComponent(user)}&DeviceId=F${pen.seed.below(9)}MINIATURE&DeviceType=iPhone`
    const stem = '/Microsoft-Server-ActiveSync/default.eas'
    request(pen, {
      time,
      protocol: 'Eas',
      method: 'POST',
      stem,
      query,
      client: roaming(pen),
      agent: phone,
      user,
      authentication: 'Basic',
      status: 200,
      backEndStatus: 200,
      back: back(stem, user),
    })
  },
  Oab(pen, time) {
    const user = person(pen)
    const stem = '/OAB/7d2f1a60-22b4-4f0e-9c1b-6a1f0b7c2d10/oab.xml'
    request(pen, {
      time,
      protocol: 'Oab',
      stem,
      client: desk(pen),
      agent: 'Microsoft BITS/7.8',
      user,
      status: 200,
      backEndStatus: 200,
      back: back(stem, user),
    })
  },
  PowerShell(pen, time) {
    const user = `${pen.netbios}\\${pen.host}$`
    const id = request(pen, {
      time,
      protocol: 'PowerShell',
      method: 'POST',
      stem: '/powershell',
      client: '::1',
      agent: 'Microsoft WinRM Client',
      user,
      authentication: 'Kerberos',
      status: 200,
      backEndStatus: 200,
      back: back('/powershell', user),
    })
    remotePowerShell(pen, {
      time: time + 40,
      id,
      stem: '/powershell',
      query: 'clientApplication=ActiveMonitor;PSVersion=5.1.14393.5127',
      user,
      client: '::1',
      agent: 'Microsoft WinRM Client',
      status: 200,
    })
  },
  RpcHttp(pen, time) {
    const user = person(pen)
    const stem = '/rpc/rpcproxy.dll'
    request(pen, {
      time,
      protocol: 'RpcHttp',
      method: 'RPC_IN_DATA',
      stem,
      query: `${pen.seed.guid()}@${pen.domain}:6001`,
      client: desk(pen),
      agent: 'MSRPC',
      user,
      status: 200,
      backEndStatus: 200,
      back: back(stem, user),
    })
  },
}

const unauthorized: Readonly<Record<string, string>> = {
  en: 'WebException=System.Net.WebException: The remote server returned an error: (401) Unauthorized.',
  de: 'WebException=System.Net.WebException: Der Remoteserver hat einen Fehler zurückgegeben: (401) Nicht autorisiert.',
  ja: 'WebException=System.Net.WebException: リモート サーバーがエラーを返しました: (401) 許可されていません',
}

/** Managed availability asks its own server. */
function probes(pen: Pen, time: number): void {
  iis(pen, 'iis-frontend', time, {
    stem: '/OWA/auth.owa',
    query: '&encoding=;',
    port: 443,
    client: '127.0.0.1',
    agent: probe,
    status: 403,
    sub: 7,
    win32: 5,
    taken: 19,
  })
  const user = `HealthMailbox4f1c09a@${pen.domain}`
  ews(pen, {
    time: time + 900,
    user,
    impersonated: user,
    action: 'GetFolder',
    agent: 'Ews_AM_Probe/Local (ExchangeServicesClient/15.01.2176.002)',
    client: '::1',
  })
}

/** What every address on the internet receives every day, aimed at nothing in particular. */
function internet(pen: Pen, time: number): void {
  const client = `203.0.113.${1 + pen.seed.below(60)}`
  const [stem, status] = pen.seed.pick([
    ['/', 302],
    ['/robots.txt', 404],
    ['/favicon.ico', 404],
    ['/.env', 404],
    ['/wp-login.php', 404],
  ] as const)
  iis(pen, 'iis-frontend', time, { stem, port: 443, client, agent: 'Mozilla/5.0 zgrab/0.x', status, taken: 1 })
}

/** Another Exchange server of the house speaks to this one's back end with its machine account. */
function neighbor(pen: Pen, time: number): void {
  iis(pen, 'iis-backend', time, {
    method: 'POST',
    stem: '/EWS/Exchange.asmx',
    query: `&CorrelationID=<empty>;&cafeReqId=${pen.seed.guid()};`,
    port: 444,
    user: `${pen.netbios}\\MAIL09$`,
    client: '10.1.2.19',
    agent: 'ASProxy/CrossSite/EXCH/15.01.2176.002/OOF',
    status: 200,
    taken: 31,
  })
}

function daily(pen: Pen, day: number): void {
  const during = (hour: number): number => day + hour * HOUR + pen.seed.below(HOUR)
  for (const hour of [2, 6, 10, 14, 18, 22]) {
    cmdlet(pen, {
      time: during(hour),
      name: 'Set-Mailbox',
      parameters: '-Identity "HealthMailbox4f1c09a" -Password "*****"',
      caller: 'NT AUTHORITY\\SYSTEM (MSExchangeHMHost)',
      process: 'MSExchangePowerShellAppPool',
    })
  }
  for (const hour of [1, 9, 17])
    oabGenerator(pen, during(hour), 'OAB generation finished for \\Default Offline Address Book')
  for (const hour of [0, 4, 8, 12, 16, 20]) {
    processCreated(
      pen,
      during(hour),
      'C:\\Windows\\System32\\svchost.exe',
      'C:\\Windows\\System32\\services.exe',
      'C:\\Windows\\system32\\svchost.exe -k netsvcs -p',
    )
    windowsEvent(pen, 'windows-system', {
      time: during(hour),
      channel: 'System',
      provider: 'Service Control Manager',
      id: 7036,
      data: { param1: 'Windows Update', param2: 'running' },
    })
    windowsEvent(pen, 'windows-application', {
      time: during(hour),
      channel: 'Application',
      provider: 'ESENT',
      id: 326,
      data: ['edgetransport', '7712', 'attached'],
    })
  }
}

/** A process creation of the Security log (4688 with the command line). */
export function processCreated(
  pen: Pen,
  time: number,
  image: string,
  parent: string,
  command: string,
  computer?: string,
  /** Who ran it; without a name the machine itself. */
  person?: string,
): void {
  windowsEvent(pen, 'windows-security', {
    time,
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4688,
    level: 0,
    ...(computer ? { computer } : {}),
    data: {
      SubjectUserSid: person ? 'S-1-5-21-1004336348-1177238915-682003330-1107' : 'S-1-5-18',
      SubjectUserName: person ?? `${computer ?? pen.host}$`,
      SubjectDomainName: pen.netbios,
      SubjectLogonId: person ? '0x5a1c3' : '0x3e7',
      NewProcessId: `0x${pen.seed.hex(4)}`,
      NewProcessName: image,
      TokenElevationType: '%%1936',
      ProcessId: `0x${pen.seed.hex(4)}`,
      CommandLine: command,
      TargetUserSid: 'S-1-0-0',
      ParentProcessName: parent,
    },
  })
}

/** Pages with the names of Exchange's own and nothing in them that runs. */
function pages(pen: Pen): void {
  const kind = 'web-roots'
  for (const name of ['logon.aspx', 'logoff.aspx', 'errorFE.aspx', 'signout.aspx']) {
    pen.file(
      kind,
      `${authPages}\\${name}`,
      '<%@ Page language="c#" AutoEventWireup="false" %>\r\n<html><body>Miniature page</body></html>\r\n',
    )
  }
  pen.file(
    kind,
    `${authPages}\\${pen.build(pen.to).slice(0, 3).join('.')}\\themes\\resources\\logon.css`,
    'body { margin: 0 }\r\n',
  )
  pen.file(
    kind,
    `${exchange}\\FrontEnd\\HttpProxy\\ecp\\auth\\TimeoutLogout.aspx`,
    '<%@ Page language="c#" AutoEventWireup="false" %>\r\n<html><body>Miniature page</body></html>\r\n',
  )
  pen.file(kind, 'C:\\inetpub\\wwwroot\\iisstart.htm', '<html><body>IIS</body></html>\r\n')
  pen.file(
    kind,
    'C:\\inetpub\\wwwroot\\web.config',
    '<?xml version="1.0" encoding="UTF-8"?>\r\n<configuration><system.webServer /></configuration>\r\n',
  )
}

/** Tasks that every Windows Server has. */
function tasks(pen: Pen): void {
  for (const [path, command, args] of ordinaryTasks)
    taskFile(pen, `Microsoft\\Windows\\${path}`, command, args, pen.from - 300 * DAY)
}

const ordinaryTasks =
  `.NET Framework\\.NET Framework NGEN v4.0.30319|%windir%\\Microsoft.NET\\Framework\\v4.0.30319\\ngen.exe|executeQueuedItems
AppID\\PolicyConverter|%windir%\\system32\\appidpolicyconverter.exe|
AppID\\VerifiedPublisherCertStoreCheck|%windir%\\system32\\appidcertstorecheck.exe|
Application Experience\\Microsoft Compatibility Appraiser|%windir%\\system32\\compattelrunner.exe|
Application Experience\\ProgramDataUpdater|%windir%\\system32\\compattelrunner.exe|-maintenance
Autochk\\Proxy|%windir%\\system32\\rundll32.exe|/d acproxy.dll,PerformAutochkOperations
Chkdsk\\ProactiveScan|%windir%\\system32\\chkdsk.exe|
Customer Experience Improvement Program\\Consolidator|%SystemRoot%\\System32\\wsqmcons.exe|
Data Integrity Scan\\Data Integrity Scan|%windir%\\system32\\discan.exe|
Defrag\\ScheduledDefrag|%windir%\\system32\\defrag.exe|-c -h -k -g -$
DiskCleanup\\SilentCleanup|%windir%\\system32\\cleanmgr.exe|/autoclean /d %systemdrive%
DiskDiagnostic\\Microsoft-Windows-DiskDiagnosticDataCollector|%windir%\\system32\\rundll32.exe|dfdts.dll,DfdGetDefaultPolicyAndSMART
License Manager\\TempSignedLicenseExchange|%windir%\\system32\\licensemanager.exe|
Location\\Notifications|%windir%\\System32\\LocationNotificationWindows.exe|
Maintenance\\WinSAT|%windir%\\system32\\winsat.exe|formal
MUI\\LPRemove|%windir%\\system32\\lpremove.exe|
NetTrace\\GatherNetworkInfo|%windir%\\system32\\gatherNetworkInfo.vbs|
PI\\Sqm-Tasks|%windir%\\system32\\tpmtool.exe|
PLA\\Server Manager Performance Monitor|%systemroot%\\system32\\rundll32.exe|%systemroot%\\system32\\pla.dll,PlaHost
Plug and Play\\Device Install Reboot Required|%windir%\\system32\\drvinst.exe|
Power Efficiency Diagnostics\\AnalyzeSystem|%windir%\\system32\\powercfg.exe|-energy
Registry\\RegIdleBackup|%windir%\\system32\\regidle.exe|
Servicing\\StartComponentCleanup|%windir%\\system32\\cleanmgr.exe|/component
SpacePort\\SpaceAgentTask|%windir%\\system32\\SpaceAgent.exe|
Time Synchronization\\SynchronizeTime|%windir%\\system32\\sc.exe|start w32time task_started
UPnP\\UPnPHostConfig|sc.exe|config upnphost start= auto
WindowsUpdate\\Scheduled Start|C:\\Windows\\system32\\sc.exe|start wuauserv
Windows Error Reporting\\QueueReporting|%windir%\\system32\\wermgr.exe|-upload`
    .split('\n')
    .map((line) => line.split('|') as [string, string, string])

/** The file of a scheduled task: UTF-16 XML without an extension. */
export function taskFile(pen: Pen, path: string, command: string, args: string, time: number): void {
  const file = `C:\\Windows\\System32\\Tasks\\${path}`
  pen.files.set(file, `\ufeff${taskText(pen, path, command, args, time)}`)
  pen.modified.set(file, time)
}

/** The XML of a scheduled task. */
export function taskText(pen: Pen, path: string, command: string, args: string, time: number): string {
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Date>${new Date(time).toISOString().slice(0, 19)}</Date>
    <Author>${path.startsWith('Microsoft') ? '$(@%systemroot%\\system32\\tasks.dll,-601)' : `${pen.netbios}\\Administrator`}</Author>
    <URI>\\${escape(path)}</URI>
  </RegistrationInfo>
  <Triggers><CalendarTrigger><StartBoundary>2019-01-01T03:00:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings><Enabled>true</Enabled><Hidden>false</Hidden></Settings>
  <Actions Context="Author"><Exec><Command>${escape(command)}</Command>${args ? `<Arguments>${escape(args)}</Arguments>` : ''}</Exec></Actions>
</Task>
`.replaceAll('\n', '\r\n')
}

function configuration(pen: Pen): void {
  pen.file(
    'iis-config',
    'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config',
    `<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <system.applicationHost>
    <sites>
      <site name="Default Web Site" id="1">
        <application path="/" applicationPool="MSExchangeOWAAppPool"><virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\wwwroot" /></application>
        <application path="/owa" applicationPool="MSExchangeOWAAppPool"><virtualDirectory path="/" physicalPath="${exchange}\\FrontEnd\\HttpProxy\\owa" /></application>
        <application path="/ecp" applicationPool="MSExchangeECPAppPool"><virtualDirectory path="/" physicalPath="${exchange}\\FrontEnd\\HttpProxy\\ecp" /></application>
        <bindings><binding protocol="https" bindingInformation=":443:" /></bindings>
      </site>
      <site name="Exchange Back End" id="2">
        <application path="/"><virtualDirectory path="/" physicalPath="${exchange}\\ClientAccess" /></application>
        <bindings><binding protocol="https" bindingInformation="*:444:" /></bindings>
      </site>
      <siteDefaults><logFile logFormat="W3C" directory="%SystemDrive%\\inetpub\\logs\\LogFiles" /></siteDefaults>
    </sites>
  </system.applicationHost>
  <system.webServer>
    <globalModules>
      <add name="HttpLoggingModule" image="%windir%\\System32\\inetsrv\\loghttp.dll" />
      <add name="StaticFileModule" image="%windir%\\System32\\inetsrv\\static.dll" />
      <add name="RequestFilteringModule" image="%windir%\\System32\\inetsrv\\modrqflt.dll" />
      <add name="exppw" image="${exchange}\\ClientAccess\\Owa\\auth\\exppw.dll" />
    </globalModules>
  </system.webServer>
</configuration>
`,
  )
  pen.file(
    'transport-agents',
    `${exchange}\\TransportRoles\\Shared\\agents.config`,
    `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<configuration>
  <mexRuntime>
    <agentList>
      <agent name="Transport Rule Agent" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgent" classFactory="Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.TransportRuleAgentFactory" assemblyPath="${exchange}\\TransportRoles\\agents\\Rule\\Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.dll" enabled="true" />
      <agent name="Malware Agent" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgent" classFactory="Microsoft.Exchange.Transport.Agent.Malware.MalwareAgentFactory" assemblyPath="${exchange}\\TransportRoles\\agents\\Antimalware\\Microsoft.Exchange.Transport.Agent.Malware.dll" enabled="true" />
    </agentList>
  </mexRuntime>
</configuration>
`,
  )
}

/** ExchangeSetup.log, in UTC: when this version was installed or upgraded to. Security updates do not write here. */
function setupLog(pen: Pen): void {
  const lines = (pen.spec.setup ?? []).flatMap(({ at, build, mode }) => {
    const time = Date.parse(at.length === 10 ? `${at}T12:00:00Z` : at)
    const line = (offset: number, message: string, level = 0): string => {
      const iso = new Date(time + offset).toISOString()
      return `[${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}.0412] [${level}] ${message}`
    }
    const stars = '*'.repeat(46)
    return [
      line(0, stars),
      line(0, `Starting Microsoft Exchange Server ${pen.spec.product} Setup`),
      line(0, stars),
      line(1000, 'Local time zone: (UTC) Coordinated Universal Time.'),
      line(1000, 'Operating system version: Microsoft Windows NT 10.0.14393.0.'),
      line(1000, `Setup version: ${build}.`),
      line(1000, `Logged on user: ${pen.netbios}\\setup.admin.`),
      line(1000, `Command Line Parameter Name='mode', Value='${mode === 'install' ? 'Install' : 'Upgrade'}'.`),
      line(20_000, `The following roles are installed: ${mode === 'install' ? '' : 'MailboxRole CafeRole '}`),
      line(20_000, `Server Name=${pen.own}`),
      line(21_000, `The installation mode is set to: '${mode === 'install' ? 'Install' : 'BuildToBuildUpgrade'}'.`),
      line(1_799_000, 'Ending processing Start-PostSetup', 1),
      line(1_800_000, 'The Exchange Server setup operation completed successfully.'),
      line(1_800_000, 'CurrentResult setupbase.maincore:396: 0'),
      line(1_801_000, 'End of Setup'),
      line(1_801_000, stars),
    ]
  })
  if (lines.length > 0) pen.files.set('C:\\ExchangeSetupLogs\\ExchangeSetup.log', `${lines.join('\r\n')}\r\n`)
}
