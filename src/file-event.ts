import type { Member } from './evidence/container.ts'
import type { Event, LogKind } from './model.ts'
import { fileFields, fileSources, webRootOf } from './parsers/file-fields.ts'

/**
 * The event of a file of the evidence: its path, name, place in the web roots, size and digest. It has no time: the
 * modification time of a copy is a hint (`Modified`), not a fact.
 */
export function fileEvent(member: Member, sha256: string, size: number, parser: string | null, text = ''): Event {
  const path = member.windowsPath ?? member.path
  const slashed = path.replaceAll('\\', '/')
  return {
    log: kindOfFile(slashed),
    sources: fileSources,
    time: null,
    timeBasis: 'file',
    fields: {
      ...fileFields(path),
      Size: size,
      sha256,
      Hashes: `SHA256=${sha256.toUpperCase()}`,
      Modified: member.modified,
      Parser: parser,
      ...virtualPathOf(slashed, text),
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
function virtualPathOf(path: string, text: string): { virtualPath?: string } {
  if (!path.toLowerCase().endsWith('.compiled')) return {}
  const page = /\bvirtualPath="([^"]{1,1024})"/.exec(text)?.[1]
  return page === undefined ? {} : { virtualPath: page }
}

/** Does IIS run or serve this file: is it in a web root, or does it have the name of a page or of a configuration? */
export function isServed(head: { readonly path: string; readonly windowsPath: string | null }): boolean {
  const path = (head.windowsPath ?? head.path).replaceAll('\\', '/')
  return page.test(path) || webRootOf(path) !== null
}

const page = /\.(aspx?|ashx|asmx|ascx|asax|cshtml|cer|cdx|asa|soap|svc|config|js|php|jsp|compiled)$/i

function kindOfFile(path: string): LogKind {
  if (/\/temporary asp\.net files\//i.test(path)) return 'aspnet-temp'
  if (/(^|\/)applicationhost\.config$/i.test(path)) return 'iis-config'
  if (/(^|\/)(fetagents|agents)\.config$/i.test(path)) return 'transport-agents'
  return webRootOf(path) ? 'web-roots' : 'files'
}
