/** One thing that the library is to do. */
export type SevenZipTask = {
    readonly args: readonly string[];
    readonly size: number;
    /** [an answer is there, its length or -1, messages taken, –], then the bytes of the answer. */
    readonly shared: SharedArrayBuffer;
};
export type FromThread = {
    readonly want: readonly [offset: number, length: number];
}
/** Lines of text that were printed, and data, in their order. */
 | {
    readonly said: readonly (string | Uint8Array)[];
} | {
    readonly failed: string;
}
/** The library has come to its end. */
 | {
    readonly done: true;
};
