import { createContext, useContext, useSyncExternalStore } from 'react'

/** What of the fragment filters the findings. */
export const filterKeys = [
  'text',
  'stage',
  'level',
  'campaign',
  'log',
  'client',
  'rule',
  'target',
  'from',
  'to',
  'is',
] as const

/** What of the page's state stands in the fragment, so that a link shows the same again. */
export const keys = [
  /** The finding whose evidence is open. */
  'open',
  ...filterKeys,
  'sort',
  /** What is looked for among the files of the evidence. */
  'file',
  /** Actions that are done, by id. */
  'done',
  /** When the reader became aware, for the clocks of duties. */
  'aware',
  'language',
  'theme',
] as const
export type Key = (typeof keys)[number]
export type FilterValues = Readonly<Partial<Record<Key, string>>>

/** `#findings?stage=shell&open=a1f3`: the place on the page, and the state. */
export type Fragment = { readonly at: string; readonly values: FilterValues }

const LONGEST = 2_000

export function fragmentOf(hash: string): Fragment {
  const text = hash.replace(/^#/, '')
  const cut = text.indexOf('?')
  const given = new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1))
  const values: Partial<Record<Key, string>> = {}
  for (const key of keys) {
    const value = given.get(key)
    if (value !== null && value !== '') values[key] = value.slice(0, LONGEST)
  }
  return { at: (cut < 0 ? text : text.slice(0, cut)).replace(/[^a-z-]/g, ''), values }
}

export function hashOf({ at, values }: Fragment): string {
  const given = new URLSearchParams(keys.flatMap((key) => (values[key] ? [[key, values[key]]] : [])))
  return `#${at}${given.size === 0 ? '' : `?${given.toString()}`}`
}

/** Goes somewhere, or changes the state: what is not named stays. `quietly`: leaves no step to go back to. */
export type Go = (
  to: { readonly at?: string; readonly values?: Partial<Record<Key, string | null>> },
  quietly?: boolean,
) => void

export function go(...[{ at, values }, quietly]: Parameters<Go>): void {
  const now = fragmentOf(location.hash)
  const merged = { ...now.values, ...values }
  const next: Fragment = {
    at: at ?? now.at,
    values: Object.fromEntries(Object.entries(merged).filter(([, value]) => value)) as FilterValues,
  }
  const hash = hashOf(next)
  if (hash === hashOf(now)) return
  // Not by `location`: that would scroll, and take the focus away.
  try {
    if (quietly) history.replaceState(null, '', hash)
    else history.pushState(null, '', hash)
    dispatchEvent(new HashChangeEvent('hashchange'))
  } catch {
    // Some browsers let a page do so only so many times a minute.
    location.replace(hash)
  }
}

export const Going = createContext<Go>(go)
export const useGo = (): Go => useContext(Going)

let last: { hash: string; fragment: Fragment } | null = null

/** The fragment of the page, now and whenever it changes. */
export function useFragment(): Fragment {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed)
      return () => removeEventListener('hashchange', changed)
    },
    () => {
      if (last?.hash !== location.hash) last = { hash: location.hash, fragment: fragmentOf(location.hash) }
      return last.fragment
    },
  )
}
