import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PosternError, refusal } from '../lib/errors.ts'
import { type Baseline, baselineOf, readBaselineList } from '../rules/baselines/baseline.ts'
import { isPacked, unpackBaseline } from '../rules/baselines/file-format.ts'

/** The baseline that ships with Postern. */
export const ownBaseline = new URL('../../knowledge/exchange-files.baseline', import.meta.url)

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
    if (code.startsWith('Z_')) throw new PosternError('usage', 'The gzip data is damaged or truncated.', { file: name })
    throw new PosternError(
      code === 'ENOENT' ? 'no-such-path' : 'usage',
      `This baseline cannot be read: ${refusal(code)}.`,
      {
        file: String(file),
      },
    )
  }
  return isPacked(bytes)
    ? unpackBaseline(bytes, name)
    : baselineOf(readBaselineList(bytes.toString('utf8'), name), name, 'given by the user')
}

const TOO_LARGE = 'This is no baseline: it is larger than 256 MiB.'
