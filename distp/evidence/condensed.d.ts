/**
 * A large page cut down to what a server would run. Padding costs an intruder nothing, so no limit of size may keep a page from
 * being searched: the beginning, the end and every block of code stay, runs of one byte and of blanks are shortened. Bytes come
 * in pieces and memory is bounded, whatever the size.
 */
export type Condensed = {
    readonly bytes: Buffer;
    /** Bytes of code for which there was no room; `missedFrom`: where in the file the first of them lies. */
    readonly missed: number;
    readonly missedFrom: number;
    /** Where a stretch of the condensed bytes lies in the file, as far as its bytes follow each other there. */
    readonly place: (offset: number, length: number) => {
        readonly offset: number;
        readonly length: number;
        readonly at: number;
    };
};
export declare class Condenser {
    #private;
    constructor(name: string);
    push(chunk: Uint8Array): void;
    finish(): Condensed;
}
