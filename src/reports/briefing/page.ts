/** A text that comes out of evidence or packs: shown as inert text, apart from ours (`bdi`). */
export type Quoted = { readonly quoted: string }
/** A sentence or part of one. */
export type Text = readonly (string | Quoted)[]
export type Say = string | number | Quoted | Text

export const quoted = (text: string): Quoted => ({ quoted: text })

/** A text with values in it: say`The server ${quoted(name)} was compromised.` */
export function say(strings: TemplateStringsArray, ...values: readonly Say[]): Text {
  return joined([strings[0]!, ...values.flatMap((value, i) => [value, strings[i + 1]!])])
}

/** Sentences one behind the other, parted by `between`. */
export function sentences(parts: readonly Say[], between: string): Text {
  return joined(parts.flatMap((part, i) => (i === 0 ? [part] : [between, part])))
}

function joined(values: readonly Say[]): Text {
  const out: (string | Quoted)[] = []
  for (const part of values.flatMap((value) => (typeof value === 'number' ? [String(value)] : piecesOf(value)))) {
    const last = out.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part
    else out.push(part)
  }
  return out
}

const piecesOf = (value: Exclude<Say, number>): Text =>
  typeof value === 'string' || 'quoted' in value ? [value] : value

/** The text without its marks, for a place that has none. */
export function bare(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : part.quoted)).join('')
}

export type Block =
  | { readonly block: 'text'; readonly text: Text }
  | { readonly block: 'list'; readonly ordered: boolean; readonly items: readonly Text[] }
  | { readonly block: 'facts'; readonly facts: readonly (readonly [name: string, value: Text])[] }
  | { readonly block: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] }
  /** What the operator fills in before it is sent. */
  | { readonly block: 'blank'; readonly field: BlankField; readonly label: string }
  | { readonly block: 'note'; readonly text: Text }

export const blankFields = ['organisation', 'recipient', 'date', 'measures', 'contact', 'signature'] as const
export type BlankField = (typeof blankFields)[number]

export type Section = { readonly id: string; readonly heading: string; readonly blocks: readonly Block[] }

/** One page of print, whatever shows it. */
export type Page = {
  readonly language: string
  readonly title: string
  readonly headline: Text
  readonly lead: readonly Block[]
  readonly sections: readonly Section[]
  readonly foot: readonly Block[]
}

export const paragraph = (...parts: readonly Say[]): Block => ({ block: 'text', text: sentences(parts, '') })
