import { pageNameOf } from '../findings/removed-pages.ts'
import { addTo } from '../lib/collections.ts'
import { isInOwnWebRoot } from '../model/own-places.ts'
import type { Scan } from '../model/scan.ts'
import { isBelow, servedOf } from './served.ts'

/** Pages that the server has where it serves them, and that no baseline knows, by `pageNameOf`: when each was written, and whether its code takes nothing. */
export type PageFacts = ReadonlyMap<
  string,
  readonly { readonly modified: number | null; readonly takesNothing: boolean }[]
>

export function pageFactsOf(scans: readonly Scan[]): PageFacts {
  const pages = new Map<string, { modified: number | null; takesNothing: boolean }[]>()
  const { folders } = servedOf(scans)
  // A folder with the name of a web root need not be one: its files do not show which page was served.
  const isServed = ({ artifact }: Scan): boolean =>
    isInOwnWebRoot(artifact) &&
    (folders.length === 0 || artifact.windowsPath === null || isBelow(artifact.windowsPath, folders))
  for (const scan of scans)
    for (const fact of scan.facts)
      if (fact.fact === 'page' && isServed(scan))
        addTo(pages, pageNameOf(fact.page), { modified: fact.modified, takesNothing: fact.takesNothing })
  return pages
}
