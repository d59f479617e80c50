import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PosternError } from '../errors.ts'
import { headLength, isLedger } from '../work/ledger.ts'
import { cannotWrite } from './write.ts'

/** The folder in OUT that there is while a run is not finished. */
export const unfinishedName = 'unfinished'

const LEDGER = 'ledger'
/** Reports, until all of them are whole. */
const RESULTS = 'results'
/** What a browser writes for itself while it prints. */
const BROWSER = 'browser'
/** Names of what is being moved to OUT. */
const PLACING = 'placing.json'
/** What a run that was ended while it did so had moved. */
const WITHDRAWN = 'withdrawn'

/**
 * What a run keeps in OUT until it is finished: the ledger of what it read, and its reports, which come to their places
 * when all are whole. A run that is ended in between, however hard, leaves this folder and nothing else.
 */
export class Unfinished {
  readonly ledger: string
  readonly results: string
  readonly browser: string
  readonly folder: string
  readonly #out: string

  /** `out` holds nothing but what an unfinished run may have left. */
  constructor(out: string) {
    this.#out = out
    this.folder = join(out, unfinishedName)
    this.ledger = join(this.folder, LEDGER)
    this.results = join(this.folder, RESULTS)
    this.browser = join(this.folder, BROWSER)
    try {
      if (!isThere(this.folder)) mkdirSync(this.folder)
      this.#withdraw()
      for (const folder of [this.results, this.browser]) rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      throw cannotWrite(this.folder, error)
    }
  }

  /** Moves the reports to OUT, and removes everything else. */
  place(): void {
    try {
      const names = readdirSync(this.results)
      writeFileSync(join(this.folder, PLACING), JSON.stringify(names))
      for (const name of names) {
        if (isThere(join(this.#out, name)))
          throw new PosternError('cannot-write', `${join(this.#out, name)} is there already: of another run.`)
        renameSync(join(this.results, name), join(this.#out, name))
      }
    } catch (error) {
      throw cannotWrite(this.#out, error)
    }
    this.remove()
  }

  /** The run failed: what it read is kept for the next. */
  leave(): void {
    leave(this.folder)
  }

  remove(): void {
    try {
      // First of all: without it the reports that were moved belong to a run that is finished.
      rmSync(join(this.folder, PLACING), { force: true })
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
    } catch (error) {
      throw cannotWrite(this.folder, error)
    }
  }

  /** A run that was ended between two moves is made anew: what it had moved goes back. */
  #withdraw(): void {
    const withdrawn = join(this.folder, WITHDRAWN)
    rmSync(withdrawn, { recursive: true, force: true })
    for (const name of placing(this.folder)) {
      if (!isThere(join(this.#out, name))) continue
      if (!isThere(withdrawn)) mkdirSync(withdrawn)
      renameSync(join(this.#out, name), join(withdrawn, name))
    }
    rmSync(join(this.folder, PLACING), { force: true })
  }
}

/** Is there nothing in OUT but what an unfinished run of Postern left? */
export function isUnfinished(out: string): boolean {
  const folder = join(out, unfinishedName)
  try {
    if (!lstatSync(folder).isDirectory()) return false
    const inside = readdirSync(folder)
    if (inside.some((name) => ![LEDGER, RESULTS, BROWSER, PLACING, WITHDRAWN].includes(name))) return false
    if (inside.length > 0 && !isLedger(headOf(join(folder, LEDGER)))) return false
    const known = new Set([unfinishedName, ...placing(folder)])
    return readdirSync(out).every((name) => known.has(name))
  } catch {
    return false // what cannot be asked is somebody's
  }
}

/** Ends what a run had begun that does not come to its end; true: something is left to go on from. */
export function leave(folder: string): boolean {
  try {
    for (const name of [RESULTS, BROWSER]) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
    const ledger = join(folder, LEDGER)
    if ((isThere(ledger) && statSync(ledger).size > headLength) || isThere(join(folder, PLACING))) return true
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // The next run looks again.
  }
  return false
}

/** Names in OUT that the run was moving there. */
function placing(folder: string): readonly string[] {
  const file = join(folder, PLACING)
  if (!isThere(file)) return []
  try {
    const names: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!Array.isArray(names)) return []
    // Names of this folder, never a path to another.
    return names.filter(
      (name): name is string => typeof name === 'string' && /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name),
    )
  } catch {
    return [] // cut off: nothing had been moved yet
  }
}

function headOf(file: string): Uint8Array {
  if (!lstatSync(file).isFile()) return Buffer.from('no file')
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(64)
    return bytes.subarray(0, readSync(handle, bytes))
  } finally {
    closeSync(handle)
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
