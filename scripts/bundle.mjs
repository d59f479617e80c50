// `bundle.mjs FILE…`: puts into each of these files of dist all that it imports, without comments and white space. To find,
// read and link 200 modules is half of what a thread takes to start, and their texts stay in its memory. Names stay as
// they are: an error must say where it happened.
import { writeFileSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { rolldown } from 'rolldown'

for (const input of process.argv.slice(2)) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: (name) => !/^[./]|^[A-Za-z]:\\/.test(name),
    plugins: [{ name: 'own-places', transform: (code, file) => withOwnPlaces(code, file, dirname(input)) }],
  })
  const { output } = await bundle.generate({
    format: 'es',
    codeSplitting: false,
    minify: { compress: false, mangle: false, codegen: true },
  })
  await bundle.close()
  const [{ code }, ...others] = output
  if (others.length > 0) throw new Error(`${input} cannot be one file`)
  writeFileSync(input, code)
}

/** A module that names a file beside itself means its own place, not that of the bundle. */
function withOwnPlaces(code, file, folder) {
  if (!code.includes('import.meta.url')) return null
  const own = relative(folder, file).split(sep).join('/')
  return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(own)}, import.meta.url).href`)
}
