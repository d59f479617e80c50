import type { Pool } from '../../src/model/scan.ts'
import { listEvidence } from '../../src/evidence/index.ts'
import { type Knowledge, loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool, type PoolOptions, type WorkerPool } from '../../src/run/pool.ts'
import { assessRun } from '../../src/cli/process/assess-run.ts'
import { packsFolder } from '../../src/cli/paths.ts'
import { terminalOf } from '../../src/cli/terminal.ts'
import { runCommand } from '../../src/cli/run-command.ts'
import type { Done, How } from './command.ts'

// The program in the process of the test, for tests of what commands print and write. Streams, signals, threads, crashes and
// the exit of the process are tested with postern() of command.ts.

/** One command at a time: the streams and the working folder belong to the whole process. */
let last: Promise<unknown> = Promise.resolve()

/** Runs a command as the command line does, in this process, and returns its exit status and its output. */
export function runHere(args: readonly string[], how: Omit<How, 'through'> = {}): Promise<Done> {
  const next = last.then(() => captured(args, how))
  last = next.catch(() => undefined)
  return next
}

async function captured(args: readonly string[], { cwd, env = {} }: Omit<How, 'through'>): Promise<Done> {
  const texts = { stdout: '', stderr: '' }
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name]
    const own = Reflect.get(stream, 'write') as typeof stream.write
    // Commands write texts; the reporter of the test runner writes bytes.
    stream.write = (chunk: string | Uint8Array, ...more: readonly unknown[]): boolean => {
      if (typeof chunk !== 'string') return Reflect.apply(own, stream, [chunk, ...more])
      texts[name] += chunk
      return true
    }
    return () => (stream.write = own)
  })
  const [folder, before] = [
    process.cwd(),
    Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]])),
  ]
  try {
    setEnvironment(env)
    if (cwd !== undefined) process.chdir(cwd)
    // Output goes to no terminal, wherever the test runs.
    const terminal = terminalOf({ stdout: {}, stderr: {}, env: process.env })
    const status = await runCommand(args, (rest) => assessRun(rest, { openPool, terminal }))
    return { status, signal: null, out: texts.stdout, err: texts.stderr }
  } finally {
    process.chdir(folder)
    setEnvironment(before)
    for (const undo of restore) undo()
  }
}

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values))
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
}

let shipped: Promise<{ readonly knowledge: Knowledge; readonly pool: Pool }> | null = null

/** Lists and reads evidence in this thread; all runs by the shipped rules share one pool. */
function openPool({ paths, zone, passwords = [], jobs }: PoolOptions): WorkerPool {
  let pool: Promise<Pool> | null = null
  return {
    list: (root, onFound) => listEvidence(root, { passwords }, { jobs, ...(onFound && { onFound }) }),
    start: () => undefined,
    end: () => Promise.resolve(),
    async run(task, items, each) {
      pool ??= isShipped(paths)
        ? zone === null && passwords.length === 0
          ? ofShipped().then((all) => all.pool)
          : ofShipped().then(({ knowledge }) => inlinePool(knowledge, zone, passwords))
        : loadKnowledge(paths).then((knowledge) => inlinePool(knowledge, zone, passwords))
      await (await pool).run(task, items, each)
    },
  }
}

function isShipped({ packs, rules, iocs, baselines = [] }: PoolOptions['paths']): boolean {
  return packs.join() === packsFolder && [...rules, ...iocs, ...baselines].length === 0
}

function ofShipped(): NonNullable<typeof shipped> {
  const load = async (): Promise<{ knowledge: Knowledge; pool: Pool }> => {
    const knowledge = await loadKnowledge({ packs: [packsFolder], rules: [], iocs: [] })
    return { knowledge, pool: inlinePool(knowledge, null) }
  }
  return (shipped ??= load())
}
