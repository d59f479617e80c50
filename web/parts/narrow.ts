import { useSyncExternalStore } from 'react'

const media = '(max-width: 44rem)'

/** Is the window too narrow for tables? The style asks for the same width. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(media)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(media).matches,
  )
}
