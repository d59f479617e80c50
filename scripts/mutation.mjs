// Mutation testing: changes one operator or constant of a file at a time, and runs tests, which must fail.
//
//     node_modules/.bin/node scripts/mutation.mjs [PART OF A NAME…] [--every N]
//
// Prints what survives, and the share that was found per file; of every file, or of those named, all changes or each Nth.
// Tests read the changed file through a hook; nothing on the disk changes. Needs the development Node.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseAst } from 'rolldown/parseAst'

const root = fileURLToPath(new URL('..', import.meta.url))
const weighing = ['combine', 'occurrence', 'ties', 'weigh', 'weigh-persons', 'absent', 'effects'].map(
  (name) => `test/weighing/${name}.test.ts`,
)
const matching = ['sigma/naive', 'sigma/conditions', 'sigma/keywords', 'sigma/modifiers', 'ask', 'index'].map(
  (name) => `test/rules/${name}.test.ts`,
)
const covering = ['lost-coverage', 'lost-hours', 'coverage'].map((name) => `test/core/${name}.test.ts`)
/** Files, with the tests that must notice a change. */
const subjects = new Map([
  ['src/assessment/weighing/combine.ts', ['test/weighing/combine.test.ts']],
  ['src/assessment/weighing/occurrence.ts', ['test/weighing/occurrence.test.ts']],
  ['src/assessment/weighing/ties.ts', ['test/weighing/ties.test.ts']],
  ['src/assessment/weighing/weigh.ts', weighing],
  ['src/findings/serious.ts', ['test/weighing/serious.test.ts']],
  ['src/assessment/answers/verdict-rule.ts', ['test/core/verdict-rule.test.ts']],
  ['src/assessment/answers/verdict.ts', ['sentences', 'parts'].map((name) => `test/core/verdict-${name}.test.ts`)],
  ...['condition', 'predicate', 'selection', 'wildcards'].map((name) => [`src/rules/sigma/${name}.ts`, matching]),
  ['src/rules/match.ts', matching],
  ['src/assessment/coverage/lost-coverage.ts', covering],
  ['src/assessment/coverage/coverage.ts', covering],
])
/** What each operator is changed into. */
const operators = {
  '>=': ['>'],
  '>': ['>=', '<'],
  '<=': ['<'],
  '<': ['<=', '>'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
}

const only = process.argv.slice(2)
const at = only.indexOf('--every')
const step = at < 0 ? 1 : Number(only.splice(at, 2)[1])
const folder = mkdtempSync(join(tmpdir(), 'postern-mutation-'))
const hook = join(folder, 'hook.mjs')
writeFileSync(
  hook,
  `import { registerHooks } from 'node:module'
import { readFileSync } from 'node:fs'
registerHooks({
  load(url, context, next) {
    if (url !== process.env.MUTANT_URL) return next(url, context)
    return { format: 'module-typescript', source: readFileSync(process.env.MUTANT_FILE, 'utf8'), shortCircuit: true }
  },
})
`,
)
let missed = 0
try {
  for (const [file, tests] of subjects) {
    if (only.length > 0 && !only.some((part) => file.includes(part))) continue
    const path = join(root, file)
    const source = readFileSync(path, 'utf8')
    const mutants = mutantsOf(source).filter((_, i) => i % step === 0)
    const survivors = mutants.filter(({ text }) => !isNoticed(path, text, tests))
    missed += survivors.length
    const share = mutants.length === 0 ? 100 : Math.round((100 * (mutants.length - survivors.length)) / mutants.length)
    console.log(`${file}: ${mutants.length - survivors.length} of ${mutants.length} noticed (${share} %)`)
    for (const { line, what } of survivors) console.log(`  ${line}: ${what}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${missed} survived`)

function isNoticed(path, text, tests) {
  const mutant = join(folder, 'mutant.ts')
  writeFileSync(mutant, text)
  const { status } = spawnSync(
    process.execPath,
    ['--import', pathToFileURL(hook).href, '--test', '--test-isolation=none', '--test-reporter=dot', ...tests],
    {
      cwd: root,
      stdio: 'ignore',
      timeout: 60_000,
      // A test that never ends hears no other signal.
      killSignal: 'SIGKILL',
      env: { ...process.env, MUTANT_URL: pathToFileURL(path).href, MUTANT_FILE: mutant },
    },
  )
  return status !== 0
}

/** The file with one change each. */
function mutantsOf(source) {
  const found = []
  const put = (from, end, to) => {
    const line = source.slice(0, from).split('\n').length
    found.push({
      line,
      what: `${source.slice(from, end)} → ${to}: ${source.split('\n')[line - 1].trim()}`,
      text: source.slice(0, from) + to + source.slice(end),
    })
  }
  const textOf = ({ start, end }) => source.slice(start, end)
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node.type !== 'string' || /^(?:TS(?!NonNull|As|Satisfies)|ImportDeclaration)/.test(node.type)) return
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      const at = source.indexOf(node.operator, node.left.end)
      for (const to of operators[node.operator] ?? []) put(at, at + node.operator.length, to)
    }
    if (node.type === 'Literal' && typeof node.value === 'number') put(node.start, node.end, String(node.value + 1))
    if (node.type === 'Literal' && typeof node.value === 'boolean') put(node.start, node.end, String(!node.value))
    if (node.type === 'UnaryExpression' && node.operator === '!') put(node.start, node.end, textOf(node.argument))
    if (node.type === 'ConditionalExpression') put(node.test.start, node.test.end, `!(${textOf(node.test)})`)
    if (node.type === 'IfStatement') put(node.test.start, node.test.end, 'false')
    for (const child of Object.values(node)) visit(child)
  }
  visit(parseAst(source, { lang: 'ts' }).body)
  return found
}
