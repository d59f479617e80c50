/**
 * What products and administrators ordinarily do on an Exchange server: who it is, what it acts as, by which names, from where, and
 * under which account, each with its source. What an attacker can choose (a name, a folder) explains weakly, whatever this table holds.
 * The transport agents of Exchange itself: known-agents.ts.
 */
export type KnownProduct = {
  readonly product: string
  readonly class: KnownClass
  /** As what it acts. */
  readonly acts: readonly KnownAct[]
  /** Names of its services, tasks, agents, modules or programs. */
  readonly names: RegExp
  /** Folders below `Program Files` and its like, in lower case. */
  readonly programs?: readonly string[]
  /** Other folders of it. */
  readonly places?: RegExp
  /** The account under which it acts. */
  readonly account: readonly RegExp[]
  readonly source: string
  /** The day of the source, or on which it was read. */
  readonly date: string
}

export type KnownAct = 'agent' | 'module' | 'service' | 'task' | 'program'

export type KnownClass =
  | 'administration'
  | 'archive'
  | 'backup'
  | 'certificates'
  | 'microsoft'
  | 'migration'
  | 'monitoring'
  | 'response'
  | 'scanner'
  | 'security'
  | 'signatures'

/** Windows itself, and the services that it has accounts for. */
const system =
  /^(?:\.\\)?(?:nt authority\\|nt service\\|nt-autorit\S{1,3}t\\|autorite nt\\)?(?:local ?system|system|localservice|local service|networkservice|network service|s-1-5-(?:18|19|20)|[\w-]{1,20}\$)$/i
/** Accounts that administrators make for services. */
const service =
  /^(?:[^\\]{1,60}\\)?(?:svc|service|srv|sa|adm)[-_.]?[\w.-]{1,40}$|^(?:[^\\]{1,60}\\)?[\w.-]{1,40}[-_.](?:svc|service|srv)\$?$/i
const windows: readonly RegExp[] = [system]
const any: readonly RegExp[] = [system, service]

/** Remote monitoring and management tools: https://github.com/magicsword-io/LOLRMM, as of the date. */
const lolrmm = { source: 'https://github.com/magicsword-io/LOLRMM', date: '2026-08-21' }
/** Folders of products in filters of Sigma rules. */
const sigma = { source: 'https://github.com/SigmaHQ/sigma', date: '2026-11-29' }

export const knownProducts: readonly KnownProduct[] = [
  {
    product: 'Veeam',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^veeam/i,
    programs: ['veeam', 'common files\\veeam'],
    places: /^(?:%(?:windir|systemroot)%|[a-z]:\\windows)\\veeam(?:vsssupport|logshipper)?\\/i,
    account: any,
    source: 'https://www.veeam.com/kb1999',
    date: '2023-07-05',
  },
  {
    product: 'Acronis',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^(?:acronis|acrsch|aakore|mms$)/i,
    programs: ['acronis', 'common files\\acronis'],
    account: any,
    source: 'https://pastebin.com/uTenEE2a',
    date: '2022-10-02',
  },
  {
    product: 'Commvault',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^(?:commvault|gxcvd|gxclmgrs|gxfwd|gxvssprov|gxblr)/i,
    programs: ['commvault\\simpana', 'commvault\\contentstore', 'commvault\\contentstore2'],
    account: any,
    source: 'https://documentation.commvault.com/11.20/antivirus_exclusions_for_windows.html',
    date: '2026-11-29',
  },
  {
    product: 'Backup Exec',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^backup ?exec/i,
    programs: ['symantec\\backup exec', 'veritas\\backup exec'],
    account: any,
    source: 'https://origin-www.veritas.com/support/en_US/article.100045829.html',
    date: '2026-11-29',
  },
  {
    product: 'NetBackup',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^(?:netbackup|bpcd|bpinetd|bpbkar32|bpfis|vnetd|nbdisco|vrts_pbx|pbx_exchange)/i,
    programs: ['veritas\\netbackup', 'veritas\\vxpbx'],
    account: any,
    source: 'https://www.veritas.com/content/support/en_US/article.100004864',
    date: '2023-10-17',
  },
  {
    product: 'MailStore',
    class: 'archive',
    acts: ['service', 'task', 'program'],
    names: /^mailstore/i,
    programs: ['mailstore\\mailstore server'],
    account: any,
    source: 'https://help.mailstore.com/en/server/index.php?title=Notes_on_Antivirus_Software',
    date: '2026-11-29',
  },
  {
    product: 'Enterprise Vault',
    class: 'archive',
    acts: ['service', 'task', 'program'],
    names: /^enterprise vault/i,
    programs: ['enterprise vault'],
    account: any,
    source: 'https://www.veritas.com/support/en_US/article.100017720',
    date: '2026-11-29',
  },
  {
    product: 'ESET',
    class: 'security',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^(?:eset|ekrn|efwd|emsx)/i,
    programs: ['eset'],
    account: windows,
    source: 'https://github.com/aollivierre/appgallery',
    date: '2026-11-29',
  },
  {
    product: 'Symantec Mail Security',
    class: 'security',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^(?:smsmse|symantec mail security|savfmse|bmisfa)/i,
    programs: ['symantec\\smsmse', 'symantec\\cmaf'],
    account: any,
    source: 'https://support.symantec.com/en_US/article.TECH85895.html',
    date: '2026-11-29',
  },
  {
    product: 'Symantec Endpoint Protection',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:symantec|sepmaster|sepwsc|semsrv)/i,
    programs: ['symantec\\symantec endpoint protection'],
    account: windows,
    ...sigma,
  },
  {
    product: 'Trend Micro ScanMail',
    class: 'security',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^scanmail/i,
    programs: ['trend micro\\smex'],
    account: any,
    source:
      'https://docs.trendmicro.com/en-us/documentation/article/scanmail-for-microsoft-exchange-14-patch7-olh-aspx-maintaining-security',
    date: '2026-11-29',
  },
  {
    product: 'Trend Micro',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:trend micro|tmlisten|ntrtscan|tmbmsrv|amsp|ds_agent)/i,
    programs: ['trend micro'],
    account: windows,
    ...sigma,
  },
  {
    product: 'Kaspersky',
    class: 'security',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^(?:kaspersky|klnagent|kavfs|avp)/i,
    programs: ['kaspersky lab'],
    account: any,
    source: 'https://support.kaspersky.com/kse9/26302',
    date: '2024-04-02',
  },
  {
    product: 'Sophos',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:sophos|savservice|hitmanpro)/i,
    programs: ['sophos'],
    account: windows,
    ...sigma,
  },
  {
    product: 'McAfee and Trellix',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:mcafee|trellix|mfe[a-z]{2,12}$|masvc|macmnsvc)/i,
    programs: ['mcafee'],
    account: windows,
    ...sigma,
  },
  {
    product: 'F-Secure and WithSecure',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:f-?secure|withsecure|fs(?:ma|orsp|hoster|ulnethoster)\w{0,8}$)/i,
    programs: ['f-secure\\anti-virus'],
    account: windows,
    ...sigma,
  },
  {
    product: 'Avast',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:avast|asw)/i,
    programs: ['avast software'],
    account: windows,
    ...sigma,
  },
  {
    product: 'AVG',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^avg/i,
    programs: ['avg\\antivirus'],
    account: windows,
    ...sigma,
  },
  {
    product: 'Bitdefender',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:bitdefender|epsecurityservice|epprotectedservice|epredline|epintegrationservice|epupdateservice)/i,
    programs: ['bitdefender\\endpoint security', 'bitdefender antivirus free'],
    account: windows,
    source: 'https://www.powershellgallery.com/packages/BitdefenderHealth/1.0.5',
    date: '2026-11-29',
  },
  {
    product: 'SentinelOne',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^sentinel/i,
    programs: ['sentinelone'],
    account: windows,
    ...sigma,
  },
  {
    product: 'CyberArk',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:cyberark|vf[a-z]{2,10}$)/i,
    programs: ['cyberark\\endpoint privilege manager'],
    account: windows,
    ...sigma,
  },
  {
    product: 'GFI MailEssentials',
    class: 'security',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^(?:gfi|mailessentials)/i,
    programs: ['gfi\\mailessentials'],
    account: any,
    source:
      'https://support.mailessentials.gfi.com/hc/en-us/articles/360015593680-Services-Installed-by-MailEssentials',
    date: '2026-11-29',
  },
  {
    product: 'Microsoft Defender',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:windefend|wdnissvc|mdcoresvc|sense|microsoft defender|windows defender)/i,
    programs: ['windows defender', 'windows defender advanced threat protection'],
    places: /^(?:%programdata%|[a-z]:\\programdata)\\microsoft\\windows defender\\platform\\/i,
    account: windows,
    source: 'https://www.github.com/olafhartong/sysmon-modular/issues/185',
    date: '2026-11-29',
  },
  {
    product: 'CodeTwo',
    class: 'signatures',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^codetwo/i,
    programs: ['codetwo'],
    account: any,
    source: 'https://www.codetwo.com/userguide/exchange-rules-3.0/v.3/install.htm',
    date: '2026-11-29',
  },
  {
    product: 'Dynatrace OneAgent',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^(?:dynatrace|oneagent|ruxit)/i,
    programs: ['dynatrace\\oneagent'],
    account: windows,
    source:
      'https://docs.dynatrace.com/docs/setup-and-configuration/dynatrace-oneagent/installation-and-operation/windows/installation/disk-space-requirements-for-oneagent-installation-and-update-on-windows',
    date: '2026-11-29',
  },
  {
    product: 'New Relic',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^new ?relic/i,
    programs: ['new relic'],
    account: windows,
    source: 'https://docs.newrelic.com/docs/agents/manage-apm-agents/troubleshooting/find-agent-root-directory',
    date: '2026-11-29',
  },
  {
    product: 'AppDynamics',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^appdynamics/i,
    programs: ['appdynamics'],
    account: windows,
    source:
      'https://help.splunk.com/appdynamics-saas/application-performance-monitoring/25.6.0/install-app-server-agents/.net-agent/administer-the-.net-agent/.net-agent-directory-structure',
    date: '2026-11-29',
  },
  {
    product: 'Datadog',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^(?:datadog|ddagent)/i,
    programs: ['datadog'],
    account: any,
    source: 'https://github.com/DataDog/documentation/blob/master/content/en/agent/basic_agent_usage/windows.md',
    date: '2026-11-29',
  },
  {
    product: 'PRTG',
    class: 'monitoring',
    acts: ['service', 'task', 'program'],
    names: /^prtg/i,
    programs: ['prtg network monitor'],
    account: any,
    ...sigma,
  },
  {
    product: 'Zabbix',
    class: 'monitoring',
    acts: ['service', 'task', 'program'],
    names: /^zabbix/i,
    programs: ['zabbix agent', 'zabbix agent 2'],
    account: any,
    source: 'https://www.zabbix.com/documentation/7.4/en/manual/installation/install_from_packages/win_msi',
    date: '2026-11-29',
  },
  {
    product: 'NSClient++',
    class: 'monitoring',
    acts: ['service', 'task', 'program'],
    names: /^(?:nscp|nsclient)/i,
    programs: ['nsclient++'],
    account: any,
    source: 'https://github.com/opinkerfi/adagios-agent-windows',
    date: '2026-11-29',
  },
  {
    product: 'System Center Operations Manager',
    class: 'monitoring',
    acts: ['service', 'task', 'program'],
    names: /^(?:healthservice|monitoringhost|microsoft monitoring agent)/i,
    programs: ['microsoft monitoring agent\\agent'],
    account: any,
    source:
      'https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/system-center/scom/antivirus-exclusions-recommendations.md',
    date: '2024-04-15',
  },
  {
    product: 'Wazuh',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^(?:wazuh|ossec)/i,
    programs: ['ossec-agent'],
    account: windows,
    source: 'https://documentation.wazuh.com/current/installation-guide/wazuh-agent/wazuh-agent-package-windows.html',
    date: '2026-11-29',
  },
  {
    product: 'Elastic Agent',
    class: 'security',
    acts: ['service', 'task', 'program'],
    names: /^elastic[ -]?(?:agent|endpoint)/i,
    programs: ['elastic\\agent', 'elastic\\endpoint'],
    account: windows,
    source: 'https://www.elastic.co/guide/en/fleet/current/installation-layout.html',
    date: '2026-11-29',
  },
  {
    product: 'Splunk',
    class: 'monitoring',
    acts: ['service', 'task', 'program'],
    names: /^splunk/i,
    programs: ['splunkuniversalforwarder'],
    account: any,
    ...sigma,
  },
  {
    product: 'Atera',
    class: 'administration',
    acts: ['service', 'task', 'program'],
    names: /^(?:atera|agentpackage)/i,
    programs: ['atera networks'],
    account: windows,
    ...lolrmm,
  },
  {
    product: 'ScreenConnect',
    class: 'administration',
    acts: ['service', 'task', 'program'],
    names: /^(?:screenconnect|connectwise ?control)/i,
    places:
      /^(?:%program(?:files(?:\(x86\))?|w6432)%|[a-z]:\\program files(?: \(x86\))?)\\screenconnect client \([\w-]{8,40}\)\\/i,
    account: windows,
    ...lolrmm,
  },
  {
    product: 'TeamViewer',
    class: 'administration',
    acts: ['service', 'task', 'program'],
    names: /^teamviewer/i,
    programs: ['teamviewer'],
    account: windows,
    ...lolrmm,
  },
  {
    product: 'Kaseya',
    class: 'administration',
    acts: ['service', 'task', 'program'],
    names: /^(?:kaseya|kaagt|agentmon)/i,
    programs: ['kaseya'],
    account: windows,
    ...lolrmm,
  },
  {
    product: 'NinjaOne',
    class: 'administration',
    acts: ['service', 'task', 'program'],
    names: /^ninjarmm/i,
    places: /^(?:%programdata%|[a-z]:\\programdata)\\ninjarmmagent\\/i,
    account: windows,
    source: 'https://github.com/samersultan/Ninja-One-Uninstall-Agent',
    date: '2026-11-29',
  },
  {
    product: 'ManageEngine',
    class: 'administration',
    acts: ['service', 'task', 'program'],
    names: /^manageengine/i,
    programs: ['manageengine\\uems_agent'],
    account: windows,
    ...sigma,
  },
  {
    product: 'Qualys',
    class: 'scanner',
    acts: ['service', 'task', 'program'],
    names: /^qualys/i,
    programs: ['qualys\\qualysagent'],
    account: windows,
    source: 'https://docs.qualys.com/en/ca/install-guide/windows/configuration/configure_exclusions.htm',
    date: '2026-11-29',
  },
  {
    product: 'Tenable Nessus',
    class: 'scanner',
    acts: ['service', 'task', 'program'],
    names: /^(?:tenable|nessus)/i,
    programs: ['tenable\\nessus', 'tenable\\nessus agent'],
    account: windows,
    source: 'https://gist.github.com/allenmichael/e7fc06690fa80ed23336b9da90f2d62f',
    date: '2026-11-29',
  },
  {
    product: 'Rapid7',
    class: 'scanner',
    acts: ['service', 'task', 'program'],
    names: /^(?:rapid7|ir_agent)/i,
    programs: ['rapid7\\insight agent'],
    account: windows,
    source: 'https://docs.rapid7.com/insight-agent/agent-logs/',
    date: '2026-11-29',
  },
  {
    product: 'win-acme',
    class: 'certificates',
    acts: ['task', 'program'],
    names: /^win-acme|^wacs\b/i,
    programs: ['win-acme'],
    places: /^[a-z]:\\(?:[^\\]{1,40}\\)?win-acme[^\\]{0,40}\\wacs\.exe$/i,
    account: windows,
    source: 'https://github.com/win-acme/win-acme',
    date: '2026-11-29',
  },
  {
    product: 'Certify The Web',
    class: 'certificates',
    acts: ['service', 'task', 'program'],
    names: /^certify/i,
    programs: ['certifytheweb'],
    account: any,
    source: 'https://github.com/webprofusion/certify',
    date: '2026-11-29',
  },
  {
    product: 'Velociraptor',
    class: 'response',
    acts: ['service', 'task', 'program'],
    names: /^velociraptor/i,
    programs: ['velociraptor'],
    account: windows,
    source: 'https://docs.velociraptor.app/docs/deployment/clients/',
    date: '2026-11-29',
  },
]

const programFiles =
  /^(?:%program(?:files(?:\(x86\))?|w6432)%|%commonprogramfiles(?:\(x86\))?%|(?:%systemdrive%|[a-z]:)\\program files(?: \(x86\))?)\\/i

/** Does the program or library lie where the product keeps its own? Its path without what is given to it. */
export function isPlaceOf({ programs = [], places }: KnownProduct, path: string): boolean {
  const plain = path.replaceAll('/', '\\')
  if (/(?:^|\\)\.\.?(?:\\|$)/.test(plain)) return false
  if (places?.test(plain)) return true
  const below = programFiles.exec(plain)
  const rest = below === null ? null : plain.slice(below[0].length).toLowerCase()
  return rest !== null && programs.some((folder) => rest.startsWith(`${folder}\\`))
}

/** The product of which something has the name, in what it acts as; null where no product is known by it. */
export function productByName(act: KnownAct, name: string): KnownProduct | null {
  const bare = name.replace(/^\\/, '')
  return knownProducts.find(({ acts, names }) => acts.includes(act) && names.test(bare)) ?? null
}

/**
 * Tools that responders and administrators bring, by the names of their files: the collectors and scanners that Microsoft and others
 * publish for this work (CSS-Exchange, 2026-04-02; learn.microsoft.com/sysinternals, docs.velociraptor.app and the vendors' pages of
 * KAPE, THOR and FTK Imager, 2026-11-29).
 */
const tools: readonly (readonly [tool: string, files: RegExp])[] = [
  ['KAPE', /^g?kape\.exe$/i],
  ['THOR', /^thor(?:64)?(?:-lite)?(?:-util)?\.exe$/i],
  ['Velociraptor', /^velociraptor[\w.-]{0,40}\.exe$/i],
  ['Microsoft Safety Scanner', /^msert\.exe$/i],
  ['FTK Imager', /^ftk ?imager\.exe$/i],
  [
    'Sysinternals',
    /^(?:autoruns(?:c)?|procexp|procmon|sigcheck|streams|handle|tcpview|psloglist|psinfo|adexplorer|psexec)(?:64)?\.exe$/i,
  ],
]

/** The tool that a file of this name is; null where it is none of them. */
export function responderTool(file: string): string | null {
  return tools.find(([, files]) => files.test(file))?.[0] ?? null
}
