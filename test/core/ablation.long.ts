import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { ablated, entered } from './ablation.ts'

// A server that was entered, with sources of evidence taken away: the verdict may weaken to "cannot tell" and must never
// become "no evidence".

const root = fileURLToPath(new URL('../../', import.meta.url))
const sample = join(root, 'samples', 'server')
const exchange = 'C/Program Files/Microsoft/Exchange Server/V15'
const sources: Readonly<Record<string, readonly string[]>> = {
  'IIS front end': ['C/inetpub/logs/LogFiles/W3SVC1'],
  'IIS back end': ['C/inetpub/logs/LogFiles/W3SVC2'],
  HttpProxy: [`${exchange}/Logging/HttpProxy`],
  'ECP Server': [`${exchange}/Logging/ECP`],
  EWS: [`${exchange}/Logging/Ews`],
  'OAB generator': [`${exchange}/Logging/OABGeneratorLog`],
  'Windows events': ['C/Windows/System32/winevt'],
  'web roots': ['C/inetpub/wwwroot', `${exchange}/FrontEnd`],
  'compiled pages': ['C/Windows/Microsoft.NET'],
  configuration: ['C/Windows/System32/inetsrv', `${exchange}/TransportRoles`, 'C/ExchangeSetupLogs'],
}
const names = Object.keys(sources)
const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b]))
const kept = [...names.map((name) => [name]), ...pairs]

const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))

for (const server of entered)
  void test(`${server.name}: one source taken away`, async () =>
    assert.deepEqual(await ablated(server, (all) => all.map((name) => [name])), []))

for (const few of kept) {
  void test(`without ${few.join(' and ')}`, async () =>
    check(await assessed(names.filter((name) => !few.includes(name)))))
  void test(`${few.join(' and ')} alone`, async () => check(await assessed(few)))
}

function check({ verdict, answers }: Assessment): void {
  assert.notEqual(verdict.is, 'no-evidence', verdict.sentence)
  for (const question of ['exploited', 'compromised', 'mail-taken'] as const) {
    const answer = answers.find((a) => a.question === question)!
    assert.notEqual(answer.is, 'no-evidence', answer.sentence)
  }
}

async function assessed(keep: readonly string[]): Promise<Assessment> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-ablation-'))
  try {
    for (const path of keep.flatMap((name) => sources[name]!))
      cpSync(join(sample, path), join(folder, path), { recursive: true })
    return await assess([folder], knowledge, facts, inlinePool(knowledge, null), { fallbackName: 'X', tool: 'test' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
