/** Types of attributes that are read. */
export declare const STANDARD_INFORMATION = 16;
export declare const FILE_NAME = 48;
export declare const DATA = 128;
/** Bits of `flags`. */
export declare const IN_USE = 1;
export declare const DIRECTORY = 2;
/** Namespace of a short name that stands beside a long one. */
export declare const DOS = 2;
/** What the header of a record says, and how far its bytes are sound. */
export type RecordHeader = {
    sequence: number;
    flags: number;
    /** Reference of the record that this one continues: number and sequence; number 0 where it stands for itself. */
    baseNumber: number;
    baseSequence: number;
    /** Its own number where the format writes it (since NTFS 3.1), else null. */
    number: number | null;
    /** Attributes lie from here … */
    first: number;
    /** … to here. */
    end: number;
    /** What is wrong with the record, if anything is, … */
    problem: string | null;
    /** … and from where on it cannot be trusted. Attributes before `end` may be read all the same. */
    soundTo: number;
};
/** Sizes that a record can have. */
export declare function recordSizeOf(bytes: Buffer): number | null;
/** Does a whole header of a FILE record stand there, with a size and fixups that belong together? */
export declare function isRecord(bytes: Buffer, at: number): boolean;
export declare const MFT_SIGNATURE = 1162627398;
export declare const BAD_SIGNATURE = 1145127234;
/**
 * Reads the header of a record that lies at the beginning of `bytes` and undoes its fixups in place. A sector whose end
 * does not bear the update sequence number was not written with the others: it and what follows is not sound. Where that
 * is the first one, which the number itself stands in, attributes are read and nothing of the record is trusted.
 */
export declare function openRecord(bytes: Buffer, header: RecordHeader): void;
/** An attribute: where its name and, if it lies in the record, its content stand. */
export type MftAttribute = {
    type: number;
    at: number;
    length: number;
    isResident: boolean;
    nameAt: number;
    nameLength: number;
    /** Of a resident one. */
    contentAt: number;
    contentLength: number;
    /** Of one that lies elsewhere: its size, and the first cluster that this piece of it tells of. */
    size: number;
    firstCluster: number;
};
/** An attribute to fill again and again. */
export declare function newAttribute(): MftAttribute;
export declare function newHeader(): RecordHeader;
/**
 * Reads the attribute at `at` of a record whose attributes end at `end`. True when there is one, false at the end of the
 * list; a text says what is wrong.
 */
export declare function readAttribute(bytes: Buffer, at: number, end: number, attribute: MftAttribute): boolean | string;
/** Eight bytes as a number; beyond 2^53 not exact. */
export declare function wide(bytes: Buffer, at: number): number;
/** Length of a $FILE_NAME up to its name. */
export declare const NAME_AT = 66;
/** What is wrong with a $FILE_NAME at `at` of at most `length` bytes; null when it is one. */
export declare function problemOfName(bytes: Buffer, at: number, length: number): string | null;
/** A FILETIME after the year 9999, or before 1601 where it is read as signed. */
export declare function isImpossible(bytes: Buffer, at: number): boolean;
