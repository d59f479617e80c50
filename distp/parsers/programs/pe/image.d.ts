import { Structure } from '../../common/binary-reader.ts';
/** A stretch of the file that is loaded at `address` (relative to the image). */
export type PeSection = {
    readonly name: string;
    readonly address: number;
    readonly size: number;
    readonly offset: number;
    readonly stored: number;
};
/** Where a table lies: an address of the image, or for signatures a place of the file. */
export type DataDirectory = {
    readonly at: number;
    readonly size: number;
};
/** The headers of a program file: https://learn.microsoft.com/windows/win32/debug/pe-format */
export declare class Image {
    #private;
    readonly data: Structure;
    readonly header: number;
    readonly machine: string;
    /** Seconds since 1970 as the linker wrote them; newer linkers write a digest instead. */
    readonly stamp: number;
    readonly library: boolean;
    readonly wide: boolean;
    readonly sections: readonly PeSection[];
    readonly directories: readonly DataDirectory[];
    /** Place of the checksum, and of the entry of the signature table: both are left out of the signed digest. */
    readonly checksumAt: number;
    readonly signatureEntryAt: number;
    constructor(bytes: Buffer);
    /** The place in the file of an address of the image. */
    offsetOf(address: number): number;
    /** The part of the file that a table fills; null when the image has none. */
    table(index: number): {
        readonly offset: number;
        readonly size: number;
    } | null;
    /** Text up to its zero, at most `most` bytes. */
    text(offset: number, most: number): string;
}
/** Directory numbers. */
export declare const tables: {
    readonly exports: 0;
    readonly resources: 2;
    readonly signatures: 4;
    readonly clr: 14;
};
