// Prints the figures of the program's structure: folders, floors and imports between folders of src, the longest functions and
// files, and names that are exported twice.
import { figures, MOST } from '../test/imports.ts'
import { functionsOf, lengthOf, repeatedExports, sources } from '../test/structure.ts'

const files = [...sources('src'), ...sources('web')]
const functions = files.flatMap(functionsOf)
const first = (list, by, most = 25) => [...list].sort((a, b) => b[by] - a[by]).slice(0, most)
const show = ({ lines, complexity, file, line, name }) =>
  console.log(`  ${lines}\t${complexity}\t${file}:${line} ${name}`)

console.log(`${files.length} files, ${functions.length} functions with a name`)
for (const [name, most] of Object.entries(MOST)) console.log(`${figures()[name]} ${name} in src (at most ${most})`)
console.log('\nlongest functions (lines, complexity)')
first(functions, 'lines').forEach(show)
console.log('\nmost complex functions (lines, complexity)')
first(functions, 'complexity').forEach(show)
console.log('\nlongest files')
for (const { file, lines } of first(
  files.map((file) => ({ file, lines: lengthOf(file) })),
  'lines',
))
  console.log(`  ${lines}\t${file}`)
console.log('\nnames that are exported more than once')
for (const [name, homes] of repeatedExports(files)) console.log(`  ${name}: ${homes.join(', ')}`)
