import { type ConfigEntry, entryOf, isWhole } from './config-sections.ts'
import { InlineCode } from '../powershell/inline-code.ts'
import { plainPath } from '../common/known-paths.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { encryptedAt, isEncryptedSection, sectionFileOf, sectionIn } from './section-files.ts'
import { configEvent, readXml, type Tag } from './xml-reader.ts'

/**
 * web.config of a virtual directory, the root web.config and machine.config of .NET, and SharedWebConfig.config of
 * Exchange: modules and handlers, rewrite rules with the vendor's mitigations, what is compiled, keys and rights.
 * https://learn.microsoft.com/iis/configuration/ and
 * https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/web/
 */
export const webConfig: Parser = {
  name: 'web-config',
  title: 'Configuration of a web application',
  product: 'windows',
  recognize,
  read,
}

const NAME = /(?:^|[\\/!_-])(?:web|machine|sharedwebconfig)\d{0,3}\.config(?:\.[\w.-]{1,24})?$/i

function recognize(head: Head): number {
  const { text, path } = head
  if (sectionIn(head) === 'application') return 84
  if (!/^\s*(?:<\?|<!|<configuration)/i.test(text) || !/<configuration[\s>]/.test(text)) return 0
  if (/<system\.web(?:Server)?[\s>]|<linkedConfiguration[\s>]/.test(text)) return 86
  // Other programs have files of this form, too; only those of web applications are told.
  return NAME.test(path) || NAME.test(head.windowsPath ?? '') ? 84 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const path = source.windowsPath ?? source.path
  const where = { ConfigPath: path, VirtualDirectory: virtualDirectoryOf(path) }
  const foreign = new Foreign()
  const emit = (tag: Pick<Tag, 'raw' | 'offset' | 'length' | 'line'>, { fields, target }: ConfigEntry): void =>
    sink.event(configEvent(source, 'web-config', tag, { ...fields, ...where }, target))
  const inline = new InlineCode(emit)
  const parsed = await readXml(source, sink, {
    whole: isWhole,
    take: (tag) => {
      if (isEncryptedSection(tag)) sink.gap(encryptedAt(tag))
      const entry = sectionFileOf(tag) ?? entryOf(tag)
      if (!entry) return
      if (entry.fields.Element === 'codeBase') foreign.add(tag, entry)
      else emit(tag, entry)
    },
    ...inline.reader,
  })
  for (const [tag, entry] of foreign.few()) emit(tag, entry)
  return parsed
}

type Lines = Pick<Tag, 'raw' | 'offset' | 'length' | 'line'>

/**
 * Libraries that an application is told to load from elsewhere. SharedWebConfig.config names thousands in the folders of
 * Exchange; where Exchange was installed elsewhere, all of them lie in that folder, so a folder of many is its own.
 */
class Foreign {
  readonly #folders = new Map<string, (readonly [Lines, ConfigEntry])[] | null>()

  add({ raw, offset, length, line }: Tag, entry: ConfigEntry): void {
    if (entry.fields.KnownPlace === 'true') return
    const href = plainPath(String(entry.fields.Href))
    const folder = href.slice(0, href.lastIndexOf('\\') + 1).toLowerCase()
    const found = this.#folders.get(folder)
    if (found === null || (found === undefined && this.#folders.size >= 1000)) return
    if (found === undefined) this.#folders.set(folder, [[{ raw, offset, length, line }, entry]])
    else if (found.push([{ raw, offset, length, line }, entry]) > 50) this.#folders.set(folder, null)
  }

  few(): (readonly [Lines, ConfigEntry])[] {
    return [...this.#folders.values()].flatMap((found) => found ?? []).sort(([a], [b]) => a.offset - b.offset)
  }
}

/** Folders of Exchange and the paths that they are served at, where these differ. */
const FRONT = new Map([
  ['rest', 'API'],
  ['sync', 'Microsoft-Server-ActiveSync'],
  ['rpc', 'Rpc'],
])
const BACK = new Map([
  ['rest', 'API'],
  ['sync', 'Microsoft-Server-ActiveSync'],
  ['exchweb/ews', 'EWS'],
  ['powershell-proxy', 'PowerShell'],
])
/** Short names in the file names of HealthChecker and the log collector (`DefaultWebSite-EAS_web.config`). */
const SHORT = new Map([
  ['autod', 'Autodiscover'],
  ['eas', 'Microsoft-Server-ActiveSync'],
  ['mapiemsmdb', 'mapi/emsmdb'],
  ['mapinspi', 'mapi/nspi'],
  ['push', 'PushNotifications'],
  ['rest', 'API'],
  ['owa', 'owa'],
  ['ecp', 'ecp'],
])

/** The site and virtual path that a web.config is for, told by its folder or by the name that a collector gave it. */
export function virtualDirectoryOf(path: string): string | null {
  const slashed = path.replaceAll('\\', '/')
  const copy = /(?:^|\/)(DefaultWebSite|ExchangeBackEnd)(?:-(\w{1,40}))?_(?:web|SharedWebConfig)\.config$/i.exec(
    slashed,
  )
  if (copy) {
    const site = copy[1]!.toLowerCase() === 'defaultwebsite' ? 'Default Web Site' : 'Exchange Back End'
    const name = copy[2] ?? ''
    return `${site}/${SHORT.get(name.toLowerCase()) ?? name}`
  }
  const below = (folder: string): string | null => folderBelow(slashed, folder)
  const front = below('frontend/httpproxy')
  if (front !== null) return `Default Web Site/${renamed(front, FRONT)}`
  const back = below('clientaccess')
  if (back !== null) return `Exchange Back End/${renamed(back, BACK)}`
  const root = below('inetpub/wwwroot')
  return root === null ? null : `Default Web Site/${root}`
}

/** The folders between this one and the file, empty where it lies in the folder itself; null where it lies elsewhere. */
function folderBelow(path: string, folder: string): string | null {
  const at = `/${path.toLowerCase()}`.indexOf(`/${folder}/`)
  if (at < 0) return null
  const below = path.slice(at + folder.length + 1)
  return below.endsWith('/') ? null : below.slice(0, Math.max(0, below.lastIndexOf('/')))
}

function renamed(path: string, names: ReadonlyMap<string, string>): string {
  for (const [folder, name] of names) {
    if (path.toLowerCase() === folder) return name
    if (path.toLowerCase().startsWith(`${folder}/`)) return `${name}${path.slice(folder.length)}`
  }
  return path
}
