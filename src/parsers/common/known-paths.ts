import { trimEnd } from '../../lib/trim.ts'

/**
 * Where Windows, .NET, IIS extensions and Exchange keep their libraries, pages and classes. A place says nothing of the
 * content: a file that was exchanged there is known all the same.
 */

const windows = String.raw`^(?:%(?:windir|systemroot)%|(?:%systemdrive%|[a-z]:)\\windows)\\`
const programs = String.raw`^(?:%program(?:files(?:\(x86\))?|w6432)%|(?:%systemdrive%|[a-z]:)\\program files(?: \(x86\))?)\\`
const places = [
  // The folders of system32 that others than the system write to (spool, tasks) hold no module.
  String.raw`${windows}(?:system32|syswow64|sysnative)\\(?:(?:inetsrv|rpcproxy)\\)?[^\\]+$`,
  String.raw`${windows}microsoft\.net\\`,
  String.raw`${programs}(?:iis|iis express)\\`,
].map((place) => new RegExp(place, 'i'))
const exchange = /\\(?:exchange server\\)?v1[45]\\(.+)/is
/** Exchange keeps these beside pages; any other library there lies in a web root. */
const besidePages = /\\(?:exppw|owaauth|kerbauth)\.dll$/i

/** The modules of Exchange, below the folder in which it was installed. */
const ownModule =
  /\\(?:bin\\kerbauth|clientaccess\\owa\\auth\\(?:exppw|owaauth)|frontend\\httpproxy\\bin\\(?:exppw|owaauth|airfilter))\.dll$/i

/** Is this a module of Exchange where it was installed in a folder of another name? */
function isInOwnFolder(path: string): boolean {
  const module = ownModule.exec(path)
  if (!module) return false
  const [drive = '', ...folders] = path.slice(0, module.index).split('\\')
  const isPath = /^[a-z]:$/i.test(drive) && folders.length <= 9 && !folders.includes('')
  return isPath && /exch/i.test(folders.at(-1) ?? '')
}

/** Does a library lie where Windows, .NET, IIS or Exchange keep theirs? */
export function isKnownImage(image: string): boolean {
  const path = plainPath(image)
  if (climbs(path)) return false
  if (places.some((place) => place.test(path))) return true
  if (isInOwnFolder(path)) return true
  const below = exchange.exec(path)?.[1]
  if (below === undefined) return false
  return !/^(?:clientaccess|frontend)\\/i.test(below) || /\\bin\\[^\\]+$/i.test(below) || besidePages.test(path)
}

/** Native modules that Windows, IIS and its extensions keep beside the system’s own libraries, by the names of their files. */
const nativeModules = new Set(
  (
    'cachuri cachfile cachtokn cachhttp static defdoc dirlist protsup redirect compstat compdyn validcfg authsspi authanon authbas ' +
    'authcert authmap authmd5 modrqflt urlauthz iprestr diprestr isapi filter cgi iisfcgi iis_ssi logcust loghttp custerr iisetw ' +
    'iisfreb iisreqs iiswsock webdav warmup rewrite requestrouter iiscors aspnetcore aspnetcorev2 iisnode webengine webengine4 ' +
    'rpcproxy wsmsvc aaedge bitssrv hwebcore iiscertobj'
  ).split(' '),
)

/**
 * Is this a module of Windows, .NET, IIS or Exchange, by its place and, where every program could put a library beside those of
 * the system, by its name?
 */
export function isKnownModule(image: string): boolean {
  if (!isKnownImage(image)) return false
  const path = plainPath(image)
  const name = path.slice(path.lastIndexOf('\\') + 1).replace(/\.dll$/i, '')
  return !system.test(path) || nativeModules.has(name.toLowerCase())
}

const system = new RegExp(String.raw`${windows}(?:system32|syswow64|sysnative)\\`, 'i')

/** Names that products give to their own libraries, too. */
const ordinary = new Set(
  'static isapi filter cgi redirect rewrite requestrouter webdav warmup iisnode rpcproxy'.split(' '),
)

/**
 * The module of Microsoft whose name a library bears without being it: the same name in another place, or beside the
 * system’s own libraries a name with one letter more, less, changed or exchanged.
 */
export function resembledModule(image: string): string | null {
  const path = plainPath(image)
  if (isKnownModule(path) || /^%iis_(?:bin|user_home)%/i.test(path)) return null
  const name = path
    .slice(path.lastIndexOf('\\') + 1)
    .replace(/\.dll$/i, '')
    .toLowerCase()
  if (nativeModules.has(name)) return isKnownImage(path) || ordinary.has(name) ? null : name
  if (!system.test(path)) return null
  return [...nativeModules].find((known) => known.length > 4 && isOneLetterOff(name, known)) ?? null
}

function isOneLetterOff(a: string, b: string): boolean {
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  const [x, y] = [a.slice(from), b.slice(from)]
  const exchanged = x.length > 1 && y.length > 1 && x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2)
  return exchanged || x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)
}

const tokens = new Set(['b03f5f7f11d50a3a', 'b77a5c561934e089', '31bf3856ad364e35', 'd127efab8a9c114f'])

/** A class of Microsoft in a library of theirs; one that is signed must be signed with a key of theirs. */
export function isKnownType(type: string): boolean {
  return (
    /^(?:System|Microsoft)\.\w[^,]*(?:,\s*(?:(?:System|Microsoft)\b|mscorlib\b|$)|$)/.test(type) && hasKnownKey(type)
  )
}

/** An assembly of .NET or Microsoft, by its name and key. */
export function isKnownAssembly(name: string): boolean {
  return (
    /^(?:(?:System|Microsoft)\.\w|(?:mscorlib|netstandard|System|Accessibility|WindowsBase|AntiXSSLibrary)(?:,|$))/.test(
      name,
    ) && hasKnownKey(name)
  )
}

function hasKnownKey(name: string): boolean {
  const token = /PublicKeyToken\s*=\s*(\w+)/i.exec(name)?.[1]?.toLowerCase()
  return token === undefined || token === 'null' || tokens.has(token)
}

// https://learn.microsoft.com/exchange/architecture/client-access/default-settings-for-virtual-directories
const roots = [
  String.raw`^(?:%systemdrive%|[a-z]:)\\inetpub\\(?:wwwroot|adminscripts|custerr|ftproot)(?:\\|$)`,
  String.raw`${windows}(?:system32\\(?:rpcproxy|inetsrv|certsrv)|microsoft\.net|web\\(?:rdweb|printers)|help|systemdata|adfs)(?:\\|$)`,
  String.raw`${programs}(?:microsoft\.net|iis|windows server|update services|microsoft system center)`,
  String.raw`\\(?:exchange server\\)?v1[45]\\(?:clientaccess|frontend|bin|mailbox|exchangeoab)(?:\\|$)`,
  String.raw`\\(?:frontend\\httpproxy|clientaccess\\(?:owa|ecp|oab|exchweb|sync|autodiscover|rest|mapi|powershell-proxy|pushnotifications))(?:\\|$)`,
].map((place) => new RegExp(place, 'i'))

/** Is this a folder that IIS, Windows or Exchange serve pages from? */
export function isKnownRoot(folder: string): boolean {
  const path = trimEnd(plainPath(folder), '\\')
  return !climbs(path) && !/^\\\\/.test(path) && roots.some((root) => root.test(path))
}

const program = [
  String.raw`^[^\\/:%]+$`,
  String.raw`${windows}(?:system32|syswow64|sysnative|servicing|microsoft\.net|ccm|ccmsetup|adam|winsxs|uus|systemapps|immersivecontrolpanel)\\(?!(?:spool|tasks|temp|config)\\)`,
  String.raw`${windows}[^\\]+$`,
  String.raw`${programs}`,
  String.raw`^(?:%programdata%|(?:%systemdrive%|[a-z]:)\\programdata)\\microsoft\\windows defender\\platform\\`,
  String.raw`^(?:%localappdata%|(?:%systemdrive%|[a-z]:)\\users\\[^\\]+\\appdata\\local)\\microsoft\\(?:onedrive|teams|edgeupdate)\\`,
  String.raw`\\(?:exchange server\\)?v1[45]\\(?:bin|scripts|fip-fs)\\`,
].map((place) => new RegExp(place, 'i'))

/** Does a program lie where Windows, or what is installed, keeps its programs? A name without a folder does. */
export function isKnownProgram(command: string): boolean {
  const path = plainPath(command)
  return !climbs(path) && program.some((place) => place.test(path))
}

/** A path with backslashes, without the forms of a URL or a device. */
export function plainPath(path: string): string {
  return path
    .trim()
    .replace(/^"([^"]*)".*$/, '$1')
    .replace(/^file:\/{2,3}(?=[a-z]:)/i, '')
    .replaceAll('/', '\\')
    .replace(/^\\\\[.?]\\(?=[a-z]:)/i, '')
}

function climbs(path: string): boolean {
  // No path of Windows has a line end in it.
  return /(?:^|\\)\.{1,2}(?:\\|$)|[\r\n\u2028\u2029]/.test(path)
}
