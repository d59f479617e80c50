import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Found } from './detection.ts'
import { PosternError, refusal } from './errors.ts'
import type { Baseline } from './rules/baseline.ts'
import { listed, readList } from './rules/baseline.ts'
import { isPacked, unpack } from './rules/baseline-file.ts'

/** The baseline that ships with Postern. */
export const ownBaseline = new URL('../knowledge/exchange-files.baseline', import.meta.url)

/** The baselines of a run, read when the first file is asked about: most evidence has no file that they know. */
export function baselinesOf(files: readonly (string | URL)[]): () => readonly Baseline[] {
  let read: readonly Baseline[] | null = null
  return () => (read ??= files.map(readBaseline))
}

/** Reads one baseline: packed, or a list (plain or gzip). What is no baseline is the user's mistake. */
export function readBaseline(file: string | URL): Baseline {
  const name = basename(file instanceof URL ? file.pathname : file)
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new PosternError(
      code === 'ENOENT' ? 'no-such-path' : 'usage',
      `This baseline cannot be read: ${refusal(code)}.`,
      {
        file: String(file),
      },
    )
  }
  return isPacked(bytes)
    ? unpack(bytes, name)
    : listed(readList(bytes.toString('utf8'), name), name, 'given by the user')
}

/**
 * Pages that no baseline knows, held against the build that runs here: where a baseline has all files of it, other content
 * than its own is worth a look; where none has, every page of an update looks like this, and the finding says so.
 */
export function againstBuild(
  found: readonly Found[],
  builds: readonly { readonly build: string }[],
  baselines: (() => readonly Baseline[]) | undefined,
): Found[] {
  const build = builds.at(-1)?.build ?? null
  return found.map((f) => {
    const judged = f.hits[0]?.event.fields.Baseline
    if (!baselines || (judged !== 'changed' && judged !== 'unknown-path')) return f
    const covered = build !== null && baselines().some((baseline) => baseline.builds.includes(build))
    const note = covered
      ? `a baseline has all files of build ${build}, and this is none of them`
      : build === null
        ? 'which build ran here is not known: an update that no baseline has brings such pages'
        : `no baseline has the files of build ${build}: its own pages look like this`
    const raised = covered && judged === 'changed' && f.finding.level === 'low'
    return {
      ...f,
      finding: { ...f.finding, ...(raised ? { level: 'medium' as const } : {}), notes: [...f.finding.notes, note] },
    }
  })
}
