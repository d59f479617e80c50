import type { Event, Fields } from './model.ts'
import { FastLexicon } from './kernel/fast-rows.ts'
import { GRAM, gramOf, type Judge, type Judged, Lexicon, markGram, type Rare, TABLE } from './kernel/row-reader.ts'
import type { RowLayout } from './parsers/parser.ts'
import { Candidates } from './rules/candidates.ts'
import type { EventRule, Known, Need, Question } from './rules/engine.ts'
import { answers } from './rules/sources.ts'
import { Field, fold, Values } from './rules/values.ts'

/**
 * What rules say of the values of rows, one lexicon for each list of columns. Null: rules can only be asked of whole
 * events. Kept from file to file, within bounds.
 */
export class Lexicons {
  readonly #rules: readonly EventRule[]
  readonly #fast: boolean
  readonly #known = new Map<string, Lexicon | FastLexicon | null>()

  /** `fast`: with the kernel, where it was built. */
  constructor(rules: readonly EventRule[], { fast = true } = {}) {
    this.#rules = rules
    this.#fast = fast
  }

  for(layout: RowLayout): Lexicon | FastLexicon | null {
    const { sources, delimiter, columns, fields } = layout
    const key = JSON.stringify([sources, delimiter, columns, fields])
    let lexicon = this.#known.get(key)
    // What was asked for last is forgotten last.
    this.#known.delete(key)
    if (lexicon === undefined) {
      for (const oldest of this.#known.keys()) {
        if (this.#known.size < LEXICONS) break
        this.#known.delete(oldest)
      }
      const judge = RowJudge.of(this.#rules, layout)
      lexicon = judge && ((this.#fast ? FastLexicon.of(judge, layout) : null) ?? new Lexicon(judge))
    }
    this.#known.set(key, lexicon)
    return lexicon
  }
}

const LEXICONS = 12

/** A question of a rule, with the texts it needs (any of them), by the columns in which they can stand. */
type Asked = {
  readonly question: Question
  readonly bit: number
  /** Null: it needs none, or one that may be spread over several columns. */
  readonly needs: readonly Need[] | null
}

const absent = new Field('', false, [])

/**
 * Which rules can match a row, told by one value at a time. A rule is taken apart into questions, of which one must be
 * answered with yes. A question is out as soon as one column alone says no, or when the texts it needs stand in no column.
 * What cannot be told by one column stays possible: the row is then read as a whole and the rule asked of its event.
 */
export class RowJudge implements Judge {
  readonly columns: ('skip' | 'read')[]
  readonly rare: (Rare | null)[]
  /** Questions that need no text, and those that do. */
  readonly open: Uint32Array
  readonly needy: Uint32Array
  readonly openWords: number
  readonly #layout: RowLayout
  readonly #byColumn: readonly ColumnRules[]

  /** Null when a rule can only be asked of whole events. */
  static of(rules: readonly EventRule[], layout: RowLayout): RowJudge | null {
    const asked = rules.filter((rule) => answers(layout, rule))
    return asked.every((rule) => rule.questions ?? rule.alone) ? new RowJudge(asked, layout) : null
  }

  private constructor(rules: readonly EventRule[], layout: RowLayout) {
    this.#layout = layout
    const names = new Set(layout.fields.map(fold))
    const alone = rules.filter((rule) => rule.alone)
    // What asks for a field that no row has is answered once for all.
    const nothing: Known = (name) => (name === '' || names.has(name) ? undefined : absent)
    const questions = rules.flatMap((rule) => (rule.alone ? [] : (rule.questions ?? [])))
    const left = questions.filter((question) => question.could(nothing) !== false)
    const withNeeds = left.map((question) => ({ question, needs: needsOf(question, layout, names) }))
    const inOrder = [
      ...withNeeds.filter(({ needs }) => needs === null),
      ...withNeeds.filter(({ needs }) => needs !== null),
    ]
    const asked = inOrder.map((one, bit): Asked => ({ ...one, bit }))
    this.openWords = Math.max(1, Math.ceil(withNeeds.filter(({ needs }) => needs === null).length / 32))
    const words = Math.max(1, Math.ceil(asked.length / 32))
    this.open = new Uint32Array(words)
    this.needy = new Uint32Array(words)
    for (const { bit, needs } of asked) set(needs === null ? this.open : this.needy, bit)
    this.#byColumn = layout.columns.map((_, column) => new ColumnRules(column, layout, asked, alone, names, words))
    this.columns = this.#byColumn.map(({ kind }) => kind)
    this.rare = this.#byColumn.map(({ rare }) => rare)
  }

  judge(column: number, value: string): Judged | null {
    const fields = this.#layout.fieldsOf(column, value)
    return fields === null ? null : this.#byColumn[column]!.judge(value, fields)
  }

  refuses(bit: number, column: number, value: string): boolean {
    const fields = this.#layout.fieldsOf(column, value)
    return fields !== null && this.#byColumn[column]!.refuses(bit, value, fields)
  }
}

/** The texts of which one stands in a row wherever the answer is yes, such as one column can hold; null when there are none. */
function needsOf({ needs }: Question, layout: RowLayout, names: ReadonlySet<string>): readonly Need[] | null {
  if (!needs || needs.length === 0) return null
  const found: Need[] = []
  for (const { field, text } of needs) {
    // A field that no row has holds nothing.
    if (field !== '' && !names.has(field)) continue
    const whole = field !== '' && !layout.joint.has(field)
    const piece = whole ? text : longest(text, field === '' ? layout.delimiter : null)
    // What is derived and no column holds as it stands (`true`) cannot be looked for.
    if (piece.length < GRAM || (!whole && 'true\0false'.includes(piece))) return null
    found.push({ field, text: piece })
  }
  return found
}

/** The longest part of a text that cannot reach over the border of two columns. */
function longest(text: string, delimiter: number | null): string {
  const borders = delimiter === null ? /[?]/ : delimiter === 32 ? /[? \0]/ : /[?,"\0]/
  return text.split(borders).reduce((best, part) => (part.length > best.length ? part : best), '')
}

type Sought = { readonly asked: Asked; readonly texts: readonly string[]; readonly needs: readonly Need[] }

/** What rules ask of one column. */
class ColumnRules {
  readonly kind: 'skip' | 'read'
  readonly rare: Rare | null
  readonly #layout: RowLayout
  readonly #words: number
  readonly #all: Uint32Array
  /** Questions that read a field which this column alone makes. */
  readonly #reading: readonly Asked[]
  /** Questions with the texts that can stand here, each under all names that this column gives to its value. */
  readonly #needy: Candidates<Sought> | null
  readonly #isClient: boolean
  readonly #alone: readonly EventRule[]
  readonly #names: ReadonlySet<string>
  readonly #own: ReadonlySet<string>

  constructor(
    column: number,
    layout: RowLayout,
    asked: readonly Asked[],
    alone: readonly EventRule[],
    names: ReadonlySet<string>,
    words: number,
  ) {
    this.#layout = layout
    this.#names = names
    this.#words = words
    this.#all = new Uint32Array(words).fill(0xffff_ffff)
    const made = Object.keys(layout.fieldsOf(column, layout.empty) ?? {}).map(fold)
    this.#own = new Set(made.filter((name) => !layout.joint.has(name)))
    const isOf = (name: string): boolean => made.includes(name) || (layout.joint.get(name)?.includes(column) ?? false)
    this.#reading = asked.filter(({ question }) => [...question.reads].some((name) => this.#own.has(name)))
    this.#isClient = layout.client === column || (layout.clients?.includes(column) ?? false)
    this.#alone = alone.filter((rule) =>
      [...rule.alone!].some((name) => made.includes(name) || (this.#isClient && name === 'c-ip')),
    )
    const sought = asked.flatMap((one): Sought[] => {
      const here = one.needs?.filter(({ field }) => field === '' || isOf(field)) ?? []
      // The raw text is asked as well where any field will do.
      const under = ({ field, text }: Need): Need[] =>
        [...made, ...(field === '' ? [''] : [])].map((name) => ({ field: name, text }))
      return here.length === 0 ? [] : [{ asked: one, texts: here.map(({ text }) => text), needs: here.flatMap(under) }]
    })
    this.#needy = sought.length > 0 ? new Candidates(sought) : null
    const needed = this.#reading.length > 0 || this.#alone.length > 0 || this.#needy !== null
    const isOwed = layout.context.includes(column) || layout.watched.includes(column) || layout.client === column

    this.kind = needed || isOwed ? 'read' : 'skip'
    const texts = [...sought.flatMap((one) => one.texts), ...this.#alone.flatMap((rule) => rule.aloneTexts ?? [''])]
    // Agents are also read with blanks for their plus signs.
    const isAgent = made.includes('cs-user-agent')
    this.rare = isOwed || isAgent || this.#reading.length > 0 ? null : rareIn(texts)
  }

  judge(value: string, fields: Fields): Judged | null {
    const event = this.#eventOf(value, fields)
    for (const rule of this.#alone) if (rule.match(event)) return null
    const values = new Values(event)
    const known = this.#knownOf(values)
    const could = Uint32Array.from(this.#all)
    // Of questions that need a text few are ever left: they are asked when it was found.
    for (const { question, bit, needs } of this.#reading)
      if (needs === null && question.could(known) === false) clear(could, bit)
    return { could, found: this.#found(values), mark: isMark(fields) }
  }

  refuses(bit: number, value: string, fields: Fields): boolean {
    const asked = this.#reading.find((one) => one.bit === bit)
    if (asked === undefined) return false
    return asked.question.could(this.#knownOf(new Values(this.#eventOf(value, fields)))) === false
  }

  /** What is known where no more than the fields of this column are. */
  #knownOf(values: Values): Known {
    return (name) =>
      this.#own.has(name) ? values.get(name) : this.#names.has(name) || name === '' ? undefined : absent
  }

  #eventOf(value: string, fields: Fields): Event {
    return {
      log: '',
      sources: this.#layout.sources,
      time: null,
      timeBasis: 'format',
      fields,
      raw: value,
      at: { path: '', offset: 0, length: 0 },
      host: null,
      client: this.#isClient ? this.#layout.clientOf(value) : null,
      user: null,
      target: null,
      request: null,
      session: null,
    }
  }

  #found(values: Values): Uint32Array | null {
    if (this.#needy === null) return null
    let found: Uint32Array | null = null
    let everything: string | null = null
    for (const { asked, texts } of this.#needy.of(values)) {
      everything ??= textOf(values)
      if (!texts.some((text) => everything!.includes(text))) continue
      found ??= new Uint32Array(this.#words)
      set(found, asked.bit)
    }
    return found
  }
}

/** Does a value tell that a log is one of an Exchange server? */
export function isMark(fields: Fields): boolean {
  const stem = fields['cs-uri-stem']
  return typeof stem === 'string' && EXCHANGE.test(stem)
}

const EXCHANGE = /^\/(owa|ecp|ews|autodiscover|mapi|oab|rpc|microsoft-server-activesync|powershell)\b/i

/** Marks grams of each text; null when a text is too short to have one. */
function rareIn(texts: readonly string[]): Rare | null {
  // What is not ASCII stands in a regular row only behind an escape, and each escape is looked at.
  const plain = texts.filter((text) => !/[^\x20-\x7e]/.test(text))
  const least = plain.reduce((length, text) => Math.min(length, text.length), Infinity)
  if (least < GRAM) return null
  const stride = least >= GRAM + 3 ? 4 : least > GRAM ? 2 : 1
  const table = new Uint8Array(TABLE)
  for (const text of plain) for (let at = 0; at < stride; at++) markGram(table, gramOf(text, at))
  return { table, stride }
}

/** Everything that a value says, in all forms that rules are asked of. */
function textOf(values: Values): string {
  return [values.raw, ...values.all.map((field) => values.get(fold(field.name)))]
    .flatMap((field) => field.folded)
    .join('\0')
}

function set(bits: Uint32Array, bit: number): void {
  bits[bit >>> 5]! |= 1 << (bit & 31)
}

function clear(bits: Uint32Array, bit: number): void {
  bits[bit >>> 5]! &= ~(1 << (bit & 31))
}
