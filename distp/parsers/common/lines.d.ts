import { type Line, type LineTaker } from '../../lib/lines.ts';
import type { GapReason } from '../../model/evidence.ts';
import type { Sink, Source } from '../parser.ts';
import type { RowLayout, RowTaker } from '../row-layout.ts';
/** A stretch of lines: where a row lies, or what could not be read. */
export type Stretch = {
    offset: number;
    length: number;
    number: number;
};
/** Reports a line, or several, that could not be read. Neighbours with the same reason and detail become one gap. */
export type ReportUnreadLines = (place: Stretch, reason: GapReason, detail: string) => void;
/**
 * Reads a text source line by line; returns the bytes that were understood: all but the gaps. `pause` is called at every
 * gap and at the end: what reaches over several lines ends there. `taker` may take lines that need not be told.
 */
export declare function readLines(source: Source, sink: Sink, take: (line: Line, unread: ReportUnreadLines) => void, pause?: (unread: ReportUnreadLines) => void, taker?: () => LineTaker | null): Promise<number>;
/**
 * Blank lines and comments in a log of rows. No server writes them: a stretch of them as long as an entry is what
 * somebody left of one, and so a gap. So is a header over again with no entry between, and one that is far longer than the
 * log's own.
 */
export declare class Fillers {
    #private;
    /**
     * `isSpaced`: a space stands between two values, and nowhere are there many. `isBare`: a line that names the columns, as
     * some logs have it in front of the others.
     */
    constructor(isSpaced: boolean, isBare?: (text: string) => boolean);
    /** Takes the next rows; null where such lines wait to be reported, for which a row must be given as a line. */
    before(taker: () => LineTaker | null): LineTaker | null;
    /** Takes a line of a log that holds nothing; at a row the stretch before it ends. */
    takes(line: Line, unread: ReportUnreadLines): boolean;
    /** No more lines follow here. */
    end(unread: ReportUnreadLines): void;
}
/** Who takes the regular rows of a file, one for each list of columns; asked for when rows of such columns come. */
export declare class RowTakers<Columns> {
    #private;
    constructor(sink: Sink, layoutOf: (columns: Columns) => RowLayout | null);
    /** Null when rows of these columns must be read as a whole. */
    of(columns: Columns | null): RowTaker | null;
    finish(): void;
}
/** An object with the given keys, all null, whose copies take values quickly. `__proto__` is a key like any other. */
export declare function template(names: readonly string[]): Record<string, null>;
/** A host name as rows write it: upper case, without domain. */
export declare function hostName(text: string | null | undefined): string | null;
/** A memory for values that repeat, bounded: the cheap way to compute a thing once per value. */
export declare function remembered<T>(compute: (text: string) => T, limit?: number): (text: string) => T;
/** The whole file in memory, up to `limit` bytes; what lies beyond is read over and counted in `size`. */
export declare function readWhole(source: Source, limit: number): Promise<{
    data: Buffer;
    size: number;
}>;
