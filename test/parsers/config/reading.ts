import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeText } from '../../../src/lib/text.ts'
import type { Event, Fact } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { choose } from '../../../src/parsers/index.ts'
import type { Head } from '../../../src/parsers/parser.ts'

export type Read = {
  readonly parser: string
  readonly events: readonly Event[]
  readonly gaps: readonly Omit<Gap, 'path'>[]
  readonly facts: readonly Fact[]
}

/** Reads bytes with the parser that is surest of them, and holds it to its accounts. */
export async function readWith(path: string, content: string | Uint8Array, piece = 97): Promise<Read> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content)
  const first = bytes.subarray(0, 65_536)
  const windowsPath = /^[A-Z]:\\/i.test(path) ? path : null
  const head: Head = { path, windowsPath, size: bytes.length, bytes: first, text: decodeText(first) }
  const parser = choose(head)
  const [events, gaps, facts]: [Event[], Omit<Gap, 'path'>[], Fact[]] = [[], [], []]
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const parsed = await parser.read(
    { ...head, modified: null, chunks },
    {
      event: (event) => void events.push(event),
      gap: (gap) => void gaps.push(gap),
      fact: (fact) => void facts.push(fact),
    },
  )
  assert.equal(parsed + gaps.reduce((sum, gap) => sum + gap.length, 0), bytes.length, `${path}: parsed + gaps = size`)
  for (const { at, raw } of events) {
    assert.equal(typeof raw, 'string')
    assert.ok(at.offset >= 0 && at.length >= 0 && at.offset + at.length <= bytes.length, 'an event lies in the file')
  }
  return { parser: parser.name, events, gaps, facts }
}

/** Files below a folder of the real evidence, with their bytes. */
export function* filesBelow(folder: string): Generator<readonly [path: string, bytes: Buffer]> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries.sort((a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1))) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) yield [path, readFileSync(path)]
  }
}

/** The evidence that is not in the repository. */
export const data = process.env.POSTERN_DATA
