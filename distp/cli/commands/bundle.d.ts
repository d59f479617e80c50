import type { Bundle } from '../../model/assessment.ts';
import { type Parsed } from '../arguments.ts';
/** `postern packs keys FOLDER`: the keys of all roles and the first root, or the next one, signed by the keys before. */
export declare function makeKeys(folder: string, values: Parsed['values']): number;
/** `postern packs bundle FILE`: packs and tables, signed, in one file. */
export declare function bundlePacks(file: string, values: Parsed['values']): Promise<number>;
/** `postern packs verify FILE`, and `install`, which also puts it where `--packs` finds it. */
export declare function takeBundle(what: 'verify' | 'install', file: string, values: Parsed['values']): Promise<number>;
/** Tables that a run needs, wherever they come from. */
export declare function tablesIn(folder: string): string[];
/** The bundle among the folders of packs, whose tables then hold; null where there is none. */
export declare function bundleAmong(packs: readonly string[]): {
    readonly knowledge: string;
    readonly bundle: Bundle;
} | null;
/** What is said of a bundle whose time is over: it still works, and may be older than what there is. */
export declare function staleness({ version, expires }: Bundle, now: number): string | null;
