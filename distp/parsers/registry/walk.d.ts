import type { Context } from './context.ts';
import type { Hive } from './hive.ts';
import type { HiveKind } from './kind.ts';
import type { KeyView, Views } from './view.ts';
/** Asks every place of this hive for its keys, the deleted ones and those that can be reached. */
export declare function readPlaces(hive: Hive, views: Views, kind: HiveKind, context: Context): void;
/** Reads one key whose path is known, where a place names it. */
export declare function readAtPlaces(key: KeyView, kind: HiveKind, context: Context): void;
