import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { countsRow } from '../../findings/counted-rows.ts'
import { countedBy, KeptTrails, withCorrelations } from '../../findings/correlations.ts'
import { counted } from '../../lib/amounts.ts'
import { addTo } from '../../lib/collections.ts'
import { PosternError } from '../../lib/errors.ts'
import type { Member } from '../../evidence/container.ts'
import { EvidenceError, listEvidence, readMember } from '../../evidence/index.ts'
import { decodeText } from '../../lib/text.ts'
import { visible } from '../../lib/terminal.ts'
import { orderFiles } from '../../model/file-order.ts'
import type { Scan } from '../../model/scan.ts'
import type { Finding } from '../../model/finding.ts'
import type { Hit } from '../../model/rule.ts'
import type { Locator } from '../../model/event.ts'
import { type Knowledge, loadKnowledge } from '../../knowledge/load-packs.ts'
import { withBelowWorkers } from '../../findings/below-workers.ts'
import { askAll } from '../../rules/match.ts'
import type { EventRule } from '../../rules/rule.ts'
import { caseKey, withoutSecrets } from '../../lib/secrets.ts'
import { scanMember, type ScanSettings } from '../../scan/scan.ts'
import { ValueCaches } from '../../prefilter/row-rules.ts'
import { zoneNamed } from '../../lib/windows-zones.ts'
import { checkRules } from '../../run/rule-check.ts'
import { type Parsed, readArguments, textArgument, texts } from '../arguments.ts'
import { readNumberedLines } from '../read-lines.ts'
import { readCaseKey, readPasswords } from '../passwords.ts'
import { specOf } from '../options.ts'
import { packsFolder } from '../paths.ts'

/** `postern explain`: every statement leads to bytes, and here they are. */
export async function explainCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('explain', args)
  const [out, ...ids] = positionals
  if (out === undefined || ids.length === 0 || ids.includes(''))
    throw new PosternError('usage', 'Usage: postern explain OUT FINDING')
  const wanted = ids.map((id) => findingIn(out, id))
  if (new Set(wanted.map(({ folder }) => folder)).size > 1)
    throw new PosternError('usage', 'These findings are of several servers. Explain them one server at a time.')

  // The evidence and the rules of that run, as far as they are not named anew.
  const run = runOf(wanted[0]!.folder)
  if (run.isMasked)
    throw new PosternError(
      'usage',
      'These results are masked, so their text differs from the evidence. Assess the evidence without --mask, then explain those results.',
    )
  const evidence = texts(values.evidence).length > 0 ? texts(values.evidence) : run.evidence
  for (const path of evidence) {
    if (!existsSync(path))
      throw new PosternError('no-such-path', `${path}: the evidence is not there. Name its location with --evidence.`)
  }
  const pick = (name: string): readonly string[] =>
    texts(values[name]).length > 0 ? texts(values[name]) : (run.options.get(name) ?? [])
  const packs = pick('packs')
  const knowledge = await loadKnowledge(
    {
      packs: packs.length > 0 ? packs : [packsFolder],
      rules: pick('rules'),
      iocs: pick('iocs'),
      baselines: pick('baseline'),
    },
    undefined,
    { check: checkRules },
  )
  const zone = zoneNamed(run.options.get('timezone')?.[0] ?? '')
  const passwords = readPasswords(textArgument(values['password-file']) ?? run.options.get('password-file')?.[0])
  const files = new Files(await membersOf(evidence, passwords), {
    rules: knowledge.rules,
    ask: withCounted(
      askAll(knowledge.rules.events),
      wanted.map(({ finding }) => finding),
      knowledge,
    ),
    tied: true,
    zone,
    passwords,
  })

  const given = readCaseKey(textArgument(values['case-key']))
  const key = caseKey(given, [])
  const shows: Shows = values['reveal-secrets'] === true ? (each) => each : (each) => withoutSecrets(each, key)
  let status = 0
  for (const { finding } of wanted) if (!(await explain(finding, knowledge, files, shows))) status = 1
  return status
}

/** Rows of findings that were computed match where they are counted, whatever log they are of. */
function withCounted(
  ask: ScanSettings['ask'],
  findings: readonly Finding[],
  { rules }: Knowledge,
): ScanSettings['ask'] {
  const placeOf = ({ offset, length }: { readonly offset: number; readonly length: number }): string =>
    `${offset} ${length}`
  const wanted = new Map<string, EventRule[]>()
  for (const { rule, locators } of findings) {
    const own = rules.events.find(({ info }) => info.id === rule)
    if (own?.info.computedBy !== undefined) for (const locator of locators) addTo(wanted, placeOf(locator), own)
  }
  return (event) => {
    const yes = ask(event)
    const more = (wanted.get(placeOf(event.at)) ?? []).filter(
      (rule) => !yes.some((one) => one.rule === rule) && countsRow(rule.info, event),
    )
    return [...yes, ...more.map((rule) => ({ rule, matched: [] }))]
  }
}

/** A text of the evidence as it is shown. */
type Shows = (text: string) => string

/** One finding with all its places; were they all reproduced? */
async function explain(finding: Finding, knowledge: Knowledge, files: Files, shows: Shows): Promise<boolean> {
  const from = [finding.pack, finding.author, finding.license].filter(Boolean).join(', ')
  say(`${finding.id}  ${finding.title}`)
  say(`rule ${finding.rule} (${from}), stage ${finding.stage}, level ${finding.level}`)
  if (!knowledge.infos.has(finding.rule)) say('This rule is not among the packs and rules that are asked now.')
  const again = await againOf(finding, knowledge, files)
  let reproduced = 0
  for (const locator of finding.locators) if (await reproduce(locator, again, files, shows)) reproduced++
  for (const innocent of finding.falsePositives) say(`\ninnocent explanation: ${innocent}`)
  for (const next of finding.nextSteps) say(`next check: ${next}`)
  const all = finding.locators.length
  say(`\n${reproduced} of ${all} places reproduced.`)
  if (reproduced === all) return true
  process.stderr.write(
    `postern: ${visible(`Finding ${finding.id} is not reproduced: ${all - reproduced} of ${all} places differ from what the report says.`)}\n`,
  )
  return false
}

/** What the rule of a finding says now of a place in a file. */
type Again = (scan: Scan, locator: Locator) => Hit | undefined

async function againOf({ rule, count, locators }: Finding, knowledge: Knowledge, files: Files): Promise<Again> {
  const isThere = (hit: Hit, { offset, length }: Locator): boolean =>
    hit.rule === rule && hit.event.at.offset === offset && hit.event.at.length === length
  if (!knowledge.rules.correlations?.some(({ info }) => info.id === rule))
    return (scan, locator) =>
      scan.hits.find((hit) => isThere(hit, locator)) ??
      withBelowWorkers([scan], knowledge.rules.events)[0]!.hits.find((hit) => isThere(hit, locator))
  // A correlation is true of rows of all files together. Where the finding names every row, its files are enough.
  const scans = await files.correlated(rule, count === locators.length ? locators : null)
  return ({ artifact }, locator) =>
    scans
      .filter((scan) => scan.artifact.sha256 === artifact.sha256)
      .flatMap((scan) => scan.hits)
      .find((hit) => isThere(hit, locator) && hit.match?.rows === count)
}

/** Shows one place as it is now, and says whether file and rule are as the report says. */
async function reproduce(locator: Locator, again: Again, files: Files, shows: Shows): Promise<boolean> {
  const { path, line, record, offset, length, artifact } = locator
  const row = line === undefined ? (record === undefined ? '' : `, record ${record}`) : `, line ${line}`
  say(`\n${path}${row}, bytes ${offset} to ${offset + length}`)
  const found = await files.at(path, artifact)
  if (!found) {
    say('  NOT REPRODUCED: the evidence holds no such file any more')
    return false
  }
  const { member, scan } = found
  const hit = again(scan, locator)
  const isUnread = artifact === ''
  const bytes = isUnread ? NONE : await bytesAt(member, offset, Math.min(length, shown), files.passwords)
  // Of a binary record the text is shown that is made of it, as in the report.
  const text = isUnread || bytes.includes(0) ? (hit?.event.raw ?? locator.raw).slice(0, shown) : decodeText(bytes)
  say(`  ${shows(text).trimEnd().replaceAll(/\r?\n/g, '\n  ')}`)
  if (length > shown && !isUnread) say(`  … and ${length - shown} bytes more`)
  const same = scan.artifact.sha256 === artifact
  if (isUnread) say('  the content was not read, only its name and location')
  else
    say(
      same
        ? `  SHA-256 ${artifact}: the same file`
        : `  NOT REPRODUCED: the file has changed, its SHA-256 is ${scan.artifact.sha256 || 'unknown'} and was ${artifact}`,
    )
  const what = isUnread ? 'this name and location' : 'these bytes'
  say(hit ? `  the rule matches ${what} again` : '  NOT REPRODUCED: the rule does not match these bytes')
  // Of an indicator: which entry of the list it was.
  if (hit && hit.matched.length > 0) say(`  by ${shows(hit.matched.slice(0, 5).join('; ').slice(0, 1000))}`)
  if (hit?.match) say(`  ${shows(hit.match.says)}`)
  return same && hit !== undefined
}

const NONE = new Uint8Array()
/** Maximum number of bytes printed of a location. */
const shown = 64 * 1024
/** Maximum number of files of one name read to find the right one. */
const tried = 100

/** The files of the evidence; each is read once, however many places lie in it. */
class Files {
  readonly #members: readonly Member[]
  readonly #settings: ScanSettings
  readonly #scans = new Map<Member, Scan>()
  readonly passwords: readonly string[]

  constructor(members: readonly Member[], settings: ScanSettings) {
    this.#members = members
    this.#settings = settings
    this.passwords = settings.passwords ?? []
  }

  /**
   * The file of that digest at that path; when there is none, the one that lies there now. The evidence may have been
   * moved, or be given one folder higher or lower than before, and several files of an archive may share a path.
   */
  async at(path: string, sha256: string): Promise<{ member: Member; scan: Scan } | null> {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const near = (m: Member): boolean => m.path.endsWith(`/${path}`) || path.endsWith(`/${m.path}`)
    const ways: readonly ((m: Member) => boolean)[] = [
      (m) => m.path === path,
      near,
      (m) => m.path === name || m.path.endsWith(`/${name}`),
    ]
    const candidates = new Set(ways.flatMap((way) => this.#members.filter(way)))
    if (sha256 === '') return this.#unread([...candidates][0])
    let first: { member: Member; scan: Scan } | null = null
    for (const member of [...candidates].slice(0, tried)) {
      const found = { member, scan: await this.#scan(member) }
      if (found.scan.artifact.sha256 === sha256) return found
      first ??= found
    }
    return first
  }

  /** The evidence, or the files of these places, as a correlation sees it: only the rules that it counts are asked. */
  async correlated(correlation: string, places: readonly Locator[] | null): Promise<readonly Scan[]> {
    const rules = countedBy(correlation, this.#settings.rules)
    const { events } = rules
    const settings: ScanSettings = {
      ...this.#settings,
      rules: { ...this.#settings.rules, ...rules, scanners: [] },
      ask: askAll(events),
      lexicons: new ValueCaches(events),
    }
    const named = new Set<Member>()
    // One after another: a file may lie in memory that the next one is read into.
    for (const { path, artifact } of places ?? []) {
      const found = await this.at(path, artifact)
      if (found) named.add(found.member)
    }
    const members = places === null ? this.#members : named
    const scans: Scan[] = []
    const trails = new KeptTrails()
    for (const member of members) {
      scans.push(await scanMember(member, settings))
      trails.came(scans, scans.length - 1)
    }
    trails.finish(scans)
    return withCorrelations(orderFiles(scans), rules).scans
  }

  /** A file that the run did not read is not read here either: rules matched its name and location. */
  async #unread(member: Member | undefined): Promise<{ member: Member; scan: Scan } | null> {
    if (member === undefined) return null
    const refused = member.refused ?? { reason: 'unsupported', detail: 'not read by the assessment' }
    return { member, scan: await scanMember({ ...member, refused }, this.#settings) }
  }

  async #scan(member: Member): Promise<Scan> {
    const scan = this.#scans.get(member) ?? (await scanMember(member, this.#settings))
    this.#scans.set(member, scan)
    return scan
  }
}

function say(line: string): void {
  process.stdout.write(`${line.split('\n').map(visible).join('\n')}\n`)
}

function findingIn(out: string, id: string): { finding: Finding; folder: string } {
  if (!existsSync(out)) throw new PosternError('no-such-path', `${out}: no such file or directory.`)
  const folders = [out, ...foldersIn(out)].filter((f) => existsSync(join(f, 'findings.jsonl')))
  if (folders.length === 0)
    throw new PosternError(
      'not-an-assessment',
      `${out}: no results (findings.jsonl is missing). Name a folder of results.`,
    )
  const matches = folders.flatMap((folder) => findingsOf(folder, id).map((finding) => ({ finding, folder })))
  const exact = matches.filter((m) => m.finding.id === id)
  const like = exact.length > 0 ? exact : matches
  // A finding of a case may stand beside several servers: its entries are in the evidence of one.
  const own = like.filter(({ finding }) => finding.evidenceOf === undefined)
  const best = own.length > 0 ? own : like
  const [only] = best
  if (only !== undefined && own.length === 0)
    throw new PosternError(
      'no-such-finding',
      `The entries of finding ${id} are in the evidence of another server, ${only.finding.evidenceOf}. Name the folder of its results.`,
    )
  if (only !== undefined && best.length === 1) return only
  if (best.length === 0)
    throw new PosternError(
      'no-such-finding',
      `${out}: no finding '${id}'. report.html and findings.jsonl show the ids.`,
    )
  const where = new Set(best.map((m) => m.folder))
  throw new PosternError(
    'no-such-finding',
    where.size > 1
      ? `Findings of several servers begin with ${id}. Name the folder of one: ${[...where].slice(0, 5).join(', ')}.`
      : `${counted(best.length, 'finding')} begin with ${id}. Give more characters.`,
  )
}

function foldersIn(out: string): string[] {
  if (!statSync(out).isDirectory()) return []
  return readdirSync(out, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => join(out, e.name))
    .sort()
}

/** Findings of one server whose id begins so. */
function findingsOf(folder: string, id: string): Finding[] {
  const file = join(folder, 'findings.jsonl')
  const found: Finding[] = []
  for (const [line, text] of readNumberedLines(file)) {
    const finding = jsonOf(text, file, line) as Partial<Finding> | null
    if (typeof finding?.id !== 'string' || !Array.isArray(finding.locators))
      throw new PosternError('not-an-assessment', 'This line is not a finding.', { file, line })
    if (finding.id.startsWith(id)) found.push(finding as Finding)
  }
  return found
}

/** What run.json says of the run that made the results: where the evidence lay, and options that choose the rules. */
function runOf(folder: string): {
  evidence: readonly string[]
  options: ReadonlyMap<string, string[]>
  isMasked: boolean
} {
  const file = join(folder, 'run.json')
  if (!existsSync(file)) throw new PosternError('not-an-assessment', `${folder}: run.json is missing.`)
  const run = (jsonOf(readFileSync(file, 'utf8'), file) ?? {}) as Record<string, unknown>
  const evidence = textsOf(run.evidence)
  if (evidence.length === 0)
    throw new PosternError('not-an-assessment', 'The file names no evidence. Name it with --evidence.', { file })
  const { values } = readArguments('assess', textsOf(run.arguments))
  const options = optionsOf(values, typeof run.folder === 'string' ? run.folder : process.cwd())
  return { evidence, options, isMasked: values.mask === true }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []
}

function jsonOf(text: string, file: string, line?: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new PosternError('not-an-assessment', 'Not valid JSON.', { file, ...(line === undefined ? {} : { line }) })
  }
}

/** Options of the run that made the results, so that the same rules are asked. Its paths began in its folder. */
function optionsOf(values: Parsed['values'], folder: string): Map<string, string[]> {
  return new Map(
    specOf('assess').options.map(({ name, path }) => [
      name,
      texts(values[name]).map((value) => (path === undefined ? value : resolve(folder, value))),
    ]),
  )
}

async function membersOf(evidence: readonly string[], passwords: readonly string[]): Promise<Member[]> {
  const members: Member[] = []
  for (const path of evidence)
    for (const member of (await listEvidence(path, { passwords })).members) members.push(member)
  return members
}

/** Bytes of a member; fewer when it cannot be read so far. */
async function bytesAt(
  member: Member,
  offset: number,
  length: number,
  passwords: readonly string[],
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let at = 0
  try {
    for await (const chunk of readMember(member.ref, { limits: { passwords } })) {
      const [from, to] = [Math.max(0, offset - at), Math.min(chunk.length, offset + length - at)]
      if (to > from) parts.push(Buffer.from(chunk.subarray(from, to)))
      at += chunk.length
      if (at >= offset + length) break
    }
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
  }
  return Buffer.concat(parts)
}
