import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/** The key of Exchange's setup: folder and build of the cumulative update. Security updates do not change it. */
export declare function readExchangeSetup(key: KeyView, context: Context): void;
/** Each value of a key of settings, as it stands. */
export declare function settings(key: KeyView, context: Context): void;
/** Installed products and updates: those of Exchange tell of its builds, others are told as they stand. */
export declare function uninstall(key: KeyView, context: Context): void;
