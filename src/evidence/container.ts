import type { RandomBytes } from '../lib/bytes.ts'
import type { GapReason } from '../model/evidence.ts'

/**
 * How to find a member again, in another thread or a year later. `root` is the path of the evidence on this machine;
 * each step goes one container deeper. Steps are data: no name from inside an archive is ever used as a path here.
 */
export type MemberRef = { readonly root: string; readonly steps: readonly MemberStep[] }
export type MemberStep = FolderStep | ZipStep | TarStep | SevenZipStep | GzipStep | ZstdStep | EncodedStep

/** A file below a folder, with `/`. Bytes that are not UTF-8 are U+DC80–U+DCFF. */
export type FolderStep = { readonly in: 'folder'; readonly path: string }
/** A member of a zip, with what the archive's directory says of it. */
export type ZipStep = {
  readonly in: 'zip'
  /** Number in the archive, from 0. */
  readonly index: number
  /** Offset of its local header. */
  readonly local: number
  readonly method: number
  readonly compressed: number
  readonly size: number | null
  readonly crc: number | null
  readonly encrypted?: 'zipcrypto' | 'aes128' | 'aes192' | 'aes256'
  /** The place of the password that opens it among those given. */
  readonly password?: number
}
/** A member of a tar archive. */
export type TarStep = {
  readonly in: 'tar'
  /** Number in the archive, from 0. */
  readonly index: number
  /** Offset of its data. */
  readonly data: number
  readonly size: number
  /** Of a sparse file: [offset in the file, length] of each run of data that is stored; the rest is zeros. */
  readonly runs?: readonly (readonly [offset: number, length: number])[]
}
/** A member of a 7z, RAR, cabinet or WIM archive, of a disk image, or of an xz or bzip2 file. */
export type SevenZipStep = {
  readonly in: '7z'
  /** Number in the archive's own list, from 0. */
  readonly index: number
  /** Offset of its content in the contents of all members before it, one after another. */
  readonly at: number
  readonly size: number | null
}
export type GzipStep = { readonly in: 'gzip' }
export type ZstdStep = { readonly in: 'zstd' }
export type EncodedStep = { readonly in: 'encoded' }

/** One file of the evidence, before it is read. */
export type Member = {
  readonly ref: MemberRef
  /**
   * Path inside the evidence with `/`, as shown to people; `outer.zip!/inner/name` inside an archive that lies in the
   * evidence. When the evidence itself is an archive, its members' own names. Any character may stand in it, and two
   * members may have the same.
   */
  readonly path: string
  /** Original path on the server (`C:\inetpub\logs\…`), restored from the layout, else null. */
  readonly windowsPath: string | null
  /** Set where `windowsPath` comes from its own name or its collector's list, and from no folder around it. */
  readonly recordedBy?: Teller
  /** Another place that its own name or a list gives it than the folders around it do. */
  readonly claim?: { readonly path: string; readonly by: Teller }
  /** Uncompressed size where it is known beforehand, as the folder or archive states it (an archive may lie). */
  readonly size: number | null
  readonly modified: number | null
  /** Set when it is there but will not be read: encrypted, a link, a device, a bomb. `size` bytes become this gap. */
  readonly refused?: MemberRefusal
  /** What a reader of this file should know: sparse file without its holes, two names. */
  readonly note?: string
  /** What the collector left out of it, as its own list says: a gap behind its end. */
  readonly cut?: string
  /** Files beside this one without which it is not whole: the transaction logs of a hive. */
  readonly companions?: readonly { readonly path: string; readonly size: number | null; readonly ref: MemberRef }[]
}

/** What can say where a file was, without being where it was. */
export type Teller = 'name' | 'list'

/** Why a member will not be read. */
export type MemberRefusal = { readonly reason: GapReason; readonly detail: string }

/** What went wrong while members were listed: an archive that breaks in the middle, a folder that may not be read. */
export type ListingGap = {
  readonly path: string
  readonly size: number
  readonly reason: GapReason
  readonly detail: string
}

/** One evidence input, opened for reading. */
export type Evidence = {
  /** The path as given. */
  readonly root: string
  /** Every file, folders in order of their names' code units, archives in their own order. Can be asked again. */
  list(): AsyncIterable<Member | ListingGap>
}

/** A form in which evidence arrives. */
export type Container = {
  readonly name: MemberStep['in']
  /** Is this file (by its first bytes, `headLength` of them at least where it has so many, and its size where it is known) one of mine? */
  recognize(head: Uint8Array, size?: number | null): boolean
  /** Lists what is inside, in the container's order. Never writes, never follows links. */
  list(
    place: ContainerPlace,
    outer: Outer,
    limits: EvidenceLimits,
  ): AsyncIterable<ContainerMember | ListingGap> | Iterable<ContainerMember | ListingGap>
  /**
   * The first bytes of a member (some, not all that are asked for in `headOf`); empty when they cannot be had. Where they
   * come at once they are good until the next call.
   */
  peek(place: ContainerPlace, step: MemberStep, limits: EvidenceLimits): Promise<Uint8Array> | Uint8Array
  /** The uncompressed bytes of a member, in order. Ends with an `EvidenceError` when not all came. */
  read(place: ContainerPlace, step: MemberStep, limits: EvidenceLimits): AsyncIterable<Uint8Array>
  /** The member as bytes that can be read at any place, if it lies there as it is; null when it must be unpacked. */
  at(place: ContainerPlace, step: MemberStep, limits: EvidenceLimits): Promise<RandomBytes | null>
  /** True: members can be listed and read front to back, out of bytes that do not lie there as they are (`ForwardBytes`). */
  readonly forward?: true
  /**
   * Set where members can only be unpacked together: the contents of all of them, one after another. `peek` and `read`
   * are then asked of those bytes (a `ForwardBytes`), `list` of the archive itself.
   */
  readonly contents?: (place: ContainerPlace, limits: EvidenceLimits) => AsyncIterable<Uint8Array | Missing>
}

/** Bytes that could not be had at a place in a stream; what follows them lies `length` further on. */
export type Missing = { readonly missing: number; readonly reason: GapReason; readonly detail: string }

/** Where a container looks: a folder of this machine, or the bytes of an archive. */
export type ContainerPlace = LocalFolder | RandomBytes
export type LocalFolder = { readonly folder: string }

/** What is known of the container from outside. */
export type Outer = {
  /** Its own path inside the evidence. */
  readonly path: string
  /** The prefix of its members' names. */
  readonly prefix: string
  readonly windowsPath: string | null
  /** It is a file that ends in an archive, and is read as a file besides. */
  readonly behind?: true
  /** The prefix of its members' names when Windows paths are restored: `D/` for a folder or zip called D. */
  readonly within: string
}

/** A member as its container sees it. */
export type ContainerMember = Omit<Member, 'ref'> & { readonly step: MemberStep }

/** How many of the first bytes are enough for every `recognize`. */
export const HEAD_LENGTH = 1024

/** What stops a bomb, and what opens what is encrypted. What single archives may cost is in `budget.ts`. */
export type EvidenceLimits = {
  /** Maximum nesting of archives. */
  readonly depth: number
  /** Maximum of archives opened in one folder or archive, and in those. */
  readonly archives: number
  /** A member may not grow beyond `ratio` times its packed bytes once it is larger than `free`. */
  readonly ratio: number
  readonly free: number
  /** Maximum of bytes in a given archive, besides `ratio` times its own. */
  readonly total: number
  /** Maximum of members in an archive. */
  readonly entries: number
  /** So large may packed archives inside archives be that are held in memory at the same time. */
  readonly inner: number
  /** Tried in turn. Never part of a reference, a report or a message. */
  readonly passwords: readonly string[]
}

export const defaultLimits: EvidenceLimits = {
  depth: 4,
  archives: 20_000,
  ratio: 200,
  free: 64 * 2 ** 20,
  total: 200 * 2 ** 30,
  entries: 2_000_000,
  inner: 256 * 2 ** 20,
  passwords: [],
}

/** A member could not be read to its end: the caller makes a gap behind the `delivered` bytes. */
export class EvidenceError extends Error {
  readonly reason: GapReason
  /** Bytes that came before. */
  readonly delivered: number

  constructor(reason: GapReason, detail: string, delivered = 0) {
    super(detail)
    this.name = 'EvidenceError'
    this.reason = reason
    this.delivered = delivered
  }
}

/** The reason for a gap in an error of the operating system; null for any other error, which is a bug. */
export function gapReasonOf(error: unknown): GapReason | null {
  if (error instanceof EvidenceError) return error.reason
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (typeof code !== 'string' || !('syscall' in (error as Error))) return null
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'denied'
    case 'EBUSY':
    case 'ETXTBSY':
    case 'EAGAIN':
      return 'locked'
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ESTALE':
      return 'changed'
    case 'ELOOP':
      return 'policy'
    default:
      return 'ioerror'
  }
}
