const HEX = '0123456789abcdef'

/** A small seeded generator (mulberry32 over an FNV-1a hash): the same text gives the same numbers on every machine. */
export class Seed {
  #state = 0x811c9dc5

  constructor(text: string) {
    for (const byte of Buffer.from(text)) this.#state = Math.imul(this.#state ^ byte, 0x01000193)
  }

  /** A whole number from 0 up to below `n`. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  hex(length: number): string {
    let digits = ''
    while (digits.length < length) digits += HEX[this.below(16)]!
    return digits
  }

  guid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`
  }
}
