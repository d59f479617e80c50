import type { GapReason } from '../model.ts'

/**
 * How to find a member again, in another thread or a year later. `root` is the path that the user gave; each step goes
 * one container deeper: a relative path in a folder, a member number in a zip, `gz`. Steps are data: no name from inside
 * an archive is ever used as a path on this machine.
 */
export type MemberRef = { readonly root: string; readonly steps: readonly Step[] }
export type Step =
  | { readonly in: 'folder'; readonly path: string }
  | { readonly in: 'zip'; readonly index: number }
  | { readonly in: 'gzip' }

/** One file of the evidence, before it is read. */
export type Member = {
  readonly ref: MemberRef
  /** Path inside the evidence with `/`, as shown to people; `outer.zip!/inner/name` inside an archive. */
  readonly path: string
  /** Original path on the server (`C:\inetpub\logs\…`), restored from the layout, else null. */
  readonly windowsPath: string | null
  /** Uncompressed size where it is known beforehand. */
  readonly size: number | null
  readonly modified: number | null
  /** Set when it is there but will not be read: encrypted, a link, a device, a bomb. `size` bytes become this gap. */
  readonly refused?: { readonly reason: GapReason; readonly detail: string }
}

/** What went wrong while members were listed: an archive that breaks in the middle, a folder that may not be read. */
export type ListingGap = { readonly path: string; readonly size: number; readonly reason: GapReason; readonly detail: string }

/** A form in which evidence arrives. */
export type Container = {
  readonly name: string
  /** Is this file (by its first bytes) or folder one of mine? */
  recognise(path: string, head: Uint8Array, isFolder: boolean): boolean
  /** Lists what is inside, in the container's order. Never writes, never follows links. */
  list(at: Opened, path: string): AsyncIterable<Member | ListingGap>
}

/** An opened place that members are listed in: the file or folder that `ref` names. */
export type Opened = { readonly ref: MemberRef; readonly size: number | null }
