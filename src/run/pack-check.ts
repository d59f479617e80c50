import { isStrong } from '../model/sign.ts'
import { counted, formatList } from '../lib/amounts.ts'
import { addTo } from '../lib/collections.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { pathClashes, pathFault } from '../knowledge/bundle/verify.ts'
import { withCorrelations } from '../findings/correlations.ts'
import { detect, nothingKnown } from '../findings/findings.ts'
import { type Member, openEvidence } from '../evidence/index.ts'
import { orderFiles } from '../model/file-order.ts'
import type { Scan } from '../model/scan.ts'
import type { RuleInfo } from '../model/rule.ts'
import type { Event } from '../model/event.ts'
import { type Knowledge, packDocument, packFolders, ruleName } from '../knowledge/load-packs.ts'
import {
  belowFolder,
  referenceFaults,
  sampleFiles,
  sampleFolders,
  sampleKinds,
  sharedSamples,
  type SamplesOf,
  withSampleFolder,
} from './pack-samples.ts'
import { knownSource, ruleLine, ruleNames, yamlLineFinder } from './pack-names.ts'
import { meant } from '../lib/meant.ts'
import { type PackNames, schemaProblems } from '../knowledge/pack-schema.ts'
import { askAll } from '../rules/match.ts'
import type { EventRule, FileScanner } from '../rules/rule.ts'
import { answers } from '../rules/log-source.ts'
import { scanMember, type ScanSettings } from '../scan/scan.ts'
import { ValueCaches } from '../prefilter/row-rules.ts'

export type SampleResult = {
  readonly pack: string
  readonly rule: string
  readonly sample: string
  readonly passed: boolean
  readonly detail: string
}

/** A result of a check of packs: a problem, or a note. */
export type PackProblem = { readonly is: 'wrong' | 'note'; readonly place: string; readonly says: string }

/** Time of one rule for an event of its log sources, beside the median rule. */
export type RuleTime = {
  readonly rule: string
  readonly nanoseconds: number
  readonly ratio: number
  readonly events: number
}

/** What a check needs besides the packs. */
export type CheckAround = {
  readonly products: ReadonlySet<string>
  /** Vulnerabilities that builds are judged by; null where that is not checked. */
  readonly cves?: ReadonlySet<string>
  /** Folders of the packs whose rules say which fields there are. */
  readonly known?: readonly string[]
  /** Folders of evidence in which nothing happened. */
  readonly benign: readonly string[]
  /** What else an action may name: the packs beside these. */
  readonly beside?: Pick<Knowledge, 'infos' | 'actions'>
}

/**
 * Holds packs against what docs/extend/pack.md asks of them: the content of pack.yml, author and license of each rule,
 * a sample of each kind for each rule, silence on ordinary evidence, and nothing in the open that antivirus would take.
 */
export async function checkPacks(
  packs: readonly string[],
  knowledge: Knowledge,
  around: CheckAround,
): Promise<PackProblem[]> {
  const inAll = packs.flatMap(packFolders)
  const loaded = inAll.map((folder) => ({ folder, pack: basename(folder), doc: packDocument(folder) }))
  const infos = [...knowledge.infos.values()]
  const all = new Set([...infos, ...(around.beside?.infos.values() ?? [])].flatMap((info) => [ruleName(info), info.id]))
  const actions = new Set([...knowledge.actions, ...(around.beside?.actions ?? [])].map(({ id }) => id))
  const problems: PackProblem[] = []
  const fields = knownFields(around.known ?? [])
  for (const { folder, pack, doc } of loaded) {
    const own = infos.filter((info) => info.pack === pack)
    const names = new Set([...own.flatMap((info) => [ruleName(info), info.id]), ...belowFolder(folder).map(stem)])
    problems.push(
      ...documentProblems(folder, doc, { products: around.products, own: names, all, actions, ...only(around.cves) }),
      ...actorProblems(folder, all, knowledge),
      ...(await askedProblems(folder, fields, knowledge)),
    )
    for (const info of own) problems.push(...licenseProblems(folder, info), ...sampleProblems(folder, info))
    problems.push(
      ...strayProblems(folder, new Set(own.map(ruleName))),
      ...unfilledProblems(folder),
      ...openProblems(folder, knowledge),
      ...pathProblems(folder),
    )
  }
  for (const shared of new Set(inAll.map(sharedSamples)))
    problems.push(...openProblems(shared, knowledge, 'shared/samples'))
  for (const { pack, rule, sample, detail } of (await selfTest(packs, knowledge)).filter((one) => !one.passed))
    if (!detail.startsWith('there is no'))
      problems.push({
        is: 'wrong',
        place: `${pack}/samples/rules/${rule}/${sample}`,
        says: sample.startsWith('fire') ? `the rule ${rule} does not fire on it` : `the rule ${rule} fires on it`,
      })
  for (const folder of around.benign) problems.push(...(await benignProblems(folder, knowledge, inAll)))
  return problems
}

const only = (cves: ReadonlySet<string> | undefined): { cves?: ReadonlySet<string> } => (cves ? { cves } : {})

/** What is wrong in a pack.yml, each with its line. */
export function documentProblems(folder: string, doc: unknown, names: PackNames): PackProblem[] {
  const file = `${basename(folder)}/pack.yml`
  const line = yamlLineFinder(readFileSync(join(folder, 'pack.yml'), 'utf8'))
  return schemaProblems(doc, names).map((says) => {
    const at = says.slice(0, says.indexOf(':'))
    const name = /: (?:there is no [^"]{0,60}|no build is known to be vulnerable to |)"([^"]+)"/.exec(says)?.[1]
    return { is: 'wrong', place: `${file}:${line(at, name)}`, says }
  })
}

/** Indicators of actors that cannot be found: missing rules, and values in no list. */
function actorProblems(folder: string, rules: ReadonlySet<string>, { actors }: Knowledge): PackProblem[] {
  const file = join(folder, 'actors.yml')
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  const lineOf = (value: string): number => text.slice(0, Math.max(0, text.indexOf(value))).split('\n').length
  const place = (value: string): string => `${basename(folder)}/actors.yml:${lineOf(value)}`
  const own = actors.find(({ campaign }) => campaign === basename(folder))
  const lists = belowFolder(folder)
    .filter((name) => /^[^/]+\.(?:csv|txt)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').toLowerCase())
    .join('\n')
  const named = [
    ...(own?.shared ?? []).flatMap(({ rules: names }) => names),
    ...(own?.actors ?? []).flatMap(({ traces }) => traces.flatMap((t) => (t.kind === 'rule' ? t.values : []))),
  ]
  return [
    ...named
      .filter((rule) => !rules.has(rule))
      .map((rule) => ({
        is: 'wrong' as const,
        place: place(rule),
        says: `there is no rule of a pack ${JSON.stringify(rule)}${meant(rule, rules)}`,
      })),
    ...(own?.actors ?? []).flatMap(({ name, traces }) => {
      const alone = traces.flatMap(({ kind, values }) =>
        kind === 'called' || kind === 'digest' ? values.filter((value) => !lists.includes(value.toLowerCase())) : [],
      )
      const what = `${counted(alone.length, 'host or digest', 'hosts and digests')} of ${name} in no indicator list of the pack`
      return alone.length === 0
        ? []
        : [
            {
              is: 'note' as const,
              place: place(alone[0]!),
              says: `${what}: seen only where another rule finds the same event (${formatList(alone, 2, 'value')})`,
            },
          ]
    }),
  ]
}

/** Fields that rules of these packs ask by, folded. */
function knownFields(folders: readonly string[]): ReadonlyMap<string, string> {
  const names = folders.flatMap(packFolders).flatMap((folder) =>
    belowFolder(folder)
      .filter((name) => /^rules\/.*\.ya?ml$/.test(name))
      .flatMap((name) => ruleNames(readFileSync(join(folder, name), 'utf8')).fields),
  )
  return new Map(names.map(({ name }) => [name.toLowerCase(), name]))
}

/** Log sources and fields that nothing which Postern reads has: such a rule is silent whatever the evidence. */
async function askedProblems(
  folder: string,
  known: ReadonlyMap<string, string>,
  knowledge: Knowledge,
): Promise<PackProblem[]> {
  const problems: PackProblem[] = []
  // Read only where a rule asks by a field that no shipped rule asks by.
  let inSamples: ReadonlySet<string> | null = null
  for (const name of belowFolder(folder).filter((path) => /^rules\/.*\.ya?ml$/.test(path))) {
    const { fields, sources } = ruleNames(readFileSync(join(folder, name), 'utf8'))
    const at = (line: number): string => `${basename(folder)}/${name}:${line}`
    const unknown = sources
      .filter((source) => !knownSource(source.part, source.product).has(source.name.toLowerCase()))
      .map(({ name: value, part, product, line }): PackProblem => {
        const near = meant(value, knownSource(part, product))
        // Every channel of the event log may be a service.
        const is = part === 'service' && product === 'windows' && near === '' ? 'note' : 'wrong'
        return { is, place: at(line), says: `no evidence has the ${part} ${JSON.stringify(value)}${near}` }
      })
    problems.push(...unknown)
    const odd = known.size === 0 ? [] : fields.filter((field) => !known.has(field.name.toLowerCase()))
    if (odd.length === 0) continue
    // Fields of a source that Postern does not read cannot be checked.
    const isForeign = unknown.some(({ is }) => is === 'wrong')
    inSamples ??= await fieldsIn(folder, knowledge)
    for (const field of odd) {
      if (inSamples.has(field.name.toLowerCase())) continue
      const near = meant(field.name, [...known.values(), ...inSamples])
      const says = `no rule that ships asks by the field ${JSON.stringify(field.name)}, and no sample of the pack has it${near}`
      problems.push({ is: isForeign && near === '' ? 'note' : 'wrong', place: at(field.line), says })
    }
  }
  return problems
}

/** Names of the fields, folded, that events of a pack's samples have: parsers produce those. */
async function fieldsIn(folder: string, knowledge: Knowledge): Promise<ReadonlySet<string>> {
  const events = await eventsIn(sampleFolders(folder), knowledge)
  return new Set(events.flatMap(({ fields }) => Object.keys(fields).map((name) => name.toLowerCase())))
}

/** Licenses under which rules of others may be given away with Postern (SPDX ids). */
export const allowedLicenses: readonly string[] =
  'Apache-2.0 MIT BSD-2-Clause BSD-3-Clause ISC CC0-1.0 CC-BY-4.0 DRL-1.0 DRL-1.1 Unlicense'.split(' ')

/** Entries of a list are facts without an author; a rule has an author, and a license that permits our use. */
function licenseProblems(folder: string, info: RuleInfo): PackProblem[] {
  const { author, license } = info
  if (isList(info) && license === 'not stated') return []
  const problems: PackProblem[] = []
  const say = (says: string, key: string): number =>
    problems.push({ is: 'wrong', place: placeOf(folder, info, key), says })
  if (author.trim() === '' || author === 'not stated') say('it names no author', 'author')
  if (license.trim() === '' || license === 'not stated') say('it names no license', 'license')
  else if (!allowedLicenses.includes(license))
    say(`its license is ${license}, and packs may hold rules under ${allowedLicenses.join(', ')} only`, 'license')
  return problems
}

function sampleProblems(folder: string, info: RuleInfo): PackProblem[] {
  if (isList(info)) return []
  const rule = ruleName(info)
  return [
    ...sampleKinds
      .filter((kind) => sampleFiles({ pack: folder, rule, kind }).length === 0)
      .map((kind) => ({ is: 'wrong' as const, place: placeOf(folder, info), says: `it has no ${kind} sample` })),
    ...referenceFaults(folder, rule).map((says) => ({
      is: 'wrong' as const,
      place: `${basename(folder)}/samples/rules/${rule}/same.yml`,
      says,
    })),
  ]
}

/** The line of a rule, or of its key where it has that. */
function placeOf(folder: string, info: RuleInfo, key?: string): string {
  const inPack = join(folder, info.file.slice(basename(folder).length + 1))
  const line = ruleLine(existsSync(inPack) ? readFileSync(inPack, 'utf8') : '', info, key)
  return `${info.file}:${line} (${ruleName(info)})`
}

/** Samples of rules that are not there: of one that was renamed or could not be loaded. */
function strayProblems(folder: string, names: ReadonlySet<string>): PackProblem[] {
  const place = join(folder, 'samples', 'rules')
  if (!existsSync(place)) return []
  return readdirSync(place)
    .filter((name) => !names.has(name))
    .map((name) => ({
      is: 'wrong' as const,
      place: `${basename(folder)}/samples/rules/${name}`,
      says: 'these samples belong to no rule that is loaded',
    }))
}

/** Names that not every disk keeps (`COM1`, `a.`) lie in an archive; two that differ in case only need other names. */
function pathProblems(folder: string): PackProblem[] {
  const paths = belowFolder(folder)
  const faults = paths.flatMap((path) => {
    const fault = pathFault(`packs/${basename(folder)}/${path}`)
    return fault ? [{ path, says: `${fault}: put it into an archive` }] : []
  })
  const clashes = pathClashes(paths).map(({ path, says }) => ({ path, says: `${says}: rename one of them` }))
  return [...faults, ...clashes].map(({ path, says }) => ({ is: 'wrong', place: `${basename(folder)}/${path}`, says }))
}

/** The placeholder in a new pack or rule. */
export const unfilled = 'FILL-THIS-IN'

/** Lines of `postern packs new` and `postern packs add-rule` that still have the placeholder. */
function unfilledProblems(folder: string): PackProblem[] {
  return belowFolder(folder).flatMap((path) => {
    const bytes = readFileSync(join(folder, path))
    if (!bytes.includes(unfilled)) return []
    const lines = bytes.toString('utf8').split('\n')
    return [...lines.entries()]
      .filter(([, line]) => line.includes(unfilled))
      .map(([i]) => ({
        is: 'wrong' as const,
        place: `${basename(folder)}/${path}:${i + 1}`,
        says: `replace ${unfilled} on this line`,
      }))
  })
}

const RULE_FILE = /^(?:rules[\\/].*\.yml|yara[\\/].*\.yara?)$/

/** Is a file of a pack (its path there) a rule that quotes the script which another takes it for? Nothing runs a rule. */
export function isRuleThatQuotes(path: string, { sign }: RuleInfo): boolean {
  return RULE_FILE.test(path) && sign.subject === 'task'
}

/**
 * What our own rules for files take for a shell, antivirus may take as well: such a file lies encoded, or Postern loses its
 * rules on the day that it is needed.
 */
function openProblems(folder: string, knowledge: Knowledge, shown = basename(folder)): PackProblem[] {
  return belowFolder(folder).flatMap((path) => {
    // What ASP.NET writes beside a compiled page names it and holds no code.
    const found = path.endsWith('.compiled') ? null : looksLike(readFileSync(join(folder, path)), knowledge)
    const looks = found !== null && isRuleThatQuotes(path, found) ? null : found
    const place = `${shown}/${path}`
    return looks
      ? [{ is: 'wrong' as const, place, says: `it lies in the open and looks like “${looks.title}”: encode it` }]
      : []
  })
}

/** The rule for files, high or critical, that takes these bytes for what it looks for. */
export function looksLike(bytes: Uint8Array, { rules, infos }: Pick<Knowledge, 'rules' | 'infos'>): RuleInfo | null {
  const found = rules.scanners.flatMap((scanner) => scanner.scan(bytes)).map(({ rule }) => infos.get(rule))
  return found.find((info) => info?.level === 'critical' || info?.level === 'high') ?? null
}

/** On ordinary evidence no rule may have a finding with a strong sign. Context is none before it is joined. */
async function benignProblems(folder: string, knowledge: Knowledge, packs: readonly string[]): Promise<PackProblem[]> {
  const reader = new SampleReader(knowledge)
  const files = new Map<string, string[]>()
  for await (const member of (await openEvidence(folder)).list()) {
    if (!('ref' in member)) continue
    const { hits } = await reader.read(member)
    for (const rule of new Set(hits.map((hit) => hit.rule))) addTo(files, rule, member.path)
  }
  return [...files].flatMap(([rule, paths]) => {
    const info = knowledge.infos.get(rule)
    // A part of a correlation has no findings of its own.
    if (!info) return []
    const isWeak = info.stage === 'context' || !isStrong(info.sign)
    const more = paths.length > 1 ? ` and ${counted(paths.length - 1, 'more file')}` : ''
    const says = `it fires on ordinary evidence: ${paths[0]}${more}${isWeak ? ' (alone it counts for little)' : ''}`
    const pack = packs.find((each) => basename(each) === info.pack)
    const place = pack === undefined ? `${info.file} (${ruleName(info)})` : placeOf(pack, info)
    return { is: isWeak ? 'note' : 'wrong', place, says }
  })
}

/** Events that rules are timed on, at most; and how often a rule that looks slow is timed anew before it is named. */
const TIMED = { events: 20_000, each: 400, rounds: 5, anew: 20 }

/**
 * Times every rule for events on the events of its log sources in this evidence and in the packs' samples, slowest first.
 * The best of some rounds counts, and of a rule that looks slow the best of many more, so that what else the machine does
 * is not the rule's fault.
 */
export async function timeRules(
  packs: readonly string[],
  knowledge: Knowledge,
  evidence: readonly string[],
  now: () => number,
): Promise<RuleTime[]> {
  const samples = new Set(packs.flatMap(packFolders).flatMap(sampleFolders))
  const events = await eventsIn([...evidence, ...samples], knowledge)
  const times = knowledge.rules.events.flatMap((rule) => {
    const asked = spread(
      events.filter((event) => answers(event, rule)),
      TIMED.each,
    )
    if (asked.length === 0) return []
    const round = (): number => {
      const began = now()
      for (const event of asked) rule.match(event)
      return ((now() - began) / asked.length) * 1e6
    }
    // The first round takes values apart that are kept for the next.
    round()
    const nanoseconds = Math.min(...Array.from({ length: TIMED.rounds }, round))
    return [{ rule: ruleName(rule.info), nanoseconds, events: asked.length, round }]
  })
  const sorted = times.map(({ nanoseconds }) => nanoseconds).sort((a, b) => b - a)
  const median = Math.max(sorted[sorted.length >> 1] ?? 1, 1)
  const looksSlow = ({ nanoseconds }: { readonly nanoseconds: number }): boolean => nanoseconds > SLOW_FACTOR * median
  for (let i = 0; i < TIMED.anew && times.some(looksSlow); i++) {
    for (const time of times.filter(looksSlow)) time.nanoseconds = Math.min(time.nanoseconds, time.round())
  }
  return times
    .map(({ rule, nanoseconds, events }) => ({ rule, nanoseconds, events, ratio: nanoseconds / median }))
    .sort((a, b) => b.nanoseconds - a.nanoseconds)
}

/** Multiple of the median rule's time from which a rule is reported. */
export const SLOW_FACTOR = 20

async function eventsIn(folders: readonly string[], { rules, infos }: Knowledge): Promise<Event[]> {
  const events: Event[] = []
  const info = [...infos.values()][0]
  if (info === undefined) return events
  const take: EventRule = {
    info,
    sources: [{}],
    match: (event) => {
      events.push(event)
      return null
    },
  }
  const none: readonly FileScanner[] = []
  const settings = { rules: { ...rules, events: [take], scanners: none }, ask: askAll([take]), zone: null }
  for (const folder of folders) {
    for await (const member of (await openEvidence(folder)).list()) {
      if (events.length >= TIMED.events) return events
      if ('ref' in member) await scanMember(member, settings)
    }
  }
  return events
}

/** A sample of a list, evenly spaced. */
function spread<T>(values: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.floor(values.length / most))
  return values.filter((_, i) => i % step === 0).slice(0, most)
}

const stem = (path: string): string => basename(path, extname(path))
const isList = (info: RuleInfo): boolean => /\.(csv|txt|ioc)$/.test(info.file)

/** Reads samples as `postern assess` reads evidence, to the findings: what it says of a sample holds for a server's log. */
export class SampleReader {
  readonly #knowledge: Knowledge
  readonly #settings: ScanSettings
  /** With rules whose rows count only in a story: none of them is a finding of one file. */
  readonly #tied: ScanSettings
  readonly #correlations: ReadonlySet<string>

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge
    const { rules } = knowledge
    this.#settings = {
      rules,
      ask: askAll(rules.events),
      zone: null,
      lexicons: new ValueCaches(rules.events),
    }
    this.#tied = { ...this.#settings, tied: true }
    this.#correlations = new Set((rules.correlations ?? []).map(({ info }) => info.id))
  }

  read(member: Member): Promise<Scan> {
    return scanMember(member, this.#settings)
  }

  /**
   * Each file of the samples, or all of them together for a correlation, and how often the rule says something of them:
   * findings, of a rule whose rows count only in a story its rows.
   */
  async saidIn(samples: SamplesOf, rule: string): Promise<readonly (readonly [path: string, count: number])[]> {
    const isTied = this.#knowledge.infos.get(rule)?.requiresChain === true
    const scans: Scan[] = []
    await withSampleFolder(samples, async (folder) => {
      for await (const member of (await openEvidence(folder)).list())
        if ('ref' in member) scans.push(await scanMember(member, isTied ? this.#tied : this.#settings))
    })
    if (!this.#correlations.has(rule)) return scans.map((one) => [one.artifact.path, this.#count([one], rule, isTied)])
    return scans.length === 0 ? [] : [['', this.#count(orderFiles(scans), rule, isTied)]]
  }

  #count(scans: readonly Scan[], rule: string, isTied: boolean): number {
    if (isTied) return scans.flatMap(({ hits }) => hits).filter((hit) => hit.rule === rule).length
    const all = withCorrelations(scans, this.#knowledge.rules).scans
    const server = { name: '', proxies: new Set<string>(), logs: { first: null, last: null } }
    return detect(all, this.#knowledge.infos, server, nothingKnown).filter(({ finding }) => finding.rule === rule)
      .length
  }
}

/**
 * Reads `samples/rules/<rule file>/{fire,quiet}` of every pack through the whole line: of each sample under `fire` that rule
 * must make a finding, of none under `quiet` it may, and a rule without both kinds of sample fails. What a correlation
 * counts may stand in several files: all under `fire` are one sample of it. Indicator lists are data and have none.
 */
export async function selfTest(packs: readonly string[], knowledge: Knowledge): Promise<SampleResult[]> {
  const results: SampleResult[] = []
  const reader = new SampleReader(knowledge)
  for (const folder of packs.flatMap(packFolders)) {
    const pack = basename(folder)
    const rules = new Map(
      [...knowledge.infos.values()]
        .filter((info) => info.pack === pack && !isList(info))
        .map((info) => [ruleName(info), info.id]),
    )
    for (const [name, id] of [...rules].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const kind of sampleKinds) {
        const samples = { pack: folder, rule: name, kind }
        if (sampleFiles(samples).length === 0) {
          results.push({ pack, rule: name, sample: kind, passed: false, detail: `there is no ${kind} sample` })
          continue
        }
        for (const [path, count] of await reader.saidIn(samples, id))
          results.push({
            pack,
            rule: name,
            sample: path === '' ? kind : `${kind}/${path}`,
            passed: count > 0 === (kind === 'fire'),
            detail: count > 0 ? 'fired' : 'stayed silent',
          })
      }
    }
  }
  return results
}
