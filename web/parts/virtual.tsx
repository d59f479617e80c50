import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useNarrow } from './narrow.ts'

export type Shown<Value> = {
  readonly head: string
  readonly number?: boolean
  /** Share of the width, as a column of a grid has it. */
  readonly width: string
  readonly cell: (value: Value) => ReactNode
  /** What is said of the order by it, where it can be ordered by: see `aria-sort`. */
  readonly sorted?: 'ascending' | 'descending' | 'none'
  readonly onSort?: () => void
}

// Heights of a row, which the style has too; on a narrow screen a row is a block.
const ROW = 46
const NARROW_ROW = 84

/**
 * A table of any length, of which only what is seen is in the page. Arrow keys, Page Up and Down, Home and End go through its
 * rows; Enter opens what the row leads to.
 */
export function VirtualTable<Value>({
  caption,
  columns,
  rows,
  onOpen,
}: {
  caption: string
  columns: readonly Shown<Value>[]
  rows: readonly Value[]
  onOpen?: (value: Value) => void
}) {
  const narrow = useNarrow()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const moved = useRef(false)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? NARROW_ROW : ROW),
    overscan: 8,
  })
  useEffect(() => {
    virtual.measure()
  }, [narrow, virtual])
  const at = Math.min(active, Math.max(0, rows.length - 1))
  useEffect(() => {
    // A row that is far away comes with the next drawing, behind the scrolling.
    const row = moved.current ? scroller.current?.querySelector<HTMLElement>(`[data-row="${at}"]`) : null
    if (!row) return
    moved.current = false
    row.focus({ preventScroll: true })
  })
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.closest('[data-row]') === null) return
    if (event.key === 'Enter' && event.target.matches('[data-row]') && onOpen && rows[at]) {
      event.preventDefault()
      return onOpen(rows[at])
    }
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: rows.length - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(rows.length - 1, to))
    moved.current = true
    setActive(next)
    virtual.scrollToIndex(next)
  }
  const items = virtual.getVirtualItems()
  const template = { gridTemplateColumns: columns.map((c) => c.width).join(' ') }
  return (
    <div
      className="virtual scroll"
      role="table"
      aria-label={caption}
      aria-rowcount={rows.length + 1}
      ref={scroller}
      onKeyDown={onKey}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
      tabIndex={rows.length === 0 ? 0 : -1}
    >
      <div role="rowgroup" className="virtual-head">
        <div role="row" aria-rowindex={1} style={narrow ? undefined : template}>
          {columns.map((c) => (
            <div role="columnheader" aria-sort={c.sorted} className={c.number ? 'number' : undefined} key={c.head}>
              {c.onSort ? (
                <button type="button" className="sort" onClick={c.onSort}>
                  {c.head}
                  <span aria-hidden="true">
                    {c.sorted === 'ascending' ? ' ▲' : c.sorted === 'descending' ? ' ▼' : ''}
                  </span>
                </button>
              ) : (
                c.head
              )}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="virtual-body" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]!
          return (
            <div
              role="row"
              aria-rowindex={item.index + 2}
              data-row={item.index}
              className={onOpen ? 'opens' : undefined}
              tabIndex={item.index === at ? 0 : -1}
              style={{ ...(narrow ? {} : template), height: item.size, transform: `translateY(${item.start}px)` }}
              onFocus={() => setActive(item.index)}
              onClick={(event) => {
                if (onOpen && !(event.target as HTMLElement).closest('a, button') && !getSelection()?.toString())
                  onOpen(row)
              }}
              key={item.key}
            >
              {columns.map((c) => {
                const value = c.cell(row)
                return (
                  <div role="cell" className={c.number ? 'number' : undefined} key={c.head}>
                    {narrow && value !== null && value !== false && <span className="cell-head">{c.head} </span>}
                    {value}
                  </div>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
