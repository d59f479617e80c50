// Makes an encoded file, for samples that virus scanners would remove: node scripts/encode.mjs FILE.enc < sample
import { writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node scripts/encode.mjs FILE.enc < sample')
  process.exit(2)
}
const base64 = deflateRawSync(await buffer(process.stdin), { level: 9 }).toString('base64')
writeFileSync(file, `postern-encoded/1\n${base64.replace(/.{1,76}/g, '$&\n')}`)
