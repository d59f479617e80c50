import { standingOf } from '../model/own-places.ts'
import type { Scan } from '../model/scan.ts'
import type { FindingWithHits } from './findings.ts'
import { areAllOfTenant } from './located.ts'

/** Findings that are computed from the records of a tenant: entries of exports in a folder of a server get the mark that those of rules have. */
export function withCustomExports(
  found: readonly FindingWithHits[],
  scans: readonly Scan[],
): readonly FindingWithHits[] {
  if (found.length === 0 || areAllOfTenant(scans)) return found
  const paths = new Set(scans.flatMap(({ artifact }) => (standingOf(artifact) === 'custom' ? [artifact.path] : [])))
  return found.map((f) => ({
    ...f,
    hits: f.hits.map((hit) => (paths.has(hit.event.at.path) ? { ...hit, custom: true as const } : hit)),
  }))
}
