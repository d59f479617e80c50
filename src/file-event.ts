import type { Member } from './evidence/container.ts'
import type { Event, LogKind } from './model.ts'

/** Where pages that IIS serves lie, told by the path; `null` for a file that is in no web root. */
export type WebRoot = 'aspnet_client' | 'wwwroot' | 'owa' | 'ecp' | 'oab' | 'frontend' | 'clientaccess' | null

/**
 * The event of a file of the evidence: its path, name, place in the web roots, size and digest. It has no time: the
 * modification time of a copy is a hint (`Modified`), not a fact.
 */
export function fileEvent(member: Member, sha256: string, size: number, parser: string | null, text = ''): Event {
  const path = member.windowsPath ?? member.path
  const slashed = path.replaceAll('\\', '/')
  const name = slashed.slice(slashed.lastIndexOf('/') + 1)
  const webRoot = webRootOf(slashed)
  return {
    log: kindOfFile(slashed),
    sources: [
      { category: 'file_event', product: 'windows' },
      { product: 'postern', service: 'file' },
    ],
    time: null,
    timeBasis: 'file',
    fields: {
      TargetFilename: path,
      FileName: name,
      Extension: extensionOf(name),
      Directory: slashed.slice(0, Math.max(0, slashed.length - name.length - 1)).replaceAll('/', '\\'),
      Size: size,
      sha256,
      Hashes: `SHA256=${sha256.toUpperCase()}`,
      WebRoot: webRoot,
      RelativePath: relativeToExchange(slashed),
      Modified: member.modified,
      Parser: parser,
      ...virtualPathOf(name, text),
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

/** A `.compiled` file names the page that it was made of. */
function virtualPathOf(name: string, text: string): { virtualPath?: string } {
  if (!name.toLowerCase().endsWith('.compiled')) return {}
  const path = /\bvirtualPath="([^"]{1,1024})"/.exec(text)?.[1]
  return path === undefined ? {} : { virtualPath: path }
}

/** Does IIS run or serve this file: is it in a web root, or does it have the name of a page or of a configuration? */
export function isServed(head: { readonly path: string; readonly windowsPath: string | null }): boolean {
  const path = (head.windowsPath ?? head.path).replaceAll('\\', '/')
  return page.test(path) || webRootOf(path) !== null
}

/** Would IIS run a file of this name? */
export function isRunnable(path: string): boolean {
  return /\.(aspx?|ashx|asmx|ascx|asax|cshtml|soap|svc|cer|asa|cdx)(\.enc)?$/i.test(path)
}

const page = /\.(aspx?|ashx|asmx|ascx|asax|cshtml|cer|cdx|asa|soap|svc|config|js|php|jsp|compiled)$/i

function kindOfFile(path: string): LogKind {
  if (/\/temporary asp\.net files\//i.test(path)) return 'aspnet-temp'
  if (/(^|\/)applicationhost\.config$/i.test(path)) return 'iis-config'
  if (/(^|\/)(fetagents|agents)\.config$/i.test(path)) return 'transport-agents'
  return webRootOf(path) ? 'web-roots' : 'files'
}

function webRootOf(path: string): WebRoot {
  const p = path.toLowerCase()
  if (/\/logging\/|\/logfiles\//.test(p)) return null
  if (/(^|\/)aspnet_client\//.test(p)) return 'aspnet_client'
  if (/\/frontend\/httpproxy\/owa\//.test(p)) return 'owa'
  if (/\/frontend\/httpproxy\/ecp\//.test(p)) return 'ecp'
  if (/\/frontend\/httpproxy\/oab\//.test(p)) return 'oab'
  if (/\/frontend\/httpproxy\//.test(p)) return 'frontend'
  if (/\/clientaccess\//.test(p)) return 'clientaccess'
  if (/(^|\/)inetpub\/wwwroot\//.test(p)) return 'wwwroot'
  return null
}

function relativeToExchange(path: string): string | null {
  const m =
    /(?:^|\/)(?:exchange server\/v1\d|v1[45])\/(.+)$/i.exec(path) ??
    /(?:^|\/)((?:frontend|clientaccess)\/.+)$/i.exec(path)
  return m ? m[1]!.toLowerCase() : null
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot).toLowerCase()
}
