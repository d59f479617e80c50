import type { ReactNode } from 'react'
import { clip } from '../../src/lib/truncate.ts'
import { visible } from '../../src/lib/control-characters.ts'

/**
 * Text of the evidence: inert, its direction kept to itself, cut with the length that it had. `en`: words of rules, packs
 * and the assessment, which are English whatever language the page has, so that they are read aloud and hyphenated as such.
 */
export function Bare({ text, length = 300, en }: { text: string; length?: number; en?: boolean }) {
  return <bdi lang={en ? 'en' : undefined}>{clip(visible(text), length)}</bdi>
}

/** The same as code: a path, an address, a command. */
export function Code({ text, length = 300, keep }: { text: string; length?: number; keep?: boolean }) {
  return (
    <code dir="ltr" className={keep && text.length <= 24 ? 'nowrap' : undefined}>
      {clip(visible(text), length)}
    </code>
  )
}

/** A text of ours, or a sentence of the assessment, in which no date or time of day is broken over two lines. */
export function Dated({ text, length = 2_000, en }: { text: string; length?: number; en?: boolean }) {
  const pieces = clip(visible(text), length).split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?(?: UTC)?)/)
  return (
    <bdi lang={en ? 'en' : undefined}>
      {pieces.map((piece, i) =>
        i % 2 === 1 ? (
          <span className="nowrap" key={i}>
            {piece}
          </span>
        ) : (
          piece
        ),
      )}
    </bdi>
  )
}

// Two characters that no text has: Unicode keeps them for private use.
const marks = ['\ue000', '\ue001'] as const

/** A text of ours with English words of the assessment inside it: `say` puts them where they belong in its language. */
export function Quoting({
  say,
  texts,
  length = 500,
}: {
  say: (first: string, second: string) => string
  texts: readonly [first: string, second?: string]
  length?: number
}) {
  return (
    <>
      {say(...marks)
        .split(/([\ue000\ue001])/)
        .map((piece, i) =>
          i % 2 === 1 ? (
            <Dated text={texts[marks.indexOf(piece as (typeof marks)[number])] ?? ''} length={length} en key={i} />
          ) : (
            piece
          ),
        )}
    </>
  )
}

export { clip }

/** The first so many of a list, and what is said of the others. */
export function FirstOf<Value>({
  list,
  shown,
  each,
  rest,
  left = 0,
}: {
  list: readonly Value[]
  shown: number
  /** Entries that the list itself lacks. */
  left?: number | undefined
  each: (value: Value, i: number) => ReactNode
  rest: (left: number) => string
}) {
  return (
    <>
      {list.slice(0, shown).map(each)}
      {list.length + left > shown && (
        <li className="faint">{rest(list.length + left - Math.min(shown, list.length))}</li>
      )}
    </>
  )
}
