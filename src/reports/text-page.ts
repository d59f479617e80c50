import { cut, pad, paint, visible, wrap } from '../lib/tty.ts'

/** How the terminal is: `folder` is where the files of this server were written, if they were. */
export type Terminal = { readonly colour: boolean; readonly width: number; readonly folder?: string }
export type Style = Parameters<typeof paint>[1]

/** Lines of a bounded width. Everything that goes in is made visible first, so no evidence reaches the terminal raw. */
export class Page {
  readonly terminal: Terminal
  readonly width: number
  readonly #lines: string[] = []

  constructor(terminal: Terminal) {
    this.terminal = terminal
    // Longer lines than 100 columns are hard to read; below 40 nothing fits.
    this.width = Math.max(40, Math.min(terminal.width, 100))
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

  prose(text: string, indent: number, style?: Style): void {
    for (const line of wrap(bounded(text), this.width - indent)) this.raw(' '.repeat(indent) + line, style)
  }

  bullet(text: string, indent: number, mark = '-'): void {
    const hang = indent + mark.length + 1
    for (const [i, line] of wrap(bounded(text), this.width - hang).entries()) {
      this.raw(`${i === 0 ? `${' '.repeat(indent)}${mark} ` : ' '.repeat(hang)}${line}`)
    }
  }

  item(name: string, text: string, style?: Style): void {
    const hang = 20
    for (const [i, line] of wrap(bounded(text), this.width - hang).entries()) {
      const head = i === 0 ? `  ${pad(name, hang - 2)}` : ' '.repeat(hang)
      this.#lines.push(head + (style ? paint(line, style, this.terminal.colour) : line))
    }
  }

  raw(text: string, style?: Style): void {
    this.#lines.push(style ? paint(text, style, this.terminal.colour) : text)
  }

  text(): string {
    return `${this.#lines.map((l) => l.trimEnd()).join('\n')}\n`
  }
}

// A sentence may quote evidence of any length.
function bounded(text: string): string {
  return cut(visible(text), 600)
}
