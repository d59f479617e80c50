import type { LogKind } from '../model/log-kinds.ts';
import type { RowLayout, RowTaker, BuildInValue } from '../parsers/row-layout.ts';
import { type CountedTrait } from './value-ids.ts';
import type { PrefilterRule, RowSink } from './rows.ts';
/** One thing that was told, in plain data. A place is offset, length and line, counted from the first of the stretch. */
type Call = readonly ['seen', context: readonly string[], time: number, offset: number, length: number, line: number] | readonly [
    'tell',
    told: BuildInValue,
    host: string | null,
    time: number,
    offset: number,
    length: number,
    line: number
] | readonly ['run', context: readonly string[], rows: number, times: readonly [number, number, number, number]] | readonly ['device', value: number, client: string, offset: number, length: number, line: number] | readonly ['mark', log: LogKind] | readonly ['known', offset: number, rules: readonly string[]];
/** Rows that were taken one after another: from the first byte of the first to the end of the last. */
type Stretch = {
    readonly start: number;
    readonly end: number;
    readonly rows: number;
    /** The row behind it must be read as a whole. */
    readonly stops: boolean;
    readonly calls: readonly Call[];
    /** Numbers of the values that came up in it, in their order. */
    readonly came: readonly number[];
};
/** A piece of the file, without a gap: its stretches, and of the values in it eight counts each and the number of its one client. */
export type FilePiece = {
    readonly stretches: readonly Stretch[];
    readonly values: Int32Array;
    readonly counts: Float64Array;
    readonly only: Int32Array;
};
/** Traits and values by the number that the second thread gave them. */
export type Met = readonly (readonly [CountedTrait, string])[];
/** Two layouts with the same text are the same: it holds all that a parser makes one of. */
export declare function layoutText({ made, sources, columns, fields, client, context }: RowLayout): string | null;
/** Takes rows for somebody else: what it would tell is written down. */
export declare class Recorder {
    #private;
    constructor(counts: (log: LogKind) => boolean);
    /** The layout whose rows are to be taken: what it tells comes here. */
    layout(layout: RowLayout): RowLayout;
    sink(): RowSink;
    /**
     * Takes the rows of a piece as a reader does who gets it in chunks: from the beginning of a line on, and of each chunk up
     * to the last line end before `to`. Null where that is left to the reader: it may come to another state in the middle of
     * it, or must read more than `most` rows of a chunk as a whole.
     */
    take(taker: RowTaker, buffer: Buffer, from: number, chunks: readonly number[], base: number, most: number): FilePiece | null;
    /** How many values it knows. */
    get size(): number;
    /** Values that were met since this was asked last. */
    met(): Met;
}
/** The piece that the second thread has taken of the rows from one place on. `text` is that of the layout. */
export type Ahead = {
    take(layout: RowLayout, text: string, start: number, to: number): {
        readonly piece: FilePiece;
        readonly met: Met;
    } | null;
};
/** What was taken ahead is not what the reader came to: the file must be read anew, by one thread. */
export declare class TookOtherRows extends Error {
}
/** Takes rows as the reader does that it is made of, and tells of those that were taken ahead. */
export declare class AheadRows implements RowTaker {
    #private;
    end: number;
    constructor(path: string, { layout, text }: {
        readonly layout: RowLayout;
        readonly text: string;
    }, taker: RowTaker, sink: RowSink, ahead: Ahead, rules: readonly PrefilterRule[]);
    take(buffer: Buffer, from: number, to: number, base: number, number: number): number;
    finish(): void;
}
export {};
