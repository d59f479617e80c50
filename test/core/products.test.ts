import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { judge } from '../../src/assessment/answers/answers.ts'
import { assess } from '../../src/assessment/assess.ts'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { doorOf } from '../../src/assessment/exposure/exposure.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Question } from '../../src/model/answer.ts'
import { type LogKind, knownKinds, productOf, stateKinds } from '../../src/model/log-kinds.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { parsers } from '../../src/parsers/index.ts'
import { serverFacts } from '../../src/assessment/server/server.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { hourly, scanOf } from './scans.ts'

// Of which product the evidence is, and that nothing is asked for that is there.
const root = join(import.meta.dirname, '..', '..')
const all = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const knowledge = { ...all, rules: { ...all.rules, scanners: [] } }
const facts = loadExposureFacts(join(root, 'knowledge'))
const pool = inlinePool(knowledge, null)
const folder = mkdtempSync(join(tmpdir(), 'postern-products-'))
after(() => rmSync(folder, { recursive: true }))

async function assessed(name: string, files: Readonly<Record<string, string>>): Promise<Assessment> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true })
    writeFileSync(join(folder, name, path), text)
  }
  const options = { fallbackName: 'X', tool: 'test' }
  return assess([join(folder, name)], knowledge, facts, pool, options)
}

const log = (type: string, fields: string, row: string): string =>
  `#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: ${type}\r\n#Date: 2021-03-03T00:00:00.000Z\r\n#Fields: ${fields}\r\n${row}\r\n`

const setupLog = [
  '[03/03/2021 10:00:00.0000] [0] **********************************************',
  '[03/03/2021 10:00:00.0000] [0] Starting Microsoft Exchange Server 2016 Setup',
  '[03/03/2021 10:00:01.0000] [0] Local time zone: (UTC) Coordinated Universal Time.',
  '[03/03/2021 10:00:02.0000] [0] End of Setup',
].join('\r\n')

const signs: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ['a setup log that names no build', { 'ExchangeSetup.log': setupLog }],
  [
    'IMAP',
    {
      'IMAP420210303-1.LOG': log(
        'IMAP4 Log',
        'dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context,puid',
        '2021-03-03T04:00:00.000Z,0000000000000001,0,192.0.2.10:143,192.0.2.20:5000,,1,0,0,OpenSession,,,',
      ),
    },
  ],
  [
    'SMTP receive',
    {
      'RECV2021030304-1.LOG': log(
        'SMTP Receive Protocol Log',
        'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
        '2021-03-03T04:00:00.000Z,MAIL01\\Default,08D8DDF000000001,0,192.0.2.10:25,192.0.2.20:5000,+,,',
      ),
    },
  ],
  [
    'transport connectivity',
    {
      'CONNECTLOG2021030304-1.LOG': log(
        'Transport Connectivity Log',
        'date-time,session,source,Destination,direction,description',
        '2021-03-03T04:00:00.000Z,08D8DDF000000001,SMTP,contoso.example,+,Undefined 00000000-0000-0000-0000-000000000000;QueueLength=0',
      ),
    },
  ],
  [
    'HealthChecker',
    {
      'HealthChecker-MAIL01-20210303100000.txt': [
        'Exchange Health Checker version 21.03.01.1000',
        '',
        'Exchange Information',
        '--------------------',
        'Name: MAIL01',
      ].join('\r\n'),
    },
  ],
  [
    'the list of transport agents',
    {
      'agents.config':
        '<?xml version="1.0"?><configuration><mexRuntime><agentList><agent name="Journaling Agent" baseType="RoutingAgent" classFactory="Microsoft.Exchange.MessagingPolicies.Journaling.JournalAgentFactory" assemblyPath="C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\agents\\Journaling\\JournalingAgent.dll" enabled="true" priority="1" /></agentList></mexRuntime></configuration>',
    },
  ],
]

for (const [name, files] of signs)
  test(`a sign of Exchange: ${name}`, async () => {
    const { server, verdict } = await assessed(name, files)
    assert.notEqual(server.product, 'none')
    assert.doesNotMatch(verdict.sentence, /no sign of Exchange/)
  })

const health = (host: string): string =>
  [
    'Exchange Health Checker version 21.03.01.1000',
    'Exchange Information',
    '--------------------',
    `\tName: ${host}`,
    '\tGeneration Time: 03/03/2021 10:00:00',
    '\tBuild Number: 15.1.2106.2',
  ].join('\r\n')

test('the build of HealthChecker counts whatever the evidence is called', async () => {
  const { server } = await assessed('case-4711', { 'HealthChecker-MAIL01-20210303100000.txt': health('MAIL01') })
  assert.deepEqual([server.name, server.builds.map(({ build }) => build)], ['MAIL01', ['15.1.2106.2']])
  // Of several servers the one that the evidence is named after; else none of them.
  const both = { 'a/HealthChecker-MAIL01-1.txt': health('MAIL01'), 'b/HealthChecker-X-1.txt': health('X') }
  assert.equal((await assessed('both', both)).server.name, 'X')
  const others = { 'a/HealthChecker-MAIL01-1.txt': health('MAIL01'), 'b/HealthChecker-MAIL02-1.txt': health('MAIL02') }
  assert.deepEqual((await assessed('others', others)).server.builds, [])
})

test('an IIS log and a clean Security log are no sign of Exchange', async () => {
  const iis =
    '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n2021-03-03 04:00:00 192.0.2.10 GET /index.html - 80 - 192.0.2.20 x 200\r\n'
  const { server } = await assessed('plain', { 'u_ex210303.log': iis })
  assert.equal(server.product, 'none')
})

test('every parser and every kind have a product, and files of Exchange alone have its own', () => {
  for (const { name, product } of parsers)
    assert.ok(['exchange', 'microsoft-365', 'mail', 'windows', 'any'].includes(product), name)
  for (const kind of knownKinds) {
    const { product } = serverFacts([scanOf(kind, ['2021-03-03T04:00:00Z'])], 'X')
    const expected = { exchange: 'exchange', mail: 'exchange', 'microsoft-365': 'exchange-online', windows: 'none' }
    assert.equal(product, { ...expected, any: 'none' }[productOf(kind)], kind)
  }
})

/** The kinds that a text of `wouldChange` names, by the words of the packs and of Postern itself. */
const named: readonly (readonly [RegExp, readonly LogKind[]])[] = [
  [/IIS logs/, ['iis-frontend', 'iis-backend']],
  [/HttpProxy/, knownKinds.filter((kind) => kind.startsWith('httpproxy-'))],
  [/EWS logs/, ['ews']],
  [/ECP Server|control panel/, ['ecp-server']],
  [/MSExchange Management/, ['msexchange-management']],
  [/CmdletInfra/, ['cmdletinfra-http', 'cmdletinfra-cmdlet']],
  [/Application log/, ['windows-application']],
  [/Security|Sysmon|4624|Windows events/, ['windows-security', 'windows-sysmon']],
  [/web roots/, ['web-roots', 'ntfs-mft']],
  [/applicationHost|IIS configuration/, ['iis-config']],
  [/agents\.config|[Tt]ransport agents/, ['transport-agents']],
  [/\btasks\b/, ['tasks']],
  [/\b[Ss]ervices\b(?! client)/, ['services']],
  [/[Aa]ccounts of the machine/, ['accounts']],
  [/ExchangeSetup\.log/, []],
  [/SOFTWARE/, []],
]

/** Every log and every state is there for the whole of the time. */
function allScans(from: string, to: string): (readonly [kind: LogKind, scan: Scan])[] {
  const parts = (kind: LogKind): string[] => Array.from({ length: 60 }, (_, i) => `${kind}/part${i}`)
  const recorded = ['windows-security/4688', 'windows-security/4624', 'windows-powershell/4104']
  const roots = ['web-root/owa', 'web-root/wwwroot']
  return knownKinds.map((kind) => [
    kind,
    scanOf(kind, stateKinds.has(kind) ? [to] : hourly(from, to), {
      recorded: [
        ...recorded,
        ...(kind === 'web-roots' ? roots : []),
        ...(/^(?:tasks|services|accounts)$/.test(kind) ? parts(kind) : []),
      ],
    }),
  ])
}

for (const campaign of knowledge.campaigns)
  test(`${campaign.id}: what would settle a question names nothing that is there and whole`, () => {
    const [from, to] = [
      `${campaign.exploitation.from}T00:00:00Z`,
      new Date(Date.parse(campaign.exploitation.from) + 2 * 86_400_000),
    ]
    const absences = [[], ...new Set(named.flatMap(([, kinds]) => kinds))].map((kind) => [kind].flat())
    const asked = new Set<string>()
    const all = allScans(from, to.toISOString())
    for (const absent of absences) {
      const scans = all.flatMap(([kind, scan]) => (absent.includes(kind) ? [] : [scan]))
      const setup = scanOf('exchange-other', [from])
      const own = [...scans, { ...setup, artifact: { ...setup.artifact, parser: 'exchange-setup' } }]
      const server = serverFacts(own, 'X')
      const c = {
        server: { ...server, buildSources: new Set(['registry']) },
        campaigns: [
          { ...campaign, exploitation: { from: campaign.exploitation.from, to: to.toISOString().slice(0, 10) } },
        ],
        doors: new Map([[campaign.id, doorOf(campaign.vulnerabilities, server, facts)]]),
        found: [],
        meter: new CoverageMeter(own, [], []),
        stillThere: [],
        mailboxes: [],
        openLeads: [],
        subjects: [],
        general: null,
        named: [campaign.id],
        narrowed: null,
        nothingRecognized: false,
      } satisfies AssessmentInput
      const judged = judge(c)
      const answers = [...judged.answers, ...judged.campaigns.flatMap((one) => one.answers)]
      for (const { question, missingEvidence } of answers) {
        const said = missingEvidence
          .flatMap((text) => text.split(/; |, or /))
          .filter((text) => !text.startsWith('logs of '))
        for (const text of said) asked.add(`${absent.join()}: ${text}`)
        for (const text of said)
          for (const [words, kinds] of named)
            if (words.test(text) && !/other Exchange servers|domain controllers|backups|installed builds/.test(text))
              assert.ok(
                kinds.some((kind) => absent.includes(kind)),
                `${question}, without ${absent.join() || 'nothing'}: ${text}`,
              )
      }
    }
    // What is missing is asked for.
    if (campaign.needs['still-there']?.flat().includes('web-roots'))
      assert.ok([...asked].some((text) => /^web-roots: .*[Ff]iles of the web roots/.test(text)))
  })

test('what packs ask for in words has its log kinds beside it', () => {
  const questions: readonly Question[] = ['targeted', 'exploited', 'compromised', 'mail-taken', 'still-there']
  for (const campaign of knowledge.campaigns)
    for (const question of questions)
      for (const { what, logs } of campaign.wouldChange[question] ?? [])
        if (logs.length === 0 && !/other Exchange servers|domain controllers/.test(what))
          for (const [words] of named) assert.doesNotMatch(what, words, `${campaign.id}, ${question}`)
})
