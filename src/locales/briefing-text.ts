/** A text that comes out of evidence or packs: shown as inert text, apart from ours (`bdi`). */
export type Quoted = { readonly quoted: string; readonly lang?: 'en' }
/** A sentence or part of one. */
export type BriefingText = readonly (string | Quoted)[]
export type Say = string | number | Quoted | BriefingText

export const quotedText = (text: string): Quoted => ({ quoted: text })
/** Words of a pack, which are English, in a page of any language. */
export const packText = (text: string): Quoted => ({ quoted: text, lang: 'en' })

/** A text with values in it: say`The server ${quoted(name)} was compromised.` */
export function say(strings: TemplateStringsArray, ...values: readonly Say[]): BriefingText {
  return joined([strings[0]!, ...values.flatMap((value, i) => [value, strings[i + 1]!])])
}

/** Sentences one behind the other, parted by `between`. */
export function sentences(parts: readonly Say[], between: string): BriefingText {
  return joined(parts.flatMap((part, i) => (i === 0 ? [part] : [between, part])))
}

function joined(values: readonly Say[]): BriefingText {
  const out: (string | Quoted)[] = []
  for (const part of values.flatMap((value) => (typeof value === 'number' ? [String(value)] : piecesOf(value)))) {
    const last = out.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part
    else out.push(part)
  }
  return out
}

const piecesOf = (value: Exclude<Say, number>): BriefingText =>
  typeof value === 'string' || 'quoted' in value ? [value] : value

/** The text without its marks, for a place that has none. */
export function bare(text: BriefingText): string {
  return text.map((part) => (typeof part === 'string' ? part : part.quoted)).join('')
}

export type Block =
  | { readonly block: 'text'; readonly text: BriefingText }
  | { readonly block: 'list'; readonly ordered: boolean; readonly items: readonly BriefingText[] }
  | { readonly block: 'facts'; readonly facts: readonly (readonly [name: string, value: BriefingText])[] }
  | { readonly block: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly BriefingText[])[] }
  /** What the operator fills in before it is sent. */
  | { readonly block: 'blank'; readonly field: BlankField; readonly label: string }
  | { readonly block: 'note'; readonly text: BriefingText }

export const blankFields = ['organization', 'recipient', 'date', 'measures', 'contact', 'signature'] as const
export type BlankField = (typeof blankFields)[number]

export type BriefingSection = { readonly id: string; readonly heading: string; readonly blocks: readonly Block[] }

/** One page of print, whatever shows it. */
export type BriefingPage = {
  readonly language: string
  readonly title: string
  readonly headline: BriefingText
  readonly lead: readonly Block[]
  readonly sections: readonly BriefingSection[]
  readonly foot: readonly Block[]
}

export const paragraph = (...parts: readonly Say[]): Block => ({ block: 'text', text: sentences(parts, '') })
