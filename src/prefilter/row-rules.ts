import type { Event, Fields } from '../model/event.ts'
import { FastLexicon } from './wasm-rows.ts'
import { FastRecords } from './wasm-records.ts'
import { type Judge, type Judged, Lexicon, type Question as Decided, ROW, type Text } from './rows.ts'
import { mailColumns } from './mail-columns.ts'
import { type RecordForm, type RowLayout, traitColumns } from '../parsers/parser.ts'
import { FormRules } from './record-rules.ts'
import { Candidates } from '../rules/rule-index.ts'
import type { Could, EventRule, Group, Known, Need, Question } from '../rules/rule.ts'
import { answers } from '../rules/log-source.ts'
import { Names } from './value-ids.ts'
import { Field, fold, Values } from '../rules/field-values.ts'

/**
 * What rules say of the values of rows, one lexicon for each list of columns. Null: rules can only be asked of whole
 * events. Kept from file to file, within bounds.
 */
export class Lexicons {
  readonly #rules: readonly EventRule[]
  /** Without rules whose rows count only in a story: no row is read for them. */
  readonly #untied: readonly EventRule[]
  readonly #fast: boolean
  readonly #known = new Map<string, Lexicon | FastLexicon | null>()

  /** Values by which requests are counted. */
  readonly names = new Names()

  /** `fast`: with the kernel, where it was built. */
  constructor(rules: readonly EventRule[], { fast = true } = {}) {
    this.#rules = rules
    this.#untied = rules.filter(({ info }) => !info.tied)
    this.#fast = fast
  }

  /** `tied`: with rules whose rows count only in a story. */
  for(layout: RowLayout, tied = false): Lexicon | FastLexicon | null {
    const { sources, delimiter, columns, fields } = layout
    const key = JSON.stringify([sources, delimiter, columns, fields, tied])
    let lexicon = this.#known.get(key)
    // What was asked for last is forgotten last.
    this.#known.delete(key)
    if (lexicon === undefined) {
      for (const oldest of this.#known.keys()) {
        if (this.#known.size < LEXICONS) break
        this.#known.delete(oldest)
      }
      const judge = RowJudge.of(tied ? this.#rules : this.#untied, layout)
      lexicon = judge && ((this.#fast ? FastLexicon.of(judge, layout) : null) ?? new Lexicon(judge))
    }
    this.#known.set(key, lexicon)
    return lexicon
  }

  /** The same of records of one form. `tied`: with rules whose rows count only in a story. */
  records(form: RecordForm, tied: boolean): FormRules | null {
    return FormRules.of(tied ? this.#rules : this.#untied, form)
  }

  /** What reads the records of one file; null without the kernel. */
  scanner(): FastRecords | null {
    return this.#fast ? FastRecords.make() : null
  }
}

const LEXICONS = 6

/** A question of a rule, and the groups of texts of which each must stand in a row, as columns can hold them. */
type Asked = {
  readonly rule: number
  /** The rule as a whole, asked of the fields that it looks at. */
  readonly whole?: EventRule
  readonly question: Pick<Question, 'could' | 'reads' | 'compares'>
  readonly groups: readonly (readonly Need[])[]
  /** Columns whose values decide it once its texts stand there; null where more than these does. */
  readonly decidedBy: readonly number[] | null
  /** Of its texts some may stand anywhere in the row, but as it is written. */
  readonly asWritten?: boolean
  readonly comparedBy: readonly number[] | null
}

const absent = new Field('', false, [])

/**
 * Which rules can match a row, told by one value at a time. A rule is taken apart into questions, of which one must be
 * answered with yes. A question is out as soon as one column alone says no, or when a text that it needs stands in no
 * column. What is left is asked of all columns together; what they cannot tell stays possible: the row is then read as a
 * whole and the rule asked of its event.
 */
export class RowJudge implements Judge {
  readonly columns: ('skip' | 'read' | 'text')[]
  readonly isEager: readonly boolean[]
  readonly isSearched: readonly boolean[]
  readonly isAnywhere: readonly boolean[]
  readonly open: Uint32Array
  readonly openWords: number
  readonly questions: readonly Decided[]
  readonly rules: readonly EventRule[]
  readonly #layout: RowLayout
  readonly #columns: Columns
  readonly #asked: readonly Asked[]
  /** Columns that make what each question asks about; questions of the same have the same list. */
  readonly #lookedAt: readonly (readonly number[])[]
  /** The values of the row that was asked about last, by such lists. */
  #row = { at: -1, values: new Map<readonly number[], Values | null>() }
  readonly #byColumn: readonly ColumnRules[]
  readonly border: number
  readonly groups: Judge['groups']
  /** Texts that reach over the border. */
  readonly #across: readonly Text[]

  /** Null when a rule can only be asked of whole events. */
  static of(rules: readonly EventRule[], layout: RowLayout): RowJudge | null {
    const asked = rules.filter((rule) => answers(layout, rule))
    if (!asked.every((rule) => rule.questions ?? rule.alone)) return null
    const judge = new RowJudge(asked, layout)
    return judge.#columns.areApart() ? judge : null
  }

  private constructor(rules: readonly EventRule[], layout: RowLayout) {
    this.#layout = layout
    this.rules = rules
    const columns = new Columns(layout)
    this.#columns = columns
    const alone = rules.flatMap((rule, number) => (rule.alone && !rule.aloneTexts ? [{ rule, number }] : []))
    // What asks for a field that no row has is answered once for all.
    const nothing: Known = (name) => (name === '' || columns.names.has(name) ? undefined : absent)
    const asked = rules.flatMap((rule, number) =>
      rule.aloneTexts
        ? columns.askedAlone(number, rule, rule.aloneTexts)
        : rule.alone
          ? []
          : (rule.questions ?? [])
              .filter((question) => question.could(nothing) !== false)
              .map((question) => columns.asked(number, question)),
    )
    const inOrder = [
      ...asked.filter(({ groups }) => groups.length === 0),
      ...asked.filter(({ groups }) => groups.length > 0),
    ]
    const opens = inOrder.findIndex(({ groups }) => groups.length > 0)
    const openCount = opens < 0 ? inOrder.length : opens
    this.openWords = Math.max(1, Math.ceil(openCount / 32))
    this.#asked = inOrder
    this.questions = inOrder.map(({ rule, question, groups, decidedBy, comparedBy, asWritten = false }) => ({
      rule,
      full: (1 << groups.length) - 1,
      decidedBy,
      comparedBy,
      asWritten,
      refusedBy: columns.alone(question.reads),
    }))
    const lists = new Map<string, readonly number[]>()
    this.#lookedAt = inOrder.map(({ question }) => {
      const list = columns.lookedAt(question.reads)
      const known = lists.get(list.join())
      if (!known) lists.set(list.join(), list)
      return known ?? list
    })
    const words = Math.max(1, Math.ceil(inOrder.length / 32))
    this.open = new Uint32Array(words)
    for (let bit = 0; bit < openCount; bit++) set(this.open, bit)
    this.#byColumn = layout.columns.map((_, column) => new ColumnRules(column, layout, columns, inOrder, alone, words))
    this.columns = this.#byColumn.map(({ kind }) => kind)
    this.isEager = this.#byColumn.map(({ isEager }) => isEager)
    this.isSearched = this.#byColumn.map(({ isSearched }) => isSearched)
    this.isAnywhere = this.#byColumn.map(({ isAnywhere }) => isAnywhere)
    this.border = columns.border
    this.groups = mailColumns(layout)
    this.#across = columns.border < 0 ? [] : acrossOf(inOrder, columns, layout)
  }

  judge(column: number, value: string, found?: readonly number[]): Judged | null {
    const fields = this.#layout.fieldsOf(column, value)
    if (fields === null) return null
    return this.#byColumn[column]!.judge(value, fields, found && isAsWritten(value, fields) ? found : undefined)
  }

  texts(column: number): readonly Text[] {
    return this.#byColumn[column]?.texts ?? this.#across
  }

  across(path: string, query: string): readonly number[] {
    if (this.#across.length === 0) return []
    const between = String.fromCharCode(this.#layout.delimiter)
    // As it is written and with its escapes undone.
    const event = eventOf(this.#layout, { 'cs-uri': `${path}${between}${query}` }, '', null)
    const forms = new Values(event).get('cs-uri').folded
    return this.#across.flatMap(({ text, items }) => (forms.some((form) => form.includes(text)) ? items : []))
  }

  found(column: number, value: string): readonly number[] | null {
    const fields = this.#layout.fieldsOf(column, value)
    return fields === null ? null : this.#byColumn[column]!.found(value, fields)
  }

  refused(questions: readonly number[], column: number, value: string): readonly number[] {
    const fields = this.#layout.fieldsOf(column, value)
    return fields === null ? [] : this.#byColumn[column]!.refused(questions, value, fields)
  }

  answer(question: number, at: number, textOf: (column: number) => string, only?: readonly number[]): Could {
    const { question: asked, whole } = this.#asked[question]!
    if (only) {
      const fields = this.#fieldsOf(only, textOf)
      return fields === null ? undefined : this.#answerBy(asked, fields)
    }
    const values = this.#valuesOf(this.#lookedAt[question]!, at, textOf)
    if (values === null) return undefined
    if (whole) return whole.match(values.event) !== null
    const raw = asked.reads.has('') ? new Field('raw', true, [textOf(ROW)]) : undefined
    return asked.could((name) => (name === '' ? raw : this.#columns.isTold(name) ? values.get(name) : undefined))
  }

  /** The values of a row, as far as these columns make them. */
  #valuesOf(columns: readonly number[], at: number, textOf: (column: number) => string): Values | null {
    if (at !== this.#row.at) this.#row = { at, values: new Map() }
    let values = this.#row.values.get(columns)
    if (values === undefined) {
      const fields = this.#fieldsOf(columns, textOf)
      if (fields !== null) Object.assign(fields, this.#layout.joins?.of(fields))
      values = fields && new Values(eventOf(this.#layout, fields, '', null))
      if (at >= 0) this.#row.values.set(columns, values)
    }
    return values
  }

  #fieldsOf(columns: readonly number[], textOf: (column: number) => string): Record<string, Fields[string]> | null {
    const fields: Record<string, Fields[string]> = {}
    for (const column of columns) {
      const own = this.#layout.fieldsOf(column, textOf(column))
      if (own === null) return null
      Object.assign(fields, own)
    }
    return fields
  }

  /** The answer where no more than these fields are known. */
  #answerBy(asked: Asked['question'], fields: Fields): Could {
    const values = new Values(eventOf(this.#layout, fields, '', null))
    const known = new Set(Object.keys(fields).map(fold))
    return asked.could((name) =>
      this.#columns.isTold(name) && (known.has(name) || !this.#columns.names.has(name)) ? values.get(name) : undefined,
    )
  }
}

/** What the columns of a layout make. */
class Columns {
  readonly names: ReadonlySet<string>
  /** Names (folded) of the fields that each column makes, and of those the ones that it makes alone. */
  readonly made: readonly (readonly string[])[]
  readonly own: readonly ReadonlySet<string>[]
  readonly joint: ReadonlySet<string>
  /** The column of the path, where that of the query is the next: an address stands in a row with a delimiter for its `?`. */
  readonly border: number
  readonly #layout: RowLayout
  /** Fields that follow from those of single columns. */
  readonly #joined: ReadonlySet<string>
  readonly #isWeb: boolean
  readonly #traits: ReadonlySet<number>
  readonly #grouped: readonly number[]

  constructor(layout: RowLayout) {
    this.#layout = layout
    this.#grouped = mailColumns(layout)?.by ?? []
    this.#isWeb = layout.sources.some(({ category }) => category === 'webserver')
    this.names = new Set(layout.fields.map(fold))
    this.#traits = new Set(traitColumns(layout).values())
    this.joint = new Set(layout.joint.keys())
    this.#joined = new Set(layout.joins?.fields.map(fold))
    const [path = -1, query = -1] = layout.joint.get('cs-uri') ?? []
    this.border = path >= 0 && query === path + 1 && !layout.quoted ? path : -1
    this.made = layout.columns.map((_, column) => Object.keys(layout.fieldsOf(column, layout.empty) ?? {}).map(fold))
    this.own = this.made.map((made) => new Set(made.filter((name) => !layout.joint.has(name))))
  }

  /**
   * Does every field come from one column, or from those that are named for it? Else what one column says of a field is not
   * what the event has: a log may have a column of the name that another column gives to its value.
   */
  areApart(): boolean {
    // Two names of one value that differ by case are one field.
    const all = this.made.flatMap((made) => [...new Set(made)])
    return (
      new Set(all).size === all.length &&
      this.made.every((made, column) =>
        made.every((name) => this.#layout.joint.get(name)?.includes(column) ?? !this.#joined.has(name)),
      )
    )
  }

  /** Are requests counted by the values of a column? */
  isTrait(column: number): boolean {
    return this.#traits.has(column)
  }

  /** Are rows counted by the values of a column, alone or with others? */
  isCounted(column: number): boolean {
    return this.isTrait(column) || this.#grouped.includes(column)
  }

  /** Does a column make a field, be it with others? */
  makes(column: number, name: string): boolean {
    return this.made[column]!.includes(name) || (this.#layout.joint.get(name)?.includes(column) ?? false)
  }

  /** Columns that make one of these fields without others. */
  alone(names: ReadonlySet<string>): number[] {
    return this.own.flatMap((own, column) => ([...names].some((name) => own.has(name)) ? [column] : []))
  }

  /** Columns that make one of these fields, be it with others; the path is a part of one form of the query. */
  lookedAt(names: ReadonlySet<string>): number[] {
    return this.made.flatMap((_, column) => ([...names].some((name) => this.makes(column, name)) ? [column] : []))
  }

  /** Do the values of columns tell the field of a (folded) name? */
  isTold(name: string): boolean {
    if (name === '') return false
    if (!this.names.has(name) || this.#joined.has(name)) return true
    const makers = this.made.filter((made) => made.includes(name)).length
    // The path with the query is a form that follows from the two.
    return makers === 1 && (!this.joint.has(name) || name === 'cs-uri-query')
  }

  /** A rule that looks at one field only, wherever one of the texts stands in it. */
  askedAlone(number: number, rule: EventRule, texts: readonly string[]): Asked[] {
    return [...rule.alone!]
      .filter((name) => this.names.has(name))
      .map((field) => {
        const needs = texts.map((text) => ({ field, text }))
        const groups = [this.#groupOf({ needs, exact: false })].filter((group) => group !== null)
        return {
          rule: number,
          whole: rule,
          question: { could: () => undefined, reads: new Set([field]) },
          groups,
          decidedBy: null,
          comparedBy: null,
        }
      })
  }

  asked(rule: number, question: Question): Asked {
    const usable = (question.groups ?? []).flatMap((group): Usable[] =>
      [longest, second].flatMap((part) => {
        const needs = this.#groupOf(group, part)
        return needs === null ? [] : [{ group, needs }]
      }),
    )
    // What a column lacks that makes its field alone, its value refuses once a question is left: a group of such a field
    // is of use where it is rare, or the only one.
    const searched = usable.filter(({ needs }) =>
      needs.every(({ field, text }) => this.#isJoint(field) || (text.length >= RARE && !this.#isRemembered(field))),
    )
    const kept = searched.length > 0 ? searched.slice(0, GROUPS) : usable.length > 0 ? [usable.reduce(rarer)] : []
    const rest = new Set(question.rest)
    for (const group of question.groups ?? [])
      if (!kept.some((one) => one.group === group && this.#isExact(one.group, one.needs)))
        for (const { field } of group.needs) rest.add(field)
    const decidedBy = this.#decidedBy(rest)
    const compares = question.compares && decidedBy ? this.#decidedBy(question.compares) : null
    const comparedBy = compares !== null && isPartOf(compares, decidedBy!) ? compares : null
    const asWritten = kept.some(({ group, needs }) => this.#isExact(group, needs) && needs.some(isAnywhere))
    return { rule, question, groups: kept.map(({ needs }) => needs), decidedBy, comparedBy, asWritten }
  }

  #isJoint(name: string): boolean {
    return name === '' || this.joint.has(name)
  }

  /** Is the value of a field's column known of every row, whatever rules ask? */
  #isRemembered(name: string): boolean {
    const { context, watched, client } = this.#layout
    return this.own.every(
      (own, column) =>
        !own.has(name) ||
        context.includes(column) ||
        watched.includes(column) ||
        client === column ||
        this.isCounted(column),
    )
  }

  /** The texts of a group, such as one column can hold; null when they cannot be looked for. */
  #groupOf({ needs }: Group, part: typeof longest = longest): readonly Need[] | null {
    const found: Need[] = []
    for (const { field, text, isEnd = false } of needs) {
      // A field that no row has holds nothing.
      if (field !== '' && !this.names.has(field)) continue
      const whole = field !== '' && (!this.joint.has(field) || this.border >= 0)
      if (whole && part === second) return null
      const piece = whole ? text : part(text, field === '' ? this.#layout.delimiter : null)
      const atEnd = isEnd && text.endsWith(piece) && this.#isEnd(field)
      // What is derived and no column holds as it stands (`true`) cannot be looked for.
      if (piece.length < (atEnd ? 1 : 2) || this.#isDerived(field)) return null
      if (field === '' && 'true\0false'.includes(piece)) return null
      found.push(atEnd ? { field, text: piece, isEnd: true } : { field, text: piece })
    }
    return found
  }

  /** Does the value of each column that makes this field, be it with others, end where the field ends? */
  #isEnd(name: string): boolean {
    return this.made.every((_, column) => !this.makes(column, name) || this.#layout.stands(column, name) === 'end')
  }

  /** May a field of several columns have a text that stands in none of them? */
  #isDerived(name: string): boolean {
    return (this.#layout.joint.get(name) ?? []).some((column) => this.#layout.stands(column, name) === null)
  }

  /** Does a text that was found in a column stand in its field for certain? */
  #isExact(group: Group, needs: readonly Need[]): boolean {
    return (
      group.exact &&
      needs.length === group.needs.length &&
      needs.every(
        ({ field, text }, i) =>
          text === group.needs[i]!.text &&
          !text.includes('?') &&
          // In an agent a blank may be a plus sign.
          (field === '' ? !text.includes(' ') : this.#isWeb && field === 'cs-uri-query'),
      )
    )
  }

  #decidedBy(rest: ReadonlySet<string>): readonly number[] | null {
    const columns = new Set<number>()
    for (const name of rest) {
      if (name === '' || this.joint.has(name)) return null
      if (!this.names.has(name)) continue
      const makers = this.own.flatMap((own, column) => (own.has(name) ? [column] : []))
      if (makers.length !== 1) return null
      columns.add(makers[0]!)
    }
    return columns.size > DECIDING ? null : [...columns].sort((a, b) => a - b)
  }
}

/** Is it a text that may stand in any column? */
function isAnywhere({ field }: Need): boolean {
  return field === ''
}

/** Some of these columns, and not all. */
function isPartOf(some: readonly number[], all: readonly number[]): boolean {
  return some.length > 0 && some.length < all.length && some.every((column) => all.includes(column))
}

type Usable = { readonly group: Group; readonly needs: readonly Need[] }

/** Of two groups the one whose shortest text is longer: fewer rows hold one. */
function rarer(a: Usable, b: Usable): Usable {
  const shortest = ({ needs }: Usable): number =>
    needs.reduce((least, { text }) => Math.min(least, text.length), Infinity)
  return shortest(b) > shortest(a) ? b : a
}

/** Groups of a question that are looked at; more of them rule out little more. */
const GROUPS = 4
/** Words of methods, statuses and the like are shorter than this, and stand in many rows. */
const RARE = 6
/** Columns whose values together are remembered with the answer. */
const DECIDING = 7
/** Texts that are looked for in each value of a column; where there are more, each value is remembered. */
const TEXTS = 20_000

/** The longest part of a text that cannot reach over the border of two columns. */
function longest(text: string, delimiter: number | null): string {
  return byLength(text, delimiter)[0] ?? ''
}

/** And the one that is the longest beside it. */
function second(text: string, delimiter: number | null): string {
  return byLength(text, delimiter)[1] ?? ''
}

function byLength(text: string, delimiter: number | null): readonly string[] {
  const borders = delimiter === null ? /[?]/ : delimiter === 32 ? /[? \0]/ : /[?,"\0]/
  return text.split(borders).sort((a, b) => b.length - a.length)
}

/** Texts of one group of a question, each under all names that a column gives to its value. */
type Sought = { readonly item: number; readonly texts: readonly Piece[]; readonly needs: readonly Need[] }
type Piece = Pick<Text, 'text' | 'isEnd'>

type Alone = { readonly rule: EventRule; readonly number: number }

/** What rules ask of one column. */
class ColumnRules {
  readonly kind: 'skip' | 'read' | 'text'
  readonly isEager: boolean
  readonly isSearched: boolean
  readonly isAnywhere: boolean
  readonly made: readonly string[]
  readonly texts: readonly Text[]
  readonly #layout: RowLayout
  readonly #all: Uint32Array
  /** Questions that read a field which this column alone makes. */
  readonly #reading: ReadonlyMap<number, Asked>
  /** Those of them that need no text: each new value is asked about them. */
  readonly #open: readonly (readonly [number, Asked['question']])[]
  readonly #sought: Candidates<Sought> | null
  readonly #isClient: boolean
  readonly #isOneClient: boolean
  readonly #alone: readonly Alone[]
  readonly #columns: Columns
  readonly #own: ReadonlySet<string>

  constructor(
    column: number,
    layout: RowLayout,
    columns: Columns,
    asked: readonly Asked[],
    alone: readonly Alone[],
    words: number,
  ) {
    this.#layout = layout
    this.#columns = columns
    this.#all = new Uint32Array(words).fill(0xffff_ffff)
    this.made = columns.made[column]!
    this.#own = columns.own[column]!
    this.#reading = new Map(
      [...asked.entries()].filter(([, { question }]) => [...question.reads].some((name) => this.#own.has(name))),
    )
    this.#open = [...this.#reading].flatMap(([number, { question, groups }]) =>
      groups.length === 0 ? [[number, question] as const] : [],
    )
    this.#isOneClient = layout.clients?.includes(column) ?? false
    this.#isClient = layout.client === column || this.#isOneClient
    this.#alone = alone.filter(({ rule }) =>
      [...rule.alone!].some((name) => this.made.includes(name) || (this.#isClient && name === 'c-ip')),
    )
    const sought = asked.flatMap(({ groups }, question) =>
      groups.flatMap((needs, group): Sought[] => {
        const here = needs.filter(({ field }) => field === '' || columns.makes(column, field))
        // The raw text is asked as well where any field will do.
        const under = ({ field, text }: Need): Need[] =>
          [...this.made, ...(field === '' ? [''] : [])].map((name) => ({ field: name, text }))
        if (here.length === 0) return []
        return [{ item: question * 8 + group, texts: here.map(pieceOf), needs: here.flatMap(under) }]
      }),
    )
    this.#sought = sought.length > 0 ? new Candidates(sought) : null
    // Agents are also read with blanks for their plus signs.
    this.texts = textsOf(sought, this.made.includes('cs-user-agent'))
    const needed = this.#reading.size > 0 || this.#alone.length > 0 || this.#sought !== null
    const isOwed =
      layout.context.includes(column) ||
      layout.watched.includes(column) ||
      layout.client === column ||
      columns.isCounted(column)
    const isOpen = this.#open.length > 0
    // Texts are looked for in a value as it is written: each field of which one is asked must stand there.
    const isSought = (name: string): boolean =>
      sought.some(({ needs }) => needs.some(({ field }) => field === '' || field === name))
    const isWritten = this.made.every((name) => !isSought(name) || layout.stands(column, name) !== null)
    this.isSearched =
      isWritten && !isOwed && !isOpen && this.#alone.length === 0 && this.texts.length > 0 && this.texts.length <= TEXTS
    this.isEager = isOwed || isOpen || this.#alone.length > 0 || (this.#sought !== null && !this.isSearched)
    const isOwn = ({ field }: Need): boolean => field !== '' && columns.makes(column, field)
    this.isAnywhere = this.isSearched && !asked.some(({ groups }) => groups.some((needs) => needs.some(isOwn)))
    this.kind = !needed && !isOwed ? 'skip' : this.isSearched && this.#reading.size === 0 ? 'text' : 'read'
  }

  judge(value: string, fields: Fields, found?: readonly number[]): Judged | null {
    const mark = isMark(fields)
    // Nothing but its texts is asked of it.
    if (found && this.#open.length === 0 && this.#alone.length === 0)
      return { could: this.#all, items: found, sure: [], mark }
    const event = this.#eventOf(value, fields)
    const sure = this.#alone.flatMap(({ rule, number }) => (rule.match(event) ? [number] : []))
    // One of several columns may hold the client: which does, the whole row tells.
    if (sure.length > 0 && this.#isOneClient) return null
    const values = new Values(event)
    const known = this.#knownOf(values)
    const could = Uint32Array.from(this.#all)
    // Of questions that need a text few are ever left: they are asked when it was found.
    for (const [number, question] of this.#open) if (question.could(known) === false) clear(could, number)
    return { could, items: found ?? this.#found(values), sure, mark }
  }

  refused(questions: readonly number[], value: string, fields: Fields): readonly number[] {
    const known = this.#knownOf(new Values(this.#eventOf(value, fields)))
    return questions.filter((question) => this.#reading.get(question)?.question.could(known) === false)
  }

  found(value: string, fields: Fields): readonly number[] {
    return this.#found(new Values(this.#eventOf(value, fields)))
  }

  /** What is known where no more than the fields of this column are. */
  #knownOf(values: Values): Known {
    const { names } = this.#columns
    return (name) => (this.#own.has(name) ? values.get(name) : names.has(name) || name === '' ? undefined : absent)
  }

  #eventOf(value: string, fields: Fields): Event {
    return eventOf(this.#layout, fields, value, this.#isClient ? this.#layout.clientOf(value) : null)
  }

  #found(values: Values): number[] {
    if (this.#sought === null) return []
    const found: number[] = []
    let everything: string | null = null
    for (const { item, texts } of this.#sought.of(values)) {
      everything ??= `${textOf(values)}\0`
      if (texts.some(({ text, isEnd }) => everything!.includes(isEnd ? `${text}\0` : text))) found.push(item)
    }
    return found
  }
}

/** Texts with a `?` as they stand in a row where it is the border between path and query. */
function acrossOf(asked: readonly Asked[], columns: Columns, { delimiter }: RowLayout): readonly Text[] {
  const between = String.fromCharCode(delimiter)
  const sought = asked.flatMap(({ groups }, question) =>
    groups.map((needs, group) => {
      const texts = needs
        .filter(({ field }) => columns.joint.has(field))
        .flatMap(({ text }) =>
          [...text.matchAll(/\?/g)].map(({ index }) => ({
            text: `${text.slice(0, index)}${between}${text.slice(index + 1)}`,
          })),
        )
      return { item: question * 8 + group, texts, needs }
    }),
  )
  return textsOf(sought, false)
}

function pieceOf({ text, isEnd }: Need): Piece {
  return isEnd ? { text, isEnd } : { text }
}

/** Each text once, with all that it is a sign of. `plus`: a blank may be written as a plus sign. */
function textsOf(sought: readonly Sought[], plus: boolean): readonly Text[] {
  const all = new Map<string, Piece & { readonly items: number[] }>()
  for (const { item, texts } of sought) {
    const spelled = texts.flatMap((piece) =>
      plus && piece.text.includes(' ') ? [piece, { ...piece, text: piece.text.replaceAll(' ', '+') }] : [piece],
    )
    for (const piece of spelled) {
      const key = `${piece.text}${piece.isEnd ? '\0' : ''}`
      const known = all.get(key)
      if (known === undefined) all.set(key, { ...piece, items: [item] })
      else if (known.items.at(-1) !== item) known.items.push(item)
    }
  }
  return [...all.values()]
}

function eventOf({ sources }: RowLayout, fields: Fields, raw: string, client: string | null): Event {
  return {
    log: '',
    sources,
    time: null,
    timeBasis: 'format',
    fields,
    raw,
    at: { path: '', offset: 0, length: 0 },
    host: null,
    client,
    user: null,
    target: null,
    request: null,
    session: null,
  }
}

/** Do fields say nothing but what stands in the value that they are made of? */
function isAsWritten(value: string, fields: Fields): boolean {
  for (const name in fields) {
    const field = fields[name]
    if (field !== null && field !== value && !value.includes(String(field))) return false
  }
  return true
}

/** Does a value tell that a log is one of an Exchange server? */
export function isMark(fields: Fields): boolean {
  const stem = fields['cs-uri-stem']
  return typeof stem === 'string' && EXCHANGE.test(stem)
}

const EXCHANGE = /^\/(owa|ecp|ews|autodiscover|mapi|oab|rpc|microsoft-server-activesync|powershell)\b/i

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
