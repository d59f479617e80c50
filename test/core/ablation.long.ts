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

/**
 * Servers whose only trace of a step lies in a source that no campaign needs (it may prove and is never needed, docs/use/verdicts.md):
 * without it nothing is left to find, and the logs that are needed are whole.
 */
const loneTraces: Readonly<Record<string, string>> = {
  'iis-modules/compromised/command-by-its-user-name': 'IIS front end',
  'iis-modules/compromised/misspelt-module': 'configuration',
  'iis-modules/compromised/module-after-the-intrusion': 'Windows events',
  'loaders-2021/compromised/false-opera': 'Windows events',
  'mail-taken/exploited/orders-on-the-day-after': 'Windows events',
  'mail-taken/compromised/audit-logs-exported': 'the rest',
  'mail-taken/exploited/database-copied': 'Windows events',
  'mail-taken/exploited/mail-by-another-host': 'configuration',
  'mail-taken/compromised/opened-by-another-user': 'other Exchange logs',
  'microsoft-365/compromised/shell-and-an-application-let-in': 'the rest',
  'microsoft-365/compromised/shell-and-mail-opened-in-the-browser': 'the rest',
  'microsoft-365/compromised/shell-and-the-key-that-signs': 'the rest',
  'microsoft-365/compromised/shell-and-then-the-cloud': 'the rest',
  'miners/compromised/lemonduck-task': 'Windows events',
  'miners/compromised/miner-alone': 'Windows events',
  'post-exploitation/compromised/account-and-remote-desktop': 'Windows events',
  'post-exploitation/compromised/agent': 'configuration',
  'post-exploitation/compromised/application': 'configuration',
  'post-exploitation/compromised/commands-below-transport': 'Windows events',
  'post-exploitation/compromised/configuration-runs-pages': 'web roots',
  'post-exploitation/compromised/directory-in-a-table': 'the rest',
  'post-exploitation/compromised/directory-in-an-export': 'the rest',
  'post-exploitation/compromised/forwarding': 'Windows events',
  'post-exploitation/compromised/forwarding-beside-the-logon-screen': 'Windows events, registry and tasks',
  'post-exploitation/compromised/logon-screen': 'registry and tasks',
  'post-exploitation/compromised/module': 'configuration',
  'post-exploitation/compromised/module-of-the-present-state': 'configuration',
  'post-exploitation/compromised/page-gone-from-the-disk': 'the rest',
  'post-exploitation/compromised/passwords-tunnel-and-mail': 'Windows events',
  'post-exploitation/compromised/service': 'registry and tasks',
  'post-exploitation/compromised/service-gone-again': 'Windows events',
  'post-exploitation/compromised/service-in-the-log': 'Windows events',
  'post-exploitation/compromised/task': 'registry and tasks',
  'post-exploitation/compromised/task-in-the-log': 'Windows events',
  'proxylogon-2021/compromised/unified-messaging': 'Windows events',
  'proxylogon-2021/exploited/autodiscover-only': 'HttpProxy',
  'proxylogon-2021/exploited/oab-generator-wrote': 'other Exchange logs',
  'proxylogon-2021/exploited/write-failed-behind-the-door': 'ECP Server',
  'proxyoracle-2021/exploited/link-followed': 'IIS front end',
  'ransomware/compromised/note-alone': 'web roots',
  'transport-agents/compromised/agent-in-the-name-of-exchange': 'configuration',
}

for (const server of entered) {
  void test(`${server.name}: one source taken away`, async () => {
    const wrong = await ablated(server, (all) => all.map((name) => [name]))
    const without = new Set(wrong.map((says) => /^without (.*?): /.exec(says)![1]!))
    assert.equal([...without].join(', '), loneTraces[server.name] ?? '', wrong.join('\n'))
  })
}

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
