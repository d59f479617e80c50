/** A place in a text; both count from 1. */
export type TextPosition = {
    readonly line: number;
    readonly column: number;
};
/** Turns offsets of a text into places. Its lines are looked for at the first question. */
export declare function placer(text: string): (offset: number) => TextPosition;
