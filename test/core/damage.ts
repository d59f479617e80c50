import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import type { Member, MemberRefusal } from '../../src/evidence/container.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { addTo } from '../../src/lib/collections.ts'
import { zoneOf } from '../../src/lib/zones.ts'
import { type GapReason, gapWords } from '../../src/model/evidence.ts'
import type { Pool } from '../../src/model/scan.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { isRunnable } from '../../src/model/file-fields.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { type EvidenceFile, evidenceFiles } from '../../tools/simulator/build.ts'
import { readSpec, when } from '../../tools/simulator/spec.ts'
import { sourceOf } from '../servers/evidence-sources.ts'
import type { Entered } from './ablation.ts'

// Servers that were entered, with files of the evidence damaged or not readable: what was not read must never make
// "no evidence" of them.

const root = fileURLToPath(new URL('../../', import.meta.url))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))

/** What is done to the bytes of a file. */
export const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'middle third zeroed': (bytes) => middle(bytes, (third) => third.fill(0)),
  'middle third random': (bytes) => middle(bytes, (third) => randomise(third)),
  'cut to a third': (bytes) => bytes.subarray(0, Math.floor(bytes.length / 3)),
  'last two thirds zeroed': (bytes) => {
    const copy = Buffer.from(bytes)
    copy.fill(0, Math.floor(bytes.length / 3))
    return copy
  },
  'all random': (bytes) => randomise(Buffer.from(bytes)),
  'all zeroed': (bytes) => Buffer.alloc(bytes.length),
  emptied: () => Buffer.alloc(0),
  'middle third line ends': (bytes) => middle(bytes, (third) => third.fill('\n')),
  'middle third blanks': (bytes) => middle(bytes, (third) => third.fill(' ')),
  'middle third comments': (bytes) => middle(bytes, (third) => third.fill('#\r\n')),
  // A line of other formats in front of it.
  'a trace of messages in front': (bytes) =>
    Buffer.concat([
      Buffer.from('{"SenderAddress":"a@b","RecipientAddress":"c@d","Received":"2021-03-03T10:00:00Z"}\r\n'),
      bytes,
    ]),
  'a scanner in front': (bytes) => Buffer.concat([Buffer.from('Microsoft Safety Scanner v1.3\r\n'), bytes]),
  'cut to its header': (bytes) =>
    Buffer.from(/^(?:#.*\n|"?(?:date-?time|time-?stamp)"?,.*\n)*/i.exec(bytes.toString('latin1'))![0], 'latin1'),
  'agents in comments': (bytes) =>
    Buffer.from(bytes.toString('latin1').replaceAll(/<agent [^>]*>/g, '<!--$&-->'), 'latin1'),
  // Two bytes in front of it: the rest is no text any more.
  'mark of UTF-16': (bytes) => Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]),
}

function middle(bytes: Buffer, change: (third: Buffer) => Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const third = Math.floor(copy.length / 3)
  change(copy.subarray(third, 2 * third))
  return copy
}

/** The same bytes in every run. */
function randomise(bytes: Buffer): Buffer {
  let seed = 12345
  for (let i = 0; i < bytes.length; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    bytes[i] = seed >>> 16
  }
  return bytes
}

/** What was done to one file, or to several: other bytes, a link in its place, or a reason why it is not read. */
export type Damage = { readonly name: string; readonly files: ReadonlyMap<string, Buffer | 'link' | MemberRefusal> }

export const isLog = (path: string): boolean => /\.(?:log|evtx|jsonl|csv)(?:\.enc)?$/i.test(path)
export const isPage = (path: string): boolean => isRunnable(path)

export const LINK: MemberRefusal = { reason: 'policy', detail: 'not followed or opened: a link' }

/** Each log by itself, damaged in each of these ways. */
export function eachLog(ways: readonly string[]): (files: readonly EvidenceFile[]) => Damage[] {
  return (files) =>
    files
      .filter(({ path }) => isLog(path))
      .flatMap(({ path, bytes }) =>
        ways.map((way) => ({ name: `${path}, ${way}`, files: new Map([[path, damages[way]!(bytes)]]) })),
      )
}

/** Each file that answers to a pattern by itself, damaged in this way. */
export function eachFile(way: string, pattern: RegExp): (files: readonly EvidenceFile[]) => Damage[] {
  return (files) =>
    files
      .filter(({ path }) => pattern.test(path))
      .map(({ path, bytes }) => ({ name: `${path}, ${way}`, files: new Map([[path, damages[way]!(bytes)]]) }))
}

/** All logs that answer to a pattern at once. */
export function allLogs(ways: readonly string[], pattern = /./): (files: readonly EvidenceFile[]) => Damage[] {
  return (files) => {
    const logs = files.filter(({ path }) => isLog(path) && pattern.test(path))
    return ways.map((way) => ({
      name: `all logs, ${way}`,
      files: new Map(logs.map(({ path, bytes }) => [path, damages[way]!(bytes)])),
    }))
  }
}

/** Each page by itself, and all of them, not read. */
export function eachPage(refusal: MemberRefusal): (files: readonly EvidenceFile[]) => Damage[] {
  return (files) => {
    const pages = files.filter(({ path }) => isPage(path))
    return [
      ...pages.map(({ path }) => ({ name: `${path}, ${refusal.detail}`, files: new Map([[path, refusal]]) })),
      { name: `all pages, ${refusal.detail}`, files: new Map(pages.map(({ path }) => [path, refusal])) },
    ]
  }
}

/** All files of each source at once, damaged in each of these ways, or not read for each of these reasons. */
export function eachSource(
  ways: readonly string[],
  reasons: readonly GapReason[],
): (files: readonly EvidenceFile[], whole: Assessment) => Damage[] {
  return (files, whole) => {
    const bySource = new Map<string, EvidenceFile[]>()
    const isCopied = copiedIn(whole)
    for (const file of files.filter(({ path }) => !isCopied(path))) addTo(bySource, sourceOf(`/${file.path}`), file)
    return [...bySource].flatMap(([source, some]) => [
      ...ways.map((way) => ({
        name: `${source}, ${way}`,
        files: new Map(some.map(({ path, bytes }) => [path, damages[way]!(bytes)])),
      })),
      // Evidence of which nothing can be opened is refused, and not assessed.
      ...(some.length < files.length ? reasons : []).map((reason) => ({
        name: `${source}, ${reason}`,
        files: new Map(some.map(({ path }): [string, MemberRefusal] => [path, { reason, detail: gapWords[reason] }])),
      })),
    ])
  }
}

/**
 * The files that the findings of the undamaged server rest on, all at once and each by itself: zeroed, overwritten, and with
 * a symbolic link in its place. Logs, of which there are many large ones, each in one of these ways in turn.
 */
export function eachEvidenceFile(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const named = new Set(whole.findings.flatMap(({ locators }) => locators.map(({ path }) => path.split('!/')[0]!)))
  const isCopied = copiedIn(whole)
  const evidence = files.filter(({ path }) => named.has(path.replace(/\.enc$/, '')) && !isCopied(path))
  const alone = evidence.flatMap(({ path, bytes }, i) =>
    unreadable
      .filter((_, way) => !isLog(path) || way === i % unreadable.length)
      .map((way) => ({ name: `${path}, ${way}`, files: new Map([[path, changed(way, bytes)]]) })),
  )
  const together = unreadable.map((way) => ({
    name: `all ${evidence.length} files of evidence, ${way}`,
    files: new Map(evidence.map(({ path, bytes }) => [path, changed(way, bytes)])),
  }))
  // Evidence of which nothing can be opened is refused, and not assessed.
  return [...together, ...alone].filter(
    (damage) => damage.files.size < files.length || ![...damage.files.values()].includes('link'),
  )
}

/** Parsers of text that a person copied: it may lie anywhere under any name, so that only its content says what it was. */
export const COPIED: ReadonlySet<string> = new Set(['copied-events', 'listed-events', 'powershell-table', 'snippet'])

/** Which files of the evidence are such text? */
function copiedIn({ evidence }: Assessment): (path: string) => boolean {
  const parserOf = new Map(evidence.manifest.map(({ path, parser }) => [path, parser]))
  return (path) => COPIED.has(parserOf.get(path.replace(/\.enc$/, '')) ?? '')
}

export function changed(way: string, bytes: Buffer): Buffer | 'link' {
  return way === 'link' ? 'link' : damages[way]!(bytes)
}

/** Ways in which nothing of a file can be read. */
export const unreadable = ['all zeroed', 'all random', 'link']

/** Answers that damage raised to a yes. The build of the server is not asked: what an older log says may be all that is left. */
export function raised({ answers }: Assessment, whole: Assessment): string[] {
  return answers.flatMap(({ question, is }) => {
    const before = whole.answers.find((answer) => answer.question === question)!.is
    const isRaised = is === 'yes' && before !== 'yes'
    return isRaised && question !== 'exposed' ? [`${question} was ${before} and is ${is}`] : []
  })
}

/** The server with each damage, and what is then said. A path that the server does not have is one file more. */
export async function damaged(
  server: Entered,
  choose: (files: readonly EvidenceFile[], whole: Assessment) => readonly Damage[],
  look: (damage: Damage, result: Assessment, whole: Assessment) => void,
): Promise<number> {
  const spec = readSpec(server.file)
  const folder = mkdtempSync(join(tmpdir(), 'postern-damage-'))
  try {
    const files = evidenceFiles(spec, 'ctree')
    const sound = new Map(files.map(({ path, bytes }) => [path, bytes]))
    for (const [path, bytes] of sound) put(join(folder, path), bytes)
    const { campaigns, timezone, window } = spec.options ?? {}
    const inner = inlinePool(knowledge, timezone ? zoneOf(timezone) : null)
    const known = new Map<string, unknown>()
    const run = async (changed: Damage['files']): Promise<Assessment> => {
      for (const [path, change] of changed) if (isOnDisk(change)) put(join(folder, path), change)
      const result = await assess([folder], knowledge, facts, exchanging(inner, known, changed), {
        fallbackName: 'X',
        tool: 'test',
        ...(campaigns ? { campaigns } : {}),
        ...(window ? { window: { from: when(window.from), to: when(window.to) } } : {}),
      })
      for (const [path, change] of changed) {
        const before = sound.get(path)
        if (before === undefined) rmSync(join(folder, path), { force: true })
        else if (isOnDisk(change)) put(join(folder, path), before)
      }
      return result
    }
    const whole = await run(new Map())
    const all = choose(files, whole)
    for (const damage of all) look(damage, await run(damage.files), whole)
    return all.length
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function isOnDisk(change: Buffer | 'link' | MemberRefusal): change is Buffer | 'link' {
  return change === 'link' || Buffer.isBuffer(change)
}

function put(path: string, bytes: Buffer | 'link'): void {
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true })
  if (bytes === 'link') symlinkSync('/dev/null', path)
  else writeFileSync(path, bytes)
}

/** A pool that reads files once that are not damaged, and are read with none that is. */
function exchanging(inner: Pool, known: Map<string, unknown>, changed: Damage['files']): Pool {
  // Encoded samples stand in the evidence by the names that they had.
  const changeOf = (path: string): Buffer | 'link' | MemberRefusal | undefined =>
    changed.get(path) ?? changed.get(`${path}.enc`)
  return {
    async run<Item, Result>(task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const results: unknown[] = []
      const asked: { item: Member; index: number; keep: boolean }[] = []
      for (const [index, item] of (items as readonly unknown[] as readonly Member[]).entries()) {
        const outer = item.path.split('!/')[0]!
        const change = changeOf(outer)
        const keep = change === undefined && !item.companions?.some(({ path }) => changeOf(path) !== undefined)
        if (keep && known.has(item.path)) results[index] = known.get(item.path)
        else if (change === undefined || isOnDisk(change)) asked.push({ item, index, keep })
        else asked.push({ item: { ...item, refused: change }, index, keep })
      }
      await inner.run<Member, unknown>(
        task,
        asked.map(({ item }) => item),
        (result, i) => {
          const { item, index, keep } = asked[i]!
          results[index] = result
          if (keep) known.set(item.path, result)
        },
      )
      results.forEach((result, index) => each(result as Result, index))
    },
  }
}
