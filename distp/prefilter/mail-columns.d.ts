import type { RowLayout } from '../parsers/row-layout.ts';
/** Columns that name the mailbox of a row, the surest first: acted as, impersonated, the one who asks. */
export declare const OWNERS: Readonly<Record<string, readonly string[] | undefined>>;
/** Columns that name the account of a row, which may open the mailbox of another. */
export declare const ACTORS: Readonly<Record<string, readonly string[]>>;
export declare const SOURCES: Readonly<Record<string, readonly [client: string, agent: string]>>;
export declare const STATUS: Readonly<Record<string, string>>;
export declare const SIZE = "ResponseSize";
/** Columns of message tracking by which mail that was sent is counted, and the one of its recipients. */
export declare const SENT: {
    readonly by: readonly ['event-id', 'connector-id', 'sender-address'];
    readonly size: 'recipient-count';
};
/** Are these rows of message tracking? */
export declare function isTracking({ sources, time }: Pick<RowLayout, 'sources' | 'time'>): boolean;
/** The kind of such a log; undefined for all others. */
export declare function logOf({ sources, time }: RowLayout): string | undefined;
/** Names of all columns that decide by what the rows of a log are counted. */
export declare function mailColumnNames(log: string): readonly string[];
/** The columns that decide by what a row is counted, and the one of its size; undefined where it is not. */
export declare function mailColumns(layout: RowLayout): {
    readonly by: readonly number[];
    readonly size: number;
} | undefined;
