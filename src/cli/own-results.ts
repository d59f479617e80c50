import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { jsonOrNull } from '../lib/json.ts'
import { trimEnd } from '../lib/trim.ts'

/** Depth and number of folders in which results are searched for. */
const DEEPEST = 3
const MOST = 2_000

/** Maximum of folders named. */
const NAMED = 3

/**
 * Names folders in the evidence that look like results of an earlier run. This decides nothing: an attacker can write such a folder,
 * so it is read as evidence like any other unless the user leaves it out.
 */
export function notesOnOwnResults(evidence: readonly string[], excluded: readonly string[]): readonly string[] {
  const found = evidence.flatMap((root) =>
    ownResultsIn(root).map((folder) => ({ folder, inside: relative(root, folder).replaceAll(sep, '/') })),
  )
  return found
    .filter(
      ({ inside }) => !excluded.some((path) => inside === path || `${inside}/`.startsWith(`${trimEnd(path, '/')}/`)),
    )
    .slice(0, NAMED)
    .map(
      ({ folder, inside }) =>
        `${folder} looks like results of Postern. It is read as evidence, since anyone can write such a folder: ${howToLeaveOut(inside)}.`,
    )
}

/** A name of the evidence becomes part of a command only where a shell cannot mean anything else by it. */
function howToLeaveOut(inside: string): string {
  if (inside === '') return 'move results out of the evidence'
  const isPlain = /^[\p{L}\p{N}_.][\p{L}\p{N}_./-]*$/u.test(inside)
  return `move results out of the evidence, or leave them out with --exclude ${isPlain ? inside : 'and their path inside the evidence'}`
}

function ownResultsIn(evidence: string): readonly string[] {
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
  walk(evidence, 0)
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
