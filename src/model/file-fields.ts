import type { Fields, LogSource } from './event.ts'

/**
 * Where pages that IIS serves lie, told by the path; `null` for a file that is in no web root. `unknown` is a page of which
 * nothing says where it lay: it is taken for one that is served.
 */
export type WebRoot =
  | 'aspnet_client'
  | 'wwwroot'
  | 'owa'
  | 'ecp'
  | 'oab'
  | 'frontend'
  | 'clientaccess'
  | 'unknown'
  | null

/** The log sources of a file's event, from a copy, the $MFT or the change journal. */
export const fileSources: readonly LogSource[] = [
  { category: 'file_event', product: 'windows' },
  { product: 'postern', service: 'file' },
]

/** What the path of a file says: its name, folder, place in the web roots. Names as in docs/internals/fields.md. */
export function fileFields(path: string): Fields {
  const slashed = path.replaceAll('\\', '/')
  const end = slashed.lastIndexOf('/') + 1
  const name = slashed.slice(end)
  const folder = folderOf(slashed.slice(0, end))
  return {
    TargetFilename: path,
    FileName: name,
    Extension: extensionOf(name),
    Directory: folder.directory,
    WebRoot: folder.webRoot,
    RelativePath: folder.relative === null || name === '' ? null : folder.relative + name.toLowerCase(),
  }
}

/** What a folder says of every file in it. */
type Folder = {
  readonly path: string
  readonly directory: string
  readonly webRoot: WebRoot
  /** Of the path below the install folder, the part before the name. */
  readonly relative: string | null
}

// Files mostly come folder by folder, and several callers ask for the same one.
let last: Folder = { path: '', directory: '', webRoot: null, relative: null }

/** `path` ends in `/`, or is empty. */
function folderOf(path: string): Folder {
  if (last.path !== path) {
    last = {
      path,
      directory: path.slice(0, -1).replaceAll('/', '\\'),
      webRoot: rootOf(path.toLowerCase()),
      relative: relativeToExchange(path),
    }
  }
  return last
}

/** Would IIS run a file of this name? What lies in `App_Code` and in folders of resources is compiled with the first request. */
export function isRunnable(path: string): boolean {
  if (
    /\.(aspx?|ashx|asmx|ascx|asax|(?:cs|vb)html?|soap|rem|svc|xamlx|xoml|cer|asa|cdx|shtml?|stm)(\.enc)?$/i.test(path)
  )
    return true
  if (/\.(cs|vb|js)(\.enc)?$/i.test(path)) return /[\\/]app_code[\\/]/i.test(path)
  return /\.(resx|resources)(\.enc)?$/i.test(path) && /[\\/]app_(?:global|local)resources[\\/]/i.test(path)
}

/** Does its name end as files that are sent as they are, or as those that were put aside? */
export function isInert(path: string): boolean {
  return /(?:^|[\\/])[^.\\/]*$|\.(?:txt|md|log|csv|xml|json|html?|css|js|map|png|gif|jpe?g|ico|svg|bmp|pdf|zip|7z|rar|gz|bak|old|orig|off|dis\w*|quar\w*|inc|config|dll|exe|master|resx|cs|vb)(?:\.enc)?$/i.test(
    path,
  )
}

/**
 * Is a file named like a page with further endings, as ransomware names what it encrypts: `a.aspx.id[…].eight`? What a
 * compiler makes of pages is named so, too.
 */
export function isRenamedPage(path: string): boolean {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .slice(0, 255)
    .replace(/\.enc$/i, '')
  const page = /\.(?:aspx?|ashx|asmx|ascx|asax|cshtml|soap|svc)\./i.exec(name)
  if (page === null) return false
  const further = name.slice(page.index + page[0].length)
  return further !== '' && !/(?:^|\.)(?:dll|exe|pdb|compiled|resources|gz|zst)$/i.test(further)
}

/** The web root that a path (with `/`) lies in. */
export function webRootOf(path: string): WebRoot {
  return folderOf(path.slice(0, path.lastIndexOf('/') + 1)).webRoot
}

function rootOf(p: string): WebRoot {
  // Folders of logs contain copies of pages. Below a web root the name of such a folder proves nothing.
  const outermost = /(?:^|\/)(?:(logging|logfiles)|aspnet_client|wwwroot|frontend\/httpproxy|clientaccess)\//.exec(p)
  if (outermost === null || outermost[1] !== undefined) return null
  if (/(^|\/)aspnet_client\//.test(p)) return 'aspnet_client'
  if (/\/frontend\/httpproxy\/owa\//.test(p)) return 'owa'
  if (/\/frontend\/httpproxy\/ecp\//.test(p)) return 'ecp'
  if (/\/frontend\/httpproxy\/oab\//.test(p)) return 'oab'
  if (/\/frontend\/httpproxy\//.test(p)) return 'frontend'
  if (/\/clientaccess\//.test(p)) return 'clientaccess'
  if (/(^|\/)inetpub\/wwwroot\//.test(p) || /^(?![a-z]:)(.*\/)?wwwroot\//.test(p)) return 'wwwroot'
  return null
}

function relativeToExchange(folder: string): string | null {
  const m =
    /(?:^|\/)(?:exchange server\/v1\d|v1[45])\/(.*)$/is.exec(folder) ??
    /(?:^|\/)((?:frontend|clientaccess)\/.*)$/is.exec(folder)
  // Below the web site of Windows nothing of Exchange was installed, whatever a folder there is called.
  return m && !/(?:^|\/)(?:inetpub|aspnet_client)\//i.test(folder.slice(0, m.index + 1)) ? m[1]!.toLowerCase() : null
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot).toLowerCase()
}
