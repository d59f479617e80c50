import { columns, cut, pad, paint, visible, wrap } from '../../lib/terminal.ts'
import { trimEnd } from '../../lib/trim.ts'

/** How the terminal is: `folder` is where the files of this server were written, if they were. */
export type TerminalLayout = { readonly color: boolean; readonly width: number; readonly folder?: string }
export type Style = Parameters<typeof paint>[1]

/** Lines of a bounded width. Everything that goes in is made visible first, so no evidence reaches the terminal raw. */
export class TerminalPage {
  readonly terminal: TerminalLayout
  readonly width: number
  readonly #lines: string[] = []

  constructor(terminal: TerminalLayout) {
    this.terminal = terminal
    this.width = widthOf(terminal)
  }

  blank(): void {
    this.#lines.push('')
  }

  heading(text: string): void {
    this.blank()
    this.raw(text.toUpperCase(), 'bold')
  }

  line(text: string, indent: number, style?: Style): void {
    this.raw(' '.repeat(indent) + cut(visible(text), this.width - indent), style)
  }

  prose(text: string, indent: number, style?: Style, most = SENTENCE): void {
    for (const line of wrap(bounded(text, most), this.width - indent)) this.raw(' '.repeat(indent) + line, style)
  }

  /** `quiet`: what of each line is no more than a reference, and stands back. */
  bullet(text: string, indent: number, mark = '-', quiet?: RegExp): void {
    const hang = indent + mark.length + 1
    for (const [i, line] of wrap(bounded(text), this.width - hang).entries()) {
      const shown = quiet ? line.replace(quiet, (part) => this.#paint(part, 'dim')) : line
      this.raw(`${i === 0 ? `${' '.repeat(indent)}${this.#paint(mark, 'dim')} ` : ' '.repeat(hang)}${shown}`)
    }
  }

  /** Words one after another, each in its own style, in as many lines as they need. */
  words(words: readonly (readonly [word: string, style: Style])[], between: string, indent: number): void {
    let line = ''
    let used = 0
    for (const [i, [word, style]] of words.entries()) {
      const shown = cut(visible(word), this.width - indent - between.length)
      const end = i < words.length - 1 ? between : ''
      if (used > 0 && used + columns(shown) + columns(end.trimEnd()) > this.width - indent) {
        this.raw(' '.repeat(indent) + line)
        line = ''
        used = 0
      }
      line += this.#paint(shown, style) + this.#paint(end, 'dim')
      used += columns(shown) + columns(end)
    }
    if (used > 0) this.raw(' '.repeat(indent) + line)
  }

  /** A row of a table: the first cell takes what the others leave, and stands above them where that is too little. */
  row(first: string, cells: readonly (readonly [text: string, style: Style | undefined])[], width: number): void {
    const rest = cells
      .map(([text, style]) => (style ? this.#paint(pad(text, width), style) : pad(text, width)))
      .join('')
    const room = this.width - 2 - cells.length * width
    if (room >= 8) return this.raw(`  ${pad(visible(first), room)}${rest}`)
    this.line(first, 2)
    this.raw(`    ${rest}`)
  }

  #paint(text: string, style: Style): string {
    return paint(text, style, this.terminal.color)
  }

  item(name: string, text: string, style?: Style): void {
    const hang = 20
    for (const [i, line] of wrap(bounded(text), this.width - hang).entries()) {
      const head =
        i === 0 ? `  ${this.#paint(pad(cut(name, hang - 3), hang - 2), style ? 'bold' : 'dim')}` : ' '.repeat(hang)
      this.raw(head + (style ? this.#paint(line, style) : line))
    }
  }

  raw(text: string, style?: Style): void {
    this.#lines.push(style ? paint(text, style, this.terminal.color) : text)
  }

  text(): string {
    return `${this.#lines.map(ended).join('\n')}\n`
  }
}

/** Longer lines than 100 columns are hard to read; below 40 nothing fits. */
export const widthOf = ({ width }: TerminalLayout): number => Math.max(40, Math.min(width, 100))

/** A line without blanks at its end, also those in front of the sign that ends a color. */
export function ended(line: string): string {
  let end = line.length
  for (let at = end; at >= 0 && line[end - 1] === 'm'; ) {
    at = line.lastIndexOf('\u001b', end - 1)
    // eslint-disable-next-line no-control-regex
    if (at < 0 || !/^\u001b\[\d+m$/.test(line.slice(at, end))) break
    end = at
  }
  return (trimEnd(line.slice(0, end), ' ') + line.slice(end)).trimEnd()
}

// A sentence may quote evidence of any length.
const SENTENCE = 600

function bounded(text: string, most = SENTENCE): string {
  return cut(visible(text), most)
}
