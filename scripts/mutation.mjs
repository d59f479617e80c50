// Mutation testing: changes one operator or constant of a file at a time, and runs tests, which must fail.
//
//     node_modules/.bin/node scripts/mutation.mjs [PART OF A NAME…] [--every N]
//
// Prints what survives, and the share that was found per file; of every file, or of those named, all changes or each Nth.
// Changes in a line with the comment `// either is right: WHY` cannot be seen from outside (a limit of memory): they are not
// tried, and their number is printed apart. Tests read the changed file through a hook; nothing on the disk changes. Needs the
// development Node.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseAst } from 'rolldown/parseAst'

const root = fileURLToPath(new URL('..', import.meta.url))
const tests = (folder, ...names) => names.map((name) => `test/${folder}/${name}.test.ts`)
const weighing = [tests('weighing', 'combine', 'occurrence', 'ties', 'weigh', 'weigh-persons', 'absent', 'effects')]
const matching = [
  tests('rules', 'sigma/wildcards', 'sigma/conditions', 'sigma/keywords', 'sigma/modifiers', 'sigma/questions', 'ask'),
  tests('rules', 'sigma/naive', 'sigma/questions-by-chance', 'sigma/condition-limits', 'index'),
]
const lost = tests('core', 'lost-coverage', 'lost-hours')
const covered = tests('core', 'coverage', 'coverage-given', 'coverage-hours', 'coverage-silences')
/** Files, with the tests that must notice a change: groups in the order in which they run, until one fails. */
const subjects = new Map([
  ['src/assessment/weighing/combine.ts', [tests('weighing', 'combine')]],
  ['src/assessment/weighing/occurrence.ts', [tests('weighing', 'occurrence')]],
  ['src/assessment/weighing/ties.ts', [tests('weighing', 'ties')]],
  ['src/assessment/weighing/weigh.ts', weighing],
  ['src/findings/serious.ts', [tests('weighing', 'serious')]],
  ['src/assessment/answers/verdict-rule.ts', [tests('core', 'verdict-rule')]],
  ['src/assessment/answers/verdict.ts', [tests('core', 'verdict-sentences', 'verdict-parts')]],
  ...['condition', 'predicate', 'selection', 'wildcards'].map((name) => [`src/rules/sigma/${name}.ts`, matching]),
  ['src/rules/match.ts', matching],
  ['src/assessment/coverage/lost-coverage.ts', [lost, covered]],
  ['src/assessment/coverage/coverage.ts', [covered, lost]],
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
let ended = 0
try {
  for (const [file, groups] of subjects) {
    if (only.length > 0 && !only.some((part) => file.includes(part))) continue
    const path = join(root, file)
    const source = readFileSync(path, 'utf8')
    const lines = source.split('\n')
    const [free, bound] = divided(mutantsOf(source), ({ line }) => lines[line - 1].includes('// either is right: '))
    const mutants = bound.filter((_, i) => i % step === 0)
    if (isNoticed(path, source, groups)) throw new Error(`the tests of ${file} fail without a change`)
    const survivors = mutants.filter(({ text }) => !isNoticed(path, text, groups))
    missed += survivors.length
    const share = mutants.length === 0 ? 100 : Math.round((100 * (mutants.length - survivors.length)) / mutants.length)
    console.log(
      `${file}: ${mutants.length - survivors.length} of ${mutants.length} noticed (${share} %)${free.length > 0 ? `; ${free.length} where either is right` : ''}`,
    )
    for (const { line, what } of survivors) console.log(`  ${line}: ${what}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${missed} survived${ended > 0 ? `; ${ended} did not end in time, and count as noticed` : ''}`)

function isNoticed(path, text, groups) {
  const mutant = join(folder, 'mutant.ts')
  writeFileSync(mutant, text)
  return groups.some((files) => {
    const { status, signal } = spawnSync(
      process.execPath,
      ['--import', pathToFileURL(hook).href, '--test', '--test-isolation=none', '--test-reporter=dot', ...files],
      {
        cwd: root,
        stdio: 'ignore',
        timeout: 20_000,
        // A test that never ends hears no other signal.
        killSignal: 'SIGKILL',
        env: { ...process.env, MUTANT_URL: pathToFileURL(path).href, MUTANT_FILE: mutant },
      },
    )
    if (signal !== null) ended++
    return status !== 0
  })
}

function divided(list, isFirst) {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))]
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
