type Named = {
    readonly user: string;
    readonly client: string;
    readonly bits: number;
};
/** A logon as one file has it: the times (ms) of the first and the last. */
type Timed<L> = {
    readonly logon: L;
    readonly first: number;
    readonly last: number;
};
type Unplaced<L, F> = Timed<L> & {
    readonly file: F;
};
/** Logons that were served without an address, until all files are read. */
export declare class UnplacedLogons<L extends Named, F> {
    #private;
    constructor(most: number);
    /** A logon with an address. */
    addPlaced(logon: L, first: number, last: number): void;
    add(one: Unplaced<L, F>): void;
    /**
     * Those whose address one other log has, each once: of several logons the first alone, where the last is another's. Where logs have two
     * addresses of that second, it is neither.
     */
    placed(): readonly (Unplaced<L, F> & {
        readonly client: string;
    })[];
}
export {};
