import { type RandomBytes } from '../lib/bytes.ts';
import { type EvidenceLimits } from './container.ts';
import { type Encryption } from './zip-crypto.ts';
/** One member, as the central directory or, where that is lost, its local header states it. */
export type ZipEntry = {
    readonly rawName: Buffer;
    readonly name: string;
    readonly method: number;
    readonly flags: number;
    /** null: not stated where it was looked for. */
    readonly crc: number | null;
    readonly size: number | null;
    readonly compressed: number;
    /** Offset of the local header in the file. */
    readonly local: number;
    readonly modified: number | null;
    /** File type and permissions of Unix, 0 where none. */
    readonly mode: number;
    /** Number of the volume that it begins on. */
    readonly disk: number;
    /** How it is encrypted; null: not at all, or in a way that is not known. `method` is then that of its content. */
    readonly encryption: Encryption | null;
};
/** Where the central directory lies, and what lies around the archive. */
export type CentralDirectory = {
    readonly start: number;
    readonly end: number;
    /** Number of bytes before the archive: it is added to all offsets in it. */
    readonly shift: number;
    /** Bytes behind the archive's end. */
    readonly after: number;
    /** Number of entries that the end record states. */
    readonly count: number;
    readonly volumes: boolean;
};
/** Finds the end of central directory record (4.3.16), also before trailing bytes; null when there is none. */
export declare function findDirectory(bytes: RandomBytes): Promise<CentralDirectory | null>;
/** Does a file whose last bytes these are end as an archive with members does? A comment may follow. */
export declare function endsAsZip(ending: Uint8Array): boolean;
/** The entries of the central directory (4.3.12), in its order. Throws `corrupt` where one breaks. */
export declare function centralEntries(bytes: RandomBytes, directory: CentralDirectory): AsyncGenerator<ZipEntry>;
/**
 * The local header (4.3.7) at `at`, with the offset where the data begins, and the byte that tells whether a password
 * fits (6.1.6: of the checksum, or of the time where that follows the data); null when there is none.
 */
export declare function localHeader(bytes: RandomBytes, at: number): Promise<{
    entry: ZipEntry;
    data: number;
    check: number;
} | null>;
/**
 * The members that have a local header between `start` and `end`, from one to the next. Slower than by the directory, and
 * without file types; a member whose end is nowhere stated runs to `end`. One that states that others are a part of it is
 * believed when its checksum fits, else it ends where the next begins.
 */
export declare function localEntries(bytes: RandomBytes, start: number, end: number, limits: EvidenceLimits): AsyncGenerator<ZipEntry & {
    readonly data: number;
}>;
export type ReadAt = (at: number, length: number) => Promise<Buffer>;
/** Reads small records one after another out of large blocks. What it gives is shorter than asked at the end only. */
export declare function cursor(bytes: RandomBytes, block?: number): ReadAt;
