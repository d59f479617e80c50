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
  const folders = { mail: foldersOf(able, mailFile), secrets: foldersOf(able, secretFile) }
  const put = new Map<string, PutFile>()
  for (const { finding, hits } of able)
    for (const { event } of hits.slice(0, 200))
      for (const { path, holds } of pathsPut(event, folders)) {
        const url = urlOf(path)
        const since = event.time ?? (finding.first === null ? null : Date.parse(finding.first))
        const known = url === null ? undefined : put.get(url)
        if (url === null || since === null || (known ? known.since <= since : put.size >= MOST.files)) continue
        const kind = isRunnable(url) ? 'page' : (kindOfName(url) ?? holds ?? 'file')
        put.set(url, { url, kind, by: finding.id, since })
      }
  return [...put.values()].sort((a, b) => (a.url < b.url ? -1 : 1))
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
type Put = { readonly path: string; readonly holds: Held | null }
type HoldsFolder = (command: string) => boolean
type Folders = { readonly mail: HoldsFolder; readonly secrets: HoldsFolder }

/** What a command packs, by the files or the folders that it names; what may be both is taken for mail. */
function heldBy(command: string, { mail, secrets }: Folders): Held | null {
  if (namesMail.test(command)) return 'mail-file'
  if (namesSecrets.test(command)) return 'secret-file'
  const lower = command.toLowerCase()
  return mail(lower) ? 'mail-file' : secrets(lower) ? 'secret-file' : null
}

function pathsPut(event: Event, folders: Folders): readonly Put[] {
  const put: Put[] = []
  for (const name of ['TargetFilename', 'FilePathName', 'FilePath']) {
    const path = fieldText(event, name)
    if (path !== null && path.length < MOST.text) put.push({ path, holds: null })
  }
  for (const name of ['Parameters', 'CMD'])
    for (const [, path = ''] of textOf(event, name).matchAll(exported)) put.push({ path, holds: null })
  for (const name of ['CommandLine', 'ScriptBlockText'])
    for (const command of textOf(event, name).split(/[&|;\n]/))
      for (const path of writtenBy(command)) put.push({ path, holds: heldBy(command, folders) })
  return put
}

function textOf(event: Event, name: string): string {
  return (fieldText(event, name) ?? '').slice(0, MOST.text)
}

/** `-FilePath "\\server\c$\…"`, `FilePathName='…'` */
const exported = /\bFilePath(?:Name)?[\s=:]{1,4}["']{0,2}([^"'\s]{4,300})/gi

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
const copies = /(?:^|[\s"'\\/(])(?:copy|xcopy|robocopy|move|cp|mv|copy-item|move-item|expand)(?:\.exe)?["'\s]/i

const switches = /^["')\s]{0,9}(?:[/-]\S{1,40}(?:\s{1,9}|$)){0,9}$/

/** A copy into a folder has the names of what is copied. */
function nameLike(target: string, command: string): string {
  const name = target.slice(target.lastIndexOf('\\') + 1)
  if (name.includes('.')) return target
  const source = /\s"?(?:[^"\s]{0,200}\\)?([^"\\\s]{1,100}\.[^"\\\s.]{1,10})"?\s/.exec(command)?.[1]
  return source === undefined ? '' : `${target.replace(/\\$/, '')}\\${source}`
}

/** Folders into which findings put mailbox files, or dumps and hives: an archive of one holds them. */
function foldersOf(found: readonly FindingWithHits[], file: RegExp): HoldsFolder {
  const folders = new Set<string>()
  for (const { hits } of found)
    for (const { event } of hits.slice(0, 200))
      for (const name of ['TargetFilename', 'Parameters', 'CommandLine', 'CMD'])
        for (const [, folder = ''] of textOf(event, name).matchAll(file))
          if (folders.size < MOST.files) folders.add(folder.toLowerCase())
  return (command) => [...folders].some((folder) => command.includes(`${folder}\\`))
}

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
