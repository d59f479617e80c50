import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Options } from '../assessment/assess.ts'
import { ownBaseline, readBaseline } from '../knowledge/baselines.ts'
import { PosternError } from '../lib/errors.ts'
import { Exclusions } from '../evidence/exclusions.ts'
import { eachServer } from '../evidence/index.ts'
import { loadExposureFacts } from '../knowledge/exposure-tables.ts'
import { knowledgeTables } from '../knowledge/digest.ts'
import { sha256 } from '../lib/hash.ts'
import { visible } from '../lib/terminal.ts'
import { isoTime } from '../lib/time.ts'
import { zoneNamed } from '../lib/windows-zones.ts'
import type { Zone } from '../lib/zones.ts'
import { type Knowledge, type KnowledgePaths, loadKnowledge } from '../knowledge/load-packs.ts'
import { isLanguage, type Language, briefingLanguages, reports, type Sharing, tlps } from '../reports/index.ts'
import { checkRules } from '../run/rule-check.ts'
import { readArguments, textArgument, texts } from './arguments.ts'
import { findBrowser } from './pdf/browser.ts'
import { bundleAmong, staleness } from './commands/bundle.ts'
import { isForOne, isShipped } from './process/thread-plan.ts'
import { withoutCompiling } from './process/heap.ts'
import { formatNames } from './help.ts'
import { readKnown } from './known-file.ts'
import { specOf } from './options.ts'
import { notesOnOwnResults } from './own-results.ts'
import { readCaseKey, readPasswords } from './passwords.ts'
import { pathHint } from './path-hint.ts'
import { knowledgeFolder, packsFolder, programFolder, version } from './paths.ts'
import { type OutputTerminal } from './terminal.ts'
import { isUnfinished, notEmpty } from './unfinished-run.ts'
import { cannotWrite, notAFolder, statsOf } from './write-output.ts'
/** What the command line asks for, checked as far as it can be before anything is read. */
export type Asked = Awaited<ReturnType<typeof askedOf>>

export async function askedOf(args: readonly string[], terminal: OutputTerminal) {
  const { values, positionals } = readArguments('assess', args)
  const kinds = { each: values.each === true, join: values.join === true, separate: values.separate === true }
  const servers = await serversOf(positionals, kinds)
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
  const organization = known === undefined ? undefined : readKnown(known)
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
    /** Are the servers of one organization, so that each may explain the others? */
    isCase: servers.length > 1 && !kinds.each && !kinds.separate,
    out,
    paths,
    zone,
    window,
    organization,
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
async function serversOf(
  paths: readonly string[],
  { each, join: joined, separate }: Readonly<Record<'each' | 'join' | 'separate', boolean>>,
): Promise<(readonly string[])[]> {
  if (paths.length === 0)
    throw new PosternError('usage', 'No evidence given. Usage: postern assess EVIDENCE... [options]')
  if (each && joined) throw new PosternError('usage', '--each and --join cannot be used together. Choose one.')
  if (separate && joined) throw new PosternError('usage', '--separate and --join cannot be used together. Choose one.')
  for (const path of paths) checkThere(path)
  if (joined) return [paths]
  const all = each ? (await Promise.all(paths.map(eachServer))).flat() : paths
  if (all.length === 0)
    throw new PosternError(
      'nothing-opened',
      `${paths.join(', ')}: no folder or archive for --each. Name a folder that contains one for each server.`,
    )
  return all.map((path) => [path])
}

/** What it is judged with. */
export type KnownHere = {
  readonly knowledge: Knowledge
  readonly facts: ReturnType<typeof loadExposureFacts>
  readonly tables: ReturnType<typeof knowledgeTables>
  /** The signed bundle that all of it came from. */
  readonly bundle: NonNullable<Options['bundle']> | null
  /** Options as recorded in the assessment. */
  readonly recorded: Readonly<Record<string, string>>
}

export async function knownOf(
  { values, paths, campaigns }: Asked,
  now: number,
  { line }: OutputTerminal,
): Promise<KnownHere> {
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

/** What the result of a file depends on besides the evidence: the program, what it knows, and the options. */
export function digestOf(
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

/** There must be something at the path; whether it can be read is the evidence's own matter. */
function checkThere(path: string): void {
  if (statsOf(path) === 'nothing')
    throw new PosternError('no-such-path', `${path || "''"}: no such file or directory.${pathHint(path)}`)
}

/** The folder for the results: new or empty but for what an interrupted run left, and outside the evidence. */
function checkedOut(out: string, evidence: readonly string[]): string {
  const hint = statsOf(out) === 'nothing' ? pathHint(out) : ''
  if (hint !== '') throw new PosternError('usage', `${out}: results cannot be written there.${hint}`)
  const place = real(out)
  for (const path of evidence) {
    const root = real(path)
    if (place === root || place.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new PosternError(
        'out-inside-evidence',
        `${out} is inside the evidence ${path}, which is never written to. Choose another folder with --out.`,
      )
    }
  }
  const there = statsOf(place)
  if (there === 'nothing') return place
  if (there === 'unknown' || !there.isDirectory())
    throw new PosternError('usage', `${notAFolder(out)} Choose a folder with --out.`)
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
    if (isLink(full)) throw new PosternError('usage', `${path}: broken link. Name the file or folder itself.`)
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
  const invalid = `Invalid value '${window}' for --window. Expected FROM..TO with dates such as 2021-03-01..2021-03-31`
  if (from === undefined || to === undefined || (from === null && to === null))
    throw new PosternError('usage', `${invalid}.`)
  if (from !== null && to !== null && from >= to)
    throw new PosternError('usage', `${invalid}. This period ends before it begins.`)
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
  if (n < 1 || n > 256)
    throw new PosternError('usage', `Invalid value '${jobs}' for --jobs. Expected a number from 1 to 256.`)
  return n
}

function formats(names: readonly string[]): Set<string> {
  for (const name of names) {
    if (!formatNames.includes(name))
      throw new PosternError('usage', `Unknown format '${name}'. Formats: ${formatNames.join(', ')}.`)
  }
  return new Set(names)
}

/** How far the forms that are meant for others may go. */
function sharingArgument(victim: boolean, tlp: string | undefined, asked: ReadonlySet<string>): Sharing {
  const shared = reports.filter((report) => report.shared).map((report) => report.name)
  if ((victim || tlp !== undefined) && !shared.some((name) => asked.has(name)))
    throw new PosternError(
      'usage',
      `${victim ? '--name-victim' : '--tlp'} requires a format for sharing. Add --format ${shared.join(' or --format ')}.`,
    )
  const label = tlps.find((one) => one === tlp?.toLowerCase().replace(/^tlp:/, ''))
  if (tlp !== undefined && label === undefined)
    throw new PosternError('usage', `Unknown label '${tlp}' for --tlp. Labels: ${tlps.join(', ')}.`)
  return { victim, tlp: label ?? null }
}

function languageArgument(language = 'en'): Language {
  if (!isLanguage(language))
    throw new PosternError('usage', `Unknown language '${language}'. Languages: ${briefingLanguages.join(', ')}.`)
  return language
}

function checkCampaigns(named: readonly string[], knowledge: Knowledge): void {
  const ids = knowledge.campaigns.map((campaign) => campaign.id)
  for (const name of named) {
    if (!ids.includes(name))
      throw new PosternError('unknown-campaign', `Unknown campaign '${name}'. Campaigns: ${ids.join(', ')}.`)
  }
}

/** Options that change the answer, as recorded in the assessment; paths by their names only. */
function recordedOptions(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const recorded: Record<string, string> = {}
  if (values.mask === true) recorded.mask = 'people of the organization'
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

/** The browser that prints; null where no PDF is wanted, or none can be made: then that is said before the work begins. */
function browserFor(extra: ReadonlySet<string>, named: string | undefined, { line }: OutputTerminal): string | null {
  const browser = named ?? process.env.POSTERN_BROWSER
  if (!extra.has('pdf')) {
    if (named === undefined) return null
    throw new PosternError('usage', '--browser requires --format pdf. Add it, or remove --browser.')
  }
  if (browser !== undefined && browser !== '') {
    if (statsOf(browser) === 'nothing')
      throw new PosternError(
        'no-such-path',
        `${browser}: no such browser. Name the program of Chromium, Chrome or Edge.`,
      )
    return resolve(browser)
  }
  const found = findBrowser()
  if (found === null)
    process.stderr.write(
      `${line}postern: No Chromium, Chrome or Edge is found on this machine, so that no report.pdf is made: open report.html in a browser and print it, or name one with --browser.\n`,
    )
  return found
}
