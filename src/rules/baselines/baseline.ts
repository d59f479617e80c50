import { PosternError } from '../../lib/errors.ts'
import { splitCsv } from '../../lib/csv.ts'

/**
 * What is known good: files by path and SHA-256. A rule language of its own, beside Sigma, YARA and indicators: it says
 * what a file is not. Forms of the files: docs/use/baselines.md.
 */
export type Baseline = {
  /** Name of the file that it was read from, and how much stands in it. */
  readonly name: string
  readonly origin: string
  readonly builds: readonly string[]
  readonly paths: number
  readonly digests: number
  /** Is anything known of files at this path? `key` as `baselineKey` gives it. */
  hasPath(key: string): boolean
  /** Is there a file of this name (lower case) at any path? */
  hasName(name: string): boolean
  /** Is anything known of files below this first folder of a key (`frontend`)? */
  hasFolder(folder: string): boolean
  /** The builds in which the file at this path has this content: lowest and highest; null when in none. */
  atPath(key: string, sha256: string): Span | null
  /** Where a file of this content is known, and in which builds; null when nowhere. */
  anywhere(sha256: string): (Span & { readonly key: string }) | null
}

/** Lowest and highest build (one and the same when there is one); empty texts when the list names no build. */
export type Span = { readonly from: string; readonly to: string }

/**
 * What a baseline says of one file.
 * known: path and content · known-elsewhere: content, at another path · changed: the path, not the content ·
 * unknown-path: no build has a file there, though the baseline has all files of that folder.
 */
export type Judgement = {
  readonly is: 'known' | 'known-elsewhere' | 'changed' | 'unknown-path'
  readonly knownPath: boolean
  readonly knownHash: boolean
  /** Builds that have this content: `15.1.2044.4` or `15.1.1415.2–15.2.858.5`; null when none is known or named. */
  readonly builds: string | null
  /** Path (key) at which this content is known, when that is another one. */
  readonly elsewhere: string | null
}

/** Folders below the install folder of which a baseline of Exchange holds every file. */
const covered = /^(frontend|clientaccess)\//

/** The path as baselines have it: below the install folder or else without drive, lower case, `/`, version folders as `<v>`. */
export function baselineKey(path: string): string {
  const slashed = path.toLowerCase().replaceAll('\\', '/')
  const installed = /(?:^|\/)exchange server\/v15\/(?=.)/.exec(slashed)
  // Below the web site of Windows nothing of Exchange was installed, whatever a folder there is called.
  const isOwn = installed !== null && !/(?:^|\/)(?:inetpub|aspnet_client)\//.test(slashed.slice(0, installed.index + 1))
  const below = isOwn ? slashed.slice(installed.index + installed[0].length) : undefined
  const key = below ?? slashed.replace(/^[a-z]:/, '').replace(/^\/+/, '')
  return key.replace(/(^|\/)(?:\d+\.\d+\.\d+(?:\.\d+)?|version|<(?:build|version|v)>)(?=\/)/g, '$1<v>')
}

/** The first folder of a key, empty for a file without one. */
export function firstFolder(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('/')))
}

/** Judges a file by all baselines; null when none has anything to say. `path` is below the install folder, or whole. */
export function judgeFile(baselines: readonly Baseline[], path: string, sha256: string): Judgement | null {
  if (baselines.length === 0) return null
  const key = baselineKey(path)
  const knownPath = baselines.some((baseline) => baseline.hasPath(key))
  if (knownPath) {
    for (const baseline of baselines) {
      const span = baseline.atPath(key, sha256)
      if (span) return { is: 'known', knownPath, knownHash: true, builds: spanText(span), elsewhere: null }
    }
  }
  for (const baseline of baselines) {
    const found = baseline.anywhere(sha256)
    if (found)
      return { is: 'known-elsewhere', knownPath, knownHash: true, builds: spanText(found), elsewhere: found.key }
  }
  if (!knownPath && !covered.test(key)) return null
  return { is: knownPath ? 'changed' : 'unknown-path', knownPath, knownHash: false, builds: null, elsewhere: null }
}

function spanText({ from, to }: Span): string | null {
  if (from === '') return null
  return from === to ? from : `${from}–${to}`
}

// ---------------------------------------------------------------- lists as text

/** One line of a list. */
export type BaselineRow = { readonly sha256: string; readonly path: string; readonly from: string; readonly to: string }

/**
 * Reads a list: tab, comma or semicolon separated, with a header line that names `sha256` or `Hash` and `path` (as
 * `Get-FileHash | Export-Csv` writes it), or without one and the digest first. Lines that begin with `#` are comments.
 */
export function readBaselineList(text: string, file: string): BaselineRow[] {
  const rows: BaselineRow[] = []
  let columns: Columns | null = null
  let number = 0
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    number++
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = cellsOf(line)
    if (columns === null) {
      columns = headerOf(cells)
      if (columns) continue
      columns = { hash: 0, path: 1, builds: 2, algorithm: -1 }
    }
    rows.push(rowOf(cells, columns, { file, line: number }))
  }
  if (rows.length === 0) throw new PosternError('usage', 'The baseline lists no file.', { file })
  return rows
}

type Columns = { readonly hash: number; readonly path: number; readonly builds: number; readonly algorithm: number }

function cellsOf(line: string): string[] {
  const delimiter = ['\t', ';', ','].find((d) => line.includes(d)) ?? ','
  return splitCsv(line, delimiter).values.map((cell) => cell.trim())
}

function headerOf(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[\s_-]/g, ''))
  const find = (...wanted: string[]): number => names.findIndex((name) => wanted.includes(name))
  const hash = find('sha256', 'hash', 'sha256hash', 'filehash')
  const path = find('path', 'fullname', 'relativepath', 'relativepathlower', 'filename', 'file')
  if (hash < 0 || path < 0) return null
  return { hash, path, builds: find('builds', 'build', 'version', 'seenin'), algorithm: find('algorithm') }
}

function rowOf(cells: readonly string[], columns: Columns, where: { file: string; line: number }): BaselineRow {
  const algorithm = columns.algorithm < 0 ? 'SHA256' : (cells[columns.algorithm] ?? '')
  const sha256 = (cells[columns.hash] ?? '').toLowerCase()
  const path = cells[columns.path] ?? ''
  if (!/^sha-?256$/i.test(algorithm) || !/^[0-9a-f]{64}$/.test(sha256))
    throw new PosternError(
      'usage',
      'The line is not in the format of a baseline: a SHA-256 of 64 hex digits, then the path (docs/use/baselines.md).',
      where,
    )
  if (path === '') throw new PosternError('usage', 'The path after the SHA-256 is missing.', where)
  const builds =
    (columns.builds < 0 ? '' : (cells[columns.builds] ?? '')).match(/(?<!\d)\d+\.\d+\.\d+(?:\.\d+)?/g) ?? []
  const sorted = [...builds].sort(compareBuildNames)
  return { sha256, path, from: sorted[0] ?? '', to: sorted.at(-1) ?? '' }
}

/** A list as it is written by `postern baseline make`: readable, and read again by `readList`. */
export function writeList(rows: readonly BaselineRow[], comments: readonly string[]): string {
  const lines = rows.map(({ sha256, path, from, to }) =>
    [sha256, path.replace(/[\t\r\n]/g, ' '), from === to ? from : `${from}..${to}`].join('\t'),
  )
  return [
    ...comments.map((comment) => `# ${comment.replace(/[\r\n]/g, ' ')}`),
    'sha256\tpath\tbuilds',
    ...lines,
    '',
  ].join('\n')
}

/** A baseline of rows, held in maps: for the lists of one organization, some ten thousand lines. */
export function baselineOf(rows: readonly BaselineRow[], name: string, origin: string): Baseline {
  const byPath = new Map<string, Map<string, Span>>()
  const byHash = new Map<string, Span & { readonly key: string }>()
  const builds = new Set<string>()
  const names = new Set<string>()
  const folders = new Set<string>()
  for (const { sha256, path, from, to } of rows) {
    const key = baselineKey(path)
    names.add(key.slice(key.lastIndexOf('/') + 1))
    folders.add(firstFolder(key))
    let known = byPath.get(key)
    if (!known) byPath.set(key, (known = new Map()))
    known.set(sha256, wider(known.get(sha256), { from, to }))
    byHash.set(sha256, { key: byHash.get(sha256)?.key ?? key, ...wider(byHash.get(sha256), { from, to }) })
    for (const build of [from, to]) if (build !== '') builds.add(build)
  }
  return {
    name,
    origin,
    builds: [...builds].sort(compareBuildNames),
    paths: byPath.size,
    digests: byHash.size,
    hasPath: (key) => byPath.has(key),
    hasName: (name) => names.has(name),
    hasFolder: (folder) => folders.has(folder),
    atPath: (key, sha256) => byPath.get(key)?.get(sha256) ?? null,
    anywhere: (sha256) => byHash.get(sha256) ?? null,
  }
}

function wider(a: Span | undefined, b: Span): Span {
  if (!a || a.from === '') return b
  if (b.from === '') return { from: a.from, to: a.to }
  return {
    from: compareBuildNames(a.from, b.from) <= 0 ? a.from : b.from,
    to: compareBuildNames(a.to, b.to) >= 0 ? a.to : b.to,
  }
}

export function compareBuildNames(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
