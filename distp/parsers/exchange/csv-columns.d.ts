import type { LogType } from './log-type.ts';
/** The columns of one header, with what is known of its type. */
export type ExchangeColumns = {
    readonly names: readonly string[];
    readonly type: LogType;
    readonly template: Record<string, null>;
    readonly numbers: readonly boolean[];
    readonly tests: readonly (Test | null)[];
    readonly time: number;
    readonly roles: Readonly<Record<'host' | 'client' | 'user' | 'target' | 'request' | 'session', number>>;
    /** Positions of the four columns that make up the server's build, when there are all four. */
    readonly build: readonly [number, number, number, number] | null;
    readonly schema: number;
};
type Test = (value: string) => boolean;
export declare const isNumber: Test;
/** The columns of a list of names, as the type that they are of. */
export declare function exchangeColumns(list: readonly string[], type: LogType): ExchangeColumns;
/** Do the values look like what the columns name? */
export declare function fitsExchangeColumns(columns: ExchangeColumns, values: readonly string[]): boolean;
/**
 * How many columns of a header are its log's own? None where their order is that of no build, where one that says what
 * happened is missing, or where it has columns that no build is known to have and lacks one that all have, so that one may
 * stand under another name. Null for logs of which no list is known.
 */
export declare function trustInColumns(columns: ExchangeColumns): number | null;
/** Every list that rows without a header may follow. */
export declare function defaultLists(): ExchangeColumns[];
/** The list that rows without a header follow: of the same length, every value plausible; null when there is none. */
export declare function defaultFor(values: readonly string[]): ExchangeColumns | null;
/** ISO time, read quickly where it has the usual form `2021-03-03T04:23:22.370Z`. */
export declare function parseLogTime(text: string): number | null;
export {};
