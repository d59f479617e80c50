import type { Event, FieldValue } from '../model/event.ts'

/**
 * The form in which text is compared without regard to case, the same on every machine. Greek final sigma, which lower
 * casing gives by position, is read as sigma.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower
}

/** One field of an event as rules see it: every text that a predicate on it is evaluated on. */
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
  readonly #names: Names
  /** By the number that a name has in `#names`; made when they are asked for. */
  readonly #fields: (Field | undefined)[]
  #formed: Map<string, Field> | undefined
  #all: readonly Field[] | undefined
  #web: boolean | undefined
  #raw: Field | undefined
  #everything: string | undefined

  constructor(event: Event) {
    this.event = event
    this.#names = namesOf(event.fields)
    this.#fields = []
  }

  /** The field of this (folded) name with its other forms; `Field.present` is false when the event has none. */
  get(name: string): Field {
    const field = this.#own(name)
    if (providerNames.has(name)) return this.#provider(name, field)
    if (commandNames.has(name) && field !== undefined) return this.#command(name, field)
    const forms = webForms.get(name)
    if (!forms || !this.isWeb) return field ?? absent
    this.#formed ??= new Map()
    let formed = this.#formed.get(name)
    if (!formed) {
      const own = field?.texts ?? []
      const others = new Set(forms(own, (other) => this.#own(other)?.texts ?? []))
      for (const text of own) others.delete(text)
      formed = new Field(field?.name ?? name, field !== undefined, own, [...others])
      this.#formed.set(name, formed)
    }
    return formed
  }

  /** Events with the same names of fields, in the same order, have the same object here: its names say which fields they lack. */
  get names(): object {
    return this.#names
  }

  /** The field where the names of the event say that it has none of that (folded) name, nor another form of it. */
  lacking(name: string): Field | undefined {
    const has = (one: string): boolean => this.#names.numbers.has(one)
    const mayBeMade =
      name === '' || (this.isWeb && webForms.has(name)) || (providerNames.has(name) && has('provider_name'))
    return mayBeMade || has(name) ? undefined : absent
  }

  /** Every field of the event, in its order. */
  get all(): readonly Field[] {
    return (this.#all ??= this.#names.lists.map((_, number) => this.#at(number)))
  }

  /** Is it a web request? */
  get isWeb(): boolean {
    return (this.#web ??= isWeb(this.event.sources))
  }

  /** The raw text, as if it were a field of that name. */
  get raw(): Field {
    return (this.#raw ??= new Field('raw', true, [this.event.raw]))
  }

  /** The raw text and every value, folded, in one text; a zero byte between each two. */
  get everything(): string {
    return (this.#everything ??= [this.raw, ...this.all].flatMap((field) => field.folded).join('\0'))
  }

  /** The provider of a Windows event under another name for it, beside what the event itself has under that name. */
  #provider(name: string, field: Field | undefined): Field {
    const provider = this.#own('provider_name')
    if (!provider || provider.empty) return field ?? absent
    this.#formed ??= new Map()
    let formed = this.#formed.get(name)
    if (!formed) {
      const own = field?.texts ?? []
      const others = provider.texts.filter((text) => !own.includes(text))
      formed = new Field(field?.name ?? name, true, own.length === 0 ? provider.texts : [...own, ...others])
      this.#formed.set(name, formed)
    }
    return formed
  }

  /** A command as it stands and as PowerShell runs it, since what a rule looks for may be encoded. */
  #command(name: string, field: Field): Field {
    const decoded = this.#own('decodedcommand')
    if (!decoded || decoded.empty) return field
    this.#formed ??= new Map()
    let formed = this.#formed.get(name)
    if (!formed) this.#formed.set(name, (formed = new Field(field.name, true, field.texts, decoded.texts)))
    return formed
  }

  #own(name: string): Field | undefined {
    const number = this.#names.numbers.get(name)
    return number === undefined ? undefined : this.#at(number)
  }

  #at(number: number): Field {
    let field = this.#fields[number]
    if (field === undefined) {
      const names = this.#names.lists[number]!
      const { fields } = this.event
      // Names that differ only by case are one field.
      const texts = names.length === 1 ? textsOf(fields[names[0]!]) : names.flatMap((name) => textsOf(fields[name]))
      this.#fields[number] = field = new Field(names[0]!, true, texts)
    }
    return field
  }
}

// Parsers give the same list of log sources to many events.
const web = new WeakMap<Event['sources'], boolean>()
function isWeb(sources: Event['sources']): boolean {
  let is = web.get(sources)
  if (is === undefined) web.set(sources, (is = sources.some((source) => source.category === 'webserver')))
  return is
}

const absent = new Field('', false, [])

let last: Values | undefined
/** The values of an event. The last event asked is remembered, since many rules ask one event after another. */
export function eventValues(event: Event): Values {
  if (last?.event !== event) last = new Values(event)
  return last
}

function textsOf(value: FieldValue | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.map(String)
  return [String(value)]
}

// ---------------------------------------------------------------- names

/** The names of the fields of an event, and of all events that have the same in the same order. */
type Names = {
  readonly spelled: readonly string[]
  /** Number of each folded name, and the names that are it. */
  readonly numbers: ReadonlyMap<string, number>
  readonly lists: readonly (readonly string[])[]
}

/** Events come in few forms: folding the names of each form once is worth a bounded table, by how many names there are. */
const forms = new Map<number, Names[]>()
const KEPT = { lengths: 500, alike: 16 }

function namesOf(fields: Event['fields']): Names {
  const spelled = Object.keys(fields)
  let alike = forms.get(spelled.length)
  if (!alike) {
    if (forms.size >= KEPT.lengths) forms.clear()
    forms.set(spelled.length, (alike = []))
  }
  for (let i = 0; i < alike.length; i++) {
    const known = alike[i]!
    if (!isSame(known.spelled, spelled)) continue
    // What was met last will be met again.
    if (i > 0) {
      alike[i] = alike[i - 1]!
      alike[i - 1] = known
    }
    return known
  }
  if (alike.length >= KEPT.alike) alike.pop()
  const names = foldedNames(spelled)
  alike.push(names)
  return names
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function foldedNames(spelled: readonly string[]): Names {
  const numbers = new Map<string, number>()
  const lists: string[][] = []
  for (const name of spelled) {
    const key = fold(name)
    const number = numbers.get(key)
    if (number === undefined) {
      numbers.set(key, lists.length)
      lists.push([name])
    } else lists[number]!.push(name)
  }
  // Sigma writes the names of data items without their blanks (`Threat Name`: `ThreatName`).
  for (const [key, number] of numbers) {
    const joined = key.replaceAll(' ', '')
    if (joined !== key && !numbers.has(joined)) numbers.set(joined, number)
  }
  return { spelled, numbers, lists }
}

/** What rules and exporters call the provider of a Windows event besides `Provider_Name`. */
const providerNames: ReadonlySet<string> = new Set([
  'source',
  'sourcename',
  'source_name',
  'provider',
  'providername',
  'eventsourcename',
])

/** Fields that hold a command or a script, of which `DecodedCommand` is the part in Base64. */
const commandNames: ReadonlySet<string> = new Set(['commandline', 'hostapplication', 'scriptblocktext'])

// ---------------------------------------------------------------- web requests

type Forms = (own: readonly string[], textsOf: (name: string) => readonly string[]) => string[]

/** The other forms of fields of a web request, as docs/internals/fields.md states them. */
const webForms: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ['cs-uri-query', (own, others) => withDecoded([...own, ...paths(own, others('cs-uri-stem'))])],
  ['cs-uri-stem', (own) => withDecoded(own)],
  ['cs-uri', (own) => withDecoded(own)],
  // IIS writes a blank in a user agent as `+`, so that no logged value has both.
  ['cs-user-agent', (own) => own.filter((agent) => !agent.includes(' ')).map((agent) => agent.replaceAll('+', ' '))],
])

/** The path with its query, since public rules often write the whole of it under `cs-uri-query`. */
function paths(queries: readonly string[], stems: readonly string[]): string[] {
  return stems.flatMap((stem) => (queries.length === 0 ? [stem] : queries.map((query) => `${stem}?${query}`)))
}

function withDecoded(texts: readonly string[]): string[] {
  return [...texts, ...texts.filter((text) => text.includes('%')).map(percentDecoded)]
}

/** Decodes each run of `%XX` as UTF-8; what is no such run stays as it is. */
function percentDecoded(text: string): string {
  let decoded = ''
  let done = 0
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
    let end = at
    let run = ''
    for (let byte = escaped(text, end); byte >= 0; byte = escaped(text, end)) {
      run += String.fromCharCode(byte)
      end += 3
    }
    if (end === at) continue
    decoded += text.slice(done, at) + (NO_ASCII.test(run) ? Buffer.from(run, 'latin1').toString('utf8') : run)
    done = end
    at = end - 1
  }
  return decoded + text.slice(done)
}

const NO_ASCII = /[\x80-\xff]/

/** The byte that is escaped there; -1 where none is. */
function escaped(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x25) return -1
  const [high, low] = [digit(text.charCodeAt(at + 1)), digit(text.charCodeAt(at + 2))]
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 0x20
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
