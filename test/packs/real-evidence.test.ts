import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openEvidence, type Member } from '../../src/evidence/index.ts'
import type { Scan } from '../../src/model/scan.ts'
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
  // A lead is no web shell that is found.
  const yara = found.filter((one) =>
    hits(one).some((info) => info.level !== 'low' && (info.file.endsWith('.yar') || info.pack === 'built-in')),
  )
  const net = found.filter((one) => /\.(aspx|ashx|asmx|ascx|soap)$/i.test(one.artifact.path))
  const netFound = net.filter((one) => yara.includes(one))
  t.diagnostic(`${yara.length} of ${found.length} are found; of ASP.NET ${netFound.length} of ${net.length}`)
  assert.ok(yara.length >= found.length * 0.93, `${yara.length} of ${found.length}`)
  assert.ok(netFound.length >= net.length * 0.98, `${netFound.length} of ${net.length}`)
})

test('legitimate pages: no web shell', { skip }, async () => {
  for (const one of await scans('webroot-benign')) {
    const loud = hits(one).filter((info) => info.level !== 'low')
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
  test(`${folder}: nothing above low`, { skip }, async () => {
    for (const one of await scans(folder)) {
      const loud = hits(one).filter((info) => info.level !== 'low' && info.level !== 'informational')
      assert.deepEqual([one.artifact.path, loud.map((info) => info.title)], [one.artifact.path, []])
    }
  })
}

test('a transport agent that was refused is an attempt, and nothing that stays', { skip }, async () => {
  const found = (await scans('exchange/transport-agent')).flatMap(hits)
  const loud = found.filter((info) => info.level !== 'low' && info.level !== 'informational')
  assert.deepEqual(
    [...new Set(loud.map((info) => `${info.stage} ${info.title}`))],
    ['attempt Installation of an Unusual Transport Agent Refused'],
  )
  assert.ok(found.every((info) => info.stage === 'attempt' || info.stage === 'context'))
})

test('an OAB page as it was served is found without its script', { skip }, async () => {
  const found = (await scans('exchange/oab-webshell')).flatMap(hits)
  assert.ok(found.some((info) => info.title === 'Settings of an OAB virtual directory with a made-up URL'))
})

test('ProxyShell: a token that PowerShell took, and an export to a page that failed', { skip }, async () => {
  const titles = async (folder: string): Promise<string[]> =>
    (await scans(folder))
      .flatMap(hits)
      .filter((info) => info.pack === 'proxyshell-2021' && info.level !== 'low')
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
  assert.ok(hits(found[0]!).some((info) => info.level === 'high'))
})

async function scans(name: string): Promise<Scan[]> {
  const all: Scan[] = []
  for await (const member of (await openEvidence(join(data!, name))).list()) {
    if ('ref' in member) all.push(await scanMember(member as Member, settings))
  }
  return all
}

/** Without those of rules that are only counted by others: they say nothing by themselves. */
function hits(one: Scan) {
  return one.hits.flatMap((hit) => knowledge.infos.get(hit.rule) ?? [])
}
