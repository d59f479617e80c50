import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/** The application compatibility cache: programs that were started or only looked at, with the time of their file. */
export declare function shimCacheOf(key: KeyView, context: Context): void;
/** AmCache since Windows 10: one key a program file. */
export declare function amcacheFile(key: KeyView, context: Context): void;
/** Drivers in the AmCache: the name of the key is the path of the file. */
export declare function amcacheDriver(key: KeyView, context: Context): void;
/** AmCache of Windows 8 and Server 2012: volume, file reference, and values named by hexadecimal numbers. */
export declare function amcacheOldFile(key: KeyView, context: Context): void;
/** Background activity moderator: programs that a user ran, with the last time. */
export declare function backgroundActivity(key: KeyView, context: Context): void;
/** UserAssist: what a user started in Explorer, its names turned by 13 letters. */
export declare function userAssist(key: KeyView, context: Context): void;
/** RecentDocs: names of files that a user opened; the name stands before the first zero. */
export declare function recentDocuments(key: KeyView, context: Context): void;
/** MuiCache: programs whose description Explorer looked up. */
export declare function muiCache(key: KeyView, context: Context): void;
