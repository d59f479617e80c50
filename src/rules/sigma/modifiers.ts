// One line of a selection: a field, its modifiers and its values.
// https://sigmahq.io/sigma-specification/specification/sigma-appendix-modifiers.html
import { BlockList, isIP, isIPv4 } from 'node:net'
import { canonicalIp } from '../../lib/ip.ts'
import { mayMatch, type RegexGuard, type SafeRegex } from '../safe-regex.ts'
import { type RegexFlags } from '../regex/syntax.ts'
import { type Field, fold, type Values } from '../field-values.ts'
import {
  type Anchor,
  anchored,
  dash,
  literalOf,
  mapLiterals,
  matchAny,
  type Pieces,
  parseWildcards,
  star,
} from './wildcards.ts'
import { broken, quoteRuleText, unsupported } from './rule-problem.ts'
import { expanded, type Placeholders } from './placeholders.ts'
import { type YamlEntry, type YamlScalar, sourceOf, yamlText } from './yaml-tree.ts'

/** Texts, and for each whether it is at the end of its field. */
type TextGroup = { readonly texts: readonly string[]; readonly ends: readonly boolean[]; readonly exact: boolean }

/** The condition on one field. */
export type Predicate = {
  /** The values of the whole event are there wherever `others` are named. */
  readonly ask: (field: Field, values: Pick<Values, 'get'> | null) => boolean
  readonly cost: number
  /** The texts, one of which the whole value must be, when that is what is asked (folded). */
  readonly exactly?: ReadonlySet<string>
  /** Texts (folded), one of which the field contains whenever the condition is true. */
  readonly needs?: readonly string[]
  /** Lists of texts of which the same is true; `exact`: nothing else is asked than that one of them stands there. */
  readonly groups?: readonly TextGroup[]
  /** A single folded text that must occur somewhere, for keywords. */
  readonly literals?: readonly string[]
  /** Names (folded) of other fields that it compares with. */
  readonly others?: readonly string[]
}

/** The parts of a key such as `CommandLine|contains|all`. */
export type FieldKey = { readonly field: string; readonly modifiers: Modifiers }

type Kind = 'text' | 're' | 'cidr' | 'lt' | 'lte' | 'gt' | 'gte' | 'exists' | 'fieldref'
type Encoding = 'windash' | 'base64' | 'base64offset' | 'utf16' | 'utf16le' | 'utf16be'
export type Modifiers = {
  readonly kind: Kind
  readonly anchor: Anchor
  readonly encodings: readonly Encoding[]
  readonly part: DatePart | null
  readonly flags: RegexFlags
  readonly all: boolean
  readonly neq: boolean
  readonly cased: boolean
  readonly expand: boolean
}

const TEXT_LIMIT = 16 * 1024
const VALUES_LIMIT = 200_000

// ---------------------------------------------------------------- the key

/** A modifier: why it cannot stand after what was read so far (null when it can), and what it sets. */
type Modifier = {
  readonly refuses: (before: Modifiers) => string | null
  readonly sets: (before: Modifiers) => Partial<Modifiers>
}

const NOT_COMBINED = 'cannot be combined with what stands before it'

const option = (name: 'all' | 'neq' | 'cased' | 'expand'): Modifier => ({
  refuses: () => null,
  sets: () => ({ [name]: true }),
})
const anchor = (name: Anchor): Modifier => ({
  refuses: (before) => {
    if (before.anchor !== 'exact') return `cannot follow "${before.anchor}"`
    return before.kind === 'text' || before.kind === 'fieldref' ? null : `cannot follow "${before.kind}"`
  },
  sets: () => ({ anchor: name }),
})
const encoding = (name: Encoding): Modifier => ({
  refuses: (before) => {
    if (before.kind !== 'text') return `cannot follow "${before.kind}"`
    return name === 'windash' || before.anchor === 'exact' ? null : `must stand before "${before.anchor}"`
  },
  sets: (before) => ({ encodings: [...before.encodings, name] }),
})
const regexFlag = (name: keyof RegexFlags): Modifier => ({
  refuses: (before) => (before.kind === 're' ? null : 'belongs after "re"'),
  sets: (before) => ({ flags: { ...before.flags, [name]: true } }),
})
const kind = (name: Kind): Modifier => ({
  refuses: (before) => {
    const isFirst = before.kind === 'text' && before.encodings.length === 0
    return isFirst && (before.anchor === 'exact' || name === 'fieldref') ? null : NOT_COMBINED
  },
  sets: () => ({ kind: name }),
})
const partOfDate = (name: DatePart): Modifier => ({
  refuses: (before) => (before.part === null && before.kind === 'text' ? null : NOT_COMBINED),
  sets: () => ({ part: name }),
})

const modifiers: ReadonlyMap<string, Modifier> = new Map([
  ['all', option('all')],
  ['base64', encoding('base64')],
  ['base64offset', encoding('base64offset')],
  ['cased', option('cased')],
  ['cidr', kind('cidr')],
  ['contains', anchor('contains')],
  ['day', partOfDate('day')],
  ['endswith', anchor('endswith')],
  ['exists', kind('exists')],
  ['expand', option('expand')],
  ['fieldref', kind('fieldref')],
  ['gt', kind('gt')],
  ['gte', kind('gte')],
  ['hour', partOfDate('hour')],
  ['i', regexFlag('i')],
  ['lt', kind('lt')],
  ['lte', kind('lte')],
  ['m', regexFlag('m')],
  ['minute', partOfDate('minute')],
  ['month', partOfDate('month')],
  ['neq', option('neq')],
  ['re', kind('re')],
  ['s', regexFlag('s')],
  ['startswith', anchor('startswith')],
  ['utf16', encoding('utf16')],
  ['utf16be', encoding('utf16be')],
  ['utf16le', encoding('utf16le')],
  ['week', partOfDate('week')],
  ['wide', encoding('utf16le')],
  ['windash', encoding('windash')],
  ['year', partOfDate('year')],
])

const NONE: Modifiers = {
  kind: 'text',
  anchor: 'exact',
  encodings: [],
  part: null,
  flags: {},
  all: false,
  neq: false,
  cased: false,
  expand: false,
}

/** Reads a key. For keywords, which have no field, the text before the first `|` is empty. */
export function readKey(text: string, at: number): FieldKey {
  const [field = '', ...names] = text.split('|')
  let read = NONE
  for (const name of names) {
    const modifier = modifiers.get(name)
    const refused = modifier
      ? modifier.refuses(read)
      : `is not known; expected one of ${[...modifiers.keys()].join(', ')}`
    if (!modifier || refused !== null)
      throw broken(`${quoteRuleText(text)}: the modifier ${quoteRuleText(name)} ${refused}`, at)
    read = { ...read, ...modifier.sets(read) }
  }
  const contradiction = contradictionOf(read)
  if (contradiction !== null) throw broken(`${quoteRuleText(text)}: ${contradiction}`, at)
  return { field, modifiers: read }
}

/** What modifiers ask that cannot be asked together, in whatever order they stand. */
function contradictionOf({ kind, anchor, encodings, part, expand }: Modifiers): string | null {
  const isOfNumber = kind === 'text' || kind === 'lt' || kind === 'lte' || kind === 'gt' || kind === 'gte'
  if (part !== null && (anchor !== 'exact' || encodings.length > 0 || !isOfNumber))
    return 'a part of a date is a number'
  if (expand && (part !== null || (kind !== 'text' && kind !== 'cidr')))
    return 'the modifier "expand" belongs to texts and networks'
  return null
}

// ---------------------------------------------------------------- the predicate

/** What a rule is read with. */
export type ModifierContext = { readonly guard: RegexGuard; readonly placeholders: Placeholders }

/** What a key with its values asks. */
export function predicate(line: YamlEntry, key: FieldKey, given: ModifierContext): Predicate {
  const { value } = line
  if (value.is === 'map')
    throw broken(`${quoteRuleText(line.key)} expects a value or a list of values; found a map`, value.at)
  const items = value.is === 'list' ? value.items : [value]
  if (items.length === 0) throw broken(`${quoteRuleText(line.key)} has no values`, value.at)
  if (items.length > VALUES_LIMIT) throw broken(`${quoteRuleText(line.key)} has ${items.length} values`, value.at)
  const scalars = items.flatMap((item) => {
    if (item.is !== 'scalar')
      throw broken(`${quoteRuleText(line.key)} expects plain values in its list; found a ${item.is}`, item.at)
    return key.modifiers.expand ? [expanded(item, given.placeholders, line.key)] : [[item]]
  })
  const positive = asked(scalars, key.modifiers, line, given.guard)
  if (!key.modifiers.neq) return positive
  const { cost, others } = positive
  return { ask: (field, values) => !positive.ask(field, values), cost, ...(others ? { others } : {}) }
}

/** `lists`: of each value of the rule what it stands for, of which one is enough. */
function asked(lists: readonly (readonly YamlScalar[])[], m: Modifiers, line: YamlEntry, guard: RegexGuard): Predicate {
  const values = lists.flat()
  if (m.kind === 'exists') return exists(values, line)
  // With `all`, each value is a question of its own.
  if (m.all && lists.length > 1) return allOf(lists.map((list) => anyOf(list, m, line, guard)))
  return anyOf(values, m, line, guard)
}

function allOf(parts: readonly Predicate[]): Predicate {
  const byCost = [...parts].sort((a, b) => a.cost - b.cost)
  const others = parts.flatMap((part) => part.others ?? [])
  // Any of the values would do as a need; the longest is the rarest.
  const needs = parts.map((part) => part.needs).reduce((a, b) => (!a || (b && shortest(b) > shortest(a)) ? b : a))
  return {
    ask: (field, values) => byCost.every((part) => part.ask(field, values)),
    ...(needs ? { needs } : {}),
    // A part without a list of its own leaves something to be asked.
    groups: parts.flatMap((part) => part.groups ?? [{ texts: [], ends: [], exact: false }]),
    ...(others.length > 0 ? { others } : {}),
    cost: parts.reduce((sum, part) => sum + part.cost, 0),
  }
}

function shortest(texts: readonly string[]): number {
  return texts.reduce((least, text) => Math.min(least, text.length), Infinity)
}

function anyOf(values: readonly YamlScalar[], m: Modifiers, line: YamlEntry, guard: RegexGuard): Predicate {
  if (m.part) return datePart(values, m.part, m.kind, line)
  switch (m.kind) {
    case 're':
      return regexes(values, m.flags, line, guard)
    case 'cidr':
      return networks(values, line)
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compared(values, m.kind, line)
    case 'fieldref':
      return references(values, m, line)
    default:
      return texts(values, m, line)
  }
}

// ---------------------------------------------------------------- texts

function texts(values: readonly YamlScalar[], m: Modifiers, line: YamlEntry): Predicate {
  const patterns: Pieces[] = []
  let orNull = false
  let orAny = false
  for (const value of values) {
    if (value.value === null) {
      if (m.anchor !== 'exact' || m.encodings.length > 0)
        throw broken(`${quoteRuleText(line.key)}: null has no text`, value.at)
      orNull = true
      continue
    }
    for (const text of spelled(value)) {
      if (text.length > TEXT_LIMIT)
        throw broken(`${quoteRuleText(line.key)}: a value of ${text.length} characters`, value.at)
      for (const pieces of encoded(parseWildcards(text), m.encodings, value)) patterns.push(anchored(pieces, m.anchor))
    }
  }
  // A lone `*` asks for a value, whatever it is: of the field itself, never of its other forms.
  const fixed = patterns.filter((pieces) => !(pieces.length === 1 && pieces[0] === star))
  if (fixed.length < patterns.length) orAny = true
  const folded = m.cased ? fixed : fixed.map((pieces) => mapLiterals(pieces, fold))
  const test = matchAny(folded)
  const exact = folded.map(literalOf)
  const orEmpty = exact.includes('')
  const orHyphen = exact.includes('-')
  const ask = (field: Field): boolean => {
    if (field.empty) {
      // A log that writes "no value" as `-` or as nothing gives null: a rule that names that spelling means null.
      if (orNull || (field.present && (orEmpty || orHyphen))) return true
    } else if (orAny) return true
    for (const text of m.cased ? field.texts : field.folded) if (test(text)) return true
    return false
  }
  const exactly =
    !m.cased && !orNull && !orAny && exact.every((text) => text !== null) ? new Set(exact as string[]) : undefined
  const needs = orNull || orAny ? [] : folded.map(longest)
  return {
    ask,
    cost: costOf(fixed),
    ...given(needs),
    ...grouped(needs, folded.map(isEnd), !m.cased && folded.every(isPlain)),
    ...(exactly && !orEmpty && !orHyphen ? { exactly } : {}),
    ...(orAny ? {} : literals(folded, m)),
  }
}

/** The longest literal of a pattern, folded. */
function longest(pieces: Pieces): string {
  const literals = pieces.filter((piece) => typeof piece === 'string')
  return fold(literals.reduce((best, literal) => (literal.length > best.length ? literal : best), ''))
}

/** Needs are of use only when every alternative has one, and none is so short that it stands everywhere. */
function given(needs: readonly string[]): { needs?: readonly string[] } {
  return needs.length > 0 && needs.every((text) => text.length >= 4) ? { needs } : {}
}

/** A group may have texts of two characters: they are looked for where few bytes are. At an end one is enough. */
function grouped(texts: readonly string[], ends: readonly boolean[], exact: boolean): Pick<Predicate, 'groups'> {
  return texts.length > 0 && texts.every((text, i) => text.length >= (ends[i] ? 1 : 2))
    ? { groups: [{ texts, ends, exact }] }
    : {}
}

/** Does a pattern require only its text at the end? */
function isEnd(pieces: Pieces): boolean {
  return pieces.length === 2 && pieces[0] === star && typeof pieces[1] === 'string'
}

/** Does a pattern require only its text anywhere? */
function isPlain(pieces: Pieces): boolean {
  return pieces.length === 3 && pieces[0] === star && typeof pieces[1] === 'string' && pieces[2] === star
}

/** For keywords: the texts, when each pattern asks just for a text somewhere. */
function literals(patterns: readonly Pieces[], m: Modifiers): { literals?: readonly string[] } {
  if (m.cased) return {}
  const found: string[] = []
  for (const pieces of patterns) {
    if (pieces.length !== 3 || typeof pieces[1] !== 'string' || pieces[1].includes('\0')) return {}
    found.push(pieces[1])
  }
  return { literals: found }
}

/** How a value is written in an event: a number is also what the rule spells (`0x1F`). */
function spelled(value: YamlScalar): string[] {
  if (typeof value.value === 'string') return [value.value]
  return [...new Set([String(value.value), sourceOf(value)])]
}

function costOf(patterns: readonly Pieces[]): number {
  let cost = 0
  for (const pieces of patterns) cost += pieces.length < 2 ? 1 : pieces.length === 2 ? 2 : 8
  // Exact texts are one look into a set.
  return patterns.every((pieces) => pieces.length < 2) ? 1 : cost
}

// ---------------------------------------------------------------- encodings

function encoded(pieces: Pieces, steps: readonly Encoding[], value: YamlScalar): Pieces[] {
  let all: Pieces[] = [pieces]
  // Text after `utf16…` is bytes, one a character.
  let bytes = false
  for (const step of steps) {
    if (step === 'windash') all = all.map(windash)
    else if (step === 'base64' || step === 'base64offset') {
      all = all.flatMap((each) => {
        const literal = literalOf(each)
        if (literal === null)
          throw broken(`${quoteRuleText(yamlText(value) ?? '')}: a value with wildcards cannot be Base64`, value.at)
        const buffer = Buffer.from(literal, bytes ? 'latin1' : 'utf8')
        return (step === 'base64' ? [buffer.toString('base64')] : offsets(buffer)).map((text) => (text ? [text] : []))
      })
      bytes = false
    } else {
      all = all.map((each) => mapLiterals(each, (literal) => utf16(literal, step)))
      bytes = true
    }
  }
  return all
}

function utf16(text: string, form: 'utf16' | 'utf16le' | 'utf16be'): string {
  const buffer = Buffer.from(form === 'utf16' ? `\ufeff${text}` : text, 'utf16le')
  return (form === 'utf16be' ? buffer.swap16() : buffer).toString('latin1')
}

/** What of the encoded value stays the same when 0, 1 or 2 unknown bytes stand before it, and any after it. */
function offsets(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const start = [0, 2, 3][shift]!
    const end = [0, 3, 2][(shift + bytes.length) % 3]!
    return text.slice(start, text.length - end)
  })
}

/** The dash that begins a flag (after no word character, before one) may have any of its forms. */
function windash(pieces: Pieces): Pieces {
  return pieces.flatMap((piece): Pieces => {
    if (typeof piece !== 'string') return [piece]
    const parts: Pieces[number][] = []
    let from = 0
    for (const found of piece.matchAll(/(?<!\w)[-/–—―](?=\w)/g)) {
      if (found.index > from) parts.push(piece.slice(from, found.index))
      parts.push(dash)
      from = found.index + 1
    }
    if (from < piece.length) parts.push(piece.slice(from))
    return parts
  })
}

// ---------------------------------------------------------------- other kinds

function exists(values: readonly YamlScalar[], line: YamlEntry): Predicate {
  const wanted = values.length === 1 ? values[0]!.value : undefined
  const yes = wanted === true || /^(true|yes)$/i.test(String(wanted))
  const no = wanted === false || /^(false|no)$/i.test(String(wanted))
  if (!yes && !no) throw broken(`${quoteRuleText(line.key)} expects true or false`, line.value.at)
  return { ask: (field) => field.present === yes, cost: 1 }
}

function regexes(values: readonly YamlScalar[], flags: RegexFlags, line: YamlEntry, guard: RegexGuard): Predicate {
  const all = values.map((value): SafeRegex => {
    const text = yamlText(value)
    if (text === undefined)
      throw broken(`${quoteRuleText(line.key)} expects a regular expression; found null`, value.at)
    const regex = guard.regex(text, flags)
    if (!('refused' in regex)) return regex
    const detail = `${quoteRuleText(line.key)}: ${regex.syntax ? 'not a regular expression: ' : 'refused: '}${regex.refused}`
    throw regex.syntax ? broken(detail, value.at) : unsupported(detail, value.at)
  })
  return {
    ask: (field) => {
      for (let i = 0; i < field.texts.length; i++) {
        for (const regex of all) {
          if (!mayMatch(regex, field.folded[i]!)) continue
          if (regex.test(field.texts[i]!)) return true
        }
      }
      return false
    },
    cost: 100 * all.length,
    ...given(all.flatMap((regex) => (regex.literals.length > 0 ? regex.literals : ['']))),
    groups: groupsOf(all),
  }
}

/** Of each expression the texts that are looked for first, others, and of both lists the one with longer texts. */
function groupsOf(all: readonly SafeRegex[]): readonly TextGroup[] {
  const lists = all.map((regex) => ({ literals: regex.literals, others: besides(regex) }))
  return [
    ...groupOf(lists.map(({ literals }) => literals)),
    ...groupOf(lists.map(({ others }) => others)),
    // Several expressions together then have fewer short ones.
    ...groupOf(lists.map(longerOfBoth)),
  ]
}

/** A group of texts of which each of several questions needs one; none where one of them needs none. */
function groupOf(texts: readonly (readonly string[])[]): readonly TextGroup[] {
  return texts.every(({ length }) => length > 0) ? (grouped(texts.flat(), [], false).groups ?? []) : []
}

/** The longest texts that a match holds besides those that are looked for first. */
function besides({ literals, inOrder }: SafeRegex): readonly string[] {
  return inOrder
    .filter(
      (texts) =>
        shortest(texts) >= BESIDES &&
        !texts.some((text) => literals.some((one) => one.includes(text) || text.includes(one))),
    )
    .reduce<readonly string[]>(
      (best, texts) => (best.length === 0 || shortest(texts) > shortest(best) ? texts : best),
      [],
    )
}

function longerOfBoth({ literals, others }: Record<'literals' | 'others', readonly string[]>): readonly string[] {
  return shortest(others) >= shortest(literals) && others.length > 0 ? others : literals
}

/** Shorter ones occur in too many rows. */
const BESIDES = 3

function networks(values: readonly YamlScalar[], line: YamlEntry): Predicate {
  const list = new BlockList()
  for (const value of values) {
    const [base = '', bits, more] = (yamlText(value) ?? '').trim().split('/')
    const mapped = isIP(base) === 6 && isIPv4(canonicalIp(base) ?? '') ? 96 : 0
    const ip = canonicalIp(base)
    const width = ip && isIPv4(ip) ? 32 : 128
    const length = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) - mapped : NaN
    if (!ip || more !== undefined || !(length >= 0 && length <= width)) {
      throw broken(
        `${quoteRuleText(line.key)} expects a network such as 10.0.0.0/8 or fe80::/10; found ${quoteRuleText(sourceOf(value))}`,
        value.at,
      )
    }
    list.addSubnet(ip, length, width === 32 ? 'ipv4' : 'ipv6')
  }
  const ask = (field: Field): boolean =>
    field.texts.some((text) => {
      const ip = canonicalIp(text)
      return ip !== null && list.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')
    })
  return { ask, cost: 30 }
}

function compared(values: readonly YamlScalar[], kind: 'lt' | 'lte' | 'gt' | 'gte', line: YamlEntry): Predicate {
  const bounds = values.map((value) => numberIn(value, line))
  const holds = comparison(kind)
  return { ask: (field) => field.texts.some((text) => bounds.some((bound) => holds(numberOf(text), bound))), cost: 3 }
}

function numberIn(value: YamlScalar, line: YamlEntry): number {
  const number = typeof value.value === 'number' ? value.value : numberOf(yamlText(value) ?? '')
  if (Number.isNaN(number))
    throw broken(`${quoteRuleText(line.key)} expects a number; found ${quoteRuleText(sourceOf(value))}`, value.at)
  return number
}

/** A comparison with what is no number (NaN) never holds. */
function comparison(kind: Kind): (a: number, b: number) => boolean {
  switch (kind) {
    case 'lt':
      return (a, b) => a < b
    case 'lte':
      return (a, b) => a <= b
    case 'gt':
      return (a, b) => a > b
    case 'gte':
      return (a, b) => a >= b
    default:
      return (a, b) => a === b
  }
}

function numberOf(text: string): number {
  const plain = text.trim()
  return plain.length < 400 && /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|0x[0-9a-f]+)$/i.test(plain)
    ? Number(plain)
    : NaN
}

function references(given: readonly YamlScalar[], m: Modifiers, line: YamlEntry): Predicate {
  const names = given.map((value) => {
    const text = yamlText(value)
    if (!text) throw broken(`${quoteRuleText(line.key)} expects the name of a field`, value.at)
    return fold(text)
  })
  const holds = {
    exact: (a: string, b: string) => a === b,
    contains: (a: string, b: string) => b !== '' && a.includes(b),
    startswith: (a: string, b: string) => b !== '' && a.startsWith(b),
    endswith: (a: string, b: string) => b !== '' && a.endsWith(b),
  }[m.anchor]
  const own = (field: Field): readonly string[] => (m.cased ? field.texts : field.folded).slice(0, field.own)
  const ask = (field: Field, values: Pick<Values, 'get'> | null): boolean =>
    names.some((name) => own(values!.get(name)).some((other) => own(field).some((text) => holds(text, other))))
  return { ask, cost: 5, others: names }
}

// ---------------------------------------------------------------- parts of a date

type DatePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

function datePart(values: readonly YamlScalar[], part: DatePart, kind: Kind, line: YamlEntry): Predicate {
  const bounds = values.map((value) => numberIn(value, line))
  const holds = comparison(kind)
  return {
    ask: (field) => field.texts.some((text) => bounds.some((bound) => holds(partOf(text, part), bound))),
    cost: 10,
  }
}

/** The number as it is written: no time zone is applied, as the specification says. Of a time without date, hour and minute. */
function partOf(text: string, part: DatePart): number {
  const found = /^(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2}))?(?:(?:^|[T\s]+)(\d{1,2}):(\d{2})(?!\d))?/i.exec(
    text.trimStart(),
  )
  const [year, month, day, hour, minute] = (found ?? [])
    .slice(1)
    .map((digits) => (digits === undefined ? NaN : Number(digits)))
  switch (part) {
    case 'minute':
      return minute ?? NaN
    case 'hour':
      return hour ?? NaN
    case 'day':
      return day ?? NaN
    case 'month':
      return month ?? NaN
    case 'year':
      return year ?? NaN
    case 'week':
      return weekOf(year ?? NaN, month ?? NaN, day ?? NaN)
  }
}

/** The week of ISO 8601: that of the year's first Thursday is the first. */
function weekOf(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month - 1, day)
  const weekday = (new Date(date).getUTCDay() + 6) % 7
  const thursday = date + (3 - weekday) * 86_400_000
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)
  return 1 + Math.floor((thursday - newYear) / (7 * 86_400_000))
}
