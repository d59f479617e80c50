import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PosternError } from '../lib/errors.ts'
import { ledgerHeadLength, isLedger } from '../run/ledger.ts'
import { Lock } from './lock.ts'
import { cannotWrite } from './write-output.ts'

/** The folder in OUT that there is while a run is not finished. */
export const unfinishedName = 'unfinished'

const LEDGER = 'ledger'
/** Reports, until all of them are whole. */
const RESULTS = 'results'
/** What a browser writes for itself while it prints. */
const BROWSER = 'browser'
/** The keys that the servers of a case exchange. */
const CASE = 'case'
/** Names of what is being moved to OUT. */
const PLACING = 'placing.json'
/** What a run that was ended while it did so had moved. */
const WITHDRAWN = 'withdrawn'
/** What a mistake of the program left to be reported; the next run takes it away. */
export const crashName = 'crash.txt'
/** Who writes here. */
const LOCK = 'lock'

/**
 * What a run keeps in OUT until it is finished: the ledger of what it read, and its reports, which come to their places
 * when all are whole. A run that is ended in between, however hard, leaves this folder and nothing else.
 */
export class Unfinished {
  readonly ledger: string
  readonly results: string
  readonly browser: string
  readonly case: string
  readonly folder: string
  readonly #out: string
  readonly #lock: Lock

  /** `out` holds nothing but what an unfinished run may have left; `named`: as the user did. */
  constructor(out: string, named = out) {
    this.#out = out
    this.folder = join(out, unfinishedName)
    this.ledger = join(this.folder, LEDGER)
    this.results = join(this.folder, RESULTS)
    this.browser = join(this.folder, BROWSER)
    this.case = join(this.folder, CASE)
    try {
      if (!isThere(this.folder)) mkdirSync(this.folder)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(this.folder, error)
    }
    this.#lock = Lock.take(join(this.folder, LOCK), named)
    try {
      // A run may have ended since one looked.
      if (!isUnfinished(out)) throw notEmpty(named)
      this.#withdraw()
      for (const name of [RESULTS, BROWSER, CASE, crashName])
        rmSync(join(this.folder, name), { recursive: true, force: true })
    } catch (error) {
      this.#lock.release()
      throw cannotWrite(this.folder, error)
    }
  }

  /**
   * Moves the reports to OUT, and removes everything else. What is moved has reached the medium before, and that it was moved,
   * afterwards: a machine that fails in between leaves a run that is not finished, and never a report that is empty.
   */
  place(): void {
    try {
      const names = readdirSync(this.results)
      syncAll(this.results)
      writeFileSync(join(this.folder, PLACING), JSON.stringify(names), { flush: true })
      syncFolder(this.folder)
      for (const name of names) {
        if (isThere(join(this.#out, name)))
          throw new PosternError(
            'cannot-write',
            `${join(this.#out, name)} exists already and belongs to another run. Choose another folder with --out.`,
          )
        renameSync(join(this.results, name), join(this.#out, name))
      }
      syncFolder(this.#out)
      syncFolder(this.results)
    } catch (error) {
      throw cannotWrite(this.#out, error)
    }
    this.remove()
  }

  /** The run failed: what it read is kept for the next. */
  leave(): void {
    this.#lock.release()
    leaveUnfinished(this.folder)
  }

  remove(): void {
    try {
      // First of all: without it the reports that were moved belong to a run that is finished.
      rmSync(join(this.folder, PLACING), { force: true })
      removeFolder(this.folder)
      syncFolder(this.#out)
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
    if (inside.some((name) => !isOwn(name))) return false
    if (inside.some((name) => !isBeside(name)) && !isLedger(headOf(join(folder, LEDGER)))) return false
    const known = new Set([unfinishedName, ...placing(folder)])
    return readdirSync(out).every((name) => known.has(name))
  } catch {
    return false // a folder that cannot be read is no unfinished run
  }
}

/** Nothing that a run would go on from. */
const isBeside = (name: string): boolean => name === LOCK || name === crashName || /^lock\.\d+$/.test(name)
const isOwn = (name: string): boolean =>
  isBeside(name) || [LEDGER, RESULTS, BROWSER, CASE, PLACING, WITHDRAWN].includes(name)

export function notEmpty(out: string): PosternError {
  return new PosternError(
    'out-not-empty',
    `${out} is not empty and may contain results of another run. Choose another folder with --out.`,
  )
}

/** The lock goes last: who finds none may begin. */
function removeFolder(folder: string): void {
  for (const name of readdirSync(folder))
    if (name !== LOCK) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
  rmSync(join(folder, LOCK), { force: true })
  try {
    rmdirSync(folder)
  } catch (error) {
    // Another run has begun.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Everything in a folder reaches the medium. */
function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncAll(path)
    else if (entry.isFile()) sync(path, 'r+')
  }
  syncFolder(folder)
}

/** The names in a folder reach the medium. Windows has no call for that, and needs none. */
function syncFolder(folder: string): void {
  if (process.platform !== 'win32') sync(folder, 'r')
}

function sync(path: string, flags: string): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } catch (error) {
    // Some network file systems cannot, and say so.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    closeSync(file)
  }
}

/** Ends what a run had begun that does not come to its end; true: something is left to go on from. */
export function leaveUnfinished(folder: string): boolean {
  try {
    for (const name of [RESULTS, BROWSER, CASE])
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
    const ledger = join(folder, LEDGER)
    if ((isThere(ledger) && statSync(ledger).size > ledgerHeadLength) || isThere(join(folder, PLACING))) {
      rmSync(join(folder, LOCK), { force: true })
      return true
    }
    removeFolder(folder)
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
