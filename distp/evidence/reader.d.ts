import type { Member } from './container.ts';
import type { Gap } from '../model/evidence.ts';
import { type Condensed } from './condensed.ts';
export declare const HEAD: number;
export declare const END: number;
/** A page above this is searched a second time, cut down to its code: rules have limits of size. */
export declare const LARGE_PAGE: number;
/**
 * Size and digest of a member, read as `scan` reads it: the digest is of what could be read, and empty where it is not read
 * at all.
 */
export declare function digestMember(member: Member, passwords?: readonly string[]): Promise<{
    readonly size: number;
    readonly sha256: string;
}>;
/** Streams a member once, and remembers its size, its digest and what went wrong. */
export declare class MemberReader {
    #private;
    size: number;
    failure: Omit<Gap, 'path'> | null;
    /** The whole of a small file, there at once: good until the next one is read. */
    whole: Buffer | null;
    constructor(member: Member, passwords: readonly string[]);
    /** The whole of a small file in memory of its own. */
    own(): Buffer;
    head(): Promise<Uint8Array>;
    keep(limit: number, page: string | null): void;
    /** `passing`: a chunk is good until the next is asked for. */
    chunks(passing: boolean): AsyncGenerator<Uint8Array>;
    drain(): Promise<void>;
    kept(): Uint8Array;
    digest(): string;
    /** What a large page was cut down to; null for every other file. */
    condensed(): Condensed | null;
    /** The last bytes of a file that was not kept whole. */
    end(most: number): Buffer;
}
