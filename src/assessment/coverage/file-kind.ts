import { fileNameOf } from '../../model/file-name.ts'
import { type Scan } from '../../model/scan.ts'
import { type Gap } from '../../model/evidence.ts'
import { type LogKind, plainKind, stateKinds } from '../../model/log-kinds.ts'
import { isRenamedPage, isRunnable } from '../../model/file-fields.ts'
import { exportedKindsAt, isExportedKeyAt, logKindsAt, stateKindsAt } from '../../model/log-places.ts'
import { standingOf } from '../../model/own-places.ts'
import { exportedKindsOf } from '../../parsers/index.ts'
import { endsIn, isIncluded, isServedFrom, NOTHING_SERVED, type Served, withoutDrive } from '../served.ts'

/** What kind of file a gap lies in. */
export const fileKinds = ['log', 'page', 'state', 'program', 'collection', 'other'] as const
export type FileKind = (typeof fileKinds)[number]

/** The kind of a file, and which kinds of log or state it is a part of. */
export type JudgedFile = { readonly is: FileKind; readonly kinds: readonly LogKind[] }

/** The kind of a file: the first that it can be. */
export function kindOfFile(
  scan: Pick<Scan, 'artifact' | 'hours' | 'gaps'>,
  served: Served = NOTHING_SERVED,
): JudgedFile {
  const file = lookAt(scan, served)
  for (const judge of judges) {
    const found = judge(file)
    if (found !== null) return found
  }
  return OTHER
}

const OTHER: JudgedFile = { is: 'other', kinds: [] }
const COLLECTION: JudgedFile = { is: 'collection', kinds: ['*'] }
const PAGE: JudgedFile = { is: 'page', kinds: ['web-roots'] }

/** What the judges look at. */
type FileView = Pick<Scan, 'artifact' | 'hours' | 'gaps'> & {
  readonly served: Served
  readonly path: string
  /** A folder, or a link to one, may hold anything that lies below it. */
  readonly isFolder: boolean
  /** Can IIS run it as a page? */
  readonly isPage: boolean
  /** Does IIS serve what lies here? */
  readonly inRoot: boolean
  /** Does it lie in an archive that lay on the server? Then it runs from nowhere. */
  readonly inArchive: boolean
}

function lookAt({ artifact, hours, gaps }: Pick<Scan, 'artifact' | 'hours' | 'gaps'>, served: Served): FileView {
  const path = slashedOf(artifact)
  const isFolder = artifact.parser === null && !fileNameOf(path).includes('.') && gaps.some(mayHoldFiles)
  const included = isIncluded(path, served)
  const isPage =
    isFolder ||
    isRunnable(path) ||
    isPackedPage(path) ||
    endsIn(path, served.endings) ||
    included ||
    (isRenamedPage(path) && gaps.some(({ reason }) => reason === 'unsupported'))
  const inRoot = included || isServedFrom(isFolder ? `${path}/x` : path, served.folders)
  return { artifact, hours, gaps, served, path, isFolder, isPage, inRoot, inArchive: isPacked(artifact.path) }
}

/** A page that a collector, or an attacker, packed by itself. */
function isPackedPage(path: string): boolean {
  const unpacked = path.replace(/\.(?:gz|zst|xz|bz2)$/i, '')
  return unpacked !== path && isRunnable(unpacked)
}

/** What a file can be, in this order; null: it is not that. */
const judges: readonly ((file: FileView) => JudgedFile | null)[] = [
  asWhole,
  asServedPage,
  asLog,
  ({ inArchive }) => (inArchive ? OTHER : null),
  asState,
  asLoosePage,
  asProgram,
  asExport,
  asCollection,
]

/** The evidence as a whole: it could not be listed as it should be. Archives beyond a limit are each a file of the evidence. */
function asWhole({ path, gaps }: FileView): JudgedFile | null {
  return path === '.' && gaps.some(({ reason }) => reason !== 'bomb' && reason !== 'depth') ? COLLECTION : null
}

function asServedPage({ path, isPage, inRoot, inArchive }: FileView): JudgedFile | null {
  // A certificate request holds what a page is made of.
  const isRequest = /\.(?:req|csr)$/i.test(path)
  // What the pages of the server send to browsers may take their passwords.
  const isSent = /\.(?:js|html?)$/i.test(path)
  return (isPage || isRequest || isSent) && inRoot && !inArchive ? PAGE : null
}

/** A log where no product keeps it covers nothing, so that nothing is lost with it. */
function asLog({ artifact, hours, path }: FileView): JudgedFile | null {
  const covers = standingOf(artifact) !== 'elsewhere'
  const logs = logsIn(hours)
  if (logs.length > 0 && !covers) return OTHER
  if (logs.length > 0) return { is: 'log', kinds: isOfAnotherKind(artifact) ? [...logs, ...logKindsAt(path)] : logs }
  const own = logKindsAt(path.replace(/\.(?:gz|zst)$/i, ''))
  const named = own.length > 0 || artifact.windowsPath === null ? own : exportedKindsAt(path)
  return named.length > 0 && covers ? { is: 'log', kinds: named } : null
}

/** Settings of virtual directories, as `Get-OabVirtualDirectory` and its like export them. */
const exportedSettings = /virtual_?director(?:y|ies)[^/]{0,40}\.(?:csv|tsv|jsonl?|xml|clixml)(?:\.(?:gz|zst))?$/i

/** What a page was compiled to, with its name. */
const ofCompiledPages = /\/temporary asp\.net files\/.{1,400}\.compiled$/i

/** What starts by itself stands in such keys. */
const EXPORTED_KEYS: readonly LogKind[] = ['services', 'startup']

function asState({ artifact, path }: FileView): JudgedFile | null {
  if (artifact.windowsPath !== null && exportedSettings.test(path)) return { is: 'state', kinds: ['iis-config'] }
  if (ofCompiledPages.test(path)) return PAGE
  const defined = isExportedKeyAt(path) ? EXPORTED_KEYS : stateKindsAt(path)
  const state = defined.length > 0 ? defined : furtherStatesAt(artifact)
  return state.length > 0 ? { is: 'state', kinds: state } : null
}

/** A page of which nothing says where it lay. */
function asLoosePage({ artifact, isPage, isFolder }: FileView): JudgedFile | null {
  return isPage && !isFolder && artifact.windowsPath === null ? PAGE : null
}

function asProgram({ path, inRoot, served }: FileView): JudgedFile | null {
  const kinds = kindsOfProgram(path, inRoot, served)
  return kinds.length === 0 ? null : { is: 'program', kinds }
}

/** Kinds of state that run this library, program or script. */
function kindsOfProgram(path: string, inRoot: boolean, { programs }: Served): readonly LogKind[] {
  const isProgram = /\.(?:dll|exe|ps1|psm1|bat|cmd|vbs|wsf|hta)$/i.test(path)
  const kinds = isProgram ? statesOfPrograms(path, inRoot) : []
  const runBy = programs.get(withoutDrive(path.toLowerCase()))
  return kinds.length > 0 || runBy === undefined ? kinds : [runBy]
}

/** An export of which nothing could be read is known by its parser. */
function asExport({ artifact }: FileView): JudgedFile | null {
  const kinds = standingOf(artifact) === 'elsewhere' ? [] : exportedKindsOf(artifact.parser)
  return kinds.length > 0 ? { is: 'log', kinds } : null
}

function asCollection({ artifact, gaps, path, isFolder }: FileView): JudgedFile | null {
  const isPart = isFolder
    ? holdsAll(path)
    : artifact.windowsPath === null &&
      (((artifact.parser === null || artifact.parser === 'scan') && isArchive(path)) ||
        isCutArchive(artifact, gaps) ||
        isLostExport(path, artifact, gaps))
  return isPart ? COLLECTION : null
}

/** Logs of Exchange that share their folder with no other: what a header calls its log is not what makes it another one. */
const alone = /^(?:httpproxy-.*|ecp-server|ews|cmdletinfra-(?:http|cmdlet)|message-tracking)$/

/** Are all entries of a log of Exchange those of another one than its folder and name say? */
export function isOfAnotherKind(artifact: Scan['artifact']): boolean {
  if (artifact.parser !== 'exchange-csv' || artifact.events === 0) return false
  const named = logKindsAt(slashedOf(artifact)).filter((kind) => alone.test(kind))
  const has = artifact.kinds.map(plainKind).filter((kind) => !stateKinds.has(kind))
  return (
    named.length > 0 && has.length > 0 && !has.some((kind) => named.some((name) => familyOf(name) === familyOf(kind)))
  )
}

/** Which protocol a row of HttpProxy is of its row says. */
function familyOf(kind: LogKind): LogKind {
  return kind.startsWith('httpproxy-') ? 'httpproxy-*' : kind
}

/** Kinds of log that rows of a file were of. */
function logsIn(hours: Scan['hours']): LogKind[] {
  const kinds = hours.flatMap(([kind, list]) => (list.length > 0 ? [plainKind(kind)] : []))
  return [...new Set(kinds.filter((kind) => !stateKinds.has(kind)))]
}

function isPacked(path: string): boolean {
  const outer = path.indexOf('!/')
  return (
    outer >= 0 &&
    /(?:^|\/)(?:inetpub|windows|users|program files(?: \(x86\))?|programdata)\//i.test(path.slice(0, outer))
  )
}

function mayHoldFiles({ reason }: Gap): boolean {
  return reason === 'policy' || reason === 'denied' || reason === 'ioerror'
}

/** Archives, disk images, and parts of either. */
function isArchive(path: string): boolean {
  return /\.(?:zip|7z|rar|tar|tgz|gz|zst|xz|bz2|cab|wim|vhdx?|vmdk|e\d\d|ad\d|aff4?|[zr]\d\d|(?:(?:zip|7z|rar|tar|tgz|gz|dd|raw|img|vmdk)\.)?0\d\d)$/i.test(
    path,
  )
}

/** An archive under any name that ends too early: its rest may lie in other files. */
function isCutArchive({ path, parser }: Scan['artifact'], gaps: readonly Gap[]): boolean {
  return parser === null && !path.includes('!/') && gaps.some(({ reason }) => reason === 'truncated')
}

/** An export of logs, tasks or settings of which nothing was read: what it held is not known, nor of which kind it was. */
function isLostExport(path: string, { size, parser }: Scan['artifact'], gaps: readonly Gap[]): boolean {
  if (!/\.(?:jsonl?|ndjson|xml|csv|tsv|clixml)(?:\.(?:gz|zst))?$/i.test(path)) return false
  // A link has no size.
  return (size > 0 || parser === null) && gaps.some(({ length }) => length === size)
}

export const NOT_WHAT_IT_IS_NAMED = 'it is named like a configuration and contains none'

/** What a file of no known format is named like, where that would have been one. */
export function notWhatItIsNamed(artifact: Scan['artifact'], served: Served): string | null {
  if (isJournal(artifact)) return artifact.events === 0 ? 'it is named like a change journal and has no record' : null
  if (artifact.parser !== 'scan') return null
  if (exportedSettings.test(slashedOf(artifact))) return 'it is named like an export of settings and contains none'
  if (exportedKindsAt(slashedOf(artifact)).length > 0) return 'it is named like an export of a log and contains none'
  if (furtherStatesAt(artifact).length > 0) return NOT_WHAT_IT_IS_NAMED
  if (isExportedKeyAt(slashedOf(artifact))) return 'it is named like exported keys of the registry and contains none'
  const path = slashedOf(artifact)
  if (ofCompiledPages.test(path)) return 'it is named like a page that was compiled and is none'
  if (isPackedPage(path) && isServedFrom(path, served.folders)) return 'it is named like a packed page and is none'
  if (/\.(?:dll|exe)$/i.test(path) && kindsOfProgram(path, isServedFrom(path, served.folders), served).length > 0)
    return 'it is named like a program and is none'
  const isOfEvidence = artifact.windowsPath === null && !artifact.path.includes('!/') && isArchive(path)
  return isOfEvidence ? 'it is named like an archive and is none' : null
}

function isJournal(artifact: Scan['artifact']): boolean {
  // Not the other stream, `$Max`, nor the index that a collector writes beside a sparse file.
  return /(?:^|[/_])\$(?:usnjrnl(?::|%3a|[_.-])?\$?)?j(?:_[a-z])?(?:\.(?!idx$)\w{1,5})?$/i.test(slashedOf(artifact))
}

/** Kinds of state whose parser is not chosen by path; for a file in an unknown folder its name decides. */
function furtherStatesAt(artifact: Scan['artifact']): readonly LogKind[] {
  // Of a journal old records are overwritten: what was read of it stands.
  if (isJournal(artifact)) return artifact.events === 0 ? ['ntfs-usn'] : []
  const path = slashedOf(artifact).toLowerCase()
  // A hive or task that was packed, and cannot be unpacked.
  const packed = /\.(?:gz|zst)$/.test(path) ? stateKindsAt(path.replace(/\.(?:gz|zst)$/, '')) : []
  if (packed.length > 0) return packed
  const known = artifact.windowsPath === null ? [...ofUsers, ...looseStates] : ofUsers
  return known.find(([place]) => place.test(path))?.[1] ?? []
}

const ofUsers: readonly (readonly [RegExp, readonly LogKind[]])[] = [
  [/(?:^|\/)consolehost_history\.txt$|(?:^|\/)powershell_transcript\.[^/]{1,200}\.txt$/, ['powershell-history']],
  [/(?:^|\/)amcache\.hve$/, ['programs']],
  [/\/(?:ntuser|usrclass)\.dat$/, ['startup']],
  [/(?:^|\/)\$mft$/, ['ntfs-mft']],
]

/** As collectors name them that keep no folders, or put the folders into the name. */
const looseStates: readonly (readonly [RegExp, readonly LogKind[]])[] = [
  [/(?:^|[/_])system$/, ['services']],
  [/(?:^|[/_])software$/, ['tasks', 'startup']],
  [/(?:^|[/_])sam$/, ['accounts']],
  [/(?:^|[/_])(?:ntuser|usrclass)\.dat$/, ['startup']],
]

/** Kinds of state that run a library or script from where it lies. */
function statesOfPrograms(slashed: string, inRoot: boolean): readonly LogKind[] {
  const path = slashed.toLowerCase()
  if (
    inRoot ||
    /\/inetsrv\/[^/]+$|\/microsoft\.net\/(?:assembly|framework(?:64)?\/v[\d.]+)\/|\/windows\/assembly\//.test(path)
  )
    return /\/temporary asp\.net files\//.test(path) ? [] : ['iis-config']
  if (/\/transportroles\/agents\//.test(path)) return ['transport-agents']
  return []
}

/** Folders above those of logs and web roots. */
function holdsAll(path: string): boolean {
  return /(?:^|\/)(?:inetpub(?:\/logs(?:\/logfiles)?)?|program files\/microsoft(?:\/exchange server(?:\/v1\d(?:\/(?:logging|frontend))?)?)?)$/i.test(
    path,
  )
}

/** The path of a file with `/`, without the ending of what lies encoded. */
export function slashedOf({ windowsPath, path }: Pick<Scan['artifact'], 'windowsPath' | 'path'>): string {
  return (windowsPath ?? path).replaceAll('\\', '/').replace(/\.enc$/i, '')
}
