import type { FindingWithHits } from './findings.ts'
import { type Baseline, baselineKey, firstFolder } from '../rules/baselines/baseline.ts'
import type { BuildRun } from '../model/builds.ts'

/**
 * Pages that no baseline knows, compared with the build that runs here: where a baseline has all files of it, other content
 * than its own is worth a look; where none has, every page of an update looks like this, and the finding says so.
 */
export function againstBuild(
  found: readonly FindingWithHits[],
  builds: readonly Pick<BuildRun, 'build' | 'precision'>[],
  baselines: (() => readonly Baseline[]) | undefined,
): FindingWithHits[] {
  const last = builds.at(-1) ?? null
  return found.map((f) => {
    const fields = f.hits[0]?.event.fields
    const judged = fields?.Baseline
    if (!fields || !baselines || (judged !== 'changed' && judged !== 'unknown-path')) return f
    // A list may be of a part of that build only: it must know the path, or at least the folder.
    const key = baselineKey(String(fields.RelativePath ?? fields.TargetFilename))
    const covers = (baseline: Baseline): boolean =>
      last !== null &&
      baseline.builds.includes(last.build) &&
      (judged === 'changed' ? baseline.hasPath(key) : baseline.hasFolder(firstFolder(key)))
    const covered = last?.precision === 'update' && baselines().some(covers)
    const raised = covered && judged === 'changed' && f.finding.sign.strength === 'context'
    return {
      ...f,
      finding: {
        ...f.finding,
        ...(raised
          ? { sign: { ...f.finding.sign, strength: 'weak' as const }, level: 'medium' as const, is: 'lead' as const }
          : {}),
        notes: [...f.finding.notes, noteOf(last, covered)],
      },
    }
  })
}

function noteOf(last: Pick<BuildRun, 'build' | 'precision'> | null, covered: boolean): string {
  if (last === null) return 'which build ran here is not known: an update that no baseline has brings such pages'
  if (last.precision === 'cu')
    return `which update of ${last.build} ran here is not known: one that no baseline has brings such pages`
  if (covered) return `a baseline has all files of build ${last.build}, and this is none of them`
  return `no baseline has the files of build ${last.build} that lie here: its own pages look like this`
}
