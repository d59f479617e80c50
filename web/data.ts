import type { Assessment } from '../src/model/assessment.ts'
import type { PackTexts } from '../src/model/pack-texts.ts'
import { visible } from '../src/lib/control-characters.ts'
import { type Counts, type FailedFile, type FindingRows, unpackReport } from '../src/reports/html/data.ts'

/** What a report is shown from. Its texts are `visible` already; findings have neither locators nor facts. */
export type PageData = {
  readonly report: Assessment
  readonly counts: Counts
  readonly failed: readonly FailedFile[]
  readonly texts: PackTexts
  /** The rows of a finding, as they stand in the evidence; null where the page does not hold them. */
  readonly rowsOf: (id: string) => Promise<FindingRows | null>
}

/** The report that a page carries in its blocks (src/reports/html/data.ts). */
export async function readReport(page: Document): Promise<PageData> {
  const names = (kind: string): string[] => [...page.querySelectorAll(`[id^="data-${kind}-"]`)].map(({ id }) => id)
  const [report, findings, files] = await Promise.all([
    inflated(page, 'data'),
    Promise.all(names('findings').map((id) => inflated(page, id))),
    Promise.all(names('files').map((id) => inflated(page, id))),
  ])
  const unpacked = unpackReport({ report, findings, files, rows: [] }, visible)
  const opened = new Map<number, Promise<string>>()
  return {
    report: unpacked.report,
    counts: unpacked.counts,
    failed: unpacked.failed,
    texts: unpacked.texts,
    rowsOf: async (id) => {
      const place = unpacked.placeOf(id)
      if (place === null) return null
      const text = opened.get(place.block) ?? inflated(page, `data-rows-${place.block}`)
      opened.set(place.block, text)
      return unpacked.rowsOf(await text, place.at)
    },
  }
}

async function inflated(page: Document, id: string): Promise<string> {
  const packed = Uint8Array.from(atob(page.getElementById(id)!.textContent!.trim()), (c) => c.charCodeAt(0))
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return await new Response(stream).text()
}
