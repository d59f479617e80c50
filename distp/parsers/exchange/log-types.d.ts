import type { LogType } from './log-type.ts';
/** The types of Exchange's text logs. */
export declare const logTypes: readonly LogType[];
/** For logs whose type is not in the table: read by their own header. */
export declare const otherLog: LogType;
/** The type of a log by what it calls itself, else by its columns; null where neither says. */
export declare function statedTypeOf(name: string | null, columns: readonly string[]): LogType | null;
/** The type of a log by what it calls itself, else by its columns, else by its folder. */
export declare function typeOf(name: string | null, columns: readonly string[], path: string): LogType;
/** The type of a log by its folder, where neither its name nor its columns say it. */
export declare function placedTypeOf(columns: readonly string[], path: string): LogType;
/** Is a column one of those that the table knows, in the spelling of the log itself? */
export declare function isKnownColumn(name: string): boolean;
/** The spelling of a column in logs of its type: tools change the case. */
export declare function canonicalColumn(name: string, type: LogType): string;
