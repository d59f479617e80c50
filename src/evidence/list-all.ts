import type { ListingGap, Member } from './container.ts'
import type { Exclusions } from './exclusions.ts'
import { type ListedEvidence, listEvidence } from './index.ts'
import type { Progress } from '../model/progress.ts'

/** How evidence is listed and read. */
export type ReadingOptions = {
  /** What opens encrypted archives of the evidence. */
  readonly passwords?: readonly string[]
  readonly onProgress?: (progress: Progress) => void
  /** Receives the number of files found so far, from time to time. */
  readonly onFound?: (files: number) => void
  /** Maximum of archives read at the same time. */
  readonly jobs?: number
  /** What the user leaves out. */
  readonly exclude?: Exclusions
  /** Lists evidence, where that is not done here. */
  readonly list?: (root: string, onFound: (files: number) => void) => Promise<ListedEvidence>
}

/** Every file of all evidence, and what could not be listed. */
export async function listAll(
  evidence: readonly string[],
  passwords: readonly string[],
  { onFound = () => undefined, jobs = 1, list }: Pick<ReadingOptions, 'onFound' | 'jobs' | 'list'> = {},
): Promise<ListedEvidence> {
  const members: Member[] = []
  const refused: ListingGap[] = []
  const counted: ListedEvidence['counted'] = []
  for (const path of evidence) {
    const before = members.length
    const found = (files: number): void => onFound(before + files)
    const listed = await (list?.(path, found) ?? listEvidence(path, { passwords }, { jobs, onFound: found }))
    // One by one: a list of hundreds of thousands is more than a call takes arguments.
    for (const member of listed.members) members.push(member)
    for (const gap of listed.refused) refused.push(gap)
    for (const one of listed.counted) counted.push(one)
  }
  return { members, refused, counted }
}

/** The sum of all sizes; null where not all are known. */
export function totalSize(members: readonly Member[]): number | null {
  return members.some(({ size }) => size === null) ? null : members.reduce((sum, { size }) => sum + (size ?? 0), 0)
}
