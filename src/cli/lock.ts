import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { PosternError } from '../lib/errors.ts'
import { visible } from '../lib/terminal.ts'
import { cannotWrite } from './write-output.ts'

/** The holder of a lock: a process, which its number alone does not identify, since numbers are reused. */
type Holder = {
  readonly pid: number
  readonly host: string
  /** Seconds since 1970. */
  readonly since: number
  /** Distinguishes this process from another of the same number; null where the system does not provide it. */
  readonly start: string | null
}

/** The lock of another machine is refreshed so often (ms); one that was not for so long is free. */
const REFRESHED = 10_000
const FORGOTTEN = 5 * 60_000
/** A lock without a holder is being written, or was cut off so long ago (ms). */
const WRITTEN = 10_000

/**
 * A file that one run at a time has. The lock of a process that has ended is free, however it ended. What stands in the file may
 * have been written by anybody: it decides nothing but whether this run goes on.
 */
export class Lock {
  readonly #file: string
  readonly #timer: NodeJS.Timeout

  private constructor(file: string) {
    this.#file = file
    this.#timer = setInterval(() => {
      try {
        utimesSync(file, new Date(), new Date())
      } catch {
        // Another program removed the lock: this run goes on.
      }
    }, REFRESHED).unref()
  }

  /** Takes the lock; `out` is the locked folder, as the user named it. */
  static take(file: string, out: string): Lock {
    const own = holderNow()
    // The file of a run that is over is taken away by one of those that find it; a second may find another's new one.
    for (let tries = 0; tries < 3; tries++) {
      if (written(file, own)) return new Lock(file)
      const found = textOf(file)
      if (found === null) continue
      const holder = holderOf(found)
      const isHeld = holder === null ? Date.now() - modified(file) < WRITTEN : isRunning(holder, file)
      if (isHeld) throw inUse(holder, file, out)
      takeAway(file, found)
    }
    throw inUse(null, file, out)
  }

  release(): void {
    clearInterval(this.#timer)
    rmSync(this.#file, { force: true })
  }
}

function inUse(holder: Holder | null, file: string, out: string): PosternError {
  const who =
    holder === null
      ? 'another run'
      : `a run that began at ${timeOf(holder.since)} (process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`})`
  return new PosternError(
    'out-in-use',
    `${visible(out)} is in use by ${visible(who)}. Wait until it ends, or choose another folder with --out. If that run does not exist, remove ${visible(file)}.`,
  )
}

function timeOf(seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? 'an unknown time' : `${time.toISOString().slice(0, 19)}Z`
}

function holderNow(): Holder {
  return { pid: process.pid, host: hostname(), since: Math.floor(Date.now() / 1000), start: startOf(process.pid) }
}

/** False where there is one already. */
function written(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cannotWrite(file, error)
  }
}

function textOf(file: string): string | null {
  try {
    const stats = statSync(file)
    return stats.isFile() && stats.size <= 4096 ? readFileSync(file, 'utf8') : ''
  } catch {
    return null // it was removed meanwhile
  }
}

/** Null where it was cut off, or is none. */
function holderOf(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null
    const isOne =
      Number.isSafeInteger(holder?.pid) &&
      holder!.pid! > 0 &&
      typeof holder!.host === 'string' &&
      typeof holder!.since === 'number' &&
      (holder!.start === null || typeof holder!.start === 'string')
    return isOne ? (holder as Holder) : null
  } catch {
    return null
  }
}

function isRunning({ pid, host, since, start }: Holder, file: string): boolean {
  if (host !== hostname()) return Date.now() - modified(file) < FORGOTTEN
  const now = startOf(pid)
  if (now !== null && start !== null) return now === start
  // Before the machine was started nothing ran that runs still.
  return since * 1000 > Date.now() - uptime() * 1000 - 60_000 && isProcess(pid)
}

function modified(file: string): number {
  try {
    return statSync(file).mtimeMs
  } catch {
    return 0
  }
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When the process was started, and which start of the machine that was; null where there is none, or the system has no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    // The name of the program is in brackets, and may contain any character.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? null : `${boot} ${ticks}`
  } catch {
    return null
  }
}

/** Removes the lock that was found; one that another run has put there meanwhile is put back. */
function takeAway(file: string, found: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (textOf(aside) !== found) {
      renameSync(aside, file)
      return
    }
    rmSync(aside, { force: true })
  } catch {
    // Another run did.
  }
}
