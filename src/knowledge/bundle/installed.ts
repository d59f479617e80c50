import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRoot, type Trusted } from './verify.ts'
import { PosternError } from '../../lib/errors.ts'
import { jsonOrNull } from '../../lib/json.ts'
import { isoTime } from '../../lib/time.ts'
import type { Bundle } from '../../model/assessment.ts'

/** The file in a folder that says which bundle is installed there, and what is trusted from now on. */
export const stateFile = 'postern-bundle.json'

/** An installed bundle: the folder that holds its `packs` and `knowledge`, and what the next one is compared with. */
export type Installed = { readonly content: string; readonly bundle: Bundle; readonly trusted: Trusted }

/** What is installed in a folder; null when no bundle ever was. */
export function installedBundle(folder: string): Installed | null {
  const file = join(folder, stateFile)
  if (!existsSync(file)) return null
  const state = stateOf(file)
  if (state === null)
    throw new PosternError(
      'bad-bundle',
      'The file does not name the installed bundle. Install the bundle again into another folder.',
      {
        file,
      },
    )
  return { content: join(folder, state.content), bundle: state.bundle, trusted: state.trusted }
}

/** The text of that file. `content` is the name of a folder beside it. */
export function stateText(content: string, bundle: Bundle, trusted: Trusted): string {
  return `${JSON.stringify({ schema: 'postern-bundle-state/1', content, bundle, trusted }, null, 1)}\n`
}

function stateOf(file: string): Installed | null {
  const value = jsonOrNull(readFileSync(file, 'utf8')) as (Partial<Installed> & { readonly schema?: unknown }) | null
  const { schema, content, bundle, trusted } = value ?? {}
  const isBundle =
    Number.isSafeInteger(bundle?.version) &&
    typeof bundle?.expires === 'string' &&
    isoTime(bundle.expires) !== null &&
    typeof bundle.sha256 === 'string'
  const versions = trusted?.versions
  const isTrusted =
    (['timestamp', 'snapshot', 'targets'] as const).every((role) => Number.isSafeInteger(versions?.[role])) &&
    typeof trusted?.timestamp === 'string'
  if (schema !== 'postern-bundle-state/1' || typeof content !== 'string' || !isBundle || !isTrusted) return null
  if (!/^bundle-\d+-[0-9a-f]{12}$/.test(content)) return null
  return {
    content,
    bundle: bundle!,
    trusted: { ...trusted!, root: readRoot(Buffer.from(JSON.stringify(trusted!.root))) },
  }
}
