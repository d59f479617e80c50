import type { ReactNode } from 'react'
import { clip } from '../../src/lib/clip.ts'
import { visible } from '../../src/lib/visible.ts'

/** Text of the evidence: inert, its direction kept to itself, cut with the length that it had. */
export function Bare({ text, length = 300 }: { text: string; length?: number }) {
  return <bdi>{clip(visible(text), length)}</bdi>
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
export function Dated({ text, length = 2_000 }: { text: string; length?: number }) {
  const pieces = clip(visible(text), length).split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?(?: UTC)?)/)
  return (
    <bdi>
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

export { clip }

/** The first so many of a list, and what is said of the others. */
export function FirstOf<Value>({
  list,
  shown,
  each,
  rest,
}: {
  list: readonly Value[]
  shown: number
  each: (value: Value, i: number) => ReactNode
  rest: (left: number) => string
}) {
  return (
    <>
      {list.slice(0, shown).map(each)}
      {list.length > shown && <li className="faint">{rest(list.length - shown)}</li>}
    </>
  )
}
