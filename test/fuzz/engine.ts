import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Target } from './targets.ts'

const root = join(import.meta.dirname, '..', '..')
const cli = join(root, 'test', 'engines', 'node_modules', '@jazzer.js', 'core', 'dist', 'cli.js')

/** The engine is heavy, and comes by itself: `npm ci --prefix test/engines`. */
export const engineIsThere = existsSync(cli)

/** What came of one target. */
export type FuzzRun = {
  readonly target: string
  readonly seconds: number
  readonly executions: number
  /** Places in the code that were reached, by the seeds alone and at the end. */
  readonly coverage: readonly [seeds: number, end: number]
  /** Inputs that are kept because they reached something new. */
  readonly corpus: number
  readonly peakMegabytes: number
  /** What was found, with the input; null when nothing was. */
  readonly finding: { readonly output: string; readonly input: Buffer | null } | null
}

/** So long may one input take, and so much memory may the process have. */
const LIMITS = { seconds: 10, megabytes: 2_048 }

/**
 * Fuzzes one target for so many seconds, led by the coverage of `src/`. What reached something new is kept in
 * `.cache/fuzz`, and the next run begins with it. https://github.com/CodeIntelligenceTesting/jazzer.js
 */
export async function fuzz(target: Target, seconds: number): Promise<FuzzRun> {
  const work = mkdtempSync(join(tmpdir(), 'postern-fuzz-run-'))
  try {
    const corpus = join(root, '.cache', 'fuzz', target.name)
    const [seeds, findings] = [join(work, 'seeds'), join(work, 'findings')]
    for (const folder of [corpus, seeds, findings]) mkdirSync(folder, { recursive: true })
    const all = target.seeds()
    all.forEach(({ bytes }, i) => writeFileSync(join(seeds, String(i)), bytes))
    const longest = Math.max(4_096, ...all.map(({ bytes }) => bytes.length + 1_024))
    const output = await run(
      target.name,
      join(work, 'log'),
      [corpus, seeds],
      [
        `-max_total_time=${seconds}`,
        `-max_len=${longest}`,
        `-rss_limit_mb=${LIMITS.megabytes}`,
        `-artifact_prefix=${findings}/`,
        '-print_final_stats=1',
      ],
    )
    return { ...resultOf(target.name, output.text, seconds), finding: findingOf(findings, output) }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

type Output = { readonly text: string; readonly status: number | null }

/** What it says goes through a file: the engine writes past Node, and loses what a pipe does not take at once. */
async function run(
  target: string,
  log: string,
  folders: readonly string[],
  options: readonly string[],
): Promise<Output> {
  const node = [
    '--no-warnings',
    `--import=${join(import.meta.dirname, 'strip-types.mjs')}`,
    cli,
    join(import.meta.dirname, 'jazzer-target.mjs'),
    ...folders,
    `--includes=${join(root, 'src')}`,
    '--excludes=node_modules',
    `--timeout=${LIMITS.seconds * 1_000}`,
    '--',
    ...options,
  ]
  const out = openSync(log, 'w')
  try {
    const env = { ...process.env, POSTERN_FUZZ_TARGET: target, NODE_TEST_CONTEXT: undefined }
    const child = spawn(process.execPath, node, { cwd: root, env, stdio: ['ignore', out, out] })
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    return { text: readFileSync(log, 'latin1'), status }
  } finally {
    closeSync(out)
  }
}

/** libFuzzer tells of its progress in lines: `#123 NEW cov: 45 ft: 67 corp: 8/9Kb …`. https://llvm.org/docs/LibFuzzer.html#output */
function resultOf(target: string, text: string, seconds: number): Omit<FuzzRun, 'finding'> {
  const coverage = [...text.matchAll(/^#\d+\s+(\w+)\s+cov: (\d+) ft: \d+ corp: (\d+)\//gm)]
  const first = coverage.find(([, what]) => what === 'INITED')
  const last = coverage.at(-1)
  const stat = (name: string): number => Number(new RegExp(`^stat::${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const done = /^Done \d+ runs in (\d+) second/m.exec(text)
  return {
    target,
    seconds: done ? Number(done[1]) : seconds,
    executions: stat('number_of_executed_units'),
    coverage: [Number(first?.[2] ?? 0), Number(last?.[2] ?? 0)],
    corpus: Number(last?.[3] ?? 0),
    peakMegabytes: stat('peak_rss_mb'),
  }
}

function findingOf(folder: string, { text, status }: Output): FuzzRun['finding'] {
  const [file] = readdirSync(folder).filter((name) => !name.startsWith('slow-unit'))
  if (status === 0 && file === undefined) return null
  const error = /^==\d+== (?:Uncaught Exception|ERROR)[^]*/m.exec(text)?.[0] ?? text.slice(-4_096)
  return { output: error.slice(0, 4_096), input: file === undefined ? null : readFileSync(join(folder, file)) }
}
