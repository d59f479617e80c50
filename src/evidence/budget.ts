import type { EvidenceLimits } from './container.ts'

// What a container may cost. It is spent by what the container states, where members are listed and before any is read, so
// that it depends neither on the order of reading nor on the number of threads.

/** An archive within the evidence is entitled to one member for every this many of its bytes. */
const MEMBER = 64
/** And to one opened archive for every this many of its bytes, plus a fixed number. */
const ARCHIVE = { bytes: 256, besides: 100 }
/** Members that are more than their archive's size entitles it to: so many of one, as long as there are any for all. */
const BESIDES = 10_000
/** Bytes that an archive in the evidence may hold besides `ratio` times its own. */
const BYTES = 2 ** 30

/** What is left for archives that lie in what was given: each draws on this after those that stand before it. */
type Shared = {
  /** Members that the size of their archives entitles them to, and those besides. */
  due: number
  besides: number
  /** Archives in those archives. */
  archives: number
}

type Left = { readonly members: number; readonly bytes: number; readonly archives: number }

/**
 * What one container may hold. What was given (the evidence, a collection in a folder) has a budget that nothing in it draws
 * on. An archive that lies in there, where an attacker may have left it, has what its size entitles it to.
 */
export class Budget {
  members: number
  bytes: number
  archives: number
  readonly #of: Left
  readonly #due: number
  readonly #around: Budget | null
  readonly #shared: Shared

  private constructor(of: Left, due: number, around: Budget | null, shared: Shared) {
    this.#of = of
    this.members = of.members
    this.bytes = of.bytes
    this.archives = of.archives
    this.#due = due
    this.#around = around
    this.#shared = shared
  }

  /** For what was given: a folder, or an archive of so many bytes. */
  static given(size: number, { entries, archives, ratio, total }: EvidenceLimits): Budget {
    const shared = { due: entries, besides: Math.ceil(entries / 4), archives }
    return new Budget({ members: entries, bytes: total + size * ratio, archives }, 0, null, shared)
  }

  /** Does it draw on nothing? */
  get isGiven(): boolean {
    return this.#around === null
  }

  /** For an archive of so many bytes that lies in this container: all that it may have is taken from this one. */
  within(size: number, { entries, ratio }: EvidenceLimits): Budget {
    const shared = this.#shared
    const entitled = Math.floor(size / MEMBER)
    const own = { bytes: size * ratio + BYTES, archives: Math.floor(size / ARCHIVE.bytes) + ARCHIVE.besides }
    if (!this.isGiven) {
      const members = Math.min(this.members, entitled + BESIDES)
      const of = { members, bytes: Math.min(this.bytes, own.bytes), archives: Math.min(this.archives, own.archives) }
      this.#take(of, 1)
      return new Budget(of, 0, this, shared)
    }
    const due = Math.min(entitled, shared.due, entries)
    const members = Math.min(entries, due + Math.min(BESIDES, shared.besides))
    const of = { members, bytes: own.bytes, archives: Math.min(shared.archives, own.archives) }
    shared.due -= due
    shared.besides -= members - due
    shared.archives -= of.archives
    return new Budget(of, due, this, shared)
  }

  /** What was not spent goes back to what is around it, when all in it is listed. */
  settle(): void {
    const around = this.#around
    if (around === null) return
    if (!around.isGiven) return around.#take(this, -1)
    // What was spent was due first.
    const spent = this.#of.members - this.members
    this.#shared.due += this.#due - Math.min(spent, this.#due)
    this.#shared.besides += this.#of.members - this.#due - Math.max(0, spent - this.#due)
    this.#shared.archives += this.archives
  }

  #take({ members, bytes, archives }: Left, sign: number): void {
    this.members -= sign * members
    this.bytes -= sign * bytes
    this.archives -= sign * archives
  }

  /**
   * Which of these costs there is room for: the small ones first, so that one large member takes the room of no other.
   * Null where there is room for all.
   */
  spend(costs: readonly number[]): Uint8Array | null {
    const sum = costs.reduce((all, cost) => all + cost, 0)
    if (sum <= this.bytes) {
      this.bytes -= sum
      return null
    }
    const fits = new Uint8Array(costs.length)
    const order = Uint32Array.from(costs.keys()).sort((a, b) => costs[a]! - costs[b]! || a - b)
    for (const i of order) {
      if (costs[i]! > this.bytes) break
      this.bytes -= costs[i]!
      fits[i] = 1
    }
    return fits
  }
}
