/** The first 4,096 bytes of a hive, or the first sector of a transaction log. Offsets count from the first hive bin. */
export type BaseBlock = {
    readonly primary: number;
    readonly secondary: number;
    /** When the hive was last written, as FILETIME halves; Windows 8.1 and later no longer keep it. */
    readonly written: Time;
    readonly major: number;
    readonly minor: number;
    readonly type: number;
    readonly root: number;
    /** Bytes of all hive bins. */
    readonly size: number;
    /** The path of the hive, or its end. */
    readonly name: string;
    /** Does the checksum agree? */
    readonly valid: boolean;
};
export type Time = {
    readonly low: number;
    readonly high: number;
};
/** File types: a hive, the old form of a log (two numbers for it), the form since Windows 8.1. */
export declare const HIVE = 0;
export declare const OLD_LOGS: ReadonlySet<number>;
export declare const NEW_LOG = 6;
/** Bytes before the first hive bin, and of the sector with which a log begins. */
export declare const BASE = 4096;
export declare const SECTOR = 512;
/** Reads a base block; null for bytes that do not begin with one. https://github.com/msuhanov/regf, "Base block" */
export declare function baseBlock(bytes: Buffer): BaseBlock | null;
/** Does the hive want its transaction logs: was it caught in the middle of a write? */
export declare function isDirty(block: BaseBlock): boolean;
/** Milliseconds since 1970 UTC, null for none. */
export declare function hiveTime(time: Time): number | null;
export declare function untilNul(text: string): string;
