import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { assess, type Options } from '../assessment/assess.ts'
import { PosternError } from '../lib/errors.ts'
import { visible } from '../lib/terminal.ts'
import type { Assessment } from '../model/assessment.ts'
import type { Ledger } from '../run/ledger.ts'
import { isOutOfMemory } from '../run/handle.ts'
import { type WorkerPool } from '../run/pool.ts'
import { resumable } from '../run/resume.ts'
import type { FileMistakes } from './crash.ts'
import { printPdf } from './pdf/print.ts'
import { version } from './paths.ts'
import { progressLine } from './progress.ts'
import { writeServer } from './server-files.ts'
import { type OutputTerminal } from './terminal.ts'
import type { Unfinished } from './unfinished-run.ts'
import { folderName } from './result-folders.ts'
import { manifestDigest, caseRecordOf } from '../case/record.ts'
import type { CaseRecord, FailedServer } from '../model/case.ts'
import { keyLines } from '../case/exchange.ts'
import type { CaseKeys, Elsewhere } from '../model/case-keys.ts'
import { makeFolder, writeNew } from './write-output.ts'
import type { Asked, KnownHere } from './assess-arguments.ts'

/** A run over one or several servers. */
export type Run = {
  readonly args: readonly string[]
  readonly started: number
  readonly asked: Asked
  readonly known: KnownHere
  readonly pool: WorkerPool
  readonly ledger: Ledger
  readonly unfinished: Unfinished
  readonly mistakes: FileMistakes
  readonly terminal: OutputTerminal
  readonly onBrowser: (pid: number | null) => void
  /** What was done so far. */
  readonly done: DoneServer[]
  readonly failed: FailedServer[]
}

/** A server whose files are written, with the data for the summary of the run. */
export type DoneServer = {
  readonly evidence: readonly string[]
  /** Of several servers without what grows with the evidence. */
  assessment: Assessment
  /** The folder of its files. */
  path: string
  record: CaseRecord
  /** Where its results lie in the ledger. */
  readonly read: { readonly from: number; readonly to: number }
  /** Digests of the lists of files of other servers whose evidence counts here. */
  with: readonly string[]
}

/** Assesses one server and writes its folder. Of many servers one that cannot be assessed does not end the run. */
export async function assessOne(run: Run, evidence: readonly string[]): Promise<void> {
  const { asked, ledger } = run
  const single = asked.servers.length === 1
  const began = single ? run.started : Date.now()
  const from = ledger.tail
  let path = ''
  try {
    let resumed = 0
    const onFound = (found: number, of: number): void => {
      resumed = found
      if (found > 0 && !asked.quiet)
        process.stderr.write(`resumed: ${thousands(found)} of ${thousands(of)} files were read before\n`)
    }
    const keys = keyFile(run, run.done.length)
    const assessment = await assessed(run, evidence, ledger, onFound, asked.isCase ? { keys } : {})
    path = folderName(
      assessment.server.name,
      manifestDigest(assessment),
      run.done.map((d) => d.path),
    )
    await writeOne(run, assessment, path, { evidence, started: began, jobs: asked.jobs, args: run.args, resumed })
    const record = recordIn(run, assessment, evidence)
    // Of many servers only what the summary says of them is kept.
    const short = single ? assessment : inShort(assessment)
    run.done.push({ evidence, assessment: short, path, record, read: { from, to: ledger.tail }, with: [] })
  } catch (error) {
    const isOfOutput = error instanceof PosternError && error.code === 'cannot-write'
    if (single || isOfOutput || isOutOfMemory(error)) throw error
    // An attacker on one server must not be able to end the run for the others.
    const reason = reasonOf(run, error)
    if (path !== '') rmSync(join(run.unfinished.results, path), { recursive: true, force: true })
    run.failed.push({ evidence: basename(resolve(evidence[0]!)), reason })
    process.stderr.write(`postern: ${visible(`${evidence.join(', ')}: ${reason}`)}\n`)
  }
}

/** Assesses a server of a case again with the keys of others, out of the ledger, and rewrites its folder; null when that failed. */
export async function assessAgain(run: Run, number: number, elsewhere: Elsewhere): Promise<string | null> {
  const { asked, ledger, unfinished } = run
  const server = run.done[number]!
  const { evidence, path, read } = server
  const began = Date.now()
  const again = `${path}.again`
  try {
    const own = await ledger.between(read.from, read.to)
    const kept = {
      size: own.size + ledger.size,
      take: (key: string): unknown => own.take(key) ?? ledger.take(key),
      add: (): void => undefined,
    }
    const assessment = await assessed(run, evidence, kept, () => undefined, { keys: keyFile(run, number), elsewhere })
    await writeOne(run, assessment, again, { evidence, started: began, jobs: asked.jobs, args: run.args, resumed: 0 })
    rmSync(join(unfinished.results, path), { recursive: true, force: true })
    renameSync(join(unfinished.results, again), join(unfinished.results, path))
    server.record = recordIn(run, assessment, evidence)
    server.assessment = inShort(assessment)
    return null
  } catch (error) {
    const isOfOutput = error instanceof PosternError && error.code === 'cannot-write'
    if (isOfOutput || isOutOfMemory(error)) throw error
    rmSync(join(unfinished.results, again), { recursive: true, force: true })
    return reasonOf(run, error)
  }
}

/** The file of the keys that a server of the case sends to the others. */
export function keyFile({ unfinished }: Run, number: number): string {
  return join(unfinished.case, `${number}.jsonl`)
}

async function assessed(
  run: Run,
  evidence: readonly string[],
  ledger: Pick<Ledger, 'size' | 'take' | 'add'>,
  onFound: (found: number, of: number) => void,
  { keys, elsewhere }: { readonly keys?: string; readonly elsewhere?: Elsewhere },
): Promise<Assessment> {
  const { known, pool, terminal, asked } = run
  const progress = progressLine(asked.quiet, terminal)
  try {
    const onKeys = keys === undefined ? undefined : (own: CaseKeys): void => writeKeys(keys, own)
    const options: Options = {
      ...optionsOf(run, evidence, progress),
      ...(onKeys ? { onKeys } : {}),
      ...(elsewhere ? { elsewhere } : {}),
    }
    return await assess(evidence, known.knowledge, known.facts, resumable(pool, ledger, onFound), options)
  } finally {
    progress.end()
  }
}

function writeKeys(file: string, keys: CaseKeys): void {
  makeFolder(dirname(file))
  // Of a server that failed, or of an earlier round.
  rmSync(file, { force: true })
  writeNew(file, jsonLines(keyLines(keys)))
}

function* jsonLines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`
}

function recordIn({ asked }: Run, assessment: Assessment, evidence: readonly string[]): CaseRecord {
  const names = evidence.map((one) => basename(resolve(one)))
  return caseRecordOf(assessment, { evidence: names, masked: asked.values.mask === true })
}

function reasonOf({ mistakes }: Run, error: unknown): string {
  return error instanceof PosternError ? error.message : mistakes.addServer(error)
}

const NOTHING: readonly never[] = []

/** An assessment reduced to what the summary of several servers needs: nothing that grows with its evidence. */
function inShort(assessment: Assessment): Assessment {
  const { server, answers, exposure, mailboxes, requests, coverage, evidence } = assessment
  return {
    ...assessment,
    server: { ...server, builds: NOTHING },
    answers: answers.map(({ question, is }) => ({
      question,
      is,
      sentence: '',
      because: NOTHING,
      contradictions: NOTHING,
      missingEvidence: NOTHING,
      coverage: { from: null, to: null, covered: 0, of: 0, missing: NOTHING },
    })),
    exposure: { ...exposure, cves: NOTHING, protections: NOTHING },
    mailboxes: mailboxes.map((mailbox) => ({
      ...mailbox,
      names: NOTHING,
      operations: NOTHING,
      clients: NOTHING,
      days: NOTHING,
      ordinary: null,
      because: NOTHING,
      undetermined: NOTHING,
    })),
    requests: { ...requests, statuses: NOTHING, rareAgents: null, rarePages: null },
    findings: NOTHING,
    intrusions: NOTHING,
    campaigns: NOTHING,
    subjects: NOTHING,
    clients: NOTHING,
    persistence: NOTHING,
    actors: NOTHING,
    attribution: NOTHING,
    actions: NOTHING,
    duties: NOTHING,
    thirdPartyResults: NOTHING,
    coverage: { ...coverage, kinds: NOTHING, unknown: NOTHING, gaps: NOTHING, blindSpots: NOTHING },
    evidence: { ...evidence, manifest: NOTHING, notes: NOTHING },
  }
}

function optionsOf(
  { asked, known, pool }: Run,
  evidence: readonly string[],
  progress: ReturnType<typeof progressLine>,
): Options {
  const { caseKey, organization, window, sector } = asked
  return {
    fallbackName: nameFor(evidence[0]!),
    campaigns: asked.campaigns,
    mask: asked.values.mask === true,
    ...(caseKey === undefined ? {} : { caseKey }),
    tool: `postern ${version}`,
    passwords: asked.passwords,
    exclude: asked.exclude,
    recorded: known.recorded,
    tables: known.tables,
    bundle: known.bundle,
    onProgress: progress.update,
    onFound: progress.found,
    list: (root, onFound) => pool.list(root, onFound),
    ...(organization ? { known: organization } : {}),
    ...(window ? { window } : {}),
    ...(sector === undefined ? {} : { sector }),
  }
}

/** Writes the folder of a server, and says which files could not be written. */
async function writeOne(
  { asked: { extra, wishes, browser }, known, unfinished, terminal, onBrowser }: Run,
  assessment: Assessment,
  path: string,
  how: Parameters<typeof writeServer>[3],
): Promise<void> {
  const results = join(unfinished.results, path)
  const wanted = { extra, wishes: { ...wishes, texts: known.knowledge.texts } }
  const lost = await writeServer(results, assessment, wanted, how, async () => {
    if (browser !== null) await makePdf(results, browser, unfinished.browser, terminal, onBrowser)
  })
  for (const { file, reason } of lost)
    process.stderr.write(
      `${terminal.line}postern: ${file} of ${visible(path)} could not be written (${visible(reason)}). The other results are complete.\n`,
    )
}

const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

function nameFor(path: string): string {
  const name = basename(resolve(path))
  const bare = name.replace(/(?:\.tar)?\.(?:zip|7z|rar|tar|tgz|gz|zst|xz|bz2|vhdx?)$/i, '')
  return bare.replace(/^\.+/, '') || 'server'
}

/** report.pdf, beside report.html. That it cannot be made takes nothing from the other results. */
async function makePdf(
  folder: string,
  browser: string,
  profile: string,
  { line }: OutputTerminal,
  onBrowser: (pid: number | null) => void,
): Promise<void> {
  const why = await printPdf(browser, join(folder, 'report.html'), join(folder, 'report.pdf'), profile, {
    onProcess: onBrowser,
  })
  if (why === null) return
  process.stderr.write(
    `${line}postern: ${visible(browser)} has made no report.pdf: ${visible(why)}. Open report.html in a browser and print it.\n`,
  )
}
