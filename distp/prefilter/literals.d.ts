import type { Judge, RowLiteral } from './rows.ts';
/** A text as it is looked for: from which place on it is met, and what it is a sign of in each column. */
type Sought = {
    readonly bytes: Buffer;
    readonly from: number;
    readonly items: Map<number, readonly number[]>;
};
/** The texts of some columns, and how they are looked for. */
export type Texts = {
    readonly long: readonly Sought[];
    readonly short: readonly Sought[];
    /** Those that are looked for at the ends of values only. */
    readonly ends: readonly Sought[];
    /** How the short ones are told from other characters. */
    readonly groups: readonly Halves[];
    /** So many bytes lie between two looks: of each long text as many grams are marked, one behind the other. */
    readonly stride: 0 | 2 | 4;
    /** Bytes that the tables take at most. */
    readonly size: number;
    readonly slotCount: number;
    /** Bits of a slot of the table of marked grams. */
    readonly bits: number;
    /** Characters of the longest text. */
    readonly longest: number;
    /** Is a text looked for in this column that is not ASCII? */
    isOdd(column: number): boolean;
};
/**
 * Chooses by which of its characters each text is looked for: those that are rarest in a part of the log. A regular row is
 * ASCII, so that other texts stand in it only behind escapes.
 */
export declare function textsIn(textsOf: (column: number) => readonly RowLiteral[], columns: readonly number[], { bytes: sample, count, common }: Sample): Texts;
/**
 * A part of a log, and what is frequent in it. `common`: of each question a bit for each group that nobody looks for, as many
 * rows have it and the question needs a rarer one.
 */
export type Sample = {
    readonly bytes: Buffer;
    readonly count: Counts;
    readonly common: Uint8Array;
};
export declare function sampleOf(judge: Judge, bytes: Buffer): Sample;
/** Characters of the longest text. */
export declare function longestOf(texts: readonly string[]): number;
/** How often characters stand behind one another in a part of a log, by four and by two; what has one slot counts together. */
type Counts = {
    readonly four: (gram: number) => number;
    readonly two: (pair: number) => number;
    readonly rows: number;
};
export type PlacedLiteral = {
    readonly grams: number;
    readonly slots: number;
    readonly mask: number;
    readonly shorts: number;
    readonly shortSlots: number;
    readonly ends: number;
    readonly scratch: number;
};
/** Writes the tables into the memory of the kernel, from `at` on; returns where they lie. */
export declare function writeTexts(texts: Texts, memory: Buffer, words: Uint32Array, at: number): PlacedLiteral;
/** For each of three characters the low and the high halves that texts of a group have there: a bit for each of 16. */
type Half = readonly [low: number, high: number];
type Halves = readonly Half[];
export {};
