import { lstatSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assess, type Options } from '../../assessment/assess.ts'
import { ownBaseline, readBaseline } from '../../knowledge/baselines.ts'
import { PosternError } from '../../lib/errors.ts'
import { Exclusions } from '../../evidence/exclusions.ts'
import { eachServer } from '../../evidence/index.ts'
import { loadExposureFacts } from '../../knowledge/exposure-tables.ts'
import { knowledgeTables } from '../../knowledge/digest.ts'
import { sha256 } from '../../lib/hash.ts'
import { visible } from '../../lib/terminal.ts'
import { isoTime } from '../../lib/time.ts'
import { zoneNamed } from '../../lib/windows-zones.ts'
import type { Zone } from '../../lib/zones.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { VerdictIs } from '../../model/answer.ts'
import { type Knowledge, type KnowledgePaths, loadKnowledge } from '../../knowledge/load-packs.ts'
import {
  isLanguage,
  type Language,
  briefingLanguages,
  reports,
  type Sharing,
  summaryHead,
  summaryJson,
  summaryLine,
  textReport,
  tlps,
} from '../../reports/index.ts'
import { Ledger } from '../../run/ledger.ts'
import { isOutOfMemory, type WorkerHandle } from '../../run/handle.ts'
import { isLargeLog, workerPool, type WorkerPool } from '../../run/pool.ts'
import { resumable } from '../../run/resume.ts'
import { type ThreadLimits, LIMITS } from '../../run/thread.ts'
import { checkRules } from '../../run/rule-check.ts'
import { readArguments, textArgument, texts } from '../arguments.ts'
import { FileMistakes } from '../crash.ts'
import { findBrowser } from '../pdf/browser.ts'
import { bundleAmong, staleness } from './bundle.ts'
import { isForOne, isShipped } from '../process/thread-plan.ts'
import { withoutCompiling } from '../process/heap.ts'
import { formatNames } from '../help.ts'
import { readKnown } from '../known-file.ts'
import { specOf } from '../options.ts'
import { notesOnOwnResults } from '../own-results.ts'
import { readCaseKey, readPasswords } from '../passwords.ts'
import { pathHint } from '../path-hint.ts'
import { printPdf } from '../pdf/print.ts'
import { knowledgeFolder, packsFolder, programFolder, version } from '../paths.ts'
import { progressLine } from '../progress.ts'
import { sealName } from './seal.ts'
import { writeServer } from '../server-files.ts'
import { type OutputTerminal, terminalOf } from '../terminal.ts'
import { isUnfinished, notEmpty, Unfinished, unfinishedName } from '../unfinished-run.ts'
import { cannotWrite, makeFolder, notAFolder, statsOf, writeNew } from '../write-output.ts'
import { greatestOf } from '../../lib/collections.ts'

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
  { terminal = terminalOf(process), onUnfinished, onBrowser = () => undefined, wait, limits = LIMITS }: RunContext,
  startedNow: (pool: WorkerPool) => WorkerPool,
): Promise<number> {
  const started = Date.now()
  const asked = await askedOf(args, terminal)
  const mistakes = new FileMistakes(args)
  // A worker loads the shipped rules at the same time; for others it receives the results of compiling them here.
  const early = asked.isOwn ? startedNow(poolOf(asked, asked.paths, limits, terminal, mistakes)) : null
  const known = await knownOf(asked, started, terminal)

  // What is read is kept until all is done. That the results can be written shows before the work begins.
  makeFolder(asked.out)
  const unfinished = new Unfinished(asked.out, textArgument(asked.values.out) ?? 'postern-out')
  onUnfinished?.(join(asked.out, unfinishedName))
  const ledger = Ledger.open(unfinished.ledger, {
    digest: digestOf(known.knowledge, asked.servers, known.recorded, asked.passwords),
    now: () => performance.now(),
    ...(wait === undefined ? {} : { wait }),
    tell: (sentence) => process.stderr.write(`${terminal.line}postern: ${sentence}\n`),
  })

  // The work, one server after the other.
  const compiled = { ...asked.paths, compiled: known.knowledge.compiled }
  const pool = early ?? startedNow(poolOf(asked, compiled, limits, terminal, mistakes))
  const work = { args, started, asked, known, pool, ledger, unfinished, mistakes, terminal, onBrowser }
  const run: Run = { ...work, done: [], failed: [] }
  try {
    for (const evidence of asked.servers) await assessOne(run, evidence)
    makeFolder(unfinished.results)
    writeNew(join(unfinished.results, 'summary.json'), summaryJson(run.done, run.failed))
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
  if (!asked.quiet) say(run.done, asked.out, asked.servers.length === 1, terminal)
  return statusOf(
    run.done.map((d) => d.assessment.verdict.is),
    run.failed.length,
  )
}

/** What the command line asks for, checked as far as it can be before anything is read. */
type Asked = Awaited<ReturnType<typeof askedOf>>

async function askedOf(args: readonly string[], terminal: OutputTerminal) {
  const { values, positionals } = readArguments('assess', args)
  const servers = await serversOf(positionals, values.each === true, values.join === true)
  const out = checkedOut(textArgument(values.out) ?? 'postern-out', positionals)
  const exclude = texts(values.exclude)
  for (const note of notesOnOwnResults(servers.flat(), exclude))
    process.stderr.write(`${terminal.line}postern: ${visible(note)}\n`)

  // Knowledge: packs, the user's rules, authorized scanners.
  for (const path of [...texts(values.packs), ...texts(values.rules), ...texts(values.iocs)]) checkThere(path)
  for (const file of texts(values.baseline)) readBaseline(file)
  const paths: KnowledgePaths = {
    packs: texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder],
    rules: texts(values.rules),
    iocs: texts(values.iocs),
    baselines: texts(values.baseline),
  }
  const zone = zoneArgument(textArgument(values.timezone))
  const window = windowArgument(textArgument(values.window))
  const known = textArgument(values.known)
  const house = known === undefined ? undefined : readKnown(known)
  const passwords = readPasswords(textArgument(values['password-file']))
  const caseKey = readCaseKey(textArgument(values['case-key']))
  const extra = formats(texts(values.format))
  const wishes = {
    ...sharingArgument(values['name-victim'] === true, textArgument(values.tlp), extra),
    language: languageArgument(textArgument(values.language)),
  }
  const browser = browserFor(extra, textArgument(values.browser), terminal)
  const jobs = jobsArgument(textArgument(values.jobs))
  const isSmall = servers.every((evidence) => isForOne(evidence, textArgument(values.jobs)))
  return {
    values,
    servers,
    out,
    paths,
    zone,
    window,
    house,
    passwords,
    caseKey,
    extra,
    wishes,
    browser,
    jobs: isSmall ? 1 : jobs,
    isSmall,
    /** Are the rules those that ship? */
    isOwn: isShipped(values),
    sector: textArgument(values.sector),
    campaigns: texts(values.campaign),
    exclude: new Exclusions(exclude, servers.length > 1),
    quiet: values.quiet === true,
  }
}

/** The paths of the evidence of each server: one server or many. */
async function serversOf(paths: readonly string[], each: boolean, joined: boolean): Promise<(readonly string[])[]> {
  if (paths.length === 0)
    throw new PosternError('usage', 'No evidence given. Usage: postern assess EVIDENCE... [options]')
  if (each && joined) throw new PosternError('usage', '--each and --join exclude each other.')
  for (const path of paths) checkThere(path)
  if (joined) return [paths]
  const all = each ? (await Promise.all(paths.map(eachServer))).flat() : paths
  if (all.length === 0)
    throw new PosternError('nothing-opened', `--each finds no folder and no archive in ${paths.join(', ')}.`)
  return all.map((path) => [path])
}

function poolOf(
  { jobs, zone, passwords, isOwn, isSmall }: Asked,
  paths: KnowledgePaths,
  limits: ThreadLimits,
  { line }: OutputTerminal,
  mistakes: FileMistakes,
): WorkerPool {
  return workerPool({
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

/** What it is judged with. */
type KnownHere = {
  readonly knowledge: Knowledge
  readonly facts: ReturnType<typeof loadExposureFacts>
  readonly tables: ReturnType<typeof knowledgeTables>
  /** The signed bundle that all of it came from. */
  readonly bundle: NonNullable<Options['bundle']> | null
  /** Options as recorded in the assessment. */
  readonly recorded: Readonly<Record<string, string>>
}

async function knownOf({ values, paths, campaigns }: Asked, now: number, { line }: OutputTerminal): Promise<KnownHere> {
  const knowledge = await withoutCompiling(() =>
    loadKnowledge(paths, undefined, { check: checkRules, now: () => performance.now() }),
  )
  checkCampaigns(campaigns, knowledge)
  // Tables of a signed bundle hold instead of those that came with the program; its baseline is the program's.
  const installed = bundleAmong(paths.packs)
  const tablesFolder = installed?.knowledge ?? knowledgeFolder
  const facts = loadExposureFacts(tablesFolder)
  const baselines = [...(installed === null ? [] : [fileURLToPath(ownBaseline)]), ...texts(values.baseline)]
  const tables = knowledgeTables(tablesFolder, baselines)
  const stale = installed === null ? null : staleness(installed.bundle, now)
  if (stale !== null) process.stderr.write(`${line}postern: ${stale}\n`)
  return { knowledge, facts, tables, bundle: installed?.bundle ?? null, recorded: recordedOptions(values) }
}

type Run = {
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
  readonly done: { readonly assessment: Assessment; readonly path: string }[]
  readonly failed: { readonly evidence: string; readonly reason: string }[]
}

/** Assesses one server and writes its folder. Of many servers one that cannot be assessed does not end the run. */
async function assessOne(run: Run, evidence: readonly string[]): Promise<void> {
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
    path = folderName(assessment, new Set(run.done.map((d) => d.path)))
    await writeOne(run, assessment, path, { evidence, started: began, jobs: asked.jobs, args: run.args, resumed })
    // Of many servers only what the summary says of them is kept.
    run.done.push({ assessment: single ? assessment : inShort(assessment), path })
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

/** What the result of a file depends on besides the evidence: the program, what it knows, and how it was asked. */
function digestOf(
  knowledge: Knowledge,
  servers: readonly (readonly string[])[],
  { timezone, baseline }: Readonly<Record<string, string>>,
  passwords: readonly string[],
): string {
  const { packs, infos, broken } = knowledge
  return sha256(
    JSON.stringify([
      [version, process.version, process.platform, process.arch],
      [...stampsBelow(programFolder), ...stampsBelow(knowledgeFolder)],
      [packs, [...infos], broken],
      servers.map((paths) => paths.map(real)),
      [timezone, baseline, passwords.length > 0],
    ]),
  )
}

/** Name, size and time of change of every file in a folder of the program. */
function stampsBelow(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return names.map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name))
    return `${name} ${size} ${mtimeMs}`
  })
}

const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** An assessment without what grows with the evidence. */
function inShort(assessment: Assessment): Assessment {
  const { coverage, evidence } = assessment
  return {
    ...assessment,
    findings: [],
    intrusions: [],
    campaigns: [],
    coverage: { ...coverage, kinds: [], unknown: [], gaps: [] },
    evidence: { ...evidence, manifest: [] },
  }
}

/** There must be something at the path; whether it can be read is the evidence's own matter. */
function checkThere(path: string): void {
  if (statsOf(path) === 'nothing')
    throw new PosternError('no-such-path', `There is nothing at ${path || "''"}.${pathHint(path)}`)
}

/** The folder for the results: new or empty but for what an interrupted run left, and outside the evidence. */
function checkedOut(out: string, evidence: readonly string[]): string {
  const hint = statsOf(out) === 'nothing' ? pathHint(out) : ''
  if (hint !== '') throw new PosternError('usage', `No results can be written to ${out}.${hint}`)
  const place = real(out)
  for (const path of evidence) {
    const root = real(path)
    if (place === root || place.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new PosternError(
        'out-inside-evidence',
        `The results would lie inside the evidence (${out} in ${path}), which is never written to. Choose another folder with --out.`,
      )
    }
  }
  const there = statsOf(place)
  if (there === 'nothing') return place
  if (there === 'unknown' || !there.isDirectory())
    throw new PosternError('usage', `${notAFolder(out)} Choose another with --out.`)
  let names: string[]
  try {
    names = readdirSync(place)
  } catch (error) {
    throw cannotWrite(out, error)
  }
  if (names.length > 0 && !isUnfinished(place)) {
    throw notEmpty(out)
  }
  return place
}

/** The real path of something that need not exist yet. A link that leads nowhere (or in a circle) is no place. */
function real(path: string): string {
  const full = resolve(path)
  try {
    return realpathSync(full)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (isLink(full)) throw new PosternError('usage', `${path} is a link that leads nowhere.`)
  }
  const parent = dirname(full)
  return parent === full ? full : join(real(parent), basename(full))
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false // nothing there, or below a file, or not to be asked
  }
}

function zoneArgument(name: string | undefined): Zone | null {
  if (name === undefined) return null
  const zone = zoneNamed(name)
  if (!zone)
    throw new PosternError(
      'usage',
      `Invalid time zone '${name}'. Use a name such as Europe/Berlin, an offset such as +01:00, or a Windows name such as "W. Europe Standard Time".`,
    )
  return zone
}

function windowArgument(window: string | undefined): { from: number | null; to: number | null } | null {
  if (window === undefined) return null
  const dots = window.indexOf('..')
  const [from, to] =
    dots < 0 ? [undefined, undefined] : [momentOf(window.slice(0, dots), false), momentOf(window.slice(dots + 2), true)]
  const wanted = `--window wants FROM..TO with dates like 2021-03-01..2021-03-31, and got '${window}'`
  if (from === undefined || to === undefined || (from === null && to === null))
    throw new PosternError('usage', `${wanted}.`)
  if (from !== null && to !== null && from >= to)
    throw new PosternError('usage', `${wanted}, which ends before it begins.`)
  return { from, to }
}

function momentOf(value: string, end: boolean): number | null | undefined {
  if (value === '') return null
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    const day = isoTime(`${value}T00:00:00Z`)
    return day === null ? undefined : end ? day + 86_400_000 : day
  }
  return isoTime(value) ?? undefined
}

function jobsArgument(jobs: string | undefined): number {
  if (jobs === undefined) return Math.max(1, availableParallelism())
  const n = /^\d{1,3}$/.test(jobs) ? Number(jobs) : 0
  if (n < 1 || n > 256) throw new PosternError('usage', `--jobs wants a number from 1 to 256, and got '${jobs}'.`)
  return n
}

function formats(names: readonly string[]): Set<string> {
  for (const name of names) {
    if (!formatNames.includes(name))
      throw new PosternError('usage', `There is no format ${name}. There are: ${formatNames.join(', ')}.`)
  }
  return new Set(names)
}

/** How far the forms that are meant for others may go. */
function sharingArgument(victim: boolean, tlp: string | undefined, asked: ReadonlySet<string>): Sharing {
  const shared = reports.filter((report) => report.shared).map((report) => report.name)
  if ((victim || tlp !== undefined) && !shared.some((name) => asked.has(name)))
    throw new PosternError(
      'usage',
      `${victim ? '--name-victim' : '--tlp'} is about forms that are meant for others: say --format ${shared.join(' or --format ')}, too.`,
    )
  const label = tlps.find((one) => one === tlp?.toLowerCase().replace(/^tlp:/, ''))
  if (tlp !== undefined && label === undefined)
    throw new PosternError('usage', `There is no label ${tlp} for --tlp. There are: ${tlps.join(', ')}.`)
  return { victim, tlp: label ?? null }
}

function languageArgument(language = 'en'): Language {
  if (!isLanguage(language))
    throw new PosternError('usage', `There is no language ${language}. There are: ${briefingLanguages.join(', ')}.`)
  return language
}

function checkCampaigns(named: readonly string[], knowledge: Knowledge): void {
  const ids = knowledge.campaigns.map((campaign) => campaign.id)
  for (const name of named) {
    if (!ids.includes(name))
      throw new PosternError('unknown-campaign', `There is no campaign ${name}. There are: ${ids.join(', ')}.`)
  }
}

/** Options that change the answer, as recorded in the assessment; paths by their names only. */
function recordedOptions(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const recorded: Record<string, string> = {}
  if (values.mask === true) recorded.mask = 'people of the house'
  for (const option of specOf('assess').options) {
    const given = [values[option.name] ?? []].flat().map(String)
    if (option.recorded === undefined || given.length === 0) continue
    recorded[option.name] = {
      value: () => given.join(', '),
      zone: () => zoneArgument(given.at(-1))?.name ?? '',
      given: () => 'given',
      // The file's content changes the answer; packs, rules and indicators have their digests beside the options.
      digest: () => given.map((file) => `${basename(file)} (sha256 ${sha256(readFileSync(file))})`).join(', '),
      names: () => given.map((path) => basename(path)).join(', '),
    }[option.recorded]()
  }
  return recorded
}

function nameFor(path: string): string {
  const name = basename(resolve(path))
  const bare = name.replace(/(?:\.tar)?\.(?:zip|7z|rar|tar|tgz|gz|zst|xz|bz2|vhdx?)$/i, '')
  return bare.replace(/^\.+/, '') || 'server'
}

/** The server's folder: its name made harmless; with 8 digits of the manifest's digest when it is taken. */
function folderName(assessment: Assessment, taken: ReadonlySet<string>): string {
  const plain =
    assessment.server.name
      .replace(/[^A-Za-z0-9._-]/g, '_')
      .slice(0, 64)
      .replace(/^\.+|\.+$/g, '_') || '_'
  const name = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}`.slice(0, 64) : plain
  // File systems of Windows and macOS ignore case; summary.json and partial results are beside the folders.
  const lower = new Set(['summary.json', sealName, unfinishedName, ...[...taken].map((other) => other.toLowerCase())])
  if (!lower.has(name.toLowerCase())) return name
  const manifest = assessment.evidence.manifest.map((artifact) => `${artifact.sha256} ${artifact.path}`).join('\n')
  const longer = `${name}-${sha256(manifest).slice(0, 8)}`
  // The same evidence may be given twice.
  for (let i = 1; ; i++) {
    const numbered = i === 1 ? longer : `${longer}-${i}`
    if (!lower.has(numbered.toLowerCase())) return numbered
  }
}

/** The browser that prints; null where no PDF is wanted, or none can be made: then that is said before the work begins. */
function browserFor(extra: ReadonlySet<string>, named: string | undefined, { line }: OutputTerminal): string | null {
  const browser = named ?? process.env.POSTERN_BROWSER
  if (!extra.has('pdf')) {
    if (named === undefined) return null
    throw new PosternError('usage', '--browser is for --format pdf, which was not asked for.')
  }
  if (browser !== undefined && browser !== '') {
    if (statsOf(browser) === 'nothing') throw new PosternError('no-such-path', `There is no browser at ${browser}.`)
    return resolve(browser)
  }
  const found = findBrowser()
  if (found === null)
    process.stderr.write(
      `${line}postern: No Chromium, Chrome or Edge is found on this machine, so that no report.pdf is made: open report.html in a browser and print it, or name one with --browser.\n`,
    )
  return found
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

function say(
  done: readonly { assessment: Assessment; path: string }[],
  out: string,
  single: boolean,
  terminal: OutputTerminal,
): void {
  const { colour } = terminal
  const width = terminal.out ? Math.min(120, Math.max(40, terminal.columns)) : 80
  const report = (path: string): string => visible(join(out, path, 'report.html'))
  const lines = done.flatMap(({ assessment, path }) =>
    single
      ? [textReport(assessment, { colour, width }), `Report: ${report(path)}`]
      : [summaryLine(assessment, { colour, width }), `  ${report(path)}`],
  )
  if (!single && lines.length > 0) lines.unshift(summaryHead({ colour, width }))
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
