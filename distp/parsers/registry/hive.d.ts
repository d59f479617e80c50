import type { GapReason } from '../../model/evidence.ts';
import { type BaseBlock, type Time } from './base-block.ts';
/** Bytes of the hive, from the beginning of the file. */
export type Extent = {
    readonly offset: number;
    readonly length: number;
};
/** Tells what could not be read. Each byte is told of once. */
export type ReportUnreadBytes = (extent: Extent, reason: GapReason, detail: string) => void;
/** A value as its cell has it. */
export type RegistryValue = {
    /** `''` is the default value. */
    readonly name: string;
    readonly type: number;
    /** Bytes that it says it has. */
    readonly size: number;
    readonly at: Extent;
    /** Its bytes, the first `most` of them; null where they cannot be read. */
    data(most?: number): Buffer | null;
};
/**
 * A hive in memory: its cells, and the tree of its keys. Making one reads every structure that can be reached from the
 * root and tells of what is broken; each cell counts once, so no list can lead in a circle.
 * https://github.com/msuhanov/regf
 */
export declare class Hive {
    #private;
    readonly bytes: Buffer;
    readonly block: BaseBlock;
    /** The latest last write of all keys, as milliseconds; null without keys. */
    latest: number | null;
    /** Ranges behind what cells hold (slack), as pairs of offsets: remnants may lie there. */
    readonly slack: number[];
    constructor(bytes: Buffer, block: BaseBlock, unread: ReportUnreadBytes);
    /** How many keys can be reached. */
    get count(): number;
    /** The root key; null where there is none. */
    root(): RegistryKey | null;
    key(index: number): RegistryKey;
    /** Place of a key's record behind the size of its cell. */
    recordOf(index: number): number;
    cellOf(index: number): Extent;
    parentOf(index: number): number;
    subkeysOf(index: number): Generator<number>;
    valuesOf(index: number): Generator<RegistryValue>;
    /** Entries behind the end of a key's list of values: of those deleted last. */
    formerValuesOf(index: number): Generator<number>;
    /** The value whose record stands in a cell that was found to hold one. */
    valueAt(offset: number): RegistryValue;
    /** A value out of its record; `data` reads its bytes. */
    valueRecord(record: number, at: Extent, data: (most: number) => Buffer | null): RegistryValue;
    /** The name in a key's record. */
    nameAt(record: number): string;
    classAt(record: number): string | null;
    /** The index of the key that can be reached in this cell, or -1. */
    indexAt(offset: number): number;
    /** Size of any cell that begins here, free or not; 0 where none does. */
    sizeOfAny(offset: number): number;
    /** Is this cell used by what can be reached? */
    isUsed(offset: number): boolean;
    /** Where a cell lies in the file. */
    extent(offset: number): Extent;
    /**
     * Cells in use that nothing leads to: Windows leaves none, and damage to a list, a count or a size does. The first of them, and how many
     * there are; null where there is none.
     */
    lost(): {
        readonly at: number;
        readonly detail: string;
    } | null;
    /** Cells that nothing uses, and what lies behind the bins: where deleted keys and values are found. */
    unused(): Generator<{
        readonly from: number;
        readonly to: number;
        readonly cell: boolean;
    }>;
}
/** A key that can be reached from the root. */
export declare class RegistryKey {
    readonly hive: Hive;
    readonly index: number;
    constructor(hive: Hive, index: number);
    get name(): string;
    /** Last write, as FILETIME halves. */
    get written(): Time;
    get className(): string | null;
    get at(): Extent;
    get parent(): RegistryKey | null;
    keys(): Generator<RegistryKey>;
    values(): Generator<RegistryValue>;
}
