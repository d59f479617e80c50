import type { Fields, LogSource } from '../model.ts'

/** Where pages that IIS serves lie, told by the path; `null` for a file that is in no web root. */
export type WebRoot = 'aspnet_client' | 'wwwroot' | 'owa' | 'ecp' | 'oab' | 'frontend' | 'clientaccess' | null

/** The log sources that the event of a file answers to, whoever tells of the file: a copy, the $MFT, the change journal. */
export const fileSources: readonly LogSource[] = [
  { category: 'file_event', product: 'windows' },
  { product: 'postern', service: 'file' },
]

/** What the path of a file says: its name, folder, place in the web roots. Names as in docs/fields.md. */
export function fileFields(path: string): Fields {
  const slashed = path.replaceAll('\\', '/')
  const name = slashed.slice(slashed.lastIndexOf('/') + 1)
  return {
    TargetFilename: path,
    FileName: name,
    Extension: extensionOf(name),
    Directory: slashed.slice(0, Math.max(0, slashed.length - name.length - 1)).replaceAll('/', '\\'),
    WebRoot: webRootOf(slashed),
    RelativePath: relativeToExchange(slashed),
  }
}

/** Would IIS run a file of this name? */
export function isRunnable(path: string): boolean {
  return /\.(aspx?|ashx|asmx|ascx|asax|cshtml|soap|svc|cer|asa|cdx)(\.enc)?$/i.test(path)
}

/** The web root that a path (with `/`) lies in. */
export function webRootOf(path: string): WebRoot {
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
