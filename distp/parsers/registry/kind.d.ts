import type { BaseBlock } from './base-block.ts';
/** Which hive it is: what its keys mean depends on it. */
export type HiveKind = 'system' | 'software' | 'sam' | 'security' | 'user' | 'classes' | 'amcache' | 'bcd' | 'components' | 'drivers' | 'other';
export type HiveIdentity = {
    readonly kind: HiveKind;
    /** Where Windows mounts it: `HKLM\SOFTWARE`, `HKU\joe`. */
    readonly mount: string;
    /** Of whom it is, for hives of users. */
    readonly user: string | null;
};
/** For people. */
export declare const kindNames: Readonly<Record<HiveKind, string>>;
/**
 * Tells the hive by the keys below its root, then by the path in its base block, then by its place in the evidence.
 * `below` are the names of those keys, in upper case; `has` asks for one further down.
 */
export declare function identify(rootName: string, below: ReadonlySet<string>, has: (path: string) => boolean, block: BaseBlock, path: string): HiveIdentity;
