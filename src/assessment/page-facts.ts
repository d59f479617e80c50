import { pageNameOf } from '../findings/removed-pages.ts'
import { addTo } from '../lib/collections.ts'
import type { Scan } from '../model/scan.ts'

/** Pages of the web roots that no baseline knows, by `pageNameOf`: when each was written, and whether its code takes nothing. */
export type PageFacts = ReadonlyMap<
  string,
  readonly { readonly modified: number | null; readonly takesNothing: boolean }[]
>

export function pageFactsOf(scans: readonly Scan[]): PageFacts {
  const pages = new Map<string, { modified: number | null; takesNothing: boolean }[]>()
  for (const { facts } of scans)
    for (const fact of facts)
      if (fact.fact === 'page')
        addTo(pages, pageNameOf(fact.page), { modified: fact.modified, takesNothing: fact.takesNothing })
  return pages
}
