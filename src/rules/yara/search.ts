import type { MessagePort } from 'node:worker_threads'

export type Source = { readonly namespace: string; readonly source: string }
export type Found = { readonly rule: string; readonly places: readonly Place[] }
export type Place = readonly [offset: number, length: number]
/** Rules as `namespace:name` with the places of their patterns, in any order. Throws `RangeError` when time is over. */
export type Search = (bytes: Uint8Array, most: number) => Found[]

/** What the thread is started with in which the portable engine searches, what it is asked, and what it tells. */
export type ThreadData = { readonly port: MessagePort; readonly answered: SharedArrayBuffer }
export type Asked = { readonly sources: readonly Source[] } | { readonly bytes: Uint8Array }
export type Told = { readonly found: readonly Found[] } | { readonly failed: string }
