import { join } from 'node:path'
import { PosternError } from '../../lib/errors.ts'
import { visible } from '../../lib/terminal.ts'
import type { VerdictIs } from '../../model/answer.ts'
import { type KnowledgePaths } from '../../knowledge/load-packs.ts'
import { caseLines, summaryHead, summaryJson, summaryLine, textReport } from '../../reports/index.ts'
import { Ledger } from '../../run/ledger.ts'
import { type WorkerHandle } from '../../run/handle.ts'
import { isLargeLog, type PoolOptions, workerPool, type WorkerPool } from '../../run/pool.ts'
import { type ThreadLimits, LIMITS } from '../../run/thread.ts'
import { textArgument } from '../arguments.ts'
import { FileMistakes } from '../crash.ts'
import { type OutputTerminal, terminalOf } from '../terminal.ts'
import { Unfinished, unfinishedName } from '../unfinished-run.ts'
import { makeFolder, writeNew } from '../write-output.ts'
import { greatestOf } from '../../lib/collections.ts'
import { type Asked, askedOf, digestOf, knownOf } from '../assess-arguments.ts'
import { assessOne, type DoneServer, type Run } from '../server-run.ts'
import { settleFolders } from '../result-folders.ts'
import { joinServers, writeCase } from '../case-run.ts'
import { casePageFile } from '../case-files.ts'
import type { Case } from '../../model/case.ts'
/** What a run receives besides its arguments. */
export type RunContext = {
  readonly terminal?: OutputTerminal
  /** Receives the folder with partial results of an interrupted run. */
  readonly onUnfinished?: (folder: string) => void
  /** Receives the process of a browser that prints, and null when it has ended. */
  readonly onBrowser?: (pid: number | null) => void
  /** Milliseconds until partial results are kept. */
  readonly wait?: number
  /** Workers that wait for what they must know before they can read. */
  readonly readers?: readonly WorkerHandle[]
  /** What one file may cost. */
  readonly limits?: ThreadLimits
  /** Opens the workers that list and read evidence. */
  readonly openPool?: (options: PoolOptions) => WorkerPool
}

/** `postern assess`: one verdict a server, and all the files of the contract. */
export async function assessCommand(args: readonly string[], around: RunContext = {}): Promise<number> {
  let started: WorkerPool | null = null
  try {
    return await carriedOut(args, around, (pool) => {
      started = pool
      for (const reader of around.readers ?? []) pool.start(reader)
      return pool
    })
  } finally {
    // Workers that never had work, or have none any more.
    await (started as WorkerPool | null)?.end()
  }
}

async function carriedOut(
  args: readonly string[],
  context: RunContext,
  startedNow: (pool: WorkerPool) => WorkerPool,
): Promise<number> {
  const { terminal = terminalOf(process), onUnfinished, onBrowser = () => undefined, wait } = context
  const started = Date.now()
  const asked = await askedOf(args, terminal)
  const mistakes = new FileMistakes(args)
  // A worker loads the shipped rules at the same time; for others it receives the results of compiling them here.
  const early = asked.isOwn ? startedNow(poolOf(asked, asked.paths, context, terminal, mistakes)) : null
  const known = await knownOf(asked, started, terminal)

  // What is read is kept until all is done. That the results can be written shows before the work begins.
  makeFolder(asked.out)
  const unfinished = new Unfinished(asked.out, textArgument(asked.values.out) ?? 'postern-out')
  onUnfinished?.(join(asked.out, unfinishedName))
  const ledger = Ledger.open(unfinished.ledger, {
    digest: digestOf(known.knowledge, asked.servers, known.recorded, asked.passwords),
    now: () => performance.now(),
    // The ledger of a server of a case is used again when others send it something.
    ...(asked.isCase ? { wait: 0 } : wait === undefined ? {} : { wait }),
    tell: (sentence) => process.stderr.write(`${terminal.line}postern: ${sentence}\n`),
  })

  // The work, one server after the other.
  const compiled = { ...asked.paths, compiled: known.knowledge.compiled }
  const pool = early ?? startedNow(poolOf(asked, compiled, context, terminal, mistakes))
  const work = { args, started, asked, known, pool, ledger, unfinished, mistakes, terminal, onBrowser }
  const run: Run = { ...work, done: [], failed: [] }
  let all: Case | null = null
  try {
    for (const evidence of asked.servers) await assessOne(run, evidence)
    const notes = asked.isCase ? await joinServers(run) : []
    makeFolder(unfinished.results)
    settle(run)
    writeNew(join(unfinished.results, 'summary.json'), summaryJson(run.done, run.failed))
    if (asked.isCase) all = writeCase(run, notes)
    mistakes.write(unfinished.results)
    await ledger.close()
    unfinished.place()
  } catch (error) {
    // Where the disk was full, the same command goes on when there is room again.
    await ledger.close()
    if (error instanceof PosternError && error.code !== 'cannot-write') unfinished.remove()
    else unfinished.leave()
    throw error
  }
  const sentence = mistakes.sentence(asked.out)
  if (sentence !== null) process.stderr.write(`${terminal.line}postern: ${sentence}\n`)
  if (asked.exclude.mistake !== null)
    process.stderr.write(`${terminal.line}postern: ${visible(asked.exclude.mistake)}\n`)
  if (!asked.quiet) say(run.done, all, asked.out, asked.servers.length === 1, terminal)
  return statusOf(
    run.done.map((d) => d.assessment.verdict.is),
    run.failed.length,
  )
}

function poolOf(
  { jobs, zone, passwords, isOwn, isSmall }: Asked,
  paths: KnowledgePaths,
  { limits = LIMITS, openPool = workerPool }: RunContext,
  { line }: OutputTerminal,
  mistakes: FileMistakes,
): WorkerPool {
  return openPool({
    jobs,
    paths,
    zone,
    passwords,
    limits,
    isLater: !isSmall,
    isForThread: isOwn && !isSmall ? isLargeLog : () => false,
    onFailed: (path, detail, stack) => {
      mistakes.add(stack)
      process.stderr.write(`${line}postern: ${visible(`Internal error at ${path} (${detail})`)}\n`)
    },
  })
}

/** The folder of each server, whatever the order in which the evidence was given. */
function settle({ done, unfinished }: Run): void {
  const placed = done.map(({ path, record, evidence }) => ({
    path,
    server: record.name,
    digest: record.input.sha256,
    evidence: evidence.join('\0'),
  }))
  for (const [i, path] of settleFolders(unfinished.results, placed).entries()) done[i]!.path = path
}

function say(
  done: readonly DoneServer[],
  all: Case | null,
  out: string,
  single: boolean,
  terminal: OutputTerminal,
): void {
  const { color } = terminal
  const width = terminal.out ? Math.min(120, Math.max(40, terminal.columns)) : 80
  const report = (path: string): string => visible(join(out, path, 'report.html'))
  const lines = done.flatMap(({ assessment, path }) =>
    single
      ? [textReport(assessment, { color, width }), `Report: ${report(path)}`]
      : [summaryLine(assessment, { color, width }), `  ${report(path)}`],
  )
  if (!single && lines.length > 0) lines.unshift(summaryHead({ color, width }))
  if (all !== null) lines.push(caseLines(all), `Case: ${visible(join(out, casePageFile))}`)
  // Of a thread's two streams either may come first: what is shown of the work must not stand before the answer.
  process.stdout.write((terminal.out ? terminal.line : '') + lines.map((line) => `${line}\n`).join(''))
}

/** Of several servers the highest of 5, 4, 3, 0; 1 if one failed and none is 5. */
function statusOf(verdicts: readonly VerdictIs[], failed: number): number {
  const status = { compromised: 5, exploited: 5, targeted: 4, 'cannot-tell': 3, 'no-evidence': 0 } as const
  const highest = greatestOf(
    verdicts.map((is) => status[is]),
    0,
  )
  return failed > 0 && highest < 5 ? 1 : highest
}
