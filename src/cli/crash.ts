import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { visible } from '../lib/terminal.ts'
import { failureOf, stackOf } from '../run/handle.ts'
import { home, version } from './paths.ts'
import { crashName, unfinishedName } from './unfinished-run.ts'

/** A mistake of the program that ended a run; `out` is where the run was to write, as far as it had come. */
export class Crash extends Error {
  readonly out: string | undefined

  constructor(cause: unknown, out: string | undefined) {
    super('the run ended', { cause })
    this.out = out
  }
}

/**
 * Reports a mistake of the program: the stack, in places of the source, goes to a file, one sentence to the terminal. The file lies in
 * the folder of unfinished work in OUT, where there is one, else in a new temporary folder.
 */
export function reportCrash(thrown: unknown, args: readonly string[]): void {
  const { error, out } =
    thrown instanceof Crash ? { error: thrown.cause, out: thrown.out } : { error: thrown, out: undefined }
  const file = written(crashText([stackOf(error)], args), out)
  const head = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const what = visible(head.split('\n', 1)[0]!.slice(0, 200))
  if (isMemory(error)) {
    process.stderr.write('postern: Not enough memory. Run it on a machine with more memory, or with --jobs 1.\n')
    return
  }
  process.stderr.write(
    file === null
      ? `postern: Internal error in Postern ${version} (${what}). No file for the details could be written. Please report it as an issue of the project.\n`
      : `postern: Internal error in Postern ${version} (${what}). ${reportWith(file)}\n`,
  )
}

const reportWith = (file: string): string =>
  `Please report it as an issue of the project, with ${visible(file)}. Read that file first: an error may quote the evidence.`

/**
 * Mistakes of the program at single files of the evidence, or at one server of many: they cost that and not the run, which reports
 * them at its end.
 */
export class FileMistakes {
  readonly #args: readonly string[]
  #count = 0
  #servers = 0
  readonly #stacks = new Set<string>()

  constructor(args: readonly string[]) {
    this.#args = args
  }

  /** One mistake happens at many files: each stack is kept once, and the names of the files are the user's own. */
  add(stack: string): void {
    this.#count++
    this.#keep(stack)
  }

  /** One that cost a server of many; gives the sentence about it. */
  addServer(error: unknown): string {
    this.#servers++
    this.#keep(stackOf(error))
    return `Internal error in Postern ${version} (${failureOf(error)})`
  }

  #keep(stack: string): void {
    if (this.#stacks.size < MOST_STACKS) this.#stacks.add(stack)
  }

  /** Writes them to a folder of results, if there are any. */
  write(results: string): void {
    if (this.#count + this.#servers > 0)
      writeFileSync(join(results, crashName), crashText([...this.#stacks], this.#args))
  }

  /** The sentence about them; null where there are none. `out`: where the results lie now. */
  sentence(out: string): string | null {
    const files = this.#count === 1 ? 'one file' : `${this.#count} files`
    const servers = this.#servers === 1 ? 'one server' : `${this.#servers} servers`
    const lost = [
      ...(this.#servers > 0 ? [`${servers}, not assessed`] : []),
      ...(this.#count > 0 ? [`${files} of the evidence, listed as not read`] : []),
    ]
    if (lost.length === 0) return null
    return `Internal error in Postern ${version} at ${lost.join('; at ')}. ${reportWith(join(out, crashName))}`
  }
}

const MOST_STACKS = 20

const isMemory = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'

/** Names of options, but not what was said with them: paths are the user's own. */
function crashText(stacks: readonly string[], args: readonly string[]): string {
  const options = args.filter((arg) => arg.startsWith('-')).map((arg) => arg.split('=', 1)[0]!)
  return [
    `Postern ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `command: ${[args[0] ?? '', ...options].join(' ')}`,
    '',
    ...stacks.flatMap((stack) => [inSources(stack), '']),
  ].join('\n')
}

/** Longer lines are code of a file that was made small, and tell nothing. */
const LONGEST_LINE = 400

/** A stack with places in the source instead of those in files of the build; paths below the program are shortened. */
export function inSources(stack: string): string {
  const maps = new Map<string, SourceMap | null>()
  return stack
    .split('\n')
    .filter((line) => line.length <= LONGEST_LINE)
    .map((line) =>
      line.replace(
        /(file:\/\/[^\s()]{1,300}\.js):(\d{1,9}):(\d{1,9})/g,
        (place, url: string, row: string, column: string) => {
          try {
            return placeIn(fileURLToPath(url), Number(row), Number(column), maps)
          } catch {
            return place
          }
        },
      ),
    )
    .join('\n')
}

function placeIn(file: string, line: number, column: number, maps: Map<string, SourceMap | null>): string {
  const map = maps.get(file) ?? mapOf(file)
  maps.set(file, map)
  const entry = map?.findEntry(line - 1, column - 1)
  if (entry === undefined || !('originalSource' in entry)) return `${relative(home, file)}:${line}:${column}`
  return `${relative(home, join(dirname(file), entry.originalSource))}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
}

function mapOf(file: string): SourceMap | null {
  const map = `${file}.map`
  return existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : null
}

function written(text: string, out: string | undefined): string | null {
  for (const folder of [out === undefined ? null : join(out, unfinishedName), null]) {
    try {
      if (folder !== null) mkdirSync(folder, { recursive: true })
      const file = join(folder ?? mkdtempSync(join(tmpdir(), 'postern-')), crashName)
      writeFileSync(file, text)
      return file
    } catch {
      // There is another place, or none.
    }
  }
  return null
}
