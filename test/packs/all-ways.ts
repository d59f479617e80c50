import assert from 'node:assert/strict'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listEvidence } from '../../src/evidence/index.ts'
import type { Scan } from '../../src/model/scan.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember, type ScanSettings } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'

const packs = join(fileURLToPath(new URL('../../', import.meta.url)), 'packs')
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const { events } = knowledge.rules
// What rules find in the bytes of a file does not depend on how its rows are read.
const whole: ScanSettings = { rules: { ...knowledge.rules, scanners: [] }, ask: askAll(events), zone: null }

/** The ways to read a file: with the kernel, in plain TypeScript, and every row an event. Values are kept from file to file. */
const ways = {
  kernel: { ...whole, lexicons: new ValueCaches(events) },
  plain: { ...whole, lexicons: new ValueCaches(events, { fast: false }) },
  // What rules of a story ask beside all others.
  tied: { ...whole, tied: true, lexicons: new ValueCaches(events) },
} satisfies Record<string, ScanSettings>

/** Reads every file of some evidence in all these ways, and holds the scans to what they are where every row is an event. */
export async function sameInAllWays(
  evidence: string,
  some: readonly (keyof typeof ways)[] = ['kernel', 'plain', 'tied'],
): Promise<{ files: number; hits: number }> {
  let [files, hits] = [0, 0]
  for (const member of (await listEvidence(evidence)).members) {
    const expected = await scanMember(member, whole)
    const tied = some.includes('tied') ? await scanMember(member, { ...whole, tied: true }) : expected
    for (const way of some)
      assertSame(await scanMember(member, ways[way]), way === 'tied' ? tied : expected, `${way}: ${member.path}`)
    files++
    hits += expected.hits.length
  }
  return { files, hits }
}

/** Part by part: what differs between two large results cannot be printed. */
function assertSame(scan: Scan, expected: Scan, where: string): void {
  for (const [name, part] of Object.entries(expected)) {
    const other: unknown = scan[name as keyof Scan]
    if (!Array.isArray(part)) assert.deepEqual(other, part, `${where}: ${name}`)
    else {
      assert.equal((other as unknown[]).length, part.length, `${where}: ${name}`)
      for (const [i, each] of part.entries()) assert.deepEqual((other as unknown[])[i], each, `${where}: ${name} ${i}`)
    }
  }
}
