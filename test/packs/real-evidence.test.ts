import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openEvidence, type Member } from '../../src/evidence/index.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import type { RuleInfo } from '../../src/model/rule.ts'
import type { Scan } from '../../src/model/scan.ts'
import { isStrong } from '../../src/model/sign.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'

// Over evidence of others, where its folder is given; none of it is kept here.
const data = process.env.POSTERN_DATA
const skip = data ? false : 'POSTERN_DATA is not set'
const knowledge = await loadKnowledge({
  packs: [join(import.meta.dirname, '../../packs')],
  rules: [],
  iocs: [],
})
const settings = { rules: knowledge.rules, ask: askAll(knowledge.rules.events), zone: null }

test('web shells: most are found', { skip }, async (t) => {
  const found = await scans('webshells.zip')
  const ofPages = (one: Scan): RuleInfo[] =>
    hits(one).filter((info) => info.file.endsWith('.yar') || info.pack === 'built-in')
  // A weak sign is a lead: a tool that reads or fetches, a page that is hidden.
  const shells = found.filter((one) => ofPages(one).some(isLoud))
  const leads = found.filter((one) => ofPages(one).length > 0)
  const net = found.filter((one) => /\.(aspx|ashx|asmx|ascx|soap)$/i.test(one.artifact.path))
  const of = (some: readonly Scan[]): string =>
    `${some.length} of ${found.length}, of ASP.NET ${net.filter((one) => some.includes(one)).length} of ${net.length}`
  t.diagnostic(`found: ${of(shells)}; with leads: ${of(leads)}`)
  assert.ok(shells.length >= found.length * 0.9, of(shells))
  assert.ok(leads.length >= found.length * 0.96, of(leads))
  assert.ok(net.filter((one) => shells.includes(one)).length >= net.length * 0.92, of(shells))
  assert.ok(net.filter((one) => leads.includes(one)).length >= net.length * 0.98, of(leads))
})

test('legitimate pages: no web shell', { skip }, async () => {
  for (const one of await scans('webroot-benign')) {
    const loud = hits(one).filter(isLoud)
    assert.deepEqual([one.artifact.path, loud.map((info) => info.title)], [one.artifact.path, []])
  }
})

for (const folder of [
  'evtx/benign-win10.zip',
  'evtx/winlogbeat-golden',
  'exchange/benign',
  'exchange/healthchecker-e16',
  'exchange/log-format-rows',
  'iis',
  'ntfs',
  'registry',
  'collections/velociraptor',
]) {
  test(`${folder}: nothing above a lead`, { skip }, async () => {
    for (const one of await scans(folder)) {
      const loud = hits(one).filter(isLoud)
      assert.deepEqual([one.artifact.path, loud.map((info) => info.title)], [one.artifact.path, []])
    }
  })
}

test('a transport agent that was refused is an attempt, and nothing that stays', { skip }, async () => {
  const found = (await scans('exchange/transport-agent')).flatMap(hits)
  const titles = found.filter(({ stage }) => stage !== 'context').map((info) => `${info.stage} ${info.title}`)
  assert.deepEqual([...new Set(titles)], ['attempt Installation of an Unusual Transport Agent Refused'])
})

test('an OAB page as it was served is found without its script', { skip }, async () => {
  const found = (await scans('exchange/oab-webshell')).flatMap(hits)
  assert.ok(found.some((info) => info.title === 'OAB Virtual Directory Settings with an Invented URL'))
})

test('ProxyShell: a token that PowerShell took, and an export to a page that failed', { skip }, async () => {
  const titles = async (folder: string): Promise<string[]> =>
    (await scans(folder))
      .flatMap(hits)
      .filter(({ pack, stage }) => pack === 'proxyshell-2021' && stage !== 'context' && stage !== 'cleanup')
      .map((info) => info.file.replace(/^.*\/|\.yml$/g, ''))
  assert.deepEqual([...new Set(await titles('exchange/proxyshell-insight'))].sort(), [
    'export-as-page-failed',
    'rps-token',
  ])
  assert.deepEqual(await titles('exchange/proxyshell-iis-row'), ['request-powershell-session'])
})

test('tasks of a machine on which an attack was simulated: that of the simulator alone', { skip }, async () => {
  const found = (await scans('scheduled-tasks')).filter((one) => hits(one).length > 0)
  assert.equal(found.length, 1)
  assert.ok(hits(found[0]!).some(isLoud))
})

async function scans(name: string): Promise<Scan[]> {
  const all: Scan[] = []
  for await (const member of (await openEvidence(join(data!, name))).list()) {
    if ('ref' in member) all.push(await scanMember(member as Member, settings))
  }
  return all
}

/** More than a lead by itself: a strong sign of more than an attempt. */
function isLoud({ stage, sign }: RuleInfo): boolean {
  const question = stageQuestion[stage]
  return question !== null && question !== 'targeted' && isStrong(sign)
}

/** Without those of rules that are only counted by others: they say nothing by themselves. */
function hits(one: Scan) {
  return one.hits.flatMap((hit) => knowledge.infos.get(hit.rule) ?? [])
}
