import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { hostname, availableParallelism } from 'node:os'
import { basename, dirname, extname, join, resolve, sep } from 'node:path'
import { assess, type Options } from '../assess.ts'
import { PosternError } from '../errors.ts'
import { eachServer } from '../evidence/index.ts'
import { loadExposureFacts } from '../exposure-facts.ts'
import { canonicalJson } from '../lib/json.ts'
import { visible } from '../lib/tty.ts'
import { isoTime } from '../lib/time.ts'
import { type Zone, zoneOf } from '../lib/zones.ts'
import type { Assessment, VerdictIs } from '../model.ts'
import { type Knowledge, type KnowledgePaths, loadKnowledge } from '../packs.ts'
import { always, reports, summaryHead, summaryJson, summaryLine, textReport } from '../reports/index.ts'
import { inlinePool, threadPool } from '../work/pool.ts'
import { readArguments, text, texts } from './arguments.ts'
import { readKnown } from './known.ts'
import { knowledgeFolder, packsFolder, version } from './place.ts'
import { progressLine } from './progress.ts'

export const assessHelp = `postern assess EVIDENCE… [options]

EVIDENCE is a folder or a zip with what was copied from one server; each EVIDENCE is one server.

  --out DIR             where the results go (default ./postern-out; must be new or empty)
  --each                each folder or zip inside EVIDENCE is one server
  --join                all EVIDENCE together is one server
  --packs DIR           packs instead of those that ship with Postern; may be given several times
  --rules DIR           your own Sigma and YARA rules besides; may be given several times
  --iocs FILE           your own indicators (CSV or one per line); may be given several times
  --known FILE          own scanners and accepted findings (YAML)
  --campaign NAME       ask about this campaign whatever the evidence; may be given several times
  --window FROM..TO     look at this period only (2021-03-01..2021-03-31, UTC)
  --timezone ZONE       zone of rows that do not say theirs (Europe/Berlin, +01:00)
  --sector NAME         sector of the organisation, a weak factor for actors
  --format NAME         further reports: ${reports.map((report) => report.name).join(', ')}
  --jobs N              worker threads (default: one per processor)
  --quiet               no progress and no summary on the terminal

Exit status: 0 no evidence, 1 failed, 2 usage, 3 cannot tell, 4 targeted, 5 exploited or compromised.
`

/** `postern assess`: one verdict a server, and all the files of the contract. */
export async function assessCommand(args: readonly string[]): Promise<number> {
  const started = Date.now()
  const { values, positionals } = readArguments(args, {
    out: { type: 'string' },
    each: { type: 'boolean' },
    join: { type: 'boolean' },
    packs: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
    iocs: { type: 'string', multiple: true },
    known: { type: 'string' },
    campaign: { type: 'string', multiple: true },
    window: { type: 'string' },
    timezone: { type: 'string' },
    sector: { type: 'string' },
    format: { type: 'string', multiple: true },
    jobs: { type: 'string' },
    quiet: { type: 'boolean' },
  })
  // What is asked: evidence, one server or many.
  if (positionals.length === 0) throw new PosternError('usage', 'No evidence is named. Say: postern assess FOLDER')
  if (values.each && values.join) throw new PosternError('usage', '--each and --join exclude each other.')
  for (const path of positionals)
    if (!existsSync(path)) throw new PosternError('no-such-path', `There is nothing at ${path}.`)
  const servers = values.join
    ? [positionals]
    : values.each
      ? (await Promise.all(positionals.map(eachServer))).flat().map((path) => [path])
      : positionals.map((path) => [path])
  if (servers.length === 0) throw new PosternError('nothing-opened', 'The evidence holds no file.')
  const out = checkedOut(text(values.out) ?? 'postern-out', positionals)

  // What is known: packs, the user's rules, the house's own scanners.
  const paths: KnowledgePaths = {
    packs: texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder],
    rules: texts(values.rules),
    iocs: texts(values.iocs),
  }
  const zone = zoneArgument(text(values.timezone))
  const window = windowArgument(text(values.window))
  const known = text(values.known)
  const house = known === undefined ? undefined : readKnown(known)
  const extra = formats(texts(values.format))
  const jobs = jobsArgument(text(values.jobs))
  const knowledge = await loadKnowledge(paths)
  const campaigns = texts(values.campaign)
  checkCampaigns(campaigns, knowledge)
  const facts = loadExposureFacts(knowledgeFolder)
  const recorded = recordedOptions(values)

  // The work, one server after the other.
  const pool = jobs === 1 || small(positionals) ? inlinePool(knowledge, zone) : threadPool(jobs, paths, zone)
  const done: { assessment: Assessment; path: string }[] = []
  let failed = 0
  for (const evidence of servers) {
    const progress = progressLine(values.quiet === true)
    const options: Options = {
      fallbackName: nameFor(evidence[0]!),
      campaigns,
      tool: `postern ${version}`,
      recorded,
      onProgress: progress.update,
      ...(house ? { known: house } : {}),
      ...(window ? { window } : {}),
    }
    try {
      const assessment = await assess(evidence, knowledge, facts, pool, options)
      progress.end()
      const path = folderName(assessment, new Set(done.map((d) => d.path)))
      writeServer(join(out, path), assessment, extra, { evidence, started, jobs, args })
      done.push({ assessment, path })
    } catch (error) {
      progress.end()
      if (servers.length === 1 || !(error instanceof PosternError)) throw error
      failed++
      process.stderr.write(`postern: ${visible(`${evidence.join(', ')}: ${error.message}`)}\n`)
    }
  }
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'summary.json'), summaryJson(done))
  if (!values.quiet) say(done, out)
  return statusOf(
    done.map((d) => d.assessment.verdict.is),
    failed,
  )
}

/** The folder for the results: new or empty, and outside the evidence. */
function checkedOut(out: string, evidence: readonly string[]): string {
  const place = real(out)
  for (const path of evidence) {
    const root = statSync(path).isDirectory() ? real(path) : null
    if (root !== null && (place === root || place.startsWith(root.endsWith(sep) ? root : root + sep))) {
      throw new PosternError(
        'out-inside-evidence',
        `The results would lie inside the evidence (${out} in ${path}), which is never written to. Choose another folder with --out.`,
      )
    }
  }
  if (existsSync(place) && (!statSync(place).isDirectory() || readdirSync(place).length > 0)) {
    throw new PosternError(
      'out-not-empty',
      `${out} is not empty; it may hold another run's results. Choose another folder with --out.`,
    )
  }
  return place
}

/** The real path of something that need not exist yet. */
function real(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync(full)
  const parent = dirname(full)
  return parent === full ? full : join(real(parent), basename(full))
}

function zoneArgument(name: string | undefined): Zone | null {
  if (name === undefined) return null
  const zone = zoneOf(name)
  if (!zone) throw new PosternError('usage', `${name} is not a time zone. Say one like Europe/Berlin or +01:00.`)
  return zone
}

function windowArgument(window: string | undefined): { from: number | null; to: number | null } | null {
  if (window === undefined) return null
  const m = /^([^.]*)\.\.([^.]*)$/.exec(window)
  const [from, to] = m ? [momentOf(m[1]!, false), momentOf(m[2]!, true)] : [undefined, undefined]
  if (from === undefined || to === undefined || (from !== null && to !== null && from >= to)) {
    throw new PosternError(
      'usage',
      `--window wants FROM..TO with dates like 2021-03-01..2021-03-31, and got ${window}.`,
    )
  }
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
  const n = Number(jobs)
  if (!Number.isInteger(n) || n < 1 || n > 256)
    throw new PosternError('usage', `--jobs wants a number from 1 to 256, and got ${jobs}.`)
  return n
}

function formats(names: readonly string[]): Set<string> {
  for (const name of names) {
    if (!reports.some((report) => report.name === name)) {
      throw new PosternError(
        'usage',
        `There is no format ${name}. There are: ${reports.map((report) => report.name).join(', ')}.`,
      )
    }
  }
  return new Set(names)
}

function checkCampaigns(named: readonly string[], knowledge: Knowledge): void {
  const ids = knowledge.campaigns.map((campaign) => campaign.id)
  for (const name of named) {
    if (!ids.includes(name))
      throw new PosternError('unknown-campaign', `There is no campaign ${name}. There are: ${ids.join(', ')}.`)
  }
}

/** Options that change the answer, as they stand in the assessment; paths by their names only. */
function recordedOptions(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const recorded: Record<string, string> = {}
  for (const name of ['campaign', 'window', 'timezone', 'sector'] as const) {
    const value = values[name]
    if (value !== undefined) recorded[name] = Array.isArray(value) ? value.join(', ') : String(value as string)
  }
  for (const name of ['packs', 'rules', 'iocs', 'known'] as const) {
    const value = values[name] as string | readonly string[] | undefined
    if (value !== undefined)
      recorded[name] = [value]
        .flat()
        .map((path) => basename(path as string))
        .join(', ')
  }
  return recorded
}

/** Threads cost a start; a small input is done sooner without them. */
function small(paths: readonly string[]): boolean {
  let [bytes, files] = [0, 0]
  const walk = (path: string): boolean => {
    const entry = statSync(path, { throwIfNoEntry: false })
    if (!entry) return true
    if (!entry.isDirectory()) {
      bytes += /\.(zip|gz)$/i.test(path) ? entry.size * 8 : entry.size
      return ++files < 2_000 && bytes < 24_000_000
    }
    try {
      return readdirSync(path).every((name) => walk(join(path, name)))
    } catch {
      return true // an unreadable folder is a gap later; here it only has no size
    }
  }
  return paths.every(walk)
}

function nameFor(path: string): string {
  const name = basename(resolve(path))
  return name.slice(0, name.length - (extname(name).toLowerCase() === '.zip' ? 4 : 0)) || 'server'
}

/** The server's folder: its name made harmless; with 8 digits of the manifest's digest when it is taken. */
function folderName(assessment: Assessment, taken: ReadonlySet<string>): string {
  const plain =
    assessment.server.name
      .replace(/[^A-Za-z0-9._-]/g, '_')
      .slice(0, 64)
      .replace(/^\.+|\.+$/g, '_') || '_'
  const name = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}`.slice(0, 64) : plain
  if (![...taken].some((other) => other.toLowerCase() === name.toLowerCase())) return name
  const manifest = assessment.evidence.manifest.map((artifact) => `${artifact.sha256} ${artifact.path}`).join('\n')
  return `${name}-${createHash('sha256').update(manifest).digest('hex').slice(0, 8)}`
}

function writeServer(
  folder: string,
  assessment: Assessment,
  extra: ReadonlySet<string>,
  run: { evidence: readonly string[]; started: number; jobs: number; args: readonly string[] },
): void {
  mkdirSync(folder, { recursive: true })
  for (const report of reports) {
    if (always.includes(report) || extra.has(report.name))
      writeFileSync(join(folder, report.file), report.write(assessment))
  }
  const ended = Date.now()
  writeFileSync(
    join(folder, 'run.json'),
    `${canonicalJson(
      {
        schema: 'postern-run/1',
        evidence: run.evidence.map((path) => resolve(path)),
        arguments: run.args,
        started: new Date(run.started).toISOString(),
        ended: new Date(ended).toISOString(),
        seconds: (ended - run.started) / 1000,
        jobs: run.jobs,
        host: hostname(),
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        tool: `postern ${version}`,
      },
      2,
    )}\n`,
  )
}

function say(done: readonly { assessment: Assessment; path: string }[], out: string): void {
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  const width = process.stdout.isTTY ? Math.min(120, Math.max(40, process.stdout.columns || 80)) : 80
  const [only] = done
  if (done.length === 1 && only) {
    process.stdout.write(textReport(only.assessment, { colour, width, folder: join(out, only.path) }))
    return
  }
  const lines = done.map(({ assessment }) => summaryLine(assessment, { colour, width }))
  process.stdout.write(`${[summaryHead({ colour, width }), ...lines].join('\n')}\n\nReports: ${out}\n`)
}

/** Of several servers the highest of 5, 4, 3, 0; 1 if one failed and none is 5. */
function statusOf(verdicts: readonly VerdictIs[], failed: number): number {
  const status = { compromised: 5, exploited: 5, targeted: 4, 'cannot-tell': 3, 'no-evidence': 0 } as const
  const highest = Math.max(0, ...verdicts.map((is) => status[is]))
  return failed > 0 && highest < 5 ? 1 : highest
}
