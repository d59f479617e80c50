// Packs a list of known-good files (docs/use/baselines.md), plain or gzip, into the form that ships in knowledge/:
//   node scripts/make-baseline.mjs LIST.tsv.gz OUT.baseline "origin and license" [TOP-FOLDERS…]
// Paths whose first folder is none of those of Exchange's install folder are taken to lie below ClientAccess.
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { readBaselineList } from '../src/rules/baselines/baseline.ts'
import { packBaseline, unpackBaseline } from '../src/rules/baselines/file-format.ts'

const [list, out, origin] = process.argv.slice(2)
if (!list || !out || !origin) {
  console.error('usage: node scripts/make-baseline.mjs LIST OUT ORIGIN')
  process.exit(2)
}
const bytes = readFileSync(list)
const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
const rows = readBaselineList(text, list).map((row) => {
  const path = row.path.toLowerCase().replaceAll('\\', '/').replace(/^\/+/, '')
  return { ...row, path: /^(frontend|clientaccess|bin)\//.test(path) ? path : `clientaccess/${path}` }
})
const packed = packBaseline(rows, origin)
writeFileSync(out, packed)
const { paths, digests, builds } = unpackBaseline(packed, out)
console.log(`${rows.length} rows: ${paths} paths, ${digests} digests, ${builds.length} builds, ${packed.length} bytes`)
