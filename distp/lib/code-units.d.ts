/**
 * A window on a text of any encoding, for scanners that look for ASCII signs in it: one byte a code unit, with the way
 * back to text and to offsets in bytes. Positions count units from the beginning of the window.
 */
export declare class CodeUnits {
    #private;
    /** One byte a code unit; what is not ASCII is some byte from 0x80 on. */
    units: Uint8Array;
    length: number;
    readonly step: 1 | 2;
    readonly bom: number;
    constructor(head: Uint8Array);
    push(chunk: Uint8Array): void;
    /** Forgets the first `n` units. */
    drop(n: number): void;
    /** Offset in the source, in bytes. The beginning of the text includes its byte order mark. */
    offset(at: number): number;
    text(from: number, to: number): string;
    /** All bytes of the source so far. */
    get size(): number;
    /** Bytes at the end that are no whole unit. */
    get odd(): number;
}
