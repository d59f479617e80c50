import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { ownBaseline, readBaseline } from '../../knowledge/baselines.ts'
import { PosternError, refusal } from '../../lib/errors.ts'
import { visible } from '../../lib/terminal.ts'
import { type BaselineRow, writeList } from '../../rules/baselines/baseline.ts'
import { readArguments, textArgument } from '../arguments.ts'
import { version } from '../paths.ts'
import { trimEnd } from '../../lib/trim.ts'

/** `postern baseline`: what is known good, and how to make more of it. */
export async function baselineCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('baseline', args)
  const [what, ...rest] = positionals
  if (what === 'list') return list(rest)
  const [folder] = rest
  if (what !== 'make' || folder === undefined || rest.length > 1)
    throw new PosternError(
      'usage',
      'Usage: postern baseline make FOLDER --build BUILD --out FILE, or postern baseline list [FILE...]',
    )
  const build = textArgument(values.build)
  const out = textArgument(values.out)
  if (build === undefined || !/^\d+\.\d+\.\d+\.\d+$/.test(build))
    throw new PosternError('usage', '--build has no valid build. Expected a build such as 15.2.1544.4.')
  if (out === undefined) throw new PosternError('usage', '--out is missing. Name the file for the list.')
  return make(folder, build, out)
}

function make(folder: string, build: string, out: string): number {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new PosternError('no-such-path', `${folder}: no such folder.`)
  // The folder may be the install folder itself, or one above or below it whose names say where it lies.
  const above = /exchange server[\\/]v15(?:[\\/][^]*|$)/i.exec(resolve(folder))?.[0]
  const prefix = above === undefined ? '' : `${trimEnd(above.replaceAll('\\', '/'), '/')}/`
  const rows = filesBelow(folder, '').map((path): BaselineRow => {
    const sha256 = readable(join(folder, path), hashOf)
    return { sha256, path: `${prefix}${path}`, from: build, to: build }
  })
  if (rows.length === 0) throw new PosternError('usage', `${folder}: the folder contains no file.`)
  const comments = [`known-good files of ${basename(folder)}, build ${build}`, `made by postern ${version}`]
  try {
    writeFileSync(out, writeList(rows, comments), { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new PosternError('cannot-write', `${out} cannot be written: ${refusal(code)}.`)
  }
  say(`${rows.length} ${rows.length === 1 ? 'file' : 'files'} of build ${build}: ${out}`)
  return 0
}

function list(files: readonly string[]): number {
  for (const file of [ownBaseline, ...files]) {
    const { name, origin, builds, paths, digests } = readBaseline(file)
    const span =
      builds.length === 0
        ? 'no build named'
        : builds.length === 1
          ? `build ${builds[0]}`
          : `${builds.length} builds, ${builds[0]} to ${builds.at(-1)}`
    say(`${name}: ${paths} paths, ${digests} contents, ${span}; ${origin}`)
  }
  return 0
}

/** Files in order of their names, with `/`; links are not followed. */
function filesBelow(folder: string, below: string): string[] {
  const entries = readable(join(folder, below), (path) => readdirSync(path, { withFileTypes: true }))
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(folder, path) : entry.isFile() ? [path] : []
    })
}

/** Reads a file or folder of the user's; a list with holes would call known what is not. */
function readable<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new PosternError('usage', `${path} cannot be read: ${refusal(code)}. The list would be incomplete.`)
  }
}

function hashOf(file: string): string {
  const hash = createHash('sha256')
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.allocUnsafe(1 << 20)
    for (let n = readSync(handle, buffer); n > 0; n = readSync(handle, buffer)) hash.update(buffer.subarray(0, n))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
