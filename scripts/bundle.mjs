// `bundle.mjs FILE…`: puts into each of these files of dist all that it imports, without comments and white space. To find,
// read and link 200 modules is half of what a thread takes to start, and their texts stay in its memory. Names stay as
// they are: an error must say where it happened.
import { writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { rolldown } from 'rolldown'

const inputs = process.argv.slice(2).map((file) => resolve(file))
for (const input of inputs) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    // A file that is made one itself is loaded when it is needed.
    external: (name, by) =>
      !/^[./]|^[A-Za-z]:\\/.test(name) || (by !== undefined && inputs.includes(resolve(dirname(by), name))),
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
  writeFileSync(input, inAscii(code))
}

/** A text with letters beyond ASCII takes twice the memory, in every thread. */
function inAscii(code) {
  if (/\\[^\x00-\x7f]/.test(code)) throw new Error('a letter beyond ASCII stands behind a backslash')
  return code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A module that names a file beside itself means its own place, not that of the bundle. */
function withOwnPlaces(code, file, folder) {
  if (!code.includes('import.meta.url')) return null
  const own = relative(folder, file).split(sep).join('/')
  return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(own)}, import.meta.url).href`)
}
