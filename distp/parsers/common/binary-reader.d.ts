/** A FILETIME as milliseconds since 1970 and as text with all its decimals; null when it is not set. */
export type Stamp = {
    readonly time: number;
    readonly text: string;
};
/**
 * Little-endian numbers, texts and times at places of a binary structure. Whatever reaches beyond its end is `Damage` that
 * says what was wanted.
 */
export declare class Structure {
    #private;
    readonly bytes: Buffer;
    readonly name: string;
    constructor(bytes: Buffer, name: string);
    get size(): number;
    u8(at: number): number;
    u16(at: number): number;
    u32(at: number): number;
    /** Eight bytes as a number: exact up to 2^53. */
    u64(at: number): number;
    stamp(at: number): Stamp | null;
    /** `{1B4DD67F-29CB-1962-…}` in lower case, without braces. */
    guid(at: number): string;
    /** UTF-16 text of this many characters. */
    wide(at: number, characters: number): string;
    /** UTF-16 text up to its terminating zero, within this many bytes. */
    wideZ(at: number, most: number): string;
    part(at: number, length: number): Buffer;
}
