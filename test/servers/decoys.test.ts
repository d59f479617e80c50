import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { materialise } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { entered } from '../core/ablation.ts'
import { named } from './changed-evidence.ts'

// An intruder leaves files that look like acts of someone else, with times that he chooses: pages under the names of Exchange's own
// and a list of transport agents, in a folder of copies or in an archive on the drive. What logs recorded of him stays one attack,
// and a file that is said to be older is not how he got in.

const root = fileURLToPath(new URL('../../', import.meta.url))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))
const pool = inlinePool(knowledge, null)

const V15 = 'Program Files/Microsoft/Exchange Server/V15'
const page = '<%@ Page %><html><body>ok</body></html>'
const agentOf = (name: string, made: string): string =>
  `<agent name="${name}" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgent" classFactory="${made}" assemblyPath="C:\\old\\x.dll" enabled="true" priority="1" />`
const agents = `<configuration><mexRuntime><agentList>${agentOf('Transport Rule Agent', 'Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.TransportRuleAgentFactory')}${agentOf('Own', 'Own.Factory')}</agentList></mexRuntime></configuration>`
const copies: readonly (readonly [name: string, content: string])[] = [
  [`${V15}/FrontEnd/HttpProxy/ecp/auth/TimeoutLogout.aspx`, page],
  [`${V15}/FrontEnd/HttpProxy/owa/auth/logon.aspx`, page],
  [`${V15}/FrontEnd/HttpProxy/owa/auth/errorFE.aspx`, page],
  [`${V15}/TransportRoles/Shared/agents.config`, agents],
]

/** Puts the copies into the evidence, each a minute after the one before. */
const decoys: Readonly<Record<string, (evidence: string, time: number) => void>> = {
  'in a folder': (evidence, time) => {
    for (const [i, [name, content]] of copies.entries()) {
      const path = join(evidence, 'C/old', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      utimesSync(path, time / 1000 + i * 60, time / 1000 + i * 60)
    }
  },
  'in an archive': (evidence, time) => {
    const members = copies.map(([name, content], i) => ({ name: `C/${name}`, content, modified: time + i * 60_000 }))
    writeFileSync(join(evidence, 'C/copies.zip'), zipOf(members))
  },
}

for (const name of [
  'mail-taken/exploited/searched',
  'any-intrusion/compromised/child-of-a-page-with-two-clients',
  'any-intrusion/compromised/encoded-command-below-the-worker',
])
  test(`${name}: files with times that were chosen part no attack and are no way in`, async () => {
    const spec = readSpec(entered.find((one) => one.name === name)!.file)
    const run = async (add: (evidence: string) => void): Promise<Assessment> => {
      const evidence = mkdtempSync(join(tmpdir(), 'postern-decoys-'))
      try {
        await materialise(spec, evidence)
        add(evidence)
        return await assess([evidence], knowledge, facts, pool, { fallbackName: 'EVIDENCE', tool: 'test' })
      } finally {
        rmSync(evidence, { recursive: true, force: true })
      }
    }
    const whole = await run(() => undefined)
    const acts = named(whole).times.sort((a, b) => a - b)
    for (const time of [acts[0]! - 20 * 3_600_000, acts[0]! - 3_600_000])
      for (const [where, put] of Object.entries(decoys)) {
        const result = await run((evidence) => put(evidence, time))
        const cleared = whole.answers.filter(
          ({ question, is }) =>
            (is === 'yes' || is === 'likely') &&
            result.answers.find((one) => one.question === question)!.is === 'no-evidence',
        )
        assert.deepEqual(
          cleared.map(({ question }) => question),
          [],
          `${where}, ${new Date(time).toISOString()}`,
        )
      }
  })
