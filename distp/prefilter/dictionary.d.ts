/** What a look-up gives for a value that is not remembered. */
export declare const NONE = -1;
/**
 * The distinct values of one column, each with a number from 0 on. Bounded: when it is full, `emptied` is told and it
 * begins anew. A column whose values hardly repeat is given up: every look-up then answers `NONE`.
 */
export declare class Dictionary {
    #private;
    /** The value that was looked up last had not been met before. */
    isNew: boolean;
    constructor(emptied: () => void);
    /** The number of the value from `from` to `to`, which has this hash. */
    find(buffer: Buffer, from: number, to: number, hash: number): number;
}
