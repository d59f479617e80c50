import { messageTrace, tenantRecords } from './tenant.ts'
import { processCreated, taskFile, taskText } from './background.ts'
import { decode, page } from './encoded.ts'
import type { WrittenReason } from '../writers/ntfs.ts'
import { logonSteps } from './logon-steps.ts'
import { HOUR, isoText, type Pen } from './pen.ts'
import {
  authPages,
  cmdlet,
  ecpServer,
  ews,
  exchange,
  iis,
  mapiHttp,
  oabGenerator,
  remotePowerShell,
  request,
  rpsCmdlet,
  tracked,
  windowsEvent,
} from './rows.ts'
import { type Step, when } from './spec.ts'

const python = 'python-requests/2.25.1'
const cmd = 'C:\\Windows\\System32\\cmd.exe'
const w3wp = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'

/** Leaves the traces of one step in every log that would hold them. */
export function take(pen: Pen, step: Step): void {
  const time = when(step.at)
  const act = library[step.do] ?? logonSteps[step.do]
  if (!act) throw new Error(`no such step: ${step.do}`)
  if (time < pen.from - 400 * 24 * HOUR || time > pen.to)
    throw new Error(`${step.do} at ${step.at} lies outside the period`)
  act(pen, time, step)
}

type Act = (pen: Pen, time: number, step: Step) => void

const text = (step: Step, key: string, otherwise = ''): string =>
  step[key] === undefined ? otherwise : String(step[key])
const number = (step: Step, key: string, otherwise: number): number =>
  step[key] === undefined ? otherwise : Number(step[key])
const client = (step: Step): string => step.client ?? '203.0.113.177'

const library: Readonly<Record<string, Act>> = {
  /**
   * Any request to the front end, answered by the server itself, with `backEndStatus` by the back end; with `back`, the back end
   * answered with that status and has a row of its own.
   */
  request(pen, time, step) {
    request(pen, {
      time,
      protocol: text(step, 'protocol', 'Owa'),
      method: text(step, 'method', 'GET'),
      stem: text(step, 'stem', '/owa/'),
      query: text(step, 'query'),
      client: client(step),
      agent: step.agent ?? python,
      status: number(step, 'status', 200),
      ...(step.user === undefined ? {} : { user: String(step.user) }),
      ...(step.authentication === undefined ? {} : { authentication: String(step.authentication) }),
      ...(step.bytes === undefined ? {} : { sent: Number(step.bytes) }),
      ...(step.operation === undefined ? {} : { clientRequest: mapiRequest(pen, String(step.operation)) }),
      ...(step.backEndStatus === undefined ? {} : { backEndStatus: Number(step.backEndStatus) }),
      ...(step.back === undefined
        ? {}
        : {
            backEndStatus: number(step, 'back', 200),
            back: { stem: text(step, 'stem', '/owa/'), query: text(step, 'query'), user: text(step, 'user') },
          }),
    })
  },

  /** Rows of one IIS site, `count` of them with `seconds` between two; each of another client where its address ends with `*`. */
  iis(pen, time, step) {
    const site = text(step, 'site', 'front') === 'front' ? 'iis-frontend' : 'iis-backend'
    for (let i = 0; i < number(step, 'count', 1); i++) {
      iis(pen, site, time + i * number(step, 'seconds', 1) * 1000, {
        method: text(step, 'method', 'GET'),
        stem: text(step, 'stem'),
        query: text(step, 'query'),
        port: site === 'iis-frontend' ? 443 : 444,
        user: text(step, 'user'),
        client: client(step).replace('*', String(i + 1)),
        agent: step.agent ?? '',
        status: number(step, 'status', 200),
        taken: 10,
      })
    }
  },

  /** Rows of the EWS log alone: what another server of the house asks of this one. */
  'ews-only'(pen, time, step) {
    for (let i = 0; i < number(step, 'count', 1); i++) {
      ews(pen, {
        time: time + i * 2000,
        user: text(step, 'user'),
        actAs: text(step, 'actAs'),
        impersonated: text(step, 'impersonated'),
        action: text(step, 'action', 'FindItem'),
        agent: step.agent ?? python,
        client: client(step),
        status: number(step, 'status', 200),
      })
    }
  },

  /** Requests of an account to EWS: the rows of the front end and of the EWS log carry one id. */
  'ews-request'(pen, time, step) {
    const stem = '/EWS/Exchange.asmx'
    const user = text(step, 'user')
    for (let i = 0; i < number(step, 'count', 1); i++) {
      const own = { time: time + i * 2000, client: client(step), agent: step.agent ?? python }
      const id = request(pen, {
        ...own,
        protocol: 'Ews',
        method: 'POST',
        stem,
        user,
        authentication: text(step, 'authentication', 'NTLM'),
        status: 200,
        backEndStatus: 200,
        back: { stem, user },
      })
      ews(pen, {
        ...own,
        time: own.time + 25,
        id,
        user,
        actAs: text(step, 'actAs'),
        impersonated: text(step, 'impersonated'),
        action: text(step, 'action', 'GetItem'),
      })
    }
  },

  /** Outlook of one user in the mailbox that is named: their own, or that of somebody else. */
  outlook(pen, time, step) {
    const user = text(step, 'user')
    for (let i = 0; i < number(step, 'count', 3); i++) {
      const mailbox = text(step, 'mailbox', `${user}@${pen.domain}`)
      mapiHttp(pen, { time: time + i * 4000, user, mailbox, client: client(step) })
    }
  },

  /** Messages that went to one address (`#` in it stands for their number), or were sent on to it from the mailbox in `related`. */
  messages(pen, time, step) {
    for (let i = 0; i < number(step, 'count', 1); i++)
      tracked(pen, {
        time: time + i * number(step, 'seconds', 20) * 1000,
        event: text(step, 'event', 'SEND'),
        source: text(step, 'source', 'SMTP'),
        from: text(step, 'from'),
        to: text(step, 'to').replace('#', String(i)),
        related: text(step, 'related'),
        subject: text(step, 'subject', 'FW: contract'),
        context: text(step, 'context'),
        connector: text(step, 'connector'),
        bytes: number(step, 'bytes', 0),
      })
  },

  /** A row of the control panel's log alone. */
  'ecp-only'(pen, time, step) {
    ecpServer(pen, { time, command: text(step, 'command'), url: text(step, 'url'), error: text(step, 'error') })
  },

  /** An error that a part of Exchange wrote into the Application log; its values stand in `first`, `second` and `third`. */
  'application-error'(pen, time, step) {
    windowsEvent(pen, 'windows-application', {
      time,
      channel: 'Application',
      provider: text(step, 'provider'),
      id: number(step, 'id', 4),
      level: 2,
      data: [text(step, 'first'), text(step, 'second'), text(step, 'third')],
    })
  },

  /** A cmdlet of an administrator; with `error` it fails. */
  cmdlet(pen, time, step) {
    cmdlet(pen, {
      time,
      name: text(step, 'name'),
      parameters: text(step, 'parameters'),
      error: text(step, 'error'),
      ...(step.caller === undefined ? {} : { caller: String(step.caller) }),
      ...(step.user === undefined ? {} : { caller: `${pen.domain}/Users/${String(step.user)}` }),
    })
  },

  /** A file lies there. */
  file(pen, time, step) {
    const path = text(step, 'path')
    const content = step.encoded === undefined ? text(step, 'text') : decode(text(step, 'encoded')).toString('utf8')
    pen.files.set(path, `${content}\r\n`)
    pen.modified.set(path, time)
  },

  /** Records of the unified audit log and of Entra, one a line in short: see tenant.ts. */
  tenant(pen, time, step) {
    const path = text(step, 'path', 'C:\\Microsoft365\\audit.jsonl')
    pen.files.set(path, tenantRecords(text(step, 'text'), pen.domain))
    pen.modified.set(path, time)
  },

  /** A message trace of Exchange Online, a message a line in short: see tenant.ts. */
  'message-trace'(pen, time, step) {
    const path = text(step, 'path', 'C:\\Microsoft365\\MessageTrace.csv')
    pen.files.set(path, messageTrace(text(step, 'text'), pen.domain))
    pen.modified.set(path, time)
  },

  /** A service of the machine, as its key in the SYSTEM hive has it. */
  service(pen, time, step) {
    pen.machine.services.push({ name: text(step, 'name'), image: text(step, 'image'), time })
  },

  /** The system log tells that a service was installed. */
  'service-installed'(pen, time, step) {
    windowsEvent(pen, 'windows-system', {
      time,
      channel: 'System',
      provider: 'Service Control Manager',
      id: 7045,
      data: {
        ServiceName: text(step, 'name'),
        ImagePath: text(step, 'image'),
        ServiceType: 'user mode service',
        StartType: 'auto start',
        AccountName: 'LocalSystem',
      },
    })
  },

  /** The security log tells that a task was made, with its XML. */
  'task-made'(pen, time, step) {
    windowsEvent(pen, 'windows-security', {
      time,
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      id: 4698,
      level: 0,
      data: {
        SubjectUserSid: 'S-1-5-18',
        SubjectUserName: `${pen.host}$`,
        SubjectDomainName: pen.netbios,
        SubjectLogonId: '0x3e7',
        TaskName: `\\${text(step, 'path')}`,
        TaskContent: taskText(pen, text(step, 'path'), text(step, 'command'), text(step, 'arguments'), time),
      },
    })
  },

  /** A program that starts at each logon. */
  startup(pen, time, step) {
    pen.machine.startup.push({ name: text(step, 'name'), command: text(step, 'command'), time })
  },

  /** Another program starts in place of this one. */
  debugger(pen, time, step) {
    pen.machine.debuggers.push({ program: text(step, 'program'), debugger: text(step, 'by'), time })
  },

  /** A scheduled task, as its file has it. */
  task(pen, time, step) {
    taskFile(pen, text(step, 'path'), text(step, 'command'), text(step, 'arguments'), time)
  },

  /** What the change journal of the disk tells of a file: made, and with `removed` deleted so many seconds later. */
  change(pen, time, step) {
    const path = text(step, 'path')
    const put = (seconds: number, ...reason: WrittenReason[]): void =>
      void pen.machine.changes.push({ path, time: isoText(time + seconds * 1000), reason })
    put(0, 'FILE_CREATE')
    put(1, 'FILE_CREATE', 'DATA_EXTEND', 'CLOSE')
    const removed = number(step, 'removed', 0)
    const folder = path.slice(0, path.lastIndexOf('\\'))
    if (removed > 0) {
      put(removed, 'FILE_DELETE', 'CLOSE')
      pen.machine.entries.push({ path: folder, directory: true, created: isoText(pen.from - 400 * 24 * HOUR) })
    } else pen.machine.entries.push({ path, created: isoText(time), size: 700 })
  },

  /** IIS is told to load one more module into every worker process. */
  module(pen, time, step) {
    const path = 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config'
    const line = `      <add name="${text(step, 'name')}" image="${text(step, 'image')}" />\n`
    change(pen, path, '    </globalModules>', `${line}    </globalModules>`, time)
  },

  /** A .NET class that every request of a site passes, named by its type and loaded from the assembly cache. */
  'managed-module'(pen, time, step) {
    const path = 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config'
    const line = `    <modules>\n      <add name="${text(step, 'name')}" type="${text(step, 'type')}" preCondition="managedHandler" />\n    </modules>\n`
    change(pen, path, '  </system.webServer>', `${line}  </system.webServer>`, time)
  },

  /** A library of .NET without code: names of its metadata (`names`, apart by spaces), texts in UTF-16 (`texts`, apart by `|`). */
  assembly(pen, time, step) {
    const wide = [...text(step, 'texts').replaceAll('|', '\0')].map((letter) => `${letter}\0`).join('')
    const names = text(step, 'names').replaceAll(' ', '\0')
    const path = text(step, 'path')
    pen.files.set(
      path,
      `MZ${'\0'.repeat(58)}\x40\0\0\0PE\0\0${'\0'.repeat(200)}BSJB\0v4.0.30319\0#Strings\0${names}\0#US\0${wide}\0\0`,
    )
    pen.modified.set(path, time)
  },

  /** IIS keeps a copy of its configuration as it stands. */
  history(pen, time) {
    const copy = 'C:\\inetpub\\history\\CFGHISTORY_0000000011\\applicationHost.config'
    pen.files.set(copy, pen.files.get('C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config') ?? '')
    pen.modified.set(copy, time)
  },

  /** An application of the default web site, wherever its files lie. */
  application(pen, time, step) {
    const path = 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config'
    const line = `        <application path="${text(step, 'virtual')}"><virtualDirectory path="/" physicalPath="${text(step, 'physical')}" /></application>\n`
    change(pen, path, '        <bindings>', `${line}        <bindings>`, time)
  },

  /** The transport services are told to hand each message to one more agent. */
  agent(pen, time, step) {
    const path = `${exchange}\\TransportRoles\\Shared\\agents.config`
    const line = `      <agent name="${text(step, 'name')}" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgent" classFactory="${text(step, 'factory')}" assemblyPath="${text(step, 'assembly')}" enabled="true" />\n`
    change(pen, path, '    </agentList>', `${line}    </agentList>`, time)
  },

  /** Somebody exported the virtual directory of the address book: `Get-OabVirtualDirectory | Export-Clixml`, or `Export-Csv`. */
  'directory-export'(pen, time, step) {
    const url = step.poisoned === true ? page('url.txt', { ITEM: 'zw9' }) : `https://mail.${pen.domain}/OAB`
    const path = `C:\\Temp\\OabVirtualDirectory.${text(step, 'as', 'xml')}`
    pen.files.set(path, path.endsWith('.csv') ? csv(pen, url) : clixml(pen, url))
    pen.modified.set(path, time)
  },

  /** Somebody noted down what a shell looks like. */
  notes(pen, time, step) {
    const path = text(step, 'path')
    pen.files.set(path, `Seen in the wild:\r\n${page('url.txt', { ITEM: 'zw9' })}\r\n`)
    pen.modified.set(path, time)
  },

  /** Defender speaks of a file. */
  defender(pen, time, step) {
    windowsEvent(pen, 'windows-defender', {
      time,
      channel: 'Microsoft-Windows-Windows Defender/Operational',
      provider: 'Microsoft-Windows-Windows Defender',
      id: 1116,
      level: 3,
      data: {
        'Product Name': 'Windows Defender Antivirus',
        'Threat Name': text(step, 'threat'),
        'Severity Name': 'Severe',
        Path: `file:_${text(step, 'path')}`,
      },
    })
  },

  /** Any event of Windows, of another computer where one is named: `data` is `Name=value|Name=value`. */
  'windows-event'(pen, time, step) {
    const pairs = text(step, 'data').split('|')
    const data = Object.fromEntries(pairs.map((pair) => [pair.split('=', 1)[0]!, pair.slice(pair.indexOf('=') + 1)]))
    windowsEvent(pen, text(step, 'kind'), {
      time,
      channel: text(step, 'channel'),
      provider: text(step, 'provider'),
      id: number(step, 'id', 0),
      data,
      ...(step.computer === undefined ? {} : { computer: String(step.computer) }),
    })
  },

  /** AD FS issues tokens for Microsoft 365 to accounts (`users`, apart by spaces) on `days` days. */
  'federation-tokens'(pen, time, step) {
    const users = text(step, 'users').split(' ')
    for (let day = 0; day < number(step, 'days', 1); day++)
      for (const [i, user] of users.entries()) {
        const component = `<RelyingParty>urn:federation:MicrosoftOnline</RelyingParty><ClaimsProvider>AD AUTHORITY</ClaimsProvider><UserId>${pen.netbios}\\${user}</UserId>`
        windowsEvent(pen, 'windows-security', {
          time: time + day * 24 * HOUR + i * 60_000,
          channel: 'Security',
          provider: 'AD FS Auditing',
          id: 1200,
          level: 0,
          data: [
            '9bfa2086-82e9-4410-a4e7-e185e2d8fa25',
            `<?xml version="1.0" encoding="utf-16"?><AuditBase xsi:type="AppTokenAudit"><AuditType>AppToken</AuditType><AuditResult>Success</AuditResult><ContextComponents><Component xsi:type="ResourceAuditComponent">${component}</Component></ContextComponents></AuditBase>`,
          ],
        })
      }
  },

  /** The computer itself puts somebody into a local group, as a group policy makes it do. */
  'group-policy-member'(pen, time, step) {
    windowsEvent(pen, 'windows-security', {
      time,
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      id: 4732,
      level: 0,
      data: {
        MemberName: '-',
        MemberSid: 'S-1-5-21-1004336348-1177238915-682003330-1105',
        TargetUserName: text(step, 'group', 'Administrators'),
        TargetDomainName: 'Builtin',
        TargetSid: 'S-1-5-32-544',
        SubjectUserSid: 'S-1-5-18',
        SubjectUserName: `${pen.host}$`,
        SubjectDomainName: pen.netbios,
        SubjectLogonId: '0x3e7',
        PrivilegeList: '-',
      },
    })
  },

  /** An event whose clock was wrong. */
  'wrong-clock'(pen, time, step) {
    windowsEvent(pen, 'windows-system', {
      time,
      stated: when(text(step, 'stated')),
      channel: 'System',
      provider: 'Service Control Manager',
      id: 7036,
      data: { param1: 'Windows Update', param2: 'running' },
    })
  },

  /** Somebody asks for the name of the server, as scripts do before they begin. */
  'ntlm-probe'(pen, time, step) {
    request(pen, {
      time,
      protocol: 'RpcHttp',
      stem: '/rpc/',
      client: client(step),
      agent: step.agent ?? python,
      status: 401,
      sub: 1,
      win32: 2148074254,
    })
  },

  /** nmap's http-vuln script: one request whose cookie sends it to a static page of the server itself. */
  nmap(pen, time, step) {
    ssrf(
      pen,
      time,
      { ...step, agent: 'Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)' },
      {
        stem: '/owa/auth/x.js',
        host: 'localhost',
        path: '/owa/auth/logon.aspx?',
        status: 500,
        method: 'GET',
      },
    )
  },

  /** A request with ServerInfo~localhost, as many checkers send it. */
  localhost(pen, time, step) {
    ssrf(pen, time, step, {
      stem: '/owa/auth/x.js',
      host: 'localhost',
      path: '/owa/auth/logon.aspx?',
      status: number(step, 'status', 500),
      method: 'GET',
    })
  },

  /** A request that makes the server call a collector outside. */
  callback(pen, time, step) {
    const host = text(step, 'host', 'k3x9miniature.burpcollaborator.net')
    ssrf(pen, time, step, {
      stem: '/ecp/y.js',
      host,
      path: '/ecp/default.flt?',
      status: number(step, 'status', 200),
      method: 'GET',
    })
  },

  /** A static-looking path posted to; only IIS need see it. */
  post(pen, time, step) {
    request(pen, {
      time,
      protocol: text(step, 'stem', '/ecp/y.js').startsWith('/owa') ? 'Owa' : 'Ecp',
      method: 'POST',
      stem: text(step, 'stem', '/ecp/y.js'),
      client: client(step),
      agent: step.agent ?? python,
      status: number(step, 'status', 404),
    })
  },

  autodiscover(pen, time, step) {
    ssrf(pen, time, step, { path: '/autodiscover/autodiscover.xml?#', status: number(step, 'status', 200) })
  },
  mapi(pen, time, step) {
    ssrf(pen, time, step, { path: '/mapi/emsmdb/?#', status: number(step, 'status', 200) })
  },
  proxylogon(pen, time, step) {
    ssrf(pen, time, step, { path: '/ecp/proxyLogon.ecp?#', status: number(step, 'status', 241) })
  },
  'ddi-get'(pen, time, step) {
    ssrf(pen, time, step, {
      path: ddi(pen, step, 'GetObject', 'OABVirtualDirectory'),
      status: number(step, 'status', 200),
    })
  },

  /** The virtual directory is given an address that holds a script. `error` makes it fail. */
  'ddi-set'(pen, time, step) {
    const error = text(step, 'error')
    const url = page('url.txt', { ITEM: text(step, 'item', 'zw9') })
    ssrf(pen, time, step, {
      path: ddi(pen, step, 'SetObject', 'OABVirtualDirectory'),
      status: number(step, 'status', 200),
    })
    ecpServer(pen, {
      time: time + 60,
      command: `Set-OabVirtualDirectory.ExternalUrl='${url}'.Identity='${oabGuid}'`,
      url: fromSsrf(pen, step, 'SetObject', 'OABVirtualDirectory'),
      error,
    })
    cmdlet(pen, {
      time: time + 60,
      name: 'Set-OabVirtualDirectory',
      parameters: `-ExternalUrl "${url}" -Identity "${oabGuid}"`,
      error,
    })
  },

  /** The virtual directory is reset and its settings are written to a file with the name that was asked for. */
  'ddi-reset'(pen, time, step) {
    const error = text(step, 'error')
    ssrf(pen, time, step, {
      path: ddi(pen, step, 'SetObject', 'ResetOABVirtualDirectory'),
      status: number(step, 'status', 200),
    })
    const url = fromSsrf(pen, step, 'SetObject', 'ResetOABVirtualDirectory')
    ecpServer(pen, {
      time: time + 60,
      command: `Remove-OABVirtualDirectory.Force=$true.Identity='${oabGuid}'`,
      url,
      error,
    })
    ecpServer(pen, {
      time: time + 900,
      command: `New-OABVirtualDirectory.Role=ClientAccess.Server='${pen.host}'.WebSiteName='Default Web Site'`,
      url,
      error,
    })
    cmdlet(pen, {
      time: time + 60,
      name: 'Remove-OabVirtualDirectory',
      parameters: `-Force "True" -Identity "${oabGuid}"`,
      error,
    })
  },

  /** From autodiscover to the shell. `until` ends it early; `shell` is the file's path, `removed` leaves no file. */
  chain(pen, time, step) {
    const steps = ['autodiscover', 'mapi', 'proxylogon', 'ddi-get', 'ddi-set', 'ddi-reset', 'shell']
    const until = text(step, 'until', 'shell')
    if (!steps.includes(until)) throw new Error(`no such end of a chain: ${until}`)
    for (const [i, name] of steps.slice(0, steps.indexOf(until) + 1).entries()) {
      // Every step by itself: what fails is said by that step.
      library[name]!(pen, time + [0, 3_200, 6_100, 7_900, 9_800, 12_300, 13_400][i]!, step)
    }
  },

  /** The file that a reset wrote, unless it was taken away before the evidence was gathered. */
  shell(pen, time, step) {
    if (step.removed === true) return
    const [a, b, c, d] = pen.build(time)
    pen.file(
      'web-roots',
      shellPath(step),
      page('oab-dump.aspx', {
        ITEM: text(step, 'item', 'zw9'),
        SERVER: pen.host,
        DOMAIN: pen.domain,
        DC: pen.domain
          .split('.')
          .map((part) => `DC=${part}`)
          .join(','),
        GUID: oabGuid,
        VERSION: `Version ${a}.${b} (Build ${c}.${d})`,
        WHEN: american(time),
      }),
      time,
    )
  },

  /** Somebody asks for a page; by default with POST and success, as one speaks to a shell. */
  'shell-request'(pen, time, step) {
    const status = number(step, 'status', 200)
    iis(pen, 'iis-frontend', time, {
      method: text(step, 'method', 'POST'),
      stem: text(step, 'stem', shellStem(step)),
      port: 443,
      client: client(step),
      agent: step.agent ?? 'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36',
      status,
      taken: status === 200 ? 412 : 3,
      win32: status === 404 ? 2 : 0,
    })
  },

  /** A page was compiled: its trace stays when the page is gone. */
  compiled(pen, time, step) {
    const stem = shellStem(step)
    const name = stem.slice(stem.lastIndexOf('/') + 1)
    pen.file(
      'web-roots',
      `C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\${stem.startsWith('/owa') ? 'owa' : 'root'}\\8e05b027\\e164d61b\\${name}.cdcab7d2.compiled`,
      `<?xml version="1.0" encoding="utf-8"?>\r\n<preserve resultType="3" virtualPath="${stem}" hash="1" filehash="ffff" flags="110000" assembly="App_Web_${pen.seed.hex(8)}" type="ASP.${name.replace('.', '_')}"><filedeps><filedep name="${stem}" /></filedeps></preserve>\r\n`,
      time,
    )
  },

  /** A command below the worker process. */
  command(pen, time, step) {
    const line = text(step, 'line', 'cmd /c cd /d "C:\\inetpub\\wwwroot\\aspnet_client"&whoami&echo [S]&cd&echo [E]')
    processCreated(
      pen,
      time,
      text(step, 'image', cmd),
      text(step, 'parent', w3wp),
      line,
      step.computer === undefined ? undefined : String(step.computer),
      step.person === undefined ? undefined : String(step.person),
    )
  },

  /** A script block, as PowerShell logs it. */
  script(pen, time, step) {
    windowsEvent(pen, 'windows-powershell', {
      time,
      channel: 'Microsoft-Windows-PowerShell/Operational',
      provider: 'Microsoft-Windows-PowerShell',
      id: 4104,
      level: 5,
      data: {
        MessageNumber: '1',
        MessageTotal: '1',
        ScriptBlockText: text(step, 'text'),
        ScriptBlockId: pen.seed.guid(),
        Path: '',
      },
    })
  },

  /** Somebody made an account. */
  'account-made'(pen, time, step) {
    windowsEvent(pen, 'windows-security', {
      time,
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      id: 4720,
      level: 0,
      data: {
        TargetUserName: text(step, 'name'),
        TargetDomainName: pen.netbios,
        TargetSid: 'S-1-5-21-1004336348-1177238915-682003330-1213',
        SubjectUserSid: 'S-1-5-21-1004336348-1177238915-682003330-1107',
        SubjectUserName: text(step, 'person'),
        SubjectDomainName: pen.netbios,
        SubjectLogonId: '0x5a1c3',
        NewUacValue: '0x15',
      },
    })
  },

  /** Mail read through the front end: FindItem and GetItem as the mailbox named. */
  ews(pen, time, step) {
    const mailbox = text(step, 'mailbox')
    const count = number(step, 'count', 4)
    for (let i = 0; i < count; i++) {
      const at = time + i * 2500
      const id = ssrf(pen, at, step, {
        path: '/EWS/Exchange.asmx?#',
        status: number(step, 'status', 200),
        sent: number(step, 'bytes', 48_000),
      })
      ews(pen, {
        time: at + 25,
        id,
        user: `${pen.netbios}\\${pen.host}$`,
        actAs: mailbox,
        action: ['GetFolder', 'FindItem', 'GetItem'][Math.min(i, 2)]!,
        agent: step.agent ?? python,
        client: pen.address,
        bytes: number(step, 'bytes', 48_000),
      })
    }
  },

  /** A mailbox worked in over MAPI through the front end: a session is opened and used; `nspi` asks the address book instead. */
  'mapi-mail'(pen, time, step) {
    const mailbox = text(step, 'mailbox')
    const nspi = step.nspi === true
    const types = nspi ? ['Bind', 'QueryRows'] : ['Connect', 'Execute']
    for (let i = 0; i < number(step, 'count', 4); i++) {
      const at = time + i * 2500
      const type = types[Math.min(i, 1)]!
      const path = `/mapi/${nspi ? 'nspi' : 'emsmdb'}/?#`
      const bytes = number(step, 'bytes', 18_000)
      const id = ssrf(pen, at, step, { path, status: 200, sent: bytes, clientRequest: mapiRequest(pen, type) })
      mapiHttp(pen, { time: at + 25, user: `${pen.host}$`, mailbox, client: pen.address, id, type, machine: true })
    }
  },

  /** Any other server-side request forgery. */
  ssrf(pen, time, step) {
    ssrf(pen, time, step, {
      path: text(step, 'path'),
      status: number(step, 'status', 200),
      ...(step.host === undefined ? {} : { host: String(step.host) }),
      ...(step.stem === undefined ? {} : { stem: String(step.stem) }),
    })
  },

  /**
   * A request for autodiscover.json with a false address: an open server sends the rest of the path to its back end. With
   * `cookie` the address is sent as a cookie, which no log shows; with `token` PowerShell is given whom to act as.
   */
  confused(pen, time, step) {
    const path = text(step, 'path', '/mapi/nspi/')
    const status = number(step, 'status', 200)
    const success = status >= 200 && status < 300
    const host = 'placeholder.example'
    const email = step.cookie === true ? '' : `&Email=autodiscover/autodiscover.json%3F@${host}`
    const operation = text(step, 'operation')
    const rest = `${step.token === true ? `X-Rps-CAT=${accessToken}` : ''}${email}`
    const id = request(pen, {
      time,
      protocol: 'Autodiscover',
      method: text(step, 'method', 'POST'),
      stem: '/autodiscover/autodiscover.json',
      query: `${step.cookie === true ? 'a=x' : ''}@${host}${path}?${rest}`,
      client: client(step),
      agent: step.agent ?? python,
      status,
      ...(operation === '' ? {} : { clientRequest: mapiRequest(pen, operation) }),
      ...(step.refused === true ? {} : { backEndStatus: status }),
      ...(success
        ? {
            back: {
              stem: path,
              query: rest,
              user: `${pen.netbios}\\${pen.host}$`,
              method: text(step, 'method', 'POST'),
            },
          }
        : {}),
    })
    if (success && step.token === true)
      remotePowerShell(pen, {
        time: time + 40,
        id: pen.seed.guid(),
        stem: '/Powershell',
        user: `administrator@${pen.domain}`,
        client: client(step),
        agent: step.agent ?? python,
        status,
        query: rest,
      })
    if (success && operation !== '' && step.mailbox !== undefined)
      mapiHttp(pen, {
        time: time + 25,
        user: `${pen.host}$`,
        mailbox: String(step.mailbox),
        client: pen.address,
        id,
        type: operation,
        machine: true,
      })
    if (success && /^\/ews\//i.test(path) && step.mailbox !== undefined)
      ews(pen, {
        time: time + 25,
        id,
        user: `${pen.netbios}\\${pen.host}$`,
        actAs: String(step.mailbox),
        action: text(step, 'action', 'CreateItem'),
        agent: step.agent ?? python,
        client: pen.address,
        bytes: number(step, 'bytes', 2_400),
      })
  },

  /** A cmdlet that somebody ran by remote PowerShell; with `error` it fails. */
  'remote-cmdlet'(pen, time, step) {
    const [name, parameters, error] = [text(step, 'name'), text(step, 'parameters'), text(step, 'error')]
    const user = step.user === undefined ? undefined : String(step.user)
    const caller = user === undefined ? {} : { caller: `${pen.domain}/Users/${user}` }
    cmdlet(pen, { time, name, parameters, error, process: 'MSExchangePowerShellAppPool', ...caller })
    rpsCmdlet(pen, { time: time + 20, name, parameters, failed: error !== '', ...(user ? { user } : {}) })
  },

  /** The file that an export of a mailbox wrote under the name of a page: a mailbox file with a page in clear text. */
  'mailbox-page'(pen, time, step) {
    pen.file(
      'web-roots',
      text(step, 'path'),
      `!BDN${'\0'.repeat(700)}${page('oab-dump.aspx', { ITEM: 'zw9', SERVER: pen.host })}${'\0'.repeat(2_000)}`,
      time,
    )
  },

  /** The intruder sets the address back. */
  'clean-address'(pen, time, step) {
    ssrf(pen, time, step, { path: ddi(pen, step, 'SetObject', 'OABVirtualDirectory'), status: 200 })
    ecpServer(pen, {
      time: time + 60,
      command: `Set-OabVirtualDirectory.ExternalUrl=$null.Identity='${oabGuid}'`,
      url: fromSsrf(pen, step, 'SetObject', 'OABVirtualDirectory'),
    })
    cmdlet(pen, {
      time: time + 60,
      name: 'Set-OabVirtualDirectory',
      parameters: `-ExternalUrl $null -Identity "${oabGuid}"`,
    })
  },

  /** An administrator gives the virtual directory the address that it should have. */
  'lawful-address'(pen, time) {
    const user = `${pen.netbios}\\administrator`
    const stem = '/ecp/DDI/DDIService.svc/SetObject'
    const query = 'schema=OABVirtualDirectory&msExchEcpCanary=Lawful'
    const url = `https://mail.${pen.domain}/OAB`
    request(pen, {
      time,
      protocol: 'Ecp',
      method: 'POST',
      stem,
      query,
      client: '192.168.40.5',
      agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:85.0) Gecko/20100101 Firefox/85.0',
      user,
      authentication: 'FBA',
      status: 200,
      backEndStatus: 200,
      back: { stem, query, user },
      referer: `https://mail.${pen.domain}/ecp/VDirMgmt/EditOABVirtualDirectory.aspx`,
    })
    ecpServer(pen, {
      time: time + 60,
      command: `Set-OabVirtualDirectory.ExternalUrl='${url}'.Identity='${oabGuid}'`,
      url: `${stem}?${query}`,
      referrer: `https://mail.${pen.domain}/ecp/VDirMgmt/EditOABVirtualDirectory.aspx`,
    })
    cmdlet(pen, {
      time: time + 60,
      name: 'Set-OabVirtualDirectory',
      parameters: `-ExternalUrl "${url}" -Identity "${oabGuid}"`,
    })
  },

  /** Somebody with a session of the control panel tries to give the virtual directory a script, and is refused. */
  'write-refused'(pen, time, step) {
    const user = `${pen.netbios}\\m.osei`
    const stem = '/ecp/DDI/DDIService.svc/SetObject'
    const query = 'schema=OABVirtualDirectory&msExchEcpCanary=Refused'
    const url = page('url.txt', { ITEM: text(step, 'item', 'zw9') })
    const error = text(
      step,
      'error',
      'Microsoft.Exchange.Configuration.Authorization.CmdletAccessDeniedException: the user is not allowed to run it',
    )
    request(pen, {
      time,
      protocol: 'Ecp',
      method: 'POST',
      stem,
      query,
      client: client(step),
      agent: step.agent ?? python,
      user,
      authentication: 'FBA',
      status: 200,
      backEndStatus: 200,
      back: { stem, query, user },
    })
    ecpServer(pen, {
      time: time + 60,
      command: `Set-OabVirtualDirectory.ExternalUrl='${url}'.Identity='${oabGuid}'`,
      url: `${stem}?${query}`,
      error,
    })
    cmdlet(pen, {
      time: time + 60,
      name: 'Set-OabVirtualDirectory',
      parameters: `-ExternalUrl "${url}" -Identity "${oabGuid}"`,
      error,
      caller: `${pen.domain}/Users/m.osei`,
    })
  },

  /** The OAB generator leaves a file where it has no business. */
  'oab-download'(pen, time, step) {
    const path = text(step, 'path', `${exchange}\\ClientAccess\\OAB\\Temp\\lzx.tmp`)
    oabGenerator(pen, time, `Download failed and temporary file '${path}' needs to be removed`)
  },

  /** Unified messaging reads something that is no message. */
  'um-error'(pen, time) {
    windowsEvent(pen, 'windows-application', {
      time,
      channel: 'Application',
      provider: 'MSExchange Unified Messaging',
      id: 1423,
      level: 2,
      data: [
        'The Microsoft Exchange Unified Messaging service encountered an error: System.InvalidCastException: Unable to cast object to type ContactInfo.',
      ],
    })
  },

  /** The safety scanner finds the page and takes it away. */
  msert(pen, time, step) {
    for (const id of [1116, 1117]) {
      windowsEvent(pen, 'windows-defender', {
        time: time + (id - 1116) * 8000,
        channel: 'Microsoft-Windows-Windows Defender/Operational',
        provider: 'Microsoft-Windows-Windows Defender',
        id,
        level: 3,
        data: {
          'Product Name': 'Microsoft Safety Scanner',
          'Threat Name': 'Backdoor:JS/Webshell.A',
          'Severity Name': 'Severe',
          'Category Name': 'Backdoor',
          'Detection User': 'NT AUTHORITY\\SYSTEM',
          Path: `file:_${shellPath(step)}`,
          'Action Name': id === 1117 ? 'Quarantine' : 'Not Applicable',
        },
      })
    }
    const lines = [
      'Microsoft Safety Scanner v1.333, (build 1.333.160.0)',
      `Started On ${new Date(time).toUTCString()}`,
      '',
      'Results Summary:',
      'Found Backdoor:JS/Webshell.A and Removed!',
      `Microsoft Safety Scanner Finished On ${new Date(time + 2 * HOUR).toUTCString()}`,
      'Return code: 6 (0x6)',
    ]
    pen.files.set('C:\\Windows\\debug\\msert.log', `${lines.join('\r\n')}\r\n`)
  },

  /** System events of an orderly shutdown and of the boot after it. */
  reboot(pen, time, step) {
    const system = (at: number, id: number): void =>
      windowsEvent(pen, 'windows-system', { time: at, channel: 'System', provider: 'EventLog', id, data: [] })
    system(time, 6006)
    system(when(text(step, 'until')), 6005)
  },

  /**
   * A client with a password asks autodiscover for remote PowerShell. `spelling`: plain, percent (letters escaped) or ebcdic
   * (the query in IBM037, of which the front end logs what it can and the back end what it understood).
   */
  proxynotshell(pen, time, step) {
    const spelling = text(step, 'spelling', 'plain')
    const email = 'Email=autodiscover/autodiscover.json%3fk@r.example'
    const query = {
      plain: `k@r.example/powershell/?&${email}`,
      percent: `k@r.example/%50owers%68ell/?&${email}`,
      ebcdic: '????????????????????&????=????????????????????????',
    }[spelling]
    if (query === undefined) throw new Error(`no such spelling: ${spelling}`)
    remote(pen, time, step, {
      protocol: 'Autodiscover',
      stem: '/autodiscover/autodiscover.json',
      query,
      back: spelling === 'ebcdic' ? '%17Email%15Autodiscover/autodiscover.json?k@r.example' : email,
      seen: spelling === 'ebcdic' ? '%0A%C2%91%04%C3%A1_/%C3%91%25%0A%C2%91%C2%95%C2%A0%C3%8D%C3%88?' : email,
      agent: spelling === 'ebcdic' ? `UP ${browser}` : browser,
    })
  },

  /** A client with a password asks OWA for the remote PowerShell of a mailbox. */
  owassrf(pen, time, step) {
    remote(pen, time, step, {
      protocol: 'Owa',
      stem: text(step, 'stem', '/owa/mastermailbox%40outlook.com/powershell'),
      query: '',
      back: '',
      seen: '',
      agent: browser,
    })
  },

  /** A request for remote PowerShell as its log has it. */
  'remote-powershell'(pen, time, step) {
    remotePowerShell(pen, {
      time,
      id: pen.seed.guid(),
      stem: '/powershell',
      query: text(step, 'query'),
      user: text(step, 'user'),
      client: client(step),
      agent: step.agent ?? 'Microsoft WinRM Client',
      status: number(step, 'status', 200),
    })
  },

  /** A program below the worker process of a pool of Exchange (remote PowerShell if none is named) or below `parent`, as Sysmon tells it. */
  'pool-command'(pen, time, step) {
    sysmon(pen, time, 1, {
      Image: text(step, 'image', cmd),
      CommandLine: text(step, 'line', 'cmd.exe /c whoami'),
      User: 'NT AUTHORITY\\SYSTEM',
      ParentProcessId: '9120',
      ParentImage: text(step, 'parent', w3wp),
      ParentCommandLine:
        step.parent === undefined
          ? `${w3wp} -ap "${text(step, 'pool', 'MSExchangePowerShellAppPool')}" -v "v4.0"`
          : String(step.parent),
    })
  },

  /** The server asks the name service for a host, as Sysmon tells it. */
  'name-asked'(pen, time, step) {
    sysmon(pen, time, 22, {
      Image: text(step, 'image', rundll),
      QueryName: text(step, 'host'),
      QueryStatus: '0',
      QueryResults: '::ffff:192.0.2.53;',
    })
  },

  /** A program runs whose file has this digest, as Sysmon tells it. */
  'program-run'(pen, time, step) {
    sysmon(pen, time, 1, {
      Image: text(step, 'image', 'C:\\ProgramData\\svc\\loader.exe'),
      CommandLine: text(step, 'line', 'C:\\ProgramData\\svc\\loader.exe'),
      User: 'NT AUTHORITY\\SYSTEM',
      Hashes: text(step, 'hashes'),
      ParentProcessId: '9120',
      ParentImage: text(step, 'parent', cmd),
    })
  },

  /** No web roots were gathered. */
  'no-pages'() {},
}

const rundll = 'C:\\Windows\\System32\\rundll32.exe'

function sysmon(pen: Pen, time: number, id: number, data: Readonly<Record<string, string>>): void {
  windowsEvent(pen, 'windows-sysmon', {
    time,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    provider: 'Microsoft-Windows-Sysmon',
    id,
    data: { UtcTime: isoText(time).slice(0, 23).replace('T', ' '), ProcessId: '4312', ...data },
  })
}

/** An access token in the form of the back end, of an administrator who does not exist. */
const accessToken =
  'VgEAVAdXaW5kb3dzQwBBCEtlcmJlcm9zTBBhZGFAY29udG9zby5jb21VLVMtMS01LTIxLTEwMDQzMzYzNDgtMTE3NzIzODkxNS02ODIwMDMzMzAtNTAwRwEAAAAHAAAADFMtMS01LTMyLTU0NEUAAAAA'

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/106.0.0.0'

/** One request that ends at remote PowerShell of the back end. `user: false`: nobody logged on. `count` times, 400 ms apart. */
function remote(
  pen: Pen,
  time: number,
  step: Step,
  how: {
    readonly protocol: string
    readonly stem: string
    readonly query: string
    readonly back: string
    readonly seen: string
    readonly agent: string
  },
): void {
  const status = number(step, 'status', 200)
  const user = step.user === false ? null : `${pen.netbios}\\${text(step, 'user', 'm.osei')}`
  const reached = user !== null && step.reached !== false
  const agent = step.agent ?? how.agent
  for (let i = 0; i < number(step, 'count', 1); i++) {
    const at = time + i * 400
    const id = request(pen, {
      time: at,
      protocol: how.protocol,
      method: 'POST',
      stem: how.stem,
      query: how.query,
      client: client(step),
      agent,
      ...(user === null ? {} : { user, authentication: 'Basic' }),
      status,
      ...(reached
        ? { backEndStatus: status, back: { stem: '/powershell/', query: how.back, user } }
        : { proxied: step.proxied !== false }),
    })
    if (!reached) continue
    remotePowerShell(pen, {
      time: at + 35,
      id,
      stem: '/powershell/',
      query: how.seen,
      user,
      client: client(step),
      agent,
      status,
    })
  }
}

const oabGuid = '4d9a1f3e-6b22-4c0e-8e57-1f0a3b5c7d92'

/** One request that the front end was made to send on with its own account. */
function ssrf(
  pen: Pen,
  time: number,
  step: Step,
  how: {
    readonly path: string
    readonly status: number
    readonly stem?: string
    readonly host?: string
    readonly method?: string
    readonly sent?: number
    readonly clientRequest?: string
  },
): string {
  const stem = how.stem ?? text(step, 'stem', '/ecp/y.js')
  const outside = how.host !== undefined
  const host = how.host ?? `a]@${pen.backEnd}.${pen.domain}:444`
  const cookie = step.form === 'BackEndCookie'
  const [path, query] = how.path.replace(/#$/, '').split('?') as [string, string | undefined]
  const success = how.status >= 200 && how.status < 300
  return request(pen, {
    time,
    protocol: stem.startsWith('/owa') ? 'Owa' : 'Ecp',
    method: how.method ?? 'POST',
    stem,
    client: client(step),
    agent: step.agent ?? python,
    ...(cookie
      ? { anchor: '', cookie: `Server~${host}${how.path}~1942062522~${isoText(time + 600_000).slice(0, 19)}` }
      : { anchor: `ServerInfo~${host}${how.path}` }),
    hint: stem.startsWith('/ecp') ? 'X-BEResource-Cookie' : 'X-AnonResource-Backend-Cookie',
    status: how.status,
    backEndStatus: success || !outside ? how.status : undefined,
    ...(outside || !success
      ? {}
      : {
          back: { stem: path, query: query ?? '', user: `${pen.netbios}\\${pen.host}$`, method: how.method ?? 'POST' },
        }),
    ...(how.sent === undefined ? {} : { sent: how.sent }),
    ...(how.clientRequest === undefined ? {} : { clientRequest: how.clientRequest }),
    ...(success ? {} : { error: 'System.Net.WebException: the request to the target was refused' }),
  })
}

/** What a client of MAPI over HTTP calls its request, as HttpProxy logs it. */
function mapiRequest(pen: Pen, type: string): string {
  return `R:{${pen.seed.guid().toUpperCase()}}:1;RT:${type};CI:{${pen.seed.guid().toUpperCase()}}:1;CID:<null>`
}

function ddi(pen: Pen, step: Step, method: string, schema: string): string {
  return `/ecp/DDI/DDIService.svc/${method}?schema=${schema}&msExchEcpCanary=${canary(pen, step)}.&a=#`
}

/** The address as the back end wrote it down: the rest of the cookie hangs on it. */
function fromSsrf(pen: Pen, step: Step, method: string, schema: string): string {
  return `/ecp/DDI/DDIService.svc/${method}?schema=${schema}&msExchEcpCanary=${canary(pen, step)}.&a=%5D:444/ecp/y.js`
}

/** Each session is given its own. */
function canary(pen: Pen, step: Step): string {
  return `Mini${pen.host}Canary${client(step).replaceAll('.', '')}`
}

function shellPath(step: Step): string {
  return text(step, 'shell', `${authPages}\\discover2.aspx`)
}

/** The address under which IIS serves a path. */
function shellStem(step: Step): string {
  const path = shellPath(step)
  if (path.startsWith(authPages)) return `/owa/auth/${path.slice(authPages.length + 1).replaceAll('\\', '/')}`
  return path.replace('C:\\inetpub\\wwwroot', '').replaceAll('\\', '/')
}

function american(time: number): string {
  const date = new Date(time)
  const hour = date.getUTCHours()
  const clock = `${hour % 12 || 12}:${String(date.getUTCMinutes()).padStart(2, '0')}:${String(date.getUTCSeconds()).padStart(2, '0')}`
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ${clock} ${hour < 12 ? 'AM' : 'PM'}`
}

/** A text of a file of the server is replaced, and the file is as new. */
function change(pen: Pen, path: string, before: string, after: string, time: number): void {
  const old = pen.files.get(path)
  if (!old?.includes(before)) throw new Error(`nothing to change in ${path}`)
  pen.files.set(
    path,
    old.replace(before, () => after),
  )
  pen.modified.set(path, time)
}

function clixml(pen: Pen, url: string): string {
  const escaped = url.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  return `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
  <Obj RefId="0">
    <TN RefId="0">
      <T>Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.ADOabVirtualDirectory</T>
      <T>Deserialized.System.Object</T>
    </TN>
    <ToString>OAB (Default Web Site)</ToString>
    <Props>
      <S N="Server">${pen.host}</S>
      <S N="Name">OAB (Default Web Site)</S>
      <URI N="InternalUrl">https://${pen.host.toLowerCase()}.${pen.domain}/OAB</URI>
      <S N="ExternalUrl">${escaped}</S>
      <S N="Identity">${pen.host}\\OAB (Default Web Site)</S>
    </Props>
  </Obj>
</Objs>
`
}

function csv(pen: Pen, url: string): string {
  const row = ['OAB (Default Web Site)', pen.host, `https://${pen.host.toLowerCase()}.${pen.domain}/OAB`, url]
  return `"Name","Server","InternalUrl","ExternalUrl"\r\n${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`
}
