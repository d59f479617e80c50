import type { LogKind } from './log-kinds.ts'

export const gapReasons = [
  'truncated',
  'nul-tail',
  'unsupported',
  'locked',
  'denied',
  'timeout',
  'memory',
  'depth',
  'bomb',
  'corrupt',
  'changed',
  'ioerror',
  'encrypted',
  'too-long',
  'policy',
  'excluded',
  'failed',
] as const

/** Why a place could not be read. What each costs says lost-coverage.ts. */
export type GapReason = (typeof gapReasons)[number]

/** The same in words. */
export const gapWords: Readonly<Record<GapReason, string>> = {
  truncated: 'cut off',
  'nul-tail': 'filled with zeros at the end',
  unsupported: 'format not readable yet',
  locked: 'locked by another program',
  denied: 'access denied',
  timeout: 'took too long',
  memory: 'needed too much memory',
  depth: 'nested too deeply',
  bomb: 'unpacks to far more than it says',
  corrupt: 'damaged',
  changed: 'changed while it was read',
  ioerror: 'the medium could not be read',
  encrypted: 'encrypted',
  'too-long': 'too long to be read whole',
  policy: 'not followed or opened, by design',
  excluded: 'left out by the user',
  failed: 'an error in Postern itself',
}

/** A place that could not be read. `offset` and `length` count (uncompressed) bytes of the artifact. */
export type Gap = {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly reason: GapReason
  /** What was wanted and what was found, for a person: `15 values for 14 fields`. */
  readonly detail: string
  readonly line?: number
  /** Times of the last entry before and the first entry after the place, where known (ms since 1970 UTC). */
  readonly after?: number
  readonly before?: number
}

/** One file of the evidence. */
export type Artifact = {
  /** Path inside the evidence, with `/`; of a zip member: `archive.zip!/inner/path`. Data only: never opened by this name unless it is a plain file. */
  readonly path: string
  /** The original path on the server where it can be restored (`C:\inetpub\…`), else null. */
  readonly windowsPath: string | null
  /** Set where `windowsPath` comes from its own name or its collector's list, and from no folder around it. */
  readonly recordedBy?: 'name' | 'list'
  /** Size in uncompressed bytes. */
  readonly size: number
  readonly sha256: string
  /** Modification time on the evidence medium or in the archive (ms UTC), a weak hint: copies change it. */
  readonly modified: number | null
  /** Name of the parser that read it; `scan` when it was only hashed and searched; null when it was not read. */
  readonly parser: string | null
  readonly kinds: readonly LogKind[]
  readonly parsed: number
  readonly events: number
  readonly first: number | null
  readonly last: number | null
}
