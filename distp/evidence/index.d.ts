import { type RandomBytes } from '../lib/bytes.ts';
import type { Evidence, EvidenceLimits, ListingGap, Member, MemberRef, MemberRefusal } from './container.ts';
import { type UnlistedFiles, type ListWatch } from './listing.ts';
export { unsupportedArchive } from './archives.ts';
export { freshPiece, stampOf } from './directory.ts';
export { isLoose } from './containers.ts';
export { defaultLimits, EvidenceError, gapReasonOf } from './container.ts';
export type { Evidence, EvidenceLimits, ListingGap, Member, MemberRef, MemberRefusal, MemberStep } from './container.ts';
export { windowsPathOf } from './windows-paths.ts';
/** Opens one evidence input: a folder, an archive, or a single file. Nothing is ever written or unpacked to disk. */
export declare function openEvidence(root: string, limits?: Partial<EvidenceLimits>): Promise<Evidence>;
/** What an evidence input holds. */
export type ListedEvidence = {
    /** Every file, with the files that belong together. */
    readonly members: Member[];
    /** What could not be listed. */
    readonly refused: ListingGap[];
    /** What is there and was counted only. */
    readonly counted: UnlistedFiles[];
};
export type ListOptions = ListWatch & {
    /** Maximum of archives read at the same time. */
    readonly jobs?: number;
    /** What collectors say of files is not looked at, nor which files belong together; why that is so. */
    readonly plain?: MemberRefusal;
    /** Receives the number of files found, from time to time. */
    readonly onFound?: (files: number) => void;
};
/** Everything that an evidence input holds. */
export declare function listEvidence(root: string, limits?: Partial<EvidenceLimits>, options?: ListOptions): Promise<ListedEvidence>;
/**
 * The whole of a small file that lies in a folder, read at once into `into`; null for any other member: that one is read
 * by `readMember`, and fails like it.
 */
export declare function readNow({ root, steps }: MemberRef, into: Buffer): Buffer | null;
/** A file that lies in a folder, to be read at any place; null for any other member. */
export declare function openLoose(ref: MemberRef): Promise<RandomBytes | null>;
/** How a member is read. */
export type ReadOptions = {
    readonly limits?: Partial<EvidenceLimits>;
    /** Memory for each piece of a file that lies in a folder: who keeps no piece may give the same again. */
    readonly room?: () => Buffer;
};
/**
 * The uncompressed bytes of a member, in order; in any thread, at any time. When they cannot be read to the end it
 * throws an `EvidenceError` with the reason and the number of bytes that came before, so that the caller makes a gap:
 * the size is then the larger of what was stated and what came.
 */
export declare function readMember(ref: MemberRef, options?: ReadOptions): AsyncGenerator<Uint8Array>;
/** The first bytes of a member, up to `n`; fewer where it is shorter or breaks off. Never throws for damaged evidence. */
export declare function headOf(ref: MemberRef, n?: number, options?: ReadOptions): Promise<Buffer>;
/**
 * The stream that a member comes out of, when its archive can only be unpacked front to back, and how far on it lies
 * there; null when it can be had by itself. Who reads the members of one stream in their order unpacks it once.
 */
export declare function streamOf({ root, steps }: MemberRef): {
    readonly key: string;
    readonly at: number;
} | null;
/**
 * The servers in a folder of many: each folder and each archive (also one that cannot be opened, so that it is not
 * passed over in silence) right below it, in order of their names. Loose files and links are none.
 */
export declare function eachServer(root: string): Promise<string[]>;
