/** How a ledger is kept; clock and words come from the command line. */
export type LedgerSettings = {
    /** The digest of all that results depend on besides the evidence: a ledger with another is not read. */
    readonly digest: string;
    readonly now: () => number;
    /** What the user should know, in one sentence. */
    readonly tell: (sentence: string) => void;
    /** So long nothing is written: what was read sooner is read again as soon. */
    readonly wait?: number;
};
/** No key and no result is longer: what says so is damaged. */
export declare const ledgerLimits: {
    key: number;
    result: number;
};
/** The first line: the form, and a SHA-256. */
export declare const ledgerHeadLength: number;
/**
 * Results of what was read, in a file that only grows: a run that was interrupted is gone on with from there. Each entry
 * has its length and its checksum; one that was cut off is not read, nor anything behind it. That the disk is full ends the
 * ledger, not the run.
 */
export declare class Ledger {
    #private;
    private constructor();
    /** Goes on with the ledger at `path`, or begins it. */
    static open(path: string, settings: LedgerSettings): Ledger;
    /** How many results there are to take. */
    get size(): number;
    /** The result that is kept under the key, as it was added; undefined when there is none, or it is damaged. */
    take(key: string): unknown;
    /** Where the next result will lie. */
    get tail(): number;
    /** The results that this run added between two places, to be taken again. */
    between(from: number, to: number): Promise<Pick<Ledger, 'take' | 'size'>>;
    /** Keeps a result. The key is asked for when it is written; `weight` is 1 for a result that holds little. */
    add(key: () => string, result: unknown, weight?: number): void;
    /** Ends when all that is to be written is in the file. */
    close(): Promise<void>;
}
/** Is this the beginning of a ledger, of any run, or of one that was cut off while its first line was written? */
export declare function isLedger(head: Uint8Array): boolean;
