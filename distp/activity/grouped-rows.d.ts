import type { RowLayout, RowTaker } from '../parsers/row-layout.ts';
/** Counts rows by the values that they have in some columns together. */
export type GroupCounter<Source> = {
    /** These columns, and the one whose numbers are added. */
    readonly by: readonly string[];
    readonly size: string;
    /** What rows with these values are counted for; null where they are not counted. */
    sourceOf(of: (column: string) => string): Source | null;
    count(source: Source, time: number, size: number): void;
};
/**
 * Counts the rows that another taker takes: it reads the few columns that matter once more. Most rows have the values of
 * an earlier one in them, and no text is made of these.
 */
export declare class GroupedRows<Source> implements RowTaker {
    #private;
    constructor(taker: RowTaker, { columns, time }: RowLayout, counter: GroupCounter<Source>);
    get end(): number;
    take(buffer: Buffer, from: number, to: number, base: number, number: number): number;
    finish(): void;
}
/** The number in a column; zero where there is none. */
export declare function sizeOf(text: string): number;
/** Who puts rows together at present: what another one put together before is counted first. */
export declare class GroupTurns {
    #private;
    readonly turn: (tell: () => void) => void;
    /** Counts what is put together by now. */
    settle(): void;
}
