import type { Event, FieldValue } from '../model.ts'

/**
 * The form in which text is compared without regard to case, the same on every machine. Greek final sigma, which lower
 * casing gives by position, is read as sigma.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower
}

/** One field of an event as rules see it: every text that a predicate on it is asked of. */
export class Field {
  /** The name as the event spells it. */
  readonly name: string
  /** Does the event have the field, be it null? */
  readonly present: boolean
  /** Does it have no value of its own (missing, null, or an empty list)? */
  readonly empty: boolean
  /** How many of `texts`, from the first, are the field's own values; the rest are other forms of it. */
  readonly own: number
  readonly texts: readonly string[]
  #folded: readonly string[] | undefined

  constructor(name: string, present: boolean, own: readonly string[], forms: readonly string[] = []) {
    this.name = name
    this.present = present
    this.empty = own.length === 0
    this.own = own.length
    this.texts = forms.length === 0 ? own : [...own, ...forms]
  }

  get folded(): readonly string[] {
    return (this.#folded ??= this.texts.map(fold))
  }
}

/** The values of one event, looked up by name without regard to case, each folded once whatever the number of rules. */
export class Values {
  readonly event: Event
  readonly #fields = new Map<string, Field>()
  readonly #formed = new Map<string, Field>()
  #all: readonly Field[] | undefined
  #web: boolean | undefined
  #raw: Field | undefined
  #everything: string | undefined

  constructor(event: Event) {
    this.event = event
    for (const name of Object.keys(event.fields)) {
      const key = foldedName(name)
      const own = textsOf(event.fields[name])
      const twin = this.#fields.get(key)
      // Names that differ only by case are one field.
      this.#fields.set(key, twin ? new Field(twin.name, true, [...twin.texts, ...own]) : new Field(name, true, own))
    }
  }

  /** The field of this (folded) name with its other forms; `Field.present` is false when the event has none. */
  get(name: string): Field {
    const field = this.#fields.get(name)
    const forms = webForms.get(name)
    if (!forms || !this.isWeb) return field ?? absent
    let formed = this.#formed.get(name)
    if (!formed) {
      const own = field?.texts ?? []
      const others = new Set(forms(own, this.#fields))
      for (const text of own) others.delete(text)
      formed = new Field(field?.name ?? name, field !== undefined, own, [...others])
      this.#formed.set(name, formed)
    }
    return formed
  }

  /** Every field of the event, in its order. */
  get all(): readonly Field[] {
    return (this.#all ??= [...this.#fields.values()])
  }

  /** Is it a web request? */
  get isWeb(): boolean {
    return (this.#web ??= this.event.sources.some((source) => source.category === 'webserver'))
  }

  /** The raw text, as if it were a field of that name. */
  get raw(): Field {
    return (this.#raw ??= new Field('raw', true, [this.event.raw]))
  }

  /** The raw text and every value, folded, in one text; a zero byte between each two. */
  get everything(): string {
    return (this.#everything ??= [this.raw, ...this.all].flatMap((field) => field.folded).join('\0'))
  }
}

const absent = new Field('', false, [])

let last: Values | undefined
/** The values of an event. The last event asked is remembered, since many rules ask one event after another. */
export function valuesOf(event: Event): Values {
  if (last?.event !== event) last = new Values(event)
  return last
}

function textsOf(value: FieldValue | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.map(String)
  return [String(value)]
}

// Field names repeat without end; folding each one once is worth a bounded table.
const names = new Map<string, string>()
function foldedName(name: string): string {
  let key = names.get(name)
  if (key === undefined) {
    if (names.size > 5_000) names.clear()
    names.set(name, (key = fold(name)))
  }
  return key
}

// ---------------------------------------------------------------- web requests

type Forms = (own: readonly string[], fields: ReadonlyMap<string, Field>) => string[]

/** The other forms of fields of a web request, as docs/fields.md states them. */
const webForms: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ['cs-uri-query', (own, fields) => withDecoded([...own, ...paths(own, fields)])],
  ['cs-uri-stem', (own) => withDecoded(own)],
  ['cs-uri', (own) => withDecoded(own)],
  // IIS writes a blank in a user agent as `+`, so that no logged value has both.
  ['cs-user-agent', (own) => own.filter((agent) => !agent.includes(' ')).map((agent) => agent.replaceAll('+', ' '))],
])

/** The path with its query, since public rules often write the whole of it under `cs-uri-query`. */
function paths(queries: readonly string[], fields: ReadonlyMap<string, Field>): string[] {
  const stems = fields.get('cs-uri-stem')?.texts ?? []
  return stems.flatMap((stem) => (queries.length === 0 ? [stem] : queries.map((query) => `${stem}?${query}`)))
}

function withDecoded(texts: readonly string[]): string[] {
  return [...texts, ...texts.filter((text) => text.includes('%')).map(percentDecoded)]
}

/** Decodes each run of `%XX` as UTF-8; what is no such run stays as it is. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}
