import { writeSync } from 'node:fs'

// How many files a process has begun, which it writes to a pipe: now and then, and at once for files of which one may end it. To
// write for each file costs as much as to read a small one.

/** The pipe, and the bytes of a number in it, the lowest first. */
export const BEGUN = 4
const NUMBER = 4

export function writeBegun(files: number): void {
  const bytes = Buffer.alloc(NUMBER)
  bytes.writeUInt32LE(files)
  writeSync(BEGUN, bytes)
}

/** What was written so far, piece by piece. Two threads write: the highest number is the last. */
export class BegunFiles {
  #begun = 0
  #cut = Buffer.alloc(0)

  get count(): number {
    return this.#begun
  }

  read(bytes: Buffer): void {
    const all = Buffer.concat([this.#cut, bytes])
    const whole = all.length - (all.length % NUMBER)
    for (let at = 0; at < whole; at += NUMBER) this.#begun = Math.max(this.#begun, all.readUInt32LE(at))
    this.#cut = all.subarray(whole)
  }
}
