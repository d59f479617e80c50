import { type ReactNode, useEffect, useState } from 'react'
import { usePrinting } from './print.tsx'

/** Something that is opened when it is wanted. Its inside is made when it is open; `prints`: it stands open on paper. */
export function Fold({
  title,
  children,
  className = 'plain',
  prints = false,
  open: begins = false,
}: {
  title: ReactNode
  children: ReactNode
  className?: string
  prints?: boolean
  /** Open from the beginning, or from when it becomes true. */
  open?: boolean
}) {
  const printing = usePrinting()
  const [open, set] = useState(begins)
  useEffect(() => {
    if (begins) set(true)
  }, [begins])
  const isOpen = open || (prints && printing)
  return (
    <details
      className={className}
      open={isOpen}
      onToggle={(event) => {
        if (!printing) set(event.currentTarget.open)
      }}
    >
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  )
}
