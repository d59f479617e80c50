import type { Event, Fields } from '../model/event.ts'
import { SECTION } from '../model/scan.ts'
import { withoutDots } from './page-includes.ts'

/**
 * What a configuration says that IIS runs besides what it runs by itself, and from where: a file there that is not read may be
 * a page. A section may lie in a file of its own, beside the configuration.
 */
export function configurationRows({ fields, at }: Event): string[] {
  const { Element, Path, PhysicalPath, File } = fields
  if (Element === 'handler')
    return typeof Path === 'string' ? handledBy(Path, fields).map((handled) => `handler/${handled}`) : []
  if (Element === 'sectionFile') {
    const folder = at.path.replaceAll('\\', '/').split('/').slice(0, -1)
    return typeof File === 'string'
      ? [`${SECTION}${withoutDots([...folder, ...File.replaceAll('\\', '/').split('/')]).toLowerCase()}`]
      : []
  }
  if (Element !== 'virtualDirectory') return []
  const rows: string[] = []
  if (typeof PhysicalPath === 'string' && PhysicalPath.length < 300)
    rows.push(`served-from/${PhysicalPath.toLowerCase().replaceAll('\\', '/')}`)
  if (typeof Path === 'string' && Path.length > 1 && Path.length < 300) rows.push(`serves${Path.toLowerCase()}`)
  return rows
}

/** What compiles and runs a page whatever its ending. */
const ENGINE =
  /\b(?:PageHandlerFactory|SimpleHandlerFactory|WebServiceHandlerFactory|asp\.dll|php[\w-]{0,12}\.(?:exe|dll))\b/i

/** What a handler runs besides pages: `.ending` of files, or a pattern of names; any name only where the handler runs pages. */
function handledBy(paths: string, fields: Fields): string[] {
  const runsAny = ['Type', 'ScriptProcessor'].some((name) => ENGINE.test(String(fields[name] ?? '').slice(0, 1_000)))
  return paths
    .slice(0, 2_000)
    .toLowerCase()
    .split(',')
    .map((path) => path.trim().replace(/^\//, ''))
    .filter((path) => /^[\w*?/.-]{1,100}$/.test(path) && (runsAny || /\.[\w*?-]{0,40}\w$/.test(path)))
    .map((path) => (/^\*\.[\w.-]+$/.test(path) ? path.slice(1) : `/${path}`))
}
