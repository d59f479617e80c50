/**
 * What products and administrators ordinarily do on an Exchange server: who it is, what it acts as, by which names, from where, and
 * under which account, each with its source. What an intruder can choose (a name, a folder) explains weakly, whatever this table holds.
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
/** Default folders in several scripts of administrators that are published on GitHub, read on the date. */
const scripts = { source: 'https://github.com (scripts of administrators)', date: '2026-11-29' }

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
    ...scripts,
  },
  {
    product: 'Backup Exec',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^backup ?exec/i,
    programs: ['symantec\\backup exec', 'veritas\\backup exec'],
    account: any,
    ...scripts,
  },
  {
    product: 'Altaro VM Backup',
    class: 'backup',
    acts: ['service', 'task', 'program'],
    names: /^altaro/i,
    programs: ['altaro\\altaro backup'],
    account: any,
    ...scripts,
  },
  {
    product: 'MailStore',
    class: 'archive',
    acts: ['service', 'task', 'program'],
    names: /^mailstore/i,
    programs: ['mailstore\\mailstore server'],
    account: any,
    ...scripts,
  },
  {
    product: 'Enterprise Vault',
    class: 'archive',
    acts: ['service', 'task', 'program'],
    names: /^enterprise vault/i,
    programs: ['enterprise vault'],
    account: any,
    ...scripts,
  },
  {
    product: 'ESET',
    class: 'security',
    acts: ['agent', 'service', 'task', 'program'],
    names: /^(?:eset|ekrn|efwd|emsx)/i,
    programs: ['eset'],
    account: windows,
    ...scripts,
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
    ...scripts,
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
    ...scripts,
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
    ...scripts,
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
    ...scripts,
  },
  {
    product: 'New Relic',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^new ?relic/i,
    programs: ['new relic'],
    account: windows,
    ...scripts,
  },
  {
    product: 'AppDynamics',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^appdynamics/i,
    programs: ['appdynamics'],
    account: windows,
    ...scripts,
  },
  {
    product: 'Datadog',
    class: 'monitoring',
    acts: ['module', 'service', 'program'],
    names: /^(?:datadog|ddagent)/i,
    programs: ['datadog'],
    account: any,
    ...scripts,
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
    ...scripts,
  },
  {
    product: 'Tenable Nessus',
    class: 'scanner',
    acts: ['service', 'task', 'program'],
    names: /^(?:tenable|nessus)/i,
    programs: ['tenable\\nessus', 'tenable\\nessus agent'],
    account: windows,
    ...scripts,
  },
  {
    product: 'Rapid7',
    class: 'scanner',
    acts: ['service', 'task', 'program'],
    names: /^(?:rapid7|ir_agent)/i,
    programs: ['rapid7\\insight agent'],
    account: windows,
    ...scripts,
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
    ...scripts,
  },
  {
    product: 'Velociraptor',
    class: 'response',
    acts: ['service', 'task', 'program'],
    names: /^velociraptor/i,
    programs: ['velociraptor'],
    account: windows,
    ...scripts,
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
