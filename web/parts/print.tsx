import { createContext, useContext, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

export const PrintButtons = createContext(false)

/** Is the page being printed? Then all that matters stands open. */
export const usePrinting = (): boolean => useContext(PrintButtons)

export function usePrint(): boolean {
  const [printing, set] = useState(() => matchMedia('print').matches)
  useEffect(() => {
    const media = matchMedia('print')
    const to = (is: boolean): void => flushSync(() => set(is))
    const [before, after, changed] = [() => to(true), () => to(media.matches), () => to(media.matches)]
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    media.addEventListener('change', changed)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
      media.removeEventListener('change', changed)
    }
  }, [])
  return printing
}
