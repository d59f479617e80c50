import { type Deleted, type DeletedKey } from './deleted.ts';
import type { Extent, Hive, RegistryKey, RegistryValue } from './hive.ts';
/** A key as the places of the registry look at it, whether something leads to it or it was deleted. */
export type KeyView = {
    readonly name: string;
    /** Names from below the root down to this key. */
    readonly path: readonly string[];
    /** Last write: milliseconds since 1970 and with all its decimals. */
    readonly time: number | null;
    readonly written: string | null;
    readonly className: string | null;
    readonly at: Extent;
    readonly deleted: boolean;
    /** What it holds; of a deleted key what is left of that. */
    readonly values: readonly RegistryValue[];
    /** Values that were deleted from it. */
    readonly formerly: readonly RegistryValue[];
    keys(): readonly KeyView[];
    /** A value by its name, in any case. */
    value(name: string): RegistryValue | null;
    /** A key below by its path, in any case. */
    key(path: string): KeyView | null;
};
/** Keys of a hive, as views. */
export declare class Views {
    #private;
    readonly hive: Hive;
    constructor(hive: Hive, deleted: Deleted);
    root(): KeyView | null;
    ofKey(key: RegistryKey): KeyView;
    /** Deleted keys whose path is known. */
    deleted(): Generator<KeyView>;
    formerlyOf(key: RegistryKey): readonly RegistryValue[];
    /** Deleted keys that name this cell as their parent. */
    below(cell: number): readonly DeletedKey[];
}
