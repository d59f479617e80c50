import type { Member } from '../evidence/container.ts'
import { isBelowSystem } from '../evidence/windows-paths.ts'
import type { Event, Fields } from '../model/event.ts'
import type { KnownLogKind } from '../model/log-kinds.ts'
import { fileFields, fileSources, isRunnable, webRootOf } from '../model/file-fields.ts'
import { type Baseline, judgeFile } from '../rules/baselines/baseline.ts'

/**
 * The event of a file of the evidence: its path, name, place in the web roots, size and digest. It has no time: the
 * modification time of a copy is a hint (`Modified`), not a fact.
 */
export function fileEvent(
  member: Member,
  read: {
    /** Null of a file that was not read. */
    readonly sha256: string | null
    readonly size: number
    readonly parser: string | null
    /** The beginning of the file as text. */
    readonly text: () => string
    /** What the parser says of the file as a whole. */
    readonly about?: Fields
    readonly baselines?: () => readonly Baseline[]
  },
): Event {
  const { sha256, size, parser, text } = read
  const path = member.windowsPath ?? member.path
  const slashed = path.replaceAll('\\', '/')
  const fields = placedFields(member, path)
  return {
    log: kindOfFile(slashed, fields),
    sources: fileSources,
    time: null,
    timeBasis: 'file',
    fields: {
      ...fields,
      Size: size,
      sha256,
      Hashes: sha256 === null ? null : `SHA256=${sha256.toUpperCase()}`,
      Modified: member.modified,
      Parser: parser,
      ...virtualPathOf(slashed, text),
      ...read.about,
      ...baselineFields(fields, sha256, read.baselines),
    },
    raw: path,
    at: { path: member.path, offset: 0, length: size },
    host: null,
    client: null,
    user: null,
    target: path,
    request: null,
    session: null,
  }
}

/**
 * The event of a file whose content was not read: rules about its name and location match all the same. What the baselines
 * record of its path is known; its digest is not.
 */
export function unreadFileEvent(member: Member, baselines?: () => readonly Baseline[]): Event {
  const unread = { sha256: null, size: member.size ?? 0, parser: null, text: () => '' }
  return withKnownPath(fileEvent(member, unread), baselines)
}

/**
 * What the path says. A page of which no folder says where it lay is judged as one that is served: neither its name nor a
 * list can make it harmless.
 */
function placedFields(member: Member, path: string): Fields {
  const fields = fileFields(path)
  const { windowsPath, recordedBy, claim } = member
  const isPlaced = (): boolean => (windowsPath !== null && recordedBy === undefined) || isBelowSystem(member.path)
  return {
    ...fields,
    ...(fields.WebRoot === null && isRunnable(path) && !isPlaced() ? { WebRoot: 'unknown' } : {}),
    ...(claim === undefined ? {} : { ClaimedPath: claim.path, ClaimedBy: claim.by }),
  }
}

/** What the baselines say of a file. They are read only for files that they may know: those of Exchange, the web roots, programs. */
function baselineFields(fields: Fields, sha256: string | null, baselines?: () => readonly Baseline[]): Fields {
  const { RelativePath, WebRoot, Extension } = fields
  const isExtension = (of: RegExp): boolean => typeof Extension === 'string' && of.test(Extension)
  const asked = WebRoot !== null || isExtension(program) || (RelativePath !== null && !isExtension(log))
  if (!baselines || sha256 === null || !asked) return {}
  const judged = judgeFile(baselines(), askedPath(fields), sha256)
  return {
    Baseline: judged?.is ?? null,
    KnownPath: judged?.knownPath ?? null,
    KnownHash: judged?.knownHash ?? null,
    BaselineBuilds: judged?.builds ?? null,
    KnownAs: judged?.elsewhere ?? null,
  }
}

/** Below the install folder where that is known; but Exchange 2010 (V14) has other files at the same places. */
function askedPath({ RelativePath, TargetFilename }: Fields): string {
  const path = String(TargetFilename)
  return typeof RelativePath === 'string' && !/[\\/]v14[\\/]/i.test(path) ? RelativePath : path
}

/** An event that tells of a page by its path alone ($MFT, change journal, a list) gets what the baselines say of the path. */
export function withKnownPath(event: Event, baselines?: () => readonly Baseline[]): Event {
  if (!baselines || !event.sources.includes(pageSource)) return event
  const { RelativePath, PathKnown, FileName } = event.fields
  if (typeof FileName !== 'string' || !isRunnable(FileName)) return event
  // The journal may know the name alone.
  if (PathKnown === false) {
    const known = baselines().some((baseline) => baseline.hasName(FileName.toLowerCase()))
    return { ...event, fields: { ...event.fields, KnownName: known } }
  }
  if (typeof RelativePath !== 'string') return event
  const judged = judgeFile(baselines(), askedPath(event.fields), '')
  return judged === null ? event : { ...event, fields: { ...event.fields, KnownPath: judged.knownPath } }
}

/** All that tells of files answers to it. */
const pageSource = fileSources.find((source) => source.service === 'file')!

/** No baseline has a file that a service writes. */
const log = /^\.log$/
const program = /^\.(exe|dll|aspx?|ashx|asmx|ascx|asax|cshtml|svc|js|config)$/

/** A `.compiled` file names the page that it was made of, and the library with its code. */
function virtualPathOf(path: string, text: () => string): { virtualPath?: string; Assembly?: string } {
  if (!path.toLowerCase().endsWith('.compiled')) return {}
  const page = /\bvirtualPath="([^"]{1,1024})"/.exec(text())?.[1]
  const library = /\bassembly="([^"]{1,256})"/.exec(text())?.[1]
  return {
    ...(page === undefined ? {} : { virtualPath: page }),
    ...(library === undefined ? {} : { Assembly: library }),
  }
}

/** Does IIS run or serve this file: is it in a web root, or does it have the name of a page or of a configuration? */
export function isServed(head: { readonly path: string; readonly windowsPath: string | null }): boolean {
  const path = (head.windowsPath ?? head.path).replaceAll('\\', '/')
  return page.test(path) || webRootOf(path) !== null
}

const page =
  /\.(aspx?|ashx|asmx|ascx|asax|(?:cs|vb)html?|cer|cdx|asa|soap|rem|svc|xamlx|xoml|config|js|php|jsp|compiled)$/i

function kindOfFile(path: string, { WebRoot }: Fields): KnownLogKind {
  const compiled = path.search(/\/temporary asp\.net files\//i)
  if (compiled >= 0 && webRootOf(path.slice(0, compiled + 1)) === null) return 'aspnet-temp'
  if (/(^|\/)applicationhost\.config$/i.test(path)) return 'iis-config'
  if (/(^|\/)(fetagents|agents)\.config$/i.test(path)) return 'transport-agents'
  return WebRoot ? 'web-roots' : 'files'
}
