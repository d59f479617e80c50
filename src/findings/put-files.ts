import { fitsWildcards } from '../lib/wildcards.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isRunnable } from '../model/file-fields.ts'
import type { Lookup } from '../model/rule.ts'
import { isAtLeastLikely } from '../model/sign.ts'
import { rank } from '../model/stages.ts'
import type { FindingWithHits } from './findings.ts'

/** A file that a finding of an intrusion put into a web root. */
export type PutFile = {
  /** Its URL path in lower case; in the last name `*` stands for any text. */
  readonly url: string
  /** What a request for it is. */
  readonly kind: Lookup
  /** The finding that shows it, and when (ms). */
  readonly by: string
  readonly since: number
}

/** Files of one run, and the longest text that is searched for their names. */
const MOST = { files: 500, text: 8_192 }

/** The files that intrusions put into web roots, as events, cmdlets and commands name them; the first one of each URL. */
export function filesPut(found: readonly FindingWithHits[]): readonly PutFile[] {
  const able = found.filter(isAct)
  const packed = packedBy(able, { mail: foldersOf(able, mailFile), secrets: secretsIn(able) })
  const put = new Map<string, PutFile>()
  const libraries = new Map<string, Pick<PutFile, 'by' | 'since'>>()
  for (const { finding, hits } of able)
    for (const { event } of hits.slice(0, 200))
      for (const one of [...pathsPut(event, packed), ...keptByPage(finding, event)]) {
        const { path, holds } = one
        const url = urlOf(path)
        const since = one.since ?? event.time ?? (finding.first === null ? null : Date.parse(finding.first))
        const library = LIBRARY.exec(path)?.[1]?.toLowerCase()
        if (library !== undefined && since !== null && !libraries.has(library))
          libraries.set(library, { by: finding.id, since })
        const known = url === null ? undefined : put.get(url)
        if (url === null || since === null || (known ? known.since <= since : put.size >= MOST.files)) continue
        const kind = isRunnable(url) ? 'page' : (kindOfName(url) ?? holds ?? 'file')
        put.set(url, { url, kind, by: finding.id, since })
      }
  for (const { url, library } of libraries.size === 0 ? [] : handledPaths(found)) {
    const own = libraries.get(library)
    if (own !== undefined && !put.has(url) && put.size < MOST.files) put.set(url, { url, kind: 'page', ...own })
  }
  return [...put.values()].sort((a, b) => (a.url < b.url ? -1 : 1))
}

/** A library in a folder from which a web application loads its classes. */
const LIBRARY = /[\\/]bin[\\/]([^\\/]{1,200})\.dll$/i

/** URL paths, in lower case, that a web.config gives to a class, and the library of the class. */
function* handledPaths(
  found: readonly FindingWithHits[],
): Generator<{ readonly url: string; readonly library: string }> {
  for (const { hits, counts } of found)
    for (const { event } of counts ? hits.slice(0, 50) : []) {
      if (event.fields.Element !== 'handler') continue
      const [folder, paths] = [folderOfConfig(fieldText(event, 'ConfigPath') ?? ''), fieldText(event, 'Path') ?? '']
      const library = /,\s{0,9}([^\s,]{1,200})/.exec(fieldText(event, 'Type') ?? '')?.[1]?.toLowerCase()
      if (folder === null || library === undefined) continue
      for (const path of paths.split(',').slice(0, 20)) {
        const url = urlOf(`${folder}\\${path.trim()}`)
        if (url !== null) yield { url, library }
      }
    }
}

function folderOfConfig(path: string): string | null {
  return /^(.{1,300})[\\/]web\.config$/i.exec(path)?.[1] ?? null
}

/** Acts of an intrusion on the server that are at least likely, or belong to one. */
function isAct({ finding, counts }: FindingWithHits): boolean {
  const { intrusion, stage, is } = finding
  const isHostile = isAtLeastLikely(is) || is === 'open-lead' || is === 'lead'
  return counts && intrusion !== null && isHostile && rank(stage) >= rank('access') && rank(stage) < rank('cleanup')
}

const ofMail = /\.(?:pst|ost|edb)(?:\.\d{3})?$/
const ofSecrets = /\.(?:dmp|mdmp|dit|hiv)(?:\.\d{3})?$/
const namesMail = /\.(?:pst|ost|edb)\b/i
const namesSecrets = /\.(?:dmp|mdmp|dit|hiv)\b|\bntds\b|\blsass|[\\/](?:sam|security)(?:\.\w{1,4})?(?=["'\s]|$)/i

/** What a file holds by its name: mail, or passwords. */
function kindOfName(url: string): Held | null {
  return ofMail.test(url) ? 'mail-file' : ofSecrets.test(url) ? 'secret-file' : null
}

type Held = 'mail-file' | 'secret-file'
/** `since`: where it is not the time of the event. */
type Put = { readonly path: string; readonly holds: Held | null; readonly since?: number }
type Holds = (command: string) => boolean
type Folders = { readonly mail: Holds; readonly secrets: Holds }
/** What a command packs or copies. */
type Packed = (command: string) => Held | null

/**
 * What a command packs, by the files or the folders that it names, or by an archive that another command made of them; what may be both
 * is taken for mail.
 */
function packedBy(found: readonly FindingWithHits[], { mail, secrets }: Folders): Packed {
  const archives = new Map<string, Held>()
  const heldBy: Packed = (command) => {
    const sources = withoutTarget(command)
    if (namesMail.test(sources)) return 'mail-file'
    if (namesSecrets.test(sources)) return 'secret-file'
    const lower = sources.toLowerCase()
    const known = [...archives].find(([path]) => lower.includes(path))?.[1]
    return known ?? (mail(lower) ? 'mail-file' : secrets(lower) ? 'secret-file' : null)
  }
  const events = found.flatMap(({ hits }) => hits.slice(0, 200).map(({ event }) => event))
  for (const event of events.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity)))
    for (const command of commandsIn(event)) {
      const target = packs.test(command) || copies.test(command) ? targetOfCommand(command) : null
      const held = target === null || archives.size >= MOST.files ? null : heldBy(command)
      if (target !== null && held !== null) archives.set(target.toLowerCase(), held)
    }
  return heldBy
}

/** The file that a command packs into or copies to: the archive that it names first (any ending), else the last path. */
export function targetOfCommand(command: string): string | null {
  const paths = pathsOf(command)
  const named = paths.find((path) => archive.test(path) && packs.test(command))
  if (named !== undefined) return named
  const added = adds.exec(command)
  const after = added === null ? [] : pathsOf(command.slice(added.index + added[0].length))
  return after.length > 1 ? after[0]! : paths.length > 1 ? paths.at(-1)! : null
}

function pathsOf(command: string): readonly string[] {
  return [...command.matchAll(anyPath)].map(([path]) => path.replaceAll('"', ''))
}

/** `7z a …`, `rar a …`: first comes the archive, then what goes into it. */
const adds = /(?:\b|_)(?:7z[agr]?|rar|winrar)(?:\.exe)?["']?\s{1,4}[am]\s/i

function withoutTarget(command: string): string {
  const target = targetOfCommand(command)
  return target === null ? command : command.replace(target, ' ')
}

/** An absolute path, with or without quotes. */
export const anyPath =
  /"(?:[a-z]:|\\\\[^\\\s"']{1,60})\\[^"]{1,250}"|(?:[a-z]:|\\\\[^\\\s"']{1,60})\\[^"'\s<>|&;]{1,250}/gi
const archive = /\.(?:zip|7z|rar|cab|tar|gz|tgz)$/i

export function commandsIn(event: Event): readonly string[] {
  return ['CommandLine', 'ScriptBlockText'].flatMap((name) => textOf(event, name).split(/[&|;\n]/))
}

function pathsPut(event: Event, packed: Packed): readonly Put[] {
  const put: Put[] = []
  for (const name of ['TargetFilename', 'FilePathName', 'FilePath']) {
    const path = fieldText(event, name)
    if (path !== null && path.length < MOST.text) put.push({ path, holds: null })
  }
  for (const path of filesOfCmdlet(event)) put.push({ path, holds: null })
  for (const command of commandsIn(event))
    for (const path of writtenBy(command)) put.push({ path, holds: packed(command) })
  return put
}

/** The files that a page which keeps typed passwords names in its code: by a path on a drive, or below its application or folder. */
function keptByPage({ stage, sign }: FindingWithHits['finding'], event: Event): readonly Put[] {
  const page = fieldText(event, 'TargetFilename')
  if (stage !== 'credentials' || sign.subject !== 'page' || page === null) return []
  const folder = page.slice(0, page.lastIndexOf('\\'))
  const application =
    /^(.{1,300}\\(?:httpproxy|clientaccess|wwwroot)(?:\\(?:owa|ecp))?)(?:\\|$)/i.exec(folder)?.[1] ?? folder
  return [...event.raw.slice(0, MOST.text).matchAll(literal)].flatMap(([, text = '']) => {
    const plain = text.replaceAll('/', '\\').replaceAll('\\\\', '\\')
    const path = /^[a-z]:\\/i.test(plain)
      ? plain
      : `${plain.startsWith('~') ? application : folder}\\${plain.replace(/^~?\\+/, '')}`
    // Since when it keeps passwords the time of its file does not show for certain.
    return isRunnable(path) ? [] : [{ path, holds: 'secret-file' as const, since: 0 }]
  })
}

/** A text in the code of a page that may be the path of a file. */
const literal = /"([^"\r\n<>|?*]{3,250}\.\w{1,6})"/g

/** The files that the parameters of a cmdlet name, which it writes, also where a command or a script calls it. */
export function filesOfCmdlet(event: Event): readonly string[] {
  const texts = ['Parameters', 'CMD'].map((name) => textOf(event, name))
  const calls = ['CommandLine', 'ScriptBlockText']
    .map((name) => textOf(event, name))
    .filter((text) => writes.test(text))
  return [...texts, ...calls].flatMap((text) =>
    [...text.matchAll(written)].map(([, double, single, bare]) => double ?? single ?? bare ?? ''),
  )
}

/** Cmdlets that write the file that they name. */
const writes = /\bNew-(?:MailboxExportRequest|ExchangeCertificate)\b/i

function textOf(event: Event, name: string): string {
  return (fieldText(event, name) ?? '').slice(0, MOST.text)
}

/** `-FilePath "\\server\c$\…"`, `FilePathName='…'`, `-RequestFile "…"` of a certificate */
const written =
  /\b(?:FilePath(?:Name)?|RequestFile)[\s=:]{1,4}(?:"([^"]{4,300})"|'([^']{4,300})'|["']{0,2}([^"'\s]{4,300}))/gi

/** A path in a web root, with or without quotes. */
const served =
  /"([^"]{0,200}\\(?:wwwroot|httpproxy|clientaccess)\\[^"]{0,200})"|([^\s"'>]{0,200}\\(?:wwwroot|httpproxy|clientaccess)\\[^\s"'>]{0,200})/gi

/** The files in web roots that a command writes: where it copies, packs, or sends its output. */
function writtenBy(command: string): readonly string[] {
  const matches = [...command.matchAll(served)]
  const paths = matches.map(([, quoted, plain]) => quoted ?? plain ?? '')
  const last = matches.at(-1)
  if (last === undefined) return []
  if (packs.test(command)) return paths
  const rest = command.slice(last.index + last[0].length)
  // What is copied comes first, then where it goes.
  if (copies.test(command)) return switches.test(rest) ? [nameLike(paths.at(-1)!, command)] : []
  const output = /(?<!\d)>{1,2}\s{0,4}"?([^"<>|&]{4,300}?)"?\s*$/.exec(command)?.[1]
  return output === undefined ? [] : [output]
}

const packs =
  /(?:^|[\s"'\\/(])(?:7za?|7zr|rar|winrar|makecab|tar|compress-archive|certutil|curl|wget|bitsadmin|invoke-webrequest|iwr|set-content|add-content|out-file|procdump(?:64)?|reg|ntdsutil)(?:\.exe)?["'\s]/i
export const copies = /(?:^|[\s"'\\/(])(?:copy|xcopy|robocopy|move|cp|mv|copy-item|move-item|expand)(?:\.exe)?["'\s]/i

const switches = /^["')\s]{0,9}(?:[/-]\S{1,40}(?:\s{1,9}|$)){0,9}$/

/** A copy into a folder has the names of what is copied. */
function nameLike(target: string, command: string): string {
  const name = target.slice(target.lastIndexOf('\\') + 1)
  if (name.includes('.')) return target
  const source = /\s"?(?:[^"\s]{0,200}\\)?([^"\\\s]{1,100}\.[^"\\\s.]{1,10})"?\s/.exec(command)?.[1]
  return source === undefined ? '' : `${target.replace(/\\$/, '')}\\${source}`
}

/** Folders into which findings put mailbox files, or dumps and hives: an archive of one holds them. */
function foldersOf(found: readonly FindingWithHits[], file: RegExp): Holds {
  const folders = new Set<string>()
  for (const { hits } of found)
    for (const { event } of hits.slice(0, 200))
      for (const name of ['TargetFilename', 'Parameters', 'CommandLine', 'CMD'])
        for (const [, folder = ''] of textOf(event, name).matchAll(file))
          if (folders.size < MOST.files) folders.add(folder.toLowerCase())
  return (command) => [...folders].some((folder) => command.includes(`${folder}\\`))
}

/** Dumps and hives by their names, and the paths that the commands name which took them, also under other names. */
function secretsIn(found: readonly FindingWithHits[]): Holds {
  const byName = foldersOf(found, secretFile)
  const places = new Set<string>()
  for (const { finding, hits } of found)
    for (const { event } of hits.slice(0, 200))
      for (const command of commandsIn(event)) {
        if (finding.stage !== 'credentials' && !takesSecrets.test(command)) continue
        for (const [path] of command.matchAll(anyPath)) {
          const plain = path
            .replaceAll('"', '')
            .replace(/[\\*]{1,3}$/, '')
            .toLowerCase()
          const place = plain.replace(DRIVE, '')
          if (places.size < MOST.files && place.length > 1 && !ofWindows.test(plain)) places.add(place)
        }
      }
  return (command) => byName(command) || [...places].some((place) => namesPlace(command, place))
}

/** Does a command name this file or folder on any drive, here or through a share of the drive, or what is below it? */
function namesPlace(command: string, place: string): boolean {
  const at = command.indexOf(place)
  const isWhole = place.startsWith('\\\\') || /[:$]/.test(command.charAt(at - 1))
  return at >= 0 && isWhole && /^(?:$|[\\"'\s*])/.test(command.slice(at + place.length, at + place.length + 1))
}

/** The drive of a path, or the share of a drive. */
const DRIVE = /^(?:[a-z]:|\\\\[^\\]{1,60}\\[a-z]\$)/

const takesSecrets = /\bntds\b|\blsass|\bminidump\b|\breg(?:\.exe)?["']?\s+save\s+["']?hk/i
/** What is copied and what copies it: neither is what was taken. */
const ofWindows = /^[a-z]:\\windows\\(?:ntds|system32|syswow64)\b|\.(?:exe|dll|ps1|bat|cmd)$|shadowcopy/

/** The folders of mailbox files, and of dumps and hives, without drive or server. */
const mailFile =
  /(?:[a-z]:|\\\\[^\\\s"']{1,60}\\[a-z]\$?)?(\\[^"'\s:*?<>|]{1,200})\\[^\\"'\s:*?<>|]{1,100}\.(?:pst|ost|edb)\b/gi
const secretFile =
  /(?:[a-z]:|\\\\[^\\\s"']{1,60}\\[a-z]\$?)?(\\[^"'\s:*?<>|]{1,200})\\[^\\"'\s:*?<>|]{1,100}\.(?:dmp|dit|hiv)\b/gi

/** The URL path of a file in a web root, in lower case; null of any other. */
function urlOf(path: string): string | null {
  const plain = path
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/\.enc$/, '')
  const below = /\/(?:inetpub\/wwwroot|frontend\/httpproxy|v\d{2}\/clientaccess)(\/[^:]{1,250})$/.exec(plain)?.[1]
  const name = below?.slice(below.lastIndexOf('/') + 1) ?? ''
  // A star alone stands for whatever lies there.
  return below === undefined || !/[^*?.]/.test(name) ? null : below.replaceAll('?', '*')
}

/** Is a URL path, in lower case, that of a file? */
export function isUrlOf({ url }: Pick<PutFile, 'url'>, path: string): boolean {
  const star = url.indexOf('*')
  const isInFolder = star < 0 || !path.slice(star).includes('/')
  return isInFolder && fitsWildcards(path, url)
}
