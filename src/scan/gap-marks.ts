import type { Between } from '../parsers/parser.ts'

type Mark = { readonly after: number | null; before: number | null }

/** Places between entries of a file: what lies behind one is not known before the next entry. */
export class GapMarks {
  readonly #open = new Set<Mark>()

  add(after: number | null): Between {
    const mark = { after, before: null }
    this.#open.add(mark)
    return mark
  }

  /** Does no entry follow yet? */
  isOpen(between: Between): boolean {
    return this.#open.has(between)
  }

  /** The next entry. */
  end(time: number): void {
    if (this.#open.size === 0) return
    for (const mark of this.#open) mark.before = time
    this.#open.clear()
  }
}
