/** The lines of a file with their numbers, from 1. The file may be longer than a string can be: a line at a time. */
export declare function readNumberedLines(file: string): Generator<readonly [number: number, text: string]>;
