import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { judge } from '../../src/assessment/answers/answers.ts'
import type { AssessmentInput } from '../../src/assessment/answers/assessment-input.ts'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { doorOf } from '../../src/assessment/exposure/exposure.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { exposureWords, knownWords } from '../../src/locales/en/exposure.ts'
import { place, root, write } from '../cli/command.ts'
import { runHere } from '../cli/in-process.ts'
import { fixture } from '../reports/fixture.ts'

// What was published after the tables were made is in no answer: where evidence is newer, answers about exposure say so.

const facts = loadExposureFacts(join(root, 'knowledge'))
const { campaigns } = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })

/** The answer about exposure of a server that had the fixes before every wave, with logs until that day. */
function exposed(last: string) {
  const server = {
    name: 'X',
    names: new Set(['X']),
    product: 'Exchange2013',
    builds: [],
    installed: Date.parse('2026-12-31'),
  }
  const meter = new CoverageMeter([], [], [])
  Object.assign(meter, { first: Date.parse('2021-01-01'), last: Date.parse(last) })
  const chosen = campaigns.filter(({ id }) => id === 'proxylogon-2021')
  const c = {
    server,
    campaigns: chosen,
    doors: new Map(chosen.map(({ id, vulnerabilities }) => [id, doorOf(vulnerabilities, server as never, facts)])),
    found: [],
    meter,
    stillThere: [],
    mailboxes: [],
    subjects: [],
    openLeads: [],
    general: null,
    named: ['proxylogon-2021'],
    narrowed: null,
    known: { builds: '2026-08-11', vulnerabilities: '2026-08-11' },
    nothingRecognized: false,
  } as unknown as AssessmentInput
  return judge(c).answers.find(({ question }) => question === 'exposed')!
}

test('evidence until the last known day: not exposed', () => {
  const { is, sentence } = exposed('2026-08-11T20:00:00Z')
  assert.equal(is, 'no-evidence')
  assert.doesNotMatch(sentence, /known until/)
})

test('evidence that is newer: the answer says until which day it can hold', () => {
  const { is, sentence } = exposed('2026-11-01T00:00:00Z')
  assert.equal(is, 'no-evidence')
  assert.match(sentence, /known until 2026-08-11; this answer does not include what was published later\.$/)
})

test('the report and --version state until when builds and vulnerabilities are known', async () => {
  assert.match(exposureWords(fixture), /Build and vulnerability data is current to 2026-08-11\.$/)
  const coverage = { ...fixture.coverage, last: '2026-11-01T00:00:00Z' }
  assert.match(
    knownWords({ ...fixture, coverage }),
    /current to 2026-08-11; the evidence is newer, so later vulnerabilities are not assessed\.$/,
  )
  const { out } = await runHere(['--version'])
  assert.match(out, /^\S+\nbuilds known until \d{4}-\d\d-\d\d\nvulnerabilities known until \d{4}-\d\d-\d\d\n$/)
})

// ---------------------------------------------------------------- scripts/update-knowledge.mjs

const folder = place()
const page = `<table><tr><th>Product name</th><th>Release date</th><th>Build number (short)</th><th>Build number (long)</th></tr>
<tr><td><a href="https://support.microsoft.com/help/5999999">Exchange Server SE RTM Sep26SU</a></td><td>September 8, 2026</td><td>15.2.2562.99</td><td>15.02.2562.099</td></tr>
<tr><td>Exchange Server 2019 CU15 Aug26SU</td><td>August 11, 2026</td><td>15.2.1748.49</td><td>15.02.1748.049</td></tr>
<tr><td>Something else</td><td>-</td><td>-</td><td>-</td></tr></table>`
const markdown =
  '| Product name | Release date | Build number |\n|---|---|---|\n| [Exchange Server 2019 CU99](https://support.microsoft.com/x) | October 6, 2026 | 15.2.9999.1 |\n'
const kev = JSON.stringify({
  vulnerabilities: [
    { cveID: 'CVE-2018-0924', vendorProject: 'Microsoft', product: 'Exchange Server', dateAdded: '2026-10-01' },
  ],
})

function update(into: string, ...args: string[]) {
  const script = join(root, 'scripts/update-knowledge.mjs')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, '--into', into, '--date', '2026-11-28', ...args],
    {
      encoding: 'utf8',
    },
  )
  return { status, out: stdout, err: stderr }
}

test('published lists: differences are printed, and written with day and source when that is asked for', () => {
  const files = write(join(folder, 'lists'), {
    'page.html': page,
    'page.md': markdown,
    'kev.json': kev,
    'empty.html': '<p>',
  })
  const into = join(folder, 'knowledge')
  cpSync(join(root, 'knowledge'), into, { recursive: true, filter: (path) => !path.endsWith('.baseline') })
  const read = (name: string): string => readFileSync(join(into, name), 'utf8')
  const before = read('builds.csv')

  const shown = update(into, '--builds', join(files, 'page.html'), '--kev', join(files, 'kev.json'))
  assert.equal(shown.status, 0, shown.err)
  assert.equal(
    shown.out,
    'builds.csv + ExchangeSE,RTM,Sep26SU,SU,15.2.2562.99,2026-09-08,\ncves.csv ~ CVE-2018-0924: known to be used, in the catalog since 2026-10-01\n2 differences. Nothing is written without --write.\n',
  )
  assert.equal(read('builds.csv'), before)

  const written = update(into, '--builds', join(files, 'page.html'), '--kev', join(files, 'kev.json'), '--write')
  assert.match(written.out, /2 differences written\.\n$/)
  assert.match(read('builds.csv'), /^ExchangeSE,RTM,Sep26SU,SU,15\.2\.2562\.99,2026-09-08,$/m)
  assert.match(read('cves.csv'), /^CVE-2018-0924,.*,yes,2026-10-01,/m)
  assert.match(read('known-until.csv'), /^builds,2026-11-28,.*page\.html$/m)
  assert.equal(loadExposureFacts(into).known.builds, '2026-11-28')
  assert.equal(update(into, '--builds', join(files, 'page.html'), '--write').out, 'No difference.\n')

  assert.match(
    update(into, '--builds', join(files, 'page.md')).out,
    /^builds\.csv \+ Exchange2019,CU99,,CU,15\.2\.9999\.1,2026-10-06,$/m,
  )
  const none = update(into, '--builds', join(files, 'empty.html'))
  assert.equal(none.status, 1)
  assert.match(none.err, /has no row of a build/)
})

/** Lists in the forms that are published, each with one invented vulnerability of Exchange and one of another product. */
const names = [
  'Microsoft Exchange Server 2019 Cumulative Update 15',
  'Microsoft Exchange Server Subscription Edition RTM',
]
const cpe = (version: string): object => ({
  vulnerable: true,
  criteria: `cpe:2.3:a:microsoft:exchange_server:${version}:*:*:*:*:*:*`,
})
const lists: Readonly<Record<string, object>> = {
  'a monthly document of MSRC': {
    ProductTree: {
      FullProductName: [
        { ProductID: '1', Value: names[0] },
        { ProductID: '2', Value: names[1] },
        { ProductID: '3', Value: 'Microsoft Word 2019' },
      ],
    },
    Vulnerability: [
      {
        CVE: 'CVE-2026-99901',
        Title: { Value: 'Microsoft Exchange Server Spoofing Vulnerability' },
        ProductStatuses: [{ Type: 3, ProductID: ['1', '2'] }],
        Threats: [
          { Type: 0, Description: { Value: 'Spoofing' } },
          { Type: 1, Description: { Value: 'Publicly Disclosed:No;Exploited:Yes;Latest Software Release:N/A' } },
        ],
        CVSSScoreSets: [{ BaseScore: 6.5 }],
        RevisionHistory: [{ Date: '2026-10-20T07:00:00' }, { Date: '2026-10-13T07:00:00' }],
      },
      { CVE: 'CVE-2026-99902', ProductStatuses: [{ Type: 3, ProductID: ['3'] }] },
    ],
  },
  'the Security Update Guide': {
    value: [
      ...names.map((product) => ({
        cveNumber: 'CVE-2026-99901',
        product,
        impact: 'Spoofing',
        baseScore: '6.5',
        releaseDate: '2026-10-13T07:00:00-07:00',
        exploited: 'Yes',
      })),
      { cveNumber: 'CVE-2026-99902', product: 'Microsoft Word 2019' },
    ],
  },
  NVD: {
    vulnerabilities: [
      {
        cve: {
          id: 'CVE-2026-99901',
          published: '2026-10-13T18:15:00.000',
          descriptions: [{ lang: 'en', value: 'Microsoft Exchange Server spoofing vulnerability' }],
          metrics: {
            cvssMetricV31: [
              { source: 'nvd@nist.gov', cvssData: { baseScore: 9.8 } },
              { source: 'secure@microsoft.com', cvssData: { baseScore: 6.5 } },
            ],
          },
          configurations: [{ nodes: [{ cpeMatch: [cpe('2019:cumulative_update_15'), cpe('subscription_edition')] }] }],
          cisaExploitAdd: '2026-10-14',
        },
      },
      { cve: { id: 'CVE-2026-99902', configurations: [] } },
    ],
  },
  'a record of the CVE list': {
    cveMetadata: { cveId: 'CVE-2026-99901', state: 'PUBLISHED', datePublished: '2026-10-13T17:00:00.000Z' },
    containers: {
      cna: {
        title: 'Microsoft Exchange Server Spoofing Vulnerability',
        affected: names.map((product) => ({ vendor: 'Microsoft', product })),
        metrics: [{ cvssV3_1: { baseScore: 6.5 } }],
      },
    },
  },
}
for (const [name, list] of Object.entries(lists))
  test(`vulnerabilities as published: ${name}`, () => {
    const files = write(join(folder, name), { 'list.json': `\ufeff${JSON.stringify(list)}`, 'no.json': '{"a":1}' })
    const into = join(folder, `into ${name}`)
    cpSync(join(root, 'knowledge'), into, { recursive: true, filter: (path) => !path.endsWith('.baseline') })
    const { status, out, err } = update(into, '--cves', join(files, 'list.json'), '--write')
    assert.equal(status, 0, err)
    const exploited = name === 'a record of the CVE list' ? ',' : name === 'NVD' ? 'yes,2026-10-14' : 'yes,'
    const row = `CVE-2026-99901,,Spoofing,6.5,2026-10-13,Exchange2019 ExchangeSE,${exploited},`
    assert.equal(out, `cves.csv + ${row}\n1 difference written.\n`)
    assert.ok(readFileSync(join(into, 'cves.csv'), 'utf8').includes(`\n${row}\n`))
    assert.equal(loadExposureFacts(into).known.vulnerabilities, '2026-11-28')
    assert.match(update(into, '--cves', join(files, 'no.json')).err, /is no list of vulnerabilities/)
  })

test('a list fills the cells of a vulnerability that are empty, and changes no other', () => {
  const csv = 'cve,impact,cvss,published\nCVE-2018-0924,Spoofing,5.4,2001-01-01\n'
  const files = write(join(folder, 'filled'), { 'list.csv': csv })
  const shown = update(join(root, 'knowledge'), '--cves', join(files, 'list.csv'))
  assert.equal(shown.out, 'cves.csv ~ CVE-2018-0924: cvss 5.4\n1 difference. Nothing is written without --write.\n')
})

test('builds as JSON', () => {
  const name = 'Exchange Server 2019 CU99'
  const list = { '15.2.9999.1': [{ name, release_date: 'October 6, 2026', build: '15.2.9999.1' }] }
  const files = write(join(folder, 'builds'), { 'builds.json': JSON.stringify(list) })
  assert.match(
    update(join(root, 'knowledge'), '--builds', join(files, 'builds.json')).out,
    /^builds\.csv \+ Exchange2019,CU99,,CU,15\.2\.9999\.1,2026-10-06,$/m,
  )
})

test('tables that are written anew without a difference are the same bytes', () => {
  const files = write(join(folder, 'same'), { 'kev.json': '{"vulnerabilities":[]}' })
  const into = join(folder, 'knowledge-same')
  cpSync(join(root, 'knowledge'), into, { recursive: true, filter: (path) => !path.endsWith('.baseline') })
  update(into, '--kev', join(files, 'kev.json'), '--write')
  for (const name of ['cves.csv', 'known-until.csv'])
    assert.equal(readFileSync(join(into, name), 'utf8'), readFileSync(join(root, 'knowledge', name), 'utf8'))
})
