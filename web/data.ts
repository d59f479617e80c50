import type { Assessment } from '../src/model.ts'

/** The assessment that a page carries: JSON, deflated, in base64, in the block `data`. */
export async function readReport(page: Document): Promise<Assessment> {
  const packed = Uint8Array.from(atob(page.getElementById('data')!.textContent!.trim()), (c) => c.charCodeAt(0))
  const text = await new Response(
    new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
  ).text()
  return JSON.parse(text) as Assessment
}
