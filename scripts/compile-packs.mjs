// `compile-packs.mjs FILE`: writes what there is to find out about the packs that ship, for dist (see src/knowledge/rule-cache.ts).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { compiledFile, readCompiled } from '../dist/knowledge/rule-cache.js'
import { loadKnowledge } from '../dist/knowledge/load-packs.js'
import { root, stop } from './ready.mjs'

const file = process.argv[2] ?? stop('usage: compile-packs.mjs FILE')
const { compiled } = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
writeFileSync(file, compiledFile(compiled))
// A value that JSON does not know, such as .nan, would be another one to whoever reads the file.
if (!isDeepStrictEqual(readCompiled(new URL(`file://${file}`)), compiled)) {
  writeFileSync(file, '')
  stop('A pack holds a value that JSON cannot hold.')
}
