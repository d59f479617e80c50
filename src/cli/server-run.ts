import { rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
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
import type { Asked, KnownHere } from './assess-arguments.ts'
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

/** A server whose files are written, by what is said of it when all are. */
export type DoneServer = {
  readonly evidence: readonly string[]
  /** Of several servers without what grows with the evidence. */
  readonly assessment: Assessment
  /** The folder of its files. */
  path: string
  readonly record: CaseRecord
}

/** Assesses one server and writes its folder. Of many servers one that cannot be assessed does not end the run. */
export async function assessOne(run: Run, evidence: readonly string[]): Promise<void> {
  const { asked, known, pool, ledger, terminal } = run
  const single = asked.servers.length === 1
  const began = single ? run.started : Date.now()
  const progress = progressLine(asked.quiet, terminal)
  let [resumed, path] = [0, '']
  try {
    const kept = resumable(pool, ledger, (found, of) => {
      resumed = found
      if (found > 0 && !asked.quiet)
        process.stderr.write(`resumed: ${thousands(found)} of ${thousands(of)} files were read before\n`)
    })
    const options = optionsOf(run, evidence, progress)
    const assessment = await assess(evidence, known.knowledge, known.facts, kept, options)
    progress.end()
    const digest = manifestDigest(assessment)
    path = folderName(
      assessment.server.name,
      digest,
      run.done.map((d) => d.path),
    )
    await writeOne(run, assessment, path, { evidence, started: began, jobs: asked.jobs, args: run.args, resumed })
    const names = evidence.map((one) => basename(resolve(one)))
    const record = caseRecordOf(assessment, { evidence: names, masked: asked.values.mask === true })
    // Of many servers only what the summary says of them is kept.
    run.done.push({ evidence, assessment: single ? assessment : inShort(assessment), path, record })
  } catch (error) {
    progress.end()
    const isOfOutput = error instanceof PosternError && error.code === 'cannot-write'
    if (single || isOfOutput || isOutOfMemory(error)) throw error
    // An attacker on one server must not be able to end the run for the others.
    const reason = error instanceof PosternError ? error.message : run.mistakes.addServer(error)
    if (path !== '') rmSync(join(run.unfinished.results, path), { recursive: true, force: true })
    run.failed.push({ evidence: basename(resolve(evidence[0]!)), reason })
    process.stderr.write(`postern: ${visible(`${evidence.join(', ')}: ${reason}`)}\n`)
  }
}

const NOTHING: readonly never[] = []

/** An assessment with what is said of one server beside others, and nothing that grows with its evidence. */
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
      against: NOTHING,
      wouldChange: NOTHING,
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
      cannotKnow: NOTHING,
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
    opinions: NOTHING,
    coverage: { ...coverage, kinds: NOTHING, unknown: NOTHING, gaps: NOTHING, blind: NOTHING },
    evidence: { ...evidence, manifest: NOTHING, notes: NOTHING },
  }
}

function optionsOf(
  { asked, known, pool }: Run,
  evidence: readonly string[],
  progress: ReturnType<typeof progressLine>,
): Options {
  const { caseKey, house, window, sector } = asked
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
    ...(house ? { known: house } : {}),
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
