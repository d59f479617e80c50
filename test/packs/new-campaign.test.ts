import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { loadKnowledge, packFolders } from '../../src/knowledge/load-packs.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { briefingLanguages } from '../../src/locales/languages.ts'
import { managementPage } from '../../src/reports/briefing/management-page.ts'
import { bare } from '../../src/locales/briefing-text.ts'
import { unpackReport } from '../../src/reports/html/data.ts'
import { checkPacks } from '../../src/run/pack-check.ts'
import { readTable } from '../../src/lib/table.ts'
import { filesBelow, place, root, write } from '../cli/command.ts'
import { runHere } from '../cli/in-process.ts'

// A campaign is a folder of data and nothing else: that of an invented one is laid among the packs that ship, and everything
// knows it, with its own words in every language.

const rows = (...lines: readonly string[]): string =>
  [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status',
    ...lines,
    '',
  ].join('\r\n')
const row = (stem: string, query: string, status: number): string =>
  `2021-06-03 04:23:22 192.0.2.10 POST ${stem} ${query} 443 - 203.0.113.7 curl/7.64 ${status}`
const rule = (id: string, title: string, status: number, postern: string): string => `title: ${title}
id: ${id}
description: Detects a request for the page of the invented campaign.
author: J. Doe
license: MIT
logsource: { category: webserver }
detection:
  page: { cs-uri-stem|endswith: /ecp/lantern.aspx, cs-uri-query|startswith: wick=, sc-status: ${status} }
  condition: page
falsepositives: [A penetration test that was ordered.]
level: high
postern: { ${postern}, cves: [CVE-2021-26855] }
`
const plain = {
  en: { summary: 'The lantern could be lit without a password.', action: 'Have the lantern put out.' },
  de: { summary: 'Die Laterne ließ sich ohne Passwort anzünden.', action: 'Die Laterne löschen lassen.' },
  fr: { summary: 'On pouvait allumer la lanterne sans mot de passe.', action: 'Faire éteindre la lanterne.' },
  ja: { summary: 'パスワードなしでランタンに火を灯せました。', action: 'ランタンの火を消させる。' },
} as const
const inLanguages = (key: 'summary' | 'action'): string =>
  briefingLanguages.map((language) => `${language}: ${plain[language][key]}`).join(', ')

const lantern = {
  'pack.yml': `id: lantern-2021
name: Lantern
summary: In June 2021 attackers requested a page of their own.
cves: [CVE-2021-26855]
vulnerabilities: [CVE-2021-26855]
products: [Exchange2016, Exchange2019]
exploitation: { from: 2021-06-01, to: 2021-06-30 }
needs: { targeted: [[iis-frontend]], exploited: [[iis-frontend]] }
cannotSee: [What a firewall in front of the server stopped.]
references: [https://advisories.example/lantern]
wouldChange:
  exploited: [{ what: IIS logs of the front end, logs: [[iis-frontend]] }]
actions:
  - id: put-out-the-lantern
    title: Put out the lantern
    why: It burns until somebody puts it out.
    how: [Put it out.]
    when: { rules: [lantern-answered] }
`,
  'text.yml': `name: Lantern (CVE-2021-26855)
cves: [CVE-2021-26855]
summary: { ${inLanguages('summary')} }
actions: { put-out-the-lantern: { ${inLanguages('action')} } }
`,
  'rules/lantern-answered.yml': rule(
    '8a6e2b44-3f0d-4c7e-9a0f-5d2c1b7e6f10',
    'Lantern Page Answered',
    200,
    'stage: access, subject: request, sign: use, strength: strong',
  ),
  'rules/lantern-refused.yml': rule(
    '8a6e2b44-3f0d-4c7e-9a0f-5d2c1b7e6f11',
    'Lantern Page Refused',
    403,
    'stage: attempt, subject: request, sign: content, strength: strong',
  ),
  'samples/rules/lantern-answered/fire/u_ex210603.log': rows(row('/ecp/lantern.aspx', 'wick=1', 200)),
  'samples/rules/lantern-answered/quiet/u_ex210603.log': rows(row('/ecp/lantern.aspx', 'wick=1', 403)),
  'samples/rules/lantern-refused/fire/u_ex210603.log': rows(row('/ecp/lantern.aspx', 'wick=1', 403)),
  'samples/rules/lantern-refused/quiet/u_ex210603.log': rows(row('/ecp/lantern.aspx', 'wick=1', 200)),
}

test('the folder of an invented campaign among the packs that ship is all that it needs', async () => {
  const folder = place()
  const packs = join(folder, 'packs')
  cpSync(join(root, 'packs'), packs, { recursive: true })
  write(join(packs, 'lantern-2021'), lantern)
  write(folder, {
    'evidence/C/inetpub/logs/LogFiles/W3SVC1/u_ex210603.log': rows(
      row('/ecp/lantern.aspx', 'wick=1', 403),
      row('/ecp/lantern.aspx', 'wick=2', 200),
    ),
  })

  // In this process: with all samples of all packs the check takes a while.
  const known = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
  const ids = (table: string) =>
    new Set(readTable(new URL(`../../knowledge/${table}`, import.meta.url)).map((line) => Object.values(line)[0]!))
  const problems = await checkPacks([packs], known, {
    products: ids('products.csv'),
    cves: ids('cves.csv'),
    known: [packs],
    benign: [join(root, 'samples/benign')],
  })
  assert.deepEqual(
    problems.filter(({ is }) => is === 'wrong'),
    [],
  )

  const options = ['--packs', packs, '--out', 'results', '--format', 'management', '--language', 'de']
  const assessed = await runHere(['assess', 'evidence', ...options], { cwd: folder })
  assert.equal(assessed.status, 5, assessed.out + assessed.err)
  const files = filesBelow(join(folder, 'results'))
  const result = (name: string): string =>
    readFileSync(join(folder, 'results', files.find((file) => basename(file) === name)!), 'utf8')
  for (const words of [plain.de.summary, plain.de.action]) assert.ok(result('management.html').includes(words), words)

  // What report.html carries is enough for the page in every language.
  const { report, texts } = pageOf(result('report.html'))
  assert.deepEqual(Object.keys(texts.actions).sort(), report.actions.map(({ id }) => id).sort())
  for (const language of briefingLanguages) {
    const shown = JSON.stringify(managementPage(report, language, texts))
    for (const words of [plain[language].summary, plain[language].action]) assert.ok(shown.includes(words), words)
    assert.ok(!shown.includes('"lang":"en"'), `${language}: words of a pack that are not translated`)
    assert.ok(bare(managementPage(report, language, texts).headline).length > 0)
  }
  const { campaigns } = JSON.parse(result('assessment.json')) as Assessment
  assert.equal(campaigns.filter(({ campaign }) => campaign !== 'unknown').length, known.campaigns.length)
  assert.equal(packFolders(packs).length, packFolders(join(root, 'packs')).length + 1)
})

function pageOf(html: string) {
  const block = (kind: string): readonly string[] =>
    [...html.matchAll(new RegExp(`<div id="data${kind}" hidden>([^<]*)</div>`, 'g'))].map(([, text]) =>
      inflateRawSync(Buffer.from(text!, 'base64')).toString('utf8'),
    )
  return unpackReport({
    report: block('')[0]!,
    findings: block('-findings-\\d+'),
    files: block('-files-\\d+'),
    rows: block('-rows-\\d+'),
  })
}
