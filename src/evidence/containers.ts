import { refusal } from '../lib/errors.ts'
import { EvidenceError, gapReasonOf, type Container, type MemberRef, type MemberStep } from './container.ts'
import { directory } from './directory.ts'
import { encoded } from './encoded.ts'
import { gzip } from './gzip.ts'
import { isPackedFile, sevenZip } from './seven-zip.ts'
import { tar } from './tar.ts'
import { zip } from './zip.ts'
import { zstd } from './zstd.ts'

/** Every form in which evidence arrives, in the order in which they are asked. */
export const containers: readonly Container[] = [directory, zip, gzip, zstd, sevenZip, tar, encoded]

/** Those that hold the files of a server; one packed file is none. */
export const archives: readonly Container[] = [zip, tar, sevenZip]

/** The container that a file is, by its first bytes. */
export function recognize(head: Uint8Array, size: number | null): Container | undefined {
  return containers.find((c) => c.recognize(head, size))
}

/** Is this an archive of many files rather than one packed file? */
export function isArchive(container: Container, head: Uint8Array): boolean {
  return archives.includes(container) && !(container === sevenZip && isPackedFile(head))
}

/** The step into a file that is one packed file; null for any other. */
export function packedStep(head: Uint8Array): MemberStep | null {
  if (isPackedFile(head)) return { in: '7z', index: 0, at: 0, size: null }
  return gzip.recognize(head) ? { in: 'gzip' } : zstd.recognize(head) ? { in: 'zstd' } : null
}

export function containerOf(step: MemberStep): Container {
  const container = containers.find((c) => c.name === step.in)
  if (container === undefined) throw new Error(`no container is called ${step.in}`)
  return container
}

/** Does it lie in a folder, and in no archive? */
export function isLoose({ steps }: MemberRef): boolean {
  return steps.length === 1 && steps[0]!.in === 'folder'
}

/** Damage of the evidence or the medium as an `EvidenceError`, without paths of this machine; any other error is a bug. */
export function evidenceError(error: unknown, delivered: number): EvidenceError {
  const reason = gapReasonOf(error)
  if (reason === null) throw error
  const detail =
    error instanceof EvidenceError ? error.message : `cannot be read: ${refusal((error as NodeJS.ErrnoException).code)}`
  return new EvidenceError(reason, detail, delivered)
}
