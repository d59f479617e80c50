import type { Member } from '../evidence/container.ts'
import { stampOf } from '../evidence/index.ts'
import { sha256 } from '../lib/hash.ts'
import type { Pool, Scan } from '../model/scan.ts'
import type { GapReason } from '../model/evidence.ts'
import type { Ledger } from './ledger.ts'
import { isScan } from './scan-schema.ts'

/**
 * A pool that takes from the ledger what an earlier run has read already, reads the rest, and keeps what is read.
 * `onFound` is told beforehand how many of how many were there.
 */
export function resumable(
  pool: Pool,
  ledger: Pick<Ledger, 'size' | 'take' | 'add'>,
  onFound: (found: number, of: number) => void,
): Pool {
  return {
    async run<Item, Result>(task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const members = items as readonly unknown[] as readonly Member[]
      const keys = new Keys()
      const found: (readonly [Scan, number])[] = []
      const rest: number[] = []
      for (const [index, member] of members.entries()) {
        keys.see(member)
        const result = ledger.size === 0 ? undefined : ledger.take(keys.of(member))
        if (isScan(result, member)) found.push([result, index])
        else rest.push(index)
      }
      onFound(found.length, members.length)
      for (const [scan, index] of found) each(scan as Result, index)
      await pool.run<Item, Result>(
        task,
        rest.map((index) => items[index]!),
        (result, at) => {
          const index = rest[at]!
          const scan = result as unknown as Scan
          // Before it is used: whoever gets it may keep less of it.
          if (lasts(scan)) ledger.add(() => keys.of(members[index]!), scan, weightOf(scan))
          each(result, index)
        },
      )
    },
  }
}

/** What might come out better at the next try is tried again. */
const passing: ReadonlySet<GapReason> = new Set([
  'timeout',
  'memory',
  'changed',
  'locked',
  'denied',
  'ioerror',
  'encrypted',
  'failed',
])

/** About how much there is of it. */
function weightOf({ hits, trails, requests }: Scan): number {
  return (
    1 +
    hits.length +
    trails.reduce((sum, { rows }) => sum + rows.length / 8, 0) +
    Object.values(requests).reduce((sum, { values }) => sum + values.length, 0)
  )
}

function lasts(scan: Scan): boolean {
  return !scan.gaps.some((gap) => passing.has(gap.reason))
}

/**
 * What the result of a member depends on besides the settings of the run: all that the listing says of it, and size and time
 * of the archive that it lies in and of the files that are read with it.
 */
class Keys {
  readonly #stamps = new Map<string, string | null>()

  /** Looks at the files around a member: what they are now is what is read. */
  see(member: Member): readonly (string | null)[] {
    const { ref, companions = [] } = member
    const isInArchive = ref.steps.length > (ref.steps[0]?.in === 'folder' ? 1 : 0)
    if (!isInArchive && companions.length === 0) return NONE
    return [...(isInArchive ? [ref] : []), ...companions.map((each) => each.ref)].map((each) => this.#stampOf(each))
  }

  of(member: Member): string {
    return sha256(JSON.stringify([member, this.see(member)]))
  }

  #stampOf({ root, steps }: Member['ref']): string | null {
    const path = steps[0]?.in === 'folder' ? steps[0].path : null
    const name = path === null ? root : `${root}\0${path}`
    let stamp = this.#stamps.get(name)
    if (stamp === undefined) this.#stamps.set(name, (stamp = stampOf(root, path)))
    return stamp
  }
}

const NONE: readonly never[] = []
