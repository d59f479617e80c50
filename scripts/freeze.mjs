// Prints a digest of the answers about every miniature server, the sample and, where POSTERN_DATA names it, every set
// of the evidence folder: assessment.json, findings.jsonl and coverage.jsonl without prose. A change of the program that
// should change no answer leaves every line as it was:
//
//     node_modules/.bin/node scripts/freeze.mjs > before      (then change, build)
//     node_modules/.bin/node scripts/freeze.mjs > after; diff before after
//
// With arguments: only what has one of them in its name. Needs the built program and the development Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { materialise } from '../tools/simulator/build.ts'
import { readSpec } from '../tools/simulator/spec.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const data = process.env.POSTERN_DATA
const only = process.argv.slice(2)

/** Told apart from prose by its shape: three words or more, each but the first after one space. */
const prose = /^\S+(?: \S+){2,}$/
/** What stands in the evidence is no prose, whatever its shape. */
const fromEvidence = new Set(['facts', 'raw', 'path', 'locators'])
/**
 * What names the program, the run or a text, and no answer. `knowledge`: digests of packs and tables, which change with
 * every edit of a text.
 */
const aside = new Set([
  'tool',
  'title',
  'description',
  'generatedAt',
  'modified',
  'digest',
  'cost',
  'seconds',
  'knowledge',
])

const folder = mkdtempSync(join(tmpdir(), 'postern-freeze-'))
try {
  for (const [name, evidence] of [...servers(), ...sets()]) {
    if (only.length > 0 && !only.some((part) => name.includes(part))) continue
    const place = join(folder, 'evidence')
    console.log(`${digestOf(typeof evidence === 'string' ? evidence : await evidence(place))}  ${name}`)
    rmSync(place, { recursive: true, force: true })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function* servers() {
  yield ['sample', (place) => copied(join(root, 'samples', 'server'), place)]
  const packs = join(root, 'packs')
  for (const name of readdirSync(packs, { recursive: true }).sort()) {
    if (!/[\\/]server\.yml$/.test(name)) continue
    const spec = readSpec(join(packs, name))
    yield [
      relative(root, join(packs, name)).replaceAll('\\', '/'),
      async (place) => {
        await materialise(spec, place)
        return place
      },
    ]
  }
}

/** A copy with one time for all files: a checkout gives them its own. */
function copied(from, to) {
  cpSync(from, to, { recursive: true })
  for (const name of readdirSync(to, { recursive: true })) utimesSync(join(to, name), 1_700_000_000, 1_700_000_000)
  return to
}

function* sets() {
  if (!data) return
  for (const kind of readdirSync(data, { withFileTypes: true })) {
    if (!kind.isDirectory()) {
      if (kind.name.endsWith('.zip')) yield [kind.name, join(data, kind.name)]
      continue
    }
    for (const name of readdirSync(join(data, kind.name)).sort())
      yield [`${kind.name}/${name}`, join(data, kind.name, name)]
  }
}

/** The digest of the answers, with the verdict before it; the exit code and the message where there is none. */
function digestOf(evidence) {
  const out = join(folder, 'out')
  const run = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli', 'main.js'), 'assess', evidence, '--out', out, '--quiet', '--jobs', '1'],
    { encoding: 'utf8' },
  )
  const server = existsSync(out)
    ? readdirSync(out).find((name) => existsSync(join(out, name, 'assessment.json')))
    : undefined
  if (server === undefined) return `exit ${run.status}: ${run.stderr.trim().split('\n')[0]}`
  const text = (file) => readFileSync(join(out, server, file), 'utf8').replaceAll(evidence, 'EVIDENCE')
  const assessment = JSON.parse(text('assessment.json'))
  const rows = (file) =>
    text(file)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  const hash = createHash('sha256')
  for (const part of [assessment, rows('findings.jsonl'), rows('coverage.jsonl')])
    hash.update(JSON.stringify(withoutProse(part)))
  rmSync(out, { recursive: true })
  return `${hash.digest('hex').slice(0, 16)} ${assessment.verdict.is}${assessment.verdict.sure ? '' : '?'}`
}

function withoutProse(value, kept = false) {
  if (typeof value === 'string') return !kept && prose.test(value) ? '…' : value
  if (Array.isArray(value)) return value.map((one) => withoutProse(one, kept))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => kept || !aside.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, withoutProse(one, kept || fromEvidence.has(key))]),
  )
}
