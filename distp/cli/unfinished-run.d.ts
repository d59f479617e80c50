import { PosternError } from '../lib/errors.ts';
/** The folder in OUT that there is while a run is not finished. */
export declare const unfinishedName = "unfinished";
/** What a mistake of the program left to be reported; the next run takes it away. */
export declare const crashName = "crash.txt";
/**
 * What a run keeps in OUT until it is finished: the ledger of what it read, and its reports, which come to their places
 * when all are whole. A run that is ended in between, however hard, leaves this folder and nothing else.
 */
export declare class Unfinished {
    #private;
    readonly ledger: string;
    readonly results: string;
    readonly browser: string;
    readonly case: string;
    readonly folder: string;
    /** `out` holds nothing but what an unfinished run may have left; `named`: as the user did. */
    constructor(out: string, named?: string);
    /**
     * Moves the reports to OUT, and removes everything else. What is moved has reached the medium before, and that it was moved,
     * afterwards: a machine that fails in between leaves a run that is not finished, and never a report that is empty.
     */
    place(): void;
    /** The run failed: what it read is kept for the next. */
    leave(): void;
    remove(): void;
}
/** Is there nothing in OUT but what an unfinished run of Postern left? */
export declare function isUnfinished(out: string): boolean;
export declare function notEmpty(out: string): PosternError;
/** Ends what a run had begun that does not come to its end; true: something is left to go on from. */
export declare function leaveUnfinished(folder: string): boolean;
