import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Found } from './detection.ts'
import { PosternError, refusal } from './errors.ts'
import { type Baseline, baselineKey, firstFolder, listed, readList } from './rules/baseline.ts'
import { isPacked, unpack } from './rules/baseline-file.ts'
import type { BuildRun } from './server-facts.ts'

/** The baseline that ships with Postern. */
export const ownBaseline = new URL('../knowledge/exchange-files.baseline', import.meta.url)

/** The baselines of a run, read when the first file is asked about: most evidence has no file that they know. */
export function baselinesOf(files: readonly (string | URL)[]): () => readonly Baseline[] {
  let read: readonly Baseline[] | null = null
  return () => (read ??= files.map(readBaseline))
}

/** A list of a million files has a quarter of this. */
const LARGEST = 256 * 1024 * 1024

/** Reads one baseline: packed, or a list (plain or gzip). What is no baseline is the user's mistake. */
export function readBaseline(file: string | URL): Baseline {
  const name = basename(file instanceof URL ? file.pathname : file)
  let bytes: Buffer
  try {
    if (statSync(file).size > LARGEST) throw new PosternError('usage', TOO_LARGE, { file: name })
    bytes = readFileSync(file)
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes, { maxOutputLength: LARGEST })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || error instanceof PosternError) throw error
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new PosternError('usage', TOO_LARGE, { file: name })
    if (code.startsWith('Z_')) throw new PosternError('usage', 'Its gzip data are damaged or cut off.', { file: name })
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

const TOO_LARGE = 'This is no baseline: it is larger than 256 MiB.'

/**
 * Pages that no baseline knows, held against the build that runs here: where a baseline has all files of it, other content
 * than its own is worth a look; where none has, every page of an update looks like this, and the finding says so.
 */
export function againstBuild(
  found: readonly Found[],
  builds: readonly Pick<BuildRun, 'build' | 'precision'>[],
  baselines: (() => readonly Baseline[]) | undefined,
): Found[] {
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
    const raised = covered && judged === 'changed' && f.finding.level === 'low'
    return {
      ...f,
      finding: {
        ...f.finding,
        ...(raised ? { level: 'medium' as const } : {}),
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
