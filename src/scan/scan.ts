import type { ListingGap, Member, MemberRef } from '../evidence/container.ts'
import { EvidenceError, headOf, readMember, unsupportedArchive } from '../evidence/index.ts'
import { decodeText } from '../lib/text.ts'
import { type Scan, UNREAD } from '../model/scan.ts'
import type { Event, Fact } from '../model/event.ts'
import { isRunnable } from '../model/file-fields.ts'
import { standingOf } from '../model/own-places.ts'
import type { Zone } from '../lib/zones.ts'
import { choose } from '../parsers/index.ts'
import type { Ahead } from '../prefilter/read-ahead.ts'
import { isExportWithScript } from '../parsers/exchange/oab-dump.ts'
import type { Head, Source } from '../parsers/parser.ts'
import { readUnparsed, unparsed as noParser } from '../parsers/fallback/unparsed.ts'
import { isTextInName, notYetRead } from '../parsers/fallback/unsupported.ts'
import type { askAll } from '../rules/match.ts'
import type { Condensed } from '../evidence/condensed.ts'
import type { LoadedRules } from '../rules/rule.ts'
import { takesNothing } from '../rules/web-shells/takes-nothing.ts'
import { seedOf } from '../lib/secrets.ts'
import { fileEvent, isServed, withKnownPath } from './file-event.ts'
import { includesOf } from './page-includes.ts'
import type { ValueCaches } from '../prefilter/row-rules.ts'
import { MemberReader, HEAD, END, LARGE_PAGE } from '../evidence/reader.ts'
import { Collector, searched, SEARCHED } from './collector.ts'
import { UnreadRecords } from './unread-records.ts'
import { KEPT, type KeepAtMost } from './hit-room.ts'

/** Scan of an archive or folder that could not be listed: rules match its name and location. */
export function scanUnlisted(
  { path, size, reason, detail }: ListingGap,
  { rules, ask }: Pick<ScanSettings, 'rules' | 'ask'>,
): Scan {
  const member: Member = { ref: { root: '', steps: [] }, path, windowsPath: null, size, modified: null }
  return new Collector(member, ask, null, KEPT, rules.baselines).refuse(reason, detail)
}

/** What every scan of a run shares; plain data but for the rules. */
export type ScanSettings = {
  readonly rules: LoadedRules
  readonly ask: ReturnType<typeof askAll>
  /** The server's zone, for rows in local time that do not say theirs. */
  readonly zone: Zone | null
  /** What opens encrypted archives of the evidence. */
  readonly passwords?: readonly string[]
  /** Values of rows that were met before; without them every row becomes an event. */
  readonly lexicons?: ValueCaches
  readonly keep?: KeepAtMost
  /** Evaluates rules whose rows count only in an intrusion, too: to show one of their rows again. */
  readonly tied?: boolean
}

/** Reads one member of the evidence: parses it, asks every rule, and counts what was there. Never throws on evidence. */
export async function scanMember(
  member: Member,
  { rules, ask, zone, passwords = [], lexicons, keep = KEPT, tied = false }: ScanSettings,
  ahead?: Ahead,
): Promise<Scan> {
  const collected = new Collector(member, ask, zone, keep, rules.baselines, lexicons, ahead, tied)
  if (member.note)
    collected.fact({
      fact: 'note',
      note: `${member.path}: ${member.note}`,
      at: { path: member.path, offset: 0, length: 0 },
    })
  if (member.refused) return collected.refuse(member.refused.reason, member.refused.detail)

  // Nothing is awaited between reading a small file that no parser takes and the end of this function, so that the file may
  // lie in memory that the next file is read into.
  const reader = new MemberReader(member, passwords)
  const look = lookAt(member, reader, reader.whole?.subarray(0, HEAD) ?? (await reader.head()), rules)
  const { parser, unread } = look

  // Read it once: the parser, the digest and the search see the same bytes.
  const { whole } = reader
  const now =
    unread !== null
      ? 0
      : whole && parser === noParser
        ? readUnparsed(whole, collected, member.windowsPath ?? member.path)
        : null
  const unknown = unread === null && mayBeExport(member) ? new UnreadRecords(look.bytes) : null
  const parsed = now ?? (await parser.read(sourceOf(member, look, reader, passwords, unknown), collected))
  if (!whole) await reader.drain()
  if (unknown !== null) await findUnread(unknown, member, look, reader, collected, passwords)
  tellUnread(member, reader, unread, collected)

  // The file itself is an event too, and file rules are evaluated on its bytes.
  const sha256 = reader.digest()
  const file = eventOf(member, sha256, look, reader, collected, rules)
  collected.file(file)
  // What is known good by its content is not searched: nothing can be found there but mistakes.
  if (look.isSearched && file.fields.KnownHash !== true) {
    searchFile(reader, rules, collected, file)
    const path = member.windowsPath ?? member.path
    if (namesCode(path)) collected.includes(includesOf(decodeText(reader.kept()), path))
  }
  if (look.isSearched && isUnknownPage(file)) collected.fact(pageFact(member, reader, file))
  collected.slow(rules.slow?.() ?? [])
  collected.seed(() => seedOf(look.bytes))
  return collected.finish({ sha256, size: reader.size, parser: unread === null ? parser.name : null, parsed })
}

/** What the first bytes of a file show. */
type Look = {
  readonly bytes: Uint8Array
  readonly text: () => string
  readonly parser: ReturnType<typeof choose>
  /** Why it is named and not read; null where it is read. */
  readonly unread: string | null
  /** Are file rules evaluated on it? */
  readonly isSearched: boolean
}

/** Chooses the parser by the first bytes, and keeps what file rules will be evaluated on. */
function lookAt(member: Member, reader: MemberReader, first: Uint8Array, rules: LoadedRules): Look {
  let bytes = first
  const text = once(() => decodeText(bytes))
  const head: Head = {
    path: member.path,
    windowsPath: member.windowsPath,
    size: member.size,
    bytes,
    get text() {
      return text()
    },
  }
  const parser = choose(head)
  const unread = unreadForm(bytes, member.path, parser === noParser)
  // Script within saved settings is no page: the settings themselves are reported.
  const isQuoted = parser.name === 'oab-dump' && isExportWithScript(head)
  const isSearched = rules.scanners.length > 0 && !isQuoted && (searched.has(parser.name) || isServed(head))
  const isLarge = (member.size ?? Infinity) > LARGE_PAGE && parser.name !== 'pe' && isServed(head)
  if (isSearched) reader.keep(SEARCHED, isLarge ? (member.windowsPath ?? member.path) : null)
  // A parser gets its own copy of a small file.
  if (reader.whole && unread === null && parser !== noParser) bytes = reader.own().subarray(0, HEAD)
  return { bytes, text, parser, unread, isSearched }
}

function sourceOf(
  { path, windowsPath, size, modified, companions = [] }: Member,
  { bytes, text, parser }: Look,
  reader: MemberReader,
  passwords: readonly string[],
  unknown: UnreadRecords | null,
): Source {
  return {
    path,
    windowsPath,
    size,
    bytes,
    get text() {
      return text()
    },
    modified,
    chunks: ({ passing } = { passing: false }) =>
      parser === noParser && unknown !== null ? lookedThrough(reader.chunks(passing), unknown) : reader.chunks(passing),
    companions: companions.map((companion) => ({
      path: companion.path,
      size: companion.size,
      read: () => wholeOf(companion.ref, passwords),
      chunks: () => piecesOf(companion.ref, passwords),
    })),
  }
}

/** Where exports lie: where no folder says what a file is, or in one of the user's own. */
function mayBeExport({ path, windowsPath, recordedBy }: Member): boolean {
  const place = { path, windowsPath, ...(recordedBy === undefined ? {} : { recordedBy }) }
  return ['loose', 'custom'].includes(standingOf(place)) && !isRunnable(windowsPath ?? path)
}

/** A file that no parser takes is looked through while it is read. */
async function* lookedThrough(chunks: AsyncIterable<Uint8Array>, unknown: UnreadRecords): AsyncGenerator<Uint8Array> {
  let offset = 0
  for await (const chunk of chunks) {
    unknown.push(chunk, offset)
    offset += chunk.length
    yield chunk
  }
}

/** Looks for records of exported logs in what was not read; a large file of which a part was read is read a second time. */
async function findUnread(
  unknown: UnreadRecords,
  member: Member,
  { parser }: Look,
  { whole }: MemberReader,
  collected: Collector,
  passwords: readonly string[],
): Promise<void> {
  if (parser === noParser) {
    if (whole) unknown.push(whole, 0)
  } else if (whole) unknown.pushRanges(collected.gaps, whole, 0)
  else if (unknown.isWorthReading(collected.gaps)) {
    let base = 0
    for await (const chunk of new MemberReader(member, passwords).chunks(true)) {
      unknown.pushRanges(collected.gaps, chunk, base)
      base += chunk.length
    }
  }
  const found = unknown.finish()
  if (found === null) return
  for (const kind of found.kinds) collected.recorded.add(`${UNREAD}${kind}`)
  const detail = 'records of an exported log behind other text, which were not read'
  const between = { after: null, before: null }
  collected.gap({ offset: found.offset, length: 0, reason: 'unsupported', detail, between })
}

/** Reports the parts of a file that were not read. */
function tellUnread(member: Member, reader: MemberReader, unread: string | null, collected: Collector): void {
  if (unread !== null) {
    const length = reader.size - (reader.failure?.length ?? 0)
    collected.gap({ offset: 0, length, reason: 'unsupported', detail: unread })
  }
  if (reader.failure) collected.gap(reader.failure)
  if (member.cut) collected.gap({ offset: reader.size, length: 0, reason: 'truncated', detail: member.cut })
}

/** The event of the file itself. */
function eventOf(
  member: Member,
  sha256: string,
  { parser, unread, text }: Look,
  { size, failure }: MemberReader,
  collected: Collector,
  { baselines }: LoadedRules,
): Event {
  const listed = fileEvent(member, {
    sha256,
    size,
    parser: unread === null ? parser.name : null,
    text,
    about: collected.described,
    ...(failure ? {} : { baselines }),
  })
  // The digest of a part is in no baseline, but the path may be.
  return { ...(failure ? withKnownPath(listed, baselines) : listed), ...collected.written }
}

/**
 * Asks the rules of files: of all of it; of a file too large for that of its beginning and its end; and of a large page of
 * its code, wherever in it that lies. What they were not evaluated on is a gap.
 */
function searchFile(reader: MemberReader, rules: LoadedRules, collected: Collector, file: Event): void {
  const found = new Set<string>()
  const ask = (bytes: Uint8Array, placeOf?: Condensed['place']): void => {
    for (const scanner of rules.scanners) {
      try {
        for (const { rule, places } of scanner.scan(bytes)) {
          if (found.has(rule)) continue
          found.add(rule)
          collected.fileHit(rule, places, bytes, file, placeOf)
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        collected.gap({ offset: 0, length: 0, reason: 'timeout', detail: `file rules: ${error.message}` })
      }
      collected.slow(scanner.slow?.() ?? [])
    }
  }
  const kept = reader.kept()
  if (kept.length > 0) ask(kept)
  const end = reader.size > SEARCHED ? reader.end(END) : null
  const from = reader.size - (end?.length ?? 0)
  if (end !== null) ask(end, (offset, length) => ({ offset: from + offset, length, at: offset }))
  const condensed = reader.condensed()
  if (condensed !== null) ask(condensed.bytes, condensed.place)
  const gap = (offset: number, detail: string): void => collected.gap({ offset, length: 0, reason: 'too-long', detail })
  if (condensed !== null && condensed.missed > 0)
    gap(condensed.missedFrom, `${condensed.missed} bytes of code beyond those on which rules of files are evaluated`)
  else if (condensed === null && from > SEARCHED)
    gap(SEARCHED, `rules of files were evaluated on the first ${SEARCHED} and the last ${end?.length ?? 0} bytes`)
}

/** Can it name files that then run: a page, or what pages are made of? */
function namesCode(path: string): boolean {
  return isRunnable(path) || /\.(?:master|inc|skin)(?:\.enc)?$/i.test(path)
}

/** Is it a page of a web root that no baseline knows? */
function isUnknownPage({ fields: { KnownHash, WebRoot }, target }: Event): boolean {
  return KnownHash !== true && WebRoot !== null && target !== null && isRunnable(target)
}

/** What the code of a page takes; of one that was not read to its end nothing is known. */
function pageFact(member: Member, reader: MemberReader, { target, at }: Event): Fact {
  const bytes = reader.kept()
  const isWhole =
    reader.failure === null && bytes.length === reader.size && /\.(?:aspx|ashx|asp)(?:\.enc)?$/i.test(target!)
  return { fact: 'page', page: target!, modified: member.modified, takesNothing: isWhole && takesNothing(bytes), at }
}

/** A member of which a worker could not even match the name: rules that hang, or no memory. */
export function unscanned(member: Member, reason: 'timeout' | 'memory' | 'failed', detail: string): Scan {
  return new Collector(member, () => [], null, KEPT).refuse(reason, detail)
}

/** Makes a thing at the first call: most files never need theirs. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** What is named and not read: an archive of a form that cannot be opened, a binary log, a registry hive. */
function unreadForm(bytes: Uint8Array, path: string, isUnknown: boolean): string | null {
  const archive = unsupportedArchive(bytes)
  if (archive) return `${archive}: this form cannot be opened yet`
  const form = notYetRead(bytes, path)
  if (form !== null) return `${form}: not read yet`
  return isUnknown && isTextInName(bytes, path) ? 'it is named like text and contains none' : null
}

/** A file beside the one that is scanned is read a second time, as far as it can be read. */
const COMPANION = 256 * 1024 * 1024

async function wholeOf(ref: MemberRef, passwords: readonly string[]): Promise<Buffer> {
  return headOf(ref, COMPANION, { limits: { passwords } })
}

/** Ends where the file cannot be read any further: it is reported as an artifact. */
async function* piecesOf(ref: MemberRef, passwords: readonly string[]): AsyncGenerator<Uint8Array> {
  try {
    yield* readMember(ref, { limits: { passwords } })
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
  }
}
