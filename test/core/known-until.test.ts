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
import { exposureWords, knownWords } from '../../src/reports/shared/wording.ts'
import { place, postern, root, write } from '../cli/command.ts'
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
    named: ['proxylogon-2021'],
    narrowed: null,
    known: { builds: '2026-08-11', vulnerabilities: '2026-08-11' },
    nothingRecognised: false,
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
  assert.match(sentence, /known until 2026-08-11; what became known later is not in this answer\.$/)
})

test('the report and --version state until when builds and vulnerabilities are known', async () => {
  assert.match(exposureWords(fixture), /Builds and vulnerabilities are known until 2026-08-11\.$/)
  const coverage = { ...fixture.coverage, last: '2026-11-01T00:00:00Z' }
  assert.match(knownWords({ ...fixture, coverage }), /known until 2026-08-11, and the evidence is newer/)
  const { out } = await postern(['--version'])
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
    'builds.csv + ExchangeSE,RTM,Sep26SU,SU,15.2.2562.99,2026-09-08,\ncves.csv ~ CVE-2018-0924: known to be used, in the catalogue since 2026-10-01\n2 differences. Nothing is written without --write.\n',
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

test('tables that are written anew without a difference are the same bytes', () => {
  const files = write(join(folder, 'same'), { 'kev.json': '{"vulnerabilities":[]}' })
  const into = join(folder, 'knowledge-same')
  cpSync(join(root, 'knowledge'), into, { recursive: true, filter: (path) => !path.endsWith('.baseline') })
  update(into, '--kev', join(files, 'kev.json'), '--write')
  for (const name of ['cves.csv', 'known-until.csv'])
    assert.equal(readFileSync(join(into, name), 'utf8'), readFileSync(join(root, 'knowledge', name), 'utf8'))
})
