import type { BrokenRule, RuleInfo } from '../model/rule.ts'
import type { SignWords } from '../model/sign.ts'
import type { Event, LogSource } from '../model/event.ts'
import type { Baseline } from './baselines/baseline.ts'
import type { RegexVerdict } from './safe-regex.ts'
import type { Tree } from './sigma/yaml-tree.ts'
import type { Field } from './field-values.ts'
import type { RuleText } from './yara/source.ts'

/** One file of rules, as text, with what its pack says about the rules in it. */
export type RuleFile = {
  /** Path for messages; never opened again. */
  readonly path: string
  readonly text: string
  readonly pack: string
  readonly campaign: string
  /** From pack.yml, for rules of others and lists: what a rule proves, by rule id or, where the file holds one rule, by file name without extension. */
  readonly settings: Readonly<Record<string, RuleSettings>>
  /** Sentences that packs share, by id; a rule of a pack refers to one as `shared:ID`. */
  readonly texts?: Readonly<Record<string, string>>
  /** The language that a file is of whose extension none has, where that was said. */
  readonly language?: string
}
export type RuleSettings = Partial<
  Pick<
    RuleInfo,
    | 'stage'
    | 'cves'
    | 'persistence'
    | 'accessMethod'
    | 'known'
    | 'stageWhenCorrelated'
    | 'requiresChain'
    | 'computedBy'
    | 'lookup'
    | 'writesFile'
    | 'byServer'
    | 'leavesOpen'
    | 'titleWithoutStatus'
    | 'campaign'
    | 'license'
    | 'author'
    | 'level'
  > &
    SignWords & {
      readonly innocent: readonly string[]
      readonly next: readonly string[]
    }
>

/** A text (folded, see values.ts) contained in a field (name folded) of an event; in any field or the raw text when `field` is empty. */
export type Need = {
  readonly field: string
  readonly text: string
  /** It is at the end of one of the forms of the field. */
  readonly isEnd?: true
}

/**
 * Texts, one of which stands in its field wherever the answer is yes. `exact`: this part of the question asks for nothing
 * else, so that it is answered where one of them stands there.
 */
export type Group = { readonly needs: readonly Need[]; readonly exact: boolean }

/** The field of a (folded) name where it is known; undefined where it may be anything. */
export type FieldLookup = (name: string) => Field | undefined
/** An answer where only some fields are known: yes and no hold whatever the others are, undefined is neither. */
export type Could = boolean | undefined

/** A part of a rule, of which one column of a row at a time can be asked. */
export type RuleQuestion = {
  could(known: FieldLookup): Could
  /** Names (folded) of the fields that it asks about; the empty name stands for all of them and the raw text. */
  readonly reads: ReadonlySet<string>
  /** Each of these has a text wherever the answer is yes. */
  readonly groups?: readonly Group[]
  /** Names (folded) that parts of it ask about which no exact group stands for. */
  readonly rest: ReadonlySet<string>
  /** Names (folded) of the fields that it compares with one another. */
  readonly compares?: ReadonlySet<string>
}

/** A rule that is evaluated on events. */
export type EventRule = {
  readonly info: RuleInfo
  /** Log sources that it asks for; an event answers when one of its sources has every property of one of these. */
  readonly sources: readonly LogSource[]
  /** Where known: the event ids (as text) outside of which it can never match, so that it need not be asked. */
  readonly eventIds?: ReadonlySet<string> | undefined
  /** Where known: texts, one of which stands in its field in every event that can match, for the same reason. */
  readonly needs?: readonly Need[] | undefined
  /** Where known: it matches exactly when one of these says yes. */
  readonly questions?: readonly RuleQuestion[]
  /**
   * Where known: names (folded) of fields, each of which it looks at without the others, so that it matches exactly when
   * it matches an event that has one of them alone (`asksTime`: and no time). The client of the event goes with `c-ip`.
   */
  readonly alone?: ReadonlySet<string>
  /** Texts (folded), one of which stands in such a field wherever it matches and the field has no `%`; undefined where none are known. */
  readonly aloneTexts?: readonly string[]
  /** It excludes some times, so that a match without the time is no hit yet. */
  readonly asksTime?: true
  /** Correlations count its hits, and ask for the values of these fields (names folded). */
  readonly trail?: readonly string[]
  /** It is only a part of correlations: its hits are no findings. */
  readonly isPart?: true
  /** Names of the fields that matched, or null. Never throws on any event. */
  match(event: Event): readonly string[] | null
}

export const correlationTypes = ['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const
export const operators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const

/** A rule over the hits of other rules, of all files of a server together. */
export type Correlation = {
  readonly info: RuleInfo
  readonly type: (typeof correlationTypes)[number]
  /** Ids of the rules and correlations that it counts, in their order. */
  readonly of: readonly string[]
  /** Names (folded) of the fields that rows of one match have in common. */
  readonly groupBy: readonly string[]
  /** Names (folded) of the fields whose distinct values are counted. */
  readonly counted: readonly string[]
  /** First and last row of a match lie at most so many milliseconds apart, or are tied to one another by others. */
  readonly span: number
  /** All of these must be true of the count. */
  readonly condition: readonly { readonly is: (typeof operators)[number]; readonly than: number }[]
  /** By alias (folded), and id of the rule or correlation, the name (folded) of the field that is meant. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** It is only a part of another correlation: its matches are no findings. */
  readonly isPart?: true
}

/** Rules that are evaluated on the bytes of a file, all at once. */
export type FileScanner = {
  readonly infos: readonly RuleInfo[]
  /** Rules that match, with up to ten places each (offset, length). Throws `RangeError` on a time-out. */
  scan(
    bytes: Uint8Array,
    /** They are hidden in the file that was searched before: its time holds for both. */
    isBelow?: boolean,
  ): readonly { readonly rule: string; readonly places: readonly (readonly [number, number])[] }[]
  /** Rules that took too long and were left out of the file that was searched last. */
  slow?(): readonly BrokenRule[]
}

export type LoadedRules = {
  readonly events: readonly EventRule[]
  /** Each behind those that it counts. */
  readonly correlations?: readonly Correlation[]
  readonly scanners: readonly FileScanner[]
  readonly broken: readonly BrokenRule[]
  /** Rules of events that took too long and were left out of some of the file that ends now. */
  readonly slow?: () => readonly BrokenRule[]
  /** What is known good; read at the first call. None where a run has no baseline. */
  readonly baselines?: () => readonly Baseline[]
  /** What was found out about the rules and was not known before. */
  readonly compiled?: Partial<Compiled>
}

/**
 * Results of compiling rules, so that they need not be compiled again: plain data. By the digest of a
 * file's text, and of regular expressions by the pattern, so that it holds wherever such a text stands.
 */
export type Compiled = {
  readonly documents: ReadonlyMap<string, RuleDocuments>
  readonly regexes: ReadonlyMap<string, RegexVerdict>
  readonly yara: ReadonlyMap<string, CompiledText>
  /** Files that must not be compiled again: it took too long or ended a thread. */
  readonly refused: ReadonlyMap<string, Omit<BrokenRule, 'file'>>
}

/** The documents of a file of Sigma rules. `isSound`: its rules were read without a problem, and are so wherever it stands. */
export type RuleDocuments = { readonly trees: readonly Tree[]; readonly isSound: boolean }

/** What compiles in a YARA file: its text with the rest blanked out, null where that is the whole file. */
export type CompiledText = {
  readonly text: string | null
  readonly rules: readonly RuleText[]
  readonly broken: readonly Omit<BrokenRule, 'file'>[]
}

/** A rule language: a file extension and how to load it. A broken rule never stops the others. */
export type RuleLanguage = {
  readonly name: string
  readonly extensions: readonly string[]
  /** `now`: milliseconds of a clock, which measures rules that take too long. */
  load(files: readonly RuleFile[], known?: Partial<Compiled>, now?: () => number): Promise<LoadedRules>
}
