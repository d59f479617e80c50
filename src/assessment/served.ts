import { fitsWildcards } from '../lib/wildcards.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isRunnable, webRootOf } from '../model/file-fields.ts'
import type { LogKind } from '../model/log-kinds.ts'
import type { Scan } from '../model/scan.ts'
import { standingOf } from '../model/own-places.ts'

/** What the configuration runs, and from where, besides the defaults of IIS. */
export type Served = {
  readonly endings: readonly string[]
  readonly folders: readonly string[]
  /** Files that pages include, by their path in lower case; from the root of a site: by the end of it. */
  readonly included: ReadonlySet<string>
  readonly includedOfSite: readonly string[]
  /** Files that pages include of which nothing says that IIS serves them: they run if those do. */
  readonly perhapsIncluded: ReadonlySet<string>
  /** Kinds of state by the program that they run. */
  readonly programs: ReadonlyMap<string, LogKind>
}

export const NOTHING_SERVED: Served = {
  endings: [],
  folders: [],
  included: new Set(),
  includedOfSite: [],
  perhapsIncluded: new Set(),
  programs: new Map(),
}

export function servedOf(scans: readonly Scan[]): Served {
  const [endings, folders] = [new Set<string>(), new Set<string>()]
  const pages: Scan[] = []
  const programs = new Map<string, LogKind>()
  for (const scan of scans) {
    for (const row of scan.recorded) {
      if (row.startsWith('handler/')) endings.add(row.slice('handler/'.length))
      else if (row.startsWith('served-from/')) folders.add(folderIn(row.slice('served-from/'.length)))
      else if (isOfPage.test(row) && pages.at(-1) !== scan) pages.push(scan)
      else if (row.startsWith('runs/')) {
        const [, kind = '', ...path] = row.split('/')
        programs.set(withoutDrive(path.join('/')), kind)
      }
    }
  }
  const known = [...folders].filter((folder) => folder.length > 1)
  // No configuration has this many: any file may then be one that IIS runs, and none is compared with all of them.
  const all = endings.size > MOST_ENDINGS ? [ANY_FILE] : [...endings]
  return { endings: all, folders: known, ...includedBy(pages, known), programs }
}

/** IIS itself has about a hundred. */
const MOST_ENDINGS = 1_000
/** The pattern of every name. */
const ANY_FILE = '/*'

const isOfPage = /^(?:site-)?includes\//

/** What pages include: those of the web roots and of folders that IIS serves, and all others. */
function includedBy(
  pages: readonly Scan[],
  folders: readonly string[],
): Pick<Served, 'included' | 'includedOfSite' | 'perhapsIncluded'> {
  const [included, ofSite, perhaps] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { artifact, recorded, hours } of pages) {
    const isServed =
      hours.some(([kind]) => kind === 'web-roots') ||
      isServedFrom((artifact.windowsPath ?? artifact.path).replaceAll('\\', '/'), folders)
    for (const row of recorded) {
      if (row.startsWith('includes/')) (isServed ? included : perhaps).add(row.slice('includes/'.length))
      else if (row.startsWith('site-includes/') && isServed) ofSite.add(row.slice('site-includes/'.length))
    }
  }
  return { included, includedOfSite: [...ofSite], perhapsIncluded: perhaps }
}

/** Is a URL path below a virtual directory or application of the configuration, other than the root of a site? */
export function configuredPaths(scans: readonly Scan[]): (path: string) => boolean {
  const folders = new Set<string>()
  for (const { recorded } of scans)
    for (const row of recorded) if (row.startsWith('serves/')) folders.add(row.slice('serves'.length))
  return (path) => {
    const lower = path.toLowerCase()
    for (let end = lower.indexOf('/', 1); end > 0; end = lower.indexOf('/', end + 1))
      if (folders.has(lower.slice(0, end))) return true
    return false
  }
}

/** Libraries whose bytes a baseline knows, where the server has them, as `folderIn` gives their paths. */
export function knownLibraries(scans: readonly Scan[]): ReadonlySet<string> {
  return new Set(
    scans.flatMap(({ artifact, recorded }) =>
      artifact.windowsPath !== null
        ? recorded.flatMap((row) => (row.startsWith(LIBRARY) ? [folderIn(row.slice(LIBRARY.length))] : []))
        : [],
    ),
  )
}

const LIBRARY = 'known-library/'

/** Where variables lead on a server that Windows set up by itself. */
const variables: readonly (readonly [RegExp, string])[] = [
  [/^%(?:windir|systemroot)%/, '/windows'],
  [/^%program(?:files|w6432)%/, '/program files'],
  [/^%programfiles\(x86\)%/, '/program files (x86)'],
  [/^%(?:programdata|allusersprofile)%/, '/programdata'],
  [/^%public%/, '/users/public'],
]

/** A folder in lower case with `/`, as a path of the server without its drive: IIS follows variables, `..` and shares, too. */
export function folderIn(folder: string): string {
  const local = folder.replace(/^\/\/(?:[?.]\/(?:unc\/[^/]+\/[a-z]\$(?=\/|$))?|[^/]+\/[a-z]\$(?=\/|$))/, '')
  const [from, to] = variables.find(([name]) => name.test(local)) ?? [/^$/, '']
  const names: string[] = []
  for (const name of withoutDrive(local.replace(from, to)).split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  // Of a whole drive only its letter says what lies on it.
  return names.length > 0 ? `/${names.join('/')}` : (/^[a-z]:/.exec(local.replace(/^%systemdrive%/, 'c:'))?.[0] ?? '')
}

/** Without the drive, and without a `/` at the end. */
export function withoutDrive(path: string): string {
  return path.replace(/^(?:%systemdrive%|[a-z]:)/, '').replace(/\/$/, '')
}

/** Has a path one of these endings, or do its last names fit one of the patterns, which begin with `/`? */
export function endsIn(path: string, endings: readonly string[]): boolean {
  const lower = path.toLowerCase()
  return endings.some((ending) => (ending.startsWith('/') ? fits(lower, ending.slice(1)) : lower.endsWith(ending)))
}

/** `*` stands for any text, and `?` for one letter, which is taken for any text, too. */
function fits(path: string, pattern: string): boolean {
  const names = path.split('/').slice(-pattern.split('/').length).join('/')
  return fitsWildcards(names, pattern, /[*?]/)
}

export function isServedFrom(path: string, folders: readonly string[]): boolean {
  return webRootOf(path) !== null || isBelow(path, folders)
}

/** Does a path lie below one of the folders that the configuration serves? */
export function isBelow(path: string, folders: readonly string[]): boolean {
  const lower = path.toLowerCase().replaceAll('\\', '/')
  const below = withoutDrive(lower)
  return folders.some((folder) => (folder.startsWith('/') ? below : lower).startsWith(`${folder}/`))
}

/**
 * The scans with what the configuration and pages say of files in which something was found: whether IIS serves the folder of
 * one that lies in no web root that is known by its name, and whether a handler runs what has its ending, a page includes it, or
 * a task, a service or a configuration starts it.
 */
export function withServedFiles(scans: readonly Scan[]): readonly Scan[] {
  const served = servedOf(scans)
  const { endings, folders, included, includedOfSite, perhapsIncluded, programs } = served
  const rows = endings.length + folders.length + included.size + includedOfSite.length + perhapsIncluded.size
  if (rows + programs.size === 0) return scans
  return scans.map((scan) => {
    const hits = scan.hits.map((hit) => {
      const event = servedFile(hit.event, scan, served)
      return event === hit.event ? hit : { ...hit, event }
    })
    return hits.every((hit, i) => hit === scan.hits[i]) ? scan : { ...scan, hits }
  })
}

/** Libraries and programs have rules of their own: a handler that runs any of them runs no page. */
const program = /\.(?:dll|exe|com)(?:\.enc)?$/i

/** The path of the file that an event is about, with `/`; empty where it is about none. */
function pathOfFile(event: Event): string {
  if (event.log !== 'files' && event.log !== 'web-roots') return ''
  return (fieldText(event, 'TargetFilename') ?? '').replaceAll('\\', '/').replace(/\.enc$/i, '')
}

function servedFile(event: Event, { artifact }: Scan, served: Served): Event {
  const path = pathOfFile(event)
  // What lies in an archive on the server is run from nowhere.
  if (path === '' || program.test(path) || artifact.windowsPath?.includes('!\\')) return event
  return startedFile(event, path, served) ?? servedPage(event, path, artifact, served)
}

/** A script that a task, a service or a configuration starts; null where none of them does. */
function startedFile(event: Event, path: string, { programs }: Served): Event | null {
  const starter = isRunnable(path) ? undefined : programs.get(withoutDrive(path.toLowerCase()))
  return starter === undefined ? null : { ...event, fields: { ...event.fields, RunBy: starter } }
}

function servedPage(event: Event, path: string, artifact: Scan['artifact'], served: Served): Event {
  const { endings, folders } = served
  const byHandler = !isRunnable(path) && endsIn(path, endings)
  const byPage = !byHandler && !isRunnable(path) && isIncluded(path, served)
  const runs = byHandler || byPage || isRunnable(path)
  const isLoose = (): boolean => event.at.path === artifact.path && standingOf(artifact) === 'loose'
  const known = isServedFrom(path, folders) ? 'configured' : byPage ? 'included' : null
  const WebRoot = fieldText(event, 'WebRoot') ?? known ?? (byHandler && isLoose() ? 'unknown' : null)
  // Where it lies nothing is served, as far as is known: it runs if the page does that includes it.
  if (!runs && served.perhapsIncluded.has(path.toLowerCase()))
    return { ...event, fields: { ...event.fields, RunBy: 'page' } }
  const by = byHandler ? 'handler' : byPage ? 'page' : null
  if (!runs || WebRoot === null || (by === null && event.fields.WebRoot === WebRoot)) return event
  return { ...event, log: 'web-roots', fields: { ...event.fields, WebRoot, ...(by === null ? {} : { RunBy: by }) } }
}

/** Does a page say that it includes this file? */
export function isIncluded(path: string, { included, includedOfSite }: Served): boolean {
  const lower = path.toLowerCase()
  return included.has(lower) || includedOfSite.some((end) => lower.endsWith(end))
}
