import { type Event, fieldText } from '../model/event.ts'
import { fileNameOf } from '../model/file-name.ts'
import type { Hit } from '../model/rule.ts'
import type { Scan } from '../model/scan.ts'
import { isOfEveryExchange } from '../model/exchange-pages.ts'

// What ASP.NET compiled of a page names the page in its own record alone (`.compiled`). The library beside it, and either of them in a list of
// files, name it by a part of their names: which page that is, the record beside it says, or the only page of that name that anything else names.

const TEMPORARY = /[\\/]temporary asp\.net files[\\/]([^\\/]{1,100})[\\/]/i
/** `App_Web_view.aspx.f5dba9b9.k3ab01xy.dll` and `view.aspx.cdcab7d2.compiled`. */
const OF_PAGE =
  /^(?:app_web_)?([^\\/]{1,200}\.(?:aspx|ashx|asmx|ascx|cshtml|soap))\.[0-9a-f]{1,8}(?:\.compiled|\.[0-9a-z_-]{8}(?:\.\d)?\.(?:dll|cs|cmdline|out|err|pdb))$/
const LIBRARY = /^(app_web_[^\\/]{1,200})\.(?:dll|pdb)$/
const PAGE = /\.(?:aspx|ashx|asmx|ascx|cshtml|soap)$/i

/** The same scans, with the page of each compiled file. */
export function withCompiledPages(scans: readonly Scan[]): readonly Scan[] {
  if (!scans.some(({ hits }) => hits.some(({ event }) => isUnnamed(event)))) return scans
  const pages = new Pages(scans)
  return scans.map((scan) =>
    scan.hits.some(({ event }) => isUnnamed(event))
      ? { ...scan, hits: scan.hits.map((hit) => pages.named(hit)) }
      : scan,
  )
}

/** Is it a compiled file that names no page? */
function isUnnamed(event: Event): boolean {
  return TEMPORARY.test(fieldText(event, 'TargetFilename') ?? '') && fieldText(event, 'virtualPath') === null
}

class Pages {
  /** URL paths by the folder of the record, and the library or the page that it names. */
  readonly #recorded = new Map<string, string>()
  /** URL paths, or paths of files with slashes, by the name of a page that events name; null where there are several. */
  readonly #others = new Map<string, string | null>()

  constructor(scans: readonly Scan[]) {
    for (const { hits } of scans) for (const { event } of hits) this.#see(event)
  }

  #see(event: Event): void {
    const path = fieldText(event, 'TargetFilename') ?? ''
    const page = fieldText(event, 'virtualPath')
    if (!TEMPORARY.test(path)) return this.#seeOther(fieldText(event, 'cs-uri-stem') ?? path)
    if (page === null) return
    this.#recorded.set(keyOf(path, fileNameOf(page)), page)
    const library = fieldText(event, 'Assembly')
    if (library !== null) this.#recorded.set(keyOf(path, library), page)
  }

  #seeOther(path: string): void {
    if (!PAGE.test(path)) return
    const [own, name] = [path.replaceAll('\\', '/').toLowerCase(), fileNameOf(path).toLowerCase()]
    const before = this.#others.get(name)
    this.#others.set(name, before === undefined || lastNames(before ?? '') === lastNames(own) ? own : null)
  }

  named(hit: Hit): Hit {
    const { event } = hit
    if (!isUnnamed(event)) return hit
    const page = this.#pageOf(fieldText(event, 'TargetFilename')!)
    return page === null ? hit : { ...hit, event: { ...event, fields: { ...event.fields, virtualPath: page } } }
  }

  #pageOf(path: string): string | null {
    const name = fileNameOf(path).toLowerCase()
    const library = LIBRARY.exec(name)?.[1]
    const ofLibrary = library === undefined ? undefined : this.#recorded.get(keyOf(path, library))
    if (ofLibrary !== undefined) return ofLibrary
    const page = OF_PAGE.exec(name)?.[1]
    if (page === undefined) return null
    const recorded = this.#recorded.get(keyOf(path, page))
    if (recorded !== undefined) return recorded
    const other = this.#others.get(page) ?? null
    const application = TEMPORARY.exec(path)![1]!.toLowerCase()
    const isThere = other !== null && (application === 'root' || other.includes(`/${application}/`))
    return isThere && !isOfEveryExchange(lastNames(other)) ? `/${lastNames(other)}` : null
  }
}

function keyOf(path: string, name: string): string {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')))
  return `${folder.replaceAll('\\', '/')}\0${name}`.toLowerCase()
}

/** The folder and the name of a page. */
function lastNames(path: string): string {
  return path.split('/').slice(-2).join('/')
}
