import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { evidenceFiles, type EvidenceFile } from './build.ts'
import { readSpec } from './spec.ts'

/** Logs from this size on stand compressed in the repository. */
const LARGE = 4096

/** The servers of `samples/`: `server` was entered, and to `benign` nothing happened. */
export const bundled = { server: 'sample-server.yml', benign: 'benign-server.yml' } as const

/** The files of one of them: a copied C: tree, large logs compressed, the web shell encoded. */
export function sampleFiles(name: keyof typeof bundled): EvidenceFile[] {
  const spec = readSpec(fileURLToPath(new URL(`../../scripts/${bundled[name]}`, import.meta.url)))
  return evidenceFiles(spec, 'ctree').map((file) => {
    if (file.bytes.length < LARGE || file.path.endsWith('.enc')) return file
    const bytes = gzipSync(file.bytes, { level: 9 })
    bytes[9] = 255 // the operating system that packed it: unknown, wherever it is made
    return { ...file, path: `${file.path}.gz`, bytes }
  })
}
