import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The assessments of the two servers of samples/: the one that was entered, and the one to which nothing happened. */
export async function assessSamples(): Promise<{ readonly server: Assessment; readonly benign: Assessment }> {
  const knowledge = await loadKnowledge({ packs: [`${root}packs`], rules: [], iocs: [] })
  const facts = loadExposureFacts(`${root}knowledge`)
  const pool = inlinePool(knowledge, null)
  const run = (name: string): Promise<Assessment> =>
    assess([`${root}samples/${name}`], knowledge, facts, pool, {
      fallbackName: 'EVIDENCE',
      tool: 'postern 0.0.0',
    })
  return { server: await run('server'), benign: await run('benign') }
}
