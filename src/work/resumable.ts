import { WIDTH } from '../devices.ts'
import type { Member } from '../evidence/container.ts'
import { stampOf } from '../evidence/index.ts'
import { sha256 } from '../lib/hash.ts'
import type { GapReason, Pool, Scan } from '../model.ts'
import { TRAITS } from '../traffic.ts'
import type { Ledger } from './ledger.ts'

/**
 * A pool that takes from the ledger what an earlier run has read already, reads the rest, and keeps what is read.
 * `onFound` is told beforehand how many of how many were there.
 */
export function resumable(pool: Pool, ledger: Ledger, onFound: (found: number, of: number) => void): Pool {
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
])

/** About how much there is of it. */
function weightOf({ hits, trails, requests }: Scan): number {
  return (
    1 +
    hits.length +
    trails.reduce((sum, { rows }) => sum + rows.length / 6, 0) +
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

/** The ledger is a file that anybody may have changed: is this the result of that member, in its form? */
function isScan(value: unknown, { path }: Member): value is Scan {
  if (!isRecord(value) || !isRecord(value.artifact) || value.artifact.path !== path) return false
  const { artifact, saidMore } = value
  const numbers = [artifact.size, artifact.parsed, artifact.events, saidMore]
  const lists = ['gaps', 'hits', 'more', 'trails', 'facts', 'hours', 'hosts', 'recorded', 'said']
  return (
    typeof artifact.sha256 === 'string' &&
    Array.isArray(artifact.kinds) &&
    numbers.every((number) => Number.isSafeInteger(number)) &&
    lists.every((name) => Array.isArray(value[name])) &&
    isRequests(value.requests) &&
    isMail(value.mail) &&
    isDevices(value.devices) &&
    isPlain(value, 0)
  )
}

function isRequests(value: unknown): boolean {
  return (
    isRecord(value) &&
    TRAITS.every((trait) => {
      const tally = value[trait]
      return (
        isRecord(tally) &&
        Number.isSafeInteger(tally.beyond) &&
        ['values', 'counts', 'only'].every((name) => Array.isArray(tally[name]))
      )
    })
  )
}

function isMail(value: unknown): boolean {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value.beyond) &&
    ['mailboxes', 'sources', 'cells', 'together'].every((name) => Array.isArray(value[name]))
  )
}

function isDevices(value: unknown): boolean {
  if (value === undefined) return true
  return (
    isRecord(value) &&
    Number.isSafeInteger(value.beyond) &&
    Array.isArray(value.values) &&
    value.values.every((name) => typeof name === 'string' && name.split('\0').length === 3) &&
    Array.isArray(value.counts) &&
    value.counts.length === value.values.length * WIDTH &&
    value.counts.every((number) => typeof number === 'number') &&
    Array.isArray(value.clients) &&
    value.clients.length === value.values.length &&
    value.clients.every((client) => typeof client === 'string')
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Texts, numbers, lists and objects of these, and nothing else. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  if (depth > 32) return false
  if (Array.isArray(value)) return value.every((each) => isPlain(each, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  for (const key of Object.keys(value)) if (!isPlain((value as Record<string, unknown>)[key], depth + 1)) return false
  return true
}
