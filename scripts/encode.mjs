// Encoded files, for samples and rules that virus scanners would remove.
//   node scripts/encode.mjs FILE.enc < sample     makes one
//   node scripts/encode.mjs --decode FILE.enc     writes what is in one to the output, to read it
import { readFileSync, writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

const [first, second] = process.argv.slice(2)
if (first === '--decode' && second !== undefined) {
  const [, ...lines] = readFileSync(second, 'latin1').split('\n')
  process.stdout.write(inflateRawSync(Buffer.from(lines.join(''), 'base64')))
} else if (first !== undefined && first !== '--decode') {
  const base64 = deflateRawSync(await buffer(process.stdin), { level: 9 }).toString('base64')
  writeFileSync(first, `postern-encoded/1\n${base64.replace(/.{1,76}/g, '$&\n')}`)
} else {
  console.error('usage: node scripts/encode.mjs FILE.enc < sample, or node scripts/encode.mjs --decode FILE.enc')
  process.exit(2)
}
