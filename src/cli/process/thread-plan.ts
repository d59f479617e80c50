import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkerKind } from '../../run/handle.ts'
import { isLargeLogFile } from '../../run/thread.ts'
import { type Parsed, readArguments, textArgument, texts } from '../arguments.ts'

/** The workers that will be needed. Told from the arguments alone; none with a mistake in them, which shows elsewhere. */
export function firstWorkers(args: readonly string[]): readonly WorkerKind[] {
  try {
    const { values, positionals } = readArguments('assess', args)
    if (positionals.length === 0) return []
    const servers = values.each || values.join ? [positionals] : positionals.map((path) => [path])
    if (!isShipped(values)) return ['process']
    const first = servers.map(firstFiles)
    const isOne = isOneJob(textArgument(values.jobs)) && first.every(({ isSmall }) => isSmall)
    return !isOne && first.some(({ hasLargeLog }) => hasLargeLog) ? ['process', 'thread'] : ['process']
  } catch {
    return []
  }
}

/** Are only rules asked that ship with Postern? Others are asked in processes alone. */
export function isShipped({ packs, rules, iocs }: Parsed['values']): boolean {
  return [packs, rules, iocs].every((given) => texts(given).length === 0)
}

/** Is evidence read by one process? `jobs`: as it was given. */
export function isForOne(evidence: readonly string[], jobs: string | undefined): boolean {
  return isOneJob(jobs) && firstFiles(evidence).isSmall
}

function isOneJob(jobs: string | undefined): boolean {
  return jobs === undefined || Number(jobs) === 1
}

/** A worker costs a second and 80 MB to start; an input with less than this is done sooner with one. */
const SMALL = { files: 2_000, bytes: 8_000_000 }

/**
 * What the first files of the evidence show: whether these are all, and small; and whether a log among them is worth a thread.
 * A worker that is not started now is started when there is work for it.
 */
function firstFiles(paths: readonly string[]): { readonly isSmall: boolean; readonly hasLargeLog: boolean } {
  let [bytes, files, hasLargeLog] = [0, 0, false]
  const isMore = (): boolean => files < SMALL.files && !(hasLargeLog && bytes >= SMALL.bytes)
  const walk = (path: string): void => {
    try {
      const entry = lstatSync(path)
      if (entry.isDirectory()) {
        for (const name of readdirSync(path)) if (isMore()) walk(join(path, name))
        return
      }
      files++
      bytes += /\.(zip|t?gz|7z|rar|zst|xz|bz2)$/i.test(path) ? entry.size * 8 : entry.size
      hasLargeLog ||= isLargeLogFile(path, entry.size)
    } catch {
      // What may not be read is a gap later; here it only has no size.
    }
  }
  for (const path of paths) walk(placeOf(path))
  return { isSmall: files < SMALL.files && bytes < SMALL.bytes, hasLargeLog }
}

function placeOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
