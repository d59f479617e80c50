import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exportsOf, functionsOf, lengthOf, repeatedExports, sources } from './structure.ts'

// A function is read as a whole: it has room on a screen, and a reader can follow all its ways. Markup counts more lines.
const LINES = { ts: 80, tsx: 125 }
const COMPLEXITY = 25
const FILE = 700

/** Loops over every byte or row, where a call costs more than what it does. */
const innerLoops = /^src\/(?:prefilter\/|lib\/json-stream\.ts$)/

/** Functions over a limit, and why. */
const functionsBeyond: Readonly<Record<string, string>> = {
  'src/locales/page-words.ts wordsOf': 'a table of texts',
}

/** Files of src over the limit, and why. */
const filesBeyond: Readonly<Record<string, string>> = {
  'src/reports/shared/attack-names.ts': 'a table of names',
  'src/prefilter/wasm-rows.ts': 'one inner loop with what it reads and writes',
  'src/lib/json-stream.ts': 'one inner loop with what it reads and writes',
}

/** Files whose exports are names of one place each. The texts of the page bear the names of their keys, in each language. */
const named = [...sources('src'), ...sources('web')].filter((file) => !/^src\/locales\/(?:en|de|fr|ja)\//.test(file))

/**
 * Names that several of these files export, and why. What a kind of a shelf provides (`read`, `recognize`, `write`) is a
 * member of its object and no export, so that no name needs to be listed.
 */
const namesRepeated: Readonly<Record<string, string>> = {}

const functions = [...sources('src'), ...sources('web')].flatMap(functionsOf)
const longFunctions = functions.filter(
  ({ file, lines, complexity }) =>
    !innerLoops.test(file) && (lines > (file.endsWith('.tsx') ? LINES.tsx : LINES.ts) || complexity > COMPLEXITY),
)
const longFiles = sources('src').filter((file) => lengthOf(file) > FILE)

describe('structure', () => {
  it('functions can be read as a whole', () => {
    const beyond = longFunctions.filter(({ file, name }) => !(`${file} ${name}` in functionsBeyond))
    assert.deepEqual(
      beyond.map(({ file, line, name, lines, complexity }) => `${file}:${line} ${name}: ${lines}, ${complexity}`),
      [],
    )
  })

  it('files are about one thing', () => {
    assert.deepEqual(
      longFiles.filter((file) => !(file in filesBeyond)).map((file) => `${file}: ${lengthOf(file)}`),
      [],
    )
  })

  it('a name of a type, a function or a value leads to one place', () => {
    const repeated = [...repeatedExports(named)].filter(([name]) => !(name in namesRepeated))
    assert.deepEqual(
      repeated.map(([name, homes]) => `${name}: ${homes.join(', ')}`),
      [],
    )
  })

  it('no exception is listed that is not needed', () => {
    const needed = new Set([
      ...longFunctions.map(({ file, name }) => `${file} ${name}`),
      ...longFiles,
      ...repeatedExports(named).keys(),
    ])
    const listed = [functionsBeyond, filesBeyond, namesRepeated].flatMap(Object.keys)
    assert.deepEqual(
      listed.filter((one) => !needed.has(one)),
      [],
    )
  })

  it('the checks see what they are to see', () => {
    assert.ok(functions.length > 5_000)
    assert.ok(functions.some(({ file, complexity }) => innerLoops.test(file) && complexity > COMPLEXITY))
    assert.ok(named.flatMap(exportsOf).length > 1_700)
    assert.ok(repeatedExports(['src/locales/de/page/charts.ts', 'src/locales/fr/page/charts.ts']).has('charts'))
    assert.ok(longFiles.includes('src/reports/shared/attack-names.ts'))
  })
})
