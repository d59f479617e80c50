import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { jsonOrNull } from '../lib/json.ts'

/** So deep, and through so many folders, results are looked for. */
const DEEPEST = 3
const MOST = 2_000

/**
 * Folders in the evidence that look like results of an earlier run. This decides nothing: whoever wrote the evidence can write such a
 * folder, so it is read as evidence like any other.
 */
export function ownResultsIn(evidence: readonly string[]): readonly string[] {
  const found: string[] = []
  let folders = 0
  const walk = (folder: string, depth: number): void => {
    if (++folders > MOST) return
    let inside
    try {
      inside = readdirSync(folder, { withFileTypes: true })
    } catch {
      return // What cannot be read is a gap of the run.
    }
    if (inside.some(({ name }) => name === 'assessment.json') && isRun(join(folder, 'run.json'))) found.push(folder)
    else if (depth < DEEPEST)
      for (const entry of inside) if (entry.isDirectory()) walk(join(folder, entry.name), depth + 1)
  }
  for (const path of evidence) walk(path, 0)
  return found
}

function isRun(file: string): boolean {
  try {
    const { size } = statSync(file)
    if (size > 1 << 20) return false
    return (jsonOrNull(readFileSync(file, 'utf8')) as { readonly schema?: unknown } | null)?.schema === 'postern-run/1'
  } catch {
    return false
  }
}
