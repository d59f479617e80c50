import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { assessments, type Campaign, type GeneralQuestion } from '../model/campaign.ts'
import { actionSubjects, actionTargets, type PackAction } from '../model/response.ts'
import { reached } from '../model/reached.ts'
import { type ActorFacts } from '../model/actor.ts'
import { type PackTexts } from '../model/pack-texts.ts'
import { type Is, type Question, type Wanted } from '../model/answer.ts'
import { type BrokenRule, type RuleInfo } from '../model/rule.ts'
import { actorFacts } from './actors.ts'
import { mergedTexts, packTexts } from './pack-texts.ts'
import { baselinesOf, ownBaseline } from './baselines.ts'
import { installedBundle } from './bundle/installed.ts'
import { type CompiledPacks, merged, noneCompiled, readCompiled } from './rule-cache.ts'
import { PosternError } from '../lib/errors.ts'
import { EvidenceError } from '../evidence/container.ts'
import { decodeEncodedText, encodedMark } from '../evidence/encoded.ts'
import { sha256 } from '../lib/hash.ts'
import { addTo, append } from '../lib/collections.ts'
import { yamlPackage } from '../lib/yaml.ts'
import type { Compiled, LoadedRules, RuleFile, RuleSettings } from '../rules/rule.ts'
import { loadRules } from '../rules/index.ts'
import { pageFlow } from '../rules/web-shells/data-flow.ts'
import { declaredCode } from '../rules/web-shells/declared-code.ts'
import { passwordFlow } from '../rules/web-shells/typed-passwords.ts'
import { layered } from '../rules/web-shells/decode.ts'
import { timed } from '../rules/rule-time-limit.ts'

/** Everything that a run knows: campaigns, rules and where they came from. */
export type Knowledge = {
  readonly campaigns: readonly Campaign[]
  /** The needs of the general question; null where no pack has them. */
  readonly general: GeneralQuestion | null
  /** Actions of all packs, in the order in which they are done: those that hold for all campaigns first. */
  readonly actions: readonly PackAction[]
  /** What packs say about those who used their ways in. */
  readonly actors: readonly ActorFacts[]
  /** What packs say of campaigns and actions in plain words, in several languages. */
  readonly texts: PackTexts
  readonly rules: LoadedRules
  readonly infos: ReadonlyMap<string, RuleInfo>
  readonly packs: readonly {
    readonly pack: string
    readonly name: string
    readonly sha256: string
    readonly rules: number
  }[]
  readonly broken: readonly BrokenRule[]
  /** What was found out and was not known before, for other threads of the run. */
  readonly compiled: CompiledPacks
}

/** Where rules come from: folders of packs, the user's own rule folders and indicator lists. */
export type KnowledgePaths = {
  readonly packs: readonly string[]
  readonly rules: readonly string[]
  readonly iocs: readonly string[]
  /** Lists of known-good files besides those that ship with Postern. */
  readonly baselines?: readonly string[]
  /** What another thread of this run has found out about them. */
  readonly compiled?: CompiledPacks
}

/** Finds out what is not known of rule files, in a place where it cannot end or hold up the run. */
export type CheckRules = (files: readonly RuleFile[]) => Promise<Compiled>

/**
 * Loads packs and the user's rules. A broken rule is listed and stops nothing; a broken pack.yml stops the run. `built`: what is
 * known of them before. `check` is asked about files of which nothing is known; by
 * `now`, the milliseconds of a clock, the user's rules are timed.
 */
export async function loadKnowledge(
  paths: KnowledgePaths,
  built: CompiledPacks = readCompiled(),
  { check, now }: { readonly check?: CheckRules; readonly now?: () => number } = {},
): Promise<Knowledge> {
  const before = merged(built, paths.compiled)
  const values = new Map<string, unknown>()
  const folders = paths.packs.flatMap(packFolders)
  const packs = folders.map((folder) => readPack(folder, before.packs, values))
  const own = [
    ...paths.rules.flatMap((path) => userFiles(path, 'rules')),
    ...paths.iocs.flatMap((path) => userFiles(path, 'indicators')),
  ]
  const baselines = baselinesOf([ownBaseline, ...(paths.baselines ?? [])])
  const files = [...packs.flatMap((pack) => pack.files), ...own]
  const checked = check && { ...(await check(files.filter((file) => isNew(file, before)))), packs: new Map() }
  const { compiled, ...loaded } = await loadRules(files, merged(before, checked), now)
  // File rules are also evaluated on what is hidden in a page, beside the rules for code.
  const rules = {
    ...(now ? timed(loaded, now) : loaded),
    scanners: [...loaded.scanners.map(layered), pageFlow, passwordFlow, declaredCode],
    baselines,
  }
  const infos = new Map<string, RuleInfo>()
  for (const info of [
    // A rule that is only part of a correlation has no findings of its own.
    ...[...rules.events, ...(rules.correlations ?? [])].filter((rule) => !rule.isPart).map((rule) => rule.info),
    ...rules.scanners.flatMap((scanner) => scanner.infos),
  ]) {
    infos.set(info.id, info)
  }
  const digests = [
    ...packs.map((pack) => ({ pack: pack.id, name: pack.name, sha256: pack.sha256 })),
    ...(own.length > 0 ? [{ pack: 'user', name: 'rules and indicators given by the user', sha256: digest(own) }] : []),
  ]
  return {
    campaigns: packs.flatMap((pack) => pack.campaign ?? []),
    general: packs.find((pack) => pack.general !== null)?.general ?? null,
    actions: orderActions(
      [...packs.filter((pack) => !pack.campaign), ...packs.filter((pack) => pack.campaign)].flatMap(
        (pack) => pack.actions,
      ),
    ),
    actors: packs.flatMap((pack) => pack.actors ?? []),
    texts: mergedTexts(packs),
    rules,
    infos,
    packs: digests.map((d) => ({
      ...d,
      rules: [...infos.values()].filter((info) => packOf(info.pack) === d.pack).length,
    })),
    broken: rules.broken,
    compiled: merged({ ...noneCompiled, ...checked }, { ...compiled, packs: values }),
  }
}

/** Is nothing known of what the file says? Of plain lists nothing ever is: reading one is a walk over its lines. */
function isNew({ path, text }: RuleFile, { documents, yara, refused }: CompiledPacks): boolean {
  const digest = sha256(text)
  return !/\.(csv|txt)$/i.test(path) && ![documents, yara, refused].some((known) => known.has(digest))
}

/** The name of a rule in pack.yml and among the samples: of a Sigma rule its file's, else the rule's own. */
export function ruleName({ file, id }: RuleInfo): string {
  return /\.ya?ml$/.test(file) ? basename(file, extname(file)) : id
}

const packOf = (pack: string): string => (pack === 'rules' || pack === 'indicators' ? 'user' : pack)

/** The folder itself when it holds a pack.yml, else each child that does; of an installed bundle its packs. */
export function packFolders(folder: string): string[] {
  if (existsSync(join(folder, 'pack.yml'))) return [folder]
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new PosternError('bad-pack', `${folder}: no such pack folder.`, { file: folder })
  }
  const installed = installedBundle(folder)
  const place = installed === null ? folder : join(installed.content, 'packs')
  const found = sortedNames(place)
    .map((name) => join(place, name))
    .filter((path) => existsSync(join(path, 'pack.yml')))
  if (found.length === 0) throw new PosternError('bad-pack', `${folder} contains no pack. A pack has a file pack.yml.`)
  return found
}

/** Reads a pack and throws what makes that impossible. */
export function loadPack(folder: string): void {
  readPack(folder, new Map(), new Map())
}

type Pack = {
  readonly id: string
  readonly name: string
  readonly campaign: Campaign | null
  readonly general: GeneralQuestion | null
  readonly actions: readonly PackAction[]
  readonly files: readonly RuleFile[]
  readonly actors: ActorFacts | null
  readonly texts: ReturnType<typeof packTexts>
  /** Of all that the pack says: its rules, and what pack.yml makes of them. */
  readonly sha256: string
}

/** The content of a folder's pack.yml. */
export function packDocument(folder: string): Record<string, unknown> {
  const file = join(folder, 'pack.yml')
  return record(yamlOf(readFileSync(file, 'utf8'), file), 'the file', file)
}

function readPack(folder: string, known: CompiledPacks['packs'], found: Map<string, unknown>): Pack {
  const file = join(folder, 'pack.yml')
  const content = readFileSync(file, 'utf8')
  const doc = record(parsed(content, file, known, found), 'the file', file)
  const id = text(doc, 'id', file)
  if (id !== basename(folder)) {
    throw new PosternError('bad-pack', `id is ${id}, but the folder is named ${basename(folder)}.`, { file })
  }
  const shared = sharedFiles(folder, known, found)
  const settings = settingsOf(record(doc.rules ?? {}, 'rules', file))
  const campaign = doc.exploitation === undefined ? null : campaignOf(id, doc, file)
  const files = walk(folder)
    .filter((path) => /^(rules|yara)[\\/]|^[^\\/]+\.(csv|txt)(\.enc)?$/.test(relative(folder, path)))
    .map((path) => {
      const shown = `${id}/${relative(folder, path).split(sep).join('/')}`.replace(/\.enc$/, '')
      return { ...ruleFile(path, shown, id, campaign ? id : 'unknown', settings), texts: shared.texts }
    })
  const actions = (Array.isArray(doc.actions) ? doc.actions : []).map((action) =>
    packAction(wholeAction(record(action, 'actions', file), shared, file), campaign ? id : null, file),
  )
  const who = join(folder, 'actors.yml')
  const actorText = existsSync(who) ? readFileSync(who, 'utf8') : null
  const plain = join(folder, 'text.yml')
  const plainText = existsSync(plain) ? readFileSync(plain, 'utf8') : null
  const about = [
    { path: file, text: content },
    ...(actorText === null ? [] : [{ path: who, text: actorText }]),
    ...(plainText === null ? [] : [{ path: plain, text: plainText }]),
  ]
  if (files.some((one) => one.text.includes('shared:'))) append(about, shared.read.texts)
  const own = new Set(actions.map((action) => action.id))
  const named = sharedActionIds(doc)
  if (named.size > 0) append(about, shared.read.actions)
  return {
    id,
    name: text(doc, 'name', file),
    campaign,
    general: doc.general === true ? generalOf(doc, file) : null,
    actions,
    files,
    actors: actorText === null ? null : actorFacts(id, parsed(actorText, who, known, found), who),
    texts: packTexts(
      plainText === null ? {} : parsed(plainText, plain, known, found),
      campaign,
      own,
      Object.fromEntries(
        [...named].flatMap((one) => (shared.actions[one]?.text ? [[one, shared.actions[one].text]] : [])),
      ),
      plain,
    ),
    sha256: digest([...about, ...files]),
  }
}

type Read = readonly Pick<RuleFile, 'path' | 'text'>[]

/** What the packs of one folder share: sentences of rules, and actions. */
type Shared = {
  readonly texts: Readonly<Record<string, string>>
  readonly actions: Readonly<Record<string, Record<string, unknown>>>
  readonly read: { readonly texts: Read; readonly actions: Read }
}

/** \`shared/texts.yml\` and \`shared/actions.yml\` beside the packs, where they are. */
function sharedFiles(folder: string, known: CompiledPacks['packs'], found: Map<string, unknown>): Shared {
  const [textsFile, actionsFile] = sharedPackFiles(folder) as [string, string]
  const docOf = (file: string): { readonly doc: Record<string, unknown>; readonly read: Read } => {
    if (!existsSync(file)) return { doc: {}, read: [] }
    const content = readFileSync(file, 'utf8')
    return {
      doc: record(parsed(content, file, known, found), 'the file', file),
      read: [{ path: file, text: content }],
    }
  }
  const [said, done] = [docOf(textsFile), docOf(actionsFile)]
  return {
    texts: Object.fromEntries(Object.keys(said.doc).map((id) => [id, text(said.doc, id, textsFile)])),
    actions: Object.fromEntries(Object.entries(done.doc).map(([id, action]) => [id, record(action, id, actionsFile)])),
    read: { texts: said.read, actions: done.read },
  }
}

/** The files in which packs of one folder keep what they share. */
export function sharedPackFiles(pack: string): readonly string[] {
  return ['texts.yml', 'actions.yml'].map((name) => join(dirname(resolve(pack)), 'shared', name))
}

/** An action with \`shared: true\` is that of shared/actions.yml; what the pack itself says of it counts more. */
function wholeAction(doc: Record<string, unknown>, { actions }: Shared, file: string): Record<string, unknown> {
  if (doc.shared !== true) return doc
  const id = text(doc, 'id', file)
  const { text: _, ...common } = Object.hasOwn(actions, id) ? actions[id]! : { text: null }
  if (Object.keys(common).length > 0) return { ...common, ...doc }
  throw new PosternError('bad-pack', `Unknown action '${id}'. shared/actions.yml beside the pack does not define it.`, {
    file,
  })
}

function sharedActionIds(doc: Record<string, unknown>): ReadonlySet<string> {
  const all = (Array.isArray(doc.actions) ? doc.actions : []) as readonly Record<string, unknown>[]
  return new Set(all.filter((action) => action.shared === true).map((action) => String(action.id)))
}

/** By rule: what pack.yml says of it, Sigma's own key among the others by the name that it has in the assessment. */
function settingsOf(rules: Record<string, unknown>): Record<string, RuleSettings> {
  return Object.fromEntries(
    Object.entries(rules as Record<string, RuleSettings & { falsepositives?: readonly string[] }>).map(
      ([name, { falsepositives, ...said }]) => [
        name,
        falsepositives ? { ...said, falsePositives: falsepositives } : said,
      ],
    ),
  )
}

/** What a YAML file says; what was parsed before is known by the digest of its text. */
function parsed(content: string, file: string, known: CompiledPacks['packs'], found: Map<string, unknown>): unknown {
  const before = known.get(sha256(content))
  if (before !== undefined) return before
  const doc = yamlOf(content, file)
  found.set(sha256(content), doc)
  return doc
}

/** A pack without an exploitation period has rules for traces of every campaign, and is not assessed itself. */
function campaignOf(id: string, doc: Record<string, unknown>, file: string): Campaign {
  const exploitation = record(doc.exploitation, 'exploitation', file)
  return {
    id,
    name: text(doc, 'name', file),
    summary: text(doc, 'summary', file),
    cves: texts(doc.cves),
    vulnerabilities: texts(doc.vulnerabilities),
    products: texts(doc.products),
    exploitation: {
      from: text(exploitation, 'from', file),
      to: text(exploitation, 'to', file),
      ...(exploitation.massFrom ? { massFrom: text(exploitation, 'massFrom', file) } : {}),
    },
    ...(doc.assess === undefined ? {} : { assess: assessmentOf(doc.assess, file) }),
    needs: record(doc.needs ?? {}, 'needs', file) as Campaign['needs'],
    cannotSee: texts(doc.cannotSee),
    references: texts(doc.references),
    wouldChange: wouldChangeOf(doc, file),
  }
}

/** The needs of the general question, which has neither a period nor a vulnerability of its own. */
function generalOf(doc: Record<string, unknown>, file: string): GeneralQuestion {
  return {
    name: text(doc, 'name', file),
    needs: record(doc.needs ?? {}, 'needs', file) as Campaign['needs'],
    needsOf: record(doc.needsOf ?? {}, 'needsOf', file) as GeneralQuestion['needsOf'],
    cannotSee: texts(doc.cannotSee),
    wouldChange: wouldChangeOf(doc, file),
    wouldChangeOf: Object.fromEntries(
      Object.entries(record(doc.wouldChangeOf ?? {}, 'wouldChangeOf', file)).map(([product, wanted]) => [
        product,
        wouldChangeOf({ wouldChange: wanted }, file),
      ]),
    ),
  }
}

function wouldChangeOf(doc: Record<string, unknown>, file: string): Campaign['wouldChange'] {
  return Object.fromEntries(
    Object.entries(record(doc.wouldChange ?? {}, 'wouldChange', file)).map(([question, wanted]) => [
      question,
      [wanted].flat().map((one) => wantedOf(one, file)),
    ]),
  )
}

/** A text, or a text with the log kinds that it names. */
function wantedOf(value: unknown, file: string): Wanted {
  if (typeof value === 'string') return { what: value, logs: [] }
  const doc = record(value, 'wouldChange', file)
  return { what: text(doc, 'what', file), logs: [doc.logs ?? []].flat().map((kinds) => texts(kinds)) }
}

function assessmentOf(value: unknown, file: string): NonNullable<Campaign['assess']> {
  const known = assessments.find((one) => one === value)
  if (known) return known
  throw new PosternError('bad-pack', `assess must be ${assessments.join(' or ')}.`, { file })
}

/** Each action behind the one that it names, so that a campaign's own are among those for all. */
export function orderActions(actions: readonly PackAction[]): PackAction[] {
  const behind = new Map<string, PackAction[]>()
  const first: PackAction[] = []
  const known = new Set(actions.map(({ id }) => id))
  for (const action of actions) {
    const { after } = action
    if (after === undefined || !known.has(after)) first.push(action)
    else addTo(behind, after, action)
  }
  const placed = new Set<PackAction>()
  const order: PackAction[] = []
  const place = (action: PackAction): void => {
    if (placed.has(action)) return
    placed.add(action)
    order.push(action)
    const next = behind.get(action.id) ?? []
    behind.delete(action.id)
    next.forEach(place)
  }
  first.forEach(place)
  // Those that name one another in a circle.
  actions.forEach(place)
  return order
}

function packAction(doc: Record<string, unknown>, campaign: string | null, file: string): PackAction {
  const when = record(doc.when ?? {}, 'when', file)
  return {
    id: text(doc, 'id', file),
    campaign,
    ...(doc.for === undefined ? {} : { for: wordOf(doc.for, actionTargets, 'for', file) }),
    ...(doc.after ? { after: text(doc, 'after', file) } : {}),
    title: text(doc, 'title', file),
    why: text(doc, 'why', file),
    how: texts(doc.how),
    sideEffects: texts(doc.sideEffects),
    about: texts(doc.about).map((subject) => wordOf(subject, actionSubjects, 'about', file)),
    verify: texts(doc.verify),
    when: {
      ...(when.questions ? { questions: texts(when.questions) as Question[] } : {}),
      ...(when.is ? { is: texts(when.is) as Is[] } : {}),
      ...(when.of ? { of: wordOf(when.of, reached, 'of', file) } : {}),
      ...(when.rules ? { rules: texts(when.rules) } : {}),
      ...(when.persistence ? { persistence: texts(when.persistence) } : {}),
    },
  }
}

/** The word, which must be one of these; `key` is its place in the pack. */
function wordOf<Word extends string>(value: unknown, words: readonly Word[], key: string, file: string): Word {
  const known = words.find((one) => one === value)
  if (known !== undefined) return known
  throw new PosternError('bad-pack', `${key} must be one of ${words.join(', ')}.`, { file })
}

function userFiles(path: string, pack: string): RuleFile[] {
  if (!existsSync(path)) throw new PosternError('no-such-path', `${path}: no such file or directory.`)
  const files = statSync(path).isDirectory() ? walk(path) : [path]
  if (files.length === 0) throw new PosternError('no-such-path', `${path} contains no rule file.`)
  // Shown by the name of what was given: where that lies on this machine is no part of an assessment.
  const within = dirname(resolve(path))
  return files.map((file) => {
    const shown = relative(within, resolve(file)).split(sep).join('/')
    if (statSync(file).size > LARGEST)
      throw new PosternError(
        'usage',
        'The file is larger than 256 MB, the limit for files of rules or indicators. Split it.',
        {
          file: shown,
        },
      )
    const read = ruleFile(file, shown, pack, 'unknown', {})
    // A list that was named is read whatever its extension: its content says what it is.
    return pack === 'indicators' && file === path ? { ...read, language: 'ioc' } : read
  })
}

const LARGEST = 256 * 1024 * 1024

function ruleFile(
  path: string,
  shown: string,
  pack: string,
  campaign: string,
  settings: Record<string, RuleSettings>,
): RuleFile {
  return { path: shown, text: ruleText(path, shown), pack, campaign, settings }
}

/** The text of a rule file; one that antivirus would take for what it looks for lies encoded, as samples do. */
function ruleText(path: string, shown: string): string {
  const text = readFileSync(path, 'utf8')
  if (!path.endsWith('.enc') || !text.startsWith(`${encodedMark}\n`)) return text
  try {
    return decodeEncodedText(text).toString('utf8')
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    throw new PosternError('bad-pack', `This encoded file cannot be read: ${error.message}.`, { file: shown })
  }
}

/** All files below, in code-unit order; links are not followed. */
function walk(folder: string): string[] {
  return sortedNames(folder, true).flatMap((name) => {
    const path = join(folder, name)
    const entry = statSync(path)
    if (entry.isDirectory()) return name === 'samples' ? [] : walk(path)
    return entry.isFile() && extname(name) !== '' ? [path] : []
  })
}

function sortedNames(folder: string, skipLinks = false): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !(skipLinks && entry.isSymbolicLink()))
    .map((entry) => entry.name)
    .sort()
}

function digest(files: readonly Pick<RuleFile, 'path' | 'text'>[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${basename(file.path)}\0${file.text}\0`)
  return hash.digest('hex')
}

function yamlOf(content: string, file: string): unknown {
  const yaml = yamlPackage()
  try {
    return yaml.parse(content, { maxAliasCount: 100 })
  } catch (error) {
    if (!(error instanceof yaml.YAMLParseError)) throw error
    const place = error.linePos?.[0]
    throw new PosternError('bad-pack', `Not valid YAML: ${error.message.split('\n')[0]}`, {
      file,
      ...(place ? { line: place.line, column: place.col } : {}),
    })
  }
}

function record(value: unknown, name: string, file: string): Record<string, unknown> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  throw new PosternError('bad-pack', `${name} must be a map.`, { file })
}

function text(doc: Record<string, unknown>, key: string, file: string): string {
  const value = doc[key]
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'string' && value !== '') return value
  throw new PosternError(
    'bad-pack',
    `${key} is ${value === undefined ? 'missing' : `of type ${typeof value}`}. It must be text.`,
    { file },
  )
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
