import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  ElsewhereDigest,
  elsewhereOf,
  type ElsewhereLine,
  exchange,
  type KeyLine,
  namedElsewhere,
} from '../case/exchange.ts'
import { caseOf } from '../case/summarize.ts'
import { compareText } from '../lib/compare.ts'
import { visible } from '../lib/terminal.ts'
import type { Case } from '../model/case.ts'
import { caseJson, casePage } from '../reports/index.ts'
import { caseFile, casePageFile } from './case-files.ts'
import { readNumberedLines } from './read-lines.ts'
import { assessAgain, type DoneServer, keyFile, type Run } from './server-run.ts'
import { cannotWrite, makeFolder, writeNew } from './write-output.ts'

/** Most rounds: what one server received may change the keys that it sends to a third. */
const ROUNDS = 6
/** Characters that wait for each server until they are written. */
const HELD = 1 << 16

/**
 * Assesses servers of a case again, out of the ledger, where the others hold related entries, until nothing changes.
 * Returns notes for the case.
 */
export async function joinServers(run: Run): Promise<readonly string[]> {
  const { done, asked, terminal, unfinished } = run
  const order = done.map((_, i) => i).sort((a, b) => byDigest(done[a]!, done[b]!))
  const before = new Map<number, string>()
  const failed: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const inbox = new Inbox(unfinished.case, done.length)
    const members = order.map((i) => ({
      server: done[i]!.record.name,
      digest: done[i]!.record.input.sha256,
      lines: () => linesIn<KeyLine>(keyFile(run, i)),
    }))
    const notes = exchange(members, (to, line) => inbox.add(order[to]!, line))
    inbox.flush()
    const changed = order.filter((i) => inbox.digest(i) !== (before.get(i) ?? ''))
    if (changed.length === 0) return [...notes, ...failed]
    for (const i of changed) {
      before.set(i, inbox.digest(i))
      const { record } = done[i]!
      if (!asked.quiet)
        process.stderr.write(`${terminal.line}${visible(record.name)}: assessed again with evidence of other servers\n`)
      const reason = await assessAgain(run, i, elsewhereOf(linesIn<ElsewhereLine>(inbox.file(i))))
      done[i]!.with = reason === null ? [...inbox.from(i)] : done[i]!.with
      if (reason === null) continue
      const sentence = `${record.input.evidence.join(', ')}: evidence of other servers could not be taken into account: ${reason}`
      failed.push(sentence)
      process.stderr.write(`${terminal.line}postern: ${visible(sentence)}\n`)
    }
  }
  return [...failed, `After ${ROUNDS} rounds the servers still exchanged new keys; the last state is reported.`]
}

/** Writes case.json and case.html beside the folders of the servers. */
export function writeCase(run: Run, notes: readonly string[]): Case {
  const { done, failed, unfinished, asked } = run
  const pathsOf = Map.groupBy(done, ({ record }) => record.input.sha256)
  const records = done.map(({ path, record, with: digests }) => ({
    path,
    record,
    with: digests.flatMap((digest) => (pathsOf.get(digest) ?? []).map((other) => other.path)),
  }))
  const members = done.map(({ path, record }, i) => ({
    path,
    server: record.name,
    lines: () => linesIn<KeyLine>(keyFile(run, i)),
  }))
  members.sort((a, b) => compareText(a.path, b.path))
  const absent = namedElsewhere(members).map(({ name, entries, by }) => ({
    name,
    entries,
    by: [...new Set(by.map(({ path }) => path))].sort(),
  }))
  const all = caseOf(records, failed, { absent, notes })
  writeNew(join(unfinished.results, caseFile), caseJson(all))
  writeNew(join(unfinished.results, casePageFile), casePage(all, asked.wishes.language))
  return all
}

/** Servers in an order that does not depend on that in which they were given. */
function byDigest(a: DoneServer, b: DoneServer): number {
  return (
    compareText(a.record.input.sha256, b.record.input.sha256) ||
    compareText(a.record.input.evidence.join('\0'), b.record.input.evidence.join('\0'))
  )
}

function* linesIn<Line>(file: string): Generator<Line> {
  for (const [, text] of readNumberedLines(file)) yield JSON.parse(text) as Line
}

/** What each server receives in one round: a file each, appended to as lines arrive. */
class Inbox {
  readonly #folder: string
  readonly #held: string[]
  readonly #digests: readonly ElsewhereDigest[]

  constructor(folder: string, servers: number) {
    this.#folder = folder
    makeFolder(folder)
    this.#held = Array.from({ length: servers }, () => '')
    this.#digests = this.#held.map(() => new ElsewhereDigest())
    for (let i = 0; i < servers; i++) rmSync(this.file(i), { force: true })
  }

  add(server: number, line: ElsewhereLine): void {
    this.#digests[server]!.add(line)
    this.#held[server] += `${JSON.stringify(line)}\n`
    if (this.#held[server]!.length > HELD) this.#write(server)
  }

  flush(): void {
    for (const server of this.#held.keys()) this.#write(server)
  }

  file(server: number): string {
    return join(this.#folder, `${server}.inbox.jsonl`)
  }

  /** The same digest means that the server received the same. */
  digest(server: number): string {
    return this.#digests[server]!.value
  }

  from(server: number): ReadonlySet<string> {
    return this.#digests[server]!.from
  }

  #write(server: number): void {
    try {
      appendFileSync(this.file(server), this.#held[server]!)
    } catch (error) {
      throw cannotWrite(this.file(server), error)
    }
    this.#held[server] = ''
  }
}
