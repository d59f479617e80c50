import type { Parser } from '../parser.ts';
/**
 * Registry hives: SYSTEM, SOFTWARE, SAM, NTUSER.DAT, UsrClass.dat, Amcache.hve and others. Every key and value is read; those
 * that mean something here are told, by the table in places.ts. A hive that was caught in the middle of a write is completed
 * from the transaction logs beside it.
 * https://github.com/msuhanov/regf
 */
export declare const registry: Parser;
/** The type that a base block names: a hive or one of its logs; null for what is no base block of version 1. */
export declare function fileType(bytes: Uint8Array): number | null;
