import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as YaraX from '@virustotal/yara-x'
import { sha256 } from '../../lib/hash.ts'
import { type BrokenRule, type RuleInfo } from '../../model/rule.ts'
import { levelOfStrength, signKinds, signOf, type SignWords, strengths, subjectKinds } from '../../model/sign.ts'
import { type Level, levels, persistences, type Stage, stages } from '../../model/stages.ts'
import type { Compiled, FileScanner, CompiledText, LoadedRules, RuleFile, RuleLanguage, RuleSettings } from '../rule.ts'
import { endedSearch } from './ended.ts'
import type { YaraMatch, MatchPlace, Search, YaraSource } from './search.ts'
import { SEARCH_LIMITS, slowParts } from './slow.ts'
import { blank, outline, type RuleText, YaraSyntax } from './source.ts'
import { append } from '../../lib/collections.ts'

/**
 * YARA rules, asked of the bytes of a file: https://virustotal.github.io/yara-x/docs/writing_rules/anatomy-of-a-rule/
 *
 * Two builds of the same engine (YARA-X) stand behind one interface. The portable one (WebAssembly, every platform)
 * judges each rule file, so that the same rules are refused everywhere with the same words, and so that nothing reaches
 * the native one that it could read from the disk (`include`). The native one, where it is installed, does the search:
 * it is about four times faster and keeps a time limit. A test holds the two to the same hits.
 */
export const yara: RuleLanguage = {
  name: 'yara',
  extensions: ['.yar', '.yara'],
  load: (files, known, now) => Promise.resolve(loadYara(files, undefined, known?.yara, now)),
}

/** The engines in the order in which they are tried for the search. */
export type EngineName = 'native' | 'portable'

/** Loads rule files, to be searched for with the first of these engines that works here. */
export function loadYara(
  files: readonly RuleFile[],
  engines: readonly EngineName[] = ['native', 'portable'],
  known: Compiled['yara'] = new Map(),
  now?: () => number,
  limits = SEARCH_LIMITS,
): LoadedRules & { readonly engine: () => EngineName | null } {
  const broken: BrokenRule[] = []
  const compiled = new Map<string, CompiledText>()

  // Each file is judged alone: what does not compile is taken out of it and listed.
  const judged = files.map((file) => {
    const digest = sha256(file.text)
    const before = known.get(digest) ?? compiled.get(digest)
    const now = before ?? judge(file.text)
    if (!before) compiled.set(digest, now)
    for (const problem of now.broken) broken.push({ file: file.path, ...problem })
    return { file, text: now.text ?? withoutMark(file.text), rules: now.rules }
  })
  const good = judged.filter(({ rules }) => rules.length > 0)
  if (good.length === 0) return { events: [], scanners: [], broken, compiled: { yara: compiled }, engine: () => null }

  // Every file is a namespace of its own, so that two files may hold rules of the same name.
  const taken = new Set<string>()
  const sources = good.map(({ file, text, rules }, i): RuleSource => {
    const infos = new Map<string, RuleInfo>()
    for (const rule of rules)
      if (!rule.isPrivate) infos.set(rule.name, infoOf(rule, file, freeId(rule.name, file, taken)))
    return { namespace: `f${i}`, file, text, rules, infos }
  })
  // What the user gave is searched for by itself, so that it can never cost what the packs find.
  const scanners = [false, true].flatMap((isOwn) => {
    const some = sources.filter(({ file }) => isUsers(file) === isOwn)
    return some.length > 0 ? [new YaraScanner(some, engines, now, limits)] : []
  })
  return { events: [], scanners, broken, compiled: { yara: compiled }, engine: () => scanners[0]!.engine }
}

// ---------------------------------------------------------------- the two engines

type Engine = {
  compile(sources: readonly YaraSource[]): Search
  /** Messages of the compiler for one source; none when it compiles. */
  errors(source: string): readonly string[]
}

/** Matches kept per pattern. It bounds memory; a count (`#a`) in a condition stops here too. */
const MATCHES = 100_000
const PLACES = 10

type Made = { readonly engine: EngineName; readonly search: Search }

/** `isOwn`: rules of the user, which were not tested with evidence. */
function compileWith(engines: readonly EngineName[], sources: readonly YaraSource[], isOwn: boolean): Made {
  const native = engines[0] === 'native' ? nativeCompile() : null
  if (native) {
    try {
      return { engine: 'native', search: native(sources) }
    } catch {
      // What the portable engine accepts and this build does not: the portable one searches then.
    }
  }
  const search = isOwn ? endedSearch(sources, (most) => new Timeout(most)) : portableCompile(sources)
  return { engine: 'portable', search }
}

export function portableCompile(sources: readonly YaraSource[]): Search {
  return portableEngine().compile(sources)
}

/** The part of the native package that is used; it comes without types. */
type NativeRules = {
  addRuleSources(sources: { source: string; namespace: string }[]): void
  setTimeout(ms: number): void
  setMaxMatchesPerPattern(n: number): void
  scan(bytes: Buffer): { ruleIdentifier: string; namespace: string; matches: { offset: number; length: number }[] }[]
}

/** Null where the package is not installed for this platform, or does not do what it should. */
function nativeCompile(): ((sources: readonly YaraSource[]) => Search) | null {
  try {
    const native = createRequire(import.meta.url)('@litko/yara-x-linux-x64-gnu') as { create(): NativeRules }
    const compile = (sources: readonly YaraSource[]): Search => {
      const rules = native.create()
      rules.addRuleSources(sources.map(({ source, namespace }) => ({ source, namespace })))
      rules.setMaxMatchesPerPattern(MATCHES)
      return (bytes, most) => nativeScan(rules, bytes, most)
    }
    const tried = compile([{ namespace: 'f0', source: 'rule a { strings: $a = "ab" condition: $a }' }])(
      Buffer.from('xab'),
      SEARCH_LIMITS.part,
    )
    return tried[0]?.rule === 'f0:a' && tried[0].places[0]?.[0] === 1 ? compile : null
  } catch {
    return null
  }
}

function nativeScan(rules: NativeRules, bytes: Uint8Array, most: number): YaraMatch[] {
  rules.setTimeout(most)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return orTimeout(most, () => rules.scan(buffer)).map((hit) => ({
    rule: `${hit.namespace}:${hit.ruleIdentifier}`,
    places: hit.matches.map((match): MatchPlace => [match.offset, match.length]),
  }))
}

/** What a scan of the portable engine gives; its own types say `any`. */
type PortableHits = {
  readonly matches: readonly {
    readonly identifier: string
    readonly namespace: string
    readonly isPrivate: boolean
    readonly patterns: readonly {
      readonly isPrivate: boolean
      readonly matches: readonly { readonly offset: number; readonly length: number }[]
    }[]
  }[]
}

let portable: Engine | null = null

/** Loaded once, and only where a file is judged or searched: compiling its 6 MB of WebAssembly is the costly part. */
function portableEngine(): Engine {
  portable ??= loadPortable()
  return portable
}

function loadPortable(): Engine {
  const place = import.meta.resolve('@virustotal/yara-x')
  const wasm = createRequire(import.meta.url)(fileURLToPath(place)) as typeof YaraX
  wasm.initSync({ module: readFileSync(new URL('yara_x_js_bg.wasm', place)) })
  return {
    compile(sources) {
      const compiler = new wasm.Compiler()
      for (const { namespace, source } of sources) {
        compiler.newNamespace(namespace)
        compiler.addSource(source)
      }
      const scanner = compiler.build().scanner()
      scanner.setMaxMatchesPerPattern(MATCHES)
      return (bytes, most) => {
        // A time limit this build does not keep.
        const { matches } = orTimeout(most, () => scanner.scan(bytes) as PortableHits)
        return matches.flatMap(portableFound)
      }
    },
    errors(source) {
      const compiler = new wasm.Compiler()
      try {
        compiler.addSource(source)
        compiler.build().free()
        return []
      } catch (error) {
        if (isBreakdown(error)) throw error
        return compiler.errors.length > 0
          ? [...compiler.errors]
          : [String(error instanceof Error ? error.message : error)]
      } finally {
        compiler.free()
      }
    },
  }
}

/** The engine itself gave up, out of stack or in a state that it does not know: it is of no use after that. */
function isBreakdown(error: unknown): error is Error {
  return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError')
}

function portableFound(hit: PortableHits['matches'][number]): YaraMatch[] {
  if (hit.isPrivate) return []
  const places = hit.patterns
    .filter((p) => !p.isPrivate)
    .flatMap((p) => p.matches.map((m): MatchPlace => [m.offset, m.length]))
  return [{ rule: `${hit.namespace}:${hit.identifier}`, places }]
}

function orTimeout<T>(most: number, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (/time(d )?\s?out/i.test(String(error))) throw new Timeout(most)
    throw error
  }
}

/** A search whose time was over. */
class Timeout extends RangeError {
  constructor(most: number) {
    super(`The search took longer than ${most / 1000} s.`)
  }
}

/** What compiles in one file of rules. */
type RuleSource = {
  readonly namespace: string
  readonly file: RuleFile
  readonly text: string
  readonly rules: readonly RuleText[]
  /** Of each rule that is not private, by name. */
  readonly infos: ReadonlyMap<string, RuleInfo>
}
/** What can be left out of a search: a rule, or a whole file where a global rule decides for all others. */
type Part = { readonly source: RuleSource; readonly rules: readonly RuleText[] }

const isUsers = ({ pack }: RuleFile): boolean => pack === 'rules'

/** Number of files for which a rule may be too slow before it is left out of all that follow. */
const SLOW_FILES = 3

/**
 * Searches for all rules together. When that takes too long the rules that make it so are found, named and left out of that
 * file, so that they cost the others nothing; the next file is searched for them again, unless they were too slow often.
 */
class YaraScanner implements FileScanner {
  readonly infos: readonly RuleInfo[]
  readonly #engines: readonly EngineName[]
  readonly #now: () => number
  readonly #limits: typeof SEARCH_LIMITS
  readonly #isOwn: boolean
  readonly #names = new Map<string, RuleInfo>()
  readonly #all: readonly Part[]
  /** What each file is searched for at first: all parts but those left out for good. */
  #first: { readonly parts: readonly Part[]; made: Made | null }
  /** What the file at hand is searched for. */
  #parts: readonly Part[]
  #sources: readonly RuleSource[]
  #made: Made | null = null
  /** For how many files a part was too slow. */
  readonly #slowFiles = new Map<Part, number>()
  #slow: BrokenRule[] = []
  /** Milliseconds spent on the file at hand and what is hidden in it. */
  #spent = 0

  constructor(
    sources: readonly RuleSource[],
    engines: readonly EngineName[],
    now: () => number = () => 0,
    limits: typeof SEARCH_LIMITS,
  ) {
    this.#engines = engines
    this.#now = now
    // What ships is known to be fast: where it is not, the machine is slow.
    this.#isOwn = sources.every(({ file }) => isUsers(file))
    this.#limits = this.#isOwn ? limits : { ...limits, whole: 2 * limits.whole }
    this.#sources = sources
    for (const { namespace, infos } of sources)
      for (const [name, info] of infos) this.#names.set(`${namespace}:${name}`, info)
    this.infos = [...this.#names.values()]
    this.#all = sources.flatMap(partsOf)
    this.#parts = this.#all
    this.#first = { parts: this.#all, made: null }
  }

  get engine(): EngineName {
    return this.#compiled().engine
  }

  scan(bytes: Uint8Array, isBelow = false): ReturnType<FileScanner['scan']> {
    if (!isBelow) this.#begin()
    return this.#search(bytes)
      .map(({ rule, places }) => {
        const info = this.#names.get(rule)
        if (!info) throw new Error(`YARA reported ${rule}, which no rule file holds`)
        return { rule: info.id, places: firstPlaces(places) }
      })
      .sort((a, b) => (a.rule < b.rule ? -1 : 1))
  }

  slow(): readonly BrokenRule[] {
    const told = this.#slow
    this.#slow = []
    return told
  }

  /** The next file is searched for all rules but those that were too slow often, of which is said that they are left out. */
  #begin(): void {
    this.#spent = 0
    const isOut = (part: Part): boolean => (this.#slowFiles.get(part) ?? 0) >= SLOW_FILES
    const parts = this.#all.filter((part) => !isOut(part))
    if (parts.length < this.#all.length) this.#tell(this.#all.filter(isOut))
    if (parts.length < this.#first.parts.length) this.#first = { parts, made: null }
    this.#parts = this.#first.parts
    this.#made = this.#first.made
  }

  #search(bytes: Uint8Array): YaraMatch[] {
    if (this.#parts.length === 0) return []
    const most = Math.max(this.#limits.part, this.#limits.whole - this.#spent)
    const began = this.#now()
    try {
      return this.#compiled().search(bytes, most)
    } catch (error) {
      if (!(error instanceof Timeout)) throw error
      return this.#withoutSlow(bytes)
    } finally {
      this.#spent += this.#now() - began
    }
  }

  #withoutSlow(bytes: Uint8Array): YaraMatch[] {
    let found: YaraMatch[] = []
    const slow = slowParts(
      this.#parts,
      (parts, most) => {
        const { search } = compileWith(this.#engines, reduced(this.#sources, parts), this.#isOwn)
        const began = this.#now()
        try {
          found = search(bytes, most)
          return this.#now() - began
        } catch (error) {
          if (error instanceof Timeout) return Infinity
          throw error
        }
      },
      this.#limits,
    )
    this.#leaveOut(slow)
    return this.#parts.length === 0 ? [] : found
  }

  #leaveOut(slow: readonly Part[]): void {
    this.#tell(slow)
    for (const part of slow) this.#slowFiles.set(part, (this.#slowFiles.get(part) ?? 0) + 1)
    this.#parts = this.#parts.filter((part) => !slow.includes(part))
    this.#made = null
  }

  #tell(slow: readonly Part[]): void {
    for (const { source, rules } of slow)
      for (const rule of rules)
        if (!rule.isPrivate)
          this.#slow.push({
            file: source.file.path,
            line: rule.line,
            reason: 'slow',
            detail: `The rule ${rule.name} took too long and was left out of part of the evidence.`,
          })
  }

  /** Most evidence has no file that is searched: the rules are compiled for the first one. */
  #compiled(): Made {
    this.#made ??= compileWith(this.#engines, reduced(this.#sources, this.#parts), this.#isOwn)
    if (this.#parts === this.#first.parts) this.#first.made = this.#made
    return this.#made
  }
}

function partsOf(source: RuleSource): Part[] {
  const { rules } = source
  if (rules.some((rule) => rule.isGlobal)) return [{ source, rules }]
  return rules.filter((rule) => !rule.isPrivate).map((rule) => ({ source, rules: [rule] }))
}

/** The sources with these parts alone, and what they refer to. */
function reduced(sources: readonly RuleSource[], parts: readonly Part[]): YaraSource[] {
  return sources.flatMap(({ namespace, text, rules }) => {
    const own = parts.filter(({ source }) => source.namespace === namespace).flatMap((part) => part.rules)
    if (own.length === 0) return []
    const needed = withNeeded(text, rules, own)
    const others = rules.filter((rule) => !needed.has(rule))
    return [{ namespace, source: others.reduce(blank, text) }]
  })
}

/** Rules, and those that their texts name, be it in a comment. */
function withNeeded(text: string, all: readonly RuleText[], own: readonly RuleText[]): ReadonlySet<RuleText> {
  if (own.length === all.length) return new Set(own)
  const byName = new Map(all.map((rule) => [rule.name, rule]))
  const needed = new Set(own)
  for (const rule of needed) {
    for (const [name] of text.slice(rule.start, rule.end).matchAll(/[A-Za-z_]\w*/g)) {
      const named = byName.get(name)
      if (named) needed.add(named)
    }
  }
  return needed
}

/** Up to ten places in order of the file, each once. */
function firstPlaces(places: readonly MatchPlace[]): MatchPlace[] {
  const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return sorted.filter((p, i) => i === 0 || p[0] !== sorted[i - 1]![0] || p[1] !== sorted[i - 1]![1]).slice(0, PLACES)
}

// ---------------------------------------------------------------- which rules are accepted

const LARGEST = 1024 * 1024

/** Modules that cannot be answered here, with the reason. */
const REFUSED = new Map([
  ['cuckoo', 'it needs a sandbox report'],
  ['console', 'it writes to the terminal'],
  ['magic', 'it is not part of the engine'],
  ['time', 'the answer would depend on the day of the run'],
  ['vt', 'it needs VirusTotal data'],
  ['test_proto2', 'it is for tests of the engine'],
  ['test_proto3', 'it is for tests of the engine'],
])

/** Variables that other scanners define from a file's name; a rule sees bytes only here. */
const OUTSIDE = /unknown identifier `(filename|filepath|extension|filetype|owner)`/

/** The rules of one file that compile, and the file's text with the others blanked out. */
function judge(source: string): CompiledText {
  const refused = (
    reason: BrokenRule['reason'],
    detail: string,
    at: { line?: number; column?: number } = {},
  ): CompiledText => ({ text: '', rules: [], broken: [{ ...at, reason, detail }] })
  if (Buffer.byteLength(source) > LARGEST) return refused('unsupported', 'A YARA source larger than 1 MiB is not read.')
  if (source.startsWith('YARA') || source.includes('\0'))
    return refused('unsupported', 'These are compiled rules; only YARA source is read.')

  const text = withoutMark(source)
  try {
    const { rules, imports, includes } = outline(text)
    if (includes[0])
      return refused('unsupported', '`include` is refused: a rule file reads no other file.', includes[0])
    for (const { module, line, column } of imports) {
      const why = REFUSED.get(module)
      if (why) return refused('unsupported', `The module "${module}" is refused: ${why}.`, { line, column })
    }
    if (rules.length === 0) return refused('broken', 'No rule in this file.')
    return withoutBroken(portableEngine(), text, rules)
  } catch (error) {
    if (error instanceof YaraSyntax) return refused('broken', error.message, { line: error.line, column: error.column })
    if (!isBreakdown(error)) throw error
    // What ended in the middle of its work is not used again.
    portable = null
    return refused('broken', `The compiler failed (${error.message}): is something nested too deep?`)
  }
}

/** Takes out rule by rule what the compiler refuses, and what refers to it; positions stay as they are. */
function withoutBroken(engine: Engine, text: string, rules: readonly RuleText[]): CompiledText {
  const broken: CompiledText['broken'][number][] = []
  let left = [...rules]
  let rounds = 0
  for (let errors = engine.errors(text); errors.length > 0; errors = engine.errors(text)) {
    const bad = errors.map((message) => compilerMessage(message))
    const hit = new Set(
      bad.flatMap(({ line }) =>
        left.filter((rule) => line !== undefined && rule.line <= line && line <= rule.lastLine),
      ),
    )
    append(broken, bad)
    // An error outside every rule, or in a rule that all others depend on: the whole file is out.
    if (hit.size === 0 || [...hit].some((rule) => rule.isGlobal) || ++rounds > 50)
      return { text: '', rules: [], broken }
    for (const rule of hit) text = blank(text, rule)
    left = left.filter((rule) => !hit.has(rule))
    if (left.every((rule) => rule.isPrivate)) return { text: '', rules: [], broken }
  }
  return { text: broken.length > 0 ? text : null, rules: left, broken }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

/** `error[E009]: unknown identifier …` with ` --> line:3:12` below it, and what the arrow says. */
function compilerMessage(message: string): Omit<BrokenRule, 'file'> {
  const place = /--> line:(\d+):(\d+)/.exec(message)
  const first = message.split('\n')[0]!.replace(/^error(\[\w+\])?: /, '')
  const arrow = /\^ (.+)/.exec(message)?.[1]
  const variable = OUTSIDE.exec(first)?.[1]
  return {
    ...(place ? { line: Number(place[1]), column: Number(place[2]) } : {}),
    reason: variable ? 'unsupported' : 'broken',
    detail: variable
      ? `The rule asks for \`${variable}\`, and rules are evaluated on the bytes alone.`
      : arrow
        ? `${first}: ${arrow}`
        : first,
  }
}

// ---------------------------------------------------------------- what is known of a rule

function freeId(name: string, file: RuleFile, taken: Set<string>): string {
  let id = name
  if (taken.has(id)) id = `${name}@${basename(file.path, extname(file.path))}`
  for (let n = 2; taken.has(id); n++) id = `${name}@${basename(file.path, extname(file.path))}-${n}`
  taken.add(id)
  return id
}

/** `meta:` of the rule, and over it what the pack says of the rule by its name. */
function infoOf(rule: RuleText, file: RuleFile, id: string): RuleInfo {
  const meta = (...keys: string[]): string[] =>
    rule.meta.filter(([key]) => keys.includes(key.toLowerCase())).map(([, value]) => value.trim())
  const one = (...keys: string[]): string => meta(...keys).find((value) => value !== '') ?? ''
  const { subject, sign, strength, ...settings } = { ...signWords(one), ...settingsOf(rule.name, file) }
  const level = strength ? levelOfStrength[strength] : levelOf(one('level', 'severity'), one('score'))
  const stage = settings.stage ?? stageOf(one('stage'), level)
  const references = meta('reference', 'references', 'ref').filter(Boolean)
  const codes = [
    ...meta('attack', 'mitre', 'mitre_attack', 'mitre_att', 'technique'),
    ...rule.tags.map((tag) => tag.replace('_', '.')),
  ].join(' ')
  return {
    id,
    title: one('title') || rule.name,
    description: [one('description', 'desc'), references.length > 0 ? `Reference: ${references.join(', ')}` : '']
      .filter(Boolean)
      .join(' '),
    author: one('author', 'authors'),
    license: one('license', 'licence'),
    pack: file.pack,
    campaign: file.campaign,
    stage,
    sign: signOf(
      { ...(subject ? { subject } : {}), ...(sign ? { sign } : {}), ...(strength ? { strength } : {}) },
      stage,
    ),
    level,
    cves: unique(
      meta('cve', 'cves')
        .join(' ')
        .toUpperCase()
        .match(/CVE-\d{4}-\d{4,}/g) ?? [],
    ),
    attack: unique(codes.toUpperCase().match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? []),
    falsePositives: meta('innocent', 'falsepositive', 'falsepositives', 'false_positives').filter(Boolean),
    nextSteps: meta('next').filter(Boolean),
    ...more(one),
    ...settings,
    file: file.path,
  }
}

/** The sign by the words of `meta`; a word that is none of its list counts as not written. */
function signWords(one: (key: string) => string): SignWords {
  const subject = subjectKinds.find((known) => known === one('subject'))
  const sign = signKinds.find((known) => known === one('sign'))
  const strength = strengths.find((known) => known === one('strength'))
  return { ...(subject ? { subject } : {}), ...(sign ? { sign } : {}), ...(strength ? { strength } : {}) }
}

/** What most rules do not have: what a finding of the rule is besides its stage. */
function more(one: (key: string) => string): Partial<RuleInfo> {
  const persistence = persistences.find((known) => known === one('persistence'))
  const correlated = stages.find((known) => known === one('stage_when_correlated'))
  return {
    ...(persistence ? { persistence } : {}),
    ...(correlated ? { stageWhenCorrelated: correlated } : {}),
    ...(one('access_method') ? { accessMethod: one('access_method') } : {}),
    ...(one('known') ? { known: one('known') } : {}),
  }
}

function settingsOf(name: string, file: RuleFile): RuleSettings {
  return Object.hasOwn(file.settings, name) ? file.settings[name]! : {}
}

/** By its word; else by a score of 0–100 as public rule sets give it; else medium. */
function levelOf(word: string, score: string): Level {
  const level = levels.find(
    (known) => known === word.toLowerCase() || (known === 'informational' && /^info$/i.test(word)),
  )
  if (level) return level
  const n = score === '' ? Number.NaN : Number(score)
  if (Number.isNaN(n)) return 'medium'
  return n >= 75 ? 'high' : n >= 50 ? 'medium' : 'low'
}

/** A rule that says nothing of its stage is taken to find hostile code, and below medium only to give context. */
function stageOf(word: string, level: Level): Stage {
  return (
    stages.find((stage) => stage === word.toLowerCase()) ??
    (level === 'informational' || level === 'low' ? 'context' : 'shell')
  )
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
