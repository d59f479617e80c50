import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withCorrelations } from './correlations.ts'
import { openEvidence } from './evidence/index.ts'
import { compare } from './kept-hits.ts'
import type { Scan } from './model.ts'
import { type Knowledge, ruleName } from './packs.ts'
import { askAll } from './rules/ask.ts'
import { scan } from './scan.ts'

export type SampleResult = {
  readonly rule: string
  readonly sample: string
  readonly passed: boolean
  readonly detail: string
}

/**
 * Reads `samples/rules/<rule file>/{fire,quiet}` of every pack through the whole line: each sample under `fire` must be
 * hit by that rule, none under `quiet` may be, and a rule without both kinds of sample fails. What a correlation counts may
 * stand in several files: all under `fire` are one sample of it. Indicator lists are data and have none.
 */
export async function selfTest(packs: readonly string[], knowledge: Knowledge): Promise<SampleResult[]> {
  const results: SampleResult[] = []
  const correlations = new Set((knowledge.rules.correlations ?? []).map(({ info }) => info.id))
  const settings = { rules: knowledge.rules, ask: askAll(knowledge.rules.events), zone: null }
  for (const folder of packs.flatMap(folders)) {
    const pack = basename(folder)
    const rules = new Map(
      [...knowledge.infos.values()]
        .filter((info) => info.pack === pack && !/\.(csv|txt|ioc)$/.test(info.file))
        .map((info) => [ruleName(info), info.id]),
    )
    for (const [name, id] of [...rules].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const kind of ['fire', 'quiet'] as const) {
        const place = join(folder, 'samples', 'rules', name, kind)
        if (!existsSync(place)) {
          results.push({ rule: name, sample: kind, passed: false, detail: `there is no ${kind} sample` })
          continue
        }
        const evidence = await openEvidence(place)
        const result = (sample: string, scans: readonly Scan[]): void => {
          const hit = scans.some(({ hits }) => hits.some((h) => h.rule === id))
          results.push({
            rule: name,
            sample,
            passed: hit === (kind === 'fire'),
            detail: hit ? 'fired' : 'stayed silent',
          })
        }
        const together: Scan[] = []
        for await (const member of evidence.list()) {
          if (!('ref' in member)) continue
          const read = await scan(member, settings)
          if (correlations.has(id)) together.push(read)
          else result(`${kind}/${member.path}`, [read])
        }
        if (correlations.has(id)) result(kind, withCorrelations(together.sort(byPath), knowledge.rules).scans)
      }
    }
  }
  return results
}

function byPath(a: Scan, b: Scan): number {
  return compare(a.artifact, b.artifact)
}

function folders(path: string): string[] {
  return existsSync(join(path, 'pack.yml'))
    ? [path]
    : readdirSync(path)
        .sort()
        .map((name) => join(path, name))
        .filter((child) => existsSync(join(child, 'pack.yml')))
}
