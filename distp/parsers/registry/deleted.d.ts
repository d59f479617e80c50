import { type Time } from './base-block.ts';
import type { Extent, Hive, RegistryValue } from './hive.ts';
/** A key that nothing leads to any more, found by the signature of its record. */
export type DeletedKey = {
    readonly name: string;
    /** Names from below the root down to this key; null where its parents are overwritten. */
    readonly path: readonly string[] | null;
    readonly written: Time;
    readonly at: Extent;
    /** Offset of its cell, as keys below it name it as their parent; null where the record is no longer the first of one. */
    readonly cell: number | null;
    readonly parent: number;
    readonly values: readonly RegistryValue[];
};
export type Deleted = {
    readonly keys: readonly DeletedKey[];
    /** Values that were deleted from keys that are still there, by the index of the key. */
    readonly ofKeys: ReadonlyMap<number, readonly RegistryValue[]>;
    /** Values of which no key is known. */
    readonly values: readonly RegistryValue[];
    /** There were more than are told. */
    readonly more: boolean;
};
/**
 * Deleted keys and values in cells that nothing uses, in what lies behind the bins, and behind what cells hold. Their
 * data may have been overwritten by newer data: nothing here is sure.
 */
export declare function deletedOf(hive: Hive): Deleted;
/** Names from below the root down to a key that can be reached. */
export declare function pathOf(hive: Hive, index: number): string[];
