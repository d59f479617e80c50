import type { Parser } from '../parser.ts';
/**
 * Transaction logs of registry hives (.LOG, .LOG1, .LOG2), by themselves: their entries are checked, what they hold is told
 * where they are written over their hive. A log that was used before holds older entries behind the current ones.
 * https://github.com/msuhanov/regf, "Format of transaction log files"
 */
export declare const registryLog: Parser;
