import type { ReactNode } from 'react'

export type TableColumn = { readonly head: string; readonly number?: boolean }

/** A table; on a narrow screen each row becomes a block with its headings beside the values. `quiet`: the heading above already says what it is. */
export function DataTable({
  caption,
  columns,
  rows,
  quiet = false,
}: {
  caption: string
  columns: readonly (TableColumn | string)[]
  rows: readonly (readonly ReactNode[])[]
  quiet?: boolean
}) {
  const list = columns.map((c) => (typeof c === 'string' ? { head: c } : c))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={caption}>
      <table>
        <caption className={quiet ? 'quiet' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {list.map(({ head, number }: TableColumn) => (
              <th scope="col" className={number ? 'number' : undefined} key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((value, i) => {
                const { head, number }: TableColumn = list[i]!
                return i === 0 ? (
                  <th scope="row" data-head={head} key={head}>
                    {value}
                  </th>
                ) : (
                  <td className={number ? 'number' : undefined} data-head={head} key={head}>
                    {value}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
