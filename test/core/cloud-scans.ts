import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { listEvidence, type Member } from '../../src/evidence/index.ts'
import type { Scan } from '../../src/model/scan.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'

const packs = join(import.meta.dirname, '..', '..', 'packs')
const { rules } = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const settings = { rules, ask: askAll(rules.events), zone: null, lexicons: new ValueCaches(rules.events) }
const folder = mkdtempSync(join(tmpdir(), 'postern-scans-'))
after(() => rmSync(folder, { recursive: true }))

/** Each of these files (name → text), scanned with the rules that ship. */
export async function scansOf(files: Readonly<Record<string, string>>): Promise<Scan[]> {
  const scans: Scan[] = []
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text)
    const [member] = (await listEvidence(join(folder, name))).members as readonly Member[]
    scans.push(await scanMember(member!, settings))
    rmSync(join(folder, name))
  }
  return scans
}
